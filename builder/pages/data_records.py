"""The Site as data records. Each is made once; every format is written from them."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal

import msgspec

from builder import urls
from builder.formats import value_labels
from builder.formats.parts import InShortRecord, Named, Publication
from builder.formats.published_data import (
    VERSION,
    ActorData,
    ActorRecord,
    CarriedRecord,
    CorrectionRecord,
    DocumentedRecord,
    EntitiesData,
    EventData,
    ExplainerData,
    ExplainerRecord,
    MentionRecord,
    PositionRecord,
    QuoteRecord,
    RelationRecord,
    SiteData,
    SourceData,
    SourceRecord,
    StatementsData,
    TranslationRecord,
    UpdateRecord,
)
from builder.model import LONG_LIST, UNNAMED, Mention, Quote, QuoteKey, Site
from builder.pages import body_html, labels, share_images
from builder.pages.cards import (
    events_of_source,
    for_a_while,
    once_a_site,
    related,
    relation_words,
)
from builder.pages.date_records import date
from builder.pages.event_records import event, event_then, quote_then
from builder.pages.named import actor_named, event_named, explainer_named, quote_named, source_named
from builder.pages.text_selectors import passages


@once_a_site
def publication(site: Site) -> Publication:
    """Return the site's own record, for the head of every file."""
    settings = site.settings
    return Publication(settings.title, settings.language, settings.base_url, settings.licence, settings.authors)


@once_a_site
def actor(site: Site, actor_id: str, here: str = "") -> ActorRecord:
    """Return an actor; `here` is their part in one explainer. Fields that could identify an unnamed source are left out."""
    found = site.actors[actor_id]
    unnamed = found.type == UNNAMED
    return ActorRecord(
        id=actor_id,
        path=urls.actor_path(actor_id),
        type=found.type,
        derived=found.derived,
        name="" if unnamed else found.title,
        described_as=found.described_as,
        alias=() if unnamed else found.alias + found.weak_alias,
        weak_alias=() if unnamed else found.weak_alias,
        positions=()
        if unnamed
        else tuple(
            PositionRecord(
                held.role,
                actor_named(site, held.of) if held.of else None,
                date(site, held.since),
                date(site, held.until),
                held.until_unknown,
            )
            for held in found.positions
        ),
        of=actor_named(site, found.of) if found.of else None,
        same_as=() if unnamed else tuple(labels.entity_address(address) for address in found.same_as),
        knows_because=found.knows_because,
        anonymity_reason=found.anonymity_reason,
        count=found.count,
        text=body_html.words(site, ("actor", actor_id), found.text),
        extra={} if unnamed else dict(found.extra),
        here=here,
    )


@once_a_site
def source(site: Site, source_id: str) -> SourceRecord:
    """Return a source."""
    found = site.sources[source_id]
    return SourceRecord(
        id=source_id,
        path=urls.source_path(source_id),
        title=found.title,
        publisher=actor_named(site, found.publisher) if found.publisher else None,
        authors=found.authors,
        url=found.url,
        archived=found.archived,
        published=date(site, found.published),
        accessed=date(site, found.accessed),
        lang=found.lang,
        cites=tuple(source_named(site, other) for other in found.cites),
        note=found.note,
        extra=dict(found.extra),
    )


@once_a_site
def quote(site: Site, key: QuoteKey) -> QuoteRecord:
    """Return a quote with its sources, relations and translation."""
    found = site.quotes[key]
    said = date(site, found.said)
    relations, replies = _relations(site, key)
    return QuoteRecord(
        id="#".join(key),
        path=urls.quote_path(*key),
        explainer=explainer_named(site, key[0]),
        segments=found.segments,
        kind="paraphrase" if found.is_paraphrase else "quote",
        mode=found.mode,
        rules=found.rules,
        speakers=tuple(actor_named(site, who) for who in found.speakers),
        to=tuple(actor_named(site, who) for who in found.to),
        said=said,
        reported=date(site, site.sources[found.via[0]].published) if said is None and found.via else None,
        medium=found.medium,
        via=tuple(source_named(site, source_id) for source_id in found.via),
        about=tuple(event_named(site, event_id) for event_id in found.about),
        relations=relations,
        replies=replies,
        lang=found.lang,
        translation=TranslationRecord(translation.text, translation.by, translation.method)
        if (translation := found.translation) is not None
        else None,
        as_published=found.as_published,
        corrected=found.corrected,
        cert=found.cert,
        resp=found.resp,
        note=found.note,
        extra=dict(found.extra),
        derived=found.derived,
    )


