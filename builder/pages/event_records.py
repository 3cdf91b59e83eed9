"""Events as data records, as they are now or as they were on the day of an explainer."""

from collections.abc import Iterable

import msgspec

from builder import urls
from builder.formats.parts import Named
from builder.formats.published_data import EventRecord, QuoteRecord, StatusRecord
from builder.incremental.memoize import for_a_while, once_a_site
from builder.model import Event, Site
from builder.pages import body_html, labels
from builder.pages.cards import as_of, is_day_of_speaking, standing, status_words, titled
from builder.pages.date_records import date
from builder.pages.named import actor_named, source_named


@once_a_site
def event(site: Site, event_id: str) -> EventRecord:
    """Return an event as it is now, with how firm it is."""
    return _record(site, site.events[event_id])


@for_a_while
def event_then(site: Site, slug: str, event_id: str) -> EventRecord:
    """Return an event as it was on the day of an explainer, as on its page; with its status by now if that is another one."""
    now, then = site.events[event_id], as_of(site, slug, event_id)
    if then is now:
        return event(site, event_id)
    record = _record(site, then)
    if then.status == now.status:
        return record
    words = site.language.word("now {status}").format(status=status_words(site, now.status))
    return msgspec.structs.replace(record, now=now.status, standing=f"{record.standing} ({words})")


def quote_then(quote: QuoteRecord, events: Iterable[EventRecord]) -> QuoteRecord:
    """Return a quote of an explainer whose `about` has the statuses of the explainer's day."""
    then = {event.id: event.status for event in events if event.now}
    if not any(event.id in then for event in quote.about):
        return quote
    about = tuple(msgspec.structs.replace(event, status=then.get(event.id, event.status)) for event in quote.about)
    return msgspec.structs.replace(quote, about=about)


def _record(site: Site, event: Event) -> EventRecord:
    key = event.id
    by = _voices(site, event.by)
    label = titled(site, event)
    return EventRecord(
        id=key,
        path=urls.event_path(key),
        title=event.title,
        status=event.status,
        when=date(site, event.when),
        standing=standing(site, event.status, (actor.name for actor in by), derived="status" in event.derived),
        label=label if label != event.title else "",
        by=by,
        actors=tuple(actor_named(site, who) for who in event.actors),
        place=event.where,
        sources=tuple(source_named(site, source) for source in event.sources),
        text=body_html.words(site, ("event", key), event.summary),
        history=tuple(
            StatusRecord(
                status=past.status,
                on=date(site, past.on),
                source=source_named(site, past.source) if past.source else None,
                by=_voices(site, past.by),
                when=date(site, past.when),
            )
            for past in event.history
        ),
        same_as=tuple(labels.entity_address(address) for address in event.same_as),
        derived=event.derived,
        extra=dict(event.extra),
        changed=max((changed(site, mention.slug) for mention in site.event_mentions.get(key, ())), default=""),
        spoken=is_day_of_speaking(site, event),
        short=event.short,
        key=event.key,
    )


def _voices(site: Site, by: tuple[str, ...]) -> tuple[Named, ...]:
    return tuple(source_named(site, who) if labels.is_source(site, who) else actor_named(site, who) for who in by)


def changed(site: Site, slug: str) -> str:
    """Return the day of the last update of an explainer, else of its publication; "" if unknown."""
    return site.last_changes[slug][1]
