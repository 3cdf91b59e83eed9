"""The state of the site as the browser's panel shows it, in JSON: problems, and where the parts of a page come from."""

import msgspec

from builder.content import settings
from builder.diagnostics import ERROR, Diagnostic, section_of
from builder.preview import editors
from builder.preview.annotating import endpoints, stepping
from builder.preview.snapshot import Snapshot
from builder.preview.source_map import TOP

OWN = "__backstory/"
"""Where the preview's own files are: no output path begins so, since slugs have no underscores."""

HOME = "index.html"
"""Where problems of the settings are told, which have no page of their own."""

MOST = 200
"""Problems that are sent; the panel tells how many more there are."""


_OF_ALL = frozenset({"front-matter-missing", "front-matter-open"})
"""What is about a file as a whole, though it is told where the file begins."""


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
    page: str
    """The output path of the page that it is about, where that is another one and there is one."""
    selector: str
    """What it is about in the page; "" where that is not known."""
    words: str
    """The words that it is about, as they are written; "" where it is about no certain ones."""
    guide: str
    """The address of its section in the guide, which the preview shows itself."""
    fix: str = ""
    """The digest of the files that its fix changes; "" where it has none."""


class Spotted(msgspec.Struct, frozen=True):
    """A part of the page, and where it comes from."""

    selector: str
    at: Link


class State(msgspec.Struct, frozen=True):
    """All that the client asks for at once."""

    at: str
    key: str
    """The secret by which a page of this run may write. It stands here and not in the page, which a browser may keep from an earlier run."""
    found: bool
    stops: bool
    """Whether a build would stop at the problems."""
    failed: bool
    """Whether a bug of ours kept what was saved from being shown."""
    draft: bool
    waits: str
    """The day that the page waits for; empty where it does not."""
    total: int
    problems: list[Problem]
    places: list[Spotted]
    undo: str = ""
    """What a step back takes back, in a few words; "" where there is none."""
    redo: str = ""


def state(snapshot: Snapshot, at: str, page: str, *, key: str = "", editor: str = "", writes: bool = False) -> bytes:
    """Return the state of a snapshot for the page at an output path; `editor` is the template of links, "" for none; `writes` tells whether pages may change files."""

    def link(path: str, line: int, column: int) -> Link:
        file = snapshot.locate(path) if editor else None
        return Link(path, line, column, editors.link(editor, file, line, column) if file else "")

    # First of all: where the page was not made yet, its template may fail only now, and is one of the problems then.
    found = snapshot.get(page) is not None
    fault = snapshot.fault(page)
    spots = snapshot.places(page)
    files = {spot.path for spot in spots}

    def selector(problem: Diagnostic) -> str:
        """Return what a problem is about in the page; "" where that is nothing."""
        if problem == fault:
            return TOP
        places = (place for place in (problem.place, *problem.also) if place.path in files)
        found = next((found for place in places if (found := snapshot.passage(spots, place))), "")
        return TOP if found and problem.code in _OF_ALL else found

    def told(problem: Diagnostic, selector: str) -> Problem:
        file = problem.place.path
        return Problem(
            code=problem.code,
            severity=problem.severity,
            message=problem.message,
            help=problem.help,
            excerpt=snapshot.excerpt(problem),
            at=link(file, problem.place.line, problem.place.column),
            here=bool(selector),
            page="" if selector else HOME if file in {settings.PATH, settings.STYLE} else snapshot.page_of(file),
            selector=selector,
            words=snapshot.words(problem),
            guide=f"/{OWN}{section_of(problem.code)}",
            fix=stepping.digest_of(snapshot, problem) if writes else "",
        )

    problems = sorted(
        ((problem, selector(problem)) for problem in snapshot.problems), key=lambda one: (not one[1], one[0].severity != ERROR)
    )
    root = snapshot.locate("") if writes else None
    back, forward = endpoints.names_of_steps(root) if root is not None else ("", "")
    return msgspec.json.encode(
        State(
            at=at,
            key=key,
            found=found,
            stops=snapshot.stops,
            failed=snapshot.failed,
            draft=snapshot.draft(page),
            waits=snapshot.waits(page),
            total=len(problems),
            problems=[told(*one) for one in problems[:MOST]],
            places=[Spotted(spot.selector, link(spot.path, spot.line, spot.column)) for spot in spots],
            undo=back,
            redo=forward,
        )
    )
