"""`backstory new`: begin a content file."""

import json
import string
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from builder import cli, dates, urls
from builder.cli import build_day
from builder.content import reading
from builder.linking.actor_types import kind_of
from builder.model import ACTOR_TYPES

if TYPE_CHECKING:
    from argparse import Namespace

FOLDERS = {"explainer": "explainers", "actor": "actors", "event": "events", "source": "sources"}
SKELETONS = reading.STARTER.parent / "new"


def run(root: Path, args: "Namespace") -> int:
    """Run the command; the title of a source may be the address of its page."""
    if args.kind == "source" and args.title.startswith(("http://", "https://")):
        from builder.cli.commands.cite_source import cite

        return cite(root, args.title, archive=args.archive, offline=args.offline, intranet=args.intranet)
    if args.archive or args.offline or args.intranet:
        message = "--archive, --offline and --intranet are for a source with an address: backstory new source https://…"
        print(f"backstory: {message}", file=sys.stderr)
        return cli.USAGE
    return new(root, args.kind, args.title)


def new(root: Path, kind: str, title: str) -> int:
    """Begin a file of `content/`."""
    name = urls.slug(title)
    if not name:
        print("backstory: the title needs a letter or a digit, since the address is made from it.", file=sys.stderr)
        return cli.USAGE
    path = root / "content" / FOLDERS[kind] / f"{name}.md"
    skeleton = string.Template((SKELETONS / f"{kind}.md").read_text("utf-8"))
    words = " ".join("".join(c if c.isprintable() else " " for c in title).split())
    # JSON's string is YAML's double-quoted one: any title is safe in it.
    quoted = json.dumps(words, ensure_ascii=False)
    text = skeleton.substitute(title=quoted, id=name, today=dates.iso(build_day.day()), type=_type_line(kind_of(words)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        print(
            f"backstory: {_short_path(path)} is there already. Nothing was written. Choose another title, or edit that file.",
            file=sys.stderr,
        )
        return cli.USAGE
    except OSError as error:
        print(f"backstory: {path} could not be written: {reading.reason(error)}.", file=sys.stderr)
        return cli.PROBLEMS
    print(
        f"Began {_short_path(path)}."
        + (
            " It is a draft: `backstory build --drafts` shows it; delete “status: draft” to publish it."
            if kind == "explainer"
            else f" Refer to it as “{name}”."
        )
    )
    return cli.FINE


def _type_line(found: str) -> str:
    """Return the line for an actor's type: filled in if the name shows it, else left to the author."""
    others = ", ".join(kind for kind in ACTOR_TYPES if kind not in {found, "Person"})
    return f"type: {found}  # to judge by the name; or Person, {others}" if found else f"# type: Person  # or {others}; left out: a person"


def _short_path(path: Path) -> Path:
    here = cli.here()
    return path.relative_to(here) if here is not None and path.is_relative_to(here) else path
