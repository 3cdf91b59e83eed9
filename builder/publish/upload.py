"""The files to publish: those that the build has listed, and those that the host reads."""

import gzip
import hashlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import msgspec

from builder.content import secrets
from builder.content.reading import reason
from builder.incremental.digests import digest
from builder.model import PublishTarget
from builder.output import is_inside
from builder.output.plan import Fingerprint, Manifest
from builder.output.regular_files import LARGEST_LIST, read_ordinary
from builder.pages.kinds import PAGE_KINDS
from builder.publish import headers
from builder.publish.problems import NothingSent, PublishProblem

ASSET, PAGE, LIST = "asset", "page", "list"
"""The order in which files are sent (`KindTraits.sent`): what pages use, pages, and lists, which link to pages."""

MARKER = ".backstory-published"
"""Name of the file that lists what Backstory has put at a target. It marks the target as ours, and only what it lists is ever deleted."""

_TEXT = (
    ".html",
    ".htm",
    ".css",
    ".js",
    ".mjs",
    ".json",
    ".jsonld",
    ".geojson",
    ".xml",
    ".txt",
    ".svg",
    ".webmanifest",
    ".csv",
    ".tsv",
    ".md",
    ".ics",
    ".ttl",
    ".nt",
    ".vtt",
    ".yaml",
    ".yml",
    ".log",
)
_SMALLEST_PACKED = 512


class UploadFile(msgspec.Struct, frozen=True):
    """A file to publish."""

    path: str
    kind: str
    size: int
    digest: str
    """SHA-256, in hexadecimal."""
    source: Path | bytes

    def read(self) -> bytes:
        """Return the bytes. Raises `PublishProblem` if they changed since they were checked."""
        try:
            data = self.source if isinstance(self.source, bytes) else read_ordinary(self.source)
        except OSError as error:
            raise PublishProblem(f"{self.path} cannot be read any more: {reason(error)}. Publish again.") from error
        if sha256(data) != self.digest:
            raise PublishProblem(f"{self.path} was changed while it was being published. Publish again.")
        return data


class Upload(msgspec.Struct, frozen=True):
    """All files to publish, by path."""

    files: Mapping[str, UploadFile]
    redirects: int
    """Number of aliases."""
    when: str = ""
    """The time of publishing in UTC, `2026-11-30T02:12:00Z`."""
    by: str = ""
    """Who publishes, if the settings say so."""
    earlier_versions: Mapping[str, tuple[UploadFile, ...]] = {}
    """Files as earlier releases had them, by path."""

    def versions(self, path: str) -> Iterator[UploadFile]:
        """Yield the file at a path as it is, and as earlier releases had it."""
        if path in self.files:
            yield self.files[path]
        yield from self.earlier_versions.get(path, ())

    @property
    def about(self) -> dict[str, str]:
        """Return what a marker says of a whole upload."""
        return {key: value for key, value in (("published", self.when), ("by", self.by)) if value}

    @property
    def size(self) -> int:
        """Size of all files in bytes."""
        return sum(file.size for file in self.files.values())

    def marker(self, more: Iterable[str] = (), *, whole: bool = True) -> bytes:
        """Return the marker of this upload, as JSON; `more` are files that may still be at the target from before, `whole` is whether all of it is there."""
        files = dict.fromkeys(more, "") | {path: file.digest for path, file in self.files.items()}
        return msgspec.json.format(
            msgspec.json.encode({"made_by": "Backstory", **(self.about if whole else {}), "files": dict(sorted(files.items()))}), indent=1
        )


class Published(msgspec.Struct, frozen=True):
    """The site at a target, by its marker."""

    files: int
    when: str = ""
    """The time of the publish, as `Upload.when`; "" if it was published by an older version, or not as a whole."""
    by: str = ""


class _Marker(msgspec.Struct):
    files: dict[str, str]
    published: str = ""
    by: str = ""


def read_published(data: bytes | None) -> Published | None:
    """Return what a marker says of the site; None if the bytes are no marker."""
    try:
        found = None if data is None else msgspec.json.decode(data, type=_Marker)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return None if found is None else Published(len(found.files), found.published, found.by)


