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


def remember(path: Path, data: bytes) -> bool:
    """Write a file in one step, and say whether the disk took it."""
    fresh = path.with_name(f".{path.name}.new-{os.getpid()}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
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
