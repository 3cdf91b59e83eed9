"""Places that nothing is published to, and settings that a program would read otherwise."""

import os
import socket
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest

from builder.content import secrets, settings
from builder.content.source_lines import Lines
from builder.diagnostics import Location
from builder.model import PublishTarget
from builder.output.regular_files import LARGEST_LIST, read_ordinary
from builder.publish import PUBLISHERS, git, problems, refused_folders, rsync, sftp, store
from builder.publish.folder import FolderPublisher
from builder.publish.problems import ConnectionLost, PublishProblem
from builder.publish.programs import ProgramFailed
from builder.publish.upload import MARKER, Upload

NOTHING = Upload({}, 0)


def folder(tmp_path, path):
    (tmp_path / "site").mkdir(exist_ok=True)
    return FolderPublisher(PublishTarget("live", "folder", path=str(path)), tmp_path / "site", tmp_path)


def make_socket(path):
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(os.path.relpath(path))  # the system takes short names only


@pytest.mark.parametrize("make, kind", [(os.mkfifo, "a pipe"), (make_socket, "a socket"), (Path.touch, "a file")])
def test_what_is_no_folder_is_refused_and_stays(tmp_path, make, kind):
    place = tmp_path / "place"
    make(place)
    (tmp_path / "link").symlink_to(place)
    before = place.lstat()
    for path in (place, tmp_path / "link"):
        with pytest.raises(PublishProblem, match=f"is {kind}. Nothing was sent"):
            folder(tmp_path, path).compare(NOTHING)
        with pytest.raises(PublishProblem, match=f"is {kind}"):
            folder(tmp_path, path).published()
    assert os.path.samestat(place.lstat(), before)


@pytest.mark.parametrize("mode", [stat.S_IFCHR, stat.S_IFBLK])
def test_a_device_is_refused(tmp_path, mode):
    device = SimpleNamespace(stat=lambda: SimpleNamespace(st_mode=mode | 0o666))
    with pytest.raises(PublishProblem, match="the target is a device"):
        refused_folders.refuse_no_folder(device, "the target/")


@pytest.mark.parametrize(
    "path, owner",
    [
        (".git/www", "git"),
        (".git", "git"),
        ("a/.GIT/b", "git"),
        (".backstory/www", "Backstory"),
        ("../other/.backstory", "Backstory"),
        ("a/.git. /b", "git"),
        ("GIT~1/b", "git"),
        ("git~2", "git"),
        (".git::$INDEX_ALLOCATION/b", "git"),
        (".g\u200cit/b", "git"),
        ("BACKST~1/b", "Backstory"),
        (".backstory:x/b", "Backstory"),
    ],
)
def test_a_folder_of_git_or_of_our_own_notes_is_refused(tmp_path, path, owner):
    with pytest.raises(PublishProblem, match=f"where {owner} keeps its own files"):
        folder(tmp_path, path).compare(NOTHING)
    assert not (tmp_path / "site" / path).exists()


def test_a_folder_in_a_bare_repository_is_refused(tmp_path):
    bare = tmp_path / "site/bare"
    for name in ("objects", "refs/tags"):
        (bare / name).mkdir(parents=True)
    (bare / "HEAD").write_text("ref: refs/heads/main\n")
    for path in ("bare", "bare/refs/tags", "bare/new"):
        with pytest.raises(PublishProblem, match="where git keeps its own files"):
            folder(tmp_path, path).compare(NOTHING)
    assert not [*bare.glob("refs/tags/*")]


def test_links_in_a_circle_are_told(tmp_path):
    (tmp_path / "a").symlink_to(tmp_path / "a")
    with pytest.raises(PublishProblem, match="circle"):
        folder(tmp_path, tmp_path / "a")


def test_a_list_larger_than_that_of_any_site_is_not_read(tmp_path):
    live = tmp_path / "live"
    live.mkdir()
    with (live / MARKER).open("wb") as stream:
        stream.truncate(LARGEST_LIST + 1)
    with pytest.raises(PublishProblem, match="MB, which no list of Backstory’s has"):
        folder(tmp_path, live).compare(NOTHING)


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "page")
    with pytest.raises(OSError, match="not a file"):
        read_ordinary(tmp_path / "page")


