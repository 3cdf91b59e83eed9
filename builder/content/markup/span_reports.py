"""Diagnostics about braces: `{quote=no}` without effect, and unknown marks."""

import re
from typing import TYPE_CHECKING

import msgspec

from builder.content.markup.foreign_syntax import REMARK
from builder.content.markup.quotation_marks import NOBODY
from builder.content.markup.value_quotations import mark_in
from builder.model import Span

if TYPE_CHECKING:
    from markdown_it.token import Token

    from builder.content.markup.locations import Reporter


_COMMENT = re.compile(rf"<!--|%%[^\s%][^%]*%%|{REMARK}")

APART = "Let each span end before the next begins."
EMBEDDED = "Put it into the body: a line of the front matter has no room for it."


def nested(kind: str) -> tuple[str, str]:
    """Return the code and the message for a span within another of its kind."""
    return "span-nested", f"These words are in a span of another {kind} already."


def of_plugin(reporter: "Reporter", block: "Token", token: "Token") -> Span | None:
    """Return where words begin or end that have a mark of a plugin; None, with a report, in a line of the front matter."""
    meta = token.meta
    if token.nesting < 0:
        return msgspec.structs.replace(meta["segment"], ends=True) if "segment" in meta else None
    if reporter.one_line:
        message = f"“{token.content}” is a mark of texts, so it does nothing here."
        reporter.problem("span-unknown", message, reporter.spot(block, meta["at"], token.content), "Write the words alone.")
        return None
    location = reporter.spot(block, meta["at"] + token.content.rindex(meta["id"]), meta["id"])
    begins = meta["segment"] = Span(meta["kind"], meta["id"], ends=False, line=location.line, column=location.column, width=location.width)
    return begins


def unknown(reporter: "Reporter", block: "Token", token: "Token") -> None:
    """Report a mark that means nothing."""
    if "advice" in token.meta:
        reporter.problem(
            "mark-mistyped",
            token.meta["message"],
            reporter.spot(block, token.meta["at"], token.content),
            token.meta["advice"],
            subject=token.content,
        )
        return
    if token.meta["behind"]:
        advice = (
            "Behind a closing quotation mark stands {by=id}, with the speaker, or {quote=no}, where it quotes nobody; "
            "the words of a quote stand in square brackets: [words]{quote=id}. Or write a backslash before the brace."
        )
    elif token.meta["alone"]:
        advice = (
            "Put it at the end of its paragraph or heading; or a backslash before it."
            if "source=" in token.content and "by=" not in token.content
            else "Put it right behind the words that it is of, and these into square brackets: [words]{quote=id}; or a backslash before it."
        )
    else:
        advice = "Write {quote=id} or {event=id}; or a backslash before the brace."
    _report(reporter, block, token, f"Readers will see “{token.content}”: it is no mark here.", advice)


def is_understood(reporter: "Reporter", block: "Token", token: "Token", *, behind: bool) -> bool:
    """Report the keys of a mark that cannot be understood, and return whether the others can. `behind` is whether the mark stands behind a quotation."""
    for item in token.meta["unknown"]:
        why = "contradicts the speaker who is named beside it" if item == "quote=no" else "means nothing behind a quotation mark"
        _report(reporter, block, token, f"“{item}” {why}.", "Write {quote=no} alone, or take it out.", subject=item)
    if not behind and any(item.key == "by" for item in token.meta.get("items", ())):
        message = f"No quotation ends before “{token.content}”, so it names the speaker of nothing."
        advice = "Is the closing quotation mark missing? Put it right before the brace."
        reporter.problem("mark-mistyped", message, reporter.spot(block, token.meta["at"], token.content), advice, subject=token.content)
    elif not behind:
        message = f"“{token.content}” stands behind no closing quotation mark, so it says nothing."
        advice = "Put it right behind the quotation mark that closes, without a space: “so-called”{quote=no}."
        _report(reporter, block, token, message, advice, subject=token.content)
    return behind


def caption(reporter: "Reporter", block: "Token", token: "Token", words: str) -> str:
    """Return words that are no Markdown, such as a caption, without {quote=no}, which says nothing there; marks and comments in them are reported."""
    if token.type != "wikilink" and words:
        location = reporter.spot(block, token.meta.get("at", 0))
        if _COMMENT.search(words):
            message = "This caption or title has something like a comment, which would be published: it is shown as written."
            reporter.problem("comment-open", message, location, "Delete it.")
        if found := mark_in(words):
            reporter.problem(
                "markup-in-value",
                f"Readers see “{found}” as it is written: a caption or title is no Markdown.",
                location,
                "Write the words alone.",
            )
    if "{" not in words or not NOBODY.search(words):
        return words
    advice = "Put it behind the quotation mark that closes in the text; behind a link if its words are the quotation."
    _report(reporter, block, token, "{quote=no} means nothing within this, so it is left out.", advice)
    return NOBODY.sub("", words)


def _report(reporter: "Reporter", block: "Token", token: "Token", message: str, advice: str, *, subject: str = "") -> None:
    if not reporter.is_full("span-unknown"):
        at = token.meta.get("at", 0)
        words = block.content[at : token.meta["end"]] if "end" in token.meta else token.content
        reporter.problem("span-unknown", message, reporter.spot(block, at, words), advice, subject=subject)
