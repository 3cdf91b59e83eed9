"""Problems in the format that was asked for, the same for every command that tells them."""

import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any, TextIO

from builder import cli, diagnostics
from builder.diagnostics import Diagnostic, Place, formats
from builder.files import line_of

TEXT, JSON, GITHUB, SARIF = cli.FORMATS


def in_words(problems: Sequence[Diagnostic], root: Path, stream: TextIO) -> None:
    """Tell problems to a person, in colour where the stream is a terminal that wants it."""
    colour = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    for problem in problems:
        print(diagnostics.in_words(problem, line_of(root, problem.place), colour=colour) + "\n", file=stream)


def to_program(problems: Sequence[Diagnostic], root: Path, format_: str, more: dict[str, Any]) -> None:
    """Tell problems on standard output in a format for programs; `more` is what else our own JSON says."""

    def line(place: Place) -> str:
        return line_of(root, place)

    if format_ == GITHUB:
        print(formats.as_commands(problems, folder=_folder(root)), end="")
    else:
        data = formats.as_sarif(problems, line, folder=_folder(root)) if format_ == SARIF else formats.as_data(problems, line) | more
        print(json.dumps(data, ensure_ascii=False, indent=1))


def told(problems: Sequence[Diagnostic]) -> str:
    """Return how many problems there are, as the beginning of a sentence."""
    words = diagnostics.count_in_words(problems)
    return words[:1].upper() + words[1:]


def why_stopped(problems: Sequence[Diagnostic], command: str) -> str:
    """Return what to do about problems that stop a site."""
    if all(problem.severity == diagnostics.WARNING for problem in problems):
        return "Warnings count as errors here (--strict)."
    return f"Mend the errors and {command} again."


def watched(format_: str) -> bool:
    """Say whether a person watches, who may like to see progress."""
    return format_ == TEXT and sys.stderr.isatty()


def _folder(root: Path) -> str:
    """Return what leads from here to the site: services take the folder that a command runs in for the top of the repository."""
    try:
        inner = root.resolve().relative_to(Path.cwd().resolve()).as_posix()
    except ValueError:
        return ""
    return "" if inner == "." else f"{inner}/"
