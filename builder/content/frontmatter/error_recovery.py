"""Finds the lines that keep a block from being YAML, so that the rest can be read.

A block is keys at its left edge, each with what is indented below it. Where one of these is no YAML by itself, the smallest piece around the slip is left out:
a key of a record, else the record, else all below the key. Lines that are left out become empty, so every other line keeps its number.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import msgspec

MOST_SLIPS = 20
"""Pieces that are looked for: reading on beyond that helps no author."""

MOST_LINES = 2_000
"""Lines below one key of which pieces are tried, each of which means reading them again."""


class Fault(msgspec.Struct, frozen=True):
    """Why lines are no YAML."""

    lines: tuple[int, ...]
    """Those where something was begun and never closed, and where the parser noticed, counted from 0."""
    error: object
    """What it said; None if they are YAML, and no keys."""


class Piece(msgspec.Struct, frozen=True):
    """Lines that are left out, from `start` up to, not with, `end`."""

    start: int
    end: int
    shift: int
    """The line at which those begin that the parser was given."""
    fault: Fault


Try = Callable[[Sequence[str]], Fault | None]
"""Reads lines as YAML whose top is a mapping, or nothing; returns what is wrong with them."""


def without_faults(rows: Sequence[str], read: Try) -> tuple[list[str], list[Piece]]:
    """Return the lines with those empty that cannot be read, and the pieces that were left out."""
    kept = list(rows)
    pieces: list[Piece] = []
    for start, end in _blocks(rows):
        while (fault := read(kept[start:end])) is not None:
            if len(pieces) >= MOST_SLIPS:
                kept[start:end] = [""] * (end - start)
                break
            first, last = _smallest(kept, start, end, fault, read)
            kept[first:last] = [""] * (last - first)
            pieces.append(Piece(first, last, start, fault))
    return kept, pieces


def first_node(events: Iterable[Any], kinds: Any, most: int) -> tuple[Any, int | None]:
    """Return the first node among all events of YAML, and the line on which nesting exceeds `most` levels, at which reading ends: libyaml looks at all open brackets at each one."""
    first, depth = None, 0
    for event in events:
        if first is None and isinstance(event, kinds.NodeEvent):
            first = event
        if isinstance(event, kinds.CollectionStartEvent):
            depth += 1
            if depth > most:
                return first, event.start_mark.line
        elif isinstance(event, kinds.CollectionEndEvent):
            depth -= 1
    return first, None


_CONTINUES = re.compile(r"[ \t#-]|$")


def _blocks(rows: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield where each key at the left edge begins, and where the next one does."""
    starts = [n for n, row in enumerate(rows) if not _CONTINUES.match(row)]
    if not starts or starts[0] > 0:
        starts.insert(0, 0)
    yield from zip(starts, [*starts[1:], len(rows)], strict=True)


def _smallest(rows: Sequence[str], start: int, end: int, fault: Fault, read: Try) -> tuple[int, int]:
    """Return the smallest piece of a block without which it can be read, or read on to the next slip; the whole block where there is none."""
    if end - start > MOST_LINES:
        return start, end
    candidates = dict.fromkeys(piece for line in fault.lines for piece in _around(rows, start, end, start + line))
    for first, last in sorted(candidates, key=lambda candidate: candidate[1] - candidate[0]):
        left = read([*rows[start:first], *[""] * (last - first), *rows[last:end]])
        if left is None or all(line + start >= last for line in left.lines):  # or the next slip stands below
            return first, last
    return start, end


def _around(rows: Sequence[str], start: int, end: int, line: int) -> Iterator[tuple[int, int]]:
    """Yield the pieces around a line, from the line on outwards: each begins at a line that is indented less than the one before."""
    line = min(max(line, start), end - 1)
    while line > start and not rows[line].strip():
        line -= 1
    depth = _indent(rows[line])
    while True:
        yield line, _end_of(rows, line, end)
        above = next((n for n in range(line - 1, start - 1, -1) if rows[n].strip() and _indent(rows[n]) < depth), None)
        if above is None:
            return
        line, depth = above, _indent(rows[above])


def _end_of(rows: Sequence[str], line: int, end: int) -> int:
    """Return the line behind the last one that is indented more than `line`."""
    depth = _indent(rows[line])
    return next((n for n in range(line + 1, end) if rows[n].strip() and _indent(rows[n]) <= depth), end)


def _indent(row: str) -> int:
    return len(row) - len(row.lstrip(" "))
