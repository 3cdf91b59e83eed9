"""Records that follow themselves in a circle: quotes that repeat each other, sources that cite each other, bodies that belong to each other.

Each circle is reported once, at the record that stands last.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from builder.checks.chronology import is_before
from builder.diagnostics import ERROR, WARNING, Diagnostic, Location
from builder.incremental.memoize import once_a_site
from builder.model import TO_EARLIER, QuoteKey, Site, quote_reference

_Key = TypeVar("_Key", str, QuoteKey)


def quotes_in_circles(site: Site, slug: str) -> Iterator[Diagnostic]:
    """No quote answers or repeats one that answers or repeats it."""

    def earlier(key: QuoteKey) -> list[QuoteKey]:
        return [other for relation, other in site.quotes[key].relations if relation in TO_EARLIER]

    replying = [key for key in site.quotes_in[slug] if site.quotes[key].relations]
    found = circles(replying, earlier, lambda key: site.quotes[key].location)
    for key in replying:
        circle = found.get(key, ())
        # Where their dates tell which one is wrong, `replies_to_later_quotes` reports it.
        if circle and not any(
            is_before(site.quotes[member].said, site.quotes[other].said) for member in circle for other in earlier(member)
        ):
            yield Diagnostic(
                "reply-too-early",
                f"{_listed([quote_reference(member, slug) for member in circle])} answer or repeat each other, so each would have to be the earlier one.",
                site.quotes[key].location,
                help="Take “answers:” or “repeats:” away from the one that was said first.",
                severity=WARNING,
                also=tuple(site.quotes[member].location for member in circle if member != key),
            )


def sources_in_circles(site: Site, source_id: str) -> Iterator[Diagnostic]:
    """No source cites itself, nor one that rests on it: then neither is the origin."""
    if not site.sources[source_id].cites:
        return
    circle = _of_sources(site).get(source_id, ())
    if circle:
        yield _wrong(
            f"{_listed(circle)} cite each other, so none of them is the origin." if len(circle) > 1 else "This source cites itself.",
            "Take “cites:” away from the one that was there first.",
            [site.sources[key].location for key in (source_id, *circle)],
        )


def actors_in_circles(site: Site, actor_id: str) -> Iterator[Diagnostic]:
    """No actor belongs to themselves, nor to one that belongs to them."""
    if not _above(site, actor_id):
        return
    circle = _of_actors(site).get(actor_id, ())
    if circle:
        together = "each belong to the other" if len(circle) == 2 else "belong to each other in a circle"
        yield _wrong(
            f"{_listed(circle)} {together}." if len(circle) > 1 else "By “of:”, this actor belongs to itself.",
            "Correct “of:”, which names what an actor belongs to or holds an office of.",
            [site.actors[key].location for key in (actor_id, *circle)],
        )


@once_a_site
def _of_sources(site: Site) -> Mapping[str, tuple[str, ...]]:
    return circles(site.sources, lambda key: site.sources[key].cites, lambda key: site.sources[key].location)


@once_a_site
def _of_actors(site: Site) -> Mapping[str, tuple[str, ...]]:
    return circles(site.actors, lambda key: _above(site, key), lambda key: site.actors[key].location)


def _above(site: Site, key: str) -> Sequence[str]:
    actor = site.actors[key]
    return [of for of in (actor.of, *(held.of for held in actor.positions)) if of in site.actors]


def circles(
    keys: Iterable[_Key], following: Callable[[_Key], Sequence[_Key]], location: Callable[[_Key], Location]
) -> Mapping[_Key, tuple[_Key, ...]]:
    """Return the circles that can be reached from some keys, each as its keys in the order of the files, by the last of them.

    Each key is followed once, however many circles there are.
    """
    found = {}
    for members in _components(keys, following):
        circle = sorted(members, key=lambda member: (location(member).path, location(member).line, location(member).column))
        found[circle[-1]] = tuple(circle)
    return found


def _components(keys: Iterable[_Key], following: Callable[[_Key], Sequence[_Key]]) -> Iterator[list[_Key]]:
    """Yield the keys that lead to each other, by Tarjan's algorithm; a key alone only if it leads to itself. Without recursion: circles may be long."""
    number: dict[_Key, int] = {}
    lowest: dict[_Key, int] = {}
    stack: dict[_Key, None] = {}  # those met whose component is not complete
    follows_itself: set[_Key] = set()
    for root in keys:
        path: list[tuple[_Key, Iterator[_Key]]] = []
        entering: _Key | None = None if root in number else root
        while entering is not None or path:
            if entering is not None:
                number[entering] = lowest[entering] = len(number)
                stack[entering] = None
                path.append((entering, iter(following(entering))))
                entering = None
            key, others = path[-1]
            for other in others:
                if other == key:
                    follows_itself.add(key)
                elif other not in number:
                    entering = other
                    break
                elif other in stack:
                    lowest[key] = min(lowest[key], number[other])
            if entering is not None:
                continue
            path.pop()
            if path:
                before = path[-1][0]
                lowest[before] = min(lowest[before], lowest[key])
            if lowest[key] == number[key]:
                members: list[_Key] = []
                while not members or members[-1] != key:
                    members.append(stack.popitem()[0])
                if len(members) > 1 or key in follows_itself:
                    yield members


def _listed(names: Iterable[str]) -> str:
    *others, last = (f"“{name}”" for name in names)
    return f"{', '.join(others)} and {last}" if others else last


def _wrong(message: str, help_: str, locations: list[Location]) -> Diagnostic:
    first, *others = dict.fromkeys(locations)
    return Diagnostic("value-wrong", message, first, help=help_, severity=ERROR, also=tuple(others))
