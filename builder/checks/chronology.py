"""Dates that contradict each other. Only certain contradictions are reported: dates that overlap or are unknown contradict nothing.

A rule gives a warning instead of an error if a date may have been left unchanged, or if days are counted in two time zones.
"""

from collections.abc import Iterator
from itertools import pairwise

from builder import dates
from builder.checks.made_by_marks import made_by_mark
from builder.dates.date import SPAN
from builder.diagnostics import WARNING, Diagnostic, Location
from builder.linking.defaults import lasts_beyond
from builder.model import FACTS, Event, Explainer, Site, Status, When

AHEAD = ("planned", "expected")
"""Statuses of a future event."""

DONE = {"occurred": "occurred", "ongoing": "begun"}
"""Statuses of a past event, each with its verb for messages."""

UNDONE = frozenset({"planned", "expected", "conditional", "postponed", "cancelled"})
"""Statuses of what has not happened."""

LATER = ("answers", "repeats")
"""Relations of a quote to an earlier one. A denial may precede a repetition of what it denies."""


def is_before(first: When, second: When) -> bool:
    """Return whether the first date is certainly the earlier one."""
    a, b = first.date, second.date
    if a is None or b is None:
        return False
    if a.earliest is not None and b.latest is not None and a.earliest > b.latest:
        return False  # the usual case, for which nothing more need be known
    return dates.compare(a, b) == -1


def worded(when: When) -> str:
    """Return a date as it was written."""
    return when.date.edtf if when.date is not None else "?"


# --- events, and the day whose state is told ------------------------------------------------


def statuses_in_explainer(site: Site, slug: str) -> Iterator[Diagnostic]:
    """An event after its explainer's `as_of` has not occurred, and one planned for a day before it has occurred or not.

    An error if `as_of` is given; a warning if it follows from `updated` or `published`, which may not have been updated.
    """
    explainer = site.explainers[slug]
    for item in site.records_in[slug]:
        if isinstance(item, Event):
            event = site.events[item.id]
            # What the history says of an event without a status is said by the author too.
            by_history = event.status if item.history and not item.status and "status" not in event.derived else ""
            yield from _state(
                event, item.status or by_history, item.when.location if item.when.date is not None else item.location, explainer
            )


def status_by_newest_explainer(site: Site, event_id: str) -> Iterator[Diagnostic]:
    """The status in a shared file fits the explainer with the latest `as_of`."""
    event = site.events[event_id]
    if not event.shared or not event.status or event.derived:
        return
    latest: Explainer | None = None
    for event_mention in site.event_mentions.get(event_id, ()):
        explainer = site.explainers[event_mention.slug]
        if event_id in site.timelines[event_mention.slug] and (latest is None or is_before(latest.as_of, explainer.as_of)):
            latest = explainer
    if latest is not None:
        yield from _state(event, event.status, event.when.location if event.when.date is not None else event.location, latest)


def _state(event: Event, status: str, location: Location, explainer: Explainer) -> Iterator[Diagnostic]:
    if status in DONE and is_before(explainer.as_of, event.when):
        yield _too_early(event, status, location, explainer)
    elif (status in AHEAD or (status == "ongoing" and _has_end(event))) and is_before(event.when, explainer.as_of):
        yield _passed(event, status, location, explainer)
    elif status == "occurred" and _goes_on(event, explainer):
        yield Diagnostic(
            "event-not-over",
            f"This event has occurred, but it lasts ({worded(event.when)}) beyond the day to which the explainer is current ({worded(explainer.as_of)}).",
            location,
            help="Write “status: ongoing”; or an end that has passed.",
            severity=WARNING,
            also=(explainer.as_of.location,),
        )


def _has_end(event: Event) -> bool:
    return event.when.date is not None and event.when.date.kind == SPAN


def _goes_on(event: Event, explainer: Explainer) -> bool:
    """Return whether an event with a given end has begun by the day of an explainer, and ends after it."""
    when, day = event.when.date, explainer.as_of.date
    return when is not None and day is not None and not when.end and lasts_beyond(when, day)


def _passed(event: Event, status: str, location: Location, explainer: Explainer) -> Diagnostic:
    return Diagnostic(
        "event-passed",
        f"This event is {status} ({worded(event.when)}), but the explainer is current to {worded(explainer.as_of)}.",
        location,
        help=f"Say what became of it: {'occurred' if status == 'ongoing' else 'occurred, cancelled or postponed'}. “{status}” can move to its “history:”.",
        severity=WARNING,
        also=(explainer.as_of.location,),
    )


