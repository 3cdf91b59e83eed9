"""Keys that a record of the front matter does not have: what was most likely meant, and where it belongs."""

from typing import Protocol, Unpack

from builder.content.editing.line_edits import moved
from builder.content.frontmatter import MappingNode, Node, Scalar
from builder.content.schema import suggestions
from builder.diagnostics import RUN_TOGETHER, Details, TextEdit

MOST_PROPOSALS = 50
"""Unknown keys of one file for which a suggestion is looked for."""


class FileReader(Protocol):
    """The part of `fields.Reader` that is needed here: the file being read, and its problems."""

    path: str
    file: str
    unknown: int
    """Keys of the file that were not known so far."""

    def error(self, code: str, message: str, node: Node, hint: str = "", **details: Unpack[Details]) -> None:
        """Record an error at a node."""

    def instead(self, node: Scalar, words: str) -> tuple[TextEdit, ...]:
        """Return the edit that writes other words in the place of a scalar."""


def report(reader: FileReader, key: Scalar, record: str, node: MappingNode) -> str:
    """Report a key that a record does not have, and return the one that was most likely meant; "" if unknown."""
    few = reader.unknown < MOST_PROPOSALS  # else each would look at all others
    bare = [other.value for other, value in node.items if isinstance(value, Scalar) and value.plain and not value.value] if few else []
    if glued := suggestions.glued_in(bare, key.value, record):
        reader.error("key-unknown", glued.message, key, glued.hint, slip=RUN_TOGETHER) if glued.is_first else None
        return glued.key
    reader.unknown += 1
    near = suggestions.meant_key(key.value, record) if reader.unknown <= MOST_PROPOSALS else ""
    hint = suggestions.proposed_key(key.value, near, record) if near else suggestions.known_keys(key.value, record)
    only = suggestions.is_same(key.value, near) and not any(other.value == near for other, _ in node.items)
    near = "" if ":" in near else near
    edits = reader.instead(key, near) if only else ()
    records = [name.value for name, value in node.items if isinstance(value, MappingNode)] if few and not only else []
    if within := suggestions.taken_below(key.value, record, records) if records else "":
        owner = next(name for name, _ in node.items if name.value == within)
        if into := moved(reader.path, reader.file, [(key.line, key.column)], (owner.line, owner.column)):
            hint, near, edits = f"It belongs to “{within}”: write it below that, indented.", "", into
    reader.error(
        "key-unknown",
        f"A record of the kind “{record.replace('_', ' ')}” has no key “{key.value}”.",
        key,
        hint,
        suggestion=near,
        edits=edits,
    )
    return near
