"""Events that `backstory export` wrote into a calendar or a timeline, with all that it wrote beside the entry."""

from collections.abc import Mapping
from typing import Any

from builder import dates, urls
from builder.formats import annotated_quotes as written
from builder.importing.annotated_quotes import OWN_KEY, AnnotatedQuotes, records_in
from builder.importing.importer_types import EVENT, Record, Ref
from builder.importing.mapping_values import Values, as_text, as_written, drop_empty
from builder.importing.value_words import markdown, own_markdown, same_as
from builder.model import STATUSES

_KEYS = (
    "id",
    "title",
    "when",
    "says",
    "status",
    "by",
    "actors",
    "place",
    "coordinates",
    "sources",
    "text",
    written.MARKDOWN,
    "history",
    "same_as",
    "short",
    "key",
)


class WholeEvents(AnnotatedQuotes):
    """The events of a file, and the actors and sources that they name, each once."""

    def event(self, said: Mapping[str, Any], values: Values) -> Record | None:
        """Return an event as it was; None if it has no title. What cannot be taken is noted."""
        title = as_written(said.get("title"))
        if not title:
            return None
        for key, value in said.items():
            if key not in _KEYS and not (OWN_KEY.fullmatch(key) and isinstance(value, str)):
                values.add_note(f"“{key}” was left out: “{as_text(value) or value}”")
        spoken, when = as_text(said.get("says")), self._date(said, "when", values)
        at = said.get("coordinates")
        fields = {
            "title": title,
            "when": drop_empty({"says": spoken, "is": when}) if spoken else when,
            "status": self._status(said, values),
            "by": self._voices(said.get("by"), values),
            "actors": self._voices(said.get("actors"), values),
            "place": as_written(said.get("place")),
            "coordinates": [Ref("number", repr(number)) for number in at if isinstance(number, int | float)]
            if isinstance(at, list)
            else [],
            "sources": self._sources(said.get("sources"), values),
            "text": own_markdown(said.get(written.MARKDOWN)) or markdown(str(said.get("text") or ""), values.add_note),
            "history": [past for record in records_in(said.get("history")) if (past := self._past_status(record, values))],
            "same_as": same_as(" ".join(filter(None, map(as_text, _listed(said.get("same_as"))))), values.add_note),
            "short": as_written(said.get("short")),
            "key": Ref("yes", "yes") if said.get("key") is True else "",
            **{key: as_written(value) for key, value in said.items() if OWN_KEY.fullmatch(key) and isinstance(value, str)},
        }
        key = as_text(said.get("id"))
        return Record(EVENT, key or values.where, values.where, drop_empty(fields), id=key, is_same=urls.is_id(key))

    def _past_status(self, said: Mapping[str, Any], values: Values) -> dict[str, Any]:
        sources = self._sources(said.get("source"), values)
        return drop_empty(
            {
                "status": self._status(said, values),
                "when": self._date(said, "when", values),
                "on": self._date(said, "on", values),
                "source": sources[0] if sources else "",
                "by": self._voices(said.get("by"), values),
            }
        )

    def _sources(self, given: Any, values: Values) -> list[Ref]:
        return [found for record in records_in(given) if (found := self.source(record, values)) is not None]

    def _voices(self, given: Any, values: Values) -> list[Ref | str]:
        """Return actors, sources, and names that are no record."""
        made = (
            self.source(record, values) if record.get("type") == written.WORK else self.listener(record, values)
            for record in records_in(given)
        )
        return [record for record in made if record]

    def _status(self, said: Mapping[str, Any], values: Values) -> Ref | str:
        given = as_text(said.get("status"))
        if given and given not in STATUSES:
            values.add_note(f"“status” was left out: “{given}”")
        return Ref("status", given) if given in STATUSES else ""

    def _date(self, said: Mapping[str, Any], key: str, values: Values) -> str:
        given = as_text(said.get(key))
        if given and not dates.is_date(given):
            values.add_note(f"“{key}” was left out, since it is no date: “{given}”")
        return given if dates.is_date(given) else ""


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
