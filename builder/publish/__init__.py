"""Publish a built site to a target.

    built site ─gather─▶ Upload ─▶ limits, secrets ─▶ compare ─▶ Changes ─▶ hold ─▶ send ─▶ verify ─▶ keep ─▶ purge

Nothing is sent before all checks have passed. Publishers differ only in how they compare, send and verify: each is a class that meets `Publisher`, in the list below.
A run that was killed is finished by the next one: it sends the rest, keeps the release and purges every address, since their list is written before anything is sent.
"""

import contextlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import NamedTuple, Protocol, cast

import msgspec

from builder.build.run import Progress
from builder.content.secrets import Leak
from builder.incremental.small_files import STATE_FOLDER, recall, remember
from builder.model import PublishTarget
from builder.output import delete_folder, locked, read_manifest
from builder.output.plan import Manifest
from builder.publish import limits, purge as purging, releases, upload
from builder.publish.file_server import ServerPublisher
from builder.publish.folder import FolderPublisher
from builder.publish.git import GitPublisher
from builder.publish.plugin_publisher import PluginPublisher
from builder.publish.problems import NothingSent, PublishProblem
from builder.publish.rsync import RsyncPublisher
from builder.publish.store import StorePublisher
from builder.publish.transfer_plan import Changes
from builder.publish.upload import Published, Upload

__all__ = [
    "PUBLISHERS",
    "Changes",
    "NothingSent",
    "Outcome",
    "PublishProblem",
    "PublishRequest",
    "Published",
    "Publisher",
    "SecretsFound",
    "publish",
    "rollback",
    "status",
]


class Publisher(Protocol):
    """A way to send files to a host. Every method raises `PublishProblem`, with a message for the user."""

    notes: list[str]
    """What the user should know besides, after the target was compared and sent to."""

    def __str__(self) -> str:
        """Return the address of the target, for messages."""

    def close(self) -> None:
        """Release connections and other resources."""

    def compare(self, upload: Upload) -> Changes:
        """Compare the upload, by content, with the files at the target."""

    def hold(self) -> AbstractContextManager[None]:
        """Hold the target exclusively, if it cannot be changed in one step."""

    def published(self) -> Published | None:
        """Return what the marker at the target says; None if there is none."""

    def send(self, upload: Upload, changes: Changes, progress: Progress) -> None:
        """Make the target equal to the upload, in an order in which readers never see a broken page. `progress` is called with stage, files done and files in all."""

    def missing(self, upload: Upload, changes: Changes) -> tuple[str, ...]:
        """Return the files that are not at the target as they were sent."""


PUBLISHERS: Mapping[str, Callable[[PublishTarget, Path, Path], Publisher]] = {
    "folder": FolderPublisher,
    "rsync": RsyncPublisher,
    "git": GitPublisher,
    "sftp": ServerPublisher,
    "webdav": ServerPublisher,
    "s3": StorePublisher,
    "gcs": StorePublisher,
    "azure": StorePublisher,
}
"""Publisher classes by `to` in the settings; arguments: the target, the site's folder and an empty folder to work in."""


OnPlan = Callable[[str, Changes, Upload], None]


class PublishRequest(msgspec.Struct, frozen=True):
    """The arguments of `publish`."""

    root: Path
    output: Path
    """The built site."""
    target: PublishTarget
    base_url: str = ""
    dry_run: bool = False
    allow_deletes: bool = False
    when: str = ""
    """The time now in UTC, `2026-11-30T02:12:00Z`."""
    publisher: Callable[[PublishTarget, Path, Path], Publisher] | None = None
    """The class of the publisher where a plugin brings it; None for one of `PUBLISHERS`."""
    private_folders: tuple[str, ...] = ()
    """Paths of folders on this machine, which published files must not contain."""


class Outcome(msgspec.Struct, frozen=True):
    """The result of `publish`."""

    where: str
    changes: Changes
    size: int
    """Bytes that were sent, or would be in a dry run."""
    sent: bool
    notes: tuple[str, ...] = ()
    """What else the user should know."""
    release: str = ""
    """The release that was brought back, if one was."""
    addresses: tuple[str, ...] = ()
    """The addresses that have changed, now or in a run that did not end, if that of the site is known."""
    purge_failed: bool = False
    """Whether purging them from the network in front of the target failed."""
    withdrawn: tuple[str, ...] = ()
    """Files of that release that were not brought back, since they were withdrawn."""


class SecretsFound(PublishProblem):
    """Files to publish contain something that looks like a secret: `found` has each file with the leak."""

    def __init__(self, found: Iterable[tuple[str, Leak]]) -> None:
        super().__init__("What is to be published must not be: nothing was sent.")
        self.found = tuple(found)


