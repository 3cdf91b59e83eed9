"""A build that finds nothing changed ends at once, and whatever changes is noticed: the result is always that of a build without a receipt."""

import json
import os
import re
import shutil
import subprocess
import sys
import threading
from pathlib import Path
from types import SimpleNamespace

import pytest

import builder.build.pipeline
from builder import cli, output
from builder.content import reading
from builder.incremental import small_files, up_to_date

pytestmark = pytest.mark.slow

TALKS = """---
title: Talks
published: 2022-01-20
actors:
  - nato
---
They said no, [[nato]] too.
"""
FILES = {
    "content/site.yaml": "title: A site\nbase_url: https://example.org/\nnav: [{title: About, path: /about/}]\n",
    "content/explainers/talks.md": TALKS,
    "content/explainers/later.md": TALKS.replace("Talks", "Later").replace("2022-01-20", "2031-05-01"),
    "content/explainers/draft.md": TALKS.replace("Talks", "Draft").replace("actors:", "status: draft\nactors:"),
    "content/actors/nato.md": "---\nname: NATO\ntype: Organization\n---\nAn alliance.\n",
    "content/pages/about.md": "---\ntitle: About\n---\nWho we are.\n",
    "content/static/data/numbers.csv": "a,b\n1,2\n",
    "templates/assets/own.css": "p { color: black }\n",
}
DAY = 1_700_000_000


def lay(root, more=FILES):
    for path, text in more.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")


class Builder:
    """Builds as the command does, and knows whether a build ran or the receipt was enough."""

    def __init__(self, monkeypatch, capsys):
        self.ran = 0
        self._capsys = capsys
        run = builder.build.pipeline.build

        def counted(*arguments, **named):
            self.ran += 1
            return run(*arguments, **named)

        monkeypatch.setattr(builder.build.pipeline, "build", counted)

    def __call__(self, root, *arguments):
        """Return the exit code, and what was told but for the seconds and the folder."""
        self.ran = 0
        self._capsys.readouterr()
        code = cli.main(["build", "--root", str(root), "--jobs", "1", *arguments])
        told = self._capsys.readouterr()
        return code, *(re.sub(r"in \d+\.\d s", "", text).replace(str(root), "ROOT") for text in told)


@pytest.fixture
def build(monkeypatch, capsys):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DAY))
    return Builder(monkeypatch, capsys)


@pytest.fixture(params=["by their times", "by what is in them"])
def aged(request, monkeypatch):
    """Files that were written long ago, and those that were just written."""
    if request.param == "by their times":
        monkeypatch.setattr(up_to_date, "WINDOW", 0)


@pytest.fixture
def site(tmp_path, build):
    root = tmp_path / "site-of-ours"
    lay(root)
    assert build(root)[0] == cli.FINE
    return root


def tree(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None for path in sorted(folder.rglob("*"))}


def receipts_of(root):
    return sorted((root / small_files.STATE_FOLDER / "receipts").iterdir())


def test_the_second_build_needs_none(site, build, aged):
    for _ in range(2):
        code, told, problems = build(site)
        assert (code, build.ran, problems) == (cli.FINE, 0, "")
        assert re.search(r"0 written, \d+ unchanged\.\n1 explainer is scheduled: “Later”", told)


def test_it_loads_nothing_that_reads_or_renders(site):
    program = (
        f"import sys; from builder.cli import main; code = main(['build', '--root', {str(site)!r}])\n"
        "print(code, *sorted(sys.modules), file=sys.stderr)"
    )
    (site / "content/explainers/later.md").unlink()
    (site / "content/stray.txt").write_text("x")
    told = []
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True)
        told.append(set(done.stderr.split()))
        assert "0" in told[-1]
    heavy = {"builder.build.pipeline", "builder.output", "builder.content.parse", "builder.model", "markdown_it", "jinja2", "yaml", "rich"}
    assert "builder.build.pipeline" in told[0]
    assert "content/stray.txt:" in told[1]
    assert not heavy & told[1]
    # Of what tells problems nothing is loaded where there are none.
    (site / "content/stray.txt").unlink()
    for _ in range(2):
        done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=120, check=True)
    at_start = subprocess.run(
        [sys.executable, "-c", "import sys; print(*sys.modules)"], capture_output=True, text=True, timeout=120, check=True
    )
    light = {*heavy, "msgspec", "json", "datetime", "argparse", "pathlib", "typing", "re"} - set(at_start.stdout.split())
    assert not light & set(done.stderr.split())


