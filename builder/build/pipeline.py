"""One build, from `content/` to the output folder: the only module with all steps.

    content/ ─read─▶ parse ─▶ linking ─▶ pages ─▶ plan ─▶ render ─apply─▶ site/

`load.look` does the part up to the checks and writes nothing. Errors stop a build before anything is written.
"""

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from builder import output as output_files
from builder.build import parallel
from builder.build.load import Options, Seen, in_order, look, silent, templates_of
from builder.build.page_builder import Maker, Remembered
from builder.build.parallel import Progress
from builder.build.timings import Profile, stage
from builder.content import cleaning, reading
from builder.diagnostics import Diagnostic
from builder.incremental import build_cache, toolchain
from builder.incremental.digests import digest
from builder.incremental.memo import CorruptCache
from builder.incremental.up_to_date import InputStamp
from builder.linking import drafts
from builder.model import Site
from builder.output import plan, removed_pages
from builder.output.removed_pages import RemovedPage
from builder.pages.search_records import records
from builder.render import search_index
from builder.render.template_sources import Sources, TemplateProblem

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
    gone: tuple[RemovedPage, ...] = ()
    """Addresses with a page at the last build into this folder, and none now."""
    lost: tuple[str, ...] = ()
    """Paths of removed pages of actors, events and sources, which have no aliases."""
    seen: Seen | None = None
    """The site that was built."""
    changed_by_others: tuple[str, ...] = ()
    """Files of the output that another program has changed since they were built; they were made again."""

    def gone_from(self, deleted: Iterable[str], new: Collection[str]) -> tuple[RemovedPage, ...]:
        """Return the addresses that end at a host when the files `deleted` are removed and `new` ones added, by this build or an earlier one."""
        if self.seen is None:
            return ()
        held_back = set(removed_pages.held_back_files(self.seen.left_out))
        ended = [path for path in deleted if removed_pages.may_have_alias(path) and path not in held_back]
        here = {one.path: one for one in self.gone}
        fresh = [page for page in self.seen.pages if page.output in new] if ended else []
        return tuple(here.get(one.path, one) for one in removed_pages.find_removed(ended, {}, self.seen.site, fresh))

    def lost_from(self, deleted: Iterable[str]) -> tuple[str, ...]:
        """Return the same of actors, events and sources."""
        deleted = tuple(deleted)
        if self.seen is None or set(removed_pages.held_back_files(self.seen.left_out)) & set(deleted):
            return ()
        return tuple(path.removesuffix("index.html") for path in deleted if removed_pages.is_record_page(path))


LAYS_FROM = 400
"""Number of pages from which on each file is written as soon as it is made; fewer are held in memory, so that a single one can be replaced alone."""


def build(
    options: Options,
    *,
    progress: Progress = silent,
    waits: Callable[[], None] = lambda: None,
    receipt: InputStamp | None = None,
    profile: Profile | None = None,
    crew: "Executor | None" = None,
) -> Report:
    """Build a site. Problems of the content are in the report; raises `OutputProblem` if the output folder cannot be written.

    `waits` is called if another process is writing to the output folder and this build must wait. `receipt` is a record of all files that are read here,
    taken before; with it a receipt is written after a successful build. `profile` measures the stages.
    `crew`, any executor, parses and makes pages if there is enough work, in place of processes of this build; it stays open. Raises `CrewProblem` if it fails.
    """
    if receipt is not None:
        receipt.begin()
    # Locked before the content is read, so that the last build to run has read the latest content.
    with output_files.locked(options.output, waits):
        report = _build(options, progress, profile, crew)
        # The receipt does not look at the files of plugins.
        if receipt is not None and report.plan is not None and (report.seen is None or report.seen.plugins is None):
            # Removed pages are reported once; the next build reports all else again.
            again = _AGAIN.encode((report.diagnostics, report.waiting)) if report.diagnostics or report.waiting else b""
            receipt.leave(str(options.output / plan.MANIFEST), report.plan.manifest.files, again)
        return report


_AGAIN = msgspec.msgpack.Encoder()


def _build(options: Options, progress: Progress, profile: Profile | None, crew: "Executor | None") -> Report:
    kept = build_cache.BuildCache(options.root, options.output) if options.cache else None
    try:
        return _built(options, kept, progress, profile, crew)
    except CorruptCache:
        assert kept is not None
        kept.forget()
        return _built(options, kept, progress, profile, crew)


def _built(
    options: Options, kept: build_cache.BuildCache | None, progress: Progress, profile: Profile | None, crew: "Executor | None"
) -> Report:
    seen = look(options, progress=progress, profile=profile, crew=crew, cache_file=kept.cache_file if kept is not None else None)
    if seen.stops(strict=options.strict):
        return Report(seen.diagnostics, None, seen.waiting)
    templates = templates_of(options)
    copies = {**templates.assets(), **{output: options.root / path for output, path in seen.tree.copies.items()}}
    with stage(profile, "copies", len(copies)):
        digests, unreadable = reading.digests(copies, options.root)
    if unreadable:
        return Report(in_order((*seen.diagnostics, *unreadable)), None)
    with stage(profile, "search"):
        index = make_search_index(seen.site, options)
    digests = {**digests, **{path: digest(data) for path, data in index.items()}}
    try:
        return _write(options, seen, kept, _Others(copies, index, digests), templates, progress, profile, crew)
    except TemplateProblem as problem:
        return Report(in_order((*seen.diagnostics, problem.diagnostic)), None)


