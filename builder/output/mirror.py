"""In what the folder that was published before is not like the one that is: with this known, neither is read through to lay the next build on it.

    .backstory/former/<output>.likeness     whole or not there; taken away by whoever reads it

After a build the former folder holds the very files of the output, as hard links, but for those that this build wrote or deleted. `Likeness` notes these, and of every folder on both
sides its place on the disk and the time of its last change. The next build asks each folder for the two. Where they are as noted, nothing has come into the folder, gone out of it or
been replaced in it: each of these changes a folder, and the system gives the time of a change itself (`ctime`), so nobody can put it back. A file that was edited in place is another in
both folders at once, being one file. So only the folders that are not as noted are listed, on both sides, and made alike; in the others, the files noted are. The former folder is asked
too: it is ours, but whoever stood in it when it was published still does.

A disk may count time in steps: what changes twice in one step shows one time. So a time is noted only where it lies before a moment that the disk itself gave to something of ours before
the folder was looked at: whatever changes the folder later cannot have that time again. A folder that is younger is listed by the next build. No clock but the disk's is asked, except
whether it was put back. A folder of the output is looked at before it is listed, so what comes into it afterwards shows; one of the new folder after its last file was laid. The two
outermost folders are always listed, since they change with the exchange.

All this may fail to hold: a folder was copied or came from elsewhere, so that nothing is as noted; a build was killed, so that there is no note. A note is of two very folders in their
places, and is gone before either is touched, so none is ever taken for that of others. Then all is compared, as where nothing is known. Files that had to be copied, on a disk without
hard links, are noted with those that were written; where two folders cannot change places in one step, no former one stays, and no note.
"""

import contextlib
import errno
import os
import shutil
import stat
import time
import zlib
from collections.abc import Callable, Iterable, Set as AbstractSet
from pathlib import Path

import msgspec

from builder.incremental.small_files import recall, remember
from builder.output import plan as planning
from builder.output.folders import above, folder_of, is_same, link_or_copy, take_out

Mark = tuple[int, int]
"""Of a folder: its place on the disk, and the time of its last change."""

UNKNOWN: Mark = (0, 0)
"""Of a folder that must be listed."""

Row = tuple[int, int, int, int]
"""Of a folder: its mark in the one that is the output, and in the former one."""

NOTHING: Row = (*UNKNOWN, *UNKNOWN)

_KIND = b"Backstory likeness 1\0"
_CHECK = 8


class Likeness(msgspec.Struct, frozen=True, array_like=True):
    """What was known of an output folder and the former one when they had changed places."""

    output: tuple[int, int]
    """Disk, and place on it."""
    former: tuple[int, int]
    moment: int
    """When they were looked at, by the disk's clock."""
    written: list[str]
    """Files that the output has, and the former folder has not, or as others."""
    deleted: list[str]
    """Files that the output has no more."""
    folders: dict[str, Row]
    """Each folder of the two but the outermost."""


def take(former: Path, output: Path) -> Likeness | None:
    """Return what is known of the two folders, None where nothing is that holds. It holds for one build: it is taken away."""
    file = _file(former)
    data = recall(file)
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)
    if data is None or data[:_CHECK] != b"%08x" % zlib.crc32(data[_CHECK:]) or not data.startswith(_KIND, _CHECK):
        return None
    try:
        found = msgspec.msgpack.decode(memoryview(data)[_CHECK + len(_KIND) :], type=Likeness)
        fits = (found.output, found.former) == (place(output), place(former)) and found.moment <= time.time_ns()
    except (msgspec.DecodeError, UnicodeDecodeError, OSError):
        return None
    return found if fits else None


def leave(former: Path, likeness: Likeness) -> None:
    """Leave what is known to the next build. A disk that refuses costs that one time."""
    with contextlib.suppress(UnicodeEncodeError):  # a folder of others whose name is none
        data = _KIND + msgspec.msgpack.encode(likeness)
        remember(_file(former), b"%08x" % zlib.crc32(data) + data)


def _file(former: Path) -> Path:
    return former.with_name(f"{former.name}.likeness")


def place(folder: str | Path) -> tuple[int, int]:
    """Return the disk of a folder, and its place there."""
    now = os.lstat(folder)
    return now.st_dev, now.st_ino


def moment(path: str | Path) -> int:
    """Return the disk's time of the last change of something of ours."""
    return os.lstat(path).st_ctime_ns


def mark(folder: str, since: int) -> Mark:
    """Return the mark of a folder; `UNKNOWN` where there is none, or it has changed since a moment."""
    try:
        now = os.lstat(folder)
    except OSError:
        return UNKNOWN
    return (now.st_ino, now.st_ctime_ns) if stat.S_ISDIR(now.st_mode) and now.st_ctime_ns < since else UNKNOWN


