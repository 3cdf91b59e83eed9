"""Moments of TimelineJS as EDTF. Unreadable parts are noted, the rest is kept.

TimelineJS counts years before the first as historians do: its −300 is 300 BCE, which is EDTF's −0299. It has no year 0.
"""

import re
from collections.abc import Mapping
from typing import Any

from builder import dates
from builder.importing import times_of_day, written_dates
from builder.importing.html_words import AddNote, line

PARTS = ("year", "month", "day", "hour", "minute", "second", "millisecond")
TIME = "time"
"""What a table has in the place of hour, minute and second."""

SHOWN = "display_date"
"""How a moment is to be written."""

_BEFORE = re.compile(r"(\d[\d,]*)\s*B\.?\s?C\.?(?:\s?E\.?)?", re.IGNORECASE | re.ASCII)


def as_text(value: Any) -> str:
    """Return a single value as one line of text, numbers too; "" for none."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return line(str(value)) if isinstance(value, str | int | float) else ""


def number(value: Any) -> int | None:
    """Return a whole number, however it is written; None for anything else."""
    found = re.fullmatch(r"([-−]?\d{1,14})(?:\.0*)?", as_text(value), re.ASCII)
    return int(found[1].replace("−", "-")) if found else None


def span(begin: str, end: str) -> str:
    """Return a span as short as it can be written: of two times of a day the second alone."""
    day, is_moment, _ = begin.partition("T")
    other, _, time = end.partition("T")
    return f"{begin}/{time if is_moment and time and other == day else end}"


def is_date(text: str) -> bool:
    """Return whether a text is EDTF."""
    try:
        dates.parse(text)
    except dates.DateProblem:
        return False
    return True


def raw(said: Any) -> str:
    """Return a moment as it was given, for a reader: `44 BC`, `2024-13`."""
    if not isinstance(said, Mapping):
        return as_text(said)
    parts = [as_text(said.get(name)) for name in ("year", "month", "day")]
    time = as_text(said.get(TIME)) or ":".join(filter(None, (as_text(said.get(name)) for name in ("hour", "minute", "second"))))
    return " ".join(filter(None, ("-".join(filter(None, parts)), time)))


def stamp(said: Any, what: str, add_note: AddNote) -> str:
    """Return a moment as EDTF; "" if nothing of it can be read. `what` is its name in the file."""
    if not isinstance(said, Mapping):
        given = as_text(said)
        found = re.fullmatch(r"\d{4}(?:-\d\d(?:-\d\d(?:T\d\d:\d\d(?::\d\d)?)?)?)?", given, re.ASCII)
        if found and is_date(given):
            return given
        if (made := written_dates.read_date(given).edtf) and not re.search(r"[/\[{]", made):
            return made
        if given or (said is not None and not isinstance(said, str)):
            add_note(f"“{what}” is no date that could be read: “{given or said}”")
        return ""
    for name in said:
        given = said[name]
        if (name not in {*PARTS, TIME, SHOWN} and given not in (None, "")) or isinstance(given, list | dict):
            add_note(f"“{what}.{name}” was left out: “{as_text(given) or given}”")
    made, rest = _day(said, what, add_note)
    if rest:
        add_note(f"“{what}”: of the date “{raw(said)}” only “{made}” was kept")
        return made
    return _with_time(made, said, what, add_note) if made else ""


def _year(value: Any) -> int | None:
    """Return a year as EDTF counts it."""
    before = _BEFORE.fullmatch(as_text(value))
    year = -int(before[1].replace(",", "")) if before else number(value)
    return None if not year else year + 1 if year < 0 else year


def _month(value: Any) -> int | None:
    """Return the number of a month, also of one that is written as a word."""
    if (found := number(value)) is not None:
        return found
    worded = re.fullmatch(r"2000-(\d\d)", written_dates.read_date(f"{as_text(value)} 2000").edtf, re.ASCII)
    return int(worded[1]) if worded and int(worded[1]) <= 12 else None


def _day(said: Mapping[str, Any], what: str, add_note: AddNote) -> tuple[str, bool]:
    """Return year, month and day, as many as can be read, and whether more of the date was given."""
    year = _year(said.get("year"))
    if year is None and not any(as_text(said.get(name)) for name in ("month", "day")):
        # A sheet may have a whole date in the place of the year, or “c. 1850”.
        whole = written_dates.read_date(as_text(said.get("year"))).edtf
        if whole and not re.search(r"[T/\[{]|unknown", whole):
            return whole, False
    if year is None:
        if raw(said):
            why = "there is no year 0" if number(said.get("year")) == 0 else "no year could be read"
            add_note(f"“{what}” could not be read, since {why}: “{raw(said)}”")
        return "", False
    if abs(year) > 9999:
        return f"Y{year}", any(as_text(said.get(name)) for name in (*PARTS[1:], TIME))
    made = f"{'-' if year < 0 else ''}{abs(year):04}"
    for name in ("month", "day"):
        if not as_text(said.get(name)):
            later = ("day", "hour", TIME) if name == "month" else ()
            return made, any(as_text(said.get(unit)) for unit in later)
        part = _month(said[name]) if name == "month" else number(said[name])
        if part is None or not 1 <= part <= (12 if name == "month" else 31) or not is_date(f"{made}-{part:02}"):
            return made, True
        made += f"-{part:02}"
    return made, False


def _with_time(day: str, said: Mapping[str, Any], what: str, add_note: AddNote) -> str:
    given = as_text(said.get(TIME))
    parts = [said.get(name) for name in PARTS[3:]] if not given else list(times_of_day.time_parts(given))
    if not given and not any(map(as_text, parts)):
        return day
    numbers = [number(part) for part in parts]
    hour, minute, second, rest = numbers
    if (
        any(n is None and as_text(part) for n, part in zip(numbers, parts, strict=True))
        or hour is None
        or day.count("-") - day.startswith("-") < 2
    ):
        if given or any(numbers) or hour is not None:
            add_note(
                f"“{what}”: the time “{given or ':'.join(filter(None, map(as_text, parts)))}” was left out, since it could not be read"
            )
        return day
    if minute is None:
        minute = 0
        add_note(f"“{what}”: the hour {hour} was given without minutes, and is taken as {hour:02}:00")
    made = f"{day}T{hour:02}:{minute:02}" + (f":{second:02}" if second is not None else "")
    if not is_date(made):
        add_note(f"“{what}”: the time “{made.partition('T')[2]}” was left out, since there is no such time")
        return day
    if rest:
        add_note(f"“{what}”: what is less than a second was left out: “{given or rest}”")
    return made
