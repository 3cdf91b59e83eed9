"""The site of a preview: built as every site is built, kept in memory, and brought up to date at every save.

It walks the road of a build – read, parse, linking, checks, pages, render – and remembers what each step made, so that little is done again.
A page is rendered when somebody looks at it, and not again while what it shows stays equal.
"""

import contextlib
import threading
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from builder import urls
from builder.build import tables
from builder.build.load import Options, Seen, begun, documents_of, goes_on, join, parse, silent
from builder.build.parallel import Progress
from builder.content import reading, secrets, settings, stylesheets
from builder.diagnostics import Diagnostic, Place, excerpt as drawn
from builder.incremental import build_cache, parse_cache
from builder.incremental.memo import Cabinet, Memory, Torn, revised
from builder.model import Document
from builder.preview.annotating.endpoints import Subject
from builder.preview.desk import Desk
from builder.preview.snapshot import Change, File, Spot
from builder.preview.source_map import Entry, changed_spot, entries, passage, spots
from builder.render import search_index, social_card

ASSETS = "templates/assets/"
STYLE = "assets/backstory.css"
"""The stylesheet that is published with its sections."""
"""What images are made of, as pages are of templates."""


class Snapshot:
    """One whole state of the site."""

    def __init__(self, version: int, shown: Seen, tree: reading.Tree, desk: Desk, *, failed: bool = False) -> None:
        self.version = version
        self.failed = failed
        self._shown = shown
        self._tree = tree
        self._desk = desk
        self._pages = shown.pages
        self._copies = desk.copies(shown.tree.copies)
        self._faults: dict[str, Diagnostic] = {}
        self._entries: dict[str, tuple[Entry, ...]] = {}

    @property
    def problems(self) -> tuple[Diagnostic, ...]:
        """All problems of the content, and of the templates that were used so far."""
        return (*self._shown.diagnostics, *(one for one in dict.fromkeys(self._faults.values()) if one not in self._shown.diagnostics))

    @property
    def stops(self) -> bool:
        """Whether a build would stop at the problems."""
        return self._shown.stops() or bool(self._faults)

    @property
    def outputs(self) -> tuple[str, ...]:
        """Every file of the site, sorted."""
        return tuple(sorted(self.names))

    @property
    def names(self) -> frozenset[str]:
        """The same, in no order."""
        return frozenset((*self._pages.outputs, *(path for path in self._copies if not stylesheets.is_section(path))))

    def came_or_went(self, before: "Snapshot") -> tuple[str, ...]:
        """Return the files that only one of two states has. After most saves there are none, which is seen without looking at thousands."""
        if self._pages.names is before._pages.names and self._copies == before._copies:  # noqa: SLF001 - another of its own kind
            return ()
        return tuple(sorted(self.names ^ before.names))

    def get(self, path: str) -> File | None:
        """Return a file of the output, by its path without a leading slash; None where there is none."""
        page = self._pages.find(path)
        if page is None:
            copied = self._copies.get(path)
            if copied is None and path.startswith(search_index.FOLDER):
                return self._desk.indexed(self._shown, path)
            return self._desk.copied(copied, self._copies) if copied is not None else None
        file, fault = self._desk.render(self._shown, page)
        if fault is not None:
            self._faults[path] = fault
        else:
            self._faults.pop(path, None)
        return file

    def fault(self, path: str) -> Diagnostic | None:
        """Return the problem of the site's own templates that kept them from making a page, which then is made with those of Backstory."""
        return self._faults.get(path)

    def draft(self, path: str) -> bool:
        """Return whether a page is a draft, which would not be published."""
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

    def source(self, path: str) -> bytes | None:
        """Return the bytes of a content file as it was read; None where there is none."""
        return self._tree.get(path)

    def subject(self, output: str) -> Subject | None:
        """Return the explainer that a page shows, with the file that it was made from; None where it shows none."""
        slug = output.removeprefix("explainers/").removesuffix("/index.html")
        explainer = self._shown.site.explainers.get(slug) if output == urls.output(urls.explainer(slug)) else None
        data = self._tree.get(explainer.place.path) if explainer is not None else None
        if explainer is None or data is None:
            return None
        return Subject(self._shown.site, slug, explainer.place.path, data, self._desk.root)

    def page_of(self, file: str) -> str:
        """Return the output path of the page that a content file makes; "" where it makes none."""
        path = self._shown.site.addresses.get(file)
        output = urls.output(path) if path is not None else ""
        return output if output in self._pages.outputs else ""

    def excerpt(self, problem: Diagnostic) -> str:
        """Return the line of the file that a problem is about, with a caret."""
        line = self._tree.line(problem.place) or self._desk.line(problem.place)
        return drawn(problem, secrets.masked(line) if problem.place.path == settings.PATH else line)

    def words(self, problem: Diagnostic) -> str:
        """Return the words that a problem is about, as they are written."""
        place = problem.place
        line = self._tree.line(place) if place.column and place.width > 1 else ""
        return line[place.column - 1 : place.end - 1]

    def passage(self, spots: Iterable[Spot], place: Place) -> str:
        """Return the selector of the part of a page, which consists of `spots`, that a place is about; "" where there is none."""
        within = self._entries.get(place.path)
        if within is None:
            within = self._entries[place.path] = entries(self._tree.get(place.path) or b"", place.path)
        return passage(spots, within, place)

    def places(self, path: str) -> tuple[Spot, ...]:
        """Return where the parts of a page were written."""
        page = self._pages.find(path)
        return spots(self._shown.site, page.path, self._tree) if page is not None else ()


