"""Importers: files of other programs into records and texts, with notes on everything else. Each format is an entry of `FORMATS`.

`shapes` has the input and the result of an importer; `dating` reads written dates, `words` HTML and text as Markdown, `decoding` bytes as text,
`columns` has the names of table columns; `record_ids` assigns ids, `content_files` makes content files of records. Nothing here uses the disk or the network.
"""

from collections.abc import Iterable

from builder.importing import annotations, articles, chronicles, notes, people, references, tables, timelinejs
from builder.importing.content_files import ImportFiles, ResultRow, layout
from builder.importing.record_ids import APART, JOIN, ExistingRecords
from builder.importing.shapes import Importer, ImportInput, ImportNote, ImportOptions, ImportProblem, ImportResult, Question

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
    "Question",
    "ResultRow",
    "find",
    "layout",
]

FORMATS: tuple[Importer, ...] = (
    references.BIBTEX,
    references.RIS,
    references.ZOTERO,
    references.CSL,
    annotations.IMPORTER,
    people.FOLLOWTHEMONEY,
    people.LITTLESIS,
    people.POPOLO,
    people.WIKIDATA,
    timelinejs.IMPORTER,
    chronicles.ICS,
    chronicles.MARKWHEN,
    chronicles.DATED,
    tables.CSV,
    tables.SHEET,
    articles.DOCX,
    articles.ODT,
    articles.HTML,
    notes.IMPORTER,
    chronicles.YAML,
    chronicles.JSON,
)
"""In the order in which they are tried: the most specific first."""


def find(import_input: ImportInput, formats: Iterable[Importer] = FORMATS) -> Importer | None:
    """Return the importer that recognises a file or folder; None if none does."""
    return next((one for one in formats if one.recognises(import_input)), None)
