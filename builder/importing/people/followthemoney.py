"""FollowTheMoney: entities as actors, sources and events; memberships, directorships and employments as offices."""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from builder.formats.annotated_quotes import OWN
from builder.importing import written_dates
from builder.importing.decoding import decode
from builder.importing.html_words import line, plain
from builder.importing.importer_types import (
    ACTOR,
    EVENT,
    SOURCE,
    ImportInput,
    ImportNote,
    ImportOptions,
    ImportProblem,
    ImportResult,
    Record,
    Ref,
)
from builder.importing.mapping_values import Values, display, drop_empty
from builder.importing.people.collected_actors import ActorsOfFile
from builder.importing.people.exported_entities import OwnEntities
from builder.model import FACTS

TYPES = {
    "Person": "Person",
    "Organization": "Organization",
    "Company": "Organization",
    "PublicBody": "PublicBody",
    "LegalEntity": "",
}
"""Schema → type; "" for one that may be a person or a body."""
_THINGS = frozenset({"Airplane", "Vessel"})
_OFFICES = {
    "Membership": ("member", "organization"),
    "Directorship": ("director", "organization"),
    "Employment": ("employee", "employer"),
    "Representation": ("agent", "client"),
    "Ownership": ("owner", "asset"),
    "UnknownLink": ("subject", "object"),
}
"""Links between entities: the holder of an office, and its body."""
_ROLES = {
    "Membership": "",
    "Directorship": "director",
    "Employment": "employee",
    "Representation": "representative",
    "Ownership": "owner",
    "UnknownLink": "",
}
_KIN = {"Associate": ("person", "associate"), "Family": ("person", "relative")}
"""Links between people that are no office."""
_DOCUMENTS = {"Article", "Document", "Pages", "HyperText", "PlainText", "Email", "Message", "Note"}


class _Entity(msgspec.Struct, frozen=True):
    """One entity of the file."""

    key: str
    schema: str
    where: str
    """Its line, in words."""
    values: Values
    """Its properties."""


_METADATA = (
    "properties",
    "caption",
    "referents",
    "datasets",
    "first_seen",
    "last_seen",
    "last_change",
    "target",
    "countries",
    "topics",
    "mutation_id",
    "collection_id",
)
"""Keys of an entity that say nothing of the thing itself, or are read apart."""


def read_followthemoney(import_input: ImportInput, options: ImportOptions) -> ImportResult:
    """Return the records of a file of entities, one a line. Raises `ImportProblem` if it has none."""
    import_notes: list[ImportNote] = []
    own = OwnEntities()
    entities = _entities(import_input, options, own, import_notes)
    if not entities and own.is_empty:
        message = "it has no entities of FollowTheMoney"
        raise ImportProblem(message)
    cast = ActorsOfFile(import_notes)
    posts = {entity.key: entity.values.text("name") for entity in entities if entity.schema == "Position"}
    for entity in entities:
        if entity.schema in TYPES or entity.schema in _THINGS:
            _actor(cast, entity.key, entity.schema, entity.where, entity.values)
    for entity in entities:
        if not own.has_office(entity.where):
            _add(cast, entity, posts)
            entity.values.note_unused()
    made = cast.result()
    explainers = own.articles(made.records)
    return msgspec.structs.replace(made, records=(*own.records, *made.records), articles=explainers, import_notes=tuple(import_notes))


def _entities(import_input: ImportInput, options: ImportOptions, own: OwnEntities, import_notes: list[ImportNote]) -> list[_Entity]:
    """Return the entities of a file, apart from those that our own export has written: `own` takes these."""
    found: list[_Entity] = []
    listed = _lines(decode(import_input.data, options.encoding, import_notes))
    for n, text in enumerate(listed, 1):
        if n % 1000 == 0:
            options.progress(n, len(listed))
        if not text.strip():
            continue
        try:
            entity = msgspec.json.decode(text)
        except (msgspec.DecodeError, RecursionError) as error:
            import_notes.append(ImportNote(f"line {n}", f"it was left out, since it is no JSON: {error}: “{line(text)[:200]}”"))
            continue
        if not isinstance(entity, dict) or not isinstance(entity.get("properties"), dict) or not entity.get("schema"):
            import_notes.append(ImportNote(f"line {n}", f"it was left out, since it is no entity: “{display(entity)}”"))
            continue
        outer = Values(entity, f"line {n}", import_notes)
        if own.takes(outer.any(OWN), entity, f"line {n}", import_notes):
            continue
        key, schema = outer.text("id"), outer.text("schema")
        outer.ignore(*_METADATA)
        outer.note_unused()
        found.append(_Entity(key, schema, f"line {n}", Values(entity["properties"], f"line {n} ({schema})", import_notes)))
    return found


