"""Inverted links: `{owner: ((key, item), …)}` as `{key: (item, …)}`, and their update where only some owners have changed."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from typing import Any, TypeVar

from builder.incremental.memo.lazy_maps import alike_keys, changed_keys, updated

_Key = TypeVar("_Key", bound=Hashable)
_Owner = TypeVar("_Owner", bound=Hashable)
_Item = TypeVar("_Item")

InvertedLinks = dict[_Key, tuple[list[_Owner], list[_Item]]]
"""Key → who names it, and the items that they give, in the order of the owners."""


def invert_links(links: Mapping[_Owner, Iterable[tuple[_Key, _Item]]]) -> InvertedLinks[_Key, _Owner, _Item]:
    """Return the items of each key."""
    found: InvertedLinks[_Key, _Owner, _Item] = {}
    for owner, pairs in links.items():
        for key, item in pairs:
            entry = found.get(key)
            if entry is None:
                entry = found[key] = ([], [])
            entry[0].append(owner)
            entry[1].append(item)
    return found


def update_index(
    before: tuple[Any, Any, Any], links: Mapping[Any, Any], finish: Callable[[Iterable[Any]], tuple[Any, ...]]
) -> tuple[Any, Any]:
    """Return an inverted index, updated for the owners that have changed, come or gone."""
    old_links, found, made = before
    changed = {owner for owner in changed_keys(links, old_links) if owner not in old_links or old_links[owner] != links[owner]}
    removed = (
        {owner for owner in old_links if owner not in links} if len(links) != len(old_links) or not alike_keys(links, old_links) else set()
    )
    if not changed and not removed:
        return found, made
    rank = {owner: n for n, owner in enumerate(links)}
    touched = dict.fromkeys(key for owner in (*changed, *removed) for key, _ in (*old_links.get(owner, ()), *links.get(owner, ())))
    fresh: dict[Any, list[tuple[Any, Any]]] = {}
    for owner in sorted(changed, key=rank.__getitem__):
        for key, item in links[owner]:
            fresh.setdefault(key, []).append((owner, item))
    now: dict[Any, tuple[list[Any], list[Any]]] = {}
    for key in touched:
        owners, items = found.get(key, ((), ()))
        pairs = [pair for pair in zip(owners, items, strict=True) if pair[0] not in changed and pair[0] not in removed] + fresh.get(key, [])
        if pairs:
            pairs.sort(key=lambda pair: rank[pair[0]])
            now[key] = ([owner for owner, _ in pairs], [item for _, item in pairs])
    removed_keys = [key for key in touched if key in found and key not in now]
    new_keys = [key for key in now if key not in found]
    order = found
    if removed_keys or new_keys:
        order = dict.fromkeys(key for key in found if key not in touched or key in now)
        order.update(dict.fromkeys(new_keys))
    other = {}
    for key, (_, items) in now.items():
        finished = finish(items)
        if key not in made or finished != made[key]:
            other[key] = finished
    return updated(found, order, now), updated(made, order, other)


def keeps_order(before: Mapping[Any, object], now: Mapping[Any, object]) -> bool:
    """Return whether the common items of two sequences have the same order."""
    return alike_keys(before, now) or [key for key in now if key in before] == [key for key in before if key in now]
