"""`backstory build`: output for the terminal and for programs."""

import sys
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import TYPE_CHECKING, Any

from builder import cli
from builder.cli import problem_output, summary

# Imported only if something is built: a build with nothing changed needs none of it.
if TYPE_CHECKING:
    from concurrent.futures import Executor

    from rich.progress import Progress as Bar

    from builder.build.pipeline import Options, Report
    from builder.build.run import Progress
    from builder.incremental.up_to_date import InputStamp

PATIENCE = 0.5
"""Seconds after which a person wants to see that something is going on."""


def build(
    options: "Options",
    *,
    explain: bool,
    profile: bool = False,
    format_: str,
    stamp: "InputStamp | None" = None,
    cluster: str | None = None,
) -> int:
    """Build a site and report the result. `stamp` records the inputs, by which a later build sees that nothing has changed; `cluster` is the address of a Dask scheduler."""
    from builder.build.parallel import ExecutorProblem
    from builder.build.pipeline import build as run
    from builder.build.timings import Profile
    from builder.output import OutputProblem, inner, overlaps_sources

    if reports_wrong_base_url(options):
        return cli.USAGE
    if overlaps_sources(options.output, options.root):
        print(f"backstory: --output cannot be {options.output}: it holds the site’s own files.", file=sys.stderr)
        return cli.USAGE
    if inside := inner(options.output.resolve()):
        print(
            f"backstory: --output cannot be {options.output}: it lies in {inside}/, whose files belong to another program.", file=sys.stderr
        )
        return cli.USAGE
    began = time.perf_counter()
    spent = Profile() if profile else None
    try:
        with _executor(cluster) as executor, progress(shown=problem_output.shows_progress(format_)) as show:
            report = run(options, progress=show, waits=lambda: report_waiting(options), stamp=stamp, profile=spent, executor=executor)
    except (OutputProblem, ExecutorProblem) as problem:
        print(f"backstory: {problem}", file=sys.stderr)
        return cli.PROBLEMS
    took = time.perf_counter() - began
    more = {}
    if spent is not None:
        from builder.cli.commands import profile_report

        more = {"profile": profile_report.as_data(spent, took, report.plan)}
    summary.print_problems(report.diagnostics, options.root, format_, lambda: {"fine": report.plan is not None, **_as_data(report), **more})
    if summary.is_for_people(format_):
        _print_summary(options, report, took, explain=explain)
    if spent is not None and format_ != problem_output.JSON:
        from builder.cli.commands import profile_report

        sys.stdout.flush()
        print("", *profile_report.in_words(spent, took, report.plan), sep="\n", file=sys.stderr)
    return cli.FINE if report.plan is not None else cli.PROBLEMS


def _executor(address: str | None) -> AbstractContextManager["Executor | None"]:
    if address is None:
        return nullcontext()
    from builder.build.dask_executor import connect

    return connect(address)


def is_scheduler(address: str) -> bool:
    """Report a `--cluster` that is no address."""
    from builder.build.dask_executor import is_scheduler_address

    fine = is_scheduler_address(address)
    if not fine:
        print(f"backstory: --cluster takes the address of a scheduler, such as tcp://10.0.0.5:8786, not “{address}”.", file=sys.stderr)
    return fine


def report_waiting(options: "Options") -> None:
    """Report that another process is building the site."""
    print(f"Another build is writing {summary.short_path(str(options.output))}. Waiting for it to end …", file=sys.stderr, flush=True)


def reports_wrong_base_url(options: "Options") -> bool:
    """Report a `--base-url` that is no address."""
    from builder.urls import is_web_address

    wrong = options.base_url is not None and not is_web_address(options.base_url)
    if wrong:
        print(f"backstory: --base-url takes an address that begins with https://, not “{options.base_url}”.", file=sys.stderr)
    return wrong


def _print_summary(options: "Options", report: "Report", took: float, *, explain: bool) -> None:
    if report.plan is None:
        count = problem_output.count_sentence(report.diagnostics)
        print(f"{count}. Nothing was written. {problem_output.what_to_do(report.diagnostics, 'build')}", file=sys.stderr)
        return
    plan = report.plan
    if explain:
        for verb, actions in (("write ", plan.write), ("keep  ", plan.keep), ("delete", plan.delete)):
            for action in actions:
                print(f"{verb} {action.path}: {action.reason}")
    print(summary.in_words(str(options.output), took, (len(plan.write), len(plan.keep), len(plan.delete)), report.diagnostics))
    for line in note_lines(report):
        print(line)


def note_lines(report: "Report", *, trial: bool = False) -> Iterator[str]:
    """Yield the notes on a successful build, a line each; with `trial` on one that left the output folder as it is."""
    if changed := report.changed_by_others:
        who = "was" if len(changed) == 1 else "were"
        made = "would be" if trial else who
        yield f"{summary.first_few([f'/{path}' for path in changed])} {who} changed by another program, or by the disk, since the last build, and {made} made again."
    yield from summary.scheduled_lines(report.waiting)
    for removed_page in report.removed[: summary.SHOWN]:
        if removed_page.file:
            yield f"/{removed_page.path} was published before and is gone. Is it now /{removed_page.successor}? Then add to {removed_page.file}: “{removed_page.alias}”"
        else:
            yield f"/{removed_page.path} was published before and is gone. If another page has taken its place, add to the file of that page: “{removed_page.alias}”"
    if len(report.removed) > summary.SHOWN:
        yield f"{len(report.removed) - summary.SHOWN} more pages were published before and are gone: {summary.first_few([f'/{removed_page.path}' for removed_page in report.removed[summary.SHOWN :]])}."
    if report.removed_records:
        named = [f"/{path}" for path in report.removed_records]
        yield f"Gone with their ids: {summary.first_few(named)}. An actor, event or source keeps its address as long as it keeps its id."


def _as_data(report: "Report") -> dict[str, Any]:
    if report.plan is None:
        return {**summary.as_data((), (), 0, report.waiting), "built": False}
    gone = [{"path": removed_page.path, "alias": f"/{removed_page.path}", "file": removed_page.file} for removed_page in report.removed]
    return {
        **summary.as_data(report.plan.write, report.plan.delete, len(report.plan.keep), report.waiting),
        "gone": gone,
        "changed_by_others": list(report.changed_by_others),
    }


@contextmanager
def progress(*, shown: bool) -> "Iterator[Progress]":
    """Return the progress display: nothing in a pipe or for a short build."""
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
