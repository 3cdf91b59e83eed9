"""Publish a built site to a target.

    built site ─gather─▶ Upload ─▶ limits, secrets ─▶ compare ─▶ Changes ─▶ send ─▶ verify

Nothing is sent before all checks have passed. Publishers differ only in how they compare, send and verify: each is a class that meets `Publisher`, in the list below.
"""

import tempfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Protocol

import msgspec

from builder.build.parallel import Progress
from builder.content.secrets import Leak
from builder.model import PublishTarget
from builder.output import locked, read_manifest
from builder.output.plan import Manifest
from builder.publish import limits, upload
from builder.publish.changes import Changes
from builder.publish.folder import FolderPublisher
from builder.publish.git import GitPublisher
from builder.publish.problems import PublishProblem
from builder.publish.rsync import RsyncPublisher
from builder.publish.store import StorePublisher
from builder.publish.upload import Upload

__all__ = ["PUBLISHERS", "Changes", "Job", "Leaked", "Outcome", "PublishProblem", "Publisher", "publish"]


class Publisher(Protocol):
    """A way to send files to a host. Every method raises `PublishProblem`, with a message for the user."""

    def __str__(self) -> str:
        """Return the address of the target, for messages."""

    def close(self) -> None:
        """Release connections and other resources."""

    def compare(self, upload: Upload) -> Changes:
        """Compare the upload, by content, with the files at the target."""

    def send(self, upload: Upload, changes: Changes, progress: Progress) -> None:
        """Make the target equal to the upload, in an order in which readers never see a broken page. `progress` is called with stage, files done and files in all."""

    def missing(self, upload: Upload, changes: Changes) -> tuple[str, ...]:
        """Return the files that are not at the target as they were sent."""


PUBLISHERS: Mapping[str, Callable[[PublishTarget, Path, Path], Publisher]] = {
    "folder": FolderPublisher,
    "rsync": RsyncPublisher,
    "git": GitPublisher,
    "s3": StorePublisher,
    "gcs": StorePublisher,
    "azure": StorePublisher,
}
"""Publisher classes by `to` in the settings; arguments: the target, the site's folder and an empty folder to work in."""


Planned = Callable[[str, Changes, Upload], None]


class Job(msgspec.Struct, frozen=True):
    """The arguments of `publish`."""

    root: Path
    output: Path
    """The built site."""
    target: PublishTarget
    base_url: str = ""
    dry_run: bool = False
    allow_deletes: bool = False
    places: tuple[str, ...] = ()
    """Paths of folders on this machine, which published files must not contain."""


class Outcome(msgspec.Struct, frozen=True):
    """The result of `publish`."""

    where: str
    changes: Changes
    size: int
    """Bytes that were sent, or would be in a dry run."""
    sent: bool


class SecretsFound(PublishProblem):
    """Files to publish contain something that looks like a secret: `found` has each file with the leak."""

    def __init__(self, found: Iterable[tuple[str, Leak]]) -> None:
        super().__init__("What is to be published must not be: nothing was sent.")
        self.found = tuple(found)


def publish(job: Job, manifest: Manifest, *, planned: Planned, progress: Progress) -> Outcome:
    """Publish a built site; `manifest` is the one of the build. `planned` is called with the target, the changes and the upload before anything is sent.

    Raises `PublishProblem` if the site cannot be published, and `SecretsFound` if it has secrets in it.
    """
    with locked(job.output):
        if read_manifest(job.output).files != manifest.files:
            raise PublishProblem(f"{job.output} was built again by another process in the meantime. Nothing was sent. Publish again.")
        files = upload.gather(job.output, manifest, job.target, job.base_url)
    exceeded = tuple(limits.exceeded(files, job.target))
    if exceeded:
        raise PublishProblem("\n".join((*exceeded, "Nothing was sent.")))
    if found := tuple(upload.find_leaks(files, job.places)):
        raise SecretsFound(found)
    with tempfile.TemporaryDirectory(prefix="backstory-") as folder:
        publisher = PUBLISHERS[job.target.to](job.target, job.root, Path(folder))
        try:
            return _transfer(job, publisher, files, planned, progress)
        finally:
            publisher.close()


def _transfer(job: Job, publisher: Publisher, files: Upload, planned: Planned, progress: Progress) -> Outcome:
    changes = publisher.compare(files)
    size = sum(files.files[path].size for path in (*changes.new, *changes.changed))
    planned(str(publisher), changes, files)
    if len(changes.deleted) * 10 > changes.existing and not job.allow_deletes:
        raise PublishProblem(
            f"{len(changes.deleted)} of {changes.existing} files at {publisher} would be deleted, which is more than a tenth. Nothing was sent. "
            "If that is meant, add --allow-deletes."
        )
    if job.dry_run or not changes.any:
        return Outcome(str(publisher), changes, size, sent=False)
    publisher.send(files, changes, progress)
    missing = publisher.missing(files, changes)
    if missing:
        shown = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
        raise PublishProblem(f"{len(missing)} files did not arrive at {publisher} as they were sent: {shown}. Publish again.")
    return Outcome(str(publisher), changes, size, sent=True)
