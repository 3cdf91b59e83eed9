"""Puts a mark around words in the segments of a body: as few marks as can be, and none across an element's edge."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from builder.anchoring.finding import Range
from builder.diagnostics import WARNING, Diagnostic
from builder.model import Body, Href, Html, Link, MarkClose, MarkOpen, Quote, Segment, Text

_TAG = re.compile(r"<(/?)([a-z0-9]+)[^<>]*>|[^<]+|<")
_WITHIN = frozenset({"em", "strong", "s", "a"})
"""Elements that may stand in a mark whole."""

_EMPTY = frozenset({"br", "img"})

Spot = tuple[int, int]
"""(segment, offset in its text or markup); of other segments 0 is before them and 1 behind."""


class _Item(msgspec.Struct, frozen=True, gc=False):
    """A step in the flow: words, or a tag."""

    start: Spot
    end: Spot
    depth: int
    """What it adds to the depth of elements: 0 for words."""
    words: bool


def apart(ranges: Sequence[Range], taken: Sequence[Range], quotes: Mapping[str, Quote]) -> tuple[list[Range], list[Diagnostic]]:
    """Keep ranges that do not overlap each other or what the author has marked; of two that do, the longer one stays."""
    kept: list[Range] = []
    problems: dict[str, Diagnostic] = {}
    for one in sorted(ranges, key=lambda found: (found.start - found.end, found.start)):
        other = next((found for found in (*taken, *kept) if one.start < found.end and found.start < one.end), None)
        if other is None:
            kept.append(one)
        elif one.quote not in problems:
            problems[one.quote] = Diagnostic(
                "quote-overlap",
                f"These words lie within those of the quote “{other.quote}”.",
                quotes[one.quote].place,
                "Only the longer one is marked in the text. Write “in_body: no” if that is meant.",
                WARNING,
            )
    return sorted(kept, key=lambda found: found.start), list(problems.values())


def mark(body: Body, ranges: Sequence[Range], quotes: Mapping[str, Quote]) -> Body:
    """Return the body with marks around the ranges, which do not overlap.

    No name becomes a link in quoted words; in the words of an indirect quote, which are the author's own, it may.
    """
    segments = body.segments
    flow = sorted((segment.at, index) for index, segment in enumerate(segments) if isinstance(segment, (Text, Link)))
    starts = [at for at, _ in flow]
    stretches: defaultdict[str, list[tuple[Spot, Spot]]] = defaultdict(list)
    fixed: defaultdict[int, list[tuple[int, int]]] = defaultdict(list)
    for one in ranges:
        pieces: dict[int, tuple[int, int]] = {}
        for at, index in flow[max(0, bisect_right(starts, one.start) - 1) : bisect_left(starts, one.end)]:
            low, high = max(one.start - at, 0), min(one.end - at, _size(segments[index]))
            if low < high:
                pieces[index] = low, high
                if quotes[one.quote].mode != "indirect":
                    fixed[index].append((low, high))
        stretches[one.quote] += _stretches(segments, pieces)
    cuts: defaultdict[int, list[tuple[int, int, Segment]]] = defaultdict(list)
    for quote, found in stretches.items():
        found.sort()
        for part, (start, end) in enumerate(found):
            last = part == len(found) - 1
            aside = _behind_link(segments, end) if last else None
            cuts[start[0]].append((start[1], 1, MarkOpen("quote", quote, part)))
            cuts[end[0]].append((end[1], 0, MarkClose("quote", quote, last and aside is None)))
            if aside is not None:
                # The sign at a quote's end is a link, and one link cannot stand in another: an empty mark behind has it.
                cuts[aside[0]] += ((aside[1], 2, MarkOpen("quote", quote, part + 1)), (aside[1], 3, MarkClose("quote", quote, last=True)))
    out: list[Segment] = []
    for index, segment in enumerate(segments):
        if index in cuts or index in fixed:
            out += _cut(segment, sorted(cuts[index], key=lambda cut: cut[:2]), fixed[index])
        else:
            out.append(segment)
    return msgspec.structs.replace(body, segments=tuple(out))


def _size(segment: Segment) -> int:
    if isinstance(segment, Text):
        return len(segment.text)
    return len(segment.words) if isinstance(segment, Link) else 0


# --- which stretches ------------------------------------------------


def _stretches(segments: Sequence[Segment], pieces: Mapping[int, tuple[int, int]]) -> Iterator[tuple[Spot, Spot]]:
    """Yield where marks begin and end around pieces of words, so that all markup inside a mark is whole."""
    run: list[_Item] = []
    for item in (*_items(segments, pieces), None):
        if item is not None:
            run.append(item)
            continue
        for start, end in _balanced(run):
            yield _trimmed(segments, start, 1), _trimmed(segments, end, -1)
        run = []


def _trimmed(segments: Sequence[Segment], spot: Spot, step: int) -> Spot:
    """Move the edge of a mark past white space; `step` is 1 where it opens and -1 where it closes."""
    index, offset = spot
    segment = segments[index]
    while isinstance(segment, Text) and segment.text[min(offset, offset + step) : max(offset, offset + step)].isspace():
        offset += step
    return index, offset


def _balanced(run: Sequence[_Item]) -> Iterator[tuple[Spot, Spot]]:
    """Yield the longest stretches of a run in which every element that begins also ends."""
    at = 0
    while at < len(run):
        depth, best, words = 0, -1, False
        seen = False
        for index in range(at, len(run)):
            depth += run[index].depth
            seen = seen or run[index].words
            if depth < 0:
                break
            if depth == 0:
                best, words = index, seen
        if best < 0:
            at += 1
            continue
        if words:
            yield run[at].start, run[best].end
        at = best + 1


def _items(segments: Sequence[Segment], pieces: Mapping[int, tuple[int, int]]) -> Iterator[_Item | None]:
    """Yield words and inline tags from the first piece to the last, with the tags that stand close around; None for what ends a stretch."""
    indexes = sorted(pieces)
    if not indexes:
        return
    first, last = indexes[0], indexes[-1]
    if pieces[first][0] == 0:
        yield from _edge(_tags(segments, _run_before(segments, first), first), opening=True)
    at = first
    while at <= last:
        segment = segments[at]
        if at in pieces:
            low, high = pieces[at]
            whole = segment.text[low:high] if isinstance(segment, Text) else "link"
            yield _Item((at, low), (at, high), 0, words=bool(whole.strip()))
        elif isinstance(segment, Html):
            end = _run_after(segments, at)
            yield from _tags(segments, at, end)
            at = end
            continue
        elif isinstance(segment, MarkOpen | MarkClose):
            yield _Item((at, 0), (at, 1), 1 if isinstance(segment, MarkOpen) else -1, words=False)
        else:
            yield None
        at += 1
    if pieces[last][1] == _size(segments[last]):
        yield from _edge(_tags(segments, last + 1, _run_after(segments, last + 1)), opening=False)


def _run_before(segments: Sequence[Segment], index: int) -> int:
    """Return where the markup begins that stands just before a segment; addresses stand within tags."""
    while index and isinstance(segments[index - 1], Html | Href):
        index -= 1
    return index


def _run_after(segments: Sequence[Segment], index: int) -> int:
    while index < len(segments) and isinstance(segments[index], Html | Href):
        index += 1
    return index


def _edge(items: Iterator[_Item | None], *, opening: bool) -> list[_Item | None]:
    """Return the tags that stand close to the words: the last that open before them, or the first that close behind."""
    near: list[_Item | None] = []
    for item in items:
        fits = item is not None and item.depth == (1 if opening else -1)
        if opening:
            near = [*near, item] if fits else []
        elif fits:
            near.append(item)
        else:
            break
    return near


def _tags(segments: Sequence[Segment], start: int, end: int) -> Iterator[_Item | None]:
    """Yield the tags of a run of markup; None for those of blocks, and for words in it."""
    text = ""
    begins: list[int] = []
    for index in range(start, end):
        segment = segments[index]
        begins.append(len(text))
        # An address is one character here, which is enough to tell where the tag around it ends.
        text += segment.html if isinstance(segment, Html) else "x"
    for found in _TAG.finditer(text):
        name = found[2]
        if name in _EMPTY:
            depth = 0
        elif name in _WITHIN:
            depth = -1 if found[1] else 1
        else:
            yield None
            continue
        opens = bisect_right(begins, found.start()) - 1
        closes = bisect_left(begins, found.end()) - 1
        yield _Item((start + opens, found.start() - begins[opens]), (start + closes, found.end() - begins[closes]), depth, words=False)


def _behind_link(segments: Sequence[Segment], spot: Spot) -> Spot | None:
    """Return where the link of plain Markdown ends in which a spot is; None where it is in none."""
    index, offset = spot
    inside = False
    for before in range(index, -1, -1):
        segment = segments[before]
        if isinstance(segment, Html):
            html = segment.html[:offset] if before == index else segment.html
            opened, closed = html.rfind("<a "), html.rfind("</a>")
            if opened >= 0 or closed >= 0 or "<p>" in html:
                inside = opened > closed
                break
    if not inside:
        return None
    for after in range(index, len(segments)):
        segment = segments[after]
        if isinstance(segment, Html):
            end = segment.html.find("</a>", offset if after == index else 0)
            if end >= 0:
                return after, end + len("</a>")
    return None


# --- cutting ------------------------------------------------


def _cut(segment: Segment, cuts: Sequence[tuple[int, int, Segment]], fixed: Sequence[tuple[int, int]]) -> Iterator[Segment]:
    """Yield a segment in pieces, with the marks between them."""
    edges = sorted({edge for pair in fixed for edge in pair} | {offset for offset, _, _ in cuts})
    at = 0
    waiting = list(cuts)
    size = len(segment.html) if isinstance(segment, Html) else _size(segment) if isinstance(segment, Text | Link) else 1
    for edge in [*edges, size]:
        if edge > at:
            yield _piece(segment, at, edge, linkable=not any(low <= at < high for low, high in fixed))
            at = edge
        while waiting and waiting[0][0] <= edge:
            yield waiting.pop(0)[2]


def _piece(segment: Segment, start: int, end: int, *, linkable: bool) -> Segment:
    if isinstance(segment, Html):
        return Html(segment.html[start:end])
    if isinstance(segment, Text):
        return Text(segment.text[start:end], segment.at + start, segment.linkable and linkable)
    if isinstance(segment, Link):
        return Link(segment.target, segment.kind, segment.words[start:end], segment.at + start, segment.line)
    return segment
