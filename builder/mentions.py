"""Who is named where in a body, and in which sentence.

Names are found in the words that may carry a link (`Text.linkable`); a longer name wins over a shorter one that begins at the same place.
"""

import functools
import re
from collections.abc import Iterable, Mapping

from builder.model import Body, Link, MarkOpen, Occurrence, Section, Text

_BLOCK = "\n\n"
_SENTENCE_END = re.compile(r"[.!?…][”’\"')\]]*\s+(?=[“‘\"'(\[]*[^\W\d_]|[“‘\"'(\[]*\d)")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Col|Lt|Sgt|Sen|Rep|Gov|St|No|vs|etc|approx|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)|\b[A-Z]|\b(?:[A-Za-z]\.)+[A-Za-z])\.$"
)
_CLOSED = ("”", '"', "’", "'")
SHORTEST_SENTENCE = 40
"""Characters: what is shorter and follows a quote is its attribution."""

LONGEST_SENTENCE = 320
"""Characters of a sentence to quote on another page; a longer one is cut at a word."""

_REACH = 10 * LONGEST_SENTENCE
"""How far from a name its sentence is looked for."""


def names_pattern(names: Iterable[str]) -> re.Pattern[str] | None:
    """Return what finds any of the names as whole words, the longest first; None where there are none."""
    return _pattern(tuple(sorted({name for name in names if name}, key=lambda name: (-len(name), name))))


@functools.lru_cache(maxsize=2048)
def _pattern(names: tuple[str, ...]) -> re.Pattern[str] | None:
    # A name in the text may be broken over two lines; \w on both sides keeps “Rus” out of “Russia”.
    return re.compile(r"(?<!\w)(?:" + "|".join(r"\s+".join(map(re.escape, name.split())) for name in names) + r")(?!\w)") if names else None


def occurrences(body: Body, names: Mapping[str, str], *, autolink: str) -> tuple[Occurrence, ...]:
    """Find every name in a body.

    `names` maps a name or alias to an actor's id; `autolink` is `first` (the first mention in each section becomes a link), `all` or `off`.
    A name that an explicit `[[link]]` has linked before in the section does not become a link again.
    """
    present = {name: found for name, found in names.items() if name.split()[0] in body.text} if names else {}
    pattern = names_pattern(present)
    if pattern is None:
        return ()
    found: list[Occurrence] = []
    linked: set[str] = set()
    by_folded = {" ".join(name.split()): owner for name, owner in present.items()}
    for segment in body.segments:
        kind = segment.__class__
        if kind is Text and segment.linkable:  # type: ignore[union-attr]  # narrowed by the class, which is faster than isinstance here
            for match in pattern.finditer(segment.text):  # type: ignore[union-attr]  # as above
                owner = by_folded[" ".join(match[0].split())]
                at = segment.at  # type: ignore[union-attr]  # as above
                links = autolink == "all" or (autolink == "first" and owner not in linked)
                if links:
                    linked.add(owner)
                found.append(Occurrence(owner, at + match.start(), at + match.end(), links))
        elif kind is Section:
            linked = set()
        elif kind is Link:
            linked.add(segment.target)  # type: ignore[union-attr]  # as above
    return tuple(found)


def sentence(text: str, start: int, end: int) -> tuple[str, int, int]:
    """Return the sentence of `text` that holds `start` to `end`, and where in it they stand.

    A sentence ends within its block; abbreviations and initials do not end one.
    """
    # No farther than a sentence can reach: a block of a whole book is not looked through once for each name in it.
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    low = text.rfind(_BLOCK, first, start)
    low = first if low < 0 else low + len(_BLOCK)
    high = text.find(_BLOCK, end, last)
    high = last if high < 0 else high
    earlier = low
    for match in _SENTENCE_END.finditer(text, low, high):
        if _ABBREVIATION.search(text, max(low, match.start() - 12), match.start() + 1):
            continue
        if match.end() <= start:
            earlier, low = low, match.end()
        elif match.start() >= end - 1:
            high = match.end()
            break
    if high - low < SHORTEST_SENTENCE and low and text[max(0, low - 100) : low].rstrip().endswith(_CLOSED):
        low = earlier  # “The ferry will run.” she said: the attribution belongs to the quote
    piece = text[low:high]
    lead = len(piece) - len(piece.lstrip())
    low += lead
    words = " ".join(text[low:start].split())
    before = words + " " if words and text[start - 1].isspace() else words
    middle = " ".join(text[start:end].split())
    after = " ".join(text[end:high].split())
    if after and text[end].isspace():
        after = " " + after
    whole = before + middle + after
    at = len(before)
    return _cut(whole, at, at + len(middle))


def _cut(whole: str, start: int, end: int) -> tuple[str, int, int]:
    if len(whole) <= LONGEST_SENTENCE:
        return whole, start, end
    low = max(0, start - LONGEST_SENTENCE // 2)
    low = whole.rfind(" ", 0, low) + 1 if low else 0
    high = min(len(whole), low + LONGEST_SENTENCE)
    if high < len(whole):
        high = max(whole.rfind(" ", 0, high), end)
    lead = "… " if low else ""
    return lead + whole[low:high] + (" …" if high < len(whole) else ""), start - low + len(lead), end - low + len(lead)


def mark_places(body: Body) -> dict[tuple[str, str], tuple[int, int]]:
    """Return where the first marked words of each quote and event stand in `Body.text`, by (kind, id)."""
    places: dict[tuple[str, str], tuple[int, int]] = {}
    opened: list[tuple[str, str]] = []  # a span may begin with another: both begin at the next words
    for segment in body.segments:
        if isinstance(segment, MarkOpen):
            if segment.part == 0:
                opened.append((segment.kind, segment.id))
        elif opened and isinstance(segment, Text):
            for mark in opened:
                places.setdefault(mark, (segment.at, segment.at + len(segment.text)))
            opened.clear()
    return places
