"""The site of a preview: built as every site is built, kept in memory, and brought up to date at every save.

It walks the road of a build – read, parse, crossref, views, checks, render – and remembers what each step made, so that little is done again.
A page is rendered when somebody looks at it, and not again while what it shows stays equal.
"""

import contextlib
import os
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from builder import output as output_files, urls
from builder.build.load import Options, Seen, begun, documents_of, goes_on, join, parse, silent, templates_of
from builder.build.parallel import Progress
from builder.build.pipeline import search_index
from builder.content import reading, settings, source_lines
from builder.diagnostics import Diagnostic, Place, excerpt as drawn
from builder.incremental import build_cache, parse_cache
from builder.incremental.digests import digest
from builder.incremental.memo import Cabinet, Memory, Torn, revised
from builder.model import Document
from builder.pages import Page, SiteView, site_view
from builder.preview.snapshot import Change, File, Spot
from builder.preview.source_map import changed_spot, spots
from builder.render import search_index as searching, social_card
from builder.render.template_sources import TemplateProblem
from builder.render.templates import Renderer

if TYPE_CHECKING:
    from builder.i18n.language import Language

ASSETS = "templates/assets/"
DRAWN_WITH = f"templates/{social_card.FONTS}"
"""What images are made of, as pages are of templates."""

LOOKED_AT = 12
"""Pages that are made at once when they change, since a browser may show them; others wait until they are asked for."""


class _Made(msgspec.Struct, frozen=True):
    """A page that was rendered, and what it was rendered from."""

    view: msgspec.Struct
    facts: msgspec.Struct | None
    site: SiteView
    template: str
    file: File


class Snapshot:
    """One whole state of the site."""

    def __init__(self, version: int, shown: Seen, newest: Seen, tree: reading.Tree, desk: "_Desk") -> None:
        self.version = version
        self._stops = newest.stops()
        self._problems = newest.diagnostics
        self._shown = shown
        self._tree = tree
        self._desk = desk
        self._pages = shown.pages
        self._copies = desk.copies(shown.tree.copies)
        self._faults: dict[str, Diagnostic] = {}

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """All problems of the newest content, and of the templates that were used so far."""
        return (*self._problems, *dict.fromkeys(self._faults.values()))

    @property
    def broken(self) -> bool:
        """Whether the newest content or a template has errors, and what is shown is older."""
        return self._stops or bool(self._faults)

    @property
    def outputs(self) -> tuple[str, ...]:
        """Every file of the site, sorted."""
        return tuple(sorted(self.names))

    @property
    def names(self) -> frozenset[str]:
        """The same, in no order."""
        return frozenset((*self._pages.outputs, *self._copies))

    def came_or_went(self, before: "Snapshot") -> tuple[str, ...]:
        """Return the files that only one of two states has. After most saves there are none, which is seen without looking at thousands."""
        if self._pages.names is before._pages.names and self._copies == before._copies:  # noqa: SLF001 - another of its own kind
            return ()
        return tuple(sorted(self.names ^ before.names))

    def get(self, path: str) -> File | None:
        """Return a file of the output, by its path without a leading slash; None where there is none, or its template fails."""
        page = self._pages.find(path)
        if page is None:
            copied = self._copies.get(path)
            if copied is None and path.startswith(searching.FOLDER):
                return self._desk.indexed(self._shown, path)
            return self._desk.copied(copied) if copied is not None else None
        try:
            file = self._desk.render(self._shown, page)
        except TemplateProblem as problem:
            self._faults[path] = problem.diagnostic
            return self._desk.last(path)
        self._faults.pop(path, None)
        return file

    def draft(self, path: str) -> bool:
        """Say whether a page is a draft, which would not be published."""
        page = self._pages.find(path)
        return page is not None and bool(getattr(page.view, "draft", False))

    def waits(self, path: str) -> str:
        """Return the day that a page waits for, in EDTF; "" where it does not wait."""
        page = self._pages.find(path)
        view: Any = page.view if page is not None else None
        return view.published.edtf if getattr(view, "waits", False) else ""

    def locate(self, path: str) -> Path | None:
        """Return where a file of the site lies on this machine."""
        return self._desk.root / path

    def page_of(self, file: str) -> str:
        """Return the output path of the page that a content file makes; "" where it makes none."""
        path = self._shown.site.addresses.get(file)
        output = urls.output(path) if path is not None else ""
        return output if output in self._pages.outputs else ""

    def excerpt(self, problem: Diagnostic) -> str:
        """Return the line of the file that a problem is about, with a caret."""
        return drawn(problem, self._tree.line(problem.place) or self._desk.line(problem.place))

    def places(self, path: str) -> tuple[Spot, ...]:
        """Return where the parts of a page were written."""
        page = self._pages.find(path)
        return spots(self._shown.site, page.path, self._tree) if page is not None else ()


