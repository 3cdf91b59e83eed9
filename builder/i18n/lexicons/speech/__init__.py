"""Words by which a text says that something was said, denied, doubted or is not so: a row for each language.

The editorial rules and the matching of quotes take these words from here; the lexicons of English and German begin with some of them and add
what the drafting assistant needs. Words for bodies, titles and the like are in `catalogues/bodies.toml`.
A word is listed only where its meaning is sure: one that has another meaning as well is left out where it would be read wrongly.
To add a language, add its row.
"""

from collections.abc import Mapping
from types import MappingProxyType

from builder.i18n.lexicons.speech.east_asian import CHINESE, JAPANESE, KOREAN
from builder.i18n.lexicons.speech.germanic import DUTCH, ENGLISH, GERMAN, NORWEGIAN
from builder.i18n.lexicons.speech.romance import FRENCH, ITALIAN, PORTUGUESE, SPANISH
from builder.i18n.lexicons.speech.row import Speech, any_of, words_of
from builder.i18n.lexicons.speech.slavic import POLISH, RUSSIAN, UKRAINIAN
from builder.i18n.tags import language_code

__all__ = ["JOINED", "SPEECH", "UNSPACED", "Speech", "any_of", "speech_of", "words_of"]

SPEECH: Mapping[str, Speech] = MappingProxyType(
    {
        "en": ENGLISH,
        "de": GERMAN,
        "fr": FRENCH,
        "es": SPANISH,
        "it": ITALIAN,
        "pt": PORTUGUESE,
        "nl": DUTCH,
        "pl": POLISH,
        "ru": RUSSIAN,
        "uk": UKRAINIAN,
        "zh": CHINESE,
        "ja": JAPANESE,
        "ko": KOREAN,
        "nb": NORWEGIAN,
        "no": NORWEGIAN,
        "nn": Speech(nots="ikkje|aldri", say="sagt|skrive", reverses="ikkje|aldri|ingen|ingenting|inkje|utan|viss|om|neppe|nektar|tviler"),
        "sv": Speech(
            says="säger|sade|skrev|skriver|svarade|frågade",
            according="enligt",
            say="sagt|skrivit",
            nots="inte|aldrig",
            misquoted=r"sade?(?: \w+){0,2} (?:inte|aldrig)",
            cues="inte|aldrig",
            hearsay="angivligen",
            reverses="inte|icke|aldrig|ingen|inget|inga|ingenting|utan|om|ifall|knappast|nekar|falskt",
        ),
        "da": Speech(
            says="sagde|siger|skrev|skriver|svarede",
            according="ifølge",
            say="sagt|skrevet",
            nots="ikke|aldrig",
            misquoted=r"sagde(?: \w+){0,2} (?:ikke|aldrig)",
            cues="ikke|aldrig",
            hearsay="angiveligt",
            reverses="ikke|aldrig|ingen|intet|ingenting|uden|hvis|om|næppe|nægter|falsk",
        ),
        "cs": Speech(hearsay="údajně", reverses="ne|nikdy|nikdo|nic|žádný|žádná|ani|bez|jestli|pokud|zda|není|nejsem|nejsou"),
        "sk": Speech(hearsay="údajne"),
        "sl": Speech(hearsay="domnevno"),
        "hr": Speech(hearsay="navodno"),
        "fi": Speech(hearsay="väitetysti"),
        "et": Speech(hearsay="väidetavalt"),
        "hu": Speech(hearsay="állítólag"),
        "el": Speech(hearsay="τάχα"),
        "ro": Speech(hearsay="pretins"),
        "tr": Speech(hearsay="sözde|güya|iddiaya", reverses="değil|yok|asla|hiç|hayır|eğer"),
        "ar": Speech(reverses="لا|لم|لن|ليس|ليست|غير|بدون|إذا|لو"),
        "he": Speech(reverses="לא|אין|אף|בלי|ללא|אם|מעולם"),
    }
)
"""Language → its words."""
UNSPACED = frozenset(tag for tag, row in SPEECH.items() if row.is_unspaced)
"""Languages without blanks between words."""
JOINED = frozenset(tag for tag, row in SPEECH.items() if row.is_joined)
"""Languages in which a word has no bounds: these, and those that join endings to words."""


_NONE = Speech()


def speech_of(tag: str) -> Speech:
    """Return the words of a language, by its tag (`en`, `de-AT`, `nb_NO`); a row without any where there are none."""
    return SPEECH.get(language_code(tag), _NONE)
