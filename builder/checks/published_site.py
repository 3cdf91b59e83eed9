"""The published site as a whole: paths, links and headings."""

import functools
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Set as AbstractSet
from operator import attrgetter
from typing import Any, Protocol

import msgspec

from builder import urls
from builder.checks import link_suggestions
from builder.content import settings
from builder.content.markup.block_tokens import MAIN
from builder.diagnostics import WARNING, Diagnostic, Location, advice, characters
from builder.incremental.memo import Memory
from builder.model import Body, Href, Image, MarkOpen, NoteOpen, NoteRef, Record, RecordKey, Shown, Site, Target, location_of
from builder.pages import PageEntry, body_html
from builder.pages.page import NO_RECORD

LinksOfText = tuple[str, tuple[Href | Shown, ...]]
"""The file of a text, and the local links of the text."""


class Known(Protocol):
    """The files of the output."""

    def __contains__(self, path: object) -> bool:
        """Return whether a file is one of them."""

    def __iter__(self) -> Iterator[str]:
        """Yield their paths."""

    def entry(self, path: str) -> PageEntry | None:
        """Return the page that makes a file; None if it is copied, or does not exist."""


class Clash(msgspec.Struct, frozen=True):
    """Two outputs with the same path, or with paths that some file systems take as equal."""

    first: str
    """A file of the output."""
    second: str
    makers: tuple[str, str]
    """The page or file that makes each of them, in words."""


_PICTURE = "a size of a picture"
_MAKERS = {"picture": _PICTURE, "redirect.html": "an old address, of “aliases” or “former_ids”"}
"""What makes a page, by its template, where authors do not know that."""


def paths(pages: Iterable[PageEntry], copies: Mapping[str, str]) -> Iterator[Clash]:
    """No two pages or copied files have the same path; paths that only some file systems distinguish count as equal."""
    outputs = [urls.alike(page.output) for page in pages] + [urls.alike(output) for output in copies]
    taken = set(outputs)
    folders: set[str] = set()
    for output in outputs:
        folder = output.rpartition("/")[0]
        while folder and folder not in folders:
            folders.add(folder)
            folder = folder.rpartition("/")[0]
    if len(taken) == len(outputs) and taken.isdisjoint(folders):
        return  # as in nearly all runs
    claimed: dict[str, tuple[str, str, RecordKey]] = {}
    for mine in [
        *((page.output, _MAKERS.get(page.template) or f"the page made with {page.template}", page.key) for page in pages),
        *((output, path, NO_RECORD) for output, path in copies.items()),
    ]:
        output, maker, key = mine
        first = claimed.setdefault(urls.alike(output), mine)
        # Topics that are spelled in two ways are reported where they stand; sizes of a picture are called after its file, of which the same is reported.
        if first is not mine and not first[2][0] == key[0] == "topic" and not first[1] == maker == _PICTURE:
            yield Clash(first[0], output, (first[1], maker))
    for alike, (output, _, _) in claimed.items():
        folder = alike.rpartition("/")[0]
        while folder:
            if folder in taken:
                yield Clash(claimed[folder][0], output, (claimed[folder][1], ""))
                break
            folder = folder.rpartition("/")[0]


_SIGNS = re.compile(r"[#?]")
_MARK = re.compile(r"(?:by|on|source|quote|event)=[\w,=-]+$")


