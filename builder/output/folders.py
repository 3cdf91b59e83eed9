"""Folders of thousands of files that come and go together. Paths are strings here, relative to the outermost folder, which is "": so often is all of this done."""

import contextlib
import os
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Set as AbstractSet
from pathlib import Path

from builder.content.reading import SITES_OWN
from builder.output import plan as planning


def holds_own(folder: Path, root: Path, own: Iterable[str] = SITES_OWN) -> bool:
    """Say whether a folder that is to be written to is, holds or lies in what is the site's own, by whatever way it is named."""
    folder, root = folder.resolve(), root.resolve()
    return root.is_relative_to(folder) or any(folder.is_relative_to((root / name).resolve()) for name in own)


def _unheard(_folder: str) -> None:
    """Tell nobody."""


def of_others(output: str, ours: AbstractSet[str], listing: Callable[[str], None] = _unheard) -> Iterator[tuple[str, bool]]:
    """Yield what lies in an output folder besides the files that are ours: paths, and whether it is a folder, which comes before what is in it.

    `listing` is told of each folder before it is listed.
    """
    folders = folders_of(ours)
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        listing(folder)
        try:
            with os.scandir(f"{output}/{folder}") as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        for entry in entries:
            path = f"{folder}/{entry.name}" if folder else entry.name
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
                if path not in folders:
                    yield path, True
            elif path not in ours and path != planning.MANIFEST:
                yield path, False


def folder_of(path: str) -> str:
    """Return the folder that a file lies in."""
    return path.rpartition("/")[0]


def above(path: str) -> Iterator[str]:
    """Yield the folder that a file lies in, and those above, without the outermost."""
    while path := path.rpartition("/")[0]:
        yield path


def folders_of(files: Iterable[str]) -> set[str]:
    """Return the folders that files lie in, and those above."""
    folders = {""}
    for path in files:
        while (path := path.rpartition("/")[0]) and path not in folders:
            folders.add(path)
    return folders


def make(top: str, folder: str) -> None:
    """Make a folder in a folder of ours, and those above it. `OSError` where something else lies there, and if it is a link to a folder."""
    for path in (*reversed(tuple(above(folder))), folder):
        try:
            os.mkdir(f"{top}/{path}")  # noqa: PTH102 - as above
        except FileExistsError:
            if path and not stat.S_ISDIR(os.lstat(f"{top}/{path}").st_mode):
                raise


def take_out(top: str, path: str) -> None:
    """Take a file out of a folder of ours, if it is there, and then the folders that are empty."""
    with contextlib.suppress(FileNotFoundError):
        os.unlink(f"{top}/{path}")  # noqa: PTH108 - as strings: so often is this done
    for folder in above(path):
        try:
            os.rmdir(f"{top}/{folder}")  # noqa: PTH106 - as above
        except FileNotFoundError:
            continue
        except OSError:  # something is in it
            return


def is_same(one: os.stat_result, path: str) -> bool:
    """Say whether a file is the one at `path`: two names for one thing, not two things that are alike."""
    other = os.lstat(path)
    return (one.st_ino, one.st_dev, one.st_mode, one.st_size, one.st_mtime_ns) == (
        other.st_ino,
        other.st_dev,
        other.st_mode,
        other.st_size,
        other.st_mtime_ns,
    )


def link_or_copy(source: str, target: str) -> bool:
    """Have a file at another place too; say whether it is the very same."""
    try:
        os.link(source, target, follow_symlinks=False)
    except (FileNotFoundError, FileExistsError, NotADirectoryError):
        raise
    except OSError:  # a file system without hard links
        shutil.copy2(source, target, follow_symlinks=False)
        return False
    return True