def refuse_large(size: int, where: str) -> None:
    """Raise `PublishProblem` if the marker at a target, which is `where` for the message, has more bytes than any site's."""
    if size > LARGEST_LIST:
        raise NothingSent(
            f"{MARKER} at {where} has {size / 1024 / 1024:,.0f} MB, which no list of Backstory’s has, and was not read.",
            "Delete it there: the next publish makes it again, if every file there is one of this site.",
        )


def read_marker(data: bytes | None) -> dict[str, str] | None:
    """Return path → digest of the files that a marker lists; None if the bytes are no marker."""
    try:
        return (
            None
            if data is None
            else {path: digest for path, digest in msgspec.json.decode(data, type=_Marker).files.items() if is_inside(path)}
        )
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def sha256(data: bytes) -> str:
    """Return the SHA-256 of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def is_text(path: str) -> bool:
    """Return whether a file is text: worth compressing, scanned for secrets as a whole, and sent with its charset."""
    return path.lower().endswith(_TEXT) or path.rpartition("/")[2] in headers.HOST_FILES


def gather(output: Path, manifest: Manifest, target: PublishTarget, base_url: str) -> Upload:
    """Return the files to publish from an output folder: those of the build's manifest, and those that the target's host reads.

    Raises `PublishProblem` if a file is private or cannot be read.
    """
    files: dict[str, UploadFile] = {}

    def add(path: str, kind: str, source: Path | bytes, built: str = "") -> bytes:
        try:
            data = source if isinstance(source, bytes) else read_ordinary(source)
        except OSError as error:
            raise PublishProblem(f"{path} cannot be read: {reason(error)}.") from error
        if built and digest(data) != built:
            raise NothingSent(
                f"{path} in {output} is not as it was built: another program, or the disk, has changed it.",
                "Publish again, and it is made again.",
            )
        files[path] = UploadFile(path, kind, len(data), sha256(data), source)
        return data

    for path, what in manifest.files.items():
        if not is_inside(path) or _is_private(path):
            raise PublishProblem(
                f"{path} in the built site is a hidden file or an editor’s copy, and is never published. Take it out of content/."
            )
        data = add(path, _order(path, what), output / path, manifest.digest_of(path))
        if target.precompress and is_text(path) and len(data) >= _SMALLEST_PACKED:
            add(f"{path}.gz", files[path].kind, gzip.compress(data, 9, mtime=0))
        if target.brotli and is_text(path) and len(data) >= _SMALLEST_PACKED:
            add(f"{path}.br", files[path].kind, _brotli(data))
    redirects = headers.redirects(manifest.redirects, base_url)
    for path, text in headers.host_files(target, base_url, redirects, tuple(files)):
        if path not in files:  # an author's own, from content/static/, stands
            add(path, LIST, text.encode())
    return Upload(dict(sorted(files.items())), len(redirects))


def _brotli(data: bytes) -> bytes:
    try:
        import brotli
    except ImportError as error:
        raise NothingSent(
            "“brotli: yes” needs the package brotli, which is not installed. Install it beside Backstory: pip install brotli."
        ) from error
    packed: bytes = brotli.compress(data)
    return packed


def _order(path: str, made: Fingerprint) -> str:
    """Return when a file is sent; a page that an author has written as HTML is a file that is copied."""
    if made.kind == "copy" and path.endswith((".html", ".htm")):
        return PAGE
    return PAGE_KINDS[made.kind].sent if made.kind else LIST


def _is_private(path: str) -> bool:
    return any(secrets.is_private(part) for part in path.split("/") if part != ".well-known")


def find_leaks(upload: Upload, private_folders: Iterable[str]) -> Iterator[tuple[str, secrets.Leak]]:
    """Yield what looks like a secret in the files to publish, with the file. `private_folders` are paths that must not appear."""
    private_folders = tuple(private_folders)
    for path, file in upload.files.items():
        if not path.endswith((".gz", ".br")):
            for leak in secrets.find(file.read(), private_folders=private_folders, text=is_text(path)):
                yield path, leak