def unused(site: Site, texts: Iterable[LinksOfText], outputs: Iterable[str]) -> frozenset[str]:
    """Return the files of the output that no text links to or shows, no entry of the navigation links to, and no `x_` key of an explainer or page names."""
    linked = {_file(site, href.target, file) for file, hrefs in texts for href in hrefs}
    # A link to a file whose own name has signs of addresses, `press%20photo.png`, leads elsewhere; that is reported, and here it is the file that is meant.
    left = {path for path in outputs if linked.isdisjoint({path, _SIGNS.split(urls.file_of(path))[0]})}
    left -= {_file(site, urls.decoded(link.path), settings.PATH) for link in site.settings.nav}
    if left:  # as good as never: what follows looks at every record
        # Nor is one unused whose name a link has in other capitals, which leads nowhere.
        alike = {urls.alike(path) for path in linked}
        left = {path for path in left if urls.alike(path) not in alike}
        extra = [(record.location.path, record.extra) for record in site.explainers.values()]
        extra += [(page.location.path, page.extra) for page in site.pages]
        left -= {_file(site, urls.address_of(value), file) for file, pairs in extra for _, value in pairs}
    return frozenset(left)


def _file(site: Site, target: str, file: str) -> str:
    """Return the output file to which a local address in a content file leads."""
    return urls.file_of(body_html.address(site, target, file=file).partition("#")[0].partition("?")[0])


def report_clashes(site: Site, clashes: Collection[Clash], pages: Iterable[PageEntry], copies: Mapping[str, str]) -> Iterator[Diagnostic]:
    """Report paths that two of the pages or copied files claim: once for two records, however many files they make."""
    reported: set[object] = set()
    makers = _makers(site, {output for clash in clashes for output in (clash.first, clash.second)}, pages, copies) if clashes else {}
    for clash in clashes:
        found = dict.fromkeys((location, output) for output in (clash.first, clash.second) for location in makers[output])
        claims = sorted(found, key=lambda pair: (pair[0].path, pair[0].line, pair[0].column))[:2]
        locations = list(dict.fromkeys(location for location, _ in claims))
        if not clash.makers[1]:
            message = f"/{clash.first} would have to be a file and a folder at once."
        elif len(locations) == 2 and claims[0][1] != claims[1][1]:
            left, right = (f"/{urls.path_of(output)}" for output in _roots(claims[0][1], claims[1][1]))
            alike = characters.apart(left, right, "the one", "the other")
            message = f"Two pages would have one address: {left} and {right} are the same to some file systems."
            message += f" They look alike: {alike}." if alike else ""
        else:
            message = f"Two things claim the path /{clash.second}: {clash.makers[0]}, and {clash.makers[1]}."
        # A record makes many files: one report is enough.
        slip: object = tuple(locations) if len(locations) == 2 else (*locations, clash.first)
        if slip not in reported:
            reported.add(slip)
            location, *also = list(reversed(locations)) or [Location(settings.PATH)]
            yield Diagnostic("path-twice", message, location, help="Give one of them another name, slug or alias.", also=tuple(also))


def _roots(first: str, second: str) -> tuple[str, str]:
    """Return two paths up to the last part in which they differ, with a slash if more follows."""
    left, right = first.split("/"), second.split("/")
    last = max(n for n, pair in enumerate(zip(left, right, strict=False)) if pair[0] != pair[1]) + 1
    behind = "/" * (last < len(left))
    return "/".join(left[:last]) + behind, "/".join(right[:last]) + behind


def _makers(site: Site, outputs: AbstractSet[str], pages: Iterable[PageEntry], copies: Mapping[str, str]) -> dict[str, list[Location]]:
    """Return, by output file, the locations of the records and files that make it; none for pages that every site has."""
    found: dict[str, list[Location]] = {output: [Location(copies[output])] if output in copies else [] for output in outputs}
    records: Mapping[str, Mapping[str, Record]] = {
        "explainer": site.explainers,
        "actor": site.actors,
        "event": site.events,
        "source": site.sources,
        "page": {page.slug: page for page in site.pages},
    }
    for page in pages:
        if page.output in outputs:
            kind, key = page.key
            found[page.output] += [records[kind][key].location] if kind in records else []
    return found


