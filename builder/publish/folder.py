"""Publish to a folder on this machine: staged beside it, then exchanged in one step."""

import errno
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from builder.build.run import Progress
from builder.content.reading import SITES_OWN, reason
from builder.model import PublishTarget
from builder.output import OutputProblem, delete_folder, exchange, locked, overlaps_sources, sibling
from builder.output.durable import flush, flush_names
from builder.output.folders import link_or_copy
from builder.output.regular_files import LARGEST_LIST, read_ordinary
from builder.publish import refused_folders
from builder.publish.problems import PublishProblem
from builder.publish.transfer_plan import (
    Changes,
    compare,
    foreign_files_problem,
    is_all_ours,
    overtaken_problem,
    refuse_conflicts,
    restored_note,
)
from builder.publish.upload import MARKER, Published, Upload, UploadFile, read_marker, read_published, refuse_large, sha256


class FolderPublisher:
    """Publishes to a folder. Files in it that Backstory did not put there stay."""

    def __init__(self, target: PublishTarget, root: Path, _folder: Path) -> None:
        try:
            written = root / Path(target.path).expanduser()
        except RuntimeError as error:
            raise PublishProblem(
                f"{target.path} leads nowhere: there is no such user here, or none with a home. Write the path in full."
            ) from error
        try:
            self.path = written.resolve()
        except (OSError, RuntimeError) as error:
            raise PublishProblem(f"{target.path} leads nowhere: its links form a circle. Choose another folder.") from error
        self.root = root.resolve()
        self.sync = target.sync
        self.notes: list[str] = []

    def __str__(self) -> str:
        """Return the path of the folder."""
        return f"{str(self.path).rstrip('/')}/"

    def close(self) -> None:
        """Do nothing: no resources are open."""

    def compare(self, upload: Upload) -> Changes:
        """Compare by the bytes of each file."""
        if overlaps_sources(self.path, self.root, (*SITES_OWN, "site")):
            raise PublishProblem(f"{self} holds the site’s own files, and cannot be published to. Choose another folder.")
        refused_folders.refuse_inner(self.path, str(self))
        refused_folders.refuse_no_folder(self.path, str(self))
        refused_folders.refuse_repository(self.path, str(self))
        ours = read_marker(self._marker())
        there = set(_files(self.path))
        if ours is None and there - {MARKER} and is_all_ours(there - {MARKER}, upload, self._is):
            ours = dict.fromkeys(there - {MARKER}, "")
            self.notes.append(restored_note(str(self)))
        if ours is None and there:
            raise foreign_files_problem(str(self))
        refuse_conflicts(upload, there - (ours or {}).keys(), str(self))
        same = {path: path in upload.files and self._is(path, (upload.files[path],)) for path in there}
        return compare(upload, same, (ours or {}).keys())

    def _is(self, path: str, files: Iterable[UploadFile]) -> bool:
        """Return whether the file at a path of the folder is one of these."""
        data = _bytes(self.path / path)
        return data is not None and sha256(data) in {file.digest for file in files}

    def hold(self) -> AbstractContextManager[None]:
        """Do nothing: the folder is compared again under a lock, and exchanged in one step."""
        return nullcontext()

    def published(self) -> Published | None:
        """Return what the marker says of the site in the folder; None if there is none."""
        refused_folders.refuse_no_folder(self.path, str(self))
        refused_folders.refuse_repository(self.path, str(self))
        return read_published(self._marker())

    def _marker(self) -> bytes | None:
        try:
            refuse_large((self.path / MARKER).lstat().st_size, str(self))
        except OSError:
            return None
        return _bytes(self.path / MARKER, LARGEST_LIST)

    def send(self, upload: Upload, changes: Changes, progress: Progress) -> None:
        """Stage the new folder and exchange it with the old one."""
        staged = sibling(self.path, "new")
        try:
            with locked(self.path):
                noted = len(self.notes)
                if self.compare(upload) != changes:
                    raise overtaken_problem(str(self))
                del self.notes[noted:]
                self._stage(staged, upload, changes, progress)
        except OutputProblem as problem:
            raise PublishProblem(str(problem)) from problem

    def _stage(self, staged: Path, upload: Upload, changes: Changes, progress: Progress) -> None:
        try:
            staged.mkdir()
            kept = set(_files(self.path)) - set(changes.changed) - set(changes.deleted) - {MARKER}
            for path in sorted(kept):
                _folder_of(staged / path)
                link_or_copy(str(self.path / path), str(staged / path))
            sent = sorted((*changes.new, *changes.changed))
            for n, path in enumerate(sent, 1):
                _folder_of(staged / path)
                (staged / path).write_bytes(upload.files[path].read())
                progress("Laying", n, len(sent))
            (staged / MARKER).write_bytes(upload.marker())
            if self.path.is_dir():
                shutil.copymode(self.path, staged)
            if self.sync:
                flush(staged)
            exchange(staged, self.path)
            if self.sync:
                flush_names(self.path.parent)
        except OSError as error:
            mount = (
                f" {self} is a disk of its own, and nothing can take its place in one step. Choose a folder in it."
                if error.errno == errno.EBUSY
                else ""
            )
            raise PublishProblem(
                f"{error.filename or self} could not be written: {reason(error)}.{mount} The folder is as it was."
            ) from error
        finally:
            delete_folder(staged)
            if os.path.lexists(staged):
                self.notes.append(f"{staged} could not be deleted. It is no part of the site, and the next publish tries again.")

    def missing(self, upload: Upload, changes: Changes) -> tuple[str, ...]:
        """Return the files that are not in the folder as they were sent."""
        wrong = [path for path in (*changes.new, *changes.changed) if sha256(_bytes(self.path / path) or b"") != upload.files[path].digest]
        return tuple(wrong + [path for path in changes.deleted if (self.path / path).exists()])


def _files(folder: Path) -> Iterator[str]:
    """Yield the paths of all files and symbolic links in a folder."""
    for at, folders, names in os.walk(folder):
        for name in (*names, *(folder for folder in folders if Path(at, folder).is_symlink())):
            yield Path(at, name).relative_to(folder).as_posix()


def _bytes(path: Path, most: int | None = None) -> bytes | None:
    """Return the bytes of an ordinary file; None if there is none, or something else."""
    try:
        return read_ordinary(path, most) if path.is_file() and not path.is_symlink() else None
    except OSError as error:
        raise PublishProblem(f"{path} cannot be read: {reason(error)}.") from error


def _folder_of(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
