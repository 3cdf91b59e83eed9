"""What is edited before a build, and how it is known that the build has shown it.

Every edit starts from the file as the corpus has it, so that all rounds do the same work.
"""

import json
import re
from dataclasses import dataclass
from pathlib import Path

from tests.bench.generators import Generator

SHARED_BY = 50


@dataclass(frozen=True)
class Targets:
    """What is edited, by its place in the corpus: the same in both dialects."""

    slug: str
    speaker: str
    """Who says the first quote of that explainer."""
    words: str
    """That quote."""
    shared: str
    """The actor whose use comes nearest to 50 explainers."""
    name: str
    users: tuple[str, ...]


@dataclass(frozen=True)
class Edit:
    """A file with other words in it, and the pages that must show the mark in them."""

    file: Path
    text: str
    mark: str
    shown: tuple[tuple[str, str], ...]


def targets(plain: Path) -> Targets:
    files = sorted((plain / "content" / "explainers").glob("*.md"))
    users: dict[str, list[str]] = {}
    for file in files:
        listed = re.search(r"^actors:\n((?:  - .*\n)+)", file.read_text("utf-8"), re.MULTILINE)
        for actor in re.findall(r"  - (.*)\n", listed[1]):
            users.setdefault(actor, []).append(file.stem)
    shared = min(sorted(users), key=lambda actor: abs(len(users[actor]) - SHARED_BY))
    edited = files[min(3, len(files) - 1)]
    text = edited.read_text("utf-8")
    quote = re.search(r'^    text: "(.*)"\n    speaker: (\S+)', text, re.MULTILINE)
    name = json.loads((plain / "data" / "actors.json").read_text("utf-8"))[shared]["name"]
    return Targets(edited.stem, quote[2], quote[1], shared, name, tuple(users[shared]))


def edit(phase: str, of: Generator, site: Path, on: Targets, mark: str) -> Edit | None:
    """Return the edit of a phase; None where the generator has no page that could show it."""
    file = site / of.content / f"{on.slug}.md"
    page = (("explainers", on.slug),)
    if phase == "rename":
        return _rename(of, site, on, mark) if of.actors else None
    text = file.read_text("utf-8")
    if phase == "body":
        return Edit(file, f"{text.rstrip()}\n\nThis was edited: {mark}.\n", mark, page)
    shown = (*page, ("actors", on.speaker)) if of.actor_pages else page
    if phase == "title":
        # Pelican has its own way with front matter: “Title: …”, without quotation marks.
        return Edit(file, re.sub(r'^([Tt]itle: "?)', rf"\g<1>{mark} ", text, count=1, flags=re.MULTILINE), mark, shown)
    return Edit(file, text.replace(on.words, f"{mark} {on.words}"), mark, shown)


def _rename(of: Generator, site: Path, on: Targets, mark: str) -> Edit:
    shown = tuple(("explainers", slug) for slug in on.users) + ((("actors", on.shared),) if of.actor_pages else ())
    file = site / of.actors
    if file.is_dir():
        file /= f"{on.shared}.md"
        return Edit(file, file.read_text("utf-8").replace(f"name: {on.name}", f"name: {on.name} {mark}"), mark, shown)
    actors = json.loads(file.read_text("utf-8"))
    actors[on.shared]["name"] += f" {mark}"
    return Edit(file, json.dumps(actors, ensure_ascii=False, indent=1), mark, shown)


def unshown(of: Generator, site: Path, done: Edit) -> str:
    """Return the first page that should show an edit and does not; empty where all do."""
    return next(("/".join(page) for page in done.shown if done.mark not in of.page(site, *page)), "")