# --- whatever changes ----------------------------------------------------------------


def edited(root, path="content/explainers/talks.md", old="said", new="says"):
    file = root / path
    file.write_bytes(file.read_bytes().replace(old.encode(), new.encode()))


def edited_and_put_back(root):
    """As a program does that keeps times: the size and the time are those of before."""
    file = root / "content/explainers/talks.md"
    before = file.stat()
    edited(root)
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert (file.stat().st_size, file.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)


def replaced(root):
    file = root / "content/pages/about.md"
    before = file.stat()
    (root / "fresh").write_bytes(file.read_bytes().replace(b"we", b"us"))
    os.utime(root / "fresh", ns=(before.st_atime_ns, before.st_mtime_ns))
    (root / "fresh").replace(file)


def swapped(root):
    """Two files in each other's place: all the same files, under other names."""
    one, other = root / "content/explainers/talks.md", root / "content/explainers/later.md"
    one.rename(root / "aside")
    other.rename(one)
    (root / "aside").rename(other)


def own_template(root):
    shutil.copyfile(reading.DEFAULT_TEMPLATES / "page.html", root / "templates/page.html")
    edited(root, "templates/page.html", "</main>", "<hr></main>") if "</main>" in (root / "templates/page.html").read_text() else None


def forbidden(root):
    (root / "content/pages/about.md").chmod(0o200)


