"""Quotation marks in a value of the front matter, which is no text of its own: as one block, for `builder.content.quotations`."""

import re

from builder.content.markup.quotation_marks import NOBODY, signs_in
from builder.model import Attributes, Block, Body, Sign

_NO_WORDS = re.compile(r"(`+)[^`]+\1|\]\([^)]*\)|<[a-z][^>]*>")
"""What has marks and no words in a line of Markdown: code, the address of a link with its caption, an address alone."""


def quoting(value: str, line: int, column: int, *, is_exact: bool, is_markdown: bool) -> tuple[str, Body | None]:
    """Return a value without {quote=no}, and as a body with nothing but the block of its signs; None where it has none.

    The value stands at `line` and `column` of its file; where it `is_exact`, character for character.
    """
    parts: list[str] = []
    length = edge = 0
    begins = [(0, 0)]  # where a part begins: in the words without marks, and in the value
    attributes = []
    for mark in NOBODY.finditer(value):
        parts.append(value[edge : mark.start()])
        length += mark.start() - edge
        attributes.append(Attributes(length, line, column + mark.start() * is_exact, len(mark[0]) if is_exact else 1))
        edge = mark.end()
        begins.append((length, edge))
    words = "".join([*parts, value[edge:]])
    seen = _NO_WORDS.sub(lambda found: " " * len(found[0]), words) if is_markdown else words
    signs = []
    for at in signs_in(seen):
        start, written = next(pair for pair in reversed(begins) if pair[0] <= at)
        signs.append(Sign(at, line, column + (written + at - start) * is_exact))
    if not signs and not attributes:
        return words, None
    block = Block("paragraph", 0, 0, 0, len(words), tuple(signs), tuple(attributes), line, column)
    return words, Body(text=seen, blocks=(block,))
