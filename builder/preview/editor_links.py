"""Links that open an author's editor at a line. Only addresses: the preview starts no program for a browser that asks it to."""

import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

EDITORS = {
    "cursor": "cursor://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "macvim": "mvim://open?url=file://{path}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscode-insiders": "vscode-insiders://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "windsurf": "windsurf://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
}
"""Editors that open links, and how theirs are written. `path` begins with a slash. Sublime Text needs a package for it (subl protocol)."""
_DANGEROUS = frozenset({"about", "blob", "data", "file", "javascript", "vbscript"})


class UnknownEditor(ValueError):
    """Neither a known editor nor a template of an address."""


def template(editor: str) -> str:
    """Return the template of an editor's links, from its name or a template of one's own; "" for "".

    Raises `UnknownEditor`.
    """
    if not editor or editor in EDITORS:
        return EDITORS.get(editor, "")
    scheme = re.match(r"([a-z][a-z0-9+.-]*):", editor, re.ASCII | re.IGNORECASE)
    if not scheme or "{path}" not in editor:
        known = ", ".join(EDITORS)
        raise UnknownEditor(f"“{editor}” is not an editor known here ({known}), nor an address with {{path}} in it.")
    if scheme[1].lower() in _DANGEROUS:
        raise UnknownEditor(f"An address that begins with “{scheme[1]}:” opens no editor.")
    return editor


def link(template: str, path: Path, line: int, column: int) -> str:
    """Return the address that opens a file at a line and column; both begin at 1."""
    text = path.as_posix()
    values = {
        "path": quote(text if text.startswith("/") else f"/{text}", safe="/:"),
        "line": str(max(line, 1)),
        "column": str(max(column, 1)),
    }
    return re.sub(r"\{(path|line|column)\}", lambda found: values[found[1]], template)


_PROGRAMS = {
    "code": "vscode",
    "code-insiders": "vscode-insiders",
    "codium": "vscodium",
    "mate": "textmate",
    "mvim": "macvim",
    "subl": "sublime",
}


def guess(environment: Mapping[str, str]) -> str:
    """Return the editor that the environment names (`VISUAL`, `EDITOR`, the terminal of an editor), "" if it names none that is known."""
    if environment.get("TERM_PROGRAM") == "vscode":
        return "vscode"
    for variable in ("VISUAL", "EDITOR"):
        words = environment.get(variable, "").split()
        program = words[0].replace("\\", "/").rpartition("/")[2].removesuffix(".exe") if words else ""
        program = _PROGRAMS.get(program, program)
        if program in EDITORS:
            return program
    return ""
