"""Links to records, and dates, in words."""

import re

from builder import dates, urls
from builder.dates import Date
from builder.i18n.language import Language, set_apart
from builder.incremental.memoize import once_a_site
from builder.model import UNNAMED, Explainer, Site, When
from builder.pages import labels
from builder.pages.cards.status_wording import doubt
from builder.pages.date_records import once_a_date
from builder.pages.shapes import DASHED, SOLID, DateView, Ref


def date(site: Site, when: When) -> DateView | None:
    """Return a date in words; None if none was given."""
    says = when.relative.says if when.relative is not None else ""
    if when.date is None:
        return DateView(says, says, "", "unknown", "", says) if says else None
    return _view(site.language, when.date, says)


@once_a_date
def _view(language: Language, date: Date, says: str) -> DateView:
    return DateView(
        dates.wording(date, language),
        dates.wording(date, language, style="short"),
        dates.html_datetime(date),
        date.shape,
        dates.standard_edtf(date),
        says,
        _open_sides(date),
    )


def _open_sides(date: Date) -> str:
    if date.shape != "open":
        return ""
    return " ".join(side for side, bound in (("from-nowhere", date.lower), ("to-nowhere", date.upper)) if bound is None)


_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def noted(site: Site, pairs: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the author's own keys with their values as a page shows them: a day in words, all else as it was written."""
    return tuple((key, _day_in_words(site, value) if _DAY.fullmatch(value) else value) for key, value in pairs)


def _day_in_words(site: Site, value: str) -> str:
    try:
        return dates.wording(dates.parse(value), site.language)
    except dates.DateProblem:
        return value


@once_a_site
def actor_ref(site: Site, actor_id: str) -> Ref:
    """Return a link to an actor, or plain words where `actor_id` is no id."""
    actor = site.actors.get(actor_id)
    if actor is None:
        return Ref(actor_id, "")
    return Ref(actor.title, urls.actor_path(actor_id), "actor", DASHED if actor.type == UNNAMED else SOLID)


@once_a_site
def event_ref(site: Site, event_id: str) -> Ref:
    """Return a link to an event, with its doubt unless it has happened."""
    event = site.events[event_id]
    return Ref(event.title, urls.event_path(event_id), "event", doubt=doubt(site, event.status))


@once_a_site
def source_ref(site: Site, source_id: str) -> Ref:
    """Return a link to a source, called by its publisher and title."""
    source = site.sources[source_id]
    publisher = labels.publisher(site, source_id)
    name = f"{publisher}: {source.title}" if publisher and source.title else publisher or source.label
    return Ref(name, urls.source_path(source_id), "source")


@once_a_site
def source_short(site: Site, source_id: str) -> Ref:
    """Return a short link to a source: `CNN, 19 Jan 2022`."""
    source = site.sources[source_id]
    publisher = labels.publisher(site, source_id)
    published = date(site, source.published)
    name = publisher or source.label
    if publisher and published is not None:
        name = f"{set_apart(publisher, site.settings.language)}, {site.language.apart(published.short)}"
    return Ref(name, urls.source_path(source_id), "source")


def inferred(site: Site, words: str) -> str:
    """Return words with the mark of inferred values."""
    return f"{words} ({site.language.word('inferred')})"


def explainer_ref(explainer: Explainer) -> Ref:
    """Return a link to an explainer."""
    return Ref(explainer.title, urls.explainer_path(explainer.slug), "explainer")


def topic_ref(topic: str) -> Ref:
    """Return a link to a topic's page."""
    return Ref(topic, urls.topic_path(topic), "topic")
