"""What is published, for machines: `records` is the one account of the facts, the other modules write it in a format each.

A page that names an encoder instead of a template is written by it: a pure function from the page's view to the bytes of the file.
"""

from collections.abc import Callable, Mapping
from typing import Any

from builder.data import annotations, calendar, feeds, followthemoney, plain, tables, timelinejs

ENCODERS: Mapping[str, Callable[[Any], bytes]] = {
    "data.json": plain.encode,
    "schema.json": plain.schema,
    "actors.csv": tables.actors,
    "quotes.csv": tables.quotes,
    "events.csv": tables.events,
    "sources.csv": tables.sources,
    "annotations.jsonld": annotations.encode,
    "events.ics": calendar.encode,
    "timeline.json": timelinejs.encode,
    "feed.json": feeds.json,
    "atom.xml": feeds.atom,
    "entities.ftm.json": followthemoney.encode,
}
"""Every encoder, by the name that a page gives instead of a template's. Each takes the record that the page has as its view."""

MEDIA_TYPES: Mapping[str, str] = {
    "atom.xml": "application/atom+xml",
    "entities.ftm.json": "application/x-ndjson",
    "feed.json": "application/feed+json",
    "schema.json": "application/schema+json",
}
"""What a file is served as whose ending alone does not tell, by its name."""

DRAWN = "card.png"
"""Stands for the template of an image that is drawn: the one format that needs more than its record, which is fonts."""

SEE_NO_SITE = frozenset((*ENCODERS, DRAWN))
"""What a page names instead of a template where it sees nothing but its view."""

__all__ = ["DRAWN", "ENCODERS", "MEDIA_TYPES", "SEE_NO_SITE"]
