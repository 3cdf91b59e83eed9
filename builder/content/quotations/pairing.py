"""Pair the quotation marks of a text: one pass over the signs, with the open ones on a stack."""

import re
from collections.abc import Sequence

import msgspec

from builder.content.quotations import elisions, styles
from builder.i18n.patterns import late
from builder.model import OBJECT, Block, QuotationMark

_INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069\u202a\u202b\u202c\ufeff\xad"
"""Characters without a width that may stand between a mark and its word, as in text from right to left."""

_BEFORE = "([{<¿¡—–―/|=…:;,，、：（-"
"""Characters that may stand before an opening mark, besides a space."""

_PUNCTUATION = ".,;:!?)]"
"""Characters that stand behind a closing mark, and never begin a word."""

_CLOSE = late("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\u3000-\u303f]")
"""Scripts whose words may stand close to a mark."""

_ARABIC_LEAD = late("[وفبلك]")
"""Arabic words of one letter, which stand close to a mark."""

_HEBREW = re.compile("[\u0590-\u05ff]")
"""Script in which a mark before the last letter of a word is part of an abbreviation."""


class Pair(msgspec.Struct, frozen=True, gc=False):
    """The two marks of a quotation."""

    opened: QuotationMark
    closed: QuotationMark
    blocks: tuple[Block, ...]
    """The block in which it opens and those in which it continues; each of these begins with a mark again."""
    inside: tuple["Pair", ...]
    """The quotations within it."""


class Ends(msgspec.Struct, frozen=True, gc=False):
    """All pairs and unpaired marks of a text."""

    pairs: tuple[Pair, ...]
    """The outermost pairs, in the order of the text."""
    unpaired: tuple[tuple[QuotationMark, bool], ...]
    """Marks that certainly lack the other one: True for opening marks."""


class _Open(msgspec.Struct, gc=False):
    """An open mark."""

    sign: QuotationMark
    char: str
    blocks: list[Block]
    certain: bool
    """Whether it is certainly a quotation mark."""
    inside: list[Pair] = msgspec.field(default_factory=list)
    """Quotations that were closed within it."""


_MOST_OPEN = 12
"""Number of open marks: no text nests deeper, and each sign is compared with all of them."""


def pair(text: str, blocks: Sequence[Block], language: str) -> Ends:
    """Return the pairs and the unpaired marks of `blocks`, which are in the order of `text`. `language` is a tag."""
    return _Pairing(text, language).ends(blocks)


