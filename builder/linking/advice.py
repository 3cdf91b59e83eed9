"""What to write instead of a reference that leads to nothing."""

import re

from builder import urls
from builder.model import Explainer

_BETWEEN = re.compile(r"\s*(?:,|;|&|\band\b|\bund\b)\s*")


def several(kind: str, words: str) -> str:
    """Say how to write several ids, where a text looks like several."""
    parts = [part for part in _BETWEEN.split(words) if part]
    if len(parts) < 2 or not all(urls.is_id(part) for part in parts):
        return ""
    listed = f"[{', '.join(parts)}]"
    return f"Write several in brackets: {listed}" + (
        f"; of a quote, “speaker: {listed}” and its words as “text: …”." if kind == "actor" else "."
    )


def article(kind: str) -> str:
    """Return a kind of record with its article."""
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def said_by(speaker: str, explainer: Explainer | None) -> str:
    """Return what to write where a speaker is named instead of what they said; "" where nobody of this name speaks in an explainer."""
    theirs = [quote.id for quote in explainer.quotes if speaker in quote.speakers] if explainer is not None else []
    if len(theirs) == 1:
        return f"Did you mean “{theirs[0]}”? That is the quote of “{speaker}”, who is no quote."
    return f"“{speaker}” is who said it: name one of their quotes, {', '.join(theirs[:5])}." if theirs else ""
