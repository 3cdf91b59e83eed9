"""A timeline under the years, or the months of full years, that its events belong to."""

from collections import Counter
from collections.abc import Iterator

import msgspec

from builder import dates
from builder.dates import day_counts
from builder.model import Site
from builder.pages import cards
from builder.pages.shapes import EventCard

FEW = 7
"""Up to so many events need no headings between them."""
MANY_IN_A_YEAR = 12
"""Events from which on a year is divided into its months."""


class Span(msgspec.Struct, frozen=True, gc=False):
    """The events of one year, or of one month of a year that has many."""

    title: str
    events: tuple[EventCard, ...]


class Group(msgspec.Struct, frozen=True, gc=False):
    """The events of one year, or of one month of a year that has many, in the timeline of a story or an actor."""

    title: str
    at: tuple[int, ...]
    """Which of the timeline's events."""


def groups(site: Site, timeline: tuple[EventCard, ...]) -> tuple[Group, ...]:
    """Return a timeline by year or month; empty if it is short, all in one group, or nearly all groups would have one event."""
    if len(timeline) <= FEW:
        return ()
    found: dict[str, list[int]] = {}
    for n, title in enumerate(_titles(site, tuple(event.id for event in timeline))):
        found.setdefault(title, []).append(n)
    return tuple(Group(title, tuple(at)) for title, at in found.items()) if 1 < len(found) <= len(timeline) / 2 else ()


def spans(site: Site, ids: tuple[str, ...], root: str) -> tuple[Span, ...]:
    """Return events under their years or months, in their order."""
    found: dict[str, list[EventCard]] = {}
    for key, title in zip(ids, _titles(site, ids), strict=True):
        found.setdefault(title, []).append(cards.event_card(site, key, root))
    return tuple(Span(title, tuple(events)) for title, events in found.items())


def _titles(site: Site, ids: tuple[str, ...]) -> Iterator[str]:
    """Yield under which year or month each event stands; of one that can be of several years, the date itself is the heading."""
    found = [site.events[key].when.date for key in ids]
    dated = [_begins(date) for date in found]
    in_year = Counter(begins[0] for begins in dated if begins is not None)
    for date, begins in zip(found, dated, strict=True):
        if date is None or (date.lower is None and date.upper is None):
            yield site.language.word("Undated")
        elif begins is None:
            yield dates.wording(date, site.language, style="short")
        elif in_year[begins[0]] > MANY_IN_A_YEAR and begins[1]:
            yield dates.wording(dates.parse(f"{begins[0]:04}-{begins[1]:02}"), site.language)
        elif 1_000 <= begins[0] < 10_000:
            # Beside its months, a year has what belongs to none of them.
            has_months = in_year[begins[0]] > MANY_IN_A_YEAR
            yield site.language.word("{year}, other dates").format(year=begins[0]) if has_months else str(begins[0])
        else:
            yield dates.wording(dates.parse(day_counts.edtf_year(begins[0])), site.language)


def _begins(date: dates.Date | None) -> tuple[int, int] | None:
    """Return year and month of a date, the month 0 if it is open; None without a year."""
    if date is None or dates.is_of_some_year(date):
        return None
    first = date.upper if date.lower is None else date.lower
    if first is None:
        return None
    year, month, _ = day_counts.civil(first)
    if date.lower is None or date.upper is None:  # what is open on one side belongs to no month
        return (year, 0)
    return (year, month if day_counts.civil(date.upper)[:2] == (year, month) and 0 < year < 10_000 else 0)
