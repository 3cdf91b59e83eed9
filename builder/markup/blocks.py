"""The block half of CommonMark: the library's, but where blocks stand too deep in each other their words are kept."""

from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock


class Block(ParserBlock):
    """The library's block parser, which at its limit would drop all that is left of the text."""

    def __init__(self, *, levels: int) -> None:
        super().__init__()
        self.levels = levels

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 – the library calls them so.
        """Make the tokens of some lines."""
        if state.level < self.levels:
            super().tokenize(state, startLine, endLine)
            return
        start = end = state.skipEmptyLines(startLine)
        # Lines with a negative indent continue a block quote without its sign.
        while end < endLine and (state.isEmpty(end) or state.sCount[end] >= state.blkIndent or state.sCount[end] < 0):
            end += 1
        if end > start:
            token = state.push("too_deep", "", 0)
            token.content = state.getLines(start, end, state.blkIndent, False)  # noqa: FBT003 – the library takes it by place.
            token.map = [start, end]
        state.line = max(end, startLine)
