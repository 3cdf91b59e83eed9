"""Editing and deleting the actors and sources in the front matter of an explainer."""

from collections.abc import Iterator, Mapping

import msgspec

from builder.content import frontmatter
from builder.content.editing import FileEdit, Path, Refused, SourceFile, Value, refused, remove, replace, set_key, spliced
from builder.content.editing.front_matter import expanded, is_short
from builder.content.editing.plain_values import plain_value, shape_of
from builder.model import Site
from builder.preview.annotating.annotation_form import DeleteRecord, RecordForm
from builder.preview.annotating.build_records import as_change

EDITABLE_KEYS = {
    "actors": ("name", "position", "type", "of", "here", "alias"),
    "unnamed": ("described_as", "knows_because", "anonymity_reason", "here"),
    "sources": ("publisher", "title", "published", "url"),
}
"""By section: the keys that the form changes, the name first. Of `position` that is the role, of `alias` all names with commas between them."""


class ListedRecord(msgspec.Struct, frozen=True):
    """The record of an actor or a source in the front matter of an explainer."""

    id: str
    section: str
    name: str
    keys: dict[str, str]
    """Editable keys with their values; none for a bare id, whose record is in a separate file."""


class _Entry(msgspec.Struct, frozen=True):
    id: str
    section: str
    path: Path
    node: frontmatter.Node
    """Of the record; an empty text for a bare id."""


def listed_records(site: Site, data: bytes, path: str) -> tuple[ListedRecord, ...]:
    """Return the actors and sources that the front matter of a file lists, in its order."""
    source = SourceFile.of(path, data)
    return () if isinstance(source, Refused) else tuple(_listed_record(site, source, entry) for entry in _entries(source))


def edit_record(site: Site, source: SourceFile, data: bytes, answer: RecordForm) -> FileEdit | Refused:
    """Return the edit of a listed record, or the reason for refusing it."""
    entry = next(
        (candidate for candidate in _entries(source) if (candidate.section, candidate.id) == (answer.section, answer.record)), None
    )
    if entry is None:
        return refused("changed", source.path, message=f"“{answer.record}” is not listed in this file any more.")
    if isinstance(answer, DeleteRecord):
        made = _deleted(site, source, entry)
    else:
        wrong = next((key for key in answer.keys if key not in EDITABLE_KEYS[entry.section]), "")
        made = (
            refused("value", source.path, message=f"The form does not change “{wrong}”.") if wrong else _changed(source, entry, answer.keys)
        )
    return made if isinstance(made, Refused) else as_change(source.path, data, made.text)


def _entries(source: SourceFile) -> Iterator[_Entry]:
    for key, value in source.block.fields.items:
        if key.value not in EDITABLE_KEYS:
            continue
        if isinstance(value, frontmatter.MappingNode):
            for name, node in value.items:
                yield _Entry(name.value, key.value, (key.value, name.value), node)
        elif isinstance(value, frontmatter.SequenceNode):
            for n, node in enumerate(value.items):
                yield from _in_list(key.value, n, node)


def _in_list(section: str, n: int, node: frontmatter.Node) -> Iterator[_Entry]:
    """Yield an entry of a list that has an id: `- ada`, `- ada: {…}` or `- {id: ada, …}`."""
    if isinstance(node, frontmatter.MappingNode):
        first, inner = node.items[0]
        own = next((value for key, value in node.items if key.value == "id"), None)
        if len(node.items) == 1 and own is None:
            yield _Entry(first.value, section, (section, n, first.value), inner)
        elif isinstance(own, frontmatter.Scalar):
            yield _Entry(own.value, section, (section, n), node)


def _record(source: SourceFile, entry: _Entry) -> dict[str, Value]:
    """Return the keys of a record, written in a line or as a mapping; none for a bare id."""
    node = entry.node
    if isinstance(node, frontmatter.MappingNode):
        value = plain_value(shape_of(node))
        return {**value} if isinstance(value, Mapping) else {}
    words = node.value if isinstance(node, frontmatter.Scalar) else ""
    return expanded(entry.section, words, short=is_short(source)) if words else {}


def _listed_record(site: Site, source: SourceFile, entry: _Entry) -> ListedRecord:
    record = _record(source, entry)
    words = {key: _words(key, record.get(key)) for key in EDITABLE_KEYS[entry.section]} if record else {}
    keys = {key: value for key, value in words.items() if value is not None}
    known = site.actors.get(entry.id) if entry.section != "sources" else None
    cited = site.sources.get(entry.id) if entry.section == "sources" else None
    name = known.title if known is not None else cited.label if cited is not None else next(iter(keys.values()), "")
    return ListedRecord(entry.id, entry.section, name or entry.id, keys)


def _words(key: str, value: Value) -> str | None:
    """Return a value in one line; None if the form cannot hold it."""
    if value is None or isinstance(value, str):
        return value or ""
    if key == "position" and isinstance(value, Mapping):
        role = value.get("role", "")
        return role if isinstance(role, str) else None
    if key == "alias" and not isinstance(value, Mapping) and all(isinstance(alias, str) for alias in value):
        return ", ".join(str(alias) for alias in value)
    return None


