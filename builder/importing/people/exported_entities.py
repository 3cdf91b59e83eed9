"""Entities that `backstory export` wrote, with the whole record beside their properties."""

from collections.abc import Mapping
from typing import Any

from builder.formats import annotated_quotes as written
from builder.importing.mapping_values import Values, as_text
from builder.importing.shapes import ImportNote, Record
from builder.importing.whole_events import WholeEvents


class OwnEntities:
    """The entities of a file that are as they were written; one that was changed since is read as any other."""

    def __init__(self) -> None:
        self._whole = WholeEvents()
        self._events: list[Record] = []
        self._holders: dict[str, str] = {}
        self._actors: set[str] = set()

    @property
    def records(self) -> tuple[Record, ...]:
        """The sources, actors and events."""
        return (*self._whole.records, *self._events)

    def takes(self, said: Any, entity: Mapping[str, Any], where: str, import_notes: list[ImportNote]) -> bool:
        """Return whether the record of an entity is kept; `said` is what stands beside the properties."""
        digest = written.digest({key: entity.get(key) for key in ("id", "schema", "properties")})
        if not isinstance(said, Mapping) or said.get(written.DIGEST) != digest:
            return False
        self._holders[where] = as_text(said.get("office"))
        values = Values({}, where, import_notes)
        kind, whole = next(((kind, one) for kind, one in said.items() if isinstance(one, Mapping)), ("", {}))
        if kind == "event":
            event = self._whole.event(whole, values)
            self._events += [event] if event is not None else []
            return event is not None
        if kind == "actor":
            actor = self._whole.actor(whole, values)
            self._actors |= {actor.key} if actor is not None else set()
            return actor is not None
        return kind == "source" and self._whole.source(whole, values) is not None

    def has_office(self, where: str) -> bool:
        """Return whether the record of an actor has the office of this line."""
        return self._holders.get(where) in self._actors
