"""Help for references that lead to nothing."""

import re

from builder import urls
from builder.model import Explainer

_BETWEEN = re.compile(r"\s*(?:,|;|&|\band\b|\bund\b)\s*")


def several(kind: str, words: str) -> str:
    """Return how to write several ids, if a text looks like several; else ""."""
    parts = [part for part in _BETWEEN.split(words) if part]
    if len(parts) < 2 or not all(urls.is_id(part) for part in parts):
        return ""
    listed = f"[{', '.join(parts)}]"
    return f"Write several in brackets: {listed}" + (
        f"; of a quote, “speaker: {listed}” and its words as “text: …”." if kind == "actor" else "."
    )


def article(kind: str) -> str:
    """Return a kind of record with its article: “an actor”."""
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def said_by(speaker: str, explainer: Explainer | None) -> str:
    """Return help for a speaker that was named instead of a quote; "" if `speaker` has no quotes in the explainer."""
    theirs = [quote.id for quote in explainer.quotes if speaker in quote.speakers] if explainer is not None else []
    if len(theirs) == 1:
        return f"Did you mean “{theirs[0]}”? That is a quote of “{speaker}”, who is an actor."
    return f"“{speaker}” is a speaker: name one of their quotes, {', '.join(theirs[:5])}." if theirs else ""
