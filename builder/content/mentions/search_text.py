"""Text for the search index, prepared for scripts that Pagefind does not split into words.

Pagefind splits at spaces. So each character of a script without spaces, and each Korean syllable, becomes a word:
北京 is found as a phrase of two. A word of Arabic or Hebrew with prefixes is followed by its forms without them.
Additions are marked, and `search.js` removes them from the results.
"""

import re
import unicodedata

from builder.content.mentions.affixes import without_prefixes
from builder.i18n.patterns import late
from builder.i18n.scripts import ARABIC, CLOSE, HANGUL, HEBREW

JOINED, SHIFTED, SHIFTED_APART, HIDDEN = "\u2060", "\u2061", "\u2063", "\u2062"
"""Marks: before a character that is separated only here; the same if it is shifted; a shifted one behind a space of the text; a word that is not shown."""

SHIFT = 0x20000
"""Pagefind removes accents, and with them the vowels of Thai and the voicing marks of か and が: such characters are replaced by Chinese ones that do not occur."""

_SPLIT = late(f"[{CLOSE}{HANGUL}]")
_SHIFTED = late("[\u0e00-\u109f\u1780-\u17ff\u3041-\u30ff]")
_LED = late(rf"([{ARABIC}{HEBREW}]+)\S*")
_ANY = late(f"[{CLOSE}{HANGUL}{ARABIC}{HEBREW}]")


def search_text_of(text: str) -> str:
    """Return a text as Pagefind should read it; unchanged if it has no such script."""
    if text.isascii() or not _ANY.search(text):
        return text
    text = _LED.sub(_with_shorter, unicodedata.normalize("NFC", text))
    parts: list[str] = []
    before = " "
    for char in text:
        joins = not before.isspace()
        if _SPLIT.match(char):
            if _SHIFTED.match(char):
                one_word = (SHIFTED if joins else SHIFTED_APART) + chr(ord(char) + SHIFT)
            else:
                one_word = JOINED + char if joins else char
            parts.append(f" {one_word}" if joins else one_word)
        else:
            parts.append(f" {JOINED}{char}" if joins and char.isalnum() and _SPLIT.match(before) else char)
        before = char
    return "".join(parts)


def _with_shorter(match: re.Match[str]) -> str:
    return " ".join((match[0], *(HIDDEN + word for word in without_prefixes(match[1]))))
