"""Publishing by SFTP to a real sshd, and by WebDAV to a real server of it, on this machine."""

import json
import shutil
import sys
import time
from types import SimpleNamespace

import pytest

from builder import cli
from builder.model import PublishTarget
from builder.publish.lock import LOCK, PATIENCE as AGE
from builder.publish.remote_files import TEMPORARY_FOLDER, RemoteEntry
from builder.publish.webdav import opened
from tests.publish.conftest import Site
from tests.publish.servers import KEY, SECRET, Proxy, Readers, broken, file_reader, webdav

MARKER = ".backstory-published"


@pytest.fixture(scope="module")
def dav_server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("dav")
    with webdav(folder) as port:
        yield SimpleNamespace(folder=folder, port=port)


@pytest.fixture(params=["sftp", "webdav"])
def web(request, site, tmp_path, monkeypatch):
    """A folder of a server that a site is published to."""
    if request.param == "sftp":
        server, folder, home = request.getfixturevalue("ssh_server"), tmp_path / "served here", tmp_path / "home"
        monkeypatch.setenv("HOME", str(home))
        monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)

        def point(port=None, path=folder):
            server.home(home, port)
            site.targets(f"box: {{to: sftp, host: box, path: {path}}}")
    else:
        server = request.getfixturevalue("dav_server")
        folder = server.folder / tmp_path.name
        monkeypatch.setenv("WEBDAV_USER", KEY)
        monkeypatch.setenv("WEBDAV_PASSWORD", SECRET)

        def point(port=None, path=folder):
            below = path.relative_to(server.folder).as_posix()
            site.targets(f"box: {{to: webdav, endpoint: 'http://127.0.0.1:{port or server.port}/{below}/'}}")

    point()
    return SimpleNamespace(kind=request.param, folder=folder, port=server.port, point=point)


def there(web):
    files = (path for path in web.folder.rglob("*") if path.is_file() and path.name != MARKER)
    return {path.relative_to(web.folder).as_posix(): path.read_bytes() for path in files}


def test_a_site_lives_on_a_server_and_a_reader_never_meets_a_broken_page(site, web):
    odd = ["ümläut & space.txt", "a#b%20c?.txt", "[a-z]*.txt"]
    (site.root / "content/static").mkdir(exist_ok=True)
    for name in odd:
        (site.root / "content/static" / name).write_text(name)
    assert site.publish("--dry-run").code == cli.FINE
    assert not web.folder.exists()
    done = site.publish("--json")
    assert done.code == cli.FINE, done.told
    assert there(web) == site.files()
    assert site.publish("--json").told["sent"] is False
    assert sorted(path.name for path in web.folder.iterdir() if path.name.startswith(".")) == [MARKER]

    # Somebody changes a page there, and somebody adds files.
    (web.folder / "about/index.html").write_bytes(b"theirs")
    theirs = {"notes.txt": b"theirs", "explainers/winter-ferry/notes.txt": b"theirs"}
    for path, data in theirs.items():
        (web.folder / path).write_bytes(data)
    with Readers(file_reader(web.folder)) as readers:
        site.add()
        told = site.publish("--json").told
        assert {"explainers/school/index.html", "actors/nela-voss/index.html", "pictures/school.svg"} <= set(told["new"])
        assert {"index.html", "about/index.html"} <= set(told["changed"])
        assert "assets/backstory.css" not in told["changed"]
        assert there(web) == site.files() | theirs
    assert readers.walks > 2
    assert readers.wrong == []

    site.remove()
    assert "--allow-deletes" in site.publish().err
    assert "explainers/school/index.html" in site.publish("--allow-deletes", "--json").told["deleted"]
    assert there(web) == site.files() | theirs
    assert not (web.folder / "explainers/school").exists()


def test_releases_come_back_and_a_lost_list_heals(site, web):
    assert "has no site that Backstory published" in site.publish("--status").out
    site.publish()
    before = there(web)
    page = site.root / "content/pages/about.md"
    page.write_text(page.read_text() + "\nMore words.\n")
    assert site.publish().code == cli.FINE
    assert there(web) != before
    done = site.publish("--rollback")
    assert done.code == cli.FINE, done.err
    assert there(web) == before
    (web.folder / MARKER).unlink()
    told = site.publish("--json").told
    assert "was missing" in " ".join(told["notes"])
    assert there(web) == site.files()
    assert str(len(site.files())) in site.publish("--status").out


@pytest.mark.parametrize("web", ["sftp"], indirect=True)
def test_what_others_have_there_stays(site, web):
    web.folder.mkdir()
    (web.folder / "theirs.html").write_text("theirs")
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert "Backstory did not put there" in done.err
    assert there(web) == {"theirs.html": b"theirs"}
    (web.folder / "theirs.html").unlink()
    site.publish()
    (web.folder / "my news").write_text("theirs")
    before = there(web)
    site.is_refused("my news/a.txt", "my news at ")
    assert there(web) == before


