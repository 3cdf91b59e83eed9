"""The site of a preview: kept in memory, and rebuilt incrementally at every save.

The steps are those of a build: read, parse, linking, checks, pages, render. Each remembers its results.
A page is rendered when a browser requests it, and again only when its content has changed.
"""

import contextlib
import threading
import traceback
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from builder import urls
from builder.build import master_tables
from builder.build.load import LoadedSite, UncheckedSite, can_continue, documents_of, link_unchecked, parse, store_inputs
from builder.build.run import IN_ONE_PROCESS, Options, Progress, Run, silent
from builder.build.without_drafts import ParsedSite
from builder.content import reading, secrets, settings, stylesheets
from builder.diagnostics import Diagnostic, Location, excerpt as drawn, stop_build
from builder.incremental import parse_cache, store
from builder.incremental.memo import CacheFile, CorruptCache, Memory, updated
from builder.model import Document
from builder.preview.checking import Checking, known
from builder.preview.parsed_files import MOST, parsed
from builder.preview.render_cache import RenderCache
from builder.preview.snapshot import OutputFile, SiteChange, SourceSpot, Subject
from builder.preview.source_map import FrontMatterEntry, changed_spot, entries, passage, spots
from builder.render import search_index, social_card

ASSETS_FOLDER = "templates/assets/"
STYLESHEET = "assets/backstory.css"
"""The stylesheet that is published with its sections."""


class SiteSnapshot:
    """One whole state of the site."""

    def __init__(
        self, version: int, loaded: LoadedSite, tree: reading.Tree, render_cache: RenderCache, checking: Checking, *, failed: bool = False
    ) -> None:
        self.version = version
        self.failed = failed
        self._loaded = loaded
        self._checking = checking
        self._tree = tree
        self._render_cache = render_cache
        self._pages = loaded.pages
        self._copies = render_cache.copies(loaded.tree.copies)
        self._faults: dict[str, Diagnostic] = {}
        self._entries: dict[str, tuple[FrontMatterEntry, ...]] = {}

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """All problems of the content, which are looked for if nobody has asked before, and of the templates that were used so far."""
        found = self._checking.problems
        return (*found, *(fault for fault in dict.fromkeys(self._faults.values()) if fault not in found))

    @property
    def stops_build(self) -> bool:
        """Whether a build would stop at the problems."""
        return stop_build(self._checking.problems) or bool(self._faults)

    @property
    def outputs(self) -> tuple[str, ...]:
        """Every file of the site, sorted."""
        return tuple(sorted(self.names))

    @property
    def names(self) -> frozenset[str]:
        """Every file of the site, in no order."""
        return frozenset((*self._pages.outputs, *(path for path in self._copies if not stylesheets.is_section(path))))

    def came_or_went(self, before: "SiteSnapshot") -> tuple[str, ...]:
        """Return the files that only one of two states has. After most saves there are none, which is seen without looking at thousands."""
        if self._pages.entries is before._pages.entries and self._copies == before._copies:  # noqa: SLF001 - another of its own kind
            return ()
        return tuple(sorted(self.names ^ before.names))

    def get(self, path: str) -> OutputFile | None:
        """Return a file of the output, by its path without a leading slash; None if there is none."""
        page = self._pages.find(path)
        if page is None:
            copied = self._copies.get(path)
            if copied is None and path.startswith(search_index.FOLDER):
                return self._render_cache.search_file(self._loaded, path)
            return self._render_cache.static_file(copied, self._copies) if copied is not None else None
        file, fault = self._render_cache.render(self._loaded, page)
        if fault is not None:
            self._faults[path] = fault
        else:
            self._faults.pop(path, None)
        return file

    def template_problem(self, path: str) -> Diagnostic | None:
        """Return the problem of the site's own templates that kept them from making a page, which then is made with those of Backstory."""
        return self._faults.get(path)

    def draft(self, path: str) -> bool:
        """Return whether a page is a draft, which would not be published."""
        page = self._pages.find(path)
        return page is not None and bool(getattr(page.view, "draft", False))

    def scheduled_day(self, path: str) -> str:
        """Return the day that a page waits for, in EDTF; "" if it does not wait."""
        page = self._pages.find(path)
        view: Any = page.view if page is not None else None
        return view.published.edtf if getattr(view, "waits", False) else ""

    def locate(self, path: str) -> Path | None:
        """Return where a file of the site lies on this machine."""
        return self._render_cache.root / path

    def source(self, path: str) -> bytes | None:
        """Return the bytes of a content file as it was read; None if there is none."""
        return self._tree.get(path)

    def subject(self, output: str) -> Subject | None:
        """Return the explainer that a page shows, with the file that it was made from; None if it shows none."""
        page = self._pages.entry(output)
        if page is None or page.kind != "explainer":
            return None
        slug = page.key[1]
        explainer = self._loaded.site.explainers.get(slug)
        data = self._tree.get(explainer.location.path) if explainer is not None else None
        if explainer is None or data is None:
            return None
        return Subject(self._loaded.site, slug, explainer.location.path, data, self._render_cache.root)

    def page_of(self, file: str) -> str:
        """Return the output path of the page that a content file makes; "" if it makes none."""
        path = self._loaded.site.addresses.get(file)
        output = urls.output_file(path) if path is not None else ""
        return output if output in self._pages.outputs else ""

    def excerpt(self, problem: Diagnostic) -> str:
        """Return the line of the file that a problem is about, with a caret."""
        line = self._tree.line(problem.location) or self._render_cache.line(problem.location)
        return drawn(problem, secrets.masked(line) if problem.location.path == settings.PATH else line)

    def words(self, problem: Diagnostic) -> str:
        """Return the words that a problem is about, as they are written."""
        location = problem.location
        line = self._tree.line(location) if location.column and location.width > 1 else ""
        return line[location.column - 1 : location.end - 1]

    def passage(self, spots: Iterable[SourceSpot], location: Location) -> str:
        """Return the selector of the part of a page, which consists of `spots`, that a place is about; "" if there is none."""
        within = self._entries.get(location.path)
        if within is None:
            within = self._entries[location.path] = entries(self._tree.get(location.path) or b"", location.path)
        return passage(spots, within, location)

    def spots_of(self, path: str) -> tuple[SourceSpot, ...]:
        """Return where the parts of a page were written."""
        page = self._pages.entry(path)
        return spots(self._loaded.site, page, self._tree) if page is not None else ()


