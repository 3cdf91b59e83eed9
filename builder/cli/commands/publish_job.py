"""The target and the request of `backstory publish` and its options `--status` and `--forget`."""

import contextlib
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from builder import cli, diagnostics
from builder.build.named_plugins import active
from builder.build.run import Options
from builder.cli import problem_output
from builder.content import settings
from builder.incremental import store
from builder.incremental.small_files import STATE_FOLDER
from builder.model import PublishTarget, Settings
from builder.output import delete_folder, existing_files, locked, read_manifest
from builder.output.plan import Manifest
from builder.output.previous import previous_folder
from builder.output.regular_files import read_ordinary
from builder.publish import NothingSent, Publisher, PublishProblem, PublishRequest
from builder.publish.releases import list_releases


class PublishOptions(msgspec.Struct, frozen=True):
    """How to publish."""

    dry_run: bool = False
    allow_deletes: bool = False
    as_json: bool = False
    rollback: str | None = None
    """The release to bring back, "" for the last but one; None to publish the content as it is."""
    include_withdrawn: bool = False


@contextlib.contextmanager
def trial_options(options: Options) -> Iterator[Options]:
    """Yield the options of a build that is only looked at. What it has written is deleted afterwards: it holds the words of pages that may be withdrawn."""
    folder = options.root / STATE_FOLDER / "dry-run"
    output = folder / options.output.name
    try:
        yield msgspec.structs.replace(options, output=output)
    finally:
        store.of_output(options.root, output).delete()
        delete_folder(previous_folder(options.root, output))
        delete_folder(folder)


def changed_by_others(output: Path, manifest: Manifest) -> tuple[str, ...]:
    """Return the files of a site that another program has changed in the output folder since they were built there. Raises `OutputProblem`."""
    with locked(output):
        before = read_manifest(output)
        return tuple(sorted(existing_files(output, manifest.files.keys() & before.files.keys(), before, read_all=True).changed))


def build_request(options: Options, target: PublishTarget, chosen: Settings, publish_options: PublishOptions) -> PublishRequest:
    """Return what is to be published, and how. Raises `PublishProblem` if a plugin is to do it that cannot."""
    return PublishRequest(
        publisher=_plugin_publisher(target, chosen),
        root=options.root,
        output=options.output,
        target=target,
        base_url=chosen.base_url,
        dry_run=publish_options.dry_run,
        allow_deletes=publish_options.allow_deletes,
        when=time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        private_folders=_private_folders(options.root),
    )


def _plugin_publisher(target: PublishTarget, chosen: Settings) -> Callable[..., Publisher] | None:
    if "/" not in target.to:
        return None
    brought = active(chosen)
    assert brought is not None  # the settings name each plugin of a target
    if brought.problems:
        raise NothingSent(f"{brought.problems[0].message} {brought.problems[0].help}")
    if target.to not in brought.publishers:
        there = ", ".join(sorted(brought.publishers)) or "none"
        raise NothingSent(f"No plugin brings “to: {target.to}”; there is: {there}.")
    return brought.publishers[target.to]


def read_settings(root: Path) -> tuple[Settings, bool]:
    """Return the settings, and whether they have errors, which the build will report."""
    try:
        data = read_ordinary(root / settings.PATH)
    except OSError:
        return Settings(), False
    chosen, problems = settings.read(data)
    return chosen, diagnostics.stop_build(problems)


def find_target(chosen: Settings, name: str | None) -> PublishTarget | None:
    """Return the target of this name, or the only one. If there is none, report that and return None."""
    names = [target.name for target in chosen.publish]
    if not names:
        print(
            f"backstory: {settings.PATH} names no place to publish to. Add one, such as:\n\n"
            "  publish:\n    live: {to: folder, path: /srv/www/site}\n\nThe guide has the lines for each host, in its chapter “Publishing”.",
            file=sys.stderr,
        )
        return None
    if name is None and len(names) > 1:
        print(f"backstory: say where to publish to: {', '.join(f'backstory publish {name}' for name in names)}.", file=sys.stderr)
        return None
    wanted = names[0] if name is None else name
    found = next((target for target in chosen.publish if target.name == wanted), None)
    if found is None:
        hint = diagnostics.did_you_mean(wanted, names) or f"There are: {', '.join(names)}."
        print(f"backstory: {settings.PATH} has no target “{wanted}” below “publish”. {hint}", file=sys.stderr)
    return found


def only_target_with(root: Path, chosen: Settings, release: str) -> str | None:
    """Return the name of the target of which a release is kept; None if there is none, or several."""
    found = []
    for target in chosen.publish:
        with contextlib.suppress(PublishProblem):  # a list that cannot be read is told when its target is named
            if any(release in {kept.name, *kept.former} for kept in list_releases(root, target.name)):
                found.append(target.name)
    return found[0] if len(found) == 1 else None


def _private_folders(root: Path) -> tuple[str, ...]:
    """Return private folders of this machine: the site's own, the home and the one for passing files."""
    private_folders = {str(root), str(root.resolve()), tempfile.gettempdir()}
    with contextlib.suppress(RuntimeError):  # a user without a home, as in some containers
        private_folders.add(str(Path.home()))
    return tuple(sorted(folder for folder in private_folders if len(Path(folder).parts) > 1))


def report_failure(problem: Exception, lines: list[str], as_json: bool) -> int:  # noqa: FBT001 – it follows the lines that it is about
    """Report why publishing stopped, and return the exit code."""
    if as_json:
        print(problem_output.in_json({"published": False, "failed": str(problem), "leaks": lines}))
    else:
        print("\n".join((*lines, f"backstory: {problem}")), file=sys.stderr)
    return cli.PROBLEMS
