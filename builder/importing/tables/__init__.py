"""Tables: CSV and spreadsheets, whose rows are events, actors, sources or quotes.

`csv_rows` and `spreadsheet_rows` read rows, `..columns` knows what columns are called, `column_values` takes the values of a row, `event_rows` and `record_rows` make records of them.
"""

import re

import msgspec

from builder.importing import columns, timelinejs, written_dates
from builder.importing.importer_types import Importer, ImportInput, ImportNote, ImportOptions, ImportProblem, ImportResult, Question
from builder.importing.tables import event_rows, record_rows
from builder.importing.tables.column_values import Columns, likely_dates
from builder.importing.tables.csv_rows import Table, read_csv
from builder.importing.tables.spreadsheet_rows import ENDINGS, read_sheet

_MAKERS = {
    columns.TIMELINE: event_rows.read_events,
    columns.ACTORS: record_rows.actors,
    columns.SOURCES: record_rows.sources,
    columns.QUOTES: record_rows.quotes,
}


def _is_csv(import_input: ImportInput) -> bool:
    return import_input.ending in {".csv", ".tsv", ".tab"} and not import_input.data.startswith(b"PK")


def _is_sheet(import_input: ImportInput) -> bool:
    if import_input.is_folder or import_input.ending in ENDINGS:
        return import_input.ending in ENDINGS
    # A table that goes by another name.
    signs = (b"xl/workbook.xml", b"application/vnd.oasis.opendocument.spreadsheet")
    return import_input.data.startswith(b"PK") and any(sign in import_input.data for sign in signs)


def _csv(import_input: ImportInput, options: ImportOptions) -> ImportResult:
    import_notes: list[ImportNote] = []
    return read_table(read_csv(import_input, options, import_notes), import_input, options, import_notes)


def _sheet(import_input: ImportInput, options: ImportOptions) -> ImportResult:
    import_notes: list[ImportNote] = []
    return read_table(read_sheet(import_input, options, import_notes), import_input, options, import_notes)


class TableLayout(msgspec.Struct, frozen=True):
    """The layout of a table: its columns, and where its rows begin."""

    columns: tuple[tuple[str, str], ...]
    """Each key with the name of the column that it comes from."""
    top: int
    """The number of the row that names the columns."""
    is_lined: bool
    """Whether each row is one line of the file."""
    width: int = 0
    """How many cells the row has that names the columns."""


def read_rows(import_input: ImportInput, options: ImportOptions) -> tuple[ImportResult, TableLayout]:
    """Return the records of a table and its outline. Raises `ImportProblem` if it is no table, `Question` if its columns do not show the kind of its rows."""
    import_notes: list[ImportNote] = []
    if not (_is_csv(import_input) or _is_sheet(import_input)):
        raise ImportProblem("it is no table. Tables are CSV, TSV, XLSX and ODS")
    table = read_csv(import_input, options, import_notes) if _is_csv(import_input) else read_sheet(import_input, options, import_notes)
    kind = options.kind or _kind(table, options)
    if kind not in _MAKERS:
        raise ImportProblem(f"there is no kind of table “{kind}”. There are {', '.join(_MAKERS)}")
    found = Columns.of(table, kind, options)
    made = _MAKERS[kind](found, import_input, options, import_notes)
    is_lined = _is_csv(import_input) and not any("\n" in cell for row in table.rows for cell in row.cells)
    return made, TableLayout(
        tuple((key, name) for key, name in zip(found.keys, table.header, strict=True) if key), table.top, is_lined, len(table.header)
    )


def read_table(table: Table, import_input: ImportInput, options: ImportOptions, import_notes: list[ImportNote]) -> ImportResult:
    """Return the records of a table. Raises `Question` if its columns do not show the kind of its rows."""
    names = {columns.normalize_name(name) for name in table.header}
    is_timeline = {"year", "headline"} <= names or {"start date", "headline", "media"} <= names
    if is_timeline and not options.columns and options.kind in {"", columns.TIMELINE}:
        first = table.rows[0].number
        rows = [list(table.header)] + [[]] * (first - 2) + _with_gaps(table)
        import_notes += [
            ImportNote(table.where(row), f"the link behind “{row.cells[n]}” was left out: “{link.to}”. A column of its own keeps it")
            for row in table.rows
            for n, links in row.links
            for link in links
            if n < len(row.cells) and link.to not in row.cells[n]
        ]
        made = timelinejs.as_result(timelinejs.from_rows(rows, options.dates))
        return ImportResult(made.title, made.records, import_notes=(*import_notes, *made.import_notes), fields=made.fields, body=made.body)
    kind = options.kind or _kind(table, options)
    found = Columns.of(table, kind, options)
    return _MAKERS[kind](found, import_input, options, import_notes)


def _with_gaps(table: Table) -> list[list[str]]:
    """Return the rows with empty ones where there were some, so that they keep their numbers."""
    made: list[list[str]] = []
    at = table.rows[0].number
    for row in table.rows:
        made += [[]] * (row.number - at)
        made.append(list(row.cells))
        at = row.number + 1
    return made


def _kind(table: Table, options: ImportOptions) -> str:
    """Return the kind of the rows, by the names of the columns and the options. Raises `Question` if these do not show it."""
    said = dict(options.columns)
    if said:
        kinds = [kind for kind, keys in columns.KEYS.items() if all(key in keys or key.startswith("x_") for key in said.values())]
        named = columns.detect_kind([said.get(name, name) for name in table.header])
        if not kinds:
            known = "; ".join(f"{kind}: {', '.join(keys)}" for kind, keys in columns.KEYS.items())
            message = f"--map leads to keys that no kind of table has together: {', '.join(said.values())}. There are, for {known}"
            raise ImportProblem(message)
        return named if named in kinds else kinds[0]
    if kind := columns.detect_kind(list(table.header)):
        return kind
    shown = ", ".join(f"“{name}”" for name in table.header if name)
    if any(written_dates.read_date(name, written_dates.MDY).edtf and re.search(r"\d{4}", name) for name in table.header):
        raise ImportProblem(
            f"its first row has a date, where the names of the columns should stand: {shown}. Add a row above it, such as: date,title,sources"
        )
    message = f"it has columns of which nobody can tell what they are: {shown}"
    raise Question(f'{message}. Say what they are, such as --map "{_example(table)}"', "--map")


def _example(table: Table) -> str:
    """Return an example for `--map`: first the keys that the names of the columns show."""
    names = [name for name in table.header if name]
    keys = ("when", "title", "sources")
    known = {name: columns.NAMES[columns.TIMELINE].get(columns.normalize_name(name), "") for name in names}
    chosen = {key: name for name, key in reversed(known.items()) if key in keys}
    chosen.setdefault("when", likely_dates(table))
    rest = [name for name in names if name not in chosen.values()]
    for key in keys:
        if not chosen.get(key) and rest:
            chosen[key] = rest.pop(0)
    return ",".join(f"{chosen[key]}={key}" for key in keys if chosen.get(key))


CSV = Importer("csv", "a table of events, actors, sources or quotes: CSV or TSV, with any separator and encoding", _is_csv, _csv)
SHEET = Importer("sheet", "the same as a spreadsheet: XLSX, ODS or XLS", _is_sheet, _sheet)
