"""Popolo: people, organizations and posts, with memberships as offices."""

import re
from typing import Any

from builder import dates
from builder.importing.html_words import line, plain
from builder.importing.importer_types import EVENT, ImportInput, ImportNote, ImportOptions, ImportProblem, ImportResult, Record, Ref
from builder.importing.mapping_values import Values, drop_empty, read_json
from builder.importing.people import popolo_shapes
from builder.importing.people.collected_actors import ActorsOfFile

_BODIES = {
    "legislature": "PublicBody",
    "executive": "PublicBody",
    "chamber": "PublicBody",
    "committee": "PublicBody",
    "government": "PublicBody",
    "ministry": "PublicBody",
    "party": "Organization",
}


def read_popolo(import_input: ImportInput, _options: ImportOptions) -> ImportResult:
    """Return the actors of a file of Popolo, and its events but for the terms of parliaments."""
    import_notes: list[ImportNote] = []
    whole = popolo_shapes.as_collection(read_json(import_input), import_notes)
    if whole is None:
        message = "it is no Popolo, which has “persons”, “organizations” and “memberships”"
        raise ImportProblem(message)
    cast = ActorsOfFile(import_notes)
    top = Values(whole, "the whole file", import_notes)
    people, bodies, links = top.records("persons"), top.records("organizations"), top.records("memberships")
    posts = {str(record.get("id", "")): Values(record, f"post {n}", import_notes) for n, record in enumerate(top.records("posts"), 1)}
    for n, record in enumerate(bodies, 1):
        _actor(cast, Values(record, f"organization {n}", import_notes), import_notes, is_person=False)
    for n, record in enumerate(people, 1):
        _actor(cast, Values(record, f"person {n}", import_notes), import_notes, is_person=True)
    labels = {key: (post.text("label", "role"), post.text("organization_id")) for key, post in posts.items()}
    areas = {str(record.get("id")): str(record.get("name", "")) for record in top.records("areas")}
    events = top.records("events")
    terms = {str(event.get("id")): event for event in events if event.get("classification") == "legislative period"}
    used: set[str] = set()
    for n, record in enumerate(links, 1):
        values = Values(record, f"membership {n}", import_notes)
        post_id, area_id = values.text("post_id"), values.text("area_id")
        used |= {post_id, area_id}
        label, body = labels.get(post_id, ("", ""))
        role, behalf = values.text("role", "label"), values.text("on_behalf_of_id")
        holder, of = values.text("person_id", "member_id"), values.text("organization_id") or body
        dates = drop_empty({"from": values.date("start_date"), "to": values.date("end_date")})
        if not dates and (term := terms.get(str(record.get("legislative_period_id", "")))) is not None:
            values.ignore("legislative_period_id")
            of_term = Values(term, values.where, import_notes)
            dates = drop_empty({"from": of_term.date("start_date"), "to": of_term.date("end_date")})
            if dates:
                values.add_note(f"it has no dates, so those of “{line(str(term.get('name', '') or term.get('id')))}” stand for them")
        for body_id in (of, behalf):
            if body_id and not cast.has(body_id):
                values.add_note(f"its organization was left out, since nothing in the file has the id “{body_id}”")
        if label and role and label != role:
            values.add_note(f"“role” was left out, since its post has a name: “{role}”")
        if post_id and post_id not in posts:
            values.add_note(f"“post_id” was left out, since nothing in the file has the id “{post_id}”")
        cast.office(holder, values.where, label or role, of, dates=dates)
        if behalf:
            cast.office(holder, values.where, "member", behalf, dates=dates)
        area = areas.get(area_id, "")
        if area:
            values.add_note(f"the area was left out: “{area}”")
        values.ignore("id")
        values.note_unused()
    for n, record in enumerate(events, 1):
        _event(cast, Values(record, f"event {n}", import_notes))
    import_notes += [
        ImportNote("the whole file", f"the area “{name or key}” was left out, since nobody holds an office there")
        for key, name in areas.items()
        if key not in used
    ]
    for key, post in posts.items():
        if key not in used:
            post.add_note(f"it was left out, since nobody holds it: “{labels[key][0] or key}”")
        post.ignore("id")
        post.note_unused()
    top.ignore("meta")
    top.note_unused()
    return cast.result()


