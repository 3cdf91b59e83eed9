"""Events that are in no table: calendars, markwhen, lists in YAML, JSON and Markdown."""

import re

from builder.importing.chronicles import calendars, handwritten_lists, markwhen
from builder.importing.importer_types import Importer, ImportInput


def _head(import_input: ImportInput) -> str:
    return import_input.data[:200_000].decode("utf-8-sig", "replace") if not import_input.is_folder else ""


def _is_calendar(import_input: ImportInput) -> bool:
    return import_input.ending in {".ics", ".ical", ".ifb", ".icalendar"} or _head(import_input).lstrip().startswith("BEGIN:VCALENDAR")


def _is_markwhen(import_input: ImportInput) -> bool:
    return import_input.ending in {".mw", ".markwhen"}


def _is_yaml(import_input: ImportInput) -> bool:
    return import_input.ending in {".yml", ".yaml"}


def _is_json(import_input: ImportInput) -> bool:
    return import_input.ending == ".json" and bool(re.match(r"\s*[\[{]", _head(import_input)))


def _is_dated(import_input: ImportInput) -> bool:
    return import_input.ending in {".md", ".markdown", ".txt"} and handwritten_lists.is_dated(_head(import_input))


ICS = Importer("ics", "a calendar: the events of an ICS file", _is_calendar, calendars.read_calendar)
MARKWHEN = Importer("markwhen", "a timeline of markwhen", _is_markwhen, markwhen.read_markwhen)
YAML = Importer("yaml", "a list of events in YAML, such as Jekyll’s _data/timeline.yml", _is_yaml, handwritten_lists.read_yaml)
JSON = Importer("json", "a list of events in JSON of its own shape", _is_json, handwritten_lists.read_json_list)
DATED = Importer("dated-list", "a Markdown list of “day: what happened”", _is_dated, handwritten_lists.read_markdown)
