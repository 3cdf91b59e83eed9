"""Code that never ends: between lines of signs, or between backticks in a sentence. And code that is for another program."""

import re
from typing import TYPE_CHECKING

from builder.content.markup import foreign_syntax, reports
from builder.i18n.patterns import late

if TYPE_CHECKING:
    from markdown_it.token import Token

    from builder.content.markup.inline import InlineRule
    from builder.content.markup.inline_state import State
    from builder.content.markup.locations import Reporter

_TICKS = late("`+")


def ticks(rule: "InlineRule") -> "InlineRule":
    """Return the library's rule for backticks, which also marks those that begin no code, since no others end it."""

    def ticks_rule(state: "State", silent: bool) -> bool:  # noqa: FBT001 – the library calls rules so.
        at = state.pos
        if not rule(state, silent):
            return False
        found = _TICKS.match(state.src, at, state.posMax)
        if not silent and found is not None and state.pos == found.end():
            token = state.push("tick_unread", "", 0)
            token.meta = {"at": at, "marker": found[0]}
        return True

    return ticks_rule


def is_open(token: "Token", reporter: "Reporter") -> bool:
    """Return whether a block of code between lines of signs has no line that ends it."""
    if not token.map or not token.markup:
        return False
    last = token.map[1] - 1
    ends = rf"[\s>]*{re.escape(token.markup[0])}{{{len(token.markup)},}}\s*"
    return last <= token.map[0] or re.fullmatch(ends, reporter.written(last)) is None


def report(reporter: "Reporter", token: "Token") -> None:
    """Report a block of code that was to be something else, or that never ends."""
    if token.type == "code_block":
        reports.indented(reporter, token)
    elif is_open(token, reporter):
        message = "This line begins code, and no line ends it, so all below it is shown as code."
        advice = "Write the same signs on a line of their own below the code."
        reporter.problem("code-open", message, reporter.block(token, token.markup), advice)
    elif token.info and foreign_syntax.is_directive(token.info.strip()):
        shown = f"{token.markup}{token.info}"
        reports.of_kind(reporter, "cell", shown, reporter.block(token, shown))
