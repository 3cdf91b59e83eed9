"""`{source=id}` at the end of a paragraph or heading: the default source of the quotes and events in it."""

from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from builder.content import anchoring
from builder.content.fields import Reader
from builder.content.mentions import marked_ranges
from builder.diagnostics import SOURCE_OF_NOTHING, WARNING, Diagnostic, Location
from builder.model import Attributes, Body, Event, Link, Quote, Reference, Section, Text


class Blocks:
    """The sources of the blocks of a text. What names the source of nothing is reported at the end."""

    def __init__(self, reader: Reader, body: Body) -> None:
        """`body` has the words of its quotes marked."""
        self._reader = reader
        self._marks = [mark for mark in body.marks if mark.kind in {"block", "heading"}]
        sections = _sections(body) if self._marks else []
        self._ranges = [
            (mark.start, mark.at) if mark.kind == "block" else _of_heading(sections, mark, len(body.text)) for mark in self._marks
        ]
        self._paragraphs = sorted((start, end, n) for n, (start, end) in enumerate(self._ranges) if self._marks[n].kind == "block")
        self._headings = _innermost([(start, end, n) for n, (start, end) in enumerate(self._ranges) if self._marks[n].kind == "heading"])
        self._starts: dict[tuple[str, str], int] = {}
        self._used: set[int] = set()
        for span in anchoring.spans(body) if self._marks else ():
            self._starts.setdefault(("quote", span.quote), span.start)
        if self._marks:
            for (kind, key), (start, _) in marked_ranges(body).items():
                self._starts.setdefault((kind, key), start)

    def of(self, kind: str, key: str) -> tuple[str, ...]:
        """Return the sources of the block that the first words of a quote or an event stand in; those of a paragraph count before those of a heading."""
        at = self._starts.get((kind, key), -1)
        if at < 0:
            return ()
        inside = bisect_right(self._paragraphs, at, key=lambda paragraph: paragraph[0]) - 1
        own = self._paragraphs[inside] if inside >= 0 else (0, 0, -1)
        section = bisect_right(self._headings, at, key=lambda heading: heading[0]) - 1
        heading = self._headings[section][1] if section >= 0 else -1
        nearest = own[2] if at < own[1] else heading
        self._used.update(n for n in (own[2] if at < own[1] else -1, heading) if n >= 0)
        return _ids(self._reader, self._marks[nearest]) if nearest >= 0 else ()

    def quotes(self, quotes: Sequence[Quote]) -> tuple[Quote, ...]:
        """Return quotes with the sources of their blocks."""
        found = ((quote, self.of("quote", quote.id)) for quote in quotes)
        return tuple(msgspec.structs.replace(quote, via=ids) if ids and not quote.via else quote for quote, ids in found)

    def timeline(self, timeline: Sequence[Event | Reference]) -> tuple[Event | Reference, ...]:
        """Return events with the sources of their blocks; what is a reference to another file stays."""
        kept: list[Event | Reference] = []
        for event in timeline:
            ids = self.of("event", event.id)
            if ids and isinstance(event, Event) and not event.sources:
                kept.append(msgspec.structs.replace(event, sources=ids, given=tuple(sorted((*event.given, "sources")))))
            else:
                kept.append(event)
        return tuple(kept)

    def report_unused(self) -> None:
        """Report marks that name the source of nothing; one that names no source is reported already."""
        for n, mark in enumerate(self._marks):
            if n not in self._used and mark.items[0].plain:
                _report(self._reader, mark)


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
    n = bisect_right(sections, mark.start, key=lambda section: section[0]) - 1
    level = sections[n][1] if n >= 0 else 0
    return mark.start, next((at for at, other in sections[n + 1 :] if other <= level), end)


def _innermost(ranges: Sequence[tuple[int, int, int]]) -> list[tuple[int, int]]:
    """Return from where on which of some nested ranges counts, by its number: the innermost, -1 for none."""
    found: list[tuple[int, int]] = []
    opened: list[tuple[int, int]] = []
    for start, end, number in sorted(ranges):
        while opened and opened[-1][0] <= start:
            last = opened.pop()[0]
            found.append((last, opened[-1][1] if opened else -1))
        opened.append((end, number))
        found.append((start, number))
    while opened:
        last = opened.pop()[0]
        found.append((last, opened[-1][1] if opened else -1))
    return found


def _ids(reader: Reader, mark: Attributes) -> tuple[str, ...]:
    ids = []
    at = mark.items[0].column
    for part in mark.items[0].value.split(","):
        if part:
            ids.append(part)
            reader.value_locations.append((part, mark.line, at))
        at += len(part) + 1
    return tuple(ids)


def _report(reader: Reader, mark: Attributes) -> None:
    what = "section" if mark.kind == "heading" else "paragraph"
    reader.problems.append(
        Diagnostic(
            "span-unknown",
            f"“{{source={mark.items[0].value}}}” names the source of this {what}, in which no quote and no event stands.",
            Location(reader.path, mark.line, mark.column, mark.width),
            help="Mark the quotes in it, with {by=id} behind each, or take this out.",
            severity=WARNING,
            slip=SOURCE_OF_NOTHING,
        )
    )
