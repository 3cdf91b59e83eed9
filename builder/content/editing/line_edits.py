"""Edits for problems with only one meaning, as ranges of lines and columns."""

from collections.abc import Sequence

from builder.content.editing import rendering
from builder.content.editing.edit import Edit, FileEdit, Refused, between, spliced
from builder.content.editing.front_matter import move, path_at, proved
from builder.content.editing.source import SourceFile
from builder.diagnostics import TextEdit

LineAndColumn = tuple[int, int]
"""A line and a column, from 1."""


def moved(path: str, text: str, keys: Sequence[LineAndColumn], into: LineAndColumn) -> tuple[TextEdit, ...]:
    """Return the edits that put the keys that stand at some spots into the record whose own key stands at another; none where that is not certain."""
    source = _source(path, text)
    target = path_at(source, *into) if source is not None else None
    found = [path_at(source, *key) for key in keys] if source is not None else []
    if source is None or target is None or None in found:
        return ()
    now = source
    for edit in found:
        made = move(now, edit or (), target)
        if isinstance(made, Refused):
            return ()
        now = now.with_text(spliced(now.text, made.edits))
    return as_line_edits(source, between(path, source.text.encode(), now.text.encode()))


def unmarked(path: str, text: str, spot: LineAndColumn, width: int, words: str) -> tuple[TextEdit, ...]:
    """Return the edit that writes words in the place of a plain value, of a width in characters; none where that is not certain."""
    source = _source(path, text)
    if source is None or not width:
        return ()
    start = source.offset(*spot)
    for flow in (False, True):
        try:
            written = rendering.text(words, flow=flow)
        except rendering.Unwritable:
            return ()
        made = proved(source, [Edit(start, start + width, written)], None, source.block.body)
        if not isinstance(made, Refused) and path_at(source, *spot) == path_at(source.with_text(spliced(source.text, made.edits)), *spot):
            return as_line_edits(source, made)
    return ()


def as_line_edits(source: SourceFile, change: FileEdit) -> tuple[TextEdit, ...]:
    """Return the edits of a file by their lines and columns."""
    return tuple(
        TextEdit(
            source.path,
            source.line_of(edit.start),
            source.column_of(edit.start) + 1,
            source.line_of(edit.end),
            source.column_of(edit.end) + 1,
            edit.text,
        )
        for edit in change.edits
    )


def located(source: SourceFile, edits: Sequence[TextEdit]) -> tuple[Edit, ...]:
    """Return edits that were reported of a file by lines and columns, by their offsets."""
    return tuple(
        Edit(source.offset(edit.line, edit.column), source.offset(edit.end_line, edit.end_column), edit.text)
        for edit in edits
        if edit.path == source.path
    )


def _source(path: str, text: str) -> SourceFile | None:
    found = SourceFile.of(path, text.encode("utf-8", "surrogatepass"))
    return found if isinstance(found, SourceFile) else None
