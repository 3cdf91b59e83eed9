"""The same content makes the same bytes, wherever, whenever and by whomever it is built. Each build here is a process of its own."""

import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from builder import cli
from builder.content.reading import STARTER
from builder.output.plan import MANIFEST

pytestmark = pytest.mark.slow

REPOSITORY = Path(__file__).parents[2]

PLAIN = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": "1767225600"}

MACHINES = {
    "turkish-far-east-and-later": {
        "LC_ALL": "tr_TR.UTF-8",
        "LANG": "tr_TR.UTF-8",
        "TZ": "Pacific/Kiritimati",
        "SOURCE_DATE_EPOCH": "4102444800",
        "PYTHONHASHSEED": "4711",
        "HOME": "/nonexistent",
        "USER": "somebody",
        "LOGNAME": "somebody",
        "jobs": "2",
        "umask": "077",
    },
    "ascii-far-west-and-a-narrow-terminal": {
        "LC_ALL": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "TZ": "<-12>12",
        "COLUMNS": "40",
        "NO_COLOR": "1",
        "TERM": "dumb",
        "umask": "000",
    },
    "latin-and-no-memory": {"LC_ALL": "de_DE.ISO-8859-1", "PYTHONUTF8": "0", "more": "--no-cache"},
}
"""Each differs in many things at once: none of them may show."""


@pytest.fixture(scope="module")
def content(tmp_path_factory):
    """The starter, with names and words in which locales and orders differ."""
    root = tmp_path_factory.mktemp("first") / "site"
    shutil.copytree(STARTER / "content", root / "content")
    for name in ("ıstanbul", "Istanbul-2", "zebra", "äpfel", "a-b", "ab", "i-dotted"):
        text = f"---\ntitle: {name.upper()} İıIi ß ǆ\nsummary: Of {name}.\npublished: 2025-01-0{len(name) % 9 + 1}\ntopics: [{name}]\nactors: [{{name: {name} Ärger}}]\n---\nText.\n"
        (root / f"content/explainers/{name.lower()}.md").write_text(text, "utf-8")
    return root


def copied(content, to, seed):
    """Copy content file by file, in another order and with other times."""
    chance = random.Random(seed)
    paths = [path for path in sorted(content.rglob("*")) if path.is_file()]
    chance.shuffle(paths)
    for path in paths:
        place = to / path.relative_to(content.parent)
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, place)
        os.utime(place, (chance.randrange(2**31),) * 2)
    return to


def built(root, settings):
    environment = {name: value for name, value in settings.items() if name.isupper()}
    mask = int(settings.get("umask", "022"), 8)
    done = subprocess.run(
        [sys.executable, "-m", "builder", "build", "--root", root, "--jobs", settings.get("jobs", "1"), *settings.get("more", "").split()],
        cwd=root,
        env={
            **{name: value for name, value in os.environ.items() if not name.startswith("LC_")},
            "PYTHONPATH": str(REPOSITORY),
            **environment,
        },
        preexec_fn=lambda: os.umask(mask),
        capture_output=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == cli.FINE, done.stderr.decode("utf-8", "replace")
    return {path.relative_to(root / "site").as_posix(): path.read_bytes() for path in (root / "site").rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def first(content):
    made = built(content, PLAIN)
    assert MANIFEST in made
    assert len(made) > 60
    return made


@pytest.mark.parametrize("machine", MACHINES)
def test_the_same_content_makes_the_same_bytes(content, first, tmp_path, machine):
    root = copied(content / "content", tmp_path / f"elsewhere-{machine}", machine)
    made = built(root, {**PLAIN, **MACHINES[machine]})
    assert sorted(made) == sorted(first)
    assert [path for path in first if made[path] != first[path]] == []


def test_a_time_that_decides_shows_in_the_bytes(content, first, tmp_path):
    """Break it on purpose: the day is the one thing from outside that decides, and this test would see it."""
    root = copied(content / "content", tmp_path / "later", 1)
    (root / "content/explainers/then.md").write_text("---\ntitle: Then\nsummary: Of it.\npublished: 2099-01-01\n---\nText.\n")
    assert built(root, PLAIN) == first
    made = built(root, {**PLAIN, "SOURCE_DATE_EPOCH": "4102444800"})
    assert "explainers/then/index.html" in made
    assert made["index.html"] != first["index.html"]
