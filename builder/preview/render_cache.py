"""Rendered pages and copied files of the preview, cached between saves."""

import os
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from builder import output as output_files
from builder.build.load import LoadedSite, templates_of
from builder.build.pipeline import make_search_index
from builder.build.run import Options
from builder.content import cleaning, reading, source_lines
from builder.diagnostics import Diagnostic, Location
from builder.incremental.digests import digest
from builder.pages import Page, SiteView, site_view
from builder.preview.snapshot import OutputFile
from builder.render.template_sources import TemplateProblem, TemplateSources
from builder.render.templates import Renderer

if TYPE_CHECKING:
    from builder.i18n.language import Language

MAX_RECENT_PAGES = 12
"""Recently viewed pages, which are rendered again at once when they change; others wait for a request."""


class _RenderedPage(msgspec.Struct, frozen=True):
    """A rendered page with the inputs of the rendering."""

    view: msgspec.Struct
    facts: msgspec.Struct | None
    site: SiteView
    template: str
    file: OutputFile


class _TemplateSet:
    """A set of templates with its renderer."""

    def __init__(self, sources: TemplateSources) -> None:
        self.sources = sources
        self._renderer: tuple[Language, Renderer] | None = None

    def renderer(self, language: "Language") -> Renderer:
        """Return the renderer of a language."""
        if self._renderer is None or self._renderer[0] is not language:
            self._renderer = (language, Renderer(self.sources, language))
        return self._renderer[1]


class RenderCache:
    """The templates and the rendered pages, which outlive a snapshot."""

    def __init__(self, options: Options) -> None:
        self.root = root = options.root
        self._options = options
        self._search_index: tuple[LoadedSite | None, Mapping[str, bytes]] = (None, {})
        self._indexing = threading.Lock()
        self._lock = threading.RLock()
        self._pages: dict[str, _RenderedPage] = {}
        self._failed: dict[str, tuple[msgspec.Struct, SiteView, str, Diagnostic]] = {}
        self._digests: dict[Path, tuple[tuple[int, ...], str]] = {}
        self._site_views: tuple[LoadedSite | None, dict[str, SiteView]] = (None, {})
        self.recently_viewed: dict[str, None] = {}
        self._file_digests: dict[str, str] = {}
        for folder, _, names in os.walk(root / "templates"):
            for file in filter(os.path.isfile, (Path(folder, name) for name in names)):
                self.has_changed(file.relative_to(root).as_posix())
        self.reload_templates()

    def reload_templates(self) -> None:
        """Read the templates anew."""
        with self._lock:
            self._failed.clear()
            self._template_sets = (_TemplateSet(templates_of(self._options)), _TemplateSet(TemplateSources((reading.DEFAULT_TEMPLATES,))))

    @property
    def sources(self) -> TemplateSources:
        """The templates of the site."""
        with self._lock:
            return self._template_sets[0].sources

    def copies(self, own: Mapping[str, str]) -> dict[str, Path]:
        """Return every file that is copied as it is."""
        with self._lock:
            return {**self._template_sets[0].sources.assets(), **{output: self.root / path for output, path in own.items()}}

    def render(self, loaded: LoadedSite, page: Page) -> tuple[OutputFile | None, Diagnostic | None]:
        """Return a page, rendered only if its inputs have changed, and the problem of the site's templates if Backstory's own had to be used."""
        with self._lock:
            self._record_view(page.output)
            fault = None
            for templates in self._template_sets:
                try:
                    return self._rendered(loaded, page, templates), fault
                except TemplateProblem as problem:
                    fault = fault or problem.diagnostic
            return None, fault

    def _rendered(self, loaded: LoadedSite, page: Page, templates: "_TemplateSet") -> OutputFile:
        view = page.view
        site = self._site(loaded, page.root)
        template = templates.sources.fingerprint(page.template)
        failed = self._failed.get(page.output)
        if failed is not None and failed[:3] == (view, site, template):
            raise TemplateProblem(failed[3])  # a template that was stopped takes long each time
        before = self._pages.get(page.output)
        if (
            before is not None
            and before.template == template
            and before.site == site
            and before.view == view
            and before.facts == page.facts
        ):
            return before.file
        try:
            data = templates.renderer(loaded.site.language).render(page, site)
        except TemplateProblem as problem:
            self._failed[page.output] = (view, site, template, problem.diagnostic)
            raise
        rendered = _RenderedPage(view, page.facts, site, template, OutputFile(data, digest(data)))
        self._pages[page.output] = rendered
        return rendered.file

    def static_file(self, path: Path, copies: Mapping[str, Path]) -> OutputFile | None:
        """Return a copied file; None if it is missing. `copies` are all copied files, by output path."""
        try:
            tops = [] if path.is_relative_to(reading.DEFAULT_TEMPLATES) else [self.root / name for name in reading.SITES_OWN]
            if tops and not any(reading.lies_in(path, top.resolve()) for top in tops):
                return None  # a link that leads out of the site
            if cleaning.is_cleaned(path.name):
                data = cleaning.cleaned(path, copies)
                return OutputFile(data, digest(data))
            status = path.stat()
            signature = (status.st_size, status.st_mtime_ns, status.st_ino)
            known = self._digests.get(path)
            if known is None or known[0] != signature:
                known = self._digests[path] = (signature, digest(path.read_bytes()))
        except OSError:
            return None
        return OutputFile(path, known[1])

    def search_file(self, loaded: LoadedSite, path: str) -> OutputFile | None:
        """Return a file of the search index, which is built on the first request, so that no save waits for it."""
        with self._indexing:
            if self._search_index[0] is not loaded:
                try:
                    self._search_index = (loaded, {**self._search_index[1], **make_search_index(loaded.site, self._options)})
                except output_files.OutputProblem:  # the page says that there is no index, and a build says why
                    return None
            data = self._search_index[1].get(path)
        return OutputFile(data, digest(data)) if data is not None else None

    def has_changed(self, name: str) -> bool:
        """Record the digest of a copied file or a template, and return whether it differs from the last one."""
        try:
            now = digest((self.root / name).read_bytes())
        except OSError:
            now = ""
        before = self._file_digests.get(name)
        self._file_digests[name] = now
        return now != before

    def forget(self, outputs: Iterable[str]) -> None:
        """Let go of the pages that are no longer there."""
        with self._lock:
            for output in [output for output in self._pages if output not in outputs]:
                del self._pages[output]
                self._failed.pop(output, None)
                self.recently_viewed.pop(output, None)

    def line(self, location: Location) -> str:
        """Return a line of a template."""
        for folder in (self.root, reading.DEFAULT_TEMPLATES.parent):
            if found := source_lines.line_of(folder, location):
                return found
        return ""

    def _site(self, loaded: LoadedSite, root: str) -> SiteView:
        if self._site_views[0] is not loaded:
            self._site_views = (loaded, {})
        views = self._site_views[1]
        if root not in views:
            views[root] = site_view(loaded.site, root)
        return views[root]

    def _record_view(self, output: str) -> None:
        self.recently_viewed.pop(output, None)
        self.recently_viewed[output] = None
        while len(self.recently_viewed) > MAX_RECENT_PAGES:
            self.recently_viewed.pop(next(iter(self.recently_viewed)))
