"""Renames a record in one file: each reference, and the record itself."""

import posixpath
import re
from collections.abc import Container, Iterator, Mapping

from builder.content import settings
from builder.content.editing import Edit, FileEdit, Refused, SourceFile, in_order, refused, replace, set_key, spliced
from builder.content.editing.front_matter import expanded, is_short, path_at, proved
from builder.content.editing.id_references import of_file, texts
from builder.content.editing.outline import Leaf, Map, Seq, Span
from builder.content.editing.plain_values import Path
from builder.content.parse import CONTENT, KIND
from builder.content.renaming import marks
from builder.content.renaming.id_change import IdChange
from builder.model import Body, Document, Embed, Href, Link, MarkOpen, Reference

_LINK = re.compile(r"\[\[[ \t]*(?:(?P<kind>\w+):)?(?P<target>[^\[\]|\\\n]+?)[ \t]*(?=\\?\||\]\])")


def bodies(document: Document) -> Iterator[Body]:
    """Yield the texts of a file, below its front matter."""
    for record in (document.explainer, document.page):
        if record is not None:
            yield record.body
    for shared in (document.actor, document.event, document.source):
        text = getattr(shared, "text", None)
        if text is not None:
            yield text


def renamed(
    path: str, data: bytes, document: Document | None, change: IdChange, moves: Mapping[str, str], *, is_keeper: bool
) -> bytes | Refused:
    """Return a file with a record called otherwise wherever it is named, or why it cannot be.

    `document` is what it says, None for the settings; `moves` are the files that get another name, and `is_keeper` is whether this one keeps the old id.
    """
    if (document is None and path != settings.PATH) or (document is not None and document.archive is not None):
        return data
    source = SourceFile.of(path, data)
    if isinstance(source, Refused):
        return source if change.old.encode() in data else data
    record = "site" if document is None else KIND[path.removeprefix(CONTENT).partition("/")[0]]
    slug = document.explainer.slug if document is not None and document.explainer is not None else ""
    top = source.fields
    if isinstance(top, Refused):
        return top if change.old in source.text else data
    edits = [*_in_bodies(source, document, change, slug, moves)] if document is not None else [*_in_settings(top, change, moves)]
    in_marks = marks.edits_of(source, document, change, slug, is_keeper=is_keeper)
    if isinstance(in_marks, Refused):
        return in_marks
    edits += in_marks.edits
    defined = False
    for named in of_file(top, record):
        if not named.defines and change.taken().value(named.kinds, named.leaf.value, slug) is not None:
            message = f"“{change.new}” stands there, and would mean this {change.kind} from now on."
            return refused("there-already", path, source.line_of(named.leaf.start), message)
        changed = change.value(named.kinds, named.leaf.value, slug)
        if changed is None:
            continue
        if named.leaf.odd or _written(source, named.leaf) != named.leaf.value:
            return refused("alias" if named.leaf.odd else "layout", path, source.line_of(named.leaf.start))
        defined |= named.defines
        edits.append(_inside(named.leaf, changed))
    edits += [edit for leaf in texts(top, record) for edit in _in_line(source, leaf, change, slug, _quotes(document))]
    if change.kind == "explainer" and slug == change.old and top is not None and isinstance(own := top.get("slug"), Leaf):
        edits.append(_inside(own, change.new))
    ordered = in_order(edits)
    if ordered is None:
        return refused("overlap", path)
    moved = source.with_text(spliced(source.text, ordered))
    if isinstance(made := proved(source, ordered, None, moved.block.body), Refused):
        return made
    if in_marks.holds:
        return moved.text.encode("utf-8")
    return _with_own_id(moved, document, change, defined=defined, is_keeper=is_keeper, is_moved=path in moves)


# --- the record itself ------------------------------------------------


