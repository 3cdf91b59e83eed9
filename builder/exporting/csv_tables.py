"""CSV: a table for each kind of record, with the columns that `backstory import` reads; further data stands in columns of its own.

A cell that a spreadsheet would take for a formula begins with an apostrophe, which an import takes away.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape

import msgspec

from builder.exporting.attributed_text import render_line
from builder.exporting.exporter_types import Chosen, Exported, ExportProblem, File, list_in_quotes
from builder.exporting.whole_records import has_emphasis, roles_here, uncounted, unsaid
from builder.formats.parts import DateRecord, Named
from builder.formats.published_data import ActorRecord, EventRecord, PositionRecord, QuoteRecord, SourceRecord
from builder.model import UNNAMED, quote_key

TABLE_KINDS = ("timeline", "actors", "sources", "quotes")
"""The tables, by the names that `--kind` takes."""

Row = dict[str, str]

_COLUMNS = {
    "timeline": (
        "id",
        "title",
        "standing",
        "when",
        "says",
        "status",
        "by",
        "actors",
        "actor_ids",
        "place",
        "coordinates",
        "short",
        "sources",
        "source_ids",
        "text",
        "same_as",
    ),
    "actors": (
        "id",
        "name",
        "described_as",
        "type",
        "alias",
        "weak_alias",
        "here",
        "role",
        "of",
        "of_id",
        "from",
        "to",
        "same_as",
        "knows_because",
        "anonymity_reason",
        "count",
        "text",
    ),
    "sources": ("id", "title", "publisher", "authors", "url", "archived", "published", "accessed", "lang", "note"),
    "quotes": (
        "id",
        "quote",
        "attribution",
        "speaker",
        "speaker_ids",
        "to",
        "said",
        "mode",
        "rules",
        "cert",
        "resp",
        "medium",
        "via",
        "source_ids",
        "lang",
        "note",
        "explainer",
    ),
}
"""What every table begins with; the author's own keys follow."""


_ALWAYS = {"when", "title", "name", "role", "publisher", "url", "quote", "speaker"}
"""Columns by which an import knows what a table is of."""


class _Lines(list[str]):
    write = list.append


def write(chosen: Chosen) -> Exported:
    """Return a table for each kind of which there are records."""
    return _exported({kind: _rows(chosen, kind) for kind in TABLE_KINDS}, chosen)


def of_kind(kind: str, chosen: Chosen) -> Exported:
    """Return the table of one kind."""
    return _exported({kind: _rows(chosen, kind)}, chosen)


def _exported(tables: dict[str, list[Row]], chosen: Chosen) -> Exported:
    files = tuple(File(f"{kind}.csv", _csv(_COLUMNS[kind], rows)) for kind, rows in tables.items() if rows)
    if not files:
        message = f"it has no {' or '.join(tables)} to write"
        raise ExportProblem(message)
    return Exported(files, tuple(_omissions(chosen, tables)))


_OF_LINES = {"text", "note", "standing", "attribution"}
"""Columns whose line breaks an import keeps, as it does those of the author's own, and columns that it does not read."""


def _broken_lines(rows: Iterable[Row]) -> Iterator[str]:
    """Yield what the records are called that have line breaks where an import makes one line of them."""
    for row in rows:
        if any("\n" in cell.strip() for name, cell in row.items() if name not in _OF_LINES and not name.startswith("x_")):
            yield " ".join(next(row[name] for name in ("title", "name", "quote", "described_as", "id") if row.get(name)).split())


