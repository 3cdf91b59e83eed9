"""One actor under two ids, who is then counted twice, and of whose pages each has a half."""

import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from builder.diagnostics import Diagnostic, characters
from builder.linking.namesakes import courtesies
from builder.model import PERSON, UNNAMED, Actor, Site

_ARTICLES = frozenset(
    [
        "a",
        "an",
        "one",
        "the",
        "ein",
        "eine",
        "einer",
        "der",
        "die",
        "das",
        "un",
        "une",
        "le",
        "la",
        "el",
        "una",
        "il",
        "lo",
        "een",
        "de",
        "um",
        "uma",
    ]
)
_WORDS = re.compile(r"[^\W_]+")
_LEAST, _LIKENESS = 6, 0.85
"""Letters of a word that may be written in two ways, and how much these are alike, up to 1: Zelensky, Zelenskyy."""


_BEGINS = 3
"""Letters at the beginning of each word in which no two names of one actor differ, so that few are compared."""
_MOST_COMPARED = 50
"""Actors whose names begin alike that each is compared with, the last before it: a thousand numbered names would take a million comparisons."""


def same_descriptions(site: Site, slug: str) -> Iterator[Diagnostic]:
    """Two sources without a name in one explainer are not described in the same words: readers would take them for one, and the page counts two."""
    first: dict[str, Actor] = {}
    for part in site.cast[slug]:
        actor = site.actors[part.id]
        if actor.type != UNNAMED or not (key := _described(actor.described_as)):
            continue
        other = first.setdefault(key, actor)
        if other is not actor:
            yield Diagnostic(
                "actor-twice",
                f"“{other.id}” and “{actor.id}” are described in the same words, “{actor.described_as}”, and counted as two.",
                actor.location,
                help="If they are one, use one id; if they are two, say so in the words: “another …”.",
                also=(other.location,),
                subject=actor.id,
            )


def same_names(site: Site) -> Iterator[Diagnostic]:
    """Report two actors of one kind with the same name but for accents, capitals, titles and one letter or two; two with different offices are two people."""
    first: dict[tuple[str, ...], list[Actor]] = {}
    for actor in site.actors.values():
        if actor.type == UNNAMED or not actor.name:
            continue
        words = _name(actor.name)
        key = (actor.type, *(word[:_BEGINS] for word in words))
        others = first.setdefault(key, [])
        near = others[-_MOST_COMPARED:]
        other = next(
            (candidate for candidate in near if _is_same(words, _name(candidate.name)) and not _are_told_apart(actor, candidate)), None
        )
        if other is not None:
            how = characters.apart(actor.name, other.name, "the one", "the other")
            yield Diagnostic(
                "actor-twice",
                f"“{other.id}” and “{actor.id}” may be one: {_both(other.name, actor.name)}" + (f": {how}." if how else "."),
                actor.location,
                help="If they are one, use one id. If they are two, give each "
                + ("an office, under “position:”," if actor.type == PERSON else "a name")
                + " by which readers can tell them apart.",
                also=(other.location,),
                subject=actor.name,
            )
        others.append(actor)


def _both(one: str, other: str) -> str:
    return f"both are called {one}" if one == other else f"they are called {one} and {other}"


def _is_same(words: tuple[str, ...], others: tuple[str, ...]) -> bool:
    if words == others:
        return True
    different = [(one, other) for one, other in zip(words, others, strict=False) if one != other]
    if len(words) != len(others) or len(words) < 2 or len(different) != 1:
        return False
    ((one, other),) = different
    if _are_of_two_genders(one, other):
        return False
    is_long = (
        min(len(one), len(other)) >= _LEAST
        and max(len(one), len(other)) <= characters.LONGEST_COMPARED
        and one.isalpha()
        and other.isalpha()
    )
    return is_long and difflib.SequenceMatcher(None, one, other).ratio() >= _LIKENESS


_OF_WOMEN = frozenset("aаяα")
_LAST_LETTERS = 3


def _are_of_two_genders(one: str, other: str) -> bool:
    """Return whether two words are a man's and a woman's name: Alexander and Alexandra, Christian and Christiane, Иванов and Иванова."""
    if one.startswith(other) or other.startswith(one):
        return max(one, other, key=len)[-1] in _OF_WOMEN | {"e"}
    begins = min(len(one), len(other)) - _LAST_LETTERS
    return one[:begins] == other[:begins] and (one[-1] in _OF_WOMEN) != (other[-1] in _OF_WOMEN)


def _are_told_apart(one: Actor, other: Actor) -> bool:
    """Return whether both have an office, or stand for an entry elsewhere, and these differ."""
    offices = [{held.role.casefold() for held in actor.positions} for actor in (one, other)]
    elsewhere = [set(actor.same_as) for actor in (one, other)]
    return any(all(both) and both[0].isdisjoint(both[1]) for both in (offices, elsewhere))


@lru_cache(maxsize=65536)
def _name(name: str) -> tuple[str, ...]:
    """Return the words of a name, sorted, without accents, capitals and forms of address."""
    return tuple(sorted(word for word in _words(name) if word not in courtesies() and word != "the"))


def _described(words: str) -> str:
    return " ".join(word for word in _words(words.replace(".", "")) if word not in _ARTICLES)


def _words(text: str) -> Iterable[str]:
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", characters.plain(text))
        text = unicodedata.normalize("NFC", "".join(char for char in plain if not unicodedata.combining(char) or char > "\u036f"))
    return _WORDS.findall(text.casefold())
