"""Make the pages of a site: the view of each and, if the plan requires it, its file. The result depends on the Site and the templates alone, on any machine."""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from builder import output as output_files, urls
from builder.build.named_plugins import pages_of
from builder.incremental import dependencies
from builder.incremental.dependencies import Changes, ReadLog
from builder.incremental.digests import digest
from builder.incremental.ledger import Ledger, ReadCollector, RecordedReads
from builder.incremental.memo import Memory, updated
from builder.model import Site
from builder.output import plan
from builder.pages import Page, PageEntry, Pages, SiteView, cards, site_view
from builder.pages.kinds import IMAGES, SEE_NO_SITE, address_from
from builder.pages.site_pages import RedirectPage
from builder.render.splice import ComposedFile, Composition, PreviousFiles, Record, form_and_kinds
from builder.render.template_sources import TemplateSources
from builder.render.templates import Renderer


class BuiltPage(msgspec.Struct, frozen=True, array_like=True):
    """The result of making one page."""

    path: str
    made_from: plan.Fingerprint
    written: bool
    """Whether its file must be written."""
    data: bytes | None
    """Its file; None if it is up to date or already written."""
    seconds: float
    """What rendering it took; 0 where it was not rendered."""
    composed: ComposedFile | None = None
    """Of a file that was composed, and written."""
    digest: str = ""
    """Of its file; "" if that was not made."""
    title: str = ""
    """Of a page whose address comes from it."""
    leads_to: str = ""
    """Of a redirect: the path that it leads to."""


class Batch(msgspec.Struct, frozen=True, array_like=True):
    """The results of making some pages."""

    built_pages: tuple[BuiltPage, ...]
    reads: RecordedReads
    """Their dependencies."""