def dead_links(site: Site, texts: Iterable[LinksOfText], existing: Known) -> Iterator[Diagnostic]:
    """Every local link of plain Markdown leads to a page or a file of the site, and to an existing heading."""
    hints = link_suggestions.LinkSuggestions(existing, site.addresses)
    anchors_of = functools.cache(lambda page: _anchors(site, existing.entry(urls.output_file(page))))
    for file, hrefs in texts:
        for segment in hrefs:
            address = body_html.address(site, segment.target, file=file)
            before, _, fragment = address.partition("#")
            before = before.partition("?")[0]
            page = urls.file_of(before) if before or not address.startswith("#") else body_html.page_of(site, file)
            location = location_of(segment, file)
            if urls.output_file(page) not in existing and page not in existing:
                near = hints.of(segment.target, file, page)
                mark = f"What says who or when stands in braces: [words]{{{segment.target}}}" if _MARK.match(segment.target) else ""
                yield Diagnostic(
                    "link-dead",
                    f"“{segment.target}” leads to nothing on this site.",
                    location,
                    help=mark or near.help or "Write the path of a page, such as /glossary/, or of a file in content/static/.",
                    subject=segment.target,
                    suggestion=near.suggestion,
                )
                continue
            anchors = anchors_of(page) if fragment else None
            if anchors is not None and fragment not in anchors and fragment not in _PERHAPS:
                near = advice(f"#{fragment}", [f"#{anchor}" for anchor in anchors])
                yield Diagnostic(
                    "anchor-dead",
                    f"There is no heading “#{fragment}” on the page /{page}.",
                    location,
                    help=near.help or "A heading’s anchor is its words, small, with hyphens.",
                    subject=f"#{fragment}",
                    suggestion=near.suggestion,
                )


def _anchors(site: Site, page: PageEntry | None) -> frozenset[str] | None:
    """Return the ids on a page that a link may name; None if they are not known."""
    if page is None:
        return None
    key, text = page.key[1], None
    match page.kind:
        case "explainer":
            return frozenset(_of_explainer(site, key))
        case "actor":
            text = site.actors[key].text
        case "event":
            text = site.events[key].text
        case "source":
            text = site.sources[key].text
        case "page":
            text = next(page.body for page in site.pages if page.slug == key)
        case _:
            return None
    return frozenset((*_top(text), *anchors_of_text(text)) if text is not None else (MAIN,))


def _top(text: Body) -> tuple[str, ...]:
    """Return the id of the main element; empty if a heading has the same name, which the link may mean."""
    return () if any(section.id == f"{MAIN}-1" and urls.slug(section.title) == MAIN for section in text.sections) else (MAIN,)


_PERHAPS = frozenset({"part--facing", "part--new", "part--cite", "part--chapters"})
"""Sections that depend on other files or on the day of the build: links to them are not checked."""


def anchors_of_text(text: Body) -> Iterator[str]:
    """Yield the ids of the headings and the notes of a text."""
    yield from (section.id for section in text.sections)
    for segment in text.segments:
        if isinstance(segment, NoteRef):
            yield f"note-ref--{segment.number}"
        elif isinstance(segment, NoteOpen):
            yield f"note--{segment.number}"


def _of_explainer(site: Site, slug: str) -> Iterator[str]:
    """Yield the ids on the page of an explainer; empty sections have none."""
    text, quotes, events = site.bodies[slug], {key for _, key in site.quotes_in[slug]}, site.timelines[slug]
    yield from (*_top(text), *anchors_of_text(text))
    yield from (f"quote--{key}" for key in quotes)
    for segment in text.segments:
        if isinstance(segment, MarkOpen) and segment.kind == "event" and segment.id in events:
            yield f"told--{segment.id}"
    parts = {
        "timeline": events,
        "who": site.cast[slug],
        "quotes": quotes,
        "sources": site.explainer_sources[slug],
        "corrections": site.explainers[slug].corrections,
    }
    yield from (f"part--{part}" for part, filled in parts.items() if filled)
    yield from (f"part--{embed.target}" for embed in text.embeds if embed.target in {"timeline", "who"})


