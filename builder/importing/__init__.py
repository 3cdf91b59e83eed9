"""What people have already, as content: each format is an entry of `FORMATS`, and reads bytes into records, texts, and what is to be told of the rest.

`shapes` is what an importer is given and makes, `dating` reads dates as people write them, `words` HTML and text as Markdown, `decoding` bytes as text,
`columns` knows what a table's columns are called; `naming` gives ids, `writing` lays records out as content files. Nothing here reaches the disk or the net.
"""

from collections.abc import Iterable

from builder.importing.naming import APART, JOIN, Known
from builder.importing.shapes import Given, Importer, ImportProblem, Made, Question, Told, Wishes
from builder.importing.writing import Laid, Row, lay

__all__ = [
    "APART",
    "FORMATS",
    "JOIN",
    "Given",
    "ImportProblem",
    "Importer",
    "Known",
    "Laid",
    "Made",
    "Question",
    "Row",
    "Told",
    "Wishes",
    "find",
    "lay",
]

FORMATS: tuple[Importer, ...]
"""All formats, in the order in which they are asked whether a file is theirs: those of `formats`, loaded when they are asked for."""


def __getattr__(name: str) -> object:
    # A build lays out rows of tables and reads no other format: their parsers take longer to load than a small site takes to build.
    if name == "FORMATS":
        from builder.importing import formats

        return formats.FORMATS
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def find(given: Given, formats: Iterable[Importer] | None = None) -> Importer | None:
    """Return which of these formats, else of all, a file or folder is of; None where none knows it."""
    from builder import importing

    return next((one for one in (importing.FORMATS if formats is None else formats) if one.recognises(given)), None)
