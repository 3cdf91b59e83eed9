"""Events, with how firm they are."""

from builder import urls
from builder.model import Site, Status
from builder.views import prose
from builder.views.cards.memo import once_a_site
from builder.views.cards.refs import actor_ref, date, source_ref, source_short
from builder.views.shapes import EventCard, Step


def status_words(site: Site, status: str) -> str:
    """Return a status as a reader reads it."""
    return site.language.word(status)


@once_a_site
def event_card(site: Site, key: str, root: str) -> EventCard:
    """Return an event as a card or an entry of a timeline; `root` leads from the page to the site's root, for the links in its text."""
    event = site.events[key]
    return EventCard(
        id=key,
        title=event.title,
        path=urls.event(key),
        when=date(site, event.when),
        status=event.status,
        status_words=status_words(site, event.status),
        by=tuple(source_ref(site, who) if who in site.sources and who not in site.actors else actor_ref(site, who) for who in event.by),
        actors=tuple(actor_ref(site, who) for who in event.actors),
        place=event.where,
        sources=tuple(source_short(site, source) for source in event.sources),
        text=prose.line(site, ("event", key), event.summary, root),
        history=tuple(_step(site, step) for step in event.history),
        status_derived="status" in event.derived,
    )


def _step(site: Site, step: Status) -> Step:
    return Step(step.status, status_words(site, step.status), date(site, step.on), source_short(site, step.source) if step.source else None)
