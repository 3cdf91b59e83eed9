"""The dependencies of a page: every read of the Site while its view was made.

A view is a pure function of the Site. If nothing that it read has changed, the view has not changed either, and need not be made to know that.

    reads      ("actors", "nato")                   one record, or that there is none
               ("events", KEYS)                     which there are, and their order
               ("events", ALL)                      all of them, and their order
               ("builder.pages.events._order", ())  the result of a step that itself read all of something

`ledger` stores them for the next run.
"""

import zlib
from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence, Set as AbstractSet
from typing import Any, TypeVar

import msgspec

from builder.incremental.digests import digest
from builder.incremental.memo import MapChange
from builder.model import Site

Read = tuple[str, Any]
"""A field of the Site and a key in it, `ALL` for the whole; or the name of a step and its arguments."""

ALL = None
KEYS = ()

MANY_READS = 24
"""Number of reads from which a step is recorded instead of them."""

HASH_SIZE = 4
"""Bytes of a `read_hash`."""

encode = msgspec.msgpack.Encoder().encode
"""Maps in their order, which a page may follow."""
_Key = TypeVar("_Key", bound=Hashable)
_Item = TypeVar("_Item")
_Made = TypeVar("_Made")


def read_hash(read: Read) -> bytes:
    """Return the hash by which a read is found among dependencies."""
    return zlib.crc32(encode(read)).to_bytes(HASH_SIZE, "little")


class ReadLog:
    """The reads of the Site since the last page was begun. Reads are interned as integers: there are hundreds of thousands."""

    __slots__ = ("_cards", "_hashes", "_numbers", "_whole", "cards", "now", "reads", "steps")

    def __init__(self) -> None:
        self.now: set[int] = set()
        """Numbers of reads;"""
        self.cards: set[int] = set()
        """and of cards, which are negative: all reads of a card are added by one number, however often it is shown."""
        self.reads: list[Read] = []
        """By number; and their hashes, as far as they were asked for:"""
        self._hashes: list[bytes] = []
        self.steps: dict[int, tuple[tuple[int, ...], str]] = {}
        """Number of a step → the numbers of its reads, and a digest of its result; "" if that is not compared."""
        self._numbers: dict[Read, int] = {}
        self._cards: dict[int, tuple[int, ...]] = {}
        self._whole: set[int] = set()
        """Numbers of steps, and of reads at all of something."""

    def number(self, read: Read) -> int:
        """Return the number of a read, which is a new one at its first use."""
        found = self._numbers.get(read)
        if found is None:
            found = self._numbers[read] = len(self.reads)
            self.reads.append(read)
            if read[1] is ALL or read[1] == KEYS or is_step(read[0]):
                self._whole.add(found)
        return found

    def read(self, field: str, key: object) -> None:
        """Record a read of a key."""
        self.now.add(self.number((field, key)))

    def hashes_of(self, numbers: Collection[int]) -> bytes:
        """Return the hashes of reads by their numbers, one after another."""
        hashes = self._hashes
        for number in range(len(hashes), len(self.reads)):
            hashes.append(read_hash(self.reads[number]))
        return b"".join(map(hashes.__getitem__, numbers))

    def begin(self) -> tuple[set[int], set[int]]:
        """Begin to record anew; return what was recorded, for `resume`."""
        before = self.now, self.cards
        self.now, self.cards = set(), set()
        return before

    def resume(self, before: tuple[set[int], set[int]]) -> None:
        """Go on with what was recorded before."""
        self.now, self.cards = before

    def current(self) -> AbstractSet[int]:
        """Return the numbers of all reads since it was begun, with those of cards."""
        return self.now.union(*map(self._cards.__getitem__, self.cards)) if self.cards else self.now

    def step(self, name: str, arguments: tuple[Any, ...], make: Callable[[], _Made]) -> tuple[_Made, int]:
        """Return `make()`, and the number that its callers depend on: a card of its reads if they are few, else the step itself."""
        outer = self.begin()
        try:
            made = make()
            reads = self.current()
        finally:
            self.resume(outer)
        whole = not self._whole.isdisjoint(reads)
        # Only a step that can be asked again from a file is worth a name: its arguments are ids.
        if not (whole or len(reads) >= MANY_READS) or not all(map(_is_id, arguments)):
            if len(reads) == 1:
                return made, next(iter(reads))
            card = ~len(self._cards)
            self._cards[card] = tuple(reads)
            return made, card
        number = self.number((name, arguments))
        self.steps[number] = tuple(reads), _of(made) if whole else ""
        return made, number


