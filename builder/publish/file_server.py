"""Publish to a folder of a server by SFTP or WebDAV: file by file, each put in its place as a whole.

Neither computes digests, so the marker keeps for each file what it was sent as, and the tag that the server gave it. What has another tag now is read and compared.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import TypeVar

from builder.build.run import Progress
from builder.model import PublishTarget
from builder.output.regular_files import LARGEST_LIST
from builder.publish import sftp, version_tags, webdav
from builder.publish.lock import LOCK, TargetLock
from builder.publish.problems import PublishProblem, retrying
from builder.publish.remote_files import TEMPORARY_FOLDER, OpenRemoteFiles, RemoteEntry
from builder.publish.transfer_plan import (
    Changes,
    batches_to_send,
    compare,
    foreign_files_problem,
    is_all_ours,
    overtaken_problem,
    refuse_conflicts,
    restored_note,
)
from builder.publish.upload import MARKER, Published, Upload, UploadFile, refuse_large, sha256
from builder.publish.version_tags import StoredObject

CONCURRENCY = 4
"""Number of files that are asked for or sent at the same time."""

BATCH = 100
"""Number of files after which the lock is looked at again."""

OPENERS: Mapping[str, OpenRemoteFiles] = {"sftp": sftp.opened, "webdav": webdav.opened}
"""What opens the server's files, by `to` in the settings."""

_T = TypeVar("_T")
_S = TypeVar("_S")


