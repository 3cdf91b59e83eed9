"""Events: the timeline of all of them, and a page for each."""

from collections.abc import Iterator

import msgspec

from builder import urls
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


class Span(msgspec.Struct, frozen=True, gc=False):
    """The events of one year."""

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
        yield Page(
            urls.event(key),
            "event.html",
            _page(site, key, keys[n - 1 : n] if n else (), keys[n + 1 : n + 2]),
            gathered.event_data(site, key),
        )


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
    word = site.language.word
    keys = tuple(site.events)
    statuses = tuple(sorted({event.status for event in site.events.values()}))
    for path, pager, part in chunks("events/", keys, PER_TIMELINE):
        root = urls.root(path)
        spans: dict[str, list[EventCard]] = {}
        for key in keys[part]:
            date = site.events[key].when.date
            title = word("No date known") if date is None or date.lower is None else str(_year(date.lower))
            spans.setdefault(title, []).append(cards.event_card(site, key, root))
        yield Page(
            path,
            "timeline.html",
            TimelinePage(
                path=path,
                root=root,
                section="events",
                title=word("Timeline"),
                summary=word("Every event that these explainers tell of, with how firm it is."),
                spans=tuple(Span(title, tuple(found)) for title, found in spans.items()),
                statuses=tuple((status, cards.status_words(site, status)) for status in statuses),
                pager=pager,
            ),
        )


def _year(day: int) -> int:
    """Return the year of a day's ordinal in the proleptic Gregorian calendar (Howard Hinnant's `civil_from_days`)."""
    shifted = day - 1 + 306
    era, of_era = divmod(shifted, 146097)
    year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
    day_of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
    return year_of_era + era * 400 + (1 if day_of_year >= 306 else 0)
