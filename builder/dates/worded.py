"""Dates in the words of a language, as exact as the author was and no more."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache

from builder.dates.record import BETWEEN, EITHER, ONE, OPEN, SPAN, Date, Point
from builder.language import Language, Style

_SLOT = re.compile(r"\{([a-z_]+)(?::([a-z_]+))?\}")

_Part = Callable[[str], str]
"""A part of a phrase: takes the form that the phrase asks for, `bare` or one of the catalogue's."""


def wording(d: Date, language: Language, *, style: str = "long") -> str:
    """Return a date in words, for a sentence (`long`) or for lists and margins (`short`).

    Says a day only where the author gave one, and what two dates of a phrase share only once: “18 and 21 January 2022”.
    """
    return _worded(d, language, style)


@lru_cache(maxsize=8192)
def _worded(d: Date, language: Language, style: str) -> str:
    chosen = language.short if style == "short" else language.long
    if d.kind == ONE:
        return _one(d.points[0], language, chosen)
    phrases = chosen.phrases
    if d.kind == SPAN:
        return _span(d, language, chosen)
    if d.kind == BETWEEN:
        return _phrase({"": phrases.between, "a": phrases.or_later, "b": phrases.by}[_which(d)], _ends(d, language, chosen))
    return _list(d, phrases.either if d.kind == EITHER else phrases.both, language, chosen)


def _phrase(pattern: str, parts: Mapping[str, _Part]) -> str:
    return _SLOT.sub(lambda slot: parts[slot[1]](slot[2] or "bare"), pattern)


# --- one date ------------------------------------------------


def _one(one: Point, language: Language, style: Style) -> str:
    phrases = style.phrases
    parts: dict[str, _Part] = {"date": lambda form: _unit(one, language, style, form)}
    if one.second is not None:
        clock = _clock(one.second)
        parts["time"] = lambda _form: clock
        if one.zone is None:
            return _phrase(phrases.moment, parts)
        zone = phrases.zone + _offset(one.zone)
        parts["zone"] = lambda _form: zone
        return _phrase(phrases.moment_in_zone, parts)
    pattern = {"?": phrases.possibly, "~": phrases.around, "%": phrases.possibly_around}.get(one.quality, "")
    if not one.within:
        return _phrase(pattern or "{date}", parts)
    # “around some time in 2022” says no more than “around 2022”, but “possibly some time in 2022” does.
    if one.quality in {"~", "%"}:
        return _phrase(pattern, parts)
    within = _phrase(phrases.some_day if one.within == "day" else phrases.some_time, parts)
    return _phrase(pattern or "{date}", {"date": lambda _form: within})


def _clock(second: int) -> str:
    minutes, seconds = divmod(second, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}" + (f":{seconds:02}" if seconds else "")


def _offset(zone: int) -> str:
    if not zone:
        return ""
    hours, minutes = divmod(abs(zone), 60)
    return f"{'−' if zone < 0 else '+'}{hours}" + (f":{minutes:02}" if minutes else "")


def _unit(one: Point, language: Language, style: Style, form: str, shared: str = "") -> str:
    """Word a date without its qualifier; without its year or month where `shared` says that a later one has the same."""
    forms = style.units[f"{one.unit}_of_{shared}" if shared else one.unit]
    of_year = 0 < one.month <= 12
    values = {
        "day": str(one.day),
        "month": language.months[one.month - 1] if of_year else "",
        "month_short": language.months_short[one.month - 1] if of_year else "",
        "season": language.seasons[one.month - 21] if one.unit == "season" else "",
        "year": str(one.year) if one.unit == "decade" else _year(one.year, language, style),
        # The first and the last year: “the 21st century” would begin with 2001, and “the 2000s” may mean ten years only.
        "last": _year(one.year + 99, language, style) if one.unit == "century" else "",
    }
    words = _SLOT.sub(lambda slot: values[slot[1]], forms.get(form, forms["bare"]))
    if one.unit == "decade" and 0 < one.year < 1_000:  # “the 40s” would be those of one's own century
        return style.phrases.ce.replace("{year}", words)
    return words


def _year(year: int, language: Language, style: Style) -> str:
    number = year if year > 0 else 1 - year
    digits = language.number(number) if number >= 10_000 else str(number)
    if year <= 0:
        return style.phrases.bce.replace("{year}", digits)
    # “In 44” reads like a slip.
    return style.phrases.ce.replace("{year}", digits) if year < 1_000 else digits


# --- several dates ------------------------------------------------


def _which(d: Date) -> str:
    """Which end alone is given: `a` the first, `b` the last, "" both."""
    if d.start:
        return "b"
    return "a" if d.end else ""


def _ends(d: Date, language: Language, style: Style) -> dict[str, _Part]:
    parts = _parts(d.points, language, style)
    return {"a": parts[0], "b": parts[-1]}


def _parts(points: tuple[Point, ...], language: Language, style: Style) -> list[_Part]:
    shared = _shared(points)

    def part(one: Point, shared: str) -> _Part:
        if one.quality or one.within:
            inside = _inside(one, language, style)
            # What stands before the date (“around”) takes its own form; the phrase's would not reach it.
            return lambda _form: inside
        return lambda form: _unit(one, language, style, form, shared)

    return [part(one, shared) for one in points[:-1]] + [part(points[-1], "")]


def _shared(points: tuple[Point, ...]) -> str:
    """Return what all dates have in common so that only the last need say it: the `month`, the `year`, or nothing."""
    first = points[0]
    if any(one.unit != first.unit or one.quality or one.within or one.year != first.year for one in points):
        return ""
    if first.unit == "day":
        return "month" if all(one.month == first.month for one in points) else "year"
    return "year" if first.unit == "month" else ""


def _inside(one: Point, language: Language, style: Style) -> str:
    phrases = style.phrases
    bare: dict[str, _Part] = {"date": lambda form: _unit(one, language, style, form)}
    pattern = {"?": phrases.possibly_inside, "~": phrases.around_inside, "%": phrases.possibly_around_inside}.get(one.quality, "")
    if pattern:
        return _phrase(pattern, bare)
    return _phrase(phrases.some_day if one.within == "day" else phrases.some_time, bare)


def _span(d: Date, language: Language, style: Style) -> str:
    phrases = style.phrases
    alone = _which(d)
    if alone == "a":
        return _phrase(phrases.from_on if d.end == OPEN else phrases.from_end_unknown, _ends(d, language, style))
    if alone == "b":
        return _phrase(phrases.until if d.start == OPEN else phrases.until_start_unknown, _ends(d, language, style))
    first, last = d.points
    if first == last:
        return _one(first, language, style)
    parts = _ends(d, language, style)
    if first.quality or last.quality or first.within or last.within:
        return _phrase(phrases.span_loose, parts)
    tight = first.unit == last.unit and " " not in parts["a"]("bare")
    return _phrase(phrases.span_tight if tight else phrases.span, parts)


def _list(d: Date, pattern: str, language: Language, style: Style) -> str:
    parts = _parts(d.points, language, style)
    words = [part("bare") for part in parts[:-1]]
    comma = style.phrases.comma.replace("{a}", "").replace("{b}", "")
    return _phrase(pattern, {"a": lambda _form: comma.join(words), "b": parts[-1]})
