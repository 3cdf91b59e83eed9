"""What two safeguards cost: the same build without and with each, in one run.

    python -m tests.bench.costs 300 --rounds 5

Waiting for the disk (`sync`) is told in seconds by the clock: a build without it, and what the calls then take that a build with it makes. The folder lies on the disk of this repository.
The confinement of templates is told in calls of Python and C, which come out the same at any load of the machine:
with Backstory's own templates, as `make bench` builds, and with one or all of them changed in the site's `templates/`.
"""

import argparse
import json
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from builder.build.pipeline import Options, build
from builder.output import durable
from builder.render import confinement, jinja_env, rewriting
from tests.bench import corpus
from tests.bench.generators import HOME, ROOT

# --- one build, in a process of its own ------------------------------------------------


def unconfined():
    """Build without confinement from now on: no template is checked, rewritten or counted."""
    confinement.problems = lambda *_: ()
    rewriting.rewritten = lambda tree, _known: tree
    jinja_env.TemplateCode.counts_steps = property(lambda _: False, lambda _, __: None)


def counted_calls(what):
    """Return what a function returns, and the number of calls that are made meanwhile, in Python and in C."""
    calls = 0

    def seen(_frame, event, _given):
        nonlocal calls
        calls += event in {"call", "c_call"}

    sys.setprofile(seen)
    try:
        return what(), calls
    finally:
        sys.setprofile(None)


def measured(root, output, *, confined):
    """Return the number of calls of a build from nothing, in this process."""
    if not confined:
        unconfined()
    report, calls = counted_calls(lambda: build(Options(Path(root), Path(output), jobs=1, cache=False)))
    if report.plan is None:
        raise SystemExit("\n".join(map(str, report.diagnostics)))
    return calls


# --- rows ------------------------------------------------


def _told(*words):
    done = subprocess.run([sys.executable, "-m", *map(str, words)], cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr[-2000:])
    return done.stdout


def _clock(*words):
    """Return the seconds that a command takes."""
    began = time.perf_counter()
    _told("builder", *words)
    return time.perf_counter() - began


def row(name, without, with_it, unit):
    """Return a row of the table: medians without and with, and the median of what each round takes more."""
    more = statistics.median(100 * (mine / other - 1) for mine, other in zip(with_it, without, strict=True))
    shown = (f"{statistics.median(values):,.{2 if unit == 's' else 0}f}" for values in (without, with_it))
    return [f"{name}, {unit}", *shown, f"{more:+.1f} %"]


def syncing(site, folder, rounds):
    """Yield the rows of waiting for the disk: a cold build, an edited body, and the site published to a new folder."""
    settings = (site / "content/site.yaml").read_text("utf-8")
    phases = {"the disk is waited for: cold": [], "a body edited": [], "published to a new folder": []}
    for turn in range(rounds):
        own, live = folder / f"site-{turn}", folder / f"live-{turn}"
        shutil.copytree(site, own)
        target = f"publish:\n  live: {{to: folder, path: {live}, sync: no}}\n"
        (own / "content/site.yaml").write_text(f"{settings}\nsync: no\n{target}", "utf-8")
        edited = min((own / "content/explainers").rglob("*.md"))
        for name, written, command in zip(phases, (own / "site", own / "site", live), ("build", "build", "publish"), strict=True):
            if name == "a body edited":
                edited.write_text(edited.read_text("utf-8") + f"\nA sentence more, {turn}.\n", "utf-8")
            without = _clock(command, *(("live", "--no-strict") if command == "publish" else ()), "--root", own)
            began = time.perf_counter()
            durable.flush(written)
            durable.flush_names(written.parent)
            phases[name].append((without, without + time.perf_counter() - began))
    for name, found in phases.items():
        yield row(name, *zip(*found, strict=True), "s")


def confining(site, folder):
    """Yield the rows of confinement: with Backstory's templates, with one that the site has changed, and with all of them changed."""
    for name, changed in (
        ("templates are confined: none changed", ()),
        ("base.html changed", ("base.html",)),
        ("all changed", ("**/*.*",)),
    ):
        own = folder / name.replace(" ", "-").replace(":", "")
        shutil.copytree(site, own)
        for file in (
            file for pattern in changed for file in (ROOT / "templates").glob(pattern) if file.is_file() and "assets" not in file.parts
        ):
            copy = own / "templates" / file.relative_to(ROOT / "templates")
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(file.read_text("utf-8") + "{# changed #}", "utf-8")
        _one(own, folder / f"{own.name}-warm", confined=True)  # the code of our own templates is kept for the next time
        yield row(name, *([_one(own, folder / f"{own.name}-{guarded}", confined=guarded)] for guarded in (False, True)), "calls")


def _one(root, output, *, confined):
    return json.loads(_told("tests.bench.costs", "--measure", root, output, *([] if confined else ["--unconfined"])))


def main():
    parser = argparse.ArgumentParser(prog="python -m tests.bench.costs", description=__doc__.partition("\n")[0])
    parser.add_argument("number", type=int, nargs="?", default=300, help="explainers of the site")
    parser.add_argument("--rounds", type=int, default=5, help="of what is told in seconds")
    parser.add_argument("--only", choices=("sync", "confinement"))
    parser.add_argument("--measure", nargs=2, metavar=("SITE", "OUTPUT"), help=argparse.SUPPRESS)
    parser.add_argument("--unconfined", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        print(json.dumps(measured(*asked.measure, confined=not asked.unconfined)))
        return
    HOME.mkdir(exist_ok=True)
    # Not in the system's folder for passing files, which is never waited for.
    with tempfile.TemporaryDirectory(prefix="costs-", dir=HOME) as name:
        folder, site = Path(name).resolve(), Path(name).resolve() / "site"
        corpus.write(asked.number, site, "backstory")
        rows = [["with and without", "without", "with", "more"], ["---"] * 4]
        if asked.only != "confinement":
            rows += syncing(site, folder, asked.rounds)
        if asked.only != "sync":
            rows += confining(site, folder)
    print("\n".join(f"| {' | '.join(cells)} |" for cells in rows))


if __name__ == "__main__":
    main()
