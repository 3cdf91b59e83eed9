"""What to write, what to keep, what to delete, and why: the only place that decides to skip a page.

    plan(wanted, manifest, present)  →  Plan(write=(Step("actors/nato/index.html", "what it shows has changed"), …), keep=…, delete=…)

A page is a pure function of its view, its template with all that this draws in, what every page sees of the site, and the Backstory that makes it.
Where the fingerprints of all these are as the manifest has them and the file is there, the file is right.
"""

from collections.abc import Iterable, Mapping, Set as AbstractSet

import msgspec

from builder import __version__
from builder.formats import SEE_NO_SITE
from builder.formats.parts import Publication
from builder.formats.records import EntitiesData, SiteData
from builder.incremental.digests import digest
from builder.pages import Page, SiteView

MANIFEST = ".backstory-manifest"
"""The manifest's name in the output folder: it marks the folder as ours, and only what it lists is ever deleted."""

COPY = "(copied)"
"""Stands for the template of a file that is copied as it is."""

RECENT = 128
"""Records of which the digest is kept."""

_ENCODER = msgspec.msgpack.Encoder(order="deterministic")
_ASKED = msgspec.msgpack.Encoder(order="deterministic", enc_hook=lambda part: (part.start, part.stop))
"""Of what functions are given: besides records and words, the slice of a list that a page shows."""


