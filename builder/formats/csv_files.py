"""CSV (RFC 4180, UTF-8): one table for each kind of record, with fixed columns.

The column `derived` names the columns with inferred values. A list in a cell is separated by “; ”. A cell that a spreadsheet would take
as a formula is prefixed with an apostrophe, as OWASP advises, since the words of a quote may begin with “=”. JSON has every value as it is.
"""

import csv
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from builder.formats.list_files import ListFile, ListSection
from builder.formats.parts import DateRecord, Named
from builder.formats.published_data import ActorRecord, EventRecord, QuoteRecord, SourceRecord

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""Characters at which spreadsheets begin a formula (OWASP, CSV Injection)."""

ACTORS = (
    "id",
    "type",
    "name",
    "described_as",
    "alias",
    "position",
    "of",
    "same_as",
    "knows_because",
    "anonymity_reason",
    "count",
    "derived",
    "path",
)
QUOTES = (
    "id",
    "explainer",
    "text",
    "kind",
    "speaker_ids",
    "speakers",
    "to",
    "said",
    "said_first",
    "said_last",
    "reported",
    "mode",
    "rules",
    "medium",
    "source_ids",
    "sources",
    "event_ids",
    "relations",
    "replies",
    "lang",
    "translation",
    "corrected",
    "cert",
    "derived",
    "path",
)
EVENTS = (
    "id",
    "title",
    "when",
    "first",
    "last",
    "words",
    "status",
    "standing",
    "derived",
    "by",
    "actor_ids",
    "actors",
    "place",
    "source_ids",
    "text",
    "same_as",
    "path",
)
SOURCES = ("id", "title", "publisher", "authors", "published", "accessed", "url", "archived", "lang", "cites", "note", "path")


class _Lines(list[str]):
    write = list.append


def _row(cells: Iterable[str]) -> bytes:
    lines = _Lines()
    csv.writer(lines, lineterminator="\r\n").writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return "".join(lines).encode()


def _form(kind: str, columns: Sequence[str], cells: Callable[[Any], Iterable[str]]) -> ListFile:
    header = _row(columns)
    return ListFile(lambda _data: header, (ListSection(kind, lambda _site, record: _row(cells(record))),))


def _list(texts: Iterable[str]) -> str:
    return "; ".join(texts)


def _names(named: Iterable[Named]) -> str:
    return "; ".join([record.name for record in named])


def _ids(named: Iterable[Named]) -> str:
    return "; ".join([record.id for record in named])


def _edtf(date: DateRecord | None) -> str:
    return date.edtf if date is not None else ""


def _actor(actor: ActorRecord) -> tuple[str, ...]:
    return (
        actor.id,
        actor.type,
        actor.name,
        actor.described_as,
        _list(actor.alias),
        _list(f"{held.role}, {held.of.name}" if held.of is not None else held.role for held in actor.positions),
        actor.of.name if actor.of is not None else "",
        _list(actor.same_as),
        actor.knows_because,
        actor.anonymity_reason,
        actor.count,
        _list(actor.derived),
        actor.path,
    )


def _quote(quote: QuoteRecord) -> tuple[str, ...]:
    return (
        quote.id,
        quote.explainer.id,
        quote.words,
        quote.kind,
        _ids(quote.speakers),
        _names(quote.speakers),
        # A guess is marked in the cell itself: a table sorted by this column may hide the others.
        _names(quote.to) if "to" not in quote.derived else "",
        _edtf(quote.said),
        quote.said.first if quote.said is not None else "",
        quote.said.last if quote.said is not None else "",
        _edtf(quote.reported),
        quote.mode if "mode" not in quote.derived else "",
        quote.rules,
        quote.medium,
        _ids(quote.via),
        _names(quote.via),
        _ids(quote.about),
        _list(relation.words for relation in quote.relations),
        _list(reply.words for reply in quote.replies),
        quote.lang,
        quote.translation.text if quote.translation is not None else "",
        quote.corrected,
        quote.cert,
        _list(("source_ids", "sources") if "via" in quote.derived else ()),
        quote.path,
    )


def _event(event: EventRecord) -> tuple[str, ...]:
    return (
        event.id,
        event.title,
        _edtf(event.when),
        event.when.first if event.when is not None else "",
        event.when.last if event.when is not None else "",
        event.when.words if event.when is not None else "",
        event.status,
        event.standing,
        _list(event.derived),
        _names(event.by),
        _ids(event.actors),
        _names(event.actors),
        event.place,
        _ids(event.sources),
        event.text,
        _list(event.same_as),
        event.path,
    )


def _source(source: SourceRecord) -> tuple[str, ...]:
    return (
        source.id,
        source.title,
        source.publisher.name if source.publisher is not None else "",
        _list(source.authors),
        _edtf(source.published),
        _edtf(source.accessed),
        source.url,
        source.archived,
        source.lang,
        _ids(source.cites),
        source.note,
        source.path,
    )


ACTORS_FORM = _form("actors", ACTORS, _actor)
QUOTES_FORM = _form("quotes", QUOTES, _quote)
EVENTS_FORM = _form("events", EVENTS, _event)
SOURCES_FORM = _form("sources", SOURCES, _source)
