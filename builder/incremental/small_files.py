"""Small files that the tool keeps for itself in `.backstory/`: losing one costs time, and nothing else."""

import contextlib
import os
import sys
from pathlib import Path
from typing import Any


def recall(path: Path) -> bytes | None:
    """Return the bytes of a file; None where there is none that can be read."""
    try:
        return path.read_bytes() if path.is_file() else None
    except OSError:
        return None


_KEPT = ".backstory"
_IGNORED = "# Made by Backstory, and of use on this machine alone.\n*\n"


def make(folder: Path) -> None:
    """Make a folder in `.backstory/`, which git is told to leave alone: the texts of drafts are in it. `OSError` where the disk refuses."""
    folder.mkdir(parents=True, exist_ok=True)
    top = next((one for one in (folder, *folder.parents) if one.name == _KEPT), None)
    if top is not None and not (ignored := top / ".gitignore").exists():
        with contextlib.suppress(OSError):  # losing it is no reason to keep nothing
            ignored.write_text(_IGNORED, "utf-8")


def remember(path: Path, data: bytes) -> bool:
    """Write a file in one step, and say whether the disk took it."""
    fresh = path.with_name(f".{path.name}.new-{os.getpid()}")
    try:
        make(path.parent)
        fresh.write_bytes(data)
        fresh.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            fresh.unlink()
        return False
    return True


def mapped(path: Path) -> Any:
    """Return the bytes of a file, of which only those are read that are looked at. `OSError` where there is none."""
    if sys.platform == "win32":  # which takes no file away that somebody has mapped
        return path.read_bytes()
    import mmap

    with path.open("rb") as stream:
        try:
            return mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
        except ValueError:  # an empty file
            return b""
