"""Pages for machines: the Atom feed (RFC 4287) and the sitemap (sitemaps.org). Both need absolute addresses, and so a `base_url`."""

from collections.abc import Iterable, Iterator
from functools import partial

import msgspec

from builder import urls
from builder.model import Explainer, Site, When
from builder.views.pages import Page

NEWEST = 20
"""Entries of a feed: what a reader has missed in a few weeks."""

PER_SITEMAP = 50_000
"""Addresses that one sitemap may hold (sitemaps.org)."""


class Entry(msgspec.Struct, frozen=True, gc=False):
    """An explainer in the feed."""

    title: str
    address: str
    published: str
    """RFC 3339, at noon UTC: the format knows days, and noon is that day nearly everywhere."""
    updated: str
    summary: str
    authors: tuple[str, ...]
    topics: tuple[str, ...]


class FeedPage(msgspec.Struct, frozen=True, gc=False):
    """What `atom.xml` shows."""

    path: str
    root: str
    title: str
    summary: str
    address: str
    home: str
    updated: str
    authors: tuple[str, ...]
    entries: tuple[Entry, ...]


class Location(msgspec.Struct, frozen=True, gc=False):
    """A page in the sitemap."""

    address: str
    changed: str
    """The day, or "" where none is known."""


class SitemapPage(msgspec.Struct, frozen=True, gc=False):
    """What `sitemap.xml` shows."""

    path: str
    root: str
    locations: tuple[Location, ...]


class RobotsPage(msgspec.Struct, frozen=True, gc=False):
    """What `robots.txt` shows."""

    path: str
    root: str
    sitemap: str


def atom(site: Site) -> Iterator[Page]:
    """Yield the feed of the newest explainers."""
    base = site.settings.base_url
    if not base:
        return
    entries = tuple(_entry(base, explainer) for explainer in site.explainers[:NEWEST] if explainer.published.date is not None)
    yield Page(
        "atom.xml",
        "atom.xml",
        FeedPage(
            path="atom.xml",
            root="",
            title=site.settings.title,
            summary=site.settings.description,
            address=base + "atom.xml",
            home=base,
            updated=max((entry.updated for entry in entries), default="1970-01-01T12:00:00Z"),
            authors=site.settings.authors or (site.settings.title,),
            entries=entries,
        ),
    )


def _entry(base: str, explainer: Explainer) -> Entry:
    published = _moment(explainer.published)
    return Entry(
        title=explainer.title,
        address=base + urls.explainer(explainer.slug),
        published=published,
        updated=_moment(explainer.updated) or published,
        summary=explainer.summary,
        authors=explainer.authors,
        topics=explainer.topics,
    )


def _moment(when: When) -> str:
    return f"{when.date.edtf}T12:00:00Z" if when.date is not None else ""


def sitemap(site: Site, pages: Iterable[Page]) -> Iterator[Page]:
    """Yield the sitemap of `pages`."""
    base = site.settings.base_url
    if not base:
        return
    found = [page.path for page in pages if page.output.endswith("index.html") and page.template != "redirect.html"]
    for n in range(0, max(1, len(found)), PER_SITEMAP):
        path = "sitemap.xml" if not n else f"sitemap-{n // PER_SITEMAP + 1}.xml"
        yield Page(path, "sitemap.xml", partial(_sitemap, site, path, found[n : n + PER_SITEMAP]))
    yield Page("robots.txt", "robots.txt", RobotsPage("robots.txt", "", base + "sitemap.xml"))


def _sitemap(site: Site, path: str, pages: list[str]) -> SitemapPage:
    changed = {urls.explainer(explainer.slug): _day(explainer.updated) or _day(explainer.published) for explainer in site.explainers}
    return SitemapPage(path, "", tuple(Location(site.settings.base_url + page, changed.get(page, "")) for page in pages))


def _day(when: When) -> str:
    return when.date.edtf if when.date is not None else ""
