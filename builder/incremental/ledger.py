"""The dependencies of each page, record of a file and rule, stored from one run to the next: the one place that decides what must be made again.

A ledger stores the `read_hash` of each read, four bytes: the results that depend on a read are found by a search for these, and nothing else of a large site is loaded.
Two reads may share a hash, and then the results that depend on either are made again; a step, which is stored under its own key, has a `step_key` of eight bytes.
"""

import contextlib
from array import array
from collections.abc import Callable, Collection, Container, Hashable, Iterable, Mapping
from hashlib import blake2b
from typing import Any, Generic, TypeVar

import msgspec

from builder.incremental.dependencies import Read, ReadLog, encode, read_hash
from builder.incremental.memo import Memory, updated

MANY_STEPS = 64
"""Number of steps up to which those of single records are run again."""

_KEY_SIZE = 8
"""Bytes of a `step_key`."""

_Key = TypeVar("_Key", bound=Hashable)


def step_key(read: Read) -> bytes:
    """Return the key under which the entry of a memoised step is stored."""
    return blake2b(encode(read), digest_size=_KEY_SIZE).digest()


class Trace(msgspec.Struct, frozen=True, array_like=True):
    """What one result has read."""

    asked: str
    """Digest that distinguishes a page from others at its path; see `plan.arguments_digest`. "" for anything else."""
    reads: bytes
    """Hashes of the reads, one after another."""


class MemoStep(msgspec.Struct, frozen=True, array_like=True):
    """The dependencies and the result of a step."""

    name: str
    given: tuple[Any, ...]
    result: str
    """Digest of what it returned; "" if that is not compared."""
    reads: bytes


class RecordedReads(msgspec.Struct, frozen=True, array_like=True):
    """Dependencies collected while computing results."""

    steps: Mapping[bytes, MemoStep]
    """By their keys."""
    results: tuple[tuple[str, Any, Trace], ...]
    """Kind of result, its key, and its dependencies."""


class ReadCollector:
    """Collects the dependencies of results while they are computed."""

    def __init__(self, log: ReadLog, seen: set[int] | None = None) -> None:
        """`seen` are the numbers of steps that need not be reported again; those that are reported here are added."""
        self.log = log
        self._seen = seen if seen is not None else set()
        self._steps: dict[bytes, MemoStep] = {}
        self._results: list[tuple[str, Any, Trace]] = []

    def result(self, kind: str, key: Any, asked: str = "") -> None:
        """Record the reads since `ReadLog.begin` as the dependencies of a result."""
        self._results.append((kind, key, Trace(asked, self._hashes_of(self.log.current()))))

    def step(self, number: int) -> None:
        """Record a step, and all steps that it ran, with their dependencies."""
        self._seen.add(number)
        reads, result = self.log.steps[number]
        name, given = self.log.reads[number]
        self._steps[step_key((name, given))] = MemoStep(name, given, result, self._hashes_of(reads))

    def _hashes_of(self, numbers: Collection[int]) -> bytes:
        for number in self.log.steps.keys() & numbers:
            if number not in self._seen:
                self.step(number)
        return self.log.hashes_of(numbers)

    def reads(self) -> RecordedReads:
        """Return all dependencies that were collected."""
        return RecordedReads(self._steps, tuple(self._results))


_Dependent = TypeVar("_Dependent", Trace, MemoStep)


class Dependents(Generic[_Key, _Dependent]):
    """The results of one kind, or the steps, and what each has read: those of the last run, and those that are made in this one."""

    def __init__(self, memory: Memory | None, name: str, keys: Any, kind: type[_Dependent], *, is_current: bool) -> None:
        """`keys` is the type of their keys. Unless it `is_current`, nothing of the last run is used; `memory` is None without a cache."""
        self._memory, self._name, self._keys, self._is_current = memory, name, keys, is_current
        self._kind: Any = kind
        self._before: Mapping[_Key, _Dependent] | None = None
        self.new: dict[_Key, _Dependent] = {}

    @property
    def before(self) -> Mapping[_Key, _Dependent]:
        """Those of the last run, by key; loaded on first use."""
        if self._before is None:
            of_last = self._memory.load(self._name, self._kind, self._keys) if self._memory is not None and self._is_current else None
            self._before = of_last or {}
        return self._before

    def relying(self, hashes: Collection[bytes]) -> list[tuple[_Key, _Dependent]]:
        """Return those of the last run that have read one of these, each with its key."""
        if self._memory is None or not self._is_current or not hashes:
            return []
        among = self._memory.relying(self._name, hashes, self._keys)
        return relying(self.before, hashes, among) if among is None or among else []

    def store(self, kept: Container[_Key] | None) -> None:
        """Store them for the next run; `kept` has the keys of the last run that stay, None for all."""
        if self._memory is None:
            return
        if kept is None and not self.new and self._is_current and self._before is None:
            self._memory.store_unchanged(self._name, self._kind, self._keys)
            return
        order = dict.fromkeys(key for key in self.before if kept is None or key in self.new or key in kept)
        order.update(dict.fromkeys(self.new))
        self._memory.store(self._name, updated(self.before, order, self.new), self._kind, self._keys)


