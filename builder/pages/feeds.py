"""Feeds (Atom and JSON Feed) of the site, its topics and its actors, and the sitemap (sitemaps.org). All need whole addresses, and so a `base_url`."""

import itertools
from collections.abc import Iterable, Iterator

import msgspec

from builder import __version__, dates, urls
from builder.formats.feeds import Feed, FeedEntry
from builder.model import Explainer, RecordKey, Site, When
from builder.pages import body_html, cards, data_records
from builder.pages.kinds import PAGE_KINDS
from builder.pages.page import NO_RECORD, Page, PageEntry, Query

NEWEST = 20
"""Entries of a feed: what a reader has missed in a few weeks."""

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


def newest(site: Site) -> Iterator[Page]:
    """Yield the feeds of the newest explainers."""
    yield from _feed(site, "", site.settings.title, site.settings.description, tuple(site.explainers))


def topics(site: Site) -> Iterator[Page]:
    """Yield the feeds of each topic."""
    word = site.language.word
    for topic, slugs in site.topics.items():
        summary = word("Explainers on the topic “{topic}”.").format(topic=topic)
        yield from _feed(
            site, urls.topic_path(topic), f"{topic[:1].upper()}{topic[1:]} · {site.settings.title}", summary, slugs, ("topic", topic)
        )


def actors(site: Site) -> Iterator[Page]:
    """Yield the feeds of each actor: the newest explainers that name them."""
    word = site.language.word
    if site.settings.data != "full":
        return
    for key, actor in site.actors.items():
        summary = word("Explainers mentioning {name}.").format(name=actor.title)
        slugs = tuple(mention.slug for mention in site.mentions.get(key, ()))
        title = f"{actor.title[:1].upper()}{actor.title[1:]} · {site.settings.title}"
        yield from _feed(site, urls.actor_path(key), title, summary, slugs, ("actor", key))


def _feed(site: Site, path: str, title: str, summary: str, slugs: Iterable[str], key: RecordKey = NO_RECORD) -> Iterator[Page]:
    if site.settings.base_url:
        feed = Query(_made, path, title, summary, tuple(itertools.islice(slugs, NEWEST)))
        yield Page(f"{path}atom.xml", "atom.xml", feed, kind="feed", key=key)
        yield Page(f"{path}feed.json", "feed.json", feed, kind="feed", key=key)


@cards.once_a_site
def _made(site: Site, path: str, title: str, summary: str, slugs: tuple[str, ...]) -> Feed:
    base = site.settings.base_url
    entries = tuple(entry for slug in slugs if (entry := _entry(site, slug)) is not None)
    return Feed(
        site=data_records.publication(site),
        title=title,
        summary=summary,
        home=base + path,
        atom=f"{base}{path}atom.xml",
        json=f"{base}{path}feed.json",
        updated=max((entry.updated for entry in entries), default="1970-01-01T00:00:00Z"),
        entries=entries,
        version=__version__,
    )


@cards.once_a_site
def _entry(site: Site, slug: str) -> FeedEntry | None:
    """Return an explainer as an entry of a feed; None without a day of publication."""
    explainer = site.explainers[slug]
    published, updated = _moment(explainer.published), _moment(explainer.updated, _before(explainer))
    if not published:
        return None
    return FeedEntry(
        title=explainer.title,
        address=site.settings.base_url + urls.explainer_path(slug),
        published=published,
        updated=updated or published,
        summary=explainer.summary,
        authors=explainer.authors,
        topics=explainer.topics,
        language=explainer.lang or site.settings.language,
        news=tuple(
            f"{dates.wording(one.on.date, site.language)}: {body_html.words(site, ('explainer', slug), one.text)}"
            for one in reversed(explainer.updates)
            if one.on.date is not None
        ),
    )


def _before(explainer: Explainer) -> int:
    """Return how much was there on the day of the last update before it: its publication, and other updates."""
    day = explainer.updated.date
    days = [explainer.published.date, *(one.on.date for one in explainer.updates)]
    return max(0, days.count(day) - 1) if explainer.updates else 0


def _moment(when: When, seconds: int = 0) -> str:
    """Return the first moment of a day in UTC, which no build of that day is earlier than; a second later for each thing of that day before it."""
    day = dates.iso(when.date.lower) if when.date is not None else ""
    minutes, second = divmod(min(seconds, 3_599), 60)
    return f"{day}T00:{minutes:02}:{second:02}Z" if day else ""


def sitemap(site: Site, pages: Iterable[PageEntry]) -> Iterator[Page]:
    """Yield the sitemap of pages, cut into several if they are many, and `robots.txt`; nothing of a site without an address."""
    base = site.settings.base_url
    if not base:
        return
    found = [urls.path_of(page.output) for page in pages if PAGE_KINDS[page.kind].in_sitemap]
    parts = tuple(tuple(found[n : n + PER_SITEMAP]) for n in range(0, len(found), PER_SITEMAP))
    if len(parts) == 1:
        yield Page("sitemap.xml", "sitemap.xml", Query(_locations, "sitemap.xml", parts[0]), kind="sitemap")
    else:
        for n, part in enumerate(parts, 1):
            yield Page(f"sitemap-{n}.xml", "sitemap.xml", Query(_locations, f"sitemap-{n}.xml", part), kind="sitemap")
        yield Page("sitemap.xml", "sitemap.xml", Query(_index, parts), kind="sitemap")
    yield Page("robots.txt", "robots.txt", RobotsPage("robots.txt", "", base + "sitemap.xml"), kind="robots")


def _locations(site: Site, path: str, part: tuple[str, ...]) -> SitemapPage:
    base, changed = site.settings.base_url, _changed(site)
    return SitemapPage(path, "", tuple(SitemapUrl(base + one, changed.get(one, "")) for one in part))


def _index(site: Site, parts: tuple[tuple[str, ...], ...]) -> SitemapPage:
    base, changed = site.settings.base_url, _changed(site)
    found = (SitemapUrl(f"{base}sitemap-{n}.xml", max(changed.get(one, "") for one in part)) for n, part in enumerate(parts, 1))
    return SitemapPage("sitemap.xml", "", (), tuple(found))


@cards.once_a_site
def _changed(site: Site) -> dict[str, str]:
    """Return path → the day of the last change, where one is known: of a page that gathers, that of the newest explainer on it."""
    of = {slug: day for slug, (day, _) in site.last_changes.items()}

    def newest_of(slugs: Iterable[str]) -> str:
        return max((of[slug] for slug in slugs), default="")

    found = {urls.explainer_path(slug): day for slug, day in of.items()}
    found |= dict.fromkeys(("", "explainers/", "changes/"), newest_of(of))
    found |= {urls.topic_path(topic): newest_of(slugs) for topic, slugs in site.topics.items()}
    found |= {urls.actor_path(key): newest_of(one.slug for one in site.mentions.get(key, ())) for key in site.actors}
    found |= {urls.event_path(key): newest_of(one.slug for one in site.event_mentions.get(key, ())) for key in site.events}
    return found | {urls.source_path(key): newest_of(site.explainers_using.get(key, ())) for key in site.sources}
