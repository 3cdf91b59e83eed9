"""A disk that refuses any single write leaves the published folder as it was, and is told with its path."""

import errno
import os
import resource
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from builder import cli
from builder.build.pipeline import build
from builder.output import OutputProblem
from tests.effort import effort
from tests.faults import disk

STRIDE = effort(3, 1)
"""Which writes are refused: every one, or every third."""

REPOSITORY = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    root = tmp_path_factory.mktemp("site")
    renderer = disk.page_builder.Renderer
    disk.compile_once()
    yield root, disk.states(root)
    disk.page_builder.Renderer = renderer


@pytest.mark.parametrize(
    "state, at_once, lays_from",
    [("new", True, 400), ("new", False, 400), ("new", True, 1), ("word", True, 400)],
    ids=["in-one-step", "in-two-steps", "laid-as-made", "one-page"],
)
def test_whichever_write_is_refused(site, state, at_once, lays_from, monkeypatch):
    monkeypatch.setattr("builder.build.pipeline.WRITTEN_EARLY_FROM", lays_from)
    root, clean = site
    output = root / "site"
    refused = 0
    for n in range(1, 10_000, STRIDE):
        if disk.tree(output) != clean["old"]:
            shutil.rmtree(output, ignore_errors=True)
            shutil.copytree(root / "clean-old", output)
        shutil.rmtree(root / ".backstory", ignore_errors=True)
        disk.write_site(root, state)
        named = []
        number = (errno.ENOSPC, errno.EIO)[n % 2]

        def refuse(count, _name, arguments, n=n, named=named, number=number):
            if count == n:
                named.append(arguments[0])
                raise OSError(number, os.strerror(number), *([arguments[0]] if isinstance(arguments[0], str | Path) else []))

        with disk.writes(refuse, at_once=at_once) as count:
            try:
                build(disk.options(root))
            except OutputProblem as problem:
                refused += 1
                told = str(problem)
                assert disk.tree(output) == clean["old"], (n, told)
                assert str(root) in told, (n, told)
                assert os.strerror(number).lower() in told, (n, told)
                assert "as it was" in told, (n, told)
                assert state != "word" or "about/index.html" in told or ".site.backstory-" in told, (n, told)
            else:  # what was refused only saves time, or tidies up
                assert disk.tree(output) == clean[state], n
        if not named:
            break
        assert n % 5 or build(disk.options(root)).plan is not None
        assert n % 5 or disk.tree(output) == clean[state], n
        assert n % 5 or sorted(path.name for path in root.iterdir() if "backstory-" in path.name) == [], n
    assert count[0] < n
    assert refused >= (20 if state == "new" else 8) // STRIDE, "the test has not met the writes that count"


def test_a_real_disk_that_takes_no_more(tmp_path):
    disk.write_site(tmp_path, "old")
    done = run(tmp_path, "build")
    assert done.returncode == cli.FINE, done.stderr
    before = disk.tree(tmp_path / "site")
    disk.write_site(tmp_path, "new")
    (tmp_path / "content/static/film.bin").write_bytes(b"f" * 300_000)
    done = run(tmp_path, "build", limit=200_000)
    assert done.returncode == cli.PROBLEMS
    assert f"{tmp_path}/site/film.bin could not be written: file too large" in done.stderr
    assert disk.tree(tmp_path / "site") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == [".backstory", "content", "site"]


def run(root, *arguments, limit=0):
    return subprocess.run(
        [sys.executable, "-m", "builder", *arguments, "--root", root, "--jobs", "1"],
        cwd=REPOSITORY,
        preexec_fn=(lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))) if limit else None,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
