"""Mappings whose values are computed, or unpacked, on first access: of thousands, a build after an edit reads a few.

    LazyMap(keys, make)                          each value is `make(key)`, once
    updated(lazy_map, keys, {"nato": actor})      the same, but for what has changed

An updated mapping has its differences, so two runs are compared without reading equal values. Plain dictionaries can be used instead, and are faster if all values are read.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from itertools import compress
from operator import is_not
from typing import Any, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Item = TypeVar("_Item")
_Made = TypeVar("_Made")

_MISSING = object()


class LazyMap(Mapping[_Key, _Item]):
    """A mapping whose values are made on first access. `make` must return equal values for a key at each call."""

    __slots__ = ("_fresh", "_from", "_keys", "_live", "_make", "_moved")

    def __init__(self, keys: Mapping[_Key, object], make: Callable[[_Key], _Item]) -> None:
        """`keys` in their order; what they lead to is not looked at."""
        self._keys = keys
        self._make = make
        self._live: dict[_Key, _Item] = {}
        self._fresh: Mapping[_Key, object] = {}
        self._from: Mapping[_Key, _Item] | None = None
        self._moved: Mapping[_Key, object] = {}

    def __getitem__(self, key: _Key) -> _Item:
        found = self._live.get(key, _MISSING)
        if found is _MISSING:
            if key not in self._keys:
                raise KeyError(key)
            found = self._live[key] = self._make(key)
        return found  # type: ignore[return-value]  # no longer missing

    def get(self, key: _Key, default: Any = None) -> Any:
        """Return the value of a key, or `default` if there is none."""
        return self[key] if key in self._keys else default

    def __contains__(self, key: object) -> bool:
        return key in self._keys

    def __iter__(self) -> Iterator[_Key]:
        return iter(self._keys)

    def __len__(self) -> int:
        return len(self._keys)

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Mapping) and len(self) == len(other) and all(key in other for key in self) and not changed_keys(self, other)
        )

    def __reduce__(self) -> tuple[Any, ...]:
        # Where it is sent, the values cannot be made: they are sent along.
        return dict, (list(self.items()),)

    __hash__ = None  # type: ignore[assignment]  # as a dictionary has none

    @property
    def fresh(self) -> Mapping[_Key, object]:
        """The keys whose values differ from those of the mapping that it was made from."""
        return self._fresh

    @property
    def compute(self) -> Callable[[_Key], _Item]:
        """The function that makes the values that are not fresh."""
        return self._make

    @property
    def order(self) -> Mapping[_Key, object]:
        """The keys, as it was given them."""
        return self._keys

    def updated(self, keys: Mapping[_Key, object], fresh: Mapping[_Key, _Item]) -> "LazyMap[_Key, _Item]":
        """Return a LazyMap with these keys, in their order, and the values of `fresh` for some of them; see the function `updated`."""
        found: LazyMap[_Key, _Item] = LazyMap(keys, self._make)
        found._live = {**self._live, **fresh}
        found._fresh = {**self._fresh, **fresh}
        found._from, found._moved = self, fresh
        self._from, self._moved = None, {}  # no longer than from one run to the next
        return found

    def moved_from(self, before: object) -> Iterable[_Key] | None:
        """Return the keys whose values are others than before, if it was made by updating that; else None."""
        return self._moved if self._from is before else None


def updated(before: Mapping[_Key, _Item], keys: Mapping[_Key, object], fresh: Mapping[_Key, _Item]) -> Mapping[_Key, _Item]:
    """Return a mapping of `keys`, in their order, with the values of `fresh`, and those of `before` for all other keys. Returns `before` itself if nothing differs."""
    if alike_keys(before, keys):
        if not fresh:
            return before
        keys = before.order if isinstance(before, LazyMap) else before
    if isinstance(before, LazyMap):
        return before.updated(dict.fromkeys(keys) if not isinstance(keys, dict) else keys, fresh)
    return {key: fresh[key] if key in fresh else before[key] for key in keys}


def alike_keys(record: Mapping[_Key, object], other: Mapping[_Key, object]) -> bool:
    """Return whether two mappings have the same keys in the same order."""
    if isinstance(record, LazyMap):
        record = record.order
    if isinstance(other, LazyMap):
        other = other.order
    return record is other or (len(record) == len(other) and list(record) == list(other))


def changed_keys(now: Mapping[_Key, Any], before: Mapping[_Key, Any]) -> list[_Key]:
    """Return the keys whose values are new or others than before, in their order; also those that only may be others, if to know it takes long.

    Values are compared by identity first: most are unchanged, and thousands of records do not fit into the cache of a processor.
    """
    if now is before:
        return []
    if isinstance(now, LazyMap):
        known = now.moved_from(before)
        if known is not None:
            return list(known)
    elif isinstance(before, dict) and alike_keys(now, before):
        return list(compress(now, map(is_not, now.values(), before.values())))
    return [key for key in now if key not in before or not is_identical(now[key], before[key])]


def same(new: _Made, old: Any) -> _Made:
    """Return `old` if it equals `new`, else `new`: users of the result need only compare identity."""
    return old if old is not None and equal_in_order(old, new) else new


def equal_in_order(value: object, other: object) -> bool:
    """Return whether two things are equal; mappings in their order too, since steps walk through them."""
    if value is other:
        return True
    if isinstance(value, Mapping) and isinstance(other, Mapping):
        return alike_keys(value, other) and all(is_identical(value[key], other[key]) for key in changed_keys(value, other))
    return bool(value == other)


def is_identical(value: object, other: object) -> bool:
    """Return whether two things are the same or equal."""
    return value is other or bool(value == other)
