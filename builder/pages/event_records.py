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
    then = {one.id: one.status for one in events if one.now}
    if not any(one.id in then for one in quote.about):
        return quote
    about = tuple(msgspec.structs.replace(one, status=then.get(one.id, one.status)) for one in quote.about)
    return msgspec.structs.replace(quote, about=about)


def _record(site: Site, found: Event) -> EventRecord:
    key = found.id
    by = _voices(site, found.by)
    label = titled(site, found)
    return EventRecord(
        id=key,
        path=urls.event_path(key),
        title=found.title,
        status=found.status,
        when=date(site, found.when),
        standing=standing(site, found.status, (one.name for one in by), derived="status" in found.derived),
        label=label if label != found.title else "",
        by=by,
        actors=tuple(actor_named(site, who) for who in found.actors),
        place=found.where,
        sources=tuple(source_named(site, one) for one in found.sources),
        text=body_html.words(site, ("event", key), found.summary),
        history=tuple(
            StatusRecord(
                status=past.status,
                on=date(site, past.on),
                source=source_named(site, past.source) if past.source else None,
                by=_voices(site, past.by),
                when=date(site, past.when),
            )
            for past in found.history
        ),
        same_as=tuple(labels.entity_address(address) for address in found.same_as),
        derived=found.derived,
        extra=dict(found.extra),
        changed=max((changed(site, mention.slug) for mention in site.event_mentions.get(key, ())), default=""),
        spoken=is_day_of_speaking(site, found),
        short=found.short,
        key=found.key,
    )


def _voices(site: Site, by: tuple[str, ...]) -> tuple[Named, ...]:
    return tuple(source_named(site, who) if labels.is_source(site, who) else actor_named(site, who) for who in by)


def changed(site: Site, slug: str) -> str:
    """Return the day of the last update of an explainer, else of its publication; "" if unknown."""
    return site.last_changes[slug][1]
