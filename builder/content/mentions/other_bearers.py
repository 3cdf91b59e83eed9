"""What stands before a name, or beside a surname, and makes it that of somebody else: “Bruce Lee”, “J. Lee”, “the Lee family”, “Mary Ann Lee”, “World Bank”.

A capital tells it, so scripts without capitals are left out. A word that is a title, an office of the same actor, a day or a small word that begins the sentence
is no part of a name. In doubt it is somebody else: a missing link does less harm than a wrong one.
"""

import re
from collections.abc import Container
from functools import cache, lru_cache

import msgspec

from builder import dates
from builder.content.mentions.longer_names import capitalises_nouns, is_in_title
from builder.i18n.language import COMPANY, FALLBACK, bodies
from builder.i18n.lexicons import first_names, forms_of_address, lexicon_of, sentence_starts, titles
from builder.i18n.patterns import late

NO_WORD, SMALL, PASSES, NAME, OTHER_PERSON = range(5)
"""What the word before a name is: none, one in small letters, one with a capital that is no part of a name, one that may be, and certainly a part of another’s name."""

_LONGEST = 80
"""Characters before a name, and behind it, that are looked at."""
_OPENING = "([{“„‟\"‘‚«»‹›'¿¡*—–…"
_DIVIDING = '([{“„‟"«»‹›—–…/'
_ENDS_SENTENCE = late(r"(?:\A|\n\n|[.!?…:;。！？·•]|[“„”\"‘’»«)\]—–-])\s*\Z")
_SIGNS_BEHIND = late(r"[^\w.'’&]\Z")
_INITIALS = late(r"(?:[^\W\d_]\.[-‐‑]?)*[^\W\d_]\.?")
_CONSONANTS = late(r"[B-DF-HJ-NP-TV-Z][b-df-hj-np-tv-z]{1,2}\.")
_SHORTENED = frozenset(["benj", "chas", "edw", "geo", "jas", "robt", "thos"])
_NICKNAME = late(r"[^\W\d_][\w.'’-]*\s+[“\"‘'(„«][^\W\d_][\w’-]*(?:\s[\w’-]+){0,2}[”\"’')“»]\s+\Z")
_OF = late(
    r"(?P<title>[\w'’-]+)\s+(?:of|for|de|del|della|di|du|do|da|von|der|des|för|för|voor|van)\s+(?:the\s+|la\s+|der\s+|den\s+)?(?:[^\W\d_][\w'’-]*\s+)?\Z"
)
_PLURAL_COURTESY = late(r"(?<!\w)(?P<word>[^\W\d_]+)\.?\s+(?:and|&|und|et|y|e|en|и|та|και|i|och)\s+\Z")
_MONTHS_THAT_ARE_NAMES = frozenset(["april", "may", "june", "august", "avril", "juin", "avgust", "mai", "juni", "julio", "abril", "mayo"])
_FEWEST_OF_COMPOUND = 5
"""Letters of a title that may end a German word: Vizepräsidentin."""
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


class Beside(msgspec.Struct, frozen=True):
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


def _code(language: str) -> str:
    return language.partition("-")[0] or FALLBACK


class _Lists:
    """The word lists as sets."""

    def __init__(self) -> None:
        words = bodies()
        german = lexicon_of("de")
        self.titles, self.courtesies = titles(), forms_of_address()
        self.certain_titles = self.titles.difference(words.titles_also_names)
        self.german_endings = tuple(title for title in (german.titles if german else ()) if len(title) >= _FEWEST_OF_COMPOUND)
        self.particles, self.kin, self.words_too = frozenset(words.particles), frozenset(words.kin), frozenset(words.words_too)
        self.others, self.forms_as_written = frozenset(words.others_of_name), frozenset(words.forms_as_written)
        self.family_articles = {language: frozenset(of) for language, of in words.family_articles.items()}
        self.articles = frozenset(words.articles)
        self.possessives, self.bodies = frozenset(words.possessives), frozenset((*words.last, *words.forms))


@cache
def _lists() -> _Lists:
    return _Lists()


# --- the word before a name ------------------------------------------------


