"""Reading files that others may have exchanged for something else."""

import errno
import os
import stat

LARGEST_LIST = 64 * 1024 * 1024
"""Bytes of a manifest or marker: it takes some 150 for each file, so no site has a larger one."""

_READING = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def read_ordinary(path: "str | os.PathLike[str]", most: int | None = None) -> bytes:
    """Return the bytes of an ordinary file, and never wait for a pipe or a device.

    Raises `OSError` if it cannot be read, is no ordinary file (`EINVAL`), or has more than `most` bytes (`EFBIG`).
    """
    handle = os.open(path, _READING)
    with os.fdopen(handle, "rb") as stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            code = errno.EISDIR if stat.S_ISDIR(status.st_mode) else errno.EINVAL
            raise OSError(code, "it is a folder" if code == errno.EISDIR else "it is a pipe, a socket or a device, not a file", str(path))
        if most is not None and status.st_size > most:
            raise OSError(errno.EFBIG, "it is larger than the list of any site", str(path))
        return stream.read()
