"""The outside addresses of a site, and where they stand."""

from collections.abc import Iterator

import msgspec

from builder.content import settings
from builder.diagnostics import Place
from builder.model import Body, Site

_SETTINGS = Place(settings.PATH)
_SCHEMES = ("http://", "https://")


class Address(msgspec.Struct, frozen=True):
    """An outside address."""

    url: str
    places: tuple[Place, ...]
    """Where it stands; a problem is reported at each."""
    unarchived: Place | None = None
    """The source that has this address and no copy in an archive."""


def addresses(site: Site) -> tuple[Address, ...]:
    """Return every outside address of a site once: of sources, actors, events, texts and the navigation."""
    places: dict[str, dict[Place, None]] = {}
    unarchived: dict[str, Place] = {}
    for url, place in _all(site):
        if url.lower().startswith(_SCHEMES):
            places.setdefault(url, {})[place] = None
    for source in site.sources.values():
        if source.url and not source.archived:
            unarchived.setdefault(source.url, source.place)
    return tuple(Address(url, tuple(found), unarchived.get(url)) for url, found in places.items())


def _all(site: Site) -> Iterator[tuple[str, Place]]:
    for source in site.sources.values():
        yield source.url, source.place
        yield source.archived, source.place
        yield from _of_body(source.text, source.place)
    for actor in site.actors.values():
        yield from ((url, actor.place) for url in actor.same_as)
        yield from _of_body(actor.text, actor.place)
    for event in site.events.values():
        yield from ((url, event.place) for url in event.same_as)
        yield from _of_body(event.text, event.place)
        yield from _of_body(event.summary, event.place)
    for explainer in site.explainers.values():
        yield from _of_body(site.bodies[explainer.slug], explainer.place)
        for line in explainer.lines:
            yield from _of_body(line, explainer.place)
    for page in site.pages:
        yield from _of_body(page.body, page.place)
    yield from ((link.path, _SETTINGS) for link in site.settings.nav)
    yield from _of_body(site.settings.footer, _SETTINGS)


def _of_body(body: Body | None, place: Place) -> Iterator[tuple[str, Place]]:
    for url, line in body.outside if body is not None else ():
        yield url, Place(place.path, line)
