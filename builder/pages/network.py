"""The connections of an actor that records state.

Actors named in the same explainers are listed apart: that is no connection.
"""

import heapq
from collections import Counter, defaultdict
from itertools import chain

import msgspec

from builder.model import FACTS, LONG_LIST, Site
from builder.pages import cards
from builder.pages.shapes import Ref

MOST_CONNECTIONS = 10
"""Others in either list: those with most ties, or named most often."""

NEWEST = 12
"""Explainers of an actor in which others are counted who are named there too: those of somebody who is in thousands would all have to be read."""

CROWD = 200
"""Who take part in one event, or act in one explainer: more than that are not connected by it."""


class Connection(msgspec.Struct, frozen=True, gc=False):
    """An actor connected with another by records."""

    actor: Ref
    ties: tuple[str, ...]
    """What connects them, in words: `2 events`, `belongs to it`, `denies their words`."""


class Companion(msgspec.Struct, frozen=True, gc=False):
    """An actor named in the same explainers, which is no connection."""

    actor: Ref
    stories: int
    """How many explainers both act or speak in, of the newest."""


def connections(site: Site, actor_id: str) -> tuple[Connection, ...]:
    """Return the actors that records connect with one, most ties first."""
    ties = _ties(site, actor_id)
    names = [name for _, name in heapq.nsmallest(MOST_CONNECTIONS, [(-weight, other) for other, (weight, _) in ties.items()])]
    return tuple([Connection(cards.actor_ref(site, name), ties[name][1]) for name in names])


def companions(site: Site, actor_id: str) -> tuple[Companion, ...]:
    """Return the actors named in most of the newest explainers of an actor."""
    stories = Counter(chain.from_iterable([_cast(site, slug) for slug in site.explainers_of.get(actor_id, ())[:NEWEST]]))
    stories.pop(actor_id, None)
    most = heapq.nsmallest(MOST_CONNECTIONS, [(-number, other) for other, number in stories.items()])
    return tuple(Companion(cards.actor_ref(site, other), -number) for number, other in most)


def newest(site: Site, actor_id: str) -> int:
    """Return in how many of the newest explainers companions are counted; 0 where that is all of them."""
    return NEWEST if len(site.explainers_of.get(actor_id, ())) > NEWEST else 0


def _ties(site: Site, actor_id: str) -> dict[str, tuple[int, tuple[str, ...]]]:
    """Return the actors connected with one by an event, an office or quotes, with the number of ties and their words."""
    word, plural = site.language.word, site.language.plural
    in_certain: list[str] = []
    in_others: list[str] = []
    for event in site.events_of.get(actor_id, ()):
        found = site.events[event]
        (in_certain if found.status in FACTS else in_others).extend(_company(found.actors))
    certain, other_events = Counter(in_certain), Counter(in_others)
    words: defaultdict[str, dict[str, None]] = defaultdict(dict)
    event_counts = {number: plural("1 event", "{n} events", number) for number in set(certain.values())}
    for other, number in certain.items():
        words[other][event_counts[number]] = None
    # An event that was only planned or alleged connects no actors yet.
    event_counts = {number: plural("1 event not certain", "{n} events not certain", number) for number in set(other_events.values())}
    for other, number in other_events.items():
        words[other][event_counts[number]] = None
    between = {
        "denies": word("one denies the other"),
        "confirms": word("one confirms the other"),
        "answers": word("one answers the other"),
        "repeats": word("one repeats the other"),
    }
    as_read = word("as we read it")
    actor = site.actors[actor_id]
    for body in (actor.of, *(held.of for held in actor.positions)):
        words[body][word("member or office holder")] = None
    for member in site.members.get(actor_id, ())[:LONG_LIST]:
        words[member][word("member or office holder")] = None
    for quote in site.said_by.get(actor_id, ())[-LONG_LIST:]:
        for who in site.quotes[quote].to if "to" not in site.quotes[quote].derived else ():
            words[who][word("spoken to")] = None
        for relation in cards.related(site, quote):
            for who in site.quotes[relation.other].speakers:
                words[who][f"{between[relation.relation]} ({as_read})" if relation.ours else between[relation.relation]] = None
    return {other: (certain[other] + len(ties), tuple(ties)) for other, ties in words.items() if other != actor_id and other in site.actors}


@cards.once_a_site
def _cast(site: Site, slug: str) -> tuple[str, ...]:
    return _company(tuple([part.id for part in site.cast[slug]]))


def _company(all_of_them: tuple[str, ...]) -> tuple[str, ...]:
    return all_of_them if len(all_of_them) < CROWD else ()
