"""Saves as editors and tools make them, with real file events: what the preview shows in the end is what the files hold."""

import errno
import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from builder.preview import watching
from builder.preview.watching import Watch
from tests.previewing import EXPLAINER, PAGE, PATH, Preview

pytestmark = pytest.mark.slow

FILE = f"{PAGE}index.html"


@pytest.fixture(params=[False, True], ids=["events", "polling"])
def preview(request, tmp_path):
    made = Preview(tmp_path / "it", poll=request.param)
    yield made
    made.close()


def shows(preview, words, path=FILE):
    file = preview.engine.current().get(path)
    return file is not None and words.encode() in file.body


def says(words):
    return EXPLAINER.replace("The second paragraph.", words)


def write_in_place(file, text):
    file.write_text(text, "utf-8")


def truncate_then_write(file, text):
    with file.open("w", encoding="utf-8"):
        pass
    time.sleep(0.05)
    file.write_text(text, "utf-8")


def write_slowly(file, text):
    with file.open("w", encoding="utf-8") as stream:
        for start in range(0, len(text), 200):
            stream.write(text[start : start + 200])
            stream.flush()
            time.sleep(0.01)


def rename_over(file, text):
    fresh = file.with_name(f".{file.name}.tmp")
    fresh.write_text(text, "utf-8")
    fresh.replace(file)


def keep_a_backup(file, text):
    swap = file.with_name(f".{file.name}.swp")
    swap.write_text("swap", "utf-8")
    shutil.copy(file, file.with_name(f"{file.name}~"))
    file.unlink()
    file.write_text(text, "utf-8")
    swap.unlink()


@pytest.mark.parametrize("save", [write_in_place, truncate_then_write, write_slowly, rename_over, keep_a_backup])
def test_every_way_of_saving_shows_the_final_words_and_never_the_middle(preview, save):
    save(preview.root / PATH, says("Saved by now."))
    preview.wait(lambda: shows(preview, "Saved by now."), save.__name__)
    preview.wait(lambda: not preview.engine.current().stops_build)
    # No rebuild in between saw an empty file, or one that was cut.
    assert not any("front-matter" in code for code in preview.codes)


def test_what_comes_goes_and_moves_is_seen(preview):
    shutil.copy(preview.root / PATH, preview.root / "content/explainers/copy.md")
    preview.wait(lambda: shows(preview, "The winter ferry", "explainers/copy/index.html"), "a new file")
    (preview.root / "content/explainers/copy.md").rename(preview.root / "content/explainers/moved.md")
    preview.wait(lambda: shows(preview, "The winter ferry", "explainers/moved/index.html"), "a renamed file")
    preview.wait(lambda: preview.engine.current().get("explainers/copy/index.html") is None, "the old name")
    (preview.root / "content/explainers/moved.md").unlink()
    preview.wait(lambda: preview.engine.current().get("explainers/moved/index.html") is None, "a deleted file")
    preview.write("content/actors/bruno.md", "---\nname: Bruno Ito\n---\n")
    preview.wait(lambda: shows(preview, "Bruno Ito", "actors/bruno/index.html"), "a new folder")
    (preview.root / "content/static").mkdir()
    (preview.root / "content/static/a.txt").write_text("one")
    preview.wait(lambda: preview.engine.current().get("a.txt") is not None, "a static file")
    shutil.rmtree(preview.root / "content/actors")
    preview.wait(lambda: preview.engine.current().get("actors/bruno/index.html") is None, "a deleted folder")


def test_a_copied_file_that_goes_takes_its_problem_along_and_leaves_another_behind(preview):
    def codes():
        return {problem.code for problem in preview.engine.current().problems}

    preview.write("content/static/boat.svg", "<svg/>")
    preview.write("content/pages/about.md", "---\ntitle: About\n---\n![A boat](/boat.svg)\n")
    preview.wait(lambda: shows(preview, "boat.svg", "about/index.html"), "a page with a picture")
    preview.write("content/static/about/index.html", "mine")
    preview.wait(lambda: "path-twice" in codes(), "a file in the place of a page")
    (preview.root / "content/static/about/index.html").unlink()
    preview.wait(lambda: not preview.engine.current().stops_build, "the page alone")
    assert "link-dead" not in codes()
    (preview.root / "content/static/boat.svg").unlink()
    preview.wait(lambda: "link-dead" in codes(), "a page without its picture")