class _SiteViews(dict[str, SiteView]):
    """The site as templates see it, by the relative path from a page to the site's root; made on first use."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self._site = site

    def __missing__(self, root: str) -> SiteView:
        found = self[root] = site_view(self._site, root)
        return found


class PageBuilder:
    """Makes the pages of a site, by their numbers."""

    def __init__(
        self,
        site: Site,
        templates: TemplateSources,
        digests: dict[str, str],
        folder: plan.FolderState,
        output_folder: Path | None = None,
        pages: Pages | None = None,
    ) -> None:
        """`digests` are those of the templates; `folder` is what the last build has left. See `output_folder`. `pages` are those of the site, if already listed."""
        self._own = site
        self._templates = templates
        self._digests, self._folder = digests, folder
        self.output_folder = output_folder
        """The resolved output folder, if files are written there as soon as they are made; None if they are returned."""
        self.log = ReadLog()
        self.site = cards.recording(site, self.log)
        self.pages = pages.of(self.site) if pages is not None else pages_of(self.site)[0]
        self._told: set[int] | None = set()
        """Steps already reported; None if a report may get lost."""
        self._noted: set[Record] | None = set()
        """Records whose reads are already reported; None as above."""
        self._sites = _SiteViews(site)
        self._same_sites: set[str] = set()
        self._settled = plan.unchanged_templates(digests, folder.manifest)
        self._site_digests: dict[str, str] = {}
        self._renderer: Renderer | None = None
        self.previous_files: PreviousFiles | None = None
        """Files of many records of the last build, for the pieces that stay."""
        self._compositions: dict[str, Composition] = {}

    def __reduce__(self) -> tuple[object, ...]:
        # A process that shares no memory with this one makes its own.
        return PageBuilder, (self._own, self._templates, self._digests, self._folder, self.output_folder)

    def packed(self) -> bytes:
        """Return a copy for `unpacked` in a process that shares neither memory nor disk: with the files of templates and pictures."""
        import pickle  # late: most builds are made on one machine

        # Pickled, not packed by msgspec: a record in several fields of the Site stays one object.
        carried = self._templates.carried(self._digests, [picture.file for picture in self._own.pictures.values()])
        return pickle.dumps((self._own, carried, self._digests, self._folder), protocol=5)

    @staticmethod
    def unpacked(data: bytes) -> "PageBuilder":
        """Return the PageBuilder that was packed. Only what one's own build has packed may come here: a pickle can run anything."""
        import pickle

        found = PageBuilder(*pickle.loads(data))  # noqa: S301 - executors run what they are sent in any case
        found._told = found._noted = None
        return found

    def write_early(self, batch: Batch) -> Batch:
        """Write the files of a batch made in another process, if files are written as they are made; return the rest."""
        if self.output_folder is None:
            return batch
        built_pages = []
        for built_page in batch.built_pages:
            if built_page.data is not None:
                output_files.stage(self.output_folder, built_page.path, built_page.data)
            built_pages.append(msgspec.structs.replace(built_page, data=None))
        return Batch(tuple(built_pages), batch.reads)

    def kept_fingerprint(self, page: PageEntry) -> plan.Fingerprint | None:
        """Return the fingerprint of a page whose view is that of the last build into this output; None if its file must be made anyway."""
        before = self._folder.manifest.files.get(page.output)
        if before is None or before.template not in self._settled or page.output not in self._folder.present:
            return None
        if before.site not in self._same_sites or (before.kind, before.template) != (page.kind, page.template):
            if before != self._fingerprint(page, urls.root_path(page.output), before.content):
                return None
            self._same_sites.add(before.site)
        return before

    def _fingerprint(self, page: Page | PageEntry, root: str, content: str) -> plan.Fingerprint:
        if page.kind in SEE_NO_SITE:
            return plan.Fingerprint(page.kind, page.template, content, "")
        site = self._site_digests.get(root)
        if site is None:
            site = self._site_digests[root] = plan.site_digest(self._sites[root])
        return plan.Fingerprint(page.kind, page.template, content, site)

    def run_step(self, name: str, given: tuple[Any, ...]) -> object:
        """Run a memoised step again."""
        return cards.TRACKED_FUNCTIONS[name](self.site, *given)

    def make(self, numbers: Sequence[int]) -> Batch:
        """Make pages. Raises `TemplateProblem` if a template is wrong, `OutputProblem` if the disk refuses."""
        collector = ReadCollector(self.log, self._told)
        pages = [self.pages[n] for n in numbers]
        # All views first, then all files: each is a kind of work of its own, and what a processor has at hand serves longer.
        for page in pages:
            self._look(page, collector)
        return Batch(tuple([self._make(page) for page in pages]), collector.reads())

    def _look(self, page: Page, collector: ReadCollector) -> None:
        """Make the view of a page, and record its reads."""
        arguments = plan.arguments_digest(page)
        self.log.begin()
        if form_and_kinds(page, self.site) is not None:
            self._compose(page, collector)
        else:
            page.make_views()
        collector.result(PAGES, page.output, arguments)

    def _compose(self, page: Page, collector: ReadCollector) -> None:
        """Begin a file of many records: the page depends on their order, each record on its own reads."""
        found = self._compositions[page.output] = Composition(self.site, page)
        own = self.log.begin()
        noted = self._noted if self._noted is not None else set()

        def note(record: Record) -> None:
            # A record is in several files, and is made once.
            if record not in noted:
                noted.add(record)
                collector.result(RECORDS, record)
            self.log.begin()

        found.collect(self.previous_files, note)
        self.log.resume(own)

    def _make(self, page: Page) -> BuiltPage:
        composed, seconds, found = None, 0.0, ""
        composition = self._compositions.pop(page.output, None)
        made_from = self._fingerprint(page, page.root, plan.view_digest(page)) if page.kind in IMAGES else None
        data: bytes | None = None
        if made_from is None or self._is_written(page, made_from):
            began = time.perf_counter()
            if composition is not None:
                data, composed = composition.write()
            else:
                if self._renderer is None:
                    self._renderer = Renderer(self._templates, self.site.language, keeps=True)
                data = self._renderer.render(page, self._sites[page.root])
            seconds = time.perf_counter() - began
            found = digest(data)
            made_from = made_from or self._fingerprint(page, page.root, found)
        written = data is not None and self._is_written(page, made_from)
        if written and data is not None and self.output_folder is not None:
            output_files.stage(self.output_folder, page.output, data)
        title = str(getattr(page.view, "title", "")) if address_from(page.kind) == "title" else ""
        # Asked by its kind: the view of a composed file would be all records of the site.
        leads_to = page.view.to.path if page.kind == "redirect" and isinstance(page.view, RedirectPage) else ""
        page.forget_views()
        kept = data if written and self.output_folder is None else None
        return BuiltPage(page.output, made_from, written, kept, seconds, composed, found, title, leads_to)

    def _is_written(self, page: Page, made_from: plan.Fingerprint) -> bool:
        return bool(plan.why_write(page.output, made_from, self._digests, self._folder))


