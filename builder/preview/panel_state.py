"""The state of the site as the browser's panel shows it, in JSON: problems, and where the parts of a page come from."""

import msgspec

from builder.diagnostics import ERROR, Diagnostic, Place, section_of
from builder.preview import editors
from builder.preview.snapshot import Snapshot

OWN = "__backstory/"
"""Where the preview's own files are: no output path begins so, since slugs have no underscores."""

MOST = 200
"""Problems that are sent; the panel tells how many more there are."""


class Link(msgspec.Struct, frozen=True):
    """A place in a content file."""

    path: str
    line: int
    column: int
    editor: str = ""
    """The address that opens an editor there; only for browsers of this machine, since it tells where the files are."""


class Problem(msgspec.Struct, frozen=True):
    """A problem as the panel shows it."""

    code: str
    severity: str
    message: str
    help: str
    excerpt: str
    at: Link
    here: bool
    """Whether it is about the page that is shown."""
    selector: str
    """What it is about in the page; "" where that is not known."""
    guide: str
    """The address of its section in the guide, which the preview shows itself."""


class Spotted(msgspec.Struct, frozen=True):
    """A part of the page, and where it comes from."""

    selector: str
    at: Link


class State(msgspec.Struct, frozen=True):
    """All that the client asks for at once."""

    at: str
    found: bool
    broken: bool
    draft: bool
    waits: str
    """The day that the page waits for; empty where it does not."""
    total: int
    problems: list[Problem]
    places: list[Spotted]


def state(snapshot: Snapshot, at: str, page: str, *, editor: str = "") -> bytes:
    """Return the state of a snapshot for the page at an output path; `editor` is the template of links, "" for none."""

    def link(path: str, line: int, column: int) -> Link:
        file = snapshot.locate(path) if editor else None
        return Link(path, line, column, editors.link(editor, file, line, column) if file else "")

    # First of all: where the page was not made yet, its template may fail only now, and is one of the problems then.
    found = snapshot.get(page) is not None
    spots = snapshot.places(page)
    files = {spot.path for spot in spots}

    def here(problem: Diagnostic) -> Place:
        """Return the place of a problem that is in the page, where one is."""
        return next((place for place in (problem.place, *problem.also) if place.path in files), problem.place)

    def selector(problem: Diagnostic) -> str:
        """Find the last part of the page that begins at or above the problem, in its file."""
        place = here(problem)
        above = [spot for spot in spots if spot.path == place.path and spot.line <= place.line]
        return max(above, key=lambda spot: spot.line).selector if above else ""

    def order(problem: Diagnostic) -> tuple[bool, bool]:
        return (problem.severity != ERROR, here(problem).path not in files)

    told = sorted(snapshot.problems, key=order)
    problems = [
        Problem(
            code=problem.code,
            severity=problem.severity,
            message=problem.message,
            help=problem.help,
            excerpt=snapshot.excerpt(problem),
            at=link(problem.place.path, problem.place.line, problem.place.column),
            here=here(problem).path in files,
            selector=selector(problem),
            guide=f"/{OWN}{section_of(problem.code)}",
        )
        for problem in told[:MOST]
    ]
    return msgspec.json.encode(
        State(
            at=at,
            found=found,
            broken=snapshot.broken,
            draft=snapshot.draft(page),
            waits=snapshot.waits(page),
            total=len(told),
            problems=problems,
            places=[Spotted(spot.selector, link(spot.path, spot.line, spot.column)) for spot in spots],
        )
    )
