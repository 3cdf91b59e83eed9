"""`backstory rename`, `undo` and `redo`: another id for a record in every file, and changes of files taken back."""

import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from builder import cli
from builder.build import load, master_tables
from builder.build.run import Options, Run
from builder.build.without_drafts import ParsedSite
from builder.cli import build_day
from builder.cli.commands import fix
from builder.content import reading, renaming
from builder.content.editing import FileEdit, Refused, applied
from builder.content.parse import parse
from builder.content.settings import PATH as SETTINGS
from builder.diagnostics import ERROR, Diagnostic, did_you_mean
from builder.incremental import parse_cache
from builder.model import Document, Site
from builder.output import edits

if TYPE_CHECKING:
    from argparse import Namespace

_WRONG = frozenset({"value", "there-already", "no-such-place", "nothing"})
"""Refusals because of the arguments, not of the files."""


def run(root: Path, args: "Namespace") -> int:
    """Run `backstory rename`."""
    return rename(Options(root=root, output=root / "site", day=build_day.day()), args.old, args.new, diff=args.diff)


def rename(options: Options, old: str, new: str, *, diff: bool) -> int:
    """Give the record `old` the id `new` in all files, or only show what that would change."""
    options = msgspec.structs.replace(options, drafts=True, future=True)
    tree = master_tables.read(options.root)
    parsed = parse_cache.ParseCache(options.root) if options.cache else None
    documents = {document.path: document for document in load.parse(tree.texts, parsed, Run(options.jobs))}
    if parsed is not None:
        parsed.save()
    found = renaming.kinds_of(documents, old)
    if len(found) != 1:
        print(f"backstory: {_why_unresolved(old, found, documents)}", file=sys.stderr)
        return cli.USAGE
    kind, key, slug = found[0]
    new = new.removeprefix(f"{kind}:").removeprefix(f"{slug}#" if slug else "")
    before = dict(tree.texts) | ({SETTINGS: tree.settings} if tree.settings is not None else {})
    changes = renaming.plan(before, documents, kind, key, new, slug)
    if isinstance(changes, Refused):
        return _report_refusal(changes)
    if row := next((rows[change.path] for change in changes if change.path in (rows := tree.rows or {})), None):
        where = f"{row.table}, row {row.number}" if row.number else row.table
        print(f"backstory: “{key}” is in {where}. Change it there and run this again. Nothing was written.", file=sys.stderr)
        return cli.USAGE
    after = {change.path: applied(before[change.path], change) for change in changes}
    texts = {path: data for path, data in after.items() if isinstance(data, bytes)}
    moves = {change.path: change.to for change in changes if change.to}
    if wrong := _new_problem(options, tree, documents, texts, moves):
        print(f"backstory: {wrong} Nothing was written.", file=sys.stderr)
        return cli.USAGE
    if diff:
        sys.stdout.writelines(line.replace("\r\n", "\n") for line in fix.diff(before, texts, moves))
        print(f"Would change {_count_files(changes)}.", file=sys.stderr)
        return cli.FINE
    name = f"{slug}#{key}" if slug else key
    done = edits.write(options.root, changes, f"rename {kind} {name} to {new}")
    if isinstance(done, Refused):
        return _report_refusal(done)
    print(f"Renamed the {kind} “{name}” to “{new}” in {_count_files(changes)}. To take it back: backstory undo")
    for change in changes:
        print(f"  {change.path}" + (f" → {change.to}" if change.to else ""))
    return cli.FINE


def undo(root: Path, _: "Namespace") -> int:
    """Take back the last change that Backstory made to the files."""
    done = edits.undo(root)
    return _report_refusal(done) if isinstance(done, Refused) else _report_change("Took back", done)


def redo(root: Path, _: "Namespace") -> int:
    """Make the change again that was taken back last."""
    done = edits.redo(root)
    return _report_refusal(done) if isinstance(done, Refused) else _report_change("Made again", done)


def _report_change(what: str, done: edits.JournalEntry) -> int:
    print(f"{what}: {done.what}, in {_count_files([file.change for file in done.files])}.")
    return cli.FINE


def _count_files(changes: "tuple[FileEdit, ...] | list[FileEdit]") -> str:
    return f"{len(changes)} file{'' if len(changes) == 1 else 's'}"


def _report_refusal(refused: Refused) -> int:
    end = "" if refused.reason == "nothing" else " Nothing was written."
    print(f"backstory: {fix.refusal_reason(refused)}{end}", file=sys.stderr)
    return cli.USAGE if refused.reason in _WRONG else cli.PROBLEMS


def _why_unresolved(old: str, found: tuple[tuple[str, str, str], ...], documents: Mapping[str, Document]) -> str:
    """Return why an id does not name one record."""
    if found:
        named = ", ".join(f"{slug}#{key}" if slug else f"{kind}:{key}" for kind, key, slug in found)
        return f"“{old}” names several records. Say which: {named}."
    hint = did_you_mean(old, renaming.names(documents))
    return f"No record has the id “{old}”." + (f" {hint}" if hint else "")


def _new_problem(
    options: Options, tree: reading.Tree, documents: Mapping[str, Document], after: Mapping[str, bytes], moves: Mapping[str, str]
) -> str:
    """Return what would be wrong with the site afterwards that is not wrong now; "" if nothing would."""
    texts = sorted((moves.get(path, path), after.get(path, data)) for path, data in tree.texts)
    new = msgspec.structs.replace(tree, texts=tuple(texts), settings=after.get(SETTINGS, tree.settings))
    changed = {moves.get(path, path): after[path] for path in after if path != SETTINGS}
    kept = {path: document for path, document in documents.items() if path not in after}
    then = kept | {path: parse(path, data) for path, data in changed.items()}
    templates = load.templates_of(options)
    seen = [load.link_and_check(options, parsed, templates=templates) for parsed in (ParsedSite(tree, documents), ParsedSite(new, then))]
    first = _first_new(seen[0].diagnostics, seen[1].diagnostics)
    if first is not None:
        return f"With that id there would be a new problem. {first.location}: {first.message}"
    lost = _links(seen[0].site) - _links(seen[1].site)
    return f"{next(iter(lost))} links to another record would lead elsewhere." if lost else ""


def _first_new(before: tuple[Diagnostic, ...], after: tuple[Diagnostic, ...]) -> Diagnostic | None:
    more = Counter(diagnostic.code for diagnostic in after) - Counter(diagnostic.code for diagnostic in before)
    reported = {(diagnostic.code, diagnostic.message) for diagnostic in before}
    new = [diagnostic for diagnostic in after if diagnostic.code in more and (diagnostic.code, diagnostic.message) not in reported]
    return next((diagnostic for diagnostic in new if diagnostic.severity == ERROR), None)


def _links(site: Site) -> Counter[str]:
    """Return the number of links to each kind of record: a link that changes its target changes two of them."""
    return Counter(target.kind for targets in site.targets.values() for target in set(targets.values()))
