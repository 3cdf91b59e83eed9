"""Dates that contradict each other. Only what is certain is told: dates that overlap, or that nobody knows, contradict nothing.

Each rule tells a warning and not an error where the author may have left a date behind, or where days are counted in two time zones.
"""

from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter

import msgspec

from builder import dates
from builder.diagnostics import WARNING, Diagnostic, Place
from builder.memory import Memory
from builder.model import Event, Explainer, Quote, Reference, Site, When

AHEAD = ("planned", "expected")
"""Statuses of an event that is still to come."""

DONE = {"occurred": "occurred", "ongoing": "begun"}
"""Statuses of an event that has come, each with what it has then done."""

LATER = ("answers", "repeats")
"""Relations of a quote to an earlier one. A denial may come before what it denies is said once more."""


def is_before(first: When, second: When) -> bool:
    """Say whether the first date is certainly the earlier one."""
    a, b = first.date, second.date
    if a is None or b is None:
        return False
    if a.earliest is not None and b.latest is not None and a.earliest > b.latest:
        return False  # the usual case, for which nothing more need be known
    return dates.compare(a, b) == -1


def worded(when: When) -> str:
    """Return a date as its author wrote it."""
    return when.date.edtf if when.date is not None else "?"


# --- events, and the day whose state is told ------------------------------------------------


Told = tuple[tuple["Days", ...], Mapping[str, Event]]
"""What every explainer says of days, and all events as they are joined."""


class Days(msgspec.Struct, frozen=True, gc=False):
    """What one explainer says of days."""

    timeline: tuple[Event | Reference, ...]
    as_of: When
    updated: When
    published: When


def told_days(site: Site, _memory: Memory) -> dict[str, Told]:
    """Return what `statuses` looks at: one thing, that stays as it is while only texts and quotes change."""
    days = tuple(Days(one.timeline, one.as_of, one.updated, one.published) for one in site.explainers)
    return {"all": (days, site.events)}


def _told(explainers: Iterable[Days], events: Mapping[str, Event]) -> Iterator[tuple[Event, str, Place, Days]]:
    """Yield each event with a status that somebody wrote, where it is written, and the explainer whose `as_of` it must fit.

    What an explainer writes must fit its own day; what a shared file writes, that of the explainer that tells the latest state.
    """
    latest: dict[str, Days] = {}
    for explainer in explainers:
        for item in explainer.timeline:
            event = events.get(item.id)
            if event is None:
                continue
            if event.shared and (item.id not in latest or is_before(latest[item.id].as_of, explainer.as_of)):
                latest[item.id] = explainer
            if isinstance(item, Event) and item.status:
                yield event, item.status, item.when.place if item.when.date is not None else item.place, explainer
    for key, explainer in latest.items():
        event = events[key]
        if event.status and not event.derived:
            yield event, event.status, event.when.place if event.when.date is not None else event.place, explainer


def statuses(told: Told) -> tuple[Diagnostic, ...]:
    """What has not come by the day whose state is told has not occurred, and what was planned for a day before it has come, or has not.

    That something has occurred too early is an error where the author names the day whose state is told (`as_of`). Where that day follows from `updated` or
    `published`, one of these may have been left behind: a warning.
    """
    found = []
    for event, status, place, explainer in _told(*told):
        if status in DONE and is_before(explainer.as_of, event.when):
            found.append(_too_early(event, status, place, explainer))
        elif status in AHEAD and is_before(event.when, explainer.as_of):
            found.append(_passed(event, status, place, explainer))
    return tuple(found)


def _passed(event: Event, status: str, place: Place, explainer: Days) -> Diagnostic:
    return Diagnostic(
        "event-passed",
        f"This event is {status} ({worded(event.when)}), but the explainer tells what was known on {worded(explainer.as_of)}.",
        place,
        help=f"Say what became of it: occurred, cancelled or postponed. “{status}” can move to its “history:”.",
        severity=WARNING,
        also=(explainer.as_of.place,),
    )


