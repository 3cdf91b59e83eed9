"""Exchange a staged folder with the published one: one build at a time, in one step, with recovery after a build that was killed.

Beside a folder `site` there are, during a build and after one that was killed:

    .site.backstory-lock   the lock of the process that writes
    .site.backstory-new    the staged folder; after the exchange, the one that was published before
    .site.backstory-old    the one that was published before, where the system cannot exchange two folders in one step
    .site.backstory-one    a single file that replaces another, with all that is needed to finish or undo this

These names are reserved: whatever is there is deleted.
"""

import errno
import functools
import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from builder import urls
from builder.content.reading import reason
from builder.output import plan as planning

if sys.platform != "win32":
    import fcntl

_READY, _UNDO, _FRESH, _LIST, _BEFORE = "ready", "undo", "fresh", "list", "before"
"""Files in the folder of a single replacement: the path it is for, once all is ready or once all is to be undone; the new file, the new manifest, and the old file."""

_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}


class OutputProblem(Exception):
    """The output folder cannot be written. The message is for the user."""


@functools.lru_cache(maxsize=16)
def sibling(output: Path, suffix: str) -> Path:
    """Return where something of ours lies beside an output folder: its `lock`, the `new` folder, the `old` one, or `one` file."""
    return output.with_name(f".{output.name}.backstory-{suffix}")


def is_inside(path: str) -> bool:
    """Return whether a relative path stays in the output folder: the last check, after those of slugs, ids and aliases."""
    return "\\" not in path and "\0" not in path and not urls.has_drive(path) and _NO_NAMES.isdisjoint(path.split("/"))


_NO_NAMES = frozenset({"", ".", ".."})


def _ignore() -> None:
    """Do nothing."""


@contextmanager
def locked(output: Path, on_wait: Callable[[], None] = _ignore) -> Iterator[None]:
    """Hold the lock of an output folder, after recovery from a build that was killed.

    `on_wait` is called once if another process holds the lock. The system releases the lock when its process ends.
    Raises `OutputProblem` if the disk refuses.
    """
    output = output.resolve()
    made = _folders(output.parent)
    try:
        release = (lock_with_library if sys.platform == "win32" else _lock)(sibling(output, "lock"), on_wait)
        try:
            _recover(output)
            yield
        finally:
            release()
    finally:
        for folder in made:  # empty if nothing was built
            with suppress(OSError):
                folder.rmdir()


