"""What can go wrong on the way to a host, and trying again."""

import time
from collections.abc import Callable
from typing import TypeVar

PAUSES = (1.0, 4.0, 12.0)
"""Seconds to wait before each new attempt, when the way to a host has broken."""

_T = TypeVar("_T")


class PublishProblem(Exception):
    """Publishing cannot go on; the message is for the person at the keyboard."""


class Interrupted(PublishProblem):
    """The way to the host has broken; it may work again in a moment."""


def trying(action: Callable[[], _T]) -> _T:
    """Do something that may be interrupted, again after each of `PAUSES`. `Interrupted` where it never works."""
    for pause in PAUSES:
        try:
            return action()
        except Interrupted:
            time.sleep(pause)
    return action()
