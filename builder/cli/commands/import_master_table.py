"""`backstory import content/tables/NAME.csv`: a table that stays the master gets ids, and its mapping; its rows are read at every build."""

import sys
from collections.abc import Callable
from pathlib import Path

import msgspec

from builder import cli, urls
from builder.build import master_tables
from builder.cli.commands.fix import refusal_reason
from builder.cli.commands.import_input import find_existing_records
from builder.content import reading
from builder.content.editing import Refused
from builder.content.table_rows import TABLES
from builder.importing.content_files import DRAFT, quote_yaml
from builder.importing.importer_types import (
    ACTOR,
    EVENT,
    QUOTE,
    SOURCE,
    File,
    ImportInput,
    ImportOptions,
    ImportProblem,
    ImportResult,
    Question,
    Record,
)
from builder.importing.record_ids import ExistingRecords, assign_ids
from builder.importing.tables import CSV, TableLayout, ods_ids, xlsx_ids
from builder.importing.tables.csv_ids import with_ids
from builder.output import edits

Ask = Callable[[Question, ImportOptions], ImportOptions]

_KINDS = {QUOTE: "quotes", EVENT: "timeline", ACTOR: "actors", SOURCE: "sources"}


def is_master(root: Path, path: Path) -> bool:
    """Return whether a file is a table that stays the master."""
    folder = (root / master_tables.FOLDER).resolve()
    return path.resolve().is_relative_to(folder) and path.name.lower().endswith(TABLES)


def keep_table(root: Path, table: Path, import_input: ImportInput, options: ImportOptions, ask: Ask, *, dry_run: bool) -> int:
    """Give the rows of a table ids, keep what its columns are, and begin the explainer that lists its events."""
    path = master_tables.FOLDER + table.resolve().relative_to((root / master_tables.FOLDER).resolve()).as_posix()
    try:
        options, made, outline = _read(root, path, import_input, options, ask)
        own = next(kind for kind in _KINDS if any(record.kind == kind for record in made.records))
        records = [record for record in made.records if record.kind == own]
        existing = find_existing_records(root, without=path)
        if own == QUOTE:
            _refuse_taken(urls.slug(import_input.stem), existing)
        named = [msgspec.structs.replace(record, id=record.id or _short_id(record)) if own == QUOTE else record for record in records]
        ids, _ = assign_ids(named, existing, {})
        fresh = {master_tables.number_of(record.where): ids[record.kind, record.key] for record in records if not record.id}
        files = _mapping(root, path, own, options)
        if fresh:
            files[path] = _add_ids(import_input, options, outline, fresh)
    except ImportProblem as problem:
        print(f"backstory: {path} could not become a master table: {problem}. Nothing was written.", file=sys.stderr)
        return cli.PROBLEMS
    if own == EVENT:
        files |= _explainer(root, import_input, options, [ids[record.kind, record.key] for record in records])
    if not dry_run:
        written = edits.write_files(root, files, f"import {table.name}") if files else None
        if isinstance(written, Refused):
            print(f"backstory: {refusal_reason(written)} Nothing was written.", file=sys.stderr)
            return cli.PROBLEMS
    _print_summary(path, records, fresh, files, made, dry_run=dry_run)
    return cli.FINE


def _refuse_taken(slug: str, existing: ExistingRecords) -> None:
    """Refuse a table of quotes that would be an explainer which is there already, with an `ImportProblem`."""
    if slug in existing.names:
        raise ImportProblem(f"there is an explainer “{slug}”, and a table of quotes is one itself. Give the table another name")


def _short_id(record: Record) -> str:
    """Return an id made of the first words of a quote."""
    return urls.slug(" ".join(str(record.fields.get("text", "")).split()[:6])) or "quote"


def _read(
    root: Path, path: str, import_input: ImportInput, options: ImportOptions, ask: Ask
) -> tuple[ImportOptions, ImportResult, TableLayout]:
    kept = master_tables.wishes_of(path, reading.read(root).tables)
    said = {name: getattr(options, name) or getattr(kept, name) for name in ("kind", "dates", "sheet", "encoding")}
    options = msgspec.structs.replace(options, **said, columns=(*kept.columns, *options.columns))
    while True:
        try:
            return (options, *master_tables.records_of(import_input, options))
        except Question as question:
            options = ask(question, options)


