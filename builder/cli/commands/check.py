"""`backstory check`: all problems that `build` would report; only `--fix` writes."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from builder import cli
from builder.build.load import Options, Seen, look, together
from builder.cli import clock, problem_output
from builder.cli.commands import fix, quotations
from builder.cli.commands.build import base_url_is_wrong, progress
from builder.diagnostics import Diagnostic
from builder.linking import drafts as held
from builder.model import Site

if TYPE_CHECKING:
    from argparse import Namespace


class Links(msgspec.Struct, frozen=True):
    """Whether and how outside links are checked."""

    asked: bool = False
    fresh: bool = False
    """Recent results of link checks."""
    intranet: bool = False
    """Addresses of private networks too."""


def run(root: Path, asked: "Namespace") -> int:
    """Run the command."""
    options = Options(
        root=root,
        output=root / "site",
        base_url=asked.base_url,
        drafts=asked.drafts,
        day=clock.day(),
        strict=asked.strict,
        jobs=asked.jobs,
        cache=not asked.no_cache,
    )
    return check(
        options,
        Links(asked.links, asked.fresh, asked.intranet),
        format_=asked.format,
        with_quotations=asked.quotations,
        with_fixes=asked.fix,
        diff=asked.diff,
        host=asked.host,
    )


def check(
    options: Options,
    links: Links,
    *,
    format_: str,
    with_quotations: bool = False,
    with_fixes: bool = False,
    diff: bool = False,
    host: str | None = None,
) -> int:
    """Look for problems and tell them; with `with_quotations` also which quotations there are, and what has become of each.

    With `host` what that host would refuse is told too.
    With `with_fixes` those that have one meaning alone are mended before, with `diff` that is only shown.
    """
    if with_quotations and format_ not in {problem_output.TEXT, problem_output.JSON}:
        print("backstory: quotations are listed as text or as JSON; leave --format out, or add --json.", file=sys.stderr)
        return cli.USAGE
    if base_url_is_wrong(options):
        return cli.USAGE
    if (links.fresh or links.intranet) and not links.asked:
        print("backstory: --fresh and --intranet say how links are asked for; add --links.", file=sys.stderr)
        return cli.USAGE
    if diff:
        if format_ != problem_output.TEXT:
            print("backstory: a diff is text; leave --format out.", file=sys.stderr)
            return cli.USAGE
        return fix.show(options)
    mended = fix.look(options) if with_fixes else None
    if mended is not None and not fix.write(options.root, mended):
        return cli.PROBLEMS
    with progress(shown=problem_output.watched(format_)) as show:

        def outside(site: Site) -> Iterator[Diagnostic]:
            from builder.link_checker import RequestLimits, check as ask

            yield from ask(site, options.root, fresh=links.fresh, limits=RequestLimits(private=links.intranet), progress=show)

        further = (outside,) if links.asked else ()
        seen = look(options, progress=show)
        site = seen.site
        if seen.waiting:
            # What waits for its day is published by no hand: it is checked before, and the site as it will be then, too. Its links are those of now and more.
            then = look(msgspec.structs.replace(options, future=True), progress=show, further=further)
            site = then.site
            seen = msgspec.structs.replace(seen, diagnostics=_of_both(seen.diagnostics, then.diagnostics))
        elif further:  # which are asked once, and the net takes longer than a second look
            seen = look(options, progress=show, further=further)
        drafted = None
        if any(map(held.is_draft, seen.left_out)):
            drafted = look(msgspec.structs.replace(options, drafts=True, future=True), progress=show)
            site = drafted.site
        of_drafts = _of_drafts(seen, drafted) if drafted is not None else ()
    refused = _refused(options, host) if host is not None else ()
    if refused is None:
        return cli.PROBLEMS
    stops = seen.stops(strict=options.strict) or bool(refused)
    problems = together(seen.diagnostics, of_drafts)
    found = quotations.listed(site) if with_quotations else ()
    if format_ != problem_output.TEXT:
        more: dict[str, Any] = {"quotations": quotations.as_data(found)} if with_quotations else {}
        more |= {"fixed": mended.problems} if mended is not None else {}
        more |= {"host": host, "refused": refused} if host is not None else {}
        problem_output.to_program(problems, options.root, format_, {"command": "check", "fine": not stops, **more})
        return cli.PROBLEMS if stops else cli.FINE
    problem_output.in_words(problems, options.root, sys.stdout)
    if with_quotations:
        print("\n".join((*quotations.in_words(found), "")))
    drafts = sum(map(held.is_draft, seen.left_out))
    number = len(seen.tree.texts) - len(seen.tree.rows or ()) + len(seen.tree.tables) + (seen.tree.settings is not None) - drafts
    files = "1 file" if number == 1 else f"{number} files"
    files = f"the {files} of the site" if drafts else files
    why = f" {problem_output.why_stopped(seen.diagnostics, 'check')}" if seen.stops(strict=options.strict) else ""
    print(f"{problem_output.told(seen.diagnostics)} in {files}.{why}")
    if host is not None:
        print(
            "\n".join((*refused, f"{host} would refuse this site." if refused else f"{host} would take this site."))
            if not why
            else f"Of {host} nothing can be said until the site can be built."
        )
    if mended is not None:
        print(fix.told(mended.problems, len(problems)))
    if drafts:
        print(f"{problem_output.told(of_drafts)} in {'1 draft' if drafts == 1 else f'{drafts} drafts'}, which the site leaves out.")
    return cli.PROBLEMS if stops else cli.FINE


def _refused(options: Options, host: str) -> tuple[str, ...] | None:
    """Return what a host would refuse; None, and why is told, where the site cannot be built."""
    from builder.cli.commands import host_limits
    from builder.output import OutputProblem
    from builder.publish import PublishProblem

    try:
        return host_limits.refused(options, host)
    except (PublishProblem, OutputProblem) as problem:
        print(f"backstory: {problem}", file=sys.stderr)
        return None


def _of_drafts(seen: Seen, drafted: Seen) -> tuple[Diagnostic, ...]:
    """Return the problems that the site has with its drafts, and has not without them."""
    known = set(seen.diagnostics)
    fresh = (problem for problem in drafted.diagnostics if problem not in known and problem.code != "override-unused")
    return tuple(msgspec.structs.replace(problem, draft=True) for problem in fresh)


def _of_both(now: Sequence[Diagnostic], then: Sequence[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the problems of the site as it is and as it will be; an override is of no use only where that is so of both."""
    needed = {problem for problem in {*now} ^ {*then} if problem.code == "override-unused"}
    return tuple(problem for problem in together(now, then) if problem not in needed)
