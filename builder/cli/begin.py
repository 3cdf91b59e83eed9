"""`backstory init` and `backstory new`: the first files of a site, and the next ones."""

import importlib.metadata
import json
import re
import shlex
import shutil
import string
import sys
from pathlib import Path

from builder import cli, dates, urls
from builder.cli import clock
from builder.content import reading, settings
from builder.linking.kinds import kind_of
from builder.model import ACTOR_TYPES

FOLDERS = {"explainer": "explainers", "actor": "actors", "event": "events", "source": "sources"}
SKELETONS = reading.STARTER.parent / "new"


CI = reading.STARTER.parent / "ci"
IGNORED = "/site/\n/.backstory/\n.*.backstory-*\n# The texts of others that quotes are compared with: never published, and not yours to share.\n/content/sources/*.txt\n"
"""What git is to leave alone in a site."""

TARGETS = """
# What the files for GitHub and GitLab publish. See the chapter “Publishing” of the guide.
publish:
  github: {to: folder, path: public, for: github}
  gitlab: {to: folder, path: public, for: gitlab}
"""


def init(folder: Path, *, ci: bool = False) -> int:
    """Make a new site in `folder`, with the files by which GitHub and GitLab publish it if `ci`."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        print(f"backstory: {folder} is not empty. Nothing was written. Choose a new folder: backstory init my-site", file=sys.stderr)
        return cli.USAGE
    try:
        shutil.copytree(reading.STARTER, folder, dirs_exist_ok=True)
        (folder / ".gitignore").write_text(IGNORED + "/public/\n" * ci, "utf-8")
        source = _write_ci(folder) if ci else ""
    except OSError as error:
        print(f"backstory: {error.filename or folder} could not be written: {reading.reason(error)}.", file=sys.stderr)
        return cli.PROBLEMS
    shown = shlex.quote(str(folder))
    print(
        f"Made a site in {folder}. Look at it while you write:\n\n  cd {shown}\n  backstory serve\n\n"
        "Then open the address that it shows. To begin with an article of yours, save it there and, in a second terminal:\n\n"
        "  backstory draft article.md --own\n\n"
        "It proposes who said what. Open the draft in the preview, press “a”, confirm with Enter, and read the page. The panel of the preview has the guide, which begins with this."
    )
    if ci:
        print(
            "\nIt has .github/workflows/publish.yml and .gitlab-ci.yml. Delete the one that you do not need."
            + (
                f"\nThey install Backstory from {source}."
                if source
                else "\nBackstory is on no package index yet, so set the CI variable BACKSTORY to where pip finds it: the address of its repository\n"
                "(git+https://…), or the path of a wheel in your repository. Without it they stop and say so."
            )
        )
    return cli.FINE


def _write_ci(folder: Path) -> str:
    """Write the CI files that publish the site at each push. Returns the source that they install Backstory from; "" if unknown."""
    source = _installed_from()
    for name, place in (("github.yml", ".github/workflows/publish.yml"), ("gitlab.yml", ".gitlab-ci.yml")):
        path = folder / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((CI / name).read_text("utf-8").replace("@BACKSTORY@", source), "utf-8")
    with (folder / settings.PATH).open("a", encoding="utf-8") as stream:
        stream.write(TARGETS)
    return source


def _installed_from() -> str:
    """Return the address of the commit that this Backstory was installed from, as pip has noted it (PEP 610); "" where it came from elsewhere."""
    try:
        told = json.loads(importlib.metadata.distribution("backstory").read_text("direct_url.json") or "{}")
    except (importlib.metadata.PackageNotFoundError, json.JSONDecodeError):
        return ""
    info = told.get("vcs_info", {})
    address = f"{info.get('vcs')}+{told.get('url')}@{info.get('commit_id')}"
    return address if re.fullmatch(r"git\+https://[\w.-]+/[\w./~-]+@[0-9a-f]{40,64}", address) else ""


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
    text = skeleton.substitute(title=quoted, id=name, today=dates.iso(clock.day()), type=_type_line(kind_of(words)))
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as stream:
            stream.write(text)
    except FileExistsError:
        print(f"backstory: {_shown(path)} is there already. Nothing was written. Choose another title, or edit that file.", file=sys.stderr)
        return cli.USAGE
    except OSError as error:
        print(f"backstory: {path} could not be written: {reading.reason(error)}.", file=sys.stderr)
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


def _type_line(found: str) -> str:
    """Return the line for an actor's type: filled in if the name shows it, else left to the author."""
    others = ", ".join(kind for kind in ACTOR_TYPES if kind not in {found, "Person"})
    return f"type: {found}  # to judge by the name; or Person, {others}" if found else f"# type: Person  # or {others}; left out: a person"


def _shown(path: Path) -> Path:
    here = cli.here()
    return path.relative_to(here) if here is not None and path.is_relative_to(here) else path
