"""Changing and deleting a timeline entry from the page: its title, day, status, voices and sources, in the front matter or in the mark that makes it."""

from builder.content.editing import (
    FileEdit,
    Path,
    Refused,
    SourceFile,
    path_at,
    refused,
    remove,
    rename_key,
    replace,
    set_in_mark,
    set_key,
    spliced,
    take_out,
)
from builder.content.editing.outline import Map
from builder.content.parse import parse
from builder.content.schema import BY_NAME, EVENT_MARK_KEYS
from builder.model import Attributes, Event, MarkOpen, Site
from builder.preview.annotating.annotation_form import ChangeEvent, EventForm
from builder.preview.annotating.build_records import as_change
from builder.preview.annotating.edit_quote import node_at

EDITABLE_KEYS = ("title", "when", "status", "by", "sources")
"""Keys of an event that the form changes."""

_IN_MARKS = {key: name for name, key in EVENT_MARK_KEYS.items()}


def edit_event(site: Site, slug: str, source: SourceFile, data: bytes, answer: EventForm) -> FileEdit | Refused:
    """Return the edit of a timeline entry, or the reason for refusing it: the entry is in another file, or a quote is about it."""
    explainer = parse(source.path, data).explainer
    own = explainer.timeline if explainer is not None else ()
    event = next((record for record in own if isinstance(record, Event) and record.id == answer.event), None)
    if event is None:
        return refused("no-such-place", source.path, message=f"“{answer.event}” is not an event of this file.")
    keys = answer.keys if isinstance(answer, ChangeEvent) else {}
    wrong = next((key for key in keys if key not in EDITABLE_KEYS), "")
    if wrong:
        return refused("value", source.path, message=f"The form does not change “{wrong}”.")
    start = (event.location.line, event.location.column)
    mark = next((mark for mark in site.bodies[slug].marks if (mark.line, mark.column) == start), None)
    if isinstance(answer, ChangeEvent):
        now = _changed(source, event, mark, keys)
    else:
        now = _deleted(site, slug, source, event, mark, is_last=len(own) == 1)
    return now if isinstance(now, Refused) else as_change(source.path, data, now.text)


def _changed(source: SourceFile, event: Event, mark: Attributes | None, keys: dict[str, str]) -> SourceFile | Refused:
    if mark is not None:
        return _with(source, set_in_mark(source, mark.line, mark.column, {_IN_MARKS.get(key, key): value for key, value in keys.items()}))
    path = _path_of(source, event)
    now: SourceFile | Refused = source
    for key, value in keys.items():
        if isinstance(now, Refused) or isinstance(path, Refused):
            break
        node = node_at(now, path)
        short = _short(node)
        if key in {"title", "when"} and short and isinstance(node, Map) and node.get(key) is None:
            made = replace(now, (*path, short), value) if key == "title" else rename_key(now, (*path, short), value)
        else:
            made = set_key(now, path, key, value) if value else remove(now, (*path, key))
        now = _with(now, made)
    return path if isinstance(path, Refused) else now


def _short(node: object) -> str:
    """Return the key of an entry that is its date, as in `2022-01-18: The council votes`; "" if it has none."""
    return next((key.value for key, _ in node.items if key.value not in BY_NAME["event"]), "") if isinstance(node, Map) else ""


def _deleted(site: Site, slug: str, source: SourceFile, event: Event, mark: Attributes | None, *, is_last: bool) -> SourceFile | Refused:
    about = site.said_about.get(event.id, ())
    if about:
        return refused("value", source.path, event.location.line, f"The quote “{about[0][1]}” is about this event: change that first.")
    # The words that mean it lose their marks; the mark that makes it goes with its own.
    marks = [(mark.line, mark.column)] if mark is not None else []
    marks += [
        start
        for segment in site.bodies[slug].segments
        if isinstance(segment, MarkOpen) and (start := _braces(source, segment, event.id)) and start not in marks
    ]
    now = _with(source, take_out(source, marks)) if marks else source
    if mark is not None or isinstance(now, Refused):
        return now
    path = _path_of(now, event)
    if isinstance(path, Refused):
        return path
    # An empty list would be left of the last one.
    return _with(now, remove(now, path[:1] if is_last and len(path) == len(("timeline", 0)) else path))


def _braces(source: SourceFile, opened: MarkOpen, key: str) -> tuple[int, int] | None:
    """Return where the braces of a mark of an event begin, as a line and column."""
    if (opened.kind, opened.id) != ("event", key) or not opened.line:
        return None
    at = source.text.rfind("{", 0, source.offset(opened.line, opened.column))
    return (opened.line, source.column_of(at) + 1) if at >= source.starts[opened.line - 1] else None


def _with(source: SourceFile, made: FileEdit | Refused) -> SourceFile | Refused:
    return made if isinstance(made, Refused) else source.with_text(spliced(source.text, made.edits))


def _path_of(source: SourceFile, event: Event) -> Path | Refused:
    found = path_at(source, event.location.line, event.location.column) or ()
    path = found[:3] if found[1:2] == ("list",) else found[:2]
    return path if path[:1] == ("timeline",) and len(path) > 1 else refused("no-such-place", source.path, event.location.line)
