"""Events: the timeline of all of them, and a page for each."""

from collections import Counter
from collections.abc import Iterator
from functools import partial

import msgspec

from builder import dates, urls
from builder.dates import days
from builder.model import Site, Trusted
from builder.views import cards, gathered, machine, prose
from builder.views.pages import Page, Pager, chunks
from builder.views.shapes import DataFile, DateView, EventCard, MentionView, QuoteCard, Ref

PER_TIMELINE = 500


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


MANY_IN_A_YEAR = 12
"""Events from which on a year is divided into its months."""


class Span(msgspec.Struct, frozen=True, gc=False):
    """The events of one year, or of one month of a year that has many."""

    title: str
    events: tuple[EventCard, ...]


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
    keys = tuple(site.events)
    for n, key in enumerate(keys):
        view = partial(_page, site, key, keys[n - 1 : n] if n else (), keys[n + 1 : n + 2])
        yield Page(urls.event(key), "event.html", view, partial(gathered.event_data, site, key))


def _page(site: Site, key: str, before: tuple[str, ...], after: tuple[str, ...]) -> EventPage:
    event = site.events[key]
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
    )


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


def _spans(site: Site, keys: tuple[str, ...], root: str) -> tuple[Span, ...]:
    dated = [(key, _begins(site.events[key].when.date)) for key in keys]
    in_year = Counter(begins[0] for _, begins in dated if begins is not None)
    found: dict[str, list[EventCard]] = {}
    for key, begins in dated:
        if begins is None:
            title = site.language.word("No date known")
        elif in_year[begins[0]] > MANY_IN_A_YEAR and begins[1]:
            title = dates.wording(dates.parse(f"{begins[0]:04}-{begins[1]:02}"), site.language)
        else:
            title = str(begins[0])
        found.setdefault(title, []).append(cards.event_card(site, key, root))
    return tuple(Span(title, tuple(events)) for title, events in found.items())


def _begins(date: dates.Date | None) -> tuple[int, int] | None:
    """Return the year and the month of a date; 0 for the month where it leaves that open. None where not even the year is known."""
    first = None if date is None else date.upper if date.lower is None else date.lower
    if date is None or first is None:
        return None
    year, month, _ = days.civil(first)
    last = days.civil(date.upper) if date.lower is not None and date.upper is not None else (year, month, 1)
    return (year, month if last[:2] == (year, month) and 0 < year < 10_000 else 0)
