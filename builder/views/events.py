"""Events: the timeline of all of them, and a page for each."""

import bisect
import itertools
from collections.abc import Iterator, Sequence
from functools import partial

import msgspec

from builder import dates, urls
from builder.model import Site, Trusted
from builder.views import cards, entries, gathered, machine, prose, spans
from builder.views.pages import Page, Pager, chunks
from builder.views.shapes import DataFile, DateView, EventCard, Frame, MentionView, QuoteCard, Ref

PER_TIMELINE = 2_000
"""On one page, so that its filters find all events of a large site."""

FAR = 6
"""Events on either side of one among which the one before and the one after it are looked for."""


class EventPage(msgspec.Struct, frozen=True, gc=False):
    """What `event.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    event: EventCard
    as_of: DateView | None
    """The newest day that an explainer which tells of it tells the state of; nothing of what has happened."""
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
    longer: tuple[entries.Longer, ...]
    """The lists of which only one end is here."""


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
    shown, longer = entries.shown(site, "event", key)
    return EventPage(
        path=path,
        root=root,
        section="events",
        # Where only this is shown, in a tab or of a shared link, a plan must not read like a fact.
        title=event.title if event.status in {"occurred", "ongoing"} else f"{event.title} ({card.status_words})",
        summary=", ".join(part for part in (event.title, when.words if when is not None else "", card.status_words) if part) + ".",
        event=card,
        as_of=cards.event_as_of(site, key),
        account=prose.text(site, ("event", key), event.text, root, file=event.place.path),
        same_as=tuple(
            Ref("Wikidata", f"https://www.wikidata.org/wiki/{address[3:]}") if address.startswith("wd:") else Ref(address, address)
            for address in event.same_as
        ),
        quotes=tuple(cards.quote_card(site, quote) for quote in shown["quotes"]),
        mentions=tuple(cards.mention(site, mention) for mention in shown["mentions"]),
        before=tuple(cards.event_card(site, other, root) for other in before),
        after=tuple(cards.event_card(site, other, root) for other in after),
        data=machine.of_event(site, key),
        extra=cards.noted(site, event.extra),
        frame=cards.frame(site, "events", key, title=event.title),
        longer=longer,
    )


def _neighbours(site: Site, key: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the event before and the event after: those of its own actors, where these have any.

    Nearest on the timeline is not enough: of two dates that overlap, nobody knows which came first.
    """
    keys, order, of_actor = _order(site)
    when = site.events[key].when.date
    if when is None:
        return (), ()

    def nearest(places: Sequence[int], wanted: int) -> list[int]:
        for place in itertools.islice(places, FAR):
            date = site.events[keys[place]].when.date
            if date is not None and dates.compare(date, when) == wanted:
                return [place]
        return []

    place = order[key]
    before, after = [], []
    for actor in dict.fromkeys(site.events[key].actors):
        places = of_actor.get(actor, [])
        n = bisect.bisect_left(places, place)
        before += nearest(places[max(0, n - FAR) : n][::-1], -1)
        after += nearest(places[n + 1 : n + 1 + FAR], 1)
    before = before or nearest(range(place - 1, -1, -1), -1)
    after = after or nearest(range(place + 1, len(keys)), 1)
    return tuple(keys[n] for n in sorted(before)[-1:]), tuple(keys[n] for n in sorted(after)[:1])


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
