"""Placeholders for missing words: `N/A`, `TBD`, and `unknown` where the format has no such word."""

import re

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
