"""Help for references that lead to nothing."""

import re
from collections.abc import Callable, Mapping

from builder import urls
from builder.diagnostics import Advice, Diagnostic, Location, TextEdit, nearest
from builder.i18n.language import bodies
from builder.linking import record_names
from builder.model import Explainer

SEPARATORS = re.compile(r",|;|&|/|、|،|\b(?:and|und|et|y|e|och|og|en|и|та)\b")


_ENTRY = re.compile(r"(?:-+|\d+[.)]\s+)([a-z0-9][a-z0-9-]*)")


def several(kind: str, words: str, named: Callable[[str], str] = lambda _: "") -> str:
    """Return how to write several ids, or an entry of a list, if a text looks like these; else "". `named` returns the id of a name, "" for none."""
    if entry := _ENTRY.fullmatch(words):
        return f"An entry of a list begins with a hyphen and a space: “- {entry[1]}: …”."
    parts = [part for part in map(str.strip, SEPARATORS.split(words)) if part]
    parts = [named(part) or part for part in parts]
    if len(parts) < 2 or not all(urls.is_id(part) for part in parts):
        return ""
    listed = f"[{', '.join(parts)}]"
    return f"Write several in brackets: {listed}" + (
        f"; of a quote, “speaker: {listed}” and its words as “text: …”." if kind == "actor" else "."
    )


_NOBODY = frozenset(
    ["anonymous", "nobody", "none", "n/a", "na", "anonym", "anonyme", "anónimo", "anonimo", "niemand", "unbekannt", "inconnu", "?", "-"]
)
"""Words for somebody who is not known, or not named."""
_LIKENESS = 0.8
"""Least similarity of a name with the one that was meant."""


def of_nobody(words: str) -> Advice:
    """Return what to write for a speaker who is not known or not named; nothing for other words."""
    if words.casefold() == "unknown":
        return Advice("Write unknown, in small letters.", "unknown")
    hint = "Write unknown, if the report does not say who; a source who is not named belongs under “unnamed:”, with a description."
    return Advice(hint if words.casefold() in _NOBODY else "")


def called(words: str, kind: str, names: Mapping[str, Mapping[str, tuple[str, ...]]]) -> Advice:
    """Return which actor some words may name: one with nearly that name, or all whose name has the same last word. `names` has ids by folded name, by kind."""
    if kind != "actor":
        return Advice()
    ids, folded = names[kind], record_names.fold(words)
    if folded not in ids and (nobody := of_nobody(words)):
        return nobody
    found = ids.get(nearest(folded, ids, alike=_LIKENESS), ()) if " " in folded else ()
    before, _, last = folded.rpartition(" ")
    # “Carl Lee” is somebody else than Ann Lee, “Mayor Lee” need not be.
    is_surname = all(word.strip(".") in bodies().persons for word in before.split())
    found = found or tuple(sorted({key for name, keys in ids.items() if name.endswith(f" {last}") for key in keys} if is_surname else ()))
    if len(found) > 1:
        return Advice(f"Of that name are {', '.join(found[:5])}: write the id of one.")
    return Advice(f"Did you mean “{found[0]}”?", found[0]) if found else Advice()


def article(kind: str) -> str:
    """Return a kind of record with its article: “an actor”."""
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def said_by(speaker: str, explainer: Explainer | None) -> Advice:
    """Return what to write where a speaker is named instead of a quote; nothing if no speaker in an explainer has this name."""
    theirs = [quote.id for quote in explainer.quotes if speaker in quote.speakers] if explainer is not None else []
    if len(theirs) == 1:
        return Advice(f"Did you mean “{theirs[0]}”? That is a quote of “{speaker}”, who is an actor.", theirs[0])
    return Advice(f"“{speaker}” is a speaker: name one of their quotes, {', '.join(theirs[:5])}." if theirs else "")


def as_id(words: str) -> str:
    """Return an id that is written with capitals, spaces, underscores or quotation marks around it as ids are; one of a quote of another explainer too."""
    return "#".join(part.strip(" \t“”„‟\"'‘’«»").lower().replace("_", "-").replace(" ", "-") for part in words.split("#"))


def instead(spot: Location, written: str, suggestion: str) -> tuple[TextEdit, ...]:
    """Return the edit that writes another id where one stands; none where that is not known to the character."""
    if not spot.column or spot.width != len(written):
        return ()
    return (TextEdit(spot.path, spot.line, spot.column, spot.line, spot.column + len(written), suggestion),)


def unknown(kind: str, written: str, spot: Location, message: str, hint: Advice, *, is_certain: bool = False) -> Diagnostic:
    """Return the message about an id that leads to no record of a kind; where it `is_certain` what was meant, with the edit."""
    return Diagnostic(
        "reference-unknown",
        message,
        spot,
        help=hint.help,
        subject=written,
        kind=kind,
        suggestion=hint.suggestion,
        edits=instead(spot, written, hint.suggestion) if is_certain else (),
    )
