"""Find the passage of a body nearest to words that do not occur in it; used only in messages."""

import functools
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

from builder.content.anchoring import lookalike_passages
from builder.content.anchoring.quote_normal_form import Normal
from builder.diagnostics import characters
from builder.diagnostics.shortening import shorten_at_word
from builder.i18n.patterns import late
from builder.model import OBJECT, Body, Section, Text

MOST_WORDS = 20_000
"""Words of a body that are searched: a message must not take long."""

MOST_QUOTED = 300
_TOO_COMMON = 50
_ENOUGH = 0.5
"""Share of the words that must occur in a passage for it to be shown."""

_SIGNS = ".,;:!?"
_CLOSING = "\"')]"
_LEFT_OUT = "…"

_WORD = late(rf"-+|[\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]|[^ {OBJECT}\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff-]+")
"""A word, a dash, or a letter of a script that puts no spaces between words."""

_EDGES = "\"'.,;:!?()[]…-"


class Nearest:
    """Finds the nearest passage of one body. Its words are indexed at the first search."""

    def __init__(self, body: Body, text: Normal, where: str = "body") -> None:
        """`text` is the normal form of the body's words, `where` is the name of the body in messages."""
        self._body, self._text, self._where = body, text, where

    @functools.cached_property
    def _word_ranges(self) -> list[tuple[int, int]]:
        """The range of each word in the normal form."""
        return [(found.start(), found.end()) for found in _WORD.finditer(self._text.text)][:MOST_WORDS]

    @functools.cached_property
    def _words(self) -> list[str]:
        return [self._text.text[start:end] for start, end in self._word_ranges]

    @functools.cached_property
    def _keys(self) -> list[str]:
        return [word_key(word) for word in self._words]

    @functools.cached_property
    def _index(self) -> dict[str, list[int]]:
        """Word → its positions in the list of words."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for n, word in enumerate(self._keys):
            found[word].append(n)
        return dict(found)

    def passage(self, piece: str) -> str:
        """Return the nearest passage and how it differs, as the help of a message; "" if nothing is near.

        `piece` has the words as they are written in the quote.
        """
        quote = Normal(piece.strip())
        if sentence := self._lookalike(quote, piece.strip()):
            return sentence
        ranges = [(found.start(), found.end()) for found in _WORD.finditer(quote.text)][:MOST_QUOTED]
        ours = [quote.text[start:end] for start, end in ranges]
        window = self._window([word_key(word) for word in ours])
        if window is None:
            return ""
        first, last = window

        def written(start: int, behind: int) -> str:
            """Return some words of the quote as its author wrote them."""
            return _brief(piece.strip()[quote.offsets[ranges[start][0]] : quote.offsets[ranges[behind - 1][1]]]) if behind > start else ""

        sentence = self._nearest_words(first, last)
        return f"{sentence} {self._difference(first, last, ours, written)}"

    def _nearest_words(self, first: int, last: int) -> str:
        begins = self._text.offsets[self._word_ranges[first][0]]
        return f"The nearest words in the {self._where} are “{_brief(self._shown(first, last))}”{under(self._body, begins)}."

    def _difference(self, first: int, last: int, ours: list[str], written: Callable[[int, int], str]) -> str:
        """Return how the words of the body from `first` to `last` differ from those of a quote, as a sentence."""
        import difflib  # late: most sites have no quote that is not found

        where, theirs = self._where, self._words[first:last]
        matcher = difflib.SequenceMatcher(None, [_bare(word) for word in theirs], [_bare(word) for word in ours], autojunk=False)
        differing = [found for found in matcher.get_opcodes() if found[0] != "equal"]
        for _, a, b, c, d in sorted(
            differing,
            key=lambda found: _bare("".join(theirs[found[1] : found[2]])).lower() == _bare("".join(ours[found[3] : found[4]])).lower(),
        ):
            there = _brief(self._shown(first + a, first + b)) if b > a else ""
            here = written(c, d)
            if (
                c > 0
                and d < len(ours)
                and b > a
                and ("".join(ours[c:d]).strip("[]()") == _LEFT_OUT or (not here and self._is_between_quotes(first + a, first + b)))
            ):
                pieces = lookalike_passages.split((written(0, c).rstrip(_SIGNS), written(d, len(ours))))
                return f"There the {where} has “{there}” between the words: give the quote in pieces, as a list: {pieces}"
            if there and here:
                here = here.strip(_SIGNS) or here
                sentence = characters.apart(there, here, f"the {where}", "the quote")
                return f"The two look alike: {sentence}." if sentence else f"There the {where} has “{there}”, the quote “{here}”."
            if there or here:
                return f"There the {where if there else 'quote'} has “{there or here}” more."
        return _sign(theirs, ours, where)

    def _is_between_quotes(self, first: int, behind: int) -> bool:
        """Return whether words of the body stand between the end of a quotation and the beginning of the next."""
        start, end = (
            self._word_ranges[first - 1][0],
            self._word_ranges[behind][1] if behind < len(self._word_ranges) else len(self._text.text),
        )
        before, after = self._text.text[start : self._word_ranges[first][0]], self._text.text[self._word_ranges[behind - 1][0] : end]
        return first > 0 and any(mark in before.rstrip(" ,.") and mark in after for mark in "\"'")

    @functools.cached_property
    def _looks(self) -> lookalike_passages.Skeleton:
        return lookalike_passages.Skeleton(self._text.text)

    def _lookalike(self, quote: Normal, piece: str) -> str:
        """Return a passage that looks like the quote, and how it differs; "" if there is none."""
        found = next(self._looks.ranges(lookalike_passages.Skeleton(quote.text)), None)
        if found is None:
            return ""
        start, end = (self._text.offsets[at] for at in found)
        there = self._body.text[start:end]
        sentence = lookalike_passages.difference(Normal(there), quote, (there, piece), self._where)
        return (
            f"The nearest words in the {self._where} are “{_brief(_trimmed(there))}”{under(self._body, start)}. {sentence}"
            if sentence
            else ""
        )

    def _shown(self, first: int, behind: int) -> str:
        """Return some words of the body as they are written."""
        start, end = self._text.offsets[self._word_ranges[first][0]], self._text.offsets[self._word_ranges[behind - 1][1]]
        return _trimmed(self._body.text[start:end])

    def _window(self, ours: list[str]) -> tuple[int, int] | None:
        """Return the range of words of the body that is most like a quote; None if none is."""
        import difflib

        if not ours:
            return None
        if len(ours) == 1:
            if len(ours[0]) > characters.LONGEST_COMPARED:
                return None
            close = difflib.get_close_matches(ours[0], sorted(self._index), n=1, cutoff=0.75)
            return (self._index[close[0]][0], self._index[close[0]][0] + 1) if close else None
        own: defaultdict[str, list[int]] = defaultdict(list)
        for at, word in enumerate(ours):
            own[word].append(at)
        votes: Counter[int] = Counter()
        for word, ranges in own.items():
            there = self._index.get(word, ())
            if len(there) <= _TOO_COMMON:
                votes.update(at - offset for at in there for offset in ranges[:3])
        if not votes:
            return None
        most = max(votes.values())
        start = min(offset for offset, number in votes.items() if number == most)
        # Words that were put in or left out shift those behind them.
        slack = 2 + len(ours) // 4
        low, high = max(0, start - slack), min(len(self._keys), start + len(ours) + slack)
        matcher = difflib.SequenceMatcher(None, self._keys[low:high], ours, autojunk=False)
        blocks = [block for block in matcher.get_matching_blocks() if block.size]
        if sum(block.size for block in blocks) < _ENOUGH * len(ours):
            return None
        # As many words before the first and after the last that agree as the quote has there.
        first = max(low, low + blocks[0].a - blocks[0].b)
        behind = len(ours) - blocks[-1].b - blocks[-1].size
        return first, min(high, low + blocks[-1].a + blocks[-1].size + behind)


def _sign(theirs: Sequence[str], ours: Sequence[str], where: str) -> str:
    """Return how the signs differ if all words are the same."""
    end = len(ours) - 1
    for n, (there, here) in enumerate(zip(theirs, ours, strict=True)):
        # What stands before the first word and behind the last one is not the quote's.
        if there == here or (n == 0 and there.endswith(here)) or (n == end and there.startswith(here)) or (end == 0 and here in there):
            continue
        sign = here[len(here.rstrip(_SIGNS)) :]
        if n == end and sign:
            other = there.rstrip(_CLOSING)
            other = other[len(other.rstrip(_SIGNS)) :]
            found = f"the {where} has “{other}” there" if other else f"the {where} has no such sign there"
            return f"The quote ends with “{sign}”, {found}: leave it out of the quote."
        return f"There the {where} has “{there}”, the quote “{here}”."
    return "They differ in punctuation or in capital letters."


def under(body: Body, offset: int) -> str:
    """Return ` (under “Heading”)` for an offset in `Body.text`, "" before the first heading."""
    title = pending = ""
    for segment in body.segments:
        if isinstance(segment, Section):
            pending = segment.title
        elif isinstance(segment, Text):
            if segment.at > offset:
                break
            title = pending
    return f" (under “{_brief(title)}”)" if title else ""


def _trimmed(text: str) -> str:
    return text.strip(' \n“”".,;:') or text


def word_key(word: str) -> str:
    """Return a word without the signs at its edges and in small letters, by which words are compared."""
    return word.strip(_EDGES).casefold() or word


def _bare(word: str) -> str:
    return word.strip("\"'.,;:!?") or word


def _brief(text: str) -> str:
    return shorten_at_word(" ".join(text.replace(OBJECT, "").split()), 90)