PAGES, RECORDS = "what pages rely on", "what records rely on"
_COMPOSED = "composed files"


class PreviousPages:
    """The dependencies of the pages of the last build, and of this one."""

    def __init__(
        self,
        memory: Memory | None,
        builder: PageBuilder,
        site: Site,
        changes: Changes | None,
        manifest: bytes,
        read: Callable[[str], bytes | None],
    ) -> None:
        """Load the results of the last build.

        `memory` is None without a cache. `changes` are the differences from the site of the last build, None if unknown;
        `manifest` is a digest of the output's manifest, which shows whether the output is that of the last build; `read` returns a file of the output.
        """
        self._memory, self._builder, self._site = memory, builder, site
        self._untracked = dependencies.untracked_digest(site)
        reads = dependencies.changed_reads(changes) if changes is not None else None
        # There are more records than pages, and most edits are about few pages and none of these.
        self._ledger = Ledger(memory, "pages", {PAGES: str, RECORDS: Record}, f"{self._untracked} {manifest!r}", reads)
        self._composed: dict[str, ComposedFile] = {}
        self._before_composed: Mapping[str, ComposedFile] = {}
        if memory is not None and self._ledger.is_current:
            self._before_composed = memory.load(_COMPOSED, ComposedFile) or {}
        stale = self._ledger.stale(builder.log, builder.run_step)
        self._stale, self._stale_kinds = stale[PAGES], {kind for kind, _ in stale[RECORDS]}
        self._before = self._ledger.before(PAGES)
        if self._ledger.is_current:
            builder.previous_files = PreviousFiles(self._before_composed, stale[RECORDS], read)

    def is_unchanged(self, n: int, page: PageEntry, *, was_known: bool) -> bool:
        """Return whether the view of page `n` is unchanged; `was_known` is that of its family."""
        if page.output not in self._before or page.output in self._stale:
            return False
        if self._stale_kinds and page.kind == "all-records":
            made = form_and_kinds(self._builder.pages.listed(n), self._site)
            if made is not None and not self._stale_kinds.isdisjoint(made[1]):
                return False
        if was_known:
            return True
        arguments = plan.arguments_digest(self._builder.pages.listed(n))
        return arguments == plan.BY_PATH or self._before[page.output].asked == arguments

    def add_reads(self, reads: RecordedReads) -> None:
        """Add the dependencies of pages that were just made."""
        self._ledger.add(reads)

    def record_composed(self, path: str, composed: ComposedFile) -> None:
        """Record a composed file."""
        self._composed[path] = composed

    def store(self, kept: Collection[str], manifest: bytes) -> None:
        """Store all of it for the next build: `kept` are the files that stay, `manifest` is a digest of the new manifest."""
        if self._memory is None:
            return
        # What deleted records rely on stays too: a file that is up to date reports none, and its records must not be dropped.
        self._ledger.store({PAGES: kept, RECORDS: None}, f"{self._untracked} {manifest!r}")
        order = {path: None for path in (*self._before_composed, *self._composed) if path in self._composed or path in kept}
        self._memory.store(_COMPOSED, updated(self._before_composed, order, self._composed), ComposedFile)
