"""Locations of problems in the file: the library gives the lines of a block, and the column is searched in them."""

from collections import Counter
from collections.abc import Hashable
from typing import TYPE_CHECKING

import msgspec

from builder.diagnostics import Diagnostic, Location

if TYPE_CHECKING:
    from markdown_it.token import Token

MOST_PROBLEMS = 100
"""Of one kind in one text: who has more of them has one problem, and would not read them all."""

MOST_ALSO = 5
"""Further locations that are named with a problem that is reported once a text."""

WIDEST = 100
"""Characters that a problem underlines."""


class Reporter:
    """Gathers the problems of one text, with their locations in its file.

    `location` is the line on which `source` begins; where `one_line` is true it is the location of the value that holds the text, and all that is known.
    """

    def __init__(self, source: str, location: Location, *, one_line: bool) -> None:
        self.problems: list[Diagnostic] = []
        self.one_line = one_line
        self.source = source
        self._location = location
        self._lines: list[str] = []
        self.numbers: Counter[int] = Counter()
        """How often each number begins an entry of a list: counted when it is first asked for."""
        self._count_by_code: Counter[str] = Counter()
        self._once: dict[Hashable, tuple[int, list[Location]]] = {}
        """What is reported once → the number of the problem, and the other locations."""
        self._block: Token | None = None
        self._at = self._breaks = self._start = 0
        """The character of the block that was looked for last, the line ends before it, and where its line begins."""
        self._lead: tuple[int, bool] | None = None
        """The column at which the words of that line begin in the file, -1 where they are not found; and whether bars in them have backslashes."""
        self._taken = (0, 0)
        """The line of the file that was looked at last, and up to where: the cells of a row stand in one line."""

    def problem(self, code: str, message: str, location: Location, advice: str, *, severity: str = "", subject: str = "") -> None:
        """Report a problem."""
        if not self.is_full(code):
            self._count_by_code[code] += 1
            self.problems.append(Diagnostic(code, message, location, advice, severity=severity, subject=subject))

    def once(self, kind: Hashable, code: str, message: str, location: Location, advice: str) -> None:
        """Report a problem once for all locations of its kind, at the first of them."""
        known = self._once.get(kind)
        if known is None:
            if not self.is_full(code):
                self._once[kind] = (len(self.problems), [])
                self.problem(code, message, location, advice)
        elif len(known[1]) <= MOST_ALSO and location not in {self.problems[known[0]].location, *known[1]}:
            known[1].append(location)

    def is_enough(self, kind: Hashable) -> bool:
        """Return whether so many locations of a kind have been named that another one need not be looked for."""
        return kind in self._once and len(self._once[kind][1]) > MOST_ALSO

    def finish(self) -> tuple[Diagnostic, ...]:
        """Return all problems."""
        for number, others in self._once.values():
            if others:
                problem = self.problems[number]
                more = " More of them follow." if len(others) > MOST_ALSO else ""
                self.problems[number] = msgspec.structs.replace(problem, message=problem.message + more, also=tuple(others[:MOST_ALSO]))
        return tuple(self.problems)

    def is_full(self, code: str) -> bool:
        """Return whether enough problems of one kind have been reported, so that the location of another need not be looked for."""
        return self._count_by_code[code] >= MOST_PROBLEMS

    def block(self, token: "Token | None" = None, words: str = "") -> Location:
        """Return where a block begins, or where `words` stand in its first line; without a block, where the text begins."""
        if self.one_line:
            return self._location
        if token is None or not token.map:
            return Location(self._location.path, self._location.line, 1)
        # Signs of lists and quotes may stand before it.
        words = words or token.content.strip().partition("\n")[0]
        column = self.written(token.map[0]).find(words)
        width = max(1, min(len(words), WIDEST)) if column >= 0 else 1
        return Location(self._location.path, self._location.line + token.map[0], max(column, 0) + 1, width)

    def at(self, line: int, words: str) -> Location:
        """Return where `words` stand in a line of the source, counted from 0."""
        column = self.written(line).find(words)
        return Location(self._location.path, self._location.line + line, max(column, 0) + 1, max(1, min(len(words), WIDEST)))

    def line(self, block: "Token", offset: int) -> int:
        """Return the line of the file for the character `offset` of a block's inline text."""
        if self.one_line or block.map is None:
            return self._location.line
        if block is not self._block or offset < self._start:
            self._block, self._lead = block, None
            self._at = self._breaks = self._start = 0
        elif offset < self._at:
            self._at = self._start
        # Counted on from where we last were, since a paragraph may be long and full of links.
        if breaks := block.content.count("\n", self._at, offset):
            self._breaks += breaks
            self._start = block.content.rindex("\n", self._at, offset) + 1
            self._lead = None
        self._at = offset
        return self._location.line + block.map[0] + self._breaks

    def spot(self, block: "Token", offset: int, words: str = "") -> Location:
        """Return the line and column of the character `offset` of a block's inline text, where `words` stand."""
        if self.one_line:
            return self._location
        line = self.line(block, offset)
        written = self.written(line - self._location.line)
        words = words.partition("\n")[0] if block.content.startswith(words, offset) else ""
        if self._lead is None:
            self._lead = self._find(block, line, written)
        lead, barred = self._lead
        if lead < 0:
            column = written.find(words or block.content[offset : offset + 1])
        else:
            column = lead + offset - self._start + (block.content.count("|", self._start, offset) if barred else 0)
        width = len(words) + (words.count("|") if barred else 0)
        return Location(self._location.path, line, max(column, 0) + 1, max(1, min(width, WIDEST)))

    def _find(self, block: "Token", line: int, written: str) -> tuple[int, bool]:
        """Find a line of a block as the author wrote it, which has indents and signs in front that the parser has taken away."""
        end = block.content.find("\n", self._start)
        text = block.content[self._start : end if end >= 0 else None]
        begin = self._taken[1] if self._taken[0] == line else 0
        for barred in (False, True):
            shown = text.replace("|", "\\|") if barred else text
            lead = written.find(shown, begin)
            if lead < 0 and begin:
                lead = written.find(shown)
            if lead >= 0:
                self._taken = (line, lead + len(shown))
                return lead, barred
        return -1, False

    def written(self, number: int) -> str:
        """Return a line of the source, counted from 0."""
        if not self._lines:
            self._lines = self.source.split("\n")
        return self._lines[number]
