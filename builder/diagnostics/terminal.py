"""Problems as a person reads them in a terminal."""

import unicodedata
from collections.abc import Iterable

from builder.diagnostics.characters import shown
from builder.diagnostics.codes import ERROR
from builder.diagnostics.diagnostic import Diagnostic


def excerpt(diagnostic: Diagnostic, line: str, *, most: int = 100) -> str:
    """Return the line of the file with a caret below the location, cut to about `most` characters around it.

    `line` is the text of `diagnostic.location.line`, without its line end.
    """
    location = diagnostic.location
    if not location.line or not line.strip():
        return ""
    first = min(max(location.column, 1) - 1, len(line))
    start = max(0, min(first - most // 3, len(line) - most))
    before, after = "…" * bool(start), "…" * (start + most < len(line))
    caret = slice(first - start, first - start + max(1, location.width))
    drawn, lead, under = _drawn(line[start : start + most], caret)
    number = f"{location.line:>5}"
    text = f"{number} │ {before}{drawn}{after}"
    if location.column:
        lead += len(before)
        text += f"\n{' ' * len(number)} │ {' ' * lead}{'^' * max(1, under)}"
    return text


def _drawn(piece: str, caret: slice) -> tuple[str, int, int]:
    """Return what is shown for a piece of a line, and how many columns it takes before the caret and under it."""
    if piece.isascii() and piece.isprintable():  # as most are: a column for each
        return piece, min(caret.start, len(piece)), len(piece[caret])
    cells = [_cell(character) for character in piece]
    return "".join(drawn for drawn, _ in cells), sum(width for _, width in cells[: caret.start]), sum(width for _, width in cells[caret])


def _cell(character: str) -> tuple[str, int]:
    """Return what is shown for a character, and how many columns of a terminal that takes.

    Wide characters are those of Unicode Standard Annex 11. What joins the character before it takes no column.
    """
    if " " <= character <= "~":
        return character, 1
    if character in "\ufe0e\ufe0f":  # asks for another look of the character before it, which terminals grant or not
        return "", 0
    if not character.isprintable():
        # Control characters would move the caret, or the reader's terminal; a tab counts as one space.
        return " ", 1
    if unicodedata.category(character) in {"Mn", "Me"} or "\u1160" <= character <= "\u11ff":
        return character, 0
    return character, 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def in_words(diagnostic: Diagnostic, line: str = "", *, colour: bool = False) -> str:
    """Return the problem as a few lines of text for a terminal.

    `line` is the line of the file that it is about, "" if that is not to be had.
    """
    bold, tint, faint, off = (
        ("\x1b[1m", "\x1b[31m" if diagnostic.severity == ERROR else "\x1b[33m", "\x1b[2m", "\x1b[0m") if colour else ("",) * 4
    )
    parts = [
        f"{bold}{shown(str(diagnostic.location))}{off}: {tint}{diagnostic.severity}{off}: {diagnostic.message} {faint}[{diagnostic.code}]{off}"
    ]
    drawn = excerpt(diagnostic, line)
    if drawn:
        parts.append(drawn)
    if diagnostic.help:
        parts.append(f"      = {diagnostic.help}")
    if diagnostic.draft:
        parts.append("      = Only a draft has this, so it does not stop the site.")
    parts += [f"      = {also}" for also in see_also(diagnostic)]
    return "\n".join(parts)


MOST_ALSO = 3
"""Other locations that are named, of those that a problem is about."""


def see_also(diagnostic: Diagnostic, folder: str = "") -> tuple[str, ...]:
    """Return `see also path:line:column` for the other locations, and how many more there are; `folder` leads to the site."""
    more = len(diagnostic.also) - MOST_ALSO
    locations = diagnostic.also if more == 1 else diagnostic.also[:MOST_ALSO]
    named = tuple(f"see also {folder}{shown(str(location))}" for location in locations)
    return named if more <= 1 else (*named, f"and in {more} more places")


def count(diagnostics: Iterable[Diagnostic]) -> tuple[int, int]:
    """Return how many errors there are, and how many warnings."""
    severities = [diagnostic.severity for diagnostic in diagnostics]
    errors = severities.count(ERROR)
    return errors, len(severities) - errors


def count_in_words(diagnostics: Iterable[Diagnostic]) -> str:
    """Return "2 errors, 1 warning", or "no problems"."""
    parts = [f"{n} {word}{'' if n == 1 else 's'}" for n, word in zip(count(diagnostics), ("error", "warning"), strict=True) if n]
    return ", ".join(parts) or "no problems"
