"""`make bench`: builds beside those of other generators, in rounds, as one table. README.md beside this file tells how."""

import argparse
import json
import shutil
import signal
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

from tests.bench import corpus, hugo_pages, measuring, table
from tests.bench.edits import Targets, edit, targets, unshown
from tests.bench.generators import ALL, HOME, HUGO, LIKE_OURS, ROOT, Generator, MissingError
from tests.bench.live import ANNOTATED, SAVED, live

PHASES = ("cold", "images", "same", "body", "title", "quote", "rename", "open", *SAVED, ANNOTATED)
LIVE = ("open", *SAVED, ANNOTATED)
"""Phases of one preview, started anew in each round."""
US = "backstory"
INTERRUPTED = 130
FEWEST_ROUNDS = 3
"""With fewer, or without all phases, a run prints its table and leaves README.md as it is."""


def rounds(number: int, asked: list[int], at: int) -> int:
    if asked:
        return asked[min(at, len(asked) - 1)]
    return 5 if number <= 1000 else 3


def laid_out(number: int, dialect: str) -> Path:
    """Return the folder of a corpus, made by a process of its own: what this one held would count as its children's memory."""
    folder = HOME / "corpora" / f"{number}-{dialect}-{corpus.fingerprint()}"
    if not folder.exists():
        partial = folder.with_name(folder.name + ".partial")
        shutil.rmtree(partial, ignore_errors=True)
        command = [sys.executable, "-m", "tests.bench.corpus", str(number), str(partial), "--dialect", dialect]
        subprocess.run(command, cwd=ROOT, check=True)
        partial.rename(folder)
    return folder


def like_ours(number: int, corpora: dict[str, Path]) -> Path:
    """Return a site for Hugo of which as many files and bytes come out as of ours; made off the clock, of what our pages are today."""
    ours, site = (HOME / "sites" / str(number) / name for name in ("ours", "like ours"))
    ALL[US].lay(corpora["backstory"], ours)
    measuring.run(ALL[US].command(ours), ours)
    ALL["hugo"].lay(corpora["plain"], site)
    hugo_pages.lay(site, ours / ALL[US].output, HUGO)
    return site


def one(of: Generator, phase: str, site: Path, on: Targets, mark: str) -> dict[str, float] | None:
    """Run one build on a site as it was left by the one before. None where the phase says nothing about the generator."""
    if phase == "images":
        return _with_images(of, site)
    made = None
    if phase in {"body", "title", "quote", "rename"}:
        made = edit(phase, of, site, on, mark)
        if made is None:
            return None
        before = made.file.read_text("utf-8")
        made.file.write_text(made.text, "utf-8")
    found = measuring.run(of.command(site), site)
    if made is not None:
        if missed := unshown(of, site, made):
            raise measuring.FailedError(0, f"the edit “{phase}” is not shown in {missed}")
        made.file.write_text(before, "utf-8")
        measuring.run(of.command(site), site)  # off the clock: each edit is made to a site that is built
    return found


def _with_images(of: Generator, site: Path) -> dict[str, float] | None:
    """Build a copy of the site from nothing with pictures in it; None for others, who make no images of their own accord."""
    if of.name != US:
        return None
    from tests.bench.pictures import give_images  # late: only this phase needs Pillow

    pictured = site.with_name(f"{site.name}-images")
    shutil.copytree(site / "content", pictured / "content")
    give_images(pictured)
    return measuring.run(of.command(pictured), pictured)