class _Pairing:
    def __init__(self, text: str, language: str) -> None:
        self._text = text
        self._opens = styles.opens(language)
        self._french = "«" in self._opens and language.lower()[:2] == "fr"
        self._pairs: list[Pair] = []
        self._alone: list[tuple[QuotationMark, bool]] = []
        self._stack: list[_Open] = []
        # Of the block at hand.
        self._block = Block("", 0, 0, 0, 0)
        self._ahead: list[tuple[bool, bool]] = []

    def ends(self, blocks: Sequence[Block]) -> Ends:
        """Return the pairs and the unpaired marks."""
        before: Block | None = None
        # The words of a note stand behind the paragraph that refers to it, and interrupt nothing.
        for block in sorted((block for block in blocks if block.signs), key=lambda block: block.kind == "note"):
            signs = block.signs
            if self._stack:
                signs = signs[self._carried(before, block) :]
            self._block = block
            if block.kind != "cell" or len(self._text[block.start : block.end].strip()) > 1:  # a sign alone is a ditto mark
                self._read(signs)
            before = block
        self._drop(self._stack)
        self._stack = []
        return Ends(
            tuple(sorted(self._pairs, key=lambda pair: pair.opened.at)),
            tuple(sorted(self._alone, key=lambda lone: lone[0].at)),
        )

    def _carried(self, before: Block | None, block: Block) -> int:
        """Continue an open quotation in a block that begins with its mark again, and return the number of signs used; else close all and return 0."""
        for depth, opened in enumerate(self._stack):
            follows = before is not None and (before.group, before.number + 1) == (block.group, block.number) and block.kind != "cell"
            begins = self._text[block.start : block.end].lstrip(" \t" + _INVISIBLE)[:1]
            if follows and begins and begins in styles.AGAIN.get(opened.char, opened.char):
                self._drop([*self._stack[:depth], *self._stack[depth + 1 :]], keep=opened)
                self._stack = [opened]
                opened.blocks.append(block)
                return 1
        self._drop(self._stack)
        self._stack = []
        return 0

    def _drop(self, opened: Sequence[_Open], keep: "_Open | None" = None) -> None:
        """Give up marks that were never closed, and keep the quotations within them."""
        for sign in opened:
            if keep is not None:
                keep.inside += sign.inside
                continue
            self._pairs += sign.inside
            if sign.certain:
                self._alone.append((sign.sign, True))

    # --- one block ------------------------------------------------

    def _read(self, signs: Sequence[QuotationMark]) -> None:
        self._look_ahead(signs)
        for index, sign in enumerate(signs):
            char = self._text[sign.at]
            if char in styles.ONLY_OPEN:
                if char != "‚" or self._begins(sign):
                    self._open(sign, char)
            elif char in styles.ONLY_CLOSE:
                self._close(sign, char, report=True)
            elif char in styles.STRAIGHT:
                if char in styles.DOUBLE:
                    self._straight(sign, char, index)
                else:
                    self._single(sign, char, index)
            elif char in "‘’":
                self._single(sign, char, index)
            else:
                self._curly(sign, char)

    def _sides(self, sign: QuotationMark) -> tuple[str, str]:
        """Return the characters before and behind a sign; "" at the edges of its block."""
        text, low, high = self._text, sign.at - 1, sign.at + 1
        while low >= self._block.start and text[low] in _INVISIBLE:
            low -= 1
        while high < self._block.end and text[high] in _INVISIBLE:
            high += 1
        return (text[low] if low >= self._block.start else ""), (text[high] if high < self._block.end else "")

    def _begins(self, sign: QuotationMark) -> bool:
        """Return whether a sign stands at the beginning of a word, and not at the end of one."""
        before, behind = self._sides(sign)
        return _is_edge(before) and behind != "" and not behind.isspace() and not (behind in _PUNCTUATION and before != "")

    def _open(self, sign: QuotationMark, char: str, *, certain: bool = True) -> None:
        if len(self._stack) == _MOST_OPEN:
            self._drop(self._stack[:1])
            del self._stack[0]
        self._stack.append(_Open(sign, char, [self._block], certain and (char not in styles.SINGLE or self._is_certain(sign, char))))

    def _is_certain(self, sign: QuotationMark, char: str) -> bool:
        """Return whether a single opening mark is certainly one: behind “she said,”, or at the beginning of a paragraph."""
        before = self._text[max(self._block.start, sign.at - 2) : sign.at]
        return (
            char in "‘‚"
            and self._block.kind != "cell"
            and (before.strip() == "" or before[:1] in ",:")
            and not elisions.may_begin_word(self._text, sign.at)
        )

    def _close(self, sign: QuotationMark, char: str, *, report: bool = False) -> bool:
        """Close the innermost quotation that a mark can close, and return whether there is one; if not, and `report`, the mark counts as unpaired."""
        for depth in range(len(self._stack) - 1, -1, -1):
            opened = self._stack[depth]
            if char in styles.CLOSERS[opened.char]:
                break
        else:
            if report:
                self._alone.append((sign, False))
            return False
        for other in self._stack[depth + 1 :]:
            opened.inside += other.inside
            if other.certain and other.char not in styles.SINGLE:
                self._alone.append((other.sign, True))
        del self._stack[depth:]
        self._pair(opened, sign)
        return True

    def _pair(self, opened: _Open, sign: QuotationMark) -> None:
        """Add a quotation with known end to the one that is open around it."""
        made = Pair(opened.sign, sign, tuple(opened.blocks), tuple(opened.inside))
        (self._stack[-1].inside if self._stack else self._pairs).append(made)

    def _can_close(self, char: str) -> bool:
        return any(char in styles.CLOSERS[opened.char] for opened in self._stack)

    # --- curly and angular marks ------------------------------------------------

    def _curly(self, sign: QuotationMark, char: str) -> None:
        """Handle “ ” « » ‹ ›: whether they open or close depends on the language and on the open marks."""
        before, behind = self._sides(sign)
        begins, anew = self._begins(sign), char == "“" and any(sign.char == "“" for sign in self._stack)
        if char == "”" and self._abbreviates(sign, before, behind):
            return
        if self._can_close(char) and not (begins and self._opens_anew(char, before)):
            self._close(sign, char)
        elif char in "“«‹" and behind != "" and not (char == "“" and self._is_behind_word(before, behind, anew=anew)):
            self._open(sign, char)
        elif char == "“" and anew and not begins:
            self._slip(sign)  # “so. “ at the end of a paragraph
        elif char in "”»›" and (
            begins or (char in self._opens and behind != "" and not behind.isspace() and _CLOSE.match(behind) is not None)
        ):
            self._open(sign, char)
        elif char not in styles.SINGLE and self._lacks_beginning(char, before):
            self._alone.append((sign, False))

    @staticmethod
    def _is_behind_word(before: str, behind: str, *, anew: bool) -> bool:
        """Return whether a “ ends a word rather than begins one; `anew` if one is open."""
        return (behind.isspace() and (anew or not _is_edge(before))) or (behind in _PUNCTUATION and not _is_edge(before))

    def _opens_anew(self, char: str, before: str) -> bool:
        """Return whether a mark that could close opens another quotation: it stands before a word, and not within one, as in „Er sagte “Ja” und ging“."""
        if char in "“«‹":
            return True
        # » at the beginning of a line goes on in French; within one it opens where the language has it so.
        return char in self._opens or (char == "»" and before == "" and not any(sign.char == "«" for sign in self._stack))

    def _slip(self, sign: QuotationMark) -> None:
        """Close the innermost “ by another “."""
        while self._stack[-1].char != "“":
            within = self._stack.pop()
            self._stack[-1].inside += within.inside
        self._pair(self._stack.pop(), sign)

    def _lacks_beginning(self, char: str, before: str) -> bool:
        """Return whether a closing mark without an opening one is certainly a quotation mark: it stands at the end of a word, and not for inches."""
        if before == "" or before.isdigit():
            return False
        return not before.isspace() or (char == "»" and self._french and before in "\xa0\u202f\u2009")

    # --- straight double marks ------------------------------------------------

    def _straight(self, sign: QuotationMark, char: str, index: int) -> None:
        before, behind = self._sides(sign)
        opened = self._can_close(char)
        begins, ends = self._begins(sign), self._ends(sign)
        if begins and not (opened and ends):
            self._open(sign, char)
        elif ends:
            if opened and not (before.isdigit() and self._next_ends(index)):
                self._close(sign, char)
            elif not opened and before != "" and not before.isdigit() and not before.isspace():
                self._alone.append((sign, False))
        elif before != "" and behind != "" and not before.isspace() and not self._abbreviates(sign, before, behind):
            # Between two letters: as Chinese has it, or an ending behind the mark; in Hebrew and Arabic a word before it.
            if opened:
                self._close(sign, char)
            elif (_CLOSE.match(before) or _HEBREW.match(before) or _ARABIC_LEAD.match(before)) and behind.isalnum():
                self._open(sign, char)

    def _abbreviates(self, sign: QuotationMark, before: str, behind: str) -> bool:
        """Return whether a sign belongs to a Hebrew abbreviation, before its last letter."""
        if not (_HEBREW.match(before) and _HEBREW.match(behind)):
            return False
        following = self._text[sign.at + 2 : sign.at + 3]
        return not _HEBREW.match(following)

    def _ends(self, sign: QuotationMark) -> bool:
        """Return whether a sign stands at the end of a word, and not at the beginning of one."""
        before, behind = self._sides(sign)
        return (
            before != ""
            and not before.isspace()
            and (behind == "" or behind.isspace() or not (behind.isalnum() or behind == OBJECT or behind in "[(“‘$£€#@"))
        )

    def _next_ends(self, index: int) -> bool:
        """Return whether the next sign of this kind ends a word: then this one, behind a number, means inches."""
        begins, ends = self._ahead[index]
        return ends and not begins

    # --- single marks, which may be apostrophes ------------------------------------------------

    def _single(self, sign: QuotationMark, char: str, index: int) -> None:
        text, at = self._text, sign.at
        before, behind = self._sides(sign)
        opened = any(char in styles.CLOSERS[opened.char] for opened in self._stack)
        if char == "‘" and opened and not self._begins(sign):
            self._close(sign, char)
        elif self._begins(sign) and not (before.isalnum() and not _CLOSE.match(before)):
            self._single_opens(sign, char, index)
        elif not opened or before == "" or before.isspace() or char == "‘":
            if char == "‘" and behind != "" and _CLOSE.match(behind):
                self._open(sign, char, certain=False)
        elif not (elisions.ends_word(text, at) or (before in "sSxXzZ" and self._is_weak(sign) and self._strong_ahead(index))):
            self._close(sign, char)

    def _single_opens(self, sign: QuotationMark, char: str, index: int) -> None:
        text, at = self._text, sign.at
        if elisions.begins_word(text, at) or (char == "’" and "’" not in self._opens):
            return
        if char in {"'", "’"} or elisions.may_begin_word(text, at):
            strong, any_ = self._ahead[index]
            if not strong and not (any_ and not elisions.may_begin_word(text, at)):
                return
        self._open(sign, char)

    def _is_weak(self, sign: QuotationMark) -> bool:
        """Return whether a single mark behind a word may be an apostrophe: the ferries’ timetable."""
        before, behind = self._sides(sign)
        following = self._text[sign.at + 2 : sign.at + 3]
        return before.isalnum() and behind.isspace() and following.isalnum()

    def _strong_ahead(self, index: int) -> bool:
        """Return whether a certain closing mark follows before the next opening one."""
        return self._ahead[index][0]

    def _look_ahead(self, signs: Sequence[QuotationMark]) -> None:
        """Compute for each sign a pair of flags on the signs behind it.

        For single marks: whether a certain closing mark follows before the next opening one, and whether a possible one does. For straight double
        marks: whether the next one stands at the beginning of a word, and whether at the end of one.
        """
        ahead: list[tuple[bool, bool]] = [(False, False)] * len(signs)
        last: dict[str, tuple[bool, bool]] = {}
        for index in range(len(signs) - 1, -1, -1):
            sign = signs[index]
            char = self._text[sign.at]
            if char in styles.DOUBLE:
                ahead[index] = last.get(char, (False, False))
                last[char] = (self._begins(sign), self._ends(sign))
            elif char in "'’‘＇":
                kind = "’" if char == "‘" else char
                ahead[index] = last.get(kind, (False, False))
                before, _ = self._sides(sign)
                if char == "‘" or (self._begins(sign) and not elisions.begins_word(self._text, sign.at)):
                    last[kind] = (False, False)
                elif before != "" and not before.isspace() and not elisions.ends_word(self._text, sign.at):
                    last[kind] = (last.get(kind, (False, False))[0] or not self._is_weak(sign), True)
        self._ahead = ahead


def _is_edge(before: str) -> bool:
    """Return whether a quotation may begin behind a character."""
    return before == "" or before.isspace() or before in _BEFORE or before in styles.CLOSERS
