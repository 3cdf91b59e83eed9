"""`backstory build`, as a person or a program sees it."""

import sys
import time
from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder import cli
from builder.build import Options, Report
from builder.build import build as run
from builder.cli import telling
from builder.files import OutputProblem
from builder.values import is_address
from builder.workers import CrewProblem, Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

PATIENCE = 0.5
"""Seconds after which a person wants to see that something is going on."""


def build(options: Options, *, explain: bool, format_: str, cluster: str | None = None) -> int:
    """Build a site, with the machines of a cluster if there is an address of one, and tell what came of it."""
    if base_url_is_wrong(options):
        return cli.USAGE
    if options.root.is_relative_to(options.output) or options.output.is_relative_to(options.root / "content"):
        print(f"backstory: --output cannot be {options.output}: it holds the site's own files.", file=sys.stderr)
        return cli.USAGE
    if cluster is not None and not _is_scheduler(cluster):
        return cli.USAGE
    began = time.perf_counter()
    try:
        with _crew(cluster) as crew, progress(shown=telling.watched(format_)) as show:
            report = run(options, progress=show, waits=lambda: waits(options), crew=crew)
    except (OutputProblem, CrewProblem) as problem:
        print(f"backstory: {problem}", file=sys.stderr)
        return cli.PROBLEMS
    took = time.perf_counter() - began
    if format_ == telling.TEXT:
        telling.in_words(report.diagnostics, options.root, sys.stderr)
    else:
        telling.to_program(
            report.diagnostics, options.root, format_, {"command": "build", "fine": report.plan is not None, **_as_data(report)}
        )
    if format_ in {telling.TEXT, telling.GITHUB}:
        _tell(options, report, took, explain=explain)
    return cli.FINE if report.plan is not None else cli.PROBLEMS


def _crew(address: str | None) -> AbstractContextManager[Executor | None]:
    if address is None:
        return nullcontext()
    from builder.cluster import crew

    return crew(address)


def _is_scheduler(address: str) -> bool:
    """Tell of a `--cluster` that is no address."""
    from builder.cluster import is_address

    fine = is_address(address)
    if not fine:
        print(f"backstory: --cluster takes the address of a scheduler, such as tcp://10.0.0.5:8786, not “{address}”.", file=sys.stderr)
    return fine


def waits(options: Options) -> None:
    """Say that somebody else is at work."""
    print(f"Another build is writing {_short(options)}. Waiting for it to end …", file=sys.stderr, flush=True)


def base_url_is_wrong(options: Options) -> bool:
    """Tell of a `--base-url` that is no address."""
    wrong = options.base_url is not None and not is_address(options.base_url)
    if wrong:
        print(f"backstory: --base-url takes an address that begins with https://, not “{options.base_url}”.", file=sys.stderr)
    return wrong


def _tell(options: Options, report: Report, took: float, *, explain: bool) -> None:
    told = telling.told(report.diagnostics)
    if report.plan is None:
        print(f"{told}. Nothing was written. {telling.why_stopped(report.diagnostics, 'build')}", file=sys.stderr)
        return
    plan = report.plan
    if explain:
        for verb, steps in (("write ", plan.write), ("keep  ", plan.keep), ("delete", plan.delete)):
            for step in steps:
                print(f"{verb} {step.path}: {step.reason}")
    counts = [f"{len(plan.write)} written", f"{len(plan.keep)} unchanged"] + ([f"{len(plan.delete)} deleted"] if plan.delete else [])
    warned = f" {told}." if report.diagnostics else ""
    print(f"Built {_short(options)} in {took:.1f} s: {', '.join(counts)}.{warned}")
    for line in notes(report):
        print(line)


SHOWN = 5
"""Of what is noted in a summary, so many are named; of more, the number is told."""


def notes(report: Report) -> Iterator[str]:
    """Yield what an author may want to know of a build that went well, a line each."""
    if report.waiting:
        named = [f"“{one.title}” ({one.published})" for one in report.waiting]
        number = len(named)
        who = "1 explainer waits for its day" if number == 1 else f"{number} explainers wait for their day"
        yield f"{who}: {_some(named)}. --future builds {'it' if number == 1 else 'them'} now."
    for one in report.gone[:SHOWN]:
        if one.file:
            yield f"/{one.path} was published before and is gone. Is it now /{one.successor}? Then add to {one.file}: “{one.alias}”"
        else:
            yield f"/{one.path} was published before and is gone. If another page has taken its place, add to the file of that page: “{one.alias}”"
    if len(report.gone) > SHOWN:
        yield f"{len(report.gone) - SHOWN} more pages were published before and are gone: {_some([f'/{one.path}' for one in report.gone[SHOWN:]])}."
    if report.lost:
        named = [f"/{path}" for path in report.lost]
        yield f"Gone with their ids: {_some(named)}. An actor, event or source keeps its address as long as it keeps its id."


def _some(named: list[str]) -> str:
    return ", ".join(named[:SHOWN]) + (f" and {len(named) - SHOWN} more" if len(named) > SHOWN else "")


def _short(options: Options) -> str:
    try:
        return f"{options.output.relative_to(Path.cwd())}/"
    except ValueError:
        return f"{options.output}/"


def _as_data(report: Report) -> dict[str, Any]:
    def steps(of: str) -> list[dict[str, str]]:
        return [{"path": step.path, "reason": step.reason} for step in getattr(report.plan, of)] if report.plan is not None else []

    return {
        "built": report.plan is not None,
        "written": steps("write"),
        "deleted": steps("delete"),
        "unchanged": len(report.plan.keep) if report.plan is not None else 0,
        "waiting": [{"path": one.path, "title": one.title, "published": one.published} for one in report.waiting],
        "gone": [{"path": one.path, "alias": f"/{one.path}", "file": one.file} for one in report.gone],
    }


@contextmanager
def progress(*, shown: bool) -> Iterator[Progress]:
    """Give what shows progress: nothing in a pipe, nothing for a build that is over before anybody wonders."""
    if not shown:
        yield lambda _stage, _done, _of: None
        return
    began = time.perf_counter()
    bar: Bar | None = None
    tasks: dict[str, Any] = {}

    def show(stage: str, done: int, of: int) -> None:
        nonlocal bar
        if bar is None:
            if time.perf_counter() - began < PATIENCE:
                return
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            bar = Progress(*columns, console=Console(stderr=True), transient=True)
            bar.start()
        if stage not in tasks:
            tasks[stage] = bar.add_task(stage, total=of)
        bar.update(tasks[stage], completed=done, total=of)

    try:
        yield show
    finally:
        if bar is not None:
            bar.stop()