class _Desk:
    """What outlives a snapshot: the templates, and the pages that were rendered."""

    def __init__(self, options: Options) -> None:
        self.root = root = options.root
        self._options = options
        self._index: tuple[Seen | None, Mapping[str, bytes]] = (None, {})
        self._indexing = threading.Lock()
        self._lock = threading.RLock()
        self._made: dict[str, _Made] = {}
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
            self._templates = templates_of(self._options)
            self._renderer: tuple[Language, Renderer] | None = None

    def assets(self) -> dict[str, Path]:
        """Return what the templates bring along."""
        with self._lock:
            return self._templates.assets()

    def passed_over(self) -> tuple[Diagnostic, ...]:
        """Tell what lies among the site's templates and is none."""
        with self._lock:
            return self._templates.passed_over()

    def copies(self, own: Mapping[str, str]) -> dict[str, Path]:
        """Return every file that is copied as it is."""
        with self._lock:
            return {**self._templates.assets(), **{output: self.root / path for output, path in own.items()}}

    def render(self, shown: Seen, page: Page) -> File:
        """Return a page; rendered only where what it shows is not what it showed before."""
        with self._lock:
            self._note(page.output)
            view = page.view
            site = self._site(shown, page.root)
            template = self._templates.fingerprint(page.template)
            before = self._made.get(page.output)
            made_of = (view, page.facts, site, template)
            if before is not None and (before.view, before.facts, before.site, before.template) == made_of:
                return before.file
            language = shown.site.language
            if self._renderer is None or self._renderer[0] is not language:
                self._renderer = (language, Renderer(self._templates, language))
            data = self._renderer[1].render(page, site)
            made = _Made(*made_of, File(data, digest(data)))
            self._made[page.output] = made
            return made.file

    def last(self, output: str) -> File | None:
        """Return a page as it last was, where its template fails now."""
        made = self._made.get(output)
        return made.file if made is not None else None

    def copied(self, path: Path) -> File | None:
        """Return a file that is copied as it is; None where it has gone."""
        try:
            tops = [] if path.is_relative_to(reading.DEFAULT_TEMPLATES) else [self.root / name for name in reading.SITES_OWN]
            if tops and not any(reading.lies_in(path, top.resolve()) for top in tops):
                return None  # a link that leads out of the site
            if reading.is_made_bare(path.name):
                data = reading.bare(path)
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
                    self._index = (shown, {**self._index[1], **search_index(shown.site, self._options)})
                except output_files.OutputProblem:  # the page says that there is no index, and a build says why
                    return None
            data = self._index[1].get(path)
        return File(data, digest(data)) if data is not None else None

    def differs(self, name: str) -> bool:
        """Say whether a file that is copied, or of `templates/`, holds something else than when this was last asked."""
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


