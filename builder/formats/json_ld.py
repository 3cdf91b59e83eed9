"""JSON-LD in the head of a page, with the vocabulary of schema.org.

It says no more than the page: a date is given only if ISO 8601 can express it; an event that has not happened has its status in the name, and is a claim
unless it was planned; a paraphrase is a claim too; an unnamed source has a description, never a name or a type.

A record with a page of its own is given in full there, and by its `@id` alone on the page of an explainer.
"""

from collections.abc import Iterable
from typing import Any

import msgspec

from builder.formats import value_labels
from builder.formats.parts import DateRecord, Named, Publication
from builder.formats.published_data import (
    ActorData,
    ActorRecord,
    EventData,
    EventRecord,
    ExplainerData,
    MentionRecord,
    QuoteRecord,
    RelationRecord,
    SiteData,
    SourceRecord,
    StatementsData,
)
from builder.i18n import language
from builder.model import COUNTRY, FACTS, GROUP, LONG_LIST, ORGANIZATION, PERSON, PUBLIC_BODY, UNNAMED

TYPES = {PERSON: "Person", ORGANIZATION: "Organization", PUBLIC_BODY: "GovernmentOrganization", COUNTRY: "Country", GROUP: "Organization"}
PLANS = {
    "planned": "https://schema.org/EventScheduled",
    "cancelled": "https://schema.org/EventCancelled",
    "postponed": "https://schema.org/EventPostponed",
}
"""Statuses of events that schema.org has. Any other that is no fact is a claim."""

CLAIMANTS = {"alleged", "expected", "conditional"}
"""Statuses whose `by` makes the claim, besides facts that rest on `by` alone; a denial, or a side in a dispute, is no claim of the event."""

Node = dict[str, Any]
Facts = ExplainerData | StatementsData | ActorData | EventData | SiteData

_ESCAPED = ((b"<", b"\\u003c"), (b">", b"\\u003e"), (b"&", b"\\u0026"), ("\u2028".encode(), b"\\u2028"), ("\u2029".encode(), b"\\u2029"))


def encode(facts: Facts, root: str) -> bytes:
    """Return the JSON-LD of a page, safe inside a `<script>` element; `root` is the relative path to the site's root."""
    if isinstance(facts, ExplainerData):
        node = _explainer(facts, root)
    elif isinstance(facts, StatementsData):
        node = _statements(facts, root)
    elif isinstance(facts, ActorData):
        node = _actor_page(facts, root)
    elif isinstance(facts, EventData):
        node = _event_page(facts, root)
    elif facts.sources:
        node = _source(facts.site, facts.sources[0], root)
    else:
        node = _website(facts.site, root)
    return _encoded(node)


def encode_page(site: Publication, title: str, summary: str, path: str, root: str) -> bytes:
    """Return the JSON-LD of a page without a record: a list, or a plain page."""
    where = site.address(path, root)
    part = _node("WebSite", name=site.title, url=site.address("", root))
    return _encoded({"@id": where} | _node("WebPage", name=title, description=summary, url=where, inLanguage=site.language, isPartOf=part))


def _encoded(node: Node) -> bytes:
    data = msgspec.json.encode({"@context": "https://schema.org"} | node)
    for sign, escaped in _ESCAPED:
        if sign in data:
            data = data.replace(sign, escaped)
    return data


def _node(kind: str | list[str], **properties: object) -> Node:
    """Return a node of a type, without empty properties."""
    made: Node = {"@type": kind} if kind else {}
    for name, value in properties.items():
        if value:
            made[name] = value
    return made


def _iso(date: DateRecord | None) -> str:
    return date.iso if date is not None and date.sure else ""


def _interval(date: DateRecord | None) -> tuple[str, str]:
    """Return a span of time as it was given: a year stays a year."""
    return ((_iso(date), "") if date.iso else date.ends) if date is not None else ("", "")


def _licence(site: Publication) -> str | Node:
    """Return the licence: an address if the author gives one, else a work of that name."""
    if not site.licence or site.licence.startswith(("https://", "http://")):
        return site.licence
    return _node("CreativeWork", name=site.licence)


def _publisher(site: Publication, root: str) -> Node:
    return _node("Organization", name=site.title, url=site.address("", root))


def _author(site: Publication, name: str, actors: tuple[ActorRecord, ...]) -> Node:
    """Return an author: the site itself, one of its publishers, or an actor of the explainer with a known type; others may be a person or a desk."""
    if name == site.title or name in site.authors:
        return _node("Organization", name=name)
    return _node(next((TYPES[actor.type] for actor in actors if actor.type in TYPES and name in (actor.name, *actor.alias)), ""), name=name)


