"""What the workshop hands to the server: whole states of the site, and word of each change."""

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import msgspec

from builder.diagnostics import Diagnostic


class File(msgspec.Struct, frozen=True):
    """One file of the output."""

    body: bytes | Path
    """A `Path` is a file that is copied as it is, read when asked for."""
    etag: str
    """Digest of the content."""


class Spot(msgspec.Struct, frozen=True):
    """Where a part of a page was written."""

    selector: str
    """CSS selector that finds the element in the page."""
    path: str
    line: int
    column: int


class Change(msgspec.Struct, frozen=True):
    """What one rebuild has changed, for those who look at the site."""

    version: int
    pages: tuple[str, ...] = ()
    """Output paths, of those that somebody has looked at."""
    assets: tuple[str, ...] = ()
    saved: tuple[str, ...] = ()
    """Files that were saved, by path from the site's root."""
    follow: str = ""
    """Output path of the page of the file just saved."""
    spot: str = ""
    """Selector of what has changed there."""


class Snapshot(Protocol):
    """One whole state of the site; never changes."""

    version: int

    @property
    def broken(self) -> bool:
        """Say whether the newest content has errors, and what is shown is older."""

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """Return all problems of the newest content."""

    def has(self, path: str) -> bool:
        """Say whether there is a file of the output, without making it."""

    def absolute(self, path: str) -> str:
        """Return where a file of the site lies on this machine, by its path from the site's root."""

    def get(self, path: str) -> File | None:
        """Return a file of the output, by its path without a leading slash."""

    def excerpt(self, problem: Diagnostic) -> str:
        """Return the line of the file that a problem is about, with a caret."""

    def places(self, path: str) -> tuple[Spot, ...]:
        """Return where the parts of a page were written."""


class Workshop(Protocol):
    """What makes snapshots."""

    def current(self) -> Snapshot:
        """Return the newest one."""

    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Call back at each change, from another thread; returns what ends it."""
