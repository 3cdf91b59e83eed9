"""Publish to an object store: S3 and compatible services, Google Cloud Storage, Azure.

Credentials come from the environment, as obstore and the services' own tools read them: AWS_ACCESS_KEY_ID, GOOGLE_APPLICATION_CREDENTIALS, AZURE_STORAGE_ACCOUNT_KEY …
"""

import contextlib
import hashlib
import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from builder.build.parallel import Progress
from builder.model import PublishTarget
from builder.output import is_inside
from builder.publish import headers
from builder.publish.changes import Changes, compare, passes
from builder.publish.problems import ConnectionLost, PublishProblem, retrying
from builder.publish.upload import MARKER, Upload, UploadFile, refuse_large

if TYPE_CHECKING:
    from obstore.store import ObjectStore

CONCURRENCY = 8
"""Number of files that are sent at the same time."""

_KEYS = "Look at the credentials in your environment, and at what they allow."

_NO_KEYS = re.compile(r"/latest/api/token|/latest/meta-data|/computeMetadata/|/metadata/identity")
"""Addresses of the metadata services of data centres, which obstore asks for credentials if the environment has none."""

_NAMES = {
    "s3": "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    "gcs": "GOOGLE_APPLICATION_CREDENTIALS",
    "azure": "AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY",
}
"""Required environment variables, by `to`."""

RETRIES = 3
"""Number of times that obstore repeats a request by itself."""

BATCH = 200
"""Number of files after which the marker is written again; after an interruption, at most so many are compared by their MD5 alone."""


class StoredObject(msgspec.Struct, frozen=True):
    """An object's entry in the marker."""

    digest: str = ""
    """Digest of its content and headers; "" if it is not known whether it was sent."""
    tag: str = ""
    """The ETag from the store; if it differs now, the object was overwritten by another program."""


class _Marker(msgspec.Struct):
    files: dict[str, StoredObject]


