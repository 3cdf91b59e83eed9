"""Topics, plain pages, redirects from old addresses, and 404."""

from collections.abc import Iterator

import msgspec

from builder import urls
from builder.model import PlainPage, RecordKey, Site, Trusted
from builder.pages import body_html, cards, data_files, timeline_strip
from builder.pages.explainers import Heading
from builder.pages.page import Page, Pager, Query, paginate
from builder.pages.shapes import DataFile, ExplainerCard, Ref

NEWEST = 12
"""Explainers of a topic whose events its strip has."""

FEW = 3
"""Explainers that the list of topics names of each."""


class TopicEntry(msgspec.Struct, frozen=True, gc=False):
    """A topic in the list."""

    topic: Ref
    number: int
    newest: tuple[Ref, ...]
    """A few explainers on it, the newest first."""


class TopicsPage(msgspec.Struct, frozen=True, gc=False):
    """What `topics.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    topics: tuple[TopicEntry, ...]


class TopicPage(msgspec.Struct, frozen=True, gc=False):
    """What `topic.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    strip: timeline_strip.MiniTimeline | None
    """Of the newest explainers on it."""
    explainers: tuple[ExplainerCard, ...]
    pager: Pager
    data: tuple[DataFile, ...]


class PlainPageView(msgspec.Struct, frozen=True, gc=False):
    """What `page.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    body: Trusted
    contents: tuple[Heading, ...]
    parent: Ref | None
    """The page of the folder that this one is in."""
    chapters: tuple[Ref, ...]
    """The pages below this one, unless its text leads to all of them; or those beside it in the same folder."""
    before: Ref | None
    after: Ref | None
    draft: bool
    extra: tuple[tuple[str, str], ...]


class NotFoundPage(msgspec.Struct, frozen=True, gc=False):
    """What `404.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str


class RedirectPage(msgspec.Struct, frozen=True, gc=False):
    """What `redirect.html` shows."""

    path: str
    root: str
    section: str
    title: str
    to: Ref
    summary: str = ""


def topics(site: Site) -> Iterator[Page]:
    """Yield the list of topics and a page for each."""
    word = site.language.word
    yield Page(
        "topics/",
        "topics.html",
        TopicsPage(
            path="topics/",
            root=urls.root_path("topics/"),
            section="topics",
            title=word("Topics"),
            summary=word("Topics of these explainers."),
            topics=tuple(
                TopicEntry(cards.topic_ref(topic), len(slugs), tuple(cards.explainer_ref(site.explainers[slug]) for slug in slugs[:FEW]))
                for topic, slugs in site.topics.items()
            ),
        ),
        kind="list",
    )
    for topic, slugs in site.topics.items():
        for path, pager, part in paginate(urls.topic_path(topic), slugs):
            yield Page(path, "topic.html", Query(_topic, path, topic, pager, slugs[part]), kind="topic", key=("topic", topic))


def _topic(site: Site, path: str, topic: str, pager: Pager, slugs: tuple[str, ...]) -> TopicPage:
    return TopicPage(
        path=path,
        root=urls.root_path(path),
        section="topics",
        title=topic[:1].upper() + topic[1:],
        summary=site.language.word("Explainers on the topic “{topic}”.").format(topic=topic),
        strip=timeline_strip.of_stories(site, slugs[:NEWEST], urls.root_path(path)) if not pager.before else None,
        explainers=tuple(cards.explainer_card(site, slug) for slug in slugs),
        pager=pager,
        data=data_files.feeds_of(site, urls.topic_path(topic)),
    )


def pages(site: Site) -> Iterator[Page]:
    """Yield the plain pages."""
    in_folder: dict[str, list[Ref]] = {}
    number_by_slug: dict[str, int] = {}
    for page in site.pages:
        beside = in_folder.setdefault(_folder_of(page), [])
        number_by_slug[page.slug] = len(beside)
        beside.append(_ref(page))
    chapters = {folder: tuple(found) for folder, found in in_folder.items()}
    refs = {page.slug: _ref(page) for page in site.pages}
    for page in site.pages:
        path, folder = urls.page_path(page.slug), _folder_of(page)
        root = urls.root_path(path)
        body = body_html.text(site, ("page", page.slug), page.body, root, file=page.location.path)
        family, below = chapters[folder] if folder else (), chapters.get(page.slug, ())
        listed = {other.path for other in below} <= _linked(site, page)
        n = number_by_slug[page.slug] if family else 0
        yield Page(
            path,
            "page.html",
            PlainPageView(
                path=path,
                root=root,
                section=page.slug,
                title=page.title,
                summary=page.summary,
                body=body,
                contents=tuple(
                    Heading(section.id, section.title, section.level)
                    for section in body_html.headings(site, ("page", page.slug), page.body)
                    if section.level == 2
                ),
                parent=refs.get(folder),
                chapters=() if below and listed else below or family,
                before=family[n - 1] if n else None,
                after=family[n + 1] if n + 1 < len(family) else None,
                draft=page.draft,
                extra=cards.noted(site, page.extra),
            ),
            kind="page",
            key=("page", page.slug),
        )


def _linked(site: Site, page: PlainPage) -> set[str]:
    """Return the paths of pages that the text of a plain page links to."""
    named = {urls.page_path(target.id) for target in site.targets.get(("page", page.slug), {}).values() if target.kind == "page"}
    return named | {body_html.address(site, href.target, file=page.location.path).partition("#")[0] for href in page.body.hrefs}


def _folder_of(page: PlainPage) -> str:
    """Return the folder of a plain page below the site; "" at the top."""
    return page.slug.rpartition("/")[0]


def _ref(page: PlainPage) -> Ref:
    return Ref(page.title, urls.page_path(page.slug), "page")


def not_found(site: Site) -> Iterator[Page]:
    """Yield the page for addresses that lead to nothing: shown under any of them, so its links begin at the site's base path."""
    base = site.settings.base_url.split("://", 1)[-1].partition("/")[2] if site.settings.base_url else ""
    word = site.language.word
    yield Page(
        "404.html",
        "404.html",
        NotFoundPage("404.html", f"/{base}", "404", word("Page not found"), word("It may have moved, or the address is incomplete.")),
        kind="not-found",
    )


def redirects(site: Site) -> Iterator[Page]:
    """Yield a page at each old address, which leads on to where the page is now."""
    moved: list[tuple[str, Ref, RecordKey]] = []
    for slug, aliases in site.aliases.items():
        key, ref = ("explainer", slug), cards.explainer_ref(site.explainers[slug])
        moved += [(alias, ref, key) for alias in aliases]
        if site.quotes_in[slug]:
            quotes = Ref(site.explainers[slug].title, urls.statements_path(slug), "quote")
            moved += [(f"{alias.strip('/')}/statements/", quotes, key) for alias in aliases if urls.alias_path(alias).endswith("/")]
    moved += [(alias, _ref(page), ("page", page.slug)) for page in site.pages for alias in page.aliases]
    for kind, former, at, ref_of in (
        ("actor", site.former_actors, urls.actor_path, cards.actor_ref),
        ("event", site.former_events, urls.event_path, cards.event_ref),
        ("source", site.former_sources, urls.source_path, cards.source_ref),
    ):
        moved += [(at(old), ref_of(site, key), (kind, key)) for key, ids in former.items() for old in ids]
    for alias, to, target in moved:
        path = urls.alias_path(alias)
        yield Page(path, "redirect.html", RedirectPage(path, urls.root_path(path), "", to.name, to), kind="redirect", key=target)
