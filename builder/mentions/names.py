"""Who is named where in a body.

Names are found in the words that may carry a link (`Text.linkable`); a longer name wins over a shorter one that begins at the same place.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from builder.model import Body, Link, Occurrence, Section, Segment, Text

_AT = attrgetter("at")

FEW = 4
"""Next words of names that are tried one by one."""

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
    n = 0
    for section in _sections(body.segments):
        linked: set[str] = set()
        for segment in section:
            if isinstance(segment, Link):
                linked.add(segment.target)
                continue
            low, high = segment.at, segment.at + len(segment.text)
            while n < len(candidates) and candidates[n][0] < high:
                start, end, owner = candidates[n][0], -candidates[n][1], candidates[n][2]
                n += 1
                if start < low or end > high or not segment.linkable:
                    continue
                low = end  # of two names that overlap, the first counts, and of those the longest
                links = autolink == "all" or (autolink == "first" and owner not in linked)
                if links:
                    linked.add(owner)
                found.append(Occurrence(owner, start, end, links))
    return tuple(found)


def _sections(segments: Sequence[Segment]) -> Iterator[list[Text | Link]]:
    """Yield what has words, section by section, in the order of the text: there a sidenote stands behind its block, so a mention in it is no first one where the block has one."""
    section: list[Text | Link] = []
    for segment in segments:
        kind = segment.__class__  # faster than isinstance, of which most would say no
        if kind is Text or kind is Link:
            section.append(segment)  # type: ignore[arg-type]  # narrowed by the class
        elif kind is Section:
            yield sorted(section, key=_AT)
            section = []
    yield sorted(section, key=_AT)


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
