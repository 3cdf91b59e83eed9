"""To be ended by the system, as by Ctrl-C."""

import contextlib
import signal
import threading
from collections.abc import Iterator


@contextlib.contextmanager
def as_interrupted() -> Iterator[None]:
    """Let a job that is cancelled, a service that is stopped and a terminal that is closed end a command by `KeyboardInterrupt`.

    Killed outright, it would leave its passing folders behind, with a copy of the site in them, and git or rsync at work. What is ignored, as by `nohup`, stays so.
    """
    names = (
        [name for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)] if threading.current_thread() is threading.main_thread() else []
    )
    taken = [number for number in (getattr(signal, name) for name in names) if signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, signal.default_int_handler)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)
