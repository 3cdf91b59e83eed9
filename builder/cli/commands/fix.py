"""`backstory check --fix` and `--diff`: fixes of unambiguous problems."""

import difflib
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from builder import cli
from builder.build import load, master_tables
from builder.build.run import Options, Run
from builder.build.without_drafts import ParsedSite
from builder.content.editing import FileEdit, Refused, between
from builder.content.editing.fixing import fixed
from builder.content.parse import parse
from builder.content.settings import PATH as SETTINGS, STYLE
from builder.diagnostics.characters import shown
from builder.incremental import parse_cache
from builder.output import edits

if TYPE_CHECKING:
    from builder.diagnostics import Diagnostic

PASSES = 10
"""Passes: a problem hidden behind another is fixed in the next pass, and a few passes are enough."""


class SiteFixes(msgspec.Struct, frozen=True):
    """The fixes for a site."""

    changes: tuple[FileEdit, ...]
    before: Mapping[str, bytes]
    after: Mapping[str, bytes]
    """Of the files that change, by path."""
    problems: int


def find_fixes(options: Options) -> SiteFixes:
    """Return the fixes for a site, drafts included; nothing is written."""
    options = msgspec.structs.replace(options, drafts=True, future=True)
    tree = master_tables.read(options.root)
    parsed = parse_cache.ParseCache(options.root) if options.cache else None
    documents = {document.path: document for document in load.parse(tree.texts, parsed, Run(options.jobs))}
    if parsed is not None:
        parsed.save()
    templates = load.templates_of(options)
    before = dict(tree.texts) | {path: data for path in (SETTINGS, STYLE) if (data := tree.get(path)) is not None}
    now = dict(before)
    count = 0
    for _ in range(PASSES):
        loaded = load.link_and_check(options, ParsedSite(tree, documents), templates=templates)
        by_path: dict[str, list[Diagnostic]] = {}
        for problem in loaded.diagnostics:
            for path in dict.fromkeys(edit.path for edit in problem.edits):
                by_path.setdefault(path, []).append(problem)
        changed = {}
        mended: set[Diagnostic] = set()
        for path, problems in by_path.items():
            data, done = fixed(path, now[path], problems) if path in now else (b"", ())
            if done:
                changed[path] = data
                mended.update(done)
        if not changed:
            break
        count += len(mended)
        now |= changed
        documents |= {path: parse(path, data) for path, data in changed.items() if path not in {SETTINGS, STYLE}}
        texts = tuple((path, now[path]) for path, _ in tree.texts)
        tree = msgspec.structs.replace(tree, texts=texts, settings=now.get(SETTINGS), style=now.get(STYLE))
    after = {path: data for path, data in now.items() if data != before[path]}
    return SiteFixes(
        tuple(between(path, before[path], data) for path, data in after.items()), {path: before[path] for path in after}, after, count
    )


def write_fixes(root: Path, fixes: SiteFixes) -> bool:
    """Write the fixes, and return whether that succeeded; a failure is reported."""
    done = edits.write(root, fixes.changes, "check --fix") if fixes.changes else None
    if isinstance(done, Refused):
        print(f"backstory: {refusal_reason(done)} Nothing was written.", file=sys.stderr)
    return not isinstance(done, Refused)


def refusal_reason(refused: Refused) -> str:
    """Return why nothing was written, with the file where there is one."""
    where = f"{refused.path}:{refused.line}" if refused.line else refused.path
    return f"{shown(where)}: {refused.message}" if where else refused.message


def summary_sentence(problems: int, remain: int) -> str:
    """Return the line that counts the problems fixed and left: “Fixed 3 problems; 2 remain.”."""
    if not problems and not remain:
        return "There was nothing to fix."
    left = f"{remain} remain{'s' if remain == 1 else ''}" if remain else "none remains"
    return f"Fixed {count_problems(problems)}; {left}." if problems else f"Nothing could be fixed; {left}."


def count_problems(problems: int) -> str:
    """Return “1 problem” or “2 problems”."""
    return f"{problems} problem{'' if problems == 1 else 's'}"


def diff(before: Mapping[str, bytes], after: Mapping[str, bytes], names: Mapping[str, str] | None = None) -> Iterator[str]:
    """Yield a unified diff of files, line by line; `names` are the new paths of renamed files."""
    for path in sorted(after):
        new = (names or {}).get(path, path)
        old_lines, new_lines = (data.decode("utf-8").splitlines(keepends=True) for data in (before.get(path, b""), after[path]))
        if new != path:
            yield f"rename from {shown(path)}\n"
            yield f"rename to {shown(new)}\n"
        for line in difflib.unified_diff(old_lines, new_lines, f"a/{shown(path)}", f"b/{shown(new)}"):
            yield line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"


def print_diff(options: Options) -> int:
    """Print what `--fix` would write as a unified diff, and write nothing. Returns 1 where it would change anything, as linters do."""
    found = find_fixes(options)
    sys.stdout.writelines(line.replace("\r\n", "\n") for line in diff(found.before, found.after))
    words = f"Would fix {count_problems(found.problems)} in {len(found.after)} file{'' if len(found.after) == 1 else 's'}."
    print(words if found.changes else "There is nothing to fix.", file=sys.stderr)
    return cli.PROBLEMS if found.changes else cli.FINE
