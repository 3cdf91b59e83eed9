"""Cache files: the results of a run as packed values on disk, each of which is found without unpacking the others.

A run leaves a file: sections by name, each a mapping of which every value is packed and can be found alone, or one value. The next run adds a file with what
has changed since, and so on; `CacheFile` sees them as one. Each value has a checksum of its own, so a file need not be read to know that it is whole:

    mark · values, one after another · index (names, keys, lengths, checksums) · where the index lies, and its checksum

Values are plain and checked against their types when they are unpacked; nothing in them is run.
"""

import functools
import itertools
import struct
import zlib
from array import array
from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from functools import partial
from itertools import accumulate
from typing import Any

import msgspec

from builder.incremental.memo.lazy_maps import LazyMap

MARK = b"Backstory memory 1\n"
_END = struct.Struct("<QQI")
_ONE, _AS_BEFORE = -1, -2
"""In the place of a list of keys: of one value alone; and of a section whose keys are those of the file before."""

encode = msgspec.msgpack.Encoder().encode


class CorruptCache(Exception):
    """A cache file is damaged, or was not written by Backstory."""


class _Section(msgspec.Struct, frozen=True, array_like=True):
    keys: int
    """Which of the index's lists of keys, or `_ONE` or `_AS_BEFORE`."""
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

    __slots__ = ("_checks", "_data", "_ends", "_lengths", "_start")

    def __init__(self, data: memoryview, section: _Section) -> None:
        self._data, self._start = data, section.at
        self._lengths, self._checks = array("I"), array("I")
        self._lengths.frombytes(section.lengths)
        self._checks.frombytes(section.checks)
        self._ends: list[int] | None = None

    def __len__(self) -> int:
        return len(self._lengths)

    def raw(self, n: int) -> memoryview:
        """Return the bytes of a value, whole."""
        if self._ends is None:
            self._ends = list(accumulate(self._lengths, initial=self._start))
        found = self._data[self._ends[n] : self._ends[n + 1]]
        if check(found) != self._checks[n]:
            raise CorruptCache
        return found

    def byte_range(self, n: int) -> tuple[int, int]:
        """Return where the bytes of a value begin in the file, and where they end."""
        if self._ends is None:
            self._ends = list(accumulate(self._lengths, initial=self._start))
        return self._ends[n], self._ends[n + 1]

    def holding(self, pieces: Sequence[bytes]) -> set[int]:
        """Return which values hold one of these bytes, found without unpacking any."""
        whole: Any = self._data.obj  # bytes and maps of files find alike
        if self._ends is None:
            self._ends = list(accumulate(self._lengths, initial=self._start))
        ends, last = self._ends, self._ends[-1]
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
        self._files = [memoryview(one) for one in files]
        self._indexes: list[_Index] = []
        self.last = 0
        for data in self._files:
            index, self.last = _index(data, self.last)
            self._indexes.append(index)
        self._ordered: dict[tuple[int, int], dict[Any, int]] = {}

    def __len__(self) -> int:
        return len(self._files)

    def __contains__(self, name: object) -> bool:
        return any(name in index.sections for index in self._indexes)

    def names(self) -> set[str]:
        """Return the names of all sections."""
        return {name for index in self._indexes for name in index.sections}

    def check(self) -> None:
        """Look at everything once. Raises `CorruptCache` if something is not whole."""
        for data, index in zip(self._files, self._indexes, strict=True):
            for section in index.sections.values():
                values = _PackedValues(data, section)
                for n in range(len(values)):
                    values.raw(n)

    def is_mapping(self, name: str) -> bool:
        """Return whether a section has values by key. Raises `CorruptCache` if there is no such section."""
        for index in reversed(self._indexes):
            section = index.sections.get(name)
            if section is not None:
                return section.keys != _ONE
        raise CorruptCache

    def one(self, name: str, kind: Any) -> Any:
        """Return the value of a section that has a single one. Raises `CorruptCache` if it has not."""
        return decode(self.one_raw(name), kind)

    def one_raw(self, name: str) -> memoryview:
        """Return the bytes of such a value."""
        for data, index in zip(reversed(self._files), reversed(self._indexes), strict=True):
            section = index.sections.get(name)
            if section is not None:
                return _PackedValues(data, section).raw(0)
        raise CorruptCache

    def order(self, name: str, keys: Any) -> dict[Any, int]:
        """Return the keys of a section, of the type `keys`; one object for all sections that were filed by the same."""
        for n in range(len(self._files) - 1, -1, -1):
            section = self._indexes[n].sections.get(name)
            if section is not None and section.keys != _AS_BEFORE:
                return self._order(n, section.keys, keys)
        raise CorruptCache

    def _order(self, n: int, at: int, keys: Any) -> dict[Any, int]:
        found = self._ordered.get((n, at))
        if found is None:
            lists = self._indexes[n].keys
            if not 0 <= at < len(lists):
                raise CorruptCache
            found = self._ordered[n, at] = {key: index for index, key in enumerate(decode(lists[at], list[keys]))}
        return found

    def byte_ranges(self, name: str, keys: Any) -> dict[Any, tuple[int, int]]:
        """Return where in the first file the value of each key lies."""
        *_, (values, keys_of) = self._layers(name, keys)
        return {key: values.byte_range(n) for n, key in enumerate(keys_of())}

    def lazy_map(self, name: str, keys: Any, kind: Any) -> LazyMap[Any, Any]:
        """Return the mapping in a section; its values, of the type `kind`, are unpacked when they are looked at. `CorruptCache` then, where one is not whole."""
        raw = self.raw(name, keys)
        return LazyMap(self.order(name, keys), lambda key: decode(raw(key), kind))

    def raw(self, name: str, keys: Any) -> Callable[[Hashable], memoryview]:
        """Return what finds the bytes of a key's value."""
        later: dict[Any, tuple[_PackedValues, int]] = {}
        *added, (whole, _) = self._layers(name, keys)
        for values, keys_of in added:
            for n, key in enumerate(keys_of()):
                later.setdefault(key, (values, n))
        first = self._keys_of(name, keys)

        def find(key: Hashable) -> memoryview:
            found = later.get(key)
            if found is not None:
                return found[0].raw(found[1])
            n = first.get(key)
            if n is None:
                raise CorruptCache
            return whole.raw(n)

        return find

    def holding(self, name: str, keys: Any, pieces: Iterable[bytes]) -> set[Any]:
        """Return the keys whose values hold one of these bytes, or may."""
        wanted = list(pieces)
        found: set[Any] = set()
        for values, keys_of in self._layers(name, keys):
            numbers = values.holding(wanted)
            if numbers:
                there = keys_of()
                found.update(there[n] for n in numbers)
        return found

    def _layers(self, name: str, keys: Any) -> Iterable[tuple[_PackedValues, Callable[[], list[Any]]]]:
        """Yield the files that have values of a section, the newest first, as far as the one that has all; each with what tells whose they are."""
        for n in range(len(self._files) - 1, -1, -1):
            section = self._indexes[n].sections.get(name)
            if section is None:
                continue
            if section.indexes is None:
                yield _PackedValues(self._files[n], section), lambda: list(self._keys_of(name, keys))
                return
            yield _PackedValues(self._files[n], section), partial(self._placed, name, keys, n, section.indexes)
        raise CorruptCache

    def _placed(self, name: str, keys: Any, n: int, packed: bytes) -> list[Any]:
        order = list(self._order_at(name, keys, n))
        indexes = array("I")
        indexes.frombytes(packed)
        return [order[index] for index in indexes]

    def _order_at(self, name: str, keys: Any, n: int) -> dict[Any, int]:
        """Return the keys that a section had after the file `n`."""
        for before in range(n, -1, -1):
            section = self._indexes[before].sections.get(name)
            if section is not None and section.keys != _AS_BEFORE:
                return self._order(before, section.keys, keys)
        raise CorruptCache

    def _keys_of(self, name: str, keys: Any) -> dict[Any, int]:
        """Return the keys of the newest file that has all values of a section."""
        for n in range(len(self._files) - 1, -1, -1):
            section = self._indexes[n].sections.get(name)
            if section is not None and section.indexes is None:
                return self._order(n, section.keys, keys)
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

    def one(self, name: str, value: Any) -> None:
        """File a value alone."""
        self._file(name, _ONE, [encode(value)])

    def raw(self, name: str, data: bytes) -> None:
        """File a value that is packed already."""
        self._file(name, _ONE, [data])

    def all(self, name: str, order: Mapping[Any, object], values: Iterable[bytes]) -> None:
        """File all values of a mapping, packed, in the order of its keys."""
        self._file(name, self._listed(order), values)

    def some(self, name: str, order: Mapping[Any, object] | None, fresh: Mapping[Any, bytes], known: Mapping[Any, int]) -> None:
        """Write the values that have changed; `order` has the keys if these differ, `known` the position of each key."""
        indexes = array("I", [known[key] for key in fresh]).tobytes()
        self._file(name, self._listed(order) if order is not None else _AS_BEFORE, fresh.values(), indexes)

    def _listed(self, order: Mapping[Any, object]) -> int:
        known = self._known.get(id(order))
        if known is None:
            packed = encode(list(order))
            known = self._known[id(order)] = order, self._keys.setdefault(packed, len(self._keys))
        return known[1]

    def _file(self, name: str, keys: int, values: Iterable[bytes], indexes: bytes | None = None) -> None:
        at, lengths, checks = self._at, array("I"), array("I")
        values = iter(values)
        while some := list(itertools.islice(values, _AT_ONCE)):
            lengths.extend(map(len, some))
            checks.extend(map(check, some))
            self._put(b"".join(some))
        self._sections[name] = _Section(keys, at, lengths.tobytes(), checks.tobytes(), indexes)

    @property
    def sections(self) -> int:
        """How many were filed."""
        return len(self._sections)

    def end(self) -> int:
        """Write the index; return its checksum."""
        packed = encode(_Index(self._after, tuple(msgspec.Raw(one) for one in self._keys), self._sections))
        checksum = check(packed)
        self._write(packed + _END.pack(self._at, len(packed), checksum))
        return checksum
