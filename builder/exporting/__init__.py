"""Exporters: records of a site in other formats, with notes on what the format cannot hold. Each format is an entry of `EXPORTERS`.

`record_selection` selects the records, `exporter_types` has the input and the result of an exporter, `attributed_text` and `blocks` are the text of an explainer with its attributions in words.
Encoders are those of `builder.formats` wherever the site publishes the same format. Nothing here reaches the disk.
"""

from builder.exporting import annotations, csv_tables, followthemoney, markdown, ninjs, references, timelines, word
from builder.exporting.exporter_types import Chosen, Exported, Exporter, ExportProblem, File
from builder.exporting.record_selection import find_unknown, select_all, select_files

__all__ = [
    "CSV",
    "EXPORTERS",
    "Chosen",
    "ExportProblem",
    "Exported",
    "Exporter",
    "File",
    "find_unknown",
    "select_all",
    "select_files",
]

CSV = "csv"

EXPORTERS: tuple[Exporter, ...] = (
    Exporter(CSV, "tables of events, actors, sources and quotes, as `backstory import` reads them", ".csv", csv_tables.write),
    Exporter("ics", "events with a certain day, as a calendar", ".ics", timelines.ics),
    Exporter("timelinejs", "events with a date, as TimelineJS 3's JSON", ".json", timelines.timeline),
    Exporter("followthemoney", "actors, sources and what happened, a line of JSON an entity", ".ftm.json", followthemoney.write),
    Exporter("csl-json", "sources as references in CSL-JSON, for Zotero and others", ".json", references.write),
    Exporter("annotations", "quotes in the text of an explainer, as W3C Web Annotations", ".jsonld", annotations.write),
    Exporter("ninjs", "an explainer as ninjs 3, as news agencies exchange it", ".ninjs.json", ninjs.write),
    Exporter("docx", "an explainer as a document of Word, its attributions in words", ".docx", word.write),
    Exporter("markdown", "an explainer as Markdown, its attributions in words", ".md", markdown.write),
)
"""All formats, in the order in which they are listed."""
