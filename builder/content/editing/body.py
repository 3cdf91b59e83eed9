"""Edits of the text: inserted words, and marks around words. Each is verified: the text must read as before, with the mark."""

import re
from collections.abc import Sequence

from builder.content import markup
from builder.content.editing.edit import Edit, FileEdit, Refused, refused, spliced
from builder.content.editing.front_matter import proved
from builder.content.editing.plain_values import shape_of
from builder.content.editing.source import SourceFile
from builder.model import Body, MarkOpen

_LINE_END = re.compile(r"\r\n|\r|\n")
_BLANK_LINE = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)")


def insert_text(source: SourceFile, offset: int, words: str) -> FileEdit | Refused:
    """Return the edit that puts words into the text at an offset of the file; their line ends become those of the file."""
    if not source.body_start <= offset <= len(source.text) or not words:
        return refused("not-in-text", source.path, source.line_of(offset))
    words = _LINE_END.sub(lambda _: source.newline(offset), words)
    return _proved(source, [Edit(offset, offset, words)])


def replace_text(source: SourceFile, start: int, end: int, words: str) -> FileEdit | Refused:
    """Return the edit that puts words in the place of others of the text."""
    if not source.body_start <= start <= end <= len(source.text):
        return refused("not-in-text", source.path, source.line_of(start))
    words = _LINE_END.sub(lambda _: source.newline(start), words)
    return _proved(source, [Edit(start, end, words)])


def mark(source: SourceFile, start: int, end: int, kind: str, key: str) -> FileEdit | Refused:
    """Return the edits that mark a passage as that of an event or a quote: `[words]{event=key}`."""
    words = source.text[start:end]
    fine = source.body_start <= start < end <= len(source.text) and words == words.strip() and not _BLANK_LINE.search(words)
    if not fine:
        return refused("not-in-text", source.path, source.line_of(start))
    return _marked(source, [Edit(start, start, "["), Edit(end, end, f"]{{{kind}={key}}}")], kind, key)


def quote_nobody(source: SourceFile, offset: int) -> FileEdit | Refused:
    """Return the edit that marks a quotation as no quote: `{quote=no}` right behind the mark that closes it."""
    if not source.body_start < offset <= len(source.text):
        return refused("not-in-text", source.path, source.line_of(offset))
    return _marked(source, [Edit(offset, offset, "{quote=no}")], "quote", "no")


def _proved(source: SourceFile, edits: Sequence[Edit]) -> FileEdit | Refused:
    """Return edits of the text alone, if the front matter stays as it is."""
    shift = source.body_start
    body = _LINE_END.sub("\n", spliced(source.text[shift:], [Edit(edit.start - shift, edit.end - shift, edit.text) for edit in edits]))
    return proved(source, edits, shape_of(source.block.fields), body)


def _marked(source: SourceFile, edits: Sequence[Edit], kind: str, key: str) -> FileEdit | Refused:
    made = _proved(source, edits)
    if isinstance(made, Refused):
        return made
    before, after = _body(source), _body(source.with_text(spliced(source.text, made.edits)))
    if before.text != after.text or _marks(after, kind, key) != _marks(before, kind, key) + 1:
        return refused("not-in-text", source.path, source.line_of(edits[0].start))
    return made


def _body(source: SourceFile) -> Body:
    return markup.read(source.block.body, path=source.path, line=source.block.body_line, marks=True)[0]


def _marks(body: Body, kind: str, key: str) -> int:
    """Return how many passages of a text are marked so."""
    if (kind, key) == ("quote", "no"):
        return sum(len(block.attributes) for block in body.blocks)
    return sum(isinstance(segment, MarkOpen) and (segment.kind, segment.id) == (kind, key) for segment in body.segments)
