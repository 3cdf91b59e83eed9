"""Find the words of each quote in a body, exactly once, or report why not."""

import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import accumulate

import msgspec

from builder.content.anchoring.nearest import Nearest, under
from builder.content.anchoring.quote_normal_form import Normal
from builder.content.frontmatter import in_braces
from builder.diagnostics import Diagnostic, Location
from builder.diagnostics.shortening import shorten_at_word
from builder.model import OBJECT, Body, Link, MarkClose, MarkOpen, Quote, Text

MOST_SHOWN = 3
"""Number of places that a message lists."""

_BEFORE = " \"'"
"""Characters that may stand between a prefix and the words."""

_WINDOW = 300
_MOST_WORDS_BEFORE = 12
_MOST_COMPARED = 100


class Range(msgspec.Struct, frozen=True, gc=False):
    """A range of `Body.text` with words of a quote."""

    start: int
    end: int
    quote: str


def find(body: Body, sought: Sequence[Quote], taken: Sequence[Range], path: str) -> tuple[list[Range], list[Diagnostic]]:
    """Return the ranges of the words of each quote in `Body.text`, and the problems of quotes that are not found exactly once.

    `taken` are the author's own marks, `path` is the file of the body.
    """
    finder = _Finder(body, sought, taken, path)
    ranges: list[Range] = []
    problems: list[Diagnostic] = []
    for quote in sought:
        found = finder.ranges(quote)
        if isinstance(found, Diagnostic):
            problems.append(found)
        else:
            ranges += (Range(finder.text.offsets[start], finder.text.offsets[end], quote.id) for start, end in found)
    return ranges, problems


def spans(body: Body) -> list[Range]:
    """Return the ranges that are marked as words of a quote."""
    return [part for parts in _marks(body) for part in parts]


def whole_marks(body: Body) -> list[Range]:
    """Return the range of each mark, from its first word to its last."""
    return [Range(min(part.start for part in parts), max(part.end for part in parts), parts[0].quote) for parts in _marks(body)]


def _marks(body: Body) -> Iterator[list[Range]]:
    """Yield the ranges of each mark, one for each part between pieces of markup."""
    parts: list[Range] = []
    inside = ""
    for segment in body.segments:
        if not inside and segment.__class__ is not MarkOpen:
            continue
        if isinstance(segment, (MarkOpen, MarkClose)) and segment.kind == "quote":
            if parts:
                yield parts
            parts, inside = [], segment.id if isinstance(segment, MarkOpen) else ""
        elif inside and isinstance(segment, Text):
            parts.append(Range(segment.at, segment.at + len(segment.text), inside))
        elif inside and isinstance(segment, Link):
            parts.append(Range(segment.at, segment.at + len(segment.words or segment.target), inside))
    if parts:
        yield parts


