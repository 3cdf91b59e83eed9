"""`make release`: checks that a release can be made, and makes its archives in dist/. Nothing is uploaded.

1. The version in builder/__init__.py is the newest of CHANGELOG.md, and no other commit has its tag.
2. hatchling makes the wheel and the source archive, and a wheel of the source archive, which must hold the same files.
3. Each of the two wheels is installed into an empty environment, where every module must load, and `backstory init` and `backstory build` make a site.
"""

import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from zipfile import ZipFile

from builder import __version__
from tests.release import changelog, environment
from tests.release.environment import ReleaseError, run

ROOT = Path(__file__).parents[2]
DIST = ROOT / "dist"
IMPORTS = """
import importlib, pkgutil, builder
for module in pkgutil.walk_packages(builder.__path__, "builder."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""
"""Imports every module, so that a library which the package does not declare is missed."""
PAGES = ("index.html", "explainers/index.html", "assets/backstory.css", "data/quotes.csv")
"""Files that a new site has."""


def git(*arguments: str) -> str:
    """Return what git says; "" where it fails, or where there is no git."""
    try:
        done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""


def version() -> None:
    """Check the version; `ReleaseError` with all that is wrong."""
    text = (ROOT / "CHANGELOG.md").read_text("utf-8")
    wrong = list(changelog.problems_of(__version__, text))
    tagged = git("rev-parse", "--quiet", "--verify", f"refs/tags/v{__version__}^{{commit}}")
    if tagged and tagged != git("rev-parse", "HEAD"):
        wrong.append(f"The tag v{__version__} is at another commit: raise `__version__` in builder/__init__.py.")
    if wrong:
        raise ReleaseError("\n".join(wrong))
    unreleased = sum(len(section.entries) for section in changelog.sections(text) if section.title == changelog.UNRELEASED)
    if unreleased:
        print(f"Note: CHANGELOG.md has {unreleased} entries under “{changelog.UNRELEASED}”, which {__version__} does not name.")
    if git("status", "--porcelain"):
        print("Note: there are changes that are not committed. The archives have them.")


def archives(folder: Path) -> tuple[Path, Path]:
    """Make the wheel and the source archive in dist/, and the wheel of the source archive in a folder; return both wheels."""
    shutil.rmtree(DIST, ignore_errors=True)
    hatch = [sys.executable, "-m", "hatchling", "build"]
    run([*hatch, "--directory", DIST], ROOT, "Building the archives")
    wheel, source = next(DIST.glob("*.whl")), next(DIST.glob("*.tar.gz"))
    with tarfile.open(source) as archive:
        archive.extractall(folder, filter="data")
    unpacked = next(path for path in folder.iterdir() if path.is_dir())
    run([*hatch, "--target", "wheel", "--directory", folder], unpacked, f"Building a wheel of {source.name}")
    second = next(folder.glob("*.whl"))
    here, there = (set(ZipFile(archive).namelist()) for archive in (wheel, second))
    if here != there:
        differ = ", ".join(sorted(here ^ there)[:5])
        message = f"{source.name} makes another wheel than the repository does. Only one of them has: {differ}"
        raise ReleaseError(message)
    return wheel, second


def works(wheel: Path, folder: Path) -> None:
    """Check that an installed wheel makes a site; `ReleaseError` where it does not."""
    programs = environment.make(folder / "environment", wheel)
    run([programs / "python", "-c", IMPORTS], folder, "Importing every module")
    backstory = programs / "backstory"
    told = run([backstory, "--version"], folder, "backstory --version").strip()
    if not told.endswith(__version__):
        message = f"The installed command says “{told}”, not {__version__}."
        raise ReleaseError(message)
    run([backstory, "init", "site"], folder, "backstory init")
    run([backstory, "build", "--strict"], folder / "site", "backstory build")
    run([backstory, "guide", "quote-not-found"], folder, "backstory guide")
    if missing := [name for name in PAGES if not (folder / "site/site" / name).is_file()]:
        message = f"The site that it built has no {', '.join(missing)}."
        raise ReleaseError(message)


def main() -> int:
    """Check everything in order and stop at the first step that fails; return the exit code."""
    try:
        version()
        print(f"The version {__version__} and CHANGELOG.md agree.")
        with tempfile.TemporaryDirectory(prefix="backstory-release-") as name:
            folder = Path(name)
            (folder / "source").mkdir()
            wheels = archives(folder / "source")
            for what, wheel in zip(("wheel", "source archive"), wheels, strict=True):
                place = folder / what.replace(" ", "-")
                place.mkdir()
                works(wheel, place)
                print(f"The {what}, installed alone, makes a site.")
    except ReleaseError as problem:
        print(f"Not ready for release.\n{problem}", file=sys.stderr)
        return 1
    print("Ready. Nothing was uploaded:")
    for path in sorted(DIST.iterdir()):
        print(f"  {path.relative_to(ROOT)} ({path.stat().st_size // 1024} KB)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
