"""`backstory publish --status` and `--forget`: the state of a target, and the releases kept here."""

import sys
from typing import Any

from builder import cli, diagnostics
from builder.build.run import Options
from builder.cli import problem_output
from builder.cli.commands.publish_job import PublishOptions, build_request, find_target, read_settings, report_failure
from builder.content import settings
from builder.diagnostics.characters import shown
from builder.model import PublishTarget, Settings
from builder.publish import Published, PublishProblem, status as ask
from builder.publish.releases import forget as forget_kept, kept_targets, pages


def show_or_forget(options: Options, name: str | None, publish_options: PublishOptions, path: str | None, *, status: bool) -> int:
    """Remove the page at `path` from the kept releases, if it is given; with `status` report the state of one target or of all."""
    if publish_options.rollback is not None or publish_options.dry_run:
        print("backstory: --status and --forget send nothing; leave --rollback and --dry-run out.", file=sys.stderr)
        return cli.USAGE
    chosen, has_errors = read_settings(options.root)
    if path is not None:
        # The address may come from a browser.
        path = path.removeprefix(chosen.base_url) if chosen.base_url else path
        code = _forget(options, chosen, name, path, as_json=publish_options.as_json)
        if code != cli.FINE or not status:
            return code
    if has_errors:
        print(f"backstory: {settings.PATH} has errors: `backstory check` shows them. Fix them and ask again.", file=sys.stderr)
        return cli.PROBLEMS
    if name is None and chosen.publish:
        targets = chosen.publish
    else:
        target = find_target(chosen, name)
        if target is None:
            return cli.USAGE
        targets = (target,)
    return _print_status(options, targets, chosen, publish_options)


def _forget(options: Options, chosen: Settings, name: str | None, path: str, *, as_json: bool) -> int:
    if not path.strip("/") or ".." in path.split("/"):
        print(f"backstory: --forget takes the address of a page, such as explainers/ferry/, not “{shown(path)}”.", file=sys.stderr)
        return cli.USAGE
    kept = kept_targets(options.root)
    if name is not None and name not in kept and find_target(chosen, name) is None:
        return cli.USAGE
    names = kept if name is None else (name,)
    try:
        releases, files = forget_kept(options.root, names, path)
    except PublishProblem as problem:
        return report_failure(problem, [], as_json)
    if as_json:
        print(problem_output.in_json({"command": "publish", "forgotten": files, "releases": releases}))
        return cli.FINE if files else cli.PROBLEMS
    if not files:
        near = diagnostics.did_you_mean(f"{path.strip('/')}/", pages(options.root, names))
        print(f"backstory: No kept release has /{shown(path.strip('/'))}, and nothing was deleted. {near}".rstrip(), file=sys.stderr)
        return cli.PROBLEMS
    print(
        f"Took {files} {'file' if files == 1 else 'files'} out of {releases} kept {'release' if releases == 1 else 'releases'}: /{path.strip('/')}, and what names it. What .backstory/ keeps to save time is deleted too."
    )
    if any(target.to == "git" and name in {None, target.name} for target in chosen.publish):
        print("The history of a git branch keeps it: delete the branch there, and publish again, if it must go from there too.")
    print("What is published now stays there until the next publish, which brings it back if it is still in content/.")
    return cli.FINE


def _print_status(options: Options, targets: tuple[PublishTarget, ...], chosen: Settings, publish_options: PublishOptions) -> int:
    found: list[dict[str, Any]] = []
    code = cli.FINE
    for target in targets:
        try:
            where, published, kept = ask(build_request(options, target, chosen, publish_options))
        except PublishProblem as problem:
            code, said = cli.PROBLEMS, problem.explanation
            found.append({"target": target.name, "failed": said})
            if not publish_options.as_json:
                print(f"{target.name}: {said}", file=sys.stderr)
            continue
        found.append(
            {
                "target": target.name,
                "where": where,
                "files": published.files if published else 0,
                "since": (published.when or None) if published else None,
                "by": (published.by or None) if published else None,
                "releases": kept,
            }
        )
        if not publish_options.as_json:
            print(f"{target.name}: {_in_words(where, published)}")
            if kept:
                names = (*kept[:-1], f"{kept[-1]} (published last from here)")
                print(f"  kept here, the oldest first: {', '.join(names)}")
                for release in reversed(kept[:-1]):
                    print(f"  to bring it back: backstory publish {target.name} --rollback {release}")
    if publish_options.as_json:
        print(problem_output.in_json({"command": "publish", "status": found}))
    return code


def _in_words(where: str, published: Published | None) -> str:
    if published is None:
        return f"{where} has no site that Backstory published."
    if not published.when:
        return f"{where} has {published.files} files; a publish is under way or was aborted, or an older version of Backstory made it."
    by = f" by {published.by}" if published.by else ""
    return f"{where} has {published.files} files, published{by} on {published.when[:10]} at {published.when[11:16]} UTC."
