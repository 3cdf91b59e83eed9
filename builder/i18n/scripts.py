"""Characters of Unicode scripts, for character classes.

Some scripts write words without spaces: there a name may stand between letters that do not belong to it.
"""

import functools
import re
from collections.abc import Iterable

HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters."""

HIRAGANA = "\u3041-\u309f"

KATAKANA = "\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\uff66-\uff9f"
"""Characters of foreign names in Japanese."""

KANA = "\u3040-\u30ff\u31f0-\u31ff\uff66-\uff9f"
"""Japanese syllables."""

THAI = "\u0e00-\u0e7f"

SOUTH = "\u0e80-\u109f\u1780-\u17ff"
"""Lao, Tibetan, Burmese, Khmer."""

HANGUL = "\uac00-\ud7a3\u1100-\u11ff\u3130-\u318f"

HEBREW = "\u0590-\u05ff"

ARABIC = "\u0600-\u06ff\u0750-\u077f\u08a0-\u08ff"

GREEK = "\u0370-\u03ff\u1f00-\u1fff"

_ASCII = bytes(range(128))


def beyond_ascii(text: str) -> str:
    """Return the characters of a text that are not ASCII, in order: most texts have few, and an expression that wants others is done with them far sooner."""
    return "" if text.isascii() else _others(text)


@functools.lru_cache(maxsize=16)  # several readers ask in turn about the same text
def encoded(text: str) -> bytes:
    """Return a text in UTF-8, of which many characters are deleted or replaced far sooner; half a pair of surrogates stays what it is."""
    return text.encode("utf-8", "surrogatepass")


@functools.lru_cache(maxsize=16)
def _others(text: str) -> str:
    return encoded(text).translate(None, _ASCII).decode("utf-8", "surrogatepass")


def there(signs: Iterable[str], text: str) -> tuple[str, ...]:
    """Return which of some signs a text has. A single character is found far sooner than several, and most texts do not even have that."""
    return tuple([sign for sign in signs if sign[-1] in text and sign in text])


def is_usual_in_latin(others: str) -> bool:
    """Return whether characters beyond ASCII are all Latin letters, quotation marks or dashes, as in most texts: then they need no search for other scripts."""
    return all(char <= "\u024f" or "\u2010" <= char <= "\u203f" for char in set(others))


_FROM_THE_RIGHT = re.compile(f"[{HEBREW}{ARABIC}\ufb1d-\ufdff\ufe70-\ufefc]")


def direction_of(text: str) -> str:
    """Return the direction in which most letters of a text are read: `rtl` or `ltr`; "" if it has no letters."""
    right = len(_FROM_THE_RIGHT.findall(beyond_ascii(text)))
    if not right:
        return "ltr" if any(map(str.isalpha, text)) else ""
    return "rtl" if right * 2 > sum(map(str.isalpha, text)) else "ltr"


CLOSE = THAI + SOUTH + HAN + KANA
"""Characters of scripts without spaces between words."""