def measure(number: int, generators: list[Generator], phases: list[str], times: int) -> dict:
    """Measure all generators on a corpus: in each round each phase of each in turn."""
    corpora = {dialect: laid_out(number, dialect) for dialect in ("plain", "backstory")}
    if any(of.dialect == LIKE_OURS for of in generators):
        corpora[LIKE_OURS] = like_ours(number, corpora)
    on = targets(corpora["plain"])
    runs: dict = {of.name: defaultdict(list) for of in generators}
    failed: dict[str, str] = {}
    pages: dict[str, int] = {}
    files: dict[str, tuple[int, int]] = {}
    memory: dict[str, float | None] = {}

    def tried(of: Generator, what):
        if of.name in failed:
            return None
        try:
            return what()
        except (measuring.FailedError, OSError) as problem:
            failed[of.name] = str(problem)
            print(*getattr(problem, "lines", []), f"{of.title} failed: {problem}", sep="\n", file=sys.stderr, flush=True)
            return None

    def lay(turn: int) -> dict[str, Path]:
        # In folders of their own: some disks make folders ever more slowly for minutes after many were deleted, and would tell of the round before.
        found = {of.name: HOME / "sites" / str(number) / str(turn) / of.name for of in generators}
        for of in generators:
            of.lay(corpora[of.dialect], found[of.name])
        return found

    for turn in range(times):
        sites = lay(turn)
        for phase in (phase for phase in phases if phase not in LIVE):
            for of in generators:
                mark = f"Changed{turn}{phase}"
                if of.phases and phase not in of.phases:
                    runs[of.name][phase].append(None)
                    continue
                found = tried(of, lambda of=of, phase=phase, mark=mark, sites=sites: one(of, phase, sites[of.name], on, mark))
                runs[of.name][phase].append(found)
                if found and phase == "cold":
                    pages[of.name], files[of.name] = of.pages(sites[of.name]), of.made(sites[of.name])
            seconds = "  ".join(f"{of.name} {runs[of.name][phase][-1]['wall']:.2f}" for of in generators if runs[of.name][phase][-1])
            print(f"{number} explainers, round {turn + 1} of {times}, {phase}: {seconds}", file=sys.stderr, flush=True)
        for of in generators if set(phases) & {*LIVE} else ():
            if of.serve is not None:
                seen = tried(of, lambda of=of, turn=turn, sites=sites: live(of, sites[of.name], on, turn)) or dict.fromkeys(LIVE)
                for phase in LIVE:
                    runs[of.name][phase].append(seen[phase])
                seconds = "  ".join(f"{phase} {seen[phase]['wall']:.3f}" for phase in LIVE if seen[phase])
                print(f"{number} explainers, round {turn + 1} of {times}, preview of {of.name}: {seconds}", file=sys.stderr, flush=True)
    sites = lay(times)
    for of in generators:
        memory[of.name] = tried(of, lambda of=of, sites=sites: measuring.memory(of.command(sites[of.name]), sites[of.name]))
    users = len(on.users)
    return {
        "number": number,
        "rounds": times,
        "runs": runs,
        "pages": pages,
        "files": files,
        "memory": memory,
        "failed": failed,
        "users": users,
    }


def _phases(asked: str) -> list[str]:
    return [phase.strip() for phase in asked.split(",")]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--explainers", default="100 1000", help="sizes of the sites, as “100 1000 5000”")
    parser.add_argument("--rounds", default="", help="rounds, or rounds for each size; else 5, and 3 above 1000 explainers")
    parser.add_argument("--peers", default="hugo hugo-pages eleventy", help=f"of {', '.join(name for name in ALL if name != US)}")
    parser.add_argument("--phases", default=",".join(PHASES), help=f"separated by commas, of {', '.join(PHASES)}")
    asked = parser.parse_args()
    sizes, times = [int(word) for word in asked.explainers.split()], [int(word) for word in asked.rounds.split()]
    phases = [phase for phase in PHASES if phase in {"cold", *_phases(asked.phases)}]
    # The one that all ratios are to is there, asked for or not.
    names = list(dict.fromkeys([US, "hugo", *asked.peers.split()]))
    if unknown := {*names} - {*ALL} | {*_phases(asked.phases)} - {*PHASES}:
        parser.error(f"no generator or phase is called {', '.join(sorted(unknown))}")
    if min(sizes) < corpus.FEWEST:
        parser.error(f"a corpus has {corpus.FEWEST} explainers at least")
    present, versions, missing = [], {}, {}
    for name in names:
        try:
            versions[name] = ALL[name].install()
            present.append(ALL[name])
        except MissingError as problem:
            missing[name] = str(problem)
    about = table.about(versions, missing)
    # However it is ended, it takes what it started along.
    for ending in (signal.SIGINT, signal.SIGTERM):
        signal.signal(ending, signal.default_int_handler)
    results: list[dict] = []
    interrupted = False
    try:
        for at, size in enumerate(sizes):
            results.append(measure(size, present, phases, rounds(size, times, at)))
            (HOME / "results.json").write_text(json.dumps({"about": about, "results": results}, indent=1), "utf-8")
    except KeyboardInterrupt:
        interrupted = True
        print("Interrupted: the table holds the sizes that were done.", file=sys.stderr)
    shutil.rmtree(HOME / "sites", ignore_errors=True)
    if not results:
        return INTERRUPTED
    told = table.written([ALL[name] for name in names], phases, results, missing)
    print(told)
    lacking = [name for name in (US, "hugo") if name in missing or any(name in result["failed"] for result in results)]
    whole = not interrupted and phases == list(PHASES) and min(result["rounds"] for result in results) >= FEWEST_ROUNDS
    if whole and not lacking:
        table.keep(f"{about}\n\n{told}")
    if interrupted:
        return INTERRUPTED
    return 1 if lacking or any(result["failed"] for result in results) else 0


if __name__ == "__main__":
    sys.exit(main())
