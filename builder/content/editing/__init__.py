"""Exact edits of content files, as ranges of their text with the replacement of each.

    source = Source.of("content/explainers/ferry.md", data)      # or Refused
    change = insert(source, "quotes", {"ann-lee": "The boat is sound.", "via": "s1"})
    applied(data, change)                                        # bytes, or Refused: the file has changed since
    inverse(data, change)                                        # the change that takes it back

Everything here is pure: bytes and values in, a `FileEdit` or a `Refused` out. `output.edits` writes changes to the disk and keeps the journal by which they are taken back.
A change alters only the characters that it must, and is refused where it is not certain that the file then says what it said and what was changed.
"""

from builder.content.editing.body import insert_text, mark, quote_nobody, replace_text
from builder.content.editing.braces import mark_behind, mark_block, mark_words, set_in_mark, take_out
from builder.content.editing.edit import (
    REASONS,
    Edit,
    FileEdit,
    Refused,
    applied,
    between,
    digest,
    in_order,
    inverse,
    refused,
    replaced,
    spliced,
)
from builder.content.editing.front_matter import insert, move, path_at, remove, rename_key, replace, set_key
from builder.content.editing.plain_values import Path, Value
from builder.content.editing.source import SourceFile

__all__ = [
    "REASONS",
    "Edit",
    "FileEdit",
    "Path",
    "Refused",
    "SourceFile",
    "Value",
    "applied",
    "between",
    "digest",
    "in_order",
    "insert",
    "insert_text",
    "inverse",
    "mark",
    "mark_behind",
    "mark_block",
    "mark_words",
    "move",
    "path_at",
    "quote_nobody",
    "refused",
    "remove",
    "rename_key",
    "replace",
    "replace_text",
    "replaced",
    "set_in_mark",
    "set_key",
    "spliced",
    "take_out",
]
