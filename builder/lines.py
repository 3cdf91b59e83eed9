"""The line of a file that a place names, for whoever tells of a problem there: what was told is told again without all that reads content."""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from builder.diagnostics import Place


def line_of(root: Path, place: "Place") -> str:
    """Return the line of a content file that a place names, "" where it cannot be had."""
    if not place.line:
        return ""
    try:
        with (root / place.path).open(encoding="utf-8-sig", errors="replace", newline=None) as stream:
            for number, line in enumerate(stream, 1):
                if number == place.line:
                    return line.rstrip("\n")
    except OSError:
        pass
    return ""
