"""The sentence around a name, for quoting on other pages.

Two sentences taken as one do no harm; one cut in two may say the opposite: “It is not true that the Ferries Inc. | sold the boat.”
So a sentence ends only where that is certain, and one that is too long is shown from its beginning, where a “not” is most likely.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from builder.content.anchoring.quote_normal_form import clusters
from builder.i18n.patterns import late
from builder.i18n.scripts import GREEK

_BLOCK = "\n\n"
_OPENING = "“‘\"'„‚«»‹›([「『¿¡"
_CLOSING = "”’\"'“‘»«›‹)]」』）"
_ENDS = "!?؟۔।॥։።"
"""Signs that end a sentence before a space, also in Arabic, Urdu, Hindi, Armenian and Amharic. Thai has none: its sentences are as long as their paragraph."""

_FULL = "。！？．။។"
"""Signs that end a sentence in Chinese, Japanese, Burmese and Khmer, with or without a space."""

_STOP = late(rf'[.{_ENDS}{_FULL};\u037e“”„«»「」"]')
"""Signs that may end a sentence; and quotation marks, since no sentence ends within them."""

_END = late(
    rf"(?<!\.)[.{_ENDS}](?P<closing>[{re.escape(_CLOSING)}]*)\s+(?=[{re.escape(_OPENING)}]*(?P<next>[^\W\d_]))"
    rf"|(?<=[{GREEK}])[;\u037e](?P<greek>)\s+(?=[{re.escape(_OPENING)}]*[{GREEK}])"
    rf"|[{_FULL}](?![{_FULL}…”’」』）])"
)

_TITLES = (
    "prof gen col lieut capt maj adm rep sen gov pres supt messrs mme mlle hon rev esq atty insp sra srta dra lic ing dipl mag dott "
    "sig avv mevr exmo excmo"
)
_BODIES = "inc co corp cos bros cie assn univ inst dept ges"
_PLACES = (
    "ave blvd ala ariz ark calif colo conn del fla ga ia ill ind kan la mass mich minn miss mo mont neb nev okla ore pa penn tenn "
    "tex va wash wis wyo ee uu"
)
_MONTHS = "jan jän feb mar apr jun jul aug sep sept oct okt nov dec dez"
_OTHERS = (
    "no nos etc approx al ed eds fig vol art sec ex op est incl ca usw evtl evt abs geb gest sog insb bes gem ggü zit lat allg ehem "
    "inkl exkl mio tel abb tab aufl red anm kap max min bijv enz ecc env im ul tys núm pág doç yrd av alb org bkz örn cad sok mah sayın"
)
_CYRILLIC = (
    "акад проф доц инж им ул пос пер просп пл тыс руб коп обл оз рис табл стр изд ред напр чел экз мин сек авг сент окт нояб дек янв февр апр "
    "вул ім тис коп обл напр див акад просп рис табл серп верес жовт листоп груд січ лют берез квіт трав черв лип"
)
_GREEK = "κα κος κοι αρ σελ βλ αι τηλ εκ αγ οδ λεωφ ιαν φεβρ μαρ απρ μαϊ ιουν ιουλ αυγ σεπτ οκτ νοε δεκ"
_ABBREVIATIONS = frozenset(f"{_TITLES} {_BODIES} {_PLACES} {_MONTHS} {_OTHERS} {_CYRILLIC} {_GREEK}".split())
"""Those with a vowel, in small letters; a word without a vowel never ends a sentence."""

_VOWELLESS = late(r"[b-df-hj-np-tv-xzß]+|[бвгґджзйклмнпрстфхцчшщ]+|[βγδζθκλμνξπρσςτφχψ]+")
_ROMAN = late(r"[IVXLCDM]+")
_LONGEST = 12
"""Characters of a word that are read: no abbreviation has as many."""

_CLOSED = ("”", '"', "’", "'", "」", "』", "»")
SHORTEST_SENTENCE = 40
"""Characters; a shorter one behind a quote is its attribution."""

LONGEST_SENTENCE = 320
"""Characters of a sentence quoted on another page; a longer one is cut at a word."""

_AFTER = 80
"""Characters behind a name that must fit, for a long sentence to be shown from its beginning."""

_ENOUGH = 3
"""Sentence ends behind a name to find; the first counts unless attributions follow."""

_REACH = 10 * LONGEST_SENTENCE
"""Characters on either side of a name in which its sentence is sought."""


def sentence(text: str, start: int, end: int) -> tuple[str, int, int]:
    """Return the sentence of `text` that holds the range `start` to `end`, and the range within it.

    A sentence ends within its block; abbreviations, initials and days do not end one, nor does anything within quotation marks.
    """
    # No farther than a sentence can reach: a block of a whole book is not looked through once for each name in it.
    first, last = max(0, start - _REACH), min(len(text), end + _REACH)
    low = text.rfind(_BLOCK, first, start)
    low = first if low < 0 else low + len(_BLOCK)
    high = text.find(_BLOCK, end, last)
    high = last if high < 0 else high
    ends: list[int] = []
    for at, sign in _ends(text, low, high):
        if not start <= sign < end:  # “Yahoo!” is a name
            ends.append(at)
        if len(ends) >= _ENOUGH and ends[-_ENOUGH] >= end:
            break
    edges = (low, *(at for at, after in pairwise((*ends, high)) if not _is_attribution(text, low, at, after)), high)
    low = max(at for at in edges if at <= start)
    high = min(at for at in edges if at >= end)
    piece = text[low:high]
    lead = len(piece) - len(piece.lstrip())
    low += lead
    words = " ".join(text[low:start].split())
    before = words + " " if words and text[start - 1].isspace() else words
    middle = " ".join(text[start:end].split())
    after = " ".join(text[end:high].split())
    if after and text[end].isspace():
        after = " " + after
    whole = before + middle + after
    at = len(before)
    return _cut(whole, at, at + len(middle))


def around(text: str, start: int, end: int) -> str:
    """Return the words around the range `start` to `end` in their sentence, for a message."""
    found, start, end = sentence(text, start, end)
    low = found.rfind(" ", 0, max(0, start - 30)) + 1 if start > 30 else 0
    high = found.find(" ", end + 30)
    return ("… " if low else "") + found[low : high if high >= 0 else None] + (" …" if high >= 0 else "")


def _ends(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Yield each certain sentence end: the offset of the next sentence, and that of the sign."""
    closing = ""  # what ends the quotation that is open
    done = low
    for stop in _STOP.finditer(text, low, high):
        at = stop.start()
        if at < done:
            continue
        if stop[0] in _QUOTATIONS or stop[0] == closing:
            closing = _quotation(text, at, closing)
        elif (found := _END.match(text, at, high)) is not None:
            for sign in range(*found.span("closing")) if found["closing"] else ():
                closing = _quotation(text, sign, closing)
            done = found.end()
            if not closing and _is_certain(text, low, found):
                yield done, at