def _word_before(text: str, start: int, first: int) -> tuple[int, str]:
    """Return start and letters of the word before an offset, with a dot or apostrophe; "" if a sign or a line break of the page stands between them.

    `first` is where the piece of text begins in which the name stands: a break of the line before it is one of the page.
    """
    low = start
    while low and text[low - 1].isspace():
        low -= 1
        if text[low] == "\n" and (low < first or (low and text[low - 1] == "\n")):
            return start, ""
    if low == start or not low:
        return start, ""
    begin = low
    while begin and low - begin < _LONGEST and not text[begin - 1].isspace():
        begin -= 1
    if (word := text[begin:low]).isalpha():  # as most are
        return begin, word
    begin = max(begin, *(text.rfind(sign, begin, low - 1) + 1 for sign in _DIVIDING))
    while begin < low and text[begin] in _OPENING:
        begin += 1
    word = text[begin:low]
    return (start, "") if not word or _SIGNS_BEHIND.search(word) else (begin, word)


def _begins_sentence(text: str, at: int) -> bool:
    return _ENDS_SENTENCE.search(text[max(0, at - _LONGEST) : at] if at > _LONGEST else text[:at]) is not None or at == 0


def _bare(word: str) -> str:
    """Return a word without a dot and in small letters."""
    return word.rstrip(".").replace("’", "'").casefold()


def _is_title(word: str, titles: Container[str]) -> bool:
    bare = _bare(word)
    parts = {bare, bare.removesuffix("s"), *(bare.split("-") if "-" in bare else ())}
    return any(part in titles for part in parts)


def _kind_of_word(text: str, at: int, word: str, who: Beside, *, alone: bool) -> int:
    """Return what the word before a name is; `alone` if that name is one word, as a surname is."""
    lists, bare = _lists(), _bare(word)
    if not word[:1].isupper() and not word[:1].istitle():
        return SMALL
    code = _code(who.language)
    if bare in lists.courtesies:
        return PASSES
    begins = _begins_sentence(text, at)
    is_start = word[-1] != "." and bare in sentence_starts(code)
    may_be_first = who.is_person and (bare in first_names.KNOWN or bare in _MONTHS_THAT_ARE_NAMES)
    if is_start and (begins or is_in_title(text, at) or bare in lists.articles) and (not may_be_first or _is_question(text, at)):
        return PASSES
    if who.is_person and (_is_title(word, lists.certain_titles if alone else lists.titles) or bare in who.offices):
        return PASSES
    if code == "de" and who.is_person and bare.endswith(lists.german_endings):
        return PASSES
    return _kind_of_other_word(text, at, word, who, alone=alone)


def _kind_of_other_word(text: str, at: int, word: str, who: Beside, *, alone: bool) -> int:
    """Return what a word with a capital before a name is that is no title, and no small word that begins the sentence."""
    bare = _bare(word)
    if _is_initial(word):
        return PASSES if alone and who.first_name and word.rstrip(".") == who.first_name[0] and word.endswith(".") else OTHER_PERSON
    if word.endswith("."):
        return NO_WORD  # a sentence ends
    if bare.endswith(("'s", "s'")) or dates.is_weekday(bare, who.language):
        return PASSES
    if dates.is_month(bare, who.language) and bare not in _MONTHS_THAT_ARE_NAMES:
        return PASSES
    if bare in first_names.KNOWN or any(part in first_names.KNOWN for part in bare.split("-")):
        return OTHER_PERSON if who.is_person else NAME
    if _begins_sentence(text, at) and word[0].lower() + word[1:] in _small_words(text):
        return PASSES  # “Stern Lee looked on”, where the text has “stern” too
    if who.is_person and (of := _OF.search(text, max(0, at - _LONGEST), at)) and _is_title(of["title"], _lists().titles):
        return PASSES  # Secretary of State Ann Lee
    if who.is_person and not alone and len(bare) > 1 and word.isupper():
        return PASSES  # FBI, MP
    return NAME


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
        return bool(_CONSONANTS.fullmatch(word)) or (word.endswith(".") and _bare(word) in _SHORTENED)
    return word.casefold() not in bodies().states


