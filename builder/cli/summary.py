"""The report on a successful build, and on one with nothing changed. The latter needs only this module, so it imports little."""

import os
import time

from builder import cli

TYPE_CHECKING = False  # as mypy knows it; `typing` is slow to load
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from builder.diagnostics import Diagnostic
    from builder.incremental.up_to_date import NoopResult
    from builder.linking.drafts import Scheduled
    from builder.output.plan import FileAction


def repeat_report(kept: "NoopResult", root: str, output: str, format_: str, began: float) -> int:
    """Repeat the report of the last build, as `builder.build.pipeline.build` stored it with the receipt."""
    problems, waiting = _decode_report(kept.printed) if kept.printed else ((), ())
    if problems or format_ != cli.FORMATS[0]:
        from pathlib import Path

        print_problems(problems, Path(root), format_, lambda: {"fine": True, **as_data((), (), kept.files, waiting)})
    if is_for_people(format_):
        print(in_words(output, time.perf_counter() - began, (0, kept.files, 0), problems))
        for line in scheduled_lines(waiting):
            print(line)
    return cli.FINE


def _decode_report(printed: bytes) -> "tuple[tuple[Diagnostic, ...], tuple[Scheduled, ...]]":
    import msgspec

    from builder.diagnostics import Diagnostic

    problems, packed = msgspec.msgpack.decode(printed, type=tuple[tuple[Diagnostic, ...], tuple[msgspec.Raw, ...]])
    if not packed:
        return problems, ()
    from builder.linking.drafts import Scheduled  # which takes dates along

    return problems, tuple(msgspec.msgpack.decode(record, type=Scheduled) for record in packed)


def print_problems(problems: "Sequence[Diagnostic]", root: "Path", format_: str, more: "Callable[[], dict[str, Any]]") -> None:
    """Print the problems of a site in the requested format; `more` are further fields of our own JSON."""
    import sys

    from builder.cli import problem_output

    if format_ == problem_output.TEXT:
        problem_output.in_words(problems, root, sys.stderr)
    else:
        problem_output.to_program(problems, root, format_, {"command": "build", **more()})


def is_for_people(format_: str) -> bool:
    """Return whether a format is for people."""
    return format_ in {"text", "github"}


def in_words(output: str, took: float, numbers: tuple[int, int, int], problems: "Sequence[Diagnostic]") -> str:
    """Return the sentence on a build that went well; `numbers` are those of the files that were written, kept and deleted."""
    written, kept, deleted = numbers
    counts = [f"{written} written", f"{kept} unchanged"] + ([f"{deleted} deleted"] if deleted else [])
    warned = ""
    if problems:
        from builder.cli import problem_output

        warned = f" {problem_output.count_sentence(problems)}."
    return f"Built {short_path(output)} in {took:.1f} s: {', '.join(counts)}.{warned}"


SHOWN = 5
"""Items that a summary names; of more, it gives the number."""


def scheduled_lines(waiting: "Sequence[Scheduled]") -> "Iterator[str]":
    """Yield a line on scheduled explainers, if there are any."""
    if waiting:
        named = [f"“{entry.title}” ({entry.published})" for entry in waiting]
        number = len(named)
        who = "1 explainer is scheduled" if number == 1 else f"{number} explainers are scheduled"
        yield f"{who}: {first_few(named)}. --future builds {'it' if number == 1 else 'them'} now."


def first_few(named: list[str]) -> str:
    """Return the first of several, and how many more there are."""
    return ", ".join(named[:SHOWN]) + (f" and {len(named) - SHOWN} more" if len(named) > SHOWN else "")


def short_path(output: str) -> str:
    """Return the path of a folder, relative to the working directory if it is inside."""
    here = cli.here()
    return "./" if output == here else f"{output.removeprefix(os.path.join(here, '')) if here is not None else output}/"


def as_data(
    written: "Sequence[FileAction]", deleted: "Sequence[FileAction]", unchanged: int, waiting: "Sequence[Scheduled]"
) -> "dict[str, Any]":
    """Return the fields of our JSON about a successful build."""

    def actions(those: "Sequence[FileAction]") -> list[dict[str, str]]:
        return [{"path": action.path, "reason": action.reason} for action in those]

    return {
        "built": True,
        "written": actions(written),
        "deleted": actions(deleted),
        "unchanged": unchanged,
        "waiting": [{"path": scheduled.path, "title": scheduled.title, "published": scheduled.published} for scheduled in waiting],
        "gone": [],
        "changed_by_others": [],
    }
