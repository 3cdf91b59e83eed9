"""Events that are in no table: calendars, markwhen, lists in YAML, JSON and Markdown."""

import re

from builder.importing.chronicles import calendars, lists, markwhen
from builder.importing.shapes import Given, Importer


def _head(given: Given) -> str:
    return given.data[:200_000].decode("utf-8-sig", "replace") if not given.is_folder else ""


def _is_calendar(given: Given) -> bool:
    return given.ending in {".ics", ".ical", ".ifb", ".icalendar"} or _head(given).lstrip().startswith("BEGIN:VCALENDAR")


def _is_markwhen(given: Given) -> bool:
    return given.ending in {".mw", ".markwhen"}


def _is_yaml(given: Given) -> bool:
    return given.ending in {".yml", ".yaml"}


def _is_json(given: Given) -> bool:
    return given.ending == ".json" and bool(re.match(r"\s*[\[{]", _head(given)))


def _is_dated(given: Given) -> bool:
    return given.ending in {".md", ".markdown", ".txt"} and lists.is_dated(_head(given))


ICS = Importer("ics", "a calendar: the events of an ICS file", _is_calendar, calendars.read)
MARKWHEN = Importer("markwhen", "a timeline of markwhen", _is_markwhen, markwhen.read)
YAML = Importer("yaml", "a list of events in YAML, such as Jekyll's _data/timeline.yml", _is_yaml, lists.of_yaml)
JSON = Importer("json", "a list of events in JSON of its own shape", _is_json, lists.of_json)
DATED = Importer("dated-list", "a Markdown list of “day: what happened”", _is_dated, lists.of_markdown)
