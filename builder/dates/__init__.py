"""Dates in EDTF (ISO 8601-2:2019): parsing, ordering, wording; and relative dates such as “Friday” and “last week”.

`days` counts days, `record` is the type of a date, `points` parses a single date, `grammar` spans and lists, `ends` the order of unclear ends of a span; `reasons` explains why a text is no date, `hints` suggests
EDTF for other notations, `repairs` for text that is nearly EDTF, `parsing` combines them; `order` compares dates and formats them for machines, `worded` words
them, `relative` resolves and checks relative dates, `prose` and `patterns` find weekdays beside dates
in a text, by the `names` of each language and their `forms`; `marked` compares words with the date of an event. All of it is pure: no clock, no locale, no disk.
"""

from builder.dates.days import LAST_DAY, civil, iso
from builder.dates.marked import misses
from builder.dates.order import compare, first_day, html_datetime, is_of_some_year, sort_key, standard_edtf, weekday
from builder.dates.parsing import is_date, is_day, parse
from builder.dates.patterns import common_year
from builder.dates.prose import NO_DAY, actual_weekday, find_weekdays, may_have_weekdays
from builder.dates.record import DATE_SHAPES, IN_GENERAL, Date, DateProblem, Point
from builder.dates.relative import contradicts, resolve
from builder.dates.repairs import repair_order
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
    "find_weekdays",
    "first_day",
    "html_datetime",
    "is_date",
    "is_day",
    "is_of_some_year",
    "iso",
    "may_have_weekdays",
    "misses",
    "parse",
    "repair_order",
    "resolve",
    "sort_key",
    "standard_edtf",
    "weekday",
    "wording",
]