def make_search_index(site: Site, options: Options) -> Mapping[str, bytes]:
    """Return the files of the search index, by path; none where the site has no search. Raises `OutputProblem` if they cannot be made."""
    if not site.settings.search:
        return {}
    return search_index.index(records(site), site.settings.language, options.root, keep=options.cache)


class _Others(msgspec.Struct, frozen=True):
    """Files of the output that are made without templates."""

    copies: Mapping[str, Path]
    index: Mapping[str, bytes]
    """That readers search."""
    digests: Mapping[str, str]
    """Of all of them."""


def _write(
    options: Options,
    seen: Seen,
    kept: build_cache.BuildCache | None,
    others: _Others,
    templates: Sources,
    progress: Progress,
    profile: Profile | None,
    crew: "Executor | None",
) -> Report:
    with stage(profile, "known", len(seen.pages)):
        digests = {name: templates.fingerprint(name) for name in sorted({template for _, template in seen.pages.names})}
        before = output_files.read_manifest(options.output)
        made_by = toolchain.with_plugins(seen.plugins.digest if seen.plugins is not None else "")
        known = before.trusted_by(made_by)
        outputs = {*others.digests, *seen.pages.outputs}
        if before.files:
            output_files.refuse_foreign_files(options.output, outputs - before.files.keys(), before.files)
        existing = output_files.existing_files(options.output, outputs, before, read_all=options.verify or not options.cache)
        present = existing.present
        maker = Maker(seen.site, templates, digests, known, present, pages=seen.pages)
        memory = seen.memory if kept is not None else None
        remembered = Remembered(
            memory, maker, seen.site, seen.changes, _sealed(before), partial(output_files.read_intact, options.output, before)
        )
        wanted = plan.copied(others.digests)
        numbers = []
        for family, first in seen.pages.by_family():
            for n, (output, template) in enumerate(family.names, first):
                keeps = remembered.keeps(n, output, template, was_known=family.was_known)
                made_from = maker.stays(output, template) if keeps else None
                if made_from is not None:
                    wanted[output] = made_from
                else:
                    numbers.append(n)
        stayed = frozenset(wanted)
    former = output_files.previous_folder(options.root, options.output) if options.cache else None
    ground = None
    maker.lays = options.output.resolve() if len(numbers) >= LAYS_FROM else None
    try:
        if maker.lays is not None and former is not None:
            fresh = {maker.pages[n].output for n in numbers}
            ground = output_files.prepare_base(options.output, former, {*wanted, *fresh}, fresh, before.files)
        with stage(profile, "make", len(numbers)):
            sheets = parallel.make(maker, numbers, options.jobs, progress, crew, remembered.take)
        rendered: dict[str, bytes | None] = {}
        built: dict[str, str] = {}
        for sheet in sheets:
            wanted[sheet.path] = sheet.made_from
            if sheet.composed is not None:
                remembered.compose(sheet.path, sheet.composed)
            if sheet.written:
                rendered[sheet.path] = sheet.data
                if sheet.made_from.template in plan.COSTLY:
                    built[sheet.path] = sheet.digest
                if profile is not None:
                    profile.rendered.append((sheet.path, sheet.made_from.template, sheet.seconds))
        made = plan.plan(wanted, digests, known, present, stayed - others.digests.keys(), made_by, built, existing.changed)
        ended, lost = _ended(options, seen, before, made)
        to_write = {step.path for step in made.write}
        with stage(profile, "write", len(to_write)):
            contents = {**others.copies, **_bare(others.copies, to_write), **others.index, **rendered}
            output_files.apply(
                options.output, made, contents, staged=maker.lays is not None, base=ground, previous=former, durable=seen.site.settings.sync
            )
    finally:
        if maker.lays is not None:
            output_files.discard_staged(options.output)
    with stage(profile, "remember"):
        if memory is not None and kept is not None:
            remembered.leave(stayed, _sealed(made.manifest))
            kept.leave(memory, anew=made.withdraws)
    return Report(seen.diagnostics, made, seen.waiting, ended, lost, seen, tuple(sorted(existing.changed)))


def _bare(copies: Mapping[str, Path], wanted: Collection[str]) -> Mapping[str, bytes]:
    try:
        return cleaning.all_cleaned(copies, wanted)
    except OSError as error:
        message = f"{error.filename} could not be read: {reading.reason(error)}. The published folder is as it was."
        raise output_files.OutputProblem(message) from error


def _sealed(manifest: plan.Manifest) -> bytes:
    return digest(plan.encode(manifest)).encode()


def _ended(options: Options, seen: Seen, before: plan.Manifest, made: plan.Plan) -> tuple[tuple[RemovedPage, ...], tuple[str, ...]]:
    """Return which addresses end with this build: those that an alias can keep, and those that are ids."""
    held_back = set(removed_pages.held_back_files(seen.left_out))
    deleted = {step.path: before.files[step.path].template for step in made.delete}
    ended = [path for path, template in deleted.items() if template in removed_pages.WITH_ALIASES and path not in held_back]
    # A page that only a draft made is removed and added with it.
    lost = [] if held_back & deleted.keys() else [path for path, template in deleted.items() if template in removed_pages.OF_RECORDS]
    headings = {path: removed_pages.heading(data) for path, data in output_files.read_published(options.output, ended).items()}
    fresh = [page for page in seen.pages if page.output not in before.files] if ended else []
    return removed_pages.find_removed(ended, headings, seen.site, fresh), tuple(path.removesuffix("index.html") for path in lost)


__all__ = ["Options", "Report", "build", "look", "make_search_index"]
