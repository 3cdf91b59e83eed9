"""Things with the name of a person: ships, streets, prizes, firms and places are no mentions of whoever is called so.

“the ferry Ann Lee”, “rue Ann Lee”, “Ann Lee, Inc.”, “Lee, a village”, “the Lee–Cox pact”. In doubt it is a thing: a missing link does less harm than a wrong one.
"""

from functools import cache

import msgspec

from builder.content.mentions.word_before import LONGEST, BearerFacts, bare_word, code_of, word_before
from builder.i18n.language import COMPANY, bodies
from builder.i18n.lexicons import lexicon_of
from builder.i18n.patterns import late

_NEXT_WORD = late(r",?\s+(?P<word>[^\W\d_][\w./]*)(?![\w-])")
_PARTNERS = late(r"(?:,\s+[^\W\d_][\w’'-]*){0,3},?\s+(?:&|and|und|et|y|e)\s+[^\W\d_]+\.?")
_AMPERSAND = late(r"(?:,\s+[^\W\d_][\w’'-]*){0,3},?\s+&\s")
_BESIDE = late(r",\s+(?P<words>[^\W\d_][^,.;:!?()“”\"]{1,60})")
_PLACE_BEHIND = late(r",\s+[^\W\d_][\w’'-]*(?:\s[^\W\d_][\w’'-]*)?(?=[,.;)]|\Z)")
_WORD = late(r"[^\W\d_][\w'’-]*")
_OF = late(r"(?P<noun>[^\W\d_]+)\s+of\s+\Z")
_DASH = "–"
_HEAD_FIRST = frozenset(["fr", "es", "it", "pt", "ru", "uk", "pl"])
"""Languages in which a noun stands before most of what tells more of it."""
_RELATIVES = frozenset(["who", "whose", "which", "that", "where", "when", "qui", "dont", "où", "que", "donde", "che", "dove", "onde"])


class _Nouns(msgspec.Struct, frozen=True):
    """Nouns of what bears names of people, and words beside them, by their place: the keys of `things` in the word lists."""

    ships: frozenset[str]
    """Ships, storms and the like, right before a name: the ferry Ann Lee."""
    places: frozenset[str]
    """Places and firms, behind a name and a comma: Lee, a village."""
    behind: frozenset[str]
    """What makes a name before it that of a thing: Lee station."""
    of: frozenset[str]
    """What stands before “of” and the name of a place: the village of Lee."""
    within: frozenset[str]
    """Prepositions of places: in Lee, Kent."""
    prefixes: frozenset[str]
    """Letters before the name of a ship: MV."""
    about: frozenset[str]
    """What follows the name of a person that has an article: the Ann Lee case."""


@cache
def _nouns() -> _Nouns:
    return _Nouns(**{kind: frozenset(words) for kind, words in bodies().things.items()})


@cache
def _before_names(code: str) -> frozenset[str]:
    return _nouns().ships.union(bodies().named_after.get(code, ()))


def is_of_thing(text: str, start: int, end: int, piece_start: int, who: BearerFacts) -> bool:
    """Return whether the name of a person from `start` to `end` is that of a thing; `piece_start` is where the piece of text begins in which it stands."""
    following = text[end : end + 1]
    if following == _DASH or text[max(0, start - 1) : start] == _DASH:
        return _is_joined_by_dash(text, start, end)
    if following.isspace() and _goes_on(text, start, end):
        return True
    at, word = word_before(text, start, piece_start)
    if following == "," and _is_described(text, start, end, word, who):
        return True
    return bool(word) and _is_behind_thing(text, start, end, at, word, who)


def _is_joined_by_dash(text: str, start: int, end: int) -> bool:
    """Return whether a dash beside a name joins it to another one, as in “the Lee–Cox pact”, and is none of a sentence: “Lee – he is the mayor – left”."""
    if text[end : end + 1] == _DASH:
        return text[end + 1 : end + 2].isupper()
    return text[max(0, start - 2) : start - 1].isalpha()


