"""What the form offers for events: those of the timeline, the statuses in words, and the labels of the fields."""

import msgspec

from builder import dates
from builder.content.markup.plain_words import status_words
from builder.model import STATUSES, Event, Site
from builder.preview.parsed_files import parsed


class EventChoice(msgspec.Struct, frozen=True):
    """An event that words may mean."""

    id: str
    title: str
    when: str = ""
    """In words."""
    edtf: str = ""
    source: str = ""
    status: str = ""
    """As the record in the explainer has it; "" if it leaves that to the date."""
    by: tuple[str, ...] = ()
    """Who says so, as the record in the explainer has it."""


class StatusChoice(msgspec.Struct, frozen=True):
    """A status that an event may have."""

    status: str
    words: str
    """As readers of the site read it."""


class EventLabels(msgspec.Struct, frozen=True):
    """The labels of the fields of an event, in the language of the site."""

    status: str = ""
    by: str = ""


def event_choices(site: Site, slug: str, data: bytes) -> tuple[EventChoice, ...]:
    """Return the events of the timeline of an explainer, whose file has these bytes."""
    explainer = parsed(site.explainers[slug].location.path, data).explainer
    own = {item.id: item for item in (explainer.timeline if explainer is not None else ()) if isinstance(item, Event)}
    found = [site.events[key] for key in site.timelines[slug] if key in site.events]
    return tuple(_choice(site, event, own.get(event.id)) for event in found)


def _choice(site: Site, event: Event, own: Event | None) -> EventChoice:
    date = event.when.date
    return EventChoice(
        event.id,
        event.title,
        dates.wording(date, site.language) if date is not None else "",
        date.edtf if date is not None else "",
        next(iter(event.sources), ""),
        own.status if own is not None else "",
        own.by if own is not None else (),
    )


def status_choices(site: Site) -> tuple[StatusChoice, ...]:
    """Return all statuses, in the order of the format."""
    return tuple(StatusChoice(status, status_words(site.language, status)) for status in STATUSES)


def event_labels(site: Site) -> EventLabels:
    """Return the labels of the fields of an event."""
    return EventLabels(site.language.word("Status"), site.language.word("Who says so"))
