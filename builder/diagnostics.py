"""Problems in the content, in one shape: what is wrong, where, and what to do about it.

Every part of the tool that meets a problem makes a `Diagnostic` and goes on; nothing raises for an author's mistake.
How a problem is printed stands here too, once, so that terminal, preview and machine formats say the same.
"""

import difflib
from collections.abc import Iterable

import msgspec

ERROR = "error"
WARNING = "warning"


class Place(msgspec.Struct, frozen=True, gc=False):
    """A spot in a content file."""

    path: str
    """Path of the file from the site's root, with forward slashes: `content/explainers/talks.md`."""
    line: int = 0
    """Line, counted from 1; 0 where the whole file is meant."""
    column: int = 0
    """Column in characters, counted from 1; 0 where the whole line is meant."""
    width: int = 1
    """How many characters the caret underlines."""

    def __str__(self) -> str:
        """`path:line:column`, as editors and terminals turn into a link."""
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column}" if self.column else f"{self.path}:{self.line}"


class Diagnostic(msgspec.Struct, frozen=True, gc=False):
    """One problem, as an author will read it."""

    code: str
    """A key of `CODES`: names the rule, for the guide and for `site.yaml`."""
    message: str
    """One plain sentence: what is wrong."""
    place: Place
    help: str = ""
    """What to do, in one or two sentences; "" where the message says it all."""
    severity: str = ERROR
    """`ERROR` stops a publish, `WARNING` does not."""
    also: tuple[Place, ...] = ()
    """Other places that the problem is about, such as the first use of a doubled id."""

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """By file, then by where in the file, then by rule: the order in which problems are told."""
        return (self.place.path, self.place.line, self.place.column, self.code, self.message)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Return "Did you mean “x”?" with the nearest of `known`, or "" where none is near."""
    pool = sorted(set(known))
    near = difflib.get_close_matches(word, pool, n=1, cutoff=0.6)
    if not near:
        folded = {name.casefold(): name for name in pool}
        near = [folded[match] for match in difflib.get_close_matches(word.casefold(), sorted(folded), n=1, cutoff=0.6)]
    return f"Did you mean “{near[0]}”?" if near else ""


def excerpt(diagnostic: Diagnostic, line: str, *, most: int = 100) -> str:
    """Return the line of the file with a caret below the place, cut to about `most` characters around it.

    `line` is the text of `diagnostic.place.line`, without its line end.
    """
    place = diagnostic.place
    if not place.line or not line.strip():
        return ""
    start = 0
    column = max(place.column, 1)
    if len(line) > most:
        start = max(0, min(column - 1 - most // 3, len(line) - most))
        line = ("…" if start else "") + line[start : start + most] + ("…" if start + most < len(line) else "")
        column = column - start + (1 if start else 0)
    # Control characters would move the caret, or the reader's terminal; a tab counts as one space.
    shown = "".join(c if c.isprintable() else " " for c in line)
    number = f"{place.line:>5}"
    text = f"{number} │ {shown}"
    if place.column:
        width = max(1, min(place.width, len(shown) - column + 1))
        text += f"\n{' ' * len(number)} │ {' ' * (column - 1)}{'^' * width}"
    return text


def in_words(diagnostic: Diagnostic, line: str = "", *, colour: bool = False) -> str:
    """Return the problem as a few lines of text for a terminal.

    `line` is the line of the file that it is about, "" where that is not to be had.
    """
    bold, tint, faint, off = (
        ("\x1b[1m", "\x1b[31m" if diagnostic.severity == ERROR else "\x1b[33m", "\x1b[2m", "\x1b[0m") if colour else ("",) * 4
    )
    parts = [f"{bold}{diagnostic.place}{off}: {tint}{diagnostic.severity}{off}: {diagnostic.message} {faint}[{diagnostic.code}]{off}"]
    shown = excerpt(diagnostic, line)
    if shown:
        parts.append(shown)
    if diagnostic.help:
        parts.append(f"      = {diagnostic.help}")
    parts += [f"      = see also {place}" for place in diagnostic.also]
    return "\n".join(parts)


def count_in_words(diagnostics: Iterable[Diagnostic]) -> str:
    """Return "2 errors, 1 warning", or "no problems"."""
    errors = warnings = 0
    for diagnostic in diagnostics:
        if diagnostic.severity == ERROR:
            errors += 1
        else:
            warnings += 1
    parts = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in ((errors, "error"), (warnings, "warning")) if n]
    return ", ".join(parts) or "no problems"
