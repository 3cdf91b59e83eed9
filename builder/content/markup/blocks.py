"""The block half of CommonMark: the library's, but where blocks stand too deep in each other their words are kept.

The library asks all its rules about each block. Most blocks begin with a letter, and most rules want a sign there: only those are asked that may find something.
"""

import functools
from collections.abc import Callable, Mapping

from markdown_it.parser_block import ParserBlock
from markdown_it.rules_block import StateBlock

BlockRule = Callable[[StateBlock, int, int, bool], bool]

_BEGIN: Mapping[str, str] = {
    "_fence_rule": "`~",
    "blockquote": ">",
    "hr": "*-_",
    "list_block": "*+-0123456789",
    "footnote_def": "[",
    "reference": "[",
    "html_block": "<",
    "comment": "<%",
    "heading": "#",
}
"""Rule, by the name of its function → the characters with which what it finds can begin. One that is not here is always asked."""

_NONE: frozenset[str] = frozenset()
_DEFINITION, _HEADING = frozenset({"deflist"}), frozenset({"lheading"})
_OF_SEVERAL_LINES = frozenset({"table", "lheading", "deflist"})
"""Rules, by the names of their functions, that are asked only where `_found_below` names them: most paragraphs are one line."""

_NEXT_LINE: Mapping[str, frozenset[str]] = {
    "|": frozenset({"table"}),
    "-": frozenset({"table"}),
    ":": frozenset({"table", "deflist"}),
    "~": frozenset({"deflist"}),
}
"""Character with which the second line begins → the rules that it may make a block for."""

_UNDERLINE = "=-"
"""What the line below a heading is made of; it may be any line of a paragraph but the first."""

_FEW = 20
"""Lines of a paragraph that are looked at before its rule is asked: the items of a list may follow each other by thousands, and each is asked about."""

_INDENT = 4
"""Columns from which a line is code."""

_SIGNS = frozenset("".join(_BEGIN.values()))


class BlockParser(ParserBlock):
    """The library's block parser, which at its limit would drop all that is left of the text."""

    def __init__(self, *, levels: int) -> None:
        super().__init__()
        self.levels = levels

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 – the library calls them so.
        """Make the tokens of some lines, as the library does but for the rules that are asked."""
        if state.level >= self.levels:
            self._keep(state, startLine, endLine)
            return
        line, loose = startLine, False
        while line < endLine:
            state.line = line = state.skipEmptyLines(line)
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            first = state.src[state.bMarks[line] + state.tShift[line]]
            below = _found_below(state, line + 1, endLine)
            for rule in self._rules(first if first in _SIGNS else " ", state.sCount[line] - state.blkIndent >= _INDENT, below):
                if rule(state, line, endLine, False):  # noqa: FBT003 – the library's rules take it by place.
                    break
            assert state.line > line
            # An empty line after a block parts it from the next; within a list it makes the items stand apart.
            state.tight = not loose
            line = state.line
            if state.isEmpty(line - 1):
                loose = True
            if line < endLine and state.isEmpty(line):
                loose = True
                line += 1
                state.line = line

    @functools.cache  # noqa: B019 – a parser lives as long as its process
    def _rules(self, first: str, indented: bool, below: frozenset[str]) -> tuple[BlockRule, ...]:  # noqa: FBT001 – called for each block
        """Return the rules that may find a block which begins with a sign; with a space for all that are none. Code is `indented`; `below` is that of `_found_below`."""
        rules: list[BlockRule] = self.ruler.getRules("")
        return tuple(rule for rule in rules if _may_find(getattr(rule, "__name__", ""), first, indented=indented, below=below))

    def _keep(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803 – as above
        """Keep the words of some lines as they are written."""
        start = end = state.skipEmptyLines(startLine)
        # Lines with a negative indent continue a block quote without its sign.
        while end < endLine and (state.isEmpty(end) or state.sCount[end] >= state.blkIndent or state.sCount[end] < 0):
            end += 1
        if end > start:
            token = state.push("too_deep", "", 0)
            token.content = state.getLines(start, end, state.blkIndent, False)  # noqa: FBT003 – the library takes it by place.
            token.map = [start, end]
        state.line = max(end, startLine)


def _may_find(rule: str, first: str, *, indented: bool, below: frozenset[str]) -> bool:
    """Return whether the rule of this name may find a block; the rest is given to `BlockParser._rules`."""
    if rule in _BEGIN and first not in _BEGIN[rule]:
        return False
    if rule in _OF_SEVERAL_LINES and rule not in below:
        return False
    return indented or rule != "code"


def _found_below(state: StateBlock, line: int, end: int) -> frozenset[str]:
    """Return the rules of several lines that the lines from `line` on, below the first of a block, may make one for."""
    src, begins, shifts, ends = state.src, state.bMarks, state.tShift, state.eMarks
    if line >= end:
        return _NONE
    at = begins[line] + shifts[line]
    if at >= ends[line]:  # an empty line: behind one, a definition may stand
        line += 1
        is_text = line < end and (at := begins[line] + shifts[line]) < ends[line]
        return _NEXT_LINE.get(src[at], _NONE) & _DEFINITION if is_text else _NONE
    found = _NEXT_LINE.get(src[at], _NONE)
    for n in range(line, min(end, line + _FEW)):
        if (at := begins[n] + shifts[n]) >= ends[n]:
            return found
        # An item of a list begins like a line below a heading, and has words behind its sign.
        if src[at] in _UNDERLINE and not src[at : ends[n]].strip().strip(src[at]):
            break
    else:
        if line + _FEW >= end:
            return found
    return found | _HEADING
