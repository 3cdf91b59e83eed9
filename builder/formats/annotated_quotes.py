"""The data on a quote that no property of a Web Annotation holds, in the words of schema.org: `backstory export annotations` writes it, `backstory import` reads it."""

import hashlib
from collections.abc import Mapping
from typing import Any

import msgspec

from builder.formats.parts import DateRecord, Named
from builder.formats.published_data import ActorRecord, ExplainerData, QuoteRecord, SourceRecord
from builder.model import UNNAMED, quote_key

CONTEXT = {"schema": "https://schema.org/"}
ABOUT, TYPE, WORK = "schema:about", "schema:Quotation", "schema:CreativeWork"
ID, NAME, TEXT, URL = "schema:identifier", "schema:name", "schema:text", "schema:url"
SPEAKERS, LISTENERS, SOURCES = "schema:spokenByCharacter", "schema:recipient", "schema:isBasedOn"
PROPERTIES, VALUE = "schema:additionalProperty", "schema:value"

QUOTE_KEYS = (
    "said",
    "said_as",
    "mode",
    "rules",
    "medium",
    "lang",
    "translation",
    "as_published",
    "corrected",
    "cert",
    "resp",
    "note",
    "denies",
    "confirms",
    "answers",
    "repeats",
)
"""Keys of a quote that are written as properties, by the names of our format; `said_as` is the story's own word for the day."""
ACTOR_KEYS = ("type", "described_as", "knows_because", "anonymity_reason", "count", "here")
ACTOR_LISTS = ("alias", "weak_alias", "same_as")
POSITIONS, OF, MARKDOWN, CITES = "position", "of", "markdown", "cites"
"""Offices, the body of an actor or an office, a biography as Markdown, and what a source rests on."""
SOURCE_KEYS = ("publisher", "archived", "published", "accessed", "lang", "note")


OWN, DIGEST = "x_record", "digest"
"""The key of an entity or a reference that only Backstory writes and reads: the whole record; and a digest of the rest, which shows whether that was changed since."""


def digest(values: Mapping[str, Any]) -> str:
    """Return a digest of values of JSON in any order of their keys."""
    return hashlib.sha256(msgspec.json.encode(values, order="sorted")).hexdigest()[:16]


def quotation(
    data: ExplainerData, quote: QuoteRecord, actors: Mapping[str, ActorRecord], sources: Mapping[str, SourceRecord]
) -> dict[str, Any]:
    """Return a quote with its speakers and sources as linked data."""
    others = {quote.id for quote in data.quotes if quote.passages}
    said = quote.said
    properties: dict[str, Any] = {
        "said": _date(said),
        "said_as": said.says if said is not None else "",
        "mode": "" if "mode" in quote.derived and quote.kind != "paraphrase" else quote.mode,
        "translation": _filled(msgspec.to_builtins(quote.translation)) if quote.translation is not None else "",
        **{key: getattr(quote, key) for key in ("rules", "medium", "lang", "as_published", "corrected", "cert", "resp", "note")},
        **{
            kind: [
                quote_key(relation.quote.id)[1] for relation in quote.relations if relation.relation == kind and relation.quote.id in others
            ]
            for kind in ("denies", "confirms", "answers", "repeats")
        },
        **quote.extra,
    }
    return _filled(
        {
            "type": TYPE,
            ID: quote_key(quote.id)[1],
            TEXT: list(quote.segments) if len(quote.segments) > 1 else quote.words,
            SPEAKERS: [actor_said(speaker, actors) for speaker in quote.speakers],
            LISTENERS: [actor_said(actor, actors) for actor in quote.to] if "to" not in quote.derived else [],
            SOURCES: [source_said(source, sources, actors) for source in quote.via],
            PROPERTIES: _properties(properties),
        }
    )


def _date(date: DateRecord | None) -> str:
    return (date.written or date.edtf) if date is not None else ""


def _filled(values: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}


def _properties(values: Mapping[str, Any]) -> list[dict[str, Any]]:
    return [{"type": "schema:PropertyValue", NAME: key, VALUE: value} for key, value in values.items() if value]


def actor_said(named: Named, actors: Mapping[str, ActorRecord], within: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return an actor that is named, with what its record says, if there is one; of an actor it stands `within`, only the name."""
    actor_record = actors.get(named.id) if named.id not in within else None
    if actor_record is None:
        return _filled({ID: named.id, NAME: named.name})
    around = within | {actor_record.id}

    def body(of: Named | None) -> dict[str, Any] | str:
        return "" if of is None else actor_said(of, actors, around) if of.id else of.name

    said: dict[str, Any] = {
        key: getattr(actor_record, key)
        for key in ACTOR_KEYS
        if key != "type" or "type" not in actor_record.derived or actor_record.type == UNNAMED
    }
    said |= {
        "alias": [name for name in actor_record.alias if name not in actor_record.weak_alias],
        "weak_alias": list(actor_record.weak_alias),
        "same_as": list(actor_record.same_as),
        POSITIONS: [
            _filled(
                {
                    "role": held.role,
                    OF: body(held.of),
                    "from": _date(held.since),
                    "to": "unknown" if held.until_unknown else _date(held.until),
                }
            )
            for held in actor_record.positions
        ],
        OF: body(actor_record.of),
        MARKDOWN: actor_record.text,
    }
    return _filled({ID: actor_record.id, NAME: actor_record.name, PROPERTIES: _properties({**said, **actor_record.extra})})


def source_said(
    named: Named, sources: Mapping[str, SourceRecord], actors: Mapping[str, ActorRecord], within: frozenset[str] = frozenset()
) -> dict[str, Any]:
    """Return a source that is named, with what its record says, if there is one; of a source it stands `within`, only the title."""
    source_record = sources.get(named.id) if named.id not in within else None
    if source_record is None:
        return _filled({"type": WORK, ID: named.id, NAME: named.name})
    said: dict[str, Any] = {
        "publisher": (actor_said(source_record.publisher, actors) if source_record.publisher.id else source_record.publisher.name)
        if source_record.publisher is not None
        else "",
        "authors": list(source_record.authors),
        "archived": source_record.archived,
        "published": _date(source_record.published),
        "accessed": _date(source_record.accessed),
        "lang": source_record.lang,
        CITES: [source_said(other, sources, actors, within | {source_record.id}) for other in source_record.cites],
        "note": source_record.note,
        **source_record.extra,
    }
    return _filled({"type": WORK, ID: source_record.id, NAME: source_record.title, URL: source_record.url, PROPERTIES: _properties(said)})