def start_of_longer_name(text: str, start: int, end: int, first: int, who: Beside) -> int:
    """Return where a longer name begins of which the name from `start` to `end` is the end; -1 if there is none.

    `first` is where the piece of text begins in which it stands.
    """
    name = text[start:end]
    if not name[:1].isupper() or (who.is_person and not who.first_name):
        return -1
    # A word in small letters, as most are, is part of no name; asked first, since it costs least.
    before = text[text.rfind(" ", max(0, start - _LONGEST), max(0, start - 1)) + 1 : max(0, start - 1)]
    if before.islower() and before.isalpha():
        return -1
    at, word = _word_before(text, start, first)
    if not word:
        return -1
    alone = not any(map(str.isspace, name))
    if word == "&":
        return at
    if not who.is_person and alone and name.isupper() and len(name) > 1:
        return -1  # NATO is a part of no name
    if word.casefold() == name.casefold():
        return -1  # “GULLHAVEN Gullhaven is …”: a headline, or the place before a report
    kind = _kind_of_word(text, at, word, who, alone=alone)
    if kind not in {NAME, OTHER_PERSON}:
        return -1
    if capitalises_nouns(who.language):
        return at if kind == OTHER_PERSON or (not who.is_person and _NEW_OR_OLD.fullmatch(word) and not _begins_sentence(text, at)) else -1
    return at


def is_of_body(text: str, start: int, end: int) -> bool:
    """Return whether a name of one noun goes on with whose body it is: “Bank” in “Bank of England”."""
    found = _OF_BODY.match(text, end)
    return found is not None and found["whose"].isupper() and text[start:end].casefold() in _lists().bodies


_OF_BODY = late(r"\s(?:of|for|de|du|del|della|di|do|da)\s(?:the\s|la\s|el\s)?(?P<whose>[^\W\d_])")


# --- surnames ------------------------------------------------

ITS_OWN, ANOTHER, NOBODY = range(3)
"""Whose a surname is: that of the only bearer who is known, of another person, or of no person, or in doubt."""

_WITH_OTHERS = late(
    r"\s*&|\s+et al(?!\w)|\s+(?:v|vs)\.?\s+[^\W\d_]|,\s*(?P<initial>[^\W\d_])\.(?:\s|,|\Z)|['’]s?\s+(?P<owned>[^\W\d_][\w-]*)"
)
_ONE_LETTER = late(r"\s+(?!I\s)[^\W\d_]\s+[^\W\d_]")
_AFTER = late(r"\s+(?P<word>[^\W\d_][\w-]*)")
_SENIOR = frozenset(["jun", "sen", "jr", "sr", "jnr", "snr", "fils", "hijo"])
_VERSUS = frozenset(["v", "v.", "vs", "vs.", "née", "nee", "né", "geb.", "geborene", "geborener", "born", "урождённая", "урожденная"])
_SIGN_BEHIND = late(r"['’,.;:!?)”\"]|\Z")


def whose_surname(text: str, start: int, end: int, first: int, who: Beside, *, is_alias: bool = False) -> int:
    """Return whose a surname from `start` to `end` is: “Lee” in “Bruce Lee” is that of another, in “the Lee family” nobody’s.

    `first` is where the piece of text begins in which it stands. What the author has given as an alias (`is_alias`) may stand behind an article, and begin a sentence.
    """
    lists, code = _lists(), _code(who.language)
    behind, before = text[end : end + _LONGEST], text[max(0, start - _LONGEST) : start]
    if _is_of_relative(behind) or _is_behind_relative(before, at_name=True):
        return ANOTHER
    if _goes_on(text, start, end, who, behind):
        return NOBODY
    at, word = _word_before(text, start, first)
    if not word:
        return NOBODY if _NICKNAME.search(before) or _is_other_word(text, start, end, who, is_alias=is_alias) else ITS_OWN
    bare = _bare(word)
    is_article = word[-1] != "." and (bare in lists.family_articles.get(code, ()) or (word[0].isupper() and bare in _determiners(code)))
    if is_article and is_alias:
        return ITS_OWN
    if word == "&" or is_article or word.casefold() in _VERSUS or (bare in lists.kin and bare not in lists.courtesies):
        return NOBODY
    if bare in lists.courtesies:
        return _of_courtesy(text, at, first, lists.courtesies[bare], who)
    kind = _kind_of_word(text, at, word, who, alone=True)
    if kind == NO_WORD:
        return NOBODY if _is_other_word(text, start, end, who, is_alias=is_alias) else ITS_OWN
    if kind == SMALL:
        is_particle = bare in lists.particles and bare not in sentence_starts(code)
        return ANOTHER if is_particle or bare in lists.others else ITS_OWN
    if kind == PASSES and _is_title(word, lists.titles):
        return _of_titles(text, at, first, who)
    return {PASSES: ITS_OWN, OTHER_PERSON: ANOTHER}.get(kind, NOBODY)


