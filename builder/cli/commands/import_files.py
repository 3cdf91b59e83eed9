"""`backstory import`: what was made elsewhere becomes content files."""

import logging
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec
import yaml

from builder import cli, dates, importing, urls
from builder.build.load import active_of
from builder.cli import clock, problem_output
from builder.cli.commands import master_tables
from builder.cli.commands.build import progress
from builder.cli.commands.import_input import given_of, known_of
from builder.content import reading
from builder.importing.naming import wished
from builder.importing.shapes import Given, Importer, ImportProblem, Made, Missing, Question, Wishes
from builder.importing.writing import FOLDERS, Laid, quoted

if TYPE_CHECKING:
    from argparse import Namespace

TABLES = "content/tables"
"""Where it is kept what the columns of a table are."""


class Order(msgspec.Struct, frozen=True):
    """What was said on the command line."""

    wishes: Wishes = Wishes()
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


def run(root: Path, asked: "Namespace") -> int:
    """Do what a command line asks for."""
    try:
        known = formats(root)
    except ImportProblem as problem:
        print(f"backstory: {problem}", file=sys.stderr)
        return cli.USAGE
    names = {one.name for one in known}
    if asked.from_ == "list":
        width = max(map(len, names))
        print("\n".join(f"{one.name.ljust(width)}  {one.about}" for one in known))
        return cli.FINE
    if asked.from_ and asked.from_ not in names:
        print(f"backstory: there is no format “{asked.from_}”. There are: {', '.join(sorted(names))}.", file=sys.stderr)
        return cli.USAGE
    if asked.title and len(asked.paths) > 1:
        print("backstory: --title is for one file.", file=sys.stderr)
        return cli.USAGE
    wishes = Wishes(
        kind=asked.kind or "",
        dates=asked.dates or "",
        columns=tuple(pair for pairs in asked.map for pair in pairs),
        sheet=asked.sheet or "",
        encoding=asked.encoding or "",
        title=asked.title or "",
    )
    order = Order(wishes, asked.from_ or "", asked.same or "", asked.events, asked.dry_run, known)
    return import_(root, [Path(path) for path in asked.paths], order)


def import_(root: Path, paths: list[Path], order: Order) -> int:
    """Make content files of each file or folder. Nothing that exists is overwritten, and nothing is written unless all can be."""
    order = msgspec.structs.replace(order, wishes=msgspec.structs.replace(order.wishes, today=dates.iso(clock.day())))
    known = known_of(root)
    done: list[tuple[Given, str, Laid, dict[str, bytes]]] = []
    givens = given_of(paths)
    for path, given in givens:
        if isinstance(given, str):
            print(f"backstory: {path} {given}. Nothing was written.{_old_form(path)}", file=sys.stderr)
            return cli.USAGE
    masters = [(path, given) for path, given in givens if isinstance(given, Given) and master_tables.is_master(root, path)]
    if masters:
        return _keep(root, masters, len(givens), order)
    for path, given in _apart(givens, order):
        try:
            reader = _reader(given, order)
            made, laid = _one(root, given, reader, order, known)
        except ImportProblem as problem:
            print(f"backstory: {path} could not be imported: {problem}. Nothing was written.", file=sys.stderr)
            return cli.PROBLEMS
        if not made.records and not made.articles:
            for one in laid.told:
                print(f"  {one}", file=sys.stderr)
            print(f"backstory: {path} has nothing that could be imported. Nothing was written.", file=sys.stderr)
            return cli.PROBLEMS
        if made.records and not laid.rows and order.same != importing.JOIN:
            print(f"backstory: all that {path} has is there already. Nothing was written.", file=sys.stderr)
            return cli.USAGE
        texts = dict(laid.files)
        there = [name for name in texts if (root / name).exists() or _explainer_of(name) in known.names]
        there += [name for name in texts if any(name in of for *_, of in done)]
        if there:
            advice = "" if len(texts) > 1 else " Give it another title with --title."
            print(f"backstory: {there[0]} is there already. Nothing was written.{advice}", file=sys.stderr)
            return cli.USAGE
        done.append((given, f"{reader.name}: {reader.about}", laid, texts | _mapping(root, given, made)))
        known = _more(known, laid)
    if not order.dry_run:
        failed = _write(root, {name: data for *_, texts in done for name, data in texts.items()})
        if failed:
            print(failed, file=sys.stderr)
            return cli.PROBLEMS
    for given, format_, laid, texts in done:
        print(f"Read {given.name} as {format_}.")
        _tell(given, laid, texts, dry_run=order.dry_run)
    if not order.dry_run:
        print("`backstory build --drafts` shows what was made, and tells what is missing.")
    return cli.FINE