def is_step(field: str) -> bool:
    """Return whether a read is of a step, whose name is a function's, rather than of a field."""
    return "." in field


def _is_id(given: object) -> bool:
    return isinstance(given, str) or (isinstance(given, tuple) and all(map(_is_id, given)))


class _Numbers(dict[object, int]):
    """The number of a read of each key of a field."""

    __slots__ = ("_field", "_log")

    def __init__(self, field: str, log: ReadLog) -> None:
        super().__init__()
        self._field, self._log = field, log

    def __missing__(self, key: object) -> int:
        found = self[key] = self._log.number((self._field, key))
        return found


class WatchedRecords(Mapping[_Key, _Item]):
    """A mapping of a Site that records each read of a key."""

    __slots__ = ("_items", "_log", "_numbers")

    def __init__(self, field: str, items: Mapping[_Key, _Item], log: ReadLog) -> None:
        self._items, self._log = items, log
        self._numbers = _Numbers(field, log)

    def _note(self, key: object) -> None:
        self._log.now.add(self._numbers[key])

    # The two that are asked most, without a further call.
    def __getitem__(self, key: _Key) -> _Item:
        self._log.now.add(self._numbers[key])
        return self._items[key]

    def get(self, key: _Key, default: Any = None) -> Any:
        """Return the record of a key, or the default; the read is recorded."""
        self._log.now.add(self._numbers[key])
        return self._items.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return key in self._items

    def _all(self) -> Mapping[_Key, _Item]:
        self._note(ALL)
        return self._items

    def _keys(self) -> Mapping[_Key, _Item]:
        self._note(KEYS)
        return self._items

    def __iter__(self) -> Iterator[_Key]:
        return iter(self._keys())

    def __len__(self) -> int:
        return len(self._keys())

    def keys(self) -> Any:
        """Return all keys, which are recorded as one read."""
        return self._keys().keys()

    def values(self) -> Any:
        """Return all records, which are recorded as one read."""
        return self._all().values()

    def items(self) -> Any:
        """Return all keys with their records, which are recorded as one read."""
        return self._all().items()


class _List(Sequence[_Item]):
    """A field of a Site that is a list, and records each read of it."""

    __slots__ = ("_field", "_items", "_log")

    def __init__(self, field: str, items: tuple[_Item, ...], log: ReadLog) -> None:
        self._field, self._items, self._log = field, items, log

    def _all(self) -> tuple[_Item, ...]:
        self._log.read(self._field, ALL)
        return self._items

    def __getitem__(self, key: Any) -> Any:
        return self._all()[key]

    def __len__(self) -> int:
        return len(self._all())

    def __iter__(self) -> Iterator[_Item]:
        return iter(self._all())


def watched(site: Site, log: ReadLog) -> Site:
    """Return an equal Site that records each read in `log`."""
    fields: dict[str, Any] = {}
    for name in site.__struct_fields__:
        value = getattr(site, name)
        if isinstance(value, Mapping):
            fields[name] = WatchedRecords(name, value, log)
        elif isinstance(value, tuple):
            fields[name] = _List(name, value, log)
    return msgspec.structs.replace(site, **fields)


def untracked_digest(site: Site) -> str:
    """Return a digest of the inputs of every page whose reads are not recorded: the settings, the language and the day."""
    return digest(encode([getattr(site, name) for name in site.__struct_fields__ if not isinstance(getattr(site, name), Mapping | tuple)]))


def _of(value: Any) -> str:
    # In its order, which a page may follow; and its keys may be pairs, by which no map is sorted.
    return digest(encode(list(value.items()) if isinstance(value, Mapping) else value))


Changes = Mapping[str, MapChange | None]
"""Field of the Site → its differences from the last build; None if unknown. A field that is missing is unchanged."""


def changed_reads(changes: Changes) -> set[Read] | None:
    """Return every read whose result may have changed; None if that may be any."""
    found: set[Read] = set()
    for field, change in changes.items():
        if change is None:
            return None
        found.update((field, key) for key in change.keys)
        found.add((field, ALL))
        if change.order:
            found.add((field, KEYS))
    return found
