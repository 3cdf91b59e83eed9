"""The state of the site for the browser's panel, as JSON: problems, and the source locations of the page's parts."""

import msgspec

from builder.content import settings
from builder.diagnostics import ERROR, Diagnostic, section_of
from builder.preview import editor_links
from builder.preview.annotating import endpoints, fix_and_undo
from builder.preview.snapshot import Snapshot
from builder.preview.source_map import PAGE_SELECTOR

PREVIEW_FOLDER = "__backstory/"
"""Where the preview's own files are: no output path begins so, since slugs have no underscores."""

HOME_PAGE = "index.html"
"""The page that shows problems of the settings, which have no page themselves."""

MAX_PROBLEMS = 200
"""Problems that are sent; the panel shows the number of the others."""


_OF_ALL = frozenset({"front-matter-missing", "front-matter-open"})
"""Problems of a whole file, although they are reported at its beginning."""


class FileLink(msgspec.Struct, frozen=True):
    """A place in a content file."""

    path: str
    line: int
    column: int
    editor: str = ""
    """The address that opens an editor there; only for browsers of this machine, since it contains a path."""


class Problem(msgspec.Struct, frozen=True):
    """A problem as the panel shows it."""

    code: str
    severity: str
    message: str
    help: str
    excerpt: str
    at: FileLink
    here: bool
    """Whether it is about the page that is shown."""
    page: str
    """The output path of the page that it is about, where that is another one and there is one."""
    selector: str
    """What it is about in the page; "" if that is not known."""
    words: str
    """The words that it is about, as they are written; "" if it is about no certain ones."""
    guide: str
    """The address of its section in the guide, which the preview shows itself."""
    fix: str = ""
    """The digest of the files that its fix changes; "" if it has none."""


class SourceLocation(msgspec.Struct, frozen=True):
    """A part of the page, and where it comes from."""

    selector: str
    at: FileLink


class PanelState(msgspec.Struct, frozen=True):
    """All that the client asks for at once."""

    at: str
    key: str
    """The CSRF token of this run. It is not in the page, which a browser may have cached in an earlier run."""
    found: bool
    stops: bool
    """Whether a build would stop at the problems."""
    failed: bool
    """Whether a bug in Backstory keeps the newest save from being shown."""
    draft: bool
    waits: str
    """The day that the page waits for; empty where it does not."""
    total: int
    problems: list[Problem]
    spots: list[SourceLocation]
    undo: str = ""
    """What the next undo takes back, in a few words; "" if there is none."""
    redo: str = ""


def state(snapshot: Snapshot, at: str, page: str, *, key: str = "", editor: str = "", writes: bool = False) -> bytes:
    """Return the state of a snapshot for the page at an output path; `editor` is the template of links, "" for none; `writes` is whether pages may change files."""

    def link(path: str, line: int, column: int) -> FileLink:
        file = snapshot.locate(path) if editor else None
        return FileLink(path, line, column, editor_links.link(editor, file, line, column) if file else "")

    # First of all: where the page was not made yet, its template may fail only now, and is one of the problems then.
    found = snapshot.get(page) is not None
    fault = snapshot.template_problem(page)
    spots = snapshot.spots_of(page)
    files = {spot.path for spot in spots}

    def selector(problem: Diagnostic) -> str:
        """Return the selector of the part of the page with a problem; "" if there is none."""
        if problem == fault:
            return PAGE_SELECTOR
        locations = (location for location in (problem.location, *problem.also) if location.path in files)
        found = next((found for location in locations if (found := snapshot.passage(spots, location))), "")
        return PAGE_SELECTOR if found and problem.code in _OF_ALL else found

    def shown(problem: Diagnostic, selector: str) -> Problem:
        file = problem.location.path
        return Problem(
            code=problem.code,
            severity=problem.severity,
            message=problem.message,
            help=problem.help,
            excerpt=snapshot.excerpt(problem),
            at=link(file, problem.location.line, problem.location.column),
            here=bool(selector),
            page="" if selector else HOME_PAGE if file in {settings.PATH, settings.STYLE} else snapshot.page_of(file),
            selector=selector,
            words=snapshot.words(problem),
            guide=f"/{PREVIEW_FOLDER}{section_of(problem.code)}",
            fix=fix_and_undo.digest_of(snapshot, problem) if writes else "",
        )

    problems = sorted(
        ((problem, selector(problem)) for problem in snapshot.problems), key=lambda entry: (not entry[1], entry[0].severity != ERROR)
    )
    root = snapshot.locate("") if writes else None
    back, forward = endpoints.undo_labels(root) if root is not None else ("", "")
    return msgspec.json.encode(
        PanelState(
            at=at,
            key=key,
            found=found,
            stops=snapshot.stops_build,
            failed=snapshot.failed,
            draft=snapshot.draft(page),
            waits=snapshot.scheduled_day(page),
            total=len(problems),
            problems=[shown(*problem) for problem in problems[:MAX_PROBLEMS]],
            spots=[SourceLocation(spot.selector, link(spot.path, spot.line, spot.column)) for spot in spots],
            undo=back,
            redo=forward,
        )
    )
