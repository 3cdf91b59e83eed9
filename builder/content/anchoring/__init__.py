"""Find the words of quotes in a text: exactly, or not at all.

Both sides go through one fixed normalisation (`normalise`), so that curly and straight quotation marks, dashes, spaces and line breaks make no difference.
Similarity is used only for suggestions in messages, never for what is published.

body: He said: “Let’s be clear.”    quote: Let's be clear    →    He said: “⟨Let’s be clear⟩.”
"""

from collections.abc import Sequence
from typing import NamedTuple

from builder.content.anchoring.mark_insertion import mark, without_overlaps
from builder.content.anchoring.marked_words import misquotations
from builder.content.anchoring.quote_normal_form import normalise
from builder.content.anchoring.search import Range, find, spans
from builder.content.anchoring.source_texts import missing_words
from builder.content.anchoring.text_wording import with_text_wording
from builder.diagnostics import Diagnostic
from builder.model import Body, MarkOpen, Quote

__all__ = ["anchor", "anchored", "missing_words", "normalise", "spans"]


def anchored(body: Body) -> frozenset[str]:
    """Return the ids of the quotes whose words are marked in a body."""
    return frozenset([segment.id for segment in body.segments if segment.__class__ is MarkOpen and segment.kind == "quote"])


class AnchoredQuotes(NamedTuple):
    """A body with its quotes marked."""

    body: Body
    problems: tuple[Diagnostic, ...]
    quotes: tuple[Quote, ...]
    """With their words as the body has them."""


def anchor(body: Body, quotes: Sequence[Quote], *, path: str, ranges: Sequence[Range] = ()) -> AnchoredQuotes:
    """Return the body with the words of each quote marked; the problems of quotes that are not found exactly once, or that differ from the author's marks; and the quotes, with their words as the body has them.

    Quotes with `in_body: no`, and those that the author has marked in the text with `[words]{quote=id}`, are not searched.
    If words occur as often in the body as in quotes, they are assigned in the listed order.
    `path` is the file of the body, for problems of quotes without a location; `ranges` are the ranges of quotes whose words are left to the text.
    """
    marked = anchored(body)
    known = {range_.quote for range_ in ranges}
    sought = [quote for quote in quotes if quote.in_body and quote.id not in marked and quote.id not in known]
    wrong = tuple(misquotations(body, quotes, path)) if marked else ()
    if not sought and not ranges:
        return AnchoredQuotes(body, wrong, with_text_wording(body, quotes, ()) if marked else tuple(quotes))
    by_id = {quote.id: quote for quote in quotes}
    taken = [*(spans(body) if marked else ()), *ranges]
    found_ranges, problems = find(body, sought, taken, path) if sought else ([], [])
    kept, overlaps = without_overlaps(found_ranges, taken, by_id)
    found_ranges = [*found_ranges, *ranges]
    kept = sorted((*kept, *ranges), key=lambda span: span.start) if ranges else kept
    wording = with_text_wording(body, quotes, found_ranges)
    return AnchoredQuotes(mark(body, kept, by_id) if kept else body, (*problems, *overlaps, *wrong), wording)
