"""Dates of markwhen that are a length: `2024-03 / 4 months`, `2 weeks` after the event above, `after !vote 3 days`."""

import calendar
import datetime as dt
import re
from collections.abc import Mapping

import msgspec

from builder import dates
from builder.i18n.patterns import late

_UNITS = r"years?|yrs?|months?|mos?|weeks?|wks?|days?|hours?|hrs?|minutes?|mins?"
_LENGTH = rf"(?:\d{{1,5}}\s*(?:{_UNITS})\b[\s,]*)+"
_FROM = late(rf"(?P<first>.*\S)\s*[/–-]\s*(?P<length>{_LENGTH})", re.IGNORECASE | re.ASCII)
_BESIDE = late(rf"(?:(?P<side>after|before)\s+)?(?:!(?P<id>[\w-]+)\s+)?(?P<length>{_LENGTH})", re.IGNORECASE)
_PART = late(rf"(\d{{1,5}})\s*({_UNITS})", re.IGNORECASE | re.ASCII)
_POINT = late(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d)(?::\d\d)?(Z|[+-]\d\d:\d\d)?)?)?)?", re.ASCII)

_NAMES = {"y": "years", "mo": "months", "w": "weeks", "d": "days", "h": "hours", "mi": "minutes"}
"""How a unit begins → what it is."""

_YEAR, _MONTH, _DAY, _MINUTE = range(4)
"""How exact a moment is."""


class _Span(msgspec.Struct, frozen=True):
    """When an event begins and ends; the end is the first moment that is no part of it."""

    begin: dt.datetime
    end: dt.datetime
    exactness: int
    zone: str = ""


class Lengths:
    """The events of a timeline so far, from which others are counted."""

    def __init__(self) -> None:
        self._last: _Span | None = None
        self._named: dict[str, _Span] = {}

    def after(self, edtf: str, length: str) -> str:
        """Return as EDTF how long something lasts that begins at a date; "" where the date is not certain."""
        begin = _span(edtf)
        return _written(_lasting(begin.begin, begin, length)) if begin else ""

    def beside(self, text: str) -> str:
        """Return as EDTF a length that is counted from another event; "" where the text is none, or the other has no certain date."""
        found = _BESIDE.fullmatch(text)
        other = (self._named.get(found["id"]) if found["id"] else self._last) if found else None
        if found is None or other is None:
            return ""
        is_before = (found["side"] or "").casefold() == "before"
        return _written(_lasting(other.begin if is_before else other.end, other, found["length"], is_before=is_before))

    def add(self, edtf: str, name: str) -> None:
        """Note when the next event happens, and under which name others are counted from it."""
        self._last = _span(edtf)
        if name and self._last is not None:
            self._named[name] = self._last


def split_length(text: str) -> tuple[str, str]:
    """Return the date that a length is counted from, and the length; twice "" where a date has no length."""
    found = _FROM.fullmatch(text)
    return (found["first"], found["length"]) if found else ("", "")


def is_length(text: str) -> bool:
    """Return whether a text is a length, from another event or not."""
    return bool(_BESIDE.fullmatch(text))


def _span(edtf: str) -> _Span | None:
    first, _, last = edtf.partition("/")
    if "T" in first and re.match(r"\d\d:", last):
        last = f"{first.partition('T')[0]}T{last}"
    begin, end = _POINT.fullmatch(first), _POINT.fullmatch(last or first)
    if begin is None or end is None:
        return None
    try:
        (start, exactness), (other, other_exactness) = _moment(begin), _moment(end)
        until = other if other_exactness == _MINUTE else _shifted(other, {("years", "months", "days")[other_exactness]: 1})
    except (ValueError, OverflowError):
        return None
    return _Span(start, until, max(exactness, other_exactness), begin[6] or "")


def _moment(match: re.Match[str]) -> tuple[dt.datetime, int]:
    year, month, day, hour, minute = (int(part) if part else None for part in match.groups()[:5])
    exactness = _MINUTE if hour is not None else _DAY if day else _MONTH if month else _YEAR
    return dt.datetime(year or 0, month or 1, day or 1, hour or 0, minute or 0), exactness  # noqa: DTZ001 – the zone is kept beside it


def _lasting(at: dt.datetime, other: _Span, length: str, *, is_before: bool = False) -> _Span | None:
    """Return what lasts for a length from a moment on, or up to it, as exactly as the other event and the length are."""
    given: dict[str, int] = {}
    for number, unit in _PART.findall(length):
        name = next(name for begins, name in _NAMES.items() if unit.lower().startswith(begins))
        given[name] = given.get(name, 0) + int(number)
    finest = (
        _MINUTE
        if given.keys() & {"hours", "minutes"}
        else _DAY
        if given.keys() & {"weeks", "days"}
        else _MONTH
        if "months" in given
        else _YEAR
    )
    if not any(given.values()):
        return None
    try:
        till = _shifted(at, {name: -n if is_before else n for name, n in given.items()})
    except (ValueError, OverflowError):
        return None
    begin, end = (till, at) if is_before else (at, till)
    return _Span(begin, end, max(finest, other.exactness), other.zone)


def _shifted(at: dt.datetime, lengths: Mapping[str, int]) -> dt.datetime:
    """Return a moment that lies later by lengths: number by `years`, `months`, `weeks`, `days`, `hours` or `minutes`. Of a month that has no such day, it is the last."""
    year, month = divmod(at.year * 12 + at.month - 1 + lengths.get("years", 0) * 12 + lengths.get("months", 0), 12)
    day = min(at.day, calendar.monthrange(year, month + 1)[1])
    rest = {unit: lengths.get(unit, 0) for unit in ("weeks", "days", "hours", "minutes")}
    return at.replace(year=year, month=month + 1, day=day) + dt.timedelta(**rest)


def _written(span: _Span | None) -> str:
    if span is None:
        return ""
    if span.exactness == _MINUTE:
        first, last = (f"{moment:%Y-%m-%dT%H:%M}{span.zone}" for moment in (span.begin, span.end))
    else:
        wide = (4, 7, 10)[span.exactness]
        first, last = span.begin.isoformat()[:wide], (span.end - dt.timedelta(days=1)).isoformat()[:wide]
    made = first if first == last else f"{first}/{last}"
    return made if dates.is_date(made) else ""
