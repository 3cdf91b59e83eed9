"""Changing and deleting the record of a quote: the keys that were chosen anew, and no other."""

from itertools import takewhile

from builder.content.editing import (
    FileEdit,
    Path,
    Refused,
    SourceFile,
    between,
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
from builder.content.editing.outline import Map, Seq, Span
from builder.content.schema import MARK_KEYS
from builder.model import Actor, Attributes, Quote, Site

EDITABLE_KEYS = ("via", "said", "medium", "rules", "to")
"""Keys of a quote that the form changes, beside the speaker."""


def delete_quote(site: Site, slug: str, source: SourceFile, quote: Quote) -> FileEdit | Refused:
    """Return the change that takes the record of a quote out of its file, or why it stays: another quote refers to it."""
    replies = site.replies.get((slug, quote.id), ())
    if replies:
        return refused("value", source.path, quote.location.line, f"The quote “{replies[0][1][1]}” refers to this one: change that first.")
    if (mark := find_mark(site, slug, quote)) is not None:
        return take_out(source, [(attributes.line, attributes.column) for attributes in (mark, *_more(site, slug, mark))])
    path = record_path(source, quote)
    if isinstance(path, Refused):
        return path
    # An empty list would be left of the last one.
    is_last = len(site.quotes_in[slug]) == 1 and len(path) == len(("quotes", 0))
    return remove(source, path[:1] if is_last else path)


def find_mark(site: Site, slug: str, quote: Quote) -> Attributes | None:
    """Return the mark of the text that makes a quote; None if it has a record in the front matter."""
    start = (quote.location.line, quote.location.column)
    return next((mark for mark in site.bodies[slug].marks if (mark.line, mark.column) == start), None)


def _more(site: Site, slug: str, mark: Attributes) -> list[Attributes]:
    """Return the marks that go on with the quote of a mark."""
    quoting = sorted((mark for mark in site.bodies[slug].marks if not mark.kind), key=lambda attributes: attributes.at)
    behind = quoting[quoting.index(mark) + 1 :] if mark in quoting else []
    return [*takewhile(lambda held: any((item.key, item.value) == ("quote", "more") for item in held.items), behind)]


_IN_MARKS = {key: name for name, key in MARK_KEYS.items()}


def change_quote(site: Site, slug: str, source: SourceFile, quote: Quote, keys: dict[str, str], speaker: str) -> FileEdit | Refused:
    """Return the change that gives keys of a quote other values, "" for none; and another speaker, if one is given."""
    wrong = next((key for key in keys if key not in EDITABLE_KEYS), "")
    if wrong:
        return refused("value", source.path, message=f"The form does not change “{wrong}”.")
    mark = find_mark(site, slug, quote)
    if mark is not None:
        wanted = {**keys, **({"speaker": speaker} if speaker else {})}
        return set_in_mark(source, mark.line, mark.column, {_IN_MARKS.get(key, key): value for key, value in wanted.items()})
    path = record_path(source, quote)
    now = source
    if isinstance(path, Refused):
        return path
    for key, value in keys.items():
        made = set_key(now, path, key, value) if value else remove(now, (*path, key))
        if isinstance(made, Refused):
            return made
        now = now.with_text(spliced(now.text, made.edits))
    if speaker:
        made = _spoken_by(now, path, quote, speaker)
        if isinstance(made, Refused):
            return made
        now = now.with_text(spliced(now.text, made.edits))
    return between(source.path, source.text.encode("utf-8"), now.text.encode("utf-8"))


def record_path(source: SourceFile, record: Quote | Actor) -> Path | Refused:
    """Return the path of the record of a quote or an actor in its file."""
    section = "quotes" if isinstance(record, Quote) else "actors"
    found = path_at(source, record.location.line, record.location.column) or ()
    path = found[:3] if found[1:2] == ("list",) else found[:2]
    if path[:1] != (section,) or len(path) < len((section, 0)):
        return refused("no-such-place", source.path, record.location.line)
    # An entry of a list may be the record below its id: `- ada: {…}`.
    node = node_at(source, path)
    if isinstance(record, Actor) and isinstance(node, Map) and [key.value for key, _ in node.items] == [record.id]:
        return (*path, record.id)
    return path


def _spoken_by(source: SourceFile, path: Path, quote: Quote, speaker: str) -> FileEdit | Refused:
    node = node_at(source, path)
    if not isinstance(node, Map):
        return refused("not-a-record", source.path, quote.location.line)
    short = next((name for name in quote.speakers if node.get(name) is not None), "")
    if node.get("speaker") is None and short:
        return rename_key(source, (*path, short), speaker)
    return replace(source, (*path, "speaker"), speaker) if node.get("speaker") is not None else set_key(source, path, "speaker", speaker)


def node_at(source: SourceFile, path: Path) -> Span | Refused | None:
    """Return the node at a path of the front matter; None if there is none."""
    node: Span | Refused | None = source.fields
    for part in path:
        if isinstance(node, Map):
            node = node.get(str(part))
        elif isinstance(node, Seq) and isinstance(part, int):
            node = node.items[part]
        else:
            return None
    return node
