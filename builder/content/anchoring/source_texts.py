"""Check that the words of quotes occur in the archived text of their source, in the same normal form and as exactly as in the body."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from builder.content.anchoring.nearest import Nearest
from builder.content.anchoring.quote_normal_form import Normal
from builder.content.anchoring.search import shortened, whole
from builder.model import Body, Quote

_LEFT_OUT = re.compile(r" ?(?:\[ ?… ?\]|\( ?… ?\)|…) ?")
"""A mark for omitted words, in the normal form."""


class MissingWords(NamedTuple):
    """A quote with words that a source does not have."""

    quote: Quote
    piece: str
    """The first words that are missing, shortened."""
    help: str
    """The nearest passage, or what to do."""


def missing_words(quotes: Iterable[Quote], text: str) -> Iterator[MissingWords]:
    """Yield the quotes whose words do not occur in a text, each with the first missing piece and the nearest passage as help.

    A wording as it was published (`as_published`) counts as the words; “…” in a quote stands for any words.
    """
    archive = Normal(text)
    near = Nearest(Body(text=text), archive, "source")
    for quote in quotes:
        if quote.as_published and _lacks((quote.as_published,), archive.text) is None:
            continue
        piece = _lacks(quote.segments, archive.text)
        if piece is not None:
            if _lacks((piece,), archive.text) is None:
                advice = "The pieces of a split quote are sought one after the other: list them in the order of the source."
            else:
                advice = near.passage(piece)
            yield MissingWords(quote, shortened(piece), advice)


def _lacks(pieces: Sequence[str], text: str) -> str | None:
    """Return the first piece that does not occur in a normal text behind the ones before it; None if all do."""
    at = 0
    for piece in pieces:
        words = Normal(piece).text.strip()
        end = _end(words, text, at)
        if end is None:
            end = at
            for part in filter(None, _LEFT_OUT.split(words)):
                found = _end(part, text, end)
                if found is None:
                    return piece
                end = found
        at = end
    return None


def _end(words: str, text: str, at: int) -> int | None:
    start = next(whole(text, words, at), None) if words else at
    return start + len(words) if start is not None else None
