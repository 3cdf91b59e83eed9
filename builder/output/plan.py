"""Decide which files to write, keep and delete, each with a reason: the only module that decides to skip a page.

    plan(MadeFiles(…), FolderState(manifest, present))  →  Plan(write=(FileAction("actors/nato/index.html", "what it shows has changed"), …), keep=…, delete=…)

A page is a pure function of its view, its template with all that this includes, the site as every page sees it, and the toolchain that makes it.
Where what its view reads may have changed, the page is made, and written only if its bytes are not those of the manifest.
"""

from collections.abc import Mapping, Set as AbstractSet
from typing import Literal

import msgspec

from builder import __version__
from builder.incremental.digests import digest
from builder.pages import Page, SiteView
from builder.pages.kinds import IMAGES, PAGE_KINDS, PageKind, address_from

MANIFEST = ".backstory-manifest"
"""The manifest's name in the output folder: it marks the folder as ours, and only what it lists is ever deleted."""

_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_ARGUMENTS_ENCODER = msgspec.msgpack.Encoder(order="deterministic", enc_hook=lambda part: (part.start, part.stop))
"""Encodes the arguments of a page's view function, or its view: besides records and strings, the slice of a list that the page shows."""


class Fingerprint(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The inputs of a file of the output, and the digest of its bytes."""

    kind: PageKind | Literal[""]
    """"" if it is not known: another toolchain made the file."""
    template: str
    """Name of the template or encoder; "" of a copied file."""
    content: str
    """Digest of the file's bytes; of an image that is made here (`IMAGES`), of its view."""
    site: str
    """Digest of the template's `site`; "" for a file without a template."""

    @property
    def is_copy(self) -> bool:
        """Whether the file is copied as it is."""
        return self.kind != "" and PAGE_KINDS[self.kind].producer == "copy"


_BY_ANOTHER = Fingerprint("", "", "", "")
"""The fingerprint of a file that another toolchain has made."""


class Manifest(msgspec.Struct, frozen=True):
    """The files of an output folder and their fingerprints; the same for the same content on any machine."""

    version: str = ""
    """Version of Backstory; "" for a new folder."""
    templates: Mapping[str, str] = {}
    """Template → digest of it and of all it extends, includes and imports."""
    files: Mapping[str, Fingerprint] = {}
    """Output file → its fingerprint."""
    toolchain: str = ""
    """Digest of our code, the libraries and Python."""
    digests: Mapping[str, str] = {}
    """Output file → digest of its bytes, of images that are made here."""
    titles: Mapping[str, str] = {}
    """Output file → title, of pages whose address comes from it: a removed page is compared with new ones by its title."""
    redirects: Mapping[str, str] = {}
    """Output file of a redirect → the path that it leads to: hosts read these from a file of their own."""

    def digest_of(self, path: str) -> str:
        """Return the digest of the bytes of an output file as it was built; "" if it is not known."""
        made = self.files.get(path)
        return "" if made is None else self.digests.get(path, "") if made.kind in IMAGES else made.content

    def trusted_by(self, toolchain: str) -> "Manifest":
        """Return the manifest as the toolchain with this digest may use it: if another toolchain wrote it, only the paths count, not the fingerprints."""
        return self if self.toolchain == toolchain else Manifest(self.version, {}, dict.fromkeys(self.files, _BY_ANOTHER), self.toolchain)


class MadeFiles(msgspec.Struct, frozen=True):
    """What is known of all files of a build, by path."""

    fingerprints: Mapping[str, Fingerprint]
    templates: Mapping[str, str]
    """The digest of each template that a fingerprint names."""
    toolchain: str = ""
    """The digest of the toolchain that makes them."""
    digests: Mapping[str, str] = {}
    """Of the bytes of images."""
    titles: Mapping[str, str] = {}
    """Of pages whose address comes from a title."""
    redirects: Mapping[str, str] = {}
    """The path that each redirect leads to."""


class FolderState(msgspec.Struct, frozen=True):
    """The files of an output folder that a build may keep."""

    manifest: Manifest = Manifest()
    """What the last build wrote there."""
    present: frozenset[str] = frozenset()
    """Files that are as they were built."""
    changed: frozenset[str] = frozenset()
    """Files of ours that another program has changed; none of them is `present`."""


class FileAction(msgspec.Struct, frozen=True, gc=False):
    """A file to write, keep or delete, and the reason."""

    path: str
    reason: str


class Plan(msgspec.Struct, frozen=True):
    """All that a build will do to the output folder, ordered by path."""

    write: tuple[FileAction, ...]
    keep: tuple[FileAction, ...]
    delete: tuple[FileAction, ...]
    manifest: Manifest
    """The manifest afterwards."""

    @property
    def changes(self) -> bool:
        """Whether any file is written or deleted."""
        return bool(self.write or self.delete)

    @property
    def withdraws(self) -> bool:
        """Whether a page is deleted: nothing that is kept for later builds may go on holding it."""
        return any(action.path.endswith(".html") for action in self.delete)


def site_digest(site: SiteView) -> str:
    """Return the digest of what a template sees as `site`."""
    return digest(_ENCODER.encode(site))


def view_digest(page: Page) -> str:
    """Return the digest of the view of a page. Makes the view, if that does not exist yet."""
    return digest(_ENCODER.encode(page.view))


BY_PATH = "-"
"""The result of `arguments_digest` for a page that its path and template determine."""


def arguments_digest(page: Page) -> str:
    """Return a digest of the arguments of a page's queries, or of the view where that was given; `BY_PATH` if the arguments are ids that stand in the path."""
    return BY_PATH if page.is_determined_by_path else digest(_ARGUMENTS_ENCODER.encode((page.template, page.arguments)))


def copied(digests: Mapping[str, str], kinds: Mapping[str, PageKind] = {}) -> dict[str, Fingerprint]:
    """Return the fingerprints of files that are copied as they are; `digests` maps path → digest of the content, `kinds` those of them that are no “copy” → their kind."""
    return {path: Fingerprint(kinds.get(path, "copy"), "", content, "") for path, content in digests.items()}


def plan(made: MadeFiles, folder: FolderState, unchanged: AbstractSet[str] = frozenset()) -> Plan:
    """Return what to do with every file of a folder; `unchanged` are those that `why_write` was asked about already."""
    wanted, manifest = made.fingerprints, folder.manifest
    write: list[FileAction] = []
    keep: list[FileAction] = []
    for path in sorted(wanted):
        reason = "" if path in unchanged else why_write(path, wanted[path], made.templates, folder)
        if path in folder.changed:
            reason = "another program has changed the file"
        (write if reason else keep).append(FileAction(path, reason or "nothing that it shows has changed"))
    delete = [FileAction(path, "no page is made here any more") for path in sorted(manifest.files) if path not in wanted]
    return Plan(
        tuple(write),
        tuple(keep),
        tuple(delete),
        Manifest(
            __version__,
            dict(sorted(made.templates.items())),
            {path: wanted[path] for path in sorted(wanted)},
            made.toolchain,
            {
                path: made.digests.get(path) or manifest.digests.get(path, "")
                for path, made_from in sorted(wanted.items())
                if made_from.kind in IMAGES
            },
            {
                path: title
                for path, made_from in sorted(wanted.items())
                if address_from(made_from.kind) == "title" and (title := made.titles.get(path) or manifest.titles.get(path))
            },
            {
                path: made.redirects.get(path) or manifest.redirects.get(path, "")
                for path, made_from in sorted(wanted.items())
                if made_from.kind == "redirect"
            },
        ),
    )


def why_write(path: str, now: Fingerprint, templates: Mapping[str, str], folder: FolderState) -> str:
    """Return the reason to write a file, or "" if it is up to date. `now` is its new fingerprint; `templates` maps template → digest."""
    before = folder.manifest.files.get(path)
    if before is None:
        return "it is new"
    if path not in folder.present:
        return "the file is missing"
    if before == _BY_ANOTHER:
        return "another version of Backstory, Python or a library made it"
    if (before.kind, before.template) != (now.kind, now.template):
        return f"it is made with {now.template} now" if now.template else "it is copied now"
    if before.content != now.content:
        return "the file has changed" if now.is_copy else "what it shows has changed"
    if now.template and folder.manifest.templates.get(now.template) != templates[now.template]:
        return f"{now.template}, or a part of it, has changed"
    if before.site != now.site:
        return "what every page shows of the site has changed"
    return ""


def unchanged_templates(templates: Mapping[str, str], manifest: Manifest) -> frozenset[str]:
    """Return the templates whose digest is that of the manifest."""
    return frozenset(name for name, found in templates.items() if manifest.templates.get(name) == found)


def encode(manifest: Manifest) -> bytes:
    """Return a manifest as bytes (MessagePack)."""
    return _ENCODER.encode(manifest)


def decode(data: bytes) -> Manifest | None:
    """Return the manifest that bytes encode; None if they encode none."""
    try:
        return msgspec.msgpack.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    try:  # of a version with other fingerprints: its files are ours, and all are written again
        found = msgspec.msgpack.decode(data, type=_Listing)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return Manifest(found.version, {}, dict.fromkeys(found.files, _BY_ANOTHER))


class _Listing(msgspec.Struct):
    version: str
    files: dict[str, msgspec.Raw]
