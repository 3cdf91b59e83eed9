"""Publishing with rsync over ssh, to a real sshd on this machine."""

import json
import os
import tempfile

import pytest

from builder import cli
from builder.publish import rsync
from builder.publish.programs import ProgramFailed
from tests.publish.servers import Proxy, Readers, broken, file_reader

MARKER = ".backstory-published"


@pytest.fixture
def web(site, ssh_server, tmp_path, monkeypatch):
    """The folder of the server that a site is published to."""
    folder = tmp_path / "served here"
    site.targets(f"box: {{to: rsync, host: {ssh_server.user}@127.0.0.1, path: {folder}}}")
    monkeypatch.setenv("RSYNC_RSH", ssh_server.ssh())
    return folder


def there(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != MARKER}


def test_a_site_lives_on_a_server_and_a_reader_never_meets_a_broken_page(site, web):
    dry = site.publish("--dry-run")
    assert (dry.code, web.exists()) == (cli.FINE, False)
    assert "index.html" in dry.out
    done = site.publish("--json")
    assert done.code == cli.FINE, done.told
    assert there(web) == site.files()
    assert (web / "index.html").stat().st_mode & 0o777 == 0o644

    # Somebody changes a page there without changing its size or time, and somebody adds files.
    page = web / "about/index.html"
    before = page.stat()
    page.write_bytes(page.read_bytes().replace(b"made up", b"Made up"))
    os.utime(page, ns=(before.st_atime_ns, before.st_mtime_ns))
    theirs = {"notes.txt": b"theirs", "explainers/winter-ferry/notes.txt": b"theirs"}
    for path, data in theirs.items():
        (web / path).write_bytes(data)

    with Readers(file_reader(web)) as readers:
        site.add()
        told = site.publish("--json").told
        assert {"explainers/school/index.html", "actors/nela-voss/index.html", "pictures/school.svg"} <= set(told["new"])
        assert {"index.html", "about/index.html"} <= set(told["changed"])
        assert "assets/backstory.css" not in told["changed"]
        assert there(web) == site.files() | theirs

        site.remove()
        refused = site.publish()
        assert refused.code == cli.PROBLEMS
        assert "--allow-deletes" in refused.err
        assert (web / "explainers/school/index.html").exists()

        done = site.publish("--allow-deletes", "--json")
        assert "explainers/school/index.html" in done.told["deleted"]
        assert there(web) == site.files() | theirs
        assert not (web / "explainers/school").exists()
    assert readers.walks > 2
    assert readers.wrong == []

    for path in (*theirs, MARKER):
        (web / path).unlink()
    assert "was missing" in " ".join(site.publish("--json").told["notes"])
    assert there(web) == site.files()


def test_a_folder_with_files_of_others_is_refused(site, web):
    web.mkdir()
    (web / "theirs.html").write_text("theirs")
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert "Backstory did not put there" in done.err
    assert there(web) == {"theirs.html": b"theirs"}


@pytest.mark.parametrize(
    "theirs, ours, told",
    [("my news", "my news/a.txt", "my news"), ("notes/deep.txt", "notes", "notes/"), ("a/ümläut", "a/ümläut/c/d.txt", "a/ümläut")],
)
def test_files_of_others_are_not_replaced_by_a_folder_nor_folders_by_a_file(site, web, theirs, ours, told):
    assert site.publish().code == cli.FINE
    (web / theirs).parent.mkdir(parents=True, exist_ok=True)
    (web / theirs).write_text("theirs")
    before = there(web)
    site.is_refused(ours, f"{told} at ")
    assert there(web) == before


def test_a_link_of_others_is_not_replaced_by_a_folder(site, web, tmp_path):
    assert site.publish().code == cli.FINE
    (web / "news").symlink_to(tmp_path)
    mine = site.root / "content/static/news/a.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine")
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert "news at " in done.err
    assert (web / "news").is_symlink()


def test_names_that_a_shell_would_read_arrive(site, web):
    for name in ("$(touch x) 'a' \"b\";.txt", "ümläut & space.txt", "[a-z]*.txt"):
        (site.root / "content/static" / name).write_text(name)
    assert site.publish().code == cli.FINE
    assert there(web) == site.files()
    for name in ("ümläut & space.txt", "[a-z]*.txt"):
        (site.root / "content/static" / name).unlink()
    assert site.publish("--json").told["deleted"] == ["[a-z]*.txt", "ümläut & space.txt"]
    assert there(web) == site.files()


