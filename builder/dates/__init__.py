"""Dates in EDTF (ISO 8601-2:2019): parsing, ordering, wording; and relative dates such as “Friday” and “last week”.

`day_counts` counts days, `date` is the type of a date, `single_dates` parses a single date, `grammar` spans and lists, `span_ends` orders
the unclear ends of a span; `invalid_dates` explains why a text is no date, `hints` suggests EDTF for other notations, `repairs` for text
that is nearly EDTF, `parsing` combines them; `order` compares dates and formats them for machines, `formatting` words them, `relative`
resolves and checks relative dates, `weekdays_in_text` and `weekday_patterns` find weekdays beside dates in a text, by the
`calendar_names` of each language and their `name_forms`; `marked_days` compares words with the date of an event. All of it is pure: no
clock, no locale, no disk.
"""

from builder.dates.date import DATE_SHAPES, IN_GENERAL, Date, DateProblem, Point
from builder.dates.day_counts import LAST_DAY, civil, iso
from builder.dates.formatting import wording
from builder.dates.marked_days import misses
from builder.dates.order import (
    begins_after,
    compare,
    ends_before,
    first_day,
    html_datetime,
    is_of_some_year,
    sort_key,
    standard_edtf,
    weekday,
)
from builder.dates.parsing import is_date, is_day, parse
from builder.dates.relative import contradicts, has_other_hour, misdated, resolve
from builder.dates.repairs import repair_order
from builder.dates.weekday_patterns import common_year
from builder.dates.weekdays_in_text import NO_DAY, actual_weekday, find_weekdays, is_month, is_weekday, may_have_weekdays

__all__ = [
    "DATE_SHAPES",
    "IN_GENERAL",
    "LAST_DAY",
    "NO_DAY",
    "Date",
    "DateProblem",
    "Point",
    "actual_weekday",
    "begins_after",
    "civil",
    "common_year",
    "compare",
    "contradicts",
    "ends_before",
    "find_weekdays",
    "first_day",
    "has_other_hour",
    "html_datetime",
    "is_date",
    "is_day",
    "is_month",
    "is_of_some_year",
    "is_weekday",
    "iso",
    "may_have_weekdays",
    "misdated",
    "misses",
    "parse",
    "repair_order",
    "resolve",
    "sort_key",
    "standard_edtf",
    "weekday",
    "wording",
]
