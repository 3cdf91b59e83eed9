"""Changes of content files, written to the disk all or none, and kept for a week so that they can be taken back.

    .backstory/edits    what was changed: for each file the ranges with the words that stood there, and digests of what it was and became

An edit is written beside its file and put in its place in one step, with the rights that the file has. Files that have changed since, and what lies outside of `content/`, are not touched.
"""

import contextlib
import os
import stat
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from builder.content.editing import FileEdit, Refused, applied, digest, inverse, refused, replaced
from builder.content.parse import CONTENT
from builder.content.reading import reason
from builder.incremental.small_files import STATE_FOLDER, recall, remember
from builder.output.swap import OutputProblem, locked

WEEK = 7 * 24 * 60 * 60
"""Seconds for which a change can be taken back; then the words that it removed are forgotten."""

LARGEST_KEPT_EDIT = 16_000_000
"""Bytes of an entry that is kept; a larger one, such as an import with pictures, is made and cannot be taken back."""

FLAT = 2
"""Slashes in the path of a file that has no folder of its own: `content/explainers/ferry.md`."""

VERSION = 1


class AppliedEdit(msgspec.Struct, frozen=True):
    """A change of one file, and what takes it back."""

    change: FileEdit
    back: FileEdit


class JournalEntry(msgspec.Struct, frozen=True):
    """Changes of several files that were made together."""

    what: str
    """In a few words: `rename actor ann-lee`."""
    when: float
    """Seconds since 1970."""
    files: tuple[AppliedEdit, ...]

    @property
    def is_kept(self) -> bool:
        """Whether it can be taken back."""
        held = (change for file in self.files for change in (file.change, file.back))
        return sum(len(change.data or b"") + sum(len(edit.text) for edit in change.edits) for change in held) <= LARGEST_KEPT_EDIT

    @property
    def makes(self) -> str:
        """The path of a file that it has made, and that goes if it is taken back; "" if it has made none."""
        return next((file.change.path for file in self.files if file.back.deletes), "")


class _Journal(msgspec.Struct, frozen=True):
    version: int = VERSION
    entries: tuple[JournalEntry, ...] = ()
    """The oldest first."""
    done: int = 0
    """How many of them stand; those behind were taken back."""


def write(root: Path, changes: Sequence[FileEdit], action: str) -> JournalEntry | Refused:
    """Make the changes of several files of the site in `root`, all or none, and note them as one entry of the journal, which can be taken back.

    Returns what was noted, or why nothing was written.
    """
    with _locked(root) as journal:
        if isinstance(journal, Refused):
            return journal
        made = _make(root, changes)
        if isinstance(made, Refused):
            return made
        entry = JournalEntry(action, time.time(), made)
        if not entry.is_kept:
            return entry
        stand = journal.entries[: journal.done]
        _save(root, _Journal(entries=(*stand, entry), done=len(stand) + 1))
        return entry


def write_files(root: Path, files: Mapping[str, bytes], action: str) -> JournalEntry | Refused:
    """Write whole files of `content/`, new ones and others, by path from the site's root: all or none, as one entry of the journal, which can be taken back."""
    changes = []
    for path, after in files.items():
        try:
            before = (root / path).read_bytes()
        except FileNotFoundError:
            before = None
        except OSError as error:
            return refused("disk", path, message=f"It could not be read: {reason(error)}.")
        changes.append(replaced(path, before, after))
    return write(root, changes, action)


def undo(root: Path, *, deletes_made_files: bool = True) -> JournalEntry | Refused:
    """Take back the last entry that stands. Returns it, or why nothing was written.

    Without `deletes_made_files`, an entry that made a file stays. The preview asks for that: what made the file is a command, such as a draft
    or an import, and a click on a page is to change words only.
    """
    with _locked(root) as journal:
        if isinstance(journal, Refused):
            return journal
        if not journal.done:
            return refused("nothing", "")
        entry = journal.entries[journal.done - 1]
        if entry.makes and not deletes_made_files:
            return refused("made", entry.makes)
        made = _make(root, [file.back for file in reversed(entry.files)])
        if isinstance(made, Refused):
            return made
        _save(root, msgspec.structs.replace(journal, done=journal.done - 1))
        return entry


