"""How long a build took: a recorder that is passed through the stages on request, and read when the build is over.

A build without one costs nothing: `stage(None, …)` does nothing.
"""

import contextlib
import os
import time
from collections.abc import Iterator

import msgspec

STAGES = ("read", "recall", "parse", "join", "views", "check", "copies", "search", "known", "make", "write", "remember")
"""In the order of the road."""


class StageCost(msgspec.Struct):
    """The time of one stage in all."""

    seconds: float = 0.0
    processor: float = 0.0
    """Seconds of this process and of those that it started and saw end."""
    number: int = 0
    """Of the files or pages that it dealt with; 0 where there is nothing to count."""


class Profile:
    """The times of a build, by stage, by content file and by page."""

    def __init__(self) -> None:
        self.stages: dict[str, StageCost] = {}
        self.parsed: list[tuple[str, float]] = []
        """Content file, and seconds."""
        self.rendered: list[tuple[str, str, float]] = []
        """Page, its template, and seconds."""


@contextlib.contextmanager
def stage(profile: Profile | None, name: str, number: int = 0) -> Iterator[None]:
    """Measure the time of a `with` block as a part of a stage."""
    if profile is None:
        yield
        return
    spent = profile.stages.setdefault(name, StageCost())
    spent.number += number
    began, used = time.perf_counter(), _processor()
    try:
        yield
    finally:
        spent.seconds += time.perf_counter() - began
        spent.processor += _processor() - used


def _processor() -> float:
    ended = os.times()
    return time.process_time() + ended.children_user + ended.children_system


def memory() -> tuple[float, float] | None:
    """Return the peak memory in MB of this process, and of the largest that it started; None if the system does not report it."""
    try:
        import resource
    except ImportError:  # Windows
        return None
    import sys

    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    own, started = (resource.getrusage(who).ru_maxrss / unit for who in whose)
    return own, started
