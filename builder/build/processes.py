"""Processes of this machine for a share of the work. Loaded only for enough work: most builds write a page or two."""

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import connection
from types import TracebackType
from typing import Any, TypeVar

_Done = TypeVar("_Done")

_ENDS = {getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)}
"""What ends a command, by way of its first process."""

_PATIENCE = 1.0
"""Seconds in which a process may end by itself: one that is busy in one long call does not hear that it should."""


class Pool(ProcessPoolExecutor):
    """Processes of this machine."""

    def __init__(self, number: int, initializer: Callable[..., None] | None = None, *arguments: object) -> None:
        """`initializer` is called with the arguments in each process before any work."""
        context = multiprocessing.get_context(start_method())
        super().__init__(number, context, initializer=_start, initargs=(initializer, arguments))

    def submit(self, fn: Callable[..., _Done], /, *args: Any, **kwargs: Any) -> Future[_Done]:
        """Hand in work; the processes start here."""
        with _undisturbed():
            return super().submit(fn, *args, **kwargs)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> bool | None:
        """End the processes; after an error at once, since what they do is of no more use and may have no end."""
        if kind is not None:
            self.shutdown(wait=False, cancel_futures=True)
            for process in multiprocessing.active_children():
                process.terminate()
                process.join(_PATIENCE)
                process.kill()
        return super().__exit__(kind, error, trace)


def start_method() -> str:
    """Return how processes are started: a fork shares what is in memory; where there is none, or the system's own libraries do not bear it, each starts anew."""
    return "fork" if "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin" else "spawn"


def _start(initializer: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    for number in _ENDS - {signal.SIGTERM}:
        signal.signal(number, signal.SIG_IGN)
    _end_only_by_parent()
    gc.disable()  # as in the first process
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if initializer is not None:
        initializer(*arguments)


def _end_only_by_parent() -> None:
    # The executor sends SIGTERM to processes whose work is no longer needed. From elsewhere it reaches all processes at once, and one that
    # dies while it returns a result would leave the parent waiting for ever.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "sigwaitinfo"):
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGTERM})
        threading.Thread(target=_wait_for_its_word, args=(os.getppid(),), daemon=True).start()
    elif hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def _wait_for_its_word(parent: int) -> None:
    while signal.sigwaitinfo({signal.SIGTERM}).si_pid != parent:
        pass
    os._exit(1)


def _end_with_parent() -> None:
    # A parent that is killed gives no notice; its processes would wait for work for ever.
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    # Ctrl-C reaches every process of the terminal at once, the end of a service every process of it, and a process that has just started
    # would answer with a traceback of its own. Processes inherit what is blocked here; only the first one hears of it, and ends the others.
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
