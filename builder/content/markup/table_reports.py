"""Diagnostics about tables: cells that readers would not see, and lines that were to be a table."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from builder.content.markup.reports import shortened
from builder.i18n.patterns import late

if TYPE_CHECKING:
    from markdown_it.token import Token

    from builder.content.markup.locations import Reporter

_RULE = late(r"^[ \t]*+(?:\|[ \t]*+)?:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+(?:\|[ \t]*+)?$")
FIRST = frozenset("|:-+")
"""With one of these, a paragraph of one line begins that was to be a line of a table."""
_SIGNS = late(r"^[\s>]*")
_CUT_LINK = late(r"\[\[(?:(?!\[\[)[^\]|\\])*\|")
_BAR = late(r"(?<!\\)\|")


def cells(line: str) -> list[str]:
    """Return the cells of a line of a table."""
    parts = _BAR.split(line.strip())
    if parts and not parts[0]:
        parts.pop(0)
    if parts and not parts[-1]:
        parts.pop()
    return parts


def row(reporter: "Reporter", token: "Token", columns: int) -> None:
    """Report a row with more or fewer cells than the head of its table: what is too much would be lost in silence."""
    if reporter.is_full("table-wrong") or not token.map:
        return
    written = reporter.written(token.map[0])
    if written[:1] == "|" == written[-1:] and written.count("|") == columns + 1 and "\\" not in written:
        return
    line = _SIGNS.sub("", written)
    found = cells(line)
    if len(found) == columns or _CUT_LINK.search(line):  # a link that a bar cuts in two is reported for its cell
        return
    location = reporter.block(token, line.rstrip())
    if "|" not in line:
        reporter.problem(
            "table-wrong",
            "This line is a row of the table above it, since no empty line is between them.",
            location,
            "Put an empty line above it.",
        )
    elif len(found) > columns:
        lost = shortened(" | ".join(cell.strip() for cell in found[columns:]))
        message = f"This row has {len(found)} cells and the head of its table {columns}, so “{lost}” is not shown."
        reporter.problem(
            "table-wrong", message, location, "Give the head as many cells; or put a backslash before a bar that is meant as text: \\|."
        )
    else:
        message = f"This row has {_cells(len(found))}, and the head of its table {columns}."
        reporter.problem("table-wrong", message, location, "Write a bar for each cell, also where it is empty: | a | |.")


def _cells(count: int) -> str:
    return f"{count} cell" if count == 1 else f"{count} cells"


def no_table(reporter: "Reporter", block: "Token") -> None:
    """Report lines with bars that are no table."""
    if _GRID.search(block.content):
        foreign(reporter, block)
        return
    lines = block.content.split("\n")
    rule = next((n for n, line in enumerate(lines) if "|" in line and "-" in line and _RULE.match(line)), -1)
    if rule > 0:
        head, marks = len(cells(lines[rule - 1])), len(cells(lines[rule]))
        message = f"This is no table: its head has {_cells(head)}, and the line of hyphens below it {marks}."
        advice = "Give both as many cells."
    elif rule == 0:
        message, advice = "This is no table: it has no head above the line of hyphens.", "Write a head above it: | Who | Says |."
    elif _has_rows(lines):
        message, advice = "This is no table: the line of hyphens below its head is missing.", "Write it below the first line: |---|---|."
    elif len(lines) > 1 and all(line.startswith("| ") for line in lines):
        message = "Markdown knows no lines that begin with a bar, so these run into one paragraph."
        advice = "Delete the bars, and end each line but the last with a backslash."
    else:
        return
    at = sum(len(line) + 1 for line in lines[: max(rule - 1, 0)])
    reporter.problem("table-wrong", message, reporter.spot(block, at, lines[max(rule - 1, 0)]), advice)


def _has_rows(lines: Sequence[str]) -> bool:
    """Return whether two lines or more look like rows: with a bar at the front, or each with as many bars as the first."""
    if len(lines) < 2:
        return False
    counts = [len(_BAR.findall(line)) for line in lines]
    fronts = sum(line.lstrip().startswith("|") and count > 1 for line, count in zip(lines, counts, strict=True))
    return fronts > 1 or (counts[0] > 1 and len(set(counts)) == 1)


_TABS = late(r"\S\t+\S")
_GRID = late(r"^\+(?:[-=]{2,}\+)+$", re.MULTILINE)
_RULED = late(r"-{2,}(?:[ \t]+-{2,})+")
_WRITE = "Write | between the cells, and below the first line |---|---|."


def foreign(reporter: "Reporter", block: "Token") -> None:
    """Report lines that are a table elsewhere: cells between tabs, as a spreadsheet gives them, or in a frame of `+---+`."""
    content = block.content
    lines = content.split("\n")
    if (
        "\t" in content
        and len(lines) > 1
        and len({len(_TABS.findall(line)) for line in lines} - {0}) == 1
        and all(map(_TABS.search, lines))
    ):
        found, what = 0, "cells between tabs"
    elif (frame := _GRID.search(content)) is not None:
        found, what = frame.start(), "a frame of plus signs"
    else:
        return
    message = f"This is no table: Markdown knows none with {what}, so these lines run into one paragraph."
    reporter.problem("table-wrong", message, reporter.spot(block, found, content[found:].partition("\n")[0]), _WRITE)


def ruled(reporter: "Reporter", rule: "Token") -> None:
    """Report a line such as `----- -----`, which is part of a table elsewhere and a line across the page here."""
    if rule.map and "- -" in (line := reporter.written(rule.map[0]).strip()) and _RULED.fullmatch(line):
        message = "This is no table: Markdown knows none with spaces between its cells, and makes a line across the page of these hyphens."
        reporter.problem("table-wrong", message, reporter.block(rule, line), _WRITE)
