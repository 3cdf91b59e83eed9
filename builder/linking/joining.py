"""The same id in several files is one record: their fields are joined, and fields that disagree are told with both places.

A shared file is authoritative; a field that it leaves out may be given by an explainer.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

from builder import dates
from builder.diagnostics import Diagnostic
from builder.linking import defaults
from builder.model import Actor, Event, Source, Status, When

Joined = TypeVar("Joined", Actor, Event, Source)

_UNIONS = frozenset({"alias", "weak_alias", "same_as", "cites", "actors", "sources", "former_ids"})
"""Lists whose entries add up."""

_OWN = frozenset({"id", "here", "status", "by", "history"})
"""Fields that belong to one explainer, or that are joined in their own way."""

_FIRMNESS = {"planned": 0, "expected": 0, "conditional": 0, "alleged": 0, "ongoing": 1, "postponed": 1, "disputed": 1}
"""What may come before what: a plan before what became of it. All else is an end, at 2."""

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
    values["as_words"] = tuple(sorted({words for record in found for words in record.as_words}))
    if isinstance(base, Actor):
        values["here"] = ""
    if isinstance(base, Event):
        when = values.get("when")
        if when is not None and len({_says(record) for record in found if "when" in record.given}) > 1:
            values["when"] = msgspec.structs.replace(when, relative=None)  # each story has a word of its own for that day
        values["undated"] = all(getattr(record, "undated", False) for record in found)
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


def _says(event: Any) -> str:
    relative = event.when.relative
    return relative.says if relative is not None else ""


class Standing(msgspec.Struct, frozen=True):
    """How sure an event is, by all that is told of it."""

    status: str
    by: tuple[str, ...]
    """Who says so: who said something else of it stands in the history."""
    earlier: tuple[Status, ...]
    derived: bool
    """Whether nobody wrote the status, neither for itself nor as the last step of a history, and it follows from the date."""
    problems: tuple[Diagnostic, ...]


def standing(event: Event, found: Sequence[tuple[Event, When]], days: Sequence[When]) -> Standing:
    """Return how sure an event is.

    Each of `found` is the `event` as one file has it, with the date that this file tells the state of (`as_of`); `days` are these dates, and those
    of explainers that only name it. A shared file counts most, then the file that tells the latest state; those that tell an earlier one become
    history. Two that tell the same date must agree, and an explainer may be behind a shared file, which has no date, but not ahead of it.

    Who is named in a file says what that file says: where it has no status, that the event has come, or is to come, by its date.
    """
    told = sorted(
        ((one, as_of) for one, as_of in found if one.status),
        key=lambda pair: (pair[0].shared, pair[1].date is not None, *dates.sort_key(pair[1].date)),
    )
    by_date, planned = defaults.standing(event, days)
    latest, until = told[-1] if told else (None, None)
    step = defaults.last_step(event, by_date) if latest is None else None
    status, steps = (latest.status, []) if latest is not None else (step.status if step is not None else by_date, list(planned))
    problems: list[Diagnostic] = []
    for one, as_of in told[:-1]:
        assert latest is not None
        assert until is not None
        if one.status == status:
            continue
        same_day = until.date is not None and as_of.date is not None and as_of.date.edtf == until.date.edtf
        if as_of.date is None or same_day or (latest.shared and not _went_before(one.status, latest)):
            problems.append(_disagreement("event", "status", latest, one))
        else:
            steps.append(Status(one.status, as_of, "", one.by, one.place))
    by: list[str] = []
    for one, as_of in found:
        theirs = (
            one.status
            or (status if step is not None and one.history else "")
            or (defaults.status(event, as_of) if as_of.date is not None else by_date)
        )
        if theirs == status:
            by += one.by
        elif one.by and not one.status:
            _add(steps, Status(theirs, as_of, "", one.by, one.place))
    by += step.by if step is not None else ()
    return Standing(status, tuple(dict.fromkeys(by)), tuple(steps), latest is None and step is None, tuple(problems))


def _add(steps: list[Status], step: Status) -> None:
    """Add a step to others: to the one of the same status and day, where there is one, only who says so."""
    for n, other in enumerate(steps):
        if other.status == step.status and _plain(other.on) == _plain(step.on):
            steps[n] = msgspec.structs.replace(other, by=tuple(dict.fromkeys((*other.by, *step.by))))
            return
    steps.append(step)


def _went_before(status: str, latest: Event) -> bool:
    """Say whether an event may have been told so before its shared file was written as it is."""
    return status in {step.status for step in latest.history} or _FIRMNESS.get(status, 2) < _FIRMNESS.get(latest.status, 2)
