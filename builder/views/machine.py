"""Files for machines: what each page is as data, the whole site below `data/`, and the page that lists it. Encoders write them, in `builder.data`."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

import msgspec

from builder import urls
from builder.data import DRAWN, calendar
from builder.data.records import Nothing
from builder.model import Explainer, Site
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


def _dated(site: Site, keys: Iterable[str]) -> bool:
    """Say whether a calendar has anything to show of these events."""
    return any(calendar.has_days(gathered.date(site, site.events[key].when)) for key in keys)


def _placed(site: Site, keys: Iterable[str]) -> bool:
    """Say whether a timeline that needs a first day has."""
    return any(gathered.day(date.lower) for key in keys if (date := site.events[key].when.date) is not None)


def of_explainer(site: Site, slug: str) -> tuple[DataFile, ...]:
    """Return the files of an explainer; those that would be empty are not made."""
    word = site.language.word
    path = urls.explainer(slug)
    quotes = site.by_slug[slug].quotes
    found: tuple[tuple[bool, str, str, str], ...] = (
        (True, "data.json", "JSON", JSON),
        (any(quote.in_body for quote in quotes), "annotations.jsonld", word("Quotes as Web Annotations"), LINKED),
    )
    if not full(site):
        return _made(path, found)
    events = site.timelines[slug]
    found += (
        (bool(site.cast[slug]), "actors.csv", word("Who’s who as CSV"), CSV),
        (bool(quotes), "quotes.csv", word("Quotes as CSV"), CSV),
        (bool(events), "events.csv", word("Timeline as CSV"), CSV),
        (bool(site.reports[slug]), "sources.csv", word("Sources as CSV"), CSV),
        (_dated(site, events), "events.ics", word("Timeline as a calendar"), ICS),
        (_placed(site, events), "timeline.json", word("Timeline for TimelineJS"), JSON),
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
    if full(site) and _dated(site, (key,)):
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
        data = partial(gathered.explainer_data, site, explainer.slug)
        for file in of_explainer(site, explainer.slug):
            yield Page(file.path, file.path.rpartition("/")[2], data)


def actors(site: Site) -> Iterator[Page]:
    """Yield the JSON of every actor."""
    for key in site.actors:
        yield Page(f"{urls.actor(key)}data.json", "data.json", partial(gathered.actor_data, site, key))


def events(site: Site) -> Iterator[Page]:
    """Yield the JSON and the calendar entry of every event."""
    for key in site.events:
        data = partial(gathered.event_data, site, key)
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
            yield Page(path, DRAWN, partial(_image, site, explainer))


def _image(site: Site, explainer: Explainer) -> CardImage:
    squares = tuple(cards.quote_card(site, (explainer.slug, quote.id)).basis.square for quote in explainer.quotes)
    when = cards.date(site, explainer.as_of if explainer.as_of.date is not None else explainer.published)
    date = when.words if when is not None and _LETTERS.fullmatch(when.words) else ""
    return CardImage(site.settings.title, explainer.title, date, squares)


# --- the whole site ------------------------------------------------


def whole(site: Site) -> Iterator[Page]:
    """Yield the files of the whole site, and the page that lists them."""
    word = site.language.word
    groups: list[DataGroup] = []

    def group(title: str, files: Sequence[tuple[str, str, str, str]], data: Callable[[], msgspec.Struct]) -> Iterator[Page]:
        groups.append(DataGroup(title, tuple(DataFile(words, path, kind) for path, _, words, kind in files)))
        return (Page(path, encoder, data) for path, encoder, _, _ in files)

    def both(name: str) -> list[tuple[str, str, str, str]]:
        return [(f"data/{name}.json", "data.json", "JSON", JSON), (f"data/{name}.csv", f"{name}.csv", "CSV", CSV)]

    def records(*kinds: str) -> Callable[[], msgspec.Struct]:
        return partial(gathered.site_data, site, *kinds)

    timeline = both("events")
    if _dated(site, site.events):
        timeline.append(("events/events.ics", "events.ics", "iCalendar", ICS))
    if _placed(site, site.events):
        timeline.append(("events/timeline.json", "timeline.json", "TimelineJS", JSON))
    entities = [("data/entities.ftm.json", "entities.ftm.json", "FollowTheMoney", JSON)]
    schema = [("data/schema.json", "schema.json", "JSON Schema", "application/schema+json")]
    yield from group(word("Explainers"), both("explainers")[:1], records("explainers"))
    yield from group(word("Who’s who"), both("actors"), records("actors"))
    yield from group(word("Quotes"), both("quotes"), records("quotes"))
    yield from group(word("Timeline"), timeline, records("events"))
    yield from group(word("Sources"), both("sources"), records("sources"))
    yield from group(word("Who is connected with whom"), entities, records("explainers", "actors", "quotes", "events", "sources"))
    yield from group(word("What the JSON files look like"), schema, Nothing)
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
