"""Titles beside a surname that its bearer does not have: “Judge Lee”, where Ann Lee is no judge; “Richter Lee” and “el ministro Lee”, which are said of men."""

import re
from collections.abc import Mapping
from functools import cache, lru_cache

import msgspec

from builder.content.mentions.word_before import FEWEST_OF_COMPOUND, BearerFacts, bare_word, code_of, word_before, word_lists
from builder.i18n.language import bodies
from builder.i18n.lexicons import first_names, lexicon_of
from builder.i18n.patterns import late

_Forms = tuple[tuple[str, str], ...]
_FEMININE: Mapping[str, _Forms] = {
    "de": (("", "in"), ("e", "in")),
    "fr": (("", "e"), ("eur", "rice"), ("eur", "euse"), ("er", "ère"), ("ier", "ière")),
    "es": (("o", "a"), ("", "a")),
    "it": (("o", "a"), ("tore", "trice"), ("e", "essa")),
    "pt": (("o", "a"), ("", "a")),
}
"""Language → ends of titles of a man and of a woman. Slavic languages call women by the masculine form too."""
_FEMININE_ONLY: Mapping[str, _Forms] = {"es": (("e", "a"),), "pt": (("e", "a"),), "uk": (("", "ка"),), "pl": (("", "ka"),)}
"""The same of titles whose shorter form is said of both: “la presidente”, “міністр”."""
_BEFORE_TITLES = ("ex", "vice", "vize", "co")
_ALSO_OF_OFFICIALS = frozenset(["general", "generale", "général"])
"""Ranks of an army that are no rank behind another title: Attorney General."""
_BOTH_IN_ENGLISH = frozenset(["actor", "foreman"])
_EAST_SLAVIC = late("[А-яЁёІіЇїЄєҐґ-]+")
_OF_WOMAN = late(r".*(?:[оеё]ва|ина|ына|ская|цкая|ська|цька|ая)")
_OF_MAN = late(r".*(?:[оеё]в|ин|ын|ский|цкий|ський|цький|ый|ий)")


class _Titles(msgspec.Struct, frozen=True):
    """The titles of a language."""

    genders: Mapping[str, str]
    """Title, or article before one → `m` or `f`."""
    ranks: Mapping[str, tuple[str, ...]]
    """Rank → all of its forms."""
    every: frozenset[str]
    """All titles."""
    endings: tuple[str, ...]
    """Those that may end a German word, the longest first."""


@cache
def _titles(code: str) -> _Titles:
    words, lexicon = bodies(), lexicon_of(code)
    known = {*words.titles.get(code, ()), *(title.rstrip(".") for title in (lexicon.titles if lexicon else ()))}
    genders: dict[str, str] = {}
    for table, masculine in ((_FEMININE, "m"), (_FEMININE_ONLY, "")):
        for ending, feminine in table.get(code, ()):
            for title in known:
                other = title.removesuffix(ending) + feminine
                if title.endswith(ending) and other in known:
                    genders |= {other: "f", **({title: masculine} if masculine else {})}
    if lexicon is not None:
        genders |= dict.fromkeys(known & lexicon.men - _BOTH_IN_ENGLISH, "m") | dict.fromkeys(known & lexicon.women, "f")
    ranks = {form: forms for line in words.ranks.get(code, ()) for forms in (tuple(line.split()),) for form in forms}
    genders |= words.titles_of.get(code, {})
    endings = [title for title in {*genders, *ranks} if len(title) >= FEWEST_OF_COMPOUND] if code == "de" else []
    return _Titles(genders, ranks, frozenset({*known, *genders, *ranks}), tuple(sorted(endings, key=len, reverse=True)))


def is_title_of_another(text: str, at: int, word: str, piece_start: int, who: BearerFacts) -> bool:
    """Return whether the word at an offset, before a surname, is a title that the bearer does not have.

    It is said of men or of women alone, by its form or by the article before it, and the bearer is of the other gender;
    or it is a rank of an army, a court or a church that neither their record nor the text gives them.
    """
    lead, _, bare = bare_word(word).rpartition("-")
    bare = bare.rpartition("'")[2]  # l’abbé
    titles = _titles(code_of(who.language))
    title = _known(bare, titles)
    if not title or not {bare, title}.isdisjoint(who.offices):
        return False
    before = bare_word(lead or word_before(text, at, piece_start)[1])
    own, gender = _gender(who), titles.genders.get(before) or titles.genders.get(title, "")
    if gender and own and gender != own:
        return True
    forms = titles.ranks.get(title)
    if forms is None or (bare in _ALSO_OF_OFFICIALS and before in word_lists().titles and before not in titles.ranks):  # Attorney General
        return False
    is_hers = gender == own == "f" and who.offices.isdisjoint(titles.every)  # la jueza, Richterin
    return not is_hers and who.offices.isdisjoint(forms) and not _text_gives_rank(text, forms, who)


def _known(bare: str, titles: _Titles) -> str:
    """Return a title as the lists have it, without “ex” or the first part of a German word; "" if it is none."""
    for word in (bare, *(bare.removeprefix(lead) for lead in _BEFORE_TITLES if bare.startswith(lead))):
        if word in titles.genders or word in titles.ranks or word in word_lists().titles:
            return word
    return next((title for title in titles.endings if bare.endswith(title)), "")


def _gender(who: BearerFacts) -> str:
    """Return `m` or `f` for the bearer of a name, by the first name, or by the end of a surname of Russian or Ukrainian; "" if neither tells."""
    known = first_names.gender(who.first_name)
    if known or not _EAST_SLAVIC.fullmatch(who.surname):
        return known
    surname = who.surname.casefold()
    return "f" if _OF_WOMAN.fullmatch(surname) else "m" if _OF_MAN.fullmatch(surname) else ""


@lru_cache(maxsize=100)
def _text_gives_rank(text: str, forms: tuple[str, ...], who: BearerFacts) -> bool:
    """Return whether a text gives the bearer of a name a rank: “Judge Ann Lee”, “Ann Lee, a High Court judge”, “Ann Lee is a judge”."""
    rank = f"(?:{'|'.join(map(re.escape, forms))})"
    name = rf"{re.escape(who.first_name)}\s+(?:[\w.’'-]+\s+){{0,2}}{re.escape(who.surname)}(?!\w)"
    before = rf"(?<!\w){rank}\.?\s+(?:[^\W\d_]+\.?\s+)?{name}"
    behind = rf"{name},?\s+(?:{_IS}\s+)?(?:(?!{_CLAUSE_BREAKERS}\b)[\w’'-]+\s+){{0,5}}{rank}(?!\w)"
    return re.search(f"{before}|{behind}", text, re.IGNORECASE) is not None


_IS = r"(?:is|was|became|ist|war|wurde|est|était|es|era|fue|è|é|foi)"
_CLAUSE_BREAKERS = r"(?:who|whose|whom|and|said|told|qui|dont|que|e|y|et|und|который|которая|[\w’'-]+ed)"
"""Words behind which something else is said than what a person is: “Ann Lee told the judge”."""
