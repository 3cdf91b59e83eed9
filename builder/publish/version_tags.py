"""Markers that keep, beside the digest of each file, the tag by which its host distinguishes versions of the file."""

import msgspec

from builder.output import is_inside
from builder.publish.upload import Published, Upload


class StoredObject(msgspec.Struct, frozen=True):
    """A file's entry in the marker."""

    digest: str = ""
    """Digest of what was sent; "" if it is not known whether it was sent."""
    tag: str = ""
    """The tag from the host; if it differs now, the file was overwritten by another program."""


class TaggedMarker(msgspec.Struct, omit_defaults=True):
    """A marker with tags."""

    files: dict[str, StoredObject]
    published: str = ""
    by: str = ""

    @property
    def ours(self) -> dict[str, StoredObject]:
        """The files that it lists, but for those outside the target."""
        return {path: sent for path, sent in self.files.items() if is_inside(path)}

    @property
    def about(self) -> Published:
        """What it says of the site."""
        return Published(len(self.files), self.published, self.by)


def decoded(data: bytes | None) -> TaggedMarker | None:
    """Return what a marker says; None if the bytes are no marker with tags."""
    try:
        return None if data is None else msgspec.json.decode(data, type=TaggedMarker)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def encoded(files: dict[str, StoredObject], upload: Upload | None = None) -> bytes:
    """Return a marker as JSON; `upload` is given if it is at the target as a whole."""
    about = {} if upload is None else upload.about
    return msgspec.json.encode({"made_by": "Backstory", **about, "files": dict(sorted(files.items()))})