def redo(root: Path) -> JournalEntry | Refused:
    """Make the entry again that was taken back last. Returns it, or why nothing was written."""
    with _locked(root) as journal:
        if isinstance(journal, Refused):
            return journal
        if journal.done == len(journal.entries):
            return refused("nothing", "", message="There is nothing to make again.")
        entry = journal.entries[journal.done]
        made = _make(root, [file.change for file in entry.files])
        if isinstance(made, Refused):
            return made
        _save(root, msgspec.structs.replace(journal, done=journal.done + 1))
        return entry


def undo_and_redo(root: Path) -> tuple[JournalEntry | None, JournalEntry | None]:
    """Return what `undo` would take back and what `redo` would make again."""
    journal = _recent(root)
    back = journal.entries[journal.done - 1] if journal.done else None
    return back, journal.entries[journal.done] if journal.done < len(journal.entries) else None


def forget_old(root: Path) -> None:
    """Forget the entries of more than a week ago, with the words that they removed."""
    if (root / STATE_FOLDER / "edits").is_file() and _recent(root) != _stored(root):
        with _locked(root) as journal:
            if not isinstance(journal, Refused):
                _save(root, journal)


# --- the journal ------------------------------------------------


@contextmanager
def _locked(root: Path) -> Iterator[_Journal | Refused]:
    """Be the only one who changes content files of a site; yields what was changed, or why that cannot be."""
    try:
        with locked(root / STATE_FOLDER / "edits"):
            yield _recent(root)
    except OutputProblem as problem:
        yield refused("disk", STATE_FOLDER, message=str(problem))


def _stored(root: Path) -> _Journal:
    data = recall(root / STATE_FOLDER / "edits")
    try:
        found = msgspec.msgpack.decode(data, type=_Journal) if data is not None else _Journal()
    except msgspec.MsgspecError:
        return _Journal()
    return found if found.version == VERSION and 0 <= found.done <= len(found.entries) else _Journal()


def _recent(root: Path) -> _Journal:
    journal = _stored(root)
    oldest = time.time() - WEEK
    gone = sum(entry.when < oldest for entry in journal.entries)
    if not gone:
        return journal
    kept = tuple(entry for entry in journal.entries if entry.when >= oldest)
    done = sum(entry.when >= oldest for entry in journal.entries[: journal.done])
    return _Journal(entries=kept, done=done)


def _save(root: Path, journal: _Journal) -> None:
    path = root / STATE_FOLDER / "edits"
    if journal.entries:
        if remember(path, msgspec.msgpack.encode(journal)):
            with contextlib.suppress(OSError):
                path.chmod(stat.S_IRUSR | stat.S_IWUSR)
    else:
        with contextlib.suppress(OSError):
            path.unlink()


# --- files ------------------------------------------------


class _Write(msgspec.Struct):
    """One file that is to be written."""

    applied: AppliedEdit
    source: Path
    target: Path
    before: bytes
    after: bytes
    mode: int
    fresh: Path
    """Where it is laid before it takes its place."""


def _make(root: Path, changes: Sequence[FileEdit]) -> tuple[AppliedEdit, ...] | Refused:
    """Make changes, all or none."""
    writes: list[_Write] = []
    paths = _ContentPaths(root)
    for change in changes:
        found = _planned(paths, change)
        if isinstance(found, Refused):
            return found
        writes.append(found)
    if len({write.source for write in writes}) < len(writes):
        return refused("overlap", changes[0].path)
    laid: list[_Write] = []
    begun: list[_Write] = []
    try:
        for write in writes:
            laid.append(write)
            _lay(write)
        for write in writes:
            begun.append(write)
            replace_file(write)
    except OSError as error:
        for write in reversed(begun):
            _restore(write)
        return refused(
            "disk",
            write.applied.change.path,
            message=f"{write.applied.change.path} could not be written: {reason(error)}. Nothing was changed.",
        )
    finally:
        for write in laid:
            with contextlib.suppress(OSError):
                write.fresh.unlink()
    return tuple(write.applied for write in writes)


