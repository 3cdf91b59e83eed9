"""The folder that was published before the present one, kept as the base in which the next build is staged.

So thousands of folders need not be created and deleted again, which is slow on some disks. Only files in it that are hard links to those of the output stay;
they are found by the record of the last build (`mirror`), or else by comparing all.
"""

import contextlib
import functools
import os
import shutil
import stat
import zlib
from collections.abc import Iterable, Set as AbstractSet
from pathlib import Path

import msgspec

from builder.incremental.small_files import STATE_FOLDER
from builder.output import mirror
from builder.output.folders import folders_of, is_same_file
from builder.output.swap import delete_folder, sibling


def previous_folder(root: Path, output: Path) -> Path:
    """Return where the site at `root` keeps the previous version of an output folder."""
    return root / STATE_FOLDER / "former" / f"{zlib.crc32(os.fsencode(output.resolve())):08x}"


class Base(msgspec.Struct, frozen=True):
    """The folder in which a build is staged, made from the previous one. It is at the place of the new folder."""

    linked: AbstractSet[str] = frozenset()
    """Its files, which are hard links to those of the output."""
    mirrored: mirror.Mirror | None = None
    """Instead of `linked`: the folder was made equal to the output, by the record of the last build."""


def prepare_base(
    output: Path, previous: Path, unchanged: AbstractSet[str], changed: AbstractSet[str], published: Iterable[str]
) -> Base | None:
    """Move the previous folder, kept at `previous`, to where the next build is staged, and return it; None if there is none that can be used.

    `unchanged` are the files that may be in the new folder as they are in the output, `changed` those that may differ, `published` those of the output that are ours.
    The caller holds the lock of the output (`locked`), and calls `stage`, `apply` or `discard_staged` next.
    """
    output = output.resolve()
    new = sibling(output, "new")
    known = mirror.take_record(previous, output)
    try:
        previous.rename(new)
    except OSError:  # there is none, or it lies on another disk
        return None
    try:
        if known is not None:
            folders = functools.cache(lambda: folders_of((*unchanged, *changed, *published)))
            mirrored = mirror.Mirror(new, output, known, lambda folder: folder not in folders(), changed - unchanged)
            if _are_folders(new, folders_of(changed)):
                return Base(mirrored=mirrored)
            delete_folder(new)
            return None
        return Base(_still_there(new, output, unchanged))
    except BaseException as error:
        delete_folder(new)
        if isinstance(error, OSError):
            return None
        raise


def _are_folders(new: Path, folders: Iterable[str]) -> bool:
    """Return whether each of the folders is one or does not exist: files in it must not be written through a symbolic link."""
    for folder in folders:
        try:
            if not stat.S_ISDIR(os.lstat(f"{new}/{folder}").st_mode):
                return False
        except FileNotFoundError:
            continue
    return True


def keep_previous(new: Path, previous: Path, record: mirror.MirrorRecord | None = None) -> None:
    """Keep the folder that was published before, and its record, for the next build. Errors of the disk are ignored: the next build is then slower."""
    delete_folder(previous)
    with contextlib.suppress(OSError):
        previous.parent.mkdir(parents=True, exist_ok=True)
        new.rename(previous)
        if record is not None:
            mirror.save_record(previous, record)


def _still_there(new: Path, output: Path, keep: AbstractSet[str]) -> set[str]:
    """Delete everything in a folder but the files of `keep` that are hard links to those of the output; return these files."""
    folders, there = folders_of(keep), set()
    waiting = [""]
    while waiting:
        folder = waiting.pop()
        with os.scandir(f"{new}/{folder}") as found:
            entries = list(found)
        for entry in entries:
            path = f"{folder}{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                if path in folders:
                    waiting.append(f"{path}/")
                else:
                    shutil.rmtree(entry.path)
            elif path in keep and is_same_file(entry.stat(follow_symlinks=False), f"{output}/{path}"):
                there.add(path)
            else:
                os.unlink(entry.path)  # noqa: PTH108 - as a string: so often is this done
    return there
