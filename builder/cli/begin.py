"""`backstory init` and `backstory new`: the first files of a site, and the next ones."""

import datetime as dt
import json
import shlex
import shutil
import string
import sys
from pathlib import Path

from builder import cli, files, urls

FOLDERS = {"explainer": "explainers", "actor": "actors", "event": "events", "source": "sources"}
SKELETONS = files.STARTER.parent / "new"


def init(folder: Path) -> int:
    """Make a new site in `folder`."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        print(f"backstory: {folder} is not empty. Nothing was written. Choose a new folder: backstory init my-site", file=sys.stderr)
        return cli.USAGE
    try:
        shutil.copytree(files.STARTER, folder, dirs_exist_ok=True)
    except OSError as error:
        print(f"backstory: {error.filename or folder} could not be written: {(error.strerror or str(error)).lower()}.", file=sys.stderr)
        return cli.PROBLEMS
    shown = shlex.quote(str(folder))
    print(
        f"Made a site in {folder}. Build it and look at it:\n\n  cd {shown}\n  backstory build\n  python3 -m http.server --directory site 8000\n\nThen open http://localhost:8000/ and read content/explainers/."
    )
    return cli.FINE


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
    text = skeleton.substitute(
        title=json.dumps(words, ensure_ascii=False), id=name, today=dt.datetime.now().astimezone().date().isoformat()
    )
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        print(f"backstory: {_shown(path)} is there already. Nothing was written. Choose another title, or edit that file.", file=sys.stderr)
        return cli.USAGE
    except OSError as error:
        print(f"backstory: {path} could not be written: {(error.strerror or str(error)).lower()}.", file=sys.stderr)
        return cli.PROBLEMS
    print(
        f"Began {_shown(path)}."
        + (
            " It is a draft: `backstory build --drafts` shows it; delete “status: draft” to publish it."
            if kind == "explainer"
            else f" Refer to it as “{name}”."
        )
    )
    return cli.FINE


def _shown(path: Path) -> Path:
    try:
        return path.relative_to(Path.cwd())
    except ValueError:
        return path
