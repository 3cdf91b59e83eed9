"""Files for machines: what each page is as data, the whole site below `data/`, and the page that lists it. Encoders write them, in `builder.formats`."""

from collections.abc import Iterable, Iterator, Sequence, Sized

import msgspec

from builder import urls
from builder.formats import DRAWN, MEDIA_TYPES, calendar, timelinejs
from builder.formats.published_data import Nothing
from builder.model import Explainer, RecordKey, Site
from builder.pages import cards, data_records, date_records, share_images, voices
from builder.pages.data_records import full
from builder.pages.kinds import PageKind
from builder.pages.page import Page, Query
from builder.pages.shapes import DataFile

JSON, CSV, ICS, LINKED = "application/json", "text/csv", "text/calendar", "application/ld+json"


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
    """The share image of an explainer, to be drawn."""

    site: str
    title: str
    date: str
    speak: tuple[str, ...]
    """`named`, `institution`, `unnamed` or `unknown`: one a voice."""
    low: tuple[int, ...] = ()
    """Which of them are only paraphrased, counted from 0."""
    voices: str = ""
    """`1 named · 2 institutions · 8 unnamed`; "" if our fonts cannot write it."""


# --- what a page is as data ------------------------------------------------


def _dated(site: Site, ids: Iterable[str]) -> bool:
    """Whether a calendar has anything to show of these events."""
    return any(calendar.has_days(date_records.date(site, site.events[key].when)) and not cards.day_of_speaking(site, key) for key in ids)


def _placed(site: Site, ids: Iterable[str]) -> bool:
    """Return whether a timeline can place any of these events."""
    return any(timelinejs.has_start(date_records.date(site, site.events[key].when)) for key in ids)


_File = tuple[bool, str, str, str]
"""Whether there is such a file, its name, what it is called and its media type."""

_JSON: _File = (True, "data.json", "JSON", JSON)


def of_explainer(site: Site, slug: str) -> tuple[DataFile, ...]:
    """Return the data files of an explainer that are not empty."""
    word = site.language.word
    found: tuple[_File, ...] = (
        _JSON,
        (slug in site.marked, "annotations.jsonld", word("Quotes as Web Annotations"), LINKED),
    )
    if full(site):
        found += (
            (bool(site.cast[slug]), "actors.csv", word("Who’s who as CSV"), CSV),
            *_tables(site, site.quotes_in[slug], site.timelines[slug]),
            (bool(site.explainer_sources[slug]), "sources.csv", word("Sources as CSV"), CSV),
        )
    return _made(urls.explainer_path(slug), found)


def _tables(site: Site, quotes: Sized, events: Sequence[str]) -> tuple[_File, ...]:
    word = site.language.word
    return (
        (bool(quotes), "quotes.csv", word("Quotes as CSV"), CSV),
        (bool(events), "events.csv", word("Timeline as CSV"), CSV),
        (_dated(site, events), "events.ics", word("Timeline as a calendar"), ICS),
        (_placed(site, events), "timeline.json", word("Timeline for TimelineJS"), JSON),
    )


def _made(path: str, found: Iterable[_File]) -> tuple[DataFile, ...]:
    return tuple(DataFile(words, path + name, kind) for there, name, words, kind in found if there)


def of_actor(site: Site, actor_id: str) -> tuple[DataFile, ...]:
    """Return the files of an actor, without the feeds."""
    if not full(site):
        return ()
    tables = _tables(site, site.said_by.get(actor_id, ()), data_records.events_of_actor(site, actor_id))
    return _made(urls.actor_path(actor_id), (_JSON, *tables))


def of_event(site: Site, event_id: str) -> tuple[DataFile, ...]:
    """Return the files of an event."""
    word = site.language.word
    if not full(site):
        return ()
    quotes = (bool(site.said_about.get(event_id)), "quotes.csv", word("Quotes as CSV"), CSV)
    in_calendar = (_dated(site, (event_id,)), "event.ics", word("Calendar"), ICS)
    return _made(urls.event_path(event_id), (_JSON, quotes, in_calendar))


def of_source(site: Site, source_id: str) -> tuple[DataFile, ...]:
    """Return the files of a source."""
    if not full(site):
        return ()
    tables = _tables(site, site.quotes_by_source.get(source_id, ()), cards.events_of_source(site, source_id))
    return _made(urls.source_path(source_id), (_JSON, *tables))


def feeds_of(site: Site, path: str) -> tuple[DataFile, ...]:
    """Return the feeds of a page; none where the site does not know its own address."""
    if not site.settings.base_url:
        return ()
    word = site.language.word
    return (
        DataFile(word("Atom feed"), f"{path}atom.xml", MEDIA_TYPES["atom.xml"]),
        DataFile(word("Feed as JSON"), f"{path}feed.json", MEDIA_TYPES["feed.json"]),
    )


