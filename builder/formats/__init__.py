"""Export formats: `published_data` defines the data, and each other module writes it in one format.

A page that names an encoder instead of a template is written by it: a pure function from the page's view to the bytes of the file.
"""

from collections.abc import Callable, Mapping
from typing import Any

from builder.formats import annotations, calendar, csv_files, feeds, followthemoney, json_records, timelinejs
from builder.formats.list_files import ListFile
from builder.formats.media_types import MEDIA_TYPES

ENCODERS: Mapping[str, Callable[[Any], bytes]] = {
    "data.json": json_records.encode,
    "schema.json": json_records.schema,
    "actors.csv": csv_files.ACTORS_FORM.write,
    "quotes.csv": csv_files.QUOTES_FORM.write,
    "events.csv": csv_files.EVENTS_FORM.write,
    "sources.csv": csv_files.SOURCES_FORM.write,
    "annotations.jsonld": annotations.encode,
    "events.ics": calendar.encode,
    "timeline.json": timelinejs.encode,
    "feed.json": feeds.json,
    "atom.xml": feeds.atom,
    "entities.ftm.json": followthemoney.encode,
}
"""Every encoder, by the name that a page gives instead of a template. Each takes the page's view, a record."""

LIST_FORMS: Mapping[str, ListFile] = {
    "actors.csv": csv_files.ACTORS_FORM,
    "quotes.csv": csv_files.QUOTES_FORM,
    "events.csv": csv_files.EVENTS_FORM,
    "sources.csv": csv_files.SOURCES_FORM,
    "events.ics": calendar.FORM,
    "entities.ftm.json": followthemoney.FORM,
}
"""Encoders that can write records one by one, so that a file of all records is spliced."""


def form_of(encoder: str, kinds: tuple[str, ...]) -> ListFile | None:
    """Return how an encoder writes all records of some kinds one after another; None if it does not."""
    return json_records.form(*kinds) if encoder == "data.json" and len(kinds) == 1 else LIST_FORMS.get(encoder)


DRAWN = "card.png"
"""In the place of a template's name, for an image that is drawn, which needs fonts besides its record."""

SIZED = "picture"
"""In the place of a template's name, for a size of a picture, which is made of the picture's file."""

__all__ = ["DRAWN", "ENCODERS", "LIST_FORMS", "MEDIA_TYPES", "SIZED", "ListFile", "form_of"]
