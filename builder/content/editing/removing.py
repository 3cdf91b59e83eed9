"""Removes a key or an entry, with the lines that hold nothing else."""

from builder.content.editing.edit import Edit, Refused, refused
from builder.content.editing.outline import Leaf, Map, Seq, Span
from builder.content.editing.source import SourceFile


def taken_out(source: SourceFile, parent: Map | Seq, part: str | int) -> list[Edit] | Refused:
    """Return the edits that take an item out of a mapping or list."""
    number = next(
        (n for n, item in enumerate(parent.items) if (item[0].value == part if isinstance(item, tuple) else n == part)),
        None,
    )
    if number is None:
        return refused("no-such-place", source.path)
    item = parent.items[number]
    start, value = (item[0].start, item[1]) if isinstance(item, tuple) else (_dash(source, parent, number), item)
    if parent.flow:
        return _from_flow(source, parent, number)
    line = source.line_start(start)
    end = value.end
    if source.text[line:start].strip(" "):
        return _from_dash(source, parent, number, start, value)
    behind = source.next_line(end)
    if behind == source.line_end(end):  # the last line of a file, which has no line end
        return [Edit(_before(source, line), behind, "")]
    return [Edit(line, behind, "")]


def tail_comment(source: SourceFile, node: Span) -> str:
    """Return the comment that stands behind a value on its last line, with the spaces before it; "" if none does."""
    if isinstance(node, Leaf) and node.style in {"|", ">"}:
        return ""
    rest = source.text[node.end : source.line_end(node.end)]
    return rest.rstrip() if rest.strip().startswith("#") else ""


def _before(source: SourceFile, line: int) -> int:
    """Return where the line end before a line begins."""
    text = source.text
    return line - (2 if text[line - 2 : line] == "\r\n" else 1) if line > source.starts[0] else line


def _dash(source: SourceFile, parent: Map | Seq, number: int) -> int:
    """Return where the dash of an entry stands."""
    item = parent.items[number]
    assert not isinstance(item, tuple)
    if parent.flow:
        return item.start
    column = source.column_of(parent.start)
    line = source.line_of(item.start)
    while line > source.line_of(parent.start):
        at = source.starts[line - 1] + column
        if source.text[at : at + 1] == "-" and not source.text[source.starts[line - 1] : at].strip(" "):
            return at
        line -= 1
    return parent.start


def _from_flow(source: SourceFile, parent: Map | Seq, number: int) -> list[Edit] | Refused:
    spans = [(item[0].start, item[1].end) if isinstance(item, tuple) else (item.start, item.end) for item in parent.items]
    start, end = spans[number]
    if number + 1 < len(spans):
        end = spans[number + 1][0]
    elif number:
        start = spans[number - 1][1]
    if "#" in source.text[start:end].replace(source.text[spans[number][0] : spans[number][1]], ""):
        return refused("comment-inside", source.path, source.line_of(start))
    return [Edit(start, end, "")]


def _from_dash(source: SourceFile, parent: Map | Seq, number: int, start: int, value: Span) -> list[Edit] | Refused:
    """Take out the first key of a record, which stands behind a dash."""
    if number or not isinstance(parent, Map) or len(parent.items) < 2:
        return refused("layout", source.path, source.line_of(start))
    following = parent.items[1][0].start
    between = source.text[value.end : following]
    if "#" in between:  # a comment of the next key, which may stand anywhere between the two
        return [Edit(start, value.end, "")]
    return [Edit(start, following, "")]
