"""Where the parts of a page were written: from an element of a page to a file and a line, and from a change in a file to an element."""

from collections.abc import Iterator
from itertools import zip_longest

from builder import urls
from builder.content import frontmatter, markup
from builder.content.reading import Tree
from builder.diagnostics import Place
from builder.model import Body, Document, Explainer, Site
from builder.preview.snapshot import Spot

TEXT = ".text > :nth-child({n})"
"""The elements that stand directly in the text of a page, counted from 1."""


def spots(site: Site, path: str, tree: Tree) -> tuple[Spot, ...]:
    """Return where the parts of the page at `path` were written; what comes later stands inside of what comes earlier, or beside it."""
    file = next((file for file, page in site.addresses.items() if page == path), "")
    found = list(_of_file(tree, file)) if file else []
    explainer = site.explainers.get(path.removeprefix("explainers/").rstrip("/")) if path.startswith("explainers/") else None
    if explainer is not None:
        found += _of_explainer(site, explainer)
    for kind, records in (("actors", site.actors), ("events", site.events), ("sources", site.sources)):
        record = records.get(path.removeprefix(f"{kind}/").rstrip("/")) if path.startswith(f"{kind}/") else None
        if record is not None:
            found.insert(0, _spot("main", record.place))
    return tuple(found)


def _of_file(tree: Tree, file: str) -> Iterator[Spot]:
    data = tree.get(file)
    if data is None or not file.endswith((".md", ".markdown")):
        return
    yield Spot("main", file, 1, 1)
    block, _ = frontmatter.split(data.decode("utf-8", "replace"), path=file)
    for n, line in enumerate(markup.block_lines(block.body, line=block.body_line), 1):
        yield Spot(TEXT.format(n=n), file, line, 1)


def _of_explainer(site: Site, explainer: Explainer) -> Iterator[Spot]:
    for quote in map(site.quotes.__getitem__, site.quotes_in[explainer.slug]):
        yield _spot(f"[id='quote--{quote.id}']", quote.place)
    for key in site.timelines[explainer.slug]:
        yield _spot(f".timeline .entry:has(a[href$='{urls.event(key)}'])", site.events[key].place)
    for part in site.cast[explainer.slug]:
        yield _spot(f".cast > div:has(dt a[href$='{urls.actor(part.id)}'])", site.actors[part.id].place)
    for key in site.reports[explainer.slug]:
        yield _spot(f".source-entry:has(.title a[href$='{urls.source(key)}'])", site.sources[key].place)


def _spot(selector: str, place: Place) -> Spot:
    return Spot(selector, place.path, place.line, place.column)


def changed_spot(old: Document | None, new: Document, before: bytes, after: bytes) -> str:
    """Return the selector of the first quote or block that a save has changed; "" where it is neither."""
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
    return TEXT.format(n=min(n, len(blocks[1]))) if n and blocks[1] else ""


def _body(document: Document) -> Body:
    record = document.explainer or document.page
    return record.body if record is not None else Body()


def _blocks(data: bytes, file: str) -> list[str]:
    """Return the words of each block of a text, as they are written."""
    block, _ = frontmatter.split(data.decode("utf-8", "replace"), path=file)
    lines = block.body.split("\n")
    starts = [line - block.body_line for line in markup.block_lines(block.body, line=block.body_line)]
    return ["\n".join(lines[start:end]).strip() for start, end in zip_longest(starts, starts[1:])]