def _goes_on(text: str, start: int, end: int) -> bool:
    """Return whether a firm or a thing follows a name: “Ann Lee Ltd”, “Ann Lee & Co.”, “Lee station”."""
    following = text[end + 1 : end + 2]
    if following == "&" and " " not in text[start:end]:
        return True
    if following.isupper():
        return _is_legal_form(text, end)
    if COMPANY.search(" ".join([text[start:end], *text[end : end + LONGEST].split()[:2]]).rstrip(",.;:!?")):
        return True
    found = _NEXT_WORD.match(text, end)
    return found is not None and found["word"] in _nouns().behind


def _is_legal_form(text: str, end: int) -> bool:
    found = _NEXT_WORD.match(text, end)
    if found is None:
        return False
    form = found["word"].replace(".", "")
    return form in bodies().forms_as_written or (form[:1].isupper() and form.casefold() in bodies().forms)


def _is_described(text: str, start: int, end: int, before: str, who: BearerFacts) -> bool:
    """Return whether what follows a name and a comma says what it is: “Lee, Inc.”, “Lee, Cox & Brack”, “Lee, a village”, “in Lee, Kent”."""
    behind = text[end : end + LONGEST]
    if _is_legal_form(text, end) or _AMPERSAND.match(behind):
        return True
    partners = _PARTNERS.match(behind)
    if partners and COMPANY.search(partners[0].rstrip(".")):
        return True
    if " " not in text[start:end] and before in _nouns().within:
        place = _PLACE_BEHIND.match(behind)
        if place and place[0].lstrip(", ")[0].isupper():
            return True
    found = _BESIDE.match(behind)
    return found is not None and _is_thing(_WORD.findall(found["words"]), code_of(who.language))


def _is_thing(words: list[str], code: str) -> bool:
    """Return whether words that describe somebody or something describe a thing: by their first noun before a preposition, or their last one in English and German."""
    lexicon, lists = lexicon_of(code), bodies()
    articles = (
        {"a", "an", "the", "one", "once"}
        if lexicon is not None and code == "en"
        else frozenset(lists.articles) | _ARTICLES.get(code, frozenset())
    )
    if code not in _WITHOUT_ARTICLES and (not words or words[0].casefold() not in articles):
        return False
    small = set(lexicon.prepositions) if lexicon is not None else set(lists.prepositions)
    head: list[str] = []
    for word in words:
        bare = bare_word(word)
        if bare in _RELATIVES or (head and bare in small and bare not in articles):
            break
        if bare not in articles:
            head.append(bare)
    nouns = _nouns().ships | _nouns().places
    if code in _HEAD_FIRST:
        return any(word in nouns for word in head)
    return bool(head) and (head[-1] in nouns or (code == "de" and head[-1].endswith(_GERMAN_ENDS)))


_ARTICLES = {
    "de": frozenset(["ein", "eine", "einem", "einer", "einen"]),
    "fr": frozenset(["un", "une"]),
    "es": frozenset(["un", "una"]),
    "it": frozenset(["un", "una", "uno"]),
    "pt": frozenset(["um", "uma"]),
    "nl": frozenset(["een"]),
    "sv": frozenset(["en", "ett"]),
}
_WITHOUT_ARTICLES = frozenset(["ru", "uk", "pl", "cs", "tr"])
_GERMAN_ENDS = ("dorf", "stadt", "schiff", "fähre", "gemeinde", "firma", "unternehmen", "insel")


def _is_behind_thing(text: str, start: int, end: int, at: int, word: str, who: BearerFacts) -> bool:
    """Return whether the word before a name, at an offset, makes it that of a thing: “MV Ann Lee”, “the ferry Ann Lee”, “rue Ann Lee”, “the village of Lee”, “the Ann Lee”."""
    code, name = code_of(who.language), text[start:end]
    if word in _nouns().prefixes:
        return not name.isupper()
    bare = bare_word(word)
    if bare in _before_names(code):
        return True
    if code == "de" and word[0].isupper() and bare.endswith(_GERMAN_ENDS):
        return True
    if " " not in name:
        found = _OF.search(text, max(0, start - LONGEST), start) if word == "of" else None
        return found is not None and found["noun"].casefold() in _nouns().of
    if bare not in bodies().articles_of_things.get(code, ()) or (code == "de" and text[max(0, at - 2) : at] == ", "):  # die Ann Lee kennt
        return False
    following = _NEXT_WORD.match(text, end) if text[end : end + 1].isspace() else None
    return following is None or following["word"] not in _nouns().about
