"""Asking only the rules that may find something finds what asking all of them does."""

from hypothesis import given, strategies as st
from markdown_it.parser_block import ParserBlock

from builder.content.markup.blocks import BlockParser
from builder.content.markup.renderer import parser

PIECES = st.sampled_from(
    [
        *(
            "a",
            "é",
            "«",
            "- ",
            "* ",
            "+ ",
            "1. ",
            "2) ",
            "> ",
            "# ",
            "#",
            "```",
            "~~~",
            "***",
            "---",
            "___",
            "===",
            "[x]: /u\n",
            "[^n]: note",
        ),
        *(
            "[^n]",
            "|a|b|\n|-|-|",
            ": def",
            "<div>",
            "<!-- x",
            "    ",
            "  ",
            "\t",
            "\n",
            "\n\n",
            "\u00a0",
            "\f",
            "9",
            "_",
            "`",
            "\\",
            "!",
            "=",
        ),
    ]
)


class Asking(BlockParser):
    """Asks all rules about each block, as the library does."""

    def tokenize(self, state, startLine, endLine):  # noqa: N803 - the library calls them so
        asked = self._keep if state.level >= self.levels else lambda *given: ParserBlock.tokenize(self, *given)
        asked(state, startLine, endLine)


@given(st.lists(PIECES, max_size=14).map("".join))
def test_the_same_blocks_are_found(text):
    made = parser()
    found = list(map(repr, made.parse(text, {})))
    own = made.block
    made.block = Asking(levels=own.levels)
    made.block.ruler = own.ruler
    try:
        assert list(map(repr, made.parse(text, {}))) == found
    finally:
        made.block = own
