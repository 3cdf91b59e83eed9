"""What stands before a name, or beside a surname, and makes it that of somebody else: “Bruce Lee”, “J. Lee”, “the Lee family”, “Mary Ann Lee”, “World Bank”.

A capital tells it, so scripts without capitals are left out. A word that is a title, an office of the same actor, a day or a small word that begins the sentence
is no part of a name. In doubt it is somebody else: a missing link does less harm than a wrong one.
"""

import re
from enum import Enum, auto

import msgspec

from builder import dates
from builder.content.mentions.longer_names import capitalises_nouns
from builder.content.mentions.titles_beside import is_title_of_another
from builder.content.mentions.word_before import (
    LONGEST,
    BearerFacts,
    WordBefore,
    bare_word,
    begins_sentence,
    code_of,
    is_title,
    kind_of_word,
    word_before,
    word_lists,
)
from builder.i18n.language import COMPANY, FALLBACK, bodies
from builder.i18n.lexicons import first_names, lexicon_of, sentence_starts
from builder.i18n.patterns import late

_NICKNAME = late(r"[^\W\d_][\w.'’-]*\s+[“\"‘'(„«][^\W\d_][\w’-]*(?:\s[\w’-]+){0,2}[”\"’')“»]\s+\Z")
_PLURAL_COURTESY = late(r"(?<!\w)(?P<word>[^\W\d_]+)\.?\s+(?:and|&|und|et|y|e|en|и|та|και|i|och)\s+\Z")
_NEW_OR_OLD = late(
    r"(?:Neu|Alt|Groß|Klein|Frei|Allgemein|Jung|Rot|Erst|Zweit|Vereinigt|Ander)(?:e|er|en|es|em)|[^\W\d_]+sch(?:e|er|en|es|em)", re.UNICODE
)
"""German adjectives, which have a capital in names alone: Neue Gazette, Deutsche Bank."""


class Bearer(msgspec.Struct, frozen=True, gc=False):
    """Whose surname it is."""

    id: str
    first_name: str
    offices: frozenset[str] = frozenset()
    """Words of their offices, in small letters: they may stand before the name."""


def start_of_longer_name(text: str, start: int, end: int, piece_start: int, who: BearerFacts) -> int:
    """Return where a longer name begins of which the name from `start` to `end` is the end; -1 if there is none.

    `piece_start` is where the piece of text begins in which it stands.
    """
    name = text[start:end]
    if not name[:1].isupper() or (who.is_person and not who.first_name):
        return -1
    # A word in small letters, as most are, is part of no name; asked first, since it costs least.
    before = text[text.rfind(" ", max(0, start - LONGEST), max(0, start - 1)) + 1 : max(0, start - 1)]
    if before.islower() and before.isalpha():
        return -1
    at, word = word_before(text, start, piece_start)
    if not word:
        return -1
    alone = not any(map(str.isspace, name))
    if word == "&":
        return at
    if not who.is_person and alone and name.isupper() and len(name) > 1:
        return -1  # NATO is a part of no name
    if word.casefold() == name.casefold():
        return -1  # “GULLHAVEN Gullhaven is …”: a headline, or the place before a report
    kind = kind_of_word(text, at, word, who, alone=alone)
    if kind not in {WordBefore.MAY_BE_NAME, WordBefore.FIRST_NAME}:
        return -1
    if capitalises_nouns(who.language):
        return (
            at
            if kind == WordBefore.FIRST_NAME or (not who.is_person and _NEW_OR_OLD.fullmatch(word) and not begins_sentence(text, at))
            else -1
        )
    return at


def is_of_body(text: str, start: int, end: int) -> bool:
    """Return whether a name of one noun goes on with whose body it is: “Bank” in “Bank of England”."""
    found = _OF_BODY.match(text, end)
    return found is not None and found["whose"].isupper() and text[start:end].casefold() in word_lists().bodies


_OF_BODY = late(r"\s(?:of|for|de|du|del|della|di|do|da)\s(?:the\s|la\s|el\s)?(?P<whose>[^\W\d_])")


