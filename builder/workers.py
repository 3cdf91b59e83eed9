"""Parsing and the making of pages, shared over processes where that pays, or over any executor that is given: threads, processes, other machines.

What comes back, and its order, never hangs on who did the work.
"""

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from hashlib import blake2b
from multiprocessing import connection
from typing import Any, Protocol, TypeVar, runtime_checkable

import msgspec

from builder import files
from builder.diagnostics import Diagnostic
from builder.making import Batch, Maker
from builder.model import Document
from builder.parse import parse as parse_one
from builder.templates import TemplateProblem

Progress = Callable[[str, int, int], None]
"""Called with what is done now, how many are done, and of how many."""

PARSE_PAYS = 60
"""Files from which others save more than it costs to start them, or to send them what they need."""

MAKE_PAYS = 400
"""Pages, likewise."""

_CHUNK = 25

_Item = TypeVar("_Item")
_Done = TypeVar("_Done")


class CrewProblem(Exception):
    """Those who were to do the work cannot; says why, and what to do."""


@runtime_checkable
class Shares(Protocol):
    """An executor that brings something to each of its workers once, also to those that come later."""

    def share(self, data: bytes) -> Any:
        """Return what to give to `submit` so that the work is called with `data`."""


def processes(asked: int, number: int, pays: int) -> int:
    """Return how many processes to use: what was asked for, else as many as there are processors if the work is worth it."""
    if asked:
        return max(1, min(asked, number))
    return min(os.cpu_count() or 1, 8) if number >= pays else 1


def parse(texts: Sequence[tuple[str, bytes]], jobs: int, progress: Progress, crew: Executor | None = None) -> tuple[Document, ...]:
    """Parse content files, in their order; with a `crew`, and enough to do, it does the work. `CrewProblem` where that cannot."""
    done: list[Document] = []
    with contextlib.closing(_parsed(texts, jobs, crew)) as parsed:
        for documents in parsed:
            done += documents
            progress("Reading", len(done), len(texts))
    return tuple(done)


def _parsed(texts: Sequence[tuple[str, bytes]], jobs: int, crew: Executor | None) -> Generator[tuple[Document, ...], None, None]:
    used = processes(jobs, len(texts), PARSE_PAYS)
    work = ((files.version(), msgspec.msgpack.encode(chunk)) for chunk in _chunks(texts))
    decode = msgspec.msgpack.Decoder(tuple[Document, ...]).decode
    if crew is not None and len(texts) >= PARSE_PAYS:
        yield from map(decode, _spread(crew, _parse_chunk, work))
    elif crew is not None or used == 1:
        yield from ((parse_one(path, data),) for path, data in texts)
    else:
        with _Pool(used) as pool:
            yield from map(decode, _spread(pool, _parse_chunk, work))


def _parse_chunk(version: str, packed: bytes) -> bytes:
    # Packed both ways: several times cheaper between processes than pickled records.
    _is_same(version)
    texts = msgspec.msgpack.decode(packed, type=tuple[tuple[str, bytes], ...])
    return msgspec.msgpack.encode(tuple(parse_one(path, data) for path, data in texts))


def make(maker: Maker, numbers: Sequence[int], jobs: int, progress: Progress, crew: Executor | None = None) -> tuple[Batch, ...]:
    """Make pages of a site, by their numbers; with a `crew`, and enough to do, it does the work.

    `TemplateProblem` where a template is wrong, `files.OutputProblem` where the disk refuses, `CrewProblem` where the crew cannot.
    """
    done: list[Batch] = []
    count = 0
    with contextlib.closing(_made(maker, numbers, jobs, crew)) as batches:
        for found in batches:
            if isinstance(found, Diagnostic):
                raise TemplateProblem(found)
            done.append(found)
            count += len(found.sheets)
            progress("Writing", count, len(numbers))
    return tuple(done)


def _made(maker: Maker, numbers: Sequence[int], jobs: int, crew: Executor | None) -> Generator[Batch | Diagnostic, None, None]:
    chunks = _chunks(numbers)
    used = processes(jobs, len(numbers), MAKE_PAYS)
    if crew is not None and len(numbers) >= MAKE_PAYS:
        packed = maker.packed()
        digest = blake2b(packed, digest_size=16).hexdigest()
        shared = crew.share(packed) if isinstance(crew, Shares) else packed
        for found in _spread(crew, _make_elsewhere, ((files.version(), digest, shared, chunk) for chunk in chunks)):
            yield found if isinstance(found, Diagnostic) else maker.lay(found)
    elif crew is not None or used == 1:
        yield from map(maker.make, chunks)
    else:
        with _Pool(used, _take, maker) as pool:
            yield from _spread(pool, _make_chunk, ((chunk,) for chunk in chunks))


class _Kept(threading.local):
    """The Maker of a thread; nobody shares one, since it notes what it looks at. Only the newest is kept."""

    digest = ""
    maker: Maker | None = None


_kept = _Kept()


def _take(maker: Maker) -> None:
    _kept.maker = maker  # given to a process at its start: a forked one gets it without copying


def _make_chunk(numbers: Sequence[int]) -> Batch | Diagnostic:
    assert _kept.maker is not None
    try:
        return _kept.maker.make(numbers)
    except TemplateProblem as problem:
        return problem.diagnostic


def _make_elsewhere(version: str, digest: str, packed: bytes, numbers: Sequence[int]) -> Batch | Diagnostic:
    _is_same(version)
    if _kept.digest != digest:
        _kept.digest, _kept.maker = "", None  # the old one goes before the new one comes
        _kept.maker = Maker.unpacked(packed)
        _kept.digest = digest
    return _make_chunk(numbers)


def _is_same(version: str) -> None:
    """Raise `CrewProblem` unless this is the Backstory that sent the work; one may join when the work has begun."""
    if files.version() != version:
        raise CrewProblem("A worker runs another Backstory, which may make other pages. Install the same there as here.")


def _chunks(items: Sequence[_Item]) -> list[Sequence[_Item]]:
    return [items[n : n + _CHUNK] for n in range(0, len(items), _CHUNK)]


def _spread(crew: Executor, work: Callable[..., _Done], items: Iterable[tuple[Any, ...]]) -> Iterator[_Done]:
    """Yield what `work` makes of each item, in order. What nobody waits for any more is called off."""
    futures: deque[Future[_Done]] = deque(crew.submit(work, *item) for item in items)
    try:
        while futures:
            yield futures[0].result()
            futures.popleft()  # and with it what came of it
    finally:
        for future in futures:
            future.cancel()


class _Pool(ProcessPoolExecutor):
    """Processes of this machine."""

    def __init__(self, number: int, initializer: Callable[..., None] | None = None, *arguments: object) -> None:
        """`initializer` is called with the arguments in each process before any work."""
        context = multiprocessing.get_context(start_method())
        super().__init__(number, context, initializer=_start, initargs=(initializer, arguments))

    def submit(self, fn: Callable[..., _Done], /, *args: Any, **kwargs: Any) -> Future[_Done]:
        """Hand in work; the processes start here."""
        with _undisturbed():
            return super().submit(fn, *args, **kwargs)


def start_method() -> str:
    """Return how processes are started: a fork shares what is in memory; where there is none, or the system's own libraries do not bear it, each starts anew."""
    return "fork" if "fork" in multiprocessing.get_all_start_methods() and sys.platform != "darwin" else "spawn"


def _start(initializer: Callable[..., None] | None, arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.disable()  # as in the first process
    threading.Thread(target=_end_with_parent, daemon=True).start()
    if initializer is not None:
        initializer(*arguments)


def _end_with_parent() -> None:
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