class Workshop:
    """Keeps a site built while its files change. `look` is called from one thread; `current` and snapshots from any."""

    def __init__(self, options: Options, *, progress: Progress = silent) -> None:
        self._options = options
        self._desk = _Desk(options)
        self._callbacks: list[Callable[[Change], None]] = []
        self._turning = threading.Lock()
        self._tree = reading.read(options.root)
        self._memo = parse_cache.Memo(options.root) if options.cache else None
        """What earlier runs read, until `save`: after that every save would only make it grow."""
        self._kept = build_cache.Kept(options.root, options.root / "preview") if options.cache else None
        """What an earlier preview knew, until then."""
        try:
            seen = self._begin(progress, self._known())
        except Torn:
            seen = self._begin(progress, None)
        self._shown = seen
        self._current = Snapshot(1, seen, seen, self._tree, self._desk)

    def _known(self) -> Cabinet | None:
        """Return what the last preview knew, or the last build."""
        if self._kept is None:
            return None
        found = self._kept.whole()
        return found if found is not None else build_cache.Kept(self._options.root, self._options.output).whole()

    def _begin(self, progress: Progress, cabinet: Cabinet | None) -> Seen:
        self._memory = Memory(cabinet if cabinet is not None and goes_on(cabinet, self._options, self._tree) else None)
        self._documents = documents_of(self._tree, self._memo, self._memory, self._options.jobs, progress)
        seen = join(
            self._options, self._tree, self._documents, self._memory, assets=self._desk.assets(), passed_over=self._desk.passed_over()
        )
        begun(self._memory, self._options, self._tree, seen)
        return seen

    def current(self) -> Snapshot:
        """Return the newest state of the site."""
        return self._current

    def subscribe(self, callback: Callable[[Change], None]) -> Callable[[], None]:
        """Call back at each change, from the thread that looks; returns what ends it."""
        self._callbacks.append(callback)

        def end() -> None:
            with contextlib.suppress(ValueError):
                self._callbacks.remove(callback)

        return end

    def save(self) -> None:
        """Leave what was read, and what came of it, to the next run. After the first time nothing is left to do: what changes later is little, and read again."""
        memo, kept, self._memo, self._kept = self._memo, self._kept, None, None
        if memo is None or kept is None:
            return
        with self._turning:
            texts, documents = self._tree.texts, self._documents
            memo.learn((*text, documents[text[0]]) for text in texts if not memo.knows(*text))
            memo.save()
            # What the last build has left serves as well, and is not kept twice.
            own = not self._memory.is_taken_up or kept.cabinet is not None
            if own and self._current.version == 1 and self._shown.memory is not None:
                kept.leave(self._memory)

    def look(self, touched: Iterable[str]) -> Change | None:
        """Look at files that may have changed, by path from the site's root, and bring the site up to date.

        Returns what has changed, None if nothing did: what counts is what the files hold.
        """
        with self._turning:
            return self._look(touched)

    def _look(self, touched: Iterable[str]) -> Change | None:
        names = tuple(touched)
        tree = reading.reread(self._options.root, self._tree, names)
        copied = {path: output for output, path in tree.copies.items()}
        others = [name for name in names if (name in copied or name.startswith("templates/")) and self._desk.differs(name)]
        templates = any((name.startswith("templates/") and not name.startswith(ASSETS)) or name.startswith(DRAWN_WITH) for name in others)
        assets = [copied.get(name, name.removeprefix("templates/")) for name in others if name in copied or name.startswith(ASSETS)]
        if tree == self._tree and not templates and not assets:
            return None
        before, old = self._current, self._tree
        saved = _saved(old, tree)
        before_it = self._documents.get(saved[0]) if saved else None
        earlier = {output: before.get(output) for output in tuple(self._desk.looked_at)}
        if templates:
            self._desk.fresh_templates()
        documents = self._parse(tree)
        self._memory.turn()
        seen = join(self._options, tree, documents, self._memory, assets=self._desk.assets(), passed_over=self._desk.passed_over())
        self._documents, self._tree = documents, tree
        if not seen.stops():
            self._shown = seen
        now = self._current = Snapshot(before.version + 1, self._shown, seen, tree, self._desk)
        # Of pages that nobody has looked at only those are told that came or went: whoever waits at their address hears of it.
        pages = tuple(output for output, file in earlier.items() if _etag(now.get(output)) != _etag(file))
        if came_or_went := now.came_or_went(before):
            pages += came_or_went
            self._desk.forget(now.names)
        follow = spot = ""
        if saved:
            follow = now.page_of(saved[0])
            fresh = documents.get(saved[0])
            if follow and fresh is not None:
                spot = changed_spot(before_it, fresh, old.get(saved[0]) or b"", tree.get(saved[0]) or b"")
        change = Change(now.version, pages, tuple(assets), saved, follow, spot)
        for callback in tuple(self._callbacks):
            callback(change)
        return change

    def _parse(self, tree: reading.Tree) -> Mapping[str, Document]:
        before = dict(self._tree.texts)
        unknown = [(path, data) for path, data in tree.texts if before.get(path) != data]
        # In this process: threads are running, and a copy of a process that has some may stand still for ever.
        fresh = {document.path: document for document in parse(unknown, None, 1)}
        return revised(self._documents, {path: None for path, _ in tree.texts}, fresh)


def _saved(before: reading.Tree, after: reading.Tree) -> tuple[str, ...]:
    """Return the content files that say something else now, or are new."""
    known = dict(before.texts)
    found = [path for path, data in after.texts if known.get(path) != data]
    return tuple(found + ([settings.PATH] if before.settings != after.settings else []))


def _etag(file: File | None) -> str:
    return file.etag if file is not None else ""
