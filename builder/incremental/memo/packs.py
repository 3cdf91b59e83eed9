"""Cache files: the results of a run as packed values on disk, each of which is found without unpacking the others.

A run leaves a file: sections by name, each a mapping of which every value is packed and can be found alone, or one value. The next run adds a file with what
has changed since, and so on; `CacheFile` reads them as one. Each value has a checksum of its own, so a file need not be read to know that it is whole:

    mark · values, one after another · index (names, keys, lengths, checksums) · where the index lies, and its checksum

Values are plain and checked against their types when they are unpacked; nothing in them is run.
"""

import functools
import itertools
import struct
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

import msgspec

from builder.incremental.memo.lazy_maps import LazyMap

MARK = b"Backstory memory 1\n"
_END = struct.Struct("<QQI")
_SINGLE, _AS_BEFORE = -1, -2
"""In the place of a list of keys: of one value alone; and of a section whose keys are those of the file before."""

encode = msgspec.msgpack.Encoder().encode


class CorruptCache(Exception):
    """A cache file is damaged, or was not written by Backstory."""


class _Section(msgspec.Struct, frozen=True, array_like=True):
    keys: int
    """Which of the index's lists of keys, or `_SINGLE` or `_AS_BEFORE`."""
    at: int
    """Where its values begin in the file."""
    lengths: bytes
    checks: bytes
    indexes: bytes | None = None
    """Which of the keys have values here, where the others have theirs in a file before."""


class _Index(msgspec.Struct, frozen=True, array_like=True):
    after: int
    """Checksum of the index of the file that this one adds to; 0 where it adds to none."""
    keys: tuple[msgspec.Raw, ...]
    sections: dict[str, _Section]


_INDEX = msgspec.msgpack.Decoder(_Index)


@functools.cache
def _decoder(kind: Any) -> Callable[[Any], Any]:
    return msgspec.msgpack.Decoder(kind).decode


def decode(data: Any, kind: Any) -> Any:
    """Return an unpacked value. Raises `CorruptCache` if it is not of this type."""
    try:
        return _decoder(kind)(data)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise CorruptCache(str(error)) from error


check: Callable[[Any], int] = zlib.crc32
"""Return the checksum of some bytes."""


class _PackedValues:
    """Where the values of a section lie in one file."""

    __slots__ = ("_checks", "_data", "ends")

    def __init__(self, data: memoryview, section: _Section) -> None:
        lengths, self._data, self._checks = array("I"), data, array("I")
        lengths.frombytes(section.lengths)
        self._checks.frombytes(section.checks)
        self.ends = array("Q", accumulate(lengths, initial=section.at))
        """Where each value begins, and where the last one ends."""

    def __len__(self) -> int:
        return len(self._checks)

    def raw(self, n: int) -> memoryview:
        """Return the bytes of a value, whole."""
        found = self._data[self.ends[n] : self.ends[n + 1]]
        if check(found) != self._checks[n]:
            raise CorruptCache
        return found

    def holding(self, pieces: Sequence[bytes]) -> set[int]:
        """Return which values hold one of these bytes, found without unpacking any."""
        whole: Any = self._data.obj  # bytes and maps of files find alike
        ends, last = self.ends, self.ends[-1]
        found: set[int] = set()
        for piece in pieces:
            at = whole.find(piece, ends[0], last)
            while at >= 0:
                n = bisect_right(ends, at) - 1
                found.add(n)
                at = whole.find(piece, ends[n + 1], last)
        return found


