"""What a preview makes of a site, and keeps from one save to the next: pages that were rendered, files that are copied, and the index of the search."""

import os
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from builder import output as output_files
from builder.build.load import Options, Seen, templates_of
from builder.build.pipeline import make_search_index
from builder.content import cleaning, reading, source_lines
from builder.diagnostics import Diagnostic, Place
from builder.incremental.digests import digest
from builder.pages import Page, SiteView, site_view
from builder.preview.snapshot import File
from builder.render.template_sources import Sources, TemplateProblem
from builder.render.templates import Renderer

if TYPE_CHECKING:
    from builder.i18n.language import Language

LOOKED_AT = 12
"""Pages that are made at once when they change, since a browser may show them; others wait until they are asked for."""


class _Made(msgspec.Struct, frozen=True):
    """A page that was rendered, and what it was rendered from."""

    view: msgspec.Struct
    facts: msgspec.Struct | None
    site: SiteView
    template: str
    file: File


class _Kit:
    """Templates, and what renders with them."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self._renderer: tuple[Language, Renderer] | None = None

    def renderer(self, language: "Language") -> Renderer:
        """Return what renders pages in a language."""
        if self._renderer is None or self._renderer[0] is not language:
            self._renderer = (language, Renderer(self.sources, language))
        return self._renderer[1]


class Desk:
    """What outlives a snapshot: the templates, and the pages that were rendered."""

    def __init__(self, options: Options) -> None:
        self.root = root = options.root
        self._options = options
        self._index: tuple[Seen | None, Mapping[str, bytes]] = (None, {})
        self._indexing = threading.Lock()
        self._lock = threading.RLock()
        self._made: dict[str, _Made] = {}
        self._failed: dict[str, tuple[msgspec.Struct, SiteView, str, Diagnostic]] = {}
        self._digests: dict[Path, tuple[tuple[int, ...], str]] = {}
        self._seen: tuple[Seen | None, dict[str, SiteView]] = (None, {})
        self.looked_at: dict[str, None] = {}
        self._held: dict[str, str] = {}
        for folder, _, names in os.walk(root / "templates"):
            for file in filter(os.path.isfile, (Path(folder, name) for name in names)):
                self.differs(file.relative_to(root).as_posix())
        self.fresh_templates()

    def fresh_templates(self) -> None:
        """Read the templates anew."""
        with self._lock:
            self._failed.clear()
            self._kits = (_Kit(templates_of(self._options)), _Kit(Sources((reading.DEFAULT_TEMPLATES,))))

    def assets(self) -> dict[str, Path]:
        """Return what the templates bring along."""
        with self._lock:
            return self._kits[0].sources.assets()

    def passed_over(self) -> tuple[Diagnostic, ...]:
        """Tell what lies among the site's templates and is none."""
        with self._lock:
            return self._kits[0].sources.passed_over()

    def copies(self, own: Mapping[str, str]) -> dict[str, Path]:
        """Return every file that is copied as it is."""
        with self._lock:
            return {**self._kits[0].sources.assets(), **{output: self.root / path for output, path in own.items()}}

    def render(self, shown: Seen, page: Page) -> tuple[File | None, Diagnostic | None]:
        """Return a page, rendered only where what it shows is not what it showed before; by Backstory's own templates where those of the site fail, with their problem."""
        with self._lock:
            self._note(page.output)
            fault = None
            for kit in self._kits:
                try:
                    return self._rendered(shown, page, kit), fault
                except TemplateProblem as problem:
                    fault = fault or problem.diagnostic
            return None, fault

    def _rendered(self, shown: Seen, page: Page, kit: "_Kit") -> File:
        view = page.view
        site = self._site(shown, page.root)
        template = kit.sources.fingerprint(page.template)
        failed = self._failed.get(page.output)
        if failed is not None and failed[:3] == (view, site, template):
            raise TemplateProblem(failed[3])  # a template that was stopped takes long each time
        before = self._made.get(page.output)
        if (
            before is not None
            and before.template == template
            and before.site == site
            and before.view == view
            and before.facts == page.facts
        ):
            return before.file
        try:
            data = kit.renderer(shown.site.language).render(page, site)
        except TemplateProblem as problem:
            self._failed[page.output] = (view, site, template, problem.diagnostic)
            raise
        made = _Made(view, page.facts, site, template, File(data, digest(data)))
        self._made[page.output] = made
        return made.file

    def copied(self, path: Path, copies: Mapping[str, Path]) -> File | None:
        """Return a file that is copied as it is; None where it has gone. `copies` are all such files, by path in the output."""
        try:
            tops = [] if path.is_relative_to(reading.DEFAULT_TEMPLATES) else [self.root / name for name in reading.SITES_OWN]
            if tops and not any(reading.lies_in(path, top.resolve()) for top in tops):
                return None  # a link that leads out of the site
            if cleaning.is_cleaned(path.name):
                data = cleaning.cleaned(path, copies)
                return File(data, digest(data))
            status = path.stat()
            signature = (status.st_size, status.st_mtime_ns, status.st_ino)
            known = self._digests.get(path)
            if known is None or known[0] != signature:
                known = self._digests[path] = (signature, digest(path.read_bytes()))
        except OSError:
            return None
        return File(path, known[1])

    def indexed(self, shown: Seen, path: str) -> File | None:
        """Return a file of the search index, which is made when a browser asks for it: no save waits, and nobody who does not search."""
        with self._indexing:
            if self._index[0] is not shown:
                try:
                    self._index = (shown, {**self._index[1], **make_search_index(shown.site, self._options)})
                except output_files.OutputProblem:  # the page says that there is no index, and a build says why
                    return None
            data = self._index[1].get(path)
        return File(data, digest(data)) if data is not None else None

    def differs(self, name: str) -> bool:
        """Return whether a file that is copied, or of `templates/`, holds something else than when this was last asked."""
        try:
            now = digest((self.root / name).read_bytes())
        except OSError:
            now = ""
        before = self._held.get(name)
        self._held[name] = now
        return now != before

    def forget(self, outputs: Iterable[str]) -> None:
        """Let go of the pages that are no longer there."""
        with self._lock:
            for output in [output for output in self._made if output not in outputs]:
                del self._made[output]
                self._failed.pop(output, None)
                self.looked_at.pop(output, None)

    def line(self, place: Place) -> str:
        """Return a line of a template."""
        for folder in (self.root, reading.DEFAULT_TEMPLATES.parent):
            if found := source_lines.line_of(folder, place):
                return found
        return ""

    def _site(self, shown: Seen, root: str) -> SiteView:
        if self._seen[0] is not shown:
            self._seen = (shown, {})
        views = self._seen[1]
        if root not in views:
            views[root] = site_view(shown.site, root)
        return views[root]

    def _note(self, output: str) -> None:
        self.looked_at.pop(output, None)
        self.looked_at[output] = None
        while len(self.looked_at) > LOOKED_AT:
            self.looked_at.pop(next(iter(self.looked_at)))
