"""Two builds at once, and folders that are not ours, or not ours alone."""

import errno
import os
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from builder import cli, output as output_files
from builder.build.pipeline import build
from builder.output import plan, swap
from tests.faults import disk

REPOSITORY = Path(__file__).parents[2]
PATIENCE = 120

HOLDS = """
import sys
from pathlib import Path
from builder import output
with output.locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.readline()
"""


def start(*arguments, **more):
    return subprocess.Popen(
        [sys.executable, *map(str, arguments)], cwd=REPOSITORY, text=True, stderr=subprocess.PIPE, stdout=subprocess.PIPE, **more
    )


def start_build(root, *more):
    return start("-m", "builder", "build", "--root", root, "--jobs", "1", *more)


def beside(root):
    return sorted(path.name for path in root.iterdir() if path.name not in {"content", ".backstory"})


@pytest.mark.parametrize("killed", [False, True], ids=["ended", "killed"])
def test_the_second_of_two_builds_says_so_and_waits(tmp_path, killed):
    disk.write_site(tmp_path, "old")
    with start("-c", HOLDS, tmp_path / "site", stdin=subprocess.PIPE) as first:
        assert first.stdout.readline() == "held\n"
        with start_build(tmp_path) as second:
            told = second.stderr.readline()
            assert told.startswith("Another build is writing ")
            assert told.endswith("/site/. Waiting for it to end …\n")
            disk.write_site(tmp_path, "new")  # what is saved while it waits is not missed
            assert not (tmp_path / "site").exists()
            if killed:
                first.send_signal(signal.SIGKILL)
            else:
                first.stdin.write("\n")
                first.stdin.flush()
            said, _ = second.communicate(timeout=PATIENCE)
            assert second.returncode == cli.FINE
        first.wait(PATIENCE)
    assert "Built " in said
    assert "The second" in (tmp_path / "site/explainers/talks/index.html").read_text()
    assert beside(tmp_path) == ["site"]


def test_builds_at_once_leave_what_one_leaves(tmp_path):
    clean = disk.states(tmp_path)
    disk.write_site(tmp_path, "new")
    builds = [start_build(tmp_path) for _ in range(6)]
    for running in builds:
        _, told = running.communicate(timeout=PATIENCE)
        assert running.returncode == cli.FINE, told
    assert disk.tree(tmp_path / "site") == clean["new"]
    assert beside(tmp_path) == ["clean-new", "clean-old", "clean-word", "site"]


def test_a_reader_never_meets_half_a_file(tmp_path):
    disk.write_site(tmp_path, "old")
    clean = disk.states(tmp_path)
    build(disk.options(tmp_path))
    watched = ("index.html", "about/index.html", "data.csv")
    whole = {path: {tree[path] for tree in clean.values()} for path in watched}
    wrong, looked, ended = [], [0], threading.Event()

    def read():
        while not ended.is_set():
            for path in watched:
                found = (tmp_path / "site" / path).read_bytes()
                looked[0] += 1
                if found not in whole[path]:
                    wrong.append((path, found))

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for state in ("new", "old", "word", "old", "word", "new", "old"):
            disk.write_site(tmp_path, state)
            build(disk.options(tmp_path))
            assert disk.tree(tmp_path / "site") == clean[state]
    finally:
        ended.set()
        reader.join(PATIENCE)
    assert not wrong
    assert looked[0] > 50


def test_what_others_put_into_the_folder_stays(tmp_path):
    disk.write_site(tmp_path, "old")
    output = tmp_path / "site"
    build(disk.options(tmp_path))
    theirs = {
        ".git/config": b"theirs",
        ".git/objects/aa/bb": b"\x00",
        "CNAME": b"example.org\n",
        "about/notes.txt": b"theirs",
        "come/deep/x": b"y",
    }
    for path, data in theirs.items():
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        (output / path).write_bytes(data)
    (output / ".git/empty").mkdir()
    (output / ".git").chmod(0o700)
    (output / "link").symlink_to("nowhere")
    (output / "folder-link").symlink_to(tmp_path)
    for state in ("new", "word", "old"):
        disk.write_site(tmp_path, state)
        build(disk.options(tmp_path))
        assert {path: data for path, data in disk.tree(output).items() if path in theirs} == theirs
    assert (output / ".git/empty").is_dir()
    assert (output / ".git").stat().st_mode & 0o777 == 0o700
    assert (output / "link").readlink() == Path("nowhere")
    assert (output / "folder-link").readlink() == tmp_path
    assert "come.txt" not in disk.tree(output)
    assert run(tmp_path, "clean").stdout.endswith(f"What others put into {output}/ stays.\n")
    assert disk.tree(output) == theirs
    assert (tmp_path / "content/site.yaml").exists()


def run(root, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "builder", *arguments, "--root", root],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


@pytest.mark.parametrize("command", ["build", "clean"])
def test_a_folder_that_we_did_not_make_is_not_touched(tmp_path, command):
    disk.write_site(tmp_path, "old")
    (tmp_path / "site/years").mkdir(parents=True)
    (tmp_path / "site/years/thesis.doc").write_text("of work")
    done = run(tmp_path, command)
    assert done.returncode == cli.PROBLEMS
    assert "did not make" in done.stderr
    assert disk.tree(tmp_path / "site") == {"years/thesis.doc": b"of work"}
    assert beside(tmp_path) == ["site"]


