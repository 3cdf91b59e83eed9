"""One date without parts, as EDTF writes it: a day, a month, a year, a part of the year, a moment, or any of these with unknown digits."""

import re
from collections.abc import Iterable, Iterator

from builder.dates import day_counts
from builder.dates.date import DateProblem, Point, united
from builder.dates.invalid_dates import MONTHS, why_not
from builder.i18n.patterns import late

_DATE = late(r"([?~%]?)(-?[0-9X]{4})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?)(?:-([?~%]?)([0-9X]{2})([?~%]?))?)?")
_PLAIN = late(r"(-?[0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
_FAR = late(r"Y(-?)([1-9][0-9]*)(?:E([1-9][0-9]*))?(?:S([1-9][0-9]*))?")
_ESTIMATED = late(r"(-?[0-9]{4})S([1-9][0-9]*)")
_UNKNOWN_AT_END = late(r"-?[0-9](?:[0-9]{2}X|[0-9]XX|XXX)|-?[0-9]{4}-(?:XX(?:-XX)?|[0-9]{2}-XX)")
"""Unknown digits that a qualifier can follow."""
_MOMENT = late(
    r"(-?[0-9]{4}-[0-9]{2}-[0-9]{2})T([0-9]{2}):([0-9]{2})(?::([0-9]{2}))?(Z|[+-][0-9]{2}(?::[0-9]{2})?)?([?~%]?)",
)

_SEASONS = {
    21: ("season", 3, 3, 184),
    22: ("season", 6, 3, 184),
    23: ("season", 9, 3, 184),
    24: ("season", 12, 3, 334),
    25: ("north", 3, 3, 23),
    26: ("north", 6, 3, 23),
    27: ("north", 9, 3, 23),
    28: ("north", 12, 3, 334),
    29: ("south", 9, 3, 23),
    30: ("south", 12, 3, 334),
    31: ("south", 3, 3, 23),
    32: ("south", 6, 3, 23),
    **{33 + n: ("quarter", 1 + 3 * n, 3, 0) for n in range(4)},
    **{37 + n: ("third", 1 + 4 * n, 4, 0) for n in range(3)},
    **{40 + n: ("half", 1 + 6 * n, 6, 0) for n in range(2)},
}
"""Part of the year → unit, first month, number of months, and margin. Seasons are meteorological; astronomical ones differ by three weeks, those of the
southern hemisphere by half a year, and a winter or southern summer may be the one that ends in its year.
"""
SEASONS = frozenset(unit for unit, *_ in _SEASONS.values())
_SOFT = {"day": 3, "month": 31, "year": 366, "season": 92}
"""Days by which “around” and “possibly” extend a unit on either side. No standard defines this: one unit, and half a week for a day."""

FAR = 10**15
"""Years beyond it are counted as this one: a day's number would be too long to be packed."""
_FIGURES = 60
"""Most digits of a year, without its exponent."""

ZONES = "Zones run from -12:00 to +14:00."


def point(text: str) -> Point:
    """Return the single date of a text. Raises `DateProblem` if it is none."""
    if found := _PLAIN.fullmatch(text):
        year, month, day = found.groups()
        return calendar(year, int(month) if month else None, int(day) if day else None)
    if found := _DATE.fullmatch(text):
        return _signed(text, *found.groups())
    if found := _MOMENT.fullmatch(text):
        return _moment(found)
    if found := _FAR.fullmatch(text):
        return _far(*found.groups())
    if found := _ESTIMATED.fullmatch(text):
        return _estimated(_of_year(found[1]), 4, int(found[2][:9]))
    raise DateProblem(why_not(text))


def _of_year(written: str) -> int:
    if written == "-0000":
        raise DateProblem("The year 0 has no sign.")
    return int(written)


def calendar(written: str, month: int | None = None, day: int | None = None, quality: str = "") -> Point:
    """Return a year, month, part of a year or day; parts of a year have month numbers up to 41."""
    year = _of_year(written)
    if month is None:
        return _year(year, quality)
    if month in _SEASONS:
        if day is not None:
            raise DateProblem(f"{month} stands for a part of the year, which has no days.")
        return _season(year, month, quality)
    if not 1 <= month <= 12:
        raise DateProblem(f"There is no month {month:02}; months are 01 to 12, seasons and other parts of the year 21 to 41.")
    length = day_counts.month_length(year, month)
    first = day_counts.ordinal(year, month, 1)
    if day is None:
        return Point("month", year, first, first + length - 1, _SOFT["month"] if quality else 0, month, quality=quality)
    if not 1 <= day <= length:
        raise DateProblem(_no_day(year, month, day))
    return Point("day", year, first + day - 1, first + day - 1, _SOFT["day"] if quality else 0, month, day, quality=quality)


def _no_day(year: int, month: int, day: int) -> str:
    if (month, day) == (2, 29):
        return f"29 February does not exist in {year}, which is no leap year."
    if day == 0:
        return "There is no day 00."
    return f"{day} {MONTHS[month - 1]} does not exist."


def _year(year: int, quality: str = "") -> Point:
    return Point(
        "year", year, day_counts.ordinal(year, 1, 1), day_counts.ordinal(year, 12, 31), _SOFT["year"] if quality else 0, quality=quality
    )


def _season(year: int, season: int, quality: str) -> Point:
    unit, begins, months, margin = _SEASONS[season]
    ends_year, ends = (year, begins + months - 1) if begins + months <= 13 else (year + 1, begins + months - 13)
    first, last = day_counts.ordinal(year, begins, 1), day_counts.ordinal(ends_year, ends, day_counts.month_length(ends_year, ends))
    return Point(unit, year, first, last, margin + (_SOFT["season"] if quality else 0), season, quality=quality)


# --- signs ------------------------------------------------


def _signed(text: str, *groups: str | None) -> Point:
    """Return a date with qualified or partly unknown components: a qualifier on the left applies to its component, one on the right also to all before it."""
    before, year, y, on_month, month, m, on_day, day, d = (group or "" for group in groups)
    if (before and y) or (on_month and m) or (on_day and d):
        raise DateProblem("A part of a date has one sign, on its left or on its right.")
    signs = tuple(united(found) for part, found in ((year, (before, y, m, d)), (month, (on_month, m, d)), (day, (on_day, d))) if part)
    if "X" in year + month + day:
        plain = text.rstrip("?~%")
        if any(signs) and not (_UNKNOWN_AT_END.fullmatch(plain) and len(text) == len(plain) + 1):
            raise DateProblem("Of unknown digits, those at the end of a date can have one sign behind them, as in 201X~; others have none.")
        return _unknown(plain, year, month, day, signs[-1])
    if int(month or 0) in _SEASONS and any(signs):
        if int(month) > 24:
            raise DateProblem("?, ~ and % stand with the seasons 21 to 24, and with no other part of the year.")
        if before or y or on_month:
            raise DateProblem("?, ~ and % stand behind a season, not before or within it.")
    if len(set(signs)) == 1:
        return calendar(year, int(month) if month else None, int(day) if day else None, signs[0])
    whole = calendar(year, int(month), int(day) if day else None)
    coarsest = next(unit for unit, sign in zip(("year", "month", "day"), signs, strict=False) if sign)
    return Point(whole.unit, whole.year, whole.lower, whole.upper, _SOFT[coarsest], whole.month, whole.day, parts=signs)


# --- unknown digits ------------------------------------------------


def _unknown(text: str, year: str, month: str, day: str, quality: str) -> Point:
    """Return a date with unknown digits. Its bounds are the first and the last possible day."""
    known_year, known_month = "X" not in year, bool(month) and "X" not in month
    if known_year and known_month and day == "XX":
        whole = calendar(year, int(month), None, quality)
        if whole.unit != "month":
            raise DateProblem(f"{whole.month} stands for a part of the year, which has no days.")
        return Point("month", whole.year, whole.lower, whole.upper, whole.margin, whole.month, within="day", quality=quality)
    first, last = (_fitting_day(text, year, month, day, latest=latest) for latest in (False, True))
    if not (month in {"", "XX"} and day in {"", "XX"} and re.fullmatch("-?[0-9]*X*", year)):
        return Point("masked", 0, first, last, mask=(year, month, day))
    begins, ends = day_counts.civil(first)[0], day_counts.civil(last)[0]
    within = "day" if day else "month" if month else "year"
    margin = -(-(ends - begins + 1) * 1_461 // 4) if quality else 0
    if known_year:
        return Point("year", begins, first, last, margin, within=within, quality=quality)
    unit = "any_year" if year == "XXXX" else "decade" if begins >= 0 and year[-2] != "X" else "years"
    return Point(unit, begins, first, last, margin, within="" if text == "XXXX" else within, quality=quality, last=ends)


def fitting(mask: str, values: Iterable[int]) -> Iterator[int]:
    """Yield the values whose two or four digits match a mask: `1X` matches the months 10, 11 and 12."""
    pattern = re.compile(mask.replace("X", "[0-9]"))
    return (value for value in values if pattern.fullmatch(f"{value:0{len(mask)}}"))


def _fitting_day(text: str, year: str, month: str, day: str, *, latest: bool = False) -> int:
    """Return the first matching day, or the last if `latest`."""
    direction = -1 if latest else 1
    months = list(fitting(month, range(1, 13)))[::direction] if month else [12 if latest else 1]
    if month and not months:
        raise DateProblem(f"No month fits {month}.")
    all_days = list(fitting(day, range(1, 32)))[::direction] if day else []
    for fitting_year in _years_that_fit(year, latest=latest):
        for of_year in months:
            length = day_counts.month_length(fitting_year, of_year)
            if not day:
                return day_counts.ordinal(fitting_year, of_year, length if latest else 1)
            if found := next((number for number in all_days if number <= length), 0):
                return day_counts.ordinal(fitting_year, of_year, found)
    raise DateProblem(f"No day fits {text}.")


def _years_that_fit(mask: str, *, latest: bool) -> Iterator[int]:
    sign = -1 if mask[0] == "-" else 1
    _of_year(mask.replace("X", "9"))
    digits = mask.lstrip("-")
    open_at = [len(digits) - 1 - n for n, digit in enumerate(digits) if digit == "X"]
    base = int(digits.replace("X", "0"))
    count = range(10 ** len(open_at))
    for n in reversed(count) if latest == (sign > 0) else count:
        filled = f"{n:0{len(open_at)}}" if open_at else ""
        year = base + sum(int(figure) * 10**digit for figure, digit in zip(filled, open_at, strict=True))
        if year or sign > 0:
            yield sign * year


# --- years ------------------------------------------------


def _far(sign: str, base: str, exponent: str | None, significant: str | None) -> Point:
    """Return a year behind `Y`, such as -17E7."""
    if len(base) > _FIGURES or len(exponent or "") > 9:
        raise DateProblem(f"A year has {_FIGURES} figures at most.")
    if len(base) < 5 and not exponent:
        raise DateProblem("Y is for years of five digits or more.")
    length = len(base) + int(exponent or 0)
    if length > 15:
        year = -FAR if sign else FAR
        rough = "~" if significant and int(significant[:9]) < length else ""
        figures = f"{sign}{base}" + (f"E{exponent}" if exponent else "")
        return Point("year", year, day_counts.ordinal(year, 1, 1), day_counts.ordinal(year, 12, 31), quality=rough, figures=figures)
    number = int(base) * 10 ** int(exponent or 0)
    year = -number if sign else number
    return _estimated(year, length, int(significant[:9])) if significant else _year(year)


def _estimated(year: int, length: int, significant: int) -> Point:
    """Return a year with significant digits: `1950S2` is one of 1900 to 1999, estimated as 1950."""
    if significant >= length:
        return _year(year)
    size = 10 ** (length - significant)
    first = abs(year) // size * size
    begins, ends = (first, first + size - 1) if year >= 0 else (-first - size + 1, min(-first, -1))
    return Point("years", begins, day_counts.ordinal(begins, 1, 1), day_counts.ordinal(ends, 12, 31), last=ends, guess=year)


# --- moments ------------------------------------------------


def _moment(match: re.Match[str]) -> Point:
    date, hours, minutes, seconds, zone, quality = match.groups()
    hour, minute, second = int(hours), int(minutes), int(seconds or 0)
    if hour > 24 or (hour == 24 and minute + second > 0):
        raise DateProblem(f"There is no hour {hour}." if hour > 24 else "After 24:00 the next day begins.")
    if minute > 59:
        raise DateProblem(f"There is no minute {minute}.")
    if second > 59:
        raise DateProblem(f"There is no second {second}.")
    offset = minutes_east(zone) if zone else None
    date_point = point(date)
    time = hour * 3_600 + minute * 60 + second
    return Point(
        "day",
        date_point.year,
        date_point.lower,
        date_point.upper,
        0,
        date_point.month,
        date_point.day,
        second=time,
        zone=offset,
        time_quality=quality,
    )


def minutes_east(zone: str) -> int:
    """Return the minutes by which a zone such as `Z` or `-04:30` is ahead of UTC."""
    if zone == "Z":
        return 0
    minutes = int(zone[4:] or 0)
    offset = int(zone[1:3]) * 60 + minutes
    if zone[0] == "-" and offset == 0:
        raise DateProblem("The zone of UTC is Z; nothing is behind it by no hours.")
    offset = -offset if zone[0] == "-" else offset
    if minutes > 59 or not -12 * 60 <= offset <= 14 * 60:
        raise DateProblem(ZONES)
    return offset
