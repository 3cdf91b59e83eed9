"""The range of each value of the front matter in the text of its file, from the events of the YAML parser."""

from collections.abc import Callable, Iterator
from typing import Any

import msgspec


class Leaf(msgspec.Struct, frozen=True, gc=False):
    """A scalar; of a value left out, an empty range behind its key or dash."""

    start: int
    end: int
    value: str
    style: str = ""
    """"" for plain, else its quotation mark, or `|` or `>`."""
    odd: bool = False
    """Whether it is an alias, or has an anchor or a tag."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written there."""
        return not self.style and not self.value and self.start == self.end

    @property
    def is_null(self) -> bool:
        """Whether nothing is written there, or YAML's word for nothing."""
        return self.is_empty or (not self.style and not self.odd and self.value in {"~", "null", "Null", "NULL"})


class Map(msgspec.Struct, frozen=True):
    """Keys and values, as they stand; a key may be there twice."""

    start: int
    end: int
    flow: bool
    items: tuple[tuple[Leaf, "Span"], ...]
    odd: bool = False

    def get(self, key: str) -> "Span | None":
        """Return the value of a key, or None."""
        return next((value for name, value in self.items if name.value == key), None)


class Seq(msgspec.Struct, frozen=True):
    """A list."""

    start: int
    end: int
    flow: bool
    items: tuple["Span", ...]
    odd: bool = False


Span = Leaf | Map | Seq


class Unclear(Exception):
    """The block is not one mapping with plain words as its keys."""


def outline(text: str, offset: Callable[[int, int], int], whole: str) -> Map | None:
    """Return the top mapping of a block of YAML, or None if nothing stands in it.

    `offset` gives where a line and column of the block, from 0, stand in the file, whose text is `whole`. Raises `Unclear` for what is no one mapping, and `yaml.YAMLError`.
    """
    import yaml  # late, as in `frontmatter`

    loader: Any = getattr(yaml, "CLoader", yaml.Loader)
    events = yaml.parse(text, Loader=loader)
    reader = _Reader(events, yaml.events, offset, whole)
    return reader.top()


class _Reader:
    """Takes the events one by one; what is nested too deeply was refused before."""

    def __init__(self, events: Iterator[Any], kinds: Any, offset: Callable[[int, int], int], whole: str) -> None:
        self._events, self._kinds, self._offset, self._whole = events, kinds, offset, whole

    def top(self) -> Map | None:
        kinds = self._kinds
        made: Span | None = None
        documents = 0
        for event in self._events:
            if isinstance(event, kinds.DocumentStartEvent):
                documents += 1
            elif isinstance(event, (kinds.StreamStartEvent, kinds.StreamEndEvent, kinds.DocumentEndEvent)):
                continue
            else:
                made = self._node(event)
        if documents > 1:
            raise Unclear
        if made is None or (isinstance(made, Leaf) and made.is_empty and not made.odd):
            return None
        if not isinstance(made, Map):
            raise Unclear
        return made

    def _at(self, mark: Any) -> int:
        return self._offset(mark.line, mark.column)

    def _node(self, event: Any) -> Span:
        kinds = self._kinds
        odd = getattr(event, "anchor", None) is not None or getattr(event, "tag", None) is not None
        start = self._at(event.start_mark)
        if isinstance(event, kinds.ScalarEvent):
            end = self._at(event.end_mark)
            style = event.style or ""
            return Leaf(start, self._end_of_block(start, end) if style in {"|", ">"} else end, event.value, style, odd)
        if isinstance(event, kinds.SequenceStartEvent):
            items: list[Span] = []
            while not isinstance(inner := next(self._events), kinds.SequenceEndEvent):
                items.append(self._node(inner))
            end = self._at(inner.end_mark) if event.flow_style else items[-1].end if items else start
            return Seq(start, end, bool(event.flow_style), tuple(items), odd)
        if isinstance(event, kinds.MappingStartEvent):
            pairs: list[tuple[Leaf, Span]] = []
            while not isinstance(inner := next(self._events), kinds.MappingEndEvent):
                key = self._node(inner)
                value = self._node(next(self._events))
                if not isinstance(key, Leaf):
                    raise Unclear
                pairs.append((key, value))
            end = self._at(inner.end_mark) if event.flow_style else pairs[-1][1].end if pairs else start
            return Map(start, end, bool(event.flow_style), tuple(pairs), odd)
        return Leaf(start, self._at(event.end_mark), "", odd=True)  # an alias

    def _end_of_block(self, start: int, end: int) -> int:
        """Return the end of a scalar in lines of its own: blank lines behind it are a part of it only where it keeps them."""
        written = self._whole[start:end]
        header = written.splitlines()[0] if written else ""
        if "+" in header.partition("#")[0]:
            return start + len(written) - (2 if written.endswith("\r\n") else 1 if written.endswith(("\n", "\r")) else 0)
        return start + len(written.rstrip())
