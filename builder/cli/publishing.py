"""`backstory publish`, as a person or a program sees it."""

import contextlib
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

from builder import cli, diagnostics
from builder.build.load import active
from builder.build.pipeline import Options, Report, build as run
from builder.cli import samples, summary, telling
from builder.cli.building import notes, progress, waits
from builder.content import settings
from builder.content.reading import reason
from builder.incremental.parse_cache import KEPT
from builder.model import PublishTarget, Settings
from builder.output import OutputProblem
from builder.output.ordinary import read_ordinary
from builder.publish import Changes, Job, Outcome, Publisher, PublishProblem, SecretsFound, publish as send, rollback as roll_back
from builder.publish.limits import format_size
from builder.publish.releases import address
from builder.publish.upload import Upload

SHOWN = 12
"""Files of a kind that are named in the plan; of more, the number is told."""


class Wish(msgspec.Struct, frozen=True):
    """How to publish."""

    dry_run: bool = False
    allow_deletes: bool = False
    as_json: bool = False
    rollback: str | None = None
    """The release to bring back, "" for the last but one; None to publish the content as it is."""
    include_withdrawn: bool = False


_RELEASE = re.compile(r"\d{4}-\d\d-\d\d-\d{6}(?:-\d+)?")


def publish(options: Options, name: str | None, wish: Wish) -> int:
    """Build the site, show what will change at the target, and send it. A dry run builds it where nobody looks: the output folder stays as it is."""
    if wish.rollback and name is None and not _RELEASE.fullmatch(wish.rollback):  # `--rollback live`: the name of the target
        name, wish = wish.rollback, msgspec.structs.replace(wish, rollback="")
    if wish.include_withdrawn and wish.rollback is None:
        print("backstory: --include-withdrawn says what a rollback brings back; add --rollback.", file=sys.stderr)
        return cli.USAGE
    dry_run, as_json = wish.dry_run, wish.as_json
    chosen, problems = settings_of(options.root)
    target = target_of(chosen, name) if not problems else None
    if target is None and not problems:
        return cli.USAGE
    if dry_run:
        options = msgspec.structs.replace(options, output=options.root / KEPT / "dry-run" / options.output.name)
    began = time.perf_counter()
    sends = False
    try:
        with progress(shown=sys.stderr.isatty() and not as_json) as show:
            rolls = wish.rollback is not None and target is not None
            report = Report((), None) if rolls else run(options, progress=show, waits=lambda: waits(options))
            if target is None or (report.plan is None and not rolls):
                return _not_built(options, report, as_json=as_json)
            job = job_of(options, target, chosen, wish)

            def planned(where: str, changes: Changes, upload: Upload) -> None:
                nonlocal sends
                sends = not dry_run
                if not as_json:
                    told = msgspec.structs.replace(
                        report, gone=report.gone_from(changes.deleted, changes.new), lost=report.lost_from(changes.deleted)
                    )
                    for line in (*notes(told), *left):
                        print(line)
                    _show(where, changes, upload)

            left = () if rolls else samples.told(options.root)
            if report.plan is not None:
                outcome = send(job, report.plan.manifest, planned=planned, progress=show)
            else:
                outcome = roll_back(job, wish.rollback or "", include_withdrawn=wish.include_withdrawn, planned=planned, progress=show)
    except KeyboardInterrupt:
        what = " What was sent stays; publish again to send the rest." if sends else " Nothing was sent."
        print(f"\nInterrupted.{what}", file=sys.stderr)
        return cli.INTERRUPTED
    except SecretsFound as problem:
        return failed(
            problem, [f"{options.output.name}/{path}:{leak.line}: {leak.what}: {leak.shown}" for path, leak in problem.found], as_json
        )
    except OSError as problem:  # a full disk, while files are laid out to be sent
        # Of a file that could not be written to its end the system tells no name: all of these are passing ones.
        return failed(PublishProblem(f"{problem.filename or tempfile.tempdir}: {reason(problem)}."), [], as_json)
    except (PublishProblem, OutputProblem) as problem:
        return failed(problem, [], as_json)
    if as_json:
        outcome = msgspec.structs.replace(outcome, notes=(*outcome.notes, *left))
        more = {"command": "publish", **_outcome_as_data(target, outcome, dry_run=dry_run)}
        telling.to_program(report.diagnostics, options.root, telling.JSON, more)
    else:
        print("\n".join(_in_words(outcome, time.perf_counter() - began, dry_run=dry_run)))
    return cli.PROBLEMS if outcome.stale else cli.FINE


def job_of(options: Options, target: PublishTarget, chosen: Settings, wish: Wish) -> Job:
    """Return what is to be published, and how. Raises `PublishProblem` where a plugin is to do it that cannot."""
    return Job(
        publisher=_of_plugin(target, chosen),
        root=options.root,
        output=options.output,
        target=target,
        base_url=chosen.base_url,
        dry_run=wish.dry_run,
        allow_deletes=wish.allow_deletes,
        when=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        places=_places(options.root),
    )