def test_a_second_publisher_is_refused_until_the_first_is_silent_for_long(site, web):
    site.publish()
    page = site.root / "content/pages/about.md"
    page.write_text(page.read_text() + "\nMore words.\n")
    before = there(web)

    def hold(age):
        (web.folder / LOCK).write_text(json.dumps({"token": "theirs", "since": time.time() - age, "renewed": time.time() - age}))

    hold(60)
    done = site.publish()
    assert (done.code, "Another publish to" in done.err) == (cli.PROBLEMS, True)
    (web.folder / LOCK).unlink()
    assert there(web) == before
    hold(AGE + 60)
    if web.kind == "sftp":
        (web.folder / TEMPORARY_FOLDER).mkdir()
        (web.folder / TEMPORARY_FOLDER / "half").write_text("half")
    assert site.publish().code == cli.FINE
    assert there(web) == site.files()


def test_killed_half_way_another_machine_is_refused_and_the_next_publish_here_sends_the_rest(site, web, tmp_path, capsys):
    with Proxy(web.port, after=250_000, stall=True) as proxy:
        web.point(proxy.port)
        site.publish_and_kill(proxy)
    web.point()
    arrived = {}
    while (now := there(web)) != arrived:  # the server is not done with what had come to it
        arrived = now
        time.sleep(0.5)
    assert LOCK in arrived
    assert not (web.folder / "index.html").exists() or not broken(file_reader(web.folder))
    other = Site(shutil.copytree(site.root, tmp_path / "other", ignore=shutil.ignore_patterns(".backstory")), capsys)
    assert "has been under way for less than a minute" in other.publish().err
    assert there(web) == arrived
    told = site.publish("--json").told
    assert told["sent"] is True
    assert told["unchanged"] > 0
    assert there(web) == site.files()
    assert [path for path in web.folder.rglob(f"*{TEMPORARY_FOLDER}*") if path.is_file()] == []
    assert other.publish("--json").told["sent"] is False


def test_a_connection_that_breaks_is_tried_again_and_one_that_is_gone_is_told(site, web):
    with Proxy(web.port, after=150_000) as proxy:
        proxy.gone = True
        web.point(proxy.port)
        done = site.publish()
        assert proxy.reached.is_set()
    assert done.code == cli.PROBLEMS
    assert "have arrived, and stay. Publish again" in done.err
    assert "Traceback" not in done.err
    assert not broken(file_reader(web.folder))
    with Proxy(web.port, after=60_000, cuts=2) as proxy:
        web.point(proxy.port)
        told = site.publish("--json").told
        assert proxy.reached.is_set()
    assert told.get("sent"), told
    assert told["unchanged"] > 0
    assert there(web) == site.files()


@pytest.mark.parametrize("web", ["webdav"], indirect=True)
def test_a_file_becomes_a_folder_and_a_folder_a_file(site, web):
    static = site.root / "content/static"
    (static / "a").mkdir(parents=True)
    (static / "a/b.txt").write_text("in a folder")
    (static / "c").write_text("a file")
    assert site.publish().code == cli.FINE
    (static / "a/b.txt").unlink()
    (static / "a").rmdir()
    (static / "c").unlink()
    (static / "a").write_text("a file")
    (static / "c").mkdir()
    (static / "c/d.txt").write_text("in a folder")
    done = site.publish()
    assert done.code == cli.FINE, done.err
    assert there(web) == site.files()


def test_what_refuses_is_told_in_words(site, web, monkeypatch):
    web.point(path=web.folder / "no/such")
    done = site.publish()
    assert (done.code, "above it" in done.err) == (cli.PROBLEMS, True), done.err
    web.point()
    if web.kind == "sftp":
        known = site.root.parent / "home/.ssh/known_hosts"
        known.write_text("")
        assert "is not in your known_hosts. Connect once with “ssh box”" in site.publish().err
        web.point()
        (known.parent / "config").write_text((known.parent / "config").read_text().replace("/client", "/host"))
        assert "does not let you in" in site.publish().err
    else:
        monkeypatch.setenv("WEBDAV_PASSWORD", "wrong")
        done = site.publish()
        assert "does not let you in. Look at WEBDAV_USER" in done.err
        assert "wrong" not in done.err
        site.targets("box: {to: webdav, endpoint: 'http://dav.example.org/'}")
        assert "unencrypted" in site.publish().err
    web.point()
    monkeypatch.setitem(sys.modules, {"sftp": "paramiko", "webdav": "webdav4.client"}[web.kind], None)
    assert "pip install" in site.publish().err


def test_a_server_of_webdav_may_ask_for_digests(tmp_path, monkeypatch):
    (tmp_path / "a b").mkdir()
    monkeypatch.setenv("WEBDAV_USER", KEY)
    monkeypatch.setenv("WEBDAV_PASSWORD", SECRET)
    with webdav(tmp_path, digest=True) as port:
        remote = opened(PublishTarget("box", "webdav", endpoint=f"http://127.0.0.1:{port}"))
        assert remote.listing("") == [RemoteEntry("a b", is_folder=True)]
        remote.close()
