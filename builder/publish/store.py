"""Publish to an object store: S3 and compatible services, Google Cloud Storage, Azure.

Credentials come from the environment, as obstore and the services' own tools read them: AWS_ACCESS_KEY_ID, GOOGLE_APPLICATION_CREDENTIALS, AZURE_STORAGE_ACCOUNT_KEY …
"""

import contextlib
import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from builder.build.run import Progress
from builder.model import PublishTarget
from builder.publish import headers, store_answers, version_tags
from builder.publish.lock import LOCK, TargetLock
from builder.publish.problems import NothingSent, PublishProblem, retrying
from builder.publish.transfer_plan import Changes, batches_to_send, compare, overtaken_problem, restored_note
from builder.publish.upload import MARKER, Published, Upload, UploadFile, refuse_large
from builder.publish.version_tags import StoredObject, TaggedMarker

if TYPE_CHECKING:
    from obstore.store import ObjectStore

CONCURRENCY = 8
"""Number of files that are sent at the same time."""

RETRIES = 3
"""Number of times that obstore repeats a request by itself."""

BATCH = 200
"""Number of files after which the marker is written again; after an interruption, at most so many are compared by their MD5 alone."""


class StorePublisher:
    """Publishes to a prefix of a bucket. Objects there that Backstory did not put there stay."""

    def __init__(self, target: PublishTarget, root: Path, _folder: Path) -> None:
        self.target = target
        self.store = open_store(target)
        self.tags: dict[str, str] = {}
        self.sent: dict[str, StoredObject] = {}
        self.notes: list[str] = []
        self.answered = False
        self.lock = threading.Lock()
        self.target_lock = TargetLock(self, root, target.name)
        self._unfinished = False
        self._compared: tuple[Upload, Changes] | None = None

    def __str__(self) -> str:
        """Return service, bucket and prefix as a URL."""
        return f"{self.target.to}://{self.target.bucket}/{self.target.prefix}"

    def close(self) -> None:
        """Do nothing: no resources are open."""

    def _do(self, action: Callable[[], Any], path: str = "") -> Any:
        """Return the result of a call to the store about the file `path`. A refusal raises `PublishProblem`, a lost connection is retried."""
        from obstore import exceptions

        def once() -> Any:
            try:
                answer = action()
            except (FileNotFoundError, exceptions.AlreadyExistsError, exceptions.PreconditionError):
                self.answered = True
                raise
            except (exceptions.BaseError, OSError) as error:
                refuses = isinstance(error, (exceptions.UnauthenticatedError, exceptions.PermissionDeniedError, PermissionError))
                raise store_answers.problem(error, str(self), self.target.to, refuses=refuses, path=path, answered=self.answered) from error
            self.answered = True
            return answer

        return retrying(once)

    def compare(self, upload: Upload) -> Changes:
        """Compare by the digests in the marker, where the ETags agree with it; else by MD5, where the ETag is one."""
        self.tags = self._listed()
        marker = self._marker() if MARKER in self.tags else None
        ours = None if marker is None else marker.ours
        self._unfinished = marker is not None and not marker.published
        others = self.tags.keys() - {MARKER, LOCK}
        if ours is None and others:
            self.target_lock.refuse_other()
            ours = self._adopted(upload, others)
        self.sent = ours or {}
        there = {path: path in upload.files and self.is_unchanged(upload.files[path], tag) for path, tag in self.tags.items()}
        changes = compare(upload, there, self.sent.keys())
        self._compared = (upload, changes)
        return changes

    def _adopted(self, upload: Upload, others: Iterable[str]) -> dict[str, StoredObject]:
        """Return the objects at the target as ours, if every one is a file of this site, byte for byte."""
        if not all(any(self.tags[path] == md5(file) for file in upload.versions(path)) for path in others):
            raise NothingSent(
                f"{self} has objects in it that Backstory did not put there.",
                "Choose a prefix of its own for the site, or empty this one yourself.",
            )
        self.notes.append(restored_note(str(self)))
        return dict.fromkeys(others, StoredObject())

    @contextmanager
    def hold(self) -> Iterator[None]:
        """Hold the target exclusively. Raises `PublishProblem` if another process publishes there, or has since the comparison."""
        with self.target_lock.held():
            if self._listed().get(MARKER) != self.tags.get(MARKER) or self._has_moved():
                raise overtaken_problem(str(self))
            yield

    def _has_moved(self) -> bool:
        """Return whether objects have arrived since the comparison: only where the marker is of a publish that had not ended then, and says nothing of that itself."""
        if not self._unfinished or self._compared is None:
            return False
        upload, changes = self._compared
        return self.compare(upload) != changes

    def read_lock(self) -> tuple[bytes, str] | None:
        """Return the lock and its ETag."""
        import obstore

        def fetched() -> tuple[bytes, str]:
            found = obstore.get(self.store, LOCK)
            return bytes(found.bytes()), msgspec.json.encode({"e_tag": found.meta["e_tag"], "version": found.meta["version"]}).decode()

        try:
            lock: tuple[bytes, str] = self._do(fetched)
        except FileNotFoundError:
            return None
        return lock

    def write_lock(self, data: bytes, mark: str | None) -> bool:
        """Write the lock, on the condition that no other process has: `If-None-Match` or `If-Match`."""
        import obstore
        from obstore import exceptions

        mode: Any = "create" if mark is None else {key: value for key, value in msgspec.json.decode(mark).items() if value}
        about = {"Content-Type": "application/json", "Cache-Control": "no-store"}

        def written(how: Any) -> None:
            obstore.put(self.store, LOCK, data, attributes=about, use_multipart=False, mode=how)

        try:
            self._do(lambda: written(mode))
        except (exceptions.AlreadyExistsError, exceptions.PreconditionError, FileNotFoundError):
            return False
        except PublishProblem as refused:
            if not isinstance(refused.__cause__, (exceptions.NotSupportedError, NotImplementedError)) and "501" not in str(refused):
                raise
            self._do(lambda: written("overwrite"))  # a service without conditions: the lock is read again afterwards
        return True

    def delete_lock(self) -> None:
        """Delete the lock."""
        self.delete_file(LOCK)

    def published(self) -> Published | None:
        """Return what the marker says of the site at the target; None if there is none."""
        found = self._marker()
        if found is None:
            self._listed()  # raises if there is no such bucket
        return None if found is None else found.about

    def _listed(self) -> dict[str, str]:
        """Return object → ETag. Raises `PublishProblem` if there is no such bucket."""
        try:
            return self._listing()
        except FileNotFoundError as error:
            raise store_answers.problem(error, str(self), self.target.to) from error

    def _listing(self) -> dict[str, str]:
        """Return object → ETag."""
        import obstore

        def listing() -> dict[str, str]:
            return {stored["path"]: _tag(stored["e_tag"]) for batch in obstore.list(self.store) for stored in batch}

        found: dict[str, str] = self._do(listing)
        return found

    def _marker(self) -> TaggedMarker | None:
        import obstore

        def fetched() -> bytes:
            found = obstore.get(self.store, MARKER)
            refuse_large(found.meta["size"], str(self))
            return bytes(found.bytes())

        try:
            return version_tags.decoded(self._do(fetched))
        except FileNotFoundError:
            return None

    def is_unchanged(self, file: UploadFile, tag: str) -> bool:
        """Return whether the object with a tag at the store is this file."""
        sent = self.sent.get(file.path, StoredObject())
        if sent.digest:
            return sent.digest == _digest(file) and sent.tag == tag
        return tag == md5(file)

    def send(self, upload: Upload, changes: Changes, progress: Progress) -> None:
        """Send all batches. The marker is sent before the first, so that no file of ours is forgotten if the process is killed."""
        arrived = {
            path: StoredObject(self.sent[path].digest if path in self.sent else _digest(upload.files[path]), self.tags[path])
            for path in changes.same
        }
        self.sent = {**dict.fromkeys((*changes.deleted, *changes.new, *changes.changed), StoredObject()), **arrived}
        count, done = len(changes.new) + len(changes.changed), 0

        def arrive() -> None:
            nonlocal done
            done += 1
            progress("Sending", done, count)

        try:
            self._write_marker()
            self._send_all(upload, changes, arrive)
            self._write_marker(upload)
        except PublishProblem as problem:
            raise PublishProblem(f"{problem} {done} of {count} files have arrived, and stay. Publish again to send the rest.") from problem

    def _send_all(self, upload: Upload, changes: Changes, arrive: Callable[[], None]) -> None:
        with ThreadPoolExecutor(CONCURRENCY) as pool:
            for _, paths in batches_to_send(upload, changes):
                for start in range(0, len(paths), BATCH):
                    self.target_lock.check()
                    futures = [pool.submit(self.put_file, upload.files[path]) for path in paths[start : start + BATCH]]
                    try:
                        for future in futures:
                            future.result()
                            arrive()
                    finally:
                        for future in futures:
                            future.cancel()
                    self._write_marker()
        for path in changes.deleted:
            self.delete_file(path)
            self.sent.pop(path)

    def put_file(self, file: UploadFile) -> None:
        """Send a file."""
        import obstore

        data = file.read()
        about = {"Content-Type": headers.content_type(file.path), "Cache-Control": headers.cache_control(file.path)}
        try:
            answer = self._do(lambda: obstore.put(self.store, file.path, data, attributes=about, use_multipart=False), file.path)
        except FileNotFoundError as error:
            raise store_answers.problem(error, str(self), self.target.to, path=file.path) from error
        with self.lock:
            self.sent[file.path] = StoredObject(_digest(file), _tag(answer["e_tag"]))

    def _write_marker(self, upload: Upload | None = None) -> None:
        """Write the marker; `upload` is given if it is at the target as a whole."""
        import obstore

        with self.lock:
            data = version_tags.encoded(self.sent, upload)
        about = {"Content-Type": "application/json", "Cache-Control": "no-store"}
        try:
            self._do(lambda: obstore.put(self.store, MARKER, data, attributes=about, use_multipart=False), MARKER)
        except FileNotFoundError as error:
            raise store_answers.problem(error, str(self), self.target.to, path=MARKER) from error

    def delete_file(self, path: str) -> None:
        """Delete the object at a path, if it is there."""
        import obstore

        with contextlib.suppress(FileNotFoundError):
            self._do(lambda: obstore.delete(self.store, path), path)

    def missing(self, _upload: Upload, changes: Changes) -> tuple[str, ...]:
        """Return the files that are not there as they were sent, now or before, by ETags."""
        there = self._listed()
        wrong = [path for path, sent in sorted(self.sent.items()) if there.get(path) != sent.tag]
        return tuple(wrong + [path for path in changes.deleted if path in there])


