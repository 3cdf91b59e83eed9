"""Parse and make pages in several processes if there is enough work, or with a given executor: threads, processes, other machines.

The results and their order are the same in each case.
"""

import contextlib
import os
import threading
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, runtime_checkable

import msgspec

from builder.build.page_builder import Batch, BuiltPage, PageBuilder
from builder.build.run import Run
from builder.content.parse import parse as parse_one
from builder.diagnostics import Diagnostic
from builder.incremental import toolchain
from builder.incremental.ledger import RecordedReads
from builder.model import Document, RecordKey
from builder.pages.page import NO_RECORD
from builder.render.template_sources import TemplateProblem

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future

PARSE_PAYS = 60
"""Files from which others save more than it costs to start them, or to send them what they need."""

MAKE_PAYS = 48
"""Pages, likewise: after an edit each takes longer than in a build of all, since it shares less with others."""

FILES_IN_CHUNK, PAGES_IN_CHUNK = 25, 64
"""How many make a piece of work: enough that handing it over costs little, few enough that all end at about the same time."""

_Item = TypeVar("_Item")
_Done = TypeVar("_Done")


class ExecutorProblem(Exception):
    """The executor cannot do the work; the message says why, and what to do."""


@runtime_checkable
class Shares(Protocol):
    """An executor that gives data to each of its workers once, also to later ones."""

    def share(self, data: bytes) -> Any:
        """Return what to give to `submit` so that the work is called with `data`."""


def processes(asked: int, number: int, pays: int) -> int:
    """Return how many processes to use: the requested number, else one per processor if there is enough work."""
    if asked:
        return max(1, min(asked, number))
    return min(os.cpu_count() or 1, 8) if number >= pays else 1


def parse(texts: Sequence[tuple[str, bytes]], run: Run) -> tuple[Document, ...]:
    """Return the documents of content files, each given as its path and bytes, in their order. Raises `ExecutorProblem` if the executor fails."""
    done: list[Document] = []
    with contextlib.closing(_parsed(texts, run)) as parsed:
        for documents, seconds in parsed:
            if run.profile is not None:
                run.profile.parsed += [(path, took) for (path, _), took in zip(texts[len(done) :], seconds, strict=False)]
            done += documents
            run.progress("Reading", len(done), len(texts))
    return tuple(done)


_Parsed = tuple[tuple[Document, ...], tuple[float, ...]]
"""Documents, and the seconds that each took."""


def _parsed(texts: Sequence[tuple[str, bytes]], run: Run) -> Generator[_Parsed, None, None]:
    executor, used = run.executor, processes(run.jobs, len(texts), PARSE_PAYS)
    work = ((toolchain.digest(), msgspec.msgpack.encode(chunk)) for chunk in _chunks(texts, FILES_IN_CHUNK))
    decode = msgspec.msgpack.Decoder(_Parsed).decode
    if executor is not None and len(texts) >= PARSE_PAYS:
        yield from map(decode, _spread(executor, parse_chunk, work))
    elif executor is not None or used == 1:
        yield from (_parse([text]) for text in texts)
    else:
        from builder.build.processes import Pool

        with Pool(used) as pool:
            yield from map(decode, _spread(pool, parse_chunk, work))


def parse_chunk(toolchain_digest: str, packed: bytes) -> bytes:
    """Parse the texts in a packed chunk, in another process or on another machine. Raises `ExecutorProblem` where its toolchain differs."""
    # Packed both ways: several times cheaper between processes than pickled records.
    _is_same(toolchain_digest)
    texts = msgspec.msgpack.decode(packed, type=tuple[tuple[str, bytes], ...])
    return msgspec.msgpack.encode(_parse(texts))


def _parse(texts: Iterable[tuple[str, bytes]]) -> _Parsed:
    done, seconds = [], []
    for path, data in texts:
        began = time.perf_counter()
        done.append(parse_one(path, data))
        seconds.append(time.perf_counter() - began)
    return tuple(done), tuple(seconds)


