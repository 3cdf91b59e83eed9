"""Tabs before the lines of front matter, which YAML does not take, and the spaces that mean the same."""

from collections.abc import Sequence
from itertools import pairwise

from builder.diagnostics import TextEdit
from builder.i18n.patterns import late

_INDENT = late(r"[ \t]*(?=\S)")
_BLOCK = late(r"[|>][+-]?\d?\s*$")
"""The end of a line behind which a text of several lines begins, to which its tabs may belong."""
_USUAL = 2
"""Spaces of a level if no line of the block is indented."""


def as_spaces(rows: Sequence[str], path: str, first: int) -> tuple[TextEdit, ...]:
    """Return the edits that put spaces in the place of the tabs before all lines; none where they could mean several things. `first` is the line of the file that the first row is."""
    indents = [found[0] if (found := _INDENT.match(row)) else "" for row in rows]
    mixed = any("\t" in indent and " " in indent for indent in indents)
    if mixed or any(_BLOCK.search(row) for row in rows):
        return ()
    level = min((len(indent) for indent in indents if indent and "\t" not in indent), default=_USUAL)
    widths = [level * len(indent) if "\t" in indent else len(indent) for indent in indents]
    filled_lines = [n for n, row in enumerate(rows) if row.strip()]
    if any(widths[n] > widths[above] and not _opens(rows[above]) for above, n in pairwise(filled_lines)):
        return ()
    return tuple(
        TextEdit(path, first + n, 1, first + n, len(indent) + 1, " " * widths[n]) for n, indent in enumerate(indents) if "\t" in indent
    )


def _opens(row: str) -> bool:
    """Return whether the lines below may stand farther to the right."""
    return row.split(" #", maxsplit=1)[0].rstrip().endswith(":") or row.lstrip().startswith("- ")
