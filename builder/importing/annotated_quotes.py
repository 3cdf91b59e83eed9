"""Quotes that `backstory export annotations` wrote: each with its id, speakers and sources, as they were."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from builder import dates, urls
from builder.formats import annotated_quotes as written
from builder.importing.html_words import plain
from builder.importing.importer_types import ACTOR, QUOTE, SOURCE, Record, Ref
from builder.importing.mapping_values import Values, as_text, as_written, drop_empty
from builder.importing.value_words import own_markdown, same_as
from builder.model import ACTOR_TYPES, CERTAINTIES, MEDIUMS, MODES, RULES

OWN_KEY = re.compile(r"x_[a-z0-9_]+")
"""A key of the author's own."""
_CLOSED = {"mode": MODES, "rules": RULES, "medium": MEDIUMS, "cert": CERTAINTIES, "type": ACTOR_TYPES}
_DATED = frozenset({"said", "published", "accessed"})
_NESTED = frozenset({written.POSITIONS, written.OF, written.MARKDOWN})
_RELATIONS = ("denies", "confirms", "answers", "repeats")


class AnnotatedQuotes:
    """The actors and sources of a collection, each once."""

    def __init__(self) -> None:
        self._records: dict[tuple[str, str], Record] = {}

    @property
    def records(self) -> tuple[Record, ...]:
        """The sources and actors."""
        return tuple(sorted(self._records.values(), key=lambda record: record.kind != SOURCE))

    def quote(self, about: Mapping[str, Any], values: Values) -> Record | None:
        """Return the quote of an annotation; None if it has no words, or neither a source nor a day. What cannot be taken is noted."""
        text = about.get(written.TEXT)
        words = [as_written(part) for part in (text if isinstance(text, list) else [text]) if as_text(part)]
        if not words:
            return None
        known_fields = _known_fields(about, {*written.QUOTE_KEYS}, values)
        said, spoken = known_fields.pop("said", ""), known_fields.pop("said_as", "")
        for kind in _RELATIONS:
            if kind in known_fields:
                given = known_fields[kind]
                known_fields[kind] = [
                    Ref(QUOTE, quote_id) for quote_id in map(as_text, given if isinstance(given, list) else [given]) if urls.is_id(quote_id)
                ]
        speakers = [self.actor(record, values) for record in records_in(about.get(written.SPEAKERS))]
        via = [source for record in records_in(about.get(written.SOURCES)) if (source := self.source(record, values))]
        if not (via or said):
            return None  # Then the page that it marks is the source.
        fields = {
            "speaker": [speaker for speaker in speakers if speaker is not None] or Ref("word", "unknown"),
            "text": words if len(words) > 1 else words[0],
            "to": [found for record in records_in(about.get(written.LISTENERS)) if (found := self.listener(record, values))],
            "said": drop_empty({"says": spoken, "is": said}) if spoken else said,
            "via": via,
            "in_body": Ref("yes", "no"),
            **known_fields,
        }
        key = as_text(about.get(written.ID))
        return Record(QUOTE, values.where, values.where, drop_empty(fields), id=key if urls.is_id(key) else "")

    def actor(self, record: Mapping[str, Any], values: Values) -> Ref | None:
        """Return an actor, whose record is kept; None if it has neither a name nor a description."""
        key, name = as_text(record.get(written.ID)), as_written(record.get(written.NAME))
        held = {as_text(entry.get(written.NAME)): entry.get(written.VALUE) for entry in records_in(record.get(written.PROPERTIES))}
        known_fields = _known_fields(record, {*written.ACTOR_KEYS, *written.ACTOR_LISTS}, values, elsewhere=_NESTED)
        if not (name or known_fields.get("described_as")):
            values.add_note(f"an actor without a name was left out: “{key}”")
            return None
        key = key or name
        if listed := known_fields.get("same_as"):
            known_fields["same_as"] = same_as(" ".join(listed), values.add_note)
        kind = known_fields.pop("type", "")
        offices = [self._office(office, values) for office in records_in(held.get(written.POSITIONS))]
        fields = {
            "type": kind,
            "name": name,
            **known_fields,
            "position": [office for office in offices if office.get("role")],
            "of": self._body(held.get(written.OF), values),
        }
        text = held.get(written.MARKDOWN, "")
        body = own_markdown(text) or plain(str(text)).replace("\\\n", "\n\n")
        self._keep(Record(ACTOR, key, values.where, drop_empty(fields), id=key, is_same=urls.is_id(key), body=body))
        return Ref(ACTOR, key)

    def _office(self, said: Mapping[str, Any], values: Values) -> dict[str, Any]:
        office: dict[str, Any] = {"role": as_written(said.get("role")), "of": self._body(said.get(written.OF), values)}
        for key in ("from", "to"):
            given = as_text(said.get(key))
            if dates.is_date(given) or (key == "to" and given == "unknown"):
                office[key] = given
            elif given:
                values.add_note(f"“{key}” of an office was left out, since it is no date: “{given}”")
        return drop_empty(office)

    def _body(self, given: Any, values: Values) -> Ref | str:
        """Return the body of an office, or the publisher of a source: an actor, or words."""
        if isinstance(given, Mapping):
            return self.actor(given, values) or ""
        return as_written(given)

    def _keep(self, record: Record) -> None:
        """Keep a record; of two for one key, the one that says more."""
        before = self._records.get((record.kind, record.key))
        if before is None or (len(record.fields), len(record.body)) > (len(before.fields), len(before.body)):
            self._records[record.kind, record.key] = record

    def listener(self, record: Mapping[str, Any], values: Values) -> Ref | str | None:
        """Return an actor, or a name that is no record, such as that of whom words were said to."""
        return self.actor(record, values) if as_text(record.get(written.ID)) else as_text(record.get(written.NAME))

    def source(self, record: Mapping[str, Any], values: Values) -> Ref | None:
        """Return a source, whose record is kept; None if nothing is said of it."""
        title, url = as_written(record.get(written.NAME)), as_text(record.get(written.URL))
        held = {as_text(entry.get(written.NAME)): entry.get(written.VALUE) for entry in records_in(record.get(written.PROPERTIES))}
        known_fields = _known_fields(record, {*written.SOURCE_KEYS, "authors"}, values, elsewhere={"publisher", written.CITES})
        key = as_text(record.get(written.ID)) or url or title
        fields = {"title": title, "url": url if url.startswith("http") else "", **known_fields}
        fields["publisher"] = self._body(held.get("publisher"), values)
        fields["cites"] = [found for other in records_in(held.get(written.CITES)) if (found := self.source(other, values))]
        fields = drop_empty(fields)
        if not fields:
            values.add_note(f"a source of which nothing is said was left out: “{key}”")
            return None
        self._keep(Record(SOURCE, key, values.where, fields, id=key, is_same=urls.is_id(key)))
        return Ref(SOURCE, key)