def _is_kin_behind(behind: str) -> bool:
    """Return whether a family follows a surname: “Lee family”."""
    following = _AFTER.match(behind)
    return following is not None and following["word"] in _lists().kin


_RELATION = late(
    r",\s+(?:(?:il|la|i|le|o|a|el)\s+)?(?P<whose>[^\W\d_]+(?P<possessive>['’]s)?)\s+(?P<first>[\w-]+)(?:\s+(?P<second>[\w-]+))?"
)
_LONGEST_PAIR = 40
_TWO_BEFORE = late(r"(?:(?<!\w)(?P<first>[^\W\d_][\w-]*),?\s+)?(?P<second>[^\W\d_][\w-]*)(?P<sign>[.,]?)\s+\Z")


def _is_of_relative(behind: str) -> bool:
    """Return whether what follows a surname says whose relative it is: “, her husband”, “, his elder brother”, “, Ann’s son”."""
    found = _RELATION.match(behind)
    if found is None or not (found["possessive"] or found["whose"] in _lists().possessives):
        return False
    return found["first"] in _lists().kin or found["second"] in _lists().kin


def _is_behind_relative(before: str, *, at_name: bool = False) -> bool:
    """Return whether a relative stands before what precedes a name, with a word between them or none: “her husband, Mr”, “her husband,”.

    `at_name` is whether nothing precedes it: then a form of address is not between them, which is looked at by itself.
    """
    lists = _lists()
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


def _goes_on(text: str, start: int, end: int, who: Beside, behind: str) -> bool:
    """Return whether what stands behind a surname makes it that of a family, a firm or a case."""
    lists = _lists()
    if _is_kin_behind(behind) or _ONE_LETTER.match(behind) or COMPANY.search(_two_words(text, start, end)):
        return True
    if found := _WITH_OTHERS.match(behind):
        owned = found["owned"]
        if owned is None:
            return found["initial"] is None or found["initial"].isupper()
        if owned[0].isupper() and not capitalises_nouns(who.language):
            return not (
                _is_title(owned, lists.titles)
                or owned.isupper()
                or dates.is_weekday(owned, who.language)
                or owned.casefold() in who.offices
            )
        return False
    following = _AFTER.match(behind)
    if following is None:
        return False
    word = following["word"]
    return (word[0].isupper() and word.casefold() in lists.bodies) or word in lists.forms_as_written or word in _SENIOR


def _two_words(text: str, start: int, end: int) -> str:
    """Return a name with the two words behind it, without their signs."""
    return " " + " ".join([text[start:end], *text[end : end + _LONGEST].split()[:2]]).rstrip(",;:!?")


def _is_other_word(text: str, start: int, end: int, who: Beside, *, is_alias: bool) -> bool:
    """Return whether a surname at the beginning of a sentence is as likely another word, as in “Young people came”."""
    is_english = _code(who.language) == FALLBACK
    return (
        is_english
        and not is_alias
        and text[start:end].casefold() in _lists().words_too
        and _begins_sentence(text, start)
        and _SIGN_BEHIND.match(text, end) is None
        and not ((following := _AFTER.match(text, end)) and _is_saying(following["word"]))
    )


def _is_saying(word: str) -> bool:
    lexicon = lexicon_of(FALLBACK)
    return lexicon is not None and (word in lexicon.says or word in lexicon.denying)


def _of_courtesy(text: str, at: int, first: int, gender: str, who: Beside) -> int:
    """Return whose a surname behind a form of address is: “Mr Lee” is not Ann Lee, and “Mr and Mrs Lee” are two."""
    lists = _lists()
    own = first_names.gender(who.first_name)
    if gender and own and gender != own:
        return ANOTHER
    before = text[max(0, at - _LONGEST) : at]
    if (pair := _PLURAL_COURTESY.search(before)) and _bare(pair["word"]) in lists.courtesies:
        return NOBODY
    return ANOTHER if _is_behind_relative(before) else ITS_OWN if gender else _of_titles(text, at, first, who)


def _of_titles(text: str, at: int, first: int, who: Beside) -> int:
    """Return whose a surname behind a title at an offset is, by a form of address before the title: “Herr Dr. Lee”."""
    low, word = _word_before(text, at, first)
    gender = _lists().courtesies.get(_bare(word), "") if word else ""
    return _of_courtesy(text, low, first, gender, who) if gender else ITS_OWN
