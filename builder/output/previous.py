"""The folder that was published before the present one: kept out of the readers' way, as the ground on which the next build is laid.

So thousands of folders need not be made and taken away again, which some disks do ever more slowly. Only files in it that are the very ones of the output stay;
which these are is found by looking at all of them, where nothing else is known (`likeness`).
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

from builder.incremental.parse_cache import KEPT
from builder.output import mirror
from builder.output.folders import folders_of, is_same
from builder.output.swap import beside, clear


def former(root: Path, output: Path) -> Path:
    """Return where the site at `root` keeps the folder that an output folder was before."""
    return root / KEPT / "former" / f"{zlib.crc32(os.fsencode(output.resolve())):08x}"


class Ground(msgspec.Struct, frozen=True):
    """The folder on which a build is laid, where the former one could be had for that. It lies where the new one is laid."""

    there: AbstractSet[str] = frozenset()
    """Files in it that are the very ones of the output; nothing else lies there."""
    alike: mirror.Alike | None = None
    """In the place of that: it was made like the output, by what is known of the two."""


def ground(output: Path, former: Path, stay: AbstractSet[str], made: AbstractSet[str], before: Iterable[str]) -> Ground | None:
    """Lay the folder that was published before the present one as the ground of the next: thousands of folders need not be made and taken away again.

    `stay` are the files that may be in the new folder as they are in the output, `made` those that may be there as others, `before` those of the output that are ours.
    `former` is where it is kept. None where there is no such ground. Who calls it is `alone` at the output, and lays or applies next, or calls `leave`.
    """
    output = output.resolve()
    new = beside(output, "new")
    known = mirror.take(former, output)
    try:
        former.rename(new)
    except OSError:  # there is none, or it lies on another disk
        return None
    try:
        if known is not None:
            folders = functools.cache(lambda: folders_of((*stay, *made, *before)))
            alike = mirror.Alike(new, output, known, lambda folder: folder not in folders(), made - stay)
            if _are_folders(new, folders_of(made)):
                return Ground(alike=alike)
            clear(new)
            return None
        return Ground(_still_there(new, output, stay))
    except BaseException as error:
        clear(new)
        if isinstance(error, OSError):
            return None
        raise


def _are_folders(new: Path, folders: Iterable[str]) -> bool:
    """Say whether nothing lies in the place of a folder, as far as there is something: what goes into the folder must not follow a link out of it."""
    for folder in folders:
        try:
            if not stat.S_ISDIR(os.lstat(f"{new}/{folder}").st_mode):
                return False
        except FileNotFoundError:
            continue
    return True


def put_away(new: Path, former: Path, known: mirror.Likeness | None = None) -> None:
    """Keep what was published before as the ground of the next build, and what is known of it. A disk that refuses costs that one time."""
    clear(former)
    with contextlib.suppress(OSError):
        former.parent.mkdir(parents=True, exist_ok=True)
        new.rename(former)
        if known is not None:
            mirror.leave(former, known)


def _still_there(new: Path, output: Path, keep: AbstractSet[str]) -> set[str]:
    """Take everything out of a folder but the files to keep that are the very ones of the output, and the folders of such; return these."""
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
            elif path in keep and is_same(entry.stat(follow_symlinks=False), f"{output}/{path}"):
                there.add(path)
            else:
                os.unlink(entry.path)  # noqa: PTH108 - as a string: so often is this done
    return there
