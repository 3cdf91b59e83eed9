"""Turn the previous output folder into a mirror of the present one, without reading through either.

    .backstory/former/<output>.likeness     written as a whole; deleted when it is read

After a build the previous folder holds the files of the output as hard links, but for those that this build wrote or deleted. A `MirrorRecord` lists these, and for every folder on both
sides its inode and ctime. The next build compares the two. If they are equal, nothing was added to the folder, removed from it or
replaced in it: each of these changes the ctime of a folder, which no program can set. A file that was edited in place has changed in
both folders at once, being one inode. So only folders whose stamps differ are listed, on both sides, and made equal; in the others, only the recorded files change. The previous folder is
checked too: a process may still work in it from when it was published.

A disk may count time in steps, so that two changes in one step have one time. So a ctime is recorded only if it is older than a time that the disk itself gave to a file of ours before
the folder was read: later changes to the folder have another ctime. A younger folder is listed by the next build. Only the disk's clock is used; the system's is read to see
whether it was set back. A folder of the output is read before it is listed, so later additions show; a folder of the new build is read after its last file was written. The two
outermost folders are always listed, since the exchange changes them.

If a folder was copied or replaced, no stamp fits; if a build was killed, there is no record. A record is of two folders at their places, and is deleted before either is touched, so it is
never used for others. Then all files are compared, as without a record. Files that had to be copied, on a disk without
hard links, are recorded like those that were written; where two folders cannot be exchanged in one step, there is no previous folder and no record.
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
from builder.output.folders import folder_of, is_same_file, link_or_copy, parents, remove_file

Stamp = tuple[int, int]
"""A folder's inode and ctime in nanoseconds."""

UNKNOWN: Stamp = (0, 0)
"""The stamp of a folder that must be listed."""

StampPair = tuple[int, int, int, int]
"""A folder's stamps in the output and in the previous folder."""

NO_STAMPS: StampPair = (*UNKNOWN, *UNKNOWN)

_KIND = b"Backstory likeness 1\0"
_CHECK = 8


class MirrorRecord(msgspec.Struct, frozen=True, array_like=True):
    """The state of an output folder and the previous one after they were exchanged."""

    output: tuple[int, int]
    """Device and inode."""
    previous: tuple[int, int]
    taken_at: int
    """Nanoseconds, by the disk's clock."""
    written: list[str]
    """Files of the output that the previous folder lacks, or has with other contents."""
    deleted: list[str]
    """Files that only the previous folder has."""
    folders: dict[str, StampPair]
    """Every folder of both but the outermost."""


def take_record(former: Path, output: Path) -> MirrorRecord | None:
    """Return the record of the two folders and delete it, since it holds for one build; None if there is none or it does not fit."""
    file = _file(former)
    data = recall(file)
    with contextlib.suppress(OSError):
        file.unlink(missing_ok=True)
    if data is None or data[:_CHECK] != b"%08x" % zlib.crc32(data[_CHECK:]) or not data.startswith(_KIND, _CHECK):
        return None
    try:
        found = msgspec.msgpack.decode(memoryview(data)[_CHECK + len(_KIND) :], type=MirrorRecord)
        fits = (found.output, found.previous) == (inode(output), inode(former)) and found.taken_at <= time.time_ns()
    except (msgspec.DecodeError, UnicodeDecodeError, OSError):
        return None
    return found if fits else None


def save_record(former: Path, record: MirrorRecord) -> None:
    """Write the record for the next build. Errors of the disk are ignored: the next build is then slower."""
    with contextlib.suppress(UnicodeEncodeError):  # a foreign folder whose name is not valid
        data = _KIND + msgspec.msgpack.encode(record)
        remember(_file(former), b"%08x" % zlib.crc32(data) + data)


def _file(former: Path) -> Path:
    return former.with_name(f"{former.name}.likeness")


def inode(folder: str | Path) -> tuple[int, int]:
    """Return the device and inode of a folder."""
    now = os.lstat(folder)
    return now.st_dev, now.st_ino


def changed_at(path: str | Path) -> int:
    """Return the ctime of a file or folder in nanoseconds."""
    return os.lstat(path).st_ctime_ns


def stamp(folder: str, since: int) -> Stamp:
    """Return the stamp of a folder; `UNKNOWN` if it does not exist, or its ctime is not before `since`, in nanoseconds."""
    try:
        now = os.lstat(folder)
    except OSError:
        return UNKNOWN
    return (now.st_ino, now.st_ctime_ns) if stat.S_ISDIR(now.st_mode) and now.st_ctime_ns < since else UNKNOWN


