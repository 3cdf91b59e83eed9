"""Names with the ending of a case, in languages that decline them: they are no mentions, since the same letters may be another name, but are reported.

Ивана Петрова is a form of Иван Петров; Петров is none of Петр.
"""

import re
from collections.abc import Iterable

from builder.content.mentions.name_normal_form import plain
from builder.i18n.patterns import late
from builder.i18n.scripts import GREEK, beyond_ascii
from builder.i18n.tags import language_code

_CYRILLIC = "\u0400-\u052f"
_OF_CASES = late(f"[{_CYRILLIC}{GREEK}]")

_ENDINGS = {
    "Cyrillic": "а я у ю ом ем ём ой ей ою ею єю е є и і ы ї о ові еві єві ого его ому ему им ым їм ім ої ам ах ами ова ову овом ові єва єву євом єві",
    "Greek": "α η ο ε ου ων ών ας ης ος ους ες εσ ι ό ά ή",
    "tr": "ı i u ü yı yi yu yü a e ya ye da de ta te dan den tan ten na ne nda nde ndan nden ə də dən nə ndə ndən ın in un ün nın nin nun nün la le yla yle lı li",
    "fi": "n a ä ta tä tta ttä ssa ssä sta stä lla llä lta ltä lle na nä ksi in en iin an än un on ön ista sen sta sella selle sessa seen",
    "hu": "t at et ot öt nak nek ban ben ból ből ra re ról ről hoz hez höz tól től val vel nál nél on en ön ért ett ott ött",
    "et": "i e a u t d s st sse le l lt ga ni",
    "pl": "a u owi em iem ie y i ą ę ej ego emu ym im ów ach ami ską skiej skiego skiemu skim",
    "cs": "a u ovi em ě e y i ou é ého ému ým ím ů ách ami",
    "de": "s es n en",
    "sv": "s",
    "lt": "o ui ą u e y os ai a oje io iui į iu aus iaus uje iuje yje ės ėje ei ę",
    "lv": "a am u ā s ai as us i ī im ē ei es",
}
"""By script, or by language where that has Latin letters: what is put behind a name, or in the place of its last vowel."""

_LIKE = {
    "uk": "Cyrillic",
    "az": "tr",
    "sk": "cs",
    "sl": "cs",
    "hr": "cs",
    "bs": "cs",
    "sr": "cs",
    **dict.fromkeys(("da", "fo", "nb", "nn", "no"), "sv"),
}
_SUFFIXING = frozenset(
    "am ba bg bn eu gu hy id is ka kk kn ku ky mk ml mn mr ms ne pa ro si sq sw ta te tk tt uz".split()  # noqa: SIM905 - a list of codes reads better as a line
)
"""Other languages that put something behind a name. Whatever is joined to a long name there counts."""
_ANY_ENDING = r"[^\s\d!-/:-@\[-`{-~\u00a0-\u00bf\u2000-\u206f\u3000-\u303f]{0,6}"
_SHORTEST_WITH_ANY = 4
_LAST = late("(?:[иыоі]й|[ії]в|nen|[аеёийоуъыьэюяіїє]|[αάηήοόεέ]ς?|ος|ς|[aeiouyąęěéoä])$")
_BALTIC = late("(?:ius|us|as|is|ys|[šsaeėiu])$")
_ANY_VOWEL = late("[aeiouyăəiაეიოუ]$")
_SHORTEST = 3
"""Letters that the cases of a name have in common."""


def _kind(name: str, language: str) -> str:
    """Return the key of `_ENDINGS` for a name; `any` for a language in which any ending counts."""
    code = language_code(language)
    if code in _SUFFIXING:
        return "any"
    found = _OF_CASES.search(name)
    if found is not None:
        return "Greek" if re.match(f"[{GREEK}]", found[0]) else "Cyrillic"
    return _LIKE.get(code, code)


def may_decline(text: str, language: str) -> bool:
    """Return whether names may stand in a text in other cases."""
    if language_code(language) in {*_ENDINGS, *_LIKE, *_SUFFIXING}:
        return True
    others = beyond_ascii(text)
    return bool(others) and _OF_CASES.search(others) is not None


def _forms_of(word: str, stem: str, forms: str, code: str) -> str:
    """Return the expression of a word and its cases; `stem` is the word without its last vowel."""
    last = word[len(stem) :]
    if code == "hu" and last == "y":  # gy, ly, ny and ty are consonants: Gyurcsány, Gyurcsánnyal
        return rf"{re.escape(stem)}(?:{re.escape(stem[-1])}y[ae]l|y(?:{forms})?)"
    others = "".join(f"|{re.escape(other_stem)}[eěi]" for other_stem in _other_stems(stem, last, code)) if code == "cs" else ""
    own = rf"(?:{re.escape(stem)}(?:{re.escape(last)}|{forms}){others})"
    if code not in _ATTACHED:
        return own
    stems = "|".join(map(re.escape, (stem, *_other_stems(stem, last, code))))
    lasts = "|".join(map(re.escape, (last, *_CHANGED.get((code, last), ()))))
    more = f"|h?{re.escape(last)}n" if code == "fi" and last else "|[bcdfghjklmnprstvyz]{1,2}[ae]l" if code == "hu" and not last else ""
    return rf"(?:{own}|(?:{stems})(?:{lasts})(?:{forms}{more})?)"


