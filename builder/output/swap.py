"""How a folder that was laid takes the place of one that is published: by one build at a time, in one step, and set right after a build that was killed.

Beside a folder `site` lie, while somebody writes to it, and after one who was killed until the next comes:

    .site.backstory-lock   who holds it alone may write
    .site.backstory-new    the folder that is being laid; after the step, the one that was there before
    .site.backstory-old    the one that was there before, where the system cannot let two folders change places in one step
    .site.backstory-one    a single file that is put in the place of another, with all that is needed to end what was begun

Their names are ours: whatever lies there is cleared away.
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

from builder.content.reading import reason
from builder.output import plan as planning

if sys.platform != "win32":
    import fcntl

_READY, _UNDO, _FRESH, _LIST, _BEFORE = "ready", "undo", "fresh", "list", "before"
"""In the folder of a single file: which file it is for, once all is ready, or once all is to be undone; what it shall be, the manifest that comes with it, and what it was."""

_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}


class OutputProblem(Exception):
    """The output folder cannot be written; the message is for the person at the keyboard."""


@functools.lru_cache(maxsize=16)
def beside(output: Path, what: str) -> Path:
    """Return where something of ours lies beside an output folder: its `lock`, the `new` folder, the `old` one, or `one` file."""
    return output.with_name(f".{output.name}.backstory-{what}")


def is_inside(path: str) -> bool:
    """Say whether a path of the output stays in it: the last lock, behind the checks of slugs, ids and aliases."""
    return "\\" not in path and "\0" not in path and _NO_NAMES.isdisjoint(path.split("/"))


_NO_NAMES = frozenset({"", ".", ".."})


def _unheard() -> None:
    """Tell nobody."""


@contextmanager
def alone(output: Path, waits: Callable[[], None] = _unheard) -> Iterator[None]:
    """Be the only one who writes to an output folder, and find it whole.

    `waits` is called where somebody else is at it and must be waited for. A lock goes with its process, however that ends.
    `OutputProblem` where the disk refuses.
    """
    output = output.resolve()
    made = _folders(output.parent)
    try:
        handle = _lock(beside(output, "lock"), waits)
        try:
            _heal(output)
            yield
        finally:
            if handle is not None:
                with suppress(OSError):
                    beside(output, "lock").unlink()
                os.close(handle)
    finally:
        for folder in made:  # where nothing was built, nothing stays
            with suppress(OSError):
                folder.rmdir()


def _folders(folder: Path) -> list[Path]:
    """Make a folder and those above it; return those that were made, the deepest first."""
    missing = [one for one in (folder, *folder.parents) if not one.exists()]
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        message = f"{error.filename or folder} could not be made: {reason(error)}."
        raise OutputProblem(message) from error
    return missing


def _lock(path: Path, waits: Callable[[], None]) -> int | None:
    """Take a lock and return what holds it; None where there is nothing to lock: nobody may write there, or the system has no locks."""
    if sys.platform == "win32":
        return None
    told = False
    while True:
        try:
            handle = os.open(path, os.O_RDONLY | os.O_CREAT | os.O_NOFOLLOW | os.O_CLOEXEC, 0o666)
        except OSError as error:
            if error.errno in {errno.EACCES, errno.EPERM, errno.EROFS} and not os.path.lexists(path):
                return None
            message = f"{path} could not be written: {reason(error)}. The published folder is as it was."
            raise OutputProblem(message) from error
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                if not told:
                    waits()
                    told = True
                fcntl.flock(handle, fcntl.LOCK_EX)
            # Whoever held it before has removed the file: then ours is none that others will find.
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(handle), path.lstat()):
                    return handle
        except OSError as error:
            if error.errno in _NO_LOCKS:
                return handle
            os.close(handle)
            message = f"{path} could not be locked: {reason(error)}. The published folder is as it was."
            raise OutputProblem(message) from error
        except BaseException:
            os.close(handle)
            raise
        os.close(handle)


def _heal(output: Path) -> None:
    """Set right what a build that was killed has left."""
    new, old, one = (beside(output, what) for what in ("new", "old", "one"))
    try:
        if os.path.lexists(old) and not os.path.lexists(output):
            old.rename(output)  # killed between two renamings
        _end(output, one)
    except OSError as error:
        message = f"{error.filename2 or error.filename or output} could not be written: {reason(error)}. The last build was interrupted, and this must be set right first."
        raise OutputProblem(message) from error
    for folder in (new, old, one):
        clear(folder)


def put(output: Path, path: str, prepare: Callable[[Path, Path, Path], None]) -> None:
    """Put a file in the place of the one at `path`, and the manifest that goes with it: as whole as an exchange of folders, and needs no look at the other files.

    `prepare` is given where to lay what was there, the new file and the new manifest. Killed from then on, the next build ends what was begun;
    where the disk refuses (`OSError`), the old file comes back.
    """
    one = beside(output, "one")
    try:
        one.mkdir()
        prepare(one / _BEFORE, one / _FRESH, one / _LIST)
        (one / "path").write_bytes(path.encode())
        (one / "path").replace(one / _READY)
        _end(output, one)
    except BaseException:
        if (one / _READY).exists() and (one / _LIST).exists():  # the manifest does not say yet that the file is another
            _undo(output, one)
        else:
            clear(one)
        raise
    with suppress(KeyboardInterrupt):  # it is done
        clear(one)


def _undo(output: Path, one: Path) -> None:
    try:
        (one / _READY).replace(one / _UNDO)
        _end(output, one)
    except OSError as error:
        message = f"{error.filename2 or error.filename} could not be written: {reason(error)}, nor what was there before. The next build sets it right."
        raise OutputProblem(message) from error
    clear(one)


def _end(output: Path, one: Path) -> None:
    """End, or undo, what was begun with a single file: as often as it takes."""
    for way, steps in ((_READY, ((_FRESH, ""), (_LIST, planning.MANIFEST))), (_UNDO, ((_BEFORE, ""),))):
        if not (one / way).exists():
            continue
        path = (one / way).read_text("utf-8")
        for name, place in steps:
            if (one / name).exists() and is_inside(path):
                (one / name).replace(output / (place or path))


def clear(folder: Path) -> None:
    """Remove a folder of ours, if it is there. What cannot be removed now is by the next build."""
    with suppress(OSError):
        (folder / _READY).unlink()  # first: what is being removed is not to be ended
    shutil.rmtree(folder, ignore_errors=True)
    if os.path.lexists(folder):
        unlock(folder)
        shutil.rmtree(folder, ignore_errors=True)


def unlock(folder: Path) -> None:
    """Let a folder of ours, and those in it, be emptied by us: somebody may have forbidden to write in what was the published one. Links are not followed."""
    waiting = [os.fspath(folder)]
    while waiting:
        place = waiting.pop()
        with suppress(OSError):
            mode = os.lstat(place).st_mode
            if not stat.S_ISDIR(mode):
                continue
            Path(place).chmod(stat.S_IMODE(mode) | stat.S_IRWXU)
            with os.scandir(place) as found:
                waiting += (entry.path for entry in found if entry.is_dir(follow_symlinks=False))


def exchange(new: Path, output: Path) -> None:
    """Put a new folder in the output's place. Where the system can, in one step that nobody can see the middle of.

    The folder that was there before is then at `new`, or gone. `OSError` where it could not be done: the old one is then in its place.
    """
    if not os.path.lexists(output):
        new.rename(output)
        return
    if _exchange_at_once(new, output):
        return
    # Two steps where the system cannot do it in one: for a moment there is no folder, but never half of one.
    old = beside(output, "old")
    output.rename(old)
    try:
        new.rename(output)
    except BaseException:
        old.rename(output)
        raise
    clear(old)


_RENAME_EXCHANGE = 2
_AT_FDCWD = -100


def _exchange_at_once(one: Path, other: Path) -> bool:
    import ctypes  # late: a build that writes one file exchanges nothing

    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    return bool(renameat2(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0)
