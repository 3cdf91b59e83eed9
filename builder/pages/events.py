"""Events: the timeline of all of them, and a page for each."""

from collections.abc import Iterator, Mapping

import msgspec

from builder import dates, urls
from builder.model import CLAIMED, FACTS, LONG_LIST, Site, Trusted
from builder.pages import body_html, cards, data_files, data_records, labels, long_lists, share_images, timeline_spans
from builder.pages.locator_map import LocatorMap, locator
from builder.pages.page import Page, Pager, Query, paginate
from builder.pages.shapes import DataFile, DateView, EventCard, Frame, MentionView, QuoteCard, Ref, ShareImage

PER_TIMELINE = 2_000
"""On one page, so that its filters find all events of a large site."""

FAR = 12
"""Events on either side of one, in the timeline of an explainer, among which the one before and the one after it are looked for."""


class EventPage(msgspec.Struct, frozen=True, gc=False):
    """What `event.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    event: EventCard
    by_heading: str
    """`event.by_words` as a heading: `Denied by`."""
    actors_heading: str
    """`Involved`, `Said to be involved` or `Would be involved`, by the status."""
    as_of: DateView | None
    """The newest `as_of` of the explainers that have it; None if it has happened."""
    locator: LocatorMap | None
    """Where it is; None if its place has no coordinates."""
    account: Trusted
    same_as: tuple[Ref, ...]
    quotes: tuple[QuoteCard, ...]
    """What was said about it, in order of time."""
    mentions: tuple[MentionView, ...]
    before: tuple[EventCard, ...]
    """The event before it in the same explainers."""
    after: tuple[EventCard, ...]
    share: ShareImage | None
    """That of the newest explainer that has it."""
    data: tuple[DataFile, ...]
    extra: tuple[tuple[str, str], ...]
    frame: Frame | None
    """Nothing where the site has no `embeds`."""
    titles: Mapping[str, str]
    """The heading of each list, by the field that has it."""
    longer: tuple[long_lists.TruncatedList, ...]
    """The lists of which only one end is here."""


class TimelinePage(msgspec.Struct, frozen=True, gc=False):
    """What `timeline.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    spans: tuple[timeline_spans.Span, ...]
    statuses: tuple[tuple[str, str], ...]
    """(status, its words) of all that occur, for the legend."""
    inferred: bool
    """Whether the status of some events was inferred from their date."""
    pager: Pager


def detail_pages(site: Site) -> Iterator[Page]:
    """Yield a page for each event."""
    for key in site.events:
        data = Query(data_records.event_data, key)
        yield Page(urls.event_path(key), "event.html", Query(event_page, key), data, "event", ("event", key))


def event_page(site: Site, event_id: str) -> EventPage:
    """Return all that the page of an event shows."""
    event = site.events[event_id]
    before, after = _neighbours(site, event_id)
    path = urls.event_path(event_id)
    root = urls.root_path(path)
    card = cards.event_card(site, event_id, root)
    when: DateView | None = card.when
    shown, longer = long_lists.shown(site, "event", event_id)
    return EventPage(
        path=path,
        root=root,
        section="events",
        # Where only this is shown, in a tab or of a shared link, a plan must not read like a fact.
        title=cards.headed(site, event),
        summary=", ".join(part for part in (event.title, when.words if when is not None else "", card.standing) if part) + ".",
        event=card,
        by_heading=card.by_words[:1].upper() + card.by_words[1:],
        actors_heading=_actors_heading(site, card.status),
        as_of=cards.event_as_of(site, event_id),
        locator=locator(site, (card,)),
        account=body_html.text(site, ("event", event_id), event.text, root, file=event.location.path),
        same_as=tuple(map(labels.same_as, event.same_as)),
        quotes=tuple(cards.quote_card(site, quote) for quote in shown["quotes"]),
        mentions=tuple(cards.mention(site, mention) for mention in shown["mentions"]),
        before=tuple(cards.event_card(site, other, root) for other in before),
        after=tuple(cards.event_card(site, other, root) for other in after),
        share=share_images.of_first(site, (mention.slug for mention in site.event_mentions.get(event_id, ()))),
        data=data_files.of_event(site, event_id),
        extra=cards.noted(site, event.extra),
        frame=cards.frame(site, "events", event_id, title=cards.headed(site, event)),
        titles=long_lists.titles(site, "event"),
        longer=longer,
    )


def _actors_heading(site: Site, status: str) -> str:
    word = site.language.word
    if status in FACTS:
        return word("Involved")
    return word("Said to be involved") if status in CLAIMED else word("Would be involved")


def _neighbours(site: Site, event_id: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the events before and after one in the timelines of its explainers.

    The nearest on a timeline is not enough: the order of two overlapping dates is unknown.
    """
    when = site.events[event_id].when.date
    if when is None:
        return (), ()
    before: dict[str, dates.Date] = {}
    after: dict[str, dates.Date] = {}
    for mention in site.event_mentions.get(event_id, ())[:LONG_LIST]:
        timeline = site.timelines[mention.slug]
        # An event that an explainer names in its text alone is on no timeline there.
        index = timeline.index(event_id) if event_id in timeline else None
        for found, wanted, keys in (
            (before, -1, timeline[:index][::-1] if index is not None else ()),
            (after, 1, timeline[index + 1 :] if index is not None else ()),
        ):
            for other in keys[:FAR]:
                date = site.events[other].when.date
                if date is not None and dates.compare(date, when) == wanted:
                    found[other] = date
                    break
    return (
        tuple(sorted(before, key=lambda other: (dates.sort_key(before[other]), other)))[-1:],
        tuple(sorted(after, key=lambda other: (dates.sort_key(after[other]), other)))[:1],
    )


def index_pages(site: Site) -> Iterator[Page]:
    """Yield the timeline of all events."""
    event_ids = tuple(site.events)
    for path, pager, part in paginate("events/", event_ids, PER_TIMELINE):
        yield Page(path, "timeline.html", Query(_list, path, pager, event_ids[part]), kind="list")


def _list(site: Site, path: str, pager: Pager, event_ids: tuple[str, ...]) -> TimelinePage:
    word = site.language.word
    root = urls.root_path(path)
    return TimelinePage(
        path=path,
        root=root,
        section="events",
        title=word("Timeline"),
        summary=word("Every event, with its date and status."),
        spans=timeline_spans.spans(site, event_ids, root),
        statuses=tuple((status, cards.status_words(site, status)) for status in dict.fromkeys(status for status, _ in _statuses(site))),
        inferred=("occurred", True) in _statuses(site),
        pager=pager,
    )


@cards.once_a_site
def _statuses(site: Site) -> tuple[tuple[str, bool], ...]:
    """Return the statuses of all events, each with whether it was inferred."""
    return tuple(sorted({(event.status, "status" in event.derived) for event in site.events.values()}))
