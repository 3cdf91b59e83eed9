"""To an object store: Amazon's S3 and all that speak its language, Google Cloud Storage, Azure.

Credentials come from the environment, as obstore and the tools of these services read them: AWS_ACCESS_KEY_ID, GOOGLE_APPLICATION_CREDENTIALS, AZURE_STORAGE_ACCOUNT_KEY …
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
from builder.model import Destination
from builder.output import is_inside
from builder.publish import headers
from builder.publish.changes import Changes, changes, passes
from builder.publish.problems import Interrupted, PublishProblem, trying
from builder.publish.upload import MARKER, File, Upload

if TYPE_CHECKING:
    from obstore.store import ObjectStore

AT_ONCE = 8
"""Files that are sent at the same time."""

_KEYS = "Look at the credentials in your environment, and at what they allow."

_NO_KEYS = re.compile(r"/latest/api/token|/latest/meta-data|/computeMetadata/|/metadata/identity")
"""Addresses that machines in a data centre ask for their credentials, and obstore therefore too where the environment has none."""

_NAMES = {
    "s3": "AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY",
    "gcs": "GOOGLE_APPLICATION_CREDENTIALS",
    "azure": "AZURE_STORAGE_ACCOUNT_NAME and AZURE_STORAGE_ACCOUNT_KEY",
}
"""What the environment must have, by `to`."""

RETRIES = 3
"""How often obstore repeats a request by itself, at once or soon."""

OFTEN = 200
"""After how many files the list of what has arrived is written anew: so many are compared by their MD5 alone after a break."""


class Sent(msgspec.Struct, frozen=True):
    """What the marker knows of an object."""

    digest: str = ""
    """Of its content and of how it is served; "" where it may have been sent or not."""
    tag: str = ""
    """The ETag that the store gave it: where it has another now, somebody else has written it."""


class _Marker(msgspec.Struct):
    files: dict[str, Sent]


class Store:
    """What is below a prefix of a bucket. What is there and was not put there by us stays."""

    def __init__(self, target: Destination, _root: Path, _folder: Path) -> None:
        self.target = target
        self.store = _store(target)
        self.tags: dict[str, str] = {}
        self.sent: dict[str, Sent] = {}
        self.lock = threading.Lock()

    def __str__(self) -> str:
        """Where it is."""
        return f"{self.target.to}://{self.target.bucket}/{self.target.prefix}"

    def close(self) -> None:
        """Nothing stays open."""

    def _do(self, action: Callable[[], Any]) -> Any:
        """Call the store; an answer that says no is a problem, one that does not come is tried again."""
        from obstore import exceptions

        def once() -> Any:
            try:
                return action()
            except FileNotFoundError:
                raise
            except (exceptions.BaseError, OSError) as error:
                raise self._problem(error) from error

        return trying(once)

    def _problem(self, error: Exception) -> PublishProblem:
        from obstore import exceptions

        said = str(error)
        if _NO_KEYS.search(said):
            return PublishProblem(f"{self} needs credentials, and your environment has none. Set {_NAMES[self.target.to]}.")
        refuses = isinstance(error, (exceptions.UnauthenticatedError, exceptions.PermissionDeniedError, PermissionError))
        if refuses or re.search(r"SignatureDoesNotMatch|InvalidAccessKeyId|AccessDenied|status code: 40[13]", said):
            return PublishProblem(f"{self} refuses us: {_plain(error)} {_KEYS}")
        kind = PublishProblem if re.search(r"status code: 4(?!08|29)\d\d|[Mm]issing|credential", said) else Interrupted
        return kind(f"{self} cannot be used: {_plain(error)}")

    def compare(self, upload: Upload) -> Changes:
        """Compare by what the marker says, as long as the store's own ETags agree with it; without it, by MD5 where the ETag is one."""
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
        return changes(upload, there, self.sent.keys())

    def _listing(self) -> dict[str, str]:
        """Return what the store has, each object with its ETag."""
        import obstore

        def listing() -> dict[str, str]:
            return {one["path"]: _tag(one["e_tag"]) for batch in obstore.list(self.store) for one in batch}

        found: dict[str, str] = self._do(listing)
        return found

    def _marker(self) -> dict[str, Sent] | None:
        import obstore

        data = self._do(lambda: bytes(obstore.get(self.store, MARKER).bytes()))
        try:
            return {path: sent for path, sent in msgspec.json.decode(data, type=_Marker).files.items() if is_inside(path)}
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None

    def _is(self, file: File, tag: str) -> bool:
        sent = self.sent.get(file.path, Sent())
        if sent.digest:
            return sent.digest == _digest(file) and sent.tag == tag
        return tag == hashlib.md5(file.read(), usedforsecurity=False).hexdigest()

    def send(self, upload: Upload, made: Changes, told: Progress) -> None:
        """Send pass after pass. Before the first, the list of what is ours is sent: killed in between, nothing of ours is forgotten."""
        arrived = {path: self.sent.get(path, Sent(_digest(upload.files[path]), self.tags[path])) for path in made.same}
        self.sent = {**dict.fromkeys((*made.deleted, *made.new, *made.changed), Sent()), **arrived}
        self._write_marker()
        count, done = len(made.new) + len(made.changed), 0
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for _, paths in passes(upload, made):
                for start in range(0, len(paths), OFTEN):
                    futures = [pool.submit(self._put, upload.files[path]) for path in paths[start : start + OFTEN]]
                    try:
                        for future in futures:
                            future.result()
                            done += 1
                            told("Sending", done, count)
                    finally:
                        for future in futures:
                            future.cancel()
                    self._write_marker()
        for path in made.deleted:
            self._delete_one(path)
            self.sent.pop(path)
        self._write_marker()

    def _put(self, file: File) -> None:
        import obstore

        data = file.read()
        about = {"Content-Type": headers.content_type(file.path), "Cache-Control": headers.caching(file.path)}
        answer = self._do(lambda: obstore.put(self.store, file.path, data, attributes=about, use_multipart=False))
        with self.lock:
            self.sent[file.path] = Sent(_digest(file), _tag(answer["e_tag"]))

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

    def missing(self, _upload: Upload, made: Changes) -> tuple[str, ...]:
        """Return what is not there as it was sent, by the store's own list."""
        tags = self._listing()
        wrong = [path for path in sorted((*made.new, *made.changed)) if tags.get(path) != self.sent[path].tag]
        return tuple(wrong + [path for path in made.deleted if path in tags])


def _digest(file: File) -> str:
    """Digest of a file and of how it is served: where that changes, it is sent again."""
    served = f"{file.digest}\n{headers.content_type(file.path)}\n{headers.caching(file.path)}"
    return hashlib.sha256(served.encode()).hexdigest()


def _tag(tag: str | None) -> str:
    return (tag or "").strip('"')


def _plain(error: BaseException) -> str:
    """Return what an error of obstore says, in one line and without its debugging."""
    text = " ".join(str(error).split("\n\nDebug source:")[0].split())
    message = re.search(r"<Code>([^<]*)</Code>.*?<Message>([^<]*)</Message>", text)
    return f"{message[1]}: {message[2].rstrip('.')}." if message else f"{text[:240].rstrip('.')}."


def _store(target: Destination) -> "ObjectStore":
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
        told: Any = {key: value for key, value in (("endpoint", target.endpoint), ("region", target.region)) if value}
        return S3Store(target.bucket, prefix=prefix, client_options=client, retry_config=retry, **told)
    except Exception as error:  # obstore raises its own kinds for settings that it cannot use
        raise PublishProblem(f"{target.name} cannot be used: {_plain(error)}") from error
