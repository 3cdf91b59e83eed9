"""Entities that `backstory export` wrote, with the whole record beside their properties."""

from collections.abc import Mapping
from typing import Any

from builder import dates
from builder.formats import annotated_quotes as written
from builder.importing.annotated_quotes import OWN_KEY, records_in
from builder.importing.importer_types import ACTOR, EVENT, SOURCE, Article, ImportNote, Record, Ref
from builder.importing.mapping_values import Values, as_text, as_written, drop_empty
from builder.importing.value_words import own_markdown
from builder.importing.whole_events import WholeEvents

_DAYS = ("published", "updated", "as_of")
_LISTS = {"sources": SOURCE, "actors": ACTOR, "timeline": EVENT}
_LOGS = ("updates", "corrections")
_LINES = ("happened", "says", "disputed", "not_known", "next")
_KEYS = frozenset({"id", "title", "summary", "authors", "topics", "lang", "lead", "in_short", "aliases", *_DAYS, *_LISTS, *_LOGS})


class OwnEntities:
    """The entities of a file that are as they were written; one that was changed since is read as any other."""

    def __init__(self) -> None:
        self._whole = WholeEvents()
        self._events: list[Record] = []
        self._holders: dict[str, str] = {}
        self._actors: set[str] = set()
        self._explainers: list[tuple[Mapping[str, Any], Values]] = []

    @property
    def records(self) -> tuple[Record, ...]:
        """The sources, actors and events."""
        return (*self._whole.records, *self._events)

    @property
    def is_empty(self) -> bool:
        """Whether the file has none."""
        return not (self.records or self._explainers)

    def articles(self, others: tuple[Record, ...]) -> tuple[Article, ...]:
        """Return the explainers, without their texts; their lists name these records and `others` of the file."""
        there = {(record.kind, record.key) for record in (*self.records, *others)}
        return tuple(_explainer(said, values, there) for said, values in self._explainers)

    def takes(self, said: Any, entity: Mapping[str, Any], where: str, import_notes: list[ImportNote]) -> bool:
        """Return whether the record of an entity is kept; `said` is what stands beside the properties."""
        digest = written.digest({key: entity.get(key) for key in ("id", "schema", "properties")})
        if not isinstance(said, Mapping) or said.get(written.DIGEST) != digest:
            return False
        self._holders[where] = as_text(said.get("office"))
        values = Values({}, where, import_notes)
        kind, whole = next(((kind, entity) for kind, entity in said.items() if isinstance(entity, Mapping)), ("", {}))
        if kind == "event":
            event = self._whole.event(whole, values)
            self._events += [event] if event is not None else []
            return event is not None
        if kind == "actor":
            actor = self._whole.actor(whole, values)
            self._actors |= {actor.key} if actor is not None else set()
            return actor is not None
        if kind == "explainer":
            self._explainers += [(whole, values)] if as_text(whole.get("title")) else []
            return bool(as_text(whole.get("title")))
        return kind == "source" and self._whole.source(whole, values) is not None

    def has_office(self, where: str) -> bool:
        """Return whether the record of an actor has the office of this line."""
        return self._holders.get(where) in self._actors


def _explainer(said: Mapping[str, Any], values: Values, there: set[tuple[str, str]]) -> Article:
    """Return an explainer as it was, but for its text. What cannot be taken is noted."""
    for key, value in said.items():
        if key not in _KEYS and not (OWN_KEY.fullmatch(key) and isinstance(value, str)):
            values.add_note(f"“{key}” was left out: “{as_text(value) or value}”")
    days = {key: as_text(said.get(key)) for key in _DAYS}
    for key, day in days.items():
        if day and not dates.is_date(day):
            values.add_note(f"“{key}” was left out, since it is no date: “{day}”")
    listed: dict[str, list[Any]] = {}
    for key, kind in _LISTS.items():
        for item in _list(said.get(key)):
            name, here = (as_text(item.get("id")), as_written(item.get("here"))) if isinstance(item, Mapping) else (as_text(item), "")
            if (kind, name) in there:
                listed.setdefault(key, []).append({"id": Ref(kind, name), "here": here} if here else Ref(kind, name))
            elif name:
                values.add_note(f"“{name}” under “{key}” was left out, since the file has no such record")
    short = said.get("in_short")
    fields = {
        "title": as_written(said.get("title")),
        "summary": as_written(said.get("summary")),
        **{key: day for key, day in days.items() if dates.is_date(day)},
        **{key: [as_written(item) for item in _list(said.get(key))] for key in ("authors", "topics", "aliases")},
        "lang": as_text(said.get("lang")),
        "lead": Ref("yes", "yes") if said.get("lead") is True else "",
        "in_short": drop_empty({key: own_markdown(short.get(key)) for key in _LINES}) if isinstance(short, Mapping) else {},
        **listed,
        **{
            key: [
                drop_empty({"on": as_text(record.get("on")), "text": own_markdown(record.get("text"))})
                for record in records_in(said.get(key))
            ]
            for key in _LOGS
        },
        **{key: as_written(value) for key, value in said.items() if OWN_KEY.fullmatch(key) and isinstance(value, str)},
    }
    name = as_text(said.get("id"))
    values.add_note(f"the text of “{as_text(said.get('title'))}” is not in the file")
    body = "Write the text here.\n" + ("\n![[timeline]]\n" if "timeline" in listed else "")
    return Article(values.where, name or as_text(said.get("title")), drop_empty(fields), body, key=name)


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []
