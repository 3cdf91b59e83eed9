"""Which names of actors lead to one of them alone, and which may be of several."""

from collections.abc import Iterable, Mapping

from builder.mentions import plain
from builder.model import PERSON, UNNAMED, Actor


def bearers(actors: Iterable[Actor]) -> Mapping[str, tuple[str, ...]]:
    """Return each name and alias with the ids of those who may be meant by it: all who are called so, and of an alias of one word also people with that word in their name.

    So “Lee” may be Ann Lee, whose alias it is, and Bob Lee. The word of another name, as “Boeing” in “Boeing Workers”, tells nothing.
    """
    named = [actor for actor in actors if actor.type != UNNAMED]
    found: dict[str, dict[str, None]] = {}
    for actor in named:
        for name in map(plain, (actor.name, *actor.alias)):
            if name:
                found.setdefault(name, {})[actor.id] = None
    people = {actor.id: plain(actor.name) for actor in named if actor.type == PERSON and actor.name}
    for key, name in people.items():
        for word in name.split():
            of = found.get(word)
            if of is not None and word != name and any(one in people and people[one] != word for one in of):
                of[key] = None
    return {name: tuple(of) for name, of in found.items()}
