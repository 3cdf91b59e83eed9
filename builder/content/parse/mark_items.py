"""The keys of a mark as keys of a record, and the words in square brackets that it belongs to."""

from collections.abc import Container, Mapping, Set as AbstractSet

import msgspec

from builder.content.fields import Reader
from builder.content.frontmatter import Node, Scalar, SequenceNode
from builder.content.schema import BY_NAME, suggestions
from builder.diagnostics import KEY_OF_MARK, nearest
from builder.model import Attributes, Body, Item, Link, MarkClose, MarkOpen, Text


def is_of_event(mark: Attributes) -> bool:
    """Return whether a mark makes a timeline entry."""
    keys = {item.key for item in mark.items}
    return "event" in keys or (mark.kind == "words" and ("status" in keys or ("on" in keys and "by" not in keys)))


def with_known_keys(reader: Reader, mark: Attributes, record: str, names: Mapping[str, str]) -> Attributes:
    """Return a mark of a `record` with the keys that were meant, after reporting those that it does not have; `names` are its keys that are others in the record."""
    called = {name: key for key, name in names.items()}
    keys = dict.fromkeys((*names, *(key for key in BY_NAME[record] if key not in called)))
    kept = []
    for item in mark.items:
        if item.key in keys or item.key in called or item.key == "quote" or item.key.startswith("x_"):
            kept.append(item)
            continue
        meant = nearest(item.key, keys)
        if meant not in names:
            meant = suggestions.meant_key(item.key, record)
            meant = called.get(meant, meant if meant in keys else "")
        location = Scalar(item.key, mark.line, item.column - (1 if item.plain else 2) - len(item.key), width=len(item.key))
        message = f"“{item.key}” is not known in {{{mark.items[0].key}=…}}."
        hint = suggestions.proposed_key(item.key, meant, record) if meant else f"Known keys: {', '.join(keys)}."
        edits = reader.instead(location, meant) if meant and suggestions.is_same(item.key, meant) else ()
        reader.error("key-unknown", message, location, hint, suggestion=meant, edits=edits, slip=KEY_OF_MARK)
        # What was meant is read as such, so that nothing is reported that only follows from the slip.
        if meant and all(other.key != meant for other in mark.items):
            kept.append(msgspec.structs.replace(item, key=meant))
    return msgspec.structs.replace(mark, items=tuple(kept))


def pairs(mark: Attributes, names: Mapping[str, str], listed: Container[str]) -> list[tuple[Scalar, Node]]:
    """Return the keys of a mark under the `names` that they have in a record; keys that are `listed` take several ids, with commas between them."""
    found: list[tuple[Scalar, Node]] = []
    for item in mark.items:
        name = names.get(item.key, item.key)
        column = item.column - (1 if item.plain else 2) - len(item.key)
        found.append((Scalar(name, mark.line, column, width=len(item.key)), _value(item, mark.line, listed=name in listed)))
    return found


def _value(item: Item, line: int, *, listed: bool) -> Node:
    if not (listed and item.plain and "," in item.value):
        return Scalar(item.value, line, item.column, item.plain, len(item.value))
    parts = []
    at = item.column
    for part in item.value.split(","):
        if part:
            parts.append(Scalar(part, line, at, width=len(part)))
        at += len(part) + 1
    return SequenceNode(tuple(parts), line, item.column)


def words_of(body: Body) -> dict[tuple[int, int], str]:
    """Return the words in square brackets by the line and column of what their mark names: an event, or for a quote the mark itself."""
    found: dict[tuple[int, int], str] = {}
    opened: dict[tuple[str, str], tuple[tuple[int, int], int, int]] = {}
    for segment in body.segments:
        if isinstance(segment, MarkOpen):
            opened[segment.kind, segment.id] = ((segment.line, segment.column), -1, -1)
        elif isinstance(segment, MarkClose):
            location, start, end = opened.pop((segment.kind, segment.id), ((0, 0), -1, -1))
            if start >= 0:
                found[location] = " ".join(body.text[start:end].split())
        elif opened and isinstance(segment, (Text, Link)):
            words = segment.text if isinstance(segment, Text) else segment.words or segment.target
            for key, (location, start, end) in opened.items():
                opened[key] = (location, segment.at if start < 0 else start, max(end, segment.at + len(words)))
    return found


def renamed(body: Body, names: Mapping[str, str], marks: AbstractSet[str]) -> Body:
    """Return a body in which the words of `marks`, known by their places, are those of the records `names`; the others of these marks go."""
    if not marks:
        return body
    kept = [
        msgspec.structs.replace(segment, id=names.get(segment.id, segment.id)) if isinstance(segment, (MarkOpen, MarkClose)) else segment
        for segment in body.segments
        if not (isinstance(segment, (MarkOpen, MarkClose)) and segment.id in marks and segment.id not in names)
    ]
    return msgspec.structs.replace(body, segments=tuple(kept))
