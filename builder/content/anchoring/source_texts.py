"""Whether the words of quotes stand in the text of their source, as an author keeps it: by the same normal form as in the body, and as exactly."""

import re
from collections.abc import Iterable, Iterator, Sequence

from builder.content.anchoring.search import shortened, whole
from builder.content.anchoring.nearest import Nearest
from builder.content.anchoring.normal import Normal
from builder.model import Body, Quote

_LEFT_OUT = re.compile(r" ?(?:\[ ?… ?\]|\( ?… ?\)|…) ?")
"""Where a quote leaves words out, in the normal form."""


def absent(quotes: Iterable[Quote], text: str) -> Iterator[tuple[Quote, str, str]]:
    """Yield the quotes whose words do not stand in a text, with the first piece that does not, and the help of a message: the nearest passage.

    A wording that was kept as it was published (`as_published`) counts for the words; what a quote leaves out with “…” may stand between its words.
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
            yield quote, shortened(piece), advice


def _lacks(pieces: Sequence[str], text: str) -> str | None:
    """Return the first piece that does not stand in a normal text behind the ones before it; None where all do."""
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
