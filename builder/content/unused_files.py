"""Files of `content/` that no part of a site is made of, and what their authors most likely meant."""

from builder.content.parse import CONTENT, FOLDERS
from builder.diagnostics import WARNING, Diagnostic, Location, nearest

DATA = (".yaml", ".yml")
_NEARLY_TEXT = (".md", ".markdown", ".mdown", ".mkd", ".mkdn", ".mdwn")
_OF_OTHERS = (".docx", ".doc", ".odt", ".rtf", ".pages", ".html", ".htm")
_BARE_TEXT = (".txt", ".text", *DATA)

_OF_TEMPLATES = {
    "theme.css": "templates/assets/theme.css",
    "backstory.css": "templates/assets/theme.css",
    "style.css": "templates/assets/theme.css",
}
_MEANT = {
    "people": "actors",
    "persons": "actors",
    "speakers": "actors",
    "articles": "explainers",
    "posts": "explainers",
    "stories": "explainers",
    "timeline": "events",
    "references": "sources",
    "images": "static",
    "pictures": "static",
    "assets": "static",
    "public": "static",
    "files": "static",
}
"""What other programs, or people, call the folders."""


def report(path: str) -> Diagnostic:
    """Return the warning on a file that is not used."""
    inside = path.removeprefix(CONTENT)
    folder, _, rest = inside.partition("/")
    folders = f"{', '.join(FOLDERS)}, static"
    if not rest and (place := _OF_TEMPLATES.get(inside)):
        message, hint = f"“{inside}” lies in content/, where no stylesheet is read.", f"Move it to {place}, beside content/."
    elif not rest:
        message, hint = f"“{inside}” lies in content/ but belongs to no folder of it.", f"Move it into one of: {folders}."
    elif folder not in FOLDERS:
        message, hint = f"content/ has no folder “{folder}”; this file is not used.", f"Its folders are: {folders}."
        if near := _MEANT.get(folder.lower(), "") or nearest(folder.lower(), (*FOLDERS, "static")):
            hint = f"Did you mean “{near}”? {hint}"
    elif hint := right_name(folder, path):
        message = f"“{inside}” is not read, since its name does not end in .md."
    else:
        message = f"“{inside}” is not a file of this folder and is not used."
        hint = "Put pictures into content/static/, or beside an explainer’s index.md in a folder of its own."
    return Diagnostic("file-unused", message, Location(path), help=hint, severity=WARNING)


def right_name(folder: str, path: str) -> str:
    """Return how a file must be called that was most likely meant to be read; "" for any other.

    Beside an index.md, only what is Markdown by its name was: all else may be there to be published as it is.
    """
    stem, _, ending = path.lower().rpartition(".")
    ending = f".{ending}"
    name = f"{path[: len(stem)].rpartition('/')[2]}.md"
    if ending in _NEARLY_TEXT:
        return f"Call it {name}."
    if folder in {"explainers", "pages"} and path.count("/") > 2:
        return ""
    if ending in _BARE_TEXT:
        return f"Call it {name}, with a line “---” above its keys and one below them."
    return f"Save it as plain text, in UTF-8, and call it {name}." if ending in _OF_OTHERS else ""


def is_hidden_text(path: str) -> bool:
    """Return whether a file was written as Markdown and is not read for the dot before its name; `.#a.md` and `._a.md` are those of programs.

    Only where each file is a record: beside an index.md there may be anything.
    """
    folder, _, name = path.removeprefix(CONTENT).rpartition("/")
    is_text = name.lower().endswith(_NEARLY_TEXT) and name.count(".") > 1
    return folder in FOLDERS and is_text and name.startswith(".") and not name.startswith((".#", "._", ".."))


def report_hidden(path: str) -> Diagnostic:
    """Return the warning on such a file."""
    inside = path.removeprefix(CONTENT)
    return Diagnostic(
        "file-unused",
        f"“{inside}” is not read, since its name begins with a dot.",
        Location(path),
        help=f"Call it {path.rpartition('/')[2].lstrip('.')}; to keep it for later, write “draft: yes” in it.",
        severity=WARNING,
    )
