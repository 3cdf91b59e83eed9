"""Stars that CommonMark reads as emphasis although they are none: undone, or reported."""

from typing import TYPE_CHECKING

from markdown_it.rules_inline import emphasis

from builder.i18n.patterns import late
from builder.i18n.scripts import CLOSE

if TYPE_CHECKING:
    from markdown_it.rules_inline.state_inline import Delimiter

    from builder.content.markup.inline_state import State

_CLOSE = late(f"[{CLOSE}]")
TWO = 2

_STOPS = frozenset(".,;:!?)…。，、；：！？）」』】》")
"""Before these, no words begin that were to be strong."""

_NUMBERS_END = frozenset("%‰°€$£¥")
"""Behind these, a star is that of a note, although letters follow: 3.5%*로."""

_OPENS = frozenset("“„«»‘‚‹›「『([\"'")
"""What may stand before the first word of emphasis."""


def stars(state: "State", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
    """The library's rule for `*` and `_`, which here remembers where they stand."""
    at, count = state.pos, len(state.delimiters)
    if not emphasis.tokenize(state, silent):
        return False
    if len(state.delimiters) > count:
        state.runs[state.delimiters[count].token] = (at, state.pos)
        state.in_words = state.in_words or _inside_word(state.src, at, state.pos)
    return True


def settle(state: "State") -> None:
    """Take back emphasis that is none, and mark the stars that were to be some: the library has paired them before."""
    if not state.runs:
        return
    for delimiters in (state.delimiters, *(meta["delimiters"] for meta in state.tokens_meta if meta and "delimiters" in meta)):
        if state.in_words:
            _take_back(state, delimiters)
        if sum(delimiter.end >= 0 for delimiter in delimiters) * 2 < len(delimiters):
            _report(state, delimiters)


def _inside_word(src: str, start: int, end: int) -> bool:
    if start == 0 or end == len(src):
        return False
    before, behind = src[start - 1], src[end]
    return before.isalnum() and behind.isalnum() and not (_CLOSE.match(before) or _CLOSE.match(behind))


def _take_back(state: "State", delimiters: "list[Delimiter]") -> None:
    """Stars that stand for letters of a word, or between numbers, are no emphasis: “f*ck this sh*t”, “2**3”, “2*x*y”."""
    runs: list[tuple[int, int]] = []
    for delimiter in delimiters:
        runs.append(state.runs.get(delimiter.token, runs[-1] if runs else (0, 0)))
    for delimiter, run in zip(delimiters, runs, strict=True):
        if delimiter.end < 0 or chr(delimiter.marker) != "*" or not _inside_word(state.src, *run):
            continue
        closing, src = runs[delimiter.end], state.src
        power = src[run[0] - 1].isdigit() and src[run[1]].isdigit()
        within = src[run[1] : closing[0]]
        if power or (
            _inside_word(src, *closing) and (" " in within or any(char.isdigit() for char in (src[run[0] - 1], src[closing[1]], *within)))
        ):
            delimiter.end = -1


def _report(state: "State", delimiters: "list[Delimiter]") -> None:
    closing = {delimiter.end for delimiter in delimiters if delimiter.end >= 0}
    found: list[Delimiter] = []
    for n, delimiter in enumerate(delimiters):
        run = state.runs.get(delimiter.token)
        if (
            run is not None
            and run[1] - run[0] == TWO
            and all(m not in closing and delimiters[m].end < 0 for m in (n, n + 1))
            and not _inside_word(state.src, *run)
        ):
            found.append(delimiter)
    first = None
    opening = next((delimiter for delimiter in found if delimiter.open and state.src[state.runs[delimiter.token][1]] not in _STOPS), None)
    if opening is not None or len(found) >= TWO:
        first = opening or found[0]
    elif not found:
        first = _single(state, delimiters, closing)
    if first is not None:
        token = state.tokens[first.token]
        token.type = "stars_unread"
        token.meta["at"] = state.runs[first.token][0]
        token.meta["marker"] = chr(first.marker) * (TWO if found else 1)


def _single(state: "State", delimiters: "list[Delimiter]", closing: set[int]) -> "Delimiter | None":
    """Return the first single star or line that was to begin emphasis; stars for notes, and what stands among letters and numbers, is none."""
    src = state.src
    glued: list[Delimiter] = []
    for n, delimiter in enumerate(delimiters):
        run = state.runs.get(delimiter.token)
        if run is None or run[1] - run[0] != 1 or delimiter.end >= 0 or n in closing:
            continue
        before, after = src[run[0] - 1 : run[0]], src[run[1] : run[1] + 1]
        if delimiter.open and not before.isalnum() and before not in _NUMBERS_END and (after.isalpha() or after in _OPENS):
            return delimiter
        # Languages without spaces: CommonMark reads no emphasis in 重要_强调_所以.
        if chr(delimiter.marker) == "_" and _CLOSE.match(before) and _CLOSE.match(after):
            glued.append(delimiter)
    return glued[0] if len(glued) >= TWO else None
