"""Events with all that a calendar or a timeline has no place for: `backstory export` writes it beside the entry, `backstory import` reads it."""

from collections.abc import Mapping
from typing import Any

import msgspec

from builder import urls
from builder.formats.annotated_quotes import MARKDOWN, actor_said, source_said
from builder.formats.parts import DateRecord, Named
from builder.formats.published_data import ActorRecord, EventRecord, SourceRecord


class Surroundings(msgspec.Struct, frozen=True):
    """Data on events besides their records, each by id."""

    actors: Mapping[str, ActorRecord] = {}
    sources: Mapping[str, SourceRecord] = {}
    texts: Mapping[str, str] = {}
    """The line of each event, with the addresses of its links."""
    marked: Mapping[str, str] = {}
    """The same as Markdown, where it has emphasis or code."""
    coordinates: Mapping[str, tuple[float, float]] = {}
    explainers: Mapping[str, Mapping[str, Any]] = {}
    """All that is said of each explainer but its text, with the keys of our content format."""


def event_said(event: EventRecord, around: Surroundings) -> dict[str, Any]:
    """Return an event as a mapping with the keys of our content format; actors and sources are mappings of their own."""

    def voices(named: tuple[Named, ...]) -> list[dict[str, Any]]:
        return [
            source_said(record, around.sources, around.actors)
            if urls.source_path(record.id) == record.path
            else actor_said(record, around.actors)
            for record in named
        ]

    return _filled(
        {
            "id": event.id,
            "title": event.title,
            "when": _date(event.when),
            "says": event.when.says if event.when is not None else "",
            # A derived status would come back as the author's.
            "status": event.status if "status" not in event.derived else "",
            "by": voices(event.by),
            "actors": [actor_said(actor, around.actors) for actor in event.actors],
            "place": event.place,
            "coordinates": list(around.coordinates.get(event.id, ())),
            "sources": [source_said(source, around.sources, around.actors) for source in event.sources],
            "text": around.texts.get(event.id, event.text),
            MARKDOWN: around.marked.get(event.id, ""),
            "history": [
                _filled(
                    {
                        "status": past.status,
                        "when": _date(past.when),
                        "on": _date(past.on),
                        "source": source_said(past.source, around.sources, around.actors) if past.source is not None else {},
                        "by": voices(past.by),
                    }
                )
                for past in event.history
            ],
            "same_as": list(event.same_as),
            "short": event.short,
            "key": event.key,
            **event.extra,
        }
    )


def _date(date: DateRecord | None) -> str:
    return (date.written or date.edtf) if date is not None else ""


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
