"""`backstory export`: records of the site in the formats of others."""

import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import msgspec

from builder import cli, exporting
from builder.build.load import LoadedSite, load_site
from builder.build.named_plugins import active_of
from builder.build.run import Options
from builder.cli import build_day, problem_output
from builder.cli.commands.build import progress
from builder.cli.format_hints import unknown_format
from builder.content import reading
from builder.content.cleaning import cleaned
from builder.exporting import Chosen, Exported, Exporter, ExportProblem, File, csv_tables
from builder.incremental.small_files import replacing
from builder.output.folders import kind_of

if TYPE_CHECKING:
    from argparse import Namespace


def run(root: Path, args: "Namespace") -> int:
    """Run the command."""
    options = Options(root=root, output=root / "site", day=build_day.day(), drafts=args.drafts)
    brought = active_of(options.root)
    if brought is not None and brought.problems:
        return _report_usage(f"{brought.problems[0].message} {brought.problems[0].help}".rstrip("."))
    formats = (*exporting.EXPORTERS, *(brought.exporters if brought is not None else ()))
    found = next((exporter for exporter in formats if exporter.name == args.format), None)
    if args.format == "list":
        width = max(len(exporter.name) for exporter in formats)
        print("\n".join(f"{exporter.name.ljust(width)}  {exporter.about}" for exporter in formats))
        return cli.FINE
    if found is None:
        return _report_usage(
            unknown_format(
                args.format,
                {exporter.name: exporter.about for exporter in formats},
                {exporter.ending: exporter.name for exporter in reversed(formats)},
            )
        )
    if args.output is None:
        return _report_usage("give the output with -o: a file, a folder, or - for standard output")
    kind = args.kind or _table_kind(found, args.output)
    if args.kind and found.name != exporting.CSV:
        return _report_usage("--kind is for CSV, which has a table for each kind")
    paths = [_path(options.root, path) for path in args.paths]
    if lost := next((given for given, path in zip(args.paths, paths, strict=True) if path is None), None):
        return _report_usage(f"{lost} is no file of this site’s content/")
    chosen, stopped = _select_records(options, [path for path in paths if path is not None])
    if chosen is None:
        return stopped
    write = partial(csv_tables.of_kind, kind) if kind else found.write
    try:
        made = write(chosen)
    except ExportProblem as problem:
        print(f"backstory: nothing was written as {found.name}: {problem}.", file=sys.stderr)
        return cli.PROBLEMS
    return _write_export(found, made, args.output, force=args.force)


def _report_usage(message: str) -> int:
    print(f"backstory: {message}.", file=sys.stderr)
    return cli.USAGE


def _table_kind(exporter: Exporter, output: str) -> str:
    """Return which table is meant by the name of the one file that is to be written; "" for all."""
    name = Path(output).name.lower()
    if exporter.name != exporting.CSV or not (name.endswith(".csv") or output == "-"):
        return ""
    return next((kind for kind in csv_tables.TABLE_KINDS if kind in name), "timeline")


def _path(root: Path, given: str) -> str | None:
    """Return the path of a content file from the site's root, as it is named from here or from there; None if there is none."""
    for path in (Path(given), root / given):
        if path.is_file() and path.resolve().is_relative_to((root / "content").resolve()):
            return "content/" + path.resolve().relative_to((root / "content").resolve()).as_posix()
    return None


def _select_records(options: Options, paths: list[str]) -> tuple[Chosen | None, int]:
    """Return the records to export; None and an exit code if there are none, which is reported."""
    with progress(shown=problem_output.shows_progress(problem_output.TEXT)) as show:
        loaded = load_site(options, progress=show)
        if lost := exporting.find_unknown(loaded.site, paths):
            # Whoever names a draft wants it.
            loaded = load_site(msgspec.structs.replace(options, drafts=True, future=True), progress=show)
            lost = exporting.find_unknown(loaded.site, lost)
    if loaded.stops():
        return None, _report_errors(options, loaded)
    if lost:
        print(f"backstory: {lost[0]} has no record that could be exported.", file=sys.stderr)
        return None, cli.USAGE
    chosen = exporting.select_files(loaded.site, paths) if paths else exporting.select_all(loaded.site)
    return msgspec.structs.replace(chosen, picture=partial(_picture, options.root, loaded.tree.copies)), cli.FINE


def _picture(root: Path, copies: Mapping[str, str], published: str) -> bytes | None:
    """Return a picture of the site, as it is published; None if there is none."""
    name = unquote(published)
    if name not in copies:
        return None
    try:
        return cleaned(root / copies[name], {})
    except OSError:
        return None


def _report_errors(options: Options, loaded: LoadedSite) -> int:
    problem_output.in_words(loaded.diagnostics, options.root, sys.stderr)
    print(
        f"{problem_output.count_sentence(loaded.diagnostics)}. Nothing was written: content with errors cannot be exported.",
        file=sys.stderr,
    )
    return cli.PROBLEMS


def _write_export(exporter: Exporter, exported: Exported, output: str, *, force: bool) -> int:
    """Write the files, or none of them, and report what the format cannot hold."""
    omissions = "".join(f"  {omission}\n" for omission in exported.omissions)
    if output == "-":
        if len(exported.files) > 1:
            return _report_usage(
                f"there are {len(exported.files)} files, and standard output takes one. Name one explainer, or a folder with -o"
            )
        sys.stdout.flush()
        sys.stdout.buffer.write(exported.files[0].data)
        sys.stdout.buffer.flush()
        print(omissions, end="", file=sys.stderr)
        return cli.FINE
    targets = _targets(exporter, exported.files, Path(output), is_folder=output.endswith("/"))
    if isinstance(targets, str):
        return _report_usage(targets)
    for path in targets:
        if path.exists() and not path.is_file() and not path.is_dir():
            return _report_usage(
                f"{path} is {kind_of(path.stat().st_mode)}, not a file. Nothing was written. “-o -” writes to standard output"
            )
    there = next((path for path in targets if path.exists()), None)
    if there is not None and not force:
        return _report_usage(f"{there} is there already. Nothing was written. --force replaces it")
    if failed := _write_files(targets):
        print(failed, file=sys.stderr)
        return cli.PROBLEMS
    shown = str(next(iter(targets))) if len(targets) == 1 else f"{len(targets)} files in {output}"
    print(f"Wrote {shown}.")
    if omissions:
        print(f"What {exporter.name} cannot hold was left out:\n{omissions}", end="")
    return cli.FINE


def _targets(exporter: Exporter, files: tuple[File, ...], output: Path, *, is_folder: bool) -> dict[Path, bytes] | str:
    """Return which bytes come into which file, or why that cannot be."""
    if output.is_dir() or is_folder or len(files) > 1:
        if output.is_file() or (not output.is_dir() and not is_folder and output.name.lower().endswith(exporter.ending)):
            return f"there are {len(files)} files, so -o must name a folder, not {output}"
        return {output / file.name: file.data for file in files}
    return {output: files[0].data}


def _write_files(targets: dict[Path, bytes]) -> str:
    """Write each file whole; return why one could not be."""
    for path, data in targets.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            with replacing(path.resolve()) as stream:  # where a link leads, and not in the place of the link
                stream.write(data)
        except OSError as error:
            return f"backstory: {path} could not be written: {reading.reason(error)}."
    return ""
