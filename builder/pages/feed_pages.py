"""Feeds (Atom and JSON Feed) of the site, its topics and its actors. They need whole addresses, and so a `base_url`."""

import itertools
from collections.abc import Iterable, Iterator

from builder import __version__, dates, urls
from builder.formats.feeds import Feed, FeedEntry
from builder.model import Explainer, RecordKey, Site, When
from builder.pages import body_html, cards, data_records
from builder.pages.page import NO_RECORD, Page, Query

NEWEST = 20
"""Entries of a feed: what a reader has missed in a few weeks."""


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
        feed = Query(_feed_view, path, title, summary, tuple(itertools.islice(slugs, NEWEST)))
        yield Page(f"{path}atom.xml", "atom.xml", feed, kind="feed", key=key)
        yield Page(f"{path}feed.json", "feed.json", feed, kind="feed", key=key)


@cards.once_a_site
def _feed_view(site: Site, path: str, title: str, summary: str, slugs: tuple[str, ...]) -> Feed:
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
            f"{dates.wording(update.on.date, site.language)}: {body_html.words(site, ('explainer', slug), update.text)}"
            for update in reversed(explainer.updates)
            if update.on.date is not None
        ),
    )


def _before(explainer: Explainer) -> int:
    """Return how many entries the day of the last update has before it: the publication, and other updates."""
    day = explainer.updated.date
    days = [explainer.published.date, *(update.on.date for update in explainer.updates)]
    return max(0, days.count(day) - 1) if explainer.updates else 0


def _moment(when: When, seconds: int = 0) -> str:
    """Return the first moment of a day in UTC, which no build of that day is earlier than; a second later for each thing of that day before it."""
    day = dates.iso(when.date.lower) if when.date is not None else ""
    minutes, second = divmod(min(seconds, 3_599), 60)
    return f"{day}T00:{minutes:02}:{second:02}Z" if day else ""