def _too_early(event: Event, status: str, location: Location, explainer: Explainer) -> Diagnostic:
    if explainer.as_of.location in (explainer.updated.location, explainer.published.location):
        return Diagnostic(
            "event-after-update",
            f"This event has {DONE[status]} ({worded(event.when)}) after the last update of an explainer that has it "
            f"({worded(explainer.as_of)}).",
            location,
            help="Write “updated:” with the day of the update, or a status such as planned.",
            severity=WARNING,
            also=(explainer.as_of.location,),
        )
    return Diagnostic(
        "event-after-as-of",
        f"This event has {DONE[status]} ({worded(event.when)}), but the explainer is current to {worded(explainer.as_of)}.",
        location,
        help="Write a status such as planned or expected, or correct “when:” or “as_of:”.",
        also=(explainer.as_of.location,),
    )


def _contradiction(event: Event, done: Status, then: str, location: Location) -> Diagnostic:
    return Diagnostic(
        "history-contradicts",
        f"By its history “{event.title}” had {DONE[done.status]} by {worded(done.on)}, and {then}.",
        location,
        help="Correct a status or a day.",
        severity=WARNING,
        also=(done.location,),
    )


def undated_event(site: Site, event_id: str) -> Iterator[Diagnostic]:
    """An event has a date, or says that it is unknown."""
    event = site.events[event_id]
    if event.undated:
        yield Diagnostic(
            "event-no-date",
            f"The event “{event.title}” has no date.",
            event.location,
            help="Add “when:” with its date, or “when: unknown” if none is known.",
        )


def days_of_history(site: Site, event_id: str) -> Iterator[Diagnostic]:
    """A date in the history differs from the present date of the event, and nothing is planned for a day that has passed by then."""
    event = site.events[event_id]
    dated = [past for past in event.history if past.when.date is not None]
    if dated and event.when.date is not None and all(worded(past.when) == worded(event.when) for past in dated):
        yield Diagnostic(
            "date-not-moved",
            f"This step of the history gives the date that the event has ({worded(event.when)}).",
            dated[0].when.location,
            help="Write the date that it had then; or leave this “when:” out, where the date has not moved.",
            severity=WARNING,
            also=(event.when.location,),
        )
    for past in dated:
        if past.status in AHEAD and is_before(past.when, past.on):
            message = f"This was {past.status} for {worded(past.when)} on {worded(past.on)}, when that had passed."
            yield _order(past.when, message, past.on)
    if event.history:
        yield from _steps(event)


def _steps(event: Event) -> Iterator[Diagnostic]:
    """The steps of a history do not contradict each other, nor what the event is by now."""
    steps = sorted((past for past in event.history if past.on.date is not None), key=lambda past: dates.sort_key(past.on.date))
    done = next((past for past in steps if past.status in DONE), None)
    if done is not None:
        undone = next((past for past in steps if past.status in UNDONE and is_before(done.on, past.on)), None)
        if undone is not None:
            yield _contradiction(event, done, f"was {undone.status} after that", undone.location)
        elif event.status in UNDONE and "status" not in event.derived:
            yield _contradiction(event, done, f"is {event.status} now", event.location)
    for first, second in pairwise(steps):
        if (
            worded(first.on) == worded(second.on)
            and first.on.date is not None
            and first.on.date.is_certain_day
            and first.by == second.by
            and first.source == second.source
            and (first.status, first.when.date) != (second.status, second.when.date)
        ):
            yield Diagnostic(
                "history-contradicts",
                f"Two steps of this history are of the same day ({worded(first.on)}), so it is not clear which came last.",
                second.location,
                help="Give each the day on which it was known, or the time; or whose report it is, if they differ: “source:” or “by:”.",
                severity=WARNING,
                also=(first.location,),
            )
    for past in steps:
        if past.status in AHEAD and past.when.date is None and event.status in FACTS and is_before(event.when, past.on):
            message = f"This was {past.status} on {worded(past.on)}, when its day ({worded(event.when)}) had passed."
            yield _order(past.on, message, event.when)


# --- the dates of one record ------------------------------------------------


def days_of_explainer(site: Site, slug: str) -> Iterator[Diagnostic]:
    """The dates of an explainer fit together: it is not updated or corrected before it is published, and its `as_of` is not after its last change."""
    explainer = site.explainers[slug]
    for on in [update.on for update in explainer.updates] or [explainer.updated]:
        yield from _earlier(on, "updated", explainer.published, "published")
    for correction in explainer.corrections:
        yield from _earlier(correction.on, "corrected", explainer.published, "published")
    last = explainer.updated if explainer.updated.date is not None else explainer.published
    if is_before(last, explainer.as_of):
        yield _order(
            explainer.as_of,
            f"This explainer is current to {worded(explainer.as_of)}, but was last changed on {worded(last)}.",
            last,
        )


