"""Sources, explainers and mentions, as lists show them."""

from collections.abc import Iterable, Sequence

from builder import dates, urls
from builder.incremental.memoize import once_a_site
from builder.linking.drafts import waits
from builder.model import LONG_LIST, Explainer, Mention, QuoteKey, Site, Source
from builder.pages import labels
from builder.pages.cards.refs import actor_ref, date, explainer_ref, source_short, topic_ref
from builder.pages.shapes import DateView, ExplainerCard, MentionView, SourceCard


def events_of_source(site: Site, source_id: str) -> tuple[str, ...]:
    """Return the events of a source, and those that name it in `by`."""
    told_by = site.events_attributed_to.get(source_id, ()) if labels.is_source(site, source_id) else ()
    return tuple(dict.fromkeys((*site.events_from.get(source_id, ()), *told_by)))


def count_by_mode(site: Site, keys: Sequence[QuoteKey]) -> tuple[int, int]:
    """Return how many of these are quotes, and how many are paraphrases."""
    paraphrases = sum(key in site.paraphrases for key in keys)
    return len(keys) - paraphrases, paraphrases


@once_a_site
def source_card(site: Site, source_id: str) -> SourceCard:
    """Return a source with its numbers of quotes, paraphrases and events."""
    source: Source = site.sources[source_id]
    quotes, paraphrases = count_by_mode(site, site.quotes_by_source.get(source_id, ()))
    return SourceCard(
        id=source_id,
        title=labels.of_source(site, source_id),
        path=urls.source_path(source_id),
        publisher=actor_ref(site, source.publisher) if source.publisher else None,
        authors=source.authors,
        published=date(site, source.published),
        accessed=date(site, source.accessed),
        url=source.url,
        archived=source.archived,
        lang=source.lang if source.lang != site.settings.language else "",
        note=source.note,
        cites=tuple(source_short(site, other) for other in source.cites),
        quotes=quotes,
        paraphrases=paraphrases,
        events=len(events_of_source(site, source_id)),
    )


@once_a_site
def explainer_card(site: Site, slug: str) -> ExplainerCard:
    """Return an explainer as lists show it."""
    explainer = site.explainers[slug]
    return ExplainerCard(
        title=explainer.title,
        path=urls.explainer_path(explainer.slug),
        summary=explainer.summary,
        published=date(site, explainer.published),
        updated=date(site, explainer.updated),
        as_of=state_day(site, slug),
        topics=tuple(topic_ref(topic) for topic in explainer.topics),
        authors=explainer.authors,
        draft=explainer.draft,
        waits=waits(explainer.published, site.day),
    )


@once_a_site
def state_day(site: Site, slug: str) -> DateView | None:
    """Return the day up to which an explainer is current; None if it has none. If it was read off a report, it is no surer than the date of that."""
    day = site.explainers[slug].as_of
    if day.date is None:
        return date(site, day)
    for key in site.explainer_sources[slug]:
        published = site.sources[key].published
        same = published.date
        if same is not None and (same.lower, same.upper) == (day.date.lower, day.date.upper) and not same.is_certain_day:
            return date(site, published)
    return date(site, day)


def newest(site: Site, slugs: Iterable[str]) -> Explainer | None:
    """Return the explainer that is current up to the newest day; None if none gives a day."""
    dated = [site.explainers[slug] for slug in slugs if site.explainers[slug].as_of.date is not None]
    return max(dated, key=lambda explainer: dates.sort_key(explainer.as_of.date), default=None)


def actor_as_of(site: Site, actor_id: str) -> DateView | None:
    """Return the newest `as_of` of the explainers that name an actor; None if none has one."""
    return _as_of(site, site.mentions.get(actor_id, ()))


def event_as_of(site: Site, event_id: str) -> DateView | None:
    """Return the newest `as_of` of the explainers that have an event; None if it has happened, which holds on any day."""
    return _as_of(site, site.event_mentions.get(event_id, ())) if site.events[event_id].status != "occurred" else None


def _as_of(site: Site, mentions: Sequence[Mention]) -> DateView | None:
    # The newest first. Of thousands only so many are looked at: an older one is seldom of a later day.
    last = newest(site, (found.slug for found in mentions[:LONG_LIST]))
    return state_day(site, last.slug) if last is not None else None


def mention(site: Site, mention_: Mention) -> MentionView:
    """Return an explainer with the sentence of a mention."""
    explainer = site.explainers[mention_.slug]
    return MentionView(
        explainer_ref(explainer),
        state_day(site, mention_.slug),
        mention_.sentence[: mention_.start],
        mention_.sentence[mention_.start : mention_.end],
        mention_.sentence[mention_.end :],
    )
