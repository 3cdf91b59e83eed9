"""The number of words that count for the reading time."""

from builder.i18n.patterns import late
from builder.i18n.scripts import CLOSE, HAN, KANA, beyond_ascii, is_usual_in_latin

WORDS_PER_MINUTE = 230
"""Silent reading of English non-fiction is about 238 words a minute (Brysbaert 2019); a little less, for names and dates."""

_CHINESE, _JAPANESE = 400, 500
"""Characters a minute: studies give 260 (aloud) to 500 for Chinese, and more for Japanese, where half of the characters are syllables. The rates of common reading-time tools."""

_LETTERS_OF_A_WORD = 5
"""Of Thai, Lao, Burmese and Khmer, with vowels and tones: their words are read as fast as others."""

_CLOSE, _HAN, _KANA = late(f"[{CLOSE}]"), late(f"[{HAN}]"), late(f"[{KANA}]")
_MARKS = late("[\u3001-\u301f\uff01-\uff0f\uff1a-\uff20\uff61-\uff65]")
"""Punctuation of full width, which such counts of characters include."""

_JAPANESE_FROM = 0.1
"""The part of syllables among the characters of a text from which on it is Japanese."""


_RARE_SPACES = "\t\r\v\f\x1c\x1d\x1e\x1f"
"""Those of ASCII besides spaces and line breaks."""


def words_to_read(text: str) -> int:
    """Return how many words take as long to read as a text does."""
    others = beyond_ascii(text)
    if is_usual_in_latin(others) or not _CLOSE.search(others):
        return _count(text, others)
    han, kana, close = (len(pattern.findall(text)) for pattern in (_HAN, _KANA, _CLOSE))
    rate = _JAPANESE if kana > _JAPANESE_FROM * (han + kana) else _CHINESE
    apart = sum(map(_has_letter, _CLOSE.sub(" ", text).split()))
    signs = han + kana + (len(_MARKS.findall(text)) if han + kana else 0)
    return apart + round(signs * WORDS_PER_MINUTE / rate + (close - han - kana) / _LETTERS_OF_A_WORD)


def _count(text: str, others: str) -> int:
    """Return the number of words between spaces; `others` are the characters beyond ASCII. Most texts have single spaces, which are counted far sooner than words are cut out."""
    line = text.replace("\n\n", " ").replace("\n", " ").strip(" ")
    if "  " in line or any(space in line for space in _RARE_SPACES) or any(map(str.isspace, set(others))):
        return len(text.split())
    return line.count(" ") + 1 if line else 0


def _has_letter(word: str) -> bool:
    return any(map(str.isalnum, word))
