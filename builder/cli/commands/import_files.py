"""`backstory import`: files of other programs become content files."""

import logging
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from builder import cli, dates, importing, urls
from builder.build.named_plugins import active_of
from builder.cli import build_day, problem_output
from builder.cli.commands import import_master_table
from builder.cli.commands.build import progress
from builder.cli.commands.fix import refusal_reason
from builder.cli.commands.import_input import PICTURES, find_existing_records, read_inputs
from builder.cli.commands.unchanged_imports import is_unchanged, unchanged_articles, unchanged_records
from builder.cli.format_hints import unknown_format
from builder.content import reading
from builder.content.editing import Refused
from builder.diagnostics.shortening import shorten
from builder.importing.content_files import ImportFiles, quote_yaml
from builder.importing.importer_types import Importer, ImportInput, ImportOptions, ImportProblem, ImportResult, Missing, Question
from builder.output import edits

if TYPE_CHECKING:
    from argparse import Namespace

TABLES = "content/tables"
"""The folder of tables and their mappings."""


class ImportRequest(msgspec.Struct, frozen=True):
    """The arguments of `backstory import`."""

    options: ImportOptions = ImportOptions()
    format: str = ""
    same: str = ""
    apart: bool = False
    """Each event in a file of its own."""
    dry_run: bool = False
    formats: tuple[Importer, ...] = importing.FORMATS


def formats(root: Path) -> tuple[Importer, ...]:
    """Return all formats: those of the site's plugins first, so that they may know a file better. `ImportProblem` where a plugin cannot be taken."""
    brought = active_of(root)
    if brought is None:
        return importing.FORMATS
    if brought.problems:
        raise ImportProblem(f"{brought.problems[0].message} {brought.problems[0].help}")
    return (*brought.importers, *importing.FORMATS)


def run(root: Path, args: "Namespace") -> int:
    """Run the command."""
    try:
        known = formats(root)
    except ImportProblem as problem:
        print(f"backstory: {problem}", file=sys.stderr)
        return cli.USAGE
    names = {importer.name for importer in known}
    if args.from_ == "list":
        width = max(map(len, names))
        print("\n".join(f"{importer.name.ljust(width)}  {importer.about}" for importer in known))
        return cli.FINE
    if args.from_ and args.from_ not in names:
        print(
            f"backstory: {unknown_format(args.from_, {importer.name: importer.about for importer in sorted(known, key=lambda importer: importer.name)})}.",
            file=sys.stderr,
        )
        return cli.USAGE
    if args.title and len(args.paths) > 1:
        print("backstory: --title is for one file.", file=sys.stderr)
        return cli.USAGE
    options = ImportOptions(
        kind=args.kind or "",
        dates=args.dates or "",
        columns=tuple(pair for pairs in args.map for pair in pairs),
        sheet=args.sheet or "",
        encoding=args.encoding or "",
        title=args.title or "",
    )
    request = ImportRequest(options, args.from_ or "", args.same or "", args.events, args.dry_run, known)
    return import_paths(root, [Path(path) for path in args.paths], request)


