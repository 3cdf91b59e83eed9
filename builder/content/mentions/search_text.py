"""The form in which a text is given to the index that readers search, so that words are found which no space sets apart.

Pagefind takes for a word what stands between spaces. So each character of a script that writes words close together, and each Korean syllable, becomes a word:
北京 is found as a phrase of two, wherever it stands. Behind a word of Arabic or Hebrew with prefixes stands the same without them.
What this adds to a text is marked, and `search.js` takes it out of what it shows.
"""

import re
import unicodedata

from builder.content.mentions.affixes import unled
from builder.i18n.patterns import late
from builder.i18n.scripts import ARABIC, CLOSE, HANGUL, HEBREW

JOINED, SHIFTED, SHIFTED_APART, HIDDEN = "\u2060", "\u2061", "\u2063", "\u2062"
"""Before a character that a space sets apart here only; the same where it is shifted; a shifted one behind a space of the text; a word that is not shown."""

SHIFT = 0x20000
"""Pagefind takes accents off letters, and with them the vowels of Thai and the voice of か and が: signs that have some are exchanged for Chinese characters that nobody writes."""

_SPLIT = late(f"[{CLOSE}{HANGUL}]")
_SHIFTED = re.compile("[\u0e00-\u109f\u1780-\u17ff\u3041-\u30ff]")
_LED = re.compile(rf"([{ARABIC}{HEBREW}]+)\S*")
_ANY = re.compile(f"[{CLOSE}{HANGUL}{ARABIC}{HEBREW}]")


def indexed(text: str) -> str:
    """Return a text as Pagefind is to read it; one without such scripts as it is."""
    if text.isascii() or not _ANY.search(text):
        return text
    text = _LED.sub(_with_shorter, unicodedata.normalize("NFC", text))
    parts: list[str] = []
    before = " "
    for one in text:
        joins = not before.isspace()
        if _SPLIT.match(one):
            if _SHIFTED.match(one):
                one_word = (SHIFTED if joins else SHIFTED_APART) + chr(ord(one) + SHIFT)
            else:
                one_word = JOINED + one if joins else one
            parts.append(f" {one_word}" if joins else one_word)
        else:
            parts.append(f" {JOINED}{one}" if joins and one.isalnum() and _SPLIT.match(before) else one)
        before = one
    return "".join(parts)


def _with_shorter(found: re.Match[str]) -> str:
    return " ".join((found[0], *(HIDDEN + word for word in unled(found[1]))))
