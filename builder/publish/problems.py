"""Problems of publishing, and retries."""

import logging
import re
import threading
import time
from collections.abc import Callable
from typing import TypeVar

RETRY_PAUSES = (1.0, 4.0, 12.0)
"""Seconds to wait before each new attempt after a lost connection."""

RETRIES = logging.getLogger(__name__)
"""Told of each new attempt, with what was wrong; `cli` shows it."""

_T = TypeVar("_T")

_NOBODY_THERE = re.compile(
    r"connection ?refused|couldn't connect to server|could not connect to server|could not resolve|dns error|name or service not known|no route to host"
    r"|certificate|unexpected tls packet|wrong version number|invalid characters",
    re.IGNORECASE,
)
"""What programs and libraries say of an address where there is no such server."""


class PublishProblem(Exception):
    """Publishing cannot go on. The message is for the user."""

    @property
    def explanation(self) -> str:
        """What is wrong and what to do, for where nothing was to be sent."""
        return str(self)


class NothingSent(PublishProblem):
    """Publishing has not begun to send, for a cause; `advice` says what to do. The message says that nothing was sent."""

    def __init__(self, cause: str, advice: str = "") -> None:
        super().__init__(cause, advice)
        self._cause = cause
        self._advice = advice

    def __str__(self) -> str:
        return " ".join(filter(None, (self._cause, "Nothing was sent.", self._advice)))

    @property
    def explanation(self) -> str:
        """The message without what became of the files."""
        return " ".join(filter(None, (self._cause, self._advice)))


class ConnectionLost(PublishProblem):
    """The connection to the host was lost; another attempt may succeed."""


def no_server(where: str, said: str, *, shown: str = "") -> PublishProblem | None:
    """Return the problem of a target where another attempt is without hope, by what a program or library has said; None if it may succeed.

    Only for what has answered nothing yet: later, the server may be starting anew. `shown` is what is shown of what was said.
    """
    if not _NOBODY_THERE.search(said):
        return None
    why = f": {shown.rstrip('.')}." if shown else "."
    if "certificate" in said.lower():
        return PublishProblem(
            f"{where} cannot be reached{why} This machine does not trust the certificate of the server. Look at the address, and at the clock."
        )
    return PublishProblem(
        f"{where} cannot be reached{why} Nothing answers there. Look at the address, or ask your host whether the server is down."
    )


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
paused_until = 0.0


def _is_first(pause: float) -> bool:
    """Return whether no other thread waits already: what several are sent by fails for all of them at once."""
    global paused_until  # noqa: PLW0603 - of all threads
    with _TOLD:
        now = time.monotonic()
        if now < paused_until:
            return False
        paused_until = now + pause
        return True
