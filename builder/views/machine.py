"""Files for machines: what each page is as data, the whole site below `data/`, and the page that lists it. Encoders write them, in `builder.data`."""

import re
from collections.abc import Callable, Iterator

import msgspec

from builder import urls
from builder.data import DRAWN, annotations, calendar
from builder.data.records import VERSION, EventRecord, Nothing, SiteData
from builder.model import Site
from builder.views import cards, gathered
from builder.views.pages import Page
from builder.views.shapes import DataFile

JSON, CSV, ICS, LINKED = "application/json", "text/csv", "text/calendar", "application/ld+json"
ATOM, JSON_FEED = "application/atom+xml", "application/feed+json"


class DataGroup(msgspec.Struct, frozen=True, gc=False):
    """Files of one kind of record."""

    title: str
    files: tuple[DataFile, ...]


class DataPage(msgspec.Struct, frozen=True, gc=False):
    """What `data.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    groups: tuple[DataGroup, ...]


class CardImage(msgspec.Struct, frozen=True, gc=False):
    """What is drawn for an explainer."""

    site: str
    title: str
    date: str
    squares: tuple[str, ...]
    """`full`, `half` or `empty`: one a quote."""


# --- what a page is as data ------------------------------------------------


def _dated(events: tuple[EventRecord, ...]) -> bool:
    return any(calendar.has_days(event.when) for event in events)


def _placed(events: tuple[EventRecord, ...]) -> bool:
    return any(event.when is not None and event.when.first for event in events)


def of_explainer(site: Site, slug: str) -> tuple[DataFile, ...]:
    """Return the files of an explainer; those that would be empty are not made."""
    word = site.language.word
    data = gathered.explainer_data(site, slug)
    path = urls.explainer(slug)
    found: tuple[tuple[bool, str, str, str], ...] = (
        (True, "data.json", "JSON", JSON),
        (annotations.has_any(data), "annotations.jsonld", word("Quotes as Web Annotations"), LINKED),
    )
    if not full(site):
        return _made(path, found)
    found += (
        (bool(data.actors), "actors.csv", word("Who’s who as CSV"), CSV),
        (bool(data.quotes), "quotes.csv", word("Quotes as CSV"), CSV),
        (bool(data.events), "events.csv", word("Timeline as CSV"), CSV),
        (bool(data.sources), "sources.csv", word("Sources as CSV"), CSV),
        (_dated(data.events), "events.ics", word("Timeline as a calendar"), ICS),
        (_placed(data.events), "timeline.json", word("Timeline for TimelineJS"), JSON),
    )
    return _made(path, found)


def full(site: Site) -> bool:
    """Say whether each page has all its formats. A file costs more than what is in it: a thousand explainers have fifteen thousand."""
    return site.settings.data == "full"


def _made(path: str, found: tuple[tuple[bool, str, str, str], ...]) -> tuple[DataFile, ...]:
    return tuple(DataFile(words, path + name, kind) for there, name, words, kind in found if there)


def of_actor(site: Site, key: str) -> tuple[DataFile, ...]:
    """Return the files of an actor."""
    path = urls.actor(key)
    return (DataFile("JSON", f"{path}data.json", JSON), *(feeds_of(site, path) if full(site) else ()))


def of_event(site: Site, key: str) -> tuple[DataFile, ...]:
    """Return the files of an event."""
    path = urls.event(key)
    found: tuple[DataFile, ...] = (DataFile("JSON", f"{path}data.json", JSON),)
    if full(site) and calendar.has_days(gathered.event(site, key).when):
        found += (DataFile(site.language.word("Calendar"), f"{path}event.ics", ICS),)
    return found


def feeds_of(site: Site, path: str) -> tuple[DataFile, ...]:
    """Return the feeds of a page; none where the site does not know its own address."""
    if not site.settings.base_url:
        return ()
    word = site.language.word
    return (DataFile(word("Feed"), f"{path}atom.xml", ATOM), DataFile(word("Feed as JSON"), f"{path}feed.json", JSON_FEED))


def explainers(site: Site) -> Iterator[Page]:
    """Yield the files of every explainer: all from one record."""
    for explainer in site.explainers:
        data = gathered.explainer_data(site, explainer.slug)
        for file in of_explainer(site, explainer.slug):
            yield Page(file.path, file.path.rpartition("/")[2], data)


def actors(site: Site) -> Iterator[Page]:
    """Yield the JSON of every actor."""
    for key in site.actors:
        yield Page(f"{urls.actor(key)}data.json", "data.json", gathered.actor_data(site, key))


def events(site: Site) -> Iterator[Page]:
    """Yield the JSON and the calendar entry of every event."""
    for key in site.events:
        data = gathered.event_data(site, key)
        for file in of_event(site, key):
            yield Page(file.path, "events.ics" if file.type == ICS else "data.json", data)


_LETTERS = re.compile(r"[\x20-\x7e\xa0-\u036f\u0370-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u203a\u20ac\u2212]*")
"""What our fonts can write."""


def image_of(site: Site, slug: str) -> str:
    """Return the path of an explainer's image; "" where none is drawn, or where our fonts could not write its title."""
    found = site.by_slug[slug]
    drawn = site.settings.images and _LETTERS.fullmatch(found.title) and _LETTERS.fullmatch(site.settings.title)
    return f"{urls.explainer(slug)}{DRAWN}" if drawn else ""


