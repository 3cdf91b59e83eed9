"""Entities of Wikidata, as Special:EntityData gives them: names in several languages, offices with their dates."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from builder.importing.html_words import line
from builder.importing.importer_types import ImportInput, ImportNote, ImportOptions, ImportProblem, ImportResult, Ref
from builder.importing.mapping_values import Values, drop_empty, read_json
from builder.importing.people.collected_actors import ActorsOfFile

_OFFICE, _MEMBER, _EMPLOYER, _PARTY = "P39", "P463", "P108", "P102"
_ROLES = {_OFFICE: "", _MEMBER: "member", _EMPLOYER: "employee", _PARTY: "member"}
_BODIES = frozenset(
    f"Q{n}"
    for n in (
        43229,
        4830453,
        783794,
        6881511,
        891723,
        7278,
        327333,
        192350,
        163740,
        484652,
        245065,
        79913,
        157031,
        178706,
        11032,
        1110794,
        192283,
        35749,
        11204,
        3918,
        31855,
    )
)
"""Organizations, businesses, parties, agencies, ministries, foundations, newspapers, parliaments, universities: what is certainly a body."""
_HUMAN, _COUNTRY, _STATE = "Q5", "Q6256", "Q3624078"


def read_wikidata(import_input: ImportInput, _options: ImportOptions) -> ImportResult:
    """Return the entities of a file that are people or have offices; the others only lend their names."""
    whole = read_json(import_input)
    found = whole.get("entities") if isinstance(whole, dict) and "entities" in whole else whole
    listed = list(found.values()) if isinstance(found, dict) and "labels" not in found else found if isinstance(found, list) else [found]
    entities = {
        str(entity.get("id") or entity.get("title")): entity
        for entity in listed
        if isinstance(entity, dict) and isinstance(entity.get("labels"), dict)
    }
    if not entities:
        message = "it has no entities of Wikidata with labels"
        raise ImportProblem(message)
    import_notes = [
        ImportNote(
            f"entity {entity.get('id') or entity.get('title') or n}" if isinstance(entity, dict) else f"entity {n}",
            "it was left out, since it has no labels",
        )
        for n, entity in enumerate(listed, 1)
        if not (isinstance(entity, dict) and isinstance(entity.get("labels"), dict))
    ]
    cast = ActorsOfFile(import_notes)
    names = {key: _label(entity) for key, entity in entities.items()}
    shown = [
        key for key, entity in entities.items() if _kind(_items(entity, "P31")) or any(_claims(entity, name) for name in _ROLES)
    ] or list(entities)
    import_notes += [
        ImportNote(f"entity {key}", f"only its name was taken, since it is no person, body or country: “{names[key]}”")
        for key, entity in entities.items()
        if key not in shown and entity.get("claims")
    ]
    for key in shown:
        _actor(cast, key, entities[key], names, import_notes)
    for key in shown:
        for name, default in _ROLES.items():
            for statement in _claims(entities[key], name):
                _office(cast, key, name, statement, names, default)
    return cast.result()


def _label(entity: Mapping[str, Any]) -> str:
    labels = entity["labels"]
    first: Any = labels.get("en") or labels.get("mul") or next(iter(labels.values()), {})
    return str(first.get("value", "")) if isinstance(first, dict) else ""


def _claims(entity: Mapping[str, Any], name: str) -> list[Any]:
    claims = entity.get("claims")
    found = claims.get(name) if isinstance(claims, dict) else None
    return found if isinstance(found, list) else []


def _value(snak: Any) -> Any:
    value = snak.get("datavalue") if isinstance(snak, dict) else None
    return value.get("value") if isinstance(value, dict) else None


def _items(entity: Mapping[str, Any], name: str) -> list[str]:
    values = [_value(claim.get("mainsnak")) for claim in _claims(entity, name) if isinstance(claim, dict)]
    return [str(value["id"]) for value in values if isinstance(value, dict) and "id" in value]


def _kind(kinds: list[str]) -> str:
    """Return the type of an actor of whom Wikidata says that it is one of these; "" if nothing shows it."""
    return "Person" if _HUMAN in kinds else "Country" if {_COUNTRY, _STATE} & {*kinds} else "Organization" if _BODIES & {*kinds} else ""


def _shown(snak: Any, names: Mapping[str, str]) -> str:
    """Return the value of a statement for a message."""
    value = _value(snak)
    if isinstance(value, dict):
        item = str(value.get("id", ""))
        return (
            names.get(item)
            or item
            or edtf_time(value)
            or str(value.get("text") or value.get("amount") or value.get("time") or msgspec.json.encode(value).decode())
        )
    return str(value) if value is not None else str(snak.get("snaktype", "")) if isinstance(snak, dict) else ""


def edtf_time(value: Any) -> str:
    """Return a time of Wikidata as EDTF, as exactly as it is said to be."""
    found = re.fullmatch(r"([+-])0*(\d{1,16})-(\d\d)-(\d\d)T.*", str(value.get("time", ""))) if isinstance(value, dict) else None
    if found is None:
        return ""
    year = int(found[2])
    # Wikidata counts as historians do: −44 is 44 BCE.
    written = f"{year:04}" if found[1] == "+" else f"-{year - 1:04}" if year > 1 else "0000"
    precision = value.get("precision")
    if precision == 11:
        return f"{written}-{found[3]}-{found[4]}"
    if precision == 10:
        return f"{written}-{found[3]}"
    if precision == 9:
        return written
    if found[1] == "-" or year > 9999:
        return ""
    # The 19th century is “1900” there, or any year of it.
    return {8: f"{written[:-1]}X", 7: f"{(year - 1) // 100:02}XX"}.get(precision, "") if isinstance(precision, int) else ""


def _actor(cast: ActorsOfFile, key: str, entity: Mapping[str, Any], names: Mapping[str, str], import_notes: list[ImportNote]) -> None:
    where = f"entity {key}"
    name = _label(entity)
    labels = [str(label.get("value", "")) for label in entity["labels"].values() if isinstance(label, dict)]
    if not name:
        import_notes.append(ImportNote(where, "it was left out, since it has no label"))
        return
    aliases = [
        str(alias.get("value", ""))
        for listed in (entity.get("aliases") or {}).values()
        if isinstance(listed, list)
        for alias in listed
        if isinstance(alias, dict)
    ]
    kinds = _items(entity, "P31")
    kind = _kind(kinds)
    if not kind:
        why = f"it is none of the kinds that are known here: {', '.join(kinds)}" if kinds else "the file does not say what it is"
        import_notes.append(ImportNote(where, f"it has no type, since {why}"))
    described = (entity.get("descriptions") or {}).get("en", {})
    fields: dict[str, Any] = {
        "type": Ref("type", kind) if kind else "",
        "name": name,
        "alias": [label for label in dict.fromkeys(labels) if label and label != name],
        "weak_alias": [alias for alias in dict.fromkeys(aliases) if alias and alias != name and alias not in labels],
        "same_as": [f"wd:{key}"],
        "x_description": str(described.get("value", "")) if isinstance(described, dict) else "",
    }
    cast.add(key, where, fields)
    left = [name for name in entity.get("claims") or {} if name not in {*_ROLES, "P31"}]
    for name in left:
        said = "; ".join(filter(None, (_shown(claim.get("mainsnak"), names) for claim in _claims(entity, name) if isinstance(claim, dict))))
        import_notes.append(ImportNote(where, f"{name} was left out: “{said[:300]}”"))
    if others := [
        str(description.get("value", ""))
        for language, description in (entity.get("descriptions") or {}).items()
        if language != "en" and isinstance(description, dict)
    ]:
        import_notes.append(ImportNote(where, f"descriptions in other languages were left out: {' · '.join(others)}"[:1000]))
    if links := entity.get("sitelinks"):
        import_notes.append(ImportNote(where, f"links to pages of Wikimedia were left out: {', '.join(links)}"[:1000]))
    rest = Values(
        {name: value for name, value in entity.items() if name not in {"labels", "aliases", "descriptions", "claims", "sitelinks"}},
        where,
        import_notes,
    )
    rest.ignore("id", "type", "title", "pageid", "ns", "lastrevid", "modified")
    rest.note_unused()


_OF = ("P642", "P108", "P1001", "P768")
"""What an office is of: the first that is given."""
_JULIAN = "Q1985786"


def _office(cast: ActorsOfFile, key: str, name: str, statement: Any, names: Mapping[str, str], default: str) -> None:
    value = _value(statement.get("mainsnak")) if isinstance(statement, dict) else None
    item = str(value.get("id", "")) if isinstance(value, dict) else ""
    where = f"entity {key}, {name}"
    if not item or statement.get("rank") == "deprecated":
        cast.import_notes.append(
            ImportNote(
                where,
                f"a statement was left out, since it is deprecated: “{names.get(item) or item}”"
                if item
                else "a statement was left out, since its value is not known",
            )
        )
        return
    qualifiers = statement.get("qualifiers") or {}

    def qualifier(of: str) -> Any:
        found = qualifiers.get(of)
        return _value(found[0]) if isinstance(found, list) and found else None

    def add_note(what: str) -> None:
        cast.import_notes.append(ImportNote(where, what))

    dates = drop_empty({"from": edtf_time(qualifier("P580")), "to": edtf_time(qualifier("P582"))})
    for which in ("P580", "P582"):
        given = qualifier(which)
        if given is not None and not edtf_time(given):
            said = given.get("time", "") if isinstance(given, dict) else given
            add_note(f"{which} was left out, since no date can hold it as exactly: “{line(str(said))}”")
        elif isinstance(given, dict) and str(given.get("calendarmodel", "")).endswith(_JULIAN) and given.get("precision") == 11:
            add_note(f"{which} is a day of the Julian calendar, and stands as it is: “{edtf_time(given)}”")
    ended = qualifiers.get("P582")
    # “No value” says that the office has no end, “some value” that nobody knows it.
    if isinstance(ended, list) and ended and "to" not in dates and not _is_novalue(ended[0]):
        dates["to"] = "unknown"
    of_name = next((property_id for property_id in _OF if qualifier(property_id)), "")
    of = qualifier(of_name) if of_name else None
    body = str(of.get("id", "")) if isinstance(of, dict) else ""
    if not names.get(item):
        cast.import_notes.append(ImportNote(where, f"the file has no name for {item}, so it stands as its number"))
    shown = names.get(item) or item
    if name == _OFFICE:
        cast.office(key, where, shown, body, body_name=names.get(body, body), dates=dates)
    else:
        cast.office(key, where, default, item, body_name=shown, dates=dates)
    left: list[str] = []
    for qualifying, given in qualifiers.items():
        listed = given if isinstance(given, list) else []
        rest = listed[1:] if qualifying in {"P580", "P582", of_name} else listed
        left += [f"{qualifying} “{_shown(value, names)}”" for value in rest]
    if left:
        add_note(f"what else is said of “{shown}” was left out: {', '.join(left)}")


def _is_novalue(snak: Any) -> bool:
    return isinstance(snak, dict) and snak.get("snaktype") == "novalue"
