"""What each page, record of a file and rule relied on when it was made, kept from one run to the next: the one place that decides what must be made again.

In a ledger a look is known by its `sign`, four bytes: what relies on it is found by a search for these, and nothing else of a large site is read. Two reads may share
one, and then what relies on either is made; a step, which is kept by its own name, has a `mark` of eight.
"""

import contextlib
import zlib
from array import array
from collections.abc import Callable, Collection, Container, Hashable, Iterable, Mapping, Set as AbstractSet
from hashlib import blake2b
from typing import Any, TypeVar

import msgspec

from builder.incremental.dependencies import Read, ReadLog, encode
from builder.incremental.memo import Memory, updated

MANY_STEPS = 64
"""Steps, up to which those of single records are asked again."""

HASH_SIZE, _KEY_SIZE = 4, 8
"""Bytes of a sign, and of a mark."""

_Key = TypeVar("_Key", bound=Hashable)


def step_key(look: Read) -> bytes:
    """Return the key under which the entry of a memoised step is stored."""
    return blake2b(encode(look), digest_size=_KEY_SIZE).digest()


def read_hash(look: Read) -> bytes:
    """Return the hash by which a read is found among dependencies."""
    return zlib.crc32(encode(look)).to_bytes(HASH_SIZE, "little")


class ResultReads(msgspec.Struct, frozen=True, array_like=True):
    """What one result relies on."""

    asked: str
    """What tells a page from others that are made at its path; see `plan.arguments_digest`. "" for anything else."""
    reads: bytes
    """Signs, one after another."""


class MemoStep(msgspec.Struct, frozen=True, array_like=True):
    """The dependencies and the result of a step."""

    name: str
    given: tuple[Any, ...]
    result: str
    """Digest of what it returned; "" if that is not compared."""
    reads: bytes


class RecordedReads(msgspec.Struct, frozen=True, array_like=True):
    """What some results were found to rely on when they were made."""

    steps: Mapping[bytes, MemoStep]
    """By their marks."""
    results: tuple[tuple[str, Any, ResultReads], ...]
    """Kind of result, its key, and what it relies on."""


class ReadCollector:
    """Gathers what results are found to rely on."""

    def __init__(self, notes: ReadLog, told: set[int] | None = None) -> None:
        """`told` are the numbers of steps that need not be told again; those that are told here are added."""
        self.notes = notes
        self._told = told if told is not None else set()
        self._steps: dict[bytes, MemoStep] = {}
        self._results: list[tuple[str, Any, ResultReads]] = []

    def result(self, kind: str, key: Any, asked: str = "") -> None:
        """Record the reads since `ReadLog.now` was last emptied as the dependencies of a result."""
        self._results.append((kind, key, ResultReads(asked, self._signs(self.notes.current()))))

    def step(self, number: int) -> None:
        """Take a step and all steps that it took, whatever relies on them."""
        self._told.add(number)
        reads, result = self.notes.steps[number]
        name, given = self.notes.reads[number]
        self._steps[step_key((name, given))] = MemoStep(name, given, result, self._signs(reads))

    def _signs(self, numbers: Collection[int]) -> bytes:
        for number in self.notes.steps.keys() & numbers:
            if number not in self._told:
                self.step(number)
        signs = self.notes.signs
        for number in range(len(signs), len(self.notes.reads)):
            signs.append(read_hash(self.notes.reads[number]))
        return b"".join(map(signs.__getitem__, numbers))

    def reads(self) -> RecordedReads:
        """Return all that was gathered."""
        return RecordedReads(self._steps, tuple(self._results))