class Alike:
    """A former folder that is being made like the output, as far as it was not: by links to the very files."""

    def __init__(self, new: Path, output: Path, before: Likeness, theirs: Callable[[str], bool], unneeded: AbstractSet[str]) -> None:
        """Make the folder that lies at `new` now like the output. `OSError` where the disk refuses, or something lies in the place of a folder.

        `theirs` tells a folder that none of our files lies in or will: its mode goes with it; files that are `unneeded` may be left out.
        """
        self._new, self._output, self._theirs = os.fspath(new), os.fspath(output), theirs
        self._before, self._unneeded = before.folders, unneeded
        self.copied: list[str] = []
        """Files that could not be linked."""
        self.touched: set[str] = set()
        """Folders of it that are not as they were noted."""
        self.moment = moment(new)
        self.listed: dict[str, Mark] = {"": UNKNOWN}
        """Folders of the output that were listed, and the mark of each before."""
        waiting = sorted({"", *self._changed()}, reverse=True)
        while waiting:  # folders before what is in them
            folder = waiting.pop()
            self.touched.add(folder)
            waiting += self._mend(folder)
        for path in before.deleted:
            if folder_of(path) not in self.listed:
                take_out(self._new, path)
                self.touched.update(above(path))
        for path in before.written:
            if folder_of(path) not in self.listed:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(f"{self._new}/{path}")  # noqa: PTH108 - as strings: so often is this done, here and below
                self.touched.update(above(path))
                self._link(path)

    def _changed(self) -> Iterable[str]:
        """Look at all folders, and return those that are not as noted on either side."""
        look_at, output, new = os.lstat, f"{self._output}/", f"{self._new}/"
        changed = []
        for folder, row in self._before.items():
            try:
                now, then = look_at(output + folder), look_at(new + folder)
                if row == (now.st_ino, now.st_ctime_ns, then.st_ino, then.st_ctime_ns):
                    continue
            except OSError:  # it is gone, or was never there
                pass
            self.listed[folder] = mark(output + folder, self.moment)
            changed.append(folder)
        return changed

    def _mend(self, folder: str) -> list[str]:
        """Make one folder hold what it holds in the output; return the folders in it of which nothing is known yet."""
        here, there = f"{self._new}/{folder}", f"{self._output}/{folder}"
        wanted, found = _entries(there), _entries(here)
        if wanted is None:
            if found is not None:
                shutil.rmtree(here)
            return []
        if found is None:
            if os.path.lexists(here):
                os.unlink(here)  # noqa: PTH108 - as strings: so often is this done
            os.mkdir(here)  # noqa: PTH102 - as above
            found = {}
        if folder and self._theirs(folder):
            shutil.copystat(there, here)
        if not folder:
            wanted.pop(planning.MANIFEST, None)
        for name, entry in found.items():
            other = wanted.get(name)
            if entry.is_dir(follow_symlinks=False):
                if other is None or not other.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path)
            elif other is not None and is_same(entry.stat(follow_symlinks=False), other.path):
                del wanted[name]
            else:
                os.unlink(entry.path)  # noqa: PTH108 - as strings: so often is this done
        unknown = []
        for name, entry in wanted.items():
            path = f"{folder}/{name}" if folder else name
            if not entry.is_dir(follow_symlinks=False):
                if path in self._before or not self._theirs(path):  # what goes into the folder must not follow a link out of it
                    raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), entry.path)
                self._link(path)
            elif path not in self._before:
                self.listed[path] = mark(entry.path, self.moment)
                unknown.append(path)
        return unknown

    def _link(self, path: str) -> None:
        if path not in self._unneeded and not link_or_copy(f"{self._output}/{path}", f"{self._new}/{path}"):
            self.copied.append(path)

    def noted(self) -> dict[str, Row]:
        """Return what is known of the folders of both for when they have changed places."""
        rows = {folder: (former, former_when, inode, when) for folder, (inode, when, former, former_when) in self._before.items()}
        for folder, now in self.listed.items():
            rows[folder] = (*rows.get(folder, NOTHING)[:2], *now)
        return rows


def _entries(folder: str) -> dict[str, os.DirEntry[str]] | None:
    """Return what lies in a folder, by name; None where it is no folder, or only a link to one."""
    try:
        if not stat.S_ISDIR(os.lstat(folder).st_mode):
            return None
        with os.scandir(folder) as found:
            return {entry.name: entry for entry in found}
    except (FileNotFoundError, NotADirectoryError):
        return None


class Laid(msgspec.Struct, frozen=True):
    """What was done to lay a new folder."""

    written: list[str]
    """Files in which it is another than the output."""
    deleted: list[str]
    """Files of the output that it has not."""
    folders: dict[str, Row]
    """What is known of the folders of both."""
    touched: AbstractSet[str]
    """Its folders that may be others now."""


def known(new: Path, output: Path, laid: Laid) -> Likeness:
    """Return what is known of a new folder that is about to take the place of the output, and of the output, which is then the former one. Its manifest was laid last."""
    when, rows = moment(new / planning.MANIFEST), laid.folders
    for folder in laid.touched:
        rows[folder] = (*mark(f"{new}/{folder}", when), *rows.get(folder, NOTHING)[2:])
        if not any(rows[folder]) and not any(os.path.lexists(f"{top}/{folder}") for top in (new, output)):
            del rows[folder]
    rows.pop("", None)
    return Likeness(place(new), place(output), when, laid.written, laid.deleted, rows)
