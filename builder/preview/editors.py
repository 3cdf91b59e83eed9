"""Addresses that open a file in an editor at a line, by the schemes that editors register with the desktop."""

from collections.abc import Mapping

EDITORS: Mapping[str, str] = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "windsurf": "windsurf://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "pycharm": "pycharm://open?file={path}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "bbedit": "bbedit://open?url=file://{path}&line={line}",
    "macvim": "mvim://open?url=file://{path}&line={line}&column={column}",
}

_PROGRAMS = {
    "code": "vscode",
    "codium": "vscodium",
    "cursor": "cursor",
    "windsurf": "windsurf",
    "zed": "zed",
    "subl": "sublime",
    "mate": "textmate",
}


def address(name: str) -> str | None:
    """Return the address for an editor: one of `EDITORS`, or itself where it has `{path}` in it; None where it is neither."""
    if "{path}" in name and ":" in name.partition("{path}")[0] and not name.lower().startswith(("javascript:", "data:", "vbscript:")):
        return name
    return EDITORS.get(name)


def guess(environment: Mapping[str, str]) -> str:
    """Return the address for the editor that the environment names (`VISUAL`, `EDITOR`, the terminal of an editor), "" where it names none we know."""
    if environment.get("TERM_PROGRAM") == "vscode":
        return EDITORS["vscode"]
    for variable in ("VISUAL", "EDITOR"):
        words = environment.get(variable, "").split()
        program = words[0].replace("\\", "/").rpartition("/")[2].removesuffix(".exe") if words else ""
        if program in _PROGRAMS:
            return EDITORS[_PROGRAMS[program]]
    return ""
