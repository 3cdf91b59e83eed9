"""Requests of the preview that apply the fix of a problem, as `check --fix` does, or undo and redo changes."""

import msgspec

from builder.content.editing import Refused, between, digest, refused
from builder.content.editing.fixing import fixed
from builder.diagnostics import Diagnostic
from builder.output import edits
from builder.preview.annotating.endpoints import state_after
from builder.preview.snapshot import Engine, Snapshot


class UndoRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A request to undo or redo."""

    page: str


class FixRequest(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A request for the fix of a problem, which is identified by its code, message and location."""

    page: str
    code: str
    message: str
    path: str
    line: int
    column: int
    fix: str
    """The digest of the files that it changes."""


def digest_of(snapshot: Snapshot, problem: Diagnostic) -> str:
    """Return the digest of the files that the fix of a problem changes; "" if it has none."""
    paths = dict.fromkeys(edit.path for edit in problem.edits)
    found = [snapshot.source(path) for path in paths]
    return digest(b"".join(digest(data or b"").encode() for data in found)) if paths and None not in found else ""


def fix(engine: Engine, body: bytes) -> bytes | None:
    """Apply the fix of a problem and return the new state."""
    try:
        asked = msgspec.json.decode(body, type=FixRequest)
    except msgspec.MsgspecError as error:
        raise ValueError(f"This cannot be read: {error}") from error
    return state_after(engine, asked.page, "Fixed", asked.path, _fixed(engine.current(), asked))


def _fixed(snapshot: Snapshot, asked: FixRequest) -> edits.JournalEntry | Refused:
    wanted = (asked.code, asked.message, asked.path, asked.line, asked.column)
    problem = next((problem for problem in snapshot.problems if _problem_key(problem) == wanted and problem.edits), None)
    root = snapshot.locate("")
    if problem is None or root is None or digest_of(snapshot, problem) != asked.fix:
        return refused("changed", asked.path, asked.line, "The file has changed since this problem was reported. Reload the page.")
    changes = []
    for path in dict.fromkeys(edit.path for edit in problem.edits):
        data = snapshot.source(path) or b""
        after, is_fixed = fixed(path, data, [problem])
        if not is_fixed:
            return refused("layout", path, asked.line)
        changes.append(between(path, data, after))
    return edits.write(root, changes, f"fix {problem.code} in {asked.path}")


def _problem_key(problem: Diagnostic) -> tuple[str, str, str, int, int]:
    return problem.code, problem.message, problem.location.path, problem.location.line, problem.location.column


def undo(engine: Engine, body: bytes) -> bytes | None:
    """Undo the last change of the site, unless that would delete a file."""
    page = _page(body)
    root = engine.current().locate("")
    return state_after(engine, page, "Taken back", "", edits.undo(root, deletes_made_files=False)) if root is not None else None


def redo(engine: Engine, body: bytes) -> bytes | None:
    """Redo the last undone change."""
    page = _page(body)
    root = engine.current().locate("")
    return state_after(engine, page, "Made again", "", edits.redo(root)) if root is not None else None


def _page(body: bytes) -> str:
    try:
        return msgspec.json.decode(body, type=UndoRequest).page
    except msgspec.MsgspecError as error:
        raise ValueError(f"This cannot be read: {error}") from error
