"""The words of quotes in the text of a page, as text quote selectors of the W3C Web Annotation model: the words, with a prefix and a suffix.

The text is that of the page in a browser. Context ends at a note, since the text of notes is not part of it.
"""

from builder.content.markup.page_context import Footnote, FootnoteRef, MarkedWords, NoteLink, SideNote
from builder.formats.published_data import Passage
from builder.model import Site, Trusted
from builder.pages import cards, explainer_text

CONTEXT = 32
"""Characters to either side: what annotation tools take. More if two passages have these in common."""

_BREAK = "\0"
"""Stands for what a template draws in the text, a card or a note: nothing beyond it counts as context."""


@cards.for_a_while
def passages(site: Site, slug: str) -> dict[str, tuple[Passage, ...]]:
    """Return quote id → its passages in the text of the page, one for each stretch of words, in order."""
    ids = {key for _, key in site.quotes_in[slug]}
    text = ""
    spans: list[tuple[str, int, int]] = []
    for part in explainer_text.body(site, slug):
        if not isinstance(part, explainer_text.ProsePart):
            text += _BREAK
            continue
        for piece in part.pieces:
            start = len(text)
            if isinstance(piece, SideNote | Footnote):
                text += _BREAK
            elif isinstance(piece, FootnoteRef):
                text += str(piece.number)
            elif isinstance(piece, NoteLink):
                text += piece.words
            else:
                text += piece.words if isinstance(piece, Trusted) else piece.html.words
            if isinstance(piece, MarkedWords) and piece.mark == "quote" and piece.id in ids:
                spans.append((piece.id, start, len(text)))
    found: dict[str, list[Passage]] = {}
    for name, start, end in spans:
        passage = passage_at(text, start, end) if end > start else None
        if passage is not None:
            found.setdefault(name, []).append(passage)
    return {name: tuple(made) for name, made in found.items()}


def passage_at(text: str, start: int, end: int) -> Passage | None:
    """Return the words from `start` to `end` with enough context to be found once in the text; None if no context is enough."""
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
