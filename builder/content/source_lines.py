"""The line of a file at a location, for messages. It imports nothing of the parser, since a build without changes repeats messages."""

from pathlib import Path
from typing import TYPE_CHECKING

from builder.content import secrets

if TYPE_CHECKING:
    from builder.diagnostics import Location

SETTINGS = "content/site.yaml"
"""The file whose lines may hold a secret that was put there by mistake."""


class Lines:
    """The lines of the files below a root. The file that was asked for last is held: problems come file by file, and one may have thousands."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._path = ""
        self._lines: list[str] = []

    def of(self, location: "Location") -> str:
        """Return the line of a content file that a location names, with bullets for what looks like a secret; "" if it cannot be had."""
        if not location.line:
            return ""
        if location.path != self._path:
            self._path, self._lines = location.path, _read(self._root / location.path)
        if location.line > len(self._lines):
            return ""
        line = self._lines[location.line - 1]
        return secrets.masked(line) if location.path == SETTINGS else line


def _read(file: Path) -> list[str]:
    try:
        with file.open(encoding="utf-8-sig", errors="replace", newline=None) as stream:
            return stream.read().split("\n")
    except OSError:
        return []


def line_of(root: Path, location: "Location") -> str:
    """Return one line, where no more are asked for."""
    return Lines(root).of(location)
