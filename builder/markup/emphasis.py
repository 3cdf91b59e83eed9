"""Stars of emphasis: beside Chinese, Japanese and Korean they begin and end it too, and those that are shown are told.

CommonMark asks for a space or a sign beside a star that stands at a sign. These scripts write no spaces, so there `**重要。**所以` would show its stars,
and of two such pairs the words between them would be strong. What counts as beside a sign is taken from the amendments that are known as “markdown-cjk-friendly”.
"""

import re
from typing import TYPE_CHECKING

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace
from markdown_it.rules_inline import emphasis

from builder.markup.scripts import CLOSE

if TYPE_CHECKING:
    from markdown_it.rules_inline.state_inline import Delimiter

    from builder.markup.inline import State

_EAST_ASIAN = re.compile(
    "[\u1100-\u11ff\u20a9\u2329\u232a\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff"
    "\ufe10-\ufe1f\ufe30-\ufe6f\uff01-\uffbe\uffc2-\uffdc\uffe0-\uffee\U00016fe0-\U00018aff\U0001aff0-\U0001b2ff\U00020000-\U0003ffff]"
)
"""Letters and signs of Chinese, Japanese and Korean."""

_CLOSE = re.compile(f"[{CLOSE}]")
_VARIANTS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
"""What asks for another form of the character before it."""

TWO = 2


def flanks(src: str, start: int, end: int, most: int) -> tuple[bool, bool] | None:
    """Return whether stars from `start` to `end` can begin emphasis and end it; None where no East Asian character is beside them."""
    before = src[start - 1] if start else " "
    if start > 1 and _VARIANTS.match(before):
        before = src[start - 2]
    after = src[end] if end < most else " "
    if (before < "\u1100" and after < "\u1100") or not (_EAST_ASIAN.match(before) or _EAST_ASIAN.match(after)):
        return None
    free = _is_free(before), _is_free(after)
    # A sign of theirs counts as a letter.
    signs = _is_sign(before), _is_sign(after)
    space = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
    return not (space[1] or (signs[1] and not free[0])), not (space[0] or (signs[0] and not free[1]))


def _is_sign(char: str) -> bool:
    return (isMdAsciiPunct(ord(char)) or isPunctChar(char)) and not _EAST_ASIAN.match(char)


def _is_free(char: str) -> bool:
    return isWhiteSpace(ord(char)) or isMdAsciiPunct(ord(char)) or isPunctChar(char) or _EAST_ASIAN.match(char) is not None


def stars(state: "State", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
    """The library's rule for `*` and `_`, which here remembers where they stand."""
    at, count = state.pos, len(state.delimiters)
    if not emphasis.tokenize(state, silent):
        return False
    if len(state.delimiters) > count:
        state.runs[state.delimiters[count].token] = (at, state.pos)
    return True


def settle(state: "State") -> None:
    """Take back emphasis that is none, and mark the stars that were to be some: the library has paired them before."""
    if not state.runs:
        return
    for delimiters in (state.delimiters, *(meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta)):
        _take_back(state, delimiters)
        _tell(state, delimiters)


def _inside_word(src: str, start: int, end: int) -> bool:
    return 0 < start and end < len(src) and all(char.isalnum() and not _CLOSE.match(char) for char in (src[start - 1], src[end]))


def _take_back(state: "State", delimiters: "list[Delimiter]") -> None:
    """Stars that stand for letters of a word, or between numbers, are no emphasis: “f*ck this sh*t”, “2**3”."""
    runs: list[tuple[int, int]] = []
    for one in delimiters:
        runs.append(state.runs.get(one.token, runs[-1] if runs else (0, 0)))
    for one, run in zip(delimiters, runs, strict=True):
        if one.end < 0 or chr(one.marker) != "*" or not _inside_word(state.src, *run):
            continue
        closing, src = runs[one.end], state.src
        power = src[run[0] - 1].isdigit() and src[run[1]].isdigit()
        if power or (_inside_word(src, *closing) and " " in src[run[1] : closing[0]]):
            one.end = -1


def _tell(state: "State", delimiters: "list[Delimiter]") -> None:
    closing = {one.end for one in delimiters if one.end >= 0}
    found: list[Delimiter] = []
    for n, one in enumerate(delimiters):
        run = state.runs.get(one.token)
        if (
            run is not None
            and run[1] - run[0] == TWO
            and all(m not in closing and delimiters[m].end < 0 for m in (n, n + 1))
            and not _inside_word(state.src, *run)
        ):
            found.append(one)
    if any(one.open for one in found) or len(found) >= TWO:
        first = found[0]
        token = state.tokens[first.token]
        token.type = "stars_unread"
        token.meta["at"] = state.runs[first.token][0]
        token.meta["marker"] = chr(first.marker) * TWO