def publish(request: PublishRequest, manifest: Manifest, *, on_plan: OnPlan, progress: Progress) -> Outcome:
    """Publish a built site; `manifest` is the one of the build. `on_plan` is called with the target, the changes and the upload before anything is sent.

    Raises `PublishProblem` if the site cannot be published, and `SecretsFound` if it has secrets in it.
    """
    with locked(request.output):
        if read_manifest(request.output).files != manifest.files:
            raise NothingSent(f"{request.output} was built again by another process in the meantime.", "Publish again.")
        files = upload.gather(request.output, manifest, request.target, request.base_url)
    keys = _read_secrets(request)
    files = msgspec.structs.replace(
        files, when=request.when, by=request.target.by, earlier_versions=releases.versions(request.root, request.target.name)
    )
    exceeded = tuple(limits.exceeded_limits(files, request.target))
    if exceeded:
        raise NothingSent("\n".join(exceeded))
    return deliver(request, files, on_plan, progress, keys)


def rollback(request: PublishRequest, name: str, *, include_withdrawn: bool, on_plan: OnPlan, progress: Progress) -> Outcome:
    """Publish an earlier release again: the one called `name`, or the one before the present if that is "". Addresses that were withdrawn since stay so, unless they are included.

    Raises `PublishProblem` if there is no such release, or it cannot be published.
    """
    target, kept = request.target.name, releases.list_releases(request.root, request.target.name)
    if len(kept) < 2:
        with _open_publisher(request) as publisher:
            if isinstance(publisher, GitPublisher):  # its host keeps what it was sent
                history = publisher.history(releases.KEPT_RELEASES)
                releases.keep_history(request.root, target, ((_name(when), files) for when, files in history))
        kept = releases.list_releases(request.root, target)
    if not name:
        _refuse_unfinished(request, kept)
    old = releases.find_release(kept, name, target)
    now = kept[-1]
    files = Upload(
        releases.release_files(request.root, target, old),
        old.redirects,
        request.when,
        request.target.by,
        releases.versions(request.root, target),
    )
    present = msgspec.structs.replace(files, files=releases.release_files(request.root, target, now))
    for release, held in ((old, files), (now, present)):
        releases.refuse_damaged(held.files, release)
    with _open_publisher(request) as publisher:
        is_present = not publisher.compare(present).any
    with _open_publisher(request) as publisher:
        missing = publisher.compare(files).new
    withdrawn = {path for path in missing if not path.startswith(releases.OF_TOOL)} | {*old.withdrawn}
    if withdrawn and (not include_withdrawn or old.withdrawn):
        if not is_present and now.withdrawn:
            raise NothingSent(
                f"Files were taken out of the release {now.name} by --forget, so it is no longer what is at {target}.",
                "Publish from here first, then bring the release back.",
            )
        if not is_present:
            raise NothingSent(
                f"{len(withdrawn)} files of the release {old.name} are not at {target} any more, among them /{releases.address(min(withdrawn))}, and what is there now "
                "was published from elsewhere, or not to its end.",
                "Publish from here first, or add --include-withdrawn to bring them back.",
            )
        out = {*old.withdrawn} if include_withdrawn else withdrawn
        files = msgspec.structs.replace(files, files=releases.with_present(request.root, target, old, now, out))
    outcome = deliver(request, files, on_plan, progress, _read_secrets(request))
    return msgspec.structs.replace(outcome, release=old.name, withdrawn=tuple(sorted(withdrawn - files.files.keys())))


def _refuse_unfinished(request: PublishRequest, kept: Sequence[releases.Release]) -> None:
    """Raise `PublishProblem` if what is at the target may be no release, so that none is clearly the one before it: markers of older versions have no time either."""
    if not kept:
        return
    with _open_publisher(request) as publisher:
        about = publisher.published()
        if about is not None and not about.when:
            lines = "".join(f"\n  backstory publish {request.target.name} --rollback {release.name}" for release in reversed(kept))
            raise NothingSent(
                f"The last publish to {publisher} did not come to its end, or an older version of Backstory made it, so no release is clearly the one before it.",
                f"Choose one, the newest first:{lines}",
            )


class TargetStatus(NamedTuple):
    """The state of a target: what is published there, and the releases kept here."""

    where: str
    published: Published | None
    """None for nothing of ours."""
    releases: tuple[str, ...]
    """The names of the releases kept here."""


def status(request: PublishRequest) -> TargetStatus:
    """Return what is published at the target of a request. Raises `PublishProblem`."""
    with _open_publisher(request) as publisher:
        kept = tuple(release.name for release in releases.list_releases(request.root, request.target.name))
        return TargetStatus(str(publisher), publisher.published(), kept)


