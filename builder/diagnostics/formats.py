"""Problems as programs read them: our own JSON, the workflow commands of GitHub Actions, and SARIF 2.1.0.

Each takes what was reported and `line_of`, which gives the line of a file that a location names; none touches the disk.
Columns are counted in characters (Unicode code points) from 1. An end column is the one just behind the last character.
"""

from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from builder import __version__
from builder.diagnostics.codes import ALL, WARNING, Code, section_of
from builder.diagnostics.diagnostic import Diagnostic, Location, TextEdit
from builder.diagnostics.terminal import count, excerpt, see_also

VERSION = 1
"""Of the JSON below: raised when a field changes its meaning or goes. Fields may be added at any time."""

LineOf = Callable[[Location], str]

SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


# --- our own JSON ------------------------------------------------


def as_data(diagnostics: Iterable[Diagnostic], line_of: LineOf) -> dict[str, Any]:
    """Return what the guide calls the problems' JSON."""
    problems = tuple(diagnostics)
    errors, warnings = count(problem for problem in problems if not problem.draft)
    errors_of_drafts, warnings_of_drafts = count(problem for problem in problems if problem.draft)
    return {
        "version": VERSION,
        "backstory": __version__,
        "counts": {"errors": errors, "warnings": warnings},
        "counts_of_drafts": {"errors": errors_of_drafts, "warnings": warnings_of_drafts},
        "problems": [
            {
                "code": problem.code,
                "severity": problem.severity,
                "draft": problem.draft,
                "message": problem.message,
                "help": problem.help,
                "subject": problem.subject or None,
                "did_you_mean": problem.suggestion or None,
                "edits": [_edit(edit) for edit in problem.edits],
                **_position(problem.location),
                "excerpt": excerpt(problem, line_of(problem.location)) or None,
                "also": [_position(location) for location in problem.also],
                "guide": section_of(problem.code),
            }
            for problem in problems
        ],
    }


def _edit(edit: TextEdit) -> dict[str, Any]:
    return {
        "path": edit.path,
        "line": edit.line,
        "column": edit.column,
        "end_line": edit.end_line,
        "end_column": edit.end_column,
        "text": edit.text,
    }


def _position(location: Location) -> dict[str, Any]:
    return {"path": location.path, "line": location.line or None, "column": location.column or None, "end_column": location.end or None}


# --- GitHub Actions ------------------------------------------------


def as_commands(diagnostics: Iterable[Diagnostic], *, folder: str = "") -> str:
    """Return a workflow command a line, which GitHub shows beside the lines of a change.

    `folder` leads from the top of the repository to the site: `docs/` or "".
    """
    return "".join(f"{_command(problem, folder)}\n" for problem in diagnostics)


def _command(problem: Diagnostic, folder: str) -> str:
    location = problem.location
    properties = {"file": folder + location.path}
    if location.line:
        properties |= {"line": str(location.line), "endLine": str(location.line)}
    if location.column:
        properties |= {"col": str(location.column), "endColumn": str(location.end - 1)}
    properties["title"] = problem.code
    words = "\n".join(filter(None, (problem.message, problem.help, *(also[0].upper() + also[1:] for also in see_also(problem, folder)))))
    fields = ",".join(f"{name}={_escaped(value, more=True)}" for name, value in properties.items())
    return f"::{'notice' if problem.draft else problem.severity} {fields}::{_escaped(words)}"


def _escaped(text: str, *, more: bool = False) -> str:
    """Escape text for a workflow command: with `more` for a property, which a colon or a comma would end."""
    text = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return text.replace(":", "%3A").replace(",", "%2C") if more else text


# --- SARIF ------------------------------------------------


