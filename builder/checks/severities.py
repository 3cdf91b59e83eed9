"""Severity overrides from `problems:` in `site.yaml`.

Applied once, when all problems are known, so that every command and every format agrees.
"""

import functools
from collections.abc import Collection, Iterable, Sequence
from fnmatch import fnmatchcase

import msgspec

from builder.diagnostics import CODES, ERROR, Diagnostic
from builder.model import Override

OFF = "off"


def apply(problems: Iterable[Diagnostic], overrides: Sequence[Override], *, unseen: Collection[str] = ()) -> tuple[Diagnostic, ...]:
    """Return the problems with the severities that the site gives them, without those that are off.

    Of several overrides that match a problem the last one counts. Unused overrides are reported, except those that may apply to one of the files
    `unseen`, whose problems are not known: skipped drafts.
    """
    result = []
    used: set[int] = set()
    for problem in problems:
        fitting = [
            number for number, override in enumerate(overrides) if override.code == problem.code and covers(override, problem.location.path)
        ]
        used.update(number for number in fitting if overrides[number].severity != problem.severity)
        severity = overrides[fitting[-1]].severity if fitting else problem.severity
        if severity != OFF:
            result.append(problem if severity == problem.severity else msgspec.structs.replace(problem, severity=severity))
    result += [
        _unused(override)
        for number, override in enumerate(overrides)
        if number not in used and not any(covers(override, path) for path in unseen)
    ]
    return tuple(result)


def _unused(override: Override) -> Diagnostic:
    known = CODES.get(override.code)
    if known is not None and known.severity == override.severity:
        why = f"“{override.code}” counts as {'an error' if override.severity == ERROR else 'a warning'} anyway"
    else:
        why = f"there is no “{override.code}”" + (f" in {', '.join(override.files)}" if override.files else "")
    advice = "Delete it, so that it does not hide the next problem of this kind."
    return Diagnostic("override-unused", f"This entry changes nothing: {why}.", override.location, help=advice)


def covers(override: Override, path: str) -> bool:
    """Return whether an override applies to a file."""
    return not override.files or any(fits(path, pattern) for pattern in override.files)


def fits(path: str, pattern: str) -> bool:
    """Return whether a path matches a pattern: `*`, `?` and `[…]` within one name, `**` for any number of folders, including none."""
    names, written = path.split("/"), pattern.split("/")
    # Several `**` in a row mean the same as one, and would only recurse deeper.
    parts = [part for number, part in enumerate(written) if part != "**" or written[number - 1 : number] != ["**"]]

    @functools.cache
    def rest(name: int, part: int) -> bool:
        if part == len(parts):
            return name == len(names)
        if parts[part] == "**":
            return rest(name, part + 1) or (name < len(names) and rest(name + 1, part))
        return name < len(names) and fnmatchcase(names[name], parts[part]) and rest(name + 1, part + 1)

    return rest(0, 0)
