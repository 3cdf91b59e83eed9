"""Functions of a Site that run once for each argument, with results cached for as long as the Site lives."""

import functools
from collections import defaultdict
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary, ref

from builder.incremental.dependencies import ReadLog, watched
from builder.model import Site

_Parameters = ParamSpec("_Parameters")
_Made = TypeVar("_Made")

TRACKED_FUNCTIONS: dict[str, Callable[..., Any]] = {}
"""Every memoised function, by its name in recorded reads."""


class _SiteCache:
    """The cached results of one Site."""

    __slots__ = ("log", "made", "site")

    def __init__(self, site: Site, log: ReadLog | None) -> None:
        self.site = ref(site)
        self.log = log
        self.made: defaultdict[str, dict[Any, tuple[Any, int]]] = defaultdict(dict)
        """Function → arguments → the result, and the number of its reads."""


_SITE_CACHES: WeakKeyDictionary[Site, _SiteCache] = WeakKeyDictionary()


class _Latest:
    cache: _SiteCache | None = None
    """The cache of the Site that was asked about last: half a million times in a row it is the same one."""


def recording(site: Site, log: ReadLog) -> Site:
    """Return an equal Site that records each read, also those of memoised functions."""
    made = watched(site, log)
    _SITE_CACHES[made] = _SiteCache(made, log)
    return made


def _cache_of(site: Site) -> _SiteCache:
    found = _SITE_CACHES.get(site)
    if found is None:
        found = _SITE_CACHES[site] = _SiteCache(site, None)
    _Latest.cache = found
    return found


RECENT = 128
"""Results of `for_a_while` that are cached: more than the pages that are made in one batch."""


def once_a_site(make: Callable[Concatenate[Site, _Parameters], _Made]) -> Callable[Concatenate[Site, _Parameters], _Made]:
    """Memoise a function of a Site for the lifetime of the Site: a quote is on four pages and more, and a Site never changes."""
    return _keeping(make, None)


def for_a_while(make: Callable[Concatenate[Site, _Parameters], _Made]) -> Callable[Concatenate[Site, _Parameters], _Made]:
    """Memoise the last results of a function of a Site only: the files of one folder, which are made together, share them, and no others."""
    return _keeping(make, RECENT)


def _keeping(make: Callable[Concatenate[Site, _Parameters], _Made], most: int | None) -> Callable[Concatenate[Site, _Parameters], _Made]:
    name = f"{make.__module__}.{make.__qualname__}"

    @functools.wraps(make)
    def kept(site: Site, /, *arguments: _Parameters.args, **keywords: _Parameters.kwargs) -> _Made:
        cache = _Latest.cache
        if cache is None or cache.site() is not site:
            cache = _cache_of(site)
        key = (arguments, tuple(keywords.items())) if keywords else arguments
        found = cache.made[name]
        known = found.get(key)
        if known is None:
            known = _make(cache.log, name, arguments, keywords, lambda: make(site, *arguments, **keywords))
            if len(found) == most:
                del found[next(iter(found))]
            found[key] = known
        made: _Made
        made, reads = known
        log = cache.log
        if log is not None:
            (log.now if reads >= 0 else log.cards).add(reads)
        return made

    TRACKED_FUNCTIONS[name] = kept
    return kept


def _make(log: ReadLog | None, name: str, arguments: tuple[Any, ...], keywords: dict[str, Any], make: Callable[[], Any]) -> tuple[Any, int]:
    if log is None:
        return make(), 0
    # A step is identified by its positional arguments: with keywords it has no name.
    return log.step(name, (keywords, arguments) if keywords else arguments, make)