def test_what_lies_where_a_page_must_go_is_told_and_stays(tmp_path):
    disk.write_site(tmp_path, "old")
    build(disk.options(tmp_path))
    (tmp_path / "site/method").write_text("theirs")
    (tmp_path / "content/pages/method.md").write_text("---\ntitle: Method\n---\nText.\n")
    before = disk.tree(tmp_path / "site")
    with pytest.raises(output_files.OutputProblem, match=r"site/method was not made by Backstory.*Move it away"):
        build(disk.options(tmp_path))
    assert disk.tree(tmp_path / "site") == before
    assert beside(tmp_path) == ["site"]


@pytest.mark.parametrize("damage", [b"", b"\x00garbage"])
def test_a_list_that_is_damaged_is_made_anew_and_nothing_is_deleted_for_it(tmp_path, damage):
    clean = disk.states(tmp_path)
    disk.write_site(tmp_path, "old")
    build(disk.options(tmp_path))
    (tmp_path / "site/theirs.txt").write_text("theirs")
    (tmp_path / "site" / plan.MANIFEST).write_bytes(damage)
    assert run(tmp_path, "clean").returncode == cli.PROBLEMS
    build(disk.options(tmp_path))
    assert disk.tree(tmp_path / "site") == {**clean["old"], "theirs.txt": b"theirs"}


def test_a_list_of_another_backstory_still_says_what_is_ours(tmp_path):
    import msgspec

    clean = disk.states(tmp_path)
    disk.write_site(tmp_path, "old")
    build(disk.options(tmp_path))
    other = {"version": "9.9", "more": [1], "files": {path: {"made": "otherwise"} for path in clean["old"]}}
    (tmp_path / "site" / plan.MANIFEST).write_bytes(msgspec.msgpack.encode(other))
    disk.write_site(tmp_path, "new")
    build(disk.options(tmp_path))
    assert disk.tree(tmp_path / "site") == clean["new"]


def test_a_link_to_a_folder_stays_one(tmp_path):
    clean = disk.states(tmp_path)
    disk.write_site(tmp_path, "old")
    (tmp_path / "www").mkdir()
    (tmp_path / "site").symlink_to(tmp_path / "www")
    for state in ("old", "new", "word"):
        disk.write_site(tmp_path, state)
        build(disk.options(tmp_path))
        assert disk.tree(tmp_path / "www") == clean[state]
        assert (tmp_path / "site").is_symlink()


def test_where_no_folder_can_change_places_another_is_advised(tmp_path, monkeypatch):
    disk.write_site(tmp_path, "old")
    build(disk.options(tmp_path))
    before = disk.tree(tmp_path / "site")
    disk.write_site(tmp_path, "new")

    def busy(source, target):
        raise OSError(errno.EBUSY, "Device or resource busy", str(source), None, str(target))

    # As for a disk of its own, such as a volume of a container.
    monkeypatch.setattr(swap, "exchange_at_once", lambda *_: False)
    monkeypatch.setattr(os, "rename", busy)
    with pytest.raises(output_files.OutputProblem, match=rf"disk of its own.*--output {tmp_path}/site/site"):
        build(disk.options(tmp_path))
    monkeypatch.undo()
    assert disk.tree(tmp_path / "site") == before


def test_nothing_is_touched_when_nothing_changed(tmp_path):
    disk.write_site(tmp_path, "old")
    build(disk.options(tmp_path))

    def stamps():
        return {path: (path.lstat().st_mtime_ns, path.lstat().st_ctime_ns, path.lstat().st_ino) for path in (tmp_path / "site").rglob("*")}

    before, folder = stamps(), (tmp_path / "site").stat().st_mtime_ns
    build(disk.options(tmp_path))
    assert stamps() == before
    assert (tmp_path / "site").stat().st_mtime_ns == folder


def test_where_nobody_may_write_what_is_wrong_with_the_content_is_told_all_the_same(tmp_path, monkeypatch):
    disk.write_site(tmp_path, "old")
    build(disk.options(tmp_path))
    honest = os.open

    def refuse(path, flags, *more, **keywords):
        if str(path).endswith("-lock"):
            raise OSError(errno.EROFS, "Read-only file system", str(path))
        return honest(path, flags, *more, **keywords)

    monkeypatch.setattr(os, "open", refuse)
    assert build(disk.options(tmp_path)).plan is not None
    (tmp_path / "content/pages/about.md").write_text("---\ntitel: About\n---\n")
    assert build(disk.options(tmp_path)).plan is None


def test_a_build_that_fails_leaves_no_folders_behind(tmp_path):
    disk.write_site(tmp_path, "old")
    (tmp_path / "content/pages/about.md").write_text("---\ntitel: About\n---\n")
    done = run(tmp_path, "build", "--output", tmp_path / "deep/er/site")
    assert done.returncode == cli.PROBLEMS
    assert beside(tmp_path) == []
    shutil.rmtree(tmp_path / ".backstory")