def _who(site: Publication, record: Named, root: str, *, speaks: bool = False) -> Node:
    """Return a reference to an actor. A state that makes a statement is an organization, not a place."""
    if not record.path:
        return _node("Thing", name=record.name)
    where = site.address(record.path, root)
    if record.kind == UNNAMED:
        return {"description": record.name, "url": where}
    return {
        "@id": where,
        "@type": ["Country", "Organization"] if speaks and record.kind == COUNTRY else TYPES[record.kind],
        "name": record.name,
    }


def _source(site: Publication, source: SourceRecord, root: str) -> Node:
    return {"@id": site.address(source.path, root)} | _node(
        "CreativeWork",
        name=source.title or (source.publisher.name if source.publisher is not None else source.id),
        url=source.url or site.address(source.path, root),
        author=[_node("", name=author) for author in source.authors],
        publisher=_node(TYPES.get(source.publisher.kind, ""), name=source.publisher.name) if source.publisher is not None else None,
        datePublished=_iso(source.published),
        inLanguage=source.lang,
    )


def _quote(site: Publication, quote: QuoteRecord, lang: str, root: str) -> Node:
    """Return a quote; `lang` is the language of its explainer. A paraphrase is no quotation but a claim.

    The vocabulary cannot mark what is derived: an inferred source is left out. Nor doubt: a doubtful
    speaker is no property, but is given in words.
    """
    where = site.address(quote.path, root)
    speakers = [_who(site, who, root, speaks=True) for who in quote.speakers]
    indirect = quote.kind == "paraphrase"
    doubt = value_labels.doubt(language.load(site.language), quote.doubt)
    if quote.doubt == "low":
        doubt, speakers = f"{', '.join(who.name for who in quote.speakers)}: {doubt}" if speakers else doubt, []
    kind = "Claim" if indirect else "Quotation"
    content = {"description": quote.words, "creator": speakers} if indirect else {"text": quote.words, "spokenByCharacter": speakers}
    return {"@id": where} | _node(
        kind,
        **content,
        dateCreated=_iso(quote.said),
        disambiguatingDescription=doubt,
        inLanguage=quote.lang or lang,
        isBasedOn=[site.address(source.path, root) for source in quote.via if "via" not in quote.derived],
        about=[{"@id": site.address(other.path, root)} for other in (*quote.about, *(relation.quote for relation in quote.relations))],
        subjectOf=[_reply(site, reply, root) for reply in quote.replies],
        workTranslation=_node(kind, **{"description" if indirect else "text": quote.translation.text}, inLanguage=site.language)
        if quote.translation is not None
        else None,
    )


def _reply(site: Publication, relation: RelationRecord, root: str) -> Node:
    """Return a quote that denies, confirms, answers or repeats another: a work about it, named after the relation."""
    return {"@id": site.address(relation.quote.path, root), "name": relation.words}


def _is_claim(event: EventRecord) -> bool:
    return not event.is_fact and event.status not in PLANS


def _dated(event: EventRecord) -> Node:
    """Return the date of an event; none for a postponed one, whose date may no longer hold."""
    start, end = _interval(event.when) if event.status != "postponed" else ("", "")
    return _node("", startDate=start, endDate=end, eventStatus=PLANS.get(event.status))


def _event(site: Publication, event: EventRecord, root: str) -> Node:
    where = site.address(event.path, root)
    if _is_claim(event):
        makers = [_who(site, who, root, speaks=True) for who in event.by if who.kind] if event.status in CLAIMANTS | FACTS else []
        return {"@id": where} | _node(
            "Claim", name=event.headline, text=event.headline, description=event.description, url=where, creator=makers
        )
    return {"@id": where} | _node(
        "Event",
        name=event.headline,
        description=event.description,
        url=where,
        **_dated(event),
        location=_node("Place", name=event.place) if event.place else None,
        # Not `actor` or `contributor`: who is involved may be the target of what happened.
        about=[_who(site, who, root) for who in event.actors if who.kind != UNNAMED],
        sameAs=list(event.same_as),
    )


def _coverage(events: tuple[EventRecord, ...]) -> str:
    """Return the time span of events that happened, as exactly as it was given; "" if one has an open or approximate end."""
    first: list[tuple[str, str]] = []
    last: list[tuple[str, str]] = []
    for when in (event.when for event in events if event.is_fact):
        begin, end = ((_iso(when), _iso(when)) if when.iso else when.ends) if when is not None else ("", "")
        if when is None or not (begin and end):
            return ""
        first.append((when.first, begin.partition("T")[0]))
        last.append((when.last, end.partition("T")[0]))
    return f"{min(first)[1]}/{max(last)[1]}" if first else ""