def _omissions(chosen: Chosen, tables: Mapping[str, list[Row]]) -> Iterator[str]:
    """Yield what no column of a table holds."""
    kinds = set(tables)
    events = chosen.event_records if "timeline" in kinds else ()
    quotes = chosen.quote_records if "quotes" in kinds else ()
    sources = chosen.source_records if "sources" in kinds else ()
    people = [chosen.site.actors[key] for key in chosen.actors] if "actors" in kinds else []
    left = {
        "bold, italic and code in the text of": [
            *(event.title for event in events if has_emphasis(chosen.site.events[event.id].summary)),
            *(person.title for person in people if has_emphasis(person.text)),
        ],
        "line breaks in titles, names and other words of a line of": list(
            dict.fromkeys(called for rows in tables.values() for called in _broken_lines(rows))
        ),
        "which actor is the publisher of": [
            source.title or source.id for source in sources if source.publisher is not None and source.publisher.id
        ],
        "the history of": [event.title for event in events if event.history],
        "that the story is told by": [event.title for event in events if event.key],
        "what is cited by": [source.title or source.id for source in sources if source.cites],
        "the story’s own word for the date of": [quote.words for quote in quotes if quote.said is not None and quote.said.says],
        "the events that are spoken of in": [quote.words for quote in quotes if quote.about],
        "the relations to other quotes of": [quote.words for quote in quotes if quote.relations],
        "the translation of": [quote.words for quote in quotes if quote.translation is not None],
        "the words as published of": [quote.words for quote in quotes if quote.as_published or quote.corrected],
    }
    yield from (f"{what} {len(named)}: {list_in_quotes(named)}" for what, named in left.items() if named)
    yield from uncounted(chosen, chosen.events if "timeline" in kinds else ())
    yield from unsaid(chosen, chosen.actors if "actors" in kinds else (), chosen.sources if "sources" in kinds else ())


def _csv(columns: Sequence[str], rows: list[Row]) -> bytes:
    own = dict.fromkeys(key for row in rows for key in row if key not in columns)
    header = [*(name for name in columns if name in _ALWAYS or any(row.get(name) for row in rows)), *own]
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(
        [_safe(_as_html(cell) if name in _READ_AS_HTML else cell) for name in header for cell in (row.get(name, ""),)] for row in rows
    )
    return "".join(lines).encode()


def _safe(cell: str) -> str:
    return f"'{cell}" if re.match(r"'*[=+\-@\t\r]", cell) else cell


_READ_AS_HTML = {"title", "place", "text", "name", "described_as", "publisher", "note"}
"""Columns in which an import reads tags of HTML."""


def _as_html(cell: str) -> str:
    """Return words that look like tags of HTML in a form in which an import reads them as words."""
    if not re.search(r"<[/A-Za-z]", cell):
        return cell
    linked = re.sub(r"\[([^\[\]]+)\]\((https?://[^\s()]+)\)", r'<a href="\2">\1</a>', escape(cell, quote=False))
    return f"<span>{linked}</span>"


def _rows(chosen: Chosen, kind: str) -> list[Row]:
    if kind == "timeline":
        return [_event(chosen, event_record) for event_record in chosen.event_records]
    if kind == "sources":
        return [_source(source_record) for source_record in chosen.source_records]
    if kind == "quotes":
        return [_quote(chosen, quote_record) for quote_record in chosen.quote_records]
    roles = roles_here(chosen)
    return [
        row
        for actor_record in chosen.actor_records
        for row in _actor(chosen, msgspec.structs.replace(actor_record, here=roles.get(actor_record.id, "")))
    ]


def _listed(texts: Iterable[str]) -> str:
    return "; ".join(map(_entry, texts))


def _entry(text: str) -> str:
    """Return an entry of a cell with several, in quotation marks where it has a sign that parts entries."""
    return '"{}"'.format(text.replace('"', '""')) if re.search(r"[;|\n]|\s/\s", text) else text


def _names(named: Iterable[Named]) -> str:
    return _listed(record.name for record in named)


def _ids(named: Iterable[Named]) -> str:
    """Return the ids of records that are named, so that two of one name come back apart; "" if one has none."""
    found = [record.id for record in named]
    return _listed(found) if all(found) else ""


def _date(date: DateRecord | None) -> str:
    return (date.written or date.edtf) if date is not None else ""


