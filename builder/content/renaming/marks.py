"""Renames a record in the marks of a text. Only braces are edited, no word of the text."""

from collections.abc import Iterator

import msgspec

from builder.content.editing import Edit, Refused, SourceFile, refused
from builder.content.editing.id_references import kinds_in
from builder.content.renaming.id_change import IdChange
from builder.content.schema import EVENT_MARK_KEYS, MARK_KEYS
from builder.model import Attributes, Document, Explainer, Item


class InMarks(msgspec.Struct, frozen=True):
    """The edits of the marks of a file."""

    edits: tuple[Edit, ...] = ()
    holds: bool = False
    """Whether the record itself is made by a mark, so that the front matter has none."""


def edits_of(source: SourceFile, document: Document | None, change: IdChange, slug: str, *, is_keeper: bool) -> InMarks | Refused:
    """Return the edits of the marks of an explainer by which a record gets another id, or why it cannot.

    `slug` is that of the explainer, `is_keeper` whether the record keeps its old id here.
    """
    explainer = document.explainer if document is not None else None
    if explainer is None or not explainer.body.marks:
        return InMarks()
    edits = [edit for mark in explainer.body.marks for edit in _named(source, mark, change, slug)]
    mark = _maker(explainer, change) if change.kind != "quote" or slug == change.slug else None
    if mark is None:
        return InMarks(tuple(edits))
    if change.kind == "source":
        return refused(
            "layout",
            source.path,
            mark.line,
            "This source stands in a mark of the text: write it under “sources:”, with an id, and name that in the mark.",
        )
    key = "id" if change.kind == "quote" else "event"
    start = source.offset(mark.line, mark.column)
    if all(item.key != key for item in mark.items):
        edits.append(Edit(start + mark.width - 1, start + mark.width - 1, f" {key}={change.new}"))
    if change.kind == "event" and is_keeper:
        had = next((item for item in mark.items if item.key == "former_ids"), None)
        if had is not None:
            return refused("layout", source.path, mark.line, "This event has former ids in its mark: write it under “timeline:”.")
        edits.append(Edit(start + mark.width - 1, start + mark.width - 1, f" former_ids={change.old}"))
    return InMarks(_joined(edits), holds=True)


def _joined(edits: list[Edit]) -> tuple[Edit, ...]:
    """Return edits of which those that only insert at one place are one."""
    found: dict[tuple[int, int], str] = {}
    for edit in edits:
        at = (edit.start, edit.end)
        found[at] = found[at] + edit.text if at in found and edit.start == edit.end else edit.text
    return tuple(Edit(start, end, text) for (start, end), text in found.items())


def _maker(explainer: Explainer, change: IdChange) -> Attributes | None:
    """Return the mark that makes a record; None if the front matter does."""
    records = {"quote": explainer.quotes, "event": explainer.timeline, "source": explainer.sources}.get(change.kind, ())
    location = next((record.location for record in records if record.id == change.old), None)
    if location is None:
        return None
    found = (
        mark for mark in explainer.body.marks if mark.line == location.line and mark.column <= location.column < mark.column + mark.width
    )
    return next(found, None)


def _named(source: SourceFile, mark: Attributes, change: IdChange, slug: str) -> Iterator[Edit]:
    is_event = any(item.key == "event" for item in mark.items) or (mark.kind == "words" and all(item.key != "by" for item in mark.items))
    for item in mark.items:
        kinds = _kinds(item, is_event=is_event)
        at = source.offset(mark.line, item.column)
        for part in item.value.split(",") if kinds else ():
            changed = change.value(kinds, part, slug)
            if changed is not None and source.text.startswith(part, at):
                yield Edit(at, at + len(part), changed)
            at += len(part) + 1


def _kinds(item: Item, *, is_event: bool) -> tuple[str, ...]:
    """Return the kinds of records that a key of a mark names."""
    if item.key == "event":
        return ("event",)
    if item.key in {"id", "quote"}:
        return ("quote",)
    if is_event:
        return kinds_in("event", EVENT_MARK_KEYS.get(item.key, item.key))
    return kinds_in("quote", MARK_KEYS.get(item.key, item.key))