def _explainer(data: ExplainerData, root: str) -> Node:
    site, explainer_record = data.site, data.explainer
    where = site.address(explainer_record.path, root)
    return {"@id": where} | _node(
        "BackgroundNewsArticle",
        headline=explainer_record.title,
        description=explainer_record.summary,
        url=where,
        mainEntityOfPage=where,
        inLanguage=explainer_record.lang,
        datePublished=_iso(explainer_record.published),
        dateModified=_iso(explainer_record.updated) or _iso(explainer_record.published),
        author=[_author(site, author, data.actors) for author in explainer_record.authors],
        publisher=_publisher(site, root),
        license=_licence(site),
        keywords=[topic.name for topic in explainer_record.topics],
        temporalCoverage=_coverage(data.events),
        about=_nodes_of_other_pages(site, (event.path for event in data.events), root),
        mentions=_nodes_of_other_pages(site, (actor.path for actor in data.actors if actor.type != UNNAMED), root),
        citation=_nodes_of_other_pages(site, (source.path for source in data.sources), root),
        hasPart=_nodes_of_other_pages(site, (quote.path for quote in data.quotes), root),
        correction=[correction.text for correction in explainer_record.corrections],
        image=site.address(explainer_record.image, root) if explainer_record.image else "",
    )


def _nodes_of_other_pages(site: Publication, paths: Iterable[str], root: str) -> list[Node]:
    """Return references to records with pages of their own, which have the rest."""
    return [{"@id": site.address(path, root)} for path in paths]


def _statements(data: StatementsData, root: str) -> Node:
    """Return the quotes of an explainer in full, as parts of it."""
    site, explainer_record = data.site, data.explainer
    return _article(site, Named(explainer_record.title, explainer_record.id, explainer_record.path), root) | {
        "hasPart": [_quote(site, quote, explainer_record.lang, root) for quote in data.quotes]
    }


def actor_node(site: Publication, actor: ActorRecord, root: str) -> Node:
    """Return an actor as a node of schema.org: a Person or an Organization."""
    where = site.address(actor.path, root)
    if actor.type == UNNAMED:
        return _node("", description=actor.title, url=where)
    now = [held for held in actor.positions if held.until is None and not held.until_unknown]
    of = [
        _node("Organization", name=held.of.name) for held in now if held.of is not None and held.of.kind not in {COUNTRY, PERSON, UNNAMED}
    ]
    kind = TYPES[actor.type]
    # The vocabulary has no sign for what is inferred: it is said in words.
    inferred = f"{kind}: {language.load(site.language).word('inferred')}" if "type" in actor.derived else ""
    made: Node = {"@id": where} | _node(
        kind,
        name=actor.title,
        alternateName=list(actor.alias),
        description=actor.text,
        disambiguatingDescription=inferred,
        url=where,
        sameAs=list(actor.same_as),
    )
    if kind == "Person":
        made |= _node(kind, jobTitle=[held.role for held in now], affiliation=of)
    elif kind != "Country" and actor.of is not None and actor.of.kind in {ORGANIZATION, PUBLIC_BODY, GROUP}:
        made["parentOrganization"] = _who(site, actor.of, root)
    return made


def _actor_page(data: ActorData, root: str) -> Node:
    where = data.site.address(data.actor.path, root)
    actor = actor_node(data.site, data.actor, root)
    if data.actor.type != UNNAMED:
        articles = _articles(data.site, data.mentions, root)
        return actor | ({"subjectOf": articles} if articles else {})
    return _node("WebPage", url=where, name=data.actor.title, publisher=_publisher(data.site, root))


def _event_page(data: EventData, root: str) -> Node:
    articles = _articles(data.site, data.mentions, root)
    return _event(data.site, data.event, root) | ({"subjectOf": articles} if articles else {})


def _articles(site: Publication, mentions: tuple[MentionRecord, ...], root: str) -> list[Node]:
    return [_article(site, mention.explainer, root) for mention in mentions[:LONG_LIST]]


def _article(site: Publication, record: Named, root: str) -> Node:
    where = site.address(record.path, root)
    return {"@id": where} | _node("BackgroundNewsArticle", headline=record.name, url=where)


def _website(site: Publication, root: str) -> Node:
    where = site.address("", root)
    return {"@id": where} | _node(
        "WebSite", name=site.title, url=where, inLanguage=site.language, publisher=_publisher(site, root), license=_licence(site)
    )
