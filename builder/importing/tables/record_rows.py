"""Rows of a table as actors, sources or quotes."""

import re
from collections.abc import Callable
from typing import Any

from builder.content.schema import TAGS
from builder.importing import written_dates
from builder.importing.html_words import address, line, with_scheme
from builder.importing.importer_types import (
    ACTOR,
    QUOTE,
    SOURCE,
    ImportInput,
    ImportNote,
    ImportOptions,
    ImportProblem,
    ImportResult,
    Record,
    Ref,
)
from builder.importing.mapping_values import as_written, untyped_note
from builder.importing.tables.column_values import (
    STILL,
    WORDS_FOR_NOTHING,
    ActorsOfTable,
    Columns,
    SourcesOfTable,
    closed_value,
    people,
    split_cell,
)
from builder.importing.value_words import markdown, note_words, same_as, words
from builder.model import ACTOR_TYPES, CERTAINTIES, MEDIUMS, MODES, RULES, UNNAMED

AddNote = Callable[[str], None]


def _note_adder(import_notes: list[ImportNote], where: str) -> AddNote:
    return lambda what: import_notes.append(ImportNote(where, what))


def _date(values: dict[str, str], key: str, columns: Columns, add_note: AddNote) -> str:
    if key not in values:
        return ""
    made = written_dates.read_date(values[key], columns.orders.get(key, ""), columns.language).edtf
    if not made:
        add_note(f"“{key}” was left out, since it is no date that could be read: “{line(values[key])}”")
    return made


def _own(values: dict[str, str]) -> dict[str, str]:
    return {key: as_written(value) for key, value in values.items() if key.startswith("x_")}


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value}


# --- actors ------------------------------------------------


def actors(columns: Columns, import_input: ImportInput, options: ImportOptions, import_notes: list[ImportNote]) -> ImportResult:
    """Return the actors of a table. Rows of one id or one item of Wikidata are one actor, with an office each; rows of one name alone are not."""
    import_notes += columns.unknown()
    made: dict[str, Record] = {}
    by_name: dict[str, str] = {}
    by_id: dict[str, str] = {}
    for where, values in columns.rows(options, import_notes):
        add_note = _note_adder(import_notes, where)
        described = words(values.get("described_as", ""), add_note)
        name = words(values.get("name", ""), add_note) or described
        if not name or name.casefold() in WORDS_FOR_NOTHING:
            if values:
                add_note(f"it was left out, since it has no name: {' · '.join(f'{key} “{line(value)}”' for key, value in values.items())}")
            continue
        fields = _actor(values, name, columns, add_note)
        if described and described == name:
            terms = {key: line(values[key]) for key in ("knows_because", "anonymity_reason", "count") if key in values}
            fields = _unnamed(fields, described) | terms
        said = line(values.get("id", ""))
        # A further row of an id may leave the item of Wikidata out.
        key = by_id.get(said, "") or next(iter(fields.get("same_as", [])), "") or said or where
        if said and not said.isdigit() and key in made and made[key].id not in {"", said}:
            add_note(f"it has the item of Wikidata of {made[key].where}, and another id: these are two actors here")
            key = said
        if said:
            by_id[said] = key
        if key in made:
            _joined(made, key, fields, add_note)
            continue
        if name in by_name:
            add_note(
                f"“{name}” stands in {by_name[name]} too, and these are two actors here. If they are one, give both rows the same id or item of Wikidata"
            )
        by_name.setdefault(name, where)
        body = re.sub(r"(?:\\\n)+", "\n\n", markdown(values.get("text", ""), add_note))
        given_id = line(values.get("id", ""))
        given_id = "" if given_id.isdigit() else given_id
        made[key] = Record(ACTOR, key, where, fields, id=given_id, body=body, is_same=bool(given_id))
    _link_bodies(made)
    options.progress(len(columns.table.rows), len(columns.table.rows))
    if not made:
        message = f"it has no rows with a name in {import_input.name}"
        raise ImportProblem(message)
    bare = (record.fields for record in made.values() if not {"type", "position", "here"} & record.fields.keys())
    import_notes += untyped_note((str(fields.get("name", "")) for fields in bare), "the whole file")
    return ImportResult("", tuple(made.values()), import_notes=tuple(import_notes), mapping=columns.mapping)


