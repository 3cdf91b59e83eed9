"""Names that are a part of a longer one: Ann Lee in “Ann Lee Curtis”, Phạm Minh in “Phạm Minh Chính”.

Whoever bears the longer name may be somebody else, so what stands there is no mention. That is asked of people only: “Reuters Foundation” may be somebody else too,
but most words with a capital behind a body are no part of its name: “the Gullhaven Council Leader”.
"""

import re
import unicodedata

from builder import dates
from builder.i18n.patterns import late
from builder.i18n.tags import language_code

_SPACES = frozenset(" \n\u00a0\u202f")
_NUMBER = late(r"[ \u00a0\u202f]\d")
_NEXT = late(r"[^\W\d_][\w'’-]*\.?(?!\w)")
_ROMAN = late(r"[IVX]{2,}|V|X")
_WORD = late(r"[^\W\d_]+")
_LONGER_WORD = 4
"""Letters from which a word has a capital in a title: not “of”, “and”."""
_WITH_DOT = frozenset(["jr", "sr", "jnr", "snr"])
_LONGEST_TITLE = 300
"""Characters on either side of a name in a line that may be a heading."""
_NOUNS_WITH_CAPITALS = frozenset(["als", "bar", "de", "gsw", "ksh", "lb", "nds"])
"""Languages in which every noun has a capital: “dass Ann Lee Recht hat”."""


def capitalises_nouns(language: str) -> bool:
    """Return whether a language, by its tag, has capitals on nouns that are no names."""
    return language_code(language) in _NOUNS_WITH_CAPITALS


def end_of_longer_name(text: str, end: int, piece_end: int, language: str) -> int:
    """Return where a word ends that makes a name before `end` a longer one; 0 if none does.

    `piece_end` is where the piece of text ends in which the name stands: behind a line break, only words of the same piece count.
    A weekday is none (“said Ann Lee Monday”), nor is a month before a number (“Ann Lee March 3”), nor are initials (“Ann Lee MP”) or the English “I”; “Jr.”, “II” and “J.” are.
    """
    if text[end : end + 1] not in _SPACES or not text[end + 1 : end + 2].isupper() or capitalises_nouns(language):
        return 0
    found = _NEXT.match(text, end + 1)
    if found is None:
        return 0
    word = found[0]
    if (text[end] == "\n" and found.start() >= piece_end) or _script(word[0]) != _script(text[end - 1]):
        return 0
    bare = re.split("['’]", word.rstrip("."), maxsplit=1)[0]
    is_initial = len(bare) == 1 and word.endswith(".")
    if (bare.isupper() and not is_initial and not _ROMAN.fullmatch(bare)) or dates.is_weekday(bare, language):
        return 0
    if dates.is_month(bare, language) and _NUMBER.match(text, found.end()):  # May and August are surnames too
        return 0
    return found.end() if is_initial or bare.casefold() in _WITH_DOT else found.start() + len(word.rstrip("."))


def is_in_title(text: str, end: int) -> bool:
    """Return whether all longer words have capitals in the line of a heading in which a name ends, and more than one follows: “Ann Lee Says No”.

    Then a capital tells nothing of names. One word alone, “Ann Lee Curtis”, is one more name.
    """
    low = text.rfind("\n", max(0, end - _LONGEST_TITLE), end) + 1
    high = text.find("\n", end, end + _LONGEST_TITLE)
    if (not low and end > _LONGEST_TITLE) or (high < 0 and len(text) > end + _LONGEST_TITLE):
        return False
    line = text[low : high if high >= 0 else len(text)]
    behind = _WORD.findall(line[end - low :])
    return len(behind) > 1 and all(word[0].isupper() for word in _WORD.findall(line) if len(word) >= _LONGER_WORD)


def _script(letter: str) -> str:
    return unicodedata.name(letter, "").partition(" ")[0]
