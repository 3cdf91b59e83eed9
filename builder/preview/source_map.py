"""Maps elements of a page to lines of a content file, and locations or changes in a file to elements."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import zip_longest

import msgspec

from builder import urls
from builder.content import frontmatter, markup
from builder.content.frontmatter import MappingNode, Node, Scalar, SequenceNode
from builder.content.reading import Tree
from builder.content.settings import PATH as SETTINGS
from builder.diagnostics import Location
from builder.model import Body, Document, Explainer, Site
from builder.pages import PageEntry
from builder.preview.snapshot import SourceSpot

PARAGRAPH_SELECTOR = ".text > :nth-child({n} of :not(backstory-marker))"
"""The block elements of a text, counted from 1 without those that the preview inserts."""

TEXT_SELECTOR = ".text >"
"""How the selector of an element of the text begins."""

PAGE_SELECTOR = "main"
"""What is about the page as a whole, or about nothing that it shows."""

HEAD_SELECTORS = {
    "title": "main h1",
    "summary": "main .head .summary",
    "as_of": "main .head .dateline",
    "published": "main .citation",
    "updated": "main .citation",
    "authors": "main .citation",
    "topics": "main .head .kicker",
}
"""What the keys at the head of an explainer are shown as."""

_SHOWN_AS = {
    "timeline": (".timeline .entry:has(a[href$='{path}'])", urls.event_path),
    "actors": (".cast > div:has(dt a[href$='{path}'])", urls.actor_path),
    "unnamed": (".cast > div:has(dt a[href$='{path}'])", urls.actor_path),
    "sources": (".sources > li:has(> a[href$='{path}'])", urls.source_path),
}
"""By the key that lists them: how records are found in the page of an explainer, and where their own pages are."""


def spots(site: Site, page: PageEntry, tree: Tree) -> tuple[SourceSpot, ...]:
    """Return the source locations of a page; later ones are inside earlier ones, or beside them."""
    path, key = urls.path_of(page.output), page.key[1]
    file = next((file for file, address in site.addresses.items() if address == path), "")
    found = list(_of_file(tree, file)) if file else []
    match page.kind:
        case "home":
            found.append(SourceSpot(PAGE_SELECTOR, SETTINGS, 1, 1))
        case "explainer":
            found += _of_explainer(site, site.explainers[key])
        case "actor":
            found.insert(0, _spot(PAGE_SELECTOR, site.actors[key].location))
        case "event":
            found.insert(0, _spot(PAGE_SELECTOR, site.events[key].location))
        case "source":
            found.insert(0, _spot(PAGE_SELECTOR, site.sources[key].location))
    return tuple(found)


def _of_file(tree: Tree, file: str) -> Iterator[SourceSpot]:
    data = tree.get(file)
    if data is None or not file.endswith((".md", ".markdown")):
        return
    yield SourceSpot(PAGE_SELECTOR, file, 1, 1)
    block, _ = frontmatter.split(data.decode("utf-8", "replace"), path=file)
    for n, line in enumerate(markup.block_lines(block.body, line=block.body_line), 1):
        yield SourceSpot(PARAGRAPH_SELECTOR.format(n=n), file, line, 1)


def _of_explainer(site: Site, explainer: Explainer) -> Iterator[SourceSpot]:
    for quote in map(site.quotes.__getitem__, site.quotes_in[explainer.slug]):
        yield _spot(f"[id='quote--{quote.id}']", quote.location)
    for key in site.timelines[explainer.slug]:
        yield _spot(_shown_as("timeline", key), site.events[key].location)
    for part in site.cast[explainer.slug]:
        yield _spot(_shown_as("actors", part.id), site.actors[part.id].location)
    for key in site.explainer_sources[explainer.slug]:
        yield _spot(_shown_as("sources", key), site.sources[key].location)


def _shown_as(listed: str, key: str) -> str:
    selector, path_of = _SHOWN_AS[listed]
    return selector.format(path=path_of(key))


class FrontMatterEntry(msgspec.Struct, frozen=True):
    """A key of a front matter, or a record in the list below it."""

    line: int
    key: str
    """At the left edge: `title`, `quotes`."""
    name: str = ""
    """Of a record, its id if it has one in the list; "" of the key itself."""


def entries(data: bytes, file: str) -> tuple[FrontMatterEntry, ...]:
    """Return the keys of a front matter and the records below them, in the order of their lines; at the end one without a key, for the text."""
    text = data.decode("utf-8", "replace")
    if not file.endswith((".md", ".markdown")):
        return ()
    block, _ = frontmatter.split(text, path=file)
    found = {block.body_line: FrontMatterEntry(block.body_line, "")}
    for key, value in block.fields.items:
        found[key.line] = FrontMatterEntry(key.line, key.value)
        for item in _inner(value):
            found.setdefault(item.line, FrontMatterEntry(item.line, key.value, _name(item)))
    # An unreadable line belongs to no part of the page, and not to the key above it.
    for line, row in enumerate(text.splitlines()[: block.body_line - 1], 1):
        if line not in found and (begins := _BEGINS.match(row)):
            found[line] = FrontMatterEntry(line, begins[1] or "-")
    return tuple(found[line] for line in sorted(found))


_BEGINS = re.compile(r"([\w-]+)[ \t]*:|[ \t]{0,4}- ")
"""A key at the left edge, or an entry of the list below it."""


def _inner(node: Node) -> Iterator[Scalar | MappingNode | SequenceNode]:
    """Yield the records of a list, or the ids of a mapping of records."""
    if isinstance(node, MappingNode):
        listed = next((value for key, value in node.items if key.value == "list"), None)
        if listed is not None:
            yield from _inner(listed)
        else:
            yield from (key for key, _ in node.items)
    elif isinstance(node, SequenceNode):
        yield from node.items


def _name(node: Node) -> str:
    if isinstance(node, Scalar):
        return node.value
    if not isinstance(node, MappingNode) or not node.items:
        return ""
    given = next((value for key, value in node.items if key.value == "id"), None)
    return given.value if isinstance(given, Scalar) else node.items[0][0].value


def passage(spots: Iterable[SourceSpot], within: Sequence[FrontMatterEntry], location: Location) -> str:
    """Return the selector of the part of a page that a place in a content file is about; "" if it is about none.

    `spots` are the parts of the page, and `within` the entries of the file.
    """
    own = [spot for spot in spots if spot.path == location.path]
    if not own:
        return ""
    # Of another file than that of the page, a record alone is shown.
    is_pages = any(spot.selector == PAGE_SELECTOR and spot.line <= 1 for spot in own)
    n = max((n for n, entry in enumerate(within) if entry.line <= location.line), default=-1)
    if n < 0 or not within[n].key:
        # A mark makes a record that is shown elsewhere too: problems of the words around it belong to the text.
        begins = within[n].line if n >= 0 else location.line + 1
        parts = [spot for spot in own if spot.line < begins or spot.selector.startswith((TEXT_SELECTOR, PAGE_SELECTOR))]
        above = [spot for spot in parts if spot.line <= location.line] or own[:1]
        return max(reversed(above), key=lambda spot: spot.line).selector if is_pages or not within else ""
    entry, behind = within[n], within[n + 1].line
    inside = next((spot for spot in own if entry.line <= spot.line < behind), None) if entry.name else None
    if inside is not None:
        return inside.selector
    if not is_pages:
        return ""
    if entry.name and entry.key in _SHOWN_AS:
        return _shown_as(entry.key, entry.name) if re.fullmatch(r"[\w.-]+", entry.name) else PAGE_SELECTOR
    return HEAD_SELECTORS.get(entry.key, PAGE_SELECTOR)


def _spot(selector: str, location: Location) -> SourceSpot:
    return SourceSpot(selector, location.path, location.line, location.column)


def changed_spot(old: Document | None, new: Document, before: bytes, after: bytes) -> str:
    """Return the selector of the first quote or block that a save has changed; "" if it is neither."""
    if old is None:
        return ""
    if old.explainer is not None and new.explainer is not None:
        known = {quote.id: quote.segments for quote in old.explainer.quotes}
        for quote in new.explainer.quotes:
            if known.get(quote.id) != quote.segments:
                return f"[id='quote--{quote.id}']"
    if _body(old) == _body(new):
        return ""
    blocks = [_blocks(data, new.path) for data in (before, after)]
    n = next((n for n, (one, other) in enumerate(zip_longest(*blocks), 1) if one != other), 0)
    return PARAGRAPH_SELECTOR.format(n=min(n, len(blocks[1]))) if n and blocks[1] else ""


def _body(document: Document) -> Body:
    record = document.explainer or document.page
    return record.body if record is not None else Body()


def _blocks(data: bytes, file: str) -> list[str]:
    """Return the words of each block of a text, as they are written."""
    block, _ = frontmatter.split(data.decode("utf-8", "replace"), path=file)
    lines = block.body.split("\n")
    starts = [line - block.body_line for line in markup.block_lines(block.body, line=block.body_line)]
    return ["\n".join(lines[start:end]).strip() for start, end in zip_longest(starts, starts[1:])]
