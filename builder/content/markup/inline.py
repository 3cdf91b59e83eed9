"""The inline half of CommonMark: the library's rules, tried only where their first character stands, at a cost that is bounded.

The library asks every rule at every character that any rule might want, and looks for the end of a bracket anew from each bracket before it.
Here a table from character to rules does the first, and a memory of where each bracket ends does the second;
the rules themselves, and so what the text means, are the library's. The examples of the CommonMark specification run through this parser.
"""

import functools
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt, rules_inline
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from builder.content.markup import bare_addresses
from builder.content.markup.foreign_syntax import RARE
from builder.content.markup.inline_state import State
from builder.content.markup.quotation_marks import CLOSING

if TYPE_CHECKING:
    from markdown_it.utils import EnvType

InlineRule = Callable[[State, bool], bool]
"""Reads what stands at `state.pos` and moves on, or returns False; makes no tokens where the second argument is true."""

LONGEST_PARAGRAPH = 100_000
"""Characters of inline Markdown in one block; a longer one is shown as it is written."""

_START = re.compile(
    # The characters first, all in one class: so the machine passes over plain words far faster than where the expression begins with alternatives.
    r"[\n\\`*_~\[\]<&!({](?:(?<![!({])|(?<=!)(?=\[)|(?<=\()(?=[ \t]*(?:by|source|quote|on)[ \t]*=)"
    rf"|(?<=\{{)(?:(?=[ \t]*(?:quote|event|actor)\b)|(?<=[{re.escape(CLOSING)}]\{{)))"
)
"""Where plain words end: at a character that begins a rule, and at the closing bracket, which ends a label. A round bracket begins one before a key of a mark, a brace behind a quotation mark, or with a word of ours."""

_UNMATCHED, _NESTED = -1, -2

COMMONMARK: Mapping[str, Sequence[InlineRule]] = {
    "\n": (rules_inline.newline,),
    "\\": (rules_inline.escape,),
    "`": (rules_inline.backtick,),
    "*": (rules_inline.emphasis.tokenize,),
    "_": (rules_inline.emphasis.tokenize,),
    "[": (rules_inline.link,),
    "!": (rules_inline.image,),
    "<": (rules_inline.autolink, rules_inline.html_inline),
    "&": (rules_inline.entity,),
}
"""First character → rules, in the order in which they are tried."""


@functools.cache
def _starts(rare: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join((_START.pattern, *(RARE[sign] for sign in rare))))


class Inline(ParserInline):
    """The library's inline parser with a table of rules by their first character."""

    def __init__(self, rules: Mapping[str, Sequence[InlineRule]], *, levels: int) -> None:
        super().__init__()
        self.rules = dict(rules)
        self.levels = levels

    def parse(self, src: str, md: MarkdownIt, env: "EnvType", tokens: list[Token]) -> list[Token]:
        """Read one inline text into tokens."""
        signs: tuple[str, ...] = env.get("signs", ())
        rare = tuple([sign for sign in signs if sign in src]) if signs else ()
        addresses = bare_addresses.find(src) if env.get("addressed") and len(src) <= LONGEST_PARAGRAPH else {}
        first = None if len(src) > LONGEST_PARAGRAPH or addresses or rare else _START.search(src)
        if len(src) > LONGEST_PARAGRAPH or not (addresses or rare or first):
            token = Token("text" if len(src) <= LONGEST_PARAGRAPH else "too_long", "", 0)
            token.content = src
            tokens.append(token)
            return tokens
        state = State(src, md, env, tokens, _starts(rare) if rare else _START, addresses)
        if first is not None and first.start():
            state.pending, state.pos = src[: first.start()], first.start()
        self.tokenize(state)
        # The second pass pairs the marks of emphasis: without any there is nothing to pair.
        if "*" in src or "_" in src or "~" in src:
            for rule in self.ruler2.getRules(""):
                rule(state)
        return state.tokens

    def tokenize(self, state: StateInline) -> None:
        """Make the tokens of `state.pos` to `state.posMax`."""
        if TYPE_CHECKING:
            assert isinstance(state, State)
        src, end, starts = state.src, state.posMax, state.start
        address_starts = state.address_starts
        near = bisect_left(address_starts, state.pos) if address_starts else 0
        if state.level >= self.levels:
            state.pending += src[state.pos : end]
            state.pos = end
        while (at := state.pos) < end:
            limit = end
            if address_starts:
                while near < len(address_starts) and address_starts[near] < at:
                    near += 1
                limit = min(address_starts[near], end) if near < len(address_starts) else end
            found = starts.search(src, at, limit)
            start = limit if found is None else found.start()
            if start > at:
                state.pending += src[at:start]
                state.pos = at = start
                if start == end:
                    break
            if address_starts and near < len(address_starts) and start == address_starts[near] and bare_addresses.link(state):
                continue
            for rule in self.rules.get(src[at], ()):
                if rule(state, False):  # noqa: FBT003 – the library's rules take it by place.
                    break
            else:
                state.pending += src[at]
                state.pos = at + 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 – the library calls it so.
        """Move over one token without making it; what was found is remembered."""
        at = state.pos
        known = state.cache.get(at)
        if known is not None:
            state.pos = known
            return
        if state.level >= self.levels:
            state.pos = state.posMax
        else:
            assert isinstance(state, State)
            found = state.start.search(state.src, at, state.posMax)
            start = state.posMax if found is None else found.start()
            if start > at:
                state.pos = start
            else:
                for rule in self.rules.get(state.src[at], ()):
                    state.level += 1
                    matched = rule(state, True)  # noqa: FBT003 – as above.
                    state.level -= 1
                    if matched:
                        break
                else:
                    state.pos = at + 1
        state.cache[at] = state.pos

    def label_end(self, state: StateInline, start: int, disableNested: bool = False) -> int:  # noqa: FBT001, FBT002, N803 – the library's rules call it so.
        """Return where the bracket that opens at `start` closes, or -1; with `disableNested` also -1 where a link stands inside."""
        assert isinstance(state, State)
        if start >= state.last_bracket:
            return _UNMATCHED
        key = (start, disableNested)
        found = state.labels.get(key)
        if found is None:
            found = state.labels[key] = self._find_label_end(state, start, nested=disableNested)
            state.closed.add(found)
        return max(found, _UNMATCHED)

    def _find_label_end(self, state: State, start: int, *, nested: bool) -> int:
        before, src, end = state.pos, state.src, state.posMax
        found = _UNMATCHED
        depth = 1
        state.pos = start + 1
        while (at := state.pos) < end:
            char = src[at]
            if char == "]":
                depth -= 1
                if not depth:
                    found = at
                    break
            self.skipToken(state)
            if char != "[":
                continue
            if state.pos > at + 1:
                if nested:
                    found = _NESTED
                    break
                continue
            inner = state.labels.get((at, nested))
            if inner is None:
                depth += 1
            elif inner >= 0:
                # All between the two was walked through when the inner bracket's end was looked for.
                state.pos = inner + 1
            else:
                # The inner bracket never closes, so this one cannot; or it holds a link, and then so does this one.
                found = inner
                break
        state.pos = before
        return found
