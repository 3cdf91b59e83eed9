"""The line on which each block of a text begins, so that the preview can lead from a paragraph to its source."""

from builder.content.markup import marks
from builder.content.markup.footnotes import after
from builder.content.markup.renderer import LEVELS, parser


def block_lines(text: str, *, line: int = 1) -> tuple[int, ...]:
    """Return the line of each element that stands directly in the text of a page, in their order.

    `text` is the body of a content file, `line` the line of the file on which it begins.
    """
    tokens = parser(LEVELS).parse(text, {})
    lines: list[int] = []
    next_token = 0
    while next_token < len(tokens):
        token = tokens[next_token]
        next_token += 1
        if token.type == "footnote_reference_open":  # shown where it is referred to
            next_token = after(tokens, next_token)
        elif token.level == 0 and token.nesting >= 0 and token.type != "comment":
            first = line + (token.map[0] if token.map else 0)
            inner = tokens[next_token].content.split("\n") if token.type == "paragraph_open" else [""]
            placed = token.type == "paragraph_open" and all(marks.embed_parts(line.strip()) is not None for line in inner)
            lines += range(first, first + len(inner)) if placed else [first]
    return tuple(lines)