class Mirror:
    """The previous folder, made equal to the output by hard links."""

    def __init__(
        self, new: Path, output: Path, record: MirrorRecord, is_foreign: Callable[[str], bool], unneeded: AbstractSet[str]
    ) -> None:
        """Make the folder at `new` equal to the output.

        `is_foreign` returns whether a folder has none of our files: its mode is copied. Files that are `unneeded` may be left out.
        Raises `OSError` if the disk refuses, or if a file is in the place of a folder.
        """
        self._new, self._output, self._is_foreign = os.fspath(new), os.fspath(output), is_foreign
        self._before, self._unneeded = record.folders, unneeded
        self.copied: list[str] = []
        """Files that could not be linked."""
        self.touched: set[str] = set()
        """Folders of the mirror that differ from the record."""
        self.taken_at = changed_at(new)
        self.listed: dict[str, Stamp] = {"": UNKNOWN}
        """Folders of the output that were listed, each with its stamp before that."""
        waiting = sorted({"", *self.changed_folders()}, reverse=True)
        while waiting:  # folders before what is in them
            folder = waiting.pop()
            self.touched.add(folder)
            waiting += self.mend_folder(folder)
        for path in record.deleted:
            if folder_of(path) not in self.listed:
                remove_file(self._new, path)
                self.touched.update(parents(path))
        for path in record.written:
            if folder_of(path) not in self.listed:
                with contextlib.suppress(FileNotFoundError):
                    os.unlink(f"{self._new}/{path}")  # noqa: PTH108 - as strings: so often is this done, here and below
                self.touched.update(parents(path))
                self._link(path)

    def changed_folders(self) -> Iterable[str]:
        """Compare the stamps of all folders, and return those that differ from the record on either side."""
        look_at, output, new = os.lstat, f"{self._output}/", f"{self._new}/"
        changed = []
        for folder, row in self._before.items():
            try:
                now, then = look_at(output + folder), look_at(new + folder)
                if row == (now.st_ino, now.st_ctime_ns, then.st_ino, then.st_ctime_ns):
                    continue
            except OSError:  # it does not exist
                pass
            self.listed[folder] = stamp(output + folder, self.taken_at)
            changed.append(folder)
        return changed

    def mend_folder(self, folder: str) -> list[str]:
        """Make one folder equal to that of the output; return the folders in it that have no record."""
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
        if folder and self._is_foreign(folder):
            shutil.copystat(there, here)
        if not folder:
            wanted.pop(planning.MANIFEST, None)
        for name, entry in found.items():
            other = wanted.get(name)
            if entry.is_dir(follow_symlinks=False):
                if other is None or not other.is_dir(follow_symlinks=False):
                    shutil.rmtree(entry.path)
            elif other is not None and is_same_file(entry.stat(follow_symlinks=False), other.path):
                del wanted[name]
            else:
                os.unlink(entry.path)  # noqa: PTH108 - as strings: so often is this done
        unknown = []
        for name, entry in wanted.items():
            path = f"{folder}/{name}" if folder else name
            if not entry.is_dir(follow_symlinks=False):
                if path in self._before or not self._is_foreign(path):  # what goes into the folder must not follow a link out of it
                    raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), entry.path)
                self._link(path)
            elif path not in self._before:
                self.listed[path] = stamp(entry.path, self.taken_at)
                unknown.append(path)
        return unknown

    def _link(self, path: str) -> None:
        if path not in self._unneeded and not link_or_copy(f"{self._output}/{path}", f"{self._new}/{path}"):
            self.copied.append(path)

    def stamps(self) -> dict[str, StampPair]:
        """Return the stamps of the folders of both, as they are after the exchange."""
        rows = {folder: (former, former_when, inode, when) for folder, (inode, when, former, former_when) in self._before.items()}
        for folder, now in self.listed.items():
            rows[folder] = (*rows.get(folder, NO_STAMPS)[:2], *now)
        return rows


def _entries(folder: str) -> dict[str, os.DirEntry[str]] | None:
    """Return the entries of a folder by name; None if it is no folder, or a link to one."""
    try:
        if not stat.S_ISDIR(os.lstat(folder).st_mode):
            return None
        with os.scandir(folder) as found:
            return {entry.name: entry for entry in found}
    except (FileNotFoundError, NotADirectoryError):
        return None


class Staged(msgspec.Struct, frozen=True):
    """The changes made to stage a new folder."""

    written: list[str]
    """Files that differ from those of the output."""
    deleted: list[str]
    """Files of the output that it lacks."""
    folders: dict[str, StampPair]
    """Stamps of the folders of both."""
    touched: AbstractSet[str]
    """Its folders that may have changed."""


def record_of(new: Path, output: Path, staged: Staged) -> MirrorRecord:
    """Return the record of a new folder that is about to be exchanged with the output. Its manifest must have been written last."""
    when, rows = changed_at(new / planning.MANIFEST), staged.folders
    for folder in staged.touched:
        rows[folder] = (*stamp(f"{new}/{folder}", when), *rows.get(folder, NO_STAMPS)[2:])
        if not any(rows[folder]) and not any(os.path.lexists(f"{top}/{folder}") for top in (new, output)):
            del rows[folder]
    rows.pop("", None)
    return MirrorRecord(inode(new), inode(output), when, staged.written, staged.deleted, rows)
