"""Join the records of one id in several files; fields that disagree are reported with both places.

A shared file takes precedence; a field that it leaves out may come from an explainer.
"""

from collections.abc import Sequence
from typing import Any, TypeVar

import msgspec

from builder import dates
from builder.diagnostics import Diagnostic
from builder.linking import defaults
from builder.model import Actor, Event, Source, Status, When

JoinedRecord = TypeVar("JoinedRecord", Actor, Event, Source)

_UNIONS = frozenset({"alias", "weak_alias", "same_as", "cites", "actors", "sources", "former_ids"})
"""Lists whose entries add up."""

_OWN = frozenset({"id", "here", "status", "by", "history", "key"})
"""Fields that belong to one explainer, or are joined separately."""

_FIRMNESS = {"planned": 0, "expected": 0, "conditional": 0, "alleged": 0, "ongoing": 1, "postponed": 1, "disputed": 1}
"""Order of statuses: a plan comes before its outcome. All others are final, at 2."""

_FIELD = {"position": "positions", "place": "where", "text": "summary"}
"""Key → field of the model, where the names differ."""


def join(joined: Sequence[JoinedRecord], kind: str) -> tuple[JoinedRecord, list[Diagnostic]]:
    """Return the joined record and the problems; `joined` has the shared record first, then those of explainers in the order of their files."""
    if len(joined) == 1:
        only = joined[0]
        return (msgspec.structs.replace(only, here="") if getattr(only, "here", "") else only), []
    problems: list[Diagnostic] = []
    values: dict[str, Any] = {}
    given: dict[str, JoinedRecord] = {}
    for record in joined:
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
    base = joined[0]
    extra = tuple(dict(pair for record in reversed(joined) for pair in record.extra).items())
    values["given"] = tuple(sorted({key for record in joined for key in record.given}))
    values["extra"] = tuple(sorted(extra))
    values["as_words"] = tuple(sorted({words for record in joined for words in record.as_words}))
    if isinstance(base, Actor):
        values["here"] = ""
    if isinstance(base, Event):
        when = values.get("when")
        if when is not None and len({_says(record) for record in joined if "when" in record.given}) > 1:
            values["when"] = msgspec.structs.replace(when, relative=None)  # each story has a word of its own for that day
        values["undated"] = all(getattr(record, "undated", False) for record in joined)
        values["history"] = tuple(dict.fromkeys(past for record in joined for past in getattr(record, "history", ())))
    return msgspec.structs.replace(base, **values), problems


def _plain(value: Any) -> Any:
    """Return a field without places, for comparison."""
    if isinstance(value, When):
        return (
            value.date.edtf if value.date is not None else "",
            value.relative.says if value.relative is not None and value.date is None else "",
        )
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in value)
    if isinstance(value, msgspec.Struct):
        return tuple(_plain(getattr(value, name)) for name in value.__struct_fields__ if name != "location")
    return value


def _disagreement(kind: str, key: str, first: Actor | Event | Source, second: Actor | Event | Source) -> Diagnostic:
    return Diagnostic(
        "records-disagree",
        f"The {kind} “{second.id}” has another “{key}” here than in {first.location.path}.",
        second.location,
        help="Make the two agree, or leave the key out here: one place is enough."
        + (f" What {first.location.path} says counts." if first.shared else ""),
        also=(first.location,),
        subject=key,
        kind=kind,
    )


def _says(event: Any) -> str:
    relative = event.when.relative
    return relative.says if relative is not None else ""


class JoinedStatus(msgspec.Struct, frozen=True):
    """The status of an event, by all its records."""

    status: str
    by: tuple[str, ...]
    """Speakers of this status; those of other statements are in the history."""
    earlier: tuple[Status, ...]
    derived: bool
    """Whether the status follows from the date, since no file has one, alone or as the last entry of a history."""
    problems: tuple[Diagnostic, ...]


def join_statuses(event: Event, descriptions: Sequence[tuple[Event, When]], days: Sequence[When]) -> JoinedStatus:
    """Return the status of an event.

    Each of `descriptions` is the `event` as one file has it, with the `as_of` of that file; `days` are these dates, and those
    of explainers that only list the event. A shared file takes precedence, then the file with the latest `as_of`; earlier ones become
    history. Two files of the same date must agree, and an explainer may be behind a shared file, which has no date, but not ahead of it.

    The `by` of a file counts for the status of that file; without one, for the status that follows from the date.
    """
    with_status = sorted(
        ((event, as_of) for event, as_of in descriptions if event.status),
        key=lambda pair: (pair[0].shared, pair[1].date is not None, *dates.sort_key(pair[1].date)),
    )
    by_date, planned = defaults.derived_status(event, days)
    latest, until = with_status[-1] if with_status else (None, None)
    last = defaults.last_status(event, by_date) if latest is None else None
    status, earlier = (latest.status, []) if latest is not None else (last.status if last is not None else by_date, list(planned))
    problems: list[Diagnostic] = []
    for description, as_of in with_status[:-1]:
        assert latest is not None
        assert until is not None
        if description.status == status:
            continue
        same_day = until.date is not None and as_of.date is not None and as_of.date.edtf == until.date.edtf
        if as_of.date is None or same_day or (latest.shared and not _went_before(description.status, latest)):
            problems.append(_disagreement("event", "status", latest, description))
        else:
            earlier.append(Status(description.status, as_of, "", description.by, description.location))
    by: list[str] = []
    for description, as_of in descriptions:
        theirs = (
            description.status
            or (status if last is not None and description.history else "")
            or (defaults.status(event, as_of) if as_of.date is not None else by_date)
        )
        if theirs == status:
            by += description.by
        elif description.by and not description.status:
            _add(earlier, Status(theirs, as_of, "", description.by, description.location))
    return JoinedStatus(status, tuple(dict.fromkeys(by)), tuple(earlier), latest is None and last is None, tuple(problems))


def _add(earlier: list[Status], status: Status) -> None:
    """Add an entry to a history; if it has one of the same status and day, only add the `by`."""
    for n, other in enumerate(earlier):
        if other.status == status.status and _plain(other.on) == _plain(status.on):
            earlier[n] = msgspec.structs.replace(other, by=tuple(dict.fromkeys((*other.by, *status.by))))
            return
    earlier.append(status)


def _went_before(status: str, latest: Event) -> bool:
    """Return whether an event may have had this status before its shared file was last changed."""
    return status in {past.status for past in latest.history} or _FIRMNESS.get(status, 2) < _FIRMNESS.get(latest.status, 2)
