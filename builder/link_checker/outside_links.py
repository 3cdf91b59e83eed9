"""The outside addresses of a site, and where they stand."""

from collections.abc import Iterator

import msgspec

from builder.content import settings
from builder.diagnostics import Location
from builder.model import Body, Site

_SETTINGS = Location(settings.PATH)
_SCHEMES = ("http://", "https://")


class Address(msgspec.Struct, frozen=True):
    """An outside address."""

    url: str
    locations: tuple[Location, ...]
    """Where it stands; a problem is reported at each."""
    unarchived: Location | None = None
    """The source that has this address and no copy in an archive."""


def addresses(site: Site) -> tuple[Address, ...]:
    """Return every outside address of a site once: of sources, actors, events, texts and the navigation."""
    locations: dict[str, dict[Location, None]] = {}
    unarchived: dict[str, Location] = {}
    for url, location in _all(site):
        if url.lower().startswith(_SCHEMES):
            locations.setdefault(url, {})[location] = None
    for source in site.sources.values():
        if source.url and not source.archived:
            unarchived.setdefault(source.url, source.location)
    return tuple(Address(url, tuple(found), unarchived.get(url)) for url, found in locations.items())


def _all(site: Site) -> Iterator[tuple[str, Location]]:
    for source in site.sources.values():
        yield source.url, source.location
        yield source.archived, source.location
        yield from _of_body(source.text, source.location)
    for actor in site.actors.values():
        yield from ((url, actor.location) for url in actor.same_as)
        yield from _of_body(actor.text, actor.location)
    for event in site.events.values():
        yield from ((url, event.location) for url in event.same_as)
        yield from _of_body(event.text, event.location)
        yield from _of_body(event.summary, event.location)
    for explainer in site.explainers.values():
        yield from _of_body(site.bodies[explainer.slug], explainer.location)
        for line in explainer.lines:
            yield from _of_body(line, explainer.location)
    for page in site.pages:
        yield from _of_body(page.body, page.location)
    yield from ((link.path, _SETTINGS) for link in site.settings.nav)
    yield from _of_body(site.settings.footer, _SETTINGS)


def _of_body(body: Body | None, location: Location) -> Iterator[tuple[str, Location]]:
    for url, line in body.outside if body is not None else ():
        yield url, Location(location.path, line)
