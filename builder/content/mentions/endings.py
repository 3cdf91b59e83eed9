"""Names with the ending of a case, in languages that decline them: they are no mentions, since the same letters may be another name, but are reported.

Ивана Петрова is a form of Иван Петров; Петров is none of Петр.
"""

import re
from collections.abc import Iterable

from builder.content.mentions.name_normal_form import plain
from builder.i18n.patterns import late
from builder.i18n.scripts import GREEK, beyond_ascii

_CYRILLIC = "\u0400-\u052f"
_OF_CASES = late(f"[{_CYRILLIC}{GREEK}]")

_ENDINGS = {
    "Cyrillic": "а я у ю ом ем ём ой ей ою ею єю е є и і ы ї о ові еві єві ого его ому ему им ым їм ім ої ам ах ами ова ову овом ові єва єву євом єві",
    "Greek": "α η ο ε ου ων ών ας ης ος ους ες εσ ι ό ά ή",
    "tr": "ı i u ü yı yi yu yü a e ya ye da de ta te dan den tan ten ın in un ün nın nin nun nün la le yla yle lı li",
    "fi": "n a ä ta tä ssa ssä sta stä lla llä lta ltä lle na nä ksi in en iin an än un on ön ista sen sta sella selle sessa seen",
    "hu": "t at et ot öt nak nek ban ben ból ből ra re ról ről hoz hez höz tól től val vel nál nél on en ön ért",
    "et": "i e a u t d s st sse le l lt ga ni",
    "pl": "a u owi em iem ie y i ą ę ej ego emu ym im ów ach ami ską skiej skiego skiemu skim",
    "cs": "a u ovi em ě e y i ou é ého ému ým ím ů ách ami",
    "de": "s es n en",
    "lt": "o ui ą u e y os ai a oje io iui į iu",
    "lv": "a am u ā s ai as us",
}
"""By script, or by language where that has Latin letters: what is put behind a name, or in the place of its last vowel."""

_LIKE = {"uk": "Cyrillic", "az": "tr", "sk": "cs", "sl": "cs", "hr": "cs", "bs": "cs"}
_LAST = late("(?:[иыоі]й|[ії]в|nen|[аеёийоуъыьэюяіїє]|[αάηήοόεέ]ς?|ος|ς|[aeiouyąęěéoä])$")
_SHORTEST = 3
"""Letters that the cases of a name have in common."""


def _kind(name: str, language: str) -> str:
    found = _OF_CASES.search(name)
    if found is not None:
        return "Greek" if re.match(f"[{GREEK}]", found[0]) else "Cyrillic"
    code = language.partition("-")[0]
    return _LIKE.get(code, code)


def may_decline(text: str, language: str) -> bool:
    """Return whether names may stand in a text in other cases."""
    if language.partition("-")[0] in {*_ENDINGS, *_LIKE}:
        return True
    others = beyond_ascii(text)
    return bool(others) and _OF_CASES.search(others) is not None


def _forms_of(word: str, stem: str, forms: str, code: str) -> str:
    """Return the expression of a word and its cases; `stem` is the word without its last vowel."""
    last = word[len(stem) :]
    own = rf"{re.escape(stem)}(?:{re.escape(last)}|{forms})"
    if code not in _ATTACHED:
        return own
    stems = "|".join(map(re.escape, (stem, *(_weak(stem) if code == "fi" and last in _VOWELS else ()))))
    lasts = "|".join(map(re.escape, (last, *_CHANGED.get((code, last), ()))))
    more = f"|h?{re.escape(last)}n" if code == "fi" and last else f"|{re.escape(word[-1])}[ae]l" if code == "hu" and not last else ""
    return rf"(?:{own}|(?:{stems})(?:{lasts})(?:{forms}{more})?)"


_ATTACHED = frozenset({"fi", "et", "hu", "tr"})
"""Languages that put the ending behind the last vowel: Nokia, Nokiassa."""
_CHANGED = {("fi", "i"): ("e",), ("hu", "a"): ("á",), ("hu", "e"): ("é",)}
"""What the last vowel of a word becomes before an ending: Lahti, Lahdessa; Anna, Annát."""
_VOWELS = frozenset("aeiouyäö")
_WEAKER = {"kk": "k", "pp": "p", "tt": "t", "nk": "ng", "mp": "mm", "nt": "nn", "lt": "ll", "rt": "rr"}
_WEAKER_ALONE = {"k": "", "p": "v", "t": "d"}


def _weak(stem: str) -> tuple[str, ...]:
    """Return a Finnish stem with the last consonants as they are in a closed syllable: Turku, Turun; Pekka, Pekan; Lehto, Lehdon. None where they stay."""
    if (pair := stem[-2:]) in _WEAKER:
        return (stem[:-2] + _WEAKER[pair],)
    one = stem[-1:]
    return (stem[:-1] + _WEAKER_ALONE[one],) if one in _WEAKER_ALONE and stem[-2:-1] != "s" else ()


def with_ending(text: str, names: Iterable[str], language: str) -> tuple[str, str]:
    """Return the first of the names that stands in a text, made `plain`, in another case, and how it stands there; two times "" if none does."""
    for name in names:
        endings = _ENDINGS.get(_kind(name, language), "")
        words = plain(name).split()
        if not endings or not words:
            continue
        forms = "|".join(sorted(endings.split(), key=len, reverse=True))
        stems = [_LAST.sub("", word) for word in words]
        code = _kind(name, language)
        kept = stems[0][: _SHORTEST - 1] if code == "fi" else stems[0]
        if min(map(len, stems)) < _SHORTEST or kept not in text:
            continue
        pattern = r"\s+".join(_forms_of(word, stem, forms, code) for word, stem in zip(words, stems, strict=True))
        found = re.search(rf"(?<!\w){pattern}(?!\w)", text)
        if found is not None and found[0] != plain(name):
            return name, found[0]
    return "", ""
