"""`backstory build`, as a person or a program sees it."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder import cli, diagnostics
from builder.build import Options, Report
from builder.build import build as run
from builder.files import OutputProblem, line_of
from builder.values import is_address
from builder.workers import Progress

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

PATIENCE = 0.5
"""Seconds after which a person wants to see that something is going on."""


def build(options: Options, *, explain: bool, as_json: bool) -> int:
    """Build a site and tell what came of it."""
    if options.base_url is not None and not is_address(options.base_url):
        print(f"backstory: --base-url takes an address that begins with https://, not “{options.base_url}”.", file=sys.stderr)
        return cli.USAGE
    if options.root.is_relative_to(options.output) or options.output.is_relative_to(options.root / "content"):
        print(f"backstory: --output cannot be {options.output}: it holds the site's own files.", file=sys.stderr)
        return cli.USAGE
    began = time.perf_counter()
    try:
        with _progress(shown=sys.stderr.isatty() and not as_json) as progress:
            report = run(options, progress=progress)
    except OutputProblem as problem:
        print(f"backstory: {problem}", file=sys.stderr)
        return cli.PROBLEMS
    took = time.perf_counter() - began
    if as_json:
        print(json.dumps(_as_data(report), ensure_ascii=False, indent=1))
    else:
        _tell(options, report, took, explain=explain)
    return cli.FINE if report.plan is not None else cli.PROBLEMS


def _tell(options: Options, report: Report, took: float, *, explain: bool) -> None:
    colour = sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    for problem in report.diagnostics:
        print(diagnostics.in_words(problem, line_of(options.root, problem.place), colour=colour) + "\n", file=sys.stderr)
    told = diagnostics.count_in_words(report.diagnostics)
    if report.plan is None:
        why = (
            "Warnings count as errors here (--strict)."
            if all(p.severity == diagnostics.WARNING for p in report.diagnostics)
            else "Mend the errors and build again."
        )
        print(f"{told[:1].upper()}{told[1:]}. Nothing was written. {why}", file=sys.stderr)
        return
    plan = report.plan
    if explain:
        for verb, steps in (("write ", plan.write), ("keep  ", plan.keep), ("delete", plan.delete)):
            for step in steps:
                print(f"{verb} {step.path}: {step.reason}")
    counts = [f"{len(plan.write)} written", f"{len(plan.keep)} unchanged"] + ([f"{len(plan.delete)} deleted"] if plan.delete else [])
    warned = f" {told[:1].upper()}{told[1:]}." if report.diagnostics else ""
    print(f"Built {_short(options)} in {took:.1f} s: {', '.join(counts)}.{warned}")


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
        "problems": [
            {
                "code": problem.code,
                "severity": problem.severity,
                "file": problem.place.path,
                "line": problem.place.line,
                "column": problem.place.column,
                "message": problem.message,
                "help": problem.help,
                "also": [str(place) for place in problem.also],
            }
            for problem in report.diagnostics
        ],
    }


@contextmanager
def _progress(*, shown: bool) -> Iterator[Progress]:
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