class CacheFile:
    """The files that earlier runs have left, the first with all values and the others with changes, read as one. Unpacks values on request."""

    def __init__(self, files: Sequence[Any]) -> None:
        """`files` are bytes or maps of files. `CorruptCache` where one of them is not whole, or does not add to the one before."""
        self._files = [memoryview(file) for file in files]
        self._indexes: list[_Index] = []
        self.last = 0
        for data in self._files:
            index, self.last = _index(data, self.last)
            self._indexes.append(index)
        self._ordered: dict[tuple[int, int], dict[Any, int]] = {}

    def __contains__(self, name: object) -> bool:
        return any(name in index.sections for index in self._indexes)

    def check(self) -> None:
        """Check everything once. Raises `CorruptCache` if something is not whole."""
        for data, index in zip(self._files, self._indexes, strict=True):
            for section in index.sections.values():
                values = _PackedValues(data, section)
                for n in range(len(values)):
                    values.raw(n)

    def is_mapping(self, name: str) -> bool:
        """Return whether a section has values by key. Raises `CorruptCache` if there is no such section."""
        return next(self._sections(name))[1].keys != _SINGLE

    def value(self, name: str, kind: Any) -> Any:
        """Return the value of a section that has a single one. Raises `CorruptCache` if it has not."""
        return decode(self.raw_value(name), kind)

    def raw_value(self, name: str) -> memoryview:
        """Return the bytes of such a value."""
        n, section = next(self._sections(name))
        return _PackedValues(self._files[n], section).raw(0)

    def order(self, name: str, keys: Any) -> dict[Any, int]:
        """Return the keys of a section, of the type `keys`; one object for all sections with the same."""
        return self._order(name, keys, len(self._files) - 1)

    def byte_ranges(self, name: str, keys: Any, wanted: Collection[Hashable]) -> list[list[tuple[int, int]]]:
        """Return where in each file the values of some keys of a section lie."""
        found: list[list[tuple[int, int]]] = [[] for _ in self._files]
        for n, section in self._sections(name):
            ends, there = _PackedValues(self._files[n], section).ends, self._keys_in(name, keys, n, section)
            found[n] = [(ends[at], ends[at + 1]) for at, key in enumerate(there) if key in wanted]
        return found

    def lazy_map(self, name: str, keys: Any, kind: Any) -> LazyMap[Any, Any]:
        """Return the mapping in a section; its values, of the type `kind`, are unpacked when they are looked at. `CorruptCache` then, where one is not whole."""
        raw = self.raw_values(name, keys)
        return LazyMap(self.order(name, keys), lambda key: decode(raw(key), kind))

    def raw_values(self, name: str, keys: Any) -> Callable[[Hashable], memoryview]:
        """Return what finds the bytes of a key's value."""
        later: dict[Any, tuple[_PackedValues, int]] = {}
        *added, (first, section) = self._sections(name)
        for n, newer in added:
            values = _PackedValues(self._files[n], newer)
            for at, key in enumerate(self._keys_in(name, keys, n, newer)):
                later.setdefault(key, (values, at))
        order, whole = self._order(name, keys, first), _PackedValues(self._files[first], section)

        def find(key: Hashable) -> memoryview:
            values, at = later.get(key) or (whole, order.get(key))
            if at is None:
                raise CorruptCache
            return values.raw(at)

        return find

    def holding(self, name: str, keys: Any, pieces: Iterable[bytes]) -> set[Any]:
        """Return the keys whose values hold one of these bytes, or may."""
        wanted = list(pieces)
        found: set[Any] = set()
        for n, section in self._sections(name):
            if numbers := _PackedValues(self._files[n], section).holding(wanted):
                there = self._keys_in(name, keys, n, section)
                found.update(there[at] for at in numbers)
        return found

    def _sections(self, name: str) -> Iterator[tuple[int, _Section]]:
        """Yield a section in each file that has values of it, with the file's number, the newest first, as far as the one that has all. Raises `CorruptCache` if there is none."""
        for n in range(len(self._files) - 1, -1, -1):
            section = self._indexes[n].sections.get(name)
            if section is not None:
                yield n, section
                if section.indexes is None:
                    return
        raise CorruptCache

    def _keys_in(self, name: str, keys: Any, n: int, section: _Section) -> list[Any]:
        """Return the keys of the values that the file `n` has of a section, in their order."""
        order = list(self._order(name, keys, n))
        if section.indexes is None:
            return order
        indexes = array("I")
        indexes.frombytes(section.indexes)
        return [order[index] for index in indexes]

    def _order(self, name: str, keys: Any, n: int) -> dict[Any, int]:
        """Return the keys that a section had after the file `n`."""
        for before in range(n, -1, -1):
            section = self._indexes[before].sections.get(name)
            if section is not None and section.keys != _AS_BEFORE:
                found = self._ordered.get((before, section.keys))
                if found is None:
                    lists = self._indexes[before].keys
                    if not 0 <= section.keys < len(lists):
                        raise CorruptCache
                    found = {key: index for index, key in enumerate(decode(lists[section.keys], list[keys]))}
                    self._ordered[before, section.keys] = found
                return found
        raise CorruptCache


