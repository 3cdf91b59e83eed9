"""`backstory import`: timelines that were made elsewhere become content files."""

import sys
from collections.abc import Iterator
from pathlib import Path

from builder import cli, dates, urls
from builder.build import load
from builder.cli import clock
from builder.content import reading
from builder.formats import imported

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
        print(f"backstory: {file} could not be read: {reading.reason(error)}.", file=sys.stderr)
        return cli.USAGE
    read = imported.from_csv if file.suffix.lower() in {".csv", ".tsv", ".txt"} else imported.from_json
    try:
        found = read(data)
    except imported.ImportProblem as problem:
        print(f"backstory: {file} could not be imported: {problem}. Nothing was written.", file=sys.stderr)
        return cli.PROBLEMS
    if not found.events:
        print(f"backstory: {file} has no events. Nothing was written.", file=sys.stderr)
        return cli.PROBLEMS
    if events:
        texts = _of_events(root, found)
        there = [path for path, text in texts.items() if _says(path, text)]
        if there:
            print(f"backstory: {_shown(root, there[0])} is there already, with the same event. Nothing was written.", file=sys.stderr)
            return cli.USAGE
    found = read(data, frozenset(_ids(root)))
    told = list(found.told)
    if events:
        texts = _of_events(root, found)
        told += [
            f"the title: “{words}” was left out, since only events are made" for words in (title or found.title, found.summary) if words
        ]
    else:
        heading = title or found.title or file.stem
        name = urls.slug(heading)
        if not name:
            print("backstory: the timeline has no title from which an address can be made. Give one with --title.", file=sys.stderr)
            return cli.USAGE
        if title and found.title and title != found.title:
            told.insert(0, f"the title: “{found.title}” was left out, since you gave another")
        elif not title and not found.title:
            told.insert(0, f"the whole file: it has no title, and is called “{heading}” after its name; --title gives it another")
        texts = {root / "content/explainers" / f"{name}.md": imported.as_explainer(found, heading, dates.iso(clock.day()))}
    return _write(root, texts) or _tell(root, file, found, texts, told)


def _of_events(root: Path, found: imported.Imported) -> dict[Path, str]:
    return {root / "content/events" / f"{key}.md": text for key, text in imported.as_events(found).items()}


def _says(path: Path, text: str) -> bool:
    try:
        return path.read_text("utf-8") == text
    except (OSError, UnicodeDecodeError):
        return False


def _ids(root: Path) -> Iterator[str]:
    """Yield the ids of all events that the site has, in drafts too."""
    for document in load.parse(reading.read(root).texts, None, 0):
        if document.event is not None:
            yield document.event.id
        if document.explainer is not None:
            yield from (event.id for event in document.explainer.timeline)


def _write(root: Path, texts: dict[Path, str]) -> int:
    there = [path for path in texts if path.exists()]
    if there:
        advice = "" if len(texts) > 1 else " Give the timeline another title with --title."
        print(f"backstory: {_shown(root, there[0])} is there already. Nothing was written.{advice}", file=sys.stderr)
        return cli.USAGE
    try:
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("x", encoding="utf-8", newline="\n") as stream:
                stream.write(text)
    except OSError as error:
        print(f"backstory: {error.filename} could not be written: {reading.reason(error)}.", file=sys.stderr)
        return cli.PROBLEMS
    return cli.FINE


def _tell(root: Path, file: Path, found: imported.Imported, texts: dict[Path, str], told: list[str]) -> int:
    """Print what was made, and all that was left out or is not as it was."""
    made = _shown(root, next(iter(texts))) if len(texts) == 1 else f"{len(texts)} files in content/events/"
    eras = sum(event.era for event in found.events)
    counts = [_counted(len(found.events) - eras, "event"), _counted(eras, "era")]
    print(f"Made {made}: {' and '.join(filter(None, counts))}.")
    undated = [event.title for event in found.events if not event.dated]
    if undated:
        print(f"Without a date that can be read, add one: {', '.join(f'“{title}”' for title in undated)}.")
    if told:
        print(f"Not taken over as it was in {file.name}:")
        for what in told:
            print(f"  {what}")
    print("`backstory build --drafts` shows what was made, and tells what is missing.")
    return cli.FINE


def _counted(n: int, what: str) -> str:
    return f"{n} {what}{'' if n == 1 else 's'}" if n else ""


def _shown(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()
