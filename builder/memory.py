"""What the steps of the last run made, for a run that is given nearly the same.

A preview walks the whole road at every save, and one file has changed. A pure step that is given what it was given before makes what it made before,
so it need not run; and what comes out equal *is* the old object, so that the next step sees at a glance that nothing came its way.
An empty memory changes nothing but the time it takes.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from itertools import compress
from operator import is_not
from typing import Any, TypeVar

_Key = TypeVar("_Key", bound=Hashable)
_Owner = TypeVar("_Owner", bound=Hashable)
_Given = TypeVar("_Given")
_Item = TypeVar("_Item")
_Made = TypeVar("_Made")

Pairs = tuple[tuple[_Key, _Item], ...]
"""What one record says of others: (whom, what)."""


class Memory:
    """What each step was given and made, by the step's name. Keeps the last run only: what that did not use is forgotten."""

    def __init__(self) -> None:
        self._before: dict[str, Any] = {}
        self._now: dict[str, Any] = {}

    def turn(self) -> None:
        """Begin a run."""
        self._before, self._now = self._now, {}

    def recall(self, step: str) -> Any:
        """Return what a step left with `keep` in the last run, or None."""
        return self._before.get(step)

    def keep(self, step: str, left: Any) -> None:
        """Leave something for the next run.

        Raises `ValueError` where another step of this run has the same name: each would be given what the other left.
        """
        if step in self._now:
            raise ValueError(f"two steps are called {step!r}")
        self._now[step] = left

    def whole(self, step: str, given: _Given, make: Callable[[_Given], _Made]) -> _Made:
        """Return what `make` makes of `given`, or made of its equal before."""
        before = self._before.get(step)
        made: _Made
        if before is None:
            made = make(given)
        elif _alike(before[0], given):
            made = before[1]
        else:
            made = same(make(given), before[1])
        self.keep(step, (given, made))
        return made

    def steady(self, step: str, made: _Made) -> _Made:
        """Return what was made by the step in the last run, where that equals `made`."""
        made = same(made, self._before.get(step))
        self.keep(step, made)
        return made

    def each(self, step: str, given: Mapping[_Key, _Given], make: Callable[[_Given], _Made]) -> dict[_Key, _Made]:
        """Do the same with each of many things; the result has the order of `given`."""
        before: tuple[Mapping[_Key, _Given], dict[_Key, _Made]] | None = self._before.get(step)
        if before is None:
            made = {key: make(one) for key, one in given.items()}
        elif before[0] is given:
            made = before[1]
        else:
            old_given, old_made = before
            if list(given) == list(old_given):
                made = old_made
                for key in others(given, old_given):
                    if given[key] == old_given[key]:
                        continue
                    found = same(make(given[key]), old_made[key])
                    if found is not old_made[key]:
                        # What comes out equal is the old object, and so is the whole where nothing else came out.
                        made = dict(old_made) if made is old_made else made
                        made[key] = found
            else:
                made = {}
                for key, one in given.items():
                    known = key in old_given
                    if known and (one is old_given[key] or one == old_given[key]):
                        made[key] = old_made[key]
                    else:
                        made[key] = same(make(one), old_made[key]) if known else make(one)
        self.keep(step, (given, made))
        return made

    def looked(self, step: str, whole: _Given, make: Callable[[_Given], _Made]) -> _Made:
        """Return what `make` makes of a record of many fields, or made before where each field that it looked at holds the same object."""
        before: tuple[_Given, frozenset[str], _Made] | None = self._before.get(step)
        if before is not None and all(getattr(whole, name) is getattr(before[0], name) for name in before[1]):
            self.keep(step, (whole, *before[1:]))
            return before[2]
        seen = _Looked(whole)
        made = make(seen)  # type: ignore[arg-type]  # it has the same fields
        self.keep(step, (whole, frozenset(seen.names), made))
        return made

    def turned(
        self, step: str, links: Mapping[_Owner, Pairs[_Key, _Item]], finish: Callable[[Iterable[Any]], tuple[Any, ...]] = tuple
    ) -> dict[_Key, tuple[Any, ...]]:
        """Turn links around: `{owner: ((key, item), …)}` into `{key: (item, …)}`, the items in the order of their owners.

        `finish` makes the tuple of a key from its items. The order of the keys themselves is not defined.
        """
        before = self._before.get(step)
        if before is not None and before[0] is links:
            self.keep(step, before)
            return before[2]  # type: ignore[no-any-return]  # what was kept has no type
        if before is None or tuple(before[0]) != tuple(links):
            found: dict[_Key, tuple[list[_Owner], list[_Item]]] = {}
            for owner, pairs in links.items():
                for key, item in pairs:
                    entry = found.get(key)
                    if entry is None:
                        entry = found[key] = ([], [])
                    entry[0].append(owner)
                    entry[1].append(item)
            made = {key: finish(items) for key, (_, items) in found.items()}
            if before is not None:
                made = {key: same(items, before[2].get(key)) for key, items in made.items()}
        else:
            found, made = self._mended(before, links, finish)
        self.keep(step, (links, found, made))
        return made

    @staticmethod
    def _mended(
        before: tuple[Any, Any, Any], links: Mapping[Any, Any], finish: Callable[[Iterable[Any]], tuple[Any, ...]]
    ) -> tuple[Any, Any]:
        """Mend what was turned around before, where only some owners say something else now."""
        old_links, found, made = before
        changed = {owner for owner, pairs in links.items() if old_links[owner] is not pairs and old_links[owner] != pairs}
        if not changed:
            return found, made
        found, made = dict(found), dict(made)
        rank = {owner: n for n, owner in enumerate(links)}
        touched = dict.fromkeys(key for owner in changed for key, _ in (*old_links[owner], *links[owner]))
        fresh: dict[Any, list[tuple[Any, Any]]] = {}
        for owner in links:
            if owner in changed:
                for key, item in links[owner]:
                    fresh.setdefault(key, []).append((owner, item))
        for key in touched:
            owners, items = found.get(key, ((), ()))
            pairs = [pair for pair in zip(owners, items, strict=True) if pair[0] not in changed] + fresh.get(key, [])
            if not pairs:
                del found[key], made[key]
                continue
            pairs.sort(key=lambda pair: rank[pair[0]])
            found[key] = ([owner for owner, _ in pairs], [item for _, item in pairs])
            made[key] = same(finish(found[key][1]), made.get(key))
        return found, made


class _Looked:
    """A record that notes which of its fields are looked at."""

    def __init__(self, whole: object) -> None:
        self._whole = whole
        self.names: set[str] = set()

    def __getattr__(self, name: str) -> Any:
        self.names.add(name)
        return getattr(self._whole, name)


def same(new: _Made, old: Any) -> _Made:
    """Return `old` where it equals `new`, so that whoever compares need only look whether it is the same object."""
    return old if old is not None and _alike(old, new) else new


def others(now: Mapping[_Key, Any], before: Mapping[_Key, Any]) -> list[_Key]:
    """Return the keys under which another object stands than before, of mappings with the same keys in the same order.

    One look at each entry and none into it: most are as they were, and thousands of records do not fit into what a processor has at hand.
    """
    return list(compress(now, map(is_not, now.values(), before.values())))


def _alike(one: object, other: object) -> bool:
    """Say whether two things are equal; mappings in their order too, since steps walk through them."""
    return one is other or (one == other and (not isinstance(one, dict) or all(map(_is, one, other))))  # type: ignore[call-overload]  # equal to a mapping


def _is(one: object, other: object) -> bool:
    return one is other or one == other
