"""Dates as records for machines."""

import functools
from collections.abc import Callable
from typing import TypeVar

from builder import dates
from builder.dates import Date
from builder.dates.date import EITHER
from builder.formats.parts import DateRecord
from builder.i18n.language import Language
from builder.model import Site, When

_Made = TypeVar("_Made")


def once_a_date(make: Callable[[Language, Date, str], _Made]) -> Callable[[Language, Date, str], _Made]:
    """Memoise a function of a language, a date and the author's words for the date: thousands of dates are equal."""
    latest: tuple[Language | None, dict[tuple[str, str], _Made]] = None, {}

    @functools.wraps(make)
    def cached(language: Language, date: Date, says: str) -> _Made:
        nonlocal latest
        of, known = latest
        if of is not language:
            of, known = latest = language, {}
        key = date.edtf, says
        found = known.get(key)
        if found is None:
            found = known[key] = make(language, date, says)
        return found

    return cached


@once_a_date
def _record(language: Language, date: Date, says: str) -> DateRecord:
    return DateRecord(
        edtf=dates.standard_edtf(date),
        words=dates.wording(date, language),
        first=dates.iso(date.lower),
        last=dates.iso(date.upper),
        iso=dates.html_datetime(date),
        sure=date.is_certain_day or (date.kind != EITHER and date.shape not in {"about", "uncertain"}),
        says=says,
        written=date.edtf if date.edtf != dates.standard_edtf(date) else "",
    )


def date(site: Site, when: When) -> DateRecord | None:
    """Return a date as a record; None if none was given."""
    says = when.relative.says if when.relative is not None else ""
    if when.date is None:
        return DateRecord(says=says, sure=False) if says else None
    return _record(site.language, when.date, says)
