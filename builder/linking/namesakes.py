"""Names that several actors share."""

import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from builder.content.mentions import plain
from builder.i18n.lexicons import forms_of_address
from builder.model import PERSON, UNNAMED, Actor


@cache
def courtesies() -> frozenset[str]:
    """Return the forms of address before a surname, without accents."""
    return frozenset(word for form in forms_of_address() for word in _words(form))


def actors_by_name(actors: Iterable[Actor]) -> Mapping[str, tuple[str, ...]]:
    """Return each name and alias with the ids of all actors it may mean: those with this name, and for an alias also people whose name contains its words.

    So “Lee”, “LEE” or “Mr Lee” may be Ann Lee, whose alias it is, and Bob Lee. A word of an organization's name, as “Boeing” in “Boeing Workers”, does not count.
    """
    named = [actor for actor in actors if actor.type != UNNAMED]
    found: dict[str, dict[str, None]] = {}
    for actor in named:
        for name in map(plain, (actor.name, *actor.alias)):
            if name:
                found.setdefault(name, {})[actor.id] = None
    people = {actor.id: _words(plain(actor.name)) for actor in named if actor.type == PERSON and actor.name}
    by_word: dict[str, list[str]] = {}
    for key, words in people.items():
        for word in dict.fromkeys(words):
            by_word.setdefault(word, []).append(key)
    for name, of in found.items():
        words = _words(name)
        sought = words[1:] if len(words) > 1 and words[0] in courtesies() else words
        if sought and any(name in people and people[name] != words for name in of):
            of.update((key, None) for key in by_word.get(sought[0], ()) if people[key] != words and _has(people[key], sought))
    return {name: tuple(of) for name, of in found.items()}


@lru_cache(maxsize=65536)
def _words(name: str) -> tuple[str, ...]:
    """Return the words of a name for comparison: without capitals, accents, dots and hyphens."""
    if not name.isascii():
        name = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    return tuple(word for part in name.casefold().replace("-", " ").split() if (word := part.strip(".,")))


def _has(words: tuple[str, ...], sought: tuple[str, ...]) -> bool:
    return any(words[at : at + len(sought)] == sought for at in range(len(words) - len(sought) + 1))
