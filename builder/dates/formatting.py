"""Dates in the words of a language, exactly as precise as written."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise

from builder.dates import day_counts
from builder.dates.date import EITHER, ONE, OPEN, SPAN, Date, Point
from builder.dates.single_dates import fitting, point
from builder.i18n.language import Language, Style

_SLOT = re.compile(r"\{([a-z_]+)(?::([a-z_]+))?\}")

_Part = Callable[[str], str]
"""A part of a phrase: takes the form that the phrase asks for, `bare` or one of the catalogue's."""


def wording(d: Date, language: Language, *, style: str = "long") -> str:
    """Return a date in words, for a sentence (`long`) or for lists and margins (`short`).

    A day appears only if the author gave one, and what two dates of a phrase share only once: “18 and 21 January 2022”.
    """
    return _worded(d, language, style)


@lru_cache(maxsize=8192)
def _worded(d: Date, language: Language, style: str) -> str:
    chosen = language.short if style == "short" else language.long
    if d.kind == ONE:
        return _one(d.points[0], language, chosen)
    return _span(d, language, chosen) if d.kind == SPAN else _list(d, language, chosen)


def _phrase(pattern: str, parts: Mapping[str, _Part]) -> str:
    slots, end = _slots(pattern)
    return "".join([words + parts[name](form) for words, name, form in slots]) + end


@cache
def _slots(pattern: str) -> tuple[tuple[tuple[str, str, str], ...], str]:
    """Return the slots of a pattern, each with the words before it, its name and the form that it asks for; and the words behind the last."""
    cut = _SLOT.split(pattern)
    return tuple((cut[n], cut[n + 1], cut[n + 2] or "bare") for n in range(0, len(cut) - 1, 3)), cut[-1]


def _as_is(words: str) -> _Part:
    return lambda _form: words


# --- one date ------------------------------------------------


def _one(point: Point, language: Language, style: Style, *, inside: bool = False) -> str:
    """Word a date with all its signs; `inside` a longer phrase, “around” may need other words."""
    phrases = style.phrases
    if point.second is not None:
        parts: dict[str, _Part] = {"date": lambda form: _unit(point, language, style, form), "time": _as_is(_time(point, style))}
        if point.zone is None:
            return _phrase(phrases.moment, parts)
        return _phrase(phrases.moment_in_zone, parts | {"zone": _as_is(_zone(point, style))})
    if point.guess is not None:
        return _estimate(point, language, style)
    signs = (
        {"?": phrases.possibly_inside, "~": phrases.around_inside, "%": phrases.possibly_around_inside}
        if inside
        else {"?": phrases.possibly, "~": phrases.around, "%": phrases.possibly_around}
    )
    pattern = signs.get(point.quality, "{date}")
    # “around some time in 2022” says no more than “around 2022”, but “possibly some time in 2022” does.
    if not point.within or point.quality in {"~", "%"}:
        words = _phrase(pattern, {"date": _firm(point, language, style)})
        return _doubted(point, words, style) if point.parts else words
    within = _phrase(phrases.some_day if point.within == "day" else phrases.some_time, {"date": _firm(point, language, style)})
    return _phrase(pattern, {"date": _as_is(within)})


def _firm(point: Point, language: Language, style: Style) -> _Part:
    """Word a date without its signs."""
    if point.mask:
        return _as_is(_masked(point, language, style))
    return lambda form: _unit(point, language, style, form)


def _doubted(point: Point, words: str, style: Style) -> str:
    """Add which parts of a date are not certain: “11 June 2004 (year and month approximate)”."""
    phrases = style.phrases
    names = (phrases.the_year, phrases.the_month, phrases.the_day)
    doubts = []
    for sign, pattern in (("~", phrases.parts_around), ("?", phrases.parts_possibly), ("%", phrases.parts_possibly_around)):
        parts = [name for name, found in zip(names, point.parts, strict=False) if found == sign]
        if parts:
            doubts.append(
                pattern.replace("{parts}", parts[0] if len(parts) == 1 else phrases.both.replace("{a}", parts[0]).replace("{b}", parts[1]))
            )
    return phrases.doubted.replace("{date}", words).replace("{doubts}", ", ".join(doubts))


def _estimate(point: Point, language: Language, style: Style) -> str:
    ends = {"a": point.year, "b": point.last, "date": point.guess or 0}
    return _phrase(style.phrases.estimated, {name: _as_is(_year(year, language, style)) for name, year in ends.items()})


def _time(point: Point, style: Style) -> str:
    minutes, seconds = divmod(point.second or 0, 60)
    clock = f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")
    phrases = style.phrases
    pattern = {"?": phrases.possibly_at, "~": phrases.around_at, "%": phrases.possibly_around_at}.get(point.time_quality, "{time}")
    return pattern.replace("{time}", clock)


def _zone(point: Point, style: Style) -> str:
    return style.phrases.zone + _offset(point.zone or 0)


