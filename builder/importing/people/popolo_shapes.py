"""The shapes in which Popolo is published: one object with all lists, a list of one class, one person, answers of interfaces, objects within others."""

import re
from collections.abc import Mapping
from typing import Any

from builder.importing.importer_types import ImportInput, ImportNote
from builder.importing.mapping_values import display

_CLASSES = ("persons", "organizations", "memberships", "posts", "events", "areas")
_WRAPPERS = ("result", "results", "items", "objects", "data", "popolo")
_OF_PERSON = frozenset(
    {"given_name", "family_name", "additional_name", "honorific_prefix", "birth_date", "death_date", "gender", "national_identity"}
)
_OF_BODY = frozenset({"classification", "founding_date", "dissolution_date", "parent_id"})
_OF_EITHER = frozenset({"other_names", "contact_details", "identifiers", "memberships", "sort_name"})
_WITHIN = {"person": "persons", "member": "persons", "organization": "organizations", "on_behalf_of": "organizations"}
_WITHIN_TOO = {"post": "posts", "area": "areas"}
_SIGN = re.compile(
    rf'"(?:{"|".join(sorted(_OF_PERSON | _OF_EITHER | {"founding_date", "dissolution_date", "person_id", "on_behalf_of_id"}))})"\s*:'
)
_BODY = re.compile(r'"classification"\s*:\s*"')


def recognises(import_input: ImportInput) -> bool:
    """Return whether a file is Popolo in one of its shapes."""
    if import_input.is_folder or import_input.ending != ".json":
        return False
    head = import_input.data[:200_000].decode("utf-8-sig", "replace")
    if re.search(r'"(?:persons|memberships)"\s*:\s*\[', head):
        return True
    named = re.search(r'"name"\s*:', head) is not None
    is_other = re.search(r'"(?:schema|headline|start_date|date|title|labels)"\s*:', head) and not re.search(r'"person_id"\s*:', head)
    if named and _SIGN.search(head) and not re.search(r'"(?:schema|headline|labels|properties|date|when|event)"\s*:', head):
        return True
    return named and bool(_BODY.search(head)) and not is_other


def as_collection(whole: Any, import_notes: list[ImportNote]) -> dict[str, Any] | None:
    """Return any shape of Popolo as one object with its lists, each object with an id; None if it is none. What is no object is noted."""
    if isinstance(whole, Mapping) and not any(isinstance(whole.get(name), list) for name in ("persons", "organizations")):
        inner = next((whole[name] for name in _WRAPPERS if isinstance(whole.get(name), list | Mapping)), None)
        if inner is not None:
            return as_collection(inner, import_notes)
    made: dict[str, Any] = {}
    if (
        isinstance(whole, Mapping) and any(isinstance(whole.get(name), list) for name in ("persons", "organizations", "posts", "areas"))
    ) or (isinstance(whole, Mapping) and not whole.keys() & (_OF_PERSON | {"name"}) and isinstance(whole.get("memberships"), list)):
        made = dict(whole)
    else:
        for n, part in enumerate(whole if isinstance(whole, list) else [whole], 1):
            if not isinstance(part, Mapping):
                import_notes.append(ImportNote(f"entry {n}", f"it was left out, since it is no object: “{display(part)}”"))
            elif (name := _class_of(part)) == "":
                return None
            else:
                made.setdefault(name, []).append(part)
        if not made:
            return None
    for name in _CLASSES:
        if isinstance(made.get(name), list):
            made[name] = [
                {**member, "id": _key(member, f"{name} {n}")} if isinstance(member, Mapping) else member
                for n, member in enumerate(made[name], 1)
            ]
    _unfold(made)
    return made


def _key(record: Mapping[str, Any], otherwise: str) -> str:
    given = record.get("id")
    return str(given) if isinstance(given, str | int) and str(given) else otherwise


def _class_of(record: Mapping[str, Any]) -> str:
    """Return the list that an object belongs to; "" if it is of no class."""
    if {"person_id", "member_id", "person"} & record.keys() and "name" not in record:
        return "memberships"
    if record.keys() & _OF_PERSON or (record.keys() & _OF_EITHER and not record.keys() & _OF_BODY):
        return "persons"
    if "name" in record and record.keys() & _OF_BODY:
        return "organizations"
    # In a list of persons, some have a name alone.
    return "persons" if "name" in record else ""


def _unfold(made: dict[str, Any]) -> None:
    """Move objects that stand within others to their lists: the memberships of a person, the organization of a membership."""
    links = list(made.get("memberships") or [])
    for name, key in (("persons", "person_id"), ("organizations", "organization_id")):
        for member in made.get(name) or []:
            if isinstance(member, dict) and isinstance(member.get("memberships"), list):
                links += [
                    {key: member["id"], **link} if isinstance(link, Mapping) and not {key, key.removesuffix("_id")} & link.keys() else link
                    for link in member.pop("memberships")
                ]
    known = {
        name: {str(member.get("id")) for member in made.get(name) or [] if isinstance(member, Mapping)}
        for name in {*_WITHIN.values(), *_WITHIN_TOO.values()}
    }
    unfolded: list[Any] = []
    for n, link in enumerate(links, 1):
        if not isinstance(link, Mapping):
            unfolded.append(link)
            continue
        member = dict(link)
        for field, name in (_WITHIN | _WITHIN_TOO).items():
            inner = member.get(field)
            if not isinstance(inner, Mapping):
                continue
            del member[field]
            given = member.get(f"{field}_id")
            key = _key(inner, str(given) if given else f"{name} of {inner.get('name') or inner.get('label') or n}")
            if given is None:
                member[f"{field}_id"] = key
            if key not in known[name]:
                known[name].add(key)
                made[name] = [*(made.get(name) or []), {**inner, "id": key}]
        unfolded.append(member)
    if unfolded:
        # An embedded membership is often told twice: with the person and with the body.
        made["memberships"] = (
            [membership for n, membership in enumerate(unfolded) if membership not in unfolded[:n]] if len(unfolded) < 2000 else unfolded
        )
