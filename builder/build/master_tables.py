"""Tables that stay the master: each row of `content/tables/NAME.csv` is a record, as if it had a file of its own.

    content/tables/people.csv, row 2  →  content/actors/anna-hale.table-people

Such a file is on no disk. It is read, joined and checked like any other, and a problem in it is reported for the row and column that it comes from.
"""

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import yaml

from builder import urls
from builder.content import reading
from builder.content.reading import Tree
from builder.content.table_rows import MAPPING, TableRow
from builder.diagnostics import WARNING, Diagnostic, Location
from builder.importing.content_files import FOLDERS, inline, record_file, record_lines
from builder.importing.importer_types import (
    ACTOR,
    EVENT,
    QUOTE,
    SOURCE,
    File,
    ImportInput,
    ImportNote,
    ImportOptions,
    ImportProblem,
    ImportResult,
    Missing,
    Record,
)
from builder.importing.record_ids import ExistingRecords, assign_ids, resolve_refs
from builder.importing.tables import TableLayout, read_rows

FOLDER = "content/tables/"

_LocationOf = Callable[[str], Location]
"""From the words that say where something stands in a table to its place."""

_PLACED = re.compile(r"\brow (?P<row>\d+)\b")
_KEY = re.compile(r"\s*(?:- )?(?P<key>[\w-]+):")


def read(root: Path, known: Mapping[str, bytes] | None = None) -> Tree:
    """Return the files of `content/`, with the rows of its tables as files."""
    return with_rows(reading.read(root, known))


def reread(root: Path, tree: Tree, touched: Iterable[str]) -> Tree:
    """Return the tree as it is now, as `reading.reread` does."""
    names = tuple(touched)
    found = reading.reread(root, tree, names)
    # What was read again has no rows yet.
    return found if found.rows is not None else with_rows(found)


def with_rows(tree: Tree) -> Tree:
    """Return a tree with a file for each record of its tables."""
    if not tree.tables:
        return msgspec.structs.replace(tree, rows={})
    texts: dict[str, bytes] = {}
    rows: dict[str, TableRow] = {}
    problems: list[Diagnostic] = []
    there = {path.rpartition(".")[0] for path in (*dict(tree.texts), *tree.unread)}
    made = [(path, *_made(path, data, tree.tables, problems)) for path, data in tree.tables.items() if not path.endswith(MAPPING)]
    ids = {
        _record_path(record.kind, record.id)
        for _, records, _ in made
        for record in records
        if record.id and record.where and record.kind != QUOTE
    }
    for path, records, outline in made:
        if quotes := [record for record in records if record.kind == QUOTE]:
            name, text, row = _explainer(path, quotes, tree.tables, outline)
            texts[name], rows[name] = text, row
        for record in records:
            if record.kind == QUOTE:
                continue
            beside = _record_path(record.kind, record.id)
            # What a row only names has a record of its own elsewhere, or is made here.
            if record.fields.keys() <= {"name", "title", "url"} and not _has_row(record) and (beside in there or beside in ids):
                continue
            name = f"{beside}.table-{urls.slug(_stem(path)) or 'x'}"
            texts[name] = record_file(record).encode()
            number = number_of(record.where)
            rows[name] = TableRow(path, number, number if outline.is_lined else 0, outline.columns)
    return msgspec.structs.replace(
        tree,
        texts=tuple(sorted((*tree.texts, *texts.items()))) if texts else tree.texts,
        rows=rows,
        diagnostics=(*tree.diagnostics, *problems),
    )


def wishes_of(path: str, tables: Mapping[str, bytes]) -> ImportOptions:
    """Return what the mapping beside a table says of it. Raises `ImportProblem` if it is none."""
    kept = _mapping(path, tables)
    said: dict[str, Any] = {key: kept[key] for key in ("kind", "dates", "sheet", "encoding") if isinstance(kept.get(key), str)}
    columns = kept.get("map") if isinstance(kept.get("map"), dict) else {}
    return ImportOptions(**said, columns=tuple((str(column), str(key)) for column, key in (columns or {}).items()))