def _link_bodies(made: dict[str, Record]) -> None:
    """Let offices lead to actors of the same table where a column of ids says so; others stay words."""
    keys = {record.id: key for key, record in made.items() if record.id}
    for record in made.values():
        for held in (*record.fields.get("position", []), record.fields):
            if given := held.pop("of_id", ""):
                held["of"] = Ref(ACTOR, keys[given]) if given in keys else held.get("of", "")


def _end(values: dict[str, str], columns: Columns, add_note: AddNote) -> str:
    """Return the end of an office; “unknown” if it has ended on an unknown day."""
    return "unknown" if line(values.get("to", "")).casefold() == "unknown" else _date(values, "to", columns, add_note)


def _actor(values: dict[str, str], name: str, columns: Columns, add_note: AddNote) -> dict[str, Any]:
    kind = (
        closed_value(
            "type", values["type"], tuple(actor_type for actor_type in ACTOR_TYPES if actor_type != UNNAMED), add_note, others=True
        )
        if "type" in values and not (values["type"] == UNNAMED and values.get("described_as"))
        else ""
    )
    of, role = line(values.get("of", "")), line(values.get("role", ""))
    if line(values.get("to", "")).casefold() in STILL:  # here it has no end
        values = {key: value for key, value in values.items() if key != "to"}
    held = _filled({"from": _date(values, "from", columns, add_note), "to": _end(values, columns, add_note)})
    position: dict[str, Any] = {}
    if role:
        position = _filled({"role": role, "of": of, "of_id": line(values.get("of_id", "")), **held})
    elif held:
        add_note(
            f"“from” and “to” were left out, since the row has no role: {' – '.join(line(values[key]) for key in ('from', 'to') if key in values)}"
        )
    return _filled(
        {
            "type": Ref("type", kind) if kind else "",
            "name": name,
            "alias": split_cell(values.get("alias", ""), add_note),
            "weak_alias": split_cell(values.get("weak_alias", ""), add_note),
            "position": [position] if position else [],
            "of": of if not role else "",
            "of_id": line(values.get("of_id", "")) if not role else "",
            "same_as": same_as(values["same_as"], add_note, column="Wikidata") if "same_as" in values else [],
            "here": line(values.get("here", "")),
            **_own(values),
        }
    )


def _unnamed(fields: dict[str, Any], described: str) -> dict[str, Any]:
    """Return an actor who has a description and no name."""
    kept = {name: value for name, value in fields.items() if name not in {"name", "type"}}
    return {"type": Ref("type", UNNAMED), "described_as": described, **kept}


def _joined(made: dict[str, Record], key: str, fields: dict[str, Any], add_note: AddNote) -> None:
    """Add the office of a further row to an actor. Contradictions between the rows are noted."""
    there = made[key].fields
    offices = [*there.get("position", []), *(field for field in fields.get("position", []) if field not in there.get("position", []))]
    for name, value in fields.items():
        if name == "name" and value != there.get("name"):
            there["alias"] = [*there.get("alias", []), *([value] if value not in there.get("alias", []) else [])]
        elif name not in {"position", "name"} and name in there and there[name] != value:
            add_note(
                f"“{name}” was left out, since {made[key].where} has another for the same actor: “{value.key if isinstance(value, Ref) else value}”"
            )
        elif name not in there:
            there[name] = value
    if offices:
        there["position"] = offices


# --- sources ------------------------------------------------


def sources(columns: Columns, import_input: ImportInput, options: ImportOptions, import_notes: list[ImportNote]) -> ImportResult:
    """Return the sources of a table."""
    import_notes += columns.unknown()
    made: list[Record] = []
    for where, values in columns.rows(options, import_notes):
        add_note = _note_adder(import_notes, where)
        fields = _source(values, columns, add_note)
        if not {"title", "publisher", "url"} & fields.keys():
            if values:
                add_note(
                    f"it was left out, since it has neither a title, a publisher nor an address: {' · '.join(f'{key} “{line(value)}”' for key, value in values.items())}"
                )
            continue
        given_id = line(values.get("id", ""))
        made.append(Record(SOURCE, where, where, fields, id="" if given_id.isdigit() else given_id))
    options.progress(len(columns.table.rows), len(columns.table.rows))
    if not made:
        message = f"it has no rows with a source in {import_input.name}"
        raise ImportProblem(message)
    return ImportResult("", tuple(made), import_notes=tuple(import_notes), mapping=columns.mapping)


