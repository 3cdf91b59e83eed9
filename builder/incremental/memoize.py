"""What is made of a Site once, and kept for as long as it lives."""

import functools
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary, ref

from builder.incremental.dependencies import ReadLog, watched
from builder.model import Site

_Parameters = ParamSpec("_Parameters")
_Made = TypeVar("_Made")

STEPS: dict[str, Callable[..., Any]] = {}
"""Every function that is kept this way, by the name that reads have of it."""


class _Memo:
    """All that is kept of one Site."""

    __slots__ = ("made", "notes", "site")

    def __init__(self, site: Site, notes: ReadLog | None) -> None:
        self.site = ref(site)
        self.notes = notes
        self.made: defaultdict[str, dict[Any, tuple[Any, int]]] = defaultdict(dict)
        """Function → what it was given → what it made, and the number of what that looked at."""


_MEMOS: WeakKeyDictionary[Site, _Memo] = WeakKeyDictionary()


class _Latest:
    memo: _Memo | None = None
    """That of the Site that was asked about last: half a million times in a row it is the same one."""


def recording(site: Site, notes: ReadLog) -> Site:
    """Return an equal Site that records each read, also those of memoised functions."""
    made = watched(site, notes)
    _MEMOS[made] = _Memo(made, notes)
    return made


def _memo(site: Site) -> _Memo:
    found = _MEMOS.get(site)
    if found is None:
        found = _MEMOS[site] = _Memo(site, None)
    _Latest.memo = found
    return found


RECENT = 128
"""What is kept for a while: more than the pages that are made in one go."""


def once_a_site(make: Callable[Concatenate[Site, _Parameters], _Made]) -> Callable[Concatenate[Site, _Parameters], _Made]:
    """Memoise a function of a Site for the lifetime of the Site: a quote is on four pages and more, and a Site never changes."""
    return _keeping(make, None)


def for_a_while(make: Callable[Concatenate[Site, _Parameters], _Made]) -> Callable[Concatenate[Site, _Parameters], _Made]:
    """Keep only the last things that a function made of a Site: the files of one folder, which are made together, share them, and no others."""
    return _keeping(make, RECENT)


def _keeping(make: Callable[Concatenate[Site, _Parameters], _Made], most: int | None) -> Callable[Concatenate[Site, _Parameters], _Made]:
    name = f"{make.__module__}.{make.__qualname__}"

    @functools.wraps(make)
    def kept(site: Site, /, *arguments: _Parameters.args, **keywords: _Parameters.kwargs) -> _Made:
        memo = _Latest.memo
        if memo is None or memo.site() is not site:
            memo = _memo(site)
        key = (arguments, tuple(keywords.items())) if keywords else arguments
        found = memo.made[name]
        one = found.get(key)
        if one is None:
            one = _make(memo.notes, name, arguments, keywords, lambda: make(site, *arguments, **keywords))
            if len(found) == most:
                del found[next(iter(found))]
            found[key] = one
        made: _Made
        made, reads = one
        if memo.notes is not None:
            memo.notes.now.add(reads)
        return made

    STEPS[name] = kept
    return kept


def _make(
    notes: ReadLog | None, name: str, arguments: tuple[Any, ...], keywords: dict[str, Any], make: Callable[[], Any]
) -> tuple[Any, int]:
    if notes is None:
        return make(), 0
    # A step is told by its arguments alone: with keywords it goes without a name.
    return notes.step(name, (keywords, arguments) if keywords else arguments, make)
