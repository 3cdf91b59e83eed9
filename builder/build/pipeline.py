"""One build, from `content/` to the output folder: the only module with all steps.

    content/ ─read─▶ parse ─▶ linking ─▶ pages ─▶ plan ─▶ render ─apply─▶ site/

`load.load_site` does the part up to the checks and writes nothing. Errors stop a build before anything is written.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from builder import output as output_files, urls
from builder.build import parallel
from builder.build.load import LoadedSite, in_order, load_in_run, load_site, templates_of
from builder.build.page_builder import BuiltPage, PageBuilder, PreviousPages
from builder.build.run import Options, Progress, Run, silent
from builder.build.timings import Profile, stage
from builder.content import cleaning, reading
from builder.diagnostics import Diagnostic
from builder.incremental import store, toolchain
from builder.incremental.digests import digest
from builder.incremental.memo import CorruptCache
from builder.incremental.up_to_date import InputStamp
from builder.linking import drafts
from builder.model import Site
from builder.output import plan, removed_pages
from builder.output.removed_pages import RemovedPage
from builder.pages.kinds import IMAGES, PageKind, address_from
from builder.pages.search_records import records
from builder.render import search_index
from builder.render.template_sources import TemplateProblem, TemplateSources

if TYPE_CHECKING:
    from concurrent.futures import Executor


class Report(msgspec.Struct, frozen=True):
    """The result of a build."""

    diagnostics: tuple[Diagnostic, ...]
    """All problems, sorted by file and place."""
    plan: plan.Plan | None
    """None if errors stopped the build before anything was written."""
    waiting: tuple[drafts.Scheduled, ...] = ()
    """Scheduled explainers, which were left out."""
    removed: tuple[RemovedPage, ...] = ()
    """Addresses with a page at the last build into this folder, and none now."""
    removed_records: tuple[str, ...] = ()
    """Paths of removed pages of actors, events and sources, which have no aliases."""
    loaded: LoadedSite | None = None
    """The site that was built."""
    changed_by_others: tuple[str, ...] = ()
    """Files of the output that another program has changed since they were built; they were made again."""

    def removed_by(self, deleted: Iterable[str], new: Collection[str]) -> tuple[RemovedPage, ...]:
        """Return the addresses that end at a host when the files `deleted` are removed and `new` ones added, by this build or an earlier one."""
        if self.loaded is None:
            return ()
        held_back = set(removed_pages.held_back_files(self.loaded.left_out))
        ended = [path for path in deleted if removed_pages.may_have_alias(path) and path not in held_back]
        known = {page.path: page for page in self.removed}
        fresh = [page for page in self.loaded.pages if page.output in new] if ended else []
        return tuple(known.get(page.path, page) for page in removed_pages.find_removed(ended, {}, self.loaded.site, fresh))

    def removed_records_by(self, deleted: Iterable[str]) -> tuple[str, ...]:
        """Return the addresses of pages of actors, events and sources among deleted files."""
        deleted = tuple(deleted)
        if self.loaded is None or set(removed_pages.held_back_files(self.loaded.left_out)) & set(deleted):
            return ()
        return tuple(urls.path_of(path) for path in deleted if removed_pages.is_record_page(path))


WRITTEN_EARLY_FROM = 400
"""Number of pages from which on each file is written as soon as it is made; fewer are held in memory, so that a single one can be replaced alone."""


def build(
    options: Options,
    *,
    progress: Progress = silent,
    waits: Callable[[], None] = lambda: None,
    stamp: InputStamp | None = None,
    profile: Profile | None = None,
    executor: "Executor | None" = None,
) -> Report:
    """Build a site. Problems of the content are in the report; raises `OutputProblem` if the output folder cannot be written.

    `waits` is called if this build must wait for another process that writes to the output folder. `stamp` is that of all input files, taken before;
    it is stored after a successful build, so that the next one can see that nothing has changed. `progress`, `profile` and `executor` are those of `Run`.
    Raises `ExecutorProblem` if the executor fails.
    """
    if stamp is not None:
        stamp.hash_recent_files()
    # Locked before the content is read, so that the last build to run has read the latest content.
    with output_files.locked(options.output, waits):
        report = _build_with_cache(options, Run(options.jobs, progress, profile, executor))
        # The stamp does not cover the files of plugins.
        if stamp is not None and report.plan is not None and (report.loaded is None or report.loaded.plugins is None):
            # Removed pages are reported once; the next build reports all else again.
            notes = _NOTES_ENCODER.encode((report.diagnostics, report.waiting)) if report.diagnostics or report.waiting else b""
            stamp.store(str(options.output / plan.MANIFEST), report.plan.manifest.files, notes)
        return report


_NOTES_ENCODER = msgspec.msgpack.Encoder()


def _build_with_cache(options: Options, run: Run) -> Report:
    cache = store.of_output(options.root, options.output) if options.cache else None
    run = msgspec.structs.replace(run, cache=cache)
    try:
        return _build_once(options, run)
    except CorruptCache:
        assert cache is not None
        cache.forget()
        return _build_once(options, run)


def _build_once(options: Options, run: Run) -> Report:
    loaded = load_in_run(options, run)
    if loaded.stops(strict=options.strict):
        return Report(loaded.diagnostics, None, loaded.waiting)
    templates = templates_of(options)
    copies = {**templates.assets(), **{output: options.root / path for output, path in loaded.tree.copies.items()}}
    with stage(run.profile, "copies", len(copies)):
        digests, unreadable = reading.digests(copies, options.root)
    if unreadable:
        return Report(in_order((*loaded.diagnostics, *unreadable)), None)
    with stage(run.profile, "search"):
        index = make_search_index(loaded.site, options)
    digests = {**digests, **{path: digest(data) for path, data in index.items()}}
    try:
        return _write(options, run, loaded, templates, _OtherFiles(copies, index, digests))
    except TemplateProblem as problem:
        return Report(in_order((*loaded.diagnostics, problem.diagnostic)), None)


def make_search_index(site: Site, options: Options) -> Mapping[str, bytes]:
    """Return the files of the search index, by path; none where the site has no search. Raises `OutputProblem` if they cannot be made."""
    if not site.settings.search:
        return {}
    return search_index.index(records(site), site.settings.language, options.root, keep=options.cache)


class _OtherFiles(msgspec.Struct, frozen=True):
    """Files of the output that are made without templates."""

    copies: Mapping[str, Path]
    index: Mapping[str, bytes]
    """Files of the search index, by path."""
    digests: Mapping[str, str]
    """Digests of all these files, by path."""

    @property
    def kinds(self) -> dict[str, PageKind]:
        """The kinds of the files of the index."""
        return {path: "search-entry" if path in {search_index.ENTRY, search_index.FILTERS} else "search-index" for path in self.index}


class _Comparison(msgspec.Struct):
    """A site compared with the folder of its last build."""

    before: plan.Manifest
    """What the last build wrote."""
    toolchain: str
    templates: Mapping[str, str]
    """Template → its digest."""
    folder: plan.FolderState
    """The folder, with as much of its manifest as this toolchain may use."""
    builder: PageBuilder
    previous: PreviousPages
    unchanged: dict[str, plan.Fingerprint]
    """The files that are not made again: pages, and copies with the same digests."""
    numbers: list[int]
    """The pages to make, by their number."""


def _compare(options: Options, run: Run, loaded: LoadedSite, templates: TemplateSources, others: _OtherFiles) -> _Comparison:
    """Find out which pages must be made. Raises `OutputProblem` if files of others stand in their way."""
    digests = {name: templates.fingerprint(name) for name in sorted({page.template for page in loaded.pages.entries})}
    before = output_files.read_manifest(options.output)
    toolchain_digest = toolchain.with_plugins(loaded.plugins.digest if loaded.plugins is not None else "")
    outputs = {*others.digests, *loaded.pages.outputs}
    if before.files:
        output_files.refuse_foreign_files(options.output, outputs - before.files.keys(), before.files)
    folder = output_files.existing_files(options.output, outputs, before, read_all=options.verify or not options.cache)
    folder = msgspec.structs.replace(folder, manifest=before.trusted_by(toolchain_digest))
    builder = PageBuilder(loaded.site, templates, digests, folder, pages=loaded.pages)
    memory = loaded.memory if run.cache is not None else None
    previous = PreviousPages(
        memory, builder, loaded.site, loaded.changes, _manifest_digest(before), partial(output_files.read_intact, options.output, before)
    )
    unchanged = plan.copied(others.digests, others.kinds)
    numbers = []
    for family, first in loaded.pages.by_family():
        for n, page in enumerate(family.entries, first):
            keeps = previous.is_unchanged(n, page, was_known=family.was_known)
            made_from = builder.kept_fingerprint(page) if keeps else None
            if made_from is not None:
                unchanged[page.output] = made_from
            else:
                numbers.append(n)
    return _Comparison(before, toolchain_digest, digests, folder, builder, previous, unchanged, numbers)


def _plan(compared: _Comparison, built_pages: Sequence[BuiltPage], others: _OtherFiles) -> plan.Plan:
    """Return what to do to the output folder, now that pages are made."""
    return plan.plan(
        plan.MadeFiles(
            {**compared.unchanged, **{built_page.path: built_page.made_from for built_page in built_pages}},
            compared.templates,
            compared.toolchain,
            {
                built_page.path: built_page.digest
                for built_page in built_pages
                if built_page.written and built_page.made_from.kind in IMAGES
            },
            {built_page.path: built_page.title for built_page in built_pages if built_page.title},
            {built_page.path: built_page.leads_to for built_page in built_pages if built_page.leads_to},
        ),
        compared.folder,
        compared.unchanged.keys() - others.digests.keys(),
    )


def _write(options: Options, run: Run, loaded: LoadedSite, templates: TemplateSources, others: _OtherFiles) -> Report:
    with stage(run.profile, "known", len(loaded.pages)):
        compared = _compare(options, run, loaded, templates, others)
    builder, numbers, before = compared.builder, compared.numbers, compared.before
    former = output_files.previous_folder(options.root, options.output) if options.cache else None
    base_folder = None
    builder.output_folder = options.output.resolve() if len(numbers) >= WRITTEN_EARLY_FROM else None
    try:
        if builder.output_folder is not None and former is not None:
            fresh = {builder.pages[n].output for n in numbers}
            base_folder = output_files.prepare_base(options.output, former, {*compared.unchanged, *fresh}, fresh, before.files)
        with stage(run.profile, "make", len(numbers)):
            built_pages = parallel.make(builder, numbers, run, compared.previous.add_reads)
        for built_page in built_pages:
            if built_page.composed is not None:
                compared.previous.record_composed(built_page.path, built_page.composed)
            if built_page.written and run.profile is not None:
                run.profile.rendered.append((built_page.path, built_page.made_from.template, built_page.seconds))
        new_plan = _plan(compared, built_pages, others)
        ended, lost = _removed_pages(loaded, before, new_plan)
        to_write = {action.path for action in new_plan.write}
        rendered = {built_page.path: built_page.data for built_page in built_pages if built_page.written}
        with stage(run.profile, "write", len(to_write)):
            output_files.apply(
                options.output,
                new_plan,
                output_files.NewFiles(
                    {**others.copies, **_cleaned_copies(others.copies, to_write), **others.index, **rendered},
                    staged=builder.output_folder is not None,
                    base=base_folder,
                ),
                previous=former,
                durable=loaded.site.settings.sync,
            )
    finally:
        if builder.output_folder is not None:
            output_files.discard_staged(options.output)
    with stage(run.profile, "remember"):
        if loaded.memory is not None and run.cache is not None:
            compared.previous.store(frozenset(compared.unchanged), _manifest_digest(new_plan.manifest))
            run.cache.store(loaded.memory, anew=new_plan.withdraws)
    return Report(loaded.diagnostics, new_plan, loaded.waiting, ended, lost, loaded, tuple(sorted(compared.folder.changed)))


def _cleaned_copies(copies: Mapping[str, Path], wanted: Collection[str]) -> Mapping[str, bytes]:
    try:
        return cleaning.all_cleaned(copies, wanted)
    except OSError as error:
        message = f"{error.filename} could not be read: {reading.reason(error)}. The published folder is as it was."
        raise output_files.OutputProblem(message) from error


def _manifest_digest(manifest: plan.Manifest) -> bytes:
    return digest(plan.encode(manifest)).encode()


def _removed_pages(loaded: LoadedSite, before: plan.Manifest, new_plan: plan.Plan) -> tuple[tuple[RemovedPage, ...], tuple[str, ...]]:
    """Return the removed pages: those whose address an alias can keep, and the paths of those whose address is an id."""
    held_back = set(removed_pages.held_back_files(loaded.left_out))
    deleted = {action.path: address_from(before.files[action.path].kind) for action in new_plan.delete}
    ended = [path for path, origin in deleted.items() if origin == "title" and path not in held_back]
    # A page that only a draft made is removed and added with it.
    lost = [] if held_back & deleted.keys() else [path for path, origin in deleted.items() if origin == "id"]
    fresh = [page for page in loaded.pages if page.output not in before.files] if ended else []
    return removed_pages.find_removed(ended, before.titles, loaded.site, fresh), tuple(urls.path_of(path) for path in lost)


__all__ = ["Options", "Report", "build", "load_site", "make_search_index"]