def _planned(paths: "_ContentPaths", change: FileEdit) -> _Write | Refused:
    """Return what is to be written for a change, or why it is not to be."""
    target_path = change.to or change.path
    source = paths.find(change.path)
    target = paths.find(change.to) if change.to else source
    if source is None or target is None:
        return refused("not-allowed", change.path if source is None else target_path)
    mode = paths.new_mode
    before = b""
    if change.digest:
        try:
            status = source.stat()
            before = source.read_bytes() if stat.S_ISREG(status.st_mode) else b""
        except OSError as error:
            missing = isinstance(error, FileNotFoundError)
            return refused(
                "missing" if missing else "disk", change.path, message="" if missing else f"It could not be read: {reason(error)}."
            )
        if not stat.S_ISREG(status.st_mode):
            return refused("not-allowed", change.path)
        if not status.st_mode & 0o222 or not os.access(source, os.W_OK):
            return refused("read-only", change.path)
        mode = stat.S_IMODE(status.st_mode)
    elif os.path.lexists(source):
        return refused("occupied", change.path)
    if change.to and os.path.lexists(target) and not (source.exists() and target.samefile(source)):
        return refused("occupied", target_path)
    after = applied(before, change)
    if isinstance(after, Refused):
        return after
    fresh = target.parent / f".{target.name}.backstory-{os.getpid()}"
    return _Write(AppliedEdit(change, inverse(before, change)), source, target, before, after, mode, fresh)


class _ContentPaths:
    """Where the content files of a site lie, behind all links: each folder is looked up once, since an import makes thousands of files in one."""

    def __init__(self, root: Path) -> None:
        self.new_mode = 0o666 & ~_umask()
        self._root = root
        self._content = (root / CONTENT).resolve()
        self._folders: dict[str, Path | None] = {}

    def find(self, path: str) -> Path | None:
        """Return where a content file lies; None if that is not in `content/`, or the path is no plain one."""
        parts = path.split("/")
        if not path.startswith(CONTENT) or "\\" in path or "\0" in path or any(part in {"", ".", ".."} for part in parts):
            return None
        folder = "/".join(parts[:-1])
        if folder not in self._folders:
            self._folders[folder] = self._behind_links(self._root / folder)
        lies_in = self._folders[folder]
        if lies_in is None:
            return None
        found = lies_in / parts[-1]
        if not found.is_symlink():
            return found
        behind = self._behind_links(found)
        return behind if behind != self._content else None

    def _behind_links(self, path: Path) -> Path | None:
        """Return a path without links; None if it is not in `content/`."""
        try:
            found = path.resolve()
        except (OSError, RuntimeError):  # links in a ring
            return None
        return found if found.is_relative_to(self._content) else None


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _lay(write: _Write) -> None:
    """Write a file beside the place that it is to take."""
    if write.applied.change.deletes:
        return
    try:
        stream = write.fresh.open("xb")
    except FileNotFoundError:
        write.target.parent.mkdir(parents=True, exist_ok=True)
        stream = write.fresh.open("xb")
    with stream:
        stream.write(write.after)
        if write.applied.change.digest:  # what is new can be made again, and there may be thousands
            stream.flush()
            os.fsync(stream.fileno())
    write.fresh.chmod(write.mode)


def replace_file(write: _Write) -> None:
    """Let a file take its place, if what is there is still what was read."""
    if write.applied.change.digest and digest(write.source.read_bytes()) != write.applied.change.digest:
        raise OSError(0, "it has changed in between")
    if write.applied.change.deletes:
        write.source.unlink()
        if write.applied.change.path.count("/") > FLAT:
            with contextlib.suppress(OSError):
                write.source.parent.rmdir()  # the folder of an explainer, if it is empty now
        return
    write.fresh.replace(write.target)
    if (
        write.target is not write.source
        and write.target != write.source
        and write.source.exists()
        and not write.source.samefile(write.target)
    ):
        write.source.unlink()


def _restore(write: _Write) -> None:
    """Take back what `replace_file` has done, which may have failed half-way."""
    with contextlib.suppress(OSError):
        if not write.applied.change.digest:
            if write.target.read_bytes() == write.after:
                write.target.unlink()
            return
        now = write.source.read_bytes() if write.source.exists() else None
        if now is None or (now == write.after and now != write.before):
            write.fresh.write_bytes(write.before)
            write.fresh.chmod(write.mode)
            write.fresh.replace(write.source)
        if write.target != write.source:
            write.target.unlink(missing_ok=True)
