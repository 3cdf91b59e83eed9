"""A lock at a target that has none of its own: a small file that says that a publish is running, and since when.

    .backstory-publishing          at the target: a random word, and two times
    .backstory/publishing/NAME     here: the word of the publish that this copy of the site has begun and not ended

A thread renews the file, however long a single file takes to send. Whoever finds it refuses to publish, unless the word is its own (its last publish was killed),
or the file has not been renewed for `PATIENCE` and is not while it is watched: clocks of two machines may differ.
A store writes the file only if no other publish was faster; where the host cannot do that, it is read again after it was written, and before each part that is sent.
"""

import contextlib
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import msgspec

from builder.incremental.small_files import STATE_FOLDER, recall, remember
from builder.output import OutputProblem, locked
from builder.publish.problems import RETRIES, NothingSent, PublishProblem

LOCK = ".backstory-publishing"
"""Name of the lock at the target."""

PATIENCE = 15 * 60
"""Seconds after which a lock that was not renewed is taken as one of a publish that was killed."""

RENEWAL = 30
"""Seconds after which a lock is written again."""

WATCH = 75
"""Seconds for which a lock that seems to be left is watched before it is taken over: more than two renewals."""

LAST_CALL = 10
"""Seconds to wait at the end for a renewal that is under way; after that, the lock stays."""


class Holder(msgspec.Struct, frozen=True):
    """The content of a lock. It names neither a person nor a machine."""

    token: str
    since: float
    renewed: float
    made_by: str = "Backstory"


class LockStore(Protocol):
    """A target that can keep a lock. Every method raises `PublishProblem`."""

    def read_lock(self) -> tuple[bytes, str] | None:
        """Return the bytes of the lock and the host's mark of this version of it, "" if the host has none; None if there is no lock."""

    def write_lock(self, data: bytes, mark: str | None) -> bool:
        """Write the lock, over the version with this mark, or where there is none if it is None. Return False if another process was faster."""

    def delete_lock(self) -> None:
        """Delete the lock, if there is one."""


class TakenOver(PublishProblem):
    """Another process has taken the lock over."""


class TargetLock:
    """The lock of one target, held by this process."""

    def __init__(self, store: LockStore, root: Path, name: str) -> None:
        """`name` is that of the target in the settings of the site at `root`; `str(store)` is its address, for messages."""
        self._store = store
        self._own = root / STATE_FOLDER / "publishing" / name
        self._token = ""
        self._since = self._renewed = 0.0
        self._asking = threading.Lock()
        self._ended = threading.Event()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock. Raises `PublishProblem` if another process holds it."""
        try:
            with locked(
                self._own, lambda: RETRIES.warning("Another publish to %s from this folder is under way. Waiting for it.", self._store)
            ):
                self._ended = threading.Event()
                self._take()
                threading.Thread(target=self._renew_until, args=(self._ended,), daemon=True).start()
                try:
                    yield
                finally:
                    self._ended.set()
                    self._release()
        except OutputProblem as problem:
            raise PublishProblem(str(problem)) from problem

    def refuse_other(self) -> None:
        """Raise `PublishProblem` if another process has the lock and was active of late."""
        self._refuse(self._store.read_lock())

    def _refuse(self, found: tuple[bytes, str] | None) -> None:
        holder, now = self._other(found), time.time()
        if holder is not None and abs(now - holder.renewed) < PATIENCE:
            raise NothingSent(
                f"Another publish to {self._store} has been under way for {_minutes(now - holder.since)}, and was last active {_minutes(now - holder.renewed)} ago.",
                f"Publish again when it has ended; after {PATIENCE // 60} minutes without activity it is treated as aborted.",
            )

    def _other(self, found: tuple[bytes, str] | None) -> Holder | None:
        """Return who holds a lock, unless it is a publish from here that was killed. Of a torn lock, nothing is known but that there is one."""
        if found is None:
            return None
        holder = _decode_holder(found[0]) or Holder("", 0, 0)
        return None if holder.token.encode() == recall(self._own) else holder

    def _take(self) -> None:
        found = self._store.read_lock()
        self._refuse(found)
        if self._other(found) is not None:
            found = self._watched(found)
        self._token, self._since = secrets.token_hex(16), time.time()
        remember(self._own, self._token.encode())
        if not self._write(found[1] if found is not None else None):
            raise NothingSent(f"Another publish to {self._store} began at the same time.", "Publish again when it has ended.")
        self.check()

    def _watched(self, found: tuple[bytes, str] | None) -> tuple[bytes, str] | None:
        """Return a lock that seems to be left, when it was watched; None if it has gone. Raises `PublishProblem` if it is renewed meanwhile."""
        RETRIES.warning(
            "Another publish to %s seems to have been aborted. Looking for %g s whether it is still active.", self._store, WATCH
        )
        time.sleep(WATCH)
        again = self._store.read_lock()
        if again is not None and again != found:
            self._refuse(again)
            raise NothingSent(
                f"Another publish to {self._store} is under way, and the clock of its machine differs from the one here.",
                "Publish again when it has ended.",
            )
        return again

    def _renew_until(self, ended: threading.Event) -> None:
        while not ended.wait(RENEWAL):
            try:
                self.check()
            except TakenOver:  # the next `check` finds the same
                return
            except (PublishProblem, OSError):  # one answer that was odd, or none: the lock is ours until somebody takes it over
                continue

    def _write(self, mark: str | None) -> bool:
        now = time.time()
        is_written = self._store.write_lock(msgspec.json.encode(Holder(self._token, self._since, now)), mark)
        if is_written:
            self._renewed = now
        return is_written

    def check(self) -> None:
        """Make sure that the lock is still ours, and renew it if that is due. Raises `TakenOver` if another process has it, `PublishProblem` if the target does not answer."""
        with self._asking:
            if self._ended.is_set():  # the thread waited while the lock was deleted
                return
            found = self._store.read_lock()
            holder = _decode_holder(found[0]) if found is not None else None
            is_ours = found is not None and holder is not None and holder.token == self._token
            is_due = abs(time.time() - self._renewed) >= RENEWAL and not self._ended.is_set()
            if found is None or not is_ours or (is_due and not self._write(found[1])):
                raise TakenOver(
                    f"Another publish to {self._store} has taken over. This one ends here. Publish again when the other has ended."
                )

    def _release(self) -> None:
        # Where the connection is lost, or a renewal hangs, the lock stays; it is known here as ours.
        if not self._asking.acquire(timeout=LAST_CALL):
            return
        try:
            with contextlib.suppress(PublishProblem):
                found = self._store.read_lock()
                holder = _decode_holder(found[0]) if found is not None else None
                if holder is not None and holder.token == self._token:
                    self._store.delete_lock()
                with contextlib.suppress(OSError):
                    self._own.unlink()
        finally:
            self._asking.release()


def _decode_holder(data: bytes) -> Holder | None:
    try:
        return msgspec.json.decode(data, type=Holder)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _minutes(seconds: float) -> str:
    minutes = max(0, round(seconds / 60))
    return "less than a minute" if not minutes else "1 minute" if minutes == 1 else f"{minutes} minutes"