class StorePublisher:
    """Publishes to a prefix of a bucket. Objects there that Backstory did not put there stay."""

    def __init__(self, target: PublishTarget, _root: Path, _folder: Path) -> None:
        self.target = target
        self.store = _store(target)
        self.tags: dict[str, str] = {}
        self.sent: dict[str, StoredObject] = {}
        self.lock = threading.Lock()

    def __str__(self) -> str:
        """Return service, bucket and prefix as a URL."""
        return f"{self.target.to}://{self.target.bucket}/{self.target.prefix}"

    def close(self) -> None:
        """Do nothing: no resources are open."""

    def _do(self, action: Callable[[], Any]) -> Any:
        """Return the result of a call to the store. A refusal raises `PublishProblem`, a lost connection is retried."""
        from obstore import exceptions

        def once() -> Any:
            try:
                return action()
            except FileNotFoundError:
                raise
            except (exceptions.BaseError, OSError) as error:
                raise self._problem(error) from error

        return retrying(once)

    def _problem(self, error: Exception) -> PublishProblem:
        from obstore import exceptions

        said = str(error)
        if _NO_KEYS.search(said):
            return PublishProblem(f"{self} needs credentials, and your environment has none. Set {_NAMES[self.target.to]}.")
        refuses = isinstance(error, (exceptions.UnauthenticatedError, exceptions.PermissionDeniedError, PermissionError))
        if refuses or re.search(r"SignatureDoesNotMatch|InvalidAccessKeyId|AccessDenied|status code: 40[13]", said):
            return PublishProblem(f"{self} refuses us: {_plain(error)} {_KEYS}")
        kind = PublishProblem if re.search(r"status code: 4(?!08|29)\d\d|[Mm]issing|credential", said) else ConnectionLost
        return kind(f"{self} cannot be used: {_plain(error)}")

    def compare(self, upload: Upload) -> Changes:
        """Compare by the digests in the marker, where the ETags agree with it; else by MD5, where the ETag is one."""
        try:
            self.tags = self._listing()
        except FileNotFoundError as error:
            raise PublishProblem(f"{self}: there is no such bucket. Make it first.") from error
        ours = self._marker() if MARKER in self.tags else None
        if ours is None and set(self.tags) - {MARKER}:
            raise PublishProblem(
                f"{self} has objects in it that Backstory did not put there. Nothing was sent. Choose a prefix of its own for the site, or empty this one yourself."
            )
        self.sent = ours or {}
        there = {path: path in upload.files and self._is(upload.files[path], tag) for path, tag in self.tags.items()}
        return compare(upload, there, self.sent.keys())

    def _listing(self) -> dict[str, str]:
        """Return object → ETag."""
        import obstore

        def listing() -> dict[str, str]:
            return {one["path"]: _tag(one["e_tag"]) for batch in obstore.list(self.store) for one in batch}

        found: dict[str, str] = self._do(listing)
        return found

    def _marker(self) -> dict[str, StoredObject] | None:
        import obstore

        def fetched() -> bytes:
            found = obstore.get(self.store, MARKER)
            refuse_large(found.meta["size"], str(self))
            return bytes(found.bytes())

        data = self._do(fetched)
        try:
            return {path: sent for path, sent in msgspec.json.decode(data, type=_Marker).files.items() if is_inside(path)}
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None

    def _is(self, file: UploadFile, tag: str) -> bool:
        sent = self.sent.get(file.path, StoredObject())
        if sent.digest:
            return sent.digest == _digest(file) and sent.tag == tag
        return tag == hashlib.md5(file.read(), usedforsecurity=False).hexdigest()

    def send(self, upload: Upload, changes: Changes, progress: Progress) -> None:
        """Send all passes. The marker is sent before the first, so that no file of ours is forgotten if the process is killed."""
        arrived = {path: self.sent.get(path, StoredObject(_digest(upload.files[path]), self.tags[path])) for path in changes.same}
        self.sent = {**dict.fromkeys((*changes.deleted, *changes.new, *changes.changed), StoredObject()), **arrived}
        self._write_marker()
        count, done = len(changes.new) + len(changes.changed), 0
        with ThreadPoolExecutor(CONCURRENCY) as pool:
            for _, paths in passes(upload, changes):
                for start in range(0, len(paths), BATCH):
                    futures = [pool.submit(self._put, upload.files[path]) for path in paths[start : start + BATCH]]
                    try:
                        for future in futures:
                            future.result()
                            done += 1
                            progress("Sending", done, count)
                    finally:
                        for future in futures:
                            future.cancel()
                    self._write_marker()
        for path in changes.deleted:
            self._delete_one(path)
            self.sent.pop(path)
        self._write_marker()

    def _put(self, file: UploadFile) -> None:
        import obstore

        data = file.read()
        about = {"Content-Type": headers.content_type(file.path), "Cache-Control": headers.cache_control(file.path)}
        answer = self._do(lambda: obstore.put(self.store, file.path, data, attributes=about, use_multipart=False))
        with self.lock:
            self.sent[file.path] = StoredObject(_digest(file), _tag(answer["e_tag"]))

    def _write_marker(self) -> None:
        import obstore

        with self.lock:
            data = msgspec.json.encode({"made_by": "Backstory", "files": dict(sorted(self.sent.items()))})
        about = {"Content-Type": "application/json", "Cache-Control": "no-store"}
        self._do(lambda: obstore.put(self.store, MARKER, data, attributes=about, use_multipart=False))

    def _delete_one(self, path: str) -> None:
        import obstore

        with contextlib.suppress(FileNotFoundError):
            self._do(lambda: obstore.delete(self.store, path))

    def missing(self, _upload: Upload, changes: Changes) -> tuple[str, ...]:
        """Return the files that are not there as they were sent, by ETags."""
        tags = self._listing()
        wrong = [path for path in sorted((*changes.new, *changes.changed)) if tags.get(path) != self.sent[path].tag]
        return tuple(wrong + [path for path in changes.deleted if path in tags])


def _digest(file: UploadFile) -> str:
    """Return the digest of a file and its headers: if either changes, it is sent again."""
    served = f"{file.digest}\n{headers.content_type(file.path)}\n{headers.cache_control(file.path)}"
    return hashlib.sha256(served.encode()).hexdigest()


def _tag(tag: str | None) -> str:
    return (tag or "").strip('"')


def _plain(error: BaseException) -> str:
    """Return the message of an error of obstore in one line, without debugging output."""
    text = " ".join(str(error).split("\n\nDebug source:")[0].split())
    message = re.search(r"<Code>([^<]*)</Code>.*?<Message>([^<]*)</Message>", text)
    return f"{message[1]}: {message[2].rstrip('.')}." if message else f"{text[:240].rstrip('.')}."


def _store(target: PublishTarget) -> "ObjectStore":
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
        if target.to == "azure":
            return AzureStore(target.bucket, prefix=prefix, client_options=client, retry_config=retry)
        options: Any = {key: value for key, value in (("endpoint", target.endpoint), ("region", target.region)) if value}
        return S3Store(target.bucket, prefix=prefix, client_options=client, retry_config=retry, **options)
    except Exception as error:  # obstore raises classes of its own for settings that it cannot use
        raise PublishProblem(f"{target.name} cannot be used: {_plain(error)}") from error