def _index(data: memoryview, after: int) -> tuple[_Index, int]:
    size = len(data)
    if size < len(MARK) + _END.size or data[: len(MARK)] != MARK:
        raise CorruptCache
    at, length, checksum = _END.unpack(data[size - _END.size :])
    packed = data[at : at + length]
    if at + length + _END.size != size or check(packed) != checksum:
        raise CorruptCache
    index = decode(packed, _Index)
    if index.after != after:
        raise CorruptCache
    return index, checksum


_AT_ONCE = 256
"""Values that are written in one go."""


class CacheWriter:
    """Writes one file of a `CacheFile`."""

    def __init__(self, write: Callable[[bytes], object], after: int = 0) -> None:
        """`write` takes bytes, in order; `after` is `CacheFile.last` of what this adds to."""
        self._write = write
        self._after = after
        self._at = 0
        self._keys: dict[bytes, int] = {}
        self._known: dict[int, tuple[object, int]] = {}
        self._sections: dict[str, _Section] = {}
        self._put(MARK)

    def _put(self, data: bytes) -> None:
        self._write(data)
        self._at += len(data)

    def write_value(self, name: str, data: bytes) -> None:
        """Write a single value, packed."""
        self._write_section(name, _SINGLE, [data])

    def write_mapping(self, name: str, order: Mapping[Any, object], values: Iterable[bytes]) -> None:
        """Write all values of a mapping, packed, in the order of its keys."""
        self._write_section(name, self._keys_number(order), values)

    def write_changes(self, name: str, order: Mapping[Any, object] | None, fresh: Mapping[Any, bytes], known: Mapping[Any, int]) -> None:
        """Write the values that have changed; `order` has the keys if these differ, `known` the position of each key."""
        indexes = array("I", [known[key] for key in fresh]).tobytes()
        self._write_section(name, self._keys_number(order) if order is not None else _AS_BEFORE, fresh.values(), indexes)

    def _keys_number(self, order: Mapping[Any, object]) -> int:
        known = self._known.get(id(order))
        if known is None:
            packed = encode(list(order))
            known = self._known[id(order)] = order, self._keys.setdefault(packed, len(self._keys))
        return known[1]

    def _write_section(self, name: str, keys: int, values: Iterable[bytes], indexes: bytes | None = None) -> None:
        at, lengths, checks = self._at, array("I"), array("I")
        values = iter(values)
        while some := list(itertools.islice(values, _AT_ONCE)):
            lengths.extend(map(len, some))
            checks.extend(map(check, some))
            self._put(b"".join(some))
        self._sections[name] = _Section(keys, at, lengths.tobytes(), checks.tobytes(), indexes)

    @property
    def section_count(self) -> int:
        """Number of sections that were written."""
        return len(self._sections)

    def end(self) -> int:
        """Write the index; return its checksum."""
        packed = encode(_Index(self._after, tuple(msgspec.Raw(key) for key in self._keys), self._sections))
        checksum = check(packed)
        self._write(packed + _END.pack(self._at, len(packed), checksum))
        return checksum
