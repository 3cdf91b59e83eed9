"""Rows of a table as actors, sources or quotes."""

import re
from collections.abc import Callable
from typing import Any

from builder.content.schema import TAGS
from builder.importing import dating
from builder.importing.shapes import ACTOR, QUOTE, SOURCE, Given, ImportProblem, Made, Record, Ref, Told, Wishes
from builder.importing.tables.fields import NOTHING, Columns, Sources, one_of, people, same_as, split, words
from builder.importing.words import address, line, plain
from builder.model import ACTOR_TYPES, MEDIUMS, MODES, UNNAMED

Tell = Callable[[str], None]


def _teller(told: list[Told], where: str) -> Tell:
    return lambda what: told.append(Told(where, what))


def _date(values: dict[str, str], key: str, found: Columns, tell: Tell) -> str:
    if key not in values:
        return ""
    made = dating.read(values[key], found.orders.get(key, ""), found.language).edtf
    if not made:
        tell(f"“{key}” was left out, since it is no date that could be read: “{line(values[key])}”")
    return made


def _own(values: dict[str, str]) -> dict[str, str]:
    return {key: line(value) for key, value in values.items() if key.startswith("x_")}


def _filled(fields: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in fields.items() if value}


# --- actors ------------------------------------------------


def actors(found: Columns, given: Given, wishes: Wishes, told: list[Told]) -> Made:
    """Return the actors of a table. Rows of one id or one item of Wikidata are one actor, with an office each; rows of one name alone are not."""
    told += found.unknown()
    made: dict[str, Record] = {}
    by_name: dict[str, str] = {}
    for n, row in enumerate(found.table.rows):
        if n % 500 == 0:
            wishes.progress(n, len(found.table.rows))
        where = found.table.place(row)
        tell = _teller(told, where)
        values = found.values(row, told)
        described = words(values.get("described_as", ""), tell)
        name = words(values.get("name", ""), tell) or described
        if not name or name.casefold() in NOTHING:
            if values:
                tell(f"it was left out, since it has no name: {' · '.join(f'{key} “{line(value)}”' for key, value in values.items())}")
            continue
        fields = _actor(values, name, found, tell)
        if described and described == name:
            fields = _unnamed(fields, described)
        key = next(iter(fields.get("same_as", [])), "") or line(values.get("id", "")) or where
        if key in made:
            _joined(made, key, fields, tell)
            continue
        if name in by_name:
            tell(
                f"“{name}” stands in {by_name[name]} too, and these are two actors here. If they are one, give both rows the same id or item of Wikidata"
            )
        by_name.setdefault(name, where)
        body = plain(values.get("text", "")).replace("\\\n", "\n\n") if values.get("text") else ""
        given_id = line(values.get("id", ""))
        made[key] = Record(ACTOR, key, where, fields, id="" if given_id.isdigit() else given_id, body=body)
    wishes.progress(len(found.table.rows), len(found.table.rows))
    if not made:
        message = f"it has no rows with a name in {given.name}"
        raise ImportProblem(message)
    return Made("", tuple(made.values()), told=tuple(told), mapping=found.mapping)


_STILL = frozenset(
    {"present", "now", "today", "current", "ongoing", "to date", "heute", "aujourd’hui", "aujourd'hui", "actualidad", "oggi", "heden"}
)
"""What people write for the end of an office that is held still: here it has no end."""


def _actor(values: dict[str, str], name: str, found: Columns, tell: Tell) -> dict[str, Any]:
    kind = (
        one_of("type", values["type"], tuple(one for one in ACTOR_TYPES if one != UNNAMED), tell, others=True)
        if "type" in values and not (values["type"] == UNNAMED and values.get("described_as"))
        else ""
    )
    of, role = line(values.get("of", "")), line(values.get("role", ""))
    if line(values.get("to", "")).casefold() in _STILL:
        values = {key: value for key, value in values.items() if key != "to"}
    held = _filled({"from": _date(values, "from", found, tell), "to": _date(values, "to", found, tell)})
    position: dict[str, Any] = {}
    if role:
        position = _filled({"role": role, "of": of, **held})
    elif held:
        tell(
            f"“from” and “to” were left out, since the row has no role: {' – '.join(line(values[key]) for key in ('from', 'to') if key in values)}"
        )
    return _filled(
        {
            "type": Ref("type", kind) if kind else "",
            "name": name,
            "alias": split(values.get("alias", ""), tell),
            "position": [position] if position else [],
            "of": of if not role else "",
            "same_as": same_as(values["same_as"], tell, column="Wikidata") if "same_as" in values else [],
            "here": line(values.get("here", "")),
            **_own(values),
        }
    )


def _unnamed(fields: dict[str, Any], described: str) -> dict[str, Any]:
    """Return an actor who has a description and no name."""
    kept = {name: value for name, value in fields.items() if name not in {"name", "type"}}
    return {"type": Ref("type", UNNAMED), "described_as": described, **kept}


