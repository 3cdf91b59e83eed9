"""`make soak STEPS=5000`: the long life of one site. After every tenth step, the site must be what a clean build makes.

A step changes a text, a record, the settings, the language, the house style, a template, a plugin or its code, the published folder, or the toolchain, and builds:
in this process, in a new one, or first in one that is killed. Before that, some steps preview the site for a day and a night, or build it with the last release.
All that is needed to go on lies in `.soak`; `--anew` begins again.
"""

import argparse
import importlib
import json
import os
import random
import shutil
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

from builder.build import plugins
from builder.build.pipeline import Options, build
from builder.incremental import toolchain
from builder.preview.engine import PreviewEngine
from tests.property import test_incremental as sites

ROOT = Path(__file__).parents[1]
KEPT = ROOT / ".soak"
EVERY = 10
"""Steps between two comparisons with a clean build."""

TOOLCHAINS = ("0" * 16, "1" * 16, "2" * 16)
ENTRIES = "[backstory.checks]\nrules = house_checks:RULES\n[backstory.pages]\nspeakers = house_checks:FAMILIES\n"

ELSEWHERE = """
import sys
from pathlib import Path
from builder.build.pipeline import Options, build
from builder.incremental import toolchain
root, output, toolchain.known_digest, drafts, cache = sys.argv[1:]
report = build(Options(Path(root), Path(output), jobs=1, drafts=drafts == "True", cache=cache == "True"))
sys.exit("\\n".join(map(str, report.diagnostics)) if report.plan is None else 0)
"""


def begin(folder):
    """Make the site and the plugin that all begins with."""
    sites.begin(folder / "site", sites.FULL)
    lib = folder / "lib"
    shutil.copytree(ROOT / "tests/fixtures/plugin/house_checks", lib / "house_checks", ignore=shutil.ignore_patterns("__pycache__"))
    (lib / "house_checks-1.2.dist-info").mkdir()
    (lib / "house_checks-1.2.dist-info/METADATA").write_text("Metadata-Version: 2.1\nName: house-checks\nVersion: 1.2\n")
    (lib / "house_checks-1.2.dist-info/entry_points.txt").write_text(ENTRIES)
    remember(folder, {"seed": 0, "step": 0, "toolchain": TOOLCHAINS[0]})


def remember(folder, state):
    """Write how far it has come, in one step."""
    (folder / "state.new").write_text(json.dumps(state))
    (folder / "state.new").replace(folder / "state.json")


# --- steps ------------------------------------------------


def change(folder, chance, state):
    """Change one thing, and return what."""
    kind = chance.choice(("explainer", "explainer", *OF_SITES, *OURS))
    if kind in OURS:
        OURS[kind](folder, chance, state)
    else:
        edit(folder, chance, kind)
    return kind


def edit(folder, chance, kind):
    """Change a file of the site."""
    root, output = folder / "site", folder / "out"
    if kind == "explainer":
        told = (chance.choice(sites.WORDS), chance.choice(sites.ACTORS), chance.choice(("it may go on", "so be it")))
        events = chance.sample(sites.EVENTS, chance.randint(0, 2))
        more = {"draft": chance.random() < 0.3, "topic": chance.choice(("harbours", "ferries")), "short": chance.random() < 0.5}
        text = sites.explainer(chance.choice(("First", "Second")), *told, events, **more)
        sites.edit(root, output, kind, chance.choice(sites.SLUGS), text)
    else:
        which, what = OF_SITES[kind]
        sites.edit(root, output, kind, chance.choice(which), chance.choice(what))


OF_SITES = {
    "actor": (sites.ACTORS, (*sites.NAMES, "Xenia Ueda")),
    "event": (sites.EVENTS, ("2022-01", "2022-01-11", "2021~")),
    "source": (("gazette-0119",), ("In print only.", "In print, and on the wire.")),
    "page": (("about", "guide/ferries"), ("About us", "Xenia Ueda", None)),
    "delete": (sites.SLUGS, (None,)),
    "rename": (sites.SLUGS, sites.SLUGS),
    "static": (("a.txt", "b/c.txt"), ("one", "two", None)),
    "template": (("event.html", "parts/quote.html"), (True, False)),
    "lost": (("index.html", "actors/ada/index.html"), (None,)),
}
"""Kinds of edits of the property tests: what they are of, and what they write."""


def set_settings(folder, chance, _state):
    """Write other settings, with the plugin or without."""
    lines = (
        f"title: {chance.choice(('A site', 'Another site'))}",
        "base_url: https://example.org/",
        f"language: {chance.choice(('en', 'en', 'de', 'fr', 'ar'))}",
        f"data: {chance.choice(('full', 'lean'))}",
        f"embeds: {chance.choice(('yes', 'no'))}",
        *chance.choice(((), ('plugins: {house-checks: "*"}',))),
    )
    sites.write(folder / "site", "content/site.yaml", "\n".join((*lines, "")))


