"""The receipt of a build: what shows at a glance that nothing can have changed since, so that the next build ends before it begins.

    .backstory/receipts/<number>     one for each output folder, whole or not there

A receipt proves nothing about what a page must show: `plan` alone decides that, by content. It only says that every file which a build reads is the one that it was
(its place on the disk, size, times and kind), that the build is asked for the same on the same day of the same Backstory, and that every file of the output is there
and not younger than the manifest, which is written last.
Then the same build would write nothing, and print what the stamp has.

A file that was touched less than `WINDOW` before it was looked at may change once more without showing it, where the disk counts time in steps;
of such a file the receipt notes a digest of what is in it, as git does. All is looked at before anything is read, so what changes during the build shows afterwards.

This module is loaded at every start, so it leans on nothing of Backstory and on little of Python.
"""

import marshal
import os
import stat
import sys
import time
import zlib

from builder import __version__
from builder.incremental import toolchain

TYPE_CHECKING = False  # as mypy knows it; `typing` is slow to load
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

WINDOW = 4_000_000_000
"""Nanoseconds in which a file is not trusted by its times alone: twice the coarsest step of a disk that is in use (FAT: 2 s)."""

PACKAGE_FOLDER = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
_KIND = b"Backstory receipt 2"
_PARTS = 8
_HEAD = len(_KIND) + 9 + _PARTS * 11 + 1
"""Characters in front of the parts: what it is, a checksum of all that follows, which tells a receipt that is whole from one that is torn, and the size of each part."""

_BESIDE = ("lock", "new", "old", "one")
"""Files next to an output folder while a process writes to it, and after one that was killed (`output.swap`)."""

_LINK, _FOLDER = stat.S_IFLNK, stat.S_IFDIR


class NoopResult:
    """The report of a build that finds nothing changed."""

    def __init__(self, files: int, printed: bytes) -> None:
        self.files = files
        """How many files the output has."""
        self.printed = printed
        """As it was given to `InputStamp.store`."""


