"""Parse the text of an author into a date."""

import re
from functools import lru_cache

from builder.dates import day_counts
from builder.dates.date import Date, DateProblem
from builder.dates.grammar import read

_DAY = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")


def parse(text: str, *, hints: bool = True) -> Date:
    """Return the date of an EDTF text (ISO 8601-2:2019; the supported parts are in the guide).

    Raises `DateProblem` if the text is no date, with the reason and, with `hints`, what to write instead; and nothing else for any text.
    """
    try:
        return _read(text)
    except DateProblem as problem:
        if not hints:
            raise
        from builder.dates.hints import suggest  # late: most sites have no date that it reads

        hint, instead, is_certain = suggest(text)
        raise DateProblem(problem.reason, hint, instead, is_certain=is_certain) from None


_read = lru_cache(maxsize=4096)(read)


def is_date(text: str) -> bool:
    """Return whether a text is a date of any kind."""
    try:
        _read(text)
    except DateProblem:
        return False
    return True


def is_day(text: str) -> bool:
    """Return whether a text is an existing day, YYYY-MM-DD."""
    found = _DAY.fullmatch(text)
    if found is None:
        return False
    year, month, day = int(found[1]), int(found[2]), int(found[3])
    return 1 <= month <= 12 and 1 <= day <= day_counts.month_length(year, month)
