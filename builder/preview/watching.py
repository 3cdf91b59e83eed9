"""Watches the files of a site: rebuilds a moment after a save, never during one, and checks once more later.

Events are hints only: their file names are collected until the disk is quiet; the contents of the files then decide.
"""

import contextlib
import errno
import logging
import os
import threading
import time
import warnings
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from builder.content import reading

if TYPE_CHECKING:
    from watchdog.events import FileSystemEvent
    from watchdog.observers.api import BaseObserver

QUIET_TIME = 0.01
"""Seconds without an event after which a burst is over."""

WRITE_TIMEOUT = 0.5
"""Seconds to wait for the end of a write that has begun; an editor that holds the file open longer is not waited for."""

EMPTY_TIMEOUT = 0.5
"""Seconds to wait for the words of a file that has just become empty: many programs first empty a file, then write it."""

MAX_BURST = 2.0
"""Seconds after which an unfinished burst is handled."""

RECHECK_DELAY = 1.0
"""Seconds after a burst when all files are checked once more, for missed events."""

MAX_BUSY_REBUILDS = 50
"""Looks after which there is a rest even if it never is quiet."""

IDLE_INTERVAL = 10.0
"""Seconds between checks without any event."""

POLL_INTERVAL = 0.4
"""Seconds between checks when events do not arrive."""

PROBE_TIMEOUT = 3.0
"""Seconds in which the event of our own probe file must come."""

_IDLE = {"opened", "closed_no_write"}
"""Events of reading files: a rebuild reads them too, and would cause the next one."""

_LIMITS = {
    errno.ENOSPC: "The system watches as many folders as it may (fs.inotify.max_user_watches)",
    errno.EMFILE: "The system has as many watchers as it may (fs.inotify.max_user_instances)",
}


def check_watch_limit(observer: "BaseObserver") -> None:
    """Watch one more folder for a moment: `OSError` where the system watches as many as it may.

    watchdog says nothing of a folder within a watched one for which the system has no room.
    """
    from watchdog.events import FileSystemEventHandler

    observer.unschedule(observer.schedule(FileSystemEventHandler(), str(Path(__file__).parent), recursive=False))


