"""The published site as a whole: paths, links and headings."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from itertools import chain

from builder import urls
from builder.diagnostics import WARNING, Diagnostic, Place, did_you_mean
from builder.memory import Memory
from builder.model import Actor, Body, Event, Explainer, PlainPage, Settings, Site, Source, Target, place_of
from builder.views import prose

Linking = tuple[str, str, Body]
"""The path of a page, the file of a text on it, and the text."""


def paths(pages: Iterable[tuple[str, str]], copies: Mapping[str, str]) -> Iterator[Diagnostic]:
    """No two pages, and no page and a copied file, claim one path; letters that only some file systems tell apart count as equal.

    `pages` are files of the output, each with the template that makes it.
    """
    outputs = [urls.alike(output) for output, _ in pages] + [urls.alike(output) for output in copies]
    taken = set(outputs)
    folders: set[str] = set()
    for output in outputs:
        folder = output.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    if len(taken) == len(outputs) and taken.isdisjoint(folders):
        return  # as in nearly all runs
    claimed: dict[str, str] = {}
    for output, owner in [
        *((output, f"the page made with {template}") for output, template in pages),
        *((output, path) for output, path in copies.items()),
    ]:
        first = claimed.setdefault(urls.alike(output), owner)
        if first is not owner:
            place = Place(copies[output]) if output in copies else Place("content/site.yaml")
            yield Diagnostic(
                "path-twice",
                f"Two things claim the path /{output}: {first}, and {owner}.",
                place,
                help="Give one of them another name, slug or alias.",
            )
    for output in claimed:
        folder = output.rpartition("/")[0]
        while folder:
            if folder in taken:
                yield Diagnostic(
                    "path-twice",
                    f"/{folder} would have to be a file and a folder at once.",
                    Place("content/site.yaml"),
                    help="Give one of them another name, slug or alias.",
                )
                break
            folder = folder.rpartition("/")[0]


def dead_links(site: Site, bodies: Iterable[Linking], known: AbstractSet[str]) -> Iterator[Diagnostic]:
    """Every local link of plain Markdown leads to a page or a file of the site, and to a heading that is there."""
    for path, file, body in bodies:
        for segment in body.hrefs:
            address = prose.address(site, segment.target, file=file, path=path)
            before, _, fragment = address.partition("#")
            before = before.partition("?")[0]
            page = before if before or not address.startswith("#") else path
            place = place_of(segment, file)
            if urls.output(page) not in known and page not in known:
                near = did_you_mean(f"/{page}", [f"/{name.removesuffix('index.html')}" for name in known])
                yield Diagnostic(
                    "link-dead",
                    f"“{segment.target}” leads to nothing on this site.",
                    place,
                    help=near or "Write the path of a page, such as /glossary/, or of a file in content/static/.",
                )
                continue
            anchors = _anchors(site, page) if fragment else None
            if anchors is not None and fragment not in anchors:
                near = did_you_mean(f"#{fragment}", [f"#{anchor}" for anchor in anchors])
                yield Diagnostic(
                    "anchor-dead",
                    f"There is no heading “#{fragment}” on that page.",
                    place,
                    help=near or "A heading's anchor is its words, small, with hyphens.",
                )


def _anchors(site: Site, path: str) -> frozenset[str] | None:
    """Return the ids of a page that a link may name; None for a page whose ids are not known."""
    slug = path.removeprefix("explainers/").rstrip("/")
    if path.startswith("explainers/") and slug in site.by_slug:
        explainer = site.by_slug[slug]
        own = {section.id for section in site.bodies[slug].sections}
        own |= {f"part--{part}" for part in ("timeline", "who", "quotes", "sources", "corrections")}
        own |= {f"{what}--{quote.id}" for quote in explainer.quotes for what in ("quote", "said")}
        return frozenset(own)
    return next((frozenset(section.id for section in page.body.sections) for page in site.pages if urls.page(page.slug) == path), None)


def bodies_with_links(site: Site, memory: Memory | None = None) -> tuple[Linking, ...]:
    """Return every text with plain Markdown links: the path of its page, its file, and the text. `memory` is that of the last run, where there was one."""
    memory = memory if memory is not None else Memory()
    stories = memory.each(
        "texts of explainers with links", {slug: (one, site.bodies[slug]) for slug, one in site.by_slug.items()}, _linking
    )
    others = memory.whole("other texts with links", (site.pages, site.actors, site.sources, site.events, site.settings), _others_linking)
    return (*chain.from_iterable(filter(None, stories.values())), *others)


def _linking(given: tuple[Explainer, Body]) -> tuple[Linking, ...]:
    explainer, body = given
    bodies = (body, *(correction.text for correction in explainer.corrections))
    return tuple((urls.explainer(explainer.slug), explainer.place.path, body) for body in bodies if body.hrefs)


def _others_linking(
    given: tuple[Iterable[PlainPage], Mapping[str, Actor], Mapping[str, Source], Mapping[str, Event], Settings],
) -> tuple[Linking, ...]:
    pages, actors, sources, events, settings = given
    texts = [
        *((urls.page(page.slug), page.place.path, page.body) for page in pages),
        *((urls.actor(key), actor.place.path, actor.text) for key, actor in actors.items()),
        *((urls.source(key), source.place.path, source.text) for key, source in sources.items()),
        *((urls.event(key), event.place.path, text) for key, event in events.items() for text in (event.text, event.summary)),
        ("", "content/site.yaml", settings.footer),
    ]
    return tuple((path, file, body) for path, file, body in texts if body is not None and body.hrefs)


def plain_pages(targets: Mapping[Target, Mapping[tuple[str, str], Target]]) -> frozenset[str]:
    """Return the paths of the plain pages that links in double brackets lead to."""
    return frozenset(urls.page(key) for found in targets.values() for kind, key in found.values() if kind == "page")


def navigation(site: Site, bodies: Iterable[Linking], known: AbstractSet[str], linked_pages: Iterable[str]) -> Iterator[Diagnostic]:
    """Every entry of the navigation leads to a page, and every plain page is linked from somewhere."""
    linked = set(linked_pages)
    for link in site.settings.nav:
        path = link.path.partition("#")[0].lstrip("/")
        if link.path.startswith("/"):
            linked.add(path)
            if urls.output(path) not in known and path not in known:
                near = did_you_mean(link.path, [f"/{name.removesuffix('index.html')}" for name in known])
                yield Diagnostic("link-dead", f"The navigation's “{link.path}” leads to nothing on this site.", link.place, help=near)
    for path, file, body in bodies:
        linked |= {prose.address(site, href.target, file=file, path=path).partition("#")[0] for href in body.hrefs}
    folders = {page.slug for page in site.pages}
    for page in site.pages:
        if urls.page(page.slug) not in linked and page.slug.rpartition("/")[0] not in folders:
            yield Diagnostic(
                "page-unlinked",
                "Nothing links to this page.",
                Place(page.place.path),
                help="Link to it from a page, or add it to “nav:” in site.yaml.",
                severity=WARNING,
            )
