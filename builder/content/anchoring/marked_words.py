"""Check that words marked as a quote's are words of that quote: they are shown with the speaker's name."""

import re
from collections.abc import Iterator, Mapping, Sequence

from builder.content.anchoring.quote_normal_form import Normal
from builder.content.anchoring.search import shortened, whole
from builder.diagnostics import Diagnostic, characters
from builder.model import OBJECT, Body, Html, Link, MarkClose, MarkOpen, Quote, Text, location_of

_EDITED = re.compile(rf"\[[^\[\]]*\]|\( ?… ?\)|…|{OBJECT}")
"""Editorial parts of marked words, in the normal form: words left out, words in square brackets, a record's own name."""

_EDGES = " '.,;:!?-()"
"""Punctuation around the words."""


def misquotations(body: Body, quotes: Sequence[Quote], path: str) -> Iterator[Diagnostic]:
    """Yield the problems of marked words that are not words of their quote, apart from square brackets and “…”.

    Paraphrases are not checked; of a translated, corrected or garbled quote any of its wordings may be marked.
    """
    by_id = {quote.id: quote for quote in quotes if not quote.is_paraphrase}
    wordings: dict[str, tuple[str, ...]] = {}
    for mark, written in _marked(body, by_id):
        quote, words = by_id[mark.id], _plain(written)
        if quote.id not in wordings:
            wordings[quote.id] = tuple(_plain(text) for text in _wordings(quote) if text)
        if any(_is_in(words, wording) for wording in wordings[quote.id]):
            continue
        alike = characters.apart(written.strip(_EDGES), " ".join(quote.segments).strip(_EDGES), "what is marked", "the quote")
        yield Diagnostic(
            "quote-marked-wrong",
            f"“{shortened(written.replace(OBJECT, ''))}” is not among the words of the quote “{quote.id}”.",
            location_of(mark, path),
            f"The two look alike: {alike}."
            if alike
            else f"The quote has “{shortened(' … '.join(quote.segments))}”. Mark its words alone; “…” stands for words left out, and your own stand in square "
            "brackets. If all of them are your own, write “mode: indirect”.",
        )


def _marked(body: Body, quotes: Mapping[str, Quote]) -> Iterator[tuple[MarkOpen, str]]:
    """Yield each mark of one of the quotes, with its visible text."""
    opened: MarkOpen | None = None
    parts: list[str] = []
    for segment in body.segments:
        if isinstance(segment, MarkOpen) and segment.kind == "quote":
            opened = segment if segment.id in quotes else None
            parts.clear()
        elif opened is None:
            continue
        elif isinstance(segment, Text):
            parts.append(segment.text)
        elif isinstance(segment, Link):
            parts.append(segment.words or OBJECT)
        elif isinstance(segment, Html):
            parts.append(segment.words)  # code and line breaks, which have no segments of their own
        elif isinstance(segment, MarkClose) and segment.kind == "quote":
            yield opened, "".join(parts)
            opened = None


def _wordings(quote: Quote) -> tuple[str, ...]:
    return (" ".join(quote.segments), quote.as_published, quote.corrected, quote.translation.text if quote.translation is not None else "")


def _plain(text: str) -> str:
    """Return words as they are compared: nested quotation marks and capitals at the beginning may differ."""
    return Normal(text).text.replace('"', "'").casefold()


def _is_in(words: str, wording: str) -> bool:
    if not any(map(str.isalnum, words)) or _stands(words.strip(_EDGES), wording):
        return True
    at, any_of_it = 0, False
    edge = 0  # where the last editorial part ended
    for start, end in (*(found.span() for found in _EDITED.finditer(words)), (len(words), len(words))):
        piece = words[edge:start]
        # “[t]he boat”: a piece next to a bracket need not be a whole word of the quote.
        touches = (edge > 0 and piece[:1].isalnum()) or (start < len(words) and piece[-1:].isalnum())
        piece = piece.strip(_EDGES)
        edge = end
        if not piece:
            continue
        found = wording.find(piece, at) if touches else next(whole(wording, piece, at), -1)
        if found < 0:
            return False
        at, any_of_it = found + len(piece), True
    return any_of_it


def _stands(words: str, wording: str) -> bool:
    return bool(words) and next(whole(wording, words), None) is not None
