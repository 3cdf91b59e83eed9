"""The metadata of a page: JSON-LD, Open Graph, citation tags, Dublin Core and microdata."""

import html
import json
import re
from collections.abc import Mapping
from typing import Any

from builder.importing import written_dates
from builder.importing.html_words import address, line
from builder.importing.references.items import natural_name

_ARTICLE = re.compile(r"Article|Posting|Report|Review|Interview|Book|Legislation|Dataset|Episode|VideoObject|PodcastEpisode")
"""Kinds of JSON-LD that a source is."""
_DATES = (
    "article:published_time",
    "citation_publication_date",
    "citation_online_date",
    "citation_date",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "datepublished",
    "parsely-pub-date",
)
_WRAPPED = re.compile(r"\A\s*(?:/\*\s*)?<!\[CDATA\[(?:\s*\*/)?|(?:/\*\s*)?\]\]>(?:\s*\*/)?\s*\Z|\A\s*<!--|-->\s*\Z")
"""Signs of XML and of old browsers around a script."""


class ArticleMetadata:
    """The metadata of a page: title, address, publisher, authors and dates."""

    def __init__(self, tree: Any, add_note: Any) -> None:
        meta: dict[str, list[str]] = {}
        for node in tree.css("meta"):
            name = node.attributes.get("property") or node.attributes.get("name") or node.attributes.get("itemprop") or ""
            if name and (content := line(node.attributes.get("content") or "")):
                meta.setdefault(name.casefold(), []).append(content)
        linked = _linked(tree)

        def first(*names: str) -> str:
            return next((meta[name][0] for name in names if meta.get(name)), "")

        canonical = tree.css_first("link[rel=canonical]")
        self.canonical = line(canonical.attributes.get("href") or "") if canonical is not None else ""
        """As it is written: it may count from the page."""
        self.url = address(self.canonical or first("og:url", "citation_public_url") or _text(linked.get("url")))
        self.url = self.url if self.url.startswith("http") else ""
        heading = tree.css_first("title")
        self.title = line(
            first("og:title", "citation_title", "twitter:title")
            or _text(linked.get("headline"))
            or first("dc.title", "dcterms.title")
            or _marked(tree, "headline")
            or (heading.text(deep=True) if heading is not None else "")
        )
        top = tree.css("h1")
        above = line(top[0].text(deep=True)) if len(top) == 1 else ""
        if above and re.fullmatch(rf"{re.escape(above)}\s+[–—|·:»-]\s+\S.*", self.title):  # the name of the site behind that of the page
            add_note(f"the page is called “{above}”, as its heading is, and not “{self.title}”")
            self.title = above
        self.publisher = (
            first("og:site_name", "citation_journal_title", "citation_publisher")
            or _name(linked.get("publisher"))
            or first("dc.publisher", "dcterms.publisher")
        )
        named = linked.get("author")
        names = [_name(author) for author in (named if isinstance(named, list) else [named])]
        self.authors = [
            re.sub(r"^By (?=[^\W\d_])", "", name)
            for name in dict.fromkeys(
                [natural_name(author) for author in meta.get("citation_author", [])]
                or [name for name in names if name]
                or meta.get("author")
                or meta.get("dc.creator")
                or meta.get("dcterms.creator")
                or [_marked(tree, "author")]
            )
            if name and not name.startswith("http")
        ]
        self.summary = first("og:description", "description", "twitter:description") or _text(linked.get("description"))
        given = _text(linked.get("datePublished")) or first(*_DATES) or _marked(tree, "datePublished")
        self.published = re.sub(r"T.*$", "", written_dates.read_date(given).edtf) if given else ""
        if given and not self.published:
            add_note(f"the day of the page was left out, since it is no date that could be read: “{given}”")
        root = tree.css_first("html")
        said = (
            (root.attributes.get("lang") or "") if root is not None else "",
            first("og:locale", "content-language", "citation_language", "dc.language", "dcterms.language"),
            _text(linked.get("inLanguage")),
        )
        lang = next(filter(None, said), "")
        self.lang = lang.replace("_", "-") if re.fullmatch(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*", lang) else ""


def _marked(tree: Any, name: str) -> str:
    """Return a value that a page marks among its words, with `itemprop`; "" where it marks none, or several."""
    found = [node for node in tree.css(f"[itemprop={name}]") if node.tag != "meta"]
    if len(found) != 1:
        return ""
    inner = found[0].css_first("[itemprop=name]")
    return line(
        found[0].attributes.get("datetime") or found[0].attributes.get("content") or (inner or found[0]).text(deep=True, separator=" ")
    )


def _text(value: Any) -> str:
    """Return a text of JSON-LD; "" for any other value. Many programs write it with codes of HTML in it."""
    value = value[0] if isinstance(value, list) and len(value) == 1 else value
    return line(html.unescape(value)) if isinstance(value, str) else ""


def _name(value: Any) -> str:
    value = value[0] if isinstance(value, list) and len(value) == 1 else value
    return _text(value.get("name")) if isinstance(value, dict) else _text(value)


def _linked(tree: Any) -> dict[str, Any]:
    """Return the JSON-LD of the article, with the author and publisher that it names by their `@id`; {} where there is none."""
    listed = [thing for node in tree.css('script[type="application/ld+json"]')[:20] for thing in _things(node.text(deep=True))]
    named = {str(record["@id"]): record for record in listed if "@id" in record and "name" in record}
    told = [record for record in listed if "headline" in record or "datePublished" in record]
    found = next((record for record in told if _ARTICLE.search(json.dumps(record.get("@type", "")))), next(iter(told), {}))
    return {**found, **{key: _resolved(found[key], named) for key in ("author", "publisher") if key in found}}


def _things(text: str) -> list[dict[str, Any]]:
    try:
        whole = json.loads(_WRAPPED.sub("", text))
    except (ValueError, RecursionError):
        return []
    listed = whole if isinstance(whole, list) else [whole]
    flat = [item for thing in listed if isinstance(thing, dict) for item in (thing, *_list(thing.get("@graph")))]
    return [item for item in flat if isinstance(item, dict)]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _resolved(value: Any, named: Mapping[str, Any]) -> Any:
    """Return who is named, where a thing only refers to them."""
    if isinstance(value, list):
        return [_resolved(item, named) for item in value]
    return named.get(str(value.get("@id", "")), value) if isinstance(value, dict) and "name" not in value else value
