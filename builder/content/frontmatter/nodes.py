"""Values of the front matter as they are written, with their places."""

from typing import Any

import msgspec


class Scalar(msgspec.Struct, frozen=True, gc=False):
    """A string, with where it stands."""

    value: str
    line: int
    column: int
    plain: bool = True
    """False where the author quoted it or wrote a block: an empty plain scalar is a value left out, `""` is an empty text."""
    width: int = 0
    """Characters that it takes in the file, without quotation marks; 0 where it goes over several lines."""
    cut: str = ""
    """What stands behind it on its line, where that is a comment for YAML and may be meant as words: “#1 town”."""


class MappingNode(msgspec.Struct, frozen=True):
    """Keys and values, in the author's order; no key stands twice."""

    items: tuple[tuple[Scalar, "Node"], ...]
    line: int
    column: int


class SequenceNode(msgspec.Struct, frozen=True):
    """A list."""

    items: tuple["Node", ...]
    line: int
    column: int


Node = Scalar | MappingNode | SequenceNode


class Open:
    """A mapping or list whose end has not come yet."""

    __slots__ = ("column", "is_mapping", "items", "key", "line", "seen")

    def __init__(self, is_mapping: bool, line: int, column: int) -> None:  # noqa: FBT001 - private, called once
        self.is_mapping = is_mapping
        self.line = line
        self.column = column
        self.items: list[Any] = []
        self.key: Scalar | None = None
        self.seen: dict[str, Scalar] = {}


def close(opened: Open) -> Node:
    """Turn what was gathered into frozen nodes; depth is bounded by the caller."""
    if opened.is_mapping:
        return MappingNode(
            tuple([(key, close(node) if node.__class__ is Open else node) for key, node in opened.items]), opened.line, opened.column
        )
    return SequenceNode(tuple([close(node) if node.__class__ is Open else node for node in opened.items]), opened.line, opened.column)
