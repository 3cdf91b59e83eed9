"""The published site as a whole: paths, links and headings."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from operator import attrgetter
from typing import Any, Protocol

from builder import urls
from builder.diagnostics import WARNING, Diagnostic, Place, did_you_mean
from builder.memory import Memory
from builder.model import Body, Href, Site, Target, place_of
from builder.views import prose

Linking = tuple[str, str, tuple[Href, ...]]
"""The path of a page, the file of a text on it, and the local links of the text."""


class Known(Protocol):
    """The files of the output."""

    def __contains__(self, path: object) -> bool:
        """Say whether a file is one of them."""

    def __iter__(self) -> Iterator[str]:
        """Yield all of them."""


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


def dead_links(site: Site, texts: Iterable[Linking], known: Known) -> Iterator[Diagnostic]:
    """Every local link of plain Markdown leads to a page or a file of the site, and to a heading that is there."""
    for path, file, hrefs in texts:
        for segment in hrefs:
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
    if path.startswith("explainers/") and slug in site.explainers:
        own = {section.id for section in site.bodies[slug].sections}
        own |= {f"part--{part}" for part in ("timeline", "who", "quotes", "sources", "corrections")}
        own |= {f"{what}--{key}" for _, key in site.quotes_in[slug] for what in ("quote", "said")}
        return frozenset(own)
    return next((frozenset(section.id for section in page.body.sections) for page in site.pages if urls.page(page.slug) == path), None)


_PATHS: Mapping[str, Callable[[str], str]] = {"actor": urls.actor, "source": urls.source, "event": urls.event}


def texts_with_links(site: Site, memory: Memory | None = None) -> tuple[Linking, ...]:
    """Return every text with plain Markdown links: the path of its page, its file, and these. `memory` is that of the last run, where there was one."""
    memory = memory if memory is not None else Memory()
    kind = tuple[Href, ...]

    def gathered(name: str, records: Mapping[str, Any], links: Callable[[Any], tuple[Href, ...]]) -> Mapping[str, tuple[Href, ...]]:
        each = memory.each(f"local links of {name}", records, links, kind)
        return memory.whole(f"{name} with local links", each, lambda given: {key: found for key, found in given.items() if found}, kind)

    def of_explainers(found: Mapping[str, tuple[Href, ...]]) -> Iterator[Linking]:
        return ((urls.explainer(slug), site.explainers[slug].place.path, hrefs) for slug, hrefs in found.items())

    texts = [
        *of_explainers(gathered("bodies", site.bodies, attrgetter("hrefs"))),
        *of_explainers(gathered("corrections", site.explainers, lambda one: _hrefs(*(found.text for found in one.corrections)))),
        *((urls.page(page.slug), page.place.path, page.body.hrefs) for page in site.pages),
    ]
    for of, records in (("actor", site.actors), ("source", site.sources), ("event", site.events)):
        found = gathered(f"{of}s", records, lambda record: _hrefs(record.text, getattr(record, "summary", None)))
        texts += [(_PATHS[of](key), records[key].place.path, hrefs) for key, hrefs in found.items()]
    return (*texts, ("", "content/site.yaml", _hrefs(site.settings.footer)))


def _hrefs(*bodies: Body | None) -> tuple[Href, ...]:
    return tuple(href for body in bodies if body is not None for href in body.hrefs)


def plain_pages(targets: Mapping[Target, Mapping[tuple[str, str], Target]]) -> tuple[str, ...]:
    """Return the paths of the plain pages that links in double brackets lead to."""
    return tuple(sorted({urls.page(key) for found in targets.values() for kind, key in found.values() if kind == "page"}))


def navigation(site: Site, texts: Iterable[Linking], known: Known, linked_pages: Iterable[str]) -> Iterator[Diagnostic]:
    """Every entry of the navigation leads to a page, and every plain page is linked from somewhere."""
    linked = set(linked_pages)
    for link in site.settings.nav:
        path = link.path.partition("#")[0].lstrip("/")
        if link.path.startswith("/"):
            linked.add(path)
            if urls.output(path) not in known and path not in known:
                near = did_you_mean(link.path, [f"/{name.removesuffix('index.html')}" for name in known])
                yield Diagnostic("link-dead", f"The navigation's “{link.path}” leads to nothing on this site.", link.place, help=near)
    for path, file, hrefs in texts:
        linked |= {prose.address(site, href.target, file=file, path=path).partition("#")[0] for href in hrefs}
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