def _with_own_id(
    source: SourceFile, document: Document | None, change: IdChange, *, defined: bool, is_keeper: bool, is_moved: bool
) -> bytes | Refused:
    """Give a record whose id was made from its words the new one, and let it keep the old one where this file does."""
    where = _record_path(source, document, change)
    if where is not None and not defined and not is_moved:
        if is_keeper and (line := _line_of_list(source, where)) is not None:
            whole = {**expanded(str(where[0]), line.value, short=is_short(source)), "former_ids": change.old}
            made = replace(source, where, {change.new: whole})
            return made if isinstance(made, Refused) else spliced(source.text, made.edits).encode("utf-8")
        made = _with_id(source, where, change.new)
        if isinstance(made, Refused):
            return made
        source = source.with_text(spliced(source.text, made.edits))
    if not is_keeper:
        return source.text.encode("utf-8")
    if change.kind == "explainer":
        path: Path = ()
        key, value = "aliases", f"/explainers/{change.old}/"
    else:
        path = () if document is not None and getattr(document, change.kind) is not None else where or ()
        key, value = "former_ids", change.old
        if path and not isinstance(found := _moved_path(source, path, change), Refused):
            path = found
        elif path:
            return refused("layout", source.path)
    had = _list_at(source, (*path, key))
    made = set_key(source, path, key, [*had, value] if had else [value] if key == "aliases" else value)
    return made if isinstance(made, Refused) else spliced(source.text, made.edits).encode("utf-8")


def _record_path(source: SourceFile, document: Document | None, change: IdChange) -> Path | None:
    """Return where the record stands in an explainer; None if it does not, or its id alone is listed."""
    explainer = document.explainer if document is not None else None
    if explainer is None or change.kind == "explainer":
        return None
    records = {"actor": explainer.actors, "event": explainer.timeline, "source": explainer.sources, "quote": explainer.quotes}[change.kind]
    if change.kind == "quote" and explainer.slug != change.slug:
        return None
    found = next((record for record in records if record.id == change.old and not isinstance(record, Reference)), None)
    if found is None:
        return None
    path = path_at(source, found.location.line, found.location.column) or ()
    depth = 3 if path[1:2] == ("list",) else 2
    return path[:depth] if len(path) >= 2 else None


def _with_id(source: SourceFile, path: Path, new: str) -> FileEdit | Refused:
    """Write the id of a record that has none of its own."""
    node = _at(source, path)
    if isinstance(node, Leaf) and isinstance(path[-1], int):  # “- Ann Lee, Mayor”
        return replace(source, path, {new: node.value})
    return set_key(source, path, "id", new)


def _line_of_list(source: SourceFile, path: Path) -> Leaf | None:
    """Return the line of a list that a record is: `- Ann Lee, Mayor`; None for another form of it."""
    node = _at(source, path)
    return node if isinstance(node, Leaf) and isinstance(path[-1], int) and path[0] in {"actors", "unnamed", "sources"} else None


def _moved_path(source: SourceFile, path: Path, change: IdChange) -> Path | Refused:
    """Return the path of a record once its id is another, where it stands below that."""
    if path[-1] == change.old:
        path = (*path[:-1], change.new)
    node = _at(source, path)
    if isinstance(node, Map) and isinstance(path[-1], int) and len(node.items) == 1 and node.items[0][0].value == change.new:
        inner = node.items[0][1]
        if isinstance(inner, Leaf) and not inner.is_empty:  # “- ann-lee: Ann Lee, Mayor” in a list
            return refused("layout", source.path, source.line_of(inner.start))
        return (*path, change.new)
    return path if node is not None else refused("no-such-place", source.path)


def _at(source: SourceFile, path: Path) -> Span | None:
    node: Span | Refused | None = source.fields
    for part in path:
        if isinstance(node, Map):
            node = node.get(str(part))
        elif isinstance(node, Seq) and isinstance(part, int) and part < len(node.items):
            node = node.items[part]
        else:
            return None
    return node if isinstance(node, (Leaf, Map, Seq)) else None


def _list_at(source: SourceFile, path: Path) -> list[str]:
    node = _at(source, path)
    leaves = node.items if isinstance(node, Seq) else (node,)
    return [leaf.value for leaf in leaves if isinstance(leaf, Leaf) and leaf.value]


# --- places that name it ------------------------------------------------


def _written(source: SourceFile, leaf: Leaf) -> str:
    mark = 1 if leaf.style in {"'", '"'} else 0
    return source.text[leaf.start + mark : leaf.end - mark]


def _inside(leaf: Leaf, words: str) -> Edit:
    """Return the edit that writes other words between the quotation marks of a value, if it has any."""
    mark = 1 if leaf.style in {"'", '"'} else 0
    return Edit(leaf.start + mark, leaf.end - mark, words)


