"""Words of languages by what they do in a sentence: titles, verbs of saying, negations, first names. English and German so far."""

from functools import cache

from builder.i18n.lexicons.lexicon import Lexicon


@cache
def lexicon_of(language: str) -> Lexicon | None:
    """Return the words of a language, by its tag (`en`, `de-AT`); None where there are none."""
    # Late: some ten thousand words, which most builds never ask for.
    match language.partition("-")[0].lower():
        case "en":
            from builder.i18n.lexicons.english import ENGLISH

            return ENGLISH
        case "de":
            from builder.i18n.lexicons.german import GERMAN

            return GERMAN
    return None
