"""Helpers for folders of thousands of files. Paths are strings relative to the outermost folder, which is "": `pathlib` is too slow for so many."""

import contextlib
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterable, Iterator, Set as AbstractSet
from pathlib import Path, PurePath

from builder.content.reading import SITES_OWN
from builder.incremental.small_files import STATE_FOLDER
from builder.output import plan as planning

NOT_OURS = (".git", STATE_FOLDER)
"""Folders that belong to git and to Backstory's own notes: what lies in them is rewritten or deleted without a question."""

FILE_MODES = (
    (stat.S_ISREG, "a file"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
)
"""What may stand in the place of a folder, by its mode."""


def inner(path: PurePath) -> str:
    """Return the part of a path that is one of `NOT_OURS`, also as Windows and macOS read it; "" if none is."""
    return next((part for part in path.parts if plain_name(part) in NOT_OURS), "")


_UNREAD = re.compile("[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]")
"""Characters that macOS may leave out of a name."""
_SHORT_NAMES = ((re.compile(r"git~[0-9]+"), ".git"), (re.compile(r"backst~[0-9]+"), STATE_FOLDER))


def plain_name(part: str) -> str:
    """Return a part of a path as a disk may read it: in any case, with dots, blanks or the name of a stream behind it (Windows), by its short name there, or with characters that are left out (macOS)."""
    name = _UNREAD.sub("", part).partition(":")[0].rstrip(" .").casefold()
    return next((whole for short, whole in _SHORT_NAMES if short.fullmatch(name)), name)


def kind_of(mode: int) -> str:
    """Return what something that is no folder is, by its mode: “a pipe”."""
    return next((words for is_one, words in FILE_MODES if is_one(mode)), "no folder")


def overlaps_sources(folder: Path, root: Path, own: Iterable[str] = SITES_OWN) -> bool:
    """Return whether a folder to write to is, holds or lies in one of the site's own folders `own`, below `root`. Symbolic links are resolved."""
    folder, root = folder.resolve(), root.resolve()
    return root.is_relative_to(folder) or any(folder.is_relative_to((root / name).resolve()) for name in own)


def _ignore(_folder: str) -> None:
    """Do nothing."""


def foreign_files(output: str, ours: AbstractSet[str], listing: Callable[[str], None] = _ignore) -> Iterator[tuple[str, bool]]:
    """Yield the files and folders in an output folder that are not ours: each path, and whether it is a folder. A folder comes before its contents.

    `ours` are the paths of our files; `listing` is called with each folder before it is listed.
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
    """Return the folder of a file."""
    return path.rpartition("/")[0]


def parents(path: str) -> Iterator[str]:
    """Yield the folder of a file and the folders above it, without the outermost."""
    while path := path.rpartition("/")[0]:
        yield path


def folders_of(files: Iterable[str]) -> set[str]:
    """Return the folders of files and all folders above them."""
    folders = {""}
    for path in files:
        while (path := path.rpartition("/")[0]) and path not in folders:
            folders.add(path)
    return folders


def make_folders(top: str, folder: str) -> None:
    """Make a folder below `top`, and those above it. Raises `OSError` if a file, or a link to a folder, is in its place."""
    for path in (*reversed(tuple(parents(folder))), folder):
        try:
            os.mkdir(f"{top}/{path}")  # noqa: PTH102 - as above
        except FileExistsError:
            if path and not stat.S_ISDIR(os.lstat(f"{top}/{path}").st_mode):
                raise


def remove_file(top: str, path: str) -> None:
    """Delete a file below `top`, if it exists, and the folders above it that are then empty. What a link to a folder leads to is no file below `top`."""
    if any(os.path.islink(f"{top}/{folder}") for folder in parents(path)):  # noqa: PTH114 - as below
        return
    with contextlib.suppress(FileNotFoundError):
        os.unlink(f"{top}/{path}")  # noqa: PTH108 - as strings: so often is this done
    for folder in parents(path):
        try:
            os.rmdir(f"{top}/{folder}")  # noqa: PTH106 - as above
        except FileNotFoundError:
            continue
        except OSError:  # something is in it
            return


def is_same_file(status: os.stat_result, path: str) -> bool:
    """Return whether the file of a `status` is the file at `path`: two names of one inode, not two equal files."""
    other = os.lstat(path)
    return (status.st_ino, status.st_dev, status.st_mode, status.st_size, status.st_mtime_ns) == (
        other.st_ino,
        other.st_dev,
        other.st_mode,
        other.st_size,
        other.st_mtime_ns,
    )


def link_or_copy(source: str, target: str) -> bool:
    """Make a hard link to a file, or a copy on a file system without hard links. Return whether it is a link."""
    try:
        os.link(source, target, follow_symlinks=False)
    except (FileNotFoundError, FileExistsError, NotADirectoryError):
        raise
    except OSError:  # a file system without hard links
        shutil.copy2(source, target, follow_symlinks=False)
        return False
    return True
