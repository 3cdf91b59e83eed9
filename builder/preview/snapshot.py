"""What the preview's server and its engine say to each other: files, whole snapshots of the site, and changes between them."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

import msgspec

from builder.diagnostics import Diagnostic, Place
from builder.model import Site


class File(msgspec.Struct, frozen=True):
    """One file of the output."""

    body: bytes | Path
    """Its bytes; or, for a static file that is copied as it is, where it stands: it is read when asked for."""
    etag: str
    """A digest of the content, without quotes: equal only where the content is equal."""


class Spot(msgspec.Struct, frozen=True):
    """Where a part of a page comes from."""

    selector: str
    """The CSS selector that finds the element in the page: `[id='quote--q1']`, `.text > :nth-child(3)`."""
    path: str
    """The content file, as diagnostics name it."""
    line: int
    column: int = 1


class Change(msgspec.Struct, frozen=True):
    """What one rebuild changed. Browsers ask the server for the problems themselves, which may be many."""

    version: int
    """That of the snapshot which came of it, and is current when subscribers are called."""
    pages: tuple[str, ...] = ()
    """The output paths of pages whose bytes changed, came or went."""
    assets: tuple[str, ...] = ()
    """The output paths of all other files that did."""
    saved: tuple[str, ...] = ()
    """The content files that were saved."""
    follow: str = ""
    """The output path of the page of the file just saved, if it has one."""
    spot: str = ""
    """The selector of the changed quote or paragraph there, if it is one."""


class Subject(msgspec.Struct, frozen=True):
    """The explainer that a page shows, with its file."""

    site: Site
    slug: str
    path: str
    """From the site's root."""
    data: bytes
    root: Path


class Snapshot(Protocol):
    """One whole state of the site. It never changes: a save makes the next one."""

    @property
    def version(self) -> int:
        """Count up by each change, also one of the problems alone."""

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Give the errors and warnings of the newest save, for the whole site."""

    @property
    def stops(self) -> bool:
        """Return whether a build would stop at the problems."""

    @property
    def failed(self) -> bool:
        """Return whether a bug of ours kept the newest save from being shown: the pages are those of the one before."""

    def get(self, path: str) -> File | None:
        """Give the file at an output path without a leading slash: `explainers/x/index.html`, `assets/backstory.css`."""

    def fault(self, path: str) -> Diagnostic | None:
        """Give the problem of a template for which the page at an output path is not made as the site wants it."""

    def page_of(self, file: str) -> str:
        """Give the output path of the page that a content file makes; empty where it makes none."""

    def excerpt(self, problem: Diagnostic) -> str:
        """Give the lines of text at a problem, with a caret below; empty where there are none."""

    def words(self, problem: Diagnostic) -> str:
        """Give the words of the file that a problem is about; empty where it is about no certain ones."""

    def passage(self, spots: Iterable[Spot], place: Place) -> str:
        """Give the selector of the part of a page, which consists of `spots`, that a place in a file is about; empty where there is none."""

    def places(self, path: str) -> tuple[Spot, ...]:
        """Tell where the parts of the page at an output path come from."""

    def draft(self, path: str) -> bool:
        """Return whether the page at an output path is a draft, which would not be published."""

    def waits(self, path: str) -> str:
        """Tell which day the page at an output path waits for, in EDTF; empty where it does not wait."""

    def subject(self, output: str) -> Subject | None:
        """Give the explainer that the page at an output path shows, with the file that it was made from; None where it shows none."""

    def source(self, path: str) -> bytes | None:
        """Give the bytes of a content file as it was read; None where there is none."""

    def locate(self, path: str) -> Path | None:
        """Give the absolute path of a content file that diagnostics and spots name, for the editor's links."""


class Engine(Protocol):
    """What builds snapshots while files are saved."""

    def current(self) -> Snapshot:
        """Give the newest snapshot."""

    def rebuild(self, touched: Iterable[str]) -> object:
        """Look at files that may have changed, by path from the site's root, and bring the site up to date."""

    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Call back at each change, from the engine's own thread, after the new snapshot is current. Returns what ends that."""