class InputStamp:
    """The state of all files that a build reads; `stamp_inputs` makes it."""

    def __init__(self, root: str, output: str, asked: "Sequence[object]") -> None:
        self._output = output
        self._path = f"{root}/.backstory/receipts/{zlib.crc32(os.fsencode(output)):08x}"
        self._began = time.time_ns()
        self._seen: list[str | int | None] = []
        """Each folder and the files in it, one value after another: a record for each would take longer than the check."""
        self._young: list[str] = []
        """Files whose times prove nothing yet."""
        self._young_were: bytes | None = b""
        self._walk(f"{root}/content", _is_hidden)
        self._walk(f"{root}/templates", _none)
        self._walk(PACKAGE_FOLDER, _is_compiled)
        if not os.path.isdir(f"{PACKAGE_FOLDER}/defaults/templates"):  # a checkout has them beside the package
            self._walk(f"{os.path.dirname(PACKAGE_FOLDER)}/templates", _none)
        self._asked = repr(
            (__version__, sys.version, sys.path, toolchain.libraries(), os.path.realpath(root), root, output, *asked)
        ).encode()

    def _walk(self, folder: str, unread: "Callable[[str], bool]") -> None:
        """Record the state of all files below a folder that a build reads, in the order of their names."""
        waiting = [folder]
        while waiting:  # a list, since folders may lie in folders deeper than functions may call functions
            folder = waiting.pop()
            try:
                handle = os.open(folder, os.O_RDONLY | os.O_CLOEXEC | os.O_DIRECTORY)
            except FileNotFoundError:
                self._seen += (folder, None)
                continue
            try:
                waiting += self._note(folder, handle, unread)
            finally:
                os.close(handle)

    def _note(self, folder: str, handle: int, unread: "Callable[[str], bool]") -> list[str]:
        """Record the contents of a folder, and return the folders in it."""
        folders = []
        since = self._began - WINDOW
        seen, look_at = self._seen, os.stat
        seen.append(folder)
        for name in sorted(os.listdir(handle)):
            if unread(name):
                continue
            now = look_at(name, dir_fd=handle, follow_symlinks=False)  # from the folder on: most of a look is the way there
            mode, changed, touched = now.st_mode, now.st_mtime_ns, now.st_ctime_ns
            kind = stat.S_IFMT(mode)
            if kind == _FOLDER:
                seen += (name, mode)
                folders.append(f"{folder}/{name}")
                continue
            seen += (name, mode, now.st_dev, now.st_ino, now.st_size, changed, touched)
            if kind == _LINK:
                end = os.path.realpath(f"{folder}/{name}")
                there = os.stat(end)
                if stat.S_ISDIR(there.st_mode):
                    raise IsADirectoryError(end)
                seen += (end, *_signature(there))
                changed, touched = max(changed, there.st_mtime_ns), max(touched, there.st_ctime_ns)
            if changed > since or touched > since:
                self._young.append(f"{folder}/{name}")
        return folders

    @property
    def inputs(self) -> bytes:
        """The names and signatures of all input files, as the receipt has them."""
        return _packed(self._seen)

    def noop_result(self) -> NoopResult | None:
        """Return the report of a build that finds nothing changed; None if something may have changed."""
        found = read_receipt(self._path)
        if found is None:
            return None
        asked, seen, began, manifest, made, names, young, printed = found
        # A clock that was put back may pass the same moment twice.
        if asked != self._asked or int(began) > self._began or seen != self.inputs or self._is_held():
            return None
        groups = [group.split(b"\0") for group in names.split(b"\0\0")]
        try:
            now = os.lstat(manifest)
            if made != repr(_signature(now)).encode() or young != _digests(young.split(b"\0")[::2] if young else ()):
                return None
            if not _are_as_built(self._output, groups, now.st_mtime_ns):
                return None
        except OSError:
            return None
        if young and not self._young and self._began - max(now.st_mtime_ns, now.st_ctime_ns) > WINDOW:
            # Their times now prove enough; the next check need not read them.
            _write(self._path, (asked, seen, b"%d" % self._began, manifest, made, names, b"", printed))
        return NoopResult(sum(map(len, groups)) - len(groups), printed)

    def hash_recent_files(self) -> None:
        """Record the digests of files that are too young to be trusted by their times. To be called before the build reads them."""
        try:
            self._young_were = _digests([os.fsencode(path) for path in self._young])
        except OSError:  # which the build tells, or a file that was just taken away
            self._young_were = None

    def store(self, manifest: str, files: "Iterable[str]", printed: bytes) -> None:
        """Write the receipt of the build that followed this stamp. To be called while the build holds the lock of its output.

        `manifest` is the path of the output's manifest, `files` are the files of the output, `printed` is the report that the next build repeats.
        An error of the disk is ignored: it costs the next build time.
        """
        if self._young_were is None:
            return
        try:
            made = repr(_signature(os.lstat(manifest))).encode()
            manifest_path = os.fsencode(manifest)
            young = b"\0".join(filter(None, (self._young_were, _digests([manifest_path]))))
        except OSError:
            return
        names = os.fsencode(group_by_folder(sorted(files)))
        _write(self._path, (self._asked, self.inputs, b"%d" % self._began, manifest_path, made, names, young, printed))

    def _is_held(self) -> bool:
        """Return whether a process is writing to the output, or was killed while writing."""
        folder, name = os.path.split(os.path.realpath(self._output))
        return any(os.path.lexists(f"{folder}/.{name}.backstory-{what}") for what in _BESIDE)


def stamp_inputs(root: str, output: str, asked: "Sequence[object]") -> InputStamp | None:
    """Return the stamp of all inputs of a build of the site at `root` into `output`, taken before the build reads them. `asked` are its options.

    Returns None if a change might not show: Windows has no time that cannot be set back, files behind a link to a folder are not stamped,
    and unreadable files are reported by the build.
    """
    if sys.platform == "win32":
        return None
    try:
        return InputStamp(root, output, asked)
    except OSError:
        return None


def _is_hidden(name: str) -> bool:
    # Markdown behind a dot is told; the locks of editors, `.#a.md`, come and go.
    return name[0] == "." and (
        name[1:2] in {"#", "_"} or not name.lower().endswith((".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdwn"))
    )


def _is_compiled(name: str) -> bool:
    return name == "__pycache__"


def _none(_name: str) -> bool:
    return False


