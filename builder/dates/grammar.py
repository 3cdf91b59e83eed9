"""The grammar of EDTF, all levels (ISO 8601-2:2019, https://www.loc.gov/standards/datetime/), extended by hours.

The extensions are approximate times, and spans from one time to another; `order.standard_edtf` returns such a date
in EDTF. Texts are matched as a whole by patterns without nesting, so the time is linear in their length.
"""

import msgspec

from builder.dates.date import ALL, EITHER, GIVEN, ONE, OPEN, SPAN, UNKNOWN, Date, DateProblem, Point, united
from builder.dates.single_dates import SEASONS, point
from builder.dates.span_ends import runs_backwards
from builder.i18n.patterns import late

_TIME = late(r"([0-9]{2}:[0-9]{2}(?::[0-9]{2})?)(Z|[+-][0-9]{2}(?::[0-9]{2})?)?([?~%]?)")
"""The second end of a span of hours, on the day of the first: `2021-03-23T07:40/09:00`."""


def read(text: str) -> Date:
    """Return the date of a text. Raises `DateProblem`, without a hint, if it is none."""
    if text[:1] in {"[", "{"} or text[-1:] in {"]", "}"}:
        return _collection(text)
    if "/" in text:
        return _span(text)
    single = point(text)
    shape = _soft((single,)) or ("day" if single.unit == "day" else "range")
    if not single.is_placed:
        return Date(text, None, None, shape, ONE, (single,))
    return Date(text, single.lower, single.upper, shape, ONE, (single,), earliest=single.earliest, latest=single.latest)


def _soft(points: tuple[Point, ...]) -> str:
    """Return the shape of some dates if one of them is approximate or uncertain; "" otherwise."""
    signs = united(point.signs for point in points)
    if signs in {"~", "%"} or any(point.guess is not None for point in points):
        return "about"
    return "uncertain" if signs else ""


# --- spans ------------------------------------------------


def _span(text: str) -> Date:
    parts = text.split("/")
    if len(parts) > 2:
        raise DateProblem("A slash stands between the first and the last day of a span, hyphens within a date.")
    first, last = _end(parts[0]), _end(_in_full(*parts))
    if isinstance(first, Point) and isinstance(last, Point):
        last = _in_zone(first, last)
    elif first == last == UNKNOWN:
        raise DateProblem("A span of which both ends are unknown says nothing.")
    start, end = (GIVEN if isinstance(end, Point) else end for end in (first, last))
    points = tuple(end for end in (first, last) if isinstance(end, Point))
    begins = first if isinstance(first, Point) and first.is_placed else None
    ends = last if isinstance(last, Point) and last.is_placed else None
    if begins is not None and ends is not None and _is_backwards(begins, ends):
        raise DateProblem("The span ends before it begins.")
    if isinstance(first, Point) and isinstance(last, Point) and _MARKED.search(text) and "T" not in text and runs_backwards(*parts):
        raise DateProblem("As other programs read these signs, the span ends before it begins.")
    shape = _soft(points) or ("open" if len(points) < 2 else "range")
    if shape == "range" and points[0].unit == "day" and points[0].lower == points[1].upper:
        shape = _of_one_day(*points)
    return Date(
        text,
        begins.lower if begins is not None else None,
        ends.upper if ends is not None else None,
        shape,
        SPAN,
        points,
        start,
        end,
        earliest=begins.earliest if begins is not None else None,
        latest=ends.latest if ends is not None else None,
    )


def _of_one_day(first: Point, last: Point) -> str:
    if first.second == last.second:
        return "day"
    return "range" if first.second is None or last.second is None else "hours"


def _in_full(first: str, last: str) -> str:
    """Return the end of a span in full: a time alone gets the day of the start."""
    day, is_moment, _ = first.partition("T")
    return f"{day}T{last}" if is_moment and _TIME.fullmatch(last) else last


def _in_zone(first: Point, last: Point) -> Point:
    """Return the end of a span in the zone of the start, if it has a time and no zone."""
    if first.second is None or last.second is None or first.zone == last.zone:
        return last
    if first.zone is None:
        raise DateProblem("The zone stands behind the first time, or behind both.")
    if last.zone is None:
        return msgspec.structs.replace(last, zone=first.zone)
    return last


_MARKED = late(r"[?~%X]")


def _is_backwards(first: Point, last: Point) -> bool:
    if first.instant is not None and last.instant is not None:
        return first.instant > last.instant
    return (first.lower, first.second or 0) > (last.upper, 86_400 if last.second is None else last.second)


def _end(text: str) -> Point | str:
    if text == "..":
        return OPEN
    if not text:
        return UNKNOWN
    single = point(text)
    if text[0] == "Y" or "S" in text:
        raise DateProblem("The ends of a span have years of four digits, without Y, E and S.")
    if "X" in text and single.signs:
        raise DateProblem("The ends of a span with unknown digits have no ?, ~ and %.")
    if single.unit in SEASONS and single.unit != "season":
        raise DateProblem("The ends of a span are days, months, years and the seasons 21 to 24.")
    return single


# --- one of several, and all of several ------------------------------------------------


def _collection(text: str) -> Date:
    closing = {"[": "]", "{": "}"}.get(text[0], "")
    if len(text) < 2 or text[-1] != closing:
        raise DateProblem("A choice stands between [ and ], a set between { and }.")
    parts = text[1:-1].split(",")
    if parts == [""]:
        raise DateProblem("There is no date between the brackets.")
    points: list[Point] = []
    runs: list[int] = []
    start = end = GIVEN
    for n, part in enumerate(parts):
        if ".." not in part:
            points.append(_member(part))
            continue
        first, _, last = part.partition("..")
        if ".." in last:
            raise DateProblem("Two dots stand once between two commas or brackets.")
        if not first and not last:
            raise DateProblem("A choice or set that is open on both sides says nothing.")
        if (not first and n > 0) or (not last and n < len(parts) - 1):
            raise DateProblem(
                "Before the dots stands a date, unless they come first of all; behind them stands one, unless they come last."
            )
        start, end = OPEN if not first else start, OPEN if not last else end
        both = [_beside_dots(end) for end in (first, last) if end]
        if len(both) == 2:
            if both[0].unit != both[1].unit:
                raise DateProblem("Two dots stand between two days, two months or two years.")
            runs.append(len(points))
            both.sort(key=lambda end: end.lower)
        points += both
    if len(parts) == 1 and not (runs or start or end):
        raise DateProblem("A choice or set has two dates at least.")
    begins = [point for point in points if point.is_placed] if not start and all(point.is_placed for point in points) else []
    ends = [point for point in points if point.is_placed] if not end and all(point.is_placed for point in points) else []
    kind = EITHER if closing == "]" else ALL
    return Date(
        text,
        min((begin.lower for begin in begins), default=None),
        max((end.upper for end in ends), default=None),
        "open" if start or end else "choice" if kind == EITHER else "several",
        kind,
        tuple(points),
        start,
        end,
        tuple(runs),
        min((begin.earliest for begin in begins), default=None),
        max((end.latest for end in ends), default=None),
    )


def _member(text: str) -> Point:
    single = point(text)
    if single.second is not None or single.unit in SEASONS or text[0] == "Y" or "S" in text:
        raise DateProblem("A choice or set has days, months and years of four digits; no seasons, times, Y and S.")
    return single


def _beside_dots(text: str) -> Point:
    member = _member(text)
    if member.signs or member.within or member.mask or not member.is_placed:
        raise DateProblem("Beside two dots stand days, months and years without ?, ~, % and X.")
    return member
