"""From the built site to its readers: `publish` is the whole way to a target.

    built site ─gather─▶ Upload ─▶ limits, leaks ─▶ compare ─▶ Changes ─▶ send ─▶ look whether it has arrived

Nothing is sent before all is known to be right. Publishers differ only in how they compare, send and look: each is a class that meets `Publisher`, in the list below.
"""

import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

import msgspec

from builder.build.parallel import Progress
from builder.content.secrets import Leak
from builder.model import Destination
from builder.output import alone, manifest
from builder.output.plan import Manifest
from builder.publish import limits, upload
from builder.publish.changes import Changes
from builder.publish.folder import Folder
from builder.publish.git import Git
from builder.publish.problems import PublishProblem
from builder.publish.rsync import Rsync
from builder.publish.store import Store
from builder.publish.upload import Upload

__all__ = ["PUBLISHERS", "Changes", "Job", "Leaked", "Outcome", "PublishProblem", "Publisher", "publish"]


class Publisher(Protocol):
    """One way to a host. Every method raises `PublishProblem` for what the person at the keyboard must know."""

    def __str__(self) -> str:
        """Where it leads, for messages."""

    def close(self) -> None:
        """Let go of what is open."""

    def compare(self, upload: Upload) -> Changes:
        """Compare, by content, what shall be there with what is there."""

    def send(self, upload: Upload, made: Changes, told: Progress) -> None:
        """Make what is there what shall be there, in an order in which no reader ever meets a broken page."""

    def missing(self, upload: Upload, made: Changes) -> tuple[str, ...]:
        """Look again, and return what is not there as it was sent."""


PUBLISHERS: Mapping[str, Callable[[Destination, Path, Path], Publisher]] = {
    "folder": Folder,
    "rsync": Rsync,
    "git": Git,
    "s3": Store,
    "gcs": Store,
    "azure": Store,
}
"""By `to` in the settings: each is made from the target, the site's folder and an empty folder to work in."""


Planned = Callable[[str, Changes, Upload], None]


class Job(msgspec.Struct, frozen=True):
    """What publishing is asked for."""

    root: Path
    output: Path
    """The folder that was built."""
    target: Destination
    base_url: str = ""
    dry_run: bool = False
    allow_deletes: bool = False
    places: tuple[str, ...] = ()
    """Folders of this machine that must not be named in what is published."""


class Outcome(msgspec.Struct, frozen=True):
    """What came of it."""

    where: str
    changes: Changes
    size: int
    """Bytes of what was sent, or is to be sent."""
    sent: bool


class Leaked(PublishProblem):
    """What is to be published has something in it that looks like a secret."""

    def __init__(self, found: Iterable[tuple[str, Leak]]) -> None:
        super().__init__("What is to be published must not be: nothing was sent.")
        self.found = tuple(found)


def publish(job: Job, made: Manifest, *, planned: Planned, told: Progress) -> Outcome:
    """Publish what a build has made. `planned` hears what will be done before it is. `PublishProblem` where it cannot be."""
    with alone(job.output):
        if manifest(job.output).files != made.files:
            raise PublishProblem(f"{job.output} was built anew by somebody else in the meantime. Nothing was sent. Publish again.")
        files = upload.gather(job.output, made, job.target, job.base_url)
    exceeded = tuple(limits.exceeded(files, job.target))
    if exceeded:
        raise PublishProblem("\n".join((*exceeded, "Nothing was sent.")))
    if found := tuple(upload.leaked(files, job.places)):
        raise Leaked(found)
    with tempfile.TemporaryDirectory(prefix="backstory-") as folder:
        publisher = PUBLISHERS[job.target.to](job.target, job.root, Path(folder))
        try:
            return _bring(job, publisher, files, planned, told)
        finally:
            publisher.close()


def _bring(job: Job, publisher: Publisher, files: Upload, planned: Planned, told: Progress) -> Outcome:
    changes = publisher.compare(files)
    size = sum(files.files[path].size for path in (*changes.new, *changes.changed))
    planned(str(publisher), changes, files)
    if len(changes.deleted) * 10 > changes.held and not job.allow_deletes:
        raise PublishProblem(
            f"{len(changes.deleted)} of {changes.held} files at {publisher} would be deleted, which is more than a tenth. Nothing was sent. "
            "If that is meant, add --allow-deletes."
        )
    if job.dry_run or not changes.any:
        return Outcome(str(publisher), changes, size, sent=False)
    publisher.send(files, changes, told)
    missing = publisher.missing(files, changes)
    if missing:
        shown = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
        raise PublishProblem(f"{len(missing)} files did not arrive at {publisher} as they were sent: {shown}. Publish again.")
    return Outcome(str(publisher), changes, size, sent=True)
