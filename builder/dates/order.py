"""Order dates, name single days, and format dates for machines."""

from builder.dates import day_counts
from builder.dates.date import EITHER, GIVEN, ONE, SPAN, Date, Point

_LAST = 2**60
_UNKNOWN = 2**61
"""Beyond any possible day: years go up to 10**15. Integers, so that keys can be computed with and packed."""


def compare(a: Date, b: Date) -> int | None:
    """Return -1 if `a` is certainly before `b`, 1 if it is certainly after, 0 if both are the same day or moment.

    None if that is not certain: their days overlap, or one is approximate and the other near. How near is in `Date.earliest` and `latest`.
    Moments and spans of moments are compared by the clock if both have zones; otherwise only their days count.
    """
    first, second = a.moments, b.moments
    if first is not None and second is not None:
        if first[1] < second[0]:
            return -1
        if second[1] < first[0]:
            return 1
        return 0 if first == second and first[0] == first[1] else None
    if a.latest is not None and b.earliest is not None and a.latest < b.earliest:
        return -1
    if b.latest is not None and a.earliest is not None and b.latest < a.earliest:
        return 1
    return 0 if _is_plain_day(a) and _is_plain_day(b) and a.lower == b.lower else None


def begins_after(date: Date, day: Date) -> bool:
    """Return whether a date begins after a day, as it is written: around 17 November is after the 15th. A time does not: which day it is may depend on the zone."""
    return (
        date.lower is not None and day.upper is not None and date.lower > day.upper and all(point.second is None for point in date.points)
    )


def ends_before(date: Date, day: Date) -> bool:
    """Return whether a date ends before a day, as it is written; see `begins_after`."""
    return (
        date.upper is not None and day.lower is not None and date.upper < day.lower and all(point.second is None for point in date.points)
    )


def _is_plain_day(d: Date) -> bool:
    return d.is_certain_day and d.points[0].second is None


def sort_key(d: Date | None) -> tuple[int, int, int]:
    """Return the sort key of a date: first day, last day, and second within the day.

    A date without a first day sorts by its last, after those with one: “by 19 January 2022” belongs to January 2022. A date without a
    last day sorts after those with one; then dates with neither, and None last. A moment with a zone sorts in
    UTC, so that the order never contradicts `compare`; a day sorts before the moments in it.
    """
    if d is None or (d.lower is None and d.upper is None):
        return (_UNKNOWN, _UNKNOWN, 0 if d is None else -1)
    if d.lower is None:
        return (d.upper or 0, _LAST, -1)
    if d.kind == ONE and d.points[0].second is None:  # as most are
        return (d.lower, _LAST if d.upper is None else d.upper, -1)
    first = d.points[0] if d.kind in {ONE, SPAN} and d.start == GIVEN else None
    last = d.points[-1] if d.kind in {ONE, SPAN} and d.end == GIVEN else None
    day, second = _in_utc(first, d.lower)
    until = _LAST if d.upper is None else _in_utc(last, d.upper)[0]
    return (day, until, second)


def _in_utc(point: Point | None, day: int) -> tuple[int, int]:
    """Return day and second of a moment, in UTC if it has a zone; the second is -1 without a time."""
    if point is None or point.second is None:
        return (day, -1)
    return (day, point.second) if point.instant is None else divmod(point.instant, 86_400)


def first_day(d: Date) -> int | None:
    """Return the earliest day that a date may mean, in UTC for a moment with a zone; None if there is none. Counted as `Date.lower` is."""
    instant = d.points[0].instant if d.points and d.kind in {ONE, SPAN} and not d.start else None
    return d.lower if instant is None else instant // 86_400


def is_of_some_year(d: Date) -> bool:
    """Return whether a date begins in an unknown year, of which some digits may be known: 156X, 1950S2, 19XX/2001, [1667,1668]."""
    if d.kind == EITHER:
        years = {(day_counts.civil(point.lower)[0], day_counts.civil(point.upper)[0]) for point in d.points}
        return len(years) > 1
    point = d.points[0] if d.points and not d.start else None
    return (
        point is not None
        and point.unit in {"decade", "years", "any_year", "masked"}
        and day_counts.civil(point.lower)[0] != day_counts.civil(point.upper)[0]
    )


def weekday(d: Date) -> int | None:
    """Return the weekday of a single certain day, 0 for Monday; else None."""
    return day_counts.weekday(d.lower) if d.is_certain_day and d.lower is not None else None


# --- for machines ------------------------------------------------


def standard_edtf(d: Date) -> str:
    """Return a date in standard EDTF: as written, or the days of hours that EDTF cannot express."""
    if all(point.second is None for point in d.points) or (d.kind == ONE and not d.points[0].time_quality):
        return d.edtf
    if d.kind == ONE:
        first, last = _days_of(d.points[0])
        return first if first == last else f"{first}/{last}"
    written = d.edtf.split("/")
    first = _days_of(d.points[0])[0] if not d.start and d.points[0].second is not None else written[0]
    last = _days_of(d.points[-1])[1] if not d.end and d.points[-1].second is not None else written[1]
    return first if first == last else f"{first}/{last}"


def _days_of(point: Point) -> tuple[str, str]:
    """Return the first and the last local day of a time."""
    second = point.second or 0
    return day_counts.edtf(point.lower + min(0, (second - point.slack) // 86_400)), day_counts.edtf(
        point.lower + max(0, (second + point.slack - 1) // 86_400)
    )


def html_datetime(d: Date) -> str:
    """Return a date for HTML's `<time datetime>`, or "" if HTML cannot express it.

    HTML has years of four digits or more from the year 1, months, days and moments. It has no spans, choices, seasons or unknown digits; nor
    approximate or uncertain dates, and to omit these marks would claim more than the author wrote. Hours that it cannot express become the day.
    """
    if d.is_certain_day and d.points[0].second is not None and (d.kind == SPAN or d.points[0].time_quality):
        return day_counts.iso(d.lower)
    point = d.points[0] if d.kind == ONE and d.points else None
    if (
        point is None
        or point.signs
        or point.within
        or point.mask
        or point.figures
        or point.year < 1
        or point.unit not in {"year", "month", "day"}
    ):
        return ""
    if point.second == 86_400:  # HTML's days have no 24:00
        year, month, day = day_counts.civil(point.lower + 1)
        time = "T00:00"
    else:
        year, month, day, time = point.year, point.month, point.day, "" if point.second is None else _clock(point.second)
    text = f"{year:04}" + (f"-{month:02}" if month else "") + (f"-{day:02}" if day else "") + time
    if point.zone is None:
        return text
    return text + (f"{'-' if point.zone < 0 else '+'}{abs(point.zone) // 60:02}:{abs(point.zone) % 60:02}" if point.zone else "Z")


def _clock(second: int) -> str:
    minutes, seconds = divmod(second, 60)
    return f"T{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