@pytest.mark.parametrize(
    "target",
    [
        *(f"{{to: rsync, host: '{host}', path: /srv/www}}" for host in ("-e@h", "-o@x", "--rsh@x", "a b", "me@-h", "h:2", "a@b@c")),
        *(
            f"{{to: rsync, host: web, path: '{path}'}}"
            for path in ("::mod/x", ":x", "-x", "~/x", "/srv/r*", "/srv/?", "/srv/[a]", "/srv\\x", " x")
        ),
        *(f"{{to: git, remote: '{remote}'}}" for remote in ("fd::7", "ext::sh -c id", "-x", " x")),
        *(f"{{to: git, remote: x, branch: '{branch}'}}" for branch in ("-d", "a b", "a:b", "a..b", "+a~1", "HEAD")),
        *(f"{{to: s3, bucket: news, prefix: '{prefix}'}}" for prefix in ("../x", "a//b", "a/./b", "a\\b")),
    ],
)
def test_what_a_program_would_read_otherwise_is_refused(target):
    chosen, problems = settings.read(f"title: X\npublish:\n  live: {target}\n".encode())
    assert [problem.code for problem in problems] == ["value-wrong"]
    assert not chosen.publish


@pytest.mark.parametrize(
    "target",
    [
        "{to: rsync, host: me@web-1.example.org, path: '/srv/the site:2/x-y'}",
        "{to: rsync, host: web, path: www}",
        "{to: git, remote: 'codecommit::eu-central-1://site', branch: live/site-1}",
        "{to: git, remote: /srv/the site.git}",
        "{to: s3, bucket: news, prefix: /explained/2025/}",
    ],
)
def test_other_settings_are_taken_by_the_letter(target):
    chosen, problems = settings.read(f"title: X\npublish:\n  live: {target}\n".encode())
    assert not problems
    assert chosen.publish


@pytest.mark.parametrize(
    "said, kind",
    [
        ("fatal: the receiving end does not support --signed push", PublishProblem),
        ("fatal: Unable to find remote helper for 'foo'", PublishProblem),
        ("fatal: transport 'fd' not allowed", PublishProblem),
        (
            "ssh: Could not resolve hostname nowhere: Name or service not known / fatal: Could not read from remote repository.",
            PublishProblem,
        ),
        ("fatal: invalid gitfile format: /srv/x / fatal: Could not read from remote repository.", PublishProblem),
        ("git@h: Permission denied (publickey). / fatal: Could not read from remote repository.", PublishProblem),
        ("ssh: connect to host h port 22: Connection refused / fatal: Could not read from remote repository.", PublishProblem),
        ("fatal: unable to access 'https://h/': Failed to connect to h port 1 after 0 ms: Couldn't connect to server", PublishProblem),
        ("fatal: unable to access 'https://h/': SSL certificate problem: self-signed certificate", PublishProblem),
        ("error: RPC failed; HTTP 503 / fatal: the remote end hung up unexpectedly", ConnectionLost),
        ("fatal: unable to access 'https://h/': The requested URL returned error: 500", ConnectionLost),
    ],
)
def test_only_a_connection_that_may_come_back_is_tried_again(tmp_path, monkeypatch, said, kind):
    def fails(*_arguments, **_options):
        raise ProgramFailed("git", 128, said)

    monkeypatch.setattr(git, "run", fails)
    with pytest.raises(PublishProblem) as told:
        git.GitPublisher(PublishTarget("x", "git", remote="r"), tmp_path, tmp_path)._remote("ls-remote")
    assert type(told.value) is kind