def _cited(chosen: Chosen, named: Iterable[Named]) -> str:
    """Return sources by what they are called, each with its address."""
    found = ((record.name, chosen.site.sources[record.id].url if record.id in chosen.site.sources else "") for record in named)
    return "; ".join(_entry(name) if url in {"", name} else f"{_entry(name)} {url}" for name, url in found)


def _event(chosen: Chosen, event_record: EventRecord) -> Row:
    event = chosen.site.events[event_record.id]
    return {
        "id": event_record.id,
        "title": event_record.title,
        # The status, if nobody wrote it, is no column of its own: it would come back as the author's word.
        "standing": event_record.standing,
        "when": _date(event_record.when),
        "says": event_record.when.says if event_record.when is not None else "",
        "status": event_record.status if "status" not in event_record.derived else "",
        "by": _names(event_record.by),
        "actors": _names(event_record.actors),
        "actor_ids": _ids(event_record.actors),
        "place": event_record.place,
        "coordinates": ", ".join(map(repr, event.coordinates or ())),
        "short": event_record.short,
        "sources": _cited(chosen, event_record.sources),
        "source_ids": _ids(event_record.sources),
        "text": render_line(chosen.site, ("event", event_record.id), event.summary) if event.summary is not None else "",
        "same_as": " ".join(event_record.same_as),
        **event_record.extra,
    }


def _actor(chosen: Chosen, actor: ActorRecord) -> list[Row]:
    """Return a row for each office, which an import joins by the id."""
    row = {
        "id": actor.id,
        "name": actor.name,
        "described_as": actor.described_as,
        "type": actor.type if "type" not in actor.derived or actor.type == UNNAMED else "",
        "alias": _listed(name for name in actor.alias if name not in actor.weak_alias),
        "weak_alias": _listed(actor.weak_alias),
        "here": actor.here,
        "of": actor.of.name if actor.of is not None else "",
        "of_id": actor.of.id if actor.of is not None else "",
        "same_as": " ".join(actor.same_as),
        "knows_because": actor.knows_because,
        "anonymity_reason": actor.anonymity_reason,
        "count": actor.count,
        "text": render_line(chosen.site, ("actor", actor.id), text) if (text := chosen.site.actors[actor.id].text) is not None else "",
        **actor.extra,
    }
    offices = [_office(held) for held in actor.positions]
    first = {**row, **(offices[0] if offices else {})}
    return [first, *({"id": actor.id, "name": actor.name, **office} for office in offices[1:])]


def _office(held: PositionRecord) -> Row:
    return {
        "role": held.role,
        "of": held.of.name if held.of is not None else "",
        "of_id": held.of.id if held.of is not None else "",
        "from": _date(held.since),
        "to": _date(held.until) or ("unknown" if held.until_unknown else ""),
    }


def _source(source: SourceRecord) -> Row:
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher.name if source.publisher is not None else "",
        "authors": _listed(source.authors),
        "url": source.url,
        "archived": source.archived,
        "published": _date(source.published),
        "accessed": _date(source.accessed),
        "lang": source.lang,
        "note": source.note,
        **source.extra,
    }


def _quote(chosen: Chosen, quote: QuoteRecord) -> Row:
    from builder.pages.cards import quote_card

    key = quote_key(quote.id)
    return {
        "id": key[1],
        "quote": quote.words,
        "attribution": quote_card(chosen.site, key).basis.sentence,
        "speaker": _names(quote.speakers) or "unknown",
        "speaker_ids": _ids(quote.speakers),
        "to": _names(quote.to) if "to" not in quote.derived else "",
        "said": _date(quote.said),
        "mode": quote.mode if "mode" not in quote.derived or quote.kind == "paraphrase" else "",
        "rules": quote.rules,
        "cert": quote.cert,
        "resp": quote.resp,
        "medium": quote.medium,
        "via": _cited(chosen, quote.via),
        "source_ids": _ids(quote.via),
        "lang": quote.lang,
        "note": quote.note,
        "explainer": quote.explainer.name,
        **quote.extra,
    }
