"""Importers: files of other programs into records and texts, with notes on everything else. Each format is an entry of `FORMATS`.

`importer_types` has the input and the result of an importer; `written_dates` reads written dates, `html_words` HTML and text as Markdown, `decoding` bytes as text,
`columns` has the names of table columns; `record_ids` assigns ids, `content_files` makes content files of records. Nothing here uses the disk or the network.
"""

from collections.abc import Iterable

from builder.importing.content_files import ImportFiles, LayoutOptions, ResultRow, layout
from builder.importing.importer_types import Importer, ImportInput, ImportNote, ImportOptions, ImportProblem, ImportResult, Question
from builder.importing.record_ids import APART, JOIN, ExistingRecords

__all__ = [
    "APART",
    "FORMATS",
    "JOIN",
    "ExistingRecords",
    "ImportFiles",
    "ImportInput",
    "ImportNote",
    "ImportOptions",
    "ImportProblem",
    "ImportResult",
    "Importer",
    "LayoutOptions",
    "Question",
    "ResultRow",
    "find",
    "layout",
]

FORMATS: tuple[Importer, ...]
"""All importers, in the order in which they are tried; loaded from `formats` on first use."""


def __getattr__(name: str) -> object:
    # A build lays out rows of tables and reads no other format: their parsers take longer to load than a small site takes to build.
    if name == "FORMATS":
        from builder.importing import formats

        return formats.FORMATS
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def find(import_input: ImportInput, formats: Iterable[Importer] | None = None) -> Importer | None:
    """Return the importer that recognises a file or folder, of `formats` or else of all; None if none does."""
    from builder import importing

    return next((importer for importer in (importing.FORMATS if formats is None else formats) if importer.recognises(import_input)), None)
