"""Which of two dates is earlier, and what a single day is called."""

from builder.dates import days
from builder.dates.record import ONE, Date

_LAST = 2**60
_UNKNOWN = 2**61
"""Beyond any day that can be written: years have twelve digits at most. Whole numbers, so that a key can be counted with and packed."""


def compare(a: Date, b: Date) -> int | None:
    """Return -1 where `a` is certainly before `b`, 1 where it is certainly after, 0 where both are the same day or moment.

    None where the dates do not decide: their days overlap, or one is “around” and the other near. How near counts is in `Date.earliest` and `latest`.
    Two moments are ordered by the clock where both have a zone; without one, only their days count.
    """
    first, second = a.instant, b.instant
    if first is not None and second is not None:
        return (first > second) - (first < second)
    if a.latest is not None and b.earliest is not None and a.latest < b.earliest:
        return -1
    if b.latest is not None and a.earliest is not None and b.latest < a.earliest:
        return 1
    return 0 if _is_plain_day(a) and _is_plain_day(b) and a.lower == b.lower else None


def _is_plain_day(d: Date) -> bool:
    return d.is_certain_day and d.points[0].second is None


def sort_key(d: Date | None) -> tuple[int, int, int]:
    """Return what dates are sorted by: the first day, the last day, and the second within the day.

    What has no first day sorts by its last, after what has one: “by 19 January 2022” is a thing of January 2022, not of the beginning of time. What has no
    last day sorts after what has one, and None, a date nobody knows, last. A moment with a zone sorts as in
    UTC, so that the order never contradicts `compare`; a day sorts before the moments in it.
    """
    if d is None or (d.lower is None and d.upper is None):
        return (_UNKNOWN, _UNKNOWN, 0)
    instant = d.instant
    if instant is not None:
        day, second = divmod(instant, 86_400)
        return (day, day, second)
    local = d.points[0].second if d.kind == ONE else None
    if d.lower is None:
        return (d.upper or 0, _LAST, -1)
    return (d.lower, _LAST if d.upper is None else d.upper, -1 if local is None else local)


def first_day(d: Date) -> int | None:
    """Return the earliest day that a date may mean, in UTC where it is a moment with a zone; None where there is none. Counted as `Date.lower` is."""
    return d.lower if d.instant is None else d.instant // 86_400


def weekday(d: Date) -> int | None:
    """Return the weekday of a single day that is certain, Monday being 0; else None."""
    return days.weekday(d.lower) if d.is_certain_day and d.lower is not None else None


def machine(d: Date) -> str:
    """Return a date for HTML's `<time datetime>`, or "" where HTML has no valid form for it.

    HTML has years of four digits or more from the year 1, months, days and moments. It has none for spans, choices, seasons, unknown digits; nor for
    “around” and “possibly”, and to leave these away would tell a machine more than the author knows.
    """
    one = d.points[0] if d.kind == ONE and d.points else None
    if one is None or one.quality or one.within or one.year < 1 or one.unit not in {"year", "month", "day"}:
        return ""
    text = f"{one.year:04}" + (f"-{one.month:02}" if one.month else "") + (f"-{one.day:02}" if one.day else "")
    if one.second is None:
        return text
    minutes, seconds = divmod(one.second, 60)
    text += f"T{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    if one.zone is None:
        return text
    return text + (f"{'-' if one.zone < 0 else '+'}{abs(one.zone) // 60:02}:{abs(one.zone) % 60:02}" if one.zone else "Z")
