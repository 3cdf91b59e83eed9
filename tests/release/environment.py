"""An empty environment with what a wheel declares and nothing else, without a network.

The dependencies are copied from the environment that this runs in, which has them from the lock file. Only those that the wheel names are, and what these name in turn,
so a library that the code imports and the package does not declare is missing here as it would be for a user.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
import venv
from email.parser import HeaderParser
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from zipfile import ZipFile

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name


class ReleaseError(Exception):
    """What keeps a release from being made; the message is for the person at the keyboard."""


def run(command: list[str | Path], folder: Path, what: str) -> str:
    """Run a program in a folder and return its standard output; `ReleaseError` where it fails."""
    clean = {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV"}}
    done = subprocess.run([os.fspath(word) for word in command], cwd=folder, env=clean, capture_output=True, text=True, check=False)
    if done.returncode:
        told = "\n".join(filter(None, (done.stdout.strip(), done.stderr.strip())))
        message = f"{what} failed with exit code {done.returncode}:\n{told}"
        raise ReleaseError(message)
    return done.stdout


def requirements(wheel: Path) -> list[Requirement]:
    """Return what a wheel needs on this machine, without its extras."""
    with ZipFile(wheel) as archive:
        name = next(name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
        metadata = HeaderParser().parsestr(archive.read(name).decode())
    return [requirement for requirement in map(Requirement, metadata.get_all("Requires-Dist") or ()) if _is_needed(requirement, "")]


def make(folder: Path, wheel: Path) -> Path:
    """Make an environment with a wheel and its dependencies; return its folder of programs."""
    venv.create(folder, symlinks=os.name != "nt", with_pip=False)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    python = programs / ("python.exe" if os.name == "nt" else "python")
    packages = Path(sysconfig.get_path("purelib", "venv", {"base": os.fspath(folder), "platbase": os.fspath(folder)}))
    waiting, copied = requirements(wheel), set()
    while waiting:
        needed = waiting.pop()
        if canonicalize_name(needed.name) not in copied:
            copied.add(canonicalize_name(needed.name))
            waiting += _copy(needed, packages)
    pip = [sys.executable, "-m", "pip", "--python", python, "--disable-pip-version-check"]
    run([*pip, "install", "--quiet", "--no-input", "--no-index", "--no-deps", wheel], folder, f"Installing {wheel.name}")
    run([*pip, "check"], folder, f"Looking at what {wheel.name} needs")
    return programs


def _is_needed(requirement: Requirement, extra: str) -> bool:
    return requirement.marker is None or requirement.marker.evaluate({"extra": extra})


def _copy(needed: Requirement, packages: Path) -> list[Requirement]:
    """Copy a library that is installed here, and return what it needs itself."""
    try:
        found = distribution(needed.name)
    except PackageNotFoundError as error:
        message = f"{needed} is declared and not installed here. Run `make lock` if it is new, then `make release`."
        raise ReleaseError(message) from error
    for file in found.files or ():
        if ".." not in file.parts and "__pycache__" not in file.parts:  # no programs of other packages
            target = packages / file
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(found.locate_file(file)), target)
    extras = needed.extras or {""}
    return [
        requirement for requirement in map(Requirement, found.requires or ()) if any(_is_needed(requirement, extra) for extra in extras)
    ]
