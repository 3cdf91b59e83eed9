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
    return ListFile(lambda _data: header, (ListSection(kind, lambda _site, one: _row(cells(one))),))


def _list(texts: Iterable[str]) -> str:
    return "; ".join(texts)


def _names(named: Iterable[Named]) -> str:
    return "; ".join([one.name for one in named])


def _ids(named: Iterable[Named]) -> str:
    return "; ".join([one.id for one in named])


def _edtf(date: DateRecord | None) -> str:
    return date.edtf if date is not None else ""


def _actor(one: ActorRecord) -> tuple[str, ...]:
    return (
        one.id,
        one.type,
        one.name,
        one.described_as,
        _list(one.alias),
        _list(f"{held.role}, {held.of.name}" if held.of is not None else held.role for held in one.positions),
        one.of.name if one.of is not None else "",
        _list(one.same_as),
        one.knows_because,
        one.anonymity_reason,
        one.count,
        _list(one.derived),
        one.path,
    )


def _quote(one: QuoteRecord) -> tuple[str, ...]:
    return (
        one.id,
        one.explainer.id,
        one.words,
        one.kind,
        _ids(one.speakers),
        _names(one.speakers),
        # A guess is marked in the cell itself: a table sorted by this column may hide the others.
        _names(one.to) if "to" not in one.derived else "",
        _edtf(one.said),
        one.said.first if one.said is not None else "",
        one.said.last if one.said is not None else "",
        _edtf(one.reported),
        one.mode if "mode" not in one.derived else "",
        one.rules,
        one.medium,
        _ids(one.via),
        _names(one.via),
        _ids(one.about),
        _list(found.words for found in one.relations),
        _list(found.words for found in one.replies),
        one.lang,
        one.translation.text if one.translation is not None else "",
        one.corrected,
        one.cert,
        _list(("source_ids", "sources") if "via" in one.derived else ()),
        one.path,
    )


def _event(one: EventRecord) -> tuple[str, ...]:
    return (
        one.id,
        one.title,
        _edtf(one.when),
        one.when.first if one.when is not None else "",
        one.when.last if one.when is not None else "",
        one.when.words if one.when is not None else "",
        one.status,
        one.standing,
        _list(one.derived),
        _names(one.by),
        _ids(one.actors),
        _names(one.actors),
        one.place,
        _ids(one.sources),
        one.text,
        _list(one.same_as),
        one.path,
    )


def _source(one: SourceRecord) -> tuple[str, ...]:
    return (
        one.id,
        one.title,
        one.publisher.name if one.publisher is not None else "",
        _list(one.authors),
        _edtf(one.published),
        _edtf(one.accessed),
        one.url,
        one.archived,
        one.lang,
        _ids(one.cites),
        one.note,
        one.path,
    )


ACTORS_FORM = _form("actors", ACTORS, _actor)
QUOTES_FORM = _form("quotes", QUOTES, _quote)
EVENTS_FORM = _form("events", EVENTS, _event)
SOURCES_FORM = _form("sources", SOURCES, _source)
