"""What people have already, as content: each format is an entry of `FORMATS`, and reads bytes into records, texts, and what is to be told of the rest.

`shapes` is what an importer is given and makes, `dating` reads dates as people write them, `words` HTML and text as Markdown, `decoding` bytes as text,
`columns` knows what a table's columns are called; `naming` gives ids, `writing` lays records out as content files. Nothing here reaches the disk or the net.
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
"""In the order in which they are asked whether a file is theirs: the most special first."""


def find(import_input: ImportInput, formats: Iterable[Importer] = FORMATS) -> Importer | None:
    """Return the format that a file or folder is of; None where none knows it."""
    return next((one for one in formats if one.recognises(import_input)), None)
