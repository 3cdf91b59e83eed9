"""The sitemap (sitemaps.org) and `robots.txt`. They need whole addresses, and so a `base_url`."""

from collections.abc import Iterable, Iterator

import msgspec

from builder import urls
from builder.model import Site
from builder.pages import cards
from builder.pages.kinds import PAGE_KINDS
from builder.pages.page import Page, PageEntry, Query

PER_SITEMAP = 50_000
"""Addresses that one sitemap may hold (sitemaps.org)."""


class SitemapUrl(msgspec.Struct, frozen=True, gc=False):
    """A page in the sitemap."""

    address: str
    changed: str
    """The day, or "" if none is known."""


class SitemapPage(msgspec.Struct, frozen=True, gc=False):
    """What `sitemap.xml` shows."""

    path: str
    root: str
    locations: tuple[SitemapUrl, ...]
    parts: tuple[SitemapUrl, ...] = ()
    """The sitemaps of a site that is too large for one; then there are no locations."""


class RobotsPage(msgspec.Struct, frozen=True, gc=False):
    """What `robots.txt` shows."""

    path: str
    root: str
    sitemap: str


def pages(site: Site, listed: Iterable[PageEntry]) -> Iterator[Page]:
    """Yield the sitemap of the `listed` pages, cut into several if they are many, and `robots.txt`; nothing of a site without an address."""
    base = site.settings.base_url
    if not base:
        return
    paths = [urls.path_of(page.output) for page in listed if PAGE_KINDS[page.kind].in_sitemap]
    parts = tuple(tuple(paths[n : n + PER_SITEMAP]) for n in range(0, len(paths), PER_SITEMAP))
    if len(parts) == 1:
        yield Page("sitemap.xml", "sitemap.xml", Query(_locations, "sitemap.xml", parts[0]), kind="sitemap")
    else:
        for n, part in enumerate(parts, 1):
            yield Page(f"sitemap-{n}.xml", "sitemap.xml", Query(_locations, f"sitemap-{n}.xml", part), kind="sitemap")
        yield Page("sitemap.xml", "sitemap.xml", Query(_index, parts), kind="sitemap")
    yield Page("robots.txt", "robots.txt", RobotsPage("robots.txt", "", base + "sitemap.xml"), kind="robots")


def _locations(site: Site, path: str, part: tuple[str, ...]) -> SitemapPage:
    base, changed = site.settings.base_url, _changed(site)
    return SitemapPage(path, "", tuple(SitemapUrl(base + page, changed.get(page, "")) for page in part))


def _index(site: Site, parts: tuple[tuple[str, ...], ...]) -> SitemapPage:
    base, changed = site.settings.base_url, _changed(site)
    sitemaps = (SitemapUrl(f"{base}sitemap-{n}.xml", max(changed.get(page, "") for page in part)) for n, part in enumerate(parts, 1))
    return SitemapPage("sitemap.xml", "", (), tuple(sitemaps))


@cards.once_a_site
def _changed(site: Site) -> dict[str, str]:
    """Return path → the day of the last change, where one is known: of a page that gathers, that of the newest explainer on it."""
    days = {slug: day for slug, (day, _) in site.last_changes.items()}

    def newest_of(slugs: Iterable[str]) -> str:
        return max((days[slug] for slug in slugs), default="")

    changed = {urls.explainer_path(slug): day for slug, day in days.items()}
    changed |= dict.fromkeys(("", "explainers/", "changes/"), newest_of(days))
    changed |= {urls.topic_path(topic): newest_of(slugs) for topic, slugs in site.topics.items()}
    changed |= {urls.actor_path(key): newest_of(mention.slug for mention in site.mentions.get(key, ())) for key in site.actors}
    changed |= {urls.event_path(key): newest_of(mention.slug for mention in site.event_mentions.get(key, ())) for key in site.events}
    return changed | {urls.source_path(key): newest_of(site.explainers_using.get(key, ())) for key in site.sources}