def texts_with_links(site: Site, memory: Memory | None = None) -> tuple[LinksOfText, ...]:
    """Return every text with plain Markdown links: its file and the links. `memory` has the results of the last run, if there was one."""
    memory = memory if memory is not None else Memory()
    kind = tuple[Href | Shown, ...]

    def gathered(name: str, records: Mapping[str, Any], links: Callable[[Any], tuple[Href, ...]]) -> Mapping[str, tuple[Href, ...]]:
        each = memory.map_values(f"local links of {name}", records, links, kind)
        return memory.compute(f"{name} with local links", each, lambda given: {key: found for key, found in given.items() if found}, kind)

    def of_explainers(found: Mapping[str, tuple[Href, ...]]) -> Iterator[LinksOfText]:
        return ((site.explainers[slug].location.path, hrefs) for slug, hrefs in found.items())

    texts = [
        *of_explainers(gathered("bodies", site.bodies, attrgetter("hrefs"))),
        *of_explainers(gathered("updates and corrections", site.explainers, lambda explainer: _hrefs(*explainer.lines))),
        *((page.location.path, page.body.hrefs) for page in site.pages),
    ]
    for of, records in (("actors", site.actors), ("sources", site.sources), ("events", site.events)):
        found = gathered(of, records, lambda record: _hrefs(record.text))
        texts += [(records[key].location.path, hrefs) for key, hrefs in found.items()]
    pictured: tuple[tuple[str, Mapping[str, Any]], ...] = (("lead pictures", site.explainers), ("portraits", site.actors))
    for name, owners in pictured:
        texts += [(owners[key].image.location.path, hrefs) for key, hrefs in gathered(name, owners, _image).items()]
    lines = gathered("lines of events", site.events, lambda event: _hrefs(event.summary))
    texts += [(site.events[key].summary_in, hrefs) for key, hrefs in lines.items()]
    return (*texts, (settings.PATH, _hrefs(site.settings.footer)))


def _image(record: Any) -> tuple[Href, ...]:
    """Return the file that a record names as its picture, as a link to it."""
    image: Image | None = record.image
    return (
        (Href(urls.address_of(image.file), image.location.line, image.location.column, image.location.width),) if image is not None else ()
    )


def _hrefs(*bodies: Body | None) -> tuple[Href, ...]:
    return tuple(href for body in bodies if body is not None for href in body.hrefs)


def plain_pages(targets: Mapping[RecordKey, Mapping[tuple[str, str], Target]]) -> tuple[str, ...]:
    """Return the paths of the plain pages that links in double brackets lead to."""
    return tuple(sorted({urls.page_path(target.id) for found in targets.values() for target in found.values() if target.kind == "page"}))


def navigation(site: Site, texts: Iterable[LinksOfText], existing: Known, linked_pages: Iterable[str]) -> Iterator[Diagnostic]:
    """Every entry of the navigation leads to a page, and every plain page is linked from somewhere."""
    linked = set(linked_pages)
    hints = link_suggestions.LinkSuggestions(existing, site.addresses)
    for link in site.settings.nav:
        path = link.path.partition("#")[0].lstrip("/")
        if link.path.startswith("/"):
            linked.add(path)
            if urls.output_file(path) not in existing and path not in existing:
                message = f"The navigation’s “{link.path}” leads to nothing on this site."
                near = hints.near(link.path)
                yield Diagnostic("link-dead", message, link.location, help=near.help, subject=link.path, suggestion=near.suggestion)
    for file, hrefs in texts:
        linked |= {body_html.address(site, href.target, file=file).partition("#")[0] for href in hrefs}
    folders = {page.slug for page in site.pages}
    for page in site.pages:
        if urls.page_path(page.slug) not in linked and page.slug.rpartition("/")[0] not in folders:
            yield Diagnostic(
                "page-unlinked",
                "Nothing links to this page.",
                Location(page.location.path),
                help="Link to it from a page, or add it to “nav:” in site.yaml.",
                severity=WARNING,
            )
