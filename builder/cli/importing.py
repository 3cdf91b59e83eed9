"""`backstory import`: timelines that were made elsewhere become content files."""

import sys
from pathlib import Path

from builder import cli, dates, files, urls
from builder.cli import clock
from builder.data import imported

LARGEST = 20_000_000
"""Bytes: a timeline of more is none that anybody could read."""


def import_(root: Path, file: Path, *, title: str | None, events: bool) -> int:
    """Make an explainer, or a file for each event, of a timeline. Nothing that exists is overwritten."""
    try:
        if file.stat().st_size > LARGEST:
            print(f"backstory: {file} is too large for a timeline.", file=sys.stderr)
            return cli.USAGE
        data = file.read_bytes()
    except OSError as error:
        print(f"backstory: {file} could not be read: {files.reason(error)}.", file=sys.stderr)
        return cli.USAGE
    try:
        found = imported.from_csv(data) if file.suffix.lower() == ".csv" else imported.from_json(data)
    except imported.ImportProblem as problem:
        print(f"backstory: {file} could not be imported: {problem}. Nothing was written.", file=sys.stderr)
        return cli.USAGE
    if not found.events:
        print(f"backstory: {file} has no events. Nothing was written.", file=sys.stderr)
        return cli.USAGE
    if events:
        texts = {root / "content/events" / f"{key}.md": text for key, text in imported.as_events(found).items()}
    else:
        heading = title or found.title or file.stem
        name = urls.slug(heading)
        if not name:
            print("backstory: the timeline has no title from which an address can be made. Give one with --title.", file=sys.stderr)
            return cli.USAGE
        texts = {root / "content/explainers" / f"{name}.md": imported.as_explainer(found, heading, dates.iso(clock.day()))}
    return _write(root, texts, sum(not event.dated for event in found.events))


def _write(root: Path, texts: dict[Path, str], undated: int) -> int:
    there = [path for path in texts if path.exists()]
    if there:
        print(f"backstory: {there[0].relative_to(root)} is there already. Nothing was written.", file=sys.stderr)
        return cli.USAGE
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
    except OSError as error:
        print(f"backstory: {error.filename} could not be written: {files.reason(error)}.", file=sys.stderr)
        return cli.PROBLEMS
    made = next(iter(texts)).relative_to(root) if len(texts) == 1 else f"{len(texts)} files in content/events/"
    print(f"Made {made}." + (f" The dates of {undated} could not be read; add them." if undated else "") + " Build to see what is missing.")
    return cli.FINE