def _add_ids(import_input: ImportInput, options: ImportOptions, outline: TableLayout, fresh: dict[int, str]) -> bytes:
    if CSV.recognises(import_input):
        return with_ids(import_input, options, outline.top, fresh)
    name = import_input.name.lower()
    if name.endswith((".xlsx", ".xlsm", ".ods")) and "id" not in dict(outline.columns):
        data = (
            ods_ids.with_ids(import_input.data, options.sheet, outline.top, outline.width, fresh)
            if name.endswith(".ods")
            else xlsx_ids.with_ids(import_input.data, options.sheet, outline.top, fresh)
        )
        again, _ = master_tables.records_of(ImportInput(import_input.name, (File(import_input.name, data),)), options)
        if fresh.items() <= {master_tables.number_of(record.where): record.id for record in again.records}.items():
            return data
    shown = "; ".join(f"row {number}: {key}" for number, key in list(fresh.items())[:12])
    raise ImportProblem(
        f"its rows need ids, and only you can write into this spreadsheet. They belong into a column “id”. They could be {shown}"
    )


def _mapping(root: Path, path: str, own: str, options: ImportOptions) -> dict[str, bytes]:
    """Return the file that says what the columns of the table are, unless there is one that says the same."""
    name = f"{path.rpartition('.')[0]}.yaml"
    lines = [f"# What the columns of {path.rpartition('/')[2]} are. Its rows are records at every build.", f"kind: {_KINDS[own]}"]
    if options.columns:
        lines += ["map:", *(f"  {quote_yaml(column)}: {key}" for column, key in dict(options.columns).items())]
    kept = (root / name).read_text("utf-8") if (root / name).exists() else ""
    if own == QUOTE and "explainer:" in kept:
        lines += kept[kept.index("explainer:") :].rstrip("\n").split("\n")
    elif own == QUOTE:
        title = options.title or urls.slug(path.rpartition("/")[2].rpartition(".")[0]).replace("-", " ").capitalize()
        lines += ["explainer:", f"  title: {quote_yaml(title)}", f"  {DRAFT}"]
    lines += [f"{key}: {quote_yaml(getattr(options, key))}" for key in ("dates", "sheet", "encoding") if getattr(options, key)]
    data = ("\n".join(lines) + "\n").encode()
    file = root / name
    return {} if file.exists() and file.read_bytes() == data else {name: data}


def _explainer(root: Path, import_input: ImportInput, options: ImportOptions, ids: list[str]) -> dict[str, bytes]:
    """Return the explainer that lists the events, unless there is one."""
    title = options.title or import_input.stem
    slug = urls.slug(title) or "timeline"
    name = f"content/explainers/{slug}.md"
    if (root / name).exists() or (root / f"content/explainers/{slug}").exists():
        return {}
    lines = ["---", f"title: {quote_yaml(title)}", DRAFT, "timeline:"]
    lines += [*(f"  - {key}" for key in ids), "---", "Write the text here.", "", "![[timeline]]", ""]
    return {name: "\n".join(lines).encode()}


def _print_summary(
    path: str, records: list[Record], fresh: dict[int, str], files: dict[str, bytes], result: ImportResult, *, dry_run: bool
) -> None:
    count = f"{len(records)} {'record' if len(records) == 1 else 'records'}"
    print(f"{path} {'would be' if dry_run else 'is'} a master: {count} at every build.")
    if fresh:
        print(f"{'Would write' if dry_run else 'Wrote'} {len(fresh)} {'id' if len(fresh) == 1 else 'ids'} into its column “id”.")
    for name in files:
        if name != path:
            print(f"{'Would make' if dry_run else 'Made'} {name}.")
    if result.import_notes:
        print("Could not be imported unchanged:")
        for import_note in result.import_notes:
            print(f"  {import_note}")