@pytest.mark.parametrize("folder", ["of mine", "100%", "/".join(["long"] * 20)])
def test_passing_files_may_lie_where_ssh_can_keep_no_connection(site, web, tmp_path, monkeypatch, folder):
    passing = tmp_path / folder
    passing.mkdir(parents=True)
    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    done = site.publish()
    assert done.code == cli.FINE, done.err


def test_a_server_that_does_not_let_us_in_is_told_at_once(site, web, ssh_server, monkeypatch):
    monkeypatch.setenv("RSYNC_RSH", ssh_server.ssh().replace("/client ", "/host "))
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert "the server does not let you in. Look at your ssh agent" in done.err
    assert "Traceback" not in done.err


@pytest.mark.parametrize(
    "code, said, told",
    [
        (11, 'rsync: [Receiver] mkdir "/x" failed: No such file or directory (2)', "the folder above it is not there. Make it first."),
        (127, "sh: 1: rsync: not found", "the server has no rsync"),
        (
            11,
            'rsync: [receiver] write failed on "/x/a": No space left on device (28)',
            'no room left: write failed on "/x/a": No space left on device.',
        ),
        (
            23,
            'rsync: [receiver] mkstemp "/x/.a" failed: Permission denied (13)',
            'you may not write there: mkstemp "/x/.a" failed: Permission denied.',
        ),
        (
            3,
            'rsync: [sender] link_stat "/x/a" failed: Too many levels (40)',
            ': link_stat "/x/a" failed: Too many levels.',
        ),
        (12, "rsync: connection unexpectedly closed (0 bytes received so far) [sender]", "cannot be reached: the connection broke off."),
    ],
)
def test_what_rsync_says_of_a_refusal_is_told_in_words(site, web, monkeypatch, code, said, told):
    def refuse(*_, **__):
        raise ProgramFailed("rsync", code, f"{said} / rsync error: error in file IO (code {code}) at main.c(808) [Receiver=3.5.0]")

    monkeypatch.setattr("builder.publish.rsync.run", refuse)
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert told in done.err
    assert not any(word in done.err for word in ("rsync error", "main.c", "[receiver]"))


def test_what_a_publish_has_sent_that_failed_since_the_comparison_is_found(site, web, monkeypatch):
    """Its list is the same before and after: it was written before its files."""
    site.publish()
    begun = json.loads((web / MARKER).read_bytes())
    del begun["published"]
    (web / MARKER).write_text(json.dumps(begun))
    site.add()
    hold = rsync.RsyncPublisher.hold

    def late(self):
        (web / "about/index.html").write_bytes(b"theirs")
        return hold(self)

    monkeypatch.setattr(rsync.RsyncPublisher, "hold", late)
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert "was changed by another process in the meantime" in done.err
    monkeypatch.setattr(rsync.RsyncPublisher, "hold", hold)
    assert site.publish().code == cli.FINE
    assert there(web) == site.files()


def test_a_connection_that_breaks_is_tried_again(site, web, ssh_server, monkeypatch):
    with Proxy(ssh_server.port, after=30_000, cuts=2) as proxy:
        monkeypatch.setenv("RSYNC_RSH", ssh_server.ssh(proxy.port))
        done = site.publish()
        assert proxy.reached.is_set()
    assert done.code == cli.FINE, done.err
    assert there(web) == site.files()


def test_killed_half_way_the_next_publish_sends_the_rest(site, web, ssh_server):
    """No page is there without its assets, and nothing of ours is forgotten."""
    with Proxy(ssh_server.port, after=250_000, stall=True) as proxy:
        site.publish_and_kill(proxy, RSYNC_RSH=ssh_server.ssh(proxy.port))
    # The other side still clears away what it was given in parts.
    assert not (web / "index.html").exists() or not broken(file_reader(web))
    told = site.publish("--json").told
    assert told["sent"] is True
    assert told["unchanged"] > 0
    assert there(web) == site.files()