def _other_stems(stem: str, last: str, code: str) -> tuple[str, ...]:
    """Return a stem with the other consonants that it has before some endings."""
    if code == "fi":
        return (*(_weak(stem) if last in _VOWELS else ()), *(_strong(stem) if last == "e" else ()))
    if code == "cs":
        return (stem[:-1] + _BEFORE_E[stem[-1]],) if last == "a" and stem[-1:] in _BEFORE_E else ()
    return (stem[:-1] + _SOFTER[stem[-1]],) if code == "tr" and not last and stem[-1:] in _SOFTER else ()


_ATTACHED = frozenset({"fi", "et", "hu", "sv", "tr"})
"""Languages that put the ending behind the last vowel: Nokia, Nokiassa."""
_CHANGED = {
    ("fi", "i"): ("e",),
    ("fi", "e"): ("ee",),
    ("fi", ""): ("i",),
    ("et", ""): ("a", "e", "i", "u"),
    ("hu", "a"): ("á",),
    ("hu", "e"): ("é",),
}
"""What the last vowel of a word becomes before an ending, and what stands between a last consonant and one: Lahti, Lahdessa; Anna, Annát; Tallinn, Tallinnas."""
_VOWELS = frozenset("aeiouyäö")
_WEAKER = {"kk": "k", "pp": "p", "tt": "t", "nk": "ng", "mp": "mm", "nt": "nn", "lt": "ll", "rt": "rr"}
_WEAKER_ALONE = {"k": "", "p": "v", "t": "d"}
_STRONGER = {weak: pair for pair, weak in _WEAKER.items() if len(weak) > 1}
_SOFTER = {"t": "d", "p": "b", "ç": "c", "k": "ğ"}
"""The last consonant of a Turkish name before an ending that begins with a vowel: Ahmet, Ahmed’i."""
_BEFORE_E = {"h": "z", "k": "c", "g": "z", "r": "ř"}
"""The same for Czech and its neighbours: Praha, Praze."""


def _weak(stem: str) -> tuple[str, ...]:
    """Return a Finnish stem with the last consonants as they are in a closed syllable: Turku, Turun; Pekka, Pekan; Lehto, Lehdon. None where they stay."""
    if (pair := stem[-2:]) in _WEAKER:
        return (stem[:-2] + _WEAKER[pair],)
    last = stem[-1:]
    return (stem[:-1] + _WEAKER_ALONE[last],) if last in _WEAKER_ALONE and stem[-2:-1] != "s" else ()


def _strong(stem: str) -> tuple[str, ...]:
    """Return a Finnish stem with the last consonants as they are before a long vowel: Rinne, Rinteen. None where they stay."""
    return (stem[:-2] + _STRONGER[stem[-2:]],) if stem[-2:] in _STRONGER else ()


def with_ending(text: str, names: Iterable[str], language: str) -> tuple[str, str]:
    """Return the first of the names that stands in a text, made `plain`, in another case, and how it stands there; two times "" if none does."""
    for name in names:
        code = _kind(name, language)
        words = plain(name).split()
        pattern = _with_any(words, text) if code == "any" else _with_own(words, text, code)
        found = re.search(rf"(?<!\w){pattern}(?!\w)", text) if pattern else None
        if found is not None and found[0] != plain(name):
            return name, found[0]
    return "", ""


def _with_own(words: list[str], text: str, code: str) -> str:
    """Return an expression of a name and its cases in a language whose endings are known; "" if the text cannot have one."""
    endings = _ENDINGS.get(code, "")
    if not endings or not words:
        return ""
    forms = "|".join(sorted(endings.split(), key=len, reverse=True))
    stems = [(_BALTIC if code in {"lt", "lv"} else _LAST).sub("", word) for word in words]
    kept = stems[0][: _SHORTEST - 1] if code == "fi" else stems[0][:-1] if code in {"cs", "tr"} else stems[0]
    if min(map(len, words if code in _ATTACHED else stems)) < _SHORTEST or kept not in text:
        return ""
    return r"\s+".join(_forms_of(word, stem, forms, code) for word, stem in zip(words, stems, strict=True))


def _with_any(words: list[str], text: str) -> str:
    """Return an expression of a name with any ending, which may take the place of its last vowel; "" if the text cannot have one."""
    stems = [re.sub(r"\w$", "", word) if len(word) > _SHORTEST_WITH_ANY and _ANY_VOWEL.search(word) else word for word in words]
    if not words or len(words[-1]) < _SHORTEST_WITH_ANY or stems[0] not in text:
        return ""
    return r"\s+".join(
        re.escape(word) if stem == word and n < len(words) - 1 else rf"{re.escape(stem)}{_ANY_ENDING}"
        for n, (word, stem) in enumerate(zip(words, stems, strict=True))
    )
