"""The word before a name: whether it is a title, a small word that begins the sentence, or a part of another person’s name.

A capital tells it, so scripts without capitals are left out. In doubt it is somebody else: a missing link does less harm than a wrong one.
"""

import re
from collections.abc import Container
from enum import Enum, auto
from functools import cache, lru_cache

import msgspec

from builder import dates
from builder.content.mentions.longer_names import is_in_title
from builder.i18n.language import FALLBACK, bodies
from builder.i18n.lexicons import first_names, forms_of_address, lexicon_of, sentence_starts, titles
from builder.i18n.patterns import late
from builder.i18n.tags import language_code

LONGEST = 80
"""Characters before a name, and behind it, that are looked at."""
_OPENING = "([{“„‟\"‘‚«»‹›'¿¡*—–…"
_DIVIDING = '([{“„‟"«»‹›—–…/'
_ENDS_SENTENCE = late(r"(?:\A|\n\n|[.!?…:;。！？·•]|[“„”\"‘’»«)\]—–-])\s*\Z")
_SIGNS_BEHIND = late(r"[^\w.'’&]\Z")
_INITIALS = late(r"(?:[^\W\d_]\.[-‐‑]?)*[^\W\d_]\.?")
_CONSONANTS = late(r"[B-DF-HJ-NP-TV-Z][b-df-hj-np-tv-z]{1,2}\.")
_SHORTENED = frozenset(["benj", "chas", "edw", "geo", "jas", "robt", "thos"])
_OF = late(
    r"(?P<title>[\w'’-]+)\s+(?:of|for|de|del|della|di|du|do|da|von|der|des|för|voor|van)\s+(?:the\s+|la\s+|der\s+|den\s+)?(?:[^\W\d_][\w'’-]*\s+)?\Z"
)
_OF_DATE = late(
    r"(?:\d(?:st|nd|rd|th|er|\.)?|(?<!\w)(?:in|since|until|till|during|early|late|mid|last|next|im|seit|ende|anfang|mitte|en|em|depuis|desde))[\s-]+\Z",
    re.IGNORECASE,
)
"""What stands before the name of a month: “In May Lee left”."""
_OWNS = late(r"\w+\s+[\w-]+['’]s?(?!\w)")
FEWEST_OF_COMPOUND = 5
"""Letters of a title that may end a German word: Vizepräsidentin."""


class WordBefore(Enum):
    """What the word before a name is."""

    NONE = auto()
    """There is none: a sign or a break stands between them."""
    LOWER_CASE = auto()
    NO_NAME = auto()
    """It has a capital and is no part of a name: a title, a weekday, the beginning of a sentence."""
    MAY_BE_NAME = auto()
    FIRST_NAME = auto()
    """It is a first name, or an initial: of another person, unless it is that of the bearer."""


class BearerFacts(msgspec.Struct, frozen=True):
    """What is known of the bearer of a name, and of the text in which it stands."""

    language: str = ""
    """Tag of the language of the text."""
    is_person: bool = True
    first_name: str = ""
    """"" where nothing but one word is known of the name: then a first name before it is no other person’s."""
    surname: str = ""
    """Of a person, the last word of the name."""
    offices: frozenset[str] = frozenset()
    """Words of the offices of the bearer, in small letters."""


@lru_cache(maxsize=256)  # asked for each name
def code_of(language: str) -> str:
    """Return the code of a language by its tag; that of English for none."""
    return language_code(language) or FALLBACK


class WordLists:
    """The words beside names, of all languages, as sets."""

    def __init__(self) -> None:
        words = bodies()
        german = lexicon_of("de")
        self.titles, self.courtesies = titles(), forms_of_address()
        self.certain_titles = self.titles.difference(words.titles_also_names)
        self.german_endings = tuple(title for title in (german.titles if german else ()) if len(title) >= FEWEST_OF_COMPOUND)
        self.particles, self.kin, self.words_too = frozenset(words.particles), frozenset(words.kin), frozenset(words.words_too)
        self.others, self.forms_as_written = frozenset(words.others_of_name), frozenset(words.forms_as_written)
        self.family_articles = {language: frozenset(of) for language, of in words.family_articles.items()}
        self.months_also_names = {language: frozenset(of) for language, of in words.months_also_names.items()}
        self.before_places = {language: frozenset(of) for language, of in words.before_places.items()}
        self.articles = frozenset(words.articles)
        self.possessives, self.bodies = frozenset(words.possessives), frozenset((*words.last, *words.forms))


@cache
def word_lists() -> WordLists:
    """Return the word lists, which are read once."""
    return WordLists()


def word_before(text: str, start: int, piece_start: int) -> tuple[int, str]:
    """Return start and letters of the word before an offset, with a dot or apostrophe; "" if a sign or a line break of the page stands between them.

    `piece_start` is where the piece of text begins in which the name stands: a break of the line before it is one of the page.
    """
    low = start
    while low and text[low - 1].isspace():
        low -= 1
        if text[low] == "\n" and (low < piece_start or (low and text[low - 1] == "\n")):
            return start, ""
    if low == start or not low:
        return start, ""
    begin = low
    while begin and low - begin < LONGEST and not text[begin - 1].isspace():
        begin -= 1
    if (word := text[begin:low]).isalpha():  # as most are
        return begin, word
    begin = max(begin, *(text.rfind(sign, begin, low - 1) + 1 for sign in _DIVIDING))
    while begin < low and text[begin] in _OPENING:
        begin += 1
    word = text[begin:low]
    return (start, "") if not word or _SIGNS_BEHIND.search(word) else (begin, word)