class ServerPublisher:
    """Publishes to a folder of a server. Files in it that Backstory did not put there stay."""

    def __init__(self, target: PublishTarget, root: Path, _folder: Path) -> None:
        self.remote = OPENERS[target.to](target)
        self.notes: list[str] = []
        self.there: dict[str, RemoteEntry] = {}
        self.sent: dict[str, StoredObject] = {}
        self._lock = TargetLock(self, root, target.name)
        self._marker_seen: bytes | None = None
        self._compared: tuple[Upload, Changes] | None = None

    def __str__(self) -> str:
        """Return the address of the folder."""
        return str(self.remote)

    def close(self) -> None:
        """Close the connection."""
        self.remote.close()

    def compare(self, upload: Upload) -> Changes:
        """Compare by the digests in the marker, where the tags agree with it; else by the bytes."""
        self.there = self._walk()
        self._marker_seen = self._read_marker()
        marker = version_tags.decoded(self._marker_seen)
        ours = None if marker is None else marker.ours
        others = self.there.keys() - {MARKER, LOCK}
        if ours is None and others:
            self._lock.refuse_other()
            if not is_all_ours(others, upload, self._is, self._each):
                raise foreign_files_problem(str(self))
            ours = dict.fromkeys(others, StoredObject())
            self.notes.append(restored_note(str(self)))
        self.sent = ours or {}
        refuse_conflicts(upload, others - self.sent.keys(), str(self))
        asked = [path for path in self.there if path in upload.files]
        same = dict(zip(asked, self._each(lambda path: self._is(path, (upload.files[path],)), asked), strict=True))
        changes = compare(upload, dict.fromkeys(self.there, False) | same, self.sent.keys())
        self._compared = (upload, changes)
        return changes

    def _each(self, action: Callable[[_S], _T], things: Iterable[_S]) -> list[_T]:
        """Return the results of an action on several things, which runs for some at once, and again after a lost connection."""
        with ThreadPoolExecutor(CONCURRENCY) as pool:
            futures = [pool.submit(self._do, partial(action, thing)) for thing in things]
            try:
                return [future.result() for future in futures]
            finally:
                for future in futures:
                    future.cancel()

    def _do(self, action: Callable[[], _T]) -> _T:
        """Do something at the server, again after a lost connection."""
        try:
            return retrying(action)
        except FileNotFoundError as error:
            raise PublishProblem(f"A folder at {self} has been deleted in the meantime. Publish again.") from error

    def _walk(self) -> dict[str, RemoteEntry]:
        """Return path → entry of all files below the folder, but for passing ones."""
        found: dict[str, RemoteEntry] = {}
        folders = [""]
        while folders:
            deeper = []
            for folder, entries in zip(folders, self._each(self.remote.listing, folders), strict=True):
                for entry in entries or ():
                    path = f"{folder}/{entry.name}" if folder else entry.name
                    if not entry.is_folder:
                        found[path] = entry
                    elif path != TEMPORARY_FOLDER:
                        deeper.append(path)
            folders = deeper
        return found

    def _is(self, path: str, files: Iterable[UploadFile]) -> bool:
        """Return whether the file at a path of the target is one of these."""
        entry, sent = self.there[path], self.sent.get(path, StoredObject())
        wanted = {file.digest for file in files if file.size == entry.size}
        if not entry.tag or not wanted:
            return False
        if sent.digest and sent.tag == entry.tag:
            return sent.digest in wanted
        found = self.remote.read(path)
        return found is not None and sha256(found[0]) in wanted

    def _read_marker(self) -> bytes | None:
        def read() -> bytes | None:
            found = self.remote.read(MARKER, LARGEST_LIST)
            return None if found is None else found[0]

        if MARKER in self.there:
            refuse_large(self.there[MARKER].size, str(self))
        return self._do(read)

    def published(self) -> Published | None:
        """Return what the marker says of the site at the target; None if there is none."""
        marker = version_tags.decoded(self._read_marker())
        return None if marker is None else marker.about

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Hold the target exclusively. Raises `PublishProblem` if another process publishes there, or has since the comparison."""
        self._do(lambda: self.remote.make_folder(""))
        with self._lock.held():
            data = self._read_marker()
            if data != self._marker_seen or self._has_moved(data):
                raise overtaken_problem(str(self))
            yield

    def _has_moved(self, marker: bytes | None) -> bool:
        """Return whether files have arrived since the comparison: only where the marker is of a publish that had not ended then, and says nothing of that itself."""
        found = version_tags.decoded(marker)
        if found is None or found.published or self._compared is None:
            return False
        upload, changes = self._compared
        return self.compare(upload) != changes

    def read_lock(self) -> tuple[bytes, str] | None:
        """Return the lock and its tag."""
        return self._do(lambda: self.remote.read(LOCK))

    def write_lock(self, data: bytes, mark: str | None) -> bool:
        """Write the lock, if no other process has; a server without conditions writes it in any case."""
        return self._do(lambda: self.remote.write_if(LOCK, data, mark))

    def delete_lock(self) -> None:
        """Delete the lock."""
        self._do(lambda: self.remote.delete(LOCK))

    def send(self, upload: Upload, changes: Changes, progress: Progress) -> None:
        """Send all batches. The marker is sent before the first and after the last, so that no file of ours is forgotten if the process is killed."""
        arrived = {path: StoredObject(upload.files[path].digest, self.there[path].tag) for path in changes.same}
        self.sent = dict.fromkeys((*changes.deleted, *changes.new, *changes.changed), StoredObject()) | arrived
        count, done = len(changes.new) + len(changes.changed), 0
        try:
            self._do(self.remote.tidy)
            self._write_marker()
            self._delete(upload, [path for path in changes.deleted if _is_in_the_way(path, upload)])
            for _, paths in batches_to_send(upload, changes):
                for start in range(0, len(paths), BATCH):
                    part = paths[start : start + BATCH]
                    self._lock.check()
                    self._make_folders(part)
                    for path, tag in zip(
                        part, self._each(lambda path: self.remote.write(path, upload.files[path].read()), part), strict=True
                    ):
                        self.sent[path] = StoredObject(upload.files[path].digest, tag)
                    done += len(part)
                    progress("Sending", done, count)
            self._lock.check()
            self._delete(upload, [path for path in changes.deleted if path in self.sent])
            self._write_marker(upload)
            self._do(self.remote.tidy)
        except PublishProblem as problem:
            raise PublishProblem(f"{problem} {done} of {count} files have arrived, and stay. Publish again to send the rest.") from problem

    def _write_marker(self, upload: Upload | None = None) -> None:
        self._do(lambda: self.remote.write(MARKER, version_tags.encoded(self.sent, upload)))

    def _make_folders(self, paths: Iterable[str]) -> None:
        """Make the folders of files, from the outermost in, but for those with files in them already."""
        known = _folders(self.there)
        for folder in sorted(_folders(paths) - known):
            self._do(partial(self.remote.make_folder, folder))
        self.there |= {path: RemoteEntry(path) for path in paths}

    def _delete(self, upload: Upload, paths: Collection[str]) -> None:
        """Delete files that we put there, then, from the deepest up, the folders that are empty."""
        for start in range(0, len(paths), BATCH):
            self._lock.check()
            self._each(self.remote.delete, [*paths][start : start + BATCH])
        for path in paths:
            self.sent.pop(path)
            self.there.pop(path, None)
        for folder in sorted(_folders(paths) - _folders(upload.files), key=lambda folder_path: -folder_path.count("/")):
            self._do(partial(self.remote.delete_folder, folder))

    def missing(self, _upload: Upload, changes: Changes) -> tuple[str, ...]:
        """Return the files that are not there as they were sent, now or before, by their tags."""
        there = self._walk()
        wrong = [path for path, sent in sorted(self.sent.items()) if path not in there or there[path].tag != sent.tag]
        return tuple(wrong + [path for path in changes.deleted if path in there])


def _folders(paths: Iterable[str]) -> set[str]:
    return {str(folder) for path in paths for folder in PurePosixPath(path).parents} - {"."}


def _is_in_the_way(path: str, upload: Upload) -> bool:
    """Return whether a file that the site no longer has is where one of its folders must be, or in a folder where one of its files must be."""
    return any(str(folder) in upload.files for folder in PurePosixPath(path).parents) or path in _folders(upload.files)
