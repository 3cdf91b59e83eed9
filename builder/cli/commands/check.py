"""`backstory check`: all problems that `build` would report; only `--fix` writes."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from builder import cli
from builder.build.load import LoadedSite, load_site, merge_problems
from builder.build.run import Options
from builder.cli import build_day, problem_output, samples
from builder.cli.commands import fix, quotations
from builder.cli.commands.build import progress, reports_wrong_base_url
from builder.diagnostics import Diagnostic
from builder.linking import drafts
from builder.model import Site

if TYPE_CHECKING:
    from argparse import Namespace


class LinkOptions(msgspec.Struct, frozen=True):
    """Whether and how outside links are checked."""

    enabled: bool = False
    fresh: bool = False
    """Recent results of link checks."""
    intranet: bool = False
    """Addresses of private networks too."""


def run(root: Path, args: "Namespace") -> int:
    """Run the command."""
    options = Options(
        root=root,
        output=root / "site",
        base_url=args.base_url,
        drafts=args.drafts,
        day=build_day.day(),
        strict=args.strict,
        jobs=args.jobs,
        cache=not args.no_cache,
    )
    return check(
        options,
        LinkOptions(args.links, args.fresh, args.intranet),
        format_=args.format,
        with_quotations=args.quotations,
        with_fixes=args.fix,
        diff=args.diff,
        host=args.host,
    )


def check(
    options: Options,
    links: LinkOptions,
    *,
    format_: str,
    with_quotations: bool = False,
    with_fixes: bool = False,
    diff: bool = False,
    host: str | None = None,
) -> int:
    """Find and report problems; with `with_quotations` also list the quotations and their states.

    With `host` also report what that host would refuse.
    With `with_fixes` the unambiguous ones are fixed first; with `diff` the fixes are only shown.
    """
    if with_quotations and format_ not in {problem_output.TEXT, problem_output.JSON}:
        print("backstory: quotations are listed as text or as JSON; leave --format out, or add --json.", file=sys.stderr)
        return cli.USAGE
    if reports_wrong_base_url(options):
        return cli.USAGE
    if (links.fresh or links.intranet) and not links.enabled:
        print("backstory: --fresh and --intranet say how links are asked for; add --links.", file=sys.stderr)
        return cli.USAGE
    if diff:
        if format_ != problem_output.TEXT:
            print("backstory: a diff is text; leave --format out.", file=sys.stderr)
            return cli.USAGE
        return fix.print_diff(options)
    fixed = fix.find_fixes(options) if with_fixes else None
    if fixed is not None and not fix.write_fixes(options.root, fixed):
        return cli.PROBLEMS
    found = _find_problems(options, links, shows_progress=problem_output.shows_progress(format_))
    refused = _host_refusals(options, host) if host is not None else ()
    if refused is None:
        return cli.PROBLEMS
    stops = found.seen.stops(strict=options.strict) or bool(refused)
    problems = merge_problems(found.seen.diagnostics, found.of_drafts)
    listed = quotations.list_quotations(found.site) if with_quotations else ()
    if format_ != problem_output.TEXT:
        more: dict[str, Any] = {"quotations": quotations.as_data(listed)} if with_quotations else {}
        more |= {"fixed": fixed.problems} if fixed is not None else {}
        more |= {"host": host, "refused": refused} if host is not None else {}
        problem_output.to_program(problems, options.root, format_, {"command": "check", "fine": not stops, **more})
        return cli.PROBLEMS if stops else cli.FINE
    problem_output.in_words(problems, options.root, sys.stdout)
    if with_quotations:
        print("\n".join((*quotations.in_words(listed), "")))
    why = f" {problem_output.what_to_do(found.seen.diagnostics, 'check')}" if found.seen.stops(strict=options.strict) else ""
    draft_count = sum(map(drafts.is_draft, found.seen.left_out))
    print(f"{problem_output.count_sentence(found.seen.diagnostics)} in {_files_in_words(found.seen, draft_count)}.{why}")
    if host is not None:
        print(
            "\n".join((*refused, f"{host} would refuse this site." if refused else f"{host} would take this site."))
            if not why
            else f"Of {host} nothing can be said until the site can be built."
        )
    if fixed is not None:
        print(fix.summary_sentence(fixed.problems, len(problems)))
    if draft_count:
        drafts_in_words = "1 draft" if draft_count == 1 else f"{draft_count} drafts"
        print(f"{problem_output.count_sentence(found.of_drafts)} in {drafts_in_words}, which the site leaves out.")
    for line in samples.notes(options.root) if not why else ():
        print(line)
    return cli.PROBLEMS if stops else cli.FINE


class _Found(msgspec.Struct, frozen=True):
    """What a check has found."""

    seen: LoadedSite
    site: Site
    """With scheduled explainers and drafts, where there are any."""
    of_drafts: tuple[Diagnostic, ...]
    """The problems that only drafts have."""


def _find_problems(options: Options, links: LinkOptions, *, shows_progress: bool) -> _Found:
    with progress(shown=shows_progress) as show:

        def outside(site: Site) -> Iterator[Diagnostic]:
            from builder.link_checker import RequestLimits, check as ask

            yield from ask(site, options.root, fresh=links.fresh, limits=RequestLimits(private=links.intranet), progress=show)

        extra_rules = (outside,) if links.enabled else ()
        seen = load_site(options, progress=show)
        site = seen.site
        if seen.waiting:
            # A scheduled explainer is published without an author present, so the site of that day is checked too. Its links are those of now and more.
            then = load_site(msgspec.structs.replace(options, future=True), progress=show, extra_rules=extra_rules)
            site = then.site
            seen = msgspec.structs.replace(seen, diagnostics=_current_and_future_problems(seen.diagnostics, then.diagnostics))
        elif extra_rules:  # which are asked once, and the net takes longer than a second look
            seen = load_site(options, progress=show, extra_rules=extra_rules)
        if not any(map(drafts.is_draft, seen.left_out)):
            return _Found(seen, site, ())
        drafted = load_site(msgspec.structs.replace(options, drafts=True, future=True), progress=show)
        return _Found(seen, drafted.site, _draft_problems(seen, drafted))


def _files_in_words(seen: LoadedSite, draft_count: int) -> str:
    """Return the number of files that were checked, drafts apart, in words."""
    tree = seen.tree
    number = (
        len(tree.texts) - len(tree.rows or ()) + len(tree.tables) + (tree.settings is not None) + (tree.style is not None) - draft_count
    )
    files = "1 file" if number == 1 else f"{number} files"
    return f"the {files} of the site" if draft_count else files


def _host_refusals(options: Options, host: str) -> tuple[str, ...] | None:
    """Return what a host would refuse; None, with the reason reported, if the site cannot be built."""
    from builder.cli.commands import host_limits
    from builder.output import OutputProblem
    from builder.publish import PublishProblem

    try:
        return host_limits.host_refusals(options, host)
    except (PublishProblem, OutputProblem) as problem:
        print(f"backstory: {problem}", file=sys.stderr)
        return None


def _draft_problems(seen: LoadedSite, drafted: LoadedSite) -> tuple[Diagnostic, ...]:
    """Return the problems that the site has with its drafts, and has not without them."""
    known = set(seen.diagnostics)
    fresh = (problem for problem in drafted.diagnostics if problem not in known and problem.code != "override-unused")
    return tuple(msgspec.structs.replace(problem, draft=True) for problem in fresh)


def _current_and_future_problems(now: Sequence[Diagnostic], then: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the problems of the site as it is and as it will be; an override is of no use only where that is so of both."""
    needed = {problem for problem in {*now} ^ {*then} if problem.code == "override-unused"}
    return tuple(problem for problem in merge_problems(now, then) if problem not in needed)