# --- surnames ------------------------------------------------


class Whose(Enum):
    """Whose a surname is."""

    ITS_OWN = auto()
    """That of the only bearer who is known."""
    ANOTHER = auto()
    """That of another person."""
    NOBODY = auto()
    """That of no person, or in doubt."""


_WITH_OTHERS = late(
    r"\s*&|\s+et al(?!\w)|\s+(?:v|vs)\.?\s+[^\W\d_]|,\s*(?P<initial>[^\W\d_])\.(?:\s|,|\Z)|['’]s?\s+(?P<owned>[^\W\d_][\w-]*)"
)
_ONE_LETTER = late(r"\s+(?!I\s)[^\W\d_]\s+[^\W\d_]")
_AFTER = late(r"\s+(?P<word>[^\W\d_][\w-]*)")
_SENIOR = frozenset(["jun", "sen", "jr", "sr", "jnr", "snr", "fils", "hijo"])
_VERSUS = frozenset(["v", "v.", "vs", "vs.", "née", "nee", "né", "geb.", "geborene", "geborener", "born", "урождённая", "урожденная"])
_SIGN_BEHIND = late(r"['’,.;:!?)”\"]|\Z")


_MAY_BE_TITLE = frozenset({WordBefore.LOWER_CASE, WordBefore.NO_NAME})


def whose_surname(text: str, start: int, end: int, piece_start: int, who: BearerFacts, *, is_alias: bool = False) -> Whose:
    """Return whose a surname from `start` to `end` is: “Lee” in “Bruce Lee” is that of another, in “the Lee family” nobody’s.

    `piece_start` is where the piece of text begins in which it stands. What the author has given as an alias (`is_alias`) may stand behind an article, and begin a sentence.
    """
    lists, code = word_lists(), code_of(who.language)
    behind, before = text[end : end + LONGEST], text[max(0, start - LONGEST) : start]
    if _is_of_relative(behind) or _is_behind_relative(before, at_name=True):
        return Whose.ANOTHER
    if _goes_on(text, start, end, who, behind):
        return Whose.NOBODY
    at, word = word_before(text, start, piece_start)
    if not word:
        return Whose.NOBODY if _NICKNAME.search(before) or _is_other_word(text, start, end, who, is_alias=is_alias) else Whose.ITS_OWN
    bare = bare_word(word)
    is_article = word[-1] != "." and (bare in lists.family_articles.get(code, ()) or (word[0].isupper() and bare in _determiners(code)))
    if is_article and is_alias:
        return Whose.ITS_OWN
    if word == "&" or is_article or word.casefold() in _VERSUS or (bare in lists.kin and bare not in lists.courtesies):
        return Whose.NOBODY
    if bare in lists.courtesies:
        return _of_courtesy(text, at, piece_start, lists.courtesies[bare], who)
    kind = kind_of_word(text, at, word, who, alone=True)
    if kind is WordBefore.NONE:
        return Whose.NOBODY if _is_other_word(text, start, end, who, is_alias=is_alias) else Whose.ITS_OWN
    if kind is WordBefore.MAY_BE_NAME and _is_subject(text, at, end, who):
        return Whose.ITS_OWN
    return _behind_word(text, at, word, piece_start, who, kind)


def _is_subject(text: str, at: int, end: int, who: BearerFacts) -> bool:
    """Return whether a surname before a verb is the subject of a sentence that begins with a place, a word at an offset: “In London Lee said”.

    Without it the sentence would have no subject, unless the verb may stand before it: “In Fort Lee stood a tower”.
    """
    code = code_of(who.language)
    prepositions = word_lists().before_places.get(code)
    found = _BEGINS_WITH_PLACE.search(text[max(0, at - LONGEST) : at]) if prepositions else None
    following = _VERB.match(text, end) if found is not None else None
    if not prepositions or found is None or following is None or found["preposition"].casefold() not in prepositions:
        return False
    verb = following["word"]
    if _LAND.match(text, at) or verb in _BEFORE_SUBJECT:
        return False
    lexicon = lexicon_of(code)
    if lexicon is not None:
        return verb in lexicon.says or verb in lexicon.verbs or verb in lexicon.auxiliaries or verb.endswith("ed")
    return verb in _SAID or not (verb in bodies().prepositions or verb in sentence_starts(code) or verb in word_lists().particles)


