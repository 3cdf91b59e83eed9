"""Messages about Markdown that is not read as its author means it, for `block_tokens` and `inline_tokens`."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from builder.content.markup import comments, foreign_kinds, foreign_syntax
from builder.diagnostics import Location
from builder.diagnostics.shortening import shorten
from builder.i18n.patterns import late
from builder.i18n.scripts import CLOSE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from builder.content.markup.locations import Reporter

Report = Callable[["Reporter", "Token", "Token"], None]
"""Tells of a token within a block."""

_SHOWN = 40


def shortened(text: str) -> str:
    """Return the beginning of a text, in one line."""
    return shorten(" ".join(text[: 3 * _SHOWN].split()), _SHOWN)


# --- comments ------------------------------------------------


def comment(reporter: "Reporter", block: "Token", token: "Token") -> None:
    """Report that a comment among words is left out."""
    if not reporter.is_enough("comment"):
        left_out(reporter, reporter.spot(block, token.meta["at"], token.content))


def left_out(reporter: "Reporter", location: Location) -> None:
    """Report that a comment is left out."""
    reporter.once(
        "comment",
        "comment-in-text",
        "This comment is left out of the page.",
        location,
        "Delete it; or write it into the front matter, in a line that begins with “#”, which is not reported.",
    )


def comment_open(reporter: "Reporter", block: "Token", token: "Token") -> None:
    """Report that a comment never ends."""
    never_ends(reporter, reporter.spot(block, token.meta["at"], token.content), token.content)


def never_ends(reporter: "Reporter", location: Location, sign: str) -> None:
    """Report that a comment never ends, so that it is not known what of the text is to be read."""
    end = comments.END if sign == comments.BEGIN else comments.PERCENT
    reporter.once(
        "comment-open",
        "comment-open",
        f"“{sign}” begins a comment that does not end in its paragraph, so it would be published.",
        location,
        f"Delete it; or end it with “{end}”, without an empty line in it, or put a backslash before it if it is meant as text.",
    )


def within(reporter: "Reporter", location: Location, tokens: "Sequence[Token]") -> None:
    """Report comments in the words of a link or of a picture, which stands at `location`."""
    for token in tokens:
        if token.type == "comment_inline":
            left_out(reporter, location)
        elif token.type == "comment_open":
            never_ends(reporter, location, token.content)


# --- marks of others ------------------------------------------------


def foreign_mark(reporter: "Reporter", block: "Token", token: "Token") -> None:
    """Report a mark of another program among words."""
    kind = token.meta["kind"]
    if not reporter.is_enough(("foreign", kind)):
        of_kind(reporter, kind, token.content, reporter.spot(block, token.meta["at"], token.content))


def of_kind(reporter: "Reporter", kind: str, shown: str, location: Location) -> None:
    """Report a mark of another program."""
    about, advice, code = foreign_kinds.FOREIGN_KINDS[kind]
    reporter.once(("foreign", kind), code, f"“{shortened(shown)}” is {about}, so it is shown as it is written.", location, advice)


def entity(reporter: "Reporter", block: "Token", token: "Token") -> None:
    """Report `&nbps;` and the like."""
    words = token.meta["words"]
    message = f"“{words}” stands for no character{'' if words.endswith(';') else ' without a semicolon'}, so it is shown as it is written."
    if words.startswith("&amp;"):
        message = f"“{words}” is written for HTML twice, so readers see “&{words.removeprefix('&amp;')}”."
    reporter.problem("raw-html", message, reporter.spot(block, token.meta["at"], words), "Write the character itself.")


def struck(reporter: "Reporter", block: "Token") -> None:
    """Report struck-out words, once a file: only a page shows the line through them."""
    if any(token.type == "s_open" for token in block.children or ()):
        at = max(block.content.find("~~"), 0)
        words, _, _ = block.content[at + 2 :].partition("~~")
        message = f"“~~{shortened(words)}~~” is struck out on the page alone; search, feeds and data have the words without the line."
        advice = "Delete the words, and record what was wrong under “corrections:”."
        reporter.once("struck", "text-struck", message, reporter.spot(block, at, f"~~{words}~~"), advice)


# --- links, emphasis ------------------------------------------------


def link_unread(reporter: "Reporter", block: "Token", token: "Token") -> None:
    """Report a link that is none."""
    if not reporter.is_full("link-unread"):
        why = token.meta["why"]
        image = token.content.startswith("!")
        at = token.meta["at"] - image
        message = f"“{shortened(token.content)}” is no {'picture' if image else 'link'}{why.reason}."
        reporter.problem("link-unread", message, reporter.spot(block, at, token.content), why.advice)


_REFERENCES = {
    count: late(rf"[\w.,;:!?)”’»\"'%‰°€$£¥†}}\]]\*{{{count}}}(?=[\s.,;:!?)。，、；：！？）」』{CLOSE}가-힣]|$)", re.MULTILINE)
    for count in (1, 2)
}
"""Stars behind a word, which refer to a note that begins with as many stars."""
_EMPHASIS = late(rf"(?<![^\W{CLOSE}])(\*{{1,3}})(?=[\w“„«‘「『《（(\[\"'])[^*\n]+(?<!\s)\1")
_BEGINS_NOTE = late(r"(?:^|[.!?…;:)。！？；）][ \t]*)\Z", re.MULTILINE)


@lru_cache(maxsize=2)
def has_stars_for_notes(source: str, count: int = 1) -> bool:
    """Return whether a text refers to notes by this number of stars; those that end emphasis are none."""
    return count in _REFERENCES and _REFERENCES[count].search(_EMPHASIS.sub(" ", source)) is not None


def stars(reporter: "Reporter", block: "Token", token: "Token") -> None:
    """Report stars that readers see; not the one of a note or of a list."""
    marker, at = token.meta["marker"], token.meta["at"]
    if marker == "*" and block.content[:at].endswith("\n"):
        return
    if marker[0] == "*" and _BEGINS_NOTE.search(block.content, max(0, at - 2), at) and has_stars_for_notes(reporter.source, len(marker)):
        return
    reporter.problem(
        "emphasis-unread",
        f"“{marker}” begins or ends no emphasis here, so readers see it.",
        reporter.spot(block, at, marker),
        f"Write {marker}words{marker}, both ends of it, with no space inside and with a space or a comma behind it; or put a backslash before each sign.",
    )


def is_cut_code(reporter: "Reporter", block: "Token", token: "Token") -> bool:
    """Return whether a backtick in a cell has another one in its row, so that a bar has cut code in two: that is reported for the row."""
    return token.type == "tick_unread" and block.map is not None and reporter.written(block.map[0]).count(token.meta["marker"]) > 1


def tick(reporter: "Reporter", block: "Token", token: "Token") -> None:
    """Report a backtick that readers see."""
    marker, at = token.meta["marker"], token.meta["at"]
    reporter.once(
        "tick",
        "code-open",
        f"“{marker}” begins no code here, since no other one ends it, so readers see it.",
        reporter.spot(block, at, marker),
        "Write it at both ends of the code; ’ where an apostrophe is meant, or “ ” around a quotation; or a backslash before it.",
    )


OF_TOKENS: Mapping[str, Report] = {
    "comment_inline": comment,
    "comment_open": comment_open,
    "foreign": foreign_mark,
    "stars_unread": stars,
    "tick_unread": tick,
    "entity_unread": entity,
}
"""By type of token."""

# --- blocks ------------------------------------------------

_ENDS = ".,;:。，、；："
_LONG_HEADING = 90
_KEY = late(r"[a-z][a-z_-]*: ")
"""A key of front matter, which stands at the beginning of a file only."""


def heading(reporter: "Reporter", token: "Token", block: "Token") -> None:
    """Report a heading without words, and a paragraph that hyphens below it make a heading."""
    words = block.content
    if not words.strip():
        advice = "Write its words behind the sign, or delete it; or put a backslash before it if it is meant as text."
        reporter.problem("heading-unclear", f"“{token.markup}” is a heading without words.", reporter.block(token, token.markup), advice)
    if token.markup[:1] not in {"-", "="}:
        return
    line = reporter.written(token.map[1] - 1).rstrip() if token.map else ""
    short = not line.endswith(token.markup * 3)
    if not short and _KEY.match(words) is None and "\n" not in words and words[-1:] not in _ENDS and len(words) <= _LONG_HEADING:
        return
    reporter.problem(
        "heading-unclear",
        f"“{shortened(words)}” is a heading, since a line of “{token.markup}” stands right below it.",
        reporter.block(block, words.partition("\n")[0]),
        "Put an empty line between the two; or write “## ” before a heading.",
    )


_ODD_SPACES = "\u00a0\u2002\u2003\u2007\u2009\u202f\u3000"
"""Spaces that Markdown takes for letters: a Mac writes the first of them where Option is still held."""
_LOWEST = 6
_HEADING = late(rf"#{{1,6}}(?:(?![#\s!])|(?=[{_ODD_SPACES}]))[^\n]+")
_SENTENCE = (".", "!", "?", ",", ";", ":", "…", "”", "。")


def heading_unread(reporter: "Reporter", block: "Token") -> None:
    """Report a line that begins with `#` and is no heading, since a space is missing."""
    line, _, rest = block.content.partition("\n")
    hashes = len(line) - len(line.lstrip("#"))
    if hashes > _LOWEST and line[hashes : hashes + 1] == " ":
        message = f"“{shortened(line)}” is no heading: there are no headings of {hashes} signs."
        reporter.problem(
            "heading-unclear", message, reporter.spot(block, 0, line), f"Write “{'#' * _LOWEST} {shortened(line[hashes:]).strip()}”."
        )
    found = _HEADING.fullmatch(line)
    is_odd = line[hashes : hashes + 1] in _ODD_SPACES
    if (
        found is None
        or (hashes == 1 and not is_odd and (rest or line[1:2].isdigit() or " " not in line or line.endswith(_SENTENCE)))
        or foreign_syntax.is_tags(line)
    ):
        return
    reporter.problem(
        "heading-unclear",
        f"“{shortened(line)}” is no heading, since there is no {'plain ' * is_odd}space behind “{'#' * hashes}”.",
        reporter.spot(block, 0, line),
        f"Write “{'#' * max(2, hashes)} {shortened(line[hashes:]).strip()}”; or put a backslash before it if it is meant as text.",
    )


_CODE = late(
    r"[{}<>|\\$`=]|\w\(|\)\s*$|\w_\w|[\w/]/\w+/|::|->|^\s*(?:#|//|--|\.|\$)|;\s*$|^\s*(?:def|class|import|from|return|let|const|var|if|for|while|select|insert|git|sudo|pip|npm|cd|ls)\b.*[^.!?]$",
    re.MULTILINE,
)
_OPENS = "“„«»‹‘‚「『—–¿¡…("
_CLOSES = ".!?…”»«’」』。！？:,;"
_WORD = late(r"[^\W\d_]{2,}")
_ENTRY = late(r"^\s*(?:[-*+•]|\d{1,3}[.)])[ \t]+", re.MULTILINE)
"""What begins an entry of a list."""


def is_prose(text: str) -> bool:
    """Return whether indented lines look like words for readers and not like code."""
    text = text.strip()
    if _CODE.search(_ENTRY.sub("", text)):
        return False
    if _ENTRY.match(text):
        return _WORD.search(text) is not None and ": " not in text
    first = text[0]
    words = _WORD.findall(text)
    return bool(words) and (
        first in _OPENS
        or not words[0].isascii()
        or (first.isupper() and (len(words) > 1 or text[-1] in _CLOSES))
        or (len(words) > 3 and text[-1] in _CLOSES)
    )


def indented(reporter: "Reporter", token: "Token") -> None:
    """Report a paragraph that is shown as code since it is indented."""
    if is_prose(token.content) and not reporter.is_enough("indented"):
        reporter.once(
            "indented",
            "text-indented",
            "These words are shown as code, since four spaces or a tab stand before them.",
            reporter.block(token),
            "Delete the spaces; code stands between lines of three backticks: ```.",
        )


_LONG_LINE = 50
_FEW = 2


def broken_lines(reporter: "Reporter", block: "Token") -> None:
    """Report a paragraph whose lines are broken where a mail was wrapped: two spaces stand at the end of each."""
    lines = block.content.split("\n")
    found = [
        n
        for n, line in enumerate(lines[:-1])
        if line.endswith("  ")
        and len(line.rstrip()) >= _LONG_LINE
        and line.rstrip()[-1].isalnum() | (line.rstrip()[-1] == ",")
        and lines[n + 1][:1].islower()
    ]
    if len(found) >= _FEW and not reporter.is_enough("breaks"):
        at = sum(len(line) + 1 for line in lines[: found[0]])
        reporter.once(
            "breaks",
            "line-broken",
            "Each of these lines is broken in the middle of a sentence, since two spaces stand at its end.",
            reporter.spot(block, at, lines[found[0]].rstrip()),
            "Delete the spaces at the ends of the lines; where a line is to be broken, end it with a backslash.",
        )


# --- definitions ------------------------------------------------


_LABEL = late(r"\[((?:[^\[\]\\]|\\.)*)\]:")
_COMMENT_LABELS = frozenset({"//", "COMMENT", "_"})


class Definitions(dict[str, "dict[str, object]"]):
    """Where the links of a text lead that are defined apart, in the shape in which the library keeps them, and which of them were used."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def get(self, label: str, default: object = None) -> object:  # type: ignore[override]  # the library asks so
        """Return a definition, and remember that it is used."""
        if label in self:
            self.used.add(label)
            return self[label]
        return default


def definitions(reporter: "Reporter", definitions: Definitions, twice: "Sequence[dict[str, object]]") -> None:
    """Report definitions that nothing refers to, and of a second one with the same name: none of them is shown."""
    for label, definition in definitions.items():
        if label in definitions.used:
            continue
        location, name = _defined(reporter, definition)
        if definition["href"] == "#" or label in _COMMENT_LABELS:
            left_out(reporter, location)
            continue
        message = f"Nothing refers to “{name}”, so readers see nothing of this address."
        reporter.problem("definition-unused", message, location, f"Write [words][{name}] where it belongs, or delete the line.")
    for definition in twice:
        location, name = _defined(reporter, definition)
        message = f"“{name}” is defined twice, and the first address counts."
        reporter.problem("definition-unused", message, location, "Delete one of the two, or give it another name.")


def _defined(reporter: "Reporter", definition: "dict[str, object]") -> tuple[Location, str]:
    line = definition["map"][0]  # type: ignore[index]  # the library's own record
    found = _LABEL.search(reporter.written(line))
    name = found[1] if found is not None else "…"
    return reporter.at(line, found[0] if found is not None else ""), shortened(name)
