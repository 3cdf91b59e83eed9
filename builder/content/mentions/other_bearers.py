"""Names in front of which a word stands that makes them somebody else's: “Mary Ann Lee”, “South Sudan”, “Bruce Lee”, “the Lee family”.

Before a full name only what is known to be part of another name counts: titles are too many to list. Before a surname alone any word with a capital counts,
unless it is known to be none of a name: a link that is missing does less harm than one that leads to somebody else.
"""

import re
from functools import cache
from types import ModuleType

import msgspec

from builder import dates
from builder.content.mentions.longer_names import capitalises_nouns
from builder.i18n.lexicons import lexicon_of
from builder.i18n.lexicons.lexicon import Lexicon
from builder.i18n.patterns import late

_SPACES = frozenset(" \n\u00a0\u202f")
_LONGEST_WORD = 30
_WORD_BEFORE = late(r"([^\W\d_](?:[^\W_]|['’.-])*)[ \n\u00a0\u202f]\Z")
_SENTENCE_END = late(r"(?:\A|[.!?…:;—–]['\"’”»)]*|\n\s*\n|\n[-*>#]+)\s*[\"'“‘„«»(*_]*\Z")
_FIRM_BEHIND = late(r"(?: | )?[&+]|,? (?:and|und) (?:Sons?|Brothers|Daughters?|Partners?|Co\b|Söhne|Partner)")
_FAMILY_BEHIND = late(r" (?:famil(?:y|ies)|brothers|sisters|siblings|twins|household|clan|dynasty|estate)\b")
_KIN = "husband|wife|spouse|partner|son|daughter|brother|sister|sibling|father|mother|uncle|aunt|cousin|nephew|niece|widow|widower|grandfather|grandmother|grandson|granddaughter|stepson|stepdaughter|stepfather|stepmother|twin"
_KIN_DE = "mann|ehemann|frau|ehefrau|sohn|tochter|bruder|schwester|vater|mutter|onkel|tante|cousin|cousine|neffe|nichte|witwe|witwer|großvater|großmutter|enkel|enkelin"
_RELATIVE_BEHIND = late(rf", (?:(?:his|her|their) (?:\w+ )?(?:{_KIN})|(?:sein|ihr)e?[mnrs]? (?:\w+ )?(?:{_KIN_DE}))\b", re.IGNORECASE)
_RELATIVES = frozenset(f"{_KIN}|{_KIN_DE}|familie".split("|"))
_PLACES_BEFORE = frozenset(["new", "south", "north", "east", "west", "southern", "northern", "united", "equatorial"])
"""Words with which another country, town or paper begins: South Sudan, New Mexico."""

_FEWEST_OF_ABBREVIATION = 2


class Bearer(msgspec.Struct, frozen=True, gc=False):
    """Whose surname it is."""

    id: str
    first_name: str
    offices: frozenset[str] = frozenset()
    """Words of their offices, in small letters: they may stand before the surname."""


def word_before(text: str, start: int) -> str:
    """Return the word in front of a name, if nothing but a space lies between; "" if none is there."""
    if not start or text[start - 1] not in _SPACES:
        return ""
    found = _WORD_BEFORE.search(text, max(0, start - _LONGEST_WORD), start)
    return found[1] if found is not None else ""


def continues_longer_name(text: str, start: int, end: int, language: str, *, is_person: bool) -> bool:
    """Return whether the word before a full name, or the one name of a body or state, makes it another name."""
    # Cheap first: most names have no word with a capital before them.
    if start < 2 or text[start - 1] not in _SPACES:
        return False
    word = word_before(text, start)
    if not word[:1].isupper():
        return False
    low, name = word.lower(), text[start:end]
    lexicon = lexicon_of(language)
    if is_person:
        if capitalises_nouns(language) and _begins_sentence(text, start - 1 - len(word)):
            return False
        return " " in name and low in _first_names().KNOWN and low not in _small_words(language)
    if " " in name or word.isupper():
        return False
    if low in _PLACES_BEFORE:
        return True
    common = lexicon is not None and name.lower() in lexicon.bodies and not capitalises_nouns(language)
    return common and not _begins_sentence(text, start - 1 - len(word)) and not dates.is_weekday(word, language)


