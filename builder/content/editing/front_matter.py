"""Edits of the front matter. Each is verified: our parser must read the old values and the change.

What stands elsewhere in the file is no part of an edit: comments, order, quotation marks, indents and line ends stay as they are.
"""

from collections.abc import Callable, Sequence

from builder.content import schema
from builder.content.editing import rendering
from builder.content.editing.adding import NewKey, in_place, into_list, into_map, into_nothing
from builder.content.editing.edit import Edit, FileEdit, Refused, in_order, refused, spliced
from builder.content.editing.outline import Leaf, Map, Seq, Span
from builder.content.editing.plain_values import Path, Shape, Value, plain_value, same, shape, shape_of
from builder.content.editing.removing import tail_comment, taken_out
from builder.content.editing.source import SourceFile

_BY_ID = {"actors": "actor", "sources": "source", "unnamed": "unnamed"}
"""Sections whose records are written below their ids, with the names of their short forms in `schema.IN_LINE`; those of others stand in a list."""


def insert(source: SourceFile, section: str, record: Value, *, key: str = "", index: int | None = None) -> FileEdit | Refused:
    """Return the edits that add a record to a section such as `actors` or `quotes`, which may be missing or empty.

    `record` is what the format takes there: `{"ann-lee": "The words", "via": "s1"}` for a quote, `{"name": …}` or a text below the id `key` for an actor, None for the bare id of a shared
    record. `index` is the number of the entry before which it is put, from 0; without it, the last.
    """
    top = _top(source)
    if isinstance(top, Refused):
        return top
    if record is None and not key:
        return refused("no-id", source.path)
    path: Path = (section,)
    held = top.get(section) if top is not None else None
    if held is not None and isinstance(found := _find(source, path), Refused):
        return found
    if isinstance(held, Map) and held.get("list") is not None:
        path, held = (section, "list"), held.get("list")
    elif isinstance(held, Map) and held.get("defaults") is not None:
        return set_key(source, path, "list", [_entry(record, key)])
    if top is None or held is None:
        return set_key(source, (), section, {key: record} if section in _BY_ID and key else [_entry(record, key)])
    if isinstance(held, Leaf) and held.is_null:
        return replace(source, path, {key: record} if section in _BY_ID and key else [_entry(record, key)])
    if isinstance(held, Seq):
        return _made(source, lambda wanted: into_list(source, held, wanted.at(path), _entry(record, key), index), path)
    if isinstance(held, Map):
        if not key:
            return refused("no-id", source.path, source.line_of(held.start))
        return _made(source, lambda wanted: into_map(source, held, wanted.at(path), NewKey(key, record), index), path)
    return refused("not-a-record", source.path, source.line_of(held.start))


def set_key(source: SourceFile, path: Path, key: str, value: Value) -> FileEdit | Refused:
    """Return the edits that give a key of the record at `path` a value, whether it has the key or not; `()` is the whole front matter.

    An actor or a source that is written in a line becomes a record in braces.
    """
    top = _top(source)
    if isinstance(top, Refused):
        return top
    if not path and top is None:
        return _made(source, lambda wanted: into_nothing(source, wanted, key, value), path)
    found = _find(source, path)
    if isinstance(found, Refused):
        return found
    if isinstance(found, Map):
        if found.get(key) is not None:
            return replace(source, (*path, key), value)
        return _made(source, lambda wanted: into_map(source, found, wanted.at(path), NewKey(key, value), None), path)
    if isinstance(found, Leaf) and found.is_null:
        return replace(source, path, {key: value})
    if isinstance(found, Leaf) and len(path) == 2 and path[0] in _BY_ID and not found.odd:
        whole = expanded(str(path[0]), found.value, short=is_short(source))
        if key in whole:
            return refused("there-already", source.path, source.line_of(found.start))
        return replace(source, path, {**whole, key: value})
    return refused("not-a-record", source.path, source.line_of(found.start))


def expanded(section: str, words: str, *, short: bool = False) -> dict[str, Value]:
    """Return the record that a line of a section such as `actors` is short for: `Ann Lee, Mayor` has a name and a position. `short` allows the lines of format 2."""
    from builder.content import one_line_records

    if short and section in {"actors", "unnamed"}:
        return {**(one_line_records.actor(words) if section == "actors" else one_line_records.unnamed(words))}
    if section == "sources" and (found := one_line_records.source(words)):
        return {**found}
    names = schema.IN_LINE[_BY_ID[section]]
    parts = one_line_records.parts_of(words)
    parts = [*parts[: len(names) - 1], ", ".join(parts[len(names) - 1 :])]
    return {name: part for name, part in zip(names, parts, strict=False) if part}


