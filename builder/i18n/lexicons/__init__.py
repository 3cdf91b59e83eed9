"""Words of languages by what they do in a sentence: titles, verbs of saying, negations, first names. English and German so far."""

from functools import cache

from builder.i18n.language import bodies
from builder.i18n.lexicons.lexicon import Lexicon
from builder.i18n.tags import language_code


@cache
def lexicon_of(language: str) -> Lexicon | None:
    """Return the words of a language, by its tag (`en`, `de-AT`); None where there are none."""
    # Late: some ten thousand words, which most builds never ask for.
    match language_code(language):
        case "en":
            from builder.i18n.lexicons.english import ENGLISH

            return ENGLISH
        case "de":
            from builder.i18n.lexicons.german import GERMAN

            return GERMAN
    return None


TAGS = ("en", "de")
"""The languages with a lexicon."""


@cache
def forms_of_address() -> dict[str, str]:
    """Return Mr, Frau, Señora … of all languages, in small letters and without a dot, each with `m`, `f` or "": whether a man or a woman is called so."""
    found = dict(bodies().courtesies)
    for tag in TAGS:
        lexicon = lexicon_of(tag)
        found |= (
            {word.rstrip("."): sex for word, sex in lexicon.honours.items() if sex or word in _OF_ANYBODY} if lexicon is not None else {}
        )
    return found


_OF_ANYBODY = frozenset({"dr", "prof"})


@cache
def titles() -> frozenset[str]:
    """Return the titles and kinds of work of all languages that may stand before a name, in small letters and without a dot."""
    words = bodies()
    found = {*words.persons, *(title for of in words.titles.values() for title in of)}
    for tag in TAGS:
        lexicon = lexicon_of(tag)
        found |= {title.rstrip(".") for title in (*lexicon.titles, *lexicon.honours)} if lexicon is not None else set()
    return frozenset(found - forms_of_address().keys())


@cache
def sentence_starts(language: str) -> frozenset[str]:
    """Return the small words that may begin a sentence before a name, by the tag of a language; none where we have no words of it."""
    code = language_code(language)
    found = frozenset(bodies().starts.get(code, ()))
    if (lexicon := lexicon_of(code)) is None:
        return found
    return found.union(
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
    )
