"""Frames: where other sites find one thing of this site by itself."""

from builder.incremental.memoize import once_a_site
from builder.model import Site
from builder.pages.shapes import Frame

HEIGHTS = {"quotes": 360, "events": 260, "actors": 260, "timelines": 560}


def has_frames(site: Site) -> bool:
    """Return whether other sites may show parts of this one; that needs `base_url`."""
    return site.settings.embeds and bool(site.settings.base_url)


def frame_path(kind: str, *parts: str) -> str:
    """Return the path of a frame: `embed/quotes/talks/q1/`."""
    return "/".join(("embed", kind, *parts, ""))


def frame(site: Site, kind: str, *parts: str, title: str, draft: bool = False) -> Frame | None:
    """Return the frame in which another site shows a record; None if it may not."""
    if draft or not has_frames(site) or (kind in {"actors", "events"} and (kind, parts[0]) not in is_public(site)):
        return None
    path = frame_path(kind, *parts)
    return Frame(path, site.settings.base_url + path, title, HEIGHTS[kind])


@once_a_site
def is_public(site: Site) -> frozenset[tuple[str, str]]:
    """Return (kind, id) of the actors and events that a published explainer has."""
    published = [explainer.slug for explainer in site.explainers.values() if not explainer.draft]
    found = {("actors", key) for key, actor in site.actors.items() if actor.shared}
    found |= {("events", key) for key, event in site.events.items() if event.shared}
    found |= {("actors", part.id) for slug in published for part in site.cast.get(slug, ())}
    found |= {("events", key) for slug in published for key in site.timelines.get(slug, ())}
    return frozenset(found)
