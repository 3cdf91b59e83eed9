"""`backstory publish`: output for the terminal and for programs."""

import logging
import re
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from builder import cli, diagnostics
from builder.build.pipeline import Options, Report, build as build_site
from builder.cli import build_day, problem_output, samples, summary
from builder.cli.commands import releases
from builder.cli.commands.build import note_lines, progress, report_waiting
from builder.cli.commands.publish_job import (
    PublishOptions,
    build_request,
    changed_by_others,
    find_target,
    only_target_with,
    read_settings,
    report_failure,
    trial_options,
)
from builder.content.reading import reason
from builder.model import PublishTarget
from builder.output import OutputProblem
from builder.publish import Changes, Outcome, PublishProblem, SecretsFound, publish as send, rollback as roll_back
from builder.publish.limits import format_size
from builder.publish.problems import RETRIES
from builder.publish.releases import address
from builder.publish.upload import Upload

if TYPE_CHECKING:
    from argparse import Namespace

SHOWN = 12
"""Files of a kind that are named in the plan; of more, the plan gives the number."""


_RELEASE = re.compile(r"\d{4}-\d\d-\d\d-\d{6}(?:-\d+)?")


def run(root: Path, args: "Namespace") -> int:
    """Run the command; `--status` and `--forget` are in `releases`."""
    options = Options(root=root, output=root / "site", day=build_day.day(), strict=not args.no_strict, jobs=args.jobs, verify=True)
    publish_options = PublishOptions(args.dry_run, args.allow_deletes, args.json, args.rollback, args.include_withdrawn)
    with _retries_shown():
        if args.status or args.forget is not None:
            return releases.show_or_forget(options, args.target, publish_options, args.forget, status=args.status)
        return publish(options, args.target, publish_options)


@contextmanager
def _retries_shown() -> Iterator[None]:
    """Show on standard error that a lost connection is tried again: it may take a while."""
    handler = logging.StreamHandler()
    RETRIES.addHandler(handler)
    try:
        yield
    finally:
        RETRIES.removeHandler(handler)


def publish(options: Options, name: str | None, publish_options: PublishOptions) -> int:
    """Build the site, show what will change at the target, and send it. A dry run builds in a temporary folder: the output folder stays as it is."""
    if not publish_options.dry_run:
        return _publish(options, name, publish_options)
    with trial_options(options) as tried:
        return _publish(tried, name, publish_options, built=options.output)


def _publish(options: Options, name: str | None, publish_options: PublishOptions, built: Path | None = None) -> int:
    # `built` is the output folder, where a dry run builds elsewhere.
    name, publish_options = _target_of_rollback(name, publish_options)
    if publish_options.include_withdrawn and publish_options.rollback is None:
        print("backstory: --include-withdrawn says what a rollback brings back; add --rollback.", file=sys.stderr)
        return cli.USAGE
    dry_run, as_json = publish_options.dry_run, publish_options.as_json
    chosen, problems = read_settings(options.root)
    if name is None and publish_options.rollback:
        name = only_target_with(options.root, chosen, publish_options.rollback)
    target = find_target(chosen, name) if not problems else None
    if target is None and not problems:
        return cli.USAGE
    began = time.perf_counter()
    sends = False
    try:
        with progress(shown=sys.stderr.isatty() and not as_json) as show:
            rolls = publish_options.rollback is not None and target is not None
            report = Report((), None) if rolls else build_site(options, progress=show, waits=lambda: report_waiting(options))
            if target is None or (report.plan is None and not rolls):
                return _not_built(options, report, as_json=as_json)
            if built is not None and report.plan is not None:
                report = msgspec.structs.replace(report, changed_by_others=changed_by_others(built, report.plan.manifest))
            request = build_request(options, target, chosen, publish_options)

            def on_plan(where: str, changes: Changes, upload: Upload) -> None:
                nonlocal sends
                sends = not dry_run
                if not as_json:
                    _show_plan(report, left, where, changes, upload, trial=dry_run)

            left = () if rolls else samples.notes(options.root)
            if report.plan is not None:
                outcome = send(request, report.plan.manifest, on_plan=on_plan, progress=show)
            else:
                outcome = roll_back(
                    request,
                    publish_options.rollback or "",
                    include_withdrawn=publish_options.include_withdrawn,
                    on_plan=on_plan,
                    progress=show,
                )
    except KeyboardInterrupt:
        what = " What was sent stays; publish again to send the rest." if sends else " Nothing was sent."
        print(f"\nInterrupted.{what}", file=sys.stderr)
        return cli.INTERRUPTED
    except SecretsFound as problem:
        return report_failure(
            problem, [f"{options.output.name}/{path}:{leak.line}: {leak.what}: {leak.shown}" for path, leak in problem.found], as_json
        )
    except OSError as problem:  # a full disk, while files are laid out to be sent
        # Of a file that could not be written to its end the system gives no name: all of these pass by themselves.
        return report_failure(PublishProblem(f"{problem.filename or tempfile.tempdir}: {reason(problem)}."), [], as_json)
    except (PublishProblem, OutputProblem) as problem:
        return report_failure(problem, [], as_json)
    if as_json:
        outcome = msgspec.structs.replace(outcome, notes=(*outcome.notes, *left))
        about = {**_outcome_as_data(target, outcome, dry_run=dry_run), "changed_by_others": report.changed_by_others}
        more = {"command": "publish", **about}
        problem_output.to_program(report.diagnostics, options.root, problem_output.JSON, more)
    else:
        print("\n".join(_in_words(outcome, target.name, time.perf_counter() - began, dry_run=dry_run)))
    return cli.PROBLEMS if outcome.purge_failed else cli.FINE