def begins_sentence(text: str, at: int) -> bool:
    """Return whether a sentence, a line or a quotation begins at an offset."""
    return _ENDS_SENTENCE.search(text[max(0, at - LONGEST) : at] if at > LONGEST else text[:at]) is not None or at == 0


def bare_word(word: str) -> str:
    """Return a word without a dot and in small letters."""
    return word.rstrip(".").replace("’", "'").casefold()


def is_title(word: str, titles: Container[str]) -> bool:
    """Return whether a word, or a part of it between hyphens, is one of the titles, in the singular or the plural."""
    bare = bare_word(word)
    parts = {bare, bare.removesuffix("s"), *(bare.split("-") if "-" in bare else ())}
    return any(part in titles for part in parts)


def kind_of_word(text: str, at: int, word: str, who: BearerFacts, *, alone: bool) -> WordBefore:
    """Return what the word before a name is; `alone` if that name is one word, as a surname is."""
    lists, bare = word_lists(), bare_word(word)
    if not word[:1].isupper() and not word[:1].istitle():
        return WordBefore.LOWER_CASE
    code = code_of(who.language)
    if bare in lists.courtesies:
        return WordBefore.NO_NAME
    begins = begins_sentence(text, at)
    is_start = word[-1] != "." and bare in sentence_starts(code)
    is_month = _is_month(text, at, bare, who)
    may_be_first = who.is_person and not is_month and (bare in first_names.KNOWN or bare in lists.months_also_names.get(code, ()))
    if is_month:
        return WordBefore.NO_NAME
    if is_start and (begins or is_in_title(text, at) or bare in lists.articles) and (not may_be_first or _is_question(text, at)):
        return WordBefore.NO_NAME
    if who.is_person and (is_title(word, lists.certain_titles if alone else lists.titles) or bare in who.offices):
        return WordBefore.NO_NAME
    if code == "de" and who.is_person and bare.endswith(lists.german_endings):
        return WordBefore.NO_NAME
    return _kind_of_other_word(text, at, word, who, alone=alone)


def _is_month(text: str, at: int, bare: str, who: BearerFacts) -> bool:
    """Return whether a word at an offset is a month: one that is a first name too only in a date, “On 3 May Lee left”, and not in “in May Lee’s house”."""
    if not dates.is_month(bare, who.language):
        return False
    if bare not in word_lists().months_also_names.get(code_of(who.language), ()):
        return True
    return _OF_DATE.search(text, max(0, at - LONGEST), at) is not None and _OWNS.match(text, at) is None


def _kind_of_other_word(text: str, at: int, word: str, who: BearerFacts, *, alone: bool) -> WordBefore:
    """Return what a word with a capital before a name is that is no title, and no small word that begins the sentence."""
    bare = bare_word(word)
    if _is_initial(word):
        return (
            WordBefore.NO_NAME
            if alone and who.first_name and word.rstrip(".") == who.first_name[0] and word.endswith(".")
            else WordBefore.FIRST_NAME
        )
    if word.endswith("."):
        return WordBefore.NONE  # a sentence ends
    if bare.endswith(("'s", "s'")) or dates.is_weekday(bare, who.language):
        return WordBefore.NO_NAME
    if bare in first_names.KNOWN or any(part in first_names.KNOWN for part in bare.split("-")):
        return WordBefore.FIRST_NAME if who.is_person else WordBefore.MAY_BE_NAME
    if begins_sentence(text, at) and word[0].lower() + word[1:] in _small_words(text):
        return WordBefore.NO_NAME  # “Stern Lee looked on”, where the text has “stern” too
    if who.is_person and (of := _OF.search(text, max(0, at - LONGEST), at)) and is_title(of["title"], word_lists().titles):
        return WordBefore.NO_NAME  # Secretary of State Ann Lee
    if who.is_person and not alone and len(bare) > 1 and word.isupper():
        return WordBefore.NO_NAME  # FBI, MP
    return WordBefore.MAY_BE_NAME


@lru_cache(maxsize=4)
def _small_words(text: str) -> frozenset[str]:
    """Return the words of a text in small letters: asked of one text for each of its names."""
    return frozenset(filter(str.islower, _ANY_WORD.findall(text)))


_ANY_WORD = late(r"[^\W\d_][\w'’-]*")


def _is_question(text: str, at: int) -> bool:
    """Return whether the sentence from an offset on is a question: in “Will Lee resign?”."""
    found = _SENTENCE_ENDS.search(text, at)
    return found is not None and found[0] == "?"


_SENTENCE_ENDS = late(r"[.?!](?=\s|[”\"’)]|\Z)|\n\n")


def _is_initial(word: str) -> bool:
    if word == "I" or not _INITIALS.fullmatch(word):
        return bool(_CONSONANTS.fullmatch(word)) or (word.endswith(".") and bare_word(word) in _SHORTENED)
    return word.casefold() not in bodies().states
