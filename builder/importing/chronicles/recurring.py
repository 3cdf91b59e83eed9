"""Events of calendars that recur: their beginnings, at most a hundred, found in bounded work."""

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

MAX_OCCURRENCES = 100
"""Times that an event which recurs is expanded to."""
MAX_DAYS_TRIED = 200_000
"""Days that are tried for one rule; or hours, minutes and seconds, where the rule counts these."""
MAX_DAYS_TRIED_IN_FILE = 5_000_000
_MAX_TIMES_IN_RULE = 1_000
"""Times of day that a rule lists."""
_COSTS = {"YEARLY": 366, "MONTHLY": 31, "WEEKLY": 7}


class BudgetExceeded(Exception):
    """No more is tried for a rule."""


class Budget:
    """The work left for the recurrence rules of a file."""

    def __init__(self, left: int = MAX_DAYS_TRIED_IN_FILE) -> None:
        self.left = left


class _Interval(int):
    """The interval of a rule, which counts how often it is added: the library tries as long as a rule gives no time, which may be for ever."""

    work: Budget
    left: int
    cost: int

    def _spend(self) -> None:
        self.left -= self.cost
        self.work.left -= self.cost
        if min(self.left, self.work.left) < 0:
            raise BudgetExceeded

    def __radd__(self, other: int) -> int:
        self._spend()
        return other + int(self)

    def __mul__(self, other: int) -> int:
        self._spend()
        return int(self) * other


def moment_key(moment: Any) -> str:
    """Return by what two moments are the same: the instant where they have a zone."""
    if isinstance(moment, dt.datetime) and moment.tzinfo is not None:
        return moment.astimezone(dt.UTC).isoformat()
    return str(moment.isoformat())


def list_moments(value: Any) -> list[Any]:
    """Return the moments of a property that lists them, which may stand there several times."""
    groups = value if isinstance(value, list) else [value] if value is not None else []
    # A period is its beginning and its end or length.
    return [part.dt[0] if isinstance(part.dt, tuple) else part.dt for group in groups for part in group.dts]


def _of_kind(moment: Any, start: Any) -> Any:
    """Return a moment that is left out as programs mean it: of an event of whole days its day, and without a zone in that of the event.

    A day alone leaves out all times of that day.
    """
    if not isinstance(moment, dt.datetime):
        return moment
    if not isinstance(start, dt.datetime):
        return moment.date()
    return moment.replace(tzinfo=start.tzinfo) if moment.tzinfo is None else moment


def _until(shown: str, start: Any) -> str:
    """Return a rule whose last moment, which it gives in UTC, stands in the zone of the event."""

    def local(match: re.Match[str]) -> str:
        try:
            moment = dt.datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=dt.UTC)
            return f"UNTIL={moment.astimezone(start.tzinfo):%Y%m%dT%H%M%S}"
        except (ValueError, OverflowError):
            return f"UNTIL={match[1]}"

    if isinstance(start, dt.datetime) and start.tzinfo is not None:
        shown = re.sub(r"UNTIL=(\d{8}T\d{6})Z", local, shown)
    return re.sub(r"UNTIL=(\d{8}(?:T\d{6})?)Z", r"UNTIL=\1", shown)


def list_starts(component: Any, start: Any, replaced: Iterable[str], work: Budget, add_note: Any) -> list[Any]:
    """Return all beginnings of an event, as many as are expanded; `replaced` are those for which there is another event."""
    rule, further = component.get("RRULE"), component.get("RDATE")
    if rule is None and further is None:
        return [start]
    moments: list[Any] = [] if rule is not None else [start]
    for each in rule if isinstance(rule, list) else [rule] if rule is not None else []:
        moments += _by_rule(each.to_ical().decode(), start, work, add_note)
    for moment in list_moments(further):
        if type(moment) is type(start):
            moments.append(moment)
        else:
            add_note(f"a further time was left out, since it is not of the kind of the first: “{moment}”")
    excluded = {*(moment_key(_of_kind(moment, start)) for moment in list_moments(component.get("EXDATE"))), *replaced}
    found = {moment_key(moment): moment for moment in moments}
    kept = [moment for key, moment in (found or {moment_key(start): start}).items() if not {key, str(moment)[:10]} & excluded]
    if len(kept) > MAX_OCCURRENCES:
        add_note(f"it recurs {len(kept)} times: the first {MAX_OCCURRENCES} were taken")
    return kept[:MAX_OCCURRENCES]


def _by_rule(shown: str, start: Any, work: Budget, add_note: Any) -> list[Any]:
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # comes with icalendar, and has no types

    said = {name.upper(): value for name, _, value in (part.partition("=") for part in shown.split(";"))}
    is_day = not isinstance(start, dt.datetime)
    base = dt.datetime.combine(start, dt.time()) if is_day else start.replace(tzinfo=None)
    times = [said.get(name, "").count(",") + 1 for name in ("BYHOUR", "BYMINUTE", "BYSECOND")]
    if not said.get("INTERVAL", "1").strip("0") or times[0] * times[1] * times[2] > _MAX_TIMES_IN_RULE:
        add_note(f"that it recurs was left out, since the rule cannot be followed: “{shown}”")
        return []
    found: list[dt.datetime] = []
    try:
        rule = rrulestr(_until(shown, start), dtstart=base)
        interval = _Interval(said.get("INTERVAL", "1"))
        interval.work, interval.left, interval.cost = work, MAX_DAYS_TRIED, _COSTS.get(said.get("FREQ", "").upper(), 1)
        for moment in rule.replace(interval=interval):
            found.append(moment)
            if len(found) > MAX_OCCURRENCES:
                break
    except BudgetExceeded:
        add_note(f"it recurs, by “{shown}”: no further times were looked for than {len(found)}")
    except (ValueError, TypeError, OverflowError, KeyError, IndexError) as error:
        add_note(f"that it recurs was left out, since the rule cannot be read: “{shown}”: {error}")
        return []
    if len(found) > MAX_OCCURRENCES:
        add_note(f"it recurs, by “{shown}”: the first {MAX_OCCURRENCES} times were taken")
    zone = None if is_day else start.tzinfo
    return [moment.date() if is_day else moment.replace(tzinfo=zone) for moment in found[:MAX_OCCURRENCES]]
