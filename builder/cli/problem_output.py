"""Print problems in the requested format, the same for every command."""

import codecs
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from builder import cli

if TYPE_CHECKING:
    from collections.abc import Sequence

    from builder.diagnostics import Diagnostic

# Imported only if there are problems: a build with nothing changed needs none of it.

TEXT, JSON, GITHUB, SARIF = cli.FORMATS


def in_words(problems: "Sequence[Diagnostic]", root: Path, stream: TextIO) -> None:
    """Print problems for people, in colour if the stream is a terminal with colours."""
    if not problems:
        return
    from builder import diagnostics
    from builder.content.source_lines import Lines

    lines = Lines(root)
    colour = stream.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    # Written at once: there may be thousands, and a stream of errors writes each line by itself.
    print(
        "\n\n".join([diagnostics.in_words(problem, lines.of(problem.location), colour=colour) for problem in problems]) + "\n", file=stream
    )


def to_program(problems: "Sequence[Diagnostic]", root: Path, format_: str, more: dict[str, Any]) -> None:
    """Print problems on standard output in a format for programs; `more` are further fields of our own JSON."""
    from builder.content.source_lines import Lines
    from builder.diagnostics import formats

    line = Lines(root).of
    if format_ == GITHUB:
        print(formats.as_commands(problems, folder=_folder(root)), end="")
    else:
        data = formats.as_sarif(problems, line, folder=_folder(root)) if format_ == SARIF else formats.as_data(problems, line) | more
        print(in_json(data))


def in_json(data: object, indent: int = 1) -> str:
    """Return what a program reads on standard output as JSON. Where that is not UTF-8, signs beyond ASCII are escaped: a program reads the same under every locale."""
    import json

    return json.dumps(data, ensure_ascii=codecs.lookup(sys.stdout.encoding or "ascii").name != "utf-8", indent=indent)


def count_sentence(problems: "Sequence[Diagnostic]") -> str:
    """Return how many problems there are, as the beginning of a sentence."""
    from builder import diagnostics

    words = diagnostics.count_in_words(problems)
    return words[:1].upper() + words[1:]


def what_to_do(problems: "Sequence[Diagnostic]", command: str) -> str:
    """Return what to do about problems that stop a site."""
    from builder import diagnostics

    if all(problem.severity == diagnostics.WARNING for problem in problems):
        return "Warnings count as errors here (--strict)."
    code = next(problem.code for problem in problems if problem.severity == diagnostics.ERROR)
    return f"Fix the errors and {command} again. What a code means: backstory guide {code}"


def shows_progress(format_: str) -> bool:
    """Return whether the stream is a terminal, to show progress on."""
    return format_ == TEXT and sys.stderr.isatty()


def _folder(root: Path) -> str:
    """Return the path from the working directory to the site: services take the working directory for the top of the repository."""
    here = cli.here()
    try:
        inner = root.resolve().relative_to(Path(here).resolve()).as_posix() if here is not None else "."
    except ValueError:
        return ""
    return "" if inner == "." else f"{inner}/"
