"""The same id in several files is one record: their fields are joined, and fields that disagree are told with both places.

A shared file is authoritative; a field that it leaves out may be given by an explainer.
"""

from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

import msgspec

from builder import dates
from builder.diagnostics import Diagnostic
from builder.model import Actor, Event, Source, Status, When

Joined = TypeVar("Joined", Actor, Event, Source)

_UNIONS = frozenset({"alias", "weak_alias", "same_as", "cites", "by", "actors", "sources"})
"""Lists whose entries add up."""

_OWN = frozenset({"id", "here", "status", "history"})
"""Fields that belong to one explainer, or that are joined in their own way."""

_FIELD = {"position": "positions", "place": "where", "text": "summary"}
"""The model's name for a key, where the two differ."""


def join(found: Sequence[Joined], kind: str) -> tuple[Joined, list[Diagnostic]]:
    """Join the records of one id; `found` has the shared one first, then those of explainers in the order of their files."""
    if len(found) == 1:
        only = found[0]
        return (msgspec.structs.replace(only, here="") if getattr(only, "here", "") else only), []
    problems: list[Diagnostic] = []
    values: dict[str, Any] = {}
    given: dict[str, Joined] = {}
    for record in found:
        for key in record.given:
            if key in _OWN:
                continue
            field: str = _FIELD.get(key, key)
            value: Any = getattr(record, field)
            first = given.get(key)
            if key in _UNIONS:
                values[field] = tuple(dict.fromkeys((*values.get(field, ()), *value)))
            elif first is None:
                given[key] = record
                values[field] = value
            elif _plain(getattr(first, field)) != _plain(value):
                problems.append(_disagreement(kind, key, first, record))
    base = found[0]
    extra = tuple(dict(pair for record in reversed(found) for pair in record.extra).items())
    values["given"] = tuple(sorted({key for record in found for key in record.given}))
    values["extra"] = tuple(sorted(extra))
    if isinstance(base, Actor):
        values["here"] = ""
    if isinstance(base, Event):
        values["history"] = tuple(dict.fromkeys(step for record in found for step in getattr(record, "history", ())))
    return msgspec.structs.replace(base, **values), problems


def _plain(value: Any) -> Any:
    """Return what counts when two fields are compared: the values, not their places."""
    if isinstance(value, When):
        return (
            value.date.edtf if value.date is not None else "",
            value.relative.says if value.relative is not None and value.date is None else "",
        )
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in value)
    if isinstance(value, msgspec.Struct):
        return tuple(_plain(getattr(value, name)) for name in value.__struct_fields__ if name != "place")
    return value


def _disagreement(kind: str, key: str, first: Actor | Event | Source, second: Actor | Event | Source) -> Diagnostic:
    return Diagnostic(
        "records-disagree",
        f"The {kind} “{second.id}” has another “{key}” here than in {first.place.path}.",
        second.place,
        help="Make the two agree, or leave the key out here: one place is enough."
        + (f" What {first.place.path} says counts." if first.shared else ""),
        also=(first.place,),
    )


def statuses(found: Iterable[tuple[Event, When]]) -> tuple[str, bool, tuple[Status, ...], list[Diagnostic]]:
    """Return an event's present status, whether nobody wrote one, the earlier ones as steps of its history, and disagreements.

    Each of `found` is the event as one file has it, with the date that this file tells the state of (`as_of`). A shared file counts most, then
    the file that tells the latest state; those that tell an earlier one become history. Two that tell the same date must agree.
    """
    told = sorted(
        ((event, as_of) for event, as_of in found if event.status),
        key=lambda pair: (pair[0].shared, pair[1].date is not None, *dates.sort_key(pair[1].date)),
    )
    if not told:
        return "", True, (), []
    latest, until = told[-1]
    steps: list[Status] = []
    problems: list[Diagnostic] = []
    for event, as_of in told[:-1]:
        if event.status == latest.status:
            continue
        if as_of.date is None or (until.date is not None and as_of.date.edtf == until.date.edtf):
            problems.append(_disagreement("event", "status", latest, event))
        else:
            steps.append(Status(event.status, as_of, "", event.place))
    return latest.status, False, tuple(steps), problems