CHANGES = {
    "edited": edited,
    "edited, size and time put back": edited_and_put_back,
    "replaced by one of the same size and time": replaced,
    "touched": lambda root: os.utime(root / "content/pages/about.md"),
    "renamed": lambda root: (root / "content/pages/about.md").rename(root / "content/pages/who.md"),
    "two that changed places": swapped,
    "added": lambda root: lay(root, {"content/actors/eu.md": FILES["content/actors/nato.md"].replace("NATO", "EU")}),
    "deleted": lambda root: (root / "content/pages/about.md").unlink(),
    "moved into a folder of its own": lambda root: lay(root, {"content/pages/more/about.md": "---\ntitle: More\n---\n"}),
    "mode changed": lambda root: (root / "content/pages/about.md").chmod(0o600),
    "not to be read": forbidden,
    "settings edited": lambda root: edited(root, "content/site.yaml", "A site", "A sitE"),
    "settings deleted and made anew": lambda root: lay(root, {"content/site.yaml": "title: Another\n"}),
    "static file edited": lambda root: edited(root, "content/static/data/numbers.csv", "1", "3"),
    "static file added": lambda root: lay(root, {"content/static/robots.txt": "x"}),
    "in a folder that nobody knows": lambda root: lay(root, {"content/stray/x.md": "x"}),
    "template added": own_template,
    "folder of templates added": lambda root: lay(root, {"templates/assets/more/x.js": "1"}),
    "templates deleted": lambda root: shutil.rmtree(root / "templates"),
    "asset edited": lambda root: edited(root, "templates/assets/own.css", "black", "white"),
    "asset hidden": lambda root: (root / "templates/assets/own.css").rename(root / "templates/assets/.own.css"),
    "explainers deleted": lambda root: shutil.rmtree(root / "content/explainers"),
    "draft published": lambda root: edited(root, "content/explainers/draft.md", "status: draft", "status: published"),
    "its day put forward": lambda root: edited(root, "content/explainers/later.md", "2031", "2021"),
    "a page deleted": lambda root: (root / "site/about/index.html").unlink(),
    "a page in the place of a folder": lambda root: (shutil.rmtree(root / "site/about"), (root / "site/about").write_text("x")),
    "a folder in the place of a page": lambda root: (
        (root / "site/about/index.html").unlink(),
        (root / "site/about/index.html").mkdir(),
    ),
    "a link in the place of a page": lambda root: (
        (root / "site/about/index.html").rename(root / "site/about/x.html"),
        (root / "site/about/index.html").symlink_to("x.html"),
    ),
    "the manifest deleted": lambda root: (root / "site/.backstory-manifest").unlink(),
    "the manifest of another build": lambda root: edited(root, "site/.backstory-manifest", "about", "abode"),
    "the output deleted": lambda root: shutil.rmtree(root / "site"),
    "the output emptied": lambda root: (shutil.rmtree(root / "site"), (root / "site").mkdir()),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_noticed_and_leads_where_it_led_before(change, site, build, tmp_path, monkeypatch):
    monkeypatch.setattr(up_to_date, "WINDOW", 0)  # by the times alone: what is in the files is looked at besides
    build(site)
    build(site)
    assert build.ran == 0
    change(site)
    twin = tmp_path / "twin"
    shutil.copytree(site, twin, symlinks=True, copy_function=_copied)
    shutil.rmtree(twin / small_files.STATE_FOLDER)
    told = build(site)
    assert build.ran == 1
    assert told == build(twin)
    assert tree(site / "site") == tree(twin / "site") if (site / "site").exists() else not (twin / "site").exists()


def _copied(source, target):
    """Copy what its owner may not read too, as it is."""
    mode = Path(source).lstat().st_mode
    if Path(source).is_symlink() or os.access(source, os.R_OK):
        shutil.copy2(source, target, follow_symlinks=False)
    else:
        Path(source).chmod(0o600)
        shutil.copy2(source, target)
        Path(source).chmod(mode)
        Path(target).chmod(mode)


@pytest.mark.parametrize("folder", ["content/static", "templates/assets"])
def test_a_link_that_leads_elsewhere_now_is_noticed(folder, site, build, aged):
    lay(site, {f"{folder}/one.txt": "one", f"{folder}/two.txt": "two"})
    link = site / folder / "link.txt"
    link.symlink_to("one.txt")
    published = site / "site" / ("assets/link.txt" if folder.endswith("assets") else "link.txt")
    build(site)
    build(site)
    assert (build.ran, published.read_text()) == (0, "one")
    link.unlink()
    link.symlink_to("two.txt")
    build(site)
    assert (build.ran, published.read_text()) == (1, "two")
    (site / folder / "two.txt").write_text("TWO")
    build(site)
    assert (build.ran, published.read_text()) == (1, "TWO")


def test_what_a_link_to_the_folder_of_templates_leads_to_is_looked_at(site, build, tmp_path, aged):
    (site / "templates").rename(tmp_path / "shared")
    (site / "templates").symlink_to(tmp_path / "shared")
    lay(tmp_path, {"shared/404.html": "a"})
    build(site)
    build(site)
    assert build.ran == 0
    (tmp_path / "shared/404.html").write_text("b")
    build(site)
    assert build.ran == 1


def test_a_site_with_a_link_out_of_its_templates_is_never_up_to_date(site, build, tmp_path, aged):
    lay(tmp_path, {"shared/x.css": "a"})
    (site / "templates/assets/shared").symlink_to(tmp_path / "shared")
    for _ in range(2):
        build(site)
        assert build.ran == 1


@pytest.mark.parametrize(
    "arguments", [["--base-url", "https://example.com/"], ["--drafts"], ["--future"], ["--strict"], ["--output", "elsewhere"]], ids=str
)
def test_another_wish_is_another_build(arguments, site, build, tmp_path, monkeypatch, aged):
    monkeypatch.chdir(tmp_path)
    build(site, *arguments)
    assert build.ran == 1
    build(site, *arguments)
    assert build.ran == 0


def test_each_output_has_its_receipt(site, build, tmp_path, aged):
    build(site, "--output", str(tmp_path / "other"))
    build(site)
    assert build.ran == 0
    build(site, "--output", str(tmp_path / "other"))
    assert build.ran == 0


def test_what_another_wish_left_in_the_output_is_noticed(site, build, aged):
    build(site, "--drafts", "--no-cache")
    assert (site / "site/draft").exists() or (site / "site/explainers/draft").exists()
    build(site)
    assert build.ran == 1
    assert not list((site / "site").rglob("draft/*"))


def test_a_day_later_it_is_built_again(site, build, monkeypatch, aged):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DAY + 86_400))
    build(site)
    assert build.ran == 1


