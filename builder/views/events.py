"""Events: the timeline of all of them, and a page for each."""

import bisect
from collections import Counter
from collections.abc import Iterator
from functools import partial

import msgspec

from builder import dates, urls
from builder.dates import days
from builder.model import Site, Trusted
from builder.views import cards, prose
from builder.views.pages import Page, Pager, chunks
from builder.views.shapes import DateView, EventCard, MentionView, QuoteCard, Ref

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
    extra: tuple[tuple[str, str], ...]


FEW = 7
"""Up to so many events need no headings between them."""
MANY_IN_A_YEAR = 12
"""Events from which on a year is divided into its months."""


class Span(msgspec.Struct, frozen=True, gc=False):
    """The events of one year, or of one month of a year that has many."""

    title: str
    events: tuple[EventCard, ...]


class Group(msgspec.Struct, frozen=True, gc=False):
    """The events of one year, or of one month of a year that has many, in the timeline of a story or an actor."""

    title: str
    at: tuple[int, ...]
    """Which of the timeline's events."""


class TimelinePage(msgspec.Struct, frozen=True, gc=False):
    """What `timeline.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    spans: tuple[Span, ...]
    statuses: tuple[tuple[str, str], ...]
    """(status, its words) of all that occur, for the legend."""
    pager: Pager


def one_each(site: Site) -> Iterator[Page]:
    """Yield a page for each event."""
    for key in site.events:
        yield Page(urls.event(key), "event.html", partial(_page, site, key))


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
        extra=event.extra,
    )


def _neighbours(site: Site, key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the event before and the event after: those of its own actors, where these have any."""
    order, of_actor = _order(site)
    place = order[key]
    before, after = [], []
    for actor in dict.fromkeys(site.events[key].actors):
        places = of_actor.get(actor, [])
        n = bisect.bisect_left(places, place)
        before += places[n - 1 : n] if n else []
        after += places[n + 1 : n + 2]
    keys = tuple(site.events)
    earlier = max(before) if before else place - 1
    later = min(after) if after else place + 1
    return keys[earlier : earlier + 1] if earlier >= 0 else (), keys[later : later + 1]


@cards.once_a_site
def _order(site: Site) -> tuple[dict[str, int], dict[str, list[int]]]:
    """Return the place of each event in the order of all, and the places of each actor's."""
    order = {key: n for n, key in enumerate(site.events)}
    return order, {actor: sorted(order[key] for key in keys) for actor, keys in site.events_of.items()}


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
        spans=_spans(site, keys, root),
        statuses=tuple((status, cards.status_words(site, status)) for status in _statuses(site)),
        pager=pager,
    )


@cards.once_a_site
def _statuses(site: Site) -> tuple[str, ...]:
    return tuple(sorted({event.status for event in site.events.values()}))


def groups(site: Site, timeline: tuple[EventCard, ...]) -> tuple[Group, ...]:
    """Return a timeline by year or month; nothing where it is short, or all of one."""
    if len(timeline) <= FEW:
        return ()
    found: dict[str, list[int]] = {}
    for n, title in enumerate(_titles(site, tuple(event.id for event in timeline))):
        found.setdefault(title, []).append(n)
    return tuple(Group(title, tuple(at)) for title, at in found.items()) if len(found) > 1 else ()


def _spans(site: Site, keys: tuple[str, ...], root: str) -> tuple[Span, ...]:
    found: dict[str, list[EventCard]] = {}
    for key, title in zip(keys, _titles(site, keys), strict=True):
        found.setdefault(title, []).append(cards.event_card(site, key, root))
    return tuple(Span(title, tuple(events)) for title, events in found.items())


def _titles(site: Site, keys: tuple[str, ...]) -> Iterator[str]:
    """Yield under which year or month each event stands."""
    dated = [(key, _begins(site.events[key].when.date)) for key in keys]
    in_year = Counter(begins[0] for _, begins in dated if begins is not None)
    for _, begins in dated:
        if begins is None:
            yield site.language.word("No date known")
        elif in_year[begins[0]] > MANY_IN_A_YEAR and begins[1]:
            yield dates.wording(dates.parse(f"{begins[0]:04}-{begins[1]:02}"), site.language)
        else:
            yield str(begins[0])


def _begins(date: dates.Date | None) -> tuple[int, int] | None:
    """Return the year and the month of a date; 0 for the month where it leaves that open. None where not even the year is known."""
    first = None if date is None else date.upper if date.lower is None else date.lower
    if date is None or first is None:
        return None
    year, month, _ = days.civil(first)
    last = days.civil(date.upper) if date.lower is not None and date.upper is not None else (year, month, 1)
    return (year, month if last[:2] == (year, month) and 0 < year < 10_000 else 0)