@pytest.mark.parametrize("times", [1, 2])
def test_a_content_folder_in_the_place_of_another_is_watched(times, tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "RECHECK_DELAY", 600.0)  # only what an event tells of is seen
    monkeypatch.setattr(watching, "IDLE_INTERVAL", 600.0)
    preview = Preview(tmp_path / "it")
    try:
        for time_ in range(times):
            # What the preview lays there to see whether events come is gone a moment later.
            shutil.copytree(preview.root / "content", preview.root / "copy", ignore=shutil.ignore_patterns(".backstory-probe-*"))
            (preview.root / "content").rename(preview.root / f"before-{time_}")
            (preview.root / "copy").rename(preview.root / "content")
            preview.write("content/actors/bruno.md", f"---\nname: Bruno {time_}\n---\n")
            preview.wait(lambda name=f"Bruno {time_}": shows(preview, name, "actors/bruno/index.html"), "a new folder")
        time.sleep(0.5)
        for words in ("Once.", "Twice."):
            preview.write(PATH, says(words))
            preview.wait(lambda words=words: shows(preview, words), "a save in it", limit=20)
    finally:
        preview.close()


def test_a_burst_of_many_files_ends_in_all_of_them(preview):
    for n in range(200):
        preview.write(f"content/actors/a{n}.md", f"---\nname: Actor Number {n}\n---\n")
    preview.wait(lambda: all(preview.engine.current().get(f"actors/a{n}/index.html") for n in range(200)), "all of 200 files")
    assert len(preview.changes) < 60


def test_a_save_that_changes_nothing_is_none(preview):
    preview.write(PATH, EXPLAINER)
    os.utime(preview.root / PATH)
    preview.write("content/explainers/.hidden.md", "x")
    preview.write("content/explainers/ferry.md~", "x")
    preview.write(PATH, says("And now."))
    preview.wait(lambda: shows(preview, "And now.") and preview.changes)  # it is shown a moment before it is told
    assert [change.saved for change in preview.changes] == [(PATH,)]


def test_reading_is_no_change(tmp_path):
    preview = Preview(tmp_path / "it")
    try:
        for _ in range(20):
            (preview.root / PATH).read_bytes()
        subprocess.run(["ls", "-lR", str(preview.root)], check=True, capture_output=True)
        preview.write(PATH, says("The only one."))
        preview.wait(lambda: shows(preview, "The only one.") and preview.changes)
        assert len(preview.changes) == 1
    finally:
        preview.close()


def looked(tmp_path, monkeypatch, **faults):
    """Watch a folder where something does not work; return what was looked at, and what was said."""
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text("one")
    seen, said, woken = [], [], threading.Event()

    def rebuild(names):
        seen.extend(names)
        woken.set()

    for name, value in faults.items():
        monkeypatch.setattr(watching, name, value)
    watch = Watch(tmp_path, rebuild, notify=said.append)
    return watch, seen, said, woken


def test_where_no_events_arrive_it_polls_and_says_why(tmp_path, monkeypatch):
    import watchdog.observers

    class Deaf(watchdog.observers.Observer):
        def schedule(self, handler, path, *, recursive=False):
            # as a mount whose system never tells
            return super().schedule(handler, path, recursive=recursive) if not path.startswith(str(tmp_path)) else None

    monkeypatch.setattr(watchdog.observers, "Observer", Deaf)
    watch, seen, said, woken = looked(tmp_path, monkeypatch, PROBE_TIMEOUT=0.2)
    watch.start()
    try:
        until = time.monotonic() + 60
        while not said and time.monotonic() < until:
            time.sleep(0.02)
        assert "does not report changed files" in said[0]
        (tmp_path / "content/a.md").write_text("two")
        assert woken.wait(60)
        assert "content/a.md" in seen
        assert [path.name for path in (tmp_path / "content").iterdir()] == ["a.md"]
    finally:
        watch.stop()