def import_paths(root: Path, paths: list[Path], request: ImportRequest) -> int:
    """Import each file or folder. Nothing that exists is overwritten, and either all files are written or none."""
    request = msgspec.structs.replace(request, options=msgspec.structs.replace(request.options, today=dates.iso(build_day.day())))
    known = find_existing_records(root)
    done: list[tuple[ImportInput, str, ImportFiles, dict[str, bytes]]] = []
    inputs = read_inputs(paths)
    for path, import_input in inputs:
        if isinstance(import_input, str):
            print(f"backstory: {path} {import_input}. Nothing was written.{_old_form_advice(path)}", file=sys.stderr)
            return cli.USAGE if not path.exists() else cli.PROBLEMS
    masters = [
        (path, import_input)
        for path, import_input in inputs
        if isinstance(import_input, ImportInput) and import_master_table.is_master(root, path)
    ]
    if masters:
        return _keep_tables(root, masters, len(inputs), request)
    for path, import_input in _split_folders(inputs, request):
        try:
            reader = _find_importer(import_input, request)
            made, import_files = _read_input(root, import_input, reader, request, known)
        except ImportProblem as problem:
            print(f"backstory: {path} could not be imported: {problem}. Nothing was written.", file=sys.stderr)
            return cli.PROBLEMS
        if (code := _without_records(path, made, import_files, request)) is not None:
            return code
        texts = dict(import_files.files)
        there = [name for name in texts if (root / name).exists() or _explainer_name(name) in known.names]
        there += [name for name in texts if any(name in of for *_, of in done)]
        if there:
            unchanged = is_unchanged(root, made, import_input, request.options, known, apart=request.apart)
            _report_occupied(path, there[0], texts, made, unchanged=unchanged)
            return cli.USAGE
        done.append((import_input, f"{reader.name}: {reader.about}", import_files, texts | _mapping(root, import_input, made)))
        known = _with_written_records(known, import_files)
    written: edits.JournalEntry | Refused | None = None
    if not request.dry_run:
        written = edits.write_files(root, {name: data for *_, texts in done for name, data in texts.items()}, _entry_name(paths))
        if isinstance(written, Refused):
            print(f"backstory: {refusal_reason(written)} Nothing was written.", file=sys.stderr)
            return cli.PROBLEMS
    for import_input, format_, import_files, texts in done:
        print(f"Read {import_input.name} as {format_}.")
        _print_summary(import_input, import_files, texts, dry_run=request.dry_run)
    if not request.dry_run:
        print("`backstory build --drafts` builds the new files and reports what is missing.")
        if isinstance(written, edits.JournalEntry) and not written.is_kept:
            print("It is too large for `backstory undo` to take back.")
    return cli.FINE


def _without_records(path: Path, made: ImportResult, import_files: ImportFiles, request: ImportRequest) -> int | None:
    """Report a file that has nothing to import, or nothing that the site has not, and return the exit code; None for any other."""
    if not made.records and not made.articles:
        for import_note in import_files.import_notes:
            print(f"  {import_note}", file=sys.stderr)
        print(f"backstory: {path} has nothing to import. Nothing was written.", file=sys.stderr)
        return cli.PROBLEMS
    if made.records and not import_files.rows and request.same != importing.JOIN:
        print(f"backstory: everything in {path} is on the site already. Nothing was written.", file=sys.stderr)
        return cli.USAGE
    return None


def _report_occupied(path: Path, name: str, texts: Mapping[str, bytes], made: ImportResult, *, unchanged: bool) -> None:
    """Report that an import would write a file, `name`, that is there already; `unchanged` is whether all its files are there with the same bytes."""
    if unchanged:
        print(f"backstory: everything in {path} is on the site already, letter by letter. Nothing was written.", file=sys.stderr)
        return
    advice = "" if len(texts) > 1 else " Give it another title with --title."
    if len(made.articles) > 1:
        advice = " It is not what would come in now: keep it and leave its note out, or move it away and import again."
    print(f"backstory: {name} is there already. Nothing was written.{advice}", file=sys.stderr)


def _entry_name(paths: list[Path]) -> str:
    """Return what is imported, for the list of changes."""
    return f"import {paths[0].absolute().name}" + (f" and {len(paths) - 1} more" if len(paths) > 1 else "")


def _keep_tables(root: Path, masters: list[tuple[Path, ImportInput]], asked: int, request: ImportRequest) -> int:
    """Prepare tables of the site that stay masters."""
    if len(masters) < asked:
        print(f"backstory: files of {TABLES}/ stay where they are, and are named by themselves. Nothing was written.", file=sys.stderr)
        return cli.USAGE
    codes = [
        import_master_table.keep_table(
            root,
            path,
            import_input,
            request.options,
            lambda question, options: _answer_question(question, options, request),
            dry_run=request.dry_run,
        )
        for path, import_input in masters
    ]
    return max(codes)


def _answer_question(question: Question, options: ImportOptions, request: ImportRequest) -> ImportOptions:
    return _ask_question(question, msgspec.structs.replace(request, options=options)).options


