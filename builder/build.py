"""One build, from `content/` to the output folder: the only module that knows the whole road.

    content/ ─read─▶ parse ─▶ crossref ─▶ views ─▶ plan ─▶ render ─apply─▶ site/

The preview and publishing walk the same road. Errors stop it before anything is written.
"""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from builder import checks, crossref, files, language, plan, settings, workers
from builder.diagnostics import ERROR, Diagnostic
from builder.memory import Memory
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
    cache: bool = True
    """Whether to take up, and to leave, what files say that have not changed since."""


class Checked(msgspec.Struct, frozen=True, eq=False):
    """A site as far as it goes before any template: everything that is published, and everything that is wrong with it."""

    site: Site
    pages: tuple[Page, ...]
    copies: Mapping[str, str]
    """Output file → file of `content/` that is copied there as it is."""
    problems: tuple[Diagnostic, ...]
    """Sorted by file and place."""

    def stops(self, *, strict: bool = False) -> bool:
        """Say whether the problems forbid to publish."""
        return any(strict or problem.severity == ERROR for problem in self.problems)


class Report(msgspec.Struct, frozen=True):
    """What came of a build."""

    diagnostics: tuple[Diagnostic, ...]
    """All problems, sorted by file and place."""
    plan: plan.Plan | None
    """None where errors stopped the build before anything was written."""


def build(options: Options, *, progress: Progress = lambda _stage, _done, _of: None) -> Report:
    """Build a site. Whatever is wrong in the content is in the report; `files.OutputProblem` where the output folder cannot be written."""
    tree = files.read(options.root)
    memo = files.Memo(options.root) if options.cache else None
    documents = parse(tree.texts, memo, options.jobs, progress)
    checked = check(options, tree, documents)
    if memo is not None:
        memo.save()
    if checked.stops(strict=options.strict):
        return Report(checked.problems, None)
    templates = Sources((options.root / "templates", files.DEFAULT_TEMPLATES))
    try:
        return Report(checked.problems, _write(options, checked, templates, progress))
    except TemplateProblem as problem:
        return Report(_sorted((*checked.problems, problem.diagnostic)), None)


def parse(texts: Sequence[tuple[str, bytes]], memo: files.Memo | None, jobs: int, progress: Progress) -> tuple[Document, ...]:
    """Parse content files, in their order; those that `memo` knows are not read again."""
    known = memo.recall(texts) if memo is not None else (None,) * len(texts)
    unknown = [text for text, document in zip(texts, known, strict=True) if document is None]
    fresh = workers.parse(unknown, jobs, progress)
    if memo is not None and unknown:
        memo.learn((path, data, document) for (path, data), document in zip(unknown, fresh, strict=True))
    rest = iter(fresh)
    return tuple(document if document is not None else next(rest) for document in known)


def check(options: Options, tree: files.Tree, documents: Sequence[Document], memory: Memory | None = None) -> Checked:
    """Join all documents and check what comes of it. `memory` is that of the last run, where a preview runs again and again."""
    memory = memory if memory is not None else Memory()
    chosen, problems = memory.whole("settings", (options.base_url, tree.settings), _settings)
    site, found = crossref.crossref(chosen, language.load(chosen.language), documents, drafts=options.drafts, memory=memory)
    pages = views(site)
    problems = (
        *tree.diagnostics,
        *problems,
        *_told(documents, drafts=options.drafts),
        *found,
        *checks.check(site),
        *checks.whole(site, pages, tree.copies),
    )
    return Checked(site, pages, tree.copies, _sorted(problems))


def _settings(given: tuple[str | None, bytes | None]) -> tuple[Settings, tuple[Diagnostic, ...]]:
    base_url, data = given
    chosen, problems = settings.read(data) if data is not None else (Settings(), ())
    if base_url is not None:
        chosen = msgspec.structs.replace(chosen, base_url=settings.with_slash(base_url))
    return chosen, problems


def _told(documents: Iterable[Document], *, drafts: bool) -> tuple[Diagnostic, ...]:
    """What is wrong in each file; a draft's problems are its author's own until it is to be shown."""
    return tuple(problem for document in documents if drafts or not _is_draft(document) for problem in document.diagnostics)


def _is_draft(document: Document) -> bool:
    return bool((document.explainer is not None and document.explainer.draft) or (document.page is not None and document.page.draft))


def _sorted(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(dict.fromkeys(problems), key=lambda problem: problem.sort_key))


def _write(options: Options, checked: Checked, templates: Sources, progress: Progress) -> plan.Plan:
    seen = {root: site_view(checked.site, root) for root in {plan.root_of(page) for page in checked.pages}}
    copies = {**templates.assets(), **{output: options.root / path for output, path in checked.copies.items()}}
    wanted = plan.fingerprints(checked.pages, seen, files.digests(copies))
    digests = {name: templates.fingerprint(name) for name in sorted({page.template for page in checked.pages})}
    made = plan.plan(wanted, digests, files.manifest(options.output), files.present(options.output, wanted))
    to_write = {step.path for step in made.write}
    rendered = workers.render(
        [page for page in checked.pages if page.output in to_write],
        seen,
        templates,
        checked.site.language.words,
        options.jobs,
        progress,
    )
    files.apply(options.output, made, {**copies, **rendered})
    return made