def _offset(zone: int) -> str:
    if not zone:
        return ""
    hours, minutes = divmod(abs(zone), 60)
    return f"{'−' if zone < 0 else '+'}{hours}" + (f":{minutes:02}" if minutes else "")


def _unit(point: Point, language: Language, style: Style, form: str, shared: str = "") -> str:
    """Word a date without its signs; without its year or month where `shared` says that a later one has the same."""
    forms = style.units[f"{point.unit}_of_{shared}" if shared else point.unit]
    of_year = 0 < point.month <= 12
    values = {
        "day": str(point.day),
        "month": language.months[point.month - 1] if of_year else "",
        "month_short": language.months_short[point.month - 1] if of_year else "",
        "season": language.seasons[(point.month - 21) % 4] if 21 <= point.month <= 32 else "",
        "ordinal": _ordinal(point.month, language),
        "year": str(point.year) if point.unit == "decade" else _far(point.figures, language) or _year(point.year, language, style),
        # The first and the last year: “the 21st century” would begin with 2001, and “the 2000s” may mean ten years only.
        "last": _year(point.last, language, style) if point.unit == "years" else "",
    }
    slots, end = _slots(forms.get(form, forms["bare"]))
    words = "".join([words + values[name] for words, name, _form in slots]) + end
    if point.unit == "decade" and 0 < point.year < 1_000:  # “the 40s” would be those of one's own century
        return style.phrases.ce.replace("{year}", words)
    return words


def _ordinal(part: int, language: Language) -> str:
    """Return “second” for the second quarter, third or half of a year."""
    first = next((first for first in (40, 37, 33) if part >= first), 0)
    return language.ordinals[part - first] if first else ""


def _year(year: int, language: Language, style: Style) -> str:
    number = year if year > 0 else 1 - year
    digits = language.number(number) if number >= 10_000 else str(number)
    if year <= 0:
        return style.phrases.bce.replace("{year}", digits)
    # “In 44” reads like a slip.
    return style.phrases.ce.replace("{year}", digits) if year < 1_000 else digits


_HIGH = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _far(figures: str, language: Language) -> str:
    """Word a year that is too far away to be counted with, as it was written: −17 × 10²⁰."""
    if not figures:
        return ""
    base, _, exponent = figures.lstrip("-").partition("E")
    return ("−" if figures[0] == "-" else "") + language.number(int(base)) + (f" × 10{exponent.translate(_HIGH)}" if exponent else "")


# --- unknown digits ------------------------------------------------


def _masked(masked: Point, language: Language, style: Style) -> str:
    """Word a date that has unknown digits elsewhere than at its end: “some December in the 1560s”."""
    year, month, day = masked.mask
    phrases = style.phrases
    if "X" not in year and (found := _possible(year, month, day)):
        return _any_of(found, language, style)
    of_year = point(year)
    if of_year.unit != "masked":
        parts: dict[str, _Part] = {"date": lambda form: _unit(of_year, language, style, form)}
        if month == "XX" and day.isdigit():
            return _phrase(phrases.day_of_some_month, parts | {"day": _as_is(str(int(day)))})
        if month.isdigit() and (day in {"", "XX"} or day.isdigit()):
            named = point(f"2000-{month}" + (f"-{day}" if day.isdigit() else ""))  # a leap year
            parts["day"] = parts["month"] = _as_is(_unit(named, language, style, "bare", "year"))
            return _phrase({"": phrases.some_named_month, "XX": phrases.some_day_of_named_month}.get(day, phrases.day_in), parts)
    return phrases.of_form.replace("{date}", "-".join(part for part in masked.mask if part))


def _possible(year: str, month: str, day: str) -> tuple[Point, ...]:
    """Return the days or months that a date of a known year can be; none where they are too many to be listed."""
    if "XX" in {month, day}:
        return ()
    whole = int(year)
    found = [
        point(f"{year}-{month_number:02}" + (f"-{number:02}" if number else ""))
        for month_number in fitting(month, range(1, 13))
        for number in (fitting(day, range(1, day_counts.month_length(whole, month_number) + 1)) if day else (0,))
    ]
    return tuple(found) if len(found) <= 4 or _are_consecutive(found) else ()


def _are_consecutive(points: Sequence[Point]) -> bool:
    return all(one.upper + 1 == other.lower for one, other in pairwise(points))


def _any_of(points: tuple[Point, ...], language: Language, style: Style) -> str:
    if len(points) > 2 and _are_consecutive(points):
        return _phrase(style.phrases.between, _ends((points[0], points[-1]), language, style))
    return _joined(points, style.phrases.either, language, style)


# --- several dates ------------------------------------------------


def _which(d: Date) -> str:
    """Return which end alone is given: `a` the first, `b` the last, "" both or neither."""
    if bool(d.start) == bool(d.end):
        return ""
    return "b" if d.start else "a"


def _ends(points: tuple[Point, ...], language: Language, style: Style) -> dict[str, _Part]:
    parts = _parts(points, language, style)
    return {"a": parts[0], "b": parts[-1]}