def _keep(root: Path, masters: list[tuple[Path, Given]], asked: int, order: Order) -> int:
    """Take tables of the site that stay the masters."""
    if len(masters) < asked:
        print(f"backstory: files of {TABLES}/ stay where they are, and are named by themselves. Nothing was written.", file=sys.stderr)
        return cli.USAGE
    codes = [
        master_tables.keep(
            root, path, given, order.wishes, lambda question, wishes: _answered(question, wishes, order), dry_run=order.dry_run
        )
        for path, given in masters
    ]
    return max(codes)


def _answered(question: Question, wishes: Wishes, order: Order) -> Wishes:
    return _asked(question, msgspec.structs.replace(order, wishes=wishes)).wishes


def _explainer_of(path: str) -> str:
    """Return the last part of the address of an explainer from a path of its file, or of one beside it; "" for any other path."""
    return path.removeprefix("content/explainers/").partition("/")[0].removesuffix(".md") if path.startswith("content/explainers/") else ""


def _apart(givens: list[tuple[Path, Given | str]], order: Order) -> Iterator[tuple[Path, Given]]:
    """Yield what is imported by itself: of a folder that is none of notes, each file."""
    for path, given in givens:
        if isinstance(given, str):
            continue
        if given.is_folder and not order.format and importing.find(given, order.formats) is None and given.files:
            for file in given.files:
                yield path / file.name, Given(file.name.rpartition("/")[2], (file,), beside=given.found_from(file.name))
        else:
            yield path, given


def _old_form(path: Path) -> str:
    names = [one.name for one in importing.FORMATS]
    return f" The format is said with an option: --from {path.name}" if path.name in names else ""


def _one(root: Path, given: Given, reader: Importer, order: Order, known: importing.Known) -> tuple[Made, Laid]:
    """Return what a file has, and what is to be written of it; asks at a terminal what must be asked. `ImportProblem` where it cannot be."""
    # What libraries say of a file to developers; what an author needs to know is told by us.
    logging.disable(logging.CRITICAL)
    order = msgspec.structs.replace(order, wishes=_with_mapping(root, given, order.wishes))
    while True:
        try:
            with progress(shown=problem_output.watched("text")) as show:

                def advance(done: int, of: int) -> None:
                    show("read", done, of)

                made = reader.read(given, msgspec.structs.replace(order.wishes, progress=advance))
            there = _there(root, made, order)
            return made, importing.lay(made, known, order.wishes, apart=order.apart, same=order.same, name=given.stem, there=there)
        except Question as question:
            order = _asked(question, order)
        except Missing as missing:
            raise ImportProblem(str(missing)) from missing


def _reader(given: Given, order: Order) -> Importer:
    if order.format:
        return next(one for one in order.formats if one.name == order.format)
    found = importing.find(given, order.formats)
    if found is None:
        raise ImportProblem(
            "it is of no format that could be recognized. If it is one of these, say which with --from: "
            + ", ".join(one.name for one in order.formats)
        )
    return found


def _asked(question: Question, order: Order) -> Order:
    """Return the order with the answer to a question, where somebody can be asked. `ImportProblem` where nobody can."""
    how = "" if question.option in str(question) else f". Say it with {question.option} {'|'.join(question.answers) or 'WORDS'}"
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
        return msgspec.structs.replace(order, same=answer)
    if name == "map":
        from builder.cli.arguments import mapping

        return msgspec.structs.replace(order, wishes=msgspec.structs.replace(order.wishes, columns=mapping(answer)))
    return msgspec.structs.replace(order, wishes=msgspec.structs.replace(order.wishes, **{name: answer}))


