"""The words of a quote as the text has them, with the text's quotation marks, dashes and spaces; these are shown everywhere."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from builder.content.anchoring.quote_normal_form import Normal
from builder.content.anchoring.search import Range, whole_marks
from builder.model import Body, Quote

_BREAKS = re.compile(r"[ \t\n\r\f\v]+")
_FOR_LINES = re.compile("[\xad\u200b\u2060\ufeff]")
"""Characters that only allow or forbid line breaks."""


def with_text_wording(body: Body, quotes: Sequence[Quote], ranges: Iterable[Range]) -> tuple[Quote, ...]:
    """Return the quotes with the words of the text: each piece of those that were `ranges`, and the author's marked words if they are the same piece."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for range_ in ranges:
        texts[range_.quote].append(_shown(body, range_))
    marked: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for whole_mark in whole_marks(body):
        words = _shown(body, whole_mark)
        marked[whole_mark.quote].setdefault(_plain(words), words)
    return tuple(_worded(quote, texts.get(quote.id), marked.get(quote.id)) for quote in quotes)


def _worded(quote: Quote, pieces: Sequence[str] | None, marked: dict[str, str] | None) -> Quote:
    segments = quote.segments
    if pieces is not None and len(pieces) == len(segments):
        segments = tuple(pieces)
    elif marked is not None:
        segments = tuple(marked.get(_plain(segment), segment) for segment in segments)
    return quote if segments == quote.segments else msgspec.structs.replace(quote, segments=segments)


def _plain(words: str) -> str:
    return Normal(words).text.strip()


def _shown(body: Body, range_: Range) -> str:
    words = body.text[range_.start : range_.end]
    if not words.isprintable() or "  " in words:  # few have breaks, or signs for them
        words = _FOR_LINES.sub("", _BREAKS.sub(" ", words))
    return words.strip()
