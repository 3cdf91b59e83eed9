"""Events, with how firm they are."""

from builder import urls
from builder.dates import Date, days
from builder.model import Site, Status
from builder.views import prose
from builder.views.cards.memo import once_a_site
from builder.views.cards.refs import actor_ref, date, source_ref, source_short
from builder.views.shapes import Bar, EventCard, Step


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
        bar=bar(event.when.date),
    )


def bar(date: Date | None) -> Bar | None:
    """Return the days between which something was; None for a single day, and where nothing is known."""
    if date is None or date.is_certain_day:
        return None
    first, last = (date.earliest, date.latest) if date.shape == "about" else (date.lower, date.upper)
    some = last if first is None else first
    if some is None or (first == last and date.shape != "about"):
        return None
    begin, end = days.civil(some if first is None else first), days.civil(some if last is None else last)
    if first is not None and last is not None and begin[:2] == end[:2]:
        zero, length = days.ordinal(begin[0], begin[1], 1), days.month_length(begin[0], begin[1])
    else:
        # What is open on one side has a year more there, to fade away in.
        zero = days.ordinal(begin[0] - (first is None), 1, 1)
        length = days.ordinal(end[0] + 1 + (last is None), 1, 1) - zero
    start = 0 if first is None else 1000 * (first - zero) // length
    stop = 1000 if last is None else 1000 * (last + 1 - zero) // length
    return Bar(start, max(stop - start, 8), "from-nowhere" if first is None else "to-nowhere" if last is None else "")


def _step(site: Site, step: Status) -> Step:
    return Step(step.status, status_words(site, step.status), date(site, step.on), source_short(site, step.source) if step.source else None)
