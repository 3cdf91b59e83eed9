"""Speech that dashes set apart: a paragraph that begins with one, as in “— We wait, said the ferryman”, and a verb of saying within quotation marks, as in «We wait, — said the ferryman, — and then we go»."""

import re
from collections.abc import Iterator

from builder.content.quotations import QuotedPassage
from builder.drafting.findings import Paragraph

_DASH = re.compile(r"\s*[—–]\s+")
_LEADING = re.compile(r"(?:^|(?<=[.!?…]\s))[—–]\s+(?=[^\W\d_]|[«“„\"¿¡])")
_WORD = re.compile(r"[^\W\d_]+")
_COMMA = re.compile(r"[,!?…]\s+(?=([a-zäöü]+))")
_AMONG = 3
"""Words at the beginning of a stretch among which its verb of saying stands."""


def in_paragraph(text: str, paragraph: Paragraph, says: frozenset[str]) -> tuple[QuotedPassage, ...]:
    """Return the speech of a paragraph behind a dash at its beginning or that of a sentence; nothing where no verb of saying stands in it, as in a list. `says` are verbs of saying."""
    leading = _LEADING.search(text[paragraph.start : paragraph.end])
    if leading is None:
        return ()
    return _passages(text, _spoken(text, paragraph.start + leading.end(), paragraph.end, says, by_comma=True))


def divided(text: str, passage: QuotedPassage, says: frozenset[str]) -> tuple[QuotedPassage, ...]:
    """Return a quotation without what stands between dashes in it and tells who speaks; as it is where nothing does."""
    if len(passage.parts) > 1:
        return (passage,)
    found = _passages(text, _spoken(text, passage.start, passage.end, says, by_comma=False))
    return found or (passage,)


def _passages(text: str, stretches: list[tuple[int, int]]) -> tuple[QuotedPassage, ...]:
    return tuple(QuotedPassage(" ".join(text[low:high].split()), ((low, high),), 0, 0, 0, 0) for low, high in stretches)


def _spoken(text: str, low: int, high: int, says: frozenset[str], *, by_comma: bool) -> list[tuple[int, int]]:
    """Return the stretches that are spoken; none where nothing tells who speaks."""
    found: list[tuple[int, int]] = []
    has_report = is_behind_speech = False
    for start, end in _between_dashes(text, low, high):
        if found and is_behind_speech and _tells_who(text, start, end, says, is_open=text[found[-1][1] - 1] in ",!?…»”“"):
            has_report, is_behind_speech = True, False
            continue
        stop = next((match.start() + 1 for match in _COMMA.finditer(text, start, end) if by_comma and match[1] in says), end)
        has_report |= stop < end
        is_behind_speech = stop == end
        if any(map(str.isalnum, text[start:stop])):
            found.append((start, stop))
    return found if has_report else []


def _between_dashes(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    for found in _DASH.finditer(text, low, high):
        yield low, found.start()
        low = found.end()
    yield low, high


def _tells_who(text: str, start: int, end: int, says: frozenset[str], *, is_open: bool) -> bool:
    """Return whether a stretch begins with a verb of saying, or with one behind a word or two; after speech that is open, as by a comma, any small word begins it."""
    words = [found[0] for found in _WORD.finditer(text, start, end)][:_AMONG]
    return bool(words) and words[0].islower() and (is_open or any(word in says for word in words))
