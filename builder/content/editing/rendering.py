"""Values as YAML: each text in the plainest way in which our own parser reads it back."""

import functools
import json
from collections.abc import Mapping

from builder.content import frontmatter
from builder.content.editing.plain_values import Value

LONGEST = 100
"""Characters of a list or record that is written in one line."""


class Unwritable(Exception):
    """No way of writing a text is read back as it."""


@functools.lru_cache(maxsize=1024)
def text(value: str, *, flow: bool = False, like: str = "") -> str:
    """Return a text as YAML. `like` is the quotation mark to prefer, "" for none. Raises `Unwritable`."""
    ways = {
        "": value,
        '"': f'"{value}"' if not set('"\\') & set(value) else json.dumps(value, ensure_ascii=False),
        "'": "'" + value.replace("'", "''") + "'",
    }
    order = [like, *(way for way in ways if way != like)] if like in ways else [*ways]
    found = [ways[way] for way in order] + [json.dumps(value, ensure_ascii=False), json.dumps(value)]
    # Single marks only where double ones would need escapes.
    if like == "" and set('"\\') & set(value):
        found.insert(1, ways["'"])
    for written in found:
        if _is_read(written, value, flow=flow):
            return written
    raise Unwritable(value)


def _is_read(written: str, value: str, *, flow: bool) -> bool:
    if not written or "\n" in written or "\r" in written:
        return False
    block, problems = frontmatter.load(f"k: {{a: {written}, b: c}}" if flow else f"k: {written}", path="")
    if problems or len(block.items) != 1:
        return False
    node = block.items[0][1]
    if flow:
        if not isinstance(node, frontmatter.MappingNode) or [key.value for key, _ in node.items] != ["a", "b"]:
            return False
        node = node.items[0][1]
    return isinstance(node, frontmatter.Scalar) and node.value == value and not node.cut


@functools.lru_cache(maxsize=1024)
def key(name: str, *, flow: bool = False) -> str:
    """Return a key as YAML. Raises `Unwritable`."""
    for written in (name, f'"{name}"', json.dumps(name, ensure_ascii=False)):
        if not written or "\n" in written or "\r" in written:
            continue
        fields, problems = frontmatter.load(f"{{{written}: x}}" if flow else f"{written}: x", path="")
        if not problems and len(fields.items) == 1 and fields.items[0][0].value == name and _is_x(fields.items[0][1]):
            return written
    raise Unwritable(name)


def _is_x(node: frontmatter.Node) -> bool:
    return isinstance(node, frontmatter.Scalar) and node.value == "x"


def in_flow(value: Value) -> str:
    """Return a value in one line, as it can stand in brackets or braces."""
    if value is None:
        return ""
    if isinstance(value, str):
        return text(value, flow=True)
    if isinstance(value, Mapping):
        return "{" + ", ".join(pair_in_flow(name, inner) for name, inner in value.items()) + "}"
    return "[" + ", ".join(in_flow(inner) for inner in value) + "]"


def pair_in_flow(name: str, value: Value) -> str:
    """Return a key and its value in one line, as they can stand in braces."""
    return f"{key(name, flow=True)}: {in_flow(value)}"


def pair(name: str, value: Value, column: int, indents: tuple[int, int], *, open_: bool = False) -> list[str]:
    """Return the lines of a key with its value, which begins in a column from 0.

    `indents` are the columns by which a mapping and a list are indented below their key. A list or record stands in one line if it is short, unless it is to be `open_`: texts alone always do.
    """
    lead = f"{' ' * column}{key(name)}:"
    if value is None:
        return [lead]
    if isinstance(value, str):
        return [f"{lead} {text(value)}"]
    short = in_flow(value)
    if not value or ((not open_ or not _holds_records(value)) and len(lead) + len(short) < LONGEST):
        return [f"{lead} {short}"]
    if isinstance(value, Mapping):
        inner = (line for name_, member in value.items() for line in pair(name_, member, column + indents[0], indents))
        return [lead, *inner]
    return [lead, *(line for item in value for line in entry(item, column + indents[1], indents))]


def _holds_records(value: Value) -> bool:
    """Return whether a value is a record, or a list of some."""
    return isinstance(value, Mapping) or (
        not isinstance(value, str) and value is not None and any(isinstance(item, Mapping) for item in value)
    )


def entry(value: Value, column: int, indents: tuple[int, int]) -> list[str]:
    """Return the lines of an entry of a list whose dash stands in a column from 0."""
    lead = " " * column
    if isinstance(value, Mapping) and value:
        lines = [line for name, member in value.items() for line in pair(name, member, column + 2, indents)]
        return [f"{lead}- {lines[0][column + 2 :]}", *lines[1:]]
    return [f"{lead}- {text(value) if isinstance(value, str) else in_flow(value)}".rstrip(" ")]
