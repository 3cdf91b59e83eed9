"""The entries of a list of records: in its short forms, with its defaults, each id once."""

from collections.abc import Iterable
from typing import TypeVar

from builder.content import schema
from builder.content.fields import Reader, Values
from builder.content.frontmatter import MappingNode, Node, Scalar, SequenceNode
from builder.content.parse import record_keys
from builder.diagnostics import Diagnostic, Location
from builder.model import Actor, Event, Quote, Reference, Source

_Kept = TypeVar("_Kept", bound=Source | Actor | Event | Quote | Reference)


def once(reader: Reader, records: Iterable[_Kept | None], kind: str) -> tuple[_Kept, ...]:
    """Keep the first record of each id, and report the others."""
    # Two quotes are no two accounts of one thing.
    advice = "Give one of the two an “id” of its own." if kind == "quote" else "Join the two records, or give one another id."
    kept: dict[str, _Kept] = {}
    for item in records:
        first = kept.setdefault(item.id, item) if item is not None else None
        if item is not None and first is not None and first is not item:
            message = f"The {kind} “{item.id}” stands twice in this file."
            second, other = (_given_id(reader, record.id, record.location) for record in (item, first))
            reader.problems.append(Diagnostic("id-twice", message, second, help=advice, also=(other,), kind=kind))
    return tuple(kept.values())


def _given_id(reader: Reader, key: str, location: Location) -> Location:
    """Return where an id is written in the record that begins at about a place."""
    found = [
        Location(reader.path, line, column, len(key))
        for value, line, column in reader.value_locations
        if value == key and abs(line - location.line) < 2
    ]
    return min(found, key=lambda spot: (abs(spot.line - location.line), abs(spot.column - location.column)), default=location)


def list_and_defaults(reader: Reader, node: Node, record: str) -> tuple[list[tuple[Scalar | None, Node]], Values]:
    """Take `{defaults: {…}, list: […]}` apart; a plain list or mapping has no defaults."""
    defaults: Values = {}
    if isinstance(node, MappingNode) and any(key.value in {"defaults", "list"} for key, _ in node.items):
        inner: Node = SequenceNode((), node.line, node.column)
        for key, value in node.items:
            if key.value == "defaults":
                defaults, _ = reader.record(value, record, whole=False)
            elif key.value == "list":
                inner = value
            else:
                reader.error("key-unknown", f"Beside “defaults” and “list” there is no “{key.value}”.", key, "Put it into the list.")
        node = inner
    return _short_entries(reader, node, record), defaults


def _short_entries(reader: Reader, node: Node, record: str) -> list[tuple[Scalar | None, Node]]:
    """Return the entries of quotes or of a timeline: in a list, a record with one unknown key is the short form, and stays whole."""
    if isinstance(node, SequenceNode):
        return [_with_id(item, record) for item in node.items if not record_keys.is_misplaced(reader, item, record)]
    return record_keys.listed(reader, node, record)


def _with_id(item: Node, record: str) -> tuple[Scalar | None, Node]:
    """Take `- id: {record}` apart; any other entry stays whole."""
    if (
        isinstance(item, MappingNode)
        and len(item.items) == 1
        and isinstance(item.items[0][1], MappingNode)
        and item.items[0][0].value not in schema.BY_NAME[record]
    ):
        return item.items[0]
    return None, item
