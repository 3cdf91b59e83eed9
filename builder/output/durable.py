"""Waiting until the disk has what was written, so that a power cut leaves the old site or the new one.

One call for the whole file system, before the new folder takes its place: to ask for each of thousands of files would take far longer.
"""

import contextlib
import errno
import functools
import os
import sys
import tempfile
from pathlib import Path

_WITHOUT = {errno.ENOSYS, errno.EINVAL, errno.EOPNOTSUPP}


def flush(folder: Path) -> None:
    """Wait until the disk has everything in a folder. Raises `OSError` if the disk could not write it.

    The system's folder for passing files does not outlast a power cut: nothing is waited for there.
    """
    if is_temporary(folder):
        return
    if sys.platform == "linux":
        handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            code = sync_file_system(handle)
        finally:
            os.close(handle)
        if code == 0:
            return
        if code not in _WITHOUT:
            raise OSError(code, os.strerror(code), str(folder))
    if hasattr(os, "sync"):
        os.sync()


def flush_names(folder: Path) -> None:
    """Wait until the disk has the names in a folder: that of what has just taken its place. A disk that does not support it is not asked again."""
    if os.name != "nt" and not is_temporary(folder):
        with contextlib.suppress(OSError):
            handle = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(handle)
            finally:
                os.close(handle)


def sync_file_system(handle: int) -> int:
    """Have the system write the file system of an open folder; return 0, or the number of the error."""
    import ctypes  # it takes longer to import than the call takes

    try:
        syncfs = ctypes.CDLL(None, use_errno=True).syncfs
    except (OSError, AttributeError):
        return errno.ENOSYS
    return 0 if syncfs(handle) == 0 else ctypes.get_errno()


@functools.cache
def temporary_folder() -> Path:
    """Return the folder of the system for temporary files."""
    return Path(tempfile.gettempdir()).resolve()


def is_temporary(folder: Path) -> bool:
    """Return whether a folder is below the folder for temporary files, which need not survive a power cut."""
    return folder.resolve().is_relative_to(temporary_folder())
