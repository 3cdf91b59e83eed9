"""What is made of a Site once, and kept for as long as it lives."""

import functools
from collections.abc import Callable
from typing import Any, Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from builder.model import Site
from builder.reliance import Look, Notes, watched

_Parameters = ParamSpec("_Parameters")
_Made = TypeVar("_Made")

STEPS: dict[str, Callable[..., Any]] = {}
"""Every function that is kept this way, by the name that looks have of it."""

_NOTES: WeakKeyDictionary[Site, Notes] = WeakKeyDictionary()


def noting(site: Site, notes: Notes) -> Site:
    """Return a Site that says the same, and notes every look at it, also what is kept of earlier looks."""
    made = watched(site, notes)
    _NOTES[made] = notes
    return made


def once_a_site(make: Callable[Concatenate[Site, _Parameters], _Made]) -> Callable[Concatenate[Site, _Parameters], _Made]:
    """Keep what a function makes of a Site for as long as the Site lives: a quote stands on four pages and more, and a Site never changes."""
    memo: WeakKeyDictionary[Site, tuple[dict[Any, tuple[_Made, frozenset[Look]]], Notes | None]] = WeakKeyDictionary()
    name = f"{make.__module__}.{make.__qualname__}"
    nothing: frozenset[Look] = frozenset()

    @functools.wraps(make)
    def kept(site: Site, /, *arguments: _Parameters.args, **keywords: _Parameters.kwargs) -> _Made:
        of_site = memo.get(site)
        if of_site is None:
            of_site = memo[site] = ({}, _NOTES.get(site))
        found, notes = of_site
        key = (arguments, tuple(keywords.items())) if keywords else arguments
        one = found.get(key)
        if one is None:
            if notes is None:
                one = make(site, *arguments, **keywords), nothing
            else:
                # A step is told by its arguments alone: with keywords it goes without a name.
                one = notes.step(name, (keywords, arguments) if keywords else arguments, lambda: make(site, *arguments, **keywords))
            found[key] = one
        if notes is not None:
            notes.now |= one[1]
        return one[0]

    STEPS[name] = kept
    return kept
