"""The folder that was published before the present one: kept out of the readers' way, as the ground on which the next build is laid.

So thousands of folders need not be made and taken away again, which some disks do ever more slowly. Only files in it that are the very ones of the output stay;
which these are is found by looking at all of them, where nothing else is known (`likeness`).
"""

import contextlib
import os
import shutil
import zlib
from collections.abc import Set as AbstractSet
from pathlib import Path

from builder.files import likeness
from builder.files.folders import folders_of, is_same
from builder.files.memo import KEPT
from builder.files.switching import beside, clear


def former(root: Path, output: Path) -> Path:
    """Return where the site at `root` keeps the folder that an output folder was before."""
    return root / KEPT / "former" / f"{zlib.crc32(os.fsencode(output.resolve())):08x}"


def ground(output: Path, former: Path, wanted: AbstractSet[str]) -> AbstractSet[str] | None:
    """Lay the folder that was published before the present one as the ground of the next: thousands of folders need not be made and taken away again.

    All that is not `wanted` in the new folder is taken out of it, and every file that is not the very one of the output. `former` is where it is kept. Return the
    files that lie there then, for `apply`; None where there is no such ground. Who calls it is `alone` at the output, and lays or applies next, or calls `leave`.
    """
    output = output.resolve()
    new = beside(output, "new")
    likeness.forget(former)
    try:
        former.rename(new)
    except OSError:  # there is none, or it lies on another disk
        return None
    try:
        return _still_there(new, output, wanted)
    except BaseException as error:
        clear(new)
        if isinstance(error, OSError):
            return None
        raise


def put_away(new: Path, former: Path, known: likeness.Likeness | None = None) -> None:
    """Keep what was published before as the ground of the next build, and what is known of it. A disk that refuses costs that one time."""
    clear(former)
    with contextlib.suppress(OSError):
        former.parent.mkdir(parents=True, exist_ok=True)
        new.rename(former)
        if known is not None:
            likeness.leave(former, known)


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