def set_style(folder, chance, _state):
    """Write another house style, or none."""
    file = folder / "site/content/style.yaml"
    file.unlink(missing_ok=True)
    if chance.random() < 0.7:
        file.write_text(f"style: {{what: {chance.choice(('report', 'late'))}, instead: account}}\n")


def set_plugin(folder, chance, _state):
    """Change the code of the plugin."""
    file = folder / "lib/house_checks/__init__.py"
    ours = (ROOT / "tests/fixtures/plugin/house_checks/__init__.py").read_text("utf-8")
    file.write_text(ours.replace("All headlines", chance.choice(("All headlines", "Headlines", "The headlines"))), "utf-8")
    forget_plugin()


def set_toolchain(_folder, chance, state):
    """Build with another toolchain from now on; what the last one kept stays where it is."""
    state["toolchain"] = chance.choice([toolchain for toolchain in TOOLCHAINS if toolchain != state["toolchain"]])


def build_with_last_release(folder, _chance, state):
    """Have the last release build the site into the same folder, with a cache of its own: none of it may be taken up."""
    former = folder / "former"
    if not former.is_dir():
        take_out(last_release(), former)
    command = [sys.executable, "-m", "builder", "build", "--root", folder / "site", "--output", folder / "out", "--jobs", "1"]
    paths = os.pathsep.join((str(former), str(folder / "lib")))  # without this repository
    done = subprocess.run(
        list(map(str, command)), cwd=former, env={**os.environ, "PYTHONPATH": paths}, capture_output=True, text=True, check=False
    )
    # It may not know what this site has by now, and say so; it must not break.
    assert done.returncode in {0, 1}, done.stderr
    state["former"] = done.returncode == 0


def last_release():
    """Return the revision of the last release: that of the newest version's tag, or, where there is none, fifty revisions ago."""
    tags = git("tag", "--list", "v[0-9]*", "--sort=-version:refname").split()
    return tags[0] if tags else git("rev-list", "--first-parent", "--max-count=50", "HEAD").split()[-1]


def take_out(revision, place):
    """Write the product as it was at a revision into a new folder."""
    place.with_name("former.partial").mkdir(exist_ok=True)
    packed = subprocess.run(["git", "archive", revision, "builder", "templates"], cwd=ROOT, capture_output=True, check=True).stdout
    subprocess.run(["tar", "-x", "-C", place.with_name("former.partial")], input=packed, check=True)
    place.with_name("former.partial").rename(place)


def git(*words):
    """Return what git says."""
    return subprocess.run(["git", *words], cwd=ROOT, capture_output=True, text=True, check=True).stdout


# --- a day of preview ------------------------------------------------

FIRST_DAY = date(2030, 5, 1).toordinal()
WAITING = "content/explainers/waiting.md"


