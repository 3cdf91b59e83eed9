"""Make the pages of a site: the view of each and, where the plan requires it, its file. The result is the same in any process and on any machine: it depends on nothing but the Site and the templates."""

import pickle
import time
from collections.abc import Callable, Collection, Mapping, Sequence, Set as AbstractSet
from pathlib import Path
from typing import Any

import msgspec

from builder import output as output_files, urls
from builder.build.named_plugins import pages_of
from builder.incremental import dependencies
from builder.incremental.dependencies import Changes, ReadLog
from builder.incremental.digests import digest
from builder.incremental.ledger import Ledger, ReadCollector, Seen
from builder.incremental.memo import Memory, updated
from builder.model import Site
from builder.output import plan
from builder.pages import Page, PageEntry, Pages, SiteView, cards, site_view
from builder.pages.kinds import IMAGES, SEE_NO_SITE
from builder.render.splice import Composed, Composition, Former, Record, makes
from builder.render.template_sources import Sources
from builder.render.templates import Renderer


class Sheet(msgspec.Struct, frozen=True, array_like=True):
    """One page, made."""

    path: str
    made_from: plan.Fingerprint
    written: bool
    """Whether its file must be written."""
    data: bytes | None
    """Its file; None where it is up to date or already written."""
    seconds: float
    """What rendering it took; 0 where it was not rendered."""
    composed: Composed | None = None
    """Of a file that was composed, and written."""
    digest: str = ""
    """Of its file; "" where that was not made."""


class Batch(msgspec.Struct, frozen=True, array_like=True):
    """Some pages, made."""

    sheets: tuple[Sheet, ...]
    seen: Seen
    """What they rely on."""


class _SiteViews(dict[str, SiteView]):
    """What templates see of a site, by the relative path from a page to the site's root; made on first use."""

    def __init__(self, site: Site) -> None:
        super().__init__()
        self._site = site

    def __missing__(self, root: str) -> SiteView:
        found = self[root] = site_view(self._site, root)
        return found


class Maker:
    """Makes the pages of a site, by their numbers."""

    def __init__(
        self,
        site: Site,
        templates: Sources,
        digests: dict[str, str],
        before: plan.Manifest,
        present: AbstractSet[str],
        lays: Path | None = None,
        pages: Pages | None = None,
    ) -> None:
        """`digests` are those of the templates; `before` and `present` are inputs of the plan. See `lays`. `pages` are those of the site, if already listed."""
        self._own = site
        self._templates = templates
        self._digests, self._before, self._present = digests, before, present
        self.lays = lays
        """The resolved output folder, if files are written there as soon as they are made; None if they are returned."""
        self.notes = ReadLog()
        self.site = cards.recording(site, self.notes)
        self.pages = pages.of(self.site) if pages is not None else pages_of(self.site)[0]
        self._told: set[int] | None = set()
        """Steps already reported; None where a report may get lost."""
        self._sites = _SiteViews(site)
        self._same_sites: set[str] = set()
        self._settled = plan.unchanged_templates(digests, before)
        self._site_digests: dict[str, str] = {}
        self._renderer: Renderer | None = None
        self.former: Former | None = None
        """What the last build composed."""
        self._compositions: dict[str, Composition] = {}

    def __reduce__(self) -> tuple[object, ...]:
        # A process that shares no memory with this one makes its own.
        return Maker, (self._own, self._templates, self._digests, self._before, self._present, self.lays)

    def packed(self) -> bytes:
        """Return what `unpacked` makes the same Maker of where neither memory nor disk is shared: it hands its files over."""
        # Pickled, not packed by msgspec: a record in several fields of the Site stays one object.
        carried = self._templates.carried(self._digests, [one.file for one in self._own.pictures.values()])
        return pickle.dumps((self._own, carried, self._digests, self._before, self._present), protocol=5)

    @staticmethod
    def unpacked(data: bytes) -> "Maker":
        """Return the Maker that was packed. Only what one's own build has packed may come here: a pickle can run anything."""
        found = Maker(*pickle.loads(data))  # noqa: S301 - executors run what they are sent in any case
        found._told = None
        return found

    def lay(self, batch: Batch) -> Batch:
        """Write the files of a batch made in another process, if files are written as they are made; return the rest."""
        if self.lays is None:
            return batch
        sheets = []
        for sheet in batch.sheets:
            if sheet.data is not None:
                output_files.stage(self.lays, sheet.path, sheet.data)
            sheets.append(msgspec.structs.replace(sheet, data=None))
        return Batch(tuple(sheets), batch.seen)

    def stays(self, page: PageEntry) -> plan.Fingerprint | None:
        """Return the inputs of a page's file if its view is that of the last build into this output; None where the file must be made anyway."""
        before = self._before.files.get(page.output)
        if before is None or before.template not in self._settled or page.output not in self._present:
            return None
        if before.site not in self._same_sites or (before.kind, before.template) != (page.kind, page.template):
            if before != self._fingerprint(page, urls.root(page.output), before.content):
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

    def take_step(self, name: str, given: tuple[Any, ...]) -> object:
        """Take a step again."""
        return cards.STEPS[name](self.site, *given)

    def make(self, numbers: Sequence[int]) -> Batch:
        """Make pages. `TemplateProblem` where a template is wrong, `files.OutputProblem` where the disk refuses."""
        noticed = ReadCollector(self.notes, self._told)
        pages = [self.pages[n] for n in numbers]
        # All views first, then all files: each is a kind of work of its own, and what a processor has at hand serves longer.
        for page in pages:
            self._look(page, noticed)
        return Batch(tuple([self._make(page) for page in pages]), noticed.seen())

    def _look(self, page: Page, noticed: ReadCollector) -> None:
        """Make the view of a page, and record what it reads."""
        arguments = plan.arguments_digest(page)
        self.notes.now = set()
        if makes(page, self.site) is not None:
            self._compose(page, noticed)
        else:
            page.make_views()
        noticed.result(PAGES, page.output, arguments)

    def _compose(self, page: Page, noticed: ReadCollector) -> None:
        """Begin a file of many records: the page depends on their order, and each record on what it reads."""
        found = self._compositions[page.output] = Composition(self.site, page)
        own, self.notes.now = self.notes.now, set()

        def note(record: Record) -> None:
            noticed.result(RECORDS, record)
            self.notes.now = set()

        found.look(self.former, note)
        self.notes.now = own

    def _make(self, page: Page) -> Sheet:
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
        if written and data is not None and self.lays is not None:
            output_files.stage(self.lays, page.output, data)
        page.forget_views()
        return Sheet(page.output, made_from, written, data if written and self.lays is None else None, seconds, composed, found)

    def _is_written(self, page: Page, made_from: plan.Fingerprint) -> bool:
        return bool(plan.why_write(made_from, self._digests, self._before, page.output, self._present))


