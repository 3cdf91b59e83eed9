"""The values of a front matter without their places, compared to verify an edit."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from builder.content import frontmatter

Value = str | None | Sequence["Value"] | Mapping[str, "Value"]
"""What can be written: a text, nothing at all (a bare id), a list, or a record."""

Path = tuple[str | int, ...]
"""From the top: keys of mappings and numbers of list entries, from 0: `("quotes", 2, "via")`."""


class Shape:
    """A value that can be changed. `plain` is whether a text has no quotation marks; None if either will do."""

    __slots__ = ("items", "kind", "plain", "value")

    def __init__(self, kind: str, value: str = "", items: Iterable[Any] = (), *, plain: bool | None = None) -> None:
        self.kind = kind
        self.value = value
        self.plain = plain
        self.items: list[Any] = list(items)

    def at(self, path: Path) -> "Shape":
        """Return what stands at a path. `KeyError` where nothing does."""
        here = self
        for part in path:
            here = here.items[here.index(part)][1] if here.kind == "map" else here.items[here.index(part)]
        return here

    def index(self, part: str | int) -> int:
        """Return which of the items a part of a path names."""
        if self.kind == "list" and isinstance(part, int) and 0 <= part < len(self.items):
            return part
        if self.kind == "map":
            found = next((n for n, (key, _) in enumerate(self.items) if key == part), None)
            if found is not None:
                return found
        raise KeyError(part)

    def become(self, other: "Shape") -> None:
        """Take the place of this value."""
        self.kind, self.value, self.plain, self.items = other.kind, other.value, other.plain, other.items


def shape_of(node: frontmatter.Node) -> Shape:
    """Return what a node says."""
    if isinstance(node, frontmatter.Scalar):
        return Shape("text", node.value, plain=node.plain)
    if isinstance(node, frontmatter.MappingNode):
        return Shape("map", items=[(key.value, shape_of(value)) for key, value in node.items])
    return Shape("list", items=[shape_of(item) for item in node.items])


def shape(value: Value) -> Shape:
    """Return what a value is read as once it is written."""
    if value is None:
        return Shape("text", plain=True)
    if isinstance(value, str):
        return Shape("text", value)
    if isinstance(value, Mapping):
        return Shape("map", items=[(key, shape(inner)) for key, inner in value.items()])
    return Shape("list", items=[shape(inner) for inner in value])


def same(wanted: Shape, read: Shape) -> bool:
    """Return whether what was read is what was wanted."""
    if wanted.kind != read.kind:
        return False
    if wanted.kind == "text":
        if wanted.value != read.value:
            return False
        return (bool(wanted.value) or read.plain is False) if wanted.plain is None else wanted.plain == read.plain
    if len(wanted.items) != len(read.items):
        return False
    if wanted.kind == "map":
        return all(k1 == k2 and same(v1, v2) for (k1, v1), (k2, v2) in zip(wanted.items, read.items, strict=True))
    return all(map(same, wanted.items, read.items))


def plain_value(shape: Shape) -> Value:
    """Return a value as it can be written again."""
    if shape.kind == "map":
        return {key: plain_value(inner) for key, inner in shape.items}
    if shape.kind == "list":
        return [plain_value(inner) for inner in shape.items]
    return None if shape.plain and not shape.value else shape.value
