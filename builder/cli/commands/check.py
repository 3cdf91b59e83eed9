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
from builder.cli.commands import fix, quotation_list
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


class CheckOptions(msgspec.Struct, frozen=True):
    """The options of a check."""

    format_: str = problem_output.TEXT
    quotations: bool = False
    """All quotations of the texts, with their states."""
    fixes: bool = False
    """The unambiguous problems are fixed first."""
    diff: bool = False
    """These fixes are only shown."""
    host: str | None = None
    """What this host would refuse."""


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
    wanted = CheckOptions(args.format, quotations=args.quotations, fixes=args.fix, diff=args.diff, host=args.host)
    return check(options, LinkOptions(args.links, args.fresh, args.intranet), wanted)


def check(options: Options, links: LinkOptions, wanted: CheckOptions) -> int:
    """Find and report problems, and return the exit code."""
    if usage := _usage_problem(links, wanted):
        print(f"backstory: {usage}", file=sys.stderr)
        return cli.USAGE
    if reports_wrong_base_url(options):
        return cli.USAGE
    if wanted.diff:
        return fix.print_diff(options)
    fixed = fix.find_fixes(options) if wanted.fixes else None
    if fixed is not None and not fix.write_fixes(options.root, fixed):
        return cli.PROBLEMS
    found = _find_problems(options, links, shows_progress=problem_output.shows_progress(wanted.format_))
    refused = _host_refusals(options, wanted.host) if wanted.host is not None else ()
    if refused is None:
        return cli.PROBLEMS
    report = _Report(
        found,
        merge_problems(found.loaded.diagnostics, found.of_drafts),
        quotation_list.list_quotations(found.site) if wanted.quotations else None,
        fixed,
        wanted.host,
        refused,
        found.loaded.stops(strict=options.strict),
    )
    if wanted.format_ == problem_output.TEXT:
        _print_in_words(options.root, report)
    else:
        fields = {"command": "check", "fine": not report.stops, **_fields(report)}
        problem_output.to_program(report.problems, options.root, wanted.format_, fields)
    return cli.PROBLEMS if report.stops else cli.FINE


def _usage_problem(links: LinkOptions, wanted: CheckOptions) -> str:
    """Return which options do not go together, and what to write instead; "" if all do."""
    if wanted.quotations and wanted.format_ not in {problem_output.TEXT, problem_output.JSON}:
        return "quotations are listed as text or as JSON; leave --format out, or add --json."
    if (links.fresh or links.intranet) and not links.enabled:
        return "--fresh and --intranet say how links are asked for; add --links."
    if wanted.diff and wanted.format_ != problem_output.TEXT:
        return "a diff is text; leave --format out."
    return ""


class _Report(msgspec.Struct, frozen=True):
    """All that a check reports."""

    found: "_Found"
    problems: tuple[Diagnostic, ...]
    """Of the site and of its drafts."""
    quotations: tuple[quotation_list.ListedQuotation, ...] | None
    """None if they are not wanted."""
    fixed: fix.SiteFixes | None
    host: str | None
    refused: tuple[str, ...]
    """What the host would refuse."""
    stops_build: bool
    """Whether problems stop a build."""

    @property
    def stops(self) -> bool:
        """Whether problems stop a build, or the host refuses."""
        return self.stops_build or bool(self.refused)


def _fields(report: _Report) -> dict[str, Any]:
    """Return what the JSON has besides the problems."""
    fields: dict[str, Any] = {}
    if report.quotations is not None:
        fields["quotations"] = quotation_list.as_data(report.quotations)
    if report.fixed is not None:
        fields["fixed"] = report.fixed.problems
    if report.host is not None:
        fields |= {"host": report.host, "refused": report.refused}
    return fields


def _print_in_words(root: Path, report: _Report) -> None:
    """Print the problems, the quotations that are wanted, and a line on each of: the site, the host, the fixes, the drafts."""
    loaded = report.found.loaded
    problem_output.in_words(report.problems, root, sys.stdout)
    if report.quotations is not None:
        print("\n".join((*quotation_list.in_words(report.quotations), "")))
    why = f" {problem_output.what_to_do(loaded.diagnostics, 'check')}" if report.stops_build else ""
    draft_count = sum(map(drafts.is_draft, loaded.left_out))
    print(f"{problem_output.count_sentence(loaded.diagnostics)} in {_files_in_words(loaded, draft_count)}.{why}")
    if report.host is not None:
        verdict = f"{report.host} would {'refuse' if report.refused else 'take'} this site."
        print("\n".join((*report.refused, verdict)) if not why else f"Of {report.host} nothing can be said until the site can be built.")
    if report.fixed is not None:
        print(fix.summary_sentence(report.fixed.problems, len(report.problems)))
    if draft_count:
        drafts_in_words = "1 draft" if draft_count == 1 else f"{draft_count} drafts"
        print(f"{problem_output.count_sentence(report.found.of_drafts)} in {drafts_in_words}, which the site leaves out.")
    for line in samples.notes(root) if not why else ():
        print(line)


class _Found(msgspec.Struct, frozen=True):
    """The result of a check."""

    loaded: LoadedSite
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
        loaded = load_site(options, progress=show)
        site = loaded.site
        if loaded.waiting:
            # A scheduled explainer is published without an author present, so the site of that day is checked too. Its links are those of now and more.
            then = load_site(msgspec.structs.replace(options, future=True), progress=show, extra_rules=extra_rules)
            site = then.site
            loaded = msgspec.structs.replace(loaded, diagnostics=_current_and_future_problems(loaded.diagnostics, then.diagnostics))
        elif extra_rules:  # which are asked once, and the net takes longer than a second look
            loaded = load_site(options, progress=show, extra_rules=extra_rules)
        if not any(map(drafts.is_draft, loaded.left_out)):
            return _Found(loaded, site, ())
        drafted = load_site(msgspec.structs.replace(options, drafts=True, future=True), progress=show)
        return _Found(loaded, drafted.site, _draft_problems(loaded, drafted))


def _files_in_words(loaded: LoadedSite, draft_count: int) -> str:
    """Return the number of files that were checked, drafts apart, in words."""
    tree = loaded.tree
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


def _draft_problems(loaded: LoadedSite, drafted: LoadedSite) -> tuple[Diagnostic, ...]:
    """Return the problems that the site has with its drafts, and has not without them."""
    known = set(loaded.diagnostics)
    fresh = (problem for problem in drafted.diagnostics if problem not in known and problem.code != "override-unused")
    return tuple(msgspec.structs.replace(problem, draft=True) for problem in fresh)


def _current_and_future_problems(now: Sequence[Diagnostic], then: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the problems of the site as it is and as it will be; an override is of no use only where that is so of both."""
    needed = {problem for problem in {*now} ^ {*then} if problem.code == "override-unused"}
    return tuple(problem for problem in merge_problems(now, then) if problem not in needed)