def test_at_the_systems_limit_it_polls_and_says_which(tmp_path, monkeypatch):
    import watchdog.observers

    class Full(watchdog.observers.Observer):
        def start(self):
            raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(watchdog.observers, "Observer", Full)
    watch, seen, said, woken = looked(tmp_path, monkeypatch)
    watch.start()
    try:
        assert watch.polls
        assert "fs.inotify.max_user_watches" in said[0]
        (tmp_path / "content/a.md").write_text("two")
        assert woken.wait(60)
        assert "content/a.md" in seen
    finally:
        watch.stop()


@pytest.mark.parametrize("at_most", ["made", "one more"])
def test_where_the_system_has_no_watcher_left_it_polls_and_says_why(tmp_path, monkeypatch, at_most):
    import watchdog.observers

    number, told = {"made": (errno.EMFILE, "max_user_instances"), "one more": (errno.ENOSPC, "max_user_watches")}[at_most]

    class Full(watchdog.observers.Observer):
        def __init__(self):
            if at_most == "made":
                raise OSError(number, "no more")
            super().__init__()

        def schedule(self, handler, path, *, recursive=False):
            if not path.startswith(str(tmp_path)):  # as for the folder for which there is no room, of which watchdog says nothing
                raise OSError(number, "no more")
            return super().schedule(handler, path, recursive=recursive)

    monkeypatch.setattr(watchdog.observers, "Observer", Full)
    watch, seen, said, woken = looked(tmp_path, monkeypatch)
    watch.start()
    try:
        assert told in said[0]
        (tmp_path / "content/a.md").write_text("two")
        assert woken.wait(60)
        assert "content/a.md" in seen
        assert len(said) == 1
    finally:
        watch.stop()


def test_a_folder_that_is_made_when_no_more_can_be_watched_is_seen(tmp_path, monkeypatch):
    watch, _seen, said, woken = looked(tmp_path, monkeypatch)
    watch.start()
    try:
        assert not watch.polls
        monkeypatch.setattr(watching, "check_watch_limit", refuses)
        (tmp_path / "content/new").mkdir()
        until = time.monotonic() + 60
        while not said and time.monotonic() < until:
            time.sleep(0.02)
        assert "max_user_watches" in said[0]
        (tmp_path / "content/new/b.md").write_text("two")
        assert woken.wait(60)
    finally:
        watch.stop()


def refuses(_observer):
    raise OSError(errno.ENOSPC, "no more")


def test_a_thousand_saves_are_all_seen_and_leave_nothing_behind(tmp_path):
    preview = Preview(tmp_path / "it")
    try:
        for n in range(200):
            preview.write(PATH, says(f"Warm {n}."))
        preview.wait(lambda: shows(preview, "Warm 199."))
        before = memory()
        for n in range(1000):
            preview.write(PATH, says(f"Save {n}."))
            if n % 10 == 0:
                preview.wait(lambda n=n: shows(preview, f"Save {n}."))
        preview.wait(lambda: shows(preview, "Save 999."))
        assert memory() - before < 20_000
    finally:
        preview.close()


def memory():
    status = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in status if line.startswith("VmRSS"))


FOLDERS_IN_FOLDERS = """
import sys, time
from pathlib import Path
from builder.preview.watching import Watch

sys.setswitchinterval(1e-5)
root = Path(sys.argv[1])
seen = set()
watch = Watch(root, seen.update)
watch.start()
folder = root / "templates"
for number in range(40):
    folder = root / "templates" / str(number)
    folder.mkdir()
    until = time.perf_counter() + number * 5e-6
    while time.perf_counter() < until:
        pass
    for name in "abcdefg":
        folder = folder / name
        folder.mkdir()
    time.sleep(0.002)
page = folder / "page.html"
page.write_text("a template")
until = time.monotonic() + 100
while page.relative_to(root).as_posix() not in seen and time.monotonic() < until:
    time.sleep(0.02)
watch.stop()
print("seen" if page.relative_to(root).as_posix() in seen else sorted(seen))
"""
"""Folders made one within the other while the first is being listed, so that some are listed twice."""


def test_folders_made_within_new_folders_are_watched_without_a_word(tmp_path):
    for name in ("content", "templates"):
        (tmp_path / name).mkdir()

    command = [sys.executable, "-W", "error", "-c", FOLDERS_IN_FOLDERS, str(tmp_path)]
    ran = subprocess.run(command, capture_output=True, text=True, timeout=200, check=True)

    assert ran.stderr == ""
    assert ran.stdout == "seen\n"