def _too_early(event: Event, status: str, place: Place, explainer: Days) -> Diagnostic:
    if explainer.as_of.place in (explainer.updated.place, explainer.published.place):
        return Diagnostic(
            "event-after-update",
            f"This event is told as having {DONE[status]} ({worded(event.when)}) after the last update of an explainer that tells of it "
            f"({worded(explainer.as_of)}).",
            place,
            help="Write “updated:” with the day of the update, or a status such as planned.",
            severity=WARNING,
            also=(explainer.as_of.place,),
        )
    return Diagnostic(
        "event-after-as-of",
        f"This event is told as having {DONE[status]} ({worded(event.when)}), but the explainer tells what was known on {worded(explainer.as_of)}.",
        place,
        help="Write a status such as planned or expected, or mend “when:” or “as_of:”.",
        also=(explainer.as_of.place,),
    )


# --- the dates of one record ------------------------------------------------


def days_of_explainer(explainer: Explainer) -> tuple[Diagnostic, ...]:
    """The dates of an explainer fit together: it is not changed or corrected before it is published, and tells of no later day than its last change."""
    return tuple(_days(explainer))


def _days(explainer: Explainer) -> Iterator[Diagnostic]:
    yield from _earlier(explainer.updated, "updated", explainer.published, "published")
    for correction in explainer.corrections:
        yield from _earlier(correction.on, "corrected", explainer.published, "published")
    last = explainer.updated if explainer.updated.date is not None else explainer.published
    if is_before(last, explainer.as_of):
        yield _order(
            explainer.as_of,
            f"This explainer tells what was known on {worded(explainer.as_of)}, but was last changed on {worded(last)}.",
            last,
        )


def order_of_dates(site: Site) -> Iterator[Diagnostic]:
    """The dates of any other record fit together: nothing is read or left before it begins."""
    for source in site.sources.values():
        yield from _earlier(source.accessed, "read", source.published, "published")
    for actor in site.actors.values():
        for held in actor.positions:
            yield from _earlier(held.until, "left", held.since, "taken up")


def _earlier(second: When, then: str, first: When, before: str) -> Iterator[Diagnostic]:
    if is_before(second, first):
        yield _order(second, f"This was {then} ({worded(second)}) before it was {before} ({worded(first)}).", first)


def _order(when: When, message: str, other: When) -> Diagnostic:
    return Diagnostic("date-order", message, when.place, help="Mend one of the two dates.", severity=WARNING, also=(other.place,))


# --- quotes ------------------------------------------------


Reports = tuple[tuple[Quote, ...], Mapping[str, When]]
"""The quotes of one explainer, and when each source came out."""


def quotes_and_reports(site: Site, memory: Memory) -> dict[str, Reports]:
    """Return what `reported` looks at, by slug."""
    published = memory.each("days of sources", site.sources, attrgetter("published"))
    return {slug: (explainer.quotes, published) for slug, explainer in site.by_slug.items()}


def reported(given: Reports) -> tuple[Diagnostic, ...]:
    """No source can report what is said later."""
    quotes, published = given
    found = []
    for quote in quotes if published else ():
        early = next((key for key in quote.via if is_before(published[key], quote.said)), None)
        if early is not None:
            found.append(
                Diagnostic(
                    "quote-too-late",
                    f"These words were said ({worded(quote.said)}) after the source “{early}” came out ({worded(published[early])}).",
                    quote.said.place,
                    help="Mend “said:” or “via:”, or the source's “published:”.",
                    severity=WARNING,
                    also=(published[early].place,),
                )
            )
    return tuple(found)


def replies(site: Site) -> Iterator[Diagnostic]:
    """Nobody answers or repeats what is said only later."""
    for quote in site.quotes.values():
        for relation, target in quote.relations if quote.said.date is not None else ():
            slug, _, key = target.partition("#")
            other = site.quotes[slug, key]
            if relation in LATER and is_before(quote.said, other.said):
                yield Diagnostic(
                    "reply-too-early",
                    f"This quote {relation} “{key}”, but was said ({worded(quote.said)}) before it ({worded(other.said)}).",
                    quote.said.place,
                    help=f"Mend one of the dates, or take “{relation}:” away.",
                    severity=WARNING,
                    also=(other.said.place,),
                )