def days_of_source(site: Site, source_id: str) -> Iterator[Diagnostic]:
    """A source is not read before it is published, nor does it cite a later one."""
    source = site.sources[source_id]
    yield from _earlier(source.accessed, "read", source.published, "published")
    for key in source.cites:
        cited = site.sources[key].published
        if is_before(source.published, cited) and source_id not in _rests_on(site, key):
            message = f"This was published ({worded(source.published)}) before “{key}”, which it cites ({worded(cited)})."
            yield _order(source.published, message, cited)


def days_of_offices(site: Site, actor_id: str) -> Iterator[Diagnostic]:
    """No office ends before it begins."""
    for held in site.actors[actor_id].positions:
        yield from _earlier(held.until, "left", held.since, "taken up")


def _earlier(second: When, then: str, first: When, before: str) -> Iterator[Diagnostic]:
    if is_before(second, first):
        yield _order(second, f"This was {then} ({worded(second)}) before it was {before} ({worded(first)}).", first)


def _order(when: When, message: str, other: When) -> Diagnostic:
    return Diagnostic("date-order", message, when.location, help="Correct one of the two dates.", severity=WARNING, also=(other.location,))


# --- quotes ------------------------------------------------


def words_after_report(site: Site, slug: str) -> Iterator[Diagnostic]:
    """No source reports words that were said later."""
    for quote in map(site.quotes.__getitem__, site.quotes_in[slug]):
        if quote.said.date is None:
            continue
        early = next((source_id for source_id in quote.via if is_before(site.sources[source_id].published, quote.said)), None)
        if early is not None:
            published = site.sources[early].published
            yield Diagnostic(
                "quote-too-late",
                f"These words were said ({worded(quote.said)}) after the source “{early}” came out ({worded(published)}).",
                quote.said.location,
                help=f"Correct {'“on=” or “source=”' if made_by_mark(site, slug, quote) else '“said:” or “via:”'}, or the source’s “published:”.",
                severity=WARNING,
                also=(published.location,),
            )


def order_of_via(site: Site, slug: str) -> Iterator[Diagnostic]:
    """The sources of a quote begin with its first publisher: none precedes one that it cites, or that certainly came out earlier."""
    for quote in map(site.quotes.__getitem__, site.quotes_in[slug]):
        right = _in_order(site, quote.via) if len(quote.via) > 1 else quote.via
        if right != quote.via:
            written = f"source={','.join(right)}" if made_by_mark(site, slug, quote) else f"via: [{', '.join(right)}]"
            yield Diagnostic(
                "via-order",
                "The sources of this quote do not begin with its first publisher, by what they cite and when they came out.",
                quote.location,
                help=f"Write “{written}”, or correct “cites:” or “published:” of these sources.",
                severity=WARNING,
                subject=next(key for key, other in zip(quote.via, right, strict=True) if key != other),
                kind="source",
            )


def _in_order(site: Site, via: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sources so that each follows those that it cites and that came out earlier; otherwise in their order."""
    rests_on = {source_id: _rests_on(site, source_id) for source_id in via}

    def is_behind(source_id: str, other: str) -> bool:
        published, before = site.sources[source_id].published, site.sources[other].published
        if other in rests_on[source_id] and source_id not in rests_on[other]:
            return not is_before(published, before)  # what is said of them contradicts itself
        return source_id not in rests_on[other] and is_before(before, published)

    left, found = list(via), []
    while left:
        first = next(
            (source_id for source_id in left if not any(is_behind(source_id, other) for other in left if other != source_id)), left[0]
        )
        left.remove(first)
        found.append(first)
    return tuple(found)


def _rests_on(site: Site, record_id: str) -> set[str]:
    """Return all sources that a source cites, transitively."""
    found: set[str] = set()
    waiting = [record_id]
    while waiting:
        new = [cited for cited in site.sources[waiting.pop()].cites if cited not in found]
        found.update(new)
        waiting += new
    return found


def replies_to_later_quotes(site: Site, slug: str) -> Iterator[Diagnostic]:
    """No quote answers or repeats a later one."""
    for quote in map(site.quotes.__getitem__, site.quotes_in[slug]):
        for relation, key in quote.relations if quote.said.date is not None else ():
            other = site.quotes[key]
            if relation in LATER and is_before(quote.said, other.said):
                yield Diagnostic(
                    "reply-too-early",
                    f"This quote {relation} “{other.id}”, but was said ({worded(quote.said)}) before it ({worded(other.said)}).",
                    quote.said.location,
                    help=f"Correct one of the dates, or delete “{relation}:”.",
                    severity=WARNING,
                    also=(other.said.location,),
                )
