"""Memoised operations on mappings and records, by step name; see `Memory`."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, NamedTuple, TypeVar

from builder.incremental.memo.inverted import gathered, keeps_order, mended
from builder.incremental.memo.lazy_maps import alike_keys, changed_keys, equal_in_order, same, updated
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
        made: _Made
        if before is None and kind is not None and step in self._steps:
            old = self._load_filed(step, keys, kind)
            made = old if self._is_former(self._steps[step], given) else same(make(given), old)
            self._former[step] = old
        elif before is None:
            made = make(given)
        elif equal_in_order(before[0], given):
            made = before[1]
        else:
            made = same(make(given), before[1])
        self.set_current(step, (given, made))
        if kind is not None:
            self._note(step, self._named(given), made, kind, keys)
        return made

    def keys_with_values(self, step: str, values: Mapping[str, Any]) -> tuple[str, ...]:
        """Return the keys of a mapping whose values are neither None nor False, in order."""
        return self.compute(step, values, _chosen, tuple[str, ...])

    def backdate(self, step: str, result: _Made, kind: Any = None, keys: Any = str) -> _Made:
        """Return the result of the step in the last run if it equals `result`, else `result`."""
        before = self._before.get(step)
        if before is None and kind is not None and step in self._steps:
            before = self._former[step] = self._load_filed(step, keys, kind)
        result = same(result, before)
        self.set_current(step, result)
        if kind is not None:
            self._note(step, b"", result, kind, keys)
        return result

    def changed_fields(self, step: str, whole: Any) -> "dict[str, MapChange | None] | None":
        """Record the fields of a record, and return the differences of each from the last run, by its name: None if they are unknown.

        Returns None if there was no last run, or nothing is known of it.
        """
        now = {name: getattr(whole, name) for name in whole.__struct_fields__}
        before: dict[str, Any] | None = self._before.get(step)
        if before is None and step in self._steps:
            before = {}
            for name, given in self._steps[step].items():
                if isinstance(given, str) and given in self._former:
                    before[name] = self._former[given]
                elif name in now and self._is_former(given, now[name]):
                    before[name] = now[name]
                elif name in now and isinstance(now[name], tuple):
                    before[name] = ()
        self.set_current(step, now)
        self._givens[step] = {name: self._named(value) for name, value in now.items()}
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
        before = self.previous_values(step, kind, keys, make)
        made: Mapping[_Key, _Made]
        if before is None:
            made = {key: make(one) for key, one in given.items()}
        elif before[0] is given:
            made = before[1]
        else:
            old_given, old_made = before
            fresh: dict[_Key, _Made] = {}
            for key in changed_keys(given, old_given):
                if key not in old_made:
                    fresh[key] = make(given[key])
                elif given[key] != old_given[key]:
                    found = same(make(given[key]), old_made[key])
                    if found is not old_made[key]:
                        # An equal result is the old object, and so is the mapping if all results are.
                        fresh[key] = found
            made = updated(old_made, given, fresh)
        self.store_values(step, given, made, kind, keys)
        return made

    def previous_values(
        self, step: str, kind: Any, keys: Any = str, make: Callable[[Any], Any] | None = None
    ) -> tuple[Mapping[Any, Any], Mapping[Any, Any]] | None:
        """Return the inputs of the last run and what was made of each, by key; None if they are unknown. `make` is what makes them, if they are `DERIVED`."""
        before: tuple[Mapping[Any, Any], Mapping[Any, Any]] | None = self._before.get(step)
        old_given = self._former.get(self._steps[step]) if before is None and step in self._steps else None
        if old_given is not None:
            old_made = (
                self._load_filed(step, keys, kind)
                if make is None or kind is not DERIVED
                else self._derived(old_given, lambda key: make(old_given[key]))
            )
            self._former[step] = old_made
            before = old_given, old_made
        return before

    def store_values(self, step: str, given: Mapping[Any, Any], made: Mapping[Any, Any], kind: Any, keys: Any = str) -> None:
        """Store the inputs of a step and what was made of each, for `previous_values`. Without `kind` nothing is stored on disk."""
        self.set_current(step, (given, made))
        if kind is not None:
            self._note(step, self._named(given), made, kind, keys)

    def map_pairs(
        self, step: str, one: Mapping[_Key, Any], other: Mapping[_Key, Any], make: Callable[[Any, Any], _Made]
    ) -> Mapping[_Key, _Made]:
        """Return `make(value of one, value of other)` for each key of two mappings with the same keys."""
        before = self._before.get(step)
        if before is None and step in self._steps and all(name in self._former for name in self._steps[step]):
            old_one, old_other = (self._former[name] for name in self._steps[step])
            old_made = self._former[step] = self._derived(old_one, lambda key: make(old_one[key], old_other[key]))
            before = old_one, old_other, old_made
        made: Mapping[_Key, _Made]
        if before is None:
            made = {key: make(value, other[key]) for key, value in one.items()}
        else:
            old_one, old_other, old_made = before
            again = dict.fromkeys((*changed_keys(one, old_one), *changed_keys(other, old_other)))
            made = updated(old_made, one, {key: make(one[key], other[key]) for key in again})
        self.set_current(step, (one, other, made))
        self._note(step, [self._named(one), self._named(other)], made)
        return made

    def previous_inputs(self, step: str, now: Mapping[str, Mapping[Any, Any]]) -> Mapping[str, Mapping[Any, Any]] | None:
        """Record some mappings, each by a name, and return those of the last run; None if there was none."""
        before: Mapping[str, Mapping[Any, Any]] | None = self._before.get(step)
        if before is None and step in self._steps and all(name in self._former for name in self._steps[step].values()):
            before = {name: self._former[of] for name, of in self._steps[step].items()}
        self.set_current(step, now)
        self._givens[step] = {name: self._named(one) for name, one in now.items()}
        return before

    def select(
        self, step: str, keys: tuple[_Other, ...], origins: tuple[_Key, ...], origin_values: Mapping[_Key, Any]
    ) -> Mapping[_Other, Any]:
        """Return `{key: found[origin]}`."""
        before = self._before.get(step)
        if before is None and step in self._steps:
            name, old_keys, old_origins = self._steps[step]
            if name in self._former:
                old_found, old_origins = self._former[name], tuple(old_origins)
                origin_of = dict(zip(old_keys, old_origins, strict=True))
                old_made = self._derived(origin_of, lambda key: old_found[origin_of[key]])
                self._former[step] = old_made
                before = tuple(old_keys), old_origins, old_found, old_made
        made: Mapping[_Other, Any]
        if before is None:
            made = dict(zip(keys, map(origin_values.__getitem__, origins), strict=True))
        else:
            old_keys, old_origins, old_found, old_made = before
            others = set(changed_keys(origin_values, old_found))
            if keys == old_keys and origins == old_origins:
                made = updated(
                    old_made,
                    old_made,
                    {key: origin_values[origin] for key, origin in zip(keys, origins, strict=True) if origin in others} if others else {},
                )
            else:
                were = dict(zip(old_keys, old_origins, strict=True))
                origin_by_key = dict(zip(keys, origins, strict=True))
                made = updated(
                    old_made,
                    origin_by_key,
                    {
                        key: origin_values[origin]
                        for key, origin in origin_by_key.items()
                        if were.get(key) != origin or origin in others or key not in were
                    },
                )
        self.set_current(step, (keys, origins, origin_values, made))
        self._note(step, [self._named(origin_values), keys, origins] if self._named(origin_values) else None, made)
        return made

    def union(self, step: str, parts: Mapping[str, Mapping[_Key, _Item]]) -> Mapping[tuple[str, _Key], _Item]:
        """Return `{(tag, key): value}` of several mappings, each by its tag, in their order."""
        before = self._before.get(step)
        if before is None and step in self._steps and all(name in self._former for name in self._steps[step].values()):
            old_parts = {tag: self._former[name] for tag, name in self._steps[step].items()}
            old_made = self._derived(
                {(tag, key): None for tag, part in old_parts.items() for key in part}, lambda key: old_parts[key[0]][key[1]]
            )
            self._former[step] = old_made
            before = old_parts, old_made
        made: Mapping[tuple[str, _Key], _Item]
        if before is None or list(before[0]) != list(parts):
            made = {(tag, key): value for tag, part in parts.items() for key, value in part.items()}
        else:
            old_parts, old_made = before
            if all(part is old_parts[tag] for tag, part in parts.items()):
                made = old_made
            else:
                fresh = {(tag, key): part[key] for tag, part in parts.items() for key in changed_keys(part, old_parts[tag])}
                keys = old_made if all(alike_keys(part, old_parts[tag]) for tag, part in parts.items()) else None
                made = updated(
                    old_made, keys if keys is not None else {(tag, key): None for tag, part in parts.items() for key in part}, fresh
                )
        self.set_current(step, (dict(parts), made))
        self._note(step, {tag: self._named(part) for tag, part in parts.items()}, made)
        return made

    def flat_map(self, step: str, given: Mapping[_Key, Pairs[_Other, _Item]], kind: Any, keys: Any) -> Mapping[_Other, _Item]:
        """Return all pairs of all values as one mapping, in their order. No two pairs have the same key, of the type `keys`; `kind` is that of their items."""
        before = self._before.get(step)
        if before is None and step in self._steps and self._steps[step] in self._former:
            old_given = self._former[self._steps[step]]
            old_parts = self._load_filed(step + PARTS, str, tuple[keys, ...])
            old_made = self._load_filed(step, keys, kind)
            self._former[step] = old_made
            before = old_given, old_parts, old_made
        parts: Mapping[_Key, tuple[_Other, ...]]
        made: Mapping[_Other, _Item]
        if before is None:
            parts = {owner: tuple(key for key, _ in pairs) for owner, pairs in given.items()}
            made = {key: item for pairs in given.values() for key, item in pairs}
        elif before[0] is given:
            _, parts, made = before
        else:
            old_given, old_parts, old_made = before
            fresh = {owner: dict(given[owner]) for owner in changed_keys(given, old_given)}
            parts = updated(
                old_parts,
                given,
                {owner: tuple(own) for owner, own in fresh.items() if owner not in old_parts or tuple(own) != old_parts[owner]},
            )
            order = old_made if parts is old_parts else {key: None for own in parts.values() for key in own}
            made = updated(
                old_made,
                order,
                {
                    key: item
                    for own in fresh.values()
                    for key, item in own.items()
                    if key not in old_made or (old_made[key] is not item and old_made[key] != item)
                },
            )
        self.set_current(step, (given, parts, made))
        self._note(step, self._named(given), made, kind, keys)
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
        before = self._before.get(step)
        if before is None and kind is not None and step in self._steps and self._steps[step] in self._former:
            old_found = self._load_filed(step + PARTS, keys, tuple[list[owners], list[kind]])
            old_made = self._derived(old_found.order, lambda key: finish(old_found[key][1]))
            before = self._former[self._steps[step]], old_found, old_made
            self._former[step] = old_made
        found: Mapping[_Key, tuple[list[_Owner], list[_Item]]]
        made: Mapping[_Key, tuple[Any, ...]]
        if before is not None and before[0] is links:
            _, found, made = before
        elif before is None or not keeps_order(before[0], links):
            found = gathered(links)
            made = {key: finish(items) for key, (_, items) in found.items()}
            if before is not None:
                made = {key: same(items, before[2].get(key)) for key, items in made.items()}
        else:
            found, made = mended(before, links, finish)
        self.set_current(step, (links, found, made))
        if kind is not None:
            self._note(step, self._named(links), made)
            self._sections[step + PARTS] = CacheSection(found, tuple[list[owners], list[kind]], keys)
        return made


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
