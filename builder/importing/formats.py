"""All importers."""

from builder.importing import annotations, articles, chronicles, notes, people, references, tables, timelinejs
from builder.importing.importer_types import Importer

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
