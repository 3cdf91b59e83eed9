"""Ranks the events of an explainer: key events first, then those with most quotes."""

from collections import Counter

from builder.model import Site
from builder.pages import cards


def is_key(site: Site, slug: str, event: str) -> bool:
    """Return whether the author calls an event key: in this story itself, else in the event's own file."""
    own = cards.own_events(site, slug).get(event)
    return own.key if own is not None and "key" in own.given else site.events[event].shared and site.events[event].key


@cards.for_a_while
def ranked(site: Site, slug: str) -> tuple[str, ...]:
    """Return the ids of the events of a timeline by rank; of two equals, the later one comes first."""
    said = spoken_of(site, slug)
    timeline = site.timelines[slug]
    return tuple(sorted(timeline, key=lambda event: (not is_key(site, slug, event), -said[event], -timeline.index(event))))


@cards.for_a_while
def spoken_of(site: Site, slug: str) -> Counter[str]:
    """Return how many of a story's quotes are about each event."""
    return Counter(event for key in site.quotes_in[slug] for event in site.quotes[key].about)
