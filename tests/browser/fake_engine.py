"""A preview engine without a site: tests say what the site is, and when it changes."""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import msgspec

from builder.diagnostics import ERROR, Diagnostic, Location, excerpt
from builder.preview.snapshot import OutputFile, SiteChange, SourceSpot
from builder.preview.source_map import passage


class State(msgspec.Struct, frozen=True):
    """A snapshot that is written down in full."""

    files: dict[str, bytes | Path]
    version: int = 1
    problems: tuple[Diagnostic, ...] = ()
    spots: dict[str, tuple[SourceSpot, ...]] = {}
    drafts: frozenset[str] = frozenset()
    days: dict[str, str] = {}

    failed: bool = False

    @property
    def stops_build(self) -> bool:
        return any(problem.severity == ERROR for problem in self.problems)

    def template_problem(self, path: str) -> Diagnostic | None:
        return None

    def page_of(self, file: str) -> str:
        return next((page for page, spots in self.spots.items() if any(spot.path == file for spot in spots)), "")

    def words(self, problem: Diagnostic) -> str:
        return "line" if problem.location.width > 1 else ""

    def passage(self, spots: Iterable[SourceSpot], place: Location) -> str:
        return passage(spots, (), place)

    def get(self, path: str) -> OutputFile | None:
        body = self.files.get(path)
        if body is None:
            return None
        return OutputFile(body, hashlib.sha256(body.read_bytes() if isinstance(body, Path) else body).hexdigest()[:16])

    def excerpt(self, problem: Diagnostic) -> str:
        return excerpt(problem, "Some line of the file")

    def spots_of(self, path: str) -> tuple[SourceSpot, ...]:
        return self.spots.get(path, ())

    def draft(self, path: str) -> bool:
        return path in self.drafts

    def scheduled_day(self, path: str) -> str:
        return self.days.get(path, "")

    def source(self, path: str) -> bytes | None:
        return None

    def subject(self, output: str) -> None:
        return None

    def locate(self, path: str) -> Path | None:
        return Path("/somewhere/of the/site") / path


class FakeEngine:
    """Holds a state; `save` makes the next one and tells who listens, from the thread that called it."""

    def __init__(self, **files: Any) -> None:
        self.state = State(files.get("files", {}))
        self.callbacks: list[Callable[[SiteChange], None]] = []

    def current(self) -> State:
        return self.state

    def subscribe(self, callback: Callable[[SiteChange], None], *, checked: bool = False) -> Callable[[], None]:
        self.callbacks.append(callback)
        return lambda: self.callbacks.remove(callback) if callback in self.callbacks else None

    def save(self, files: dict[str, bytes | Path | None] | None = None, *, follow: str = "", spot: str = "", **changes: Any) -> None:
        """Change files (None deletes one) and what else a state has, as an author's save would."""
        files = files or {}
        kept = {path: body for path, body in {**self.state.files, **files}.items() if body is not None}
        self.state = msgspec.structs.replace(self.state, files=kept, version=self.state.version + 1, **changes)
        pages = tuple(path for path in files if path.endswith(".html"))
        assets = tuple(path for path in files if not path.endswith(".html"))
        self.publish(SiteChange(self.state.version, pages=pages, assets=assets, follow=follow, spot=spot))

    def settle(self) -> None:
        """Find no problems: they are those of the state."""

    def publish(self, change: SiteChange) -> None:
        """Report a change to all subscribers."""
        for callback in list(self.callbacks):
            callback(change)
