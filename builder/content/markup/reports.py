"""Messages about Markdown that is not read as its author means it, for `block_tokens` and `inline_tokens`."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from builder.diagnostics import Place
from builder.content.markup import comments, foreign_syntax

if TYPE_CHECKING:
    from markdown_it.token import Token

    from builder.content.markup.locations import Reporter

Report = Callable[["Reporter", "Token", "Token"], None]
"""Tells of a token within a block."""

_SHOWN = 40


def shortened(text: str) -> str:
    """Return the beginning of a text, in one line."""
    text = " ".join(text[: 3 * _SHOWN].split())
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1]}…"


# --- comments ------------------------------------------------


def comment(reporter: "Reporter", block: "Token", token: "Token") -> None:
    """Report that a comment among words is left out."""
    if not reporter.is_enough("comment"):
        left_out(reporter, reporter.spot(block, token.meta["at"], token.content))


def left_out(reporter: "Reporter", place: Place) -> None:
    """Report that a comment is left out."""
    reporter.once(
        "comment",
        "comment-in-text",
        "This comment is left out of the page: no reader sees it.",
        place,
        "Delete it; or write it into the front matter, in a line that begins with “#”, of which nothing is told.",
    )


def comment_open(reporter: "Reporter", block: "Token", token: "Token") -> None:
    """Report that a comment never ends."""
    never_ends(reporter, reporter.spot(block, token.meta["at"], token.content), token.content)


def never_ends(reporter: "Reporter", place: Place, sign: str) -> None:
    """Report that a comment never ends, so that nobody knows what of the text is to be read."""
    end = comments.END if sign == comments.BEGIN else comments.PERCENT
    reporter.once(
        "comment-open",
        "comment-open",
        f"“{sign}” begins a comment that does not end in its paragraph, so it would be published.",
        place,
        f"Delete it; or end it with “{end}”, without an empty line in it, or put a backslash before it if it is meant as text.",
    )


def within(reporter: "Reporter", place: Place, tokens: "Sequence[Token]") -> None:
    """Report comments in the words of a link or of a picture, which stands at `place`."""
    for token in tokens:
        if token.type == "comment_inline":
            left_out(reporter, place)
        elif token.type == "comment_open":
            never_ends(reporter, place, token.content)


# --- marks of others ------------------------------------------------


def foreign_mark(reporter: "Reporter", block: "Token", token: "Token") -> None:
    """Report a mark of another program among words."""
    kind = token.meta["kind"]
    if not reporter.is_enough(("foreign", kind)):
        of_kind(reporter, kind, token.content, reporter.spot(block, token.meta["at"], token.content))


def of_kind(reporter: "Reporter", kind: str, shown: str, place: Place) -> None:
    """Report a mark of another program."""
    about, advice, code = foreign_syntax.KINDS[kind]
    reporter.once(("foreign", kind), code, f"“{shortened(shown)}” is {about}, so it is shown as it is written.", place, advice)


def entity(reporter: "Reporter", block: "Token", token: "Token") -> None:
    """Report `&nbps;` and the like."""
    words = token.meta["words"]
    message = f"“{words}” stands for no character, so it is shown as it is written."
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


_BACKTICKS = re.compile(r"\\?`+")


def backticks(reporter: "Reporter", block: "Token") -> None:
    """Report backticks that begin no code, and are shown."""
    if not any(token.type == "text" and "`" in token.content for token in block.children or ()):
        return
    runs = [(found.start(), found[0]) for found in _BACKTICKS.finditer(block.content)]
    n = 0
    while n < len(runs):
        at, run = runs[n]
        closing = next((m for m in range(n + 1, len(runs)) if runs[m][1].lstrip("\\") == run), None)
        if run.startswith("\\"):
            closing = n
        if closing is None:
            message = f"“{run}” begins code that never ends, so it is shown as it is written."
            advice = f"Write “{run}” behind the code too; if no code is meant, write an apostrophe, ’, or a backslash before it."
            reporter.problem("code-open", message, reporter.spot(block, at, run), advice)
            return
        n = closing + 1


# --- links, emphasis ------------------------------------------------


def link_unread(reporter: "Reporter", block: "Token", token: "Token") -> None:
    """Report a link that is none."""
    if not reporter.is_full("link-unread"):
        why = token.meta["why"]
        image = token.content.startswith("!")
        at = token.meta["at"] - image
        message = why.message.replace("is no link", "is no picture", image)
        reporter.problem("link-unread", f"“{shortened(token.content)}” {message}.", reporter.spot(block, at, token.content), why.advice)


def stars(reporter: "Reporter", block: "Token", token: "Token") -> None:
    """Report stars that readers see."""
    marker, at = token.meta["marker"], token.meta["at"]
    reporter.problem(
        "emphasis-unread",
        f"“{marker}” begins or ends no emphasis here, so readers see it.",
        reporter.spot(block, at, marker),
        "Write **words**, both ends of it, with no space inside and with a space or a comma behind it; or put a backslash before each sign.",
    )


OF_TOKENS: Mapping[str, Report] = {
    "comment_inline": comment,
    "comment_open": comment_open,
    "foreign": foreign_mark,
    "stars_unread": stars,
    "entity_unread": entity,
}
"""By type of token."""

# --- blocks ------------------------------------------------

_ENDS = ".,;:。，、；："
_LONG_HEADING = 90
_KEY = re.compile(r"[a-z][a-z_-]*: ")
"""A key of front matter, which stands at the beginning of a file only."""


def heading(reporter: "Reporter", token: "Token", block: "Token") -> None:
    """Report a paragraph that hyphens below it make a heading."""
    words = block.content
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
_HEADING = re.compile(rf"#{{1,6}}(?:(?![#\s!])|(?=[{_ODD_SPACES}]))[^\n]+")
_SENTENCE = (".", "!", "?", ",", ";", ":", "…", "”", "。")


def heading_unread(reporter: "Reporter", block: "Token") -> None:
    """Report a line that begins with `#` and is no heading, since a space is missing."""
    line, _, rest = block.content.partition("\n")
    hashes = len(line) - len(line.lstrip("#"))
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


_CODE = re.compile(
    r"[{}<>|\\$`=]|\w\(|\)\s*$|\w_\w|[\w/]/\w+/|::|->|^\s*(?:#|//|--|\.|\$)|;\s*$|^\s*(?:def|class|import|from|return|let|const|var|if|for|while|select|insert|git|sudo|pip|npm|cd|ls)\b.*[^.!?]$",
    re.MULTILINE,
)
_OPENS = "“„«»‹‘‚「『—–¿¡…("
_CLOSES = ".!?…”»«’」』。！？:,;"
_WORD = re.compile(r"[^\W\d_]{2,}")


def is_prose(text: str) -> bool:
    """Return whether indented lines look like words for readers and not like code."""
    text = text.strip()
    if _CODE.search(text):
        return False
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


# --- tables ------------------------------------------------

_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_SIGNS = re.compile(r"^[\s>]*")
_CUT_LINK = re.compile(r"\[\[[^\]|\\]*\|")
_BAR = re.compile(r"(?<!\\)\|")


def cells(line: str) -> list[str]:
    """Return the cells of a line of a table."""
    parts = _BAR.split(line.strip())
    if parts and not parts[0]:
        parts.pop(0)
    if parts and not parts[-1]:
        parts.pop()
    return parts


def row(reporter: "Reporter", token: "Token", columns: int) -> None:
    """Report a row with more or fewer cells than the head of its table: what is too much would be lost in silence."""
    if reporter.is_full("table-wrong") or not token.map:
        return
    written = reporter.written(token.map[0])
    if written[:1] == "|" == written[-1:] and written.count("|") == columns + 1 and "\\" not in written:
        return
    line = _SIGNS.sub("", written)
    found = cells(line)
    if len(found) == columns or _CUT_LINK.search(line):  # a link that a bar cuts in two is told of its cell
        return
    place = reporter.block(token, line.rstrip())
    if "|" not in line:
        reporter.problem(
            "table-wrong",
            "This line is a row of the table above it, since no empty line is between them.",
            place,
            "Put an empty line above it.",
        )
    elif len(found) > columns:
        lost = shortened(" | ".join(cell.strip() for cell in found[columns:]))
        message = f"This row has {len(found)} cells and the head of its table {columns}, so “{lost}” is not shown."
        reporter.problem(
            "table-wrong", message, place, "Give the head as many cells; or put a backslash before a bar that is meant as text: \\|."
        )
    else:
        message = f"This row has {_cells(len(found))}, and the head of its table {columns}."
        reporter.problem("table-wrong", message, place, "Write a bar for each cell, also where it is empty: | a | |.")


def _cells(count: int) -> str:
    return f"{count} cell" if count == 1 else f"{count} cells"


def no_table(reporter: "Reporter", block: "Token") -> None:
    """Report lines with bars that are no table."""
    lines = block.content.split("\n")
    rule = next((n for n, line in enumerate(lines) if "|" in line and "-" in line and _RULE.match(line)), -1)
    if rule > 0:
        head, marks = len(cells(lines[rule - 1])), len(cells(lines[rule]))
        message = f"This is no table: its head has {_cells(head)}, and the line of hyphens below it {marks}."
        advice = "Give both as many cells."
    elif rule == 0:
        message, advice = "This is no table: it has no head above the line of hyphens.", "Write a head above it: | Who | Says |."
    elif _has_rows(lines):
        message, advice = "This is no table: the line of hyphens below its head is missing.", "Write it below the first line: |---|---|."
    else:
        return
    at = sum(len(line) + 1 for line in lines[: max(rule - 1, 0)])
    reporter.problem("table-wrong", message, reporter.spot(block, at, lines[max(rule - 1, 0)]), advice)


def _has_rows(lines: Sequence[str]) -> bool:
    """Return whether two lines or more look like rows: with a bar at the front, or each with as many bars as the first."""
    counts = [len(_BAR.findall(line)) for line in lines]
    fronts = sum(line.lstrip().startswith("|") and count > 1 for line, count in zip(lines, counts, strict=True))
    return fronts > 1 or (len(lines) > 1 and counts[0] > 1 and len(set(counts)) == 1)


# --- definitions ------------------------------------------------


_LABEL = re.compile(r"\[((?:[^\[\]\\]|\\.)*)\]:")
_COMMENT_LABELS = frozenset({"//", "COMMENT", "_"})


class Definitions(dict[str, "dict[str, object]"]):
    """Where the links of a text lead that are defined apart, in the shape in which the library keeps them; it knows which were asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.used: set[str] = set()

    def get(self, label: str, default: object = None) -> object:  # type: ignore[override]  # the library asks so
        """Return a definition, and remember that it is used."""
        if label in self:
            self.used.add(label)
            return self[label]
        return default


def definitions(reporter: "Reporter", found: Definitions, twice: "Sequence[dict[str, object]]") -> None:
    """Report definitions that nothing refers to, and of a second one with the same name: none of them is shown."""
    for label, definition in found.items():
        if label in found.used:
            continue
        place, name = _defined(reporter, definition)
        if definition["href"] == "#" or label in _COMMENT_LABELS:
            left_out(reporter, place)
            continue
        message = f"Nothing refers to “{name}”, so readers see nothing of this address."
        reporter.problem("definition-unused", message, place, f"Write [words][{name}] where it belongs, or delete the line.")
    for definition in twice:
        place, name = _defined(reporter, definition)
        message = f"“{name}” is defined twice, and the first address counts."
        reporter.problem("definition-unused", message, place, "Delete one of the two, or give it another name.")


def _defined(reporter: "Reporter", definition: "dict[str, object]") -> tuple[Place, str]:
    line = definition["map"][0]  # type: ignore[index]  # the library's own record
    found = _LABEL.search(reporter.written(line))
    name = found[1] if found is not None else "…"
    return reporter.at(line, found[0] if found is not None else ""), shortened(name)
