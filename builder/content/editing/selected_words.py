"""Words that were selected in a page: where they stand in the text, and in the file that it was made from."""

import re
from collections.abc import Iterator

import msgspec

from builder.content import markup
from builder.content.editing import Edit, Refused, SourceFile, refused, spliced
from builder.model import OBJECT, Body, Link, MarkOpen, Text

LONGEST = 2000
"""Characters of words that can be selected."""

MOST_ALIKE = 40
"""Places in a file where the same words may stand; each is tried."""

NEAR = 200
"""Characters before and after the words that distinguish them from the same words elsewhere."""

_PROBE = "backstory-selected"
_LINE_END = re.compile(r"\r\n|\r|\n")
_TOKEN = re.compile(r"\w+|[^\w\s]")
_BETWEEN = r"(?:[\s*_~\\>\[\]]|\[\[[^\[\]|\n]*\||\{[^{}\n]*\})*"
"""What may stand between two words in a file, and not in the text: emphasis, links, marks, the signs of a block."""
_LEFT_OUT = re.compile("[\\s\u00ad\u200b-\u200f\u2060\ufeff" + OBJECT + "]")
_ALIKE = str.maketrans({**dict.fromkeys("“”„‟«»", '"'), **dict.fromkeys("‘’‚‹›", "'")})
_MARKS_BEFORE = re.compile(r"(?:\[\[[^\[\]|\n]*\||\[\[|[*_~]+)\Z")
_MARKS_BEHIND = re.compile(r"\]\]|[*_~]+")


class Selected(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Selected words of a page with the text around them."""

    words: str
    before: str = ""
    behind: str = ""


class TextRange(msgspec.Struct, frozen=True):
    """A stretch of words of a text."""

    words: str
    """In one line."""
    start: int
    """In `Body.text`."""
    end: int
    low: int
    """In the file."""
    high: int


def locate(source: SourceFile, selected: Selected) -> TextRange | Refused:
    """Return where selected words stand, or why nothing can be marked there: they have changed, or stand in a link, in code or over several blocks."""
    body = _read(source.text[source.body_start :])
    stretch = in_text(body, selected)
    if stretch is None:
        return refused("changed", source.path, message="These words are not in the text any more, or not once: select some more of them.")
    start, end = stretch
    if OBJECT in body.text[start:end] or "\n\n" in body.text[start:end]:
        return refused("not-in-text", source.path, message="Select words of one paragraph, without code.")
    number = len(re.findall(re.escape(body.text[start:end]), body.text[:start]))
    for low, high in _ranges(source, body.text[start:end], number):
        if _is_at(source, body, low, high, start):
            return TextRange(" ".join(body.text[start:end].split()), start, end, low, high)
    return refused(
        "not-in-text",
        source.path,
        message="These words cannot be marked: they stand in a link, in a mark, or begin or end within emphasis.",
    )


def in_text(body: Body, selected: Selected) -> tuple[int, int] | None:
    """Return the range of selected words in a text; None if they are missing or ambiguous."""
    text, offsets = _folded(body.text)
    sought = _folded(selected.words[: LONGEST + 1])[0]
    if not sought or len(selected.words) > LONGEST:
        return None
    before, behind = _folded(selected.before[-NEAR:])[0], _folded(selected.behind[:NEAR])[0]
    found: list[tuple[int, int]] = []
    at = text.find(sought)
    while at >= 0:
        end = at + len(sought)
        alike = _shared(text[max(0, at - NEAR) : at][::-1], before[::-1]) + _shared(text[end : end + NEAR], behind)
        found.append((alike, at))
        at = text.find(sought, at + 1)
    found.sort(reverse=True)
    if not found or (len(found) > 1 and found[0][0] == found[1][0]):
        return None
    at = found[0][1]
    return offsets[at], offsets[at + len(sought) - 1] + 1


def _folded(text: str) -> tuple[str, list[int]]:
    """Return a text as the page's script compares it, without spaces, and the place of each of its characters."""
    offsets = [n for n, sign in enumerate(text) if not _LEFT_OUT.match(sign)]
    return "".join(text[n] for n in offsets).translate(_ALIKE), offsets


def _shared(one: str, other: str) -> int:
    most = min(len(one), len(other))
    return next((n for n in range(most) if one[n] != other[n]), most)


def _ranges(source: SourceFile, words: str, number: int) -> Iterator[tuple[int, int]]:
    """Yield where in a file words may stand, beginning with the place of that number; each also with the signs of emphasis and links around it."""
    sought = re.compile(_BETWEEN.join(map(re.escape, _TOKEN.findall(words))))
    found = [match.span() for match in sought.finditer(source.text, source.body_start)]
    for _, (low, high) in sorted(enumerate(found), key=lambda numbered: abs(numbered[0] - number))[:MOST_ALIKE]:
        yield low, high
        before, behind = _MARKS_BEFORE.search(source.text, source.body_start, low), _MARKS_BEHIND.match(source.text, high)
        wide = (before.start() if before is not None else low, behind.end() if behind is not None else high)
        if wide != (low, high):
            yield wide


def _is_at(source: SourceFile, body: Body, low: int, high: int, start: int) -> bool:
    """Return whether a range of the file has the words that begin at `start` of the text, and can be marked."""
    marked = spliced(source.text, [Edit(low, low, "["), Edit(high, high, f"]{{event={_PROBE}}}")])
    probed = _read(marked[source.body_start :])
    if probed.text != body.text:
        return False
    is_in = False
    for segment in probed.segments:
        if isinstance(segment, MarkOpen) and segment.id == _PROBE:
            is_in = True
        elif is_in and isinstance(segment, (Text, Link)):
            return segment.at == start
    return False


def _read(text: str) -> Body:
    return markup.read(_LINE_END.sub("\n", text), path="", marks=True)[0]
