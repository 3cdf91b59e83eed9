"""Standard output and error, which may fail: a pipe may be closed early, a disk may be full. Neither stops the work nor changes its result: `backstory check | head -1` has the exit code of `backstory check`. Imported at every start, so it imports nothing."""

import errno
import os
import sys

TYPE_CHECKING = False  # as mypy knows it; `typing` is slow to load
if TYPE_CHECKING:
    from typing import Any, TextIO

_GONE = {errno.EPIPE, errno.EINVAL} if sys.platform == "win32" else {errno.EPIPE}
"""Error numbers of a closed pipe."""


class Outlet:
    """A stream that nothing is raised by: from the first write that fails on, what is written is lost."""

    def __init__(self, stream: "TextIO | None") -> None:
        # None if it was closed from the start (`>&-`). Its number is taken again here, so that no other file gets it.
        self._stream = open(os.devnull, "w", encoding="utf-8") if stream is None else stream  # noqa: PTH123, SIM115 - it stays open, and pathlib is slow to load
        self.failed: OSError | None = None
        """Why output was lost; None if it was not, or if only the reader closed the pipe."""

    def __getattr__(self, name: str) -> "Any":
        return getattr(self._stream, name)

    def write(self, text: str) -> int:
        """Write as a stream does."""
        try:
            return self._stream.write(text)
        except OSError as error:
            self._lose(error)
            return len(text)

    def flush(self) -> None:
        """Flush as a stream does."""
        try:
            self._stream.flush()
        except OSError as error:
            self._lose(error)

    def _lose(self, error: OSError) -> None:
        if error.errno not in _GONE:
            self.failed = error
        # The stream still holds what it could not write, and Python would try again at exit.
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self._stream.fileno())
        os.close(nowhere)
