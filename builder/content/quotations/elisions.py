"""Apostrophes at the edge of a word, which look like the marks of a quotation: ’90s, ’tis, rock ’n’ roll, ’s avonds, o’ the boat."""

import re

from builder.i18n.patterns import late

_ALWAYS = late(r"(n|em|tis|twas|twere|twill|s|t|k|m|d|r)(?![^\W_])", re.IGNORECASE)
"""Words that are none without the apostrophe before them, in English, Afrikaans and Dutch."""

_MAYBE = late(
    r"(?:til|till|cause|cos|cuz|bout|round|neath|gainst|tude|nuff|kay|sup|ello|ne|nen|nem|ner|rein|raus|rum|rüber|runter|tá|tou)(?![^\W_])",
    re.IGNORECASE,
)
"""Words that also occur without an apostrophe, so that a quotation may begin with them; English, German, Portuguese."""

_YEAR = late(r"\d\ds?(?![^\W_])")
_AFTER = frozenset({"n", "o", "th", "an", "wi", "t", "ol", "lil", "po", "fo", "d", "l", "mo"})
"""Words that end in an apostrophe."""

_LETTERS = late(r"[^\W\d_]+$")
_REACH = 12
_ENDS = "’'‘"


def begins_word(text: str, offset: int) -> bool:
    """Return whether the sign at `offset` is the apostrophe at the beginning of a word or a year."""
    found = _ALWAYS.match(text, offset + 1) or _YEAR.match(text, offset + 1)
    # ‘t’ is a quoted letter, and ’n’ a whole word.
    return found is not None and (found[0] in {"n", "N"} or text[found.end() : found.end() + 1] not in (*_ENDS,))


def may_begin_word(text: str, offset: int) -> bool:
    """Return whether the sign at `offset` may be such an apostrophe: 'round the quay."""
    return _MAYBE.match(text, offset + 1) is not None


def ends_word(text: str, offset: int) -> bool:
    """Return whether the sign at `offset` is the apostrophe at the end of a word."""
    found = _LETTERS.search(text[max(0, offset - _REACH) : offset])
    return found is not None and found[0].lower() in _AFTER