def _folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; return the new ones, the deepest first."""
    missing = [parent for parent in (folder, *folder.parents) if not parent.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{error.filename or folder} could not be made: {reason(error)}."
        raise OutputProblem(message) from error
    return missing


def lock_with_library(path: Path, on_wait: Callable[[], None]) -> Callable[[], None]:
    """Take a lock where the system has no `flock`, and return what releases it. It follows no link, and ends with the process, as ours does."""
    import filelock  # late: only Windows needs it

    lock = filelock.FileLock(path)
    try:
        try:
            lock.acquire(blocking=False)
        except filelock.Timeout:
            on_wait()
            lock.acquire()
    except OSError as error:
        message = f"{path} could not be locked: {reason(error)}. The published folder is as it was."
        raise OutputProblem(message) from error
    return lock.release


def _unlock(path: Path, handle: int) -> None:
    with suppress(OSError):
        path.unlink()
    os.close(handle)


def _lock(path: Path, on_wait: Callable[[], None]) -> Callable[[], None]:
    """Take a lock and return what releases it: nothing if the folder is not writable, or the system has no locks."""
    if sys.platform == "win32":
        raise NotImplementedError
    waited = False
    while True:
        try:
            handle = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        except OSError as error:
            if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS} and not os.path.lexists(path):
                return _ignore
            message = f"{path} could not be written: {reason(error)}. The published folder is as it was."
            raise OutputProblem(message) from error
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if not waited:
                    on_wait()
                    waited = True
                fcntl.flock(handle, fcntl.LOCK_EX)
            # The process that held it before has deleted the file: then other processes would not find ours.
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(handle), path.lstat()):
                    return functools.partial(_unlock, path, handle)
        except OSError as error:
            if error.errno in _NO_LOCKS:
                return functools.partial(_unlock, path, handle)
            os.close(handle)
            message = f"{path} could not be locked: {reason(error)}. The published folder is as it was."
            raise OutputProblem(message) from error
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _recover(output: Path) -> None:
    """Recover from a build that was killed."""
    new, old, path = (sibling(output, what) for what in ("new", "old", "one"))
    try:
        if os.path.lexists(old) and not os.path.lexists(output):
            old.rename(output)  # killed between two renamings
        _finish(output, path)
    except OSError as error:
        message = f"{error.filename2 or error.filename or output} could not be written: {reason(error)}. The last build was interrupted, and this must be set right first."
        raise OutputProblem(message) from error
    for folder in (new, old, path):
        delete_folder(folder)


def replace_file(output: Path, path: str, prepare: Callable[[Path, Path, Path], None]) -> None:
    """Replace the file at `path`, and the manifest, as safely as by an exchange of folders, without touching other files.

    `prepare` is called with the paths at which to save the old file and to write the new file and the new manifest. If the process is killed after that, the next build finishes;
    if the disk refuses (`OSError`), the old file is restored.
    """
    work_folder = sibling(output, "one")
    try:
        work_folder.mkdir()
        prepare(work_folder / _BEFORE, work_folder / _FRESH, work_folder / _LIST)
        (work_folder / "path").write_bytes(path.encode())
        (work_folder / "path").replace(work_folder / _READY)
        _finish(output, work_folder)
    except BaseException:
        if (work_folder / _READY).exists() and (work_folder / _LIST).exists():  # the manifest has not changed yet
            _undo(output, work_folder)
        else:
            delete_folder(work_folder)
        raise
    with suppress(KeyboardInterrupt):  # it is done
        delete_folder(work_folder)


def _undo(output: Path, path: Path) -> None:
    try:
        (path / _READY).replace(path / _UNDO)
        _finish(output, path)
    except OSError as error:
        message = f"{error.filename2 or error.filename} could not be written: {reason(error)}, nor what was there before. The next build sets it right."
        raise OutputProblem(message) from error
    delete_folder(path)


def _finish(output: Path, work_folder: Path) -> None:
    """Finish, or undo, the replacement of a single file. Can be repeated."""
    for way, renames in ((_READY, ((_FRESH, ""), (_LIST, planning.MANIFEST))), (_UNDO, ((_BEFORE, ""),))):
        if not (work_folder / way).exists():
            continue
        path = (work_folder / way).read_text("utf-8")
        for name, to in renames:
            if (work_folder / name).exists() and is_inside(path):
                (work_folder / name).replace(output / (to or path))


def delete_folder(folder: Path) -> None:
    """Delete a folder of ours, if it exists. What cannot be deleted now is left to the next build."""
    with suppress(OSError):
        (folder / _READY).unlink()  # first, so that a half-deleted folder is never taken as ready
    shutil.rmtree(folder, ignore_errors=True)
    if os.path.lexists(folder):
        make_writable(folder)
        shutil.rmtree(folder, ignore_errors=True)


def make_writable(folder: Path) -> None:
    """Make a folder and those in it writable, so that they can be deleted: the published one may have been read-only. Links are not followed."""
    waiting = [os.fspath(folder)]
    while waiting:
        path = waiting.pop()
        with suppress(OSError):
            mode = os.lstat(path).st_mode
            if not stat.S_ISDIR(mode):
                continue
            Path(path).chmod(stat.S_IMODE(mode) | stat.S_IRWXU)
            with os.scandir(path) as found:
                waiting += (entry.path for entry in found if entry.is_dir(follow_symlinks=False))


def exchange(new: Path, output: Path) -> None:
    """Put a new folder in the output's place; in one atomic step where the system can.

    The old folder is then at `new`, or deleted. Raises `OSError` if that fails; the old folder is then in its place.
    """
    if not os.path.lexists(output):
        new.rename(output)
        return
    if exchange_at_once(new, output):
        return
    # Two steps where one is not possible: for a moment there is no folder, but never half of one.
    old = sibling(output, "old")
    output.rename(old)
    try:
        new.rename(output)
    except BaseException:
        old.rename(output)
        raise
    delete_folder(old)


_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


def exchange_at_once(path: Path, other: Path) -> bool:
    """Exchange two folders in one step; return False where the system cannot."""
    import ctypes  # late: a build that writes one file exchanges nothing

    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(path), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