def is_short(source: SourceFile) -> bool:
    """Return whether a file is an explainer of format 2."""
    version = source.fields.get("format") if isinstance(source.fields, Map) else None
    return isinstance(version, Leaf) and version.value == str(schema.SHORT)


def replace(source: SourceFile, path: Path, value: Value) -> FileEdit | Refused:
    """Return the edits that put a value in the place of the one at `path`. A text keeps the quotation marks that it has, if it can."""
    found = _find(source, path)
    if isinstance(found, Refused):
        return found
    parent = _find(source, path[:-1])
    if isinstance(parent, Refused) or not path:
        return refused("no-such-place", source.path)

    def make(wanted: Shape) -> list[Edit] | Refused:
        wanted.at(path).become(shape(value))
        return in_place(source, parent, found, path[-1], value)

    return _made(source, make, path)


def rename_key(source: SourceFile, path: Path, key: str) -> FileEdit | Refused:
    """Return the edits that call the last key of `path` otherwise, such as the id that a record stands below."""
    parent = _find(source, path[:-1])
    if isinstance(parent, Refused):
        return parent
    if not isinstance(parent, Map) or parent.get(str(path[-1])) is None:
        return refused("no-such-place", source.path)
    if parent.get(key) is not None:
        return refused("there-already", source.path, source.line_of(parent.start))
    leaf = next(name for name, _ in parent.items if name.value == path[-1])

    def make(wanted: Shape) -> list[Edit] | Refused:
        held = wanted.at(path[:-1])
        number = held.index(path[-1])
        held.items[number] = (key, held.items[number][1])
        return [Edit(leaf.start, leaf.end, rendering.key(key, flow=parent.flow))]

    return _made(source, make, path[:-1])


def remove(source: SourceFile, path: Path) -> FileEdit | Refused:
    """Return the edits that take out a key with its value, a record or an entry of a list, with the lines that it alone stands on."""
    found = _find(source, path)
    parent = _find(source, path[:-1]) if path else refused("no-such-place", source.path)
    if isinstance(found, Refused):
        return found
    if isinstance(parent, (Refused, Leaf)):
        return parent if isinstance(parent, Refused) else refused("no-such-place", source.path)

    def make(wanted: Shape) -> list[Edit] | Refused:
        _drop(wanted, path, is_block=not parent.flow)
        return taken_out(source, parent, path[-1])

    return _made(source, make, path)


def move(source: SourceFile, path: Path, into: Path) -> FileEdit | Refused:
    """Return the edits that take a key with its value out of one record and put it into another, as it is written."""
    found, parent, target = _find(source, path), _find(source, path[:-1]), _find(source, into)
    for node in (found, parent, target):
        if isinstance(node, Refused):
            return node
    assert not isinstance(found, Refused)
    assert not isinstance(target, Refused)
    if isinstance(parent, (Refused, Leaf)) or not isinstance(path[-1], str) or path[: len(into)] == into == path[:-1]:
        return refused("no-such-place", source.path)
    key = path[-1]

    def make(wanted: Shape) -> list[Edit] | Refused:
        value = plain_value(wanted.at(path))
        kept = wanted.at(path)
        holder = wanted.at(into)
        out = taken_out(source, parent, key)
        if isinstance(out, Refused):
            return out
        if isinstance(target, Map):
            if target.get(key) is not None:
                return refused("there-already", source.path, source.line_of(target.start))
            added = into_map(source, target, Shape("map"), NewKey(key, value, _raw(source, found), tail_comment(source, found)), None)
            holder.items.append((key, Shape("text", kept.value) if kept.kind == "text" and value is not None else kept))
        elif isinstance(target, Leaf) and len(into) == 2 and into[0] in _BY_ID and not tail_comment(source, found) and not target.odd:
            whole = {**expanded(str(into[0]), target.value, short=is_short(source)), key: value} if not target.is_empty else {key: value}
            holder.become(shape(whole))
            added = in_place(source, _holding(source, into), target, into[-1], whole)
        else:
            return refused("not-a-record", source.path, source.line_of(target.start))
        _drop(wanted, path, is_block=not parent.flow)
        return added if isinstance(added, Refused) else [*out, *added]

    return _made(source, make, path)