class Ledger:
    """The dependencies of some kinds of results, those of the last run and those of this one."""

    def __init__(self, memory: Memory | None, name: str, kinds: Mapping[str, Any], untracked: str, reads: Iterable[Read] | None) -> None:
        """`memory` is None without a cache; `kinds` are the kinds of results, each with the type of its keys.

        `untracked` is a digest of the inputs whose reads are not recorded, and `reads` are those whose result may have changed, None if that is unknown:
        if the digest is not that of the last run, or the reads are unknown, nothing of the last run is used.
        """
        self._memory, self._reads, self._untracked_section = memory, reads, f"what all {name} rely on"
        self.is_current = memory is not None and reads is not None and memory.load(self._untracked_section, str) == untracked
        """Whether dependencies of the last run are used."""
        self._kinds: dict[str, Dependents[Any, Trace]] = {
            kind: Dependents(memory, kind, keys, Trace, is_current=self.is_current) for kind, keys in kinds.items()
        }
        self._steps: Dependents[bytes, MemoStep] = Dependents(
            memory, f"what steps of {name} rely on", bytes, MemoStep, is_current=self.is_current
        )

    def before(self, kind: str) -> Mapping[Any, Trace]:
        """Return the dependencies of the results of a kind in the last run, by key."""
        return self._kinds[kind].before

    def stale(self, log: ReadLog, run_step: Callable[[str, tuple[Any, ...]], object]) -> dict[str, set[Any]]:
        """Return the keys of the results that may have changed, by kind; `run_step` runs a step again.

        A step is run again only if a dependency of it has changed. If its result is the same nevertheless, the results that depend on it stay.
        """
        hashes = new = {read_hash(read) for read in self._reads or ()} if self.is_current else set()
        same: set[bytes] = set()
        others: set[bytes] = set()
        while new:  # until no step depends on another that has changed
            found = [(data, step) for data, step in self._steps.relying(new) if data not in others and data not in same]
            new = set()
            for data, step in found:
                given = _tuples(step.given)
                # There are few steps of a whole site; of single records so many may have changed that to run them all takes longer than to make the results again.
                asked = step.result and (not given or len(same) + len(others) < MANY_STEPS)
                if asked and _again(log, step.name, given, run_step) == step.result:
                    same.add(data)
                else:
                    others.add(data)
                    new.add(read_hash((step.name, given)))
            hashes = hashes | new
        collector = ReadCollector(log)
        for number in log.steps if same else ():
            if step_key(log.reads[number]) in same:
                collector.step(number)  # the result is the same, its reads may differ
        self._steps.new.update(collector.reads().steps)
        return {kind: {key for key, _ in dependents.relying(hashes)} for kind, dependents in self._kinds.items()}

    def add(self, reads: RecordedReads) -> None:
        """Add the dependencies of results that were just made."""
        self._steps.new.update(reads.steps)
        for kind, key, relied in reads.results:
            self._kinds[kind].new[key] = relied

    def store(self, stay: Mapping[str, Container[Any] | None], untracked: str) -> None:
        """Store the dependencies for the next run, with the digest of untracked inputs; `stay` has, by kind, the keys whose old dependencies are kept, None for all."""
        for kind, dependents in self._kinds.items():
            dependents.store(stay[kind])
        self._steps.store(None)
        if self._memory is not None:
            self._memory.store(self._untracked_section, untracked, str)


def _again(log: ReadLog, name: str, given: tuple[Any, ...], run_step: Callable[[str, tuple[Any, ...]], object]) -> str:
    """Run a step again, at most once, and return the digest of its result; "" if it has none any more."""
    number = log.number((name, given))
    if number not in log.steps:
        # Its arguments may be gone, and so may the step.
        with contextlib.suppress(KeyError, LookupError, StopIteration):
            run_step(name, given)
    return log.steps[number][1] if number in log.steps else ""


def relying(known: Mapping[_Key, _Dependent], hashes: Collection[bytes], among: Iterable[_Key] | None) -> list[tuple[_Key, _Dependent]]:
    """Return the dependencies that include one of these reads, each with its key; `among` are the candidates, None if they are unknown."""
    wanted = _numbers(b"".join(hashes))
    found = known.items() if among is None else ((key, known[key]) for key in among if key in known)
    return [(key, memo_step) for key, memo_step in found if not wanted.isdisjoint(_numbers(memo_step.reads))]


def _numbers(hashes: bytes) -> frozenset[int]:
    # As numbers they are compared a hundred at a time.
    return frozenset(array("I", hashes))


def _tuples(given: Any) -> Any:
    # Keys of several parts are tuples, and come back from a file as lists.
    return tuple(map(_tuples, given)) if isinstance(given, list | tuple) else given
