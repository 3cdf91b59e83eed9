"""Make the pages of a site: the view of each and, where the plan requires it, its file. The result is the same in any process and on any machine: it depends on nothing but the Site and the templates."""

import functools
import pickle
import time
from collections.abc import Callable, Collection, Mapping, Sequence, Set as AbstractSet
from pathlib import Path
from typing import Any

import msgspec

from builder import output as output_files, urls
from builder.formats import SEE_NO_SITE
from builder.incremental import dependencies
from builder.incremental.dependencies import Changes, Notes, Noticed, Relied, Seen, Step
from builder.incremental.digests import digest
from builder.incremental.memo import Memory, revised
from builder.model import Site
from builder.output import plan
from builder.pages import Page, Pages, SiteView, cards, list_pages, site_view
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
        self.notes = Notes()
        self.site = cards.noting(site, self.notes)
        self.pages = pages.of(self.site) if pages is not None else list_pages(self.site)
        self._told: set[int] | None = set()
        """Steps already reported; None where a report may get lost."""
        self._sites = _SiteViews(site)
        self._same_sites: set[str] = set()
        self._settled = plan.unchanged_templates(digests, before)
        self._fingerprints = plan.Fingerprints(self._sites)
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

    def stays(self, output: str, template: str) -> plan.Fingerprint | None:
        """Return the inputs of a page's file if its view is that of the last build into this output; None where the file must be made anyway."""
        before = self._before.files.get(output)
        if before is None or before.template not in self._settled or output not in self._present:
            return None
        if before.site not in self._same_sites or before.template != template:
            made_from = self._fingerprints.with_view(template, urls.root(output), before.view)
            if made_from != before:
                return None
            self._same_sites.add(before.site)
        return before

    def ask(self, name: str, given: tuple[Any, ...]) -> str:
        """Take a step again, and return a digest of what comes out; "" where it is none any more."""
        return dependencies.asked_again(self.notes, name, given, lambda: cards.STEPS[name](self.site, *given))

    def make(self, numbers: Sequence[int]) -> Batch:
        """Make pages. `TemplateProblem` where a template is wrong, `files.OutputProblem` where the disk refuses."""
        noticed = Noticed(self.notes, self._told)
        pages = [self.pages[n] for n in numbers]
        # All views first, then all files: each is a kind of work of its own, and what a processor has at hand serves longer.
        made_from = [self._look(page, noticed) for page in pages]
        sheets = tuple([self._make(page, found) for page, found in zip(pages, made_from, strict=True)])
        return Batch(sheets, noticed.seen())

    def _look(self, page: Page, noticed: Noticed) -> plan.Fingerprint:
        asked = plan.arguments_digest(page)
        self.notes.now = set()
        made_from = self._compose(page, noticed) if makes(page) is not None else self._fingerprints.of(page)
        if asked:
            noticed.page(page.output, asked)
        return made_from

    def _compose(self, page: Page, noticed: Noticed) -> plan.Fingerprint:
        """Begin a file of many records: the page depends on their order, and each record on what it reads."""
        found = self._compositions[page.output] = Composition(self.site, page)
        own, self.notes.now = self.notes.now, set()

        def note(record: Record) -> None:
            noticed.page(record, "")
            self.notes.now = set()

        view = found.look(self.former, self._fingerprints.of_record, note)
        self.notes.now = own
        return self._fingerprints.with_view(page.template, page.root, view)

    def _make(self, page: Page, made_from: plan.Fingerprint) -> Sheet:
        data, composed, seconds, found = None, None, 0.0, ""
        composition = self._compositions.pop(page.output, None)
        written = bool(plan.why_write(made_from, self._digests, self._before, page.output, self._present))
        if written:
            began = time.perf_counter()
            if composition is not None:
                data, composed = composition.write()
            else:
                if self._renderer is None:
                    self._renderer = Renderer(self._templates, self.site.language, keeps=True)
                data = self._renderer.render(page, self._sites[page.root])
            seconds = time.perf_counter() - began
            found = digest(data)
            if self.lays is not None:
                output_files.stage(self.lays, page.output, data)
                data = None
        page.let_go()
        return Sheet(page.output, made_from, written, data, seconds, composed, found)


