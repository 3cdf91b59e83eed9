"""The site's own templates and assets that have no effect."""

import re
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import PurePosixPath

from builder.diagnostics import Advice, Diagnostic, Location, advice

THEME = "theme.css"
SHOWN = 4
"""How many variables a message names."""

_TEMPLATES = (".html", ".htm", ".xhtml", ".jinja", ".jinja2", ".j2", ".njk", ".liquid")
"""How the names of templates end, here or with other programs."""

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_GIVEN = re.compile(r"(--[\w-]+)\s*:")


def files(
    own: Iterable[str], ours: Collection[str], assets: Collection[str], references: Callable[[str], Iterable[str]]
) -> Iterator[Diagnostic]:
    """Yield warnings for the site's own files in `templates/`, by their paths there, that have no effect: templates that neither replace one of ours nor are referred to, and assets outside of `assets/`.

    `ours` are the names of our templates and of those that plugins use, `assets` those of our assets; `references` returns the names that a template refers to.
    """
    strays = [name for name in own if name not in ours]
    drawn = _drawn(ours, references) if any(name.endswith(_TEMPLATES) for name in strays) else set()
    for name in strays:
        if PurePosixPath(name).name in assets:
            hint = f"Move it to templates/assets/{PurePosixPath(name).name}."
            yield _unused(name, "only what lies in templates/assets/ is published as it is.", Advice(hint))
        elif name.endswith(_TEMPLATES) and name not in drawn:
            yield _unused(name, "Backstory has no template of this name, and none draws it in.", advice(name, ours))


def theme(text: str, ours: str) -> Iterator[Diagnostic]:
    """Yield warnings for variables of our theme, in CSS, that the site's own theme leaves out."""
    there = set(_GIVEN.findall(_COMMENT.sub("", text)))
    missing = [name for name in dict.fromkeys(_GIVEN.findall(_COMMENT.sub("", ours))) if name not in there]
    if missing:
        more = f" and {len(missing) - SHOWN} more" if len(missing) > SHOWN else ""
        yield Diagnostic(
            "theme-incomplete",
            f"This theme takes the place of ours and leaves out {', '.join(missing[:SHOWN])}{more}. The styles that use them fail.",
            Location(f"templates/assets/{THEME}"),
            help="Begin with a copy of our theme.css, which gives them all, and change that.",
        )


def section(name: str, drawn: Collection[str]) -> Diagnostic:
    """Return a warning for a section of the site's own, by its path in the output, that no stylesheet imports; `drawn` are the imported ones."""
    return _unused(name, "backstory.css imports no section of this name.", advice(name, drawn))


def _drawn(names: Iterable[str], references: Callable[[str], Iterable[str]]) -> set[str]:
    """Return these templates and all that they draw in, however deep."""
    found: set[str] = set()
    wanted = list(names)
    while wanted:
        file = wanted.pop()
        if file not in found:
            found.add(file)
            wanted += references(file)
    return found


def _unused(name: str, why: str, hint: Advice) -> Diagnostic:
    location = Location(f"templates/{name}")
    return Diagnostic(
        "template-unused", f"This file changes nothing: {why}", location, help=hint.help, subject=name, suggestion=hint.suggestion
    )


def not_xml(text: str, output: str, template: str) -> Diagnostic | None:
    """Return the problem of a file made by the site's own template if it is no valid XML; else None."""
    from xml.parsers import expat  # late: hardly any site has such a template

    try:
        expat.ParserCreate().Parse(text.encode("utf-8"), True)  # noqa: FBT003 – it takes no name
    except expat.ExpatError as error:
        message = f"{output} is not XML that programs can read: {expat.errors.messages[error.code]} in its line {error.lineno}."
        return Diagnostic("template-failed", message, Location(f"templates/{template}"))
    return None
