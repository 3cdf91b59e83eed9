"""Parsing and rendering, shared over processes where that pays. The order of what comes back never hangs on the number of processes."""

import contextlib
import functools
import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from builder.diagnostics import Diagnostic
from builder.language import Language
from builder.model import Document
from builder.parse import parse as parse_one
from builder.plan import root_of
from builder.profiling import Profile
from builder.templates import Renderer, Sources, TemplateProblem
from builder.views import Page, SiteView

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Progress = Callable[[str, int, int], None]
"""Called with what is done now, how many are done, and of how many."""

PARSE_PAYS = 60
"""Files from which a second process saves more than it costs to start."""

RENDER_PAYS = 400
"""Pages, likewise."""

_CHUNK = 25

_Item = TypeVar("_Item")
_Done = TypeVar("_Done")


def processes(asked: int, number: int, pays: int) -> int:
    """Return how many processes to use: what was asked for, else as many as there are processors if the work is worth it."""
    if asked:
        return max(1, min(asked, number))
    return min(os.cpu_count() or 1, 8) if number >= pays else 1


def parse(texts: Sequence[tuple[str, bytes]], jobs: int, progress: Progress, profile: Profile | None = None) -> tuple[Document, ...]:
    """Parse content files, in their order; a profile notes what each took."""
    used = processes(jobs, len(texts), PARSE_PAYS)
    done: list[Document] = []
    if used == 1:
        for path, data in texts:
            began = time.perf_counter()
            done.append(parse_one(path, data))
            if profile is not None:
                profile.parsed.append((path, time.perf_counter() - began))
            progress("Reading", len(done), len(texts))
        return tuple(done)
    decode = msgspec.msgpack.Decoder(tuple[Document, ...]).decode
    with _pool(used) as pool:
        # For a profile one by one, so that what a chunk took is what its only file took.
        chunks = _chunks(texts, _CHUNK if profile is None else 1)
        for chunk, (packed, seconds) in zip(chunks, _spread(pool, functools.partial(_timed, _parse_chunk), chunks), strict=True):
            if profile is not None:
                profile.parsed.append((chunk[0][0], seconds))
            done += decode(packed)
            progress("Reading", len(done), len(texts))
    return tuple(done)


def _parse_chunk(texts: Sequence[tuple[str, bytes]]) -> bytes:
    # Packed: several times cheaper between processes than pickled records.
    return msgspec.msgpack.encode(tuple(parse_one(path, data) for path, data in texts))


def render(
    pages: Sequence[Page],
    site: Mapping[str, SiteView],
    templates: Sources,
    language: Language,
    jobs: int,
    progress: Progress,
    profile: Profile | None = None,
) -> dict[str, bytes]:
    """Render pages to the bytes of their files. `TemplateProblem` where a template is wrong.

    `site` is what templates see of the site, by the root of the page that shows it; a profile notes what each page took.
    """
    if not pages:
        return {}
    used = processes(jobs, len(pages), RENDER_PAYS)
    done: dict[str, bytes] = {}
    if used == 1:
        renderer = Renderer(templates, language)
        for page in pages:
            began = time.perf_counter()
            done[page.output] = renderer.render(page, site[root_of(page)])
            if profile is not None:
                profile.rendered.append((page.output, page.template, time.perf_counter() - began))
            progress("Writing", len(done), len(pages))
        return done
    with _pool(used, _take, (tuple(pages), dict(site), Sources(templates.folders), language)) as pool:
        chunks = _chunks(range(len(pages)), _CHUNK if profile is None else 1)
        for chunk, (found, seconds) in zip(chunks, _spread(pool, functools.partial(_timed, _render_chunk), chunks), strict=True):
            if profile is not None:
                profile.rendered.append((pages[chunk[0]].output, pages[chunk[0]].template, seconds))
            if isinstance(found, Diagnostic):
                raise TemplateProblem(found)
            done.update(found)
            progress("Writing", len(done), len(pages))
    return done


class _Work:
    """What a rendering process was given at its start; forked processes get it without copying."""

    pages: tuple[Page, ...]
    site: Mapping[str, SiteView]
    renderer: Renderer


def _take(pages: tuple[Page, ...], site: Mapping[str, SiteView], templates: Sources, language: Language) -> None:
    _Work.pages, _Work.site, _Work.renderer = pages, site, Renderer(templates, language)


def _render_chunk(numbers: Sequence[int]) -> list[tuple[str, bytes]] | Diagnostic:
    try:
        return [(page.output, _Work.renderer.render(page, _Work.site[root_of(page)])) for page in (_Work.pages[n] for n in numbers)]
    except TemplateProblem as problem:
        return problem.diagnostic


def _timed(work: Callable[[_Item], _Done], item: _Item) -> tuple[_Done, float]:
    began = time.perf_counter()
    return work(item), time.perf_counter() - began


def _chunks(items: Sequence[_Item], size: int = _CHUNK) -> list[Sequence[_Item]]:
    return [items[n : n + size] for n in range(0, len(items), size)]


def _pool(number: int, initializer: Callable[..., None] | None = None, arguments: tuple[Any, ...] = ()) -> "ProcessPoolExecutor":
    # Late: most builds that have a page or two to write need no second process.
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # A fork shares what is in memory; where there is none, or threads make it unsafe, each process starts anew.
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    return ProcessPoolExecutor(number, multiprocessing.get_context(method), initializer=_start, initargs=(initializer, arguments))


def _spread(pool: "ProcessPoolExecutor", work: Callable[[_Item], _Done], items: Iterable[_Item]) -> Iterator[_Done]:
    """Return what `work` makes of each item, in order; the processes start here."""
    with _undisturbed():
        return pool.map(work, items)


def _start(initializer: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # as in the first process
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if initializer is not None:
        initializer(*arguments)


def _end_with_parent() -> None:
    import multiprocessing
    from multiprocessing import connection

    # A parent that is killed outright tells nobody; its processes would wait for work for ever.
    parent = multiprocessing.parent_process()
    if parent is not None:
        connection.wait([parent.sentinel])
        os._exit(1)


@contextlib.contextmanager
def _undisturbed() -> Iterator[None]:
    # Ctrl-C reaches every process of the terminal at once, and a process that has just started would answer with
    # a traceback of its own. Processes inherit what is blocked here; only the first one hears of it, and ends the others.
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