def _joined(made: dict[str, Record], key: str, fields: dict[str, Any], tell: Tell) -> None:
    """Add the office of one more row to an actor. What the rows say differently is told."""
    there = made[key].fields
    offices = [*there.get("position", []), *(one for one in fields.get("position", []) if one not in there.get("position", []))]
    for name, value in fields.items():
        if name == "name" and value != there.get("name"):
            there["alias"] = [*there.get("alias", []), *([value] if value not in there.get("alias", []) else [])]
        elif name not in {"position", "name"} and name in there and there[name] != value:
            tell(
                f"“{name}” was left out, since {made[key].where} has another for the same actor: “{value.key if isinstance(value, Ref) else value}”"
            )
        elif name not in there:
            there[name] = value
    if offices:
        there["position"] = offices


# --- sources ------------------------------------------------


def sources(found: Columns, given: Given, wishes: Wishes, told: list[Told]) -> Made:
    """Return the sources of a table."""
    told += found.unknown()
    made: list[Record] = []
    for n, row in enumerate(found.table.rows):
        if n % 500 == 0:
            wishes.progress(n, len(found.table.rows))
        where = found.table.place(row)
        tell = _teller(told, where)
        values = found.values(row, told)
        fields = _source(values, found, tell)
        if not {"title", "publisher", "url"} & fields.keys():
            if values:
                tell(
                    f"it was left out, since it has neither a title, a publisher nor an address: {' · '.join(f'{key} “{line(value)}”' for key, value in values.items())}"
                )
            continue
        given_id = line(values.get("id", ""))
        made.append(Record(SOURCE, where, where, fields, id="" if given_id.isdigit() else given_id))
    if not made:
        message = f"it has no rows with a source in {given.name}"
        raise ImportProblem(message)
    return Made("", tuple(made), told=tuple(told), mapping=found.mapping)


def web(values: dict[str, str], key: str, tell: Tell) -> str:
    """Return an address of the web; all else is told."""
    to = address(values.get(key, ""))
    if values.get(key) and not to.startswith("http"):
        tell(f"“{key}” was left out, since it is no address of the web: “{line(values[key])}”")
    return to if to.startswith("http") else ""


def language(text: str, tell: Tell) -> str:
    """Return the tag of a language; what is none is told."""
    made = TAGS.get(text.strip().casefold(), text.strip().replace("_", "-"))
    if re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", made):
        return made
    if text.strip():
        tell(f"“lang” was left out, since it is no tag of a language such as en or pt-BR: “{line(text)}”")
    return ""


def _source(values: dict[str, str], found: Columns, tell: Tell) -> dict[str, Any]:
    return _filled(
        {
            "title": words(values.get("title", ""), tell),
            "publisher": words(values.get("publisher", ""), tell),
            "authors": people(values.get("authors", ""), tell),
            "url": web(values, "url", tell),
            "archived": web(values, "archived", tell),
            "published": _date(values, "published", found, tell),
            "accessed": _date(values, "accessed", found, tell),
            "lang": language(values.get("lang", ""), tell),
            "note": words(values.get("note", ""), tell),
            **_own(values),
        }
    )


# --- quotes ------------------------------------------------


def quotes(found: Columns, given: Given, wishes: Wishes, told: list[Told]) -> Made:
    """Return the quotes of a table, with their speakers and sources. None of them stands in a text yet."""
    told += found.unknown()
    named = Sources(given, wishes)
    speakers: dict[str, Record] = {}
    made: list[Record] = []
    for row in found.table.rows:
        where = found.table.place(row)
        tell = _teller(told, where)
        values = found.values(row, told)
        text = line(values.get("text", ""))
        is_unknown = line(values.get("speaker", "")).casefold() in NOTHING
        names = people(values.get("speaker", ""), tell) if not is_unknown else []
        if not text or not (names or is_unknown):
            if values:
                missing = "its words are missing" if not text else "nobody is named as its speaker"
                tell(f"it was left out, since {missing}: {' · '.join(f'{key} “{line(value)}”' for key, value in values.items())}")
            continue
        for name in names:
            speakers.setdefault(name, Record(ACTOR, name, where, {"name": name}))
        via = named.of(values.get("via", ""), values.get("url", ""), where, tell)
        if not via:
            via = [named.own()]
            tell("it has no source, so this file is named as one")
        medium = one_of("medium", values["medium"], MEDIUMS, tell, others=True) if "medium" in values else ""
        mode = one_of("mode", values["mode"], MODES, tell, others=True) if "mode" in values else ""
        fields = _filled(
            {
                "speaker": [Ref(ACTOR, name) for name in names] or Ref("word", "unknown"),
                "text": text,
                "to": line(values.get("to", "")),
                "said": _date(values, "said", found, tell),
                "mode": Ref("mode", mode) if mode else "",
                "medium": Ref("medium", medium) if medium else "",
                "via": via,
                "lang": language(values.get("lang", ""), tell),
                "in_body": Ref("yes", "no"),
                "note": words(values.get("note", ""), tell),
                **_own(values),
            }
        )
        given_id = line(values.get("id", ""))
        made.append(Record(QUOTE, where, where, fields, id="" if given_id.isdigit() else given_id))
    if not made:
        message = f"it has no rows with words and their speaker in {given.name}"
        raise ImportProblem(message)
    return Made("", (*named.records, *speakers.values(), *made), told=tuple(told), mapping=found.mapping)