def _add(cast: ActorsOfFile, entity: _Entity, posts: Mapping[str, str]) -> None:
    """Add an entity that is no actor: an office, an event or a source; `posts` has the names of positions."""
    if entity.schema in _OFFICES:
        _office(cast, entity.schema, entity.where, entity.values)
    elif entity.schema == "Occupancy":
        holder, post = entity.values.text("holder"), entity.values.text("post")
        if post and post not in posts:
            entity.values.add_note(f"“post” was left out, since nothing in the file has the id “{post}”")
        _add_office(cast, entity.where, _Office(holder, posts.get(post, "") or entity.values.text("status"), "", _dates(entity.values)))
    elif entity.schema == "Event":
        _event(cast, entity.key, entity.where, entity.values)
    elif entity.schema in _DOCUMENTS:
        _document(cast, entity.key, entity.where, entity.values)
    elif entity.schema in _KIN:
        person, other = (" and ".join(cast.name(key) or key for key in entity.values.texts(name)) for name in _KIN[entity.schema])
        said = entity.values.text("relationship", "role") or entity.schema.lower()
        entity.values.add_note(f"it was left out, since it is no office: {person} – {said} – {other}")
    elif entity.schema not in TYPES and entity.schema not in _THINGS and entity.schema != "Position":
        said = " · ".join(f"{name} “{display(value)}”" for name, value in entity.values.rest())
        entity.values.add_note(f"it was left out, since it is no actor, source, event or office: {said}")


def _lines(text: str) -> list[str]:
    """Return entities as a line each, also from a list of JSON."""
    if text.lstrip().startswith("["):
        try:
            return [msgspec.json.encode(entity).decode() for entity in msgspec.json.decode(text, type=list[Any])]
        except (msgspec.DecodeError, RecursionError):
            pass  # told line by line
    return text.splitlines()


def _actor(cast: ActorsOfFile, key: str, schema: str, where: str, values: Values) -> None:
    names = values.texts("name")
    name = names[0] if names else " ".join(filter(None, (values.text("firstName"), values.text("lastName"))))
    if not name:
        values.add_note("it was left out, since it has no name")
        return
    kind = TYPES.get(schema, "")
    if not kind and schema not in _THINGS:
        values.add_note("it has no type, since a LegalEntity may be a person or a body")
    if schema in _THINGS:
        values.add_note(f"it was left out, since a {schema} is no actor here: “{name}”")
        return
    wikidata: list[str] = []
    for item_id in values.texts("wikidataId"):
        if re.fullmatch(r"Q[1-9]\d*", item_id):
            wikidata.append(f"wd:{item_id}")
        else:
            values.add_note(f"“wikidataId” was left out, since it is no item: “{item_id}”")
    summary = values.lines("description", "summary", "notes")
    fields: dict[str, Any] = {
        "type": Ref("type", kind) if kind else "",
        "name": name,
        "alias": [*names[1:], *values.texts("alias", "weakAlias", "previousName")],
        "same_as": [*wikidata, *values.web_addresses("website", "wikipediaUrl")],
    }
    cast.add(
        key,
        where,
        fields
        | values.own(
            "country",
            "nationality",
            "birthDate",
            "deathDate",
            "incorporationDate",
            "registrationNumber",
            "leiCode",
            "legalForm",
            "status",
            "address",
            "gender",
            "political",
            "sourceUrl",
        ),
        body=plain(summary).replace("\\\n", "\n\n") if summary else "",
    )
    for position in values.texts("position"):
        cast.office(key, where, position, "")


def _dates(values: Values) -> dict[str, str]:
    return drop_empty({"from": values.date("startDate", "date"), "to": values.date("endDate")})


class _Office(NamedTuple):
    holder: str
    role: str
    body: str
    dates: dict[str, str]