@pytest.mark.parametrize(
    "target",
    [
        "{to: git, remote: 'git@example.org:x.git'}",
        "{to: rsync, host: example.org, path: www}",
        "{to: webdav, endpoint: 'http://127.0.0.1:PORT/'}",
        "{to: sftp, host: 127.0.0.1, path: www}",
        "{to: s3, bucket: x, endpoint: 'http://127.0.0.1:PORT/'}",
    ],
)
def test_an_address_where_nobody_answers_is_told_at_once_but_tried_again_once_it_has_answered(tmp_path, monkeypatch, target):
    def refused(command, **_options):
        if command[0] == "git" and "ls-remote" not in command:
            return b""  # what needs no server
        raise ProgramFailed(command[0], 255 if command[0] == "rsync" else 128, "ssh: connect to host x port 22: Connection refused")

    with socket.socket() as taken:  # bound, but nobody listens
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        tries = []
        monkeypatch.setattr(problems.time, "sleep", tries.append)
        monkeypatch.setattr(problems, "paused_until", 0.0)
        monkeypatch.setattr(store, "RETRIES", 0)
        monkeypatch.setattr(git, "run", refused)
        monkeypatch.setattr(rsync, "run", refused)
        monkeypatch.setattr(sftp.SftpFiles, "ssh_settings", lambda _: {"port": port})
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "x")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "x")
        chosen, wrong = settings.read(f"title: X\npublish:\n  live: {target.replace('PORT', str(port))}\n".encode())
        assert not wrong
        (one,) = chosen.publish
        publisher = PUBLISHERS[one.to](one, tmp_path, tmp_path)
        connection = publisher.remote if one.to in {"webdav", "sftp"} else publisher
        with pytest.raises(PublishProblem, match="Nothing answers there") as told:
            publisher.published()
        assert (type(told.value), tries) == (PublishProblem, [])
        if one.to != "sftp":
            connection.answered = True
            with pytest.raises(ConnectionLost):
                publisher.published()
            assert tries


@pytest.mark.parametrize(
    "line, hidden",
    [
        ('live: {to: git, remote: "https://me:hunter2pw@example.org/a.git"}', "hunter2pw"),
        ("aws_secret_access_key: wJalrXUtn", "wJalrXUtn"),
        ("live: {to: s3, password: 'open sesame'}", "sesame"),
        ("live: {to: s3, password: open sesame, bucket: x}", "sesame"),
        ("    password: a, sesame", "sesame"),
        ("    password: x # was sesame before", "sesame"),
        ("    bucket: x # the password is sesame", "sesame"),
        ("# password = sesame", "sesame"),
        ("live: {token: x} # sesame", "sesame"),
    ],
)
def test_the_line_of_a_secret_is_shown_without_it_and_as_long(tmp_path, line, hidden):
    (tmp_path / "content").mkdir()
    (tmp_path / "content/site.yaml").write_text(f"title: X\n{line}\n")
    shown = Lines(tmp_path).of(Location("content/site.yaml", 2, 1))
    assert hidden not in shown
    assert len(shown) == len(line)
    for plain in ("title: The secret garden", "live: {to: s3, bucket: x} # of the desk", "{password: a, bucket: here}"):
        assert secrets.masked(plain).endswith(plain[-12:].replace("a, bucket", "•, bucket"))


@pytest.mark.parametrize(
    "text",
    [
        "publish: {@: {to: folder, path: x}}",
        "publish: {'@': {to: folder, path: x}}",
        "publish: {live: {to: folder, path: x, @: y}}",
        "publish: {live: {to: folder, path: x, host: @}}",
        "@: x",
        "title: [@",
        "language: @",
        "problems: [{code: @, severity: off, why: x}]",
    ],
)
@pytest.mark.parametrize("secret", ["AKIA" + "IOSFODNN7EXAMPLE", "ghp" + "_" + "a1B2" * 9])
def test_no_problem_of_the_settings_repeats_a_secret(text, secret):
    found = settings.read(f"title: X\n{text.replace('@', secret)}\n".encode())[1]
    assert found
    assert not [record for record in found if secret in str(record)]


def test_a_lost_connection_is_told_once_before_each_new_attempt(monkeypatch):
    monkeypatch.setattr(problems, "RETRY_PAUSES", (0.0, 0.2))
    lines = []
    # Not the logger itself: a server of other tests turns loggers off.
    monkeypatch.setattr(problems, "RETRIES", SimpleNamespace(warning=lambda words, *given: lines.append(words % given)))

    def fails():
        raise ConnectionLost("box cannot be reached.")

    def attempt(_n):
        with pytest.raises(ConnectionLost):
            problems.retrying(fails)

    attempt(0)
    assert lines == [
        "box cannot be reached. Trying again in 0 s.",
        "box cannot be reached. Trying again in 0.2 s.",
    ]
    lines.clear()
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(attempt, range(4)))
    assert len([line for line in lines if "0.2 s" in line]) < 4
