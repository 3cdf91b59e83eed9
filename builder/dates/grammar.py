"""EDTF as far as we read it: level 0, level 1 with qualifiers of the whole date, and of level 2 sets and choices.

ISO 8601-2:2019; https://www.loc.gov/standards/datetime/. Texts are matched as a whole by patterns without nesting, so the time is linear in their length.
"""

import re

from builder.dates import days
from builder.dates.record import ALL, BETWEEN, EITHER, GIVEN, ONE, OPEN, SPAN, UNKNOWN, Date, DateProblem, Point

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
"""For reasons, which are English as all that the tool tells its user."""

_PLAIN = re.compile(r"(-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?([?~%]?)")
_UNKNOWN_DIGITS = re.compile(r"(?:([0-9]{3})X|([0-9]{2})XX|([0-9]{4})-XX(-XX)?|([0-9]{4})-([0-9]{2})-XX)([?~%]?)")
_FAR = re.compile(r"Y(-?[1-9][0-9]{4,11})([?~%]?)")
_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(?:(Z)|([+-])([0-9]{2})(?::([0-9]{2}))?)?")

_SEASONS = {21: (3, 184), 22: (6, 184), 23: (9, 184), 24: (12, 334)}
"""Season → first month in the north, as meteorologists count, and margin. In the south it is half a year off; and “winter 2022” may be its January."""
_SOFT = {"day": 3, "month": 31, "year": 366, "season": 92, "decade": 3_653, "century": 36_525}
"""By how many days “around” and “possibly” move either bound of a unit. No standard says; a unit of its own, and for a day half a week."""

_ZONES = "Zones run from -12:00 to +14:00."


