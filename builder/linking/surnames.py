"""Surnames that become links behind the full name: in an explainer of format 2, if no other record of the site may be meant."""

from collections.abc import Collection, Container, Mapping
from functools import lru_cache
from typing import NamedTuple

from builder import dates
from builder.i18n.language import Language
from builder.i18n.lexicons.name_order import FamilyName, family_name
from builder.linking import actor_types
from builder.linking.record_names import fold
from builder.model import PERSON, Actor, Event

FEWEST_LETTERS = 3
_FEWEST_IN_FRONT = 2
"""Letters of a surname that stands first, as Xi does."""
_BEHIND = frozenset(["jr", "sr", "ii", "iii", "iv", "jnr", "snr", "md", "phd", "mp", "mep"])
"""What may stand behind a surname."""

_SOME_DAY = dates.parse("2020-06-15")


def words_of_actor(actor: Actor) -> tuple[str, ...]:
    """Return the words of the names of an actor, folded."""
    return _words_of(actor.name, *actor.alias, *actor.weak_alias)


def words_of_place(event: Event) -> tuple[str, ...]:
    """Return the words of the place of an event, folded."""
    return tuple(dict.fromkeys(_words(event.where))) if event.where else ()


def offices_of(actor: Actor) -> frozenset[str]:
    """Return the words of the offices of an actor, in small letters."""
    return _words_of_roles(*(held.role for held in actor.positions))


@lru_cache(maxsize=65_536)
def _words_of_roles(*roles: str) -> frozenset[str]:
    return frozenset(word.strip(".,()").casefold() for role in roles for word in role.replace("-", " ").split())


@lru_cache(maxsize=65_536)  # a preview asks for all names of a site after each save
def _words_of(*names: str) -> tuple[str, ...]:
    return tuple({word: None for name in names for word in _words(name)})


@lru_cache(maxsize=65_536)
def _words(name: str) -> tuple[str, ...]:
    return tuple(word for part in fold(name).replace("-", " ").split() if (word := part.strip(".,()")))


def is_unshared(surname: str, actor_id: str, owners: Mapping[str, Collection[str]], places: Container[str]) -> bool:
    """Return whether the last word of a surname is in the name of the actor `actor_id` alone, and in that of no place; `owners` and `places` are of folded words."""
    word = fold(surname.rpartition(" ")[2])
    return bool(word) and set(owners.get(word, ())) == {actor_id} and word not in places


def surname_of(actor: Actor, language: Language) -> str:
    """Return the surname of a person, with the small words before it: “van der Berg”, and “Xi” of Xi Jinping; "" if it is not certain to be one."""
    found = divided(actor).surname if actor.type == PERSON else ""
    last = found.rpartition(" ")[2]
    letters = sum(map(str.isalpha, last))
    if letters < (FEWEST_LETTERS if actor.name.endswith(found) else _FEWEST_IN_FRONT) or not last[0].isupper():
        return ""
    return "" if actor_types.kind_of(last) or dates.resolve(last, _SOME_DAY, language) is not None else found


class DividedName(NamedTuple):
    """The name of a person, as far as lists of names tell its order."""

    given: str
    surname: str
    """"" if it is not known."""


def divided(actor: Actor) -> DividedName:
    """Return the given names and the surname of a person: all but the last word, or but the first in “Xi Jinping”."""
    words = [word.strip(",") for word in actor.name.split()]
    while len(words) > 1 and words[-1].strip(".").casefold() in _BEHIND:
        words.pop()
    if len(words) < len(("given", "surname")):
        return DividedName(actor.name, "")
    place = family_name(words)
    if place is not FamilyName.LAST:
        return DividedName(" ".join(words[1:]), words[0]) if place is FamilyName.FIRST else DividedName(words[0], "")
    first = len(words) - 1
    while first > 1 and words[first - 1].islower():
        first -= 1
    return DividedName(" ".join(words[:first]), " ".join(words[first:]))
