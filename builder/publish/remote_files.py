"""The files of a server as a publisher needs them, where the server computes no digests: `sftp` and `webdav` have them."""

from collections.abc import Callable
from typing import Protocol

import msgspec

from builder.model import PublishTarget

TEMPORARY_FOLDER = ".backstory-passing"
"""Folder at the target in which files lie until they are whole, where the server itself does not see to that."""


class RemoteEntry(msgspec.Struct, frozen=True):
    """A file or a folder at the server."""

    name: str
    is_folder: bool = False
    size: int = 0
    tag: str = ""
    """Changes with every version of the file, as far as the server distinguishes them; "" for what is no ordinary file."""


class RemoteFiles(Protocol):
    """The files below the folder of a target. Paths have slashes and begin at that folder, which is "". Several threads may ask at once.

    Every method raises `PublishProblem` where the server refuses, `ConnectionLost` where another attempt may succeed, and those that write `FileNotFoundError` where a folder is not there.
    """

    def __str__(self) -> str:
        """Return the address of the folder, for messages."""

    def close(self) -> None:
        """Close the connection."""

    def listing(self, folder: str) -> list[RemoteEntry] | None:
        """Return what is in a folder; None if there is no such folder."""

    def read(self, path: str, most: int | None = None) -> tuple[bytes, str] | None:
        """Return the bytes and the tag of a file; None if there is no such file, or one of more than `most` bytes."""

    def write(self, path: str, data: bytes) -> str:
        """Put a file in its place as a whole, and return its tag. Its folder is there."""

    def write_if(self, path: str, data: bytes, tag: str | None) -> bool:
        """Write a file over the version with this tag, or where there must be none if it is None, as far as the server knows such a condition. Return False if another was faster."""

    def make_folder(self, path: str) -> None:
        """Make a folder, if it is not there yet."""

    def delete(self, path: str) -> None:
        """Delete a file, if it is there."""

    def delete_folder(self, path: str) -> None:
        """Delete a folder, if it is there and empty."""

    def tidy(self) -> None:
        """Delete what a publish that was killed, or a lost connection, has left lying."""


OpenRemoteFiles = Callable[[PublishTarget], RemoteFiles]
"""Opens the files of a target. Raises `PublishProblem`, also where the library for it is not installed."""