def images(site: Site) -> Iterator[Page]:
    """Yield the image of every explainer."""
    for explainer in site.explainers:
        path = image_of(site, explainer.slug)
        if path:
            squares = tuple(cards.quote_card(site, (explainer.slug, quote.id)).basis.square for quote in explainer.quotes)
            when = cards.date(site, explainer.as_of if explainer.as_of.date is not None else explainer.published)
            date = when.words if when is not None and _LETTERS.fullmatch(when.words) else ""
            yield Page(path, DRAWN, CardImage(site.settings.title, explainer.title, date, squares))


# --- the whole site ------------------------------------------------


def whole(site: Site) -> Iterator[Page]:
    """Yield the files of the whole site, and the page that lists them."""
    publication = gathered.publication(site)
    of_explainers = tuple(gathered.explainer(site, explainer.slug) for explainer in site.explainers)
    of_actors = tuple(gathered.actor(site, key) for key in site.actors)
    of_quotes = tuple(gathered.quote(site, key) for key in site.quotes)
    of_events = tuple(gathered.event(site, key) for key in site.events)
    of_sources = tuple(gathered.source(site, key) for key in site.sources)
    word = site.language.word
    groups: list[DataGroup] = []

    def group(title: str, files: Iterator[tuple[str, str, str, str]], data: msgspec.Struct) -> Iterator[Page]:
        listed = []
        for path, encoder, words, kind in files:
            listed.append(DataFile(words, path, kind))
            yield Page(path, encoder, data)
        groups.append(DataGroup(title, tuple(listed)))

    def plain(name: str) -> list[tuple[str, str, str, str]]:
        return [(f"data/{name}.json", "data.json", "JSON", JSON)]

    def both(name: str) -> list[tuple[str, str, str, str]]:
        return [*plain(name), (f"data/{name}.csv", f"{name}.csv", "CSV", CSV)]

    timeline = both("events")
    if _dated(of_events):
        timeline.append(("events/events.ics", "events.ics", "iCalendar", ICS))
    if _placed(of_events):
        timeline.append(("events/timeline.json", "timeline.json", "TimelineJS", JSON))
    make: Callable[..., SiteData] = SiteData
    yield from group(word("Explainers"), iter(plain("explainers")), make(VERSION, publication, explainers=of_explainers))
    yield from group(word("Who’s who"), iter(both("actors")), make(VERSION, publication, actors=of_actors))
    yield from group(word("Quotes"), iter(both("quotes")), make(VERSION, publication, quotes=of_quotes))
    yield from group(word("Timeline"), iter(timeline), make(VERSION, publication, events=of_events))
    yield from group(word("Sources"), iter(both("sources")), make(VERSION, publication, sources=of_sources))
    everything = make(VERSION, publication, of_explainers, of_actors, of_quotes, of_events, of_sources)
    entities = [("data/entities.ftm.json", "entities.ftm.json", "FollowTheMoney", JSON)]
    yield from group(word("Who is connected with whom"), iter(entities), everything)
    schema = [("data/schema.json", "schema.json", "JSON Schema", "application/schema+json")]
    yield from group(word("What the JSON files look like"), iter(schema), Nothing())
    yield Page(
        "data/",
        "data.html",
        DataPage(
            path="data/",
            root=urls.root("data/"),
            section="data",
            title=word("Data"),
            summary=word("Everything that these explainers tell, for spreadsheets, calendars, feed readers and programs."),
            groups=(*groups, *_subscriptions(site)),
        ),
    )


def _subscriptions(site: Site) -> tuple[DataGroup, ...]:
    found = feeds_of(site, "")
    return (DataGroup(site.language.word("Newest explainers"), found),) if found else ()
