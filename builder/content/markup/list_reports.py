"""Diagnostics about lists: numbers that do not count on, and characters that make a list by mistake."""

import itertools
import re
from collections import Counter
from typing import TYPE_CHECKING

from builder.content.markup.foreign_syntax import FIRST as OF_OTHERS
from builder.content.markup.reports import has_stars_for_notes, shortened
from builder.i18n.patterns import late

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from builder.content.markup.locations import Reporter


def numbers(reporter: "Reporter", token: "Token") -> None:
    """Report a list whose numbers do not count on."""
    number, before = int(token.info), token.meta["after"]
    reporter.problem(
        "list-numbers",
        f"In this list, {number} follows {before}. Its numbers are shown as they are written.",
        reporter.block(token, f"{number}{token.markup}"),
        f"Let them count on; or, where it is no list, put a backslash behind the number: {number}\\{token.markup}",
    )


_BULLETS = "•◦▪▫‣⁃●○■□➢➤✓✔∙❖◆◇▶►★☆✦✧☑☐➔➜\uf0b7\uf0a7\uf0d8\uf0fc\uf076\uf0a8"
"""Signs before the entries of lists, and those that fonts of Word have in their place."""
FIRST = frozenset(f"#[*{_BULLETS}") | OF_OTHERS
"""With one of these, a paragraph of one line may begin that is to be looked at."""
_BOXES = frozenset("☐☑✓✔")
"""Boxes of tasks, which stand behind the hyphen of an entry: - ☑ done."""
_SPACES = r"[ \t\u00a0\u2002\u2003\u3000]"
_BULLET = late(rf"^[{_BULLETS}]{_SPACES}*[^\s{_BULLETS}]", re.MULTILINE)
_OF_HEADINGS = frozenset("●○■□➢➤◆◇▶►★☆✦✧☑☐✓✔❖➔➜")
"""Signs that also stand before a heading, a caption or a link of its own: ■概要."""
_SIGN = late(
    rf"^(?:[–—―·−‐‑*+-](?={_SPACES})|\([a-z0-9]{{1,3}}\)(?={_SPACES})|[・‧](?=\S)|[→⇒»※](?=\s)|#\.(?=\s)|§(?={_SPACES}+[^\W\d])|o(?=\t)"
    r"|[-+](?=[^\W\d])|\*(?=\w)(?![^*\n]*\*)|[一二三四五六七八九十]{1,3}[、.．]|\d{1,2}、|[가나다라마바사아자차카타파하][.)](?=\s)|（[一二三四五六七八九十]{1,3}）|[①-⑳]|[０-９]{1,2}[．、）])",
    re.MULTILINE,
)
"""Signs before the lines of a list, of which Markdown makes none; two lines at least."""
_COUNTED = late(
    rf"^(?:(?P<number>\d{{1,2}})|(?P<letter>[A-Za-zα-ωа-яєіїґא-תء-يก-ฮक-ह])|(?P<roman>[ivx]{{1,4}}|[IVX]{{1,4}}))[.)](?={_SPACES}|[^\W\d])",
    re.MULTILINE,
)
_LETTERS = frozenset({("a", "b"), ("α", "β"), ("а", "б"), ("א", "ב"), ("أ", "ب"), ("ا", "ب"), ("ก", "ข"), ("क", "ख")})
"""The first two letters of alphabets by which people count."""
_ROMAN = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x")


def _counted(content: str) -> re.Match[str] | None:
    """Return the first of two lines whose numbers or letters count on from each other: `a. …`, `b. …`; not two initials."""
    found = list(_COUNTED.finditer(content))
    for match, other in itertools.pairwise(found):
        if content.count("\n", match.start(), other.start()) != 1 or match[0][-1] != other[0][-1]:
            continue
        first, second = match[0][:-1].casefold(), other[0][:-1].casefold()
        if match["number"] and other["number"]:
            counts = int(second) == int(first) + 1
        elif first in _ROMAN and second in _ROMAN and (len(first) > 1 or len(second) > 1):
            counts = _ROMAN.index(second) == _ROMAN.index(first) + 1
        else:
            counts = (first, second) in _LETTERS
        if counts:
            return match
    return None


def unread(reporter: "Reporter", block: "Token", *, in_list: bool = False) -> None:
    """Report lines that begin with signs of which Markdown makes no list, and which therefore run into one."""
    content = block.content
    found = _BULLET.search(content)
    if found is not None and found[0][0] in (_BOXES if in_list else _OF_HEADINGS) and "\n" not in content:
        found = None
    if found is None and "\n" in content:
        signs = list(_SIGN.finditer(content))
        found = signs[0] if len(signs) > 1 or (signs and in_list and signs[0][0] in "*+-") else _counted(content)
    if found is not None and not reporter.is_enough("list"):
        sign = found[0][0] if found[0][0] in _BULLETS else found[0]
        dialogue = sign in "–—―-"
        advice = "Begin each entry of a list with a hyphen and a plain space: “- one”."
        if sign[:-1].isdecimal():
            advice = "Begin each entry of a list with a number, a full stop and a space: “1. one”, and put an empty line above the first."
        reporter.once(
            "list",
            "list-unread",
            f"“{sign}” begins no list here" + (", so these lines run into one paragraph." if "\n" in content else "."),
            reporter.spot(block, found.start(), sign),
            advice + " Of what several people say, make paragraphs." * dialogue,
        )