def _there(root: Path, made: Made, order: Order) -> dict[tuple[str, str], str]:
    """Return the records that lie in files of their own, letter by letter, by kind and key: these come in no second time."""
    if not order.apart and any(record.kind not in {"actor", "source"} for record in made.records):
        return {}
    plain = importing.lay(made, importing.Known(), order.wishes, apart=order.apart, same=importing.APART)
    found: dict[tuple[str, str], str] = {}
    same = {path for path, data in plain.files.items() if _says(root / path, data)}
    if same:
        by_path = {(row.kind, row.id): row.path for row in plain.rows}
        for record in made.records:
            if record.kind in FOLDERS and by_path.get((record.kind, wished(record))) in same:
                found.setdefault((record.kind, record.key), wished(record))
    return found


def _says(path: Path, data: bytes) -> bool:
    try:
        return path.read_bytes() == data
    except OSError:
        return False


def _more(known: importing.Known, laid: Laid) -> importing.Known:
    ids = {kind: set(there) for kind, there in known.ids.items()}
    for row in laid.rows:
        ids.setdefault(row.kind, set()).add(row.id)
    names = known.names | {row.id for row in laid.rows if row.kind == "explainer"}
    return msgspec.structs.replace(known, ids={kind: frozenset(there) for kind, there in ids.items()}, names=names)


# --- what the columns of a table are ------------------------------------------------


def _mapping_path(given: Given) -> str:
    return f"{TABLES}/{urls.slug(given.stem) or 'table'}.yaml"


def _with_mapping(root: Path, given: Given, wishes: Wishes) -> Wishes:
    """Return the wishes with what was said of this table an earlier time. What is said now counts before that."""
    if given.is_folder:
        return wishes
    path = root / _mapping_path(given)
    try:
        kept = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)  # noqa: S506 – it makes texts, lists and mappings alone
    except FileNotFoundError:
        return wishes
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        reason = reading.reason(error) if isinstance(error, OSError) else "it is no YAML in UTF-8"
        raise ImportProblem(f"it has a mapping in {_mapping_path(given)}, which could not be read: {reason}") from error
    kept = kept if isinstance(kept, dict) else {}
    given_map = kept.get("map")
    columns = given_map if isinstance(given_map, dict) else {}
    said: dict[str, Any] = {name: kept[name] for name in ("kind", "dates", "sheet", "encoding") if isinstance(kept.get(name), str)}
    said = {name: value for name, value in said.items() if not getattr(wishes, name)}
    return msgspec.structs.replace(wishes, **said, columns=(*((str(a), str(b)) for a, b in columns.items()), *wishes.columns))


def _mapping(root: Path, given: Given, made: Made) -> dict[str, bytes]:
    """Return the file that keeps what was said of a table, unless there is one."""
    path = _mapping_path(given)
    if not made.mapping or (root / path).exists():
        return {}
    lines = [f"# What `backstory import` was told of {given.name}: the next time it reads this."]
    for name, value in made.mapping.items():
        if isinstance(value, Mapping):
            lines += [f"{name}:", *(f"  {quoted(str(key))}: {one}" for key, one in value.items())]
        elif value:
            lines.append(f"{name}: {quoted(str(value))}")
    return {path: ("\n".join(lines) + "\n").encode()}


# --- writing and telling ------------------------------------------------


def _write(root: Path, texts: dict[str, bytes]) -> str:
    """Write the files, or none of them. Returns what went wrong."""
    written: list[Path] = []
    try:
        for name, data in texts.items():
            path = root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as stream:
                written.append(path)
                stream.write(data)
    except OSError as error:
        for path in written:
            path.unlink(missing_ok=True)
        return f"backstory: {error.filename} could not be written: {reading.reason(error)}. Nothing was written."
    return ""


def _tell(given: Given, laid: Laid, texts: dict[str, bytes], *, dry_run: bool) -> None:
    """Print what was made, and all that was left out or is not as it was."""
    if dry_run:
        print("\n".join(_table(laid)))
    counts: dict[str, int] = {}
    for row in laid.rows:
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
    if laid.told:
        print(f"Not taken over as it was in {given.name}:")
        for one in laid.told:
            print(f"  {one}")


def _table(laid: Laid) -> Iterator[str]:
    head = ("kind", "id", "date", "what", "file")
    rows = [head, *((row.kind, row.id, row.date, _short(row.name), row.path) for row in laid.rows)]
    widths = [max(len(row[n]) for row in rows) for n in range(len(head))]
    for row in rows:
        yield "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()


def _short(words: str, longest: int = 60) -> str:
    words = " ".join(words.split())
    return words if len(words) <= longest else f"{words[: longest - 1]}…"
