"""Future dates of past actions: reading, saying, updating, correcting, taking up an office.

This needs the day of the build and single files only, so it works on documents.
"""

from collections.abc import Iterator

from builder import dates
from builder.dates.date import ONE
from builder.diagnostics import WARNING, Diagnostic
from builder.model import Actor, Document, Event, Explainer, Source, When

FutureDates = tuple[tuple[int, Diagnostic], ...]
"""Problems, each with the day on which it ends."""


def ahead(document: Document, day: int | None) -> FutureDates | None:
    """Return the problems of a file on a day, counted as `dates.first_day` does; None if there are none, or if `day` is None.

    For a scheduled explainer, the day it is scheduled for counts.
    """
    if day is None:
        return None
    explainer = document.explainer
    published = explainer.published.date if explainer is not None else None
    until = max(day, (dates.first_day(published) or day) if published is not None else day)
    found = []
    for when, words in _days(document):
        if when.date is not None and when.date.earliest is not None and when.date.earliest > until:
            problem = Diagnostic(
                "date-ahead",
                f"{words} {_in_words(when.date)}.",
                when.location,
                help="Correct the date. Something that is still to come is an event, with a status such as planned.",
                severity=WARNING,
            )
            found.append((when.date.earliest, problem))
    return tuple(found) or None


def _in_words(date: dates.Date) -> str:
    """Return a date that lies ahead, as it follows a verb: “on 2027-02-01, a day that has not come”."""
    if date.kind == ONE and date.points[0].unit in {"day", "month", "year"}:
        unit = date.points[0].unit
        return f"{'on' if unit == 'day' else 'in'} {date.edtf}, a {unit} that has not come"
    return f"at {date.edtf}, which has not come"


def _days(document: Document) -> Iterator[tuple[When, str]]:
    """Yield the dates of past actions, each with a clause for the message."""
    if document.explainer is not None:
        yield from _of_explainer(document.explainer)
    if document.source is not None:
        yield from _of_source(document.source)
    if document.event is not None:
        yield from _of_event(document.event)
    if document.actor is not None:
        yield from _of_actor(document.actor)


def _of_explainer(explainer: Explainer) -> Iterator[tuple[When, str]]:
    for on in [update.on for update in explainer.updates] or [explainer.updated]:
        yield on, "This explainer was updated"
    for correction in explainer.corrections:
        yield correction.on, "This was corrected"
    for quote in explainer.quotes:
        yield quote.said, "These words were said"
    for source in explainer.sources:
        if isinstance(source, Source):
            yield from _of_source(source)
    for event in explainer.timeline:
        if isinstance(event, Event):
            yield from _of_event(event)
    for actor in explainer.actors:
        if isinstance(actor, Actor):
            yield from _of_actor(actor)


def _of_source(source: Source) -> Iterator[tuple[When, str]]:
    yield source.published, f"The source “{source.id}” came out"
    yield source.accessed, f"The source “{source.id}” was read"


def _of_event(event: Event) -> Iterator[tuple[When, str]]:
    for past in event.history:
        yield past.on, f"This event gets the status “{past.status}”"


def _of_actor(actor: Actor) -> Iterator[tuple[When, str]]:
    for held in actor.positions:
        yield held.since, f"{actor.title} took up the office “{held.role}”"
