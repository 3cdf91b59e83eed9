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

FEW = 4
"""Next words of names that are tried one by one."""

_REACH = 10 * LONGEST_SENTENCE
"""How far from a name its sentence is looked for."""


_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ɏͰ-ϿЀ-Я]\w*")
"""A word that may begin a name."""


def capitals(text: str) -> tuple[str, ...]:
    """Return the words of a text that may be of a name, each once, in order. Most actors are not in most texts: to look for such words first costs far less than to look for each name."""
    return tuple(dict.fromkeys(_CAPITALISED.findall(text)))


def occurrences(body: Body, names: Mapping[str, str], *, autolink: str) -> tuple[Occurrence, ...]:
    """Find every name in a body.

    `names` maps a name or alias to an actor's id; `autolink` is `first` (the first mention in each section becomes a link), `all` or `off`.
    A name that an explicit `[[link]]` has linked before in the section does not become a link again.
    """
    # Plain searches in the whole text: an expression of all names would have to be compiled for every explainer, which takes ten times as long.
    candidates = sorted((start, -end, owner) for start, end, owner in _places(body.text, names))
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


class _Begun:
    """What a name may be that has begun with certain words."""

    __slots__ = ("following", "longest", "owner")

    def __init__(self) -> None:
        self.owner = ""
        """Whose name it is if it ends here; "" where it does not."""
        self.following: dict[str, _Begun] = {}
        """Next word → the same."""
        self.longest = 0
        """Characters of the longest next word."""

    def then(self, word: str) -> "_Begun":
        self.longest = max(self.longest, len(word))
        return self.following.setdefault(word, _Begun())


def _places(text: str, names: Mapping[str, str]) -> Iterator[tuple[int, int, str]]:
    """Yield where names stand as whole words, and whose they are; a line may break between two words of one."""
    # By their first words: thousands of names may begin with the same.
    begun = _Begun()
    for name, owner in names.items():
        at = begun
        for word in name.split():
            at = at.then(word)
        at.owner = owner
    for first, rest in begun.following.items():
        start = text.find(first)
        while start >= 0:
            # No letter on either side: that keeps “Rus” out of “Russia”.
            if not (start and _is_letter(text[start - 1])):
                for end, owner in _ends(text, rest, start + len(first)):
                    yield start, end, owner
            start = text.find(first, start + 1)


def _ends(text: str, name: _Begun, end: int) -> Iterator[tuple[int, str]]:
    """Yield where names end whose first words end here, and whose they are."""
    if name.owner and not (end < len(text) and _is_letter(text[end])):
        yield end, name.owner
    while name.following:
        begin = end
        while begin < len(text) and text[begin].isspace():
            begin += 1
        if begin == end:
            return
        found = None
        for here, next_one in _words(text, name, begin):
            if next_one.owner and not (here < len(text) and _is_letter(text[here])):
                yield here, next_one.owner
            # The last word of a name may be followed by a comma, every other one by a space alone.
            if next_one.following and here < len(text) and text[here].isspace():
                found = here, next_one
        if found is None:
            return
        end, name = found


def _words(text: str, name: _Begun, begin: int) -> Iterator[tuple[int, _Begun]]:
    """Yield what may come next in a name and stands here, as far as letters go, and where it ends."""
    if len(name.following) <= FEW:
        for word, one in name.following.items():
            if text.startswith(word, begin):
                yield begin + len(word), one
        return
    for end in range(begin + 1, min(len(text), begin + name.longest) + 1):
        if text[end - 1].isspace():
            return
        next_one = name.following.get(text[begin:end])
        if next_one is not None:
            yield end, next_one


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