def as_sarif(diagnostics: Iterable[Diagnostic], line_of: LineOf, *, folder: str = "") -> dict[str, Any]:
    """Return a SARIF 2.1.0 log with one run; `folder` as in `as_commands`."""
    diagnostics = tuple(diagnostics)
    of_plugins = sorted({problem.code for problem in diagnostics} - {code.name for code in ALL})
    rules = (*ALL, *(Code(name, WARNING, f"A problem that the plugin “{name.partition('/')[0]}” reports.") for name in of_plugins))
    index = {code.name: number for number, code in enumerate(rules)}
    return {
        "$schema": SARIF_SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "Backstory",
                        "version": __version__,
                        "rules": [
                            {
                                "id": code.name,
                                "shortDescription": {"text": code.about},
                                "help": {
                                    "text": code.about
                                    if "/" in code.name
                                    else f"{code.about} The guide tells more, under Problems: backstory guide {code.name}"
                                },
                                "defaultConfiguration": {"level": code.severity},
                            }
                            for code in rules
                        ],
                    }
                },
                "columnKind": "unicodeCodePoints",
                "results": [_result(problem, line_of, folder, index) for problem in diagnostics],
            }
        ],
    }


def _result(problem: Diagnostic, line_of: LineOf, folder: str, index: dict[str, int]) -> dict[str, Any]:
    location, line = problem.location, line_of(problem.location)
    made: dict[str, Any] = {
        "ruleId": problem.code,
        "ruleIndex": index[problem.code],
        "level": "note" if problem.draft else problem.severity,
        "message": {"text": _plain(" ".join(filter(None, (problem.message, problem.help))))},
        "locations": [_location(location, folder, line)],
    }
    if problem.also:
        made["relatedLocations"] = [
            {"id": number, **_location(spot, folder), "message": {"text": "See also here."}} for number, spot in enumerate(problem.also, 1)
        ]
    fixes = _fixes(problem, line, line_of, folder)
    if fixes:
        made["fixes"] = fixes
    return made


def _fixes(problem: Diagnostic, line: str, line_of: LineOf, folder: str) -> list[dict[str, Any]]:
    """Return what is certain, or else the word that is proposed, where the very subject stands in the file."""
    changes: dict[str, list[dict[str, Any]]] = {}
    for edit in problem.edits:
        region = {"startLine": edit.line, "startColumn": edit.column, "endLine": edit.end_line, "endColumn": edit.end_column}
        changes.setdefault(edit.path, []).append({"deletedRegion": region, "insertedContent": {"text": edit.text}})
    words = "Write what is certainly meant." if len(problem.edits) != 1 else f"Write “{problem.edits[0].text}”."
    if not changes and problem.suggestion and problem.subject:
        words = f"Write “{problem.suggestion}”."
        for spot in (problem.location, *problem.also):
            at = line if spot is problem.location else line_of(spot)
            if spot.column and at[spot.column - 1 : spot.end - 1] == problem.subject:
                replacement = {"deletedRegion": _region(spot), "insertedContent": {"text": problem.suggestion}}
                changes.setdefault(spot.path, []).append(replacement)
    if not changes:
        return []
    return [
        {
            "description": {"text": _plain(words)},
            "artifactChanges": [
                {"artifactLocation": _artifact(Location(path), folder), "replacements": replacements}
                for path, replacements in changes.items()
            ],
        }
    ]


def _plain(words: str) -> str:
    """Return words as a plain text message: braces mean placeholders there, and `[words](address)` a link (SARIF 2.1.0, 3.11.5 and 3.11.6)."""
    words = words.replace("\\", "\\\\").replace("{", "{{").replace("}", "}}")
    return words.replace("[", "\\[").replace("]", "\\]") if "](" in words else words


def _location(location: Location, folder: str, line: str = "") -> dict[str, Any]:
    physical: dict[str, Any] = {"artifactLocation": _artifact(location, folder)}
    if location.line:
        physical["region"] = {**_region(location), **({"snippet": {"text": line}} if line else {})}
    return {"physicalLocation": physical}


def _artifact(location: Location, folder: str) -> dict[str, str]:
    return {"uri": quote(folder + location.path, safe="/")}


def _region(location: Location) -> dict[str, int]:
    if not location.column:
        return {"startLine": location.line}
    return {"startLine": location.line, "startColumn": location.column, "endLine": location.line, "endColumn": location.end}