def _changed(source: SourceFile, entry: _Entry, keys: dict[str, str]) -> SourceFile | Refused:
    if not _record(source, entry):
        return refused("not-a-record", source.path, message=f"“{entry.id}” has a file of its own: change it there.")
    if not isinstance(entry.node, frontmatter.MappingNode):
        return _changed_line(source, entry, keys)
    now: SourceFile | Refused = source
    for key, value in keys.items():
        if isinstance(now, Refused):
            break
        now = _with(now, _one_key(now, entry, key, value))
    return now


def _one_key(source: SourceFile, entry: _Entry, key: str, value: str) -> FileEdit | Refused:
    held = _record(source, entry).get(key)
    if key == "position" and isinstance(held, Mapping):
        return set_key(source, (*entry.path, key), "role", value) if value else remove(source, (*entry.path, key))
    if not value:
        return remove(source, (*entry.path, key))
    return set_key(source, entry.path, key, _value(key, value))


def _value(key: str, value: str) -> Value:
    names = [name for alias in value.split(",") if (name := alias.strip())] if key == "alias" else []
    return names if len(names) > 1 else value


def _changed_line(source: SourceFile, entry: _Entry, keys: dict[str, str]) -> SourceFile | Refused:
    """Change a record that is written in a line: it stays one where a line can say all of it."""
    record = _record(source, entry)
    for key, value in keys.items():
        held = record.get(key)
        if key == "position" and isinstance(held, Mapping) and value:
            record[key] = {**held, "role": value}
        elif value:
            record[key] = _value(key, value)
        else:
            record.pop(key, None)
    if not record:
        return refused("value", source.path, message="Something must be left of the record; delete it instead.")
    line = _line(source, entry.section, record)
    return _with(source, replace(source, entry.path, line or record))


def _line(source: SourceFile, section: str, record: Mapping[str, Value]) -> str:
    """Return a record in one line; "" if that would not say the same."""
    office = record.get("position")
    position = office if isinstance(office, Mapping) else {"role": office} if office else {}
    parts = {
        "actors": [
            record.get("name"),
            record.get("type"),
            position.get("role"),
            _led("of", position.get("of") or record.get("of")),
            record.get("here"),
        ]
        + [_led(key, position.get(key)) for key in ("from", "to")],
        "unnamed": [record.get(key, "") for key in EDITABLE_KEYS["unnamed"][:3]],
        "sources": [record.get(key) for key in EDITABLE_KEYS["sources"]],
    }[section]
    words = [part for part in parts if isinstance(part, str) and part]
    line = ("; " if section == "unnamed" else ", ").join(words)
    return line if _same(expanded(section, line, short=is_short(source)), record) else ""


def _led(word: str, value: Value) -> str:
    return f"{word} {value}" if isinstance(value, str) and value else ""


def _same(one: Mapping[str, Value], other: Mapping[str, Value]) -> bool:
    def flat(record: Mapping[str, Value]) -> dict[str, Value]:
        office = record.get("position")
        return {**record, "position": {"role": office} if isinstance(office, str) else office}

    return flat(one) == flat(other)


def _deleted(site: Site, source: SourceFile, entry: _Entry) -> SourceFile | Refused:
    used = next(_uses(site, entry), "")
    if used:
        return refused("value", source.path, message=f"“{entry.id}” is named by {used}: change that first.")
    held = next(value for key, value in source.block.fields.items if key.value == entry.section)
    path = entry.path[:2]
    # An empty list would be left of the last one.
    return _with(
        source,
        remove(
            source, path[:1] if isinstance(held, (frontmatter.MappingNode, frontmatter.SequenceNode)) and len(held.items) == 1 else path
        ),
    )


def _uses(site: Site, entry: _Entry) -> Iterator[str]:
    """Yield the references to a record, each in a few words. Links to an actor do not count, since their words stay."""
    if entry.section == "sources":
        quotes, events = (
            site.quotes_by_source.get(entry.id, ()),
            (*site.events_from.get(entry.id, ()), *site.events_attributed_to.get(entry.id, ())),
        )
        others = site.sources_citing.get(entry.id, ())
    else:
        quotes = (*site.said_by.get(entry.id, ()), *site.said_to.get(entry.id, ()))
        events = (*site.events_of.get(entry.id, ()), *site.events_attributed_to.get(entry.id, ()))
        others = (*site.publishes.get(entry.id, ()), *site.members.get(entry.id, ()))
    yield from (f"the quote “{key}”" for _, key in quotes)
    yield from (f"the event “{key}”" for key in events)
    yield from (f"“{key}”" for key in others)


def _with(source: SourceFile, made: FileEdit | Refused) -> SourceFile | Refused:
    return made if isinstance(made, Refused) else source.with_text(spliced(source.text, made.edits))
