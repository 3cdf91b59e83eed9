"""Events: the timeline of all of them, and a page for each."""

import bisect
from collections.abc import Iterator
from functools import partial

import msgspec

from builder import urls
from builder.model import Site, Trusted
from builder.views import cards, gathered, machine, prose, spans
from builder.views.pages import Page, Pager, chunks
from builder.views.shapes import DataFile, DateView, EventCard, Frame, MentionView, QuoteCard, Ref

PER_TIMELINE = 2_000
"""On one page, so that its filters find all events of a large site."""


class EventPage(msgspec.Struct, frozen=True, gc=False):
    """What `event.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    event: EventCard
    account: Trusted
    same_as: tuple[Ref, ...]
    quotes: tuple[QuoteCard, ...]
    """What was said about it, in order of time."""
    mentions: tuple[MentionView, ...]
    before: tuple[EventCard, ...]
    """The event before it, of those that share an actor with it; else of all."""
    after: tuple[EventCard, ...]
    data: tuple[DataFile, ...]
    extra: tuple[tuple[str, str], ...]
    frame: Frame | None
    """Nothing where the site has no `embeds`."""


class TimelinePage(msgspec.Struct, frozen=True, gc=False):
    """What `timeline.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    spans: tuple[spans.Span, ...]
    statuses: tuple[tuple[str, str], ...]
    """(status, its words) of all that occur, for the legend."""
    pager: Pager


def one_each(site: Site) -> Iterator[Page]:
    """Yield a page for each event."""
    for key in site.events:
        yield Page(urls.event(key), "event.html", partial(_page, site, key), partial(gathered.event_data, site, key))


def _page(site: Site, key: str) -> EventPage:
    event = site.events[key]
    before, after = _neighbours(site, key)
    path = urls.event(key)
    root = urls.root(path)
    card = cards.event_card(site, key, root)
    when: DateView | None = card.when
    return EventPage(
        path=path,
        root=root,
        section="events",
        title=event.title,
        summary=", ".join(part for part in (event.title, when.words if when is not None else "", card.status_words) if part) + ".",
        event=card,
        account=prose.line(site, ("event", key), event.text, root, file=event.place.path),
        same_as=tuple(
            Ref("Wikidata", f"https://www.wikidata.org/wiki/{address[3:]}") if address.startswith("wd:") else Ref(address, address)
            for address in event.same_as
        ),
        quotes=tuple(cards.quote_card(site, quote) for quote in site.said_about.get(key, ())),
        mentions=tuple(cards.mention(site, mention) for mention in site.tellings.get(key, ())),
        before=tuple(cards.event_card(site, other, root) for other in before),
        after=tuple(cards.event_card(site, other, root) for other in after),
        data=machine.of_event(site, key),
        extra=event.extra,
        frame=cards.frame(site, "events", key, title=event.title),
    )


def _neighbours(site: Site, key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the event before and the event after: those of its own actors, where these have any."""
    keys, order, of_actor = _order(site)
    place = order[key]
    before, after = [], []
    for actor in dict.fromkeys(site.events[key].actors):
        places = of_actor.get(actor, [])
        n = bisect.bisect_left(places, place)
        before += places[n - 1 : n] if n else []
        after += places[n + 1 : n + 2]
    earlier = max(before) if before else place - 1
    later = min(after) if after else place + 1
    return keys[earlier : earlier + 1] if earlier >= 0 else (), keys[later : later + 1]


@cards.once_a_site
def _order(site: Site) -> tuple[tuple[str, ...], dict[str, int], dict[str, list[int]]]:
    """Return all events in order, the place of each, and the places of each actor's."""
    order = {key: n for n, key in enumerate(site.events)}
    return tuple(order), order, {actor: sorted(order[key] for key in keys) for actor, keys in site.events_of.items()}


def lists(site: Site) -> Iterator[Page]:
    """Yield the timeline of all events."""
    keys = tuple(site.events)
    for path, pager, part in chunks("events/", keys, PER_TIMELINE):
        yield Page(path, "timeline.html", partial(_list, site, path, pager, keys[part]))


def _list(site: Site, path: str, pager: Pager, keys: tuple[str, ...]) -> TimelinePage:
    word = site.language.word
    root = urls.root(path)
    return TimelinePage(
        path=path,
        root=root,
        section="events",
        title=word("Timeline"),
        summary=word("Every event that these explainers tell of, with how firm it is."),
        spans=spans.spans(site, keys, root),
        statuses=tuple((status, cards.status_words(site, status)) for status in _statuses(site)),
        pager=pager,
    )


@cards.once_a_site
def _statuses(site: Site) -> tuple[str, ...]:
    return tuple(sorted({event.status for event in site.events.values()}))
