"""The type of a date: bounds, and the components that wording needs."""

from collections.abc import Iterable

import msgspec

DATE_SHAPES = ("day", "hours", "range", "about", "uncertain", "open", "choice", "several")
"""The signs that a timeline draws, one for every date:

`day`        one day or moment, as firm as dates get: 2022-01-18, 2022-01-18T14:30Z
`hours`      from one hour of a day to another: 2022-01-18T14:30/15:00
`range`      a stretch of which the date says no more: 2022-01, 2022, 202X, 2022-01-XX, 2022-21, 2022-01-18/2022-01-21
`about`      its edges are soft: 2022-01-18~, 2022%, 2022-01-18~/2022-01-21, 2022-01-18T14:30~, 1950S2
`uncertain`  it may be wrong altogether: 2022-01-18?, 2022-01/2022-03?
`open`       one end or both are open or unknown: 2022/.., ../2022, 2022/, /2022, /.., [..2022], {2022..}
`choice`     one of several: [2022-01-18,2022-01-19], [2022-01-18..2022-01-21]
`several`    each of several: {2022-01-18,2022-01-21}
"""

# What a date is as a whole.
ONE = "one"
SPAN = "span"
"""`a/b`: from the first to the last."""
EITHER = "either"
"""`[a,b]`, `[a..b]`, `[..b]`: one of the list."""
ALL = "all"
"""`{a,b}`, `{a..b}`, `{..b}`: each of the list."""

# What an end is.
GIVEN = ""
OPEN = ".."
UNKNOWN = "?"


IN_GENERAL = "Write YYYY-MM-DD for a day, YYYY-MM for a month, YYYY for a year; unknown if the date is not known."
"""The hint if nothing is known of the author's intention."""


class DateProblem(ValueError):
    """A text is not a valid date."""

    def __init__(self, reason: str, hint: str = "", instead: str = "", *, is_certain: bool = False) -> None:
        super().__init__(reason, hint)
        self.reason = reason
        """Why, in one plain sentence for an author: `30 February does not exist.`"""
        self.hint = hint
        """What to write instead, as a sentence; "" until it is looked for (`parsing.parse`)."""
        self.instead = instead
        """The date that is proposed first; "" if none is."""
        self.is_certain = is_certain
        """Whether that is the same date in the notation of EDTF, and can be no other."""

    def __str__(self) -> str:
        return self.reason


class Point(msgspec.Struct, frozen=True, gc=False):
    """A single date: a day, a month, a year … with its qualifiers."""

    unit: str
    """`day`, `month`, `year`, `decade`, `years` (several that are no decade), `any_year`, one of `SEASONS`' units, or `masked`."""
    year: int
    """Astronomical: 0 is 1 BCE. The first of several years."""
    lower: int
    upper: int
    margin: int = 0
    """Days by which either bound may be wrong."""
    month: int = 0
    """1 to 12, or 21 to 41 for a part of the year."""
    day: int = 0
    within: str = ""
    """Unknown part, written with `X`: some `day`, `month` or `year` within the unit."""
    quality: str = ""
    """`?` uncertain, `~` approximate, `%` both: for the whole date."""
    parts: tuple[str, ...] = ()
    """Qualifiers of year, month and day, if they differ."""
    last: int = 0
    """The last of several years."""
    guess: int | None = None
    """The estimate among several years: `1950S2`."""
    mask: tuple[str, ...] = ()
    """Year, month and day as written, if `X` is not only at the end."""
    figures: str = ""
    """A year too large to compute with, as written."""
    second: int | None = None
    """Second of the day, if a time is given; local time if there is a zone."""
    zone: int | None = None
    """Minutes east of UTC."""
    time_quality: str = ""
    """Qualifier of the time alone; see `quality`."""

    @property
    def signs(self) -> str:
        """Return all qualifiers of the date and its time as one: `?`, `~` or `%`; "" without any."""
        return united((self.quality, *self.parts, self.time_quality))

    @property
    def slack(self) -> int:
        """Return the seconds by which the time may be wrong."""
        return 3_600 if self.time_quality else 0

    @property
    def is_placed(self) -> bool:
        """Return whether any digit of the year is known, so that the bounds have a meaning."""
        return self.unit != "any_year" and self.mask[:1] != ("XXXX",)

    @property
    def instant(self) -> int | None:
        """Return the seconds since day 0 in UTC; None without time and zone."""
        if self.second is None or self.zone is None:
            return None
        return self.lower * 86_400 + self.second - self.zone * 60

    @property
    def earliest(self) -> int:
        """Return the earliest possible day."""
        if self.second is None:
            return self.lower - self.margin
        # A day without a zone may be of any zone, so a moment counts for its own day and for that in UTC.
        local = self.lower + min(0, self.second - self.slack) // 86_400
        return local if self.instant is None else min(local, (self.instant - self.slack) // 86_400)

    @property
    def latest(self) -> int:
        """Return the latest possible day."""
        if self.second is None:
            return self.upper + self.margin
        local = self.lower + (self.second + self.slack) // 86_400
        return local if self.instant is None else max(local, (self.instant + self.slack) // 86_400)


def united(signs: Iterable[str]) -> str:
    """Return several qualifiers `?`, `~` and `%` as one; "" for none."""
    found = set(signs) - {""}
    return found.pop() if len(found) == 1 else "%" if found else ""


class Date(msgspec.Struct, frozen=True, gc=False):
    """A date in EDTF (ISO 8601-2:2019), extended by hours. Equal texts make equal dates."""

    edtf: str
    """As written; `dates.standard_edtf` is standard EDTF."""
    lower: int | None
    """The first day that it names, counted as `datetime.date.toordinal` does; None if there is none."""
    upper: int | None
    """The last day that it names; None if there is none."""
    shape: str
    """One of `DATE_SHAPES`."""
    kind: str = ONE
    """`one`, `span`, `either` or `all`."""
    points: tuple[Point, ...] = ()
    """Its single dates."""
    start: str = GIVEN
    """The start of a span or list: "" for a date, `..` open, `?` unknown."""
    end: str = GIVEN
    """The end of a span or list; see `start`."""
    runs: tuple[int, ...] = ()
    """For a list: indexes of points that begin a range up to the next one: `1670..1672`."""
    earliest: int | None = None
    """`lower`, extended by qualifiers, hemispheres of seasons and zones; used in comparisons. None: no limit."""
    latest: int | None = None
    """`upper`, extended as `earliest` is. None: no limit."""

    @property
    def instant(self) -> int | None:
        """Return the seconds since day 0 in UTC of an exact moment with a zone; else None."""
        return self.points[0].instant if self.kind == ONE and self.points and not self.points[0].time_quality else None

    @property
    def moments(self) -> tuple[int, int] | None:
        """Return the first and last second since day 0 in UTC, if it has times and zones at both ends; else None."""
        if self.kind not in {ONE, SPAN} or self.start or self.end or not self.points:
            return None
        first, last = self.points[0], self.points[-1]
        begins, ends = first.instant, last.instant
        return (begins - first.slack, ends + last.slack) if begins is not None and ends is not None else None

    @property
    def is_certain_day(self) -> bool:
        """Return whether it is one certain day, with any hours."""
        if self.shape in {"day", "hours"}:
            return True
        if self.lower is None or self.lower != self.upper:
            return False
        times = [(point.second, point.slack) for point in self.points if point.second is not None]
        return len(times) == len(self.points) > 0 and all(slack <= second < 86_400 - slack for second, slack in times)