def _explainer_name(path: str) -> str:
    """Return the last part of the address of an explainer from a path of its file, or of one beside it; "" for any other path."""
    return path.removeprefix("content/explainers/").partition("/")[0].removesuffix(".md") if path.startswith("content/explainers/") else ""


def _split_folders(inputs: list[tuple[Path, ImportInput | str]], request: ImportRequest) -> Iterator[tuple[Path, ImportInput]]:
    """Yield the inputs to import; a folder that no importer recognises is split into its files."""
    for path, import_input in inputs:
        if isinstance(import_input, str):
            continue
        if import_input.is_folder and not request.format and importing.find(import_input, request.formats) is None and import_input.files:
            files = [file for file in import_input.files if not file.name.lower().endswith(PICTURES)]
            for file in files or import_input.files:  # a picture comes in with what shows it
                yield path / file.name, ImportInput(file.name.rpartition("/")[2], (file,), beside=import_input.finder_for(file.name))
        else:
            yield path, import_input


def _old_form_advice(path: Path) -> str:
    names = [importer.name for importer in importing.FORMATS]
    return f" Give the format with an option: --from {path.name}" if path.name in names else ""


_UNHEARD = logging.NullHandler()
"""Takes the log messages of libraries, which are for developers; notes for the author are our own."""


def _read_input(
    root: Path, import_input: ImportInput, reader: Importer, request: ImportRequest, existing: importing.ExistingRecords
) -> tuple[ImportResult, ImportFiles]:
    """Return the result of an import and the files to write; questions are asked at a terminal. Raises `ImportProblem` if the file cannot be imported."""
    logging.getLogger().addHandler(_UNHEARD)
    request = msgspec.structs.replace(request, options=_with_mapping(root, import_input, request.options))
    while True:
        try:
            with progress(shown=problem_output.shows_progress("text")) as show:

                def advance(done: int, of: int) -> None:
                    show("read", done, of)

                made = reader.read(import_input, msgspec.structs.replace(request.options, progress=advance))
            there = {
                **unchanged_records(root, made, request.options, apart=request.apart),
                **unchanged_articles(root, made, request.options, existing, apart=request.apart),
            }
            return made, importing.layout(
                made, existing, request.options, importing.LayoutOptions(request.apart, request.same, import_input.stem, there)
            )
        except Question as question:
            request = _ask_question(question, request)
        except Missing as missing:
            raise ImportProblem(str(missing)) from missing


def _find_importer(import_input: ImportInput, request: ImportRequest) -> Importer:
    if request.format:
        return next(importer for importer in request.formats if importer.name == request.format)
    if not import_input.files:
        raise ImportProblem("it has no files that could be imported")
    if not import_input.is_folder and not import_input.data.strip():
        raise ImportProblem("it is empty")
    found = importing.find(import_input, request.formats)
    if found is None:
        raise ImportProblem(
            "its format was not recognized. If it is one of these, give it with --from: "
            + ", ".join(importer.name for importer in request.formats)
        )
    return found


def _ask_question(question: Question, request: ImportRequest) -> ImportRequest:
    """Return the request with the answer to a question. Raises `ImportProblem` if there is no terminal to ask at."""
    how = "" if question.option in str(question) else f". Give it with {question.option} {'|'.join(question.answers) or 'WORDS'}"
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise ImportProblem(f"{question}{how}") from question
    print(f"{str(question)[:1].upper()}{str(question)[1:]}.")
    answer = ""
    while not answer or (question.answers and answer not in question.answers):
        try:
            answer = input(f"{' or '.join(question.answers) or 'Your answer'}: ").strip()
        except EOFError:
            raise ImportProblem(f"{question}{how}") from question
    name = question.option.removeprefix("--")
    if name == "same":
        return msgspec.structs.replace(request, same=answer)
    if name == "map":
        from builder.cli.arguments import mapping

        return msgspec.structs.replace(request, options=msgspec.structs.replace(request.options, columns=mapping(answer)))
    return msgspec.structs.replace(request, options=msgspec.structs.replace(request.options, **{name: answer}))