def explainers(site: Site) -> Iterator[Page]:
    """Yield the files of every explainer: all from one record."""
    for slug in site.explainers:
        yield from _pages(of_explainer(site, slug), Query(data_records.explainer_data, slug), ("explainer", slug))


def actors(site: Site) -> Iterator[Page]:
    """Yield the files of every actor."""
    for key in site.actors if full(site) else ():
        yield from _pages(of_actor(site, key), Query(data_records.actor_data, key), ("actor", key))


def events(site: Site) -> Iterator[Page]:
    """Yield the files of every event."""
    for key in site.events if full(site) else ():
        yield from _pages(of_event(site, key), Query(data_records.event_data, key), ("event", key))


def sources(site: Site) -> Iterator[Page]:
    """Yield the files of every source."""
    for key in site.sources if full(site) else ():
        yield from _pages(of_source(site, key), Query(data_records.source_data, key), ("source", key))


def _pages(files: Iterable[DataFile], data: Query, key: RecordKey) -> Iterator[Page]:
    for file in files:
        name = file.path.rpartition("/")[2]
        yield Page(file.path, "events.ics" if name == "event.ics" else name, data, kind="data", key=key)


def images(site: Site) -> Iterator[Page]:
    """Yield the image of every explainer."""
    for explainer in site.explainers.values() if site.settings.images else ():
        path = share_images.image(site, explainer.slug)
        if path:
            yield Page(path, DRAWN, Query(_image, explainer), kind="share-image", key=("explainer", explainer.slug))


def _image(site: Site, explainer: Explainer) -> CardImage:
    speak = voices.voices(site, explainer.slug, ())
    slices = [(segment.kind, part.direct) for segment in speak.segments for part in segment.parts] if speak is not None else []
    when = cards.state_day(site, explainer.slug) or cards.date(site, explainer.published)
    day_in_words = when.words if when is not None else ""
    if when is not None and explainer.as_of.date is not None:
        day_in_words = site.language.word("as of {date}").format(date=day_in_words)
    date = day_in_words[:1].upper() + day_in_words[1:] if share_images.can_be_drawn(day_in_words) else ""
    return CardImage(
        site.settings.title,
        explainer.title,
        date,
        tuple(kind for kind, _ in slices),
        tuple(n for n, (_, direct) in enumerate(slices) if not direct),
        speak.sentence if speak is not None and share_images.can_be_drawn(speak.sentence) else "",
    )


# --- the whole site ------------------------------------------------


_CONNECTED = ("actors", "sources", "explainers", "events", "documented")


def whole(site: Site) -> Iterator[Page]:
    """Yield the files of the whole site, and the page that lists them."""
    word = site.language.word
    groups: list[DataGroup] = []

    def group(
        title: str, files: Sequence[tuple[str, str, str, str]], data: msgspec.Struct | Query, kind: PageKind = "all-records"
    ) -> Iterator[Page]:
        groups.append(DataGroup(title, tuple(DataFile(words, path, kind) for path, _, words, kind in files)))
        return (Page(path, encoder, data, kind=kind) for path, encoder, _, _ in files)

    def both(name: str) -> list[tuple[str, str, str, str]]:
        return [(f"data/{name}.json", "data.json", "JSON", JSON), (f"data/{name}.csv", f"{name}.csv", "CSV", CSV)]

    def records(*kinds: str) -> Query:
        return Query(data_records.site_data, *kinds)

    timeline = both("events")
    if _dated(site, site.events):
        timeline.append(("events/events.ics", "events.ics", "iCalendar", ICS))
    if _placed(site, site.events):
        timeline.append(("events/timeline.json", "timeline.json", "TimelineJS", JSON))
    entities = [("data/entities.ftm.json", "entities.ftm.json", "JSON", MEDIA_TYPES["entities.ftm.json"])]
    schema = [("data/schema.json", "schema.json", "JSON", MEDIA_TYPES["schema.json"])]
    yield from group(word("Explainers"), both("explainers")[:1], records("explainers"))
    yield from group(word("Who’s who"), both("actors"), records("actors"))
    yield from group(word("Quotes"), both("quotes"), records("quotes"))
    yield from group(word("Timeline"), timeline, records("events"))
    yield from group(word("Sources"), both("sources"), records("sources"))
    yield from group(word("Entities (FollowTheMoney)"), entities, Query(data_records.entities, *_CONNECTED))
    yield from group(word("JSON Schema"), schema, Nothing(), "data")
    yield Page(
        "data/",
        "data.html",
        DataPage(
            path="data/",
            root=urls.root_path("data/"),
            section="data",
            title=word("Data"),
            summary=word("All data, for spreadsheets, calendars, feed readers and programs."),
            groups=(*groups, *_subscriptions(site)),
        ),
        kind="list",
    )


def _subscriptions(site: Site) -> tuple[DataGroup, ...]:
    found = feeds_of(site, "")
    return (DataGroup(site.language.word("Latest"), found),) if found else ()