_ONE_ENTRY = ("list_item_open", "paragraph_open", "inline", "paragraph_close", "list_item_close", "bullet_list_close")
_NUMBER = late(
    r"[$€£¥]?\d(?!\d{3}(?:-\d|(?![\d.,])(?!\s?[%°€$£¥]))|\d?:\d\d|\d?(?:[.:h]\d\d)?\s?(?:[ap]\.?m\b|h\b|Uhr\b)|\d?h\d\d|\d{0,2}(?:st|nd|rd|th)\b|\d?-[^\W\d_])"
)
"""An amount; a date, a year, a time or a place begins an entry of a list."""
_DAY = late(r"\d{1,2}(?:\.|er|º)?\s+(?:de\s+)?([^\W\d_]+)")
_MONTHS_OF_OTHERS = frozenset(
    [
        "janvier",
        "février",
        "avril",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
        "enero",
        "febrero",
        "marzo",
        "mayo",
        "junio",
        "julio",
        "agosto",
        "septiembre",
        "octubre",
        "noviembre",
        "diciembre",
    ]
)


def _is_day(words: str) -> bool:
    """Return whether words begin with a day of a month: “2 March”."""
    from builder.content.markup.numbered_lines import MONTHS  # late: it loads the library

    found = _DAY.match(words)
    return found is not None and found[1].casefold() in MONTHS | _MONTHS_OF_OTHERS


def single_entry(reporter: "Reporter", tokens: "Sequence[Token]", number: int) -> None:
    """Report a line that its first sign makes a list of one entry, where the sign is more likely meant: `- 5 degrees`, or a dash where a line was wrapped."""
    opened = tokens[number]
    if tuple(token.type for token in tokens[number + 1 : number + 7]) != _ONE_ENTRY or not opened.map:
        return
    words, sign = tokens[number + 3], opened.markup
    above = reporter.written(opened.map[0] - 1).rstrip() if number and tokens[number - 1].type == "paragraph_close" else ""
    is_number = sign in "+-" and _NUMBER.match(words.content) is not None and not _is_day(words.content)
    is_note = sign == "*" and has_stars_for_notes(reporter.source)
    if "\n" in words.content or not (is_number or is_note or (above and not above.endswith((":", "：")))):
        return
    reporter.problem(
        "list-unclear",
        f"“{sign} {shortened(words.content)}” is a list of one entry, so “{sign}” is not shown.",
        reporter.block(opened, f"{sign} {words.content}"),
        f"If it is meant as text, put a backslash before it: \\{sign}. If it is a list, "
        + ("begin its entry with “*”" if is_number else "begin its entry with “-”" if is_note else "put an empty line above it")
        + ".",
    )


_ONE_NUMBER = (*_ONE_ENTRY[:-1], "ordered_list_close")


def single_number(reporter: "Reporter", tokens: "Sequence[Token]", at: int) -> None:
    """Report a line that its number makes a list of one entry, and that no other list goes on from: `2. Weltkrieg`, `1. FC Köln`."""
    opened, entry = tokens[at], tokens[at + 1]
    if tuple(token.type for token in tokens[at + 1 : at + 7]) != _ONE_NUMBER or not opened.map:
        return
    if not reporter.numbers:
        reporter.numbers = Counter(int(token.info) for token in tokens if token.type == "list_item_open" and token.info)
    number = int(entry.info)
    if reporter.numbers[number - 1] or reporter.numbers[number + 1] or reporter.is_full("list-unclear"):
        return
    written = f"{entry.info}{entry.markup}"
    reporter.problem(
        "list-unclear",
        f"“{written} {shortened(tokens[at + 3].content)}” is a list of one entry, so search, feeds and data have its words without “{written}”.",
        reporter.block(opened, written),
        f"If it is meant as text, put a backslash behind the number: {entry.info}\\{entry.markup}",
    )


_DEFINED = late(r"[$€£¥]?\d(?!\d{3}-\d)")
"""A number, or a time, which continues the line above; a date defines it."""
_ONE_DEFINITION = ("dt_open", "inline", "dt_close", "dd_open", "paragraph_open", "inline", "paragraph_close", "dd_close", "dl_close")


def single_definition(reporter: "Reporter", tokens: "Sequence[Token]", number: int) -> None:
    """Report a line whose first colon makes a definition of it, where it more likely belongs to the sentence: `Doors open` and `: 5 pm` below."""
    if tuple(token.type for token in tokens[number + 1 : number + 10]) != _ONE_DEFINITION or not tokens[number].map:
        return
    words = tokens[number + 6]
    if _DEFINED.match(words.content) is None or not words.map:
        return
    reporter.problem(
        "list-unclear",
        f"“: {shortened(words.content)}” is the definition of the line above it, so “:” is not shown.",
        reporter.block(words, f": {words.content}"),
        "If it is meant as text, put the colon at the end of the line above.",
    )