def preview_a_day(folder, chance, _state):
    """Preview the site for 24 hours of a clock that is moved on, with an edit in each; it must end as a preview that begins then."""
    root = folder / "site"
    waiting = sites.explainer("Waiting", sites.WORDS[0], "ada", "so be it", sites.EVENTS, draft=False, topic="ferries")
    sites.write(root, WAITING, waiting.replace("published: 2022-01-19\n", "published: 2030-05-02\n", 1))
    engine = begin_preview(root, FIRST_DAY)
    try:
        for hour in range(25):
            before = texts(root)
            edit(folder, chance, chance.choice(("explainer", *OF_SITES)))
            engine.turn_to(FIRST_DAY + hour // 24)
            engine.rebuild(before | texts(root))
            served(engine, some=8)  # what somebody looks at is told of later
        assert waits(engine) == "", "the page still waits for the day that has come"
        engine.save()
        anew = begin_preview(root, FIRST_DAY + 1)
        assert not (found := differences(served(engine), served(anew))), f"not as in a new preview: {', '.join(found[:5])}"
    finally:
        (root / WAITING).unlink()


def begin_preview(root, day):
    """Begin a preview on a day."""
    return PreviewEngine(Options(root, root / "site", drafts=True, future=True, day=day, jobs=1))


def waits(engine):
    """Return the day that the page of `WAITING` waits for."""
    return engine.current().scheduled_day("explainers/waiting/index.html")


def texts(root):
    """Return the files of a site that a preview watches, by their paths."""
    return {file.relative_to(root).as_posix() for part in ("content", "templates") for file in (root / part).rglob("*") if file.is_file()}


def served(engine, some=None):
    """Return what a preview serves, by path; with `some`, only so many files."""
    snapshot = engine.current()
    found = {path: snapshot.get(path) for path in snapshot.outputs[:some]}
    return {path: file.body if isinstance(file.body, bytes) else file.body.read_bytes() for path, file in found.items() if file is not None}


OURS = {
    "settings": set_settings,
    "style": set_style,
    "plugin": set_plugin,
    "toolchain": set_toolchain,
    "last release": build_with_last_release,
    "day of preview": preview_a_day,
}


def forget_plugin():
    """Load the plugin anew the next time."""
    sys.modules.pop("house_checks", None)
    plugins.digest_of_files.cache_clear()
    importlib.invalidate_caches()


# --- building ------------------------------------------------


def start(folder, output, state, *, drafts, cache=True):
    """Start a build in a new process."""
    command = [sys.executable, "-c", ELSEWHERE, folder / "site", output, state["toolchain"], drafts, cache]
    paths = os.pathsep.join((str(folder / "lib"), str(ROOT)))
    return subprocess.Popen(list(map(str, command)), stderr=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": paths})


def ended(process):
    """Wait for a build; it must succeed."""
    told = process.communicate()[1]
    assert process.returncode == 0, told


def build_somehow(folder, chance, state, *, kind, drafts):
    """Build, and return how."""
    output = folder / "out"
    how = chance.choice(("here", "here", "here", "restarted", "killed"))
    if how == "killed":
        process = start(folder, output, state, drafts=drafts)
        time.sleep(chance.uniform(0.1, 1.2))
        process.kill()
        process.communicate()
    if how == "restarted":
        ended(start(folder, output, state, drafts=drafts))
        return how
    report = build(Options(folder / "site", output, jobs=1, drafts=drafts))
    assert report.plan is not None, report.diagnostics
    if how == "here" and (kind == "toolchain" or (kind == "last release" and state["former"])):
        made = {name for name, file in report.plan.manifest.files.items() if file.template.endswith(".html")}
        assert made <= {step.path for step in report.plan.write}, "pages of another toolchain were kept"
    return how


def differences(one, other):
    """Return the names of files that two folders do not share byte for byte."""
    return sorted(name for name in one.keys() | other.keys() if one.get(name) != other.get(name))


def compare(folder, state, *, drafts):
    """Compare the site with a clean build, made in a new process."""
    clean = folder / "clean"
    shutil.rmtree(clean, ignore_errors=True)
    ended(start(folder, clean, state, drafts=drafts, cache=False))
    assert not (found := differences(sites.tree(folder / "out"), sites.tree(clean))), f"not as in a clean build: {', '.join(found[:5])}"


def run(folder, steps, tell=print):
    """Go on until so many steps are made. Raises `AssertionError` where the site is not what it must be."""
    state = json.loads((folder / "state.json").read_text())
    before = list(sys.path), toolchain.known_digest
    sys.path.insert(0, str(folder / "lib"))
    forget_plugin()
    counts = {}
    try:
        while state["step"] < steps:
            n = state["step"] + 1
            # By its number alone, so that a step is the same after a restart.
            chance = random.Random(f"{state['seed']} {n}")
            kind = change(folder, chance, state)
            toolchain.known_digest = state["toolchain"]
            drafts = chance.random() < 0.2
            how = build_somehow(folder, chance, state, kind=kind, drafts=drafts)
            if n % EVERY == 0:
                compare(folder, state, drafts=drafts)
            state["step"] = n
            remember(folder, state)
            counts[f"{kind}"] = counts.get(kind, 0) + 1
            counts[how] = counts.get(how, 0) + 1
            if n % 100 == 0 or n == steps:
                tell(f"{n} of {steps} steps: {', '.join(f'{name} {number}' for name, number in sorted(counts.items()))}")
    except BaseException as error:
        error.add_note(f"step {state['step'] + 1} of seed {state['seed']}; the site is in {folder}")
        raise
    finally:
        sys.path[:], toolchain.known_digest = before
        forget_plugin()
    return counts


def main():
    """Run the command."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("--steps", type=int, default=5_000, help="number of steps, those of earlier runs among them")
    parser.add_argument("--seed", type=int, default=0, help="of another history, when it begins")
    parser.add_argument("--folder", type=Path, default=KEPT)
    parser.add_argument("--anew", action="store_true", help="delete what earlier runs have left, and begin again")
    asked = parser.parse_args()
    if asked.anew:
        shutil.rmtree(asked.folder, ignore_errors=True)
    if not (asked.folder / "state.json").exists():
        shutil.rmtree(asked.folder, ignore_errors=True)
        begin(asked.folder)
        remember(asked.folder, {"seed": asked.seed, "step": 0, "toolchain": TOOLCHAINS[0]})
    try:
        run(asked.folder.resolve(), asked.steps)
    except AssertionError as error:
        return "\n".join((str(error), *error.__notes__))
    except KeyboardInterrupt as stopped:
        return "\n".join(("Stopped. Run it again to go on from there.", *stopped.__notes__))
    print("Each comparison with a clean build found the same site.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
