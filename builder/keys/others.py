"""The words of other tools, and of newcomers, for keys of ours."""

_FOREIGN = (
    "author authors author_profile banner bookcomments bookhidden canonical canonicalurl categories category class classes collection comments "
    "cover created css cssclass cssclasses date date_created date_modified description dg-home dg-publish draft excerpt expirydate featured "
    "featured_image feature feed_image gallery github_user has_children has_toc head header headless hero hidden icon id image images importance isdraft "
    "katex keywords kind lang language last_modified_at lastmod layout license linktitle location mainsections markup math menu menus mermaid "
    "meta modified nav nav_exclude nav_order og_image outputs page_id parent parents permalink pin post_id private publish publishdate published "
    "publishresources read_time redirect_from redirect_to related resources robots series share showdate showtoc sidebar sitemap slug sticky "
    "style subtitle tag tags teaser template theme thumbnail toc toc_depth topic topics translationkey type uid unlisted unpublishdate updated url "
    "videos weight"
)

FOREIGN = frozenset(_FOREIGN.split())
"""The keys at the head of a page that Jekyll, Hugo, Obsidian, Quartz, MkDocs, Docusaurus and their themes have, in small letters; ours among them where a plain page has none."""

HOLD_BACK = {
    "draft": True,
    "isdraft": True,
    "private": True,
    "hidden": True,
    "unlisted": True,
    "publish": False,
    "dg-publish": False,
    "published": False,
}
"""Of them those that keep a page from being published, each with the value that does."""

OTHER_WORDS: dict[str, dict[str, str]] = {
    "explainer": {
        "abstract": "summary",
        "author": "authors",
        "by": "authors",
        "byline": "authors",
        "categories": "topics",
        "category": "topics",
        "date": "published",
        "description": "summary",
        "draft": "status: draft",
        "events": "timeline",
        "headline": "title",
        "keywords": "topics",
        "language": "lang",
        "lastmod": "updated",
        "modified": "updated",
        "people": "actors",
        "permalink": "slug",
        "references": "sources",
        "tag": "topics",
        "tags": "topics",
        "topic": "topics",
        "url": "slug",
    },
    "actor": {
        "aka": "alias",
        "aliases": "alias",
        "kind": "type",
        "office": "position",
        "organisation": "of",
        "role": "position",
        "title": "position",
    },
    "position": {"organisation": "of", "since": "from", "title": "role", "until": "to"},
    "source": {
        "archive": "archived",
        "author": "authors",
        "date": "published",
        "headline": "title",
        "language": "lang",
        "link": "url",
        "name": "title",
        "newspaper": "publisher",
        "outlet": "publisher",
    },
    "quote": {
        "author": "speaker",
        "by": "speaker",
        "date": "said",
        "language": "lang",
        "quote": "text",
        "source": "via",
        "sources": "via",
        "when": "said",
        "who": "speaker",
        "words": "text",
    },
    "event": {
        "date": "when",
        "day": "when",
        "description": "text",
        "event": "title",
        "location": "place",
        "name": "title",
        "source": "sources",
        "what": "title",
        "where": "place",
        "who": "actors",
    },
    "correction": {"correction": "text", "date": "on", "when": "on"},
    "page": {"description": "summary", "draft": "status: draft", "headline": "title", "weight": "order"},
    "site": {
        "baseurl": "base_url",
        "lang": "language",
        "license": "licence",
        "menu": "nav",
        "name": "title",
        "navigation": "nav",
        "url": "base_url",
    },
    "nav": {"href": "path", "label": "title", "link": "path", "name": "title", "url": "path"},
}
"""What others call our keys, by record: proposed before what is only spelt alike. With a colon it is the whole line to write."""
