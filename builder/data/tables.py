"""CSV (RFC 4180, UTF-8): a table a kind of record, its columns always the same and in the same order.

A list in a cell is divided by “; ”. A cell that a spreadsheet would take for a formula gets an apostrophe in front, as OWASP advises:
the words of a quote may begin with “=”, and whoever opens the file must not run them. JSON has every value as it is.
"""

import csv
from collections.abc import Iterable, Sequence

from builder.data.records import ActorData, DateRecord, EventData, ExplainerData, Named, SiteData, SourceData

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What spreadsheets take for the beginning of a formula (OWASP, CSV Injection)."""

ACTORS = ("id", "type", "name", "described_as", "alias", "position", "of", "same_as", "knows_because", "anonymity_reason", "count", "path")
QUOTES = (
    "id",
    "explainer",
    "text",
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
    "lang",
    "translation",
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

Tables = ExplainerData | ActorData | EventData | SourceData | SiteData


class _Lines(list[str]):
    write = list.append


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in row] for row in rows)
    return "".join(lines).encode()


def _list(texts: Iterable[str]) -> str:
    return "; ".join(texts)


def _names(named: Iterable[Named]) -> str:
    return "; ".join([one.name for one in named])


def _ids(named: Iterable[Named]) -> str:
    return "; ".join([one.id for one in named])


def _edtf(date: DateRecord | None) -> str:
    return date.edtf if date is not None else ""


def actors(data: ExplainerData | SiteData) -> bytes:
    """Return the actors as a table."""
    return _table(
        ACTORS,
        (
            (
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
                one.path,
            )
            for one in data.actors
        ),
    )


def quotes(data: Tables) -> bytes:
    """Return the quotes as a table."""
    return _table(
        QUOTES,
        (
            (
                one.id,
                one.explainer.id,
                one.words,
                _ids(one.speakers),
                _names(one.speakers),
                _names(one.to),
                _edtf(one.said),
                one.said.first if one.said is not None else "",
                one.said.last if one.said is not None else "",
                _edtf(one.reported),
                one.mode,
                one.rules,
                one.medium,
                _ids(one.via),
                _names(one.via),
                _ids(one.about),
                one.lang,
                one.translation.text if one.translation is not None else "",
                one.path,
            )
            for one in data.quotes
        ),
    )


def events(data: ExplainerData | ActorData | SourceData | SiteData) -> bytes:
    """Return the events as a table."""
    return _table(
        EVENTS,
        (
            (
                one.id,
                one.title,
                _edtf(one.when),
                one.when.first if one.when is not None else "",
                one.when.last if one.when is not None else "",
                one.when.words if one.when is not None else "",
                one.status,
                _names(one.by),
                _ids(one.actors),
                _names(one.actors),
                one.place,
                _ids(one.sources),
                one.text,
                _list(one.same_as),
                one.path,
            )
            for one in data.events
        ),
    )


def sources(data: ExplainerData | SiteData) -> bytes:
    """Return the sources as a table."""
    return _table(
        SOURCES,
        (
            (
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
            for one in data.sources
        ),
    )
