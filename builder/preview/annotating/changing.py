"""Changing and deleting the record of a quote: the keys that were chosen anew, and no other."""

from builder.content.editing import (
    FileEdit,
    Path,
    Refused,
    Source,
    between,
    path_at,
    refused,
    remove,
    rename_key,
    replace,
    set_key,
    spliced,
)
from builder.content.editing.outline import Map, Seq, Span
from builder.model import Quote, Site

CHANGED = ("via", "said", "medium", "rules", "to")
"""Keys of a quote that the form changes, beside the speaker."""


def deleted(site: Site, slug: str, source: Source, quote: Quote) -> FileEdit | Refused:
    """Return the change that takes the record of a quote out of its file, or why it stays: another quote refers to it."""
    told = site.replies.get((slug, quote.id), ())
    if told:
        return refused("value", source.path, quote.place.line, f"The quote “{told[0][1][1]}” refers to this one: change that first.")
    path = _place(source, quote)
    if isinstance(path, Refused):
        return path
    # An empty list would be left of the last one.
    is_last = len(site.quotes_in[slug]) == 1 and len(path) == len(("quotes", 0))
    return remove(source, path[:1] if is_last else path)


def changed(source: Source, data: bytes, quote: Quote, keys: dict[str, str], speaker: str) -> FileEdit | Refused:
    """Return the change that gives keys of a quote other values, "" for none; and another speaker, if one is given."""
    path = _place(source, quote)
    now = source
    if isinstance(path, Refused):
        return path
    for key, value in keys.items():
        if key not in CHANGED:
            return refused("value", source.path, message=f"The form does not change “{key}”.")
        made = set_key(now, path, key, value) if value else remove(now, (*path, key))
        if isinstance(made, Refused):
            return made
        now = now.with_text(spliced(now.text, made.edits))
    if speaker:
        made = _spoken_by(now, path, quote, speaker)
        if isinstance(made, Refused):
            return made
        now = now.with_text(spliced(now.text, made.edits))
    return between(source.path, data, now.text.encode("utf-8"))


def _place(source: Source, quote: Quote) -> Path | Refused:
    """Return the path of the record of a quote in its file."""
    found = path_at(source, quote.place.line, quote.place.column) or ()
    path = found[:3] if found[1:2] == ("list",) else found[:2]
    return path if path[:1] == ("quotes",) and len(path) > 1 else refused("no-such-place", source.path, quote.place.line)


def _spoken_by(source: Source, path: Path, quote: Quote, speaker: str) -> FileEdit | Refused:
    node: Span | Refused | None = source.fields
    for step in path:
        if isinstance(node, Map):
            node = node.get(str(step))
        elif isinstance(node, Seq) and isinstance(step, int):
            node = node.items[step]
    if not isinstance(node, Map):
        return refused("not-a-record", source.path, quote.place.line)
    short = next((name for name in quote.speakers if node.get(name) is not None), "")
    if node.get("speaker") is None and short:
        return rename_key(source, (*path, short), speaker)
    return replace(source, (*path, "speaker"), speaker) if node.get("speaker") is not None else set_key(source, path, "speaker", speaker)