def _packed(seen: list[str | int | None]) -> bytes:
    """Return names and signatures as bytes that can be compared. An old format of `marshal`: in later ones, equal values may differ."""
    return marshal.dumps(seen, 2)


def _signature(now: os.stat_result) -> tuple[int, ...]:
    return (now.st_mode, now.st_dev, now.st_ino, now.st_size, now.st_mtime_ns, now.st_ctime_ns)


def group_by_folder(names: list[str]) -> str:
    """Return names, which are sorted, by the first folder on the way to each, without it: it need not be walked again for each of thousands."""
    from bisect import bisect_left  # which a build has loaded

    groups, above, start = [], [""], 0
    while start < len(names):
        first, inside, _ = names[start].partition("/")
        end = bisect_left(names, f"{first}0", start) if inside else start + 1  # "0" is the character after "/"
        if inside:
            groups.append(first + "\0".join(("", *names[start:end])).replace(f"\0{first}/", "\0"))
        else:
            above.append(first)
        start = end
    return "\0\0".join(("\0".join(above), *groups))


def _are_as_built(output: str, groups: list[list[bytes]], made: int) -> bool:
    """Return whether all files below a folder are ordinary ones and none is younger than the manifest, which was `made` last. Raises `OSError` if one is missing.

    Each group is a folder with the names in it.
    """
    look_at = os.stat  # from the folder on: most of a look is the way there
    top = os.open(output, os.O_RDONLY | os.O_CLOEXEC)
    try:
        for name, *names in groups:
            folder = os.open(name or b".", os.O_RDONLY | os.O_CLOEXEC, dir_fd=top)
            try:
                found = [look_at(name, dir_fd=folder, follow_symlinks=False) for name in names]
            finally:
                os.close(folder)
            if not all(map(stat.S_ISREG, {file_state.st_mode for file_state in found})) or any(
                file_state.st_mtime_ns > made for file_state in found
            ):
                return False
    finally:
        os.close(top)
    return True


def _digests(paths: "Sequence[bytes]") -> bytes:
    """Return each path with the digest of its file, joined. Raises `OSError` if one cannot be read."""
    if not paths:
        return b""
    from hashlib import blake2b  # late: most looks need none

    parts = []
    for path in paths:
        found = blake2b(digest_size=16)
        handle = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)  # a pipe is not waited for
        try:
            if stat.S_ISREG(os.fstat(handle).st_mode):
                while piece := os.read(handle, 1 << 20):
                    found.update(piece)
        finally:
            os.close(handle)
        parts += [path, found.hexdigest().encode()]
    return b"\0".join(parts)


def read_receipt(store: str) -> list[bytes] | None:
    """Return the parts of a receipt; None if there is none, or it is damaged or of another version."""
    try:
        handle = os.open(store, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:  # each part at once into its place: what is copied to and fro takes longer than to read it
        head = os.read(handle, _HEAD)
        kind, check, sizes = head[: len(_KIND)], head[len(_KIND) : len(_KIND) + 9], head[len(_KIND) + 9 :]
        if len(head) != _HEAD or kind != _KIND:
            return None
        numbers = list(map(int, sizes.split()))
        if _HEAD + sum(numbers) != os.fstat(handle).st_size or len(numbers) != _PARTS:
            return None
        parts = [os.read(handle, number) for number in numbers]
    except (OSError, ValueError):
        return None
    finally:
        os.close(handle)
    return parts if check == _check(sizes, parts) else None


def _check(sizes: bytes, parts: "Sequence[bytes]") -> bytes:
    found = zlib.crc32(sizes)
    for part in parts:
        found = zlib.crc32(part, found)
    return b" %08x" % found


def _write(store: str, parts: "Sequence[bytes]") -> None:
    sizes = b"".join(b" %10d" % len(part) for part in parts) + b"\n"
    fresh = f"{store}.new-{os.getpid()}"
    try:
        os.makedirs(os.path.dirname(store), exist_ok=True)
        try:
            with open(fresh, "wb") as stream:
                stream.writelines((_KIND, _check(sizes, parts), sizes, *parts))
            os.replace(fresh, store)
        except OSError:
            os.unlink(fresh)
    except OSError:
        pass
