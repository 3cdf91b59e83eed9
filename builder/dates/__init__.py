"""Dates as authors write them, EDTF (ISO 8601-2:2019): read, put in order, worded; and the days that “Friday” and “last week” mean.

`days` counts days, `record` is what a date is, `points` reads one, `grammar` spans and lists of them; `reasons` knows why a text is no date, `hints` what
people write instead, `repairs` what is nearly EDTF, `parsing` puts all of it together; `order` compares, and tells a date to machines, `worded` finds the
words, `relative` proposes and checks what a text's own words mean, `prose` finds weekdays beside dates
in a text, by the `names` of each language. All of it is pure: no clock, no locale, no disk.
"""

from builder.dates.days import LAST_DAY, civil, iso
from builder.dates.order import compare, first_day, is_of_some_year, machine, plain, sort_key, weekday
from builder.dates.parsing import is_date, is_day, parse
from builder.dates.prose import NO_DAY, actual as actual_weekday, common_year, find as spoken, misses
from builder.dates.record import DATE_SHAPES, IN_GENERAL, Date, DateProblem, Point
from builder.dates.relative import contradicts, resolve
from builder.dates.repairs import in_order
from builder.dates.worded import wording

__all__ = [
    "DATE_SHAPES",
    "IN_GENERAL",
    "LAST_DAY",
    "NO_DAY",
    "Date",
    "DateProblem",
    "Point",
    "actual_weekday",
    "civil",
    "common_year",
    "compare",
    "contradicts",
    "first_day",
    "in_order",
    "is_date",
    "is_day",
    "is_of_some_year",
    "iso",
    "machine",
    "misses",
    "parse",
    "plain",
    "resolve",
    "sort_key",
    "spoken",
    "weekday",
    "wording",
]