_BEGINS_WITH_PLACE = late(
    r"(?:\A|[.!?:;…“„«\"]|[.!?][”’»\"]|\n)\s*(?P<preposition>[^\W\d_]+)\s+(?:(?:the|la|le|el|il|lo|o|a)\s+)?(?:[^\W\d_][\w’'-]*\s+)?\Z"
)
_SAID = frozenset(["dijo", "disse", "zei"])
"""Verbs that may begin a sentence too."""
_VERB = late(r"\s(?P<word>[^\W\d_]+)(?!\w)")
_LAND = late(
    r"(?:Fort|Port|Mount|Lake|Camp|Cape|Saint|San|Santa|New|Old|North|South|East|West|Upper|Lower|Great|Little|Point|Castle|Rocky|Big)\b"
)
_BEFORE_SUBJECT = frozenset(
    [
        "stood",
        "stands",
        "stand",
        "lay",
        "lies",
        "is",
        "are",
        "was",
        "were",
        "sat",
        "hung",
        "came",
        "comes",
        "rose",
        "ran",
        "lived",
        "has",
        "had",
        "there",
        "began",
    ]
)
"""Verbs that English has before their subjects behind a place."""


def _behind_word(text: str, at: int, word: str, piece_start: int, who: BearerFacts, kind: WordBefore) -> Whose:
    """Return whose a surname behind a word of a kind is."""
    lists, bare = word_lists(), bare_word(word)
    if kind in _MAY_BE_TITLE and is_title_of_another(text, at, word, piece_start, who):
        return Whose.ANOTHER
    if kind is WordBefore.LOWER_CASE:
        is_particle = bare in lists.particles and bare not in sentence_starts(code_of(who.language))
        return Whose.ANOTHER if is_particle or bare in lists.others else Whose.ITS_OWN
    if kind is WordBefore.NO_NAME and is_title(word, lists.titles):
        return _of_titles(text, at, piece_start, who)
    return {WordBefore.NO_NAME: Whose.ITS_OWN, WordBefore.FIRST_NAME: Whose.ANOTHER}.get(kind, Whose.NOBODY)


def _is_kin_behind(behind: str) -> bool:
    """Return whether a family follows a surname: “Lee family”."""
    following = _AFTER.match(behind)
    return following is not None and following["word"] in word_lists().kin


_RELATION = late(
    r",\s+(?:(?:il|la|i|le|o|a|el)\s+)?(?P<whose>[^\W\d_]+(?P<possessive>['’]s)?)\s+(?P<first>[\w-]+)(?:\s+(?P<second>[\w-]+))?"
)
_LONGEST_PAIR = 40
_TWO_BEFORE = late(r"(?:(?<!\w)(?P<first>[^\W\d_][\w-]*),?\s+)?(?P<second>[^\W\d_][\w-]*)(?P<sign>[.,]?)\s+\Z")


def _is_of_relative(behind: str) -> bool:
    """Return whether what follows a surname says whose relative it is: “, her husband”, “, his elder brother”, “, Ann’s son”."""
    found = _RELATION.match(behind)
    if found is None or not (found["possessive"] or found["whose"] in word_lists().possessives):
        return False
    return found["first"] in word_lists().kin or found["second"] in word_lists().kin


def _is_behind_relative(before: str, *, at_name: bool = False) -> bool:
    """Return whether a relative stands before what precedes a name, with a word between them or none: “her husband, Mr”, “her husband,”.

    `at_name` is whether nothing precedes it: then a form of address is not between them, which is looked at by itself.
    """
    lists = word_lists()
    found = _TWO_BEFORE.search(before, max(0, len(before) - _LONGEST_PAIR))
    if found is None:
        return False
    first, second = (found["first"] or "").casefold(), found["second"].casefold()
    if at_name and second in lists.courtesies:
        return False
    return any(word in lists.kin and word not in lists.courtesies for word in (second, *([first] if found["sign"] != "," else [])))


