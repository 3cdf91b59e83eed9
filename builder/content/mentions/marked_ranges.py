"""Ranges of a body that are marked as words of a quote or an event."""

from builder.model import Body, MarkOpen, Text


def marked_ranges(body: Body) -> dict[tuple[str, str], tuple[int, int]]:
    """Return the range in `Body.text` of the first marked words of each quote and event, by (kind, id)."""
    ranges: dict[tuple[str, str], tuple[int, int]] = {}
    opened: list[tuple[str, str]] = []  # a span may begin with another: both begin at the next words
    for segment in body.segments:
        if isinstance(segment, MarkOpen):
            if segment.part == 0:
                opened.append((segment.kind, segment.id))
        elif opened and isinstance(segment, Text):
            for mark in opened:
                ranges.setdefault(mark, (segment.at, segment.at + len(segment.text)))
            opened.clear()
    return ranges
