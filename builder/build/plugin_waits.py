"""Tells whose code is being waited for, where a plugin takes long or never returns: it cannot be stopped from outside, but by ending the command."""

import contextlib
import logging
import os
import threading
import time
from collections.abc import Iterator

PATIENCE = 10.0
"""Seconds until a call is told; it is told again whenever it has taken twice as long."""

WAITS = logging.getLogger(__name__)
"""Told of each call that takes long, which it writes to standard error, also where the messages of libraries are not heard."""
WAITS.propagate = False
if logging.lastResort is not None:
    WAITS.addHandler(logging.lastResort)


class Waits:
    """The calls that are going on, and the thread that looks at them: one for all, since most calls take less time than it takes to start one."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._changes = threading.Lock()
        self._calls: dict[object, tuple[float, str]] = {}
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()

    @contextlib.contextmanager
    def during(self, what: str) -> Iterator[None]:
        """Tell that `what` is waited for if the block takes long."""
        call = object()
        with self._changes:
            self._calls[call] = (time.monotonic(), what)
            self._start()
        try:
            yield
        finally:
            with self._changes:
                self._calls.pop(call, None)

    def _start(self) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._stop = threading.Event()
            self._thread = threading.Thread(target=self._look, args=(self._stop,), name="plugin waits", daemon=True)
            self._thread.start()

    def end(self) -> None:
        """End the thread; `go_on` or the next call starts another. A process that is copied must have no other threads."""
        with self._changes:
            thread, self._thread = self._thread, None
            self._stop.set()
        if thread is not None and thread is not threading.current_thread():
            thread.join()

    def go_on(self) -> None:
        """Look at the calls that are going on again: a plugin may copy the process, and wait for the copy."""
        with self._changes:
            if self._calls:
                self._start()

    def begin_anew(self) -> None:
        """Forget all calls, in the copy of a process: another thread may have held the lock."""
        self._changes, self._calls, self._thread = threading.Lock(), {}, None

    def _look(self, stop: threading.Event) -> None:
        told: dict[object, float] = {}
        while not stop.wait(self._patience / 4):
            with self._changes:
                calls = dict(self._calls)
            now = time.monotonic()
            for call, (since, what) in calls.items():
                if now - since >= told.get(call, self._patience):
                    told[call] = 2 * (now - since)
                    WAITS.warning("Waiting for %s, for %.0f s so far. Ctrl-C ends the command.", what, now - since)


PLUGIN_WAITS = Waits()
"""The calls of plugins in this process."""

if hasattr(os, "register_at_fork"):  # Windows copies no process
    os.register_at_fork(before=PLUGIN_WAITS.end, after_in_parent=PLUGIN_WAITS.go_on, after_in_child=PLUGIN_WAITS.begin_anew)
