"""Publish to a server by rsync over ssh: in batches, each file replaced as a whole by rsync.

How to reach the server (port, key, user) is configured in ~/.ssh/config, or in RSYNC_RSH, as for every use of rsync.
"""

import os
import re
import shlex
import subprocess
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath

from builder.build.run import Progress
from builder.model import PublishTarget
from builder.output.regular_files import LARGEST_LIST
from builder.publish import refused_folders
from builder.publish.lock import LOCK, TargetLock
from builder.publish.problems import ConnectionLost, PublishProblem, no_server, retrying
from builder.publish.programs import NOT_LET_IN, ProgramFailed, run
from builder.publish.transfer_plan import (
    Changes,
    batches_to_send,
    compare,
    conflict_problem,
    foreign_files_problem,
    overtaken_problem,
    restored_note,
)
from builder.publish.upload import MARKER, Published, Upload, UploadFile, read_marker, read_published, refuse_large

_TRANSIENT_CODES = {10, 12, 30, 35, 255}
"""Exit codes of rsync for a lost connection: socket, protocol stream, timeouts, and that of ssh."""

_SOCKET = re.compile(r"[\w/.+-]{1,85}", re.ASCII)
"""Paths that ssh can use for a control socket: the system takes 104 characters, of which ssh needs some, and other characters have a meaning to ssh."""

PART = 64 * 1024 * 1024
"""Bytes that are sent by one call of rsync."""

_NOT_THERE = 23
_VANISHED = 24
"""Exit code of newer versions of rsync for files that we lack and it deletes, which is intended here."""