@contextmanager
def _open_publisher(request: PublishRequest, notes: list[str] | None = None) -> Iterator[Publisher]:
    """Open the publisher of a target, with an empty folder to work in; `notes` gets a folder that cannot be deleted afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="backstory-"))
    try:
        given = request.target, request.root, folder
        publisher: Publisher = (
            PUBLISHERS[request.target.to](*given)
            if request.publisher is None
            else cast("Publisher", PluginPublisher(request.target.to.partition("/")[0], request.publisher, *given))
        )
        try:
            yield publisher
        finally:
            publisher.close()
    finally:
        delete_folder(folder)
        if folder.exists() and notes is not None:
            notes.append(f"{folder} could not be deleted. It holds copies of what was published; delete it yourself.")


def _read_secrets(request: PublishRequest) -> tuple[str, ...]:
    """Return the secrets for the network in front of the target, if it has one. Raises `PublishProblem` if one is missing."""
    if not request.target.purge:
        return ()
    if not request.base_url:
        raise NothingSent("Purging needs the address of the site: add base_url to content/site.yaml.")
    return purging.read_secrets(request.target.purge)


def deliver(request: PublishRequest, files: Upload, on_plan: OnPlan, progress: Progress, keys: Sequence[str] = ()) -> Outcome:
    """Send files to the target of a request, keep them as a release, and purge what has changed with `keys`. Return the outcome.

    Raises `SecretsFound` if a file has a secret in it, `PublishProblem` if the files cannot be sent.
    """
    if found := tuple(upload.find_leaks(files, request.private_folders)):
        raise SecretsFound(found)
    notes: list[str] = []
    waiting = _waiting(request)
    before = tuple((recall(waiting) or b"").decode("utf-8", "replace").split())

    def sending(changes: Changes) -> None:
        # Written before anything is sent: a run that is killed leaves the list to the next one.
        if listed := _addresses(request, changes, before):
            remember(waiting, "\n".join(listed).encode())

    with _open_publisher(request, notes) as publisher:
        outcome = _transfer(request, publisher, files, on_plan, sending, progress)
        notes += publisher.notes
    wanted = _addresses(request, outcome.changes, before)
    purge_failed = False
    if not request.dry_run:
        if outcome.sent or not releases.is_last(request.root, request.target.name, files):
            try:
                releases.keep_release(request.root, request.target.name, files, _name(request.when))
            except PublishProblem as problem:
                notes.append(str(problem))
        purge_failed = bool(keys) and not _purge(request, keys, wanted, notes)
        if not purge_failed:
            with contextlib.suppress(OSError):
                waiting.unlink(missing_ok=True)
    return msgspec.structs.replace(outcome, notes=tuple(notes), addresses=wanted, purge_failed=purge_failed)


def _waiting(request: PublishRequest) -> Path:
    """Return the file with the addresses that have changed at the target and may not be purged yet."""
    return request.root / STATE_FOLDER / "publishing" / f"{request.target.name}.purge"


def _addresses(request: PublishRequest, changes: Changes, before: Sequence[str]) -> tuple[str, ...]:
    """Return the addresses that an earlier run has left, and those that change now."""
    changed = (*changes.new, *changes.changed, *changes.deleted)
    return tuple(dict.fromkeys((*before, *(purging.addresses(request.base_url, changed) if request.base_url else ()))))


def _purge(request: PublishRequest, keys: Sequence[str], wanted: Sequence[str], notes: list[str]) -> bool:
    """Purge the addresses from the network in front of the target. Return whether that succeeded."""
    try:
        purging.purge(request.target.purge, keys, wanted)
    except PublishProblem as problem:
        again = f"Publish again to purge the {len(wanted)} addresses."
        if not _waiting(request).is_file():  # the disk did not take it
            again = f"Purge all of the site there yourself: the list of addresses could not be kept as {_waiting(request)}."
        notes.append(f"The site is published, but readers may get old pages for a while: {problem} {again}")
        return False
    if wanted:
        notes.append(f"Purged {len(wanted)} addresses at {purging.NETWORKS[request.target.purge].name}.")
    return True


def _name(when: str) -> str:
    """Return the name of a release that was published at a time: 2026-11-30T02:12:00Z is 2026-11-30-021200."""
    return when.replace(":", "").replace("T", "-").rstrip("Z")


def _transfer(
    request: PublishRequest, publisher: Publisher, files: Upload, on_plan: OnPlan, sending: Callable[[Changes], None], progress: Progress
) -> Outcome:
    try:
        changes = publisher.compare(files)
    except NothingSent:
        raise
    except PublishProblem as problem:
        raise NothingSent(f"{str(problem).rstrip('.')}.") from problem
    size = sum(files.files[path].size for path in (*changes.new, *changes.changed))
    on_plan(str(publisher), changes, files)
    if len(changes.deleted) * 10 > changes.existing and not request.allow_deletes:
        raise NothingSent(
            f"{len(changes.deleted)} of {changes.existing} files at {publisher} would be deleted, which is more than a tenth.",
            "If that is meant, add --allow-deletes.",
        )
    if request.dry_run or not (changes.any or publisher.notes):
        return Outcome(str(publisher), changes, size, sent=False)
    with publisher.hold():
        sending(changes)
        publisher.send(files, changes, progress)
        missing = publisher.missing(files, changes)
    if missing:
        shown = ", ".join(missing[:5]) + (" …" if len(missing) > 5 else "")
        raise PublishProblem(
            f"{len(missing)} files at {publisher} are not as they were sent: {shown}. Another program may have written there. Publish again."
        )
    return Outcome(str(publisher), changes, size, sent=True)