def is_of_other_bearer(text: str, start: int, end: int, of: Bearer, language: str) -> bool:
    """Return whether a surname at `start` to `end` seems to be that of somebody else than `of`, by the words beside it."""
    if any(pattern.match(text, end) for pattern in (_FIRM_BEHIND, _FAMILY_BEHIND, _RELATIVE_BEHIND)):
        return True
    word = word_before(text, start)
    if not word:
        return start > 1 and text[start - 1] in _SPACES and text[start - 2] in "&+"
    if not word[0].isupper():
        return _is_small_word_of_other(word, lexicon_of(language))
    if (found := _by_title(word, of, language)) is not None:
        return found
    return _is_word_of_name(text, start - 1 - len(word), word, language)


def _is_small_word_of_other(word: str, lexicon: Lexicon | None) -> bool:
    """Return whether a word in small letters before a surname tells of somebody else: “the Lee house”, “her brother Lee”, “von Lee”."""
    if lexicon is None:
        return False
    is_article = lexicon.tag == "en" and (word in lexicon.definite or word in {"a", "an"})
    return is_article or word in _RELATIVES or word in lexicon.particles


def _by_title(word: str, of: Bearer, language: str) -> bool | None:
    """Return whether a surname is somebody else's by an initial, a title or a first name before it; None if the word is none of these."""
    low, bare = word.lower(), word.rstrip(".")
    if low == of.first_name.lower() or low in of.offices:
        return False
    if low in _honours():
        sex, own = _honours()[low], _first_names().gender(of.first_name)
        return bool(sex and own and sex != own)
    if len(bare) == 1 and word.endswith("."):
        return not of.first_name.startswith(bare)
    if low in _small_words(language):
        return None if low in _determiners(language) else False
    return True if low in _RELATIVES or low in _first_names().KNOWN else None


def _is_word_of_name(text: str, start: int, word: str, language: str) -> bool:
    """Return whether a word with a capital at `start`, before a surname, is a part of the name."""
    low, lexicon = word.lower(), lexicon_of(language)
    if (word.isupper() and len(word) >= _FEWEST_OF_ABBREVIATION) or dates.is_weekday(word, language) or dates.is_month(word, language):
        return False
    if not _begins_sentence(text, start):
        is_noun_for_people = lexicon is not None and lexicon.capitals and low.endswith(tuple(lexicon.people))
        return not is_noun_for_people
    # The first word of a sentence has a capital whatever it is.
    if low in _determiners(language):
        return True
    return not (low.endswith(("ly", "ing")) or re.search(rf"\b{re.escape(low)}\b", text))


@cache
def _small_words(language: str) -> frozenset[str]:
    """Return the words of a language that begin sentences and are parts of no name, and titles; none where we have no words of it."""
    if (lexicon := lexicon_of(language)) is None:
        return frozenset()
    return frozenset().union(
        lexicon.conjunctions,
        lexicon.prepositions,
        lexicon.auxiliaries,
        lexicon.adverbs,
        lexicon.relatives,
        lexicon.determiners,
        lexicon.verbs,
        lexicon.says,
        lexicon.saying,
        lexicon.pronouns,
        lexicon.times,
        lexicon.according,
        lexicon.titles,
    )


def _determiners(language: str) -> frozenset[str]:
    lexicon = lexicon_of(language)
    return lexicon.determiners if lexicon is not None else frozenset()


@cache
def _honours() -> dict[str, str]:
    """Return Mr, Frau, Señora …, whatever the language of the text, each with whether a man or a woman is called so."""
    return {word: sex for tag in ("de", "en") if (lexicon := lexicon_of(tag)) is not None for word, sex in lexicon.honours.items()}


@cache
def _first_names() -> ModuleType:
    from builder.i18n.lexicons import first_names  # late: some thousand names

    return first_names


def _begins_sentence(text: str, start: int) -> bool:
    return bool(_SENTENCE_END.search(text, max(0, start - 6), start))