class RsyncPublisher:
    """Publishes to a folder on a server. Files in it that Backstory did not put there stay."""

    def __init__(self, target: PublishTarget, root: Path, folder: Path) -> None:
        self.there = f"{target.host}:{target.path.rstrip('/')}/"
        self.host, self.path = target.host, target.path
        self._folder = folder
        self.notes: list[str] = []
        self.answered = False
        self._lock = TargetLock(self, root, target.name)
        self._marker_seen: bytes | None = None
        self._compared: tuple[Upload, Changes] | None = None
        self._staged = folder / "staged"
        self._staged.mkdir()

    def __str__(self) -> str:
        """Return host and path."""
        return self.there

    def _rsync(self, *arguments: str, files: Iterable[str] | None = None, links: str = "--copy-links") -> bytes:
        chosen = ("--from0", "--files-from=-") if files is not None else ()
        stdin = "\0".join(files or ()).encode("utf-8", "surrogateescape")

        def once() -> bytes:
            try:
                # -s: names of files are never read by a shell. No times are compared, and none are set.
                command = ["rsync", "-s", "--checksum", links, "--timeout=120", *chosen, *arguments]
                output = run(command, stdin=stdin, environment={"RSYNC_RSH": shlex.join(self._ssh())})
                self.answered = True
            except ProgramFailed as done:
                if not self.answered and (hopeless := no_server(str(self), done.said, shown=done.said.partition(" / ")[0])):
                    raise hopeless from done
                kept = [_PLACE.sub("", line) for line in done.said.split(" / ") if not _OF_ITSELF.search(line)]
                if answer := next((answer for pattern, answer in _ANSWERS if pattern.search(done.said)), ""):
                    raise PublishProblem(f"{self}: {answer.format(kept[0] if kept else '')}") from done
                if done.code in _TRANSIENT_CODES and not any(word in done.said for word in _PERMANENT):
                    raise ConnectionLost(f"{self} cannot be reached: {' / '.join(kept) or 'the connection broke off'}.") from done
                raise ProgramFailed("rsync", done.code, " / ".join(kept) or done.said) from done
            return output

        return retrying(once)

    def _ssh(self) -> list[str]:
        """Return the ssh command: the author's own, with one connection for all batches where possible."""
        command = shlex.split(os.environ.get("RSYNC_RSH") or "ssh")
        if Path(command[0]).name != "ssh" or os.name == "nt" or not _SOCKET.fullmatch(f"{self._folder}/ssh"):
            return command
        return [*command, "-o", "ControlMaster=auto", "-o", f"ControlPath={self._folder}/ssh", "-o", "ControlPersist=60"]

    def close(self) -> None:
        """Close the shared connection; otherwise ssh does after a minute."""
        if (self._folder / "ssh").exists():
            # Errors are ignored: the connection may be lost already.
            subprocess.run([*self._ssh(), "-O", "exit", self.host], capture_output=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603 - the author's own ssh

    def compare(self, upload: Upload) -> Changes:
        """Compare contents by rsync's checksums."""
        if self._compared is None:
            _stage(upload.files.values(), self._staged)
        refused_folders.refuse_inner(PurePosixPath(self.path), str(self))
        names = self._listing()
        ours = self._marker(names[MARKER]) if MARKER in names else None
        if ours is None and names.keys() - {MARKER, LOCK}:
            self._lock.refuse_other()
            if not self._is_all_ours(upload):
                raise foreign_files_problem(str(self))
            ours = dict.fromkeys(self._all_files(), "")
            self.notes.append(restored_note(str(self)))
        differs: dict[str, bool] = {}
        folders = set()
        for line in self._differences().decode("utf-8", "surrogateescape").splitlines():
            item, _, path = line.partition(" ")
            if item.startswith("<f"):
                differs[_unescaped(path)] = "+" in item
            elif item.startswith("cd+"):
                folders.add(_unescaped(path).rstrip("/"))
        if names:
            self._refuse_conflicts(folders, ours or {})
        there = {path: path not in differs for path in upload.files if not differs.get(path)}
        # rsync does not report files of ours that the site no longer has: they may be deleted already.
        changes = compare(upload, there | dict.fromkeys(set(ours or ()) - set(upload.files), False), (ours or {}).keys())
        self._compared = (upload, changes)
        return changes

    def _all_files(self) -> set[str]:
        """Return the paths of all files in the folder, but for the marker and the lock."""
        lines = (
            self._rsync("--list-only", "--8-bit-output", "--recursive", self.there, links="--links")
            .decode("utf-8", "surrogateescape")
            .splitlines()
        )
        entries = [words for line in lines if len(words := line.split(maxsplit=4)) == 5]
        return {_unescaped(words[4]) for words in entries if words[0][0] != "d"} - {MARKER, LOCK}

    def _is_all_ours(self, upload: Upload) -> bool:
        """Return whether every file in the folder is one of this site, as it is now or as an earlier release had it, byte for byte: one run of rsync compares one version of each file."""
        versions = {path: tuple(upload.versions(path)) for path in self._all_files()}
        if not all(versions.values()):
            return False
        unknown, n = set(versions), 0
        while unknown:
            compared = {path: versions[path][n] for path in unknown if n < len(versions[path])}
            if not compared:
                return False
            staged = self._folder / f"version-{n}"
            _stage(compared.values(), staged)
            lines = self._differences(staged).decode("utf-8", "surrogateescape").splitlines()
            unknown -= compared.keys() - {_unescaped(line.partition(" ")[2]) for line in lines if line.startswith("<f")}
            n += 1
        return True

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Hold the target exclusively. Raises `PublishProblem` if another process publishes there, or has since the comparison."""
        seen = self._marker_seen
        with self._lock.held():
            if self._fetched(MARKER) != seen or self._has_moved():
                raise overtaken_problem(str(self))
            yield

    def _has_moved(self) -> bool:
        """Return whether files have arrived since the comparison: only where the marker is of a publish that had not ended then, and says nothing of that itself."""
        about = read_published(self._marker_seen)
        if about is None or about.when or self._compared is None:
            return False
        upload, changes = self._compared
        return self.compare(upload) != changes

    def _fetched(self, name: str) -> bytes | None:
        """Return the bytes of a small file in the folder; None if there is no such file."""
        copy = self._folder / name
        copy.unlink(missing_ok=True)
        try:
            self._rsync(f"--max-size={LARGEST_LIST}", f"{self.there}{name}", f"{self._folder}/", links="--links")
        except ProgramFailed as done:
            if done.code != _NOT_THERE:
                raise
        return copy.read_bytes() if copy.is_file() and not copy.is_symlink() else None

    def read_lock(self) -> tuple[bytes, str] | None:
        """Return the lock; rsync knows no version of it."""
        data = self._fetched(LOCK)
        return None if data is None else (data, "")

    def write_lock(self, data: bytes, mark: str | None) -> bool:
        """Write the lock; where there must be none, rsync leaves one that another has just written."""
        (self._staged / LOCK).write_bytes(data)
        self._rsync(
            *(("--ignore-existing",) if mark is None else ()), "--dirs", "--chmod=D755,F644", f"{self._staged}/", self.there, files=[LOCK]
        )
        return True

    def delete_lock(self) -> None:
        """Delete the lock."""
        self._delete_names([LOCK])

    def published(self) -> Published | None:
        """Return what the marker says of the site on the server; None if there is none."""
        names = self._listing()
        refuse_large(names.get(MARKER, 0), str(self))
        return read_published(self._fetched(MARKER)) if MARKER in names else None

    def _differences(self, staged: Path | None = None) -> bytes:
        try:
            return self._rsync("--recursive", "--dry-run", "--8-bit-output", "--out-format=%i %n", f"{staged or self._staged}/", self.there)
        except ProgramFailed as done:
            if found := _NOT_EMPTY.search(done.said):
                raise conflict_problem(f"{_unescaped(found[1])}/", str(self)) from done
            raise

    def _refuse_conflicts(self, folders: set[str], ours: Collection[str]) -> None:
        """Raise `PublishProblem` if a new folder has the name of a foreign file, which rsync would replace without a message."""
        outermost = {folder for folder in folders if str(PurePosixPath(folder).parent) not in folders}
        if not outermost:
            return
        asked = ("--list-only", "--8-bit-output", "--dirs", "--ignore-missing-args")
        output = self._rsync(*asked, self.there, f"{self._staged}/", files=sorted(outermost), links="--links")
        for line in output.decode("utf-8", "surrogateescape").splitlines():
            parts = line.split(maxsplit=4)
            if len(parts) == 5 and parts[0][0] != "d":
                path = _unescaped(parts[4].partition(" -> ")[0] if parts[0][0] == "l" else parts[4])
                if path in outermost and path not in ours:
                    raise conflict_problem(path, str(self))

    def _listing(self) -> dict[str, int]:
        """Return the names in the folder, and the size of each in bytes."""
        try:
            lines = self._rsync("--list-only", "--8-bit-output", "--dirs", self.there).decode("utf-8", "surrogateescape").splitlines()
        except ProgramFailed as done:
            if done.code == _NOT_THERE and "No such file" in done.said:
                return {}
            raise PublishProblem(f"{self}: {done.said}") from done
        entries = [words for line in lines if len(words := line.split(maxsplit=4)) == 5]
        return {words[4]: int(re.sub(r"\D", "", words[1]) or 0) for words in entries if words[4] != "."}

    def _marker(self, size: int) -> dict[str, str] | None:
        refuse_large(size, str(self))
        self._marker_seen = self._fetched(MARKER)
        return read_marker(self._marker_seen)

    def send(self, upload: Upload, changes: Changes, progress: Progress) -> None:
        """Send all batches. The marker is sent before the first and after the last, so that no file of ours is forgotten if the process is killed."""
        marker = self._staged / MARKER
        marker.write_bytes(upload.marker(more=(*changes.deleted,), whole=False))
        count, done = len(changes.new) + len(changes.changed), 0
        try:
            self._pass([MARKER])
            for _, paths in batches_to_send(upload, changes):
                for part in _parts(upload, paths):
                    self._lock.check()
                    for path in part:  # bytes whose digest was checked, not what may become of the file until rsync reads it
                        data = upload.files[path].read()
                        (self._staged / path).unlink(missing_ok=True)
                        (self._staged / path).write_bytes(data)
                    self._pass(part)
                    done += len(part)
                    progress("Sending", done, count)
            self._lock.check()
            if changes.deleted:
                self._delete(upload, changes.deleted)
            marker.write_bytes(upload.marker())
            self._pass([MARKER])
        except PublishProblem as failed:
            said = f"{self}: {failed.said}." if isinstance(failed, ProgramFailed) else str(failed)
            raise PublishProblem(f"{said} {done} of {count} files have arrived, and stay. Publish again to send the rest.") from failed

    def _pass(self, paths: Iterable[str]) -> None:
        self._rsync("--dirs", "--chmod=D755,F644", f"{self._staged}/", self.there, files=paths)

    def _delete(self, upload: Upload, paths: Iterable[str]) -> None:
        """Delete files that we put there, then, from the deepest up, the folders that are empty."""
        gone = {str(folder) for path in paths for folder in PurePosixPath(path).parents} - {"."}
        gone -= {str(folder) for path in upload.files for folder in PurePosixPath(path).parents}
        levels: dict[int, list[str]] = {}
        for folder in sorted(gone):
            levels.setdefault(folder.count("/"), []).append(folder)
        for names in (paths, *(levels[depth] for depth in sorted(levels, reverse=True))):
            self._delete_names(names)

    def _delete_names(self, names: Iterable[str]) -> None:
        nothing = self._folder / "nothing"
        nothing.mkdir(exist_ok=True)
        try:
            self._rsync("--dirs", "--delete-missing-args", f"{nothing}/", self.there, files=names)
        except ProgramFailed as done:
            if done.code != _VANISHED:
                raise

    def missing(self, _upload: Upload, changes: Changes) -> tuple[str, ...]:
        """Return the files that are not there as they were sent, by checksums."""
        sent = sorted((*changes.new, *changes.changed))
        try:
            output = (
                self._rsync("--dry-run", "--8-bit-output", "--out-format=%i %n", f"{self._staged}/", self.there, files=sent)
                if sent
                else b""
            )
        except ProgramFailed as failed:
            raise PublishProblem(f"{self}: {failed.said}") from failed
        lines = [line.partition(" ") for line in output.decode("utf-8", "surrogateescape").splitlines()]
        return tuple(_unescaped(path) for item, _, path in lines if item.startswith("<f"))


def _stage(files: Iterable[UploadFile], folder: Path) -> None:
    """Lay files out as rsync is to see them, those of the disk as links."""
    for file in files:
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(file.source, bytes):
            path.write_bytes(file.source)
        else:
            path.symlink_to(file.source.absolute())


def _parts(upload: Upload, paths: Iterable[str]) -> Iterator[list[str]]:
    """Yield paths in parts of `PART` bytes at most, or one larger file: between them the lock is looked at."""
    part: list[str] = []
    size = 0
    for path in paths:
        if part and size + upload.files[path].size > PART:
            yield part
            part, size = [], 0
        part.append(path)
        size += upload.files[path].size
    if part:
        yield part


_ANSWERS = (
    NOT_LET_IN,
    (re.compile(r"(?:command|rsync\S*:) not found"), "the server has no rsync. Install it there, or publish by SFTP."),
    (re.compile(r"mkdir .{1,4096} failed: No such file"), "the folder above it is not there. Make it first."),
    (re.compile(r"No space left on device|Disk quota exceeded"), "the server has no room left: {}."),
    (re.compile(r"failed: (?:Permission denied|Operation not permitted|Read-only file system)"), "you may not write there: {}."),
)
"""What rsync says of what another attempt does not change, and what to tell in its place; `{}` stands for its own words about the file."""

_PLACE = re.compile(r"^rsync: (?:\[\w+\] )?|\s*\(\d+\)$")
_OF_ITSELF = re.compile(r"^rsync error: |connection unexpectedly closed|safe_(?:read|write) failed|skipping directory")
"""Lines that are about rsync itself."""

_PERMANENT = ("Permission denied", "Host key verification failed", "Could not resolve hostname", "command not found")


_NOT_EMPTY = re.compile(r"(?:cannot delete non-empty directory|could not make way for [\w ]+): (.+?)(?: / |$)")
"""rsync's message if a folder is in the place of a file."""


def _unescaped(path: str) -> str:
    return re.sub(r"\\#(\d{3})", lambda match: chr(int(match[1], 8)), path)
