"""Who is named where in a body, and in which sentence.

Names are found in the words that may carry a link (`Text.linkable`); a longer name wins over a shorter one that begins at the same place.
"""

import re
from collections.abc import Iterator, Mapping

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


def occurrences(body: Body, names: Mapping[str, str], *, autolink: str) -> tuple[Occurrence, ...]:
    """Find every name in a body.

    `names` maps a name or alias to an actor's id; `autolink` is `first` (the first mention in each section becomes a link), `all` or `off`.
    A name that an explicit `[[link]]` has linked before in the section does not become a link again.
    """
    # Plain searches in the whole text: an expression of all names would have to be compiled for every explainer, which takes ten times as long.
    candidates = sorted((start, -end, owner) for name, owner in names.items() for start, end in _places(body.text, name.split()))
    if not candidates:
        return ()
    found: list[Occurrence] = []
    linked: set[str] = set()
    n = 0
    for segment in body.segments:
        kind = segment.__class__
        if kind is Text:
            low: int = segment.at  # type: ignore[union-attr]  # narrowed by the class, which is faster than isinstance here
            high = low + len(segment.text)  # type: ignore[union-attr]  # as above
            while n < len(candidates) and candidates[n][0] < high:
                start, end, owner = candidates[n][0], -candidates[n][1], candidates[n][2]
                n += 1
                if start < low or end > high or not segment.linkable:  # type: ignore[union-attr]  # as above
                    continue
                low = end  # of two names that overlap, the first counts, and of those the longest
                links = autolink == "all" or (autolink == "first" and owner not in linked)
                if links:
                    linked.add(owner)
                found.append(Occurrence(owner, start, end, links))
        elif kind is Section:
            linked = set()
        elif kind is Link:
            linked.add(segment.target)  # type: ignore[union-attr]  # as above
    return tuple(found)


def _places(text: str, words: list[str]) -> Iterator[tuple[int, int]]:
    """Yield where a name stands as whole words; a line may break between two of them."""
    start = text.find(words[0]) if words else -1
    while start >= 0:
        end = start + len(words[0])
        for word in words[1:]:
            after = end
            while end < len(text) and text[end].isspace():
                end += 1
            if end == after or not text.startswith(word, end):
                end = 0
                break
            end += len(word)
        # No letter on either side: that keeps “Rus” out of “Russia”.
        if end and not (start and _is_letter(text[start - 1])) and not (end < len(text) and _is_letter(text[end])):
            yield start, end
        start = text.find(words[0], start + 1)


def _is_letter(character: str) -> bool:
    return character.isalnum() or character == "_"


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