class Watch:
    """Calls `on_change` with the files that may have changed, by path from the site's root, from its own thread.

    `notify` receives a sentence for the author when the way of watching changes, with the reason.
    `on_idle` is called when the work is done, for tasks that should not delay a save.
    """

    def __init__(
        self,
        root: Path,
        on_change: Callable[[Iterable[str]], object],
        *,
        notify: Callable[[str], None] = lambda _words: None,
        on_idle: Callable[[], object] = lambda: None,
        poll: bool = False,
    ) -> None:
        self._root = root.resolve()
        self._on_change = on_change
        self._notify = notify
        self._on_idle = on_idle
        self._rebuilds = 0
        self.polls = poll
        """Whether files are polled, since events do not arrive."""
        self._lock = threading.Lock()
        self._woken = threading.Event()
        self._stopped = threading.Event()
        self._names: set[str] = set()
        self._written: set[str] = set()
        self._folders = False
        self._last = 0.0
        self._probe: Path | None = None
        self._probed = 0.0
        self._observer: BaseObserver | None = None
        self._known = reading.signatures(self._root)
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """Begin to watch."""
        if not self.polls:
            self._observe()
        self._thread.start()

    def stop(self) -> None:
        """Stop watching, at once."""
        self._stopped.set()
        self._woken.set()
        if self._observer is not None:
            self._observer.stop()
        if self._thread.is_alive() and threading.current_thread() is not self._thread:
            self._thread.join(timeout=5)
        self._end_probe()

    # --- events ------------------------------------------------

    def _observe(self) -> None:
        from watchdog.events import FileSystemEventHandler
        from watchdog.observers import Observer

        # For a folder created within a new folder, watchdog may list it twice and then warns: in pages of
        # text, over what the author is reading. Both are the same watch, and a warning turned into an error would end its thread.
        warnings.filterwarnings("ignore", category=RuntimeWarning, module=r"watchdog\.")
        logging.getLogger("watchdog").addHandler(logging.NullHandler())  # as when it stops in the middle of an event
        handler = FileSystemEventHandler()
        handler.on_any_event = self._event  # type: ignore[method-assign]  # one method for all: what happened hardly matters
        observer = None
        try:
            observer = Observer()  # which asks the system for a watcher
            observer.schedule(handler, str(self._root), recursive=False)  # for a folder that is made, or put in the place of another
            for folder in reading.SITES_OWN:
                if (self._root / folder).is_dir():
                    observer.schedule(handler, str(self._root / folder), recursive=True)
            observer.start()
            check_watch_limit(observer)
        except OSError as error:
            if observer is not None:
                with contextlib.suppress(RuntimeError):  # its thread has not begun
                    observer.stop()
            self._poll_for(error)
            return
        self._observer = observer
        self._begin_probe()

    def _event(self, event: "FileSystemEvent") -> None:
        if event.event_type in _IDLE:
            return
        with self._lock:
            for path in (event.src_path, event.dest_path):
                name = self._name(path)
                if name and self._probe is not None and name == f"content/{self._probe.name}":
                    self._probed = 0.0
                elif name in reading.SITES_OWN:
                    self._folder_replaced(name, event)
                elif name.startswith(("content/", "templates/")):
                    self._record_event(name, event)

    def _record_event(self, name: str, event: "FileSystemEvent") -> None:
        if event.is_directory:
            if event.event_type == "modified":
                return
            self._folders = True
        elif event.event_type in {"created", "modified"}:
            self._written.add(name)
        else:
            self._written.discard(name)
        self._names.add(name)
        self._last = time.monotonic()
        self._woken.set()

    def _folder_replaced(self, name: str, event: "FileSystemEvent") -> None:
        """Watch the folder that has replaced a watched one; the system would go on watching the old one, wherever it is now."""
        if event.event_type == "modified" or self._observer is None:
            return
        there = (self._root / name).is_dir()
        with contextlib.suppress(RuntimeError, KeyError), self._polling_at_limits():
            watches = {emitter.watch.path: emitter.watch for emitter in self._observer.emitters}
            handler = next(iter(self._observer._handlers[watches[str(self._root)]]))  # noqa: SLF001 – the one handler that we gave it
            if (before := watches.get(str(self._root / name))) is not None:
                self._observer.unschedule(before)
            if there:
                self._observer.schedule(handler, str(self._root / name), recursive=True)
        if there or name == "templates":  # a site whose content is on its way to another place is shown as it was
            self._folders = True
            self._names.add(name)
            self._last = time.monotonic()
            self._woken.set()

    def _name(self, path: str | bytes) -> str:
        """Return a path from the site's root with forward slashes, "" for one that lies outside."""
        text = os.fsdecode(path)
        if not text.startswith(f"{self._root}{os.sep}"):
            return ""
        return text[len(str(self._root)) + 1 :].replace(os.sep, "/")

    # --- a probe ------------------------------------------------

    def _begin_probe(self) -> None:
        """Write a file of our own: where its event does not come, no other will."""
        probe = self._root / "content" / f".backstory-probe-{os.getpid()}"
        self._probe, self._probed = probe, time.monotonic() + PROBE_TIMEOUT
        try:
            probe.write_bytes(b"")
        except OSError:  # nobody can write here, we least of all: there is nothing to learn
            self._probed = 0.0

    def _end_probe(self) -> None:
        if self._probe is not None:
            with contextlib.suppress(OSError):
                self._probe.unlink(missing_ok=True)
            self._probe = None

    @contextlib.contextmanager
    def _polling_at_limits(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            self._poll_for(error)

    def _poll_for(self, error: OSError) -> None:
        self._poll(_LIMITS.get(error.errno or 0, f"Files cannot be watched here ({error.strerror})"))

    def _poll(self, why: str) -> None:
        if self.polls:
            return
        self.polls = True
        if self._observer is not None:
            self._observer.stop()
            self._observer = None
        self._notify(f"{why}, so files are looked at every {POLL_INTERVAL} s instead.")

    # --- the thread ------------------------------------------------

    def _run(self) -> None:
        again = time.monotonic() + IDLE_INTERVAL
        while not self._stopped.is_set():
            self._check_probe()
            waits = POLL_INTERVAL if self.polls else min(max(again - time.monotonic(), 0.0), self._until_probe())
            woken = self._woken.wait(waits)
            if self._stopped.is_set():
                return
            if woken:
                names = self._burst_names()
                again = time.monotonic() + RECHECK_DELAY
            elif self.polls or time.monotonic() >= again:
                names = self._changes_when_quiet()
                again = time.monotonic() + (RECHECK_DELAY if names else IDLE_INTERVAL)
            else:
                continue
            if names and not self._stopped.is_set():
                self._on_change(sorted(names))
                self._rebuilds += 1
            if self._rebuilds >= MAX_BUSY_REBUILDS or (self._rebuilds and not names):
                self._rebuilds = 0
                self._on_idle()

    def _until_probe(self) -> float:
        return max(self._probed - time.monotonic(), 0.05) if self._probed else IDLE_INTERVAL

    def _check_probe(self) -> None:
        if self._probe is not None and not self._probed:
            self._end_probe()
        elif self._probe is not None and time.monotonic() > self._probed:
            self._end_probe()
            self._poll("The system does not report changed files here (a network or container mount?)")

    def _burst_names(self) -> set[str]:
        """Return the files that a burst of events names, when it is over."""
        began = time.monotonic()
        empty = False
        while time.monotonic() - began < MAX_BURST and not self._stopped.is_set():
            with self._lock:
                was_empty = empty
                quiet = time.monotonic() - self._last
                writing = bool(self._written) and quiet < WRITE_TIMEOUT
                empty = not writing and quiet < EMPTY_TIMEOUT and any(self._became_empty(name) for name in self._names)
                if was_empty and not empty:  # the words are coming, and their events with them
                    self._last = time.monotonic()
                    continue
            if quiet >= QUIET_TIME and not writing and not empty:
                break
            time.sleep(QUIET_TIME / 2)
        with self._lock:
            names, folders = self._names, self._folders
            self._names, self._written, self._folders = set(), set(), False
            self._woken.clear()
        if folders and self._observer is not None:
            with self._polling_at_limits():
                check_watch_limit(self._observer)
        return names | self._differences() if folders else names

    def _became_empty(self, name: str) -> bool:
        known = self._known.get(name)
        if known is not None and not known[0]:
            return False
        try:
            return (self._root / name).stat().st_size == 0
        except OSError:
            return False

    def _differences(self) -> set[str]:
        """Return the files whose signatures have changed since the last check."""
        now = reading.signatures(self._root)
        before, self._known = self._known, now
        return {name for name in before.keys() | now.keys() if before.get(name) != now.get(name)}

    def _changes_when_quiet(self) -> set[str]:
        """Return the changed files once they have stopped changing."""
        before = self._known
        names = more = self._differences()
        began = last = time.monotonic()
        while names and not self._stopped.wait(QUIET_TIME * 2) and time.monotonic() - began < MAX_BURST:
            more = self._differences()
            if more:
                names, last = names | more, time.monotonic()
                continue
            emptied = any(name in self._known and not self._known[name][0] and before.get(name, (0,))[0] for name in names)
            if not emptied or time.monotonic() - last > EMPTY_TIMEOUT:
                break
        return names
