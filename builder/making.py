"""Pages of one site, made: each its view, and where the plan asks for it its file.

The same in the first process, in one beside it and on another machine: what is made hangs on nothing but the Site and the templates.
"""

import contextlib
import pickle
import time
from collections.abc import Container, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path
from typing import Any

import msgspec

from builder import files, plan, reliance
from builder.model import Site
from builder.reliance import Ledger, Notes, Noticed, Relied, Seen, Values
from builder.templates import Renderer, Sources
from builder.views import Page, SiteView, cards, site_view, views


class Sheet(msgspec.Struct, frozen=True, array_like=True):
    """One page, made."""

    path: str
    made_from: plan.Fingerprint
    written: bool
    """Whether its file must be written."""
    data: bytes | None
    """Its file; None where that need not be written, or was laid at once."""
    seconds: float
    """What rendering it took; 0 where it was not rendered."""


class Batch(msgspec.Struct, frozen=True, array_like=True):
    """Some pages, made."""

    sheets: tuple[Sheet, ...]
    seen: Seen
    """What they rely on."""


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
    ) -> None:
        """`digests` are those of the templates; `before` and `present` are what the plan needs to know. See `lays`."""
        self._own = site
        self._templates = templates
        self._digests, self._before, self._present = digests, before, present
        self.lays = lays
        """The output folder, resolved, whose files are laid as soon as they are made; None where they are handed over."""
        self.notes = Notes()
        self.site = cards.noting(site, self.notes)
        self.pages = views(self.site)
        self._sites: dict[str, SiteView] = {root: site_view(site, root) for root in {page.root for page in self.pages}}
        self._fingerprints = plan.Fingerprints(self._sites)
        self._renderer: Renderer | None = None

    def __reduce__(self) -> tuple[object, ...]:
        # A process that shares no memory with this one makes its own.
        return Maker, (self._own, self._templates, self._digests, self._before, self._present, self.lays)

    def packed(self) -> bytes:
        """Return what `unpacked` makes the same Maker of where neither memory nor disk is shared: it hands its files over."""
        # Pickled, not packed by msgspec: a record that stands in several fields of the Site stays one.
        carried = self._templates.carried(self._digests)
        return pickle.dumps((self._own, carried, self._digests, self._before, self._present), protocol=5)

    @staticmethod
    def unpacked(data: bytes) -> "Maker":
        """Return the Maker that was packed. Only what one's own build has packed may come here: a pickle can run anything."""
        return Maker(*pickle.loads(data))  # noqa: S301 - executors run what they are sent in any case

    def lay(self, batch: Batch) -> Batch:
        """Lay the files of a batch that was made elsewhere, if files are laid as they are made; return what is left to hold."""
        if self.lays is None:
            return batch
        sheets = []
        for sheet in batch.sheets:
            if sheet.data is not None:
                files.lay(self.lays, sheet.path, sheet.data)
            sheets.append(msgspec.structs.replace(sheet, data=None))
        return Batch(tuple(sheets), batch.seen)

    def still(self, page: Page, relied: Relied) -> plan.Fingerprint | None:
        """Return what a page's file is made from, where that is known without making its view, and the file stays; None where it must be made."""
        if relied.asked != plan.asked(page):
            return None
        made_from = self._fingerprints.known(page, relied.view)
        return None if plan.why_write(made_from, self._digests, self._before, page.output, self._present) else made_from

    def ask(self, name: str, given: tuple[Any, ...]) -> None:
        """Take a step, so that `notes` has what it looks at."""
        # What it was given may be gone, and so may the step.
        with contextlib.suppress(KeyError, LookupError, StopIteration):
            cards.STEPS[name](self.site, *given)

    def make(self, numbers: Sequence[int]) -> Batch:
        """Make pages. `TemplateProblem` where a template is wrong, `files.OutputProblem` where the disk refuses."""
        noticed = Noticed(self.notes)
        pages = [self.pages[n] for n in numbers]
        # All views first, then all files: each is a kind of work of its own, and what a processor has at hand serves longer.
        made_from = [self._look(page, noticed) for page in pages]
        sheets = tuple([self._make(page, found) for page, found in zip(pages, made_from, strict=True)])
        return Batch(sheets, noticed.seen())

    def _look(self, page: Page, noticed: Noticed) -> plan.Fingerprint:
        asked = plan.asked(page)
        self.notes.now = set()
        made_from = self._fingerprints.of(page)
        if asked:
            noticed.page(page.output, asked, made_from.view)
        return made_from

    def _make(self, page: Page, made_from: plan.Fingerprint) -> Sheet:
        data, seconds = None, 0.0
        written = bool(plan.why_write(made_from, self._digests, self._before, page.output, self._present))
        if written:
            if self._renderer is None:
                self._renderer = Renderer(self._templates, self.site.language, keeps=True)
            began = time.perf_counter()
            data = self._renderer.render(page, self._sites[page.root])
            seconds = time.perf_counter() - began
            if self.lays is not None:
                files.lay(self.lays, page.output, data)
                data = None
        page.let_go()
        return Sheet(page.output, made_from, written, data, seconds)


class Remembered:
    """What the last build knew of what its pages rely on."""

    def __init__(self, root: Path | None, maker: Maker, site: Site) -> None:
        """`root` is the site's; None where nothing is to be taken up or left."""
        self._root, self._site, self._notes = root, site, maker.notes
        self._before = files.read_ledger(root) if root is not None else Ledger()
        self._values = Values(site, maker.ask, maker.notes)
        self.pages: Mapping[str, Relied] = reliance.known(self._before, site, self._values)
        """Those whose views are what they were."""
        self._writing: reliance.Writing | None = None
        self._all_kept = True

    def begin(self, kept: Container[str]) -> None:
        """Begin to note what the pages of this build rely on: those that are `kept` on what they did before."""
        if self._root is not None:
            still = {path: relied for path, relied in self.pages.items() if path in kept}
            self._all_kept = len(still) == len(self._before.pages)
            self._writing = reliance.Writing(self._site, self._values, self._before, still, self._notes)

    def take(self, seen: Seen) -> None:
        """Take in what some pages, just made, rely on."""
        if self._writing is not None and seen.pages:
            self._all_kept = False
            self._writing.add(seen)

    def leave(self) -> None:
        """Leave all of it to the next build."""
        if self._root is not None and self._writing is not None and not self._all_kept:
            files.write_ledger(self._root, self._writing.ledger())
