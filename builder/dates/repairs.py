"""Suggest a correction of a text that is nearly EDTF, without the invalid parts."""

import datetime as dt
import re
from collections.abc import Callable, Iterator

from builder.dates import day_counts
from builder.dates.date import united
from builder.dates.single_dates import calendar, point
from builder.i18n.patterns import late

_Make = Callable[[re.Match[str]], Iterator[str]]
_TIME = r"[0-9]{2}:[0-9]{2}(?::[0-9]{2})?"
_ZONE = r"(?:Z|[+-][0-9]{2}(?::?[0-9]{2})?)"


_LETTERS = str.maketrans("OIL", "011")
"""Letters that are taken for figures."""


def repaired(text: str) -> Iterator[str]:
    """Yield possible corrections, which may be invalid themselves."""
    tight = re.sub(r"\s+", "", text)
    if tight != text:
        yield tight
    for pattern, make in _REPAIRS:
        if found := pattern.fullmatch(tight):
            yield from make(found)


def _zone(match: re.Match[str]) -> Iterator[str]:
    """UTC is Z, basic format has its colon; a zone that there is not is left out."""
    before, sign, hours, minutes, after = match.groups("")
    yield before + ("Z" if hours == "00" and minutes in {"", "00"} else f"{sign}{hours}:{minutes or '00'}") + after
    yield before + after


def _zone_at_both(match: re.Match[str]) -> Iterator[str]:
    first, last, zone, sign = match.groups("")
    yield f"{first}{zone}/{last}{zone}{sign}"


def _turned(match: re.Match[str]) -> Iterator[str]:
    """A span that ends before it begins."""
    first, last = match.groups()
    if re.fullmatch(rf"{_TIME}.*", last) and "T" in first:
        day = first.partition("T")[0]
        yield f"{first}/{day_counts.edtf(point(day).lower + 1)}T{last}"
    if not (first.startswith("-") and "X" in first):
        yield f"{last}/{first}"


def _plain_ends(match: re.Match[str]) -> Iterator[str]:
    """A span whose ends have signs beside unknown digits, or significant digits."""
    ends = (re.sub(r"S[0-9]+\Z", "", re.sub(r"[?~%]", "", end) if "X" in end else end) for end in match.groups())
    yield "/".join(ends)


_RUN = late(r"(-?[0-9][0-9-]*)\.\.(-?[0-9][0-9-]*)")


def repair_order(text: str) -> str:
    """Return a choice or set that can be read with the earlier date before each two dots: [2022..2021] is read as [2021..2022]."""
    return _RUN.sub(lambda run: f"{run[2]}..{run[1]}" if point(run[1]).lower > point(run[2]).lower else run[0], text)


def _of_parts(match: re.Match[str]) -> Iterator[str]:
    """Parts of a year that a span or a sign cannot have, by their months."""
    first_year, first, sign, last_year, last, sign_after = match.groups("")
    if not (21 <= int(first) <= 41 and 21 <= int(last or first) <= 41):
        return
    begins, ends = calendar(first_year, int(first)).lower, calendar(last_year or first_year, int(last or first)).upper
    yield f"{day_counts.edtf(begins)[:-3]}{sign}/{day_counts.edtf(ends)[:-3]}{sign_after or ('' if last else sign)}"


def _day_of_year(match: re.Match[str]) -> Iterator[str]:
    year, number = int(match[1]), int(match[2])
    if 1 <= number <= 365 + day_counts.is_leap(year):
        yield day_counts.edtf(day_counts.ordinal(year, 1, 1) + number - 1)


def _week(match: re.Match[str]) -> Iterator[str]:
    year, week, day = int(match[1]), int(match[2]), match[3]
    try:
        monday = dt.date.fromisocalendar(year, week, 1).toordinal()
    except ValueError:
        return
    yield day_counts.edtf(monday + int(day) - 1) if day else f"{day_counts.edtf(monday)}/{day_counts.edtf(monday + 6)}"


def _coarser(match: re.Match[str]) -> Iterator[str]:
    """A day or month that does not exist: what is left of the date without it."""
    year, month = match[1], match[2]
    yield from (f"{year}-{month}", year) if match[3] else (year,)


def _hour(match: re.Match[str]) -> Iterator[str]:
    hour = int(match[2])
    zone = match[3] or ""
    yield f"{match[1]}T{hour:02}:00{zone}/{hour + 1:02}:00{zone}"