PAGES, RECORDS = "what pages rely on", "what records rely on"
_COMPOSED = "composed files"


class Remembered:
    """What the pages of the last build rely on, and those of this one."""

    def __init__(
        self, memory: Memory | None, maker: Maker, site: Site, changes: Changes | None, manifest: bytes, read: Callable[[str], bytes | None]
    ) -> None:
        """Load the results of the last build.

        `memory` is None without a cache. `changes` are the differences from the site of the last build, None if unknown;
        `manifest` is a digest of the output's manifest, which shows whether the output is that of the last build; `read` returns a file of the output.
        """
        self._memory, self._maker, self._site = memory, maker, site
        self._ground = dependencies.ground(site)
        reads = dependencies.changed_reads(changes) if changes is not None else None
        # There are more records than pages, and most edits are about few pages and none of these.
        self._ledger = Ledger(memory, "pages", {PAGES: str, RECORDS: Record}, f"{self._ground} {manifest!r}", reads)
        self._composed: dict[str, Composed] = {}
        self._before_composed: Mapping[str, Composed] = {}
        if memory is not None and self._ledger.stands:
            self._before_composed = memory.held(_COMPOSED, Composed) or {}
        stale = self._ledger.stale(maker.notes, maker.take_step)
        self._stale, self._stale_kinds = stale[PAGES], {kind for kind, _ in stale[RECORDS]}
        self._before = self._ledger.before(PAGES)
        if self._ledger.stands:
            maker.former = Former(self._before_composed, stale[RECORDS], read)

    def keeps(self, n: int, page: PageEntry, *, was_known: bool) -> bool:
        """Return whether the view of page `n` is unchanged; `was_known` is that of its family."""
        if page.output not in self._before or page.output in self._stale:
            return False
        if self._stale_kinds and page.kind == "all-records":
            made = makes(self._maker.pages.listed(n), self._site)
            if made is not None and not self._stale_kinds.isdisjoint(made[1]):
                return False
        if was_known:
            return True
        arguments = plan.arguments_digest(self._maker.pages.listed(n))
        return arguments == plan.BY_PATH or self._before[page.output].asked == arguments

    def take(self, seen: Seen) -> None:
        """Take in what some pages, just made, rely on."""
        self._ledger.take(seen)

    def compose(self, path: str, composed: Composed) -> None:
        """Take in a file that was composed."""
        self._composed[path] = composed

    def leave(self, kept: Collection[str], manifest: bytes) -> None:
        """Leave all of it to the next build: `kept` are the files that stayed, and `manifest` is a digest of what the output has now."""
        if self._memory is None:
            return
        # What deleted records rely on stays too: a file that is up to date reports none, and its records must not be dropped.
        self._ledger.leave({PAGES: kept, RECORDS: None}, f"{self._ground} {manifest!r}")
        order = {path: None for path in (*self._before_composed, *self._composed) if path in self._composed or path in kept}
        self._memory.hold(_COMPOSED, updated(self._before_composed, order, self._composed), Composed)
