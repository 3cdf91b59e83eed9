"""Writing a value into a mapping or list, into a section that is empty or missing, or in the place of another value."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from builder.content import schema
from builder.content.editing import rendering
from builder.content.editing.edit import Edit, Refused, refused
from builder.content.editing.outline import Leaf, Map, Seq, Span
from builder.content.editing.plain_values import Shape, Value, shape
from builder.content.editing.source import SourceFile

_COMMENT = re.compile(r"[ \t]*(?P<comma>,?)[ \t]+#[^\r\n]*")
"""What stands behind an entry of a list in brackets that has a comment of its own."""


def _lines(source: SourceFile, at: int, lines: Sequence[str]) -> Edit:
    """Return the edit that puts lines below the one that an offset lies in."""
    end = source.line_end(at)
    newline = source.newline(at)
    return Edit(end, end, newline + newline.join(lines))


def _above(source: SourceFile, at: int, lines: Sequence[str]) -> Edit | Refused:
    """Return the edit that puts lines above the one that an offset lies in, if nothing but spaces stands before it there."""
    start = source.line_start(at)
    if source.text[start:at].strip(" "):
        return refused("layout", source.path, source.line_of(at))
    newline = source.newline(at)
    return Edit(start, start, newline.join(lines) + newline)


def into_nothing(source: SourceFile, wanted: Shape, key: str, value: Value) -> list[Edit] | Refused:
    """Write the first key of a front matter."""
    wanted.items.append((key, shape(value)))
    end = source.head[1]
    lines = rendering.pair(key, value, 0, source.indents, open_=True)
    newline = source.newline(0)
    if source.is_data and end and source.line_start(end) != end:
        return [Edit(end, end, newline + newline.join(lines))]
    return [Edit(end, end, newline.join(lines) + newline)]


class NewKey(NamedTuple):
    """A key that is added to a mapping."""

    key: str
    value: Value
    raw: str = ""
    """How its value is written already; "" to write it anew."""
    comment: str = ""
    """What stands behind it."""


def into_map(source: SourceFile, node: Map, wanted: Shape, new: NewKey, index: int | None) -> list[Edit] | Refused:
    """Add a key to a mapping, as its entry of number `index`; None for where it belongs."""
    key, value, raw, comment = new
    if node.get(key) is not None:
        return refused("there-already", source.path, source.line_of(node.start))
    number = _after(node, key, wanted) if index is None and node is source.fields else len(node.items) if index is None else index
    number = max(0, min(number, len(node.items)))
    wanted.items.insert(number, (key, shape(value)))
    if node.flow:
        if comment:
            return refused("comment-inside", source.path, source.line_of(node.start))
        return _into_flow(source, node, [name for name, _ in node.items], number, rendering.pair_in_flow(key, value))
    column = source.column_of(node.start)
    lines = rendering.pair(key, value, column, source.indents, open_=node is source.fields)
    if raw and len(lines) == 1:
        lines = [f"{' ' * column}{rendering.key(key)}: {raw}"]
    if comment:
        lines[0] += comment
    if not number:
        above = _above(source, node.items[0][0].start, lines)
        return above if isinstance(above, Refused) else [above]
    return [_lines(source, node.items[number - 1][1].end, lines)]


def _after(node: Map, key: str, wanted: Shape) -> int:
    """Return behind how many of the keys of a file a new one belongs: behind those that the format lists before it."""
    order = [key.name for key in schema.EXPLAINER]
    if key not in order or len(wanted.items) != len(node.items):
        return len(node.items)
    before = order[: order.index(key)]
    return max((number for number, (name, _) in enumerate(node.items, 1) if name.value in before), default=len(node.items))


def into_list(source: SourceFile, node: Seq, wanted: Shape, value: Value, index: int | None) -> list[Edit] | Refused:
    """Add an entry to a list."""
    number = len(node.items) if index is None else max(0, min(index, len(node.items)))
    wanted.items.insert(number, shape(value))
    if node.flow:
        if not node.items and "\n" not in source.text[node.start : node.end] and isinstance(value, dict):
            opened = _opened(source, node, value)
            if opened is not None:
                return opened
        return _into_flow(source, node, node.items, number, rendering.in_flow(value))
    column = source.column_of(node.start)
    lines = rendering.entry(value, column, source.indents)
    if not number:
        above = _above(source, node.start, lines)
        return above if isinstance(above, Refused) else [above]
    return [_lines(source, node.items[number - 1].end, lines)]


def _opened(source: SourceFile, node: Seq, value: Value) -> list[Edit] | None:
    """Return the edits that put a list of lines in the place of `[]` behind a key at the margin; None if it stands elsewhere."""
    key = next((name for name, held in source.fields.items if held is node), None) if isinstance(source.fields, Map) else None
    if key is None or (isinstance(source.fields, Map) and source.fields.flow):
        return None
    column = source.column_of(key.start)
    lines = rendering.entry(value, column + source.indents[1], source.indents)
    start = node.start
    while source.text[start - 1] == " ":
        start -= 1
    return [Edit(start, node.end, ""), _lines(source, node.end, lines)]


def _into_flow(source: SourceFile, node: Map | Seq, items: Sequence[Span], number: int, written: str) -> list[Edit] | Refused:
    if not items:
        inner = source.text[node.start + 1 : node.end - 1]
        if inner.strip():
            return refused("comment-inside", source.path, source.line_of(node.start))
        return [Edit(node.start + 1, node.end - 1, written)]
    if number == 0:
        return [Edit(items[0].start, items[0].start, f"{written}, ")]
    before = node.items[number - 1]
    last = before[1] if isinstance(before, tuple) else before
    first = before[0] if isinstance(before, tuple) else before
    start = source.line_start(first.start)
    lead = source.text[start : first.start]
    if number == len(items) and not lead.strip(" ") and source.line_of(first.start) > source.line_of(node.start):
        written = f"{source.newline(first.start)}{lead}{written}"
        line_end = source.line_end(last.end)
        behind = _COMMENT.fullmatch(source.text[last.end : line_end])
        if behind is None:
            return [Edit(last.end, last.end, f",{written}")]
        # The comment is of the entry before.
        return (
            [Edit(line_end, line_end, f"{written},")]
            if behind["comma"]
            else [Edit(last.end, last.end, ","), Edit(line_end, line_end, written)]
        )
    return [Edit(last.end, last.end, f", {written}")]


# --- in the place of another ------------------------------------------------


def in_place(source: SourceFile, parent: Span, node: Span, part: str | int, value: Value) -> list[Edit] | Refused:
    """Put a value in the place of another, `node`, which its parent has by `part`."""
    flow = not isinstance(parent, Leaf) and parent.flow
    is_short = isinstance(node, Leaf) or node.flow
    if "#" in source.text[node.start : node.end] and not isinstance(node, Leaf):
        return refused("comment-inside", source.path, source.line_of(node.start))
    if isinstance(value, str):
        like = node.style if isinstance(node, Leaf) else ""
        written = rendering.text(value, flow=flow, like=like)
    elif value is None:
        written = ""
    elif flow or (is_short and not (isinstance(node, Leaf) and node.is_empty and isinstance(parent, Map))):
        written = rendering.in_flow(value)
    else:
        return _below(source, parent, node, part, value)
    if not is_short:
        return _below(source, parent, node, part, value)
    before = source.text[node.start - 1 : node.start]
    if not written:
        start = node.start
        while source.text[start - 1] == " " and isinstance(parent, Map):
            start -= 1
        return [Edit(start, node.end, "")]
    return [Edit(node.start, node.end, f" {written}" if node.start == node.end and before in {":", "-"} else written)]


def _below(source: SourceFile, parent: Span, node: Span, part: str | int, value: Value) -> list[Edit] | Refused:
    """Put a value in lines below its key."""
    if not isinstance(parent, Map) or parent.flow:
        return refused("layout", source.path, source.line_of(node.start))
    key = next(name for name, held in parent.items if held is node and name.value == part)
    colon = source.text.find(":", key.end)
    column = source.column_of(key.start)
    lines = rendering.pair(str(part), value, column, source.indents, open_=True)
    if isinstance(node, Leaf) and node.is_empty:
        if len(lines) == 1:
            return [Edit(colon + 1, colon + 1, lines[0][len(lines[0].partition(":")[0]) + 1 :])]
        return [_lines(source, node.end, lines[1:])]
    if source.text[colon + 1 : node.start].strip():
        return refused("comment-inside", source.path, source.line_of(node.start))
    newline = source.newline(key.start)
    first = lines[0][column + len(rendering.key(str(part))) + 1 :]
    return [Edit(colon + 1, node.end, newline.join([first, *lines[1:]]))]
