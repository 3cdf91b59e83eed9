"""FollowTheMoney, a line of JSON an entity: for tools that map who is connected with whom.

Its model has no word for “alleged” and none for a person without a name. What it cannot say honestly is left out: unnamed sources, events that are
alleged, denied or disputed, and dates that are only about right.
"""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from builder.data.records import ActorRecord, DateRecord, EventRecord, ExplainerRecord, SiteData, SourceRecord
from builder.model import COUNTRY, GROUP, ORGANIZATION, PERSON, PUBLIC_BODY

SCHEMATA = {PERSON: "Person", ORGANIZATION: "Organization", PUBLIC_BODY: "PublicBody", COUNTRY: "LegalEntity", GROUP: "Organization"}
"""A state acts, so it is a legal entity; FollowTheMoney's territories are places and cannot take part in anything."""

BODIES = {ORGANIZATION, PUBLIC_BODY, GROUP}
UNSURE = {"alleged", "denied", "disputed", "cancelled"}

_WIKIDATA = "http://www.wikidata.org/entity/"

Entity = dict[str, Any]


def encode(data: SiteData) -> bytes:
    """Return all records of a site as entities; every reference leads to an entity of the same file."""
    types = {one.id: one.type for one in data.actors}
    entities = [
        *(entity for one in data.actors for entity in _actor(data, one, types)),
        *(_source(one) for one in data.sources),
        *(_explainer(data, one) for one in data.explainers),
        *(_event(data, one, types) for one in data.events if one.status not in UNSURE),
        *_mentions(data, types),
    ]
    return b"".join(msgspec.json.encode(entity) + b"\n" for entity in entities)


def _entity(key: str, schema: str, **properties: Iterable[str]) -> Entity:
    """Properties have lists of values; one without a value is left out."""
    found = {name: [value for value in dict.fromkeys(values) if value] for name, values in properties.items()}
    return {"id": key, "schema": schema, "properties": {name: values for name, values in found.items() if values}}


def _day(date: DateRecord | None) -> str:
    return date.iso.partition("T")[0] if date is not None and date.sure else ""


def _actor(data: SiteData, one: ActorRecord, types: dict[str, str]) -> Iterator[Entity]:
    schema = SCHEMATA.get(one.type)
    if schema is None:
        return
    wikidata = [address.removeprefix(_WIKIDATA) for address in one.same_as if address.startswith(_WIKIDATA)]
    yield _entity(
        f"actor-{one.id}",
        schema,
        name=[one.name or one.id],
        alias=one.alias,
        wikidataId=wikidata,
        description=[one.text],
        sourceUrl=[data.site.base_url + one.path if data.site.base_url else ""],
        **({"position": [held.role for held in one.positions]} if one.type == PERSON else {}),
    )
    for n, held in enumerate(one.positions, 1):
        if held.of is not None and types.get(held.of.id) in BODIES:
            yield _entity(
                f"membership-{one.id}-{n}",
                "Membership",
                member=[f"actor-{one.id}"],
                organization=[f"actor-{held.of.id}"],
                role=[held.role],
                startDate=[_day(held.since)],
                endDate=[_day(held.until)],
            )


def _source(one: SourceRecord) -> Entity:
    return _entity(
        f"source-{one.id}",
        "Article",
        title=[one.title or (one.publisher.name if one.publisher is not None else "") or one.url or one.id],
        name=[one.title or one.id],
        author=one.authors,
        publisher=[one.publisher.name if one.publisher is not None else ""],
        publishedAt=[_day(one.published)],
        sourceUrl=[one.url],
    )


def _explainer(data: SiteData, one: ExplainerRecord) -> Entity:
    return _entity(
        f"explainer-{one.id}",
        "Article",
        title=[one.title],
        name=[one.title],
        summary=[one.summary],
        author=one.authors,
        publisher=[data.site.title],
        publishedAt=[_day(one.published)],
        modifiedAt=[_day(one.updated)],
        sourceUrl=[data.site.base_url + one.path if data.site.base_url else ""],
    )


def _event(data: SiteData, one: EventRecord, types: dict[str, str]) -> Entity:
    when = one.when if one.when is not None and one.when.sure else None
    day = _day(when)
    return _entity(
        f"event-{one.id}",
        "Event",
        name=[one.title],
        date=[day],
        startDate=[when.first if when is not None and not day else ""],
        endDate=[when.last if when is not None and not day else ""],
        summary=[one.text],
        keywords=[one.status],
        location=[one.place],
        involved=[f"actor-{who.id}" for who in one.actors if types.get(who.id) in SCHEMATA],
        proof=[f"source-{source.id}" for source in one.sources],
        sourceUrl=[data.site.base_url + one.path if data.site.base_url else ""],
    )


def _mentions(data: SiteData, types: dict[str, str]) -> Iterator[Entity]:
    """A source that carries a named actor's words documents that actor."""
    seen = dict.fromkeys(
        (source.id, who.id) for quote in data.quotes for source in quote.via for who in quote.speakers if types.get(who.id) in SCHEMATA
    )
    for source, who in seen:
        yield _entity(
            f"documentation-{source}-{who}", "Documentation", document=[f"source-{source}"], entity=[f"actor-{who}"], role=["quoted"]
        )
