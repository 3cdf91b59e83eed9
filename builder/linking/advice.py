"""Help for references that lead to nothing."""

import re

from builder import urls
from builder.diagnostics import Advice, Diagnostic, Location, TextEdit
from builder.model import Explainer

SEPARATORS = re.compile(r",|;|&|\band\b|\bund\b")


_ENTRY = re.compile(r"(?:-+|\d+[.)]\s+)([a-z0-9][a-z0-9-]*)")


def several(kind: str, words: str) -> str:
    """Return how to write several ids, or an entry of a list, if a text looks like these; else ""."""
    if entry := _ENTRY.fullmatch(words):
        return f"An entry of a list begins with a hyphen and a space: “- {entry[1]}: …”."
    parts = [part for part in map(str.strip, SEPARATORS.split(words)) if part]
    if len(parts) < 2 or not all(urls.is_id(part) for part in parts):
        return ""
    listed = f"[{', '.join(parts)}]"
    return f"Write several in brackets: {listed}" + (
        f"; of a quote, “speaker: {listed}” and its words as “text: …”." if kind == "actor" else "."
    )


def article(kind: str) -> str:
    """Return a kind of record with its article: “an actor”."""
    return f"an {kind}" if kind[0] in "aeiou" else f"a {kind}"


def said_by(speaker: str, explainer: Explainer | None) -> Advice:
    """Return what to write where a speaker is named instead of what they said; nothing where nobody of this name speaks in an explainer."""
    theirs = [quote.id for quote in explainer.quotes if speaker in quote.speakers] if explainer is not None else []
    if len(theirs) == 1:
        return Advice(f"Did you mean “{theirs[0]}”? That is a quote of “{speaker}”, who is an actor.", theirs[0])
    return Advice(f"“{speaker}” is a speaker: name one of their quotes, {', '.join(theirs[:5])}." if theirs else "")


def as_id(words: str) -> str:
    """Return an id that is written with capitals, spaces, underscores or quotation marks around it as ids are; one of a quote of another explainer too."""
    return "#".join(part.strip(" \t“”„‟\"'‘’«»").lower().replace("_", "-").replace(" ", "-") for part in words.split("#"))


def instead(spot: Location, key: str, suggestion: str) -> tuple[TextEdit, ...]:
    """Return the edit that writes another id where one stands; none where that is not known to the character."""
    if not spot.column or spot.width != len(key):
        return ()
    return (TextEdit(spot.path, spot.line, spot.column, spot.line, spot.column + len(key), suggestion),)


def unknown(
    kind: str, key: str, spot: Location, message: str, hint: Advice, *, listed: bool = False, is_certain: bool = False
) -> Diagnostic:
    """Return the message about an id that leads to no record of a kind; where it `is_certain` what was meant, with the edit."""
    return Diagnostic(
        "reference-unknown",
        message,
        spot,
        help=hint.help,
        subject=key,
        kind=kind,
        listed=listed,
        suggestion=hint.suggestion,
        edits=instead(spot, key, hint.suggestion) if is_certain else (),
    )