def _mapping(path: str, tables: Mapping[str, bytes]) -> dict[str, Any]:
    """Return what stands in the mapping beside a table. Raises `ImportProblem` if it is none."""
    stem = _without_ending(path)
    names = (f"{stem}.yaml", f"{stem}.yml", f"{FOLDER}{urls.slug(_stem(path))}.yaml")
    name = next((name for name in names if name in tables), names[0])
    data = tables.get(name)
    if data is None:
        return {}
    try:
        kept = yaml.load(data.decode("utf-8"), yaml.BaseLoader)  # noqa: S506 – it makes texts, lists and mappings alone
    except (UnicodeDecodeError, yaml.YAMLError):
        message = f"it has a mapping in {name}, which is no YAML in UTF-8"
        raise ImportProblem(message) from None
    return kept if isinstance(kept, dict) else {}


def _explainer(path: str, quotes: Sequence[Record], tables: Mapping[str, bytes], outline: TableLayout) -> tuple[str, bytes, TableRow]:
    """Return the explainer that the quotes of a table are: its path, its text, and which rows its lines come from.

    Its other keys are those under `explainer:` in the mapping.
    """
    kept = _mapping(path, tables).get("explainer")
    fields = {"title": _stem(path), **(kept if isinstance(kept, dict) else {})}
    status = fields.pop("status", "")
    lines = ["---", *record_lines(fields), *([f"status: {inline(status)}"] if status else []), "quotes:"]
    entries: list[tuple[int, int]] = []
    for record in quotes:
        entries.append((len(lines) + 1, number_of(record.where)))
        own = list(record_lines({"id": record.id, **record.fields}))
        lines += [f"  {'-' if not n else ' '} {line}" for n, line in enumerate(own)]
    row = TableRow(path, 0, 0, outline.columns, tuple(entries), outline.is_lined)
    name = f"content/explainers/{urls.slug(_stem(path)) or 'x'}.table-{urls.slug(_stem(path)) or 'x'}"
    return name, "\n".join([*lines, "---", ""]).encode(), row


def records_of(import_input: ImportInput, options: ImportOptions) -> tuple[ImportResult, TableLayout]:
    """Return the records of a table, and what it is like. Raises `ImportProblem` if it is none."""
    return read_rows(import_input, options)


def _made(path: str, data: bytes, tables: Mapping[str, bytes], problems: list[Diagnostic]) -> tuple[list[Record], TableLayout]:
    """Return the records of a table with their ids, and what it is like."""
    name = path.removeprefix(FOLDER)
    import_input = ImportInput(name, (File(name, data),))
    try:
        made, outline = records_of(import_input, wishes_of(path, tables))
    except (ImportProblem, Missing) as problem:
        problems.append(Diagnostic("table-unread", f"This table could not be read: {problem}.", Location(path)))
        return [], TableLayout((), 1, is_lined=False)
    kinds = {record.kind for record in made.records}
    own = QUOTE if QUOTE in kinds else EVENT if EVENT in kinds else ACTOR if ACTOR in kinds else SOURCE
    problems += (_diagnostic(import_note, partial(_at, path, outline)) for import_note in made.import_notes if not import_note.is_assumed)
    at = partial(_at, path, outline)
    if "id" not in dict(outline.columns):
        help_ = f"Let Backstory write one: backstory import {path}"
        problems.append(
            Diagnostic("row-no-id", "This table has no column “id”, so its rows have no addresses that last.", Location(path), help=help_)
        )
        return [], outline
    lost = [record for record in made.records if record.kind == own and not record.id and _has_row(record)]
    problems += (_without_id(path, record, at) for record in lost)
    kept = [record for record in made.records if record not in lost]
    unlike = list(_unlike(kept, own, at, problems))
    ids, import_notes = assign_ids(unlike, ExistingRecords(), {})
    problems += (_diagnostic(import_note, at) for import_note in import_notes)
    return [
        msgspec.structs.replace(
            record,
            id=ids[record.kind, record.key],
            # A record that rows only name has no row of its own.
            where=record.where if record.kind == own else "",
            fields={key: resolve_refs(value, ids) for key, value in record.fields.items()},
        )
        for record in unlike
    ], outline