class Fingerprint(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What a file of the output was made from."""

    template: str
    """Name of the template, or `COPY`."""
    view: str
    """Digest of the view; of a copied file, of its content."""
    site: str
    """Digest of what the template saw as `site`; "" of a copied file."""


_BY_ANOTHER = Fingerprint("", "", "")
"""Of a file that another toolchain has made."""


class Manifest(msgspec.Struct, frozen=True):
    """What an output folder holds and what it was made from; the same for the same content on any machine."""

    version: str = ""
    """Of Backstory; "" for a folder that is not ours yet."""
    templates: Mapping[str, str] = {}
    """Template → digest of it and of all that it extends, includes and imports."""
    files: Mapping[str, Fingerprint] = {}
    """Output file → what it was made from."""
    toolchain: str = ""
    """Digest of the code, libraries and Python that made it."""

    def trusted_by(self, toolchain: str) -> "Manifest":
        """Return what this manifest says to the toolchain of that digest: of another's work only which files are ours, since what they were made from says nothing of how."""
        return self if self.toolchain == toolchain else Manifest(self.version, {}, dict.fromkeys(self.files, _BY_ANOTHER), self.toolchain)


class Step(msgspec.Struct, frozen=True, gc=False):
    """One file, and why this is done with it."""

    path: str
    reason: str


class Plan(msgspec.Struct, frozen=True):
    """Everything that a build will do to the output folder, by path."""

    write: tuple[Step, ...]
    keep: tuple[Step, ...]
    delete: tuple[Step, ...]
    manifest: Manifest
    """What the folder holds afterwards."""

    @property
    def changes(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.write or self.delete)


def whole(site: Publication, records: Iterable[bytes]) -> str:
    """Return the digest of a view that is all records of some kinds, from what is said of the site and the digest of each record."""
    return digest((_ENCODER.encode(site), *records))


class Fingerprints:
    """What files of the output are made from, of one site."""

    def __init__(self, site: Mapping[str, SiteView]) -> None:
        """`site` is what templates see of the site, by the root of the page that shows it."""
        self._site = site
        self._seen: dict[str, str] = {}
        # One record is written in many formats, and stands in the head of a page too: it is packed once. By identity, so it must live as long; which is
        # not long, since all that are made of it are made together.
        self._packed: dict[int, tuple[msgspec.Struct, bytes]] = {}

    def of(self, page: Page) -> Fingerprint:
        """Return what the file of a page is made from. Its view is made for that, if it is not yet."""
        if isinstance(page.view, SiteData | EntitiesData) and page.template in SEE_NO_SITE:
            parts = (getattr(page.view, name) for name in page.view.__struct_fields__)
            view = whole(page.view.site, (self.of_record(one) for part in parts if isinstance(part, tuple) for one in part))
        elif page.template in SEE_NO_SITE:
            view = self.of_record(page.view).decode()
        elif page.facts is not None:
            view = digest((_ENCODER.encode(page.view), self.of_record(page.facts)))
        else:
            view = digest(_ENCODER.encode(page.view))
        return self.known(page.template, page.root, view)

    def known(self, template: str, root: str, view: str) -> Fingerprint:
        """Return the same of a page whose view is known by its digest; `root` leads from it to the site's root."""
        return Fingerprint(template, view, "" if template in SEE_NO_SITE else self._of_site(root))

    def _of_site(self, root: str) -> str:
        found = self._seen.get(root)
        if found is None:
            found = self._seen[root] = digest(_ENCODER.encode(self._site[root]))
        return found

    def of_record(self, record: msgspec.Struct) -> bytes:
        """Return a digest of a record."""
        found = self._packed.get(id(record))
        if found is None:
            if len(self._packed) == RECENT:
                del self._packed[next(iter(self._packed))]
            found = self._packed[id(record)] = record, digest(_ENCODER.encode(record)).encode()
        return found[1]


BY_PATH = "-"
"""What `asked` returns of a page that its path and its template tell."""


def asked(page: Page) -> str:
    """Return what tells a page from others that could be made at its path; "" where its view is there already, or that is not known.

    `BY_PATH` where the view is made of ids alone, which its path has in it; else a digest of what it is made from besides the Site.
    """
    if page.is_by_ids:
        return BY_PATH
    given = page.asked
    if given is None:
        return ""
    return digest(_ASKED.encode((page.template, given)))


def copied(digests: Mapping[str, str]) -> dict[str, Fingerprint]:
    """Return what files are made from that are copied as they are, from their digests."""
    return {path: Fingerprint(COPY, content, "") for path, content in digests.items()}


def plan(
    wanted: Mapping[str, Fingerprint],
    templates: Mapping[str, str],
    manifest: Manifest,
    present: AbstractSet[str],
    stay: AbstractSet[str] = frozenset(),
    toolchain: str = "",
) -> Plan:
    """Decide for every file.

    `wanted` is what the output shall be made from, `templates` the digests of all templates that it names,
    `manifest` what the folder was made from, `present` the files that are there; `stay` those of which `why_write` has said so already;
    `toolchain` is the digest of the toolchain that builds.
    """
    write: list[Step] = []
    keep: list[Step] = []
    for path in sorted(wanted):
        reason = "" if path in stay else why_write(wanted[path], templates, manifest, path, present)
        (write if reason else keep).append(Step(path, reason or "nothing that it shows has changed"))
    delete = [Step(path, "no page is made here any more") for path in sorted(manifest.files) if path not in wanted]
    return Plan(
        tuple(write),
        tuple(keep),
        tuple(delete),
        Manifest(__version__, dict(sorted(templates.items())), {path: wanted[path] for path in sorted(wanted)}, toolchain),
    )


def why_write(now: Fingerprint, templates: Mapping[str, str], manifest: Manifest, path: str, present: AbstractSet[str]) -> str:
    """Return why a file must be written, or "" where it need not."""
    before = manifest.files.get(path)
    if before is None:
        return "it is new"
    if path not in present:
        return "the file is missing"
    if before == _BY_ANOTHER:
        return "another version of Backstory, Python or a library made it"
    if before.template != now.template:
        return f"it is made with {now.template} now"
    if before.view != now.view:
        return "the file has changed" if now.template == COPY else "what it shows has changed"
    if now.template != COPY and manifest.templates.get(now.template) != templates[now.template]:
        return f"{now.template}, or a part of it, has changed"
    if before.site != now.site:
        return "what every page shows of the site has changed"
    return ""


def settled(templates: Mapping[str, str], manifest: Manifest) -> frozenset[str]:
    """Return the templates of which `why_write` need not be asked: a file that is there, and that shows what it showed, stays."""
    return frozenset(name for name, found in templates.items() if manifest.templates.get(name) == found)


def encode(manifest: Manifest) -> bytes:
    """Return a manifest as the bytes to store."""
    return _ENCODER.encode(manifest)


def decode(data: bytes) -> Manifest | None:
    """Return a stored manifest, or None where the bytes are none."""
    try:
        return msgspec.msgpack.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError):
        pass
    try:  # by a version that kept other fingerprints: its files are ours still, and all are made anew
        found = msgspec.msgpack.decode(data, type=_Listing)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    return Manifest(found.version, {}, dict.fromkeys(found.files, _BY_ANOTHER))


class _Listing(msgspec.Struct):
    version: str
    files: dict[str, msgspec.Raw]
