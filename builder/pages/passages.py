"""Where the words of quotes stand in the text of a published page, as W3C's Web Annotation asks: the words, and enough around them to find them again.

The text is that of the page as a browser has it, with the notes that stand beside it: an annotation whose context were not there would be found nowhere.
"""

import html
import re

from builder.formats.records import Passage
from builder.model import MarkOpen, Site
from builder.pages import cards, explainer_text

CONTEXT = 32
"""Characters to either side: what annotation tools take. More where these do not tell two places apart."""

_TAG = re.compile(r"<[^>]*>")
_MARK = '<span class="quote-words '
_SPAN = re.compile(r"<(/?)span\b")
_BREAK = "\0"
"""Stands for a card that the template places in the text: nothing beyond it counts as context."""


@cards.for_a_while
def passages(site: Site, slug: str) -> dict[str, tuple[Passage, ...]]:
    """Return quote → where its words stand in the text that a browser shows: one passage for each stretch of the quote, in order."""
    # Each mark over quoted words is one element of the woven text, and they come in the same order.
    ids = {key for _, key in site.quotes_in[slug]}
    marked = [mark.id for mark in site.bodies[slug].segments if isinstance(mark, MarkOpen) and mark.kind == "quote" and mark.id in ids]
    if not marked:
        return {}
    text = ""
    spans: list[tuple[int, int]] = []
    for part in explainer_text.body(site, slug):
        text += _text(part.html.html, len(text), spans) if isinstance(part, explainer_text.ProsePart) else _BREAK
    found: dict[str, list[Passage]] = {}
    for name, (start, end) in zip(marked, spans, strict=True):
        passage = _passage(text, start, end) if end > start else None
        if passage is not None:
            found.setdefault(name, []).append(passage)
    return {name: tuple(made) for name, made in found.items()}


def _text(markup: str, base: int, spans: list[tuple[int, int]]) -> str:
    """Return the text of HTML, which begins at `base`, and add where quoted words stand in it to `spans`, in the order in which they begin."""
    marks: list[tuple[int, int, int]] = []
    """Where a mark begins or ends in the markup, which one, and which of both."""
    start = markup.find(_MARK)
    while start >= 0:
        depth = 0
        for span in _SPAN.finditer(markup, start):
            depth += -1 if span[1] else 1
            if not depth:
                marks += ((start, len(spans), 0), (span.start(), len(spans), 1))
                break
        spans.append((base, base))
        start = markup.find(_MARK, start + 1)
    pieces: list[str] = []
    at, last = base, 0
    for where, mark, end in sorted(marks):
        pieces.append(_words(markup[last:where]))
        at += len(pieces[-1])
        last = where
        spans[mark] = (spans[mark][0], at) if end else (at, at)
    pieces.append(_words(markup[last:]))
    return "".join(pieces)


def _words(markup: str) -> str:
    text = _TAG.sub("", markup)
    return html.unescape(text) if "&" in text else text


def _passage(text: str, start: int, end: int) -> Passage | None:
    """Return the words from `start` to `end` with context that is found once in the text; None where no context tells them apart."""
    context = CONTEXT
    while True:
        prefix = text[max(0, start - context) : start].rpartition(_BREAK)[2]
        suffix = text[end : end + context].partition(_BREAK)[0]
        whole = prefix + text[start:end] + suffix
        if text.find(whole, text.find(whole) + 1) < 0:
            return Passage(text[start:end], prefix, suffix)
        if context > len(text):
            return None
        context *= 2
