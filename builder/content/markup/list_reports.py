"""Diagnostics about lists: numbers that do not count on, and characters that make a list by mistake."""

import re
from typing import TYPE_CHECKING

from builder.content.markup.reports import shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

    from builder.content.markup.locations import Reporter


def numbers(reporter: "Reporter", token: "Token") -> None:
    """Report a list whose numbers do not count on."""
    number, before = int(token.info), token.meta["after"]
    reporter.problem(
        "list-numbers",
        f"In this list, {number} follows {before}. Its numbers are shown as they are written.",
        reporter.block(token, f"{number}{token.markup}"),
        f"Let them count on; or, where it is no list, put a backslash behind the number: {number}\\{token.markup}",
    )


_ONE_ENTRY = ("list_item_open", "paragraph_open", "inline", "paragraph_close", "list_item_close", "bullet_list_close")
_NUMBER = re.compile(r"[$€£¥]?\d(?!\d{3}-\d)")
"""An amount; a date begins an entry of a list."""

_REFERENCE = re.compile(r"[\w.,;:!?)”’»\"']\*(?=[\s.,;:!?)]|$)")
"""A star behind a word, which refers to a note that begins with a star."""


def single_entry(reporter: "Reporter", tokens: "Sequence[Token]", at: int) -> None:
    """Report a line that its first sign makes a list of one entry, where the sign is more likely meant: `- 5 degrees`, or a dash where a line was wrapped."""
    opened = tokens[at]
    if tuple(token.type for token in tokens[at + 1 : at + 7]) != _ONE_ENTRY or not opened.map:
        return
    words, sign = tokens[at + 3], opened.markup
    above = reporter.written(opened.map[0] - 1).rstrip() if at and tokens[at - 1].type == "paragraph_close" else ""
    is_number = sign in "+-" and _NUMBER.match(words.content) is not None
    is_note = sign == "*" and _REFERENCE.search(reporter.source) is not None
    if "\n" in words.content or not (is_number or is_note or (above and not above.endswith((":", "：")))):
        return
    reporter.problem(
        "list-unclear",
        f"“{sign} {shortened(words.content)}” is a list of one entry, so “{sign}” is not shown.",
        reporter.block(opened, f"{sign} {words.content}"),
        f"If it is meant as text, put a backslash before it: \\{sign}. If it is a list, "
        + ("begin its entry with “*”" if is_number else "begin its entry with “-”" if is_note else "put an empty line above it")
        + ".",
    )


_ONE_DEFINITION = ("dt_open", "inline", "dt_close", "dd_open", "paragraph_open", "inline", "paragraph_close", "dd_close", "dl_close")


def single_definition(reporter: "Reporter", tokens: "Sequence[Token]", at: int) -> None:
    """Report a line whose first colon makes a definition of it, where it more likely belongs to the sentence: `Doors open` and `: 5 pm` below."""
    if tuple(token.type for token in tokens[at + 1 : at + 10]) != _ONE_DEFINITION or not tokens[at].map:
        return
    words = tokens[at + 6]
    if _NUMBER.match(words.content) is None or not words.map:
        return
    reporter.problem(
        "list-unclear",
        f"“: {shortened(words.content)}” is the definition of the line above it, so “:” is not shown.",
        reporter.block(words, f": {words.content}"),
        "If it is meant as text, put the colon at the end of the line above.",
    )
