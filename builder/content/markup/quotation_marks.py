"""Characters of a text that may be quotation marks, with their places in the file; input of `builder.content.quotations`.

Signs in code, HTML, addresses and captions are none of them: they are in no token of words.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from builder.content.markup.locations import Reporter
from builder.i18n.patterns import late
from builder.model import Attributes, Block, Item, QuotationMark

if TYPE_CHECKING:
    from markdown_it.token import Token

    from builder.content.markup.segment_writer import Writer

CLOSING = "”“\"״″»«’‘'›‹」』〞〟﹂﹄｣❞❜＂＇"
"""Signs that end a quotation in some language."""

NOBODY = late(r"\{[ \t]*quote[ \t]*=[ \t]*no[ \t]*\}")
"""The mark behind a quotation that is no quote; on no page, wherever it stands."""

_MARKS = '"״″“”„‟⹂«»「」『』〝〞〟﹁﹂﹃﹄｢｣❝❞❛❜＂＇‚‛‹›'
_APOSTROPHES = "'‘’"
_SIGN = late(f"[{_MARKS}{_APOSTROPHES}]")
_POSSIBLE = late(rf"[{_MARKS}{_APOSTROPHES}&\\{{]")
"""Possible quotation marks in the source, where an entity or a backslash may stand for a sign."""

_USUAL = '“"«„&\\{'
"""Those that are found first: a character is found far sooner than one of many."""

_CLOSE = late("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
"""Letters of scripts whose words stand close to a mark: the sign between two of them may be a quotation mark."""

_ASIDE = late(r"[—–―-]")
"""What begins the line below a block quote that names its speaker."""


_KINDS = {"mark_open": "words"}


class BlockMarks:
    """The signs of one block, gathered while its tokens are written."""

    def __init__(self, block: "Token", reporter: Reporter) -> None:
        self.signs: list[QuotationMark] = []
        self.attributes: list[Attributes] = []
        self._block, self._reporter = block, reporter
        self._at = 0
        """How far the source of the block has been read."""
        self._links: list[int] = []

    def words(self, words: str, end: int, written: str = "") -> None:
        """Record the signs of words that end at `end` in the text; `written` is what stands for them in the source."""
        source = self._block.content
        written = written or words
        at = source.find(written, self._at)
        if at < 0:
            at = self._at
        else:
            self._at = at + len(written)
        line = column = 0
        for offset in signs_in(words):
            # Bars in the cells of a table have a backslash in the file, so there each sign is looked for by itself.
            if not line or "|" in words:
                location = self._reporter.spot(self._block, at + offset if written == words else at)
                line, column = location.line, location.column - offset
            self.signs.append(QuotationMark(end - len(words) + offset, line, column + offset))

    def passing(self, token: "Token") -> None:
        """Go on in the source over what is no words."""
        at = token.meta.get("at", -1)
        if token.type == "link_open":
            self._links.append(token.meta.get("end", self._at))
        elif token.type == "link_close":
            self._at = max(self._at, self._links.pop() if self._links else 0)
        elif token.type in {"softbreak", "hardbreak"}:
            self._at = self._block.content.find("\n", self._at) + 1
        elif token.type == "code_inline":
            begin = self._block.content.find(token.markup, self._at) + len(token.markup)
            self._at = max(self._at, self._block.content.find(token.markup, begin) + len(token.markup))
        elif at >= self._at and not token.type.startswith("mark_"):
            self._at = token.meta.get("end", at if token.type in {"wikilink", "span_unknown", "link_unread"} else at + len(token.content))

    def behind(self, token: "Token", offset: int) -> None:
        """Record what an author says of the quotation that ends at `offset` in the text."""
        location = self._reporter.spot(self._block, token.meta["at"], token.content)
        items = tuple(Item(item.key, item.value, location.column + item.at, item.plain) for item in token.meta.get("items", ()))
        self.attributes.append(
            Attributes(offset, location.line, location.column, location.width, items, _KINDS.get(token.type, token.meta.get("kind", "")))
        )


def _may_have_signs(source: str) -> bool:
    """Return whether the source of a block may have signs that are no apostrophes within words."""
    for sign in _USUAL:
        if sign in source:
            return True
    if source.isascii() and "'" not in source:
        return False
    return any(found[0] not in _APOSTROPHES or not _is_within_word(source, found.start()) for found in _POSSIBLE.finditer(source))


def _is_within_word(words: str, at: int) -> bool:
    """Return whether an apostrophe stands between two letters or digits, so that it is no quotation mark."""
    before, behind = words[at - 1 : at], words[at + 1 : at + 2]
    return before.isalnum() and behind.isalnum() and not (_CLOSE.match(before) or _CLOSE.match(behind))


def signs_in(words: str) -> Iterator[int]:
    """Yield where signs stand in words that may be quotation marks."""
    if words.isascii() and '"' not in words and "'" not in words:
        return
    for found in _SIGN.finditer(words):
        if found[0] not in _APOSTROPHES or not _is_within_word(words, found.start()):
            yield found.start()


class QuotationMarks:
    """Gathers the blocks of a text in which something may be a quotation."""

    def __init__(self, reporter: Reporter) -> None:
        self._reporter = reporter
        self._found: list[tuple[Writer, Block]] = []
        self._groups = [0]
        self._last = 0
        self._number = self._note = 0
        self._in_note = 0
        self._kind = "paragraph"
        self._quotes = 0
        self._quote: Block | None = None

    def enter(self, kind: str = "") -> None:
        """Begin an item of a list, a block quote or a cell: its paragraphs follow each other, and no others."""
        self._last += 1
        self._groups.append(self._last)
        self._kind = kind or self._kind

    def leave(self) -> None:
        """End what was begun last."""
        self._groups.pop()
        self._kind = "paragraph"

    def enter_note(self) -> None:
        """Begin a note."""
        self._note -= 1

    def between(self) -> None:
        """Record that something stands here that has no words: what comes does not follow what was."""
        self._number += 1

    def enter_quote(self) -> None:
        """Begin a block quote."""
        self.enter()
        self._quotes += 1

    def leave_quote(self, out: "Writer") -> None:
        """End a block quote; the outermost is one quotation."""
        self.leave()
        self._quotes -= 1
        if not self._quotes and self._quote is not None:
            self._found.append((out, self._quote))
            self._quote = None

    @property
    def in_quote(self) -> bool:
        """Whether a block quote is open."""
        return self._quotes > 0

    def notice(self, block: "Token") -> BlockMarks | None:
        """Return what gathers the signs of a block; None where it has none."""
        if self._reporter.one_line or not (self._quotes or _may_have_signs(block.content)):
            return None
        return BlockMarks(block, self._reporter)

    def read(self, block: "Token", out: "Writer", before: int, notice: BlockMarks | None, *, in_note: bool) -> None:
        """Take in a block that has been written; `before` is where the words ended that were there."""
        if in_note:
            self._in_note += 1
            number, kind, group = self._in_note, "note", self._note
        else:
            self._number += 1
            number, kind, group = self._number, self._kind, self._groups[-1]
        if notice is None:
            return
        made = Block(kind, group, number, max(before, out.begun), out.at, tuple(notice.signs), tuple(notice.attributes))
        if made.signs or made.attributes:
            self._found.append((out, made))
        if self._quotes and not in_note and not _ASIDE.match(block.content):
            if self._quote is None:
                location = self._reporter.block(block)
                self._quote = Block("quote", group, number, made.start, made.end, line=location.line, column=location.column)
            self._quote = msgspec.structs.replace(self._quote, end=made.end)

    def heading(self, *, on: bool) -> None:
        """Set whether the blocks that follow are headings."""
        self._kind = "heading" if on else "paragraph"

    def finish(self) -> tuple[Block, ...]:
        """Return all blocks, in the order of the text."""
        moved = [_moved(block, out.offset) for out, block in self._found]
        return tuple(sorted(moved, key=lambda block: (block.start, block.kind != "quote")))


def parted(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Attributes, ...]]:
    """Return blocks without the marks that stand in the place of front matter, and these marks."""
    marks = tuple(
        msgspec.structs.replace(
            attribute, start=block.start, kind="heading" if (attribute.kind, block.kind) == ("block", "heading") else attribute.kind
        )
        for block in blocks
        for attribute in block.attributes
        if attribute.items
    )
    if not marks:
        return blocks, ()
    kept = (
        msgspec.structs.replace(block, attributes=tuple(attribute for attribute in block.attributes if not attribute.items))
        if block.attributes
        else block
        for block in blocks
    )
    return tuple(block for block in kept if block.signs or block.attributes or block.kind == "quote"), marks


def _moved(block: Block, by: int) -> Block:
    """Return a block of a sidenote where its words stand in the text."""
    if not by:
        return block
    return msgspec.structs.replace(
        block,
        start=block.start + by,
        end=block.end + by,
        signs=tuple(QuotationMark(mark.at + by, mark.line, mark.column) for mark in block.signs),
        attributes=tuple(msgspec.structs.replace(attribute, at=attribute.at + by) for attribute in block.attributes),
    )
