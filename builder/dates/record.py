"""What a date is once it is read: bounds, and the parts that wording needs."""

import msgspec

DATE_SHAPES = ("day", "range", "about", "uncertain", "open", "choice", "several")
"""The signs that a timeline draws, one for every date:

`day`        one day or moment, as firm as dates get: 2022-01-18, 2022-01-18T14:30Z
`range`      a stretch of which the date says no more: 2022-01, 2022, 202X, 2022-01-XX, 2022-21, 2022-01-18/2022-01-21
`about`      its edges are soft: 2022-01-18~, 2022%, 2022-01-18~/2022-01-21
`uncertain`  it may be wrong altogether: 2022-01-18?, 2022-01/2022-03?
`open`       one end is open or unknown: 2022/.., ../2022, 2022/, /2022, [..2022], [2022..]
`choice`     one of several: [2022-01-18,2022-01-19], [2022-01-18..2022-01-21]
`several`    each of several: {2022-01-18,2022-01-21}
"""

# What a date is as a whole.
ONE = "one"
SPAN = "span"
"""`a/b`: from the first to the last."""
BETWEEN = "between"
"""`[a..b]`: one of those between; an end may be missing."""
EITHER = "either"
"""`[a,b]`: one of the list."""
ALL = "all"
"""`{a,b}`: each of the list."""

# What an end is.
GIVEN = ""
OPEN = ".."
UNKNOWN = "?"


class DateProblem(ValueError):
    """A text is not a date that can be read."""

    def __init__(self, reason: str, hint: str = "") -> None:
        super().__init__(reason, hint)
        self.reason = reason
        """Why, in one plain sentence for an author: `30 February does not exist.`"""
        self.hint = hint
        """What to write instead, as a sentence; "" where nothing is known."""

    def __str__(self) -> str:
        return self.reason


class Point(msgspec.Struct, frozen=True, gc=False):
    """A date without parts: a day, a month, a year … with the qualifier behind it."""

    unit: str
    """`day`, `month`, `year`, `season`, `decade` or `century`."""
    year: int
    """Astronomical: 0 is 1 BCE. The first year of a decade or century."""
    lower: int
    upper: int
    margin: int = 0
    """By how many days either bound may be wrong."""
    month: int = 0
    """1 to 12, or 21 to 24 for a season."""
    day: int = 0
    within: str = ""
    """What is left open with `X`: some `day`, `month` or `year` within the unit."""
    quality: str = ""
    """`?` possibly, `~` around, `%` both."""
    second: int | None = None
    """Of the day, where a time is given; local time where there is a zone."""
    zone: int | None = None
    """Minutes east of UTC."""

    @property
    def instant(self) -> int | None:
        """Seconds since the day 0 in UTC; None unless time and zone are given."""
        if self.second is None or self.zone is None:
            return None
        return self.lower * 86_400 + self.second - self.zone * 60


class Date(msgspec.Struct, frozen=True, gc=False):
    """A date in EDTF (ISO 8601-2:2019), read. Equal texts make equal dates."""

    edtf: str
    """As written."""
    lower: int | None
    """The earliest day that it names, counted as `datetime.date.toordinal` does; None where there is no first day."""
    upper: int | None
    """The latest day that it names; None where there is no last day."""
    shape: str
    """One of `DATE_SHAPES`."""
    kind: str = ONE
    """`one`, `span`, `between`, `either` or `all`."""
    points: tuple[Point, ...] = ()
    """The dates that it is made of, as many as are given."""
    start: str = GIVEN
    """What stands where a span begins: "" a date, `..` it is open, `?` it is unknown."""
    end: str = GIVEN
    """The same where it ends."""
    earliest: int | None = None
    """`lower`, less what “around”, “possibly”, a season's hemisphere and a time's zone leave open: what comparing counts with. None: no limit."""
    latest: int | None = None
    """`upper`, and the same."""

    @property
    def instant(self) -> int | None:
        """Seconds since the day 0 in UTC, for a moment with a zone; else None."""
        return self.points[0].instant if self.kind == ONE and self.points else None

    @property
    def is_certain_day(self) -> bool:
        """Whether it is one day, with or without a time, and nothing about it is open."""
        return self.shape == "day"
