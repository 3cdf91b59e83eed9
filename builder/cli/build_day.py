"""The day of a build: besides the content, the only input that decides what is published."""

import os
import time

VARIABLE = "SOURCE_DATE_EPOCH"
"""Seconds since 1970 to use as the current time, as reproducible-builds.org specifies, to repeat an earlier build."""


# Counted here, since `datetime` is slower to load than a build that finds nothing changed.
_FIRST = 719_163
"""1 January 1970."""

_LAST = 3_652_059
"""31 December 9999."""


class WrongTime(Exception):
    """`SOURCE_DATE_EPOCH` is no time."""


def day() -> int:
    """Return the day in UTC, counted as `datetime.date.toordinal` does. `WrongTime` where `SOURCE_DATE_EPOCH` is set to something else."""
    given = os.environ.get(VARIABLE, "")
    try:
        day = (int(given) if given else int(time.time())) // 86_400 + _FIRST
    except ValueError:
        day = 0
    if not 0 < day <= _LAST:
        message = f"{VARIABLE} takes a number of seconds since 1970, not “{given}”."
        raise WrongTime(message)
    return day
