"""What is published, for machines: `records` is the one account of the facts, the other modules write it in a format each.

A page that names an encoder instead of a template is written by it: a pure function from the page's view to the bytes of the file.
"""

from collections.abc import Callable, Mapping
from typing import Any

from builder.formats import annotations, calendar, feeds, followthemoney, json_records, tables, timelinejs
from builder.formats.list_files import ListFile
from builder.formats.media_types import MEDIA_TYPES

ENCODERS: Mapping[str, Callable[[Any], bytes]] = {
    "data.json": json_records.encode,
    "schema.json": json_records.schema,
    "actors.csv": tables.ACTORS_FORM.write,
    "quotes.csv": tables.QUOTES_FORM.write,
    "events.csv": tables.EVENTS_FORM.write,
    "sources.csv": tables.SOURCES_FORM.write,
    "annotations.jsonld": annotations.encode,
    "events.ics": calendar.encode,
    "timeline.json": timelinejs.encode,
    "feed.json": feeds.json,
    "atom.xml": feeds.atom,
    "entities.ftm.json": followthemoney.encode,
}
"""Every encoder, by the name that a page gives instead of a template's. Each takes the record that the page has as its view."""

_FORMS: Mapping[str, ListFile] = {
    "actors.csv": tables.ACTORS_FORM,
    "quotes.csv": tables.QUOTES_FORM,
    "events.csv": tables.EVENTS_FORM,
    "sources.csv": tables.SOURCES_FORM,
    "events.ics": calendar.FORM,
    "entities.ftm.json": followthemoney.FORM,
}


def form_of(encoder: str, kinds: tuple[str, ...]) -> ListFile | None:
    """Return how an encoder writes all records of some kinds of a site, where it writes them one after another; None of one that does not."""
    return json_records.form(*kinds) if encoder == "data.json" and len(kinds) == 1 else _FORMS.get(encoder)


DRAWN = "card.png"
"""Stands for the template of an image that is drawn: the one format that needs more than its record, which is fonts."""

SEE_NO_SITE = frozenset((*ENCODERS, DRAWN))
"""What a page names instead of a template where it sees nothing but its view."""

__all__ = ["DRAWN", "ENCODERS", "MEDIA_TYPES", "SEE_NO_SITE", "ListFile", "form_of"]
