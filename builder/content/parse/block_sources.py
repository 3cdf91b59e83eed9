"""`{source=id}` at the end of a paragraph or a heading: the `via` of the quotes in it that name none."""

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from builder.content import anchoring
from builder.content.fields import Reader
from builder.diagnostics import WARNING, Diagnostic, Place
from builder.model import Attributes, Body, Link, Quote, Section, Text


def named(reader: Reader, body: Body, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
    """Return the quotes with the sources of the blocks that their first words stand in; that of a paragraph counts before that of a heading.

    `body` has the words of the quotes marked. What names the source of nothing is told.
    """
    marks = [one for one in body.marks if one.kind in {"block", "heading"}]
    if not marks:
        return tuple(quotes)
    sections = _sections(body)
    ranges = [(one.start, one.at) if one.kind == "block" else _of_heading(sections, one, len(body.text)) for one in marks]
    starts: dict[str, int] = {}
    for span in anchoring.spans(body):
        starts.setdefault(span.quote, span.start)
    used: set[int] = set()
    found = []
    for quote in quotes:
        at = starts.get(quote.id, -1)
        around = [n for n, (start, end) in enumerate(ranges) if start <= at < end]
        used.update(around)
        if around and not quote.via:
            nearest = min(around, key=lambda n: (marks[n].kind == "heading", ranges[n][1] - ranges[n][0]))
            quote = msgspec.structs.replace(quote, via=_ids(reader, marks[nearest]))  # noqa: PLW2901 – the same quote, with its source
        found.append(quote)
    for n, mark in enumerate(marks):
        if n not in used:
            _tell(reader, mark)
    return tuple(found)


def _sections(body: Body) -> list[tuple[int, int]]:
    """Return where the words of each heading begin, with its level."""
    found: list[tuple[int, int]] = []
    level = 0
    for segment in body.segments:
        if isinstance(segment, Section):
            level = segment.level
        elif level and isinstance(segment, (Text, Link)):
            found.append((segment.at, level))
            level = 0
    return found


def _of_heading(sections: Sequence[tuple[int, int]], mark: Attributes, end: int) -> tuple[int, int]:
    """Return the range of the section that a heading begins: until the next heading of its level or above."""
    n = bisect_right(sections, mark.start, key=lambda one: one[0]) - 1
    level = sections[n][1] if n >= 0 else 0
    return mark.start, next((at for at, other in sections[n + 1 :] if other <= level), end)


def _ids(reader: Reader, mark: Attributes) -> tuple[str, ...]:
    ids = []
    at = mark.items[0].column
    for part in mark.items[0].value.split(","):
        if part:
            ids.append(part)
            reader.spots.append((part, mark.line, at))
        at += len(part) + 1
    return tuple(ids)


def _tell(reader: Reader, mark: Attributes) -> None:
    what = "section" if mark.kind == "heading" else "paragraph"
    reader.problems.append(
        Diagnostic(
            "span-unknown",
            f"“{{source={mark.items[0].value}}}” names the source of this {what}, in which no quote stands.",
            Place(reader.path, mark.line, mark.column, mark.width),
            help="Mark the quotes in it, with {by=id} behind each, or take it out.",
            severity=WARNING,
        )
    )
