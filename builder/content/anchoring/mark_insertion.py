"""Insert marks into the segments of a body: one for each range between two pieces of markup, so that none crosses an element's edge."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from builder.content.anchoring.search import Range
from builder.diagnostics import WARNING, Diagnostic
from builder.model import Body, Html, Link, MarkClose, MarkOpen, Quote, Segment, Text


class _Piece(msgspec.Struct, frozen=True, gc=False):
    """The part of a quote's words in one segment."""

    segment: int
    start: int
    """Offset in the segment."""
    end: int
    quote: str


def without_overlaps(ranges: Sequence[Range], taken: Sequence[Range], quotes: Mapping[str, Quote]) -> tuple[list[Range], list[Diagnostic]]:
    """Return the ranges that overlap neither each other nor the author's marks, and the problems of the others; of two that overlap, the longer one stays."""
    kept: list[Range] = []
    problems: dict[str, Diagnostic] = {}
    for range_ in sorted(ranges, key=lambda found: (found.start - found.end, found.start)):
        other = next((found for found in (*taken, *kept) if range_.start < found.end and found.start < range_.end), None)
        if other is None:
            kept.append(range_)
        elif range_.quote not in problems:
            lies = "lie within" if other.start <= range_.start and range_.end <= other.end else "overlap"
            problems[range_.quote] = Diagnostic(
                "quote-overlap",
                f"These words {lies} those of the quote “{other.quote}”.",
                quotes[range_.quote].location,
                "Only the longer one is marked in the text. Write “in_body: no” if that is meant.",
                WARNING,
            )
    return sorted(kept, key=lambda found: found.start), list(problems.values())


def mark(body: Body, ranges: Sequence[Range], quotes: Mapping[str, Quote]) -> Body:
    """Return the body with marks around the ranges, which do not overlap.

    Names in quoted words do not become links; those in a paraphrase may.
    """
    pieces = _pieces(body.segments, ranges)
    total: defaultdict[str, int] = defaultdict(int)
    for piece in pieces:
        total[piece.quote] += 1
    by_segment: defaultdict[int, list[_Piece]] = defaultdict(list)
    for piece in pieces:
        by_segment[piece.segment].append(piece)
    ends: defaultdict[int, list[tuple[tuple[int, int], str, int]]] = defaultdict(list)
    out: list[Segment] = []
    part: defaultdict[str, int] = defaultdict(int)
    for index, segment in enumerate(body.segments):
        if index in ends and isinstance(segment, Html):
            out += _after_links(segment, ends[index])
        elif index not in by_segment:
            out.append(segment)
        else:
            at = 0
            for piece in by_segment[index]:
                number = part[piece.quote]
                part[piece.quote] += 1
                last = number == total[piece.quote] - 1
                link = _link_end(body.segments, index) if last else None
                if link is not None:
                    ends[link[0]].append((link[1], piece.quote, number + 1))
                if piece.start > at:
                    out.append(_cut(segment, at, piece.start))
                words = _cut(segment, piece.start, piece.end, fixed=not quotes[piece.quote].is_paraphrase)
                out += (MarkOpen("quote", piece.quote, number), words, MarkClose("quote", piece.quote, last and link is None))
                at = piece.end
            if at < _size(segment):
                out.append(_cut(segment, at, _size(segment)))
    return msgspec.structs.replace(body, segments=tuple(out))


def _pieces(segments: Sequence[Segment], ranges: Sequence[Range]) -> list[_Piece]:
    """Return the parts of all ranges, in the order of the segments."""
    # Sidenotes stand elsewhere on the page than in the text.
    flow = sorted([(segment.at, index) for index, segment in enumerate(segments) if isinstance(segment, (Text, Link))])
    starts = [at for at, _ in flow]
    found: list[_Piece] = []
    for range_ in ranges:
        own: list[_Piece] = []
        for at, index in flow[max(0, bisect_right(starts, range_.start) - 1) : bisect_left(starts, range_.end)]:
            low, high = max(range_.start - at, 0), min(range_.end - at, _size(segments[index]))
            if low < high:
                own.append(_Piece(index, low, high, range_.quote))
        # A space between two words belongs to the quote, one at the edge of a block does not.
        while own and _is_blank(segments, own[0]):
            own.pop(0)
        while own and _is_blank(segments, own[-1]):
            own.pop()
        found += own
    return sorted(found, key=lambda piece: (piece.segment, piece.start))


def _is_blank(segments: Sequence[Segment], piece: _Piece) -> bool:
    segment = segments[piece.segment]
    return isinstance(segment, Text) and not segment.text[piece.start : piece.end].strip()


def _size(segment: Segment) -> int:
    if isinstance(segment, Text):
        return len(segment.text)
    return len(segment.words) if isinstance(segment, Link) else 0


def _cut(segment: Segment, start: int, end: int, *, fixed: bool = False) -> Segment:
    if isinstance(segment, Text):
        return Text(segment.text[start:end], segment.at + start, segment.linkable and not fixed)
    assert isinstance(segment, Link)
    whole = (start, end) == (0, len(segment.words))
    return Link(
        segment.target,
        segment.kind,
        segment.words[start:end],
        segment.at + start,
        segment.line,
        segment.column,
        segment.width,
        segment.html if whole else "",
    )


# --- a quote that ends in a link ------------------------------------------------
#
# The sign at a quote's end is a link, and links cannot be nested: an empty mark with the sign follows the link.


def _link_end(segments: Sequence[Segment], index: int) -> tuple[int, tuple[int, int]] | None:
    """Return where the Markdown link around a segment ends: the segment, and the offsets in its `html` and `words`. None if there is no link."""
    for before in range(index - 1, -1, -1):
        segment = segments[before]
        if isinstance(segment, Html):
            if segment.opens_link:
                break
            if segment.link_ends or "p" in segment.blocks:
                return None
    else:
        return None
    for after in range(index + 1, len(segments)):
        segment = segments[after]
        if isinstance(segment, Html) and segment.link_ends:
            return after, segment.link_ends[0]
    return None


def _after_links(segment: Html, signs: Sequence[tuple[tuple[int, int], str, int]]) -> Iterator[Segment]:
    at = shown = 0
    for (offset, shown_offset), quote, part in signs:
        if offset > at:
            yield Html(segment.html[at:offset], words=segment.words[shown:shown_offset])
            at, shown = offset, shown_offset
        yield MarkOpen("quote", quote, part)
        yield MarkClose("quote", quote, last=True)
    if at < len(segment.html):
        yield msgspec.structs.replace(segment, html=segment.html[at:], words=segment.words[shown:], link_ends=())
