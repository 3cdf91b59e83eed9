"""Problems of publishing, and retries."""

import logging
import threading
import time
from collections.abc import Callable
from typing import TypeVar

RETRY_PAUSES = (1.0, 4.0, 12.0)
"""Seconds to wait before each new attempt after a lost connection."""

RETRIES = logging.getLogger(__name__)
"""Told of each new attempt, with what was wrong; `cli` shows it."""

_T = TypeVar("_T")


class PublishProblem(Exception):
    """Publishing cannot go on. The message is for the user."""


class ConnectionLost(PublishProblem):
    """The connection to the host was lost; another attempt may succeed."""


def retrying(action: Callable[[], _T]) -> _T:
    """Return the result of an action; after `ConnectionLost`, try again after each of `RETRY_PAUSES`, and say so. Raises `ConnectionLost` if every attempt fails."""
    for pause in RETRY_PAUSES:
        try:
            return action()
        except ConnectionLost as problem:
            if _is_first(pause):
                RETRIES.warning("%s Trying again in %g s.", problem, pause)
            time.sleep(pause)
    return action()


_TOLD = threading.Lock()
_until = 0.0


def _is_first(pause: float) -> bool:
    """Return whether no other thread waits already: what several are sent by fails for all of them at once."""
    global _until  # noqa: PLW0603 - of all threads
    with _TOLD:
        now = time.monotonic()
        if now < _until:
            return False
        _until = now + pause
        return True
