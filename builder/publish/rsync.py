"""To a server of one's own, by rsync over ssh: one pass after the other, each file put in its place whole by rsync itself.

How to reach the server (port, key, user) is told in ~/.ssh/config, or in RSYNC_RSH, as for every use of rsync.
"""

import os
import re
import shlex
import subprocess
from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath

from builder.build.parallel import Progress
from builder.model import Destination
from builder.publish.changes import Changes, changes, in_the_way, passes
from builder.publish.problems import Interrupted, PublishProblem, trying
from builder.publish.programs import Done, run
from builder.publish.upload import MARKER, Upload, listed

_BROKEN = {10, 12, 30, 35, 255}
"""Exit codes of rsync for a way that is broken: socket, protocol stream, timeouts, and that of ssh."""

_SOCKET = re.compile(r"[\w/.+-]{1,85}", re.ASCII)
"""Paths at which ssh can keep a connection: the system takes 104 characters, of which ssh wants some for itself, and it reads others than these as its own signs."""

_NOT_THERE = 23
_VANISHED = 24
"""What newer versions of rsync return where they delete what we have no more, which is what we want of them."""


class Rsync:
    """A folder of a server. What is in it and was not put there by us stays."""

    def __init__(self, target: Destination, _root: Path, folder: Path) -> None:
        self.there = f"{target.host}:{target.path.rstrip('/')}/"
        self.host = target.host
        self._folder = folder
        self._staged = folder / "staged"
        self._staged.mkdir()

    def __str__(self) -> str:
        """Where it is."""
        return self.there

    def _rsync(self, *arguments: str, files: Iterable[str] | None = None, links: str = "--copy-links") -> bytes:
        chosen = ("--from0", "--files-from=-") if files is not None else ()
        given = "\0".join(files or ()).encode("utf-8", "surrogateescape")

        def once() -> bytes:
            try:
                # -s: names of files are never read by a shell. No times are compared, and none are set.
                command = ["rsync", "-s", "--checksum", links, "--timeout=120", *chosen, *arguments]
                return run(command, given=given, environment={"RSYNC_RSH": shlex.join(self._ssh())})
            except Done as done:
                if done.code in _BROKEN and not any(word in done.said for word in _FOR_GOOD):
                    raise Interrupted(f"{self} cannot be reached: {done.said}") from done
                raise

        return trying(once)

    def _ssh(self) -> list[str]:
        """Return the ssh to use: the author's own, which keeps one connection for all passes where it can."""
        told = shlex.split(os.environ.get("RSYNC_RSH") or "ssh")
        if Path(told[0]).name != "ssh" or os.name == "nt" or not _SOCKET.fullmatch(f"{self._folder}/ssh"):
            return told
        return [*told, "-o", "ControlMaster=auto", "-o", f"ControlPath={self._folder}/ssh", "-o", "ControlPersist=60"]

    def close(self) -> None:
        """Give up the connection; without this, ssh does so by itself after a minute."""
        if (self._folder / "ssh").exists():
            # What ssh says of it is nobody's business: the connection may have broken before.
            subprocess.run([*self._ssh(), "-O", "exit", self.host], capture_output=True, check=False, stdin=subprocess.DEVNULL)  # noqa: S603 - the author's own ssh

    def compare(self, upload: Upload) -> Changes:
        """Let rsync compare the contents on both sides by their digests."""
        for path, file in upload.files.items():
            place = self._staged / path
            place.parent.mkdir(parents=True, exist_ok=True)
            if isinstance(file.source, bytes):
                place.write_bytes(file.source)
            else:
                place.symlink_to(file.source.absolute())
        names = self._listing()
        ours = self._marker() if MARKER in names else None
        if ours is None and names - {MARKER}:
            raise PublishProblem(
                f"{self} has files in it that Backstory did not put there. Nothing was sent. Choose another folder, or empty this one yourself."
            )
        differs: dict[str, bool] = {}
        folders = set()
        for line in self._differences().decode("utf-8", "surrogateescape").splitlines():
            item, _, path = line.partition(" ")
            if item.startswith("<f"):
                differs[_unescaped(path)] = "+" in item
            elif item.startswith("cd+"):
                folders.add(_unescaped(path).rstrip("/"))
        if names:
            self._make_way(folders, ours or {})
        there = {path: path not in differs for path in upload.files if not differs.get(path)}
        # Of what we put there and have no more, rsync does not tell: it may be gone already.
        return changes(upload, there | dict.fromkeys(set(ours or ()) - set(upload.files), False), (ours or {}).keys())

    def _differences(self) -> bytes:
        try:
            return self._rsync("--recursive", "--dry-run", "--8-bit-output", "--out-format=%i %n", f"{self._staged}/", self.there)
        except Done as done:
            if found := _NOT_EMPTY.search(done.said):
                raise in_the_way(f"{_unescaped(found[1])}/", str(self)) from done
            raise

    def _make_way(self, folders: set[str], ours: Collection[str]) -> None:
        """Refuse where a folder that is to be made has the name of something of others: rsync would put it in its place without a word."""
        outermost = {folder for folder in folders if str(PurePosixPath(folder).parent) not in folders}
        if not outermost:
            return
        asked = ("--list-only", "--8-bit-output", "--dirs", "--ignore-missing-args")
        told = self._rsync(*asked, self.there, f"{self._staged}/", files=sorted(outermost), links="--links")
        for line in told.decode("utf-8", "surrogateescape").splitlines():
            parts = line.split(maxsplit=4)
            if len(parts) == 5 and parts[0][0] != "d":
                path = _unescaped(parts[4].partition(" -> ")[0] if parts[0][0] == "l" else parts[4])
                if path in outermost and path not in ours:
                    raise in_the_way(path, str(self))

    def _listing(self) -> set[str]:
        try:
            lines = self._rsync("--list-only", "--8-bit-output", "--dirs", self.there).decode("utf-8", "surrogateescape").splitlines()
        except Done as done:
            if done.code == _NOT_THERE and "No such file" in done.said:
                return set()
            raise PublishProblem(f"{self}: {done.said}") from done
        return {line.split(maxsplit=4)[4] for line in lines if len(line.split(maxsplit=4)) == 5} - {"."}

    def _marker(self) -> dict[str, str] | None:
        self._rsync(f"{self.there}{MARKER}", f"{self._folder}/")
        return listed((self._folder / MARKER).read_bytes())

    def send(self, upload: Upload, made: Changes, told: Progress) -> None:
        """Send pass after pass. Before the first and after the last, the list of what is ours is sent: killed in between, nothing of ours is forgotten."""
        marker = self._staged / MARKER
        marker.write_bytes(upload.marker(more=(*made.deleted,)))
        count, done = len(made.new) + len(made.changed), 0
        try:
            self._pass([MARKER])
            for _, paths in passes(upload, made):
                if paths:
                    for path in paths:
                        upload.files[path].read()
                    self._pass(paths)
                done += len(paths)
                told("Sending", done, count)
            if made.deleted:
                self._delete(upload, made.deleted)
                marker.write_bytes(upload.marker())
                self._pass([MARKER])
        except Done as failed:
            raise PublishProblem(f"{self}: {failed.said}. What was sent stays; publish again to send the rest.") from failed

    def _pass(self, paths: Iterable[str]) -> None:
        self._rsync("--dirs", "--chmod=D755,F644", f"{self._staged}/", self.there, files=paths)

    def _delete(self, upload: Upload, paths: Iterable[str]) -> None:
        """Delete files that we put there, then, from the deepest up, the folders that are empty without them."""
        nothing = self._folder / "nothing"
        nothing.mkdir(exist_ok=True)
        gone = {str(folder) for path in paths for folder in PurePosixPath(path).parents} - {"."}
        gone -= {str(folder) for path in upload.files for folder in PurePosixPath(path).parents}
        levels: dict[int, list[str]] = {}
        for folder in sorted(gone):
            levels.setdefault(folder.count("/"), []).append(folder)
        for names in (paths, *(levels[depth] for depth in sorted(levels, reverse=True))):
            try:
                self._rsync("--dirs", "--delete-missing-args", f"{nothing}/", self.there, files=names)
            except Done as done:
                if done.code != _VANISHED:
                    raise

    def missing(self, _upload: Upload, made: Changes) -> tuple[str, ...]:
        """Return what is not there as it was sent, by the digests of both sides."""
        sent = sorted((*made.new, *made.changed))
        try:
            told = (
                self._rsync("--dry-run", "--8-bit-output", "--out-format=%i %n", f"{self._staged}/", self.there, files=sent)
                if sent
                else b""
            )
        except Done as failed:
            raise PublishProblem(f"{self}: {failed.said}") from failed
        lines = [line.partition(" ") for line in told.decode("utf-8", "surrogateescape").splitlines()]
        return tuple(_unescaped(path) for item, _, path in lines if item.startswith("<f"))


_FOR_GOOD = ("Permission denied", "Host key verification failed", "Could not resolve hostname", "command not found")


_NOT_EMPTY = re.compile(r"(?:cannot delete non-empty directory|could not make way for [\w ]+): (.+?)(?: / |$)")
"""What rsync says where a folder lies in the place of a file."""


def _unescaped(path: str) -> str:
    return re.sub(r"\\#(\d{3})", lambda match: chr(int(match[1], 8)), path)
