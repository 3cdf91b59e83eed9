"""Feeds: Atom (RFC 4287) and JSON Feed 1.1, both from one record."""

from typing import Any

import msgspec

from builder.formats.parts import Publication
from builder.i18n.patterns import late

_FORBIDDEN = late("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""Characters that XML 1.0 cannot hold, not even escaped."""


class FeedEntry(msgspec.Struct, frozen=True, gc=False):
    """An explainer in a feed."""

    title: str
    address: str
    published: str
    """RFC 3339, the start of the day in UTC: the format has only days, and no time may be later than a build on that day."""
    updated: str
    """The last update, in RFC 3339; one second later for each earlier change of that day, so that two updates of one day differ."""
    summary: str
    authors: tuple[str, ...]
    topics: tuple[str, ...]
    language: str
    news: tuple[str, ...] = ()
    """The entries of the explainer's log, the last first: `5 April 2019: The fix is late.`"""

    @property
    def content(self) -> str:
        """The summary, and below it the log; "" without a log."""
        return "\n\n".join(filter(None, (self.summary, "\n".join(self.news)))) if self.news else ""


class Feed(msgspec.Struct, frozen=True):
    """The newest explainers of the site, of a topic, or about an actor; written as Atom and as JSON Feed."""

    site: Publication
    title: str
    summary: str
    home: str
    """Absolute address of the page of the feed."""
    atom: str
    json: str
    """Absolute address of the JSON feed."""
    updated: str
    entries: tuple[FeedEntry, ...]
    version: str
    """Version of Backstory."""


def _escape(text: str) -> str:
    return _FORBIDDEN.sub("", text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def atom(feed: Feed) -> bytes:
    """Return a feed as Atom."""
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_escape(feed.site.language)}">',
        f"<title>{_escape(feed.title)}</title>",
    ]
    if feed.summary:
        lines.append(f"<subtitle>{_escape(feed.summary)}</subtitle>")
    lines += [
        f"<id>{_escape(feed.home)}</id>",
        f'<link rel="self" type="application/atom+xml" href="{_escape(feed.atom)}"/>',
        f'<link rel="alternate" type="text/html" href="{_escape(feed.home)}"/>',
        f"<updated>{feed.updated}</updated>",
    ]
    lines += [f"<author><name>{_escape(author)}</name></author>" for author in feed.site.authors or (feed.site.title,)]
    if feed.site.licence:
        lines.append(f"<rights>{_escape(feed.site.licence)}</rights>")
    lines.append(f'<generator version="{_escape(feed.version)}">Backstory</generator>')
    for entry in feed.entries:
        lines += _atom_entry(feed, entry)
    lines.append("</feed>\n")
    return "\n".join(lines).encode()


def _atom_entry(feed: Feed, entry: FeedEntry) -> list[str]:
    address = _escape(entry.address)
    lines = [
        "<entry>" if entry.language == feed.site.language else f'<entry xml:lang="{_escape(entry.language)}">',
        f"<title>{_escape(entry.title)}</title>",
        f"<id>{address}</id>",
        f'<link rel="alternate" type="text/html" href="{address}"/>',
        f"<published>{entry.published}</published>",
        f"<updated>{entry.updated}</updated>",
    ]
    lines += [f"<author><name>{_escape(author)}</name></author>" for author in entry.authors]
    lines += [f'<category term="{_escape(topic)}"/>' for topic in entry.topics]
    if entry.summary:
        lines.append(f"<summary>{_escape(entry.summary)}</summary>")
    if entry.content:
        lines.append(f'<content type="text">{_escape(entry.content)}</content>')
    lines.append("</entry>")
    return lines


def json(feed: Feed) -> bytes:
    """Return a feed as JSON Feed 1.1."""
    whole: dict[str, Any] = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.home,
        "feed_url": feed.json,
        "language": feed.site.language,
        "authors": [{"name": author} for author in feed.site.authors or (feed.site.title,)],
        "items": [_item(entry) for entry in feed.entries],
    }
    if feed.summary:
        whole["description"] = feed.summary
    return msgspec.json.encode(whole) + b"\n"


def _item(entry: FeedEntry) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry.address,
        "url": entry.address,
        "title": entry.title,
        # An item must have content; what we publish in a feed is the summary, and what was new.
        "content_text": entry.content or entry.summary or entry.title,
        "date_published": entry.published,
        "date_modified": entry.updated,
        "language": entry.language,
    }
    if entry.summary:
        item["summary"] = entry.summary
    if entry.authors:
        item["authors"] = [{"name": author} for author in entry.authors]
    if entry.topics:
        item["tags"] = entry.topics
    return item
