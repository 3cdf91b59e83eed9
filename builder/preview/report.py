"""The state of a preview for the client in the page: what is wrong, where it stands in the page, and how to open it."""

import msgspec

from builder import urls
from builder.diagnostics import ERROR, Diagnostic
from builder.preview.snapshot import Snapshot, Spot

MOST = 50
"""Problems that are shown; nobody mends more at once."""


class Problem(msgspec.Struct, frozen=True):
    """A problem, as the page shows it."""

    code: str
    severity: str
    message: str
    help: str
    where: str
    """`content/explainers/talks.md:12:3`"""
    excerpt: str
    editor: str
    """Address that opens the place in the author's editor; "" where none is known."""
    selector: str
    """Finds the passage that it is about in this page; "" where it is elsewhere."""


class State(msgspec.Struct, frozen=True):
    """What `/__backstory/state` says."""

    version: int
    broken: bool
    """The newest content has errors, and what is shown is older."""
    follow: bool
    """Whether the browser goes along with the author from page to page, unless it was told otherwise."""
    problems: tuple[Problem, ...]
    more: int
    """Problems beyond those listed."""
    places: tuple[tuple[str, str, str], ...]
    """(selector, where, address that opens it) for the parts of the page."""


def report(snapshot: Snapshot, page: str, *, editor: str, follow: bool) -> bytes:
    """Return the state as JSON.

    `page` is the path of the page that asks, with its slashes; `editor` an address with `{path}`, `{line}` and `{column}` in it, "" for none.
    """
    output = urls.output(page.lstrip("/"))
    spots = snapshot.places(output)
    # Errors first; and of those, what this page's own file has.
    own = {spot.path for spot in spots}
    problems = sorted(snapshot.problems, key=lambda problem: (problem.severity != ERROR, problem.place.path not in own))
    state = State(
        version=snapshot.version,
        broken=snapshot.broken,
        follow=follow,
        problems=tuple(_problem(snapshot, problem, spots, editor) for problem in problems[:MOST]),
        more=max(0, len(problems) - MOST),
        places=tuple(
            (spot.selector, f"{spot.path}:{spot.line}", _address(snapshot, editor, spot.path, spot.line, spot.column)) for spot in spots
        ),
    )
    return msgspec.json.encode(state)


def _problem(snapshot: Snapshot, problem: Diagnostic, spots: tuple[Spot, ...], editor: str) -> Problem:
    place = problem.place
    return Problem(
        problem.code,
        problem.severity,
        problem.message,
        problem.help,
        str(place),
        snapshot.excerpt(problem),
        _address(snapshot, editor, place.path, place.line, place.column),
        _nearest(spots, place.path, place.line),
    )


def _nearest(spots: tuple[Spot, ...], path: str, line: int) -> str:
    """Return the selector of the part of the page that begins last before a line."""
    before = [spot for spot in spots if spot.path == path and spot.line <= line]
    return max(before, key=lambda spot: spot.line).selector if before and line else ""


def _address(snapshot: Snapshot, editor: str, path: str, line: int, column: int) -> str:
    if not editor:
        return ""
    from urllib.parse import quote

    where = quote(snapshot.absolute(path), safe="/:")
    return editor.replace("{path}", where).replace("{line}", str(max(line, 1))).replace("{column}", str(max(column, 1)))
