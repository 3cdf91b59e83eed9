"""To a server of one's own, by rsync over ssh: one pass after the other, each file put in its place whole by rsync itself.

How to reach the server (port, key, user) is told in ~/.ssh/config, or in RSYNC_RSH, as for every use of rsync.
"""

import re
import tempfile
from collections.abc import Iterable
from pathlib import Path

from builder.model import Destination
from builder.publish.changes import Changes, changes, passes
from builder.publish.problems import Interrupted, PublishProblem, trying
from builder.publish.programs import Done, run
from builder.publish.upload import MARKER, Upload, listed
from builder.workers import Progress

_BROKEN = {10, 12, 30, 35, 255}
"""Exit codes of rsync for a way that is broken: socket, protocol stream, timeouts, and that of ssh."""

_NOT_THERE = 23


class Rsync:
    """A folder of a server. What is in it and was not put there by us stays."""

    def __init__(self, target: Destination, _root: Path) -> None:
        self.there = f"{target.host}:{target.path.rstrip('/')}/"
        self._staged = tempfile.TemporaryDirectory(prefix="backstory-rsync-")
        self._read = tempfile.TemporaryDirectory(prefix="backstory-rsync-")

    def __str__(self) -> str:
        """Where it is."""
        return self.there

    def _rsync(self, *arguments: str, files: Iterable[str] | None = None) -> bytes:
        chosen = ("--from0", "--files-from=-") if files is not None else ()
        given = "\0".join(files or ()).encode("utf-8", "surrogateescape")

        def once() -> bytes:
            try:
                # -s: names of files are never read by a shell. No times are compared, and none are set.
                return run(["rsync", "-s", "--checksum", "--copy-links", "--timeout=120", *chosen, *arguments], given=given)
            except Done as done:
                if done.code in _BROKEN and not any(word in done.said for word in _FOR_GOOD):
                    raise Interrupted(f"{self} cannot be reached: {done.said}") from done
                raise

        return trying(once)

    def compare(self, upload: Upload) -> Changes:
        """Let rsync compare the contents on both sides by their digests."""
        for path, file in upload.files.items():
            place = Path(self._staged.name) / path
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
        told = self._rsync("--recursive", "--dry-run", "--8-bit-output", "--out-format=%i %n", f"{self._staged.name}/", self.there)
        differs: dict[str, bool] = {}
        for line in told.decode("utf-8", "surrogateescape").splitlines():
            item, _, path = line.partition(" ")
            if item.startswith("<f"):
                differs[_unescaped(path)] = "+" in item
        there = {path: path not in differs for path in upload.files if not differs.get(path)}
        # Of what we put there and have no more, rsync does not tell: it may be gone already.
        return changes(upload, there | dict.fromkeys(set(ours or ()) - set(upload.files), False), (ours or {}).keys())

    def _listing(self) -> set[str]:
        try:
            lines = self._rsync("--list-only", "--8-bit-output", "--dirs", self.there).decode("utf-8", "surrogateescape").splitlines()
        except Done as done:
            if done.code == _NOT_THERE and "No such file" in done.said:
                return set()
            raise PublishProblem(f"{self}: {done.said}") from done
        return {line.split(maxsplit=4)[4] for line in lines if len(line.split(maxsplit=4)) == 5} - {"."}

    def _marker(self) -> dict[str, str] | None:
        self._rsync(f"{self.there}{MARKER}", f"{self._read.name}/")
        return listed((Path(self._read.name) / MARKER).read_bytes())

    def send(self, upload: Upload, made: Changes, told: Progress) -> None:
        """Send pass after pass. Before the first and after the last, the list of what is ours is sent: killed in between, nothing of ours is forgotten."""
        marker = Path(self._staged.name) / MARKER
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
                self._delete(made.deleted)
            marker.write_bytes(upload.marker())
            self._pass([MARKER])
        except Done as failed:
            raise PublishProblem(f"{self}: {failed.said}. What was sent stays; publish again to send the rest.") from failed

    def _pass(self, paths: Iterable[str]) -> None:
        self._rsync("--dirs", "--chmod=D755,F644", f"{self._staged.name}/", self.there, files=paths)

    def _delete(self, paths: Iterable[str]) -> None:
        """Delete files that we put there, and the folders that are empty without them."""
        with tempfile.TemporaryDirectory(prefix="backstory-rsync-") as nothing:
            self._rsync("--dirs", "--delete-missing-args", f"{nothing}/", self.there, files=paths)

    def missing(self, _upload: Upload, made: Changes) -> tuple[str, ...]:
        """Return what is not there as it was sent, by the digests of both sides."""
        sent = sorted((*made.new, *made.changed))
        try:
            told = (
                self._rsync("--dry-run", "--8-bit-output", "--out-format=%i %n", f"{self._staged.name}/", self.there, files=sent)
                if sent
                else b""
            )
        except Done as failed:
            raise PublishProblem(f"{self}: {failed.said}") from failed
        lines = [line.partition(" ") for line in told.decode("utf-8", "surrogateescape").splitlines()]
        return tuple(_unescaped(path) for item, _, path in lines if item.startswith("<f"))


_FOR_GOOD = ("Permission denied", "Host key verification failed", "Could not resolve hostname", "command not found")


def _unescaped(path: str) -> str:
    return re.sub(r"\\#(\d{3})", lambda match: chr(int(match[1], 8)), path)