def _target_of_rollback(name: str | None, publish_options: PublishOptions) -> tuple[str | None, PublishOptions]:
    """Return the name of the target and the options; in `--rollback live` the name stands where a release may."""
    release = publish_options.rollback
    if not release or name is not None or _RELEASE.fullmatch(release) or release[0].isdigit():
        return name, publish_options
    return release, msgspec.structs.replace(publish_options, rollback="")


def _not_built(options: Options, report: Report, *, as_json: bool) -> int:
    if as_json:
        problem_output.to_program(report.diagnostics, options.root, problem_output.JSON, {"command": "publish", "published": False})
        return cli.PROBLEMS
    problem_output.in_words(report.diagnostics, options.root, sys.stderr)
    only_warnings = options.strict and all(problem.severity == diagnostics.WARNING for problem in report.diagnostics)
    advice = "Publishing stops at warnings too. Fix them, or add --no-strict." if only_warnings else "Fix the errors and publish again."
    print(f"{problem_output.count_sentence(report.diagnostics)}. Nothing was published. {advice}", file=sys.stderr)
    return cli.PROBLEMS


def _show_plan(report: Report, left: Iterable[str], where: str, changes: Changes, upload: Upload, *, trial: bool) -> None:
    """Print the notes of a build, the samples that are `left` in it, and what will change at the target."""
    noted = msgspec.structs.replace(
        report, removed=report.removed_by(changes.deleted, changes.new), removed_records=report.removed_records_by(changes.deleted)
    )
    for line in (*note_lines(noted, trial=trial), *left):
        print(line)
    _show(where, changes, upload)


def _show(where: str, changes: Changes, upload: Upload) -> None:
    lines = []
    for word, paths in (("new", changes.new), ("changed", changes.changed), ("deleted", changes.deleted)):
        lines += [f"  {word:8} {path}" for path in paths[:SHOWN]]
        if len(paths) > SHOWN:
            lines.append(f"  {word:8} … and {len(paths) - SHOWN} more")
    size = format_size(sum(upload.files[path].size for path in (*changes.new, *changes.changed)))
    counts = f"{len(changes.new)} new, {len(changes.changed)} changed, {len(changes.deleted)} deleted, {len(changes.same)} unchanged"
    print("\n".join((f"To {where}: {counts}; {size} to send.", *lines)), flush=True)


def _in_words(outcome: Outcome, name: str, took: float, *, dry_run: bool) -> Iterator[str]:
    if outcome.sent:
        what = f"Brought the release {outcome.release} back" if outcome.release else "Published"
        yield f"{what} to {outcome.where} in {took:.1f} s, and checked that everything arrived."
    elif dry_run:
        yield "Nothing was sent (--dry-run)."
    else:
        yield "Nothing was sent: all is there already."
    if outcome.withdrawn:
        yield (
            f"Withdrawn since, and not brought back: {summary.first_few([f'/{address(path)}' for path in outcome.withdrawn])}. "
            "Pages that name them, and pages that are new since, are as they were. "
            f"To bring them back too: backstory publish {name} --rollback {outcome.release} --include-withdrawn"
        )
    yield from outcome.notes


def _outcome_as_data(target: PublishTarget, outcome: Outcome, *, dry_run: bool) -> dict[str, Any]:
    return {
        "published": not dry_run,
        "target": target.name,
        "where": outcome.where,
        "dry_run": dry_run,
        "sent": outcome.sent,
        "new": outcome.changes.new,
        "changed": outcome.changes.changed,
        "deleted": outcome.changes.deleted,
        "unchanged": len(outcome.changes.same),
        "bytes": outcome.size,
        "release": outcome.release or None,
        "withdrawn": outcome.withdrawn,
        "addresses": outcome.addresses,
        "notes": outcome.notes,
    }
