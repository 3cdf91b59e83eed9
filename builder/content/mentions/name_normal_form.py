"""The normal form in which names and texts are compared: letters composed, apostrophes and quotation marks straight, without characters of no width and vowel points."""

import functools
import re
import unicodedata
from collections.abc import Sequence

from builder.content.anchoring.quote_normal_form import UNSEEN, clusters
from builder.i18n.scripts import beyond_ascii

_STRAIGHT = (
    *((mark, "'") for mark in "’‘ʼ′‛׳"),
    *((mark, '"') for mark in "“”„‟″״"),
    *((mark, "-") for mark in "‐‑־"),
    *(("ё", "е"), ("Ё", "Е")),
)
"""Characters that are typed in several ways, as Russian has Пётр and Петр; other dashes stand between two names and are kept."""

_UNSEEN = re.compile(f"[{UNSEEN}]+")


def plain(text: str) -> str:
    """Return the normal form of a name or a text: “Zoë O’Hara” can be typed in several ways."""
    if text.isascii():
        return text
    text = _straight(text)
    if text.isascii():  # as most English is by now
        return text
    return unicodedata.normalize("NFC", _UNSEEN.sub("", text) if _UNSEEN.search(beyond_ascii(text)) else text)


def plain_with_offsets(text: str) -> tuple[str, Sequence[int]]:
    """Return the normal form of a text, and the offset in `text` of each of its characters and of its end."""
    if text.isascii():
        return text, range(len(text) + 1)
    text = _straight(text)
    if text.isascii():
        return text, range(len(text) + 1)
    shorter, offsets = _seen(text) if _UNSEEN.search(beyond_ascii(text)) else (text, range(len(text) + 1))
    if unicodedata.is_normalized("NFC", shorter):
        return shorter, offsets
    composed, composed_offsets = _composed(shorter)
    return composed, [offsets[at] for at in composed_offsets]


@functools.lru_cache(maxsize=16)  # the text of one explainer is searched for the names of several actors in turn
def _straight(text: str) -> str:
    for mark, straight in _STRAIGHT:
        if mark in text:
            text = text.replace(mark, straight)
    return text


def _seen(text: str) -> tuple[str, list[int]]:
    """Return a text without invisible characters, and offsets as in `plain_with_offsets`."""
    parts: list[str] = []
    offsets: list[int] = []
    at = 0
    for found in _UNSEEN.finditer(text):
        parts.append(text[at : found.start()])
        offsets += range(at, found.start())
        at = found.end()
    return "".join((*parts, text[at:])), [*offsets, *range(at, len(text) + 1)]


def _composed(text: str) -> tuple[str, Sequence[int]]:
    parts: list[str] = []
    offsets: list[int] = []
    for start, end in clusters(text):
        part = unicodedata.normalize("NFC", text[start:end])
        parts.append(part)
        offsets += range(start, end) if len(part) == end - start else [start] * len(part)
    return "".join(parts), [*offsets, len(text)]
