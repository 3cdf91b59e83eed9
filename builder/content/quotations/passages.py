"""The quotations of a body: text in quotation marks, and block quotes."""

import bisect
from collections.abc import Sequence

import msgspec

from builder.content.quotations.pairing import Pair, pair
from builder.model import OBJECT, Attributes, Block, Body, QuotationMark

MARKS, BLOCK = "marks", "block"


class QuotedPassage(msgspec.Struct, frozen=True, gc=False):
    """A quotation in a text."""

    words: str
    """The text between the marks, in one line, without marks that only begin a further paragraph."""
    parts: tuple[tuple[int, int], ...]
    """Ranges of `Body.text`, one for each paragraph, without the outer marks."""
    line: int
    """Line in the file of the opening mark; `column` is its column."""
    column: int
    end_line: int
    """Line of the closing mark, with `end_column`; 0 for a block."""
    end_column: int
    kind: str = MARKS
    """`marks`, or `block` for a Markdown block quote."""
    heading: bool = False
    """Whether it stands in a heading."""
    no_quotation: bool = False
    """Whether the author marked it as no quotation: {quote=no}."""
    inside: tuple["QuotedPassage", ...] = ()
    """The quotations within it."""

    @property
    def start(self) -> int:
        """Offset of its first word in `Body.text`."""
        return self.parts[0][0]

    @property
    def end(self) -> int:
        """Offset behind its last word."""
        return self.parts[-1][1]


class Scan(msgspec.Struct, frozen=True, gc=False):
    """All quotations of a body, and the marks that do not fit."""

    passages: tuple[QuotedPassage, ...]
    """In the order of the text, without those within another."""
    unpaired: tuple[tuple[QuotationMark, bool], ...]
    """Marks that certainly lack the other one: True for opening marks."""
    misplaced: tuple[tuple[Attributes, bool], ...]
    """{quote=no} that follows no passage: True if it follows a quotation within one."""
    language: str = ""
    """The tag of the body's language."""


def scan(body: Body, language: str) -> Scan:
    """Return the quotations of a body. `language` is the tag of its language."""
    if not body.blocks:
        return Scan((), (), (), language)
    ends = pair(body.text, body.blocks, language)
    said = {attribute.at: attribute for block in body.blocks if block.kind != "quote" for attribute in block.attributes}
    marks = [_passage(body.text, pair, said) for pair in ends.pairs]
    starts = [mark.start for mark in marks]
    found: list[QuotedPassage] = []
    within_blocks: set[int] = set()
    for block in body.blocks:
        if block.kind == "quote":
            within = tuple(marks[bisect.bisect_left(starts, block.start) : bisect.bisect_left(starts, block.end)])
            if (whole := _block(body.text, block, within, said)) is not None:
                found.append(whole)
                within_blocks.update(quoted_passage.start for quoted_passage in within)
    found += [mark for mark in marks if mark.start not in within_blocks]
    found.sort(key=lambda passage: passage.start)
    used = {_behind(passage) for passage in found}
    inner = {_behind(within) for passage in found for within in _all_within(passage)}
    astray = tuple((attributes, at in inner) for at, attributes in sorted(said.items()) if at not in used)
    return Scan(tuple(found), ends.unpaired, astray, language)


def _passage(text: str, pair: Pair, said: dict[int, Attributes]) -> QuotedPassage:
    parts = []
    for number, block in enumerate(pair.blocks):
        start = block.signs[0].at + 1 if number else pair.opened.at + 1
        parts.append((start, min(block.end, pair.closed.at)))
    return QuotedPassage(
        words=_in_line(text, parts),
        parts=tuple(parts),
        line=pair.opened.line,
        column=pair.opened.column,
        end_line=pair.closed.line,
        end_column=pair.closed.column,
        heading=pair.blocks[0].kind == "heading",
        no_quotation=pair.closed.at + 1 in said,
        inside=tuple(_passage(text, within, said) for within in pair.inside),
    )


def _block(text: str, block: Block, within: tuple[QuotedPassage, ...], said: dict[int, Attributes]) -> QuotedPassage | None:
    """Return a block quote as a passage; None if it begins with quotation marks, which then delimit the quotation."""
    parts = ((block.start, block.end),)
    words = _in_line(text, parts)
    if not any(map(str.isalnum, words)) or any(quoted_passage.start == block.start + 1 for quoted_passage in within):
        return None
    return QuotedPassage(words, parts, block.line, block.column, 0, 0, kind=BLOCK, no_quotation=block.end in said, inside=within)


def _behind(passage: QuotedPassage) -> int:
    """Return the offset in the text at which {quote=no} of a passage stands."""
    return passage.end + (passage.kind == MARKS)


def _all_within(passage: QuotedPassage) -> list[QuotedPassage]:
    return [quoted_passage for within in passage.inside for quoted_passage in (within, *_all_within(within))]


def _in_line(text: str, parts: Sequence[tuple[int, int]]) -> str:
    return " ".join(" ".join(text[start:end] for start, end in parts).replace(OBJECT, "…").split())


def uncovered(passage: QuotedPassage, ranges: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the ranges of a passage that none of `ranges` covers; these are sorted and do not overlap."""
    left: list[tuple[int, int]] = []
    for start, end in passage.parts:
        at = start
        for low, high in ranges[max(0, bisect.bisect_right(ranges, (start, start)) - 1) :]:
            if low >= end:
                break
            if high <= at:
                continue
            if low > at:
                left.append((at, low))
            at = high
        if at < end:
            left.append((at, end))
    return left