def _determiners(code: str) -> frozenset[str]:
    lexicon = lexicon_of(code)
    return lexicon.determiners - _OF_SENTENCE if lexicon is not None else frozenset()


_OF_SENTENCE = frozenset(["all", "both", "either", "neither", "that", "what", "whatever", "which", "whose", "welche", "welcher", "beide"])
"""Determiners that stand as well before what is no noun: “What Lee said”, “Both Lee and Cox”."""


def _goes_on(text: str, start: int, end: int, who: BearerFacts, behind: str) -> bool:
    """Return whether what stands behind a surname makes it that of a family, a firm or a case."""
    lists = word_lists()
    if _is_kin_behind(behind) or _ONE_LETTER.match(behind) or COMPANY.search(_two_words(text, start, end)):
        return True
    if found := _WITH_OTHERS.match(behind):
        owned = found["owned"]
        if owned is None:
            return found["initial"] is None or found["initial"].isupper()
        if owned[0].isupper() and not capitalises_nouns(who.language):
            return not (
                is_title(owned, lists.titles) or owned.isupper() or dates.is_weekday(owned, who.language) or owned.casefold() in who.offices
            )
        return False
    following = _AFTER.match(behind)
    if following is None:
        return False
    word = following["word"]
    return (word[0].isupper() and word.casefold() in lists.bodies) or word in lists.forms_as_written or word in _SENIOR


def _two_words(text: str, start: int, end: int) -> str:
    """Return a name with the two words behind it, without their signs."""
    return " " + " ".join([text[start:end], *text[end : end + LONGEST].split()[:2]]).rstrip(",;:!?")


def _is_other_word(text: str, start: int, end: int, who: BearerFacts, *, is_alias: bool) -> bool:
    """Return whether a surname at the beginning of a sentence is as likely another word, as in “Young people came”."""
    is_english = code_of(who.language) == FALLBACK
    return (
        is_english
        and not is_alias
        and text[start:end].casefold() in word_lists().words_too
        and begins_sentence(text, start)
        and _SIGN_BEHIND.match(text, end) is None
        and not ((following := _AFTER.match(text, end)) and is_saying(following["word"], FALLBACK))
    )


def is_saying(word: str, language: str) -> bool:
    """Return whether a word is a verb of saying or speaking of a language; of English, where we have no words of it."""
    lexicon = lexicon_of(language) or lexicon_of(FALLBACK)
    return lexicon is not None and (word in lexicon.says or word in lexicon.denying or word in lexicon.verbs)


def _of_courtesy(text: str, at: int, piece_start: int, gender: str, who: BearerFacts) -> Whose:
    """Return whose a surname behind a form of address is: “Mr Lee” is not Ann Lee, and “Mr and Mrs Lee” are two."""
    lists = word_lists()
    own = first_names.gender(who.first_name)
    if gender and own and gender != own:
        return Whose.ANOTHER
    before = text[max(0, at - LONGEST) : at]
    if (pair := _PLURAL_COURTESY.search(before)) and bare_word(pair["word"]) in lists.courtesies:
        return Whose.NOBODY
    return Whose.ANOTHER if _is_behind_relative(before) else Whose.ITS_OWN if gender else _of_titles(text, at, piece_start, who)


def _of_titles(text: str, at: int, piece_start: int, who: BearerFacts) -> Whose:
    """Return whose a surname behind a title at an offset is, by a form of address before the title: “Herr Dr. Lee”."""
    low, word = word_before(text, at, piece_start)
    gender = word_lists().courtesies.get(bare_word(word), "") if word else ""
    return _of_courtesy(text, low, piece_start, gender, who) if gender else Whose.ITS_OWN