def _event(cast: ActorsOfFile, values: Values) -> None:
    title, start, end = values.text("name", "label"), values.date("start_date"), values.date("end_date")
    key = values.text("id")
    if values.text("classification") == "legislative period" or not title:
        values.add_note(f"it was left out, since it is a term or has no name: “{title or key}” {start}/{end}")
    else:
        when = f"{start}/{end}" if start and end and start != end else start
        if when and not dates.is_date(when):
            values.add_note(f"“end_date” was left out, since it does not lie behind the beginning: “{end}”")
            when = start
        cast.others.append(
            Record(
                EVENT,
                key or values.where,
                values.where,
                drop_empty({"title": title, "when": when, "place": values.text("location"), "text": plain(values.lines("description"))}),
            )
        )
    values.ignore("organization_id", "wikidata")
    values.note_unused()


def _actor(cast: ActorsOfFile, values: Values, import_notes: list[ImportNote], *, is_person: bool) -> None:
    parts = [values.text(part) for part in ("given_name", "family_name", "sort_name")]
    key, name = values.text("id"), values.text("name") or " ".join(filter(None, parts[:2]))
    if not name:
        values.add_note(f"it was left out, since it has no name: “{key}”")
        values.note_unused()
        return
    same: list[str] = []
    own: dict[str, str] = {}
    for record in values.records("identifiers"):
        scheme, identifier = str(record.get("scheme", "")), str(record.get("identifier", ""))
        if scheme == "wikidata" and re.fullmatch(r"Q\d+", identifier):
            same.append(f"wd:{identifier}")
        elif scheme and identifier:
            own[f"x_{re.sub(r'[^a-z0-9]+', '_', scheme.lower()).strip('_') or 'id'}"] = identifier
        else:
            values.add_note(f"an identifier without a scheme was left out: “{identifier or scheme}”")
    for part, given in zip(("given_name", "family_name", "sort_name"), parts, strict=True):
        if given and not set(re.findall(r"\w+", given)) <= set(re.findall(r"\w+", name)):
            own[f"x_{part}"] = given
    for record in values.records("links"):
        link = Values(record, values.where, import_notes)
        same += link.web_addresses("url")
        link.note_unused()
    aliases: list[str] = []
    for record in values.records("other_names"):
        other = Values(record, values.where, import_notes)
        if alias := other.text("name"):
            aliases.append(alias)
        other.note_unused()
    for record in values.records("sources"):
        values.add_note(f"a source was left out: “{' · '.join(str(record[name]) for name in ('url', 'note') if record.get(name))}”")
    sort = "" if is_person else values.text("classification", "type")
    if sort and sort.casefold() not in _BODIES:
        own["x_classification"] = sort
    kind = "Person" if is_person else _BODIES.get(sort.casefold(), "Organization")
    biography = values.lines("biography", "description", "summary")
    fields: dict[str, Any] = {
        "type": Ref("type", kind),
        "name": name,
        "alias": [alias for alias in dict.fromkeys([*aliases, *values.texts("alternate_names")]) if alias != name],
        "same_as": same,
        **own,
        **values.own("birth_date", "death_date", "gender", "founding_date", "dissolution_date", "image", "summary", "national_identity"),
    }
    parent = values.text("parent_id")
    cast.add(key, values.where, fields, body=plain(biography).replace("\\\n", "\n\n") if biography else "")
    if parent:
        values.add_note(f"the body above it was left out: “{cast.name(parent) or parent}”")
    if email := values.text("email"):
        values.add_note(f"“email” was left out: “{email}”")
    values.note_unused()
