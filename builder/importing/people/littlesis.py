"""LittleSis: entities as actors, positions and memberships among their relationships as offices."""

from typing import Any

from builder.importing import written_dates
from builder.importing.html_words import plain
from builder.importing.importer_types import ImportInput, ImportNote, ImportOptions, ImportProblem, ImportResult, Ref
from builder.importing.mapping_values import Values, display, drop_empty, read_json
from builder.importing.people.collected_actors import ActorsOfFile

_OFFICES = {1: "", 3: "member"}
"""The categories of relationships that are an office of the first entity in the second: position and membership."""


def read_littlesis(import_input: ImportInput, _options: ImportOptions) -> ImportResult:
    """Return the actors of an answer of LittleSis's interface, or of its bulk file."""
    whole = read_json(import_input)
    import_notes: list[ImportNote] = []
    cast = ActorsOfFile(import_notes)
    if isinstance(whole, dict) and whole.get("meta"):
        import_notes.append(ImportNote("the whole file", f"“meta” was left out: “{display(whole['meta'])}”"))
    listed: list[Any] = []
    parts = (
        whole
        if isinstance(whole, list)
        else [*_listed(whole.get("data")), *_listed(whole.get("included"))]
        if isinstance(whole, dict)
        else []
    )
    listed += parts
    found = [(n, entity) for n, entity in enumerate(listed, 1) if isinstance(entity, dict) and isinstance(entity.get("attributes"), dict)]
    if not found:
        message = "it has no entities or relationships of LittleSis"
        raise ImportProblem(message)
    for n, record in found:
        if "relationship" not in str(record.get("type", "")):
            _actor(cast, record, Values(record["attributes"], f"entry {n}", import_notes))
    for n, record in found:
        if "relationship" in str(record.get("type", "")):
            _relation(cast, Values(record["attributes"], f"entry {n}", import_notes))
    return cast.result()


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


def _actor(cast: ActorsOfFile, record: dict[str, Any], values: Values) -> None:
    key, name = values.text("id") or str(record.get("id", "")), values.text("name")
    if not name:
        values.add_note("it was left out, since it has no name")
        values.note_unused()
        return
    links = record.get("links")
    page = links.get("self") if isinstance(links, dict) else ""
    types = values.texts("types")
    kind = "Person" if values.text("primary_ext") == "Person" or "Person" in types else "Organization"
    blurb, summary = values.text("blurb"), values.lines("summary")
    fields: dict[str, Any] = {
        "type": Ref("type", kind),
        "name": name,
        "alias": [alias for alias in values.texts("aliases") if alias != name],
        "same_as": [*([page] if isinstance(page, str) and page.startswith("http") else []), *values.web_addresses("website")],
        **({"x_blurb": blurb} if blurb else {}),
        "x_types": "; ".join(kind for kind in types if kind not in {"Person", "Organization"}),
        # Written as databases do: 1970-00-00.
        **{f"x_{name}": written_dates.read_date(text).edtf or text for name in ("start_date", "end_date") if (text := values.text(name))},
    }
    cast.add(key, values.where, fields, body=plain(summary).replace("\\\n", "\n\n") if summary else "")
    values.ignore("updated_at")
    values.note_unused()


def _relation(cast: ActorsOfFile, values: Values) -> None:
    category = values.any("category_id")
    holder, body = values.text("entity1_id"), values.text("entity2_id")
    role, further = values.text("description1"), values.text("description2")
    if category in _OFFICES and body:
        ended = values.any("is_current") is False
        dates = drop_empty({"from": values.date("start_date"), "to": values.date("end_date")})
        if ended and "to" not in dates:
            dates["to"] = "unknown"
        cast.office(holder, values.where, role or _OFFICES[category], body, dates=dates)
    else:
        said = values.text("description")
        if role and role.casefold() not in said.casefold():
            said = f"{role}: {said}" if said else role
        values.add_note(
            f"it was left out, since it is no office: {cast.name(holder) or holder} – {said or category} – {cast.name(body) or body}"
        )
    if further and further != role:
        values.add_note(f"“description2” was left out: “{further}”")
    values.ignore("id", "updated_at", "is_current", "description", "category_attributes")
    values.note_unused()
