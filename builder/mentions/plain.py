"""The form in which names are compared with a text: letters composed, apostrophes and quotation marks straight."""

import unicodedata
from collections.abc import Sequence

from builder.anchoring.normal import clusters

_STRAIGHT = (*((sign, "'") for sign in "’‘‚ʼ′"), *((sign, '"') for sign in "“”„‟"))
"""As a keyboard has them: a nickname is typed in either."""


def plain(text: str) -> str:
    """Return a name or a text with its letters composed, its apostrophes and quotation marks straight: “Zoë O’Hara” is typed in several ways."""
    if text.isascii():
        return text
    return unicodedata.normalize("NFC", _straight(text))


def plainly(text: str) -> tuple[str, Sequence[int]]:
    """Return the plain form of a text, and for each of its characters and its end where that stands in `text`."""
    if not text.isascii():
        text = _straight(text)
        if not unicodedata.is_normalized("NFC", text):
            return _composed(text)
    return text, range(len(text) + 1)


def _straight(text: str) -> str:
    for sign, straight in _STRAIGHT:
        if sign in text:
            text = text.replace(sign, straight)
    return text


def _composed(text: str) -> tuple[str, Sequence[int]]:
    parts: list[str] = []
    offsets: list[int] = []
    for start, end in clusters(text):
        part = unicodedata.normalize("NFC", text[start:end])
        parts.append(part)
        offsets += range(start, end) if len(part) == end - start else [start] * len(part)
    return "".join(parts), [*offsets, len(text)]
