"""The words beside the signs of a strip: how many there is room for, on which side and on which line."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from builder.dates import Date
from builder.model import CLAIMED
from builder.pages.shapes import EventCard

WHOLE = 1000
"""Thousandths of the width: what all positions are counted in."""

_NOMINAL = 600
"""Pixels that the width has at least where words stand beside the signs."""
WIDE = 860
"""Pixels that it has at least in a wide window with nothing beside it."""
_WIDTHS = (_NOMINAL, 720, WIDE, 950)
"""Pixels that it may have: words that are clear of a line in all of these are clear of it in any."""
_LETTER, _SIGN = 6.6, 11
"""Pixels of a letter, and of half a sign with the gap beside it."""
_FEW, _MOST = 30, 60
"""Letters that words have at most, and those that they may have on a line with room."""


class Placed(msgspec.Struct, frozen=True):
    """An event with its place on the axis."""

    number: int
    """From 1."""
    card: EventCard
    date: Date
    left: int
    middle: int
    right: int
    """Thousandths of the width."""
    far: bool
    """Whether it lies beyond the axis: then its date stands with its words."""
    side: str
    """Where its words stand: `after` the sign, `before` it, or `inside`."""
    row: int
    """Its line, above the axis or below."""
    crosses: bool
    """Whether its words cross the line where the account ends."""

    def sign(self, width: int) -> tuple[float, float]:
        """Return from where to where the sign reaches, in pixels of a `width`."""
        return self.left * width / WHOLE - _SIGN, self.right * width / WHOLE + _SIGN

    def taken(self, width: int, most: int = _FEW) -> tuple[float, float]:
        """Return from where to where the sign and its words, of `most` letters, reach, in pixels of a `width`."""
        first, last = self.sign(width)
        length = length_of(self.card, far=self.far, most=most)
        return (first, last + length) if self.side == "after" else (first - length, last) if self.side == "before" else (first, last)


def length_of(card: EventCard, *, far: bool, most: int = _FEW) -> float:
    """Return the pixels of the words of an event, of `most` letters, with its date if it lies far off."""
    words = _words(card, most)
    return _LETTER * (len(f"{words}, {card.when.short}" if far and card.when is not None else words) + _doubt_length(card))


def _doubt_length(card: EventCard) -> int:
    return len(card.doubt) + 1 if card.doubt else 0


def _words(card: EventCard, most: int = _FEW) -> str:
    """Return a few words for an event: those of the author, else the first of its title, of `most` letters."""
    if card.short or len(card.title) <= most:
        return card.short or card.title
    cut = card.title[: most - 2].rpartition(" ")[0] or card.title[: most - 2]
    return f"{cut.rstrip(',;:– ')}…"


def words_of(placed: Sequence[Placed], now: int, width: int = _NOMINAL) -> dict[int, str]:
    """Return the words of each event by its number: more of a long title where its line has room up to the next sign, or to the line `now`."""
    at = now * width / WHOLE
    # Room between two signs is given once: words that were made longer before count as they are now.
    letters: dict[int, int] = {}
    for mark in placed:
        letters[mark.number] = _letters(mark, placed, at, width, letters)
    return {mark.number: _words(mark.card, letters[mark.number]) for mark in placed}


def _letters(mark: Placed, placed: Sequence[Placed], at: float, width: int, letters: Mapping[int, int]) -> int:
    if mark.side == "inside" or (mark.far and width == _NOMINAL):
        return _FEW
    claimed, (start, end), (first, last) = mark.card.status in CLAIMED, mark.taken(width), mark.sign(width)
    rest = [other for other in placed if other.row == mark.row and (other.card.status in CLAIMED) == claimed and other is not mark]
    beside = [other.taken(width, letters.get(other.number, _FEW)) for other in rest]
    if mark.side == "after":
        room = min([begin for begin, _ in beside if begin > last] + [width] + ([at] if end <= at else [])) - last
    else:
        room = first - max([until for _, until in beside if until < first] + [0] + ([at] if 0 <= at <= start else []))
    date = len(mark.card.when.short) + 2 if mark.far and mark.card.when is not None else 0
    return max(_FEW, min(int(room / _LETTER) - _doubt_length(mark.card) - date, _MOST))


class WordRoom(NamedTuple):
    """Where the words of an event stand on a strip."""

    side: str
    """`after`, `before` or `inside`."""
    row: int
    crosses: bool
    """Whether they cross the line of now."""


def room(rows: list[list[tuple[float, float]]], left: int, right: int, length: float, now: int, *, past: bool = False) -> WordRoom:
    """Return the side of the words of an event of a `length`, their line, and whether they cross the line `now`; a new line if no other has room.

    Words of what is `past` stand before that line if they can: behind it they would look as if it was still to come.
    """
    first, last = left * _NOMINAL / WHOLE - _SIGN, right * _NOMINAL / WHOLE + _SIGN
    sides = {"after": (first, last + length), "before": (first - length, last), "inside": (first, last)}
    fitting = [side for side, (start, end) in sides.items() if start >= -_SIGN and end <= _NOMINAL + _SIGN]
    fitting = [side for side in fitting if side != "inside" or last - first > length]
    words = {"after": (last, last + length), "before": (first - length, first), "inside": (0, 0)}
    at = now * _NOMINAL / WHOLE
    clear = [side for side in fitting if not words[side][0] < at < words[side][1]]
    if past and now >= 0:
        clear.sort(key=lambda side: words[side][1] > at)
    side = next(iter(clear or fitting), "after")
    crosses = words[side][0] < at < words[side][1]
    taken = sides[side]
    for row, others in enumerate(rows):
        if all(taken[1] < start or end < taken[0] for start, end in others):
            others.append(taken)
            return WordRoom(side, row, crosses)
    rows.append([taken])
    return WordRoom(side, len(rows) - 1, crosses)


def may_cross(placed: Placed, now: int) -> bool:
    """Return whether the words of an event stand across the line `now` in a window of any width."""
    for width in _WIDTHS:
        (start, end), (first, last), at = placed.taken(width), placed.sign(width), now * width / WHOLE
        if now >= 0 and (start < at < first or last < at < end):
            return True
    return placed.crosses