# --- finding, and proving ------------------------------------------------


def path_at(source: SourceFile, line: int, column: int) -> Path | None:
    """Return the path of the innermost key or entry of the front matter that a line and column, from 1, lie in; None outside of it."""
    at = source.offset(line, column)
    node: Span | Refused | None = source.fields
    path: Path = ()
    while isinstance(node, (Map, Seq)):
        entries: list[tuple[str | int, int, Span]] = (
            [(key.value, key.start, value) for key, value in node.items]
            if isinstance(node, Map)
            else [(number, item.start, item) for number, item in enumerate(node.items)]
        )
        inside = next(((part, value) for part, start, value in entries if start <= at <= value.end), None)
        if inside is None:
            break
        path, node = (*path, inside[0]), inside[1]
    return path or None


def _top(source: SourceFile) -> Map | Refused | None:
    top = source.fields
    if isinstance(top, Map) and (top.odd or any(key.value == "<<" for key, _ in top.items)):
        return refused("alias", source.path, source.line_of(top.start))
    return top


def _find(source: SourceFile, path: Path) -> Span | Refused:
    """Return what stands at a path, or why nothing there can be changed."""
    here: Span | Refused | None = _top(source)
    for part in path:
        if isinstance(here, Refused):
            return here
        if isinstance(here, Map) and isinstance(part, str):
            if sum(key.value == part for key, _ in here.items) > 1:
                return refused("key-twice", source.path, source.line_of(here.start))
            here = here.get(part)
        elif isinstance(here, Seq) and isinstance(part, int) and 0 <= part < len(here.items):
            here = here.items[part]
        else:
            here = None
        if here is None:
            return refused("no-such-place", source.path)
        if here.odd or (isinstance(here, Map) and any(key.odd or key.value == "<<" for key, _ in here.items)):
            return refused("alias", source.path, source.line_of(here.start))
    return here if here is not None else refused("no-such-place", source.path)


def _holding(source: SourceFile, path: Path) -> Span:
    held = _find(source, path[:-1])
    assert not isinstance(held, Refused)
    return held


def _made(source: SourceFile, make: Callable[[Shape], list[Edit] | Refused], path: Path) -> FileEdit | Refused:
    """Return the edits that are made, if the file with them says what is wanted; `make` changes what is wanted as it changes the text."""
    wanted = shape_of(source.block.fields)
    try:
        edits = make(wanted)
    except rendering.Unwritable:
        return refused("value", source.path)
    except KeyError:
        return refused("key-twice" if path else "no-such-place", source.path)
    if isinstance(edits, Refused):
        return edits
    return proved(source, edits, wanted, source.block.body)


def proved(source: SourceFile, edits: Sequence[Edit], wanted: Shape | None, body: str | None) -> FileEdit | Refused:
    """Return the edits of a file, if it reads with them as is wanted, and no new problem of its YAML comes up; None for what may be anything."""
    ordered = in_order(edits)
    if ordered is None:
        return refused("overlap", source.path)
    after = source.with_text(spliced(source.text, ordered))
    if after.codes - source.codes or after.block.present != source.block.present:
        return refused("layout", source.path, source.line_of(ordered[0].start) if ordered else 0)
    if (wanted is not None and not same(wanted, shape_of(after.block.fields))) or (body is not None and after.block.body != body):
        return refused("layout", source.path, source.line_of(ordered[0].start) if ordered else 0)
    return FileEdit(source.path, source.digest, ordered)


def _entry(record: Value, key: str) -> Value:
    if not key:
        return record
    return key if record is None else {key: record}


def _drop(wanted: Shape, path: Path, *, is_block: bool) -> None:
    """Take what stands at a path out of what is wanted; a key whose last line went has nothing after it."""
    held = wanted.at(path[:-1])
    del held.items[held.index(path[-1])]
    if not held.items and is_block and len(path) > 1:
        held.become(Shape("text", plain=True))


def _raw(source: SourceFile, node: Span) -> str:
    """Return how a value is written, if it is in one line."""
    written = source.text[node.start : node.end]
    return written if "\n" not in written and "\r" not in written and not (isinstance(node, (Map, Seq)) and not node.flow) else ""
