"""Histories of events whose steps contradict each other, what the event is by now, or the day of the newest account of it."""

from collections.abc import Iterator
from itertools import pairwise

from builder import dates
from builder.checks.chronology import FACT_VERBS, is_before, newest_account, out_of_order, worded
from builder.diagnostics import WARNING, Diagnostic, Location
from builder.model import FACTS, FORESEEN, NOT_HAPPENED, OUTSTANDING, Event, Site, Status


def days_of_history(site: Site, event_id: str) -> Iterator[Diagnostic]:
    """A date in the history differs from the present date of the event, and nothing is planned for a day that has passed by then."""
    event = site.events[event_id]
    dated = [past for past in event.history if past.when.date is not None]
    # What was postponed names the date to which it was.
    if (
        any(past.status != "postponed" for past in dated)
        and event.when.date is not None
        and all(worded(past.when) == worded(event.when) for past in dated)
    ):
        yield Diagnostic(
            "date-not-moved",
            f"This step of the history gives the date that the event has ({worded(event.when)}).",
            dated[0].when.location,
            help="Write the date that it had then; or leave this “when:” out, where the date has not moved.",
            severity=WARNING,
            also=(event.when.location,),
        )
    for past in dated:
        if past.status in FORESEEN and is_before(past.when, past.on):
            message = f"This was {past.status} for {worded(past.when)} on {worded(past.on)}, when that had passed."
            yield out_of_order(past.when, message, past.on)
    if event.history:
        yield from _steps(event)
        yield from _steps_after_account(site, event)
        yield from _steps_against_dates(site, event)


def _steps_after_account(site: Site, event: Event) -> Iterator[Diagnostic]:
    """No step of a history lies after the day of the newest explainer that has the event, which could not know of it."""
    latest = newest_account(site, event.id)
    late = next((past for past in event.history if latest is not None and is_before(latest.as_of, past.on)), None)
    if late is not None and latest is not None:
        yield Diagnostic(
            "date-order",
            f"This step of the history is of {worded(late.on)}, but the explainer is current to {worded(latest.as_of)}.",
            late.on.location,
            help="Correct the date, or write “updated:” or “as_of:” with a later one.",
            severity=WARNING,
            also=(latest.as_of.location,),
        )


def _steps_against_dates(site: Site, event: Event) -> Iterator[Diagnostic]:
    """No step that says that an event has happened is of a day before it, and none is of a later day than the source that reports it."""
    latest = newest_account(site, event.id)
    has_happened = event.status in FACTS and not (latest is not None and is_before(latest.as_of, event.when))
    for past in event.history:
        then = past.when if past.when.date is not None else event.when
        if has_happened and past.status in FACTS and is_before(past.on, then):
            yield out_of_order(past.on, f"This had {FACT_VERBS[past.status]} by {worded(past.on)}, before its day ({worded(then)}).", then)
        source = site.sources.get(past.source)
        if source is not None and is_before(source.published, past.on):
            message = f"This step is of {worded(past.on)}, after its source “{past.source}” came out ({worded(source.published)})."
            yield out_of_order(past.on, message, source.published)


def _steps(event: Event) -> Iterator[Diagnostic]:
    """The steps of a history do not contradict each other, nor what the event is by now."""
    steps = sorted((past for past in event.history if past.on.date is not None), key=lambda past: dates.sort_key(past.on.date))
    done = next((past for past in steps if past.status in FACTS), None)
    if done is not None:
        undone = next((past for past in steps if past.status in NOT_HAPPENED and is_before(done.on, past.on)), None)
        if undone is not None:
            yield _contradiction(event, done, f"was {undone.status} after that", undone.location)
        elif event.status in NOT_HAPPENED and "status" not in event.derived:
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
        if past.status in OUTSTANDING and past.when.date is None and event.status in FACTS and is_before(event.when, past.on):
            message = f"This was {past.status} on {worded(past.on)}, when its day ({worded(event.when)}) had passed."
            yield out_of_order(past.on, message, event.when)


def _contradiction(event: Event, done: Status, then: str, location: Location) -> Diagnostic:
    return Diagnostic(
        "history-contradicts",
        f"By its history “{event.title}” had {FACT_VERBS[done.status]} by {worded(done.on)}, and {then}.",
        location,
        help="Correct a status or a day.",
        severity=WARNING,
        also=(done.location,),
    )