def _is_certain(text: str, low: int, match: re.Match[str]) -> bool:
    at, following = match.start(), match["next"]
    if following is None:
        return match["greek"] is None or not _next_is_small(text, match.end())  # the full stop of Chinese and Japanese
    if following.islower():
        return False
    if text[at] != ".":
        return not match["closing"]  # “Is it sound?” Brack asked
    if at == low or text[at - 1].isspace() or text[at - 1] == "…":
        return False
    begin = at
    while begin > low and begin > at - _LONGEST and text[begin - 1].isalnum():
        begin -= 1
    return begin == at or not _is_shortened(text[begin:at])


def _next_is_small(text: str, at: int) -> bool:
    return text[at : at + 4].lstrip(_OPENING)[:1].islower()


def _is_shortened(word: str) -> bool:
    """Return whether a full stop may belong to the word: an initial, a part of “z. B.”, a day (“am 3. Oktober”), a king (“Ludwig XIV.”), an abbreviation."""
    if word.isdigit():
        return len(word) < len("2025")
    small = word.lower()
    return len(word) == 1 or small in _ABBREVIATIONS or bool(_VOWELLESS.fullmatch(small) or _ROMAN.fullmatch(word))


_QUOTATIONS = {"「": "」", "“": "”", "„": "“”", "«": "»", "»": "«", "”": "”", '"': '"'}
_EITHER = '»”"'
"""Marks that open a quotation in one language and close it in another: they open at the beginning of a word."""


def _quotation(text: str, at: int, closing: str) -> str:
    """Return the closing mark of the quotation that is open behind the sign at `at`; `closing` is that of the one open before it."""
    char = text[at]
    if closing or char not in _QUOTATIONS:
        return "" if char in closing else closing
    begins = (
        at + 1 < len(text) and not text[at + 1].isspace() and not (at and text[at - 1].isalnum()) and not (at and text[at - 1] in ".,!?…")
    )
    return _QUOTATIONS[char] if begins or char not in _EITHER else ""


def _is_attribution(text: str, low: int, at: int, after: int) -> bool:
    """Return whether the sentence from `at` to `after` attributes the quote before it: “The ferry will run.” So she said."""
    return after - at < SHORTEST_SENTENCE and text[max(low, at - 100) : at].rstrip().endswith(_CLOSED)


def _cut(whole: str, start: int, end: int) -> tuple[str, int, int]:
    if len(whole) <= LONGEST_SENTENCE:
        return whole, start, end
    low = 0 if end + _AFTER <= LONGEST_SENTENCE else max(0, start - LONGEST_SENTENCE // 2)
    low = _word_at(whole, low)
    high = min(len(whole), low + LONGEST_SENTENCE)
    if high < len(whole):
        space = whole.rfind(" ", max(end, high - _NO_SPACE), high)
        high = space if space >= 0 else max(_letter_at(whole, high), end)
    lead = "… " if low else ""
    return lead + whole[low:high] + (" …" if high < len(whole) else ""), start - low + len(lead), end - low + len(lead)


_NO_SPACE = 40
"""Characters without a space from which on a script has none: the text is cut between two letters."""


def _word_at(text: str, at: int) -> int:
    """Return the beginning of the word at an offset; of the letter, in a script without spaces."""
    space = text.rfind(" ", max(0, at - _NO_SPACE), at)
    return space + 1 if space >= 0 else _letter_at(text, at)


def _letter_at(text: str, at: int) -> int:
    """Return the beginning of the letter at an offset, with its combining marks."""
    first = max(0, at - _NO_SPACE)
    return max((start for start, _ in clusters(text[first : at + 1])), default=0) + first if 0 < at < len(text) else at
