"""What a date is once it is read: bounds, and the parts that wording needs."""

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


IN_GENERAL = "Write YYYY-MM-DD for a day, YYYY-MM for a month, YYYY for a year; unknown where nobody knows the date."
"""The hint where nothing is known of what the author meant."""


class DateProblem(ValueError):
    """A text is not a date that can be read."""

    def __init__(self, reason: str, hint: str = "", instead: str = "", *, is_certain: bool = False) -> None:
        super().__init__(reason, hint)
        self.reason = reason
        """Why, in one plain sentence for an author: `30 February does not exist.`"""
        self.hint = hint
        """What to write instead, as a sentence; "" until somebody has looked for it (`parsing.parse`)."""
        self.instead = instead
        """The date that is proposed first; "" where none is."""
        self.is_certain = is_certain
        """Whether that is the same date in the notation of EDTF, and can be no other."""

    def __str__(self) -> str:
        return self.reason


class Point(msgspec.Struct, frozen=True, gc=False):
    """A date without parts: a day, a month, a year … with the signs that stand around it."""

    unit: str
    """`day`, `month`, `year`, `decade`, `years` (several that are no decade), `any_year`, one of `SEASONS`' units, or `masked`."""
    year: int
    """Astronomical: 0 is 1 BCE. The first of several years."""
    lower: int
    upper: int
    margin: int = 0
    """By how many days either bound may be wrong."""
    month: int = 0
    """1 to 12, or 21 to 41 for a part of the year."""
    day: int = 0
    within: str = ""
    """What is left open with `X`: some `day`, `month` or `year` within the unit."""
    quality: str = ""
    """`?` possibly, `~` around, `%` both: of the whole date."""
    parts: tuple[str, ...] = ()
    """The same of year, month and day one by one, where they differ."""
    last: int = 0
    """The last of several years."""
    guess: int | None = None
    """Of several years, the one that it is estimated to be: `1950S2`."""
    mask: tuple[str, ...] = ()
    """Year, month and day as they were written, where `X` stands elsewhere than on the right."""
    figures: str = ""
    """Of a year that is too far away to be counted with, how it was written."""
    second: int | None = None
    """Of the day, where a time is given; local time where there is a zone."""
    zone: int | None = None
    """Minutes east of UTC."""
    time_quality: str = ""
    """As `quality`, of the time alone."""

    @property
    def signs(self) -> str:
        """All signs of the date, and of its time, as one: `?`, `~` or `%`; "" where it has none."""
        return united((self.quality, *self.parts, self.time_quality))

    @property
    def slack(self) -> int:
        """By how many seconds the time may be wrong."""
        return 3_600 if self.time_quality else 0

    @property
    def is_placed(self) -> bool:
        """Whether anything of the year is known, so that the bounds mean something."""
        return self.unit != "any_year" and self.mask[:1] != ("XXXX",)

    @property
    def instant(self) -> int | None:
        """Seconds since the day 0 in UTC; None unless time and zone are given."""
        if self.second is None or self.zone is None:
            return None
        return self.lower * 86_400 + self.second - self.zone * 60

    @property
    def earliest(self) -> int:
        """The earliest day that it may be."""
        if self.second is None:
            return self.lower - self.margin
        # A day without a zone may be anybody's, so a moment counts for its own day and for that in UTC.
        local = self.lower + min(0, self.second - self.slack) // 86_400
        return local if self.instant is None else min(local, (self.instant - self.slack) // 86_400)

    @property
    def latest(self) -> int:
        """The latest day that it may be."""
        if self.second is None:
            return self.upper + self.margin
        local = self.lower + (self.second + self.slack) // 86_400
        return local if self.instant is None else max(local, (self.instant + self.slack) // 86_400)


def united(signs: Iterable[str]) -> str:
    """Return several of `?`, `~` and `%` as one; "" for none."""
    found = set(signs) - {""}
    return found.pop() if len(found) == 1 else "%" if found else ""


class Date(msgspec.Struct, frozen=True, gc=False):
    """A date in EDTF (ISO 8601-2:2019), or with the hours that we read besides. Equal texts make equal dates."""

    edtf: str
    """As written. What other programs can read is `dates.plain`."""
    lower: int | None
    """The earliest day that it names, counted as `datetime.date.toordinal` does; None where there is no first day."""
    upper: int | None
    """The latest day that it names; None where there is no last day."""
    shape: str
    """One of `DATE_SHAPES`."""
    kind: str = ONE
    """`one`, `span`, `either` or `all`."""
    points: tuple[Point, ...] = ()
    """The dates that it is made of, as many as are given."""
    start: str = GIVEN
    """What stands where a span or a list begins: "" a date, `..` it is open, `?` it is unknown."""
    end: str = GIVEN
    """The same where it ends."""
    runs: tuple[int, ...] = ()
    """Of a list, which points are followed by all up to the next one: `1670..1672`."""
    earliest: int | None = None
    """`lower`, less what “around”, “possibly”, a season's hemisphere and a time's zone leave open: what comparing counts with. None: no limit."""
    latest: int | None = None
    """`upper`, and the same."""

    @property
    def instant(self) -> int | None:
        """Seconds since the day 0 in UTC, for a moment with a zone that is exact; else None."""
        return self.points[0].instant if self.kind == ONE and self.points and not self.points[0].time_quality else None

    @property
    def moments(self) -> tuple[int, int] | None:
        """Between which seconds since the day 0 in UTC it lies, where it has times and zones at both ends; else None."""
        if self.kind not in {ONE, SPAN} or self.start or self.end or not self.points:
            return None
        first, last = self.points[0], self.points[-1]
        begins, ends = first.instant, last.instant
        return (begins - first.slack, ends + last.slack) if begins is not None and ends is not None else None

    @property
    def is_certain_day(self) -> bool:
        """Whether it is one day, whatever its hours, and nothing about the day is open."""
        if self.shape in {"day", "hours"}:
            return True
        if self.lower is None or self.lower != self.upper:
            return False
        times = [(one.second, one.slack) for one in self.points if one.second is not None]
        return len(times) == len(self.points) > 0 and all(slack <= second < 86_400 - slack for second, slack in times)
