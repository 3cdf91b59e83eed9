"""One build, from `content/` to the output folder: the only module that knows the whole road.

    content/ ─read─▶ parse ─▶ crossref ─▶ views ─▶ plan ─▶ render ─apply─▶ site/

`look` goes as far as the checks and writes nothing: `check` stops there, `build` goes on, and the preview and publishing walk the same road.
Errors stop it before anything is written.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from builder import checks, crossref, files, language, overrides, plan, settings, workers
from builder.diagnostics import ERROR, Diagnostic
from builder.memory import Memory
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
    cache: bool = True
    """Whether to take up, and to leave, what files say that have not changed since."""


class Seen(msgspec.Struct, frozen=True, eq=False):
    """All that is known before anything is written."""

    site: Site
    pages: tuple[Page, ...]
    tree: files.Tree
    diagnostics: tuple[Diagnostic, ...]
    """All problems as the site wants them told, sorted by file and place."""

    def stops(self, *, strict: bool = False) -> bool:
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
    """Read a site and find all its problems. Nothing is written but what saves time, and `options.output` is not looked at.

    `further` are checks that are made only when they are asked for.
    """
    tree = files.read(options.root)
    memo = files.Memo(options.root) if options.cache else None
    documents = parse(tree.texts, memo, options.jobs, progress)
    seen = join(options, tree, documents, assets=_templates(options).assets(), further=further)
    if memo is not None:
        memo.save()
    return seen


def parse(texts: Sequence[tuple[str, bytes]], memo: files.Memo | None, jobs: int, progress: Progress = _silent) -> tuple[Document, ...]:
    """Parse content files, in their order; those that `memo` knows are not read again."""
    known = memo.recall(texts) if memo is not None else (None,) * len(texts)
    unknown = [text for text, document in zip(texts, known, strict=True) if document is None]
    fresh = workers.parse(unknown, jobs, progress)
    if memo is not None and unknown:
        memo.learn((path, data, document) for (path, data), document in zip(unknown, fresh, strict=True))
    rest = iter(fresh)
    return tuple(document if document is not None else next(rest) for document in known)


def join(
    options: Options,
    tree: files.Tree,
    documents: Sequence[Document],
    memory: Memory | None = None,
    *,
    assets: Collection[str],
    further: Sequence[checks.Rule] = (),
) -> Seen:
    """Join all documents and check what comes of it.

    `memory` is that of the last run, where a preview runs again and again; `assets` are the files that templates bring along.
    """
    memory = memory if memory is not None else Memory()
    chosen, problems = memory.whole("settings", (options.base_url, tree.settings), _settings)
    if not options.drafts:
        tree = _without_drafts(tree, documents)
    site, found = crossref.crossref(chosen, language.load(chosen.language), documents, drafts=options.drafts, memory=memory)
    pages = views(site)
    told = dict.fromkeys(
        (
            *tree.diagnostics,
            *problems,
            *(problem for document in documents if document.diagnostics and _counts(document, options) for problem in document.diagnostics),
            *found,
            *checks.check(site),
            *checks.whole(site, pages, {**{name: f"templates/{name}" for name in assets}, **tree.copies}),
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
    templates = _templates(options)
    copies = {**templates.assets(), **{output: options.root / path for output, path in seen.tree.copies.items()}}
    digests, unreadable = files.digests(copies, options.root)
    if unreadable:
        return Report(_sorted((*seen.diagnostics, *unreadable)), None)
    try:
        return Report(seen.diagnostics, _write(options, seen, copies, digests, templates, progress))
    except TemplateProblem as problem:
        return Report(_sorted((*seen.diagnostics, problem.diagnostic)), None)


def _templates(options: Options) -> Sources:
    return Sources((options.root / "templates", files.DEFAULT_TEMPLATES))


def _settings(given: tuple[str | None, bytes | None]) -> tuple[Settings, tuple[Diagnostic, ...]]:
    base_url, data = given
    chosen, problems = settings.read(data) if data is not None else (Settings(), ())
    if base_url is not None:
        chosen = msgspec.structs.replace(chosen, base_url=settings.with_slash(base_url))
    return chosen, problems


def _counts(document: Document, options: Options) -> bool:
    """Say whether a file's problems are told: those of a draft are its author's own until it is to be shown."""
    return options.drafts or not _is_draft(document)


def _is_draft(document: Document) -> bool:
    return bool((document.explainer is not None and document.explainer.draft) or (document.page is not None and document.page.draft))


def _without_drafts(tree: files.Tree, documents: Iterable[Document]) -> files.Tree:
    """Return the tree without the pictures that lie beside drafts: what is not published yet is not shown by its pictures either."""
    folders = tuple(
        document.path.removesuffix("index.md") for document in documents if _is_draft(document) and document.path.endswith("/index.md")
    )
    copies = {output: path for output, path in tree.copies.items() if not path.startswith(folders)} if folders else tree.copies
    return msgspec.structs.replace(tree, copies=copies)


def _sorted(problems: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    return tuple(sorted(problems, key=lambda problem: problem.sort_key))


def _write(
    options: Options, seen: Seen, copies: Mapping[str, Path], copied: Mapping[str, str], templates: Sources, progress: Progress
) -> plan.Plan:
    views_of_site = {root: site_view(seen.site, root) for root in {plan.root_of(page) for page in seen.pages}}
    wanted = plan.fingerprints(seen.pages, views_of_site, copied)
    digests = {name: templates.fingerprint(name) for name in sorted({page.template for page in seen.pages})}
    made = plan.plan(wanted, digests, files.manifest(options.output), files.present(options.output, wanted))
    to_write = {step.path for step in made.write}
    rendered = workers.render(
        [page for page in seen.pages if page.output in to_write],
        views_of_site,
        templates,
        seen.site.language,
        options.jobs,
        progress,
    )
    files.apply(options.output, made, {**copies, **files.bare_images(copies, to_write), **rendered})
    return made