def _of_plugin(target: PublishTarget, chosen: Settings) -> Callable[..., Publisher] | None:
    if "/" not in target.to:
        return None
    brought = active(chosen)
    assert brought is not None  # the settings name each plugin of a target
    if brought.problems:
        raise PublishProblem(f"{brought.problems[0].message} {brought.problems[0].help} Nothing was sent.")
    if target.to not in brought.publishers:
        there = ", ".join(sorted(brought.publishers)) or "none"
        raise PublishProblem(f"No plugin brings “to: {target.to}”; there is: {there}. Nothing was sent.")
    return brought.publishers[target.to]


def settings_of(root: Path) -> tuple[Settings, bool]:
    """Return the settings, and whether the build will have to tell of errors in them."""
    try:
        data = read_ordinary(root / settings.PATH)
    except OSError:
        return Settings(), False
    chosen, problems = settings.read(data)
    return chosen, any(problem.severity == diagnostics.ERROR for problem in problems)


def target_of(chosen: Settings, name: str | None) -> PublishTarget | None:
    """Return the target of this name, or the only one. Where there is none, tell so and return None."""
    names = [target.name for target in chosen.publish]
    if not names:
        print(
            f"backstory: {settings.PATH} names no place to publish to. Add one, such as:\n\n"
            "  publish:\n    live: {to: folder, path: /srv/www/site}\n\nThe guide has the lines for each host, in its chapter “Publishing”.",
            file=sys.stderr,
        )
        return None
    if name is None and len(names) > 1:
        print(f"backstory: say where to publish to: {', '.join(f'backstory publish {one}' for one in names)}.", file=sys.stderr)
        return None
    wanted = names[0] if name is None else name
    found = next((target for target in chosen.publish if target.name == wanted), None)
    if found is None:
        hint = diagnostics.did_you_mean(wanted, names) or f"There are: {', '.join(names)}."
        print(f"backstory: {settings.PATH} has no target “{wanted}” below “publish”. {hint}", file=sys.stderr)
    return found


def _places(root: Path) -> tuple[str, ...]:
    """Return folders of this machine whose names are nobody's business: the site's own, the home and the one for passing files."""
    places = {str(root), str(root.resolve()), tempfile.gettempdir()}
    with contextlib.suppress(RuntimeError):  # a user without a home, as in some containers
        places.add(str(Path.home()))
    return tuple(sorted(place for place in places if len(Path(place).parts) > 1))


def _not_built(options: Options, report: Report, *, as_json: bool) -> int:
    if as_json:
        telling.to_program(report.diagnostics, options.root, telling.JSON, {"command": "publish", "published": False})
        return cli.PROBLEMS
    telling.in_words(report.diagnostics, options.root, sys.stderr)
    only_warnings = options.strict and all(problem.severity == diagnostics.WARNING for problem in report.diagnostics)
    advice = "Publishing stops at warnings too. Mend them, or add --no-strict." if only_warnings else "Mend the errors and publish again."
    print(f"{telling.told(report.diagnostics)}. Nothing was published. {advice}", file=sys.stderr)
    return cli.PROBLEMS


def failed(problem: Exception, lines: list[str], as_json: bool) -> int:  # noqa: FBT001 – it follows the lines that it is about
    """Tell why nothing more was published."""
    if as_json:
        print(telling.in_json({"published": False, "failed": str(problem), "leaks": lines}))
    else:
        print("\n".join((*lines, f"backstory: {problem}")), file=sys.stderr)
    return cli.PROBLEMS


def _show(where: str, changes: Changes, upload: Upload) -> None:
    lines = []
    for word, paths in (("new", changes.new), ("changed", changes.changed), ("deleted", changes.deleted)):
        lines += [f"  {word:8} {path}" for path in paths[:SHOWN]]
        if len(paths) > SHOWN:
            lines.append(f"  {word:8} … and {len(paths) - SHOWN} more")
    size = format_size(sum(upload.files[path].size for path in (*changes.new, *changes.changed)))
    counts = f"{len(changes.new)} new, {len(changes.changed)} changed, {len(changes.deleted)} deleted, {len(changes.same)} unchanged"
    print("\n".join((f"To {where}: {counts}; {size} to send.", *lines)), flush=True)


def _in_words(outcome: Outcome, took: float, *, dry_run: bool) -> Iterator[str]:
    if outcome.sent:
        what = f"Brought the release {outcome.release} back" if outcome.release else "Published"
        yield f"{what} to {outcome.where} in {took:.1f} s, and looked that all has arrived."
    elif dry_run:
        yield "Nothing was sent (--dry-run)."
    else:
        yield "Nothing was sent: all is there already."
    if outcome.withdrawn:
        yield (
            f"Withdrawn since, and not brought back: {summary.some([f'/{address(path)}' for path in outcome.withdrawn])}. "
            "Pages that name them, and pages that are new since, are as they were."
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
