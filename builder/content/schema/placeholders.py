"""Placeholders for missing words: `N/A`, `TBD`, and `unknown` where the format has no such word."""

import re

from builder import urls
from builder.content import schema

_NOTHING = frozenset(
    [
        "unknown",
        "n/a",
        "n.a.",
        "none",
        "nil",
        "null",
        "tbd",
        "tba",
        "tbc",
        "todo",
        "xxx",
        "not known",
        "not available",
        "not applicable",
        "to be determined",
        "to be confirmed",
        "unbekannt",
        "k.a.",
        "k. a.",
        "inconnu",
        "desconocido",
        "неизвестно",
    ]
)
_OF_LINKS = re.compile(r"\[\[.*\]\]|(?:quote|event|actor|source|explainer|page):[^\s/].*|@[^\W_]+(?:-[^\W_]+)+", re.DOTALL)
_LIKENESS = 0.85


def is_placeholder(words: str) -> bool:
    """Return whether words are a placeholder, which readers would take for a name."""
    return words.strip().casefold() in _NOTHING or has_no_letters(words) or is_nearly_unknown(words)


def has_no_letters(words: str) -> bool:
    """Return whether a text has no letters or digits: `?`, `—`."""
    return bool(words.strip()) and not any(map(str.isalnum, words))


def is_link_syntax(words: str) -> bool:
    """Return whether words have the form of a link, which no value has: `[[the-body]]`, `quote:a`."""
    return bool(_OF_LINKS.fullmatch(words.strip()))


def is_nearly_unknown(words: str) -> bool:
    """Return whether a word is a misspelling of `unknown`, or differs in capitals."""
    folded = words.strip().casefold()
    if words.strip() == "unknown" or not 6 <= len(folded) <= 8 or not folded.startswith("un"):
        return False
    import difflib  # late: few values are so near

    return difflib.SequenceMatcher(None, folded, "unknown").ratio() >= _LIKENESS


def seen(words: str, brief: str, record: str, key: str) -> tuple[str, str] | None:
    """Return what is wrong with words that readers will see, as the value of a key, and what to do; None if nothing is. `brief` is how they are shown."""
    or_words = f'or, if it is meant as words, put it in quotation marks: "{words}".'
    if key in schema.OR_UNKNOWN.get(record, ()) and is_nearly_unknown(words):
        return f"“{words}” is nearly “unknown”, and readers would see it as it is.", f"Write unknown; {or_words}"
    if key in schema.SEEN.get(record, ()) and is_placeholder(words):
        return f"“{words}” says nothing, and “{key}” takes words that readers see.", f"Leave the key out; {or_words}"
    if (
        key in schema.NAMES_AS_WORDS.get(record, ())
        and urls.looks_like_id(words)
        and (key not in schema.OFTEN_SMALL or not words.isalnum())
    ):
        hint = f'Write the name, with its capital letters; or, if it is written so, put it in quotation marks: "{words}".'
        return f"“{brief}” looks like an id, and “{key}” takes words that readers see.", hint
    return None
