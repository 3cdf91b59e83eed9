"""Records that follow themselves in a circle: quotes that repeat each other, sources that cite each other, bodies that belong to each other.

Each circle is reported once, at the record that stands last.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TypeVar

from builder.checks.chronology import LATER, is_before
from builder.diagnostics import ERROR, WARNING, Diagnostic, Location
from builder.model import QuoteKey, Site, quote_reference

_Key = TypeVar("_Key", str, QuoteKey)


def quotes_in_circles(site: Site, slug: str) -> Iterator[Diagnostic]:
    """No quote answers or repeats one that answers or repeats it."""

    def earlier(key: QuoteKey) -> list[QuoteKey]:
        return [other for relation, other in site.quotes[key].relations if relation in LATER]

    for key in site.quotes_in[slug]:
        if not site.quotes[key].relations:
            continue
        circle = _circle(key, earlier, lambda one: site.quotes[one].location)
        # Where their dates tell which one is wrong, `replies_to_later_quotes` reports it.
        if circle and not any(is_before(site.quotes[one].said, site.quotes[other].said) for one in circle for other in earlier(one)):
            yield Diagnostic(
                "reply-too-early",
                f"{_listed([quote_reference(one, slug) for one in circle])} answer or repeat each other, so each would have to be the earlier one.",
                site.quotes[key].location,
                help="Take “answers:” or “repeats:” away from the one that was said first.",
                severity=WARNING,
                also=tuple(site.quotes[one].location for one in circle if one != key),
            )


def sources_in_circles(site: Site, source_id: str) -> Iterator[Diagnostic]:
    """No source cites itself, nor one that rests on it: then neither is the origin."""
    if not site.sources[source_id].cites:
        return
    circle = _circle(source_id, lambda key: site.sources[key].cites, lambda key: site.sources[key].location)
    if circle:
        yield _wrong(
            f"{_listed(circle)} cite each other, so none of them is the origin." if len(circle) > 1 else "This source cites itself.",
            "Take “cites:” away from the one that was there first.",
            [site.sources[key].location for key in (source_id, *circle)],
        )


def actors_in_circles(site: Site, actor_id: str) -> Iterator[Diagnostic]:
    """No actor belongs to themselves, nor to one that belongs to them."""

    def above(key: str) -> list[str]:
        actor = site.actors[key]
        return [of for of in (actor.of, *(held.of for held in actor.positions)) if of in site.actors]

    circle = _circle(actor_id, above, lambda key: site.actors[key].location)
    if circle:
        yield _wrong(
            f"{_listed(circle)} each belong to the other." if len(circle) > 1 else "By “of:”, this actor belongs to itself.",
            "Mend “of:”, which names what an actor belongs to or holds an office of.",
            [site.actors[key].location for key in (actor_id, *circle)],
        )


def _circle(key: _Key, following: Callable[[_Key], Sequence[_Key]], location: Callable[[_Key], Location]) -> tuple[_Key, ...]:
    """Return the keys of a circle that leads from a key back to it; () if there is none, or if another key of it stands later in the files."""
    found = _reached(key, following) if following(key) else ()
    if key not in found:
        return ()
    circle = [one for one in found if key in _reached(one, following)]
    where = {one: (location(one).path, location(one).line, location(one).column) for one in circle}
    return tuple(sorted(circle, key=where.__getitem__)) if where[key] == max(where.values()) else ()


def _reached(key: _Key, following: Callable[[_Key], Iterable[_Key]]) -> set[_Key]:
    found: set[_Key] = set()
    waiting = [key]
    while waiting:
        new = [one for one in following(waiting.pop()) if one not in found]
        found.update(new)
        waiting += new
    return found


def _listed(names: Iterable[str]) -> str:
    *others, last = (f"“{name}”" for name in names)
    return f"{', '.join(others)} and {last}" if others else last


def _wrong(message: str, help_: str, locations: list[Location]) -> Diagnostic:
    first, *others = dict.fromkeys(locations)
    return Diagnostic("value-wrong", message, first, help=help_, severity=ERROR, also=tuple(others))
