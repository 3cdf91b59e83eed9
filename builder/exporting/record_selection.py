"""Which records of a site are exported: all, or those of some of its files."""

from collections.abc import Iterable

from builder.content.parse import slug_of
from builder.exporting.exporter_types import Chosen
from builder.model import Site


def select_all(site: Site) -> Chosen:
    """Return all records of a site."""
    return Chosen(site, tuple(site.explainers), tuple(site.actors), tuple(site.events), tuple(site.sources), tuple(site.quotes))


def find_unknown(site: Site, paths: Iterable[str]) -> list[str]:
    """Return the content files, by path from the site's root, of which the site has no record."""
    return [path for path in paths if _record(site, path) is None]


def select_files(site: Site, paths: Iterable[str]) -> Chosen:
    """Return the records of some content files: an explainer with all that it rests on, or an actor, event or source alone."""
    found: dict[str, set[str]] = {"explainers": set(), "actors": set(), "events": set(), "sources": set()}
    for folder, key in filter(None, (_record(site, path) for path in paths)):
        found[folder].add(key)
        if folder == "explainers":
            found["actors"] |= {part.id for part in site.cast[key]}
            found["events"] |= set(site.timelines[key])
            found["sources"] |= set(site.explainer_sources[key])
    # In the order of the site, so that the same files make the same export, however they are named.
    return Chosen(
        site,
        tuple(key for key in site.explainers if key in found["explainers"]),
        tuple(key for key in site.actors if key in found["actors"]),
        tuple(key for key in site.events if key in found["events"]),
        tuple(key for key in site.sources if key in found["sources"]),
        tuple(key for key in site.quotes if key[0] in found["explainers"]),
        is_whole=False,
    )


def _record(site: Site, path: str) -> tuple[str, str] | None:
    """Return the folder and the key of the record that a content file has; None if the site has none of it."""
    folder = path.removeprefix("content/").partition("/")[0]
    if folder == "explainers":
        slug = next((explainer.slug for explainer in site.explainers.values() if explainer.location.path == path), None)
        return (folder, slug) if slug is not None else None
    known = {"actors": site.actors, "events": site.events, "sources": site.sources}.get(folder)
    return (folder, key) if known is not None and (key := slug_of(path)) in known else None