def _digest(file: UploadFile) -> str:
    """Return the digest of a file and its headers: if either changes, it is sent again."""
    served = f"{file.digest}\n{headers.content_type(file.path)}\n{headers.cache_control(file.path)}"
    return hashlib.sha256(served.encode()).hexdigest()


def _tag(tag: str | None) -> str:
    return (tag or "").strip('"')


def md5(file: UploadFile) -> str:
    """Return what most stores use as the tag of a file that is sent in one piece."""
    return hashlib.md5(file.read(), usedforsecurity=False).hexdigest()


def open_store(target: PublishTarget) -> "ObjectStore":
    """Return the object store of a target."""
    try:
        from obstore.store import AzureStore, GCSStore, S3Store
    except ImportError as error:
        raise PublishProblem(
            "Publishing to an object store needs the package obstore, which is not installed. Install it beside Backstory: pip install obstore"
        ) from error
    retry: Any = {"max_retries": RETRIES, "retry_timeout": timedelta(seconds=120)}
    client: Any = {
        "timeout": timedelta(seconds=120),
        "connect_timeout": timedelta(seconds=20),
        "allow_http": target.endpoint.startswith("http://"),
    }
    prefix = target.prefix.strip("/") or None
    try:
        if target.to == "gcs":
            return GCSStore(target.bucket, prefix=prefix, client_options=client, retry_config=retry)
        options: Any = {key: value for key, value in (("endpoint", target.endpoint), ("region", target.region)) if value}
        kind = AzureStore if target.to == "azure" else S3Store
        return kind(target.bucket, prefix=prefix, client_options=client, retry_config=retry, **options)
    except Exception as error:  # obstore raises classes of its own for settings that it cannot use
        raise store_answers.problem(error, f"{target.to}://{target.bucket}/{target.prefix}", target.to, answered=False) from error
