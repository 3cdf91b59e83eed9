"""Publishing to a folder of this machine."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from builder import cli
from tests.publish.servers import PATIENCE, REPOSITORY, Readers, file_reader

MARKER = ".backstory-published"


@pytest.fixture
def live(site, tmp_path):
    folder = tmp_path / "www/live"
    site.targets(f"live: {{to: folder, path: {folder}}}")
    return folder


def there(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != MARKER}


def test_a_site_lives_in_a_folder_and_a_reader_never_meets_a_broken_page(site, live):
    assert site.publish("--dry-run").code == cli.FINE
    assert not live.exists()
    assert site.publish().code == cli.FINE
    assert there(live) == site.files()
    (live / ".well-known").mkdir()
    theirs = {"theirs.txt": b"theirs", ".well-known/proof": b"theirs"}
    for path, data in theirs.items():
        (live / path).write_bytes(data)
    (live / "about/index.html").write_text("tampered")
    with Readers(file_reader(live)) as readers:
        site.add()
        told = site.publish("--json").told
        assert "about/index.html" in told["changed"]
        assert there(live) == site.files() | theirs
        site.remove()
        assert site.publish().code == cli.PROBLEMS
        assert site.publish("--allow-deletes").code == cli.FINE
    assert readers.walks
    assert readers.wrong == []
    assert there(live) == site.files() | theirs
    assert [path.name for path in live.parent.iterdir()] == ["live"]


def test_a_folder_with_files_of_others_is_refused(site, live):
    live.mkdir(parents=True)
    (live / "theirs.txt").write_text("theirs")
    assert "Backstory did not put there" in site.publish().err
    assert there(live) == {"theirs.txt": b"theirs"}


def test_a_dry_run_leaves_the_built_site_as_it_is(site, live):
    assert site.publish().code == cli.FINE
    draft = site.root / "content/explainers/my-draft.md"
    draft.write_text("---\ntitle: My draft\nsummary: Not yet.\nstatus: draft\npublished: 2025-10-20\n---\nText.\n")
    (site.root / "content/static/new.txt").write_text("new")
    assert cli.main(["build", "--drafts", "--root", str(site.root), "--jobs", "1"]) == cli.FINE
    (site.root / "content/static/newer.txt").write_text("newer")
    before, live_before = site.files(), there(live)
    assert "explainers/my-draft/index.html" in before
    for _ in range(2):
        done = site.publish("--dry-run", "--json")
        assert (done.told["new"], done.told["sent"]) == (["new.txt", "newer.txt"], False)
        assert (site.files(), there(live)) == (before, live_before)
    assert cli.main(["clean", "--root", str(site.root)]) == cli.FINE
    assert not (site.root / ".backstory").exists()


@pytest.mark.parametrize("theirs, ours", [("news", "news/a.txt"), ("notes/deep.txt", "notes")])
def test_files_of_others_are_not_replaced_by_a_folder_nor_folders_by_a_file(site, live, theirs, ours):
    assert site.publish().code == cli.FINE
    (live / theirs).parent.mkdir(exist_ok=True)
    (live / theirs).write_text("theirs")
    before = there(live)
    site.is_refused(ours, f"{theirs} at {live}")
    assert there(live) == before


@pytest.mark.parametrize("path", [".", "content", "site", "..", "templates/x"])
def test_the_sites_own_folders_are_refused(site, path):
    site.targets(f"live: {{to: folder, path: {path}}}")
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert "own files" in done.err


def test_a_user_who_is_not_here_has_no_folder(site):
    site.targets("live: {to: folder, path: ~nobody-of-this-name/live}")
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert done.err.startswith("backstory: ~nobody-of-this-name/live leads nowhere")


def test_who_has_no_home_can_publish(site, live, monkeypatch):
    def nowhere():
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.setattr(Path, "home", nowhere)
    assert site.publish().code == cli.FINE
    assert live.is_dir()


def test_a_link_to_the_folder_stays_a_link(site, live):
    real = live.parent / "real"
    real.mkdir(parents=True)
    live.symlink_to(real)
    assert site.publish().code == cli.FINE
    assert live.is_symlink()
    assert there(real) == site.files()


def test_packed_copies_lie_beside_texts(site, live):
    import gzip

    site.targets(f"live: {{to: folder, path: {live}, precompress: yes}}")
    assert site.publish().code == cli.FINE
    assert gzip.decompress((live / "index.html.gz").read_bytes()) == (live / "index.html").read_bytes()
    assert not list(live.rglob("*.woff2.gz"))
    assert site.publish("--json").told["sent"] is False


def test_killed_while_it_is_laid_the_folder_is_as_it_was(site, live):
    site.publish()
    before = there(live)
    site.add()
    code = (
        "import sys, builder.publish.folder as f, signal, os\n"
        "def die(*_): os.kill(os.getpid(), signal.SIGKILL)\n"
        "f.exchange = die\n"
        "from builder import cli\n"
        "cli.main(sys.argv[1:])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, "publish", "--root", site.root], cwd=REPOSITORY, check=False, capture_output=True, timeout=PATIENCE
    )
    assert done.returncode == -signal.SIGKILL
    assert there(live) == before
    assert sorted(path.name for path in live.parent.iterdir()) == [".live.backstory-lock", ".live.backstory-new", "live"]
    assert site.publish().code == cli.FINE
    assert there(live) == site.files()
    assert [path.name for path in live.parent.iterdir()] == ["live"]


def test_who_interrupts_is_told_what_stays(site, live, monkeypatch):
    def interrupt(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("builder.publish.folder.exchange", interrupt)
    code = cli.main(["publish", "--root", str(site.root), "--jobs", "1"])
    assert code == cli.INTERRUPTED
    assert "publish again" in site.capsys.readouterr().err
    assert not live.exists()


def test_a_full_disk_or_a_forbidden_folder_is_told(site, live, monkeypatch):
    def refuse(*_):
        raise OSError(28, "No space left on device", str(live))

    monkeypatch.setattr("builder.publish.folder.exchange", refuse)
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert "no space left" in done.err
    assert not live.exists()


def test_a_disk_of_its_own_cannot_be_the_folder_and_is_told_so(site, live, monkeypatch):
    def refuse(*_):
        raise OSError(errno.EBUSY, "Device or resource busy", str(live))

    monkeypatch.setattr("builder.publish.folder.exchange", refuse)
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert "is a disk of its own, and nothing can take its place in one step. Choose a folder in it. The folder is as it was." in done.err


def test_a_page_that_was_published_and_is_gone_is_told_even_if_another_machine_published_it(site, live):
    site.add()
    assert site.publish().code == cli.FINE
    shutil.rmtree(site.root / "site")
    (site.root / "content/explainers/school.md").rename(site.root / "content/explainers/the-school.md")
    done = site.publish("--dry-run")
    advice = "/explainers/school/ was published before and is gone. Is it now /explainers/the-school/? Then add to content/explainers/the-school.md: “aliases: [/explainers/school/]”"
    assert done.out.splitlines()[0] == advice
    assert site.publish().out.count("was published before") == 1
    assert "was published before" not in site.publish().out


def test_the_ids_that_are_gone_are_those_that_the_host_loses(site, live, tmp_path):
    site.add()
    assert site.publish().code == cli.FINE
    assert site.publish("--dry-run").code == cli.FINE
    shutil.copytree(live, tmp_path / "second")
    site.remove()
    lost = "Gone with their ids: /actors/nela-voss/, /events/voss-speaks/, /sources/lantern-1020/."
    assert lost in site.publish("--allow-deletes").out
    assert "Gone with" not in site.publish("--dry-run").out
    # The build has told it once; another host loses them all the same.
    site.targets(f"second: {{to: folder, path: {tmp_path}/second}}")
    assert lost in site.publish("--allow-deletes").out


def test_what_another_program_has_done_to_the_built_site_is_not_published(site, live):
    assert site.publish().code == cli.FINE
    before = site.files()
    home, about = site.root / "site/index.html", site.root / "site/about/index.html"
    with home.open("ab") as page:
        page.write(b"<p>Words that nobody said.</p>")
    assert cli.main(["build", "--root", str(site.root), "--jobs", "1"]) == cli.FINE
    assert "/index.html was changed by another program" in site.capsys.readouterr().out
    assert site.files() == before
    times = about.stat()
    about.write_bytes(b"\0" + about.read_bytes()[1:])
    os.utime(about, ns=(times.st_atime_ns, times.st_mtime_ns))
    damaged = site.files()
    assert "/about/index.html was changed by another program" in (tried := site.publish("--dry-run")).out
    assert "would be made again" in tried.out
    assert site.publish("--dry-run", "--json").told["changed_by_others"] == ["about/index.html"]
    assert site.files() == damaged
    done = site.publish()
    assert "/about/index.html was changed by another program" in done.out
    assert (site.files(), there(live)) == (before, before)


def test_samples_that_are_left_are_told_and_stop_nothing(site, tmp_path):
    site.targets(f"live: {{to: folder, path: {tmp_path}/live}}")
    assert "are samples of “backstory init”" in " ".join(site.publish("--json", "--dry-run").told["notes"])
    done = site.publish()
    assert (done.code, "[sample-published]" in done.out) == (cli.FINE, True)
    page = site.root / "content/explainers/lighthouse.md"
    page.write_text(page.read_text().replace("title: Who", "title: Now who"))
    assert cli.main(["check", "--root", str(site.root)]) == cli.FINE
    assert "winter-ferry.md is a sample" in site.capsys.readouterr().out