def _in_bodies(source: SourceFile, document: Document, change: IdChange, slug: str, moves: Mapping[str, str]) -> Iterator[Edit]:
    """Yield the edits of links, cards, timelines and marks; code is none of these, and stays."""
    done: set[int] = set()
    own = _quotes(document)
    for body in bodies(document):
        for segment in body.segments:
            changed: str | None = None
            if isinstance(segment, (Link, Embed)):
                target, changed = segment.target, change.link(segment.kind, segment.target, slug, own)
            elif isinstance(segment, MarkOpen):
                kinds = (segment.kind,)
                target, changed = segment.id, change.value(kinds, segment.id, slug)
            elif isinstance(segment, Href):
                target, changed = segment.target, _address(document.path, segment.target, change, moves)
            else:
                continue
            if isinstance(segment, Embed):
                yield from _filters(source, segment, change)
            if changed is None or not segment.line:
                continue
            start = _spot(source, segment.line, segment.column, target)
            if start is not None and start not in done:
                done.add(start)
                yield Edit(start, start + len(target), changed)


def _spot(source: SourceFile, line: int, column: int, words: str) -> int | None:
    """Return where words stand that begin at about a place of the text."""
    start = source.offset(line, column)
    if source.text.startswith(words, start):
        return start
    found = source.text.find(words, source.line_start(start), source.line_end(start))
    return found if found >= 0 else None


def _filters(source: SourceFile, embed: Embed, change: IdChange) -> Iterator[Edit]:
    if change.kind != "actor" or ("actor", change.old) not in embed.filters:
        return
    start = source.line_start(source.offset(embed.line, 1))
    words = source.text[start : source.line_end(start)]
    found = re.search(rf"actor={re.escape(change.old)}(?=[\s\]])", words)
    if found is not None:
        yield Edit(start + found.start() + len("actor="), start + found.end(), change.new)


def _address(path: str, target: str, change: IdChange, moves: Mapping[str, str]) -> str | None:
    """Return what a plain link becomes that leads to the page of the record, or to its file."""
    folder = {"actor": "actors", "event": "events", "source": "sources", "explainer": "explainers"}.get(change.kind)
    address = re.match(r"[^#?]*", target)
    before = address[0] if address is not None else ""
    rest = target[len(before) :]
    if folder is None:
        return None
    if before.rstrip("/") == f"/{folder}/{change.old}":
        return f"/{folder}/{change.new}{before[len(f'/{folder}/{change.old}') :]}{rest}"
    there = posixpath.normpath(posixpath.join(posixpath.dirname(path), before)) if before and not before.startswith("/") else ""
    new = moves.get(there)
    if new is None or not before.endswith(posixpath.basename(there)):
        return None
    if posixpath.dirname(new) != posixpath.dirname(there):  # a folder of its own
        return posixpath.relpath(new, posixpath.dirname(path)) + rest
    return before.removesuffix(posixpath.basename(there)) + posixpath.basename(new) + rest


def _quotes(document: Document | None) -> frozenset[str]:
    return (
        frozenset(quote.id for quote in document.explainer.quotes)
        if document is not None and document.explainer is not None
        else frozenset()
    )


def _in_line(source: SourceFile, leaf: Leaf, change: IdChange, slug: str, own: Container[str]) -> Iterator[Edit]:
    """Yield the edits of links in a line of Markdown of the front matter."""
    for found in _LINK.finditer(source.text, leaf.start, leaf.end):
        changed = change.link(found["kind"] or "", found["target"], slug, own)
        if changed is not None:
            yield Edit(found.start("target"), found.end("target"), changed)


def _in_settings(top: Map | None, change: IdChange, moves: Mapping[str, str]) -> Iterator[Edit]:
    """Yield the edits of the paths of pages and files in the settings."""
    waiting: list[tuple[str, Span]] = [(key.value, value) for key, value in top.items] if top is not None else []
    while waiting:
        key, node = waiting.pop()
        if isinstance(node, Map):
            waiting += [(name.value, value) for name, value in node.items]
        elif isinstance(node, Seq):
            waiting += [(key, item) for item in node.items]
        elif key == "files" and node.value in moves:
            yield _inside(node, moves[node.value])
        elif key == "path" and (changed := _address(settings.PATH, node.value, change, {})) is not None:
            yield _inside(node, changed)
