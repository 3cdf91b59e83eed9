"""`backstory init`: make a new site."""

import importlib.metadata
import json
import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from builder import cli
from builder.content import reading, settings

if TYPE_CHECKING:
    from argparse import Namespace

CI = reading.STARTER.parent / "ci"
IGNORED = "/site/\n/.backstory/\n.*.backstory-*\n# The texts of others that quotes are compared with: never published, and not yours to share.\n/content/sources/*.txt\n"
"""What git is to leave alone in a site."""

TARGETS = """
# What the files for GitHub, GitLab and containers publish. See the chapter “Publishing” of the guide.
publish:
  github: {to: folder, path: public, for: github}
  gitlab: {to: folder, path: public, for: gitlab}
  container: {to: folder, path: public}
"""
FILES = {
    "github.yml": ".github/workflows/publish.yml",
    "gitlab.yml": ".gitlab-ci.yml",
    "Dockerfile": "Dockerfile",
    "dockerignore": ".dockerignore",
}
"""What `--ci` writes: files of `CI`, each with its place in the site."""


def run(args: "Namespace") -> int:
    """Run the command."""
    return init(Path(args.folder), ci=args.ci)


def init(folder: Path, *, ci: bool = False) -> int:
    """Make a new site in `folder`, with the files by which GitHub, GitLab and containers publish it if `ci`."""
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
    into = "" if folder == Path() else f"  cd {shlex.quote(str(folder))}\n"
    print(
        f"Made a site in {folder if into else 'this folder'}. Look at it while you write:\n\n{into}  backstory serve\n\n"
        "Then open the address that it shows. To begin with an article of yours, save it there as article.md and, in a second terminal:\n\n"
        f"{into}  backstory draft article.md --own\n\n"
        "It asks when the article appeared, and proposes who said what. Open the draft in the preview, press “a”, confirm with Enter, and read the page. The panel of the preview has the guide, which begins with this."
    )
    if ci:
        print(
            "\nIt has .github/workflows/publish.yml, .gitlab-ci.yml and a Dockerfile. Delete those that you do not need."
            + (
                f"\nThey install Backstory from {source}."
                if source
                else "\nBackstory is on no package index yet, so set the CI variable BACKSTORY to where pip finds it: the address of its repository\n"
                "(git+https://…), or the path of a wheel in your repository. Without it they stop and say so."
            )
        )
    return cli.FINE


def _write_ci(folder: Path) -> str:
    """Write the files by which other machines publish the site. Returns the source that they install Backstory from; "" if unknown."""
    source = installed_from()
    for name, sample in FILES.items():
        path = folder / sample
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text((CI / name).read_text("utf-8").replace("@BACKSTORY@", source), "utf-8")
    with (folder / settings.PATH).open("a", encoding="utf-8") as stream:
        stream.write(TARGETS)
    return source


def installed_from() -> str:
    """Return the address of the commit that this Backstory was installed from, as pip has noted it (PEP 610); "" if it came from elsewhere."""
    try:
        direct_url = json.loads(importlib.metadata.distribution("backstory").read_text("direct_url.json") or "{}")
    except (importlib.metadata.PackageNotFoundError, json.JSONDecodeError):
        return ""
    info = direct_url.get("vcs_info", {})
    address = f"{info.get('vcs')}+{direct_url.get('url')}@{info.get('commit_id')}"
    return address if re.fullmatch(r"git\+https://[\w.-]+/[\w./~-]+@[0-9a-f]{40,64}", address) else ""
