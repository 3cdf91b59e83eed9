"""Files that Backstory keeps for itself in `.backstory/`, each written in one step."""

import contextlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO


def recall(path: Path) -> bytes | None:
    """Return the bytes of a file; None if there is none that can be read."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


STATE_FOLDER = ".backstory"
"""Below the site's root: caches, and what undoing and publishing need."""

_IGNORED = "# Made by Backstory, and of use on this machine alone.\n*\n"


def make(folder: Path) -> None:
    """Make a folder in `.backstory/`, with a `.gitignore`, since the texts of drafts are in it. Raises `OSError` if the disk refuses."""
    folder.mkdir(parents=True, exist_ok=True)
    top = next((parent for parent in (folder, *folder.parents) if parent.name == STATE_FOLDER), None)
    if top is not None and not (ignored := top / ".gitignore").exists():
        with contextlib.suppress(OSError):  # losing it is no reason to keep nothing
            ignored.write_text(_IGNORED, "utf-8")


@contextlib.contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Yield a stream whose bytes become the file at `path` in one step when the context ends; after an exception the file is as it was.

    Raises `OSError` if the disk refuses.
    """
    fresh = path.with_name(f".{path.name}.new-{os.getpid()}")
    try:
        with fresh.open("wb") as stream:
            yield stream
        fresh.replace(path)
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


def remember(path: Path, data: bytes) -> bool:
    """Write a file in one step, and return whether the disk took it."""
    try:
        make(path.parent)
        with replacing(path) as stream:
            stream.write(data)
    except OSError:
        return False
    return True


def mapped(path: Path) -> Any:
    """Return the bytes of a file, mapped into memory: only those that are used are read. Raises `OSError` if there is none."""
    if sys.platform == "win32":  # which deletes no file that a process has mapped
        return path.read_bytes()
    import mmap

    with path.open("rb") as stream:
        try:
            return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:  # an empty file
            return b""