def _relations(site: Site, key: QuoteKey) -> tuple[tuple[RelationRecord, ...], tuple[RelationRecord, ...]]:
    """Return the quotes that a quote denies, confirms, answers or repeats, and those that do so to it."""
    found: tuple[list[RelationRecord], list[RelationRecord]] = ([], [])
    for relation in related(site, key):
        other = quote_named(site, relation.other)
        speakers = tuple(actor_named(site, who) for who in site.quotes[relation.other].speakers)
        marked = other.name if site.quotes[relation.other].is_paraphrase else f"“{other.name}”"
        speakers_in_words = ", ".join(
            filter(None, (*(speaker.name for speaker in speakers), value_labels.doubt(site.language, site.quotes[relation.other].doubt)))
        )
        who = f" ({speakers_in_words})" if speakers_in_words else ""
        found[relation.passive].append(
            RelationRecord(relation.relation, other, speakers, relation.ours, f"{relation_words(site, relation)}: {marked}{who}")
        )
    return tuple(found[0]), tuple(found[1])


@once_a_site
def explainer(site: Site, slug: str) -> ExplainerRecord:
    """Return an explainer without its quotes, events and sources."""
    found = site.explainers[slug]
    return ExplainerRecord(
        id=slug,
        path=urls.explainer_path(slug),
        title=found.title,
        lang=found.lang or site.settings.language,
        summary=found.summary,
        published=date(site, found.published),
        updated=date(site, found.updated),
        as_of=date(site, found.as_of),
        authors=found.authors,
        topics=tuple(Named(topic, urls.slug(topic), urls.topic_path(topic)) for topic in found.topics),
        updates=tuple(
            UpdateRecord(body_html.words(site, ("explainer", slug), update.text), date(site, update.on)) for update in found.updates
        ),
        corrections=tuple(
            CorrectionRecord(body_html.words(site, ("explainer", slug), correction.text), date(site, correction.on))
            for correction in found.corrections
        ),
        image=share_images.image(site, slug),
        extra=dict(found.extra),
        in_short=InShortRecord(*(body_html.words(site, ("explainer", slug), line) for line in msgspec.structs.astuple(found.in_short))),
        lead=found.lead,
    )


@for_a_while
def explainer_data(site: Site, slug: str) -> ExplainerData:
    """Return an explainer with its actors, quotes, events and sources: the record behind its page and all its data files."""
    events = tuple(event_then(site, slug, key) for key in site.timelines[slug])
    return ExplainerData(
        version=VERSION,
        site=publication(site),
        explainer=explainer(site, slug),
        actors=tuple(actor(site, part.id, part.here) for part in site.cast[slug]),
        quotes=tuple(quote_then(quote_record, events) for quote_record in _quotes(site, slug)),
        events=events,
        sources=tuple(source(site, key) for key in site.explainer_sources[slug]),
    )


def statements_data(site: Site, slug: str) -> StatementsData:
    """Return the quotes of an explainer."""
    events = tuple(event_then(site, slug, key) for key in site.timelines[slug])
    return StatementsData(
        publication(site), explainer(site, slug), tuple(quote_then(quote(site, key), events) for key in site.quotes_in[slug])
    )


def _quotes(site: Site, slug: str) -> tuple[QuoteRecord, ...]:
    where = passages(site, slug) if site.quotes_in[slug] else {}
    made = (quote(site, key) for key in site.quotes_in[slug])
    return tuple(
        msgspec.structs.replace(quote_record, passages=where[name]) if name in where else quote_record
        for quote_record, (_, name) in zip(made, site.quotes_in[slug], strict=True)
    )


def full(site: Site) -> bool:
    """Return whether each page has all its data formats (`data: full`).

    Otherwise the site has its data as a whole, and each explainer only the files that no other holds: a thousand explainers would have fifteen thousand files.
    """
    return site.settings.data == "full"