def test_on_its_day_an_explainer_is_published(site, build, monkeypatch):
    assert not list((site / "site").rglob("later/index.html"))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1940000000")
    build(site)
    assert list((site / "site").rglob("later/index.html"))


def test_another_version_believes_no_receipt(site, build, monkeypatch, aged):
    monkeypatch.setattr(up_to_date, "__version__", "99")
    build(site)
    assert build.ran == 1


def test_changed_modules_of_ours_are_noticed(site, build, monkeypatch, tmp_path, aged):
    package = tmp_path / "package"
    lay(package, {"plan.py": "1", "defaults/templates/page.html": "x"})
    monkeypatch.setattr(up_to_date, "PACKAGE_FOLDER", str(package))
    build(site)
    build(site)
    assert build.ran == 0
    lay(package, {"__pycache__/plan.pyc": "compiled"})
    build(site)
    assert build.ran == 0
    lay(package, {"plan.py": "2"})
    build(site)
    assert build.ran == 1


def test_our_own_templates_are_looked_at(site):
    seen = up_to_date.stamp_inputs(str(site), str(site / "site"), ())._seen
    folder = [os.path.realpath(value) if isinstance(value, str) else value for value in seen].index(str(reading.DEFAULT_TEMPLATES))
    assert "page.html" in seen[folder:]


@pytest.mark.skipif(sys.platform != "linux", reason="other disks take no such name")
def test_a_name_that_is_no_text_is_looked_at_too(site):
    odd = os.fsencode(site / "content/explainers") + b"/odd-\xff.md"
    with open(odd, "wb") as stream:  # noqa: PTH123 - a path of bytes
        stream.write(b"x")

    def inputs():
        return up_to_date.stamp_inputs(str(site), str(site / "site"), ()).inputs

    first = inputs()
    assert first == inputs()
    os.utime(odd, ns=(1, 1))
    assert first != inputs()


def test_a_pipe_in_the_place_of_a_folder_is_not_waited_for(site, build):
    shutil.rmtree(site / "templates")
    os.mkfifo(site / "templates")
    assert up_to_date.stamp_inputs(str(site), str(site / "site"), ()) is None


def test_another_library_is_noticed(site, build, monkeypatch, tmp_path, aged):
    folder = tmp_path / "lib/site-packages"
    lay(folder, {"pillow-11.dist-info/METADATA": "x"})
    monkeypatch.syspath_prepend(str(folder))
    build(site)
    build(site)
    assert build.ran == 0
    (folder / "pillow-11.dist-info").rename(folder / "pillow-12.dist-info")
    build(site)
    assert build.ran == 1


