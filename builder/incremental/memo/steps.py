"""Memoised operations on mappings and records, by step name; see `Memory`."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import chain
from operator import is_
from typing import Any, NamedTuple, TypeVar

from builder.incremental.memo.inverted import invert_links, keeps_order, update_index
from builder.incremental.memo.lazy_maps import alike_keys, changed_keys, equal_in_order, is_identical, same, updated
from builder.incremental.memo.persistent import DERIVED, PARTS, CacheSection, PersistentMemory

_Key = TypeVar("_Key", bound=Hashable)
_Other = TypeVar("_Other", bound=Hashable)
_Owner = TypeVar("_Owner", bound=Hashable)
_Given = TypeVar("_Given")
_Item = TypeVar("_Item")
_Made = TypeVar("_Made")

Pairs = tuple[tuple[_Key, _Item], ...]
"""Pairs of a key and an item, which one record has of others."""


class Memory(PersistentMemory):
    """The inputs and results of each step of the last run, by the step's name. What a run did not use is forgotten."""

    # --- one thing at a time ------------------------------------------------

    def compute(self, step: str, given: _Given, make: Callable[[_Given], _Made], kind: Any = None, keys: Any = str) -> _Made:
        """Return `make(given)`; the result of the last run if its input was equal.

        `kind` is the type of the result, or of its values if it is a mapping; `keys` is the type of its keys. Without `kind` nothing is stored on disk.
        """
        before = self._before.get(step)
        old: Any = before[1] if before is not None else None
        is_same = before is not None and equal_in_order(before[0], given)
        if before is None and kind is not None and step in self._steps:
            old = self._loaded[step] = self._load_stored(step, keys, kind)
            is_same = self._is_unchanged(self._steps[step], given)
        made: _Made = old if is_same else same(make(given), old)
        self.set_current(step, (given, made))
        if kind is not None:
            self._note(step, self._comparable(given), made, kind, keys)
        return made

    def keys_with_values(self, step: str, values: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the keys of a mapping whose values are neither None nor False, in order."""
        return self.compute(step, values, _chosen, tuple[str, ...])

    def backdate(self, step: str, result: _Made, kind: Any = None, keys: Any = str) -> _Made:
        """Return the result of the step in the last run if it equals `result`, else `result`."""
        return self.compute(step, object(), lambda _: result, kind, keys)

    def changed_fields(self, step: str, whole: Any) -> "dict[str, MapChange | None] | None":
        """Record the fields of a record, and return the differences of each from the last run, by its name: None if they are unknown.

        Returns None if there was no last run, or nothing is known of it.
        """
        now = {name: getattr(whole, name) for name in whole.__struct_fields__}
        before: dict[str, Any] | None = self._before.get(step)
        if before is None and step in self._steps:
            before = {}
            for name, given in self._steps[step].items():
                if isinstance(given, str) and given in self._loaded:
                    before[name] = self._loaded[given]
                elif name in now and self._is_unchanged(given, now[name]):
                    before[name] = now[name]
                elif name in now and isinstance(now[name], tuple):
                    before[name] = ()
        self.set_current(step, now)
        self._inputs[step] = {name: self._comparable(value) for name, value in now.items()}
        if before is None:
            return None
        changed: dict[str, MapChange | None] = {}
        for name, value in now.items():
            if name not in before:
                changed[name] = None
            elif value is not (old := before[name]) and (isinstance(value, Mapping) or value != old):
                changed[name] = _change(value, old)
        return changed

    # --- many things, each by its key ------------------------------------------------

    def map_values(
        self, step: str, given: Mapping[_Key, _Given], make: Callable[[_Given], _Made], kind: Any = None, keys: Any = str
    ) -> Mapping[_Key, _Made]:
        """Return `make(value)` for each value of `given`, by its key and in its order; unchanged values keep the results of the last run.

        `kind` is the type of the results, or `DERIVED`, and `keys` that of the keys. Without `kind` nothing is stored on disk.
        """
        return self._map(step, (given,), make, kind, keys)

    def map_pairs(
        self, step: str, record: Mapping[_Key, Any], other: Mapping[_Key, Any], make: Callable[[Any, Any], _Made]
    ) -> Mapping[_Key, _Made]:
        """Return `make(value of one, value of other)` for each key of two mappings with the same keys."""
        return self._map(step, (record, other), make, DERIVED, str)

    def _map(self, step: str, given: tuple[Mapping[Any, Any], ...], make: Callable[..., Any], kind: Any, keys: Any) -> Mapping[Any, Any]:
        before = self.previous_values(step, kind, keys, make)
        made: Mapping[Any, Any]
        if before is None:
            others = given[1:]
            made = {key: make(value, *[other[key] for other in others]) for key, value in given[0].items()}
        elif all(map(is_, given, before[0])):
            made = before[1]
        else:
            old_given, old_made = before
            fresh = {}
            for key in dict.fromkeys(chain.from_iterable(map(changed_keys, given, old_given))):
                now = [record[key] for record in given]
                if key not in old_made or now != [record[key] for record in old_given]:
                    found = same(make(*now), old_made.get(key))
                    if key not in old_made or found is not old_made[key]:
                        # An equal result is the old object, and so is the mapping if all results are.
                        fresh[key] = found
            made = updated(old_made, given[0], fresh)
        self.store_values(step, given, made, kind, keys)
        return made

    def previous_values(
        self, step: str, kind: Any, keys: Any = str, make: Callable[..., Any] | None = None
    ) -> tuple[tuple[Mapping[Any, Any], ...], Mapping[Any, Any]] | None:
        """Return the inputs of the last run and what was made of each, by key; None if they are unknown. `make` is what makes them, if they are `DERIVED`."""

        def recalled(given: list[Mapping[Any, Any]]) -> tuple[Any, ...]:
            if make is not None and kind is DERIVED:
                return tuple(given), self._derived(given[0], lambda key: make(*[record[key] for record in given]))
            return tuple(given), self._load_stored(step, keys, kind)

        return self._recalled(step, recalled)

    def store_values(self, step: str, given: tuple[Mapping[Any, Any], ...], made: Mapping[Any, Any], kind: Any, keys: Any = str) -> None:
        """Store the inputs of a step and what was made of each, for `previous_values`. Without `kind` nothing is stored on disk."""
        self.set_current(step, (given, made))
        if kind is not None:
            self._note(step, [list(map(self._comparable, given))], made, kind, keys)

    def previous_inputs(self, step: str, now: Mapping[str, Mapping[Any, Any]]) -> Mapping[str, Mapping[Any, Any]] | None:
        """Record some mappings, each by a name, and return those of the last run; None if there was none."""
        before: Mapping[str, Mapping[Any, Any]] | None = self._before.get(step)
        if before is None and step in self._steps and all(name in self._loaded for name in self._steps[step].values()):
            before = {name: self._loaded[of] for name, of in self._steps[step].items()}
        self.set_current(step, now)
        self._inputs[step] = {name: self._comparable(record) for name, record in now.items()}
        return before

    def select(
        self, step: str, keys: tuple[_Other, ...], origins: tuple[_Key, ...], origin_values: Mapping[_Key, Any]
    ) -> Mapping[_Other, Any]:
        """Return `{key: origin_values[origin]}`, with the origin of each key."""
        origin_of = dict(zip(keys, origins, strict=True))

        def recalled(given: list[Mapping[Any, Any]], old_keys: Any, old_origins: Any) -> tuple[Any, ...]:
            were = dict(zip(old_keys, old_origins, strict=True))
            return were, given[0], self._derived(were, lambda key: given[0][were[key]])

        before = self._recalled(step, recalled)
        made: Mapping[_Other, Any]
        if before is None:
            made = {key: origin_values[origin] for key, origin in origin_of.items()}
        else:
            were, old_values, old_made = before
            others = set(changed_keys(origin_values, old_values))
            is_same = not others and origin_of == were
            fresh = (
                {}
                if is_same
                else {key: origin for key, origin in origin_of.items() if origin in others or key not in were or were[key] != origin}
            )
            made = updated(old_made, origin_of, {key: origin_values[origin] for key, origin in fresh.items()})
        self.set_current(step, (origin_of, origin_values, made))
        self._note(step, [[self._comparable(origin_values)], keys, origins], made)
        return made

    def union(self, step: str, parts: Mapping[str, Mapping[_Key, _Item]]) -> Mapping[tuple[str, _Key], _Item]:
        """Return `{(tag, key): value}` of several mappings, each by its tag, in their order."""

        def recalled(given: list[Mapping[Any, Any]], tags: Any) -> tuple[Any, ...]:
            old = dict(zip(tags, given, strict=True))
            return old, self._derived({(tag, key): None for tag, part in old.items() for key in part}, lambda key: old[key[0]][key[1]])

        before = self._recalled(step, recalled)
        made: Mapping[tuple[str, _Key], _Item]
        if before is None or list(before[0]) != list(parts):
            made = {(tag, key): value for tag, part in parts.items() for key, value in part.items()}
        else:
            old_parts, made = before
            if any(part is not old_parts[tag] for tag, part in parts.items()):
                fresh = {(tag, key): part[key] for tag, part in parts.items() for key in changed_keys(part, old_parts[tag])}
                is_same = all(alike_keys(part, old_parts[tag]) for tag, part in parts.items())
                made = updated(made, made if is_same else {(tag, key): None for tag, part in parts.items() for key in part}, fresh)
        self.set_current(step, (dict(parts), made))
        self._note(step, [list(map(self._comparable, parts.values())), list(parts)], made)
        return made

    def flat_map(self, step: str, given: Mapping[_Key, Pairs[_Other, _Item]], kind: Any, keys: Any) -> Mapping[_Other, _Item]:
        """Return all pairs of all values as one mapping, in their order. No two pairs have the same key, of the type `keys`; `kind` is that of their items."""
        before = self._recalled(
            step, lambda old: (old[0], self._load_stored(step + PARTS, str, tuple[keys, ...]), self._load_stored(step, keys, kind))
        )
        parts: Mapping[_Key, tuple[_Other, ...]]
        made: Mapping[_Other, _Item]
        if before is None:
            parts = {owner: tuple(key for key, _ in pairs) for owner, pairs in given.items()}
            made = {key: item for pairs in given.values() for key, item in pairs}
        else:
            old_given, old_parts, old_made = before
            fresh = {owner: dict(given[owner]) for owner in changed_keys(given, old_given)}
            own_keys = {owner: tuple(own) for owner, own in fresh.items() if tuple(own) != old_parts.get(owner)}
            parts = updated(old_parts, given, own_keys)
            items = {key: item for own in fresh.values() for key, item in own.items()}
            made = updated(
                old_made,
                old_made if parts is old_parts else dict.fromkeys(chain.from_iterable(parts.values())),
                {key: item for key, item in items.items() if key not in old_made or not is_identical(old_made[key], item)},
            )
        self.set_current(step, (given, parts, made))
        self._note(step, [[self._comparable(given)]], made, kind, keys)
        self._sections[step + PARTS] = CacheSection(parts, tuple[keys, ...], str)
        return made

    def invert(
        self,
        step: str,
        links: Mapping[_Owner, Pairs[_Key, _Item]],
        finish: Callable[[Iterable[Any]], tuple[Any, ...]] = tuple,
        kind: Any = None,
        owners: Any = str,
        keys: Any = str,
    ) -> Mapping[_Key, tuple[Any, ...]]:
        """Turn links around: `{owner: ((key, item), …)}` into `{key: (item, …)}`, the items in the order of their owners.

        `finish` makes the tuple of a key from its items. The order of the keys themselves is not defined. `kind`, `owners` and `keys` are the types
        of items, owners and keys. Without `kind` nothing is stored on disk.
        """

        def recalled(given: list[Mapping[Any, Any]]) -> tuple[Any, ...]:
            old = self._load_stored(step + PARTS, keys, tuple[list[owners], list[kind]])
            return given[0], old, self._derived(old, lambda key: finish(old[key][1]))

        before = self._recalled(step, recalled)
        found: Mapping[_Key, tuple[list[_Owner], list[_Item]]]
        made: Mapping[_Key, tuple[Any, ...]]
        if before is not None and keeps_order(before[0], links):
            found, made = update_index(before, links, finish)
        else:
            found = invert_links(links)
            made = {key: finish(items) for key, (_, items) in found.items()}
            if before is not None:
                made = {key: same(items, before[2].get(key)) for key, items in made.items()}
        self.set_current(step, (links, found, made))
        if kind is not None:
            self._note(step, [[self._comparable(links)]], made)
            self._sections[step + PARTS] = CacheSection(found, tuple[list[owners], list[kind]], keys)
        return made

    def _recalled(self, step: str, load: Callable[..., tuple[Any, ...]]) -> tuple[Any, ...] | None:
        """Return what a step stored in the last run of this process, or `load(its inputs, …)` in the one before, which ends with its result; None if they are unknown."""
        before: tuple[Any, ...] | None = self._before.get(step)
        if before is None and step in self._steps:
            names, *rest = self._steps[step]
            if all(name in self._loaded for name in names):
                before = load([self._loaded[name] for name in names], *rest)
                self._loaded[step] = before[-1]
        return before


def _chosen(given: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(key for key, found in given.items() if found is not None and found is not False)


class MapChange(NamedTuple):
    """The differences between two mappings, or between two lists."""

    keys: tuple[Any, ...]
    """Keys whose values are others, new or gone."""
    order: bool
    """Whether keys came, went or changed places."""


def _change(now: Any, before: Any) -> MapChange | None:
    if isinstance(now, Mapping) and isinstance(before, Mapping):
        if alike_keys(now, before):
            return MapChange(tuple(changed_keys(now, before)), order=False)
        return MapChange((*changed_keys(now, before), *(key for key in before if key not in now)), order=True)
    return MapChange((), order=True) if isinstance(now, tuple) and isinstance(before, tuple) else None
