"""Events, with how firm they are."""

import msgspec

from builder import dates, urls
from builder.incremental.memoize import for_a_while, once_a_site
from builder.linking import defaults
from builder.model import CLAIMED, PLANNED, Event, Site, Status, When
from builder.pages import body_html, labels
from builder.pages.cards.refs import actor_ref, date, source_ref, source_short
from builder.pages.cards.status_wording import by_words, doubt, standing, status_words
from builder.pages.shapes import EventCard, PastStatus, Ref

SPOKEN_OF = CLAIMED | {"expected", "conditional"}
"""Statuses of events whose date may be that of a statement about them."""


@once_a_site
def event_card(site: Site, event_id: str, root: str) -> EventCard:
    """Return an event as a card or an entry of a timeline; `root` leads from the page to the site's root, for the links in its text."""
    event = site.events[event_id]
    by = voices(site, event.by)
    return EventCard(
        id=event_id,
        title=event.title,
        path=urls.event_path(event_id),
        when=date(site, event.when),
        status=event.status,
        status_words=status_words(site, event.status),
        by=by,
        by_words=by_words(site, event.status),
        standing=standing(site, event.status, (ref.name for ref in by), derived="status" in event.derived),
        actors=tuple(actor_ref(site, who) for who in event.actors),
        place=event.where,
        sources=tuple(source_short(site, source) for source in event.sources),
        text=body_html.line(site, ("event", event_id), event.summary, root, file=event.summary_in),
        history=tuple(_past_status(site, past) for past in event.history),
        moved=tuple(_past_status(site, past) for past in event.history if past.when.date is not None and past.when.date != event.when.date),
        status_derived="status" in event.derived,
        now="",
        signs=_signs(event.status, derived="status" in event.derived),
        doubt=doubt(site, event.status),
        short=event.short,
    )


def _signs(status: str, *, derived: bool) -> str:
    return f"{status} inferred" if derived else status


@for_a_while
def as_of(site: Site, slug: str, event_id: str) -> Event:
    """Return an event as it was on the day of an explainer: with the status that it had then, those who said so, and the date in the explainer's own words."""
    event = site.events[event_id]
    explainer = site.explainers[slug]
    own = own_events(site, slug).get(event_id)
    if own is not None and own.when.relative is not None and own.when.date is not None:
        event = msgspec.structs.replace(event, when=own.when)
    given = own.sources if own is not None else ()
    known = tuple(source for source in event.sources if source in given or not defaults.is_later(site.sources[source], explainer.as_of))
    if known != event.sources:
        event = msgspec.structs.replace(event, sources=known)
    status, inferred = own.status if own is not None else "", False
    if not status and own is not None and own.by and not own.history and event_id in site.timelines[slug]:
        status, inferred = defaults.status(event, explainer.as_of), True
    elif not status and event_id in site.timelines[slug]:
        status, inferred = defaults.status_on(event, explainer.as_of, is_newer=_is_newer(site, event_id, explainer.as_of))
    if status in {"", event.status}:
        return event
    past = next((past for past in event.history if past.status == status and past.on.date == explainer.as_of.date), None)
    # Who says what the event is by now did not say what it was then.
    by = past.by if past is not None else own.by if own is not None else ()
    derived = (*(key for key in event.derived if key != "status"), *(("status",) if inferred else ()))
    return msgspec.structs.replace(event, status=status, by=by, derived=derived)


def _is_newer(site: Site, event_id: str, as_of: When) -> bool:
    """Return whether only accounts of later days give an event the status that it has."""
    if as_of.date is None:
        return False
    found = [(mention.slug, own_events(site, mention.slug).get(event_id)) for mention in site.event_mentions.get(event_id, ())]
    days = [site.explainers[slug].as_of.date for slug, own in found if own is not None and own.status == site.events[event_id].status]
    return bool(days) and all(day is not None and dates.compare(day, as_of.date) == 1 for day in days)


@for_a_while
def event_in(site: Site, slug: str, event_id: str, root: str) -> EventCard:
    """Return an event as a card, as it was on the day of an explainer."""
    card, event, then = event_card(site, event_id, root), site.events[event_id], as_of(site, slug, event_id)
    if then.when is not event.when:
        card = msgspec.structs.replace(card, when=date(site, then.when))
    if then.sources != event.sources:
        card = msgspec.structs.replace(card, sources=tuple(source_short(site, source) for source in then.sources))
    if then.status == event.status:
        return card
    status, inferred, by = then.status, "status" in then.derived, voices(site, then.by)
    return msgspec.structs.replace(
        card,
        status=status,
        status_words=status_words(site, status),
        by=by,
        by_words=by_words(site, status),
        standing=standing(site, status, (ref.name for ref in by), derived=inferred),
        now=card.status_words,
        status_derived=inferred,
        signs=_signs(status, derived=inferred),
        doubt=doubt(site, status),
    )


@for_a_while
def own_events(site: Site, slug: str) -> dict[str, Event]:
    """Return the event records of an explainer's own front matter, by id."""
    return {record.id: record for record in site.records_in[slug] if isinstance(record, Event)}


def voices(site: Site, by: tuple[str, ...]) -> tuple[Ref, ...]:
    """Return links to the actors and sources of an event's `by`."""
    return tuple(source_ref(site, who) if labels.is_source(site, who) else actor_ref(site, who) for who in by)


def _past_status(site: Site, past: Status) -> PastStatus:
    source = source_short(site, past.source) if past.source else None
    # Where the source is their own, its name has theirs: it is not said twice.
    own = {past.source, site.sources[past.source].publisher} if past.source else set()
    by = voices(site, tuple(who for who in past.by if who not in own))
    return PastStatus(
        past.status,
        status_words(site, past.status),
        date(site, past.on),
        by,
        by_words(site, past.status),
        source,
        own=len(by) < len(past.by),
        at=date_then(site, past),
    )


def date_then(site: Site, past: Status) -> str:
    """Return the date that an event had in an earlier status, as words to follow its status: `for April 2019`; "" without a date."""
    when = date(site, past.when)
    if when is None:
        return ""
    word = site.language.word
    form = word("for {date}") if past.status in PLANNED else word("to {date}") if past.status == "postponed" else "({date})"
    return form.format(date=when.words)


def day_of_speaking(site: Site, event_id: str) -> bool:
    """Return whether the date of an uncertain event is only the day of a statement about it."""
    return is_day_of_speaking(site, site.events[event_id])


def is_day_of_speaking(site: Site, event: Event) -> bool:
    """Return the same of an event as it is, or as it was on some day."""
    when = event.when.date
    if when is None or event.status not in SPOKEN_OF:
        return False
    days = [past.on.date for past in event.history] + [site.quotes[quote].said.date for quote in site.said_about.get(event.id, ())]
    return any(day is not None and day.lower == when.lower and day.upper == when.upper for day in days)
