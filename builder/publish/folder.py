"""To a folder of this machine: laid beside it, then put in its place in one step."""

import errno
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from builder.build.parallel import Progress
from builder.content.reading import SITES_OWN, reason
from builder.model import Destination
from builder.output import OutputProblem, alone, beside, clear, exchange, holds_own
from builder.output.folders import link_or_copy
from builder.publish.changes import Changes, changes, make_way
from builder.publish.problems import PublishProblem
from builder.publish.upload import MARKER, Upload, listed, sha256


class Folder:
    """A folder. What is in it and was not put there by us stays."""

    def __init__(self, target: Destination, root: Path, _folder: Path) -> None:
        try:
            self.path = (root / Path(target.path).expanduser()).resolve()
        except RuntimeError as error:
            raise PublishProblem(
                f"{target.path} leads nowhere: there is no such user here, or none with a home. Write the path in full."
            ) from error
        self.root = root.resolve()

    def __str__(self) -> str:
        """Where it is."""
        return f"{self.path}/"

    def close(self) -> None:
        """Nothing stays open."""

    def compare(self, upload: Upload) -> Changes:
        """Compare by the bytes of each file."""
        if holds_own(self.path, self.root, (*SITES_OWN, "site")):
            raise PublishProblem(f"{self} holds the site's own files, and cannot be published to. Choose another folder.")
        ours = listed(_bytes(self.path / MARKER))
        there = set(_files(self.path))
        if ours is None and (there or self.path.is_file()):
            raise PublishProblem(
                f"{self} has files in it that Backstory did not put there. Nothing was sent. Choose another folder, or empty this one yourself."
            )
        make_way(upload, there - (ours or {}).keys(), str(self))
        same = {path: path in upload.files and sha256(_bytes(self.path / path) or b"") == upload.files[path].digest for path in there}
        return changes(upload, same, (ours or {}).keys())

    def send(self, upload: Upload, made: Changes, told: Progress) -> None:
        """Lay the new folder and put it in the place of the old one."""
        staged = beside(self.path, "new")
        try:
            with alone(self.path):
                if self.compare(upload) != made:
                    raise PublishProblem(f"{self} was changed by somebody else in the meantime. Nothing was sent. Publish again.")
                self._lay(staged, upload, made, told)
        except OutputProblem as problem:
            raise PublishProblem(str(problem)) from problem

    def _lay(self, staged: Path, upload: Upload, made: Changes, told: Progress) -> None:
        try:
            staged.mkdir()
            kept = set(_files(self.path)) - set(made.changed) - set(made.deleted) - {MARKER}
            for path in sorted(kept):
                _folder_of(staged / path)
                link_or_copy(str(self.path / path), str(staged / path))
            sent = sorted((*made.new, *made.changed))
            for n, path in enumerate(sent, 1):
                _folder_of(staged / path)
                (staged / path).write_bytes(upload.files[path].read())
                told("Laying", n, len(sent))
            (staged / MARKER).write_bytes(upload.marker())
            if self.path.is_dir():
                shutil.copymode(self.path, staged)
            exchange(staged, self.path)
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
            clear(staged)

    def missing(self, upload: Upload, made: Changes) -> tuple[str, ...]:
        """Return what is not there as it was sent."""
        wrong = [path for path in (*made.new, *made.changed) if sha256(_bytes(self.path / path) or b"") != upload.files[path].digest]
        return tuple(wrong + [path for path in made.deleted if (self.path / path).exists()])


def _files(folder: Path) -> Iterator[str]:
    """Yield what lies in a folder: files, and links as they are."""
    for place, folders, names in os.walk(folder):
        for name in (*names, *(one for one in folders if Path(place, one).is_symlink())):
            yield Path(place, name).relative_to(folder).as_posix()


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes() if path.is_file() and not path.is_symlink() else None
    except OSError as error:
        raise PublishProblem(f"{path} cannot be read: {reason(error)}.") from error


def _folder_of(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