def web(values: dict[str, str], key: str, add_note: AddNote) -> str:
    """Return a web address; anything else is noted."""
    to = address(with_scheme(values.get(key, ""), key, add_note))
    if values.get(key) and not to.startswith("http"):
        add_note(f"“{key}” was left out, since it is no address of the web: “{line(values[key])}”")
    return to if to.startswith("http") else ""


def language(text: str, add_note: AddNote) -> str:
    """Return a language tag; anything else is noted."""
    made = TAGS.get(text.strip().casefold(), text.strip().replace("_", "-"))
    if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", made):
        return made
    if text.strip():
        add_note(f"“lang” was left out, since it is no tag of a language such as en or pt-BR: “{line(text)}”")
    return ""


def _source(values: dict[str, str], columns: Columns, add_note: AddNote) -> dict[str, Any]:
    return _filled(
        {
            "title": words(values.get("title", ""), add_note),
            "publisher": words(values.get("publisher", ""), add_note),
            "authors": people(values.get("authors", ""), add_note),
            "url": web(values, "url", add_note),
            "archived": web(values, "archived", add_note),
            "published": _date(values, "published", columns, add_note),
            "accessed": _date(values, "accessed", columns, add_note),
            "lang": language(values.get("lang", ""), add_note),
            "note": note_words(values.get("note", ""), add_note),
            **_own(values),
        }
    )


# --- quotes ------------------------------------------------


def quotes(columns: Columns, import_input: ImportInput, options: ImportOptions, import_notes: list[ImportNote]) -> ImportResult:
    """Return the quotes of a table, with their speakers and sources. None of them stands in a text yet."""
    import_notes += columns.unknown()
    named = SourcesOfTable(import_input, options)
    speakers = ActorsOfTable()
    made: list[Record] = []
    for where, values in columns.rows(options, import_notes):
        add_note = _note_adder(import_notes, where)
        text = line(values.get("text", ""))
        is_unknown = line(values.get("speaker", "")).casefold() in WORDS_FOR_NOTHING
        names = people(values.get("speaker", ""), add_note, values.get("speaker_ids", "")) if not is_unknown else []
        if not text or not (names or is_unknown):
            if values:
                missing = "its words are missing" if not text else "nobody is named as its speaker"
                add_note(f"it was left out, since {missing}: {' · '.join(f'{key} “{line(value)}”' for key, value in values.items())}")
            continue
        via = named.of(values.get("via", ""), values.get("url", ""), where, add_note, values.get("source_ids", ""))
        if not via:
            via = [named.own()]
            add_note("it has no source, so this file is named as one")
        medium = closed_value("medium", values["medium"], MEDIUMS, add_note, others=True) if "medium" in values else ""
        mode = closed_value("mode", values["mode"], MODES, add_note, others=True) if "mode" in values else ""
        rules = closed_value("rules", values["rules"], RULES, add_note, others=True) if "rules" in values else ""
        cert = closed_value("cert", values["cert"], CERTAINTIES, add_note, others=True) if "cert" in values else ""
        fields = _filled(
            {
                "speaker": speakers.of(names, values.get("speaker_ids", ""), "speaker_ids", where, add_note) or Ref("word", "unknown"),
                "text": text,
                "to": line(values.get("to", "")),
                "said": _date(values, "said", columns, add_note),
                "mode": Ref("mode", mode) if mode else "",
                "rules": Ref("rules", rules) if rules else "",
                "medium": Ref("medium", medium) if medium else "",
                "via": via,
                "lang": language(values.get("lang", ""), add_note),
                "in_body": Ref("yes", "no"),
                "cert": Ref("cert", cert) if cert else "",
                "resp": line(values.get("resp", "")),
                "note": note_words(values.get("note", ""), add_note),
                **_own(values),
            }
        )
        given_id = line(values.get("id", ""))
        made.append(Record(QUOTE, where, where, fields, id="" if given_id.isdigit() else given_id))
    options.progress(len(columns.table.rows), len(columns.table.rows))
    if not made:
        message = f"it has no rows with words and their speaker in {import_input.name}"
        raise ImportProblem(message)
    import_notes += speakers.import_notes
    return ImportResult("", (*named.records, *speakers.records, *made), import_notes=tuple(import_notes), mapping=columns.mapping)