class _Standing(NamedTuple):
    """A state of the site whose checks have not failed."""

    documents: Mapping[str, Document]
    tree: reading.Tree
    loaded: LoadedSite


class PreviewEngine:
    """Keeps a site built while its files change. `rebuild` is called from one thread; `current` and snapshots from any."""

    def __init__(self, options: Options, *, progress: Progress = silent) -> None:
        self._options = options
        self._render_cache = RenderCache(options)
        self._callbacks: list[Callable[[SiteChange], None]] = []
        self._checked_callbacks: list[Callable[[SiteChange], None]] = []
        self._unreported: list[SiteChange] = []
        """Changes whose problems are not told yet."""
        self._unsettled: set[str] = set()
        """Files touched since the last state whose checks have not failed: where that comes back, they are read again."""
        self._rebuilding = threading.Lock()
        self._tree = master_tables.read(options.root)
        self._parsed = parse_cache.ParseCache(options.root) if options.cache else None
        """What earlier runs read, until `save`: after that every save would only make it grow."""
        self._kept = store.of_output(options.root, options.root / "preview") if options.cache else None
        """What an earlier preview knew, until then."""
        try:
            loaded = self._begin(progress, self._known())
        except CorruptCache:
            loaded = self._begin(progress, None)
        self._loaded = loaded
        self._checking = known(loaded)
        self._standing = _Standing(self._documents, self._tree, loaded)
        self._current = SiteSnapshot(1, loaded, self._tree, self._render_cache, self._checking)

    def _known(self) -> CacheFile | None:
        """Return the cache of the last preview, or else of the last build."""
        if self._kept is None:
            return None
        found = self._kept.whole()
        return found if found is not None else store.of_output(self._options.root, self._options.output).whole()

    def _begin(self, progress: Progress, cache_file: CacheFile | None) -> LoadedSite:
        self._memory = Memory(cache_file if cache_file is not None and can_continue(cache_file, self._options, self._tree) else None)
        self._documents = documents_of(self._tree, self._parsed, self._memory, Run(self._options.jobs, progress))
        loaded = self._link(self._tree, self._documents).find_problems()
        store_inputs(self._memory, self._options, self._tree, loaded)
        return loaded

    def current(self) -> SiteSnapshot:
        """Return the newest state of the site."""
        return self._current

    def subscribe(self, callback: Callable[[SiteChange], None], *, checked: bool = False) -> Callable[[], None]:
        """Register a callback, called once a new snapshot is current, or, where `checked`, once its problems are known.

        It is called from the thread of the call that makes the snapshot or finds its problems. Returns a function that unregisters it.
        """
        callbacks = self._checked_callbacks if checked else self._callbacks
        callbacks.append(callback)

        def end() -> None:
            with contextlib.suppress(ValueError):
                callbacks.remove(callback)

        return end

    def settle(self) -> None:
        """Find the problems of the newest state, and tell those who have subscribed to that. Raises what a bug of ours raises there, once."""
        with self._rebuilding:
            self._settle()

    def _settle(self) -> None:
        checking, changes = self._checking, self._unreported
        if checking.wait() is None and checking.error is not None:
            # The site goes on as it was before, and says so.
            error, self._checking, self._unreported = checking.error, Checking(lambda: self._standing.loaded, ()), []
            self._documents, self._tree, self._loaded = self._standing.documents, self._standing.tree, self._standing.loaded
            self._memory = Memory()
            version = self._current.version + 1
            self._current = SiteSnapshot(version, self._loaded, self._tree, self._render_cache, self._checking, failed=True)
            self._publish(SiteChange(version, saved=tuple(path for change in changes for path in change.saved)))
            raise error
        self._standing = _Standing(self._documents, self._tree, checking.wait() or self._loaded)
        self._unreported = []
        if not self._current.failed:
            self._unsettled.clear()
        for change in changes:
            for callback in tuple(self._checked_callbacks):
                callback(change)

    def save(self) -> None:
        """Save the parse cache and the results for the next run, once: later changes are few and are parsed again."""
        parsed, kept, self._parsed, self._kept = self._parsed, self._kept, None, None
        if parsed is None or kept is None:
            return
        with self._rebuilding:
            self._settle()
            texts, documents = self._tree.texts, self._documents
            parsed.learn((*text, documents[text[0]]) for text in texts if not parsed.knows(*text))
            parsed.save()
            # What the last build has left serves as well, and is not kept twice.
            own = not self._memory.is_taken_up or kept.cache_file is not None
            if own and self._current.version == 1 and self._loaded.memory is not None:
                kept.store(self._memory)

    def rebuild(self, touched: Iterable[str]) -> SiteChange | None:
        """Look at files that may have changed, by path from the site's root, and bring the site up to date.

        Returns what has changed, None if nothing did: what counts is what the files hold. Pages can be shown then; `settle` finds their problems.
        """
        with self._rebuilding:
            return self._rebuild(touched)

    def turn_to(self, day: int) -> SiteChange | None:
        """Bring the site up to date where another day has begun, counted as in `Options.day`. Returns what has changed, None on the same day."""
        with self._rebuilding:
            if day == self._options.day:
                return None
            self._settle()
            self._tree = master_tables.reread(self._options.root, self._tree, self._unsettled)
            before = self._current
            earlier = {output: before.get(output) for output in tuple(self._render_cache.recently_viewed)}
            self._options = msgspec.structs.replace(self._options, day=day)
            self._memory = Memory()  # what it remembers was found on another day
            self._documents = {document.path: document for document in parse(self._tree.texts, None, IN_ONE_PROCESS)}
            unchecked = self._link(self._tree, self._documents)
            self._loaded, self._checking = unchecked.loaded, Checking(unchecked.find_problems, before.problems)
            now = self._current = SiteSnapshot(before.version + 1, self._loaded, self._tree, self._render_cache, self._checking)
            pages = tuple(output for output, file in earlier.items() if _etag(now.get(output)) != _etag(file))
            change = SiteChange(now.version, pages)
            self._publish(change)
            self._unreported.append(change)
            self._settle()
            return change

    def _rebuild(self, touched: Iterable[str]) -> SiteChange | None:
        new = tuple(touched)
        names = tuple(dict.fromkeys((*new, *self._unsettled)))
        tree = master_tables.reread(self._options.root, self._tree, names)
        copied = {path: output for output, path in tree.copies.items()}
        others = [name for name in names if (name in copied or name.startswith("templates/")) and self._render_cache.has_changed(name)]
        templates = any(
            (name.startswith("templates/") and not name.startswith(ASSETS_FOLDER))
            or social_card.is_drawn_with(name.removeprefix("templates/"))
            for name in others
        )
        assets = [
            STYLESHEET if stylesheets.is_section(output) else output
            for name in others
            if name in copied or name.startswith(ASSETS_FOLDER)
            for output in [copied.get(name, name.removeprefix("templates/"))]
        ]
        if tree == self._tree and not templates and not assets and not self._current.failed:
            return None
        try:
            self._settle()  # what the checks keep for the next run must be of the run before
        except Exception:  # noqa: BLE001 – a bug in an earlier state must not hide the newest one
            traceback.print_exc()
            tree = master_tables.reread(self._options.root, self._tree, names)
        self._unsettled.update(new)
        before, old = self._current, self._tree
        saved = _saved(old, tree)
        before_it = self._documents.get(saved[0]) if saved else None
        earlier = {output: before.get(output) for output in tuple(self._render_cache.recently_viewed)}
        if templates:
            self._render_cache.reload_templates()
        documents = self._parse(tree)
        self._memory.begin_run()
        try:
            documents, unchecked = self._linked(tree, documents)
        except Exception:
            # A bug of ours: the site stays as it was before, and says so.
            self._current = SiteSnapshot(before.version + 1, self._loaded, old, self._render_cache, self._checking, failed=True)
            self._publish(SiteChange(self._current.version, saved=saved))
            raise
        loaded, self._checking = unchecked.loaded, Checking(lambda: self._find_problems(unchecked, tree), self._checking.problems)
        self._documents, self._tree, self._loaded = documents, tree, loaded
        now = self._current = SiteSnapshot(before.version + 1, loaded, tree, self._render_cache, self._checking)
        # Other pages are reported only when added or removed: a browser may be waiting at their address.
        pages = tuple(output for output, file in earlier.items() if _etag(now.get(output)) != _etag(file))
        if came_or_went := now.came_or_went(before):
            pages += came_or_went
            self._render_cache.forget(now.names)
        follow = spot = ""
        if saved:
            follow = now.page_of(saved[0])
            fresh = documents.get(saved[0])
            if follow and fresh is not None:
                spot = changed_spot(before_it, fresh, old.get(saved[0]) or b"", tree.get(saved[0]) or b"")
        change = SiteChange(now.version, pages, tuple(assets), saved, follow, spot)
        self._publish(change)
        self._unreported.append(change)
        return change

    def _publish(self, change: SiteChange) -> None:
        for callback in tuple(self._callbacks):
            callback(change)

    def _link(self, tree: reading.Tree, documents: Mapping[str, Document]) -> UncheckedSite:
        return link_unchecked(self._options, ParsedSite(tree, documents), self._memory, templates=self._render_cache.sources)

    def _linked(self, tree: reading.Tree, documents: Mapping[str, Document]) -> tuple[Mapping[str, Document], UncheckedSite]:
        try:
            return documents, self._link(tree, documents)
        except Exception:  # noqa: BLE001 – what earlier runs have left may be at fault; if that was not it, it comes again
            return self._linked_anew(tree)

    def _linked_anew(self, tree: reading.Tree) -> tuple[Mapping[str, Document], UncheckedSite]:
        self._memory = Memory()
        documents = {document.path: document for document in parse(tree.texts, None)}
        return documents, self._link(tree, documents)

    def _find_problems(self, unchecked: UncheckedSite, tree: reading.Tree) -> LoadedSite:
        try:
            return unchecked.find_problems()
        except Exception:  # noqa: BLE001 – as above
            return self._linked_anew(tree)[1].find_problems()

    def _parse(self, tree: reading.Tree) -> Mapping[str, Document]:
        before = dict(self._tree.texts)
        unknown = [(path, data) for path, data in tree.texts if before.get(path) != data]
        # In this process: threads are running, and a copy of a process that has some may stand still for ever.
        if len(unknown) <= MOST:
            return updated(self._documents, {path: None for path, _ in tree.texts}, {path: parsed(path, data) for path, data in unknown})
        fresh = {document.path: document for document in parse(unknown, None)}
        return updated(self._documents, {path: None for path, _ in tree.texts}, fresh)


def _saved(before: reading.Tree, after: reading.Tree) -> tuple[str, ...]:
    """Return the content files that say something else now, or are new."""
    known = dict(before.texts)
    found = [path for path, data in after.texts if known.get(path) != data]
    return (*found, *(path for path in (settings.PATH, settings.STYLE) if before.get(path) != after.get(path)))


def _etag(file: OutputFile | None) -> str:
    return file.etag if file is not None else ""
