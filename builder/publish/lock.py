"""A lock at a target that has none of its own: a small file that says that a publish is running, and since when.

    .backstory-publishing          at the target: a random word, and two times
    .backstory/publishing/NAME     here: the word of the publish that this copy of the site has begun and not ended

Whoever finds the file refuses to publish, unless the word is its own (its last publish was killed) or the file has not been renewed for `PATIENCE`.
A store writes the file only if no other publish was faster; where the host cannot do that, it is read again after it was written, and before each part that is sent.
"""

import contextlib
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import msgspec

from builder.incremental.small_files import STATE_FOLDER, recall, remember
from builder.output import OutputProblem, locked
from builder.publish.problems import PublishProblem

LOCK = ".backstory-publishing"
"""Name of the lock at the target."""

PATIENCE = 15 * 60
"""Seconds after which a lock that was not renewed is taken as one of a publish that was killed."""

RENEWAL = 60
"""Seconds after which a lock is written again."""


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


class TargetLock:
    """The lock of one target, held by this process."""

    def __init__(self, store: LockStore, root: Path, name: str) -> None:
        """`name` is that of the target in the settings of the site at `root`; `str(store)` is its address, for messages."""
        self._store = store
        self._own = root / STATE_FOLDER / "publishing" / name
        self._token = ""
        self._since = self._renewed = 0.0
        self._mark: str | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock. Raises `PublishProblem` if another process holds it."""
        try:
            with locked(self._own):
                self._take()
                try:
                    yield
                finally:
                    self._release()
        except OutputProblem as problem:
            raise PublishProblem(str(problem)) from problem

    def _take(self) -> None:
        found = self._store.read_lock()
        holder = _decode_holder(found[0]) if found is not None else None
        now = time.time()
        if holder is not None and abs(now - holder.renewed) < PATIENCE and holder.token.encode() != recall(self._own):
            raise PublishProblem(
                f"Another publish to {self._store} has been under way for {_minutes(now - holder.since)}, and was last active {_minutes(now - holder.renewed)} ago. "
                f"Nothing was sent. Publish again when it has ended; {PATIENCE // 60} minutes without activity it is treated as aborted."
            )
        self._token, self._since = secrets.token_hex(16), now
        remember(self._own, self._token.encode())
        if not self._write(found[1] if found is not None else None):
            raise PublishProblem(
                f"Another publish to {self._store} began at the same time. Nothing was sent. Publish again when it has ended."
            )
        self.check()

    def _write(self, mark: str | None) -> bool:
        self._renewed = time.time()
        return self._store.write_lock(msgspec.json.encode(Holder(self._token, self._since, self._renewed)), mark)

    def check(self) -> None:
        """Make sure that the lock is still ours, and renew it if that is due. Raises `PublishProblem` if another process has taken it over."""
        found = self._store.read_lock()
        holder = _decode_holder(found[0]) if found is not None else None
        if found is None or holder is None or holder.token != self._token:
            raise PublishProblem(
                f"Another publish to {self._store} has taken over. This one ends here. Publish again when the other has ended."
            )
        if time.time() - self._renewed > RENEWAL and not self._write(found[1]):
            raise PublishProblem(
                f"Another publish to {self._store} has taken over. This one ends here. Publish again when the other has ended."
            )

    def _release(self) -> None:
        # Where the connection is lost the lock stays; it is known here as ours.
        with contextlib.suppress(PublishProblem):
            found = self._store.read_lock()
            holder = _decode_holder(found[0]) if found is not None else None
            if holder is not None and holder.token == self._token:
                self._store.delete_lock()
            with contextlib.suppress(OSError):
                self._own.unlink()


def _decode_holder(data: bytes) -> Holder | None:
    try:
        return msgspec.json.decode(data, type=Holder)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def _minutes(seconds: float) -> str:
    minutes = max(0, round(seconds / 60))
    return "less than a minute" if not minutes else "1 minute" if minutes == 1 else f"{minutes} minutes"