class _Finder:
    def __init__(self, body: Body, sought: Sequence[Quote], taken: Sequence[Range], path: str) -> None:
        self._body = body
        self._path = path
        self.text = Normal(_visible(body))
        self._nearest = Nearest(body, self.text)
        self._taken = sorted(taken, key=lambda span: span.start)
        self._begins = [range_.start for range_ in self._taken]
        self._ends = list(accumulate((range_.end for range_ in self._taken), max))
        self._found: dict[str, list[int]] = {}
        self._wordings = {quote.id: tuple(Normal(segment).text.strip() for segment in quote.segments) for quote in sought}
        # A quote with a prefix is not assigned by order.
        self._same = Counter(self._wordings[quote.id] for quote in sought if not quote.prefix)
        self._turn: Counter[tuple[str, ...]] = Counter()

    def ranges(self, quote: Quote) -> list[tuple[int, int]] | Diagnostic:
        """Return the range of each piece of a quote in the normal form, or a problem."""
        wordings = self._wordings[quote.id]
        everywhere = [self._occurrences(words) for words in wordings]
        missing = _missing(wordings, everywhere)
        if missing is not None:
            return self._not_found(quote, quote.segments[missing], out_of_order=bool(everywhere[missing]))
        possible = _latest(wordings, everywhere, len(self.text.text))[0]
        chosen, limit = self._choose(quote, [start for start in everywhere[0] if start <= possible])
        if chosen is None:
            return self._unclear(quote, everywhere[0])
        latest = _latest(wordings, everywhere, limit)
        ranges = [(chosen, chosen + len(wordings[0]))]
        for words, starts, last in zip(wordings[1:], everywhere[1:], latest[1:], strict=True):
            first = bisect_left(starts, ranges[-1][1])
            times = bisect_right(starts, last) - first
            if times < 1:
                return self._not_found(quote, quote.segments[len(ranges)], out_of_order=True)
            if times > 1:
                return self._unclear_behind(quote, len(ranges), times)
            ranges.append((starts[first], starts[first] + len(words)))
        return ranges

    def _choose(self, quote: Quote, found: list[int]) -> tuple[int | None, int]:
        """Return the offset of the first piece, None if it is ambiguous, and the offset before which the others must stand."""
        whole_text = len(self.text.text)
        if quote.prefix:
            before = Normal(quote.prefix).text.strip().rstrip(_BEFORE)
            found = [
                start for start in found if self.text.text[max(0, start - len(before) - _WINDOW) : start].rstrip(_BEFORE).endswith(before)
            ]
            return (found[0] if len(found) == 1 else None), whole_text
        if len(found) == 1:
            return found[0], whole_text
        words = self._wordings[quote.id]
        if len(found) != self._same[words]:
            return None, whole_text
        self._turn[words] += 1
        turn = self._turn[words]
        return found[turn - 1], found[turn] if turn < len(found) else whole_text

    def _occurrences(self, words: str) -> list[int]:
        """Return the offsets at which words occur as whole words: “advice” is not in “advices”."""
        if not words or OBJECT in words:
            return []
        # A quote may have a thousand pieces of the same words.
        if words not in self._found:
            found = list(whole(self.text.text, words))
            if self._taken and len(found) > 1:
                # The author has marked some of them already.
                found = [start for start in found if not self._is_taken(start, start + len(words))] or found
            self._found[words] = found
        return self._found[words]

    def _is_taken(self, start: int, end: int) -> bool:
        start, end = self.text.offsets[start], self.text.offsets[end]
        before = bisect_left(self._begins, end)
        return before > 0 and start < self._ends[before - 1]

    # --- problems ------------------------------------------------

    def _location(self, quote: Quote) -> Location:
        return quote.location if quote.location.path else Location(self._path)

    def _not_found(self, quote: Quote, piece: str, *, out_of_order: bool) -> Diagnostic:
        if out_of_order:
            advice = "The pieces of a split quote are sought one after the other: list them in the order of the text."
        else:
            advice = self._nearest.passage(piece) or (
                "No similar passage is in the body. Quote the words as they stand there, or write “in_body: no” where they shall not."
            )
        return Diagnostic("quote-not-found", f"“{shortened(piece)}” is not in the body.", self._location(quote), advice)

    def _unclear(self, quote: Quote, found: list[int]) -> Diagnostic:
        words, prefix = shortened(quote.segments[0]), shortened(quote.prefix)
        prefixes = self._prefixes(found)
        here = ", or ".join(f"“prefix: {in_braces(before)}”{under(self._body, self.text.offsets[start])}" for start, before in prefixes)
        # Where nothing stands before one of the places, no prefix means it: the others alone would lead to words of somebody else.
        others = f"; or mark them in the text, [words]{{quote={quote.id}}}" if len(prefixes) < min(len(found), MOST_SHOWN) else ""
        if quote.prefix:
            message = f"“{words}” does not stand exactly once after “{prefix}”."
            advice = f"Before it stands {here}." if here else ""
        else:
            message = f"“{words}” stands {len(found)} times in the body."
            advice = f"Say which with the words before it: {here}{others}." if here else ""
        return Diagnostic("quote-ambiguous", message, self._location(quote), advice or "Mark the words in the text: [words]{quote=id}.")

    def _unclear_behind(self, quote: Quote, piece: int, times: int) -> Diagnostic:
        words, before = (shortened(quote.segments[n]) for n in (piece, piece - 1))
        message = f"“{words}” stands {times} times behind “{before}”, and each could be the next piece of this quote."
        return Diagnostic("quote-ambiguous", message, self._location(quote), f"Mark each piece in the text: [words]{{quote={quote.id}}}.")

    def _prefixes(self, found: list[int]) -> list[tuple[int, str]]:
        """Return, for the first few places, the fewest preceding words that precede no other place."""
        if len(found) > _MOST_COMPARED:
            return []
        before = {start: self.text.text[max(0, start - _WINDOW) : start].rstrip(_BEFORE).split(" ") for start in found}
        shown: list[tuple[int, str]] = []
        for start in found[:MOST_SHOWN]:
            for number in range(1, min(_MOST_WORDS_BEFORE, len(before[start])) + 1):
                ending = before[start][-number:]
                if ending != [""] and sum(words[-number:] == ending for words in before.values()) == 1:
                    shown.append((start, " ".join(ending)))
                    break
        return shown


def _missing(wordings: Sequence[str], everywhere: Sequence[Sequence[int]]) -> int | None:
    """Return the index of the first piece that does not occur behind those before it; None if all do."""
    at = 0
    for n, (words, starts) in enumerate(zip(wordings, everywhere, strict=True)):
        first = bisect_left(starts, at)
        if first == len(starts):
            return n
        at = starts[first] + len(words)
    return None


def _latest(wordings: Sequence[str], everywhere: Sequence[Sequence[int]], limit: int) -> list[int]:
    """Return the last possible offset of each piece, so that those behind it still fit before `limit`."""
    latest: list[int] = []
    for words, starts in zip(reversed(wordings), reversed(everywhere), strict=True):
        fits = bisect_right(starts, limit - len(words))
        limit = starts[fits - 1] if fits else -1
        latest.append(limit)
    return latest[::-1]


def whole(text: str, words: str, start: int = 0) -> Iterator[int]:
    """Yield the offsets from `start` on at which words occur as whole words, both in the normal form."""
    start = text.find(words, start)
    while start >= 0:
        end = start + len(words)
        if not (start and _glued(text[start - 1], words[0])) and not (end < len(text) and _glued(words[-1], text[end])):
            yield start
        start = text.find(words, start + 1)


def _visible(body: Body) -> str:
    """Return the text of a body, with links without words masked: what they show is not known yet."""
    nameless = [segment for segment in body.segments if segment.__class__ is Link and not segment.words]
    if not nameless:
        return body.text
    parts: list[str] = []
    at = 0
    for link in sorted(nameless, key=lambda link: link.at):
        parts += (body.text[at : link.at], OBJECT * len(link.target))
        at = link.at + len(link.target)
    return "".join((*parts, body.text[at:]))


def _glued(left: str, right: str) -> bool:
    """Return whether two neighbouring characters belong to one letter, or to one word in a script with spaces."""
    if unicodedata.category(right)[0] == "M":
        return True
    return left.isalnum() and right.isalnum() and _spaces(left) and _spaces(right)


def _spaces(char: str) -> bool:
    # Latin, Greek, Cyrillic, Armenian. Elsewhere words stand close, or take others on at their ends.
    return char < "\u0590" or "\u1e00" <= char < "\u2000"


def shortened(text: str) -> str:
    """Return the beginning of a text, for a message."""
    return shorten_at_word(" ".join(text.split()), 70)
