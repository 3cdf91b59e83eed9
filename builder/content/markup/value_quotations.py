"""Quotation marks in a value of the front matter, as one block for `builder.content.quotations`."""

from builder.content.markup.quotation_marks import NOBODY, signs_in
from builder.i18n.patterns import late
from builder.model import Attributes, Block, Body, QuotationMark

_NO_WORDS = late(r"(?<!`)(`++)[^`]+\1|\]\([^)]*\)|<[a-z][^>]*>")
"""What has marks and no words in a line of Markdown: code, the address of a link with its caption, an address alone."""


_MARK = late(
    r"\*\*[^\s*][^*\n]*\*\*|\{\{[^{}\n]{1,300}\}\}|\{%[^\n]{1,300}?%\}|`[^`\n]+`|\[\[[^\[\]\n]+\]\]|!?\[[^\[\]\n]*\]\([^()\s]+\)|\[[^\[\]\n]+\]\{[a-z]+=[^{}\n]+\}|\{(?:quote|event|actor)=[^{}\n]*\}|\[\^[^\]\s]+\]"
    r"|</?(?:a|b|br|em|i|p|small|span|strong|sub|sup|u)\b[^<>\n]*>|&(?:nbsp|amp|[mn]dash|quot|[lg]t|[lr][sd]quo|hellip|#\d{1,7}|#x[0-9a-fA-F]{1,6});"
)


_SIGN = late(r"[*{`\[<&]")
"""What stands in every mark."""
_OPENING = {"]": "[", "}": "{"}


def mark_in(value: str) -> str:
    """Return the first mark of Markdown or HTML in words that are shown as they are written; "" for none. A value that is a link alone is reported as one."""
    last = value[-1:]
    if last in _OPENING and _OPENING[last] not in value:
        return last  # of a list or record that lost its beginning: Desk]
    found = _MARK.search(value) if _SIGN.search(value) is not None else None
    return found[0] if found is not None and not (found[0] == value.strip() and value.startswith("[[")) else ""


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
        signs.append(QuotationMark(at, line, column + (written + at - start) * is_exact))
    if not signs and not attributes:
        return words, None
    block = Block("paragraph", 0, 0, 0, len(words), tuple(signs), tuple(attributes), line, column)
    return words, Body(text=seen, blocks=(block,))