def test_all_that_the_output_has_is_looked_at(site, build):
    (receipt,) = receipts_of(site)
    groups = [group.split(b"\0") for group in up_to_date.read_receipt(str(receipt))[5].split(b"\0\0")]
    paths = [os.fsdecode(b"/".join(filter(None, (folder, name)))) for folder, *names in groups for name in names]
    assert sorted(paths) == sorted(name for name, data in tree(site / "site").items() if data and name[0] != ".")
    for path in (paths[0], paths[len(paths) // 2], paths[-1]):
        (site / "site" / path).unlink()
        build(site)
        assert build.ran == 1
        build(site)
        assert build.ran == 0


# --- time ------------------------------------------------------------------------------


@pytest.fixture
def coarse(monkeypatch):
    """A disk that counts time in days."""

    def day(moment):
        return moment - moment % (86_400 * 10**9)

    def _rounded(now):
        kept = {name: getattr(now, name) for name in ("st_mode", "st_dev", "st_ino", "st_size")}
        return SimpleNamespace(**kept, st_mtime_ns=day(now.st_mtime_ns), st_ctime_ns=day(now.st_ctime_ns))

    disk = SimpleNamespace(**{name: getattr(os, name) for name in dir(os) if not name.startswith("_")})
    disk.stat, disk.lstat = (lambda path, **how: _rounded(os.stat(path, **how))), (lambda path: _rounded(os.lstat(path)))  # noqa: PTH116 - a stand-in for that very function
    monkeypatch.setattr(up_to_date, "os", disk)


def test_a_change_within_one_step_of_the_clock_is_noticed(coarse, site, build, monkeypatch):
    monkeypatch.setattr(up_to_date, "WINDOW", 2 * 86_400 * 10**9)
    build(site, "--explain")
    build(site)
    assert build.ran == 0
    edited(site)
    build(site)
    assert build.ran == 1
    assert b"They says" in next((site / "site").rglob("talks/index.html")).read_bytes()
    edited(site, "site/.backstory-manifest", "about", "abode")
    build(site)
    assert build.ran == 1


def test_times_alone_would_not_show_it(coarse, site, build, monkeypatch):
    # That the disk above is as blind as it must be for that test to mean anything.
    monkeypatch.setattr(up_to_date, "WINDOW", -(2**70))
    build(site, "--explain")
    edited(site)
    build(site)
    assert build.ran == 0


def test_what_has_aged_is_not_read_again(site, build, monkeypatch):
    monkeypatch.setattr(up_to_date, "WINDOW", 3600 * 10**9)
    build(site, "--explain")
    (receipt,) = receipts_of(site)
    assert b"talks.md" in up_to_date.read_receipt(str(receipt))[6]
    monkeypatch.setattr(up_to_date, "WINDOW", 0)
    for _ in range(2):
        build(site)
        assert build.ran == 0
        assert up_to_date.read_receipt(str(receipt))[6] == b""
    edited(site)
    build(site)
    assert build.ran == 1


def test_a_clock_that_was_put_back_is_not_believed(site, build, monkeypatch, aged):
    now = up_to_date.time.time_ns()
    monkeypatch.setattr(up_to_date, "time", SimpleNamespace(time_ns=lambda: now - 3600 * 10**9))
    build(site)
    assert build.ran == 1


def test_an_edit_during_the_build_is_built_by_the_next(site, build, monkeypatch, aged):
    read = reading.read

    def and_edit(root, *known):
        found = read(root, *known)
        edited(site, old="says", new="told")
        return found

    edited(site)
    monkeypatch.setattr(reading, "read", and_edit)
    build(site)
    monkeypatch.setattr(reading, "read", read)
    assert b"They says" in next((site / "site").rglob("talks/index.html")).read_bytes()
    build(site)
    assert build.ran == 1
    assert b"They told" in next((site / "site").rglob("talks/index.html")).read_bytes()


# --- what is told -------------------------------------------------------------------------


@pytest.mark.parametrize("format_", cli.FORMATS)
def test_all_is_told_again(format_, site, build):
    lay(site, {"content/stray.txt": "x", "content/actors/eu.md": "---\nname: The EU\ntype: Organization\n---\n"})
    build(site)
    told = build(site, "--format", format_)
    assert build.ran == 0
    assert told == build(site, "--format", format_, "--no-cache")
    assert build.ran == 1
    assert "stray.txt" in told[1] + told[2]
    assert "eu.md" in told[1] + told[2]


def test_a_program_is_told_that_nothing_was_written(site, build):
    _, told, _ = build(site, "--json")
    data = json.loads(told)
    assert build.ran == 0
    assert (data["built"], data["fine"], data["written"], data["deleted"]) == (True, True, [], [])
    assert data["unchanged"] == sum(path.is_file() for path in (site / "site").rglob("*")) - 1
    assert data["waiting"][0]["title"] == "Later"


def test_what_is_gone_is_told_once(site, build, aged):
    (site / "content/explainers/talks.md").unlink()
    assert "/explainers/talks/ was published before and is gone" in build(site)[1]
    assert "gone" not in build(site)[1]
    assert build.ran == 0


def test_where_nothing_was_built_there_is_no_receipt(tmp_path, build, aged):
    lay(tmp_path, {**FILES, "content/stray.txt": "x"})
    for _ in range(2):
        assert build(tmp_path, "--strict")[0] == cli.PROBLEMS
        assert build.ran == 1
    assert not (tmp_path / small_files.STATE_FOLDER / "receipts").exists()


def test_explain_tells_of_every_file(site, build):
    _, told, _ = build(site, "--explain")
    assert build.ran == 1
    assert "keep   about/index.html" in told


# --- others, and the disk ----------------------------------------------------------------


def test_without_the_cache_no_receipt_is_believed_or_left(tmp_path, build):
    lay(tmp_path)
    build(tmp_path, "--no-cache")
    assert not (tmp_path / small_files.STATE_FOLDER).exists()
    build(tmp_path)
    build(tmp_path, "--no-cache")
    assert build.ran == 1


def test_clean_takes_the_receipts_along(site, build, capsys):
    assert receipts_of(site)
    assert cli.main(["clean", "--root", str(site)]) == cli.FINE
    build(site)
    assert build.ran == 1
    assert (site / "site/about/index.html").exists()


@pytest.mark.parametrize("what", ["new", "old", "one"])
def test_what_a_killed_build_left_is_set_right(what, site, build, aged):
    left = output.sibling(site / "site", what)
    left.mkdir()
    build(site)
    assert build.ran == 1
    assert not left.exists()


def test_a_build_at_work_is_waited_for(site, build, aged):
    edited(site)  # so that the one that holds the lock is no mere thought
    build(site)
    with output.locked(site / "site"):
        waiting = threading.Thread(target=cli.main, args=(["build", "--root", str(site), "--jobs", "1"],), daemon=True)
        waiting.start()
        waiting.join(0.5)
        assert waiting.is_alive()
    waiting.join(60)
    assert not waiting.is_alive()


def test_a_receipt_that_is_torn_or_of_something_else_is_none(site, aged):
    seen = up_to_date.stamp_inputs(str(site), str(site / "site"), (None, False, False, False, DAY // 86_400 + 719_163))
    kept = seen.noop_result
    (receipt,) = receipts_of(site)
    data = receipt.read_bytes()
    assert kept() is not None
    for size in (*range(40), *range(40, len(data), len(data) // 60), len(data) - 1):
        receipt.write_bytes(data[:size])
        assert kept() is None, size
    for place in range(0, len(data), len(data) // 60):
        receipt.write_bytes(data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :])
        assert kept() is None, place
    receipt.write_bytes(data[: len(data) // 2] + bytes(len(data) - len(data) // 2))
    assert kept() is None
    for more in (b"x", b"\0" * 5000):
        receipt.write_bytes(data + more)
        assert kept() is None
    receipt.unlink()
    receipt.mkdir()
    assert kept() is None


def test_a_disk_that_refuses_the_receipt_costs_nothing_else(tmp_path, build):
    lay(tmp_path)
    (tmp_path / small_files.STATE_FOLDER).write_text("a file")
    for _ in range(2):
        assert build(tmp_path)[0] == cli.FINE
        assert build.ran == 1


@pytest.mark.parametrize(
    "names",
    [
        [],
        ["a"],
        ["a/b"],
        ["a-b/x", "a/x", "a/y/z", "a0", "a0/b", "b/c", "index.html"],
        ["a/a/a/a", "a/b", "é/a", "é/é/a"],
        ["a/b", "aa/b", "ab"],
    ],
    ids=str,
)
def test_grouped_names_are_all_names(names):
    groups = [group.split("\0") for group in up_to_date.group_by_folder(sorted(names)).split("\0\0")]
    assert sorted(f"{folder}/{name}" if folder else name for folder, *inner in groups for name in inner) == sorted(names)
    assert len({folder for folder, *_ in groups}) == len(groups)
