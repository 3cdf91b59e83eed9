"""The interface between the preview's server and its engine: files, snapshots of the site, and changes between them."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Protocol

import msgspec

from builder.diagnostics import Diagnostic, Location
from builder.model import Site


class OutputFile(msgspec.Struct, frozen=True):
    """One file of the output."""

    body: bytes | Path
    """Its bytes; or, for a copied file, its path: it is read on request."""
    etag: str
    """A digest of the content, without quotes: equal only where the content is equal."""


class SourceSpot(msgspec.Struct, frozen=True):
    """Where a part of a page comes from."""

    selector: str
    """The CSS selector that finds the element in the page: `[id='quote--q1']`, `.text > :nth-child(3)`."""
    path: str
    """The content file, as diagnostics name it."""
    line: int
    column: int = 1


class SiteChange(msgspec.Struct, frozen=True):
    """The changes of one rebuild. Browsers ask the server for the problems themselves, which may be many."""

    version: int
    """That of the snapshot which came of it, and is current when subscribers are called."""
    pages: tuple[str, ...] = ()
    """The output paths of changed, added and removed pages."""
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
        """The errors and warnings of the newest save, for the whole site."""

    @property
    def stops_build(self) -> bool:
        """Return whether a build would stop at the problems."""

    @property
    def failed(self) -> bool:
        """Return whether a bug of ours kept the newest save from being shown: the pages are those of the one before."""

    def get(self, path: str) -> OutputFile | None:
        """Return the file at an output path without a leading slash: `explainers/x/index.html`, `assets/backstory.css`."""

    def template_problem(self, path: str) -> Diagnostic | None:
        """Return the template problem because of which a page uses Backstory's own templates; None if there is none."""

    def page_of(self, file: str) -> str:
        """Return the output path of a content file's page; "" if it has none."""

    def excerpt(self, problem: Diagnostic) -> str:
        """Return the source lines at a problem, with a caret below; "" if there are none."""

    def words(self, problem: Diagnostic) -> str:
        """Return the source text that a problem marks; "" if it marks none."""

    def passage(self, spots: Iterable[SourceSpot], location: Location) -> str:
        """Return the selector of the part of a page, given as `spots`, for a location in a file; "" if there is none."""

    def spots_of(self, path: str) -> tuple[SourceSpot, ...]:
        """Return the source locations of the parts of the page at an output path."""

    def draft(self, path: str) -> bool:
        """Return whether the page at an output path is a draft, which would not be published."""

    def scheduled_day(self, path: str) -> str:
        """Return the day on which the page at an output path appears, in EDTF; "" if it is not scheduled."""

    def subject(self, output: str) -> Subject | None:
        """Return the explainer that the page at an output path shows, with its file; None if it shows none."""

    def source(self, path: str) -> bytes | None:
        """Return the bytes of a content file as it was read; None if there is none."""

    def locate(self, path: str) -> Path | None:
        """Return the absolute path of a content file, for editor links."""


class Engine(Protocol):
    """The engine: builds snapshots while files are saved."""

    def current(self) -> Snapshot:
        """Return the newest snapshot."""

    def rebuild(self, touched: Iterable[str]) -> object:
        """Look at files that may have changed, by path from the site's root, and bring the site up to date."""

    def settle(self) -> None:
        """Find the problems of the newest snapshot, if nobody has asked for them."""

    def subscribe(self, callback: Callable[[SiteChange], None], *, checked: bool = False) -> Callable[[], None]:
        """Register a callback, called once a new snapshot is current, or, where `checked`, once its problems are known.

        It is called from the thread of the call that makes the snapshot or finds its problems. Returns a function that unregisters it.
        """