def read(text: str) -> Date:
    """Return the date that a text is; `DateProblem`, without a hint, where it is none."""
    if text[:1] in {"[", "{"} or text[-1:] in {"]", "}"}:
        return _collection(text)
    if "/" in text:
        return _span(text)
    one = point(text)
    earliest, latest = one.lower - one.margin, one.upper + one.margin
    instant = one.instant
    if instant is not None:
        # A day without a zone may be anybody's, so a moment counts for its own day and for that in UTC.
        earliest, latest = min(earliest, instant // 86_400), max(latest, instant // 86_400)
    return Date(text, one.lower, one.upper, _shape((one,)), ONE, (one,), GIVEN, GIVEN, earliest, latest)


def _shape(points: tuple[Point, ...]) -> str:
    if any(one.quality in {"~", "%"} for one in points):
        return "about"
    if any(one.quality == "?" for one in points):
        return "uncertain"
    return "day" if points[0].unit == "day" and points[0].lower == points[-1].upper else "range"


# --- one date ------------------------------------------------


def point(text: str) -> Point:
    """Return the date without parts that a text is; `DateProblem` where it is none."""
    if found := _PLAIN.fullmatch(text):
        year, month, day, quality = found.groups()
        if year == "-0000":
            raise DateProblem("The year 0 has no sign.")
        return _calendar(int(year), int(month) if month else None, int(day) if day else None, quality)
    if found := _UNKNOWN_DIGITS.fullmatch(text):
        return _partly(*found.groups())
    if found := _FAR.fullmatch(text):
        return _year(int(found[1]), found[2])
    if found := _MOMENT.fullmatch(text):
        return _moment(found)
    raise DateProblem(why_not(text))


def _calendar(year: int, month: int | None, day: int | None, quality: str) -> Point:
    if month is None:
        return _year(year, quality)
    if month in _SEASONS:
        if day is not None:
            raise DateProblem(f"{month} stands for a season, and a season has no days.")
        return _season(year, month, quality)
    if not 1 <= month <= 12:
        raise DateProblem(_no_month(month))
    length = days.month_length(year, month)
    first = days.ordinal(year, month, 1)
    if day is None:
        return Point("month", year, first, first + length - 1, _SOFT["month"] if quality else 0, month, 0, "", quality)
    if not 1 <= day <= length:
        raise DateProblem(_no_day(year, month, day))
    return Point("day", year, first + day - 1, first + day - 1, _SOFT["day"] if quality else 0, month, day, "", quality)


def _no_month(month: int) -> str:
    if 25 <= month <= 41:
        return f"{month} is a part of the year that is not read here; seasons are 21 (spring) to 24 (winter)."
    return f"There is no month {month:02}; months are 01 to 12, seasons 21 to 24."


def _no_day(year: int, month: int, day: int) -> str:
    if (month, day) == (2, 29):
        return f"29 February does not exist in {year}, which is no leap year."
    if day == 0:
        return "There is no day 00."
    return f"{day} {MONTHS[month - 1]} does not exist."


def _year(year: int, quality: str) -> Point:
    return Point("year", year, days.ordinal(year, 1, 1), days.ordinal(year, 12, 31), _SOFT["year"] if quality else 0, 0, 0, "", quality)


def _season(year: int, season: int, quality: str) -> Point:
    begins, margin = _SEASONS[season]
    ends_year, ends = (year + 1, 2) if begins == 12 else (year, begins + 2)
    first, last = days.ordinal(year, begins, 1), days.ordinal(ends_year, ends, days.month_length(ends_year, ends))
    return Point("season", year, first, last, margin + (_SOFT["season"] if quality else 0), season, 0, "", quality)


def _partly(
    decade: str | None, century: str | None, of_year: str | None, no_day: str | None, year: str | None, month: str | None, quality: str
) -> Point:
    if decade or century:
        unit, count = ("decade", 10) if decade else ("century", 100)
        first = int(decade or century or 0) * count
        lower, upper = days.ordinal(first, 1, 1), days.ordinal(first + count - 1, 12, 31)
        return Point(unit, first, lower, upper, _SOFT[unit] if quality else 0, 0, 0, "year", quality)
    whole = _calendar(int(of_year or year or 0), int(month) if month else None, None, quality)
    if whole.unit == "season":
        raise DateProblem(f"{whole.month} stands for a season, and a season has no days.")
    within = "day" if month or no_day else "month"
    return Point(whole.unit, whole.year, whole.lower, whole.upper, whole.margin, whole.month, 0, within, quality)


def _moment(found: re.Match[str]) -> Point:
    date, hours, minutes, seconds, utc, sign, zone_hours, zone_minutes = found.groups()
    hour, minute, second = int(hours), int(minutes), int(seconds or 0)
    if hour == 24:
        raise DateProblem("24:00 is 00:00 of the next day.")
    if hour > 24:
        raise DateProblem(f"There is no hour {hour}.")
    if minute > 59:
        raise DateProblem(f"There is no minute {minute}.")
    if second > 59:
        raise DateProblem(f"There is no second {second}.")
    zone: int | None = 0 if utc else None
    if sign:
        if int(zone_minutes or 0) > 59:
            raise DateProblem(_ZONES)
        zone = int(zone_hours) * 60 + int(zone_minutes or 0)
        zone = -zone if sign == "-" else zone
        if not -12 * 60 <= zone <= 14 * 60:
            raise DateProblem(_ZONES)
    one = point(date)
    return Point("day", one.year, one.lower, one.upper, 0, one.month, one.day, "", "", hour * 3_600 + minute * 60 + second, zone)


# --- dates with parts ------------------------------------------------


def _span(text: str) -> Date:
    parts = text.split("/")
    if len(parts) > 2:
        raise DateProblem("A slash stands between the first and the last day of a span, hyphens within a date.")
    first, last = (_end(part) for part in parts)
    start, end = (GIVEN if isinstance(one, Point) else one for one in (first, last))
    points = tuple(one for one in (first, last) if isinstance(one, Point))
    if not points:
        raise DateProblem("A span that is open on both sides says nothing.")
    lower, earliest = (first.lower, first.lower - first.margin) if isinstance(first, Point) else (None, None)
    upper, latest = (last.upper, last.upper + last.margin) if isinstance(last, Point) else (None, None)
    if lower is not None and upper is not None and lower > upper:
        raise DateProblem("The span ends before it begins.")
    shape = _shape(points)
    if len(points) == 1:
        shape = "open" if shape in {"day", "range"} else shape
    return Date(text, lower, upper, shape, SPAN, points, start, end, earliest, latest)


def _end(text: str) -> Point | str:
    if text == "..":
        return OPEN
    if not text:
        return UNKNOWN
    return _part(text, "A span counts days; its ends have no times.")


def _part(text: str, no_time: str) -> Point:
    one = point(text)
    if one.second is not None:
        raise DateProblem(no_time)
    return one


def _collection(text: str) -> Date:
    closing = {"[": "]", "{": "}"}.get(text[0], "")
    if len(text) < 2 or text[-1] != closing:
        raise DateProblem("A choice stands between [ and ], a set between { and }.")
    inner = text[1:-1]
    if not inner:
        raise DateProblem("There is no date between the brackets.")
    if ".." in inner:
        if text[0] == "{":
            raise DateProblem("Dots stand in a choice, between [ and ]; every day from one to another is a span.")
        return _between(text, inner)
    parts = inner.split(",")
    points = tuple(_member(part) for part in parts)
    if len(points) < 2:
        raise DateProblem("A choice or set has two dates at least.")
    if len(set(points)) < len(points):
        raise DateProblem("A date stands in it twice.")
    lower, upper = min(one.lower for one in points), max(one.upper for one in points)
    earliest, latest = min(one.lower - one.margin for one in points), max(one.upper + one.margin for one in points)
    kind, shape = (EITHER, "choice") if closing == "]" else (ALL, "several")
    return Date(text, lower, upper, shape, kind, points, GIVEN, GIVEN, earliest, latest)


def _between(text: str, inner: str) -> Date:
    if "," in inner:
        raise DateProblem("A choice has either dots or commas.")
    parts = inner.split("..")
    if len(parts) > 2:
        raise DateProblem("A choice has two dots once, between its first and its last date.")
    first, last = (_member(part) if part else None for part in parts)
    points = tuple(one for one in (first, last) if one is not None)
    if not points:
        raise DateProblem("A choice that is open on both sides says nothing.")
    if first and last and first.lower > last.upper:
        raise DateProblem("The choice ends before it begins.")
    return Date(
        text,
        first.lower if first else None,
        last.upper if last else None,
        "choice" if len(points) == 2 else "open",
        BETWEEN,
        points,
        GIVEN if first else OPEN,
        GIVEN if last else OPEN,
        first.lower - first.margin if first else None,
        last.upper + last.margin if last else None,
    )


def _member(text: str) -> Point:
    one = _part(text, "A choice or set has days, months and years; no times.")
    if one.quality or one.within:
        raise DateProblem("The dates of a choice or set stand without ?, ~, % and X.")
    return one


# --- why a text is no date ------------------------------------------------

# Compiled where one is asked for: most sites have no date that is none.
_WHY = (
    (r"\s*", "There is no date here."),
    (r"[0-9TZ:?~%XY+.-]*\s[0-9TZ:?~%XY+.\s-]*", "A date has no spaces in it."),
    (r"X+(?:-[0-9X]{2}){0,2}[?~%]?", "A date whose year is not known says too little here."),
    (r"[0-9]X{3}(?:-.*)?", "Of a year, the last digit or the last two can be unknown."),
    (r"-[0-9]*X.*", "Unknown digits are read in years from 0000 on."),
    (
        r"[0-9X]{4}-(?:[0-9]X|X[0-9]).*|[0-9X]{4}-..-(?:[0-9]X|X[0-9]).*|[0-9X]{4}-XX-[0-9]{2}.*|[0-9]{2}[0-9X]X-.*",
        "Unknown digits are read as 202X, 20XX, 2022-XX, 2022-XX-XX and 2022-01-XX.",
    ),
    (r"[0-9-]*x[0-9x?~%-]*", "An unknown digit is a capital X."),
    (r".*T.*[?~%]", "A moment is exact; “around” and “possibly” stand with whole days, months and years."),
    (r"[0-9-]{4,10}[?~%]{2,}", "One sign stands behind a date: ?, ~, or % for both."),
    (
        r"[0-9XY?~%-]*[?~%][0-9XY?~%-]*",
        "?, ~ and % stand behind the whole date, not before or within it (that would be level 2 of EDTF).",
    ),
    (r"Y?-?[0-9]+(?:E[0-9]+)?S[0-9]+", "How many digits of a year are significant (S) is not read here."),
    (r"Y-?[0-9]+E[0-9]+", "A year with an exponent (E) is not read here."),
    (r"Y-?0[0-9]*[?~%]?", "A year behind Y has no zeros before it."),
    (r"Y-?[0-9]{1,4}(?:[?~%-].*)?", "Y is for years of five digits or more."),
    (r"Y-?[0-9]{13,}[?~%]?", "Years have twelve digits at most: the universe has eleven."),
    (r"Y-?[0-9]+-.*", "A year of five digits or more stands without month and day."),
    (r"[+-]?[0-9]{5}|[+-]?[0-9]{7}|[+-]?[0-9]{9,}", "A year of five digits or more begins with Y."),
    (r"[0-9]{6}|[0-9]{8}", "Year, month and day have hyphens between them."),
    (r"\+[0-9]{4}.*", "A year has no plus sign."),
    (r"-?[0-9]{1,3}[?~%]?", "A year has four digits."),
    (r"-?[0-9]{4}-(?:[0-9]|[0-9]-[0-9]{1,2}|[0-9]{2}-[0-9])[?~%]?", "Month and day have two digits each."),
    (r"[0-9]{4}-[0-9]{3}", "Days of the year are not read here; write month and day."),
    (r"[0-9]{4}-W[0-9].*", "Weeks are not read here; write the first and the last day."),
    (r"[0-9-]{10}[tT][0-9:]*[zZ]", "T and Z are capitals, and a time has hours and minutes: T14:30Z."),
    (r"[0-9-]{10}T[0-9:]+[.,].*", "Parts of a second are not read here."),
    (r"[0-9-]{10}T.*", "A time is written as T14:30, with Z or +01:00 behind it where the zone is known."),
    (r"[0-9]{4}(?:-[0-9]{2})?T.*", "A time needs its day."),
    (r".*\.\..*", "Dots stand for an open end in a span, 2022/.., or within brackets, [2022..2023]."),
    (r".*[.].*", "A date has hyphens in it, the year first."),
    (r".*,.*", "Several dates stand in brackets: [2022,2023] for one of them, {2022,2023} for both."),
    (r"[^0-9]*", "It has no year in figures."),
)


def why_not(text: str) -> str:
    """Return why a text, of which no pattern made a date without parts, is none."""
    for pattern, reason in _WHY:
        if len(text) <= 60 and re.fullmatch(pattern, text, re.DOTALL):
            return reason
    return "A date is written in figures with hyphens, the year first: 2022-01-18."
