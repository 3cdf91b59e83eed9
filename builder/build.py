"""One build, from `content/` to the output folder: the only module that knows the whole road.

    content/ ─read─▶ parse ─▶ crossref ─▶ views ─▶ plan ─▶ render ─apply─▶ site/

`look` goes as far as the checks and writes nothing: `check` stops there, `build` goes on, and the preview and publishing walk the same road.
Errors stop it before anything is written.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from builder import checks, crossref, files, language, overrides, plan, settings, workers
from builder.diagnostics import ERROR, Diagnostic
from builder.model import Document, Settings, Site
from builder.templates import Sources, TemplateProblem
from builder.views import Page, site_view, views
from builder.workers import Progress


class Options(msgspec.Struct, frozen=True):
    """What a build or a check is asked for."""

    root: Path
    output: Path
    base_url: str | None = None
    """Instead of the one in `site.yaml`."""
    drafts: bool = False
    strict: bool = False
    """Warnings stop it as errors do."""
    jobs: int = 0
    """Processes; 0 for as many as pay."""


class Seen(msgspec.Struct, frozen=True, eq=False):
    """All that is known before anything is written."""

    site: Site
    pages: tuple[Page, ...]
    tree: files.Tree
    diagnostics: tuple[Diagnostic, ...]
    """All problems as the site wants them told, sorted by file and place."""

    def stops(self, *, strict: bool) -> bool:
        """Whether the problems keep the site from being published."""
        return any(strict or problem.severity == ERROR for problem in self.diagnostics)


class Report(msgspec.Struct, frozen=True):
    """What came of a build."""

    diagnostics: tuple[Diagnostic, ...]
    """All problems, sorted by file and place."""
    plan: plan.Plan | None
    """None where errors stopped the build before anything was written."""


def _silent(_stage: str, _done: int, _of: int) -> None:
    """Show no progress."""


def look(options: Options, *, progress: Progress = _silent, further: Sequence[checks.Rule] = ()) -> Seen:
    """Read a site and find all its problems. Nothing is written, and `options.output` is not looked at.

    `further` are checks that are made only when they are asked for.
    """
    tree = files.read(options.root)
    chosen, problems = _settings(options, tree)
    documents = workers.parse(tree.texts, options.jobs, progress)
    site, found = crossref.crossref(chosen, language.load(chosen.language), documents, drafts=options.drafts)
    pages = views(site)
    told = dict.fromkeys(
        (
            *tree.diagnostics,
            *problems,
            *(problem for document in documents if _counts(document, options) for problem in document.diagnostics),
            *found,
            *checks.check(site),
            *checks.whole(site, pages, tree.copies),
            *(problem for rule in further for problem in rule(site)),
        )
    )
    left_out = [document.path for document in documents if not _counts(document, options)]
    return Seen(site, pages, tree, _sorted(overrides.apply(told, chosen.overrides, unseen=left_out)))


def build(options: Options, *, progress: Progress = _silent) -> Report:
    """Build a site. Whatever is wrong in the content is in the report; `files.OutputProblem` where the output folder cannot be written."""
    seen = look(options, progress=progress)
    if seen.stops(strict=options.strict):
        return Report(seen.diagnostics, None)
    templates = Sources((options.root / "templates", files.DEFAULT_TEMPLATES))
    try:
        return Report(seen.diagnostics, _write(options, seen.site, seen.pages, seen.tree, templates, progress))
    except TemplateProblem as problem:
        return Report(_sorted((*seen.diagnostics, problem.diagnostic)), None)


def _settings(options: Options, tree: files.Tree) -> tuple[Settings, tuple[Diagnostic, ...]]:
    chosen, problems = settings.read(tree.settings) if tree.settings is not None else (Settings(), ())
    if options.base_url is not None:
        chosen = msgspec.structs.replace(chosen, base_url=settings.with_slash(options.base_url))
    return chosen, problems


def _counts(document: Document, options: Options) -> bool:
    """Say whether a file's problems are told: those of a draft are its author's own until it is to be shown."""
    return options.drafts or not _is_draft(document)


def _is_draft(document: Document) -> bool:
    return bool((document.explainer is not None and document.explainer.draft) or (document.page is not None and document.page.draft))


def _sorted(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.sort_key))


def _write(options: Options, site: Site, pages: tuple[Page, ...], tree: files.Tree, templates: Sources, progress: Progress) -> plan.Plan:
    seen = {root: site_view(site, root) for root in {plan.root_of(page) for page in pages}}
    copies = {**templates.assets(), **{output: options.root / path for output, path in tree.copies.items()}}
    wanted = plan.fingerprints(pages, seen, files.digests(copies))
    digests = {name: templates.fingerprint(name) for name in sorted({page.template for page in pages})}
    made = plan.plan(wanted, digests, files.manifest(options.output), files.present(options.output, wanted))
    to_write = {step.path for step in made.write}
    rendered = workers.render(
        [page for page in pages if page.output in to_write], seen, templates, site.language.words, options.jobs, progress
    )
    files.apply(options.output, made, {**copies, **rendered})
    return made
