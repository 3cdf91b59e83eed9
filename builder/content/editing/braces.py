"""Edits of the marks of a text that stand in the place of front matter: `“words”{by=ann-lee on=2022-01-18}`. No word of the text is changed."""

import re
from collections.abc import Mapping, Sequence

import msgspec

from builder.content import markup
from builder.content.editing.edit import Edit, FileEdit, Refused, in_order, refused, spliced
from builder.content.editing.front_matter import proved
from builder.content.editing.plain_values import shape_of
from builder.content.editing.source import SourceFile
from builder.model import Body

_LINE_END = re.compile(r"\r\n|\r|\n")
_BARE = re.compile(r"[^\s{}\[\]=\"“”]+")
_QUOTED = re.compile(r"[^\"{}\r\n]+")


class _Braces(msgspec.Struct, frozen=True):
    start: int
    end: int
    items: tuple[tuple[str, int, int], ...]
    """Of each key its name, and where it begins and its value ends."""


def mark_behind(source: SourceFile, offset: int, keys: Mapping[str, str]) -> FileEdit | Refused:
    """Return the edit that puts a mark behind a quotation that ends at an offset of the file."""
    written = [_item(key, value) for key, value in keys.items()]
    if "" in written or not source.body_start < offset <= len(source.text):
        return refused("value" if "" in written else "not-in-text", source.path, source.line_of(offset))
    made = _proved(source, [Edit(offset, offset, f"{{{' '.join(written)}}}")])
    if isinstance(made, Refused) or "by" not in keys:
        return made
    # “more” would go on with this quote, and not with the one that it goes on with.
    behind = [mark for mark in _body(source).marks if not mark.kind and source.offset(mark.line, mark.column) >= offset]
    following = min(behind, key=lambda attributes: (attributes.line, attributes.column), default=None)
    if following is not None and any((item.key, item.value) == ("quote", "more") for item in following.items):
        return refused("layout", source.path, following.line, "The quotation behind this one goes on with the quote before it.")
    return made


def mark_words(source: SourceFile, start: int, end: int, keys: Mapping[str, str]) -> FileEdit | Refused:
    """Return the edits that put words of the text in square brackets, with a mark behind them: `[words]{by=ann-lee}`."""
    written = [_item(key, value) for key, value in keys.items()]
    words = source.text[start:end]
    if "" in written or not written:
        return refused("value", source.path, source.line_of(start))
    if not source.body_start <= start < end <= len(source.text) or words != words.strip():
        return refused("not-in-text", source.path, source.line_of(start))
    return _added(source, [Edit(start, start, "["), Edit(end, end, f"]{{{' '.join(written)}}}")])


def mark_block(source: SourceFile, offset: int, keys: Mapping[str, str]) -> FileEdit | Refused:
    """Return the edit that puts a mark at the end of the paragraph or heading that an offset lies in: `{source=lantern}`."""
    written = [_item(key, value) for key, value in keys.items()]
    if "" in written or not written or not source.body_start <= offset <= len(source.text):
        return refused("value" if "" in written else "not-in-text", source.path, source.line_of(offset))
    end = source.line_end(offset)
    while (below := source.next_line(end)) < len(source.text) and source.text[below : source.line_end(below)].strip():
        end = source.line_end(below)
    end = len(source.text[:end].rstrip())
    return _added(source, [Edit(end, end, f" {{{' '.join(written)}}}")])


def _added(source: SourceFile, edits: Sequence[Edit]) -> FileEdit | Refused:
    """Return edits that add one mark, if the text then has it."""
    made = _proved(source, edits)
    if isinstance(made, Refused):
        return made
    before, after = _body(source), _body(source.with_text(spliced(source.text, made.edits)))
    return made if len(after.marks) == len(before.marks) + 1 else refused("not-in-text", source.path, source.line_of(edits[0].start))


def set_in_mark(source: SourceFile, line: int, column: int, keys: Mapping[str, str]) -> FileEdit | Refused:
    """Return the edits that give keys of the mark at a line and column other values, "" for those that go."""
    found = _at(source, line, column)
    if found is None:
        return refused("no-such-place", source.path, line)
    edits = []
    added = ""
    for key, value in keys.items():
        written = _item(key, value) if value else ""
        if value and not written:
            return refused("value", source.path, line)
        held = next((item for item in found.items if item[0] == key), None)
        if held is None:
            added += f" {written}" if written else ""
        elif written:
            edits.append(Edit(held[1], held[2], written))
        else:
            edits.append(Edit(held[1] - (source.text[held[1] - 1] == " "), held[2], ""))
    if added:
        edits.append(Edit(found.end - 1, found.end - 1, added))
    return _proved(source, edits)


def take_out(source: SourceFile, locations: Sequence[tuple[int, int]]) -> FileEdit | Refused:
    """Return the edits that take out the marks at some lines and columns, with the square brackets around the words that they are of."""
    edits = []
    for line, column in locations:
        found = _at(source, line, column)
        if found is None:
            return refused("no-such-place", source.path, line)
        start = found.start
        opened = _opening(source.text, start - 1) if source.text[start - 1] == "]" else -1
        if opened >= source.body_start:
            edits.append(Edit(opened, opened + 1, ""))
            start -= 1
        edits.append(Edit(start, found.end, ""))
    return _proved(source, edits)


def _opening(text: str, closing: int) -> int:
    """Return where the square bracket is that a closing one belongs to; -1 for none."""
    depth = 0
    for at in range(closing, -1, -1):
        depth += (text[at] == "]") - (text[at] == "[")
        if not depth:
            return at
        if text.startswith("\n\n", at):
            break
    return -1


def _at(source: SourceFile, line: int, column: int) -> _Braces | None:
    start = source.offset(line, column)
    items = markup.items_in(source.text[start : source.line_end(start)])
    if start < source.body_start or not items:
        return None
    spans = []
    for item in items:
        begin = source.text.rfind(item.key, start, start + item.at)
        end = start + item.at + len(item.value) + (not item.plain)
        spans.append((item.key, begin, end))
    return _Braces(start, source.text.index("}", spans[-1][2]) + 1, tuple(spans))


def _item(key: str, value: str) -> str:
    """Return how a key and its value are written; "" if the value cannot be."""
    if _BARE.fullmatch(value):
        return f"{key}={value}"
    return f'{key}="{value}"' if _QUOTED.fullmatch(value) else ""


def _proved(source: SourceFile, edits: Sequence[Edit]) -> FileEdit | Refused:
    """Return edits of braces, if the front matter and the words of the text stay as they are."""
    ordered = in_order(edits)
    if ordered is None:
        return refused("overlap", source.path)
    shift = source.body_start
    body = _LINE_END.sub("\n", spliced(source.text[shift:], [Edit(edit.start - shift, edit.end - shift, edit.text) for edit in ordered]))
    made = proved(source, ordered, shape_of(source.block.fields), body)
    after = source.with_text(spliced(source.text, ordered))
    if isinstance(made, Refused) or _body(source).text == _body(after).text:
        return made
    return refused("not-in-text", source.path, source.line_of(ordered[0].start))


def _body(source: SourceFile) -> Body:
    return markup.read(source.block.body, path=source.path, line=source.block.body_line, marks=True)[0]