def make(
    builder: PageBuilder, numbers: Sequence[int], run: Run, learn: Callable[[RecordedReads], None] = lambda _reads: None
) -> tuple[BuiltPage, ...]:
    """Return the pages of a site with these numbers, made. `learn` receives the dependencies of the pages, in batches.

    Raises `TemplateProblem` for a wrong template, `OutputProblem` for a failure of the disk, `ExecutorProblem` for one of the executor.
    """
    done: list[BuiltPage] = []
    order = _by_subject(numbers, builder)
    with contextlib.closing(_made(builder, order, run)) as batches:
        for found in batches:
            if isinstance(found, Diagnostic):
                raise TemplateProblem(found)
            done += found.built_pages
            learn(found.reads)
            run.progress("Writing", len(done), len(numbers))
    made = dict(zip(order, done, strict=True))
    return tuple([made[n] for n in numbers])


def _by_subject(numbers: Sequence[int], builder: PageBuilder) -> list[int]:
    """Return the pages in the order in which to make them: all files about one record together, so that it is loaded in one process only.

    Pages of the whole site come first: one of them takes as long as a hundred others, and would be waited for at the end.
    """
    subjects: dict[RecordKey, list[int]] = {}
    for n in numbers:
        subjects.setdefault(builder.pages.entries[n].key, []).append(n)
    return [*subjects.pop(NO_RECORD, ()), *chain.from_iterable(subjects.values())]


def _made(builder: PageBuilder, numbers: Sequence[int], run: Run) -> Generator[Batch | Diagnostic, None, None]:
    executor, used = run.executor, processes(run.jobs, len(numbers), MAKE_PAYS)
    # Few pages make small batches, so that no process is idle while another has half of them.
    chunks = _chunks(numbers, max(1, min(PAGES_IN_CHUNK, len(numbers) // (8 * used))) if executor is None and used > 1 else PAGES_IN_CHUNK)
    if executor is not None and len(numbers) >= MAKE_PAYS:
        packed = builder.packed()
        digest = blake2b(packed, digest_size=16).hexdigest()
        shared = executor.share(packed) if isinstance(executor, Shares) else packed
        for found in _spread(executor, make_elsewhere, ((toolchain.digest(), digest, shared, chunk) for chunk in chunks)):
            yield found if isinstance(found, Diagnostic) else builder.write_early(found)
    elif executor is not None or used == 1:
        yield from map(builder.make, chunks)
    else:
        from builder.build.processes import Pool

        with Pool(used, _take, builder) as pool:
            yield from _spread(pool, _make_chunk, ((chunk,) for chunk in chunks))


class _Kept(threading.local):
    """The PageBuilder of a thread; not shared, since it records what it reads. Only the newest is kept."""

    digest = ""
    builder: PageBuilder | None = None


process_builder = _Kept()


def _take(builder: PageBuilder) -> None:
    process_builder.builder = builder  # set when a process starts: a forked one gets it without copying


def _make_chunk(numbers: Sequence[int]) -> Batch | Diagnostic:
    assert process_builder.builder is not None
    try:
        return process_builder.builder.make(numbers)
    except TemplateProblem as problem:
        return problem.diagnostic


def make_elsewhere(toolchain_digest: str, digest: str, packed: bytes, numbers: Sequence[int]) -> Batch | Diagnostic:
    """Make pages, by number, with a builder that comes packed and is kept until one with another digest comes. Raises `ExecutorProblem` where the toolchain differs."""
    _is_same(toolchain_digest)
    if process_builder.digest != digest:
        process_builder.digest, process_builder.builder = "", None  # the old one goes before the new one comes
        process_builder.builder = PageBuilder.unpacked(packed)
        process_builder.digest = digest
    return _make_chunk(numbers)


def _is_same(toolchain_digest: str) -> None:
    """Raise `ExecutorProblem` unless this is the toolchain that sent the work; a worker may join when the work has begun."""
    if toolchain.digest() != toolchain_digest:
        raise ExecutorProblem("A worker runs another Backstory, which may make other pages. Install the same there as here.")


def _chunks(items: Sequence[_Item], size: int) -> list[Sequence[_Item]]:
    return [items[n : n + size] for n in range(0, len(items), size)]


def _spread(executor: "Executor", work: Callable[..., _Done], items: Iterable[tuple[Any, ...]]) -> Iterator[_Done]:
    """Yield the result of `work` for each item, in order. When the caller stops, outstanding work is cancelled."""
    futures: deque[Future[_Done]] = deque(executor.submit(work, *item) for item in items)
    try:
        while futures:
            yield futures[0].result()
            futures.popleft()  # and its result with it
    finally:
        for future in futures:
            future.cancel()