class Workshop:
    """Keeps a site built while its files change. `look` is called from one thread; `current` and snapshots from any."""

    def __init__(self, options: Options, *, progress: Progress = silent) -> None:
        self._options = options
        self._desk = Desk(options)
        self._callbacks: list[Callable[[Change], None]] = []
        self._turning = threading.Lock()
        self._tree = tables.read(options.root)
        self._memo = parse_cache.Memo(options.root) if options.cache else None
        """What earlier runs read, until `save`: after that every save would only make it grow."""
        self._kept = build_cache.Kept(options.root, options.root / "preview") if options.cache else None
        """What an earlier preview knew, until then."""
        try:
            seen = self._begin(progress, self._known())
        except Torn:
            seen = self._begin(progress, None)
        self._shown = seen
        self._current = Snapshot(1, seen, self._tree, self._desk)

    def _known(self) -> Cabinet | None:
        """Return what the last preview knew, or the last build."""
        if self._kept is None:
            return None
        found = self._kept.whole()
        return found if found is not None else build_cache.Kept(self._options.root, self._options.output).whole()

    def _begin(self, progress: Progress, cabinet: Cabinet | None) -> Seen:
        self._memory = Memory(cabinet if cabinet is not None and goes_on(cabinet, self._options, self._tree) else None)
        self._documents = documents_of(self._tree, self._memo, self._memory, self._options.jobs, progress)
        seen = self._join(self._tree, self._documents)
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
        tree = tables.reread(self._options.root, self._tree, names)
        copied = {path: output for output, path in tree.copies.items()}
        others = [name for name in names if (name in copied or name.startswith("templates/")) and self._desk.differs(name)]
        templates = any(
            (name.startswith("templates/") and not name.startswith(ASSETS)) or social_card.is_drawn_with(name.removeprefix("templates/"))
            for name in others
        )
        assets = [
            STYLE if stylesheets.is_section(output) else output
            for name in others
            if name in copied or name.startswith(ASSETS)
            for output in [copied.get(name, name.removeprefix("templates/"))]
        ]
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
        try:
            documents, seen = self._joined(tree, documents)
        except Exception:
            # A bug of ours: the site stays as it was before, and says so.
            self._current = Snapshot(before.version + 1, self._shown, old, self._desk, failed=True)
            self._tell(Change(self._current.version, saved=saved))
            raise
        self._documents, self._tree, self._shown = documents, tree, seen
        now = self._current = Snapshot(before.version + 1, seen, tree, self._desk)
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
        self._tell(change)
        return change

    def _tell(self, change: Change) -> None:
        for callback in tuple(self._callbacks):
            callback(change)

    def _join(self, tree: reading.Tree, documents: Mapping[str, Document]) -> Seen:
        return join(self._options, tree, documents, self._memory, assets=self._desk.assets(), passed_over=self._desk.passed_over())

    def _joined(self, tree: reading.Tree, documents: Mapping[str, Document]) -> tuple[Mapping[str, Document], Seen]:
        try:
            return documents, self._join(tree, documents)
        except Exception:  # noqa: BLE001 – what earlier runs have left may be at fault; if that was not it, it comes again
            self._memory = Memory()
            documents = {document.path: document for document in parse(tree.texts, None, 1)}
            return documents, self._join(tree, documents)

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
    return (*found, *(path for path in (settings.PATH, settings.STYLE) if before.get(path) != after.get(path)))


def _etag(file: File | None) -> str:
    return file.etag if file is not None else ""
