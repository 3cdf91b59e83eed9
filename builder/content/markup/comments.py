"""Comments: `<!-- … -->` of HTML and `%% … %%` of Obsidian. They are left out of the page, and reported.

One that never ends cannot be distinguished from the text, so it is an error: what is private is not published.
"""

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it.rules_block import StateBlock

    from builder.content.markup.inline_state import State

BEGIN, END, PERCENT = "<!--", "-->", "%%"

_FIRST = frozenset("<%")
_LONG = "%%%"
_FEW = 4
"""Spaces that may stand between a number and its sign."""


def without(text: str) -> tuple[str, int]:
    """Return a text without its comments of HTML, and how many there were; one that never ends is still there."""
    parts: list[str] = []
    at = 0
    while (start := text.find(BEGIN, at)) >= 0 and (end := text.find(END, start + 2)) >= 0:
        parts.append(text[at:start])
        at = end + len(END)
    return "".join((*parts, text[at:])), len(parts)


# --- blocks ------------------------------------------------


def comment(state: "StateBlock", startLine: int, endLine: int, silent: bool) -> bool:  # noqa: FBT001, N803 – the library calls rules so.
    """Comments that begin a line; words behind the end of one are a block of their own."""
    at = state.bMarks[startLine] + state.tShift[startLine]
    if state.src[at : at + 1] not in _FIRST or state.is_code_block(startLine):
        return False
    line, found = startLine, False
    while end := _end(state, line, at, endLine):
        if silent:
            return end[0] > line or state.src.startswith(BEGIN, at)
        found = True
        token = state.push("comment", "", 0)
        token.content = PERCENT if state.src.startswith(PERCENT, at) else BEGIN
        token.map = [line, end[0] + 1]
        line, at = end
        while at < state.eMarks[line] and state.src[at] in " \t":
            at += 1
        if at >= state.eMarks[line]:
            state.line = line + 1
            return True
    if found:
        # What follows begins in the middle of a line; nothing looks at that line again.
        state.bMarks[line], state.tShift[line], state.sCount[line] = at, 0, state.blkIndent
        for rule in state.md.block.ruler.getRules(""):
            if rule(state, line, endLine, False):  # noqa: FBT003 – the library's rules take it by place.
                break
    return found


def _end(state: "StateBlock", line: int, at: int, end_line: int) -> tuple[int, int] | None:
    """Return the line and the place at which the comment ends that begins at `at`; None where there is none, or it stands among words."""
    src = state.src
    if src.startswith(BEGIN, at):
        sign, begin = END, at + 2
    elif src.startswith(PERCENT, at) and not src.startswith(_LONG, at):
        sign, begin = PERCENT, at + len(PERCENT)
        pieces = src[at : state.eMarks[line]].split(PERCENT)
        if len(pieces) > 2:
            # Where words follow, it is one within a paragraph.
            return (line, state.eMarks[line]) if len(pieces) % 2 and not any(piece.strip() for piece in pieces[::2]) else None
    else:
        return None
    first = line
    while line < end_line:
        if line > first:
            if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
                return None
            begin = state.bMarks[line] + state.tShift[line]
        found = src.find(sign, begin, state.eMarks[line])
        if found >= 0:
            return line, found + len(sign)
        line += 1
    return None


_EMPTY_LINE = re.compile(r"\n[ \t]*\n")
_LONE = re.compile(r"(?<![\d%\\])(?<!\d[ \u00a0\u202f])%%(?!%)")


def unpaired(text: str) -> int:
    """Return how many paragraphs of a text have a `%%` without another one, but for those behind numbers."""
    return sum(len(_LONE.findall(block)) % 2 for block in _EMPTY_LINE.split(text)) if PERCENT in text else 0


# --- within a paragraph ------------------------------------------------


def of_html(state: "State", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
    """`<!-- … -->` among words."""
    at = state.pos
    if not state.src.startswith(BEGIN, at):
        return False
    end = state.src.find(END, at + 2, state.posMax) if at < state.last_comment else -1
    return _left_out(state, at, end + len(END) if end >= 0 else -1, silent=silent)


def of_obsidian(state: "State", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
    """`%% … %%` among words; not the percent signs of prose, as in “50 %%”."""
    at, src = state.pos, state.src
    if not src.startswith(PERCENT, at):
        return False
    if src.startswith(_LONG, at):
        while state.pos < state.posMax and src[state.pos] == "%":
            state.pos += 1
        if not silent:
            state.pending += src[at : state.pos]
        return True
    after = src[at + 2 : at + 3]
    end = src.find(PERCENT, at + 2, state.posMax)
    number = src[max(0, at - _FEW) : at].rstrip(" \u00a0\u202f")[-1:].isdigit()
    if number and (end < 0 or not after.isalpha()):
        state.pos += len(PERCENT)
        if not silent:
            state.pending += PERCENT
        return True
    # Signs that stand apart are those of prose, unless another paragraph has such a one too: then words between them are private.
    if end < 0 and at and src[at - 1] != "\n" and not (after.isalnum() and not src[at - 1].isalnum()) and state.env.get("percents", 0) < 2:
        return False
    return _left_out(state, at, end + len(PERCENT) if end >= 0 else -1, silent=silent)


def _left_out(state: "State", at: int, end: int, *, silent: bool) -> bool:
    if end < 0:
        if not silent:
            token = state.push("comment_open", "", 0)
            token.content = state.src[at : at + 2] if state.src[at] == "%" else BEGIN
            token.meta = {"at": at}
        return False
    if not silent:
        token = state.push("comment_inline", "", 0)
        token.meta = {"at": at, "end": end}
        token.content = PERCENT if state.src[at] == "%" else BEGIN
    # Of the spaces on its two sides one is enough.
    if (not at or state.src[at - 1].isspace()) and state.src.startswith(" ", end):
        end += 1
    state.pos = end
    return True