def _with_written_records(existing: importing.ExistingRecords, import_files: ImportFiles) -> importing.ExistingRecords:
    ids = {kind: set(there) for kind, there in existing.ids.items()}
    for row in import_files.rows:
        ids.setdefault(row.kind, set()).add(row.id)
    names = existing.names | {row.id for row in import_files.rows if row.kind == "explainer"}
    return msgspec.structs.replace(existing, ids={kind: frozenset(there) for kind, there in ids.items()}, names=names)


# --- what the columns of a table are ------------------------------------------------


def _mapping_path(import_input: ImportInput) -> str:
    return f"{TABLES}/{urls.slug(import_input.stem) or 'table'}.yaml"


def _with_mapping(root: Path, import_input: ImportInput, options: ImportOptions) -> ImportOptions:
    """Return the options with those kept from an earlier import of this table. The present ones take precedence."""
    if import_input.is_folder:
        return options
    path = root / _mapping_path(import_input)
    try:
        kept = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 – it makes texts, lists and mappings alone
    except FileNotFoundError:
        return options
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = reading.reason(error) if isinstance(error, OSError) else "it is no YAML in UTF-8"
        raise ImportProblem(f"it has a mapping in {_mapping_path(import_input)}, which could not be read: {reason}") from error
    kept = kept if isinstance(kept, dict) else {}
    given_map = kept.get("map")
    columns = given_map if isinstance(given_map, dict) else {}
    said: dict[str, Any] = {name: kept[name] for name in ("kind", "dates", "sheet", "encoding") if isinstance(kept.get(name), str)}
    said = {name: value for name, value in said.items() if not getattr(options, name)}
    return msgspec.structs.replace(options, **said, columns=(*((str(a), str(b)) for a, b in columns.items()), *options.columns))


def _mapping(root: Path, import_input: ImportInput, result: ImportResult) -> dict[str, bytes]:
    """Return the file with the mapping of a table, unless there is one."""
    path = _mapping_path(import_input)
    if not result.mapping or (root / path).exists():
        return {}
    lines = [f"# Mapping of {import_input.name} for `backstory import`, which reads it the next time."]
    for name, value in result.mapping.items():
        if isinstance(value, Mapping):
            lines += [f"{name}:", *(f"  {quote_yaml(str(key))}: {meaning}" for key, meaning in value.items())]
        elif value:
            lines.append(f"{name}: {quote_yaml(str(value))}")
    return {path: ("\n".join(lines) + "\n").encode()}


# --- reporting ------------------------------------------------


def _print_summary(import_input: ImportInput, import_files: ImportFiles, texts: dict[str, bytes], *, dry_run: bool) -> None:
    """Print the files that were made, and everything left out or changed."""
    if dry_run:
        print("\n".join(_result_table(import_files)))
    counts: dict[str, int] = {}
    for row in import_files.rows:
        counts[row.kind] = counts.get(row.kind, 0) + 1
    paths = [path for path in texts if not path.startswith(TABLES)]
    made = (
        paths[0]
        if len(paths) == 1
        else "nothing"
        if not paths
        else f"{len(paths)} files in {', '.join(sorted({'/'.join(path.split('/')[:2]) for path in paths}))}"
    )
    shown = ", ".join(f"{n} {kind}{'' if n == 1 else 's'}" for kind, n in counts.items())
    print(f"{'Would make' if dry_run else 'Made'} {made}{f': {shown}' if shown else ''}.")
    for path in texts:
        if path.startswith(TABLES):
            print(f"{'Would keep' if dry_run else 'Kept'} what the columns are in {path}.")
    if import_files.import_notes:
        print(f"Could not be imported unchanged from {import_input.name}:")
        for import_note in import_files.import_notes:
            print(f"  {import_note}")


def _result_table(import_files: ImportFiles) -> Iterator[str]:
    head = ("kind", "id", "date", "what", "file")
    rows = [head, *((row.kind, row.id, row.date, _short(row.name), row.path) for row in import_files.rows)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(head))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _short(words: str, longest: int = 60) -> str:
    return shorten(" ".join(words.split()), longest)
