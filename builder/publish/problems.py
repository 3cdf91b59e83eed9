"""Problems of publishing, and retries."""

import time
from collections.abc import Callable
from typing import TypeVar

RETRY_PAUSES = (1.0, 4.0, 12.0)
"""Seconds to wait before each new attempt after a lost connection."""

_T = TypeVar("_T")


class PublishProblem(Exception):
    """Publishing cannot go on. The message is for the user."""


class ConnectionLost(PublishProblem):
    """The connection to the host was lost; another attempt may succeed."""


def retrying(action: Callable[[], _T]) -> _T:
    """Return the result of an action; after `ConnectionLost`, try again after each of `RETRY_PAUSES`. Raises `ConnectionLost` if every attempt fails."""
    for pause in RETRY_PAUSES:
        try:
            return action()
        except ConnectionLost:
            time.sleep(pause)
    return action()
