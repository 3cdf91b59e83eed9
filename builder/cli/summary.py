"""The words on a build that went well, and all that is told of one that found nothing changed.

Such a build ends with this module, so it takes nothing along that is not to be told.
"""

import os
import time

from builder import cli

TYPE_CHECKING = False  # as mypy knows it; `typing` is slow to load
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path
    from typing import Any

    from builder.diagnostics import Diagnostic
    from builder.incremental.up_to_date import Kept
    from builder.linking.drafts import Scheduled
    from builder.output.plan import FileAction


def again(kept: "Kept", root: str, output: str, format_: str, began: float) -> int:
    """Tell what a build would tell that finds nothing changed, as `builder.build.pipeline.build` left it with the receipt."""
    problems, waiting = _told_again(kept.told) if kept.told else ((), ())
    if problems or format_ != cli.FORMATS[0]:
        from pathlib import Path

        tell_problems(problems, Path(root), format_, lambda: {"fine": True, **as_data((), (), kept.files, waiting)})
    if is_for_people(format_):
        print(in_words(output, time.perf_counter() - began, (0, kept.files, 0), problems))
        for line in of_waiting(waiting):
            print(line)
    return cli.FINE


def _told_again(told: bytes) -> "tuple[tuple[Diagnostic, ...], tuple[Scheduled, ...]]":
    import msgspec

    from builder.diagnostics import Diagnostic

    problems, packed = msgspec.msgpack.decode(told, type=tuple[tuple[Diagnostic, ...], tuple[msgspec.Raw, ...]])
    if not packed:
        return problems, ()
    from builder.linking.drafts import Scheduled  # which takes dates along

    return problems, tuple(msgspec.msgpack.decode(one, type=Scheduled) for one in packed)


def tell_problems(problems: "Sequence[Diagnostic]", root: "Path", format_: str, more: "Callable[[], dict[str, Any]]") -> None:
    """Tell the problems of a site in the format that was asked for; `more` gives what else our own JSON says."""
    import sys

    from builder.cli import telling

    if format_ == telling.TEXT:
        telling.in_words(problems, root, sys.stderr)
    else:
        telling.to_program(problems, root, format_, {"command": "build", **more()})


def is_for_people(format_: str) -> bool:
    """Say whether a format leaves standard output to people."""
    return format_ in {"text", "github"}


def in_words(output: str, took: float, numbers: tuple[int, int, int], problems: "Sequence[Diagnostic]") -> str:
    """Return the sentence on a build that went well; `numbers` are those of the files that were written, kept and deleted."""
    written, kept, deleted = numbers
    counts = [f"{written} written", f"{kept} unchanged"] + ([f"{deleted} deleted"] if deleted else [])
    warned = ""
    if problems:
        from builder.cli import telling

        warned = f" {telling.told(problems)}."
    return f"Built {short(output)} in {took:.1f} s: {', '.join(counts)}.{warned}"


SHOWN = 5
"""Of what is noted in a summary, so many are named; of more, the number is told."""


def of_waiting(waiting: "Sequence[Scheduled]") -> "Iterator[str]":
    """Yield a line on the explainers whose day has not come, if there are any."""
    if waiting:
        named = [f"“{one.title}” ({one.published})" for one in waiting]
        number = len(named)
        who = "1 explainer waits for its day" if number == 1 else f"{number} explainers wait for their day"
        yield f"{who}: {some(named)}. --future builds {'it' if number == 1 else 'them'} now."


def some(named: list[str]) -> str:
    """Return the first of several, and how many more there are."""
    return ", ".join(named[:SHOWN]) + (f" and {len(named) - SHOWN} more" if len(named) > SHOWN else "")


def short(output: str) -> str:
    """Return a folder as seen from here, where it lies below."""
    here = cli.here()
    return "./" if output == here else f"{output.removeprefix(os.path.join(here, '')) if here is not None else output}/"


def as_data(
    written: "Sequence[FileAction]", deleted: "Sequence[FileAction]", unchanged: int, waiting: "Sequence[Scheduled]"
) -> "dict[str, Any]":
    """Return what a program is told of a build that went well."""

    def steps(those: "Sequence[FileAction]") -> list[dict[str, str]]:
        return [{"path": step.path, "reason": step.reason} for step in those]

    return {
        "built": True,
        "written": steps(written),
        "deleted": steps(deleted),
        "unchanged": unchanged,
        "waiting": [{"path": one.path, "title": one.title, "published": one.published} for one in waiting],
        "gone": [],
        "changed_by_others": [],
    }