class Remembered:
    """What the pages of the last build rely on, and those of this one."""

    def __init__(
        self, memory: Memory | None, maker: Maker, site: Site, changes: Changes | None, manifest: bytes, read: Callable[[str], bytes | None]
    ) -> None:
        """Load the results of the last build.

        `memory` is None without a cache. `changes` are the differences from the site of the last build, None if unknown;
        `manifest` is a digest of the output's manifest, which shows whether the output is that of the last build; `read` returns a file of the output.
        """
        self._memory, self._maker = memory, maker
        self._ground = dependencies.ground(site)
        self._steps: dict[bytes, Step] = {}
        self._pages: dict[str, Relied] = {}
        self._before: Mapping[str, Relied] = {}
        self._known_steps: Mapping[bytes, Step] = {}
        self._records: dict[Record, Relied] = {}
        self._composed: dict[str, Composed] = {}
        self._before_composed: Mapping[str, Composed] = {}
        self._stale: AbstractSet[object] = frozenset()
        self._stale_kinds: AbstractSet[str] = frozenset()
        if memory is None or changes is None or memory.held(_GROUND, str) != self._ground or memory.held(_MANIFEST, bytes) != manifest:
            return
        looks = dependencies.changed_looks(changes)
        if looks is None:
            return
        self._before = memory.held(_PAGES, Relied) or {}
        self._known_steps = memory.held(_STEPS, Step, bytes) or {}
        self._before_composed = memory.held(_COMPOSED, Composed) or {}
        self._stale, same = dependencies.stale(self, looks, maker.ask)
        self._stale_kinds = {one[0] for one in self._stale if isinstance(one, tuple)}
        maker.former = Former(self._before_composed, self._stale, read)
        noticed = Noticed(maker.notes)
        for number in maker.notes.steps:
            if dependencies.mark(maker.notes.looks[number]) in same:
                noticed.step(number)  # the result was the same, its dependencies may differ
        self._steps |= noticed.seen().steps

    def steps(self, signs: set[bytes]) -> list[tuple[bytes, Step]]:
        """Return the steps that rely on one of these, each with its mark; see `reliance.Ledger`."""
        assert self._memory is not None
        return dependencies.relying(self._known_steps, signs, self._memory.relying(_STEPS, signs, bytes))

    def pages(self, signs: set[bytes]) -> list[object]:
        """Return the files that do, and the records in composed files."""
        assert self._memory is not None
        pages = dependencies.relying(self._before, signs, self._memory.relying(_PAGES, signs))
        among = self._memory.relying(_RECORDS, signs, Record)
        records = dependencies.relying(self._before_records, signs, among) if among is None or among else []
        return [*(path for path, _ in pages), *(record for record, _ in records)]

    @functools.cached_property
    def _before_records(self) -> Mapping[Record, Relied]:
        """What the records of composed files rely on. There are more of them than pages, and most edits are about few pages and none of these."""
        return (self._memory.held(_RECORDS, Relied, Record) if self._memory is not None and self._before else None) or {}

    def keeps(self, n: int, output: str, template: str, *, was_known: bool) -> bool:
        """Return whether the view of page `n` is unchanged; `was_known` is that of its family."""
        if output not in self._before or output in self._stale:
            return False
        if self._stale_kinds and template in SEE_NO_SITE:
            made = makes(self._maker.pages.listed(n))
            if made is not None and not self._stale_kinds.isdisjoint(made[1]):
                return False
        if was_known:
            return True
        asked = plan.arguments_digest(self._maker.pages.listed(n))
        return asked == plan.BY_PATH or (bool(asked) and self._before[output].asked == asked)

    def take(self, seen: Seen) -> None:
        """Take in what some pages, just made, rely on."""
        self._steps.update(seen.steps)
        for one, relied in seen.pages:
            if isinstance(one, tuple):
                self._records[one] = relied
            else:
                self._pages[one] = relied

    def compose(self, path: str, composed: Composed) -> None:
        """Take in a file that was composed."""
        self._composed[path] = composed

    def leave(self, kept: Collection[str], manifest: bytes) -> None:
        """Leave all of it to the next build: `kept` are the files that stayed, `manifest` is a digest of what the output has now."""
        if self._memory is None:
            return
        order = dict.fromkeys(path for path in self._before if path in kept or path in self._pages)
        order.update(dict.fromkeys(path for path in self._pages if path not in order))
        steps = self._known_steps
        composed = revised(
            self._before_composed, {path: None for path in (*self._before_composed, *self._composed) if path in order}, self._composed
        )
        if self._records or self._composed or not self._before:
            # Those of deleted records stay too: a file that is up to date reports none, and its records must not be dropped.
            records = {**dict.fromkeys(self._before_records), **self._records}
            self._memory.hold(_RECORDS, revised(self._before_records, records, self._records), Relied, Record)
        else:
            self._memory.hold_still(_RECORDS, Relied, Record)
        self._memory.hold(_COMPOSED, composed, Composed)
        self._memory.hold(_PAGES, revised(self._before, order, self._pages), Relied)
        self._memory.hold(_STEPS, revised(steps, dict.fromkeys((*steps, *self._steps)), self._steps), Step, bytes)
        self._memory.hold(_GROUND, self._ground, str)
        self._memory.hold(_MANIFEST, manifest, bytes)


_PAGES, _RECORDS, _STEPS, _GROUND = "what pages rely on", "what records rely on", "what steps rely on", "what all rely on"
_COMPOSED, _MANIFEST = "composed files", "manifest"
