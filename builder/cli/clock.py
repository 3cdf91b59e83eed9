"""What day it is, for a build: the one thing of the world outside that decides what is published."""

import datetime as dt
import os

VARIABLE = "SOURCE_DATE_EPOCH"
"""Seconds since 1970 that stand for now, as reproducible-builds.org specifies: by it a build of yesterday can be made again."""


class WrongTime(Exception):
    """`SOURCE_DATE_EPOCH` is no time."""


def day() -> int:
    """Return the day in UTC, counted as `datetime.date.toordinal` does. `WrongTime` where `SOURCE_DATE_EPOCH` is set to something else."""
    given = os.environ.get(VARIABLE, "")
    try:
        now = dt.datetime.fromtimestamp(int(given), dt.UTC) if given else dt.datetime.now(dt.UTC)
    except (ValueError, OverflowError, OSError):
        message = f"{VARIABLE} takes a number of seconds since 1970, not “{given}”."
        raise WrongTime(message) from None
    return now.toordinal()