def of_annotation(given: Any) -> Mapping[str, Any] | None:
    """Return the quote that an annotation is about, as we write it; None for any other annotation."""
    return given if isinstance(given, Mapping) and given.get("type") == written.TYPE else None


def records_in(given: Any) -> list[Mapping[str, Any]]:
    """Return the mappings of a list, or the one that stands alone."""
    return [item for item in (given if isinstance(given, list) else [given]) if isinstance(item, Mapping)]


def _known_fields(record: Mapping[str, Any], known: set[str], values: Values, elsewhere: Collection[str] = ()) -> dict[str, Any]:
    """Return the properties of a record by the keys of our format; others are noted, but for those that are read `elsewhere`."""
    made: dict[str, Any] = {}
    for entry in records_in(record.get(written.PROPERTIES)):
        key, value = as_text(entry.get(written.NAME)), entry.get(written.VALUE)
        is_word = isinstance(value, str)
        if key in elsewhere:
            continue
        if key in _CLOSED and key in known and value in _CLOSED[key]:
            made[key] = Ref(key, str(value))
        elif key in {"authors", *written.ACTOR_LISTS, *_RELATIONS} & known and isinstance(value, list):
            made[key] = [as_text(part) for part in value if as_text(part)]
        elif key == "translation" and key in known and isinstance(value, Mapping):
            made[key] = {str(name): as_text(part) for name, part in value.items() if re.fullmatch(r"[a-z_]+", str(name)) and as_text(part)}
        elif key in _DATED and not (is_word and dates.is_date(str(value))):
            values.add_note(f"“{key}” was left out, since it is no date: “{as_text(value) or value}”")
        elif is_word and key not in _CLOSED and (key in known or OWN_KEY.fullmatch(key)):
            made[key] = as_written(value)
        else:
            values.add_note(f"“{key}” was left out: “{as_text(value) or value}”")
    return made