def _add_office(cast: ActorsOfFile, where: str, office: _Office, *, is_member: bool = False) -> None:
    """Add an office; one without a role is noted, unless it is a membership."""
    holder, role, body, dates = office
    if role or is_member or not cast.has(holder):
        cast.office(holder, where, role, body, dates=dates)
        return
    said = " · ".join(filter(None, (cast.name(holder), cast.name(body), *(f"{name} “{value}”" for name, value in dates.items()))))
    cast.import_notes.append(ImportNote(where, f"it was left out, since it does not say which office or link it is: {said}"))


def _office(cast: ActorsOfFile, schema: str, where: str, values: Values) -> None:
    holder_name, body_name = _OFFICES[schema]
    holders, bodies = values.texts(holder_name), values.texts(body_name)
    role = values.text("role", "relationship", "status") or _ROLES[schema]
    dates = _dates(values)
    for holder in holders:
        for body in bodies or [""]:
            if body and not cast.has(body):
                values.add_note(f"“{body_name}” was left out, since nobody in the file has the id “{body}”")
            _add_office(cast, where, _Office(holder, role, body, dates), is_member=schema == "Membership")


def _event(cast: ActorsOfFile, key: str, where: str, values: Values) -> None:
    title = values.text("name") or values.text("summary")
    if not title:
        values.add_note("it was left out, since it has no name")
        return
    start, end, day = values.date("startDate"), values.date("endDate"), values.date("date")
    when = day or start
    if start and end and start != end and written_dates.read_date(f"{start}/{end}").edtf:
        when = f"{start}/{end}"
    elif end and not when:
        when = f"../{end}"
    elif end and end != start:
        values.add_note(f"“endDate” was left out, since it does not lie behind the beginning: “{end}”")
    if not when:
        values.add_note("it has no date")
    if day and start and day != start:
        values.add_note(f"“date” was left out, since there is a beginning: “{day}”")
    keywords = values.texts("keywords")
    status = next((keyword for keyword in keywords if keyword in FACTS), "")
    if status == "ongoing" and when == start and start:
        when = f"{start}/.."
    summary = values.lines("summary", "description")
    if status and key.startswith("event-") and (status != "occurred" or "inferred" in keywords):
        # `backstory export` writes the status in words before the text.
        summary = summary.partition(". ")[2]
    involved = values.texts("involved", "organizer")
    for actor_id in involved:
        if not cast.has(actor_id):
            values.add_note(f"“involved” was left out, since nobody in the file has the id “{actor_id}”")
    actors = [actor_id for actor_id in involved if cast.has(actor_id)]
    fields: dict[str, Any] = {
        "title": title,
        "when": when,
        # As `backstory export` writes it.
        "status": Ref("status", status) if status and "inferred" not in keywords else "",
        "actors": [Ref(ACTOR, actor) for actor in actors],
        "place": "; ".join(values.texts("location")),
        "sources": [Ref(SOURCE, source_id) for source_id in values.texts("proof")],
        "text": plain(summary) if summary else "",
    }
    own = {"x_keywords": "; ".join(keyword for keyword in keywords if keyword not in {status, "inferred"})}
    cast.others.append(Record(EVENT, key, where, drop_empty(fields | own | values.own("country", "sourceUrl"))))


def _language(values: Values) -> str:
    text = values.text("language")
    if text and not re.fullmatch(r"[a-z]{2,3}", text):
        values.add_note(f"“language” was left out, since it is no tag of a language: “{text}”")
        return ""
    return text


def _document(cast: ActorsOfFile, key: str, where: str, values: Values) -> None:
    title = values.text("title", "name", "fileName")
    names = [name for name in values.texts("name") if name != title]
    urls = values.web_addresses("sourceUrl", "url")
    fields: dict[str, Any] = {
        "title": title,
        "publisher": values.text("publisher"),
        "authors": values.texts("author"),
        "url": urls[0] if urls else "",
        "published": values.date("publishedAt", "date", "authoredAt"),
        "lang": _language(values),
    }
    summary = values.lines("summary", "description")
    if not {"title", "publisher", "url"} & drop_empty(fields).keys():
        values.add_note("it was left out, since it has neither a title, a publisher nor an address")
        return
    own = {"x_name": "; ".join(names)} if names else {}
    cast.others.append(Record(SOURCE, key, where, drop_empty(fields | own), body=plain(summary).replace("\\\n", "\n\n") if summary else ""))
    for further in urls[1:]:
        values.add_note(f"“url” was left out, since there is another: “{further}”")
