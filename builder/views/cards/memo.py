"""What is made of a Site once, and kept for as long as it lives."""

from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from builder.model import Site

_Parameters = ParamSpec("_Parameters")
_Made = TypeVar("_Made")


def once_a_site(make: Callable[Concatenate[Site, _Parameters], _Made]) -> Callable[Concatenate[Site, _Parameters], _Made]:
    """Keep what a function makes of a Site for as long as the Site lives: a quote stands on four pages and more, and a Site never changes."""
    memo: WeakKeyDictionary[Site, dict[Any, _Made]] = WeakKeyDictionary()

    def kept(site: Site, /, *arguments: _Parameters.args, **keywords: _Parameters.kwargs) -> _Made:
        of_site = memo.get(site)
        if of_site is None:
            of_site = memo[site] = {}
        key = (arguments, tuple(keywords.items())) if keywords else arguments
        found = of_site.get(key)
        if found is None:
            found = of_site[key] = make(site, *arguments, **keywords)
        return found

    kept.__doc__ = make.__doc__
    return kept
