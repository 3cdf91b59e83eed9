"""Whom an actor appears with, as a small drawing: the actor in the middle, the others around, the nearer the more they share."""

import heapq
from collections import Counter
from collections.abc import Mapping
from itertools import chain

import msgspec

from builder.model import Site
from builder.views import cards
from builder.views.shapes import Ref

MOST = 10
"""Companions in the drawing and in its list: those that share most."""

NEWEST = 12
"""Explainers of an actor in which companions are looked for: those of somebody who is in thousands would all have to be read."""

CROWD = 200
"""Who take part in one event, or act in one explainer: so many are nobody's companions for that."""

# Where the companions stand, on an ellipse from the top, clockwise: in thousandths of its radii, so that every machine draws the same.
_PLACES = tuple(
    (round(1000 * x), round(1000 * y))
    for x, y in (
        (0.0, -1.0),
        (0.588, -0.809),
        (0.951, -0.309),
        (0.951, 0.309),
        (0.588, 0.809),
        (0.0, 1.0),
        (-0.588, 0.809),
        (-0.951, 0.309),
        (-0.951, -0.309),
        (-0.588, -0.809),
    )
)
WIDTH, HEIGHT = 640, 300
_ACROSS, _DOWN = 140, 118


class Companion(msgspec.Struct, frozen=True, gc=False):
    """Somebody with whom an actor appears, and where the drawing has them."""

    actor: Ref
    events: int
    """How many events both took part in."""
    stories: int
    """How many explainers both act or speak in, of the newest."""
    x: int
    y: int
    anchor: str
    """On which side of the point the name stands: `start`, `middle` or `end`."""
    weight: int
    """Of the line between them, from 1 to 5."""


def companions(site: Site, key: str) -> tuple[Companion, ...]:
    """Return whom an actor appears with, those first who share most."""
    events, stories = _shared(site, key)
    shared, told = events.get, stories.get
    names = [name for _, _, name in heapq.nsmallest(MOST, [(-shared(one, 0), -told(one, 0), one) for one in {*events, *stories}])]
    count = len(names)
    made = []
    for n, other in enumerate(names):
        across, down = _PLACES[n * len(_PLACES) // count]
        both = events.get(other, 0)
        made.append(
            Companion(
                cards.actor_ref(site, other),
                both,
                stories.get(other, 0),
                WIDTH // 2 + _ACROSS * across // 1000,
                HEIGHT // 2 + _DOWN * down // 1000,
                "start" if across > 100 else "end" if across < -100 else "middle",
                min(5, 1 + both),
            )
        )
    return tuple(made)


def newest(site: Site, key: str) -> int:
    """Return in how many of the newest explainers companions are counted; 0 where that is all of them."""
    return NEWEST if len(site.stories_of.get(key, ())) > NEWEST else 0


def _shared(site: Site, key: str) -> tuple[Mapping[str, int], Mapping[str, int]]:
    took_part = Counter(chain.from_iterable([_company(site.events[event].actors) for event in site.events_of.get(key, ())]))
    events = {other: number for other, number in took_part.items() if other != key and other in site.actors}
    stories = Counter(chain.from_iterable([_cast(site, slug) for slug in site.stories_of.get(key, ())[:NEWEST]]))
    stories.pop(key, None)
    return events, stories


@cards.once_a_site
def _cast(site: Site, slug: str) -> tuple[str, ...]:
    return _company(tuple([part.id for part in site.cast[slug]]))


def _company(all_of_them: tuple[str, ...]) -> tuple[str, ...]:
    return all_of_them if len(all_of_them) < CROWD else ()