def _unlike(records: Sequence[Record], own: str, at: _LocationOf, problems: list[Diagnostic]) -> Iterator[Record]:
    """Yield records without those that have the id of an earlier row."""
    seen: dict[str, Record] = {}
    for record in records:
        first = seen.setdefault(record.id, record) if record.kind == own else record
        if first is record:
            yield record
        else:
            message = f"The id “{record.id}” stands twice in this table, in {first.where} and {record.where}."
            problems.append(Diagnostic("id-twice", message, at(record.where), help="Give one of the two another id."))


def _without_id(path: str, record: Record, at: _LocationOf) -> Diagnostic:
    help_ = f"Write one into its column “id”, such as flood-2024, or let Backstory do it: backstory import {path}. A bare number is none."
    return Diagnostic("row-no-id", f"This row has no id ({record.where}).", at(record.where), help=help_)


def _diagnostic(import_note: ImportNote, at: _LocationOf) -> Diagnostic:
    what = import_note.what if import_note.what.endswith((".", "!", "?", "”")) else f"{import_note.what}."
    return Diagnostic(
        "row-left-out",
        f"{import_note.where[:1].upper()}{import_note.where[1:]}: {what}" if import_note.where else what,
        at(import_note.where),
        severity=WARNING,
    )


def _at(path: str, outline: TableLayout, where: str) -> Location:
    """Return the location of a row: its line, where each row is one."""
    return Location(path, number_of(where) if outline.is_lined else 0)


def number_of(where: str) -> int:
    """Return the number of the row that is meant; 0 for none."""
    found = _PLACED.search(where)
    return int(found["row"]) if found else 0


def _has_row(record: Record) -> bool:
    return bool(record.where)


def _record_path(kind: str, record_id: str) -> str:
    return f"content/{FOLDERS[kind]}/{record_id}"


def _stem(path: str) -> str:
    return posixpath.basename(_without_ending(path))


def _without_ending(path: str) -> str:
    return path.rpartition(".")[0]


# --- problems ------------------------------------------------

_UNUSED = frozenset({"actor-unused", "event-unused", "source-unused"})


def at_rows(problems: Iterable[Diagnostic], tree: Tree) -> Iterator[Diagnostic]:
    """Yield problems, those of rows placed at their table, row and column. Unused rows are no problem: a table may hold more than one site needs."""
    rows = tree.rows or {}
    for problem in problems:
        if problem.location.path not in rows and not any(location.path in rows for location in problem.also):
            yield problem
        elif problem.code not in _UNUSED or problem.location.path not in rows:
            yield _moved(problem, tree, rows)


def _moved(problem: Diagnostic, tree: Tree, rows: Mapping[str, TableRow]) -> Diagnostic:
    message, help_ = problem.message, problem.help
    for path in {problem.location.path, *(location.path for location in problem.also)} & rows.keys():
        message, help_ = message.replace(path, _shown(rows[path])), help_.replace(path, _shown(rows[path]))
    location = problem.location
    if location.path in rows:
        own = rows[location.path].at(location.line)
        column = _column(tree, location, own)
        row = f"row {own.number}" if own.number else "its mapping" if own.entries else "a row that names it"
        message = f"{message.removesuffix('.')} ({row}{f', column “{column}”' if column else ''})."
    return msgspec.structs.replace(
        problem,
        message=message,
        help=help_,
        location=_of_row(location, rows),
        also=tuple(_of_row(location, rows) for location in problem.also),
        # Only a person can change a table.
        edits=(),
    )


def _shown(row: TableRow) -> str:
    return f"{row.table}, row {row.number}" if row.number else row.table


def _of_row(location: Location, rows: Mapping[str, TableRow]) -> Location:
    row = rows.get(location.path)
    if row is None:
        return location
    own = row.at(location.line)
    # What stands above the rows of quotes is from the mapping.
    return Location(own.table, own.line) if own.number or not row.entries else Location(f"{_without_ending(row.table)}.yaml")


def _column(tree: Tree, location: Location, row: TableRow) -> str:
    """Return the name of the column of the key in a line; "" if there is none."""
    found = _KEY.match(tree.line(location)) if location.line > 1 else None
    return dict(row.columns).get(found["key"], "") if found else ""
