"""FollowTheMoney, one line of JSON for each entity: for tools that map ownership, membership and participation.

Its model has no “alleged” and no person without a name. What it cannot express is left out: unnamed sources, all events but those that
have happened or are happening, and approximate dates. Two actors on one page are not connected by that.
"""

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec

from builder.formats import value_labels
from builder.formats.annotated_quotes import DIGEST, OWN, actor_said, digest, source_said
from builder.formats.list_files import ListFile, ListSection
from builder.formats.parts import DateRecord, Named, Publication
from builder.formats.published_data import ActorRecord, DocumentedRecord, EntitiesData, EventRecord, ExplainerRecord, SourceRecord
from builder.formats.whole_events import Surroundings, event_said
from builder.i18n import language
from builder.model import COUNTRY, GROUP, ORGANIZATION, PERSON, PUBLIC_BODY

SCHEMATA = {PERSON: "Person", ORGANIZATION: "Organization", PUBLIC_BODY: "PublicBody", COUNTRY: "LegalEntity", GROUP: "Organization"}
"""A state acts, so it is a legal entity; FollowTheMoney's territories are places and cannot take part in anything."""

BODIES = {ORGANIZATION, PUBLIC_BODY, GROUP}

_WIKIDATA = "http://www.wikidata.org/entity/"

Entity = dict[str, Any]


def encode(data: EntitiesData, around: Surroundings | None = None) -> bytes:
    """Return all records of a site as entities; every reference is to an entity of the same file. With `around`, each says besides what no property says, for `backstory import`."""
    if around is None:
        return FORM.write(data)
    lines: list[Entity] = []
    for actor in data.actors:
        said = actor_said(Named(actor.title, actor.id), around.actors)
        lines += [
            _whole(entity, {"actor": said} if entity["id"] == f"actor-{actor.id}" else {"office": actor.id})
            for entity in _actor(data.site, actor)
        ]
    for source in data.sources:
        said = source_said(Named(source.title, source.id), around.sources, around.actors)
        lines += [_whole(entity, {"source": said}) for entity in _source(data.site, source)]
    lines += [
        _whole(entity, {"explainer": around.explainers.get(explainer.id, {})})
        for explainer in data.explainers
        for entity in _explainer(data.site, explainer)
    ]
    lines += [_whole(entity, {"event": event_said(event, around)}) for event in data.events for entity in _event(data.site, event)]
    lines += [entity for documented in data.documented for entity in _documented(data.site, documented)]
    return b"".join(msgspec.json.encode(entity) + b"\n" for entity in lines)


def _whole(entity: Entity, said: dict[str, Any]) -> Entity:
    """Return an entity with the whole record beside its properties, where readers keep it as context; of an office, with who holds it."""
    return entity | {OWN: said | {DIGEST: digest(entity)}}


def _lines(make: Callable[[Publication, Any], Iterable[Entity]]) -> Callable[[Publication, Any], bytes]:
    return lambda site, record: b"".join([msgspec.json.encode(entity) + b"\n" for entity in make(site, record)])


def _entity(key: str, schema: str, **properties: Iterable[str]) -> Entity:
    """Return an entity; properties have lists of values, and those without a value are left out."""
    found = {name: [value for value in dict.fromkeys(values) if value] for name, values in properties.items()}
    return {"id": key, "schema": schema, "properties": {name: values for name, values in found.items() if values}}


def _day(date: DateRecord | None) -> str:
    return date.iso.partition("T")[0] if date is not None and date.sure else ""


def _actor(site: Publication, actor: ActorRecord) -> Iterator[Entity]:
    schema = SCHEMATA.get(actor.type)
    if schema is None:
        return
    wikidata = [address.removeprefix(_WIKIDATA) for address in actor.same_as if address.startswith(_WIKIDATA)]
    yield _entity(
        f"actor-{actor.id}",
        schema,
        name=[actor.name or actor.id],
        alias=actor.alias,
        wikidataId=wikidata,
        description=[actor.text],
        keywords=["inferred" if "type" in actor.derived else ""],
        sourceUrl=[site.base_url + actor.path if site.base_url else ""],
        **({"position": [held.role for held in actor.positions]} if actor.type == PERSON else {}),
    )
    for n, held in enumerate(actor.positions, 1):
        if held.of is not None and held.of.kind in BODIES:
            yield _entity(
                f"membership-{actor.id}-{n}",
                "Membership",
                member=[f"actor-{actor.id}"],
                organization=[f"actor-{held.of.id}"],
                role=[held.role],
                startDate=[_day(held.since)],
                endDate=[_day(held.until)],
            )


def _source(_site: Publication, source: SourceRecord) -> Iterator[Entity]:
    yield _entity(
        f"source-{source.id}",
        "Article",
        title=[source.title or (source.publisher.name if source.publisher is not None else "") or source.url or source.id],
        name=[source.title or source.id],
        author=source.authors,
        publisher=[source.publisher.name if source.publisher is not None else ""],
        publishedAt=[_day(source.published)],
        sourceUrl=[source.url],
    )


def _explainer(site: Publication, explainer: ExplainerRecord) -> Iterator[Entity]:
    yield _entity(
        f"explainer-{explainer.id}",
        "Article",
        title=[explainer.title],
        name=[explainer.title],
        summary=[explainer.summary],
        author=explainer.authors,
        publisher=[site.title],
        publishedAt=[_day(explainer.published)],
        modifiedAt=[_day(explainer.updated)],
        sourceUrl=[site.base_url + explainer.path if site.base_url else ""],
    )


def _event(site: Publication, event: EventRecord) -> Iterator[Entity]:
    if not event.is_fact:
        return
    start, end = event.when.ends if event.when is not None else ("", "")
    yield _entity(
        f"event-{event.id}",
        "Event",
        name=[event.title],
        date=[_day(event.when)],
        startDate=[start.partition("T")[0]],
        endDate=[end.partition("T")[0]],
        summary=[event.description],
        keywords=[event.status, "inferred" if "status" in event.derived else ""],
        location=[event.place],
        involved=[f"actor-{who.id}" for who in event.actors if who.kind in SCHEMATA],
        proof=[f"source-{source.id}" for source in event.sources],
        sourceUrl=[site.base_url + event.path if site.base_url else ""],
    )


def _documented(site: Publication, documented: DocumentedRecord) -> Iterator[Entity]:
    """Yield the documentation of actors by a source: it has their words."""
    spoken = language.load(site.language)
    for carried in documented.actors:
        who = carried.actor
        if who.kind in SCHEMATA:
            yield _entity(
                f"documentation-{documented.id}-{who.id}",
                "Documentation",
                document=[f"source-{documented.id}"],
                entity=[f"actor-{who.id}"],
                role=["paraphrased" if carried.kind == "paraphrase" else "quoted"],
                summary=[value_labels.doubt(spoken, carried.doubt), spoken.word("inferred") if carried.derived else ""],
            )


FORM = ListFile(
    lambda _data: b"",
    (
        ListSection("actors", _lines(_actor)),
        ListSection("sources", _lines(_source)),
        ListSection("explainers", _lines(_explainer)),
        ListSection("events", _lines(_event)),
        ListSection("documented", _lines(_documented)),
    ),
)