def _in_brackets(match: re.Match[str]) -> Iterator[str]:
    opening, inner, _ = match.groups("")
    inner = ",".join(part for part in inner.split(",") if part)
    closing = "]" if opening == "[" else "}"
    if "," not in inner and ".." not in inner:
        yield inner
    yield f"{opening}{inner}{closing}"
    plain = ",".join(re.sub(r"[?~%]", "", part) if ".." in part else part for part in inner.split(","))
    yield f"{opening}{plain}{closing}"


def _one_sign_each(match: re.Match[str]) -> Iterator[str]:
    """All signs on the left of what they are of; of a date that has the same one throughout, behind it."""
    before, year, y, on_month, month, m, on_day, day, d = match.groups("")
    parts = (united((before, y, m, d)) + year, united((on_month, m, d)) + month, united((on_day, d)) + day)
    made = "-".join(part for part, is_given in zip(parts, (year, month, day), strict=True) if is_given)
    signs = {part[0] for part in made.split("-") if part}
    yield made.replace(sign, "") + sign if len(signs) == 1 and (sign := signs.pop()) in "?~%" else made


def _far_estimate(match: re.Match[str]) -> Iterator[str]:
    yield f"Y{match[1]}S2"
    yield f"Y{match[1]}"


_REPAIRS: tuple[tuple[re.Pattern[str], _Make], ...] = tuple(
    (late(pattern), make)
    for pattern, make in (
        (rf"(.*T{_TIME})([+-])([0-9]{{2}}):?([0-9]{{2}})?(.*)", _zone),
        (rf"(.*T{_TIME})/(.*{_TIME})({_ZONE})([?~%]?)", _zone_at_both),
        (r"([^/]+)/([^/]+)", _turned),
        (r"([^/T]*)/([^/T]*)", _plain_ends),
        (r"(-?[0-9]{4})-([0-9]{2})([?~%]?)(?:/(-?[0-9]{4})-([0-9]{2})([?~%]?))?", _of_parts),
        (r"[0-9OIL]{4}(?:-[0-9OIL]{2}){0,2}", lambda found: iter((found[0].translate(_LETTERS),))),
        (r"([0-9]{4})-([0-9]{3})", _day_of_year),
        (r"([0-9]{4})-?W([0-9]{2})(?:-?([1-7]))?", _week),
        (r"-(0000.*)", lambda found: iter((found[1],))),
        (r"(-?[0-9]{4})-([0-9]{2})(?:-([0-9]{2}))?", _coarser),
        (rf"([0-9-]{{10}})T([0-9]{{2}})({_ZONE})?", _hour),
        (rf"([0-9-]{{10}})([?~%])T({_TIME}{_ZONE}?)", lambda found: iter((f"{found[1]}T{found[3]}{found[2]}",))),
        (r"([\[{])([^\[\]{}]*)([\]}]?)", _in_brackets),
        (r"([^\[\]{}]+)[\]}]", lambda found: iter((f"[{found[1]}]", f"{{{found[1]}}}"))),
        (r"Y(-?[1-9][0-9]{4,})[?~%]", _far_estimate),
        (r"Y(-?[0-9]{4})(S[1-9])?", lambda found: iter((found[1] + (found[2] or ""),))),
        (r"(-?[0-9]{4})(?:S0*)", lambda found: iter((found[1],))),
        (r"(-?[0-9]{4}S[1-9][0-9]*)[?~%-].*", lambda found: iter((found[1],))),
        (r"([0-9]{3})", lambda found: iter((f"{found[1]}X", f"0{found[1]}"))),
        (r"([0-9]{2})", lambda found: iter((f"{found[1]}XX", f"00{found[1]}"))),
        (r"([?~%]?)(-?[0-9]{4})([?~%]?)(?:-([?~%]?)([0-9]{2})([?~%]?)(?:-([?~%]?)([0-9]{2})([?~%]?))?)?", _one_sign_each),
        (r"([^\[\]{}/]+(?:,[^\[\]{}/]+)+)", lambda found: iter((f"[{found[1]}]", f"{{{found[1]}}}"))),
        (r"([?~%]?-?[0-9X]{4}[?~%]?)-[?~%]?[0-9]{2}[?~%]?", lambda found: iter((re.sub(r"[?~%]", "", found[0]), found[1]))),
        (r"[0-9X?~%-]+", lambda found: iter((re.sub(r"[?~%]", "", found[0]),))),
    )
)
