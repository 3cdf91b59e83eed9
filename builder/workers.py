"""Parsing and the making of pages, shared over processes where that pays. The order of what comes back never hangs on the number of processes."""

import contextlib
import functools
import gc
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from builder.diagnostics import Diagnostic
from builder.making import Batch, Maker
from builder.model import Document
from builder.parse import parse as parse_one
from builder.profiling import Profile
from builder.templates import TemplateProblem

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

Progress = Callable[[str, int, int], None]
"""Called with what is done now, how many are done, and of how many."""

PARSE_PAYS = 60
"""Files from which a second process saves more than it costs to start."""

MAKE_PAYS = 400
"""Pages, likewise."""

_FILES, _PAGES = 25, 64
"""How many make a piece of work: enough that handing it over costs little, few enough that all processes end at about the same time."""

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
        chunks = _chunks(texts, _FILES if profile is None else 1)
        for chunk, (packed, seconds) in zip(chunks, _spread(pool, functools.partial(_timed, _parse_chunk), chunks), strict=True):
            if profile is not None:
                profile.parsed.append((chunk[0][0], seconds))
            done += decode(packed)
            progress("Reading", len(done), len(texts))
    return tuple(done)


def _parse_chunk(texts: Sequence[tuple[str, bytes]]) -> bytes:
    # Packed: several times cheaper between processes than pickled records.
    return msgspec.msgpack.encode(tuple(parse_one(path, data) for path, data in texts))


def make(maker: Maker, numbers: Sequence[int], jobs: int, progress: Progress) -> tuple[Batch, ...]:
    """Make pages of a site, by their numbers. `TemplateProblem` where a template is wrong, `files.OutputProblem` where the disk refuses."""
    used = processes(jobs, len(numbers), MAKE_PAYS)
    done: list[Batch] = []
    count = 0
    with contextlib.nullcontext() if used == 1 else _pool(used, _take, (maker,)) as pool:
        for found in map(maker.make, _chunks(numbers, _PAGES)) if pool is None else _spread(pool, _make_chunk, _chunks(numbers, _PAGES)):
            if isinstance(found, Diagnostic):
                raise TemplateProblem(found)
            done.append(found)
            count += len(found.sheets)
            progress("Writing", count, len(numbers))
    return tuple(done)


class _Work:
    """What a process that makes pages was given at its start; a forked one gets it without copying."""

    maker: Maker


def _take(maker: Maker) -> None:
    _Work.maker = maker


def _make_chunk(numbers: Sequence[int]) -> Batch | Diagnostic:
    try:
        return _Work.maker.make(numbers)
    except TemplateProblem as problem:
        return problem.diagnostic


def _timed(work: Callable[[_Item], _Done], item: _Item) -> tuple[_Done, float]:
    began = time.perf_counter()
    return work(item), time.perf_counter() - began


def _chunks(items: Sequence[_Item], size: int) -> list[Sequence[_Item]]:
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
