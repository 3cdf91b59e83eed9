"""Where the words of quotes stand in the text of a published page, as W3C's Web Annotation asks: the words, and enough around them to find them again."""

import functools
import html
import re

from builder.data.records import Passage
from builder.model import Embed, Explainer, Html, Link, MarkClose, MarkOpen, Site, Text
from builder.views import prose

CONTEXT = 32
"""Characters to either side: what annotation tools take. More where these do not tell two places apart."""

_TAG = re.compile(r"<[^>]*>")
_BREAK = "\0"
"""Stands for a card that the template places in the text: nothing beyond it counts as context."""


@functools.lru_cache(maxsize=4096)
def _words(markup: str) -> str:
    return html.unescape(_TAG.sub("", markup))


def passages(site: Site, explainer: Explainer) -> dict[str, tuple[Passage, ...]]:
    """Return quote → where its words stand in the text that a browser shows: one passage for each stretch of the quote, in order."""
    if not explainer.quotes:
        return {}
    targets = site.targets.get(("explainer", explainer.slug), {})
    out: list[str] = []
    at = 0
    opened: list[tuple[str, str, int]] = []
    spans: list[tuple[str, int, int]] = []
    for segment in explainer.body.segments:
        if isinstance(segment, Text):
            words = segment.text
        elif isinstance(segment, Html):
            words = _words(segment.html)
        elif isinstance(segment, Link):
            target = targets.get((segment.kind, segment.target))
            words = segment.words or (prose.destination(site, target).name if target is not None else segment.target)
        elif isinstance(segment, Embed):
            words = _BREAK
        elif isinstance(segment, MarkOpen):
            opened.append((segment.kind, segment.id, at))
            continue
        elif isinstance(segment, MarkClose):
            kind, name, start = opened.pop()
            if kind == "quote" and at > start:
                spans.append((name, start, at))
            continue
        else:
            continue
        out.append(words)
        at += len(words)
    text = "".join(out)
    found: dict[str, list[Passage]] = {}
    for name, start, end in spans:
        passage = _passage(text, start, end)
        if passage is not None:
            found.setdefault(name, []).append(passage)
    return {name: tuple(made) for name, made in found.items()}


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