@for_a_while
def actor_data(site: Site, actor_id: str) -> ActorData:
    """Return an actor with quotes, events and mentions. A lean site has no such file: there, only what the JSON-LD of the page needs."""
    is_full = full(site)
    return ActorData(
        version=VERSION,
        site=publication(site),
        actor=actor(site, actor_id),
        quotes=tuple(quote(site, key) for key in site.said_by.get(actor_id, ())) if is_full else (),
        events=tuple(event(site, event_id) for event_id in events_of_actor(site, actor_id)) if is_full else (),
        mentions=_mentions(site, site.mentions.get(actor_id, ())[: None if is_full else LONG_LIST]),
    )


def events_of_actor(site: Site, actor_id: str) -> tuple[str, ...]:
    """Return the events of an actor, and those that name them in `by`."""
    return tuple(dict.fromkeys((*site.events_of.get(actor_id, ()), *site.events_attributed_to.get(actor_id, ()))))


@for_a_while
def source_data(site: Site, source_id: str) -> SourceData:
    """Return a source with the quotes, events and explainers that use it."""
    return SourceData(
        version=VERSION,
        site=publication(site),
        source=source(site, source_id),
        quotes=tuple(quote(site, key) for key in site.quotes_by_source.get(source_id, ())),
        events=tuple(event(site, event_key) for event_key in events_of_source(site, source_id)),
        explainers=tuple(explainer_named(site, slug) for slug in site.explainers_using.get(source_id, ())),
        cited_by=tuple(source_named(site, other) for other in site.sources_citing.get(source_id, ())),
    )


@for_a_while
def event_data(site: Site, event_id: str) -> EventData:
    """Return an event with the quotes about it; on a lean site as for an actor."""
    is_full = full(site)
    return EventData(
        version=VERSION,
        site=publication(site),
        event=event(site, event_id),
        quotes=tuple(quote(site, key) for key in site.said_about.get(event_id, ())) if is_full else (),
        mentions=_mentions(site, site.event_mentions.get(event_id, ())[: None if is_full else LONG_LIST]),
    )


@once_a_site
def documented(site: Site, record_id: str) -> DocumentedRecord:
    """Return the speakers that a source quotes."""
    spoken: dict[str, list[Quote]] = {}
    for quote in map(site.quotes.__getitem__, site.quotes_by_source.get(record_id, ())):
        for who in quote.speakers:
            spoken.setdefault(who, []).append(quote)
    return DocumentedRecord(record_id, tuple(_carried(actor_named(site, who), quotes) for who, quotes in spoken.items()))


def _carried(who: Named, quotes: list[Quote]) -> CarriedRecord:
    kind: Literal["quote", "paraphrase"] = "paraphrase" if all(quote.is_paraphrase for quote in quotes) else "quote"
    doubt = min((quote.doubt for quote in quotes), key=("", "medium", "low").index)
    return CarriedRecord(who, kind, doubt, all("via" in quote.derived for quote in quotes))


Records = tuple[Callable[[Site], Iterable[Any]], Callable[[Site, Any], msgspec.Struct]]
"""A function that lists the keys of a kind of records, in order, and one that makes the record of a key."""

RECORDS: Mapping[str, Records] = {
    "explainers": (lambda site: site.explainers, explainer),
    "actors": (lambda site: site.actors, actor),
    "quotes": (lambda site: site.quotes, quote),
    "events": (lambda site: site.events, event),
    "sources": (lambda site: site.sources, source),
    "documented": (lambda site: site.sources, documented),
}


def site_data(site: Site, *kinds: str) -> SiteData:
    """Return all records of some kinds: `explainers`, `actors`, `quotes`, `events`, `sources`."""
    return SiteData(VERSION, publication(site), **_all(site, kinds))


def entities(site: Site, *kinds: str) -> EntitiesData:
    """Return all records of some kinds, for FollowTheMoney."""
    return EntitiesData(publication(site), **_all(site, kinds))


def _all(site: Site, kinds: Iterable[str]) -> dict[str, Any]:
    return {kind: tuple(make(site, key) for key in keys(site)) for kind in kinds for keys, make in (RECORDS[kind],)}


def _mentions(site: Site, found: Iterable[Mention]) -> tuple[MentionRecord, ...]:
    return tuple(MentionRecord(explainer_named(site, mention.slug), mention.sentence) for mention in found)