class Ledger:
    """What some kinds of results relied on in the last run, and what those of this run do."""

    def __init__(self, memory: Memory | None, name: str, kinds: Mapping[str, Any], ground: str, reads: Iterable[Read] | None) -> None:
        """`memory` is None where nothing is kept; `kinds` are the kinds of results, each with the type of its keys.

        `ground` is a digest of what all of them rely on without a look being noted, and `reads` are those that may see something else now, None if that is unknown:
        where the ground is not that of the last run, or the reads are unknown, nothing of the last run counts.
        """
        self._memory, self._kinds, self._reads = memory, kinds, reads
        self._steps_section, self._ground_section = f"what steps of {name} rely on", f"what all {name} rely on"
        self.is_current = memory is not None and reads is not None and memory.load(self._ground_section, str) == ground
        """Whether there is something of the last run."""
        self._before: dict[str, Mapping[Any, ResultReads]] = {}
        self._steps: Mapping[bytes, MemoStep] = {}
        self._new: dict[str, dict[Any, ResultReads]] = {kind: {} for kind in kinds}
        self._new_steps: dict[bytes, MemoStep] = {}

    def before(self, kind: str) -> Mapping[Any, ResultReads]:
        """Return the dependencies of the results of a kind in the last run, by key; loaded on first use."""
        if not self.is_current or self._memory is None:
            return {}
        found = self._before.get(kind)
        if found is None:
            found = self._before[kind] = self._memory.load(kind, ResultReads, self._kinds[kind]) or {}
        return found

    def stale(self, notes: ReadLog, take: Callable[[str, tuple[Any, ...]], object]) -> dict[str, set[Any]]:
        """Return the keys of the results that may be others now, by kind; `take` takes a step again.

        A step is run again only if a dependency of it has changed. If its result is the same nevertheless, the results that depend on it stay.
        """
        if self._memory is None or self._reads is None or not self.is_current:
            return {kind: set() for kind in self._kinds}
        self._steps = self._memory.load(self._steps_section, MemoStep, bytes) or {}
        signs = new = {read_hash(look) for look in self._reads}
        same: set[bytes] = set()
        others: set[bytes] = set()
        while new:  # until no step hangs on another that has turned out to be changed
            among = self._memory.relying(self._steps_section, new, bytes)
            found = [(one, step) for one, step in relying(self._steps, new, among) if one not in others and one not in same]
            new = set()
            for one, step in found:
                given = _tuples(step.given)
                # Of a whole site there are few; of single records so many may be others that to ask them all takes longer than to make what relies on them.
                asked = step.result and (not given or len(same) + len(others) < MANY_STEPS)
                if asked and _again(notes, step.name, given, take) == step.result:
                    same.add(one)
                else:
                    others.add(one)
                    new.add(read_hash((step.name, given)))
            signs = signs | new
        collector = ReadCollector(notes)
        for number in notes.steps if same else ():
            if step_key(notes.reads[number]) in same:
                collector.step(number)  # the result was the same, what it looked at may differ
        self._new_steps |= collector.reads().steps
        return {kind: self._relying(kind, signs) for kind in self._kinds}

    def _relying(self, kind: str, signs: set[bytes]) -> set[Any]:
        assert self._memory is not None
        among = self._memory.relying(kind, signs, self._kinds[kind])
        return {key for key, _ in relying(self.before(kind), signs, among)} if among is None or among else set()

    def add(self, reads: RecordedReads) -> None:
        """Add the dependencies of results that were just made."""
        self._new_steps.update(reads.steps)
        for kind, key, relied in reads.results:
            self._new[kind][key] = relied

    def store(self, stay: Mapping[str, Container[Any] | None], ground: str) -> None:
        """Leave all of it to the next run, with its ground; `stay` has, by kind, the keys of which what they relied on before is kept, None for all."""
        if self._memory is None:
            return
        for kind, keys in self._kinds.items():
            new, kept = self._new[kind], stay[kind]
            if kept is None and not new and self.is_current and kind not in self._before:
                self._memory.hold_still(kind, ResultReads, keys)
                continue
            before = self.before(kind)
            order = dict.fromkeys(key for key in before if kept is None or key in new or key in kept)
            order.update(dict.fromkeys(new))
            self._memory.store(kind, updated(before, order, new), ResultReads, keys)
        steps = updated(self._steps, dict.fromkeys((*self._steps, *self._new_steps)), self._new_steps)
        self._memory.store(self._steps_section, steps, MemoStep, bytes)
        self._memory.store(self._ground_section, ground, str)


def _again(notes: ReadLog, name: str, given: tuple[Any, ...], take: Callable[[str, tuple[Any, ...]], object]) -> str:
    """Run a step again, at most once, and return the digest of its result; "" if it has none any more."""
    number = notes.number((name, given))
    if number not in notes.steps:
        # What it was given may be gone, and so may the step.
        with contextlib.suppress(KeyError, LookupError, StopIteration):
            take(name, given)
    return notes.steps[number][1] if number in notes.steps else ""


_Looking = TypeVar("_Looking", ResultReads, MemoStep)


def relying(known: Mapping[_Key, _Looking], signs: AbstractSet[bytes], among: Iterable[_Key] | None) -> list[tuple[_Key, _Looking]]:
    """Return the dependencies that include one of these reads, each with its key; `among` are the candidates, None if they are unknown."""
    wanted = _numbers(b"".join(signs))
    found = known.items() if among is None else ((key, known[key]) for key in among if key in known)
    return [(key, one) for key, one in found if not wanted.isdisjoint(_numbers(one.reads))]


def _numbers(signs: bytes) -> frozenset[int]:
    # As numbers they are compared a hundred at a time.
    return frozenset(array("I", signs))


def _tuples(given: Any) -> Any:
    # Keys of several parts are tuples, which no file format knows.
    return tuple(map(_tuples, given)) if isinstance(given, list | tuple) else given
