"""One build, from `content/` to the output folder: the only module that knows the whole road.

    content/ ─read─▶ parse ─▶ crossref ─▶ views ─▶ plan ─▶ render ─apply─▶ site/

The preview and publishing walk the same road. Errors stop it before anything is written.
"""

from collections.abc import Iterable
from pathlib import Path

import msgspec

from builder import checks, crossref, files, images, language, plan, settings, workers
from builder.data import DRAWN, ENCODERS, SEE_NO_SITE
from builder.diagnostics import ERROR, Diagnostic
from builder.model import Document, Settings, Site
from builder.templates import Sources, TemplateProblem
from builder.views import Page, site_view, views
from builder.workers import Progress


class Options(msgspec.Struct, frozen=True):
    """What a build is asked for."""

    root: Path
    output: Path
    base_url: str | None = None
    """Instead of the one in `site.yaml`."""
    drafts: bool = False
    strict: bool = False
    """Warnings stop the build as errors do."""
    jobs: int = 0
    """Processes; 0 for as many as pay."""


class Report(msgspec.Struct, frozen=True):
    """What came of a build."""

    diagnostics: tuple[Diagnostic, ...]
    """All problems, sorted by file and place."""
    plan: plan.Plan | None
    """None where errors stopped the build before anything was written."""


def build(options: Options, *, progress: Progress = lambda _stage, _done, _of: None) -> Report:
    """Build a site. Whatever is wrong in the content is in the report; `files.OutputProblem` where the output folder cannot be written."""
    tree = files.read(options.root)
    chosen, problems = _settings(options, tree)
    documents = workers.parse(tree.texts, options.jobs, progress)
    site, found = crossref.crossref(chosen, language.load(chosen.language), documents, drafts=options.drafts)
    pages = views(site)
    problems = (
        *tree.diagnostics,
        *problems,
        *_told(documents, drafts=options.drafts),
        *found,
        *checks.check(site),
        *checks.whole(site, pages, tree.copies),
    )
    if site.settings.images and (missing := images.problem()) is not None:
        problems = (*problems, missing)
    if _stops(problems, strict=options.strict):
        return Report(_sorted(problems), None)
    templates = Sources((options.root / "templates", files.DEFAULT_TEMPLATES))
    try:
        return Report(_sorted(problems), _write(options, site, pages, tree, templates, progress))
    except TemplateProblem as problem:
        return Report(_sorted((*problems, problem.diagnostic)), None)


def _settings(options: Options, tree: files.Tree) -> tuple[Settings, tuple[Diagnostic, ...]]:
    chosen, problems = settings.read(tree.settings) if tree.settings is not None else (Settings(), ())
    if options.base_url is not None:
        chosen = msgspec.structs.replace(chosen, base_url=settings.with_slash(options.base_url))
    return chosen, problems


def _told(documents: Iterable[Document], *, drafts: bool) -> tuple[Diagnostic, ...]:
    """What is wrong in each file; a draft's problems are its author's own until it is to be shown."""
    return tuple(problem for document in documents if drafts or not _is_draft(document) for problem in document.diagnostics)


def _is_draft(document: Document) -> bool:
    return bool((document.explainer is not None and document.explainer.draft) or (document.page is not None and document.page.draft))


def _stops(problems: Iterable[Diagnostic], *, strict: bool) -> bool:
    return any(strict or problem.severity == ERROR for problem in problems)


def _sorted(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.sort_key))


def _write(options: Options, site: Site, pages: tuple[Page, ...], tree: files.Tree, templates: Sources, progress: Progress) -> plan.Plan:
    seen = {root: site_view(site, root) for root in {plan.root_of(page) for page in pages if page.template not in SEE_NO_SITE}}
    copies = {**templates.assets(), **{output: options.root / path for output, path in tree.copies.items()}}
    wanted = plan.fingerprints(pages, seen, files.digests(copies))
    digests = {name: templates.fingerprint(name) for name in sorted({page.template for page in pages} - SEE_NO_SITE)}
    digests |= dict.fromkeys(sorted(ENCODERS), "")  # they come with the version of Backstory
    if site.settings.images:
        digests[DRAWN] = images.fingerprint(templates.assets())
    made = plan.plan(wanted, digests, files.manifest(options.output), files.present(options.output, wanted))
    to_write = {step.path for step in made.write}
    rendered = workers.render(
        [page for page in pages if page.output in to_write], seen, templates, site.language.words, options.jobs, progress
    )
    files.apply(options.output, made, {**copies, **rendered})
    return made