def _parts(points: tuple[Point, ...], language: Language, style: Style) -> list[_Part]:
    shared = _shared(points)

    def part(point: Point, shared: str) -> _Part:
        if not _is_bare(point):
            # What stands before the date (“around”) takes its own form; the phrase's would not reach it.
            return _as_is(_one(point, language, style, inside=True))
        return lambda form: _unit(point, language, style, form, shared)

    return [part(point, shared) for point in points[:-1]] + [part(points[-1], "")]


def _is_bare(point: Point) -> bool:
    """Return whether a date is a unit without qualifiers, which can have any form."""
    return not (point.signs or point.within or point.mask or point.guess is not None or point.second is not None)


def _shared(points: tuple[Point, ...]) -> str:
    """Return what all dates have in common, so that only the last states it: the `month`, the `year`, or nothing."""
    first = points[0]
    if any(point.unit != first.unit or not _is_bare(point) or point.year != first.year for point in points):
        return ""
    if first.unit == "day":
        return "month" if all(point.month == first.month for point in points) else "year"
    return "year" if first.unit == "month" else ""


def _span(d: Date, language: Language, style: Style) -> str:
    phrases = style.phrases
    if not d.points:
        return phrases.no_ends if d.start == d.end else phrases.only_no_end if d.end == OPEN else phrases.only_no_start
    parts = _ends(d.points, language, style)
    alone = _which(d)
    if alone == "a":
        return _phrase(phrases.from_on if d.end == OPEN else phrases.from_end_unknown, parts)
    if alone == "b":
        return _phrase(phrases.until if d.start == OPEN else phrases.until_start_unknown, parts)
    first, last = d.points
    if first == last:
        return _one(first, language, style)
    if first.second is not None and last.second is not None and (first.lower, first.zone) == (last.lower, last.zone):
        times: dict[str, _Part] = {"a": _as_is(_time(first, style)), "b": _as_is(_time(last, style)), "zone": _as_is(_zone(first, style))}
        times["date"] = lambda form: _unit(first, language, style, form)
        return _phrase(phrases.hours if first.zone is None else phrases.hours_in_zone, times)
    if not (_is_bare(first) and _is_bare(last)):
        return _phrase(phrases.span_loose, parts)
    return _from_to(d.points, language, style)


def _from_to(points: tuple[Point, ...], language: Language, style: Style) -> str:
    parts = _ends(points, language, style)
    tight = points[0].unit == points[-1].unit and " " not in parts["a"]("bare")
    return _phrase(style.phrases.span_tight if tight else style.phrases.span, parts)


def _list(d: Date, language: Language, style: Style) -> str:
    phrases = style.phrases
    is_choice = d.kind == EITHER
    if not (d.runs or d.start or d.end):
        return _joined(tuple(dict.fromkeys(d.points)), phrases.either if is_choice else phrases.both, language, style)
    alone = len(d.points) == (2 if d.runs else 1)
    if alone and is_choice:
        return _phrase({"": phrases.between, "a": phrases.or_later, "b": phrases.by}[_which(d)], _ends(d.points, language, style))
    items: list[str] = []
    at = 0
    while at < len(d.points):
        run = d.points[at : at + 2] if at in d.runs else d.points[at : at + 1]
        which = "b" if d.start and at == 0 else "a" if d.end and at + len(run) == len(d.points) else ""
        items.append(_item(run, which, language, style, every=not is_choice and (alone or bool(which))))
        at += len(run)
    if len(items) == 1:
        return items[0]
    comma = phrases.comma.replace("{a}", "").replace("{b}", "")
    return _phrase(phrases.one_of if is_choice else phrases.all_of, {"a": _as_is(comma.join(items[:-1])), "b": _as_is(items[-1])})


def _item(run: tuple[Point, ...], which: str, language: Language, style: Style, *, every: bool) -> str:
    """Word a date of a list, or all from one to another; `which` end alone is given, if one is open."""
    phrases = style.phrases
    parts = _ends(run, language, style)
    if every:
        each = {"day": phrases.each_day, "month": phrases.each_month}.get(run[0].unit, phrases.each_year)
        parts["each"] = _as_is(each)
        return _phrase({"": phrases.each_between, "a": phrases.each_from, "b": phrases.each_until}[which], parts)
    if which:
        return _phrase(phrases.or_later if which == "a" else phrases.or_earlier, parts)
    return _from_to(run, language, style) if len(run) > 1 and run[0] != run[1] else parts["b"]("bare")


def _joined(points: tuple[Point, ...], pattern: str, language: Language, style: Style) -> str:
    parts = _parts(points, language, style)
    if len(parts) == 1:
        return parts[0]("bare")
    words = [part("bare") for part in parts[:-1]]
    comma = style.phrases.comma.replace("{a}", "").replace("{b}", "")
    return _phrase(pattern, {"a": _as_is(comma.join(words)), "b": parts[-1]})
