"""Publishing to a branch: a bare repository on this machine, and one behind a real sshd."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile

import pytest

from builder import cli
from builder.publish.programs import ProgramFailed
from tests.publish.servers import PATIENCE, REPOSITORY, Proxy

MARKER = ".backstory-published"


def git(repository, *arguments):
    return subprocess.run(["git", "-C", repository, *arguments], capture_output=True, check=True, timeout=PATIENCE).stdout


def there(repository, branch="gh-pages"):
    names = git(repository, "ls-tree", "-r", "-z", "--name-only", branch).decode().split("\0")[:-1]
    return {name: git(repository, "show", f"{branch}:{name}") for name in names if name != MARKER}


def names(repository, branch="gh-pages"):
    return set(git(repository, "ls-tree", "-r", "-z", "--name-only", branch).decode().split("\0")[:-1])


def commits(repository, branch="gh-pages"):
    return git(repository, "rev-list", branch).decode().split()


@pytest.fixture
def bare(site, tmp_path):
    folder = tmp_path / "pages.git"
    subprocess.run(["git", "init", "-q", "--bare", folder], check=True)
    site.targets(f"pages: {{to: git, remote: {folder}, cname: example.org}}")
    return folder


@pytest.mark.parametrize("kind", ["sha1", "sha256"])
def test_a_site_lives_on_a_branch_with_its_history(site, tmp_path, kind):
    bare = tmp_path / "pages.git"
    subprocess.run(["git", "init", "-q", "--bare", f"--object-format={kind}", bare], check=True)
    site.targets(f"pages: {{to: git, remote: {bare}, cname: example.org}}")
    assert site.publish("--dry-run").code == cli.FINE
    assert git(bare, "branch") == b""
    done = site.publish()
    assert done.code == cli.FINE, done.err
    assert there(bare) == site.files() | {"CNAME": b"example.org\n", ".nojekyll": b""}
    first = commits(bare)
    assert site.publish("--json").told["sent"] is False
    assert commits(bare) == first
    site.add()
    told = site.publish("--json").told
    assert "explainers/school/index.html" in told["new"]
    assert "assets/backstory.css" not in told["changed"]
    assert commits(bare)[1:] == first
    site.remove()
    assert site.publish().code == cli.PROBLEMS
    assert site.publish("--allow-deletes").code == cli.FINE
    assert there(bare) == site.files() | {"CNAME": b"example.org\n", ".nojekyll": b""}
    assert len(commits(bare)) == 3


def test_no_checkout_is_touched(site, bare, monkeypatch):
    """The site lies in a repository, and publishing is called from one of its hooks."""
    for arguments in (["init", "-q"], ["add", "content"]):
        git(site.root, *arguments)
    before = git(site.root, "status", "--porcelain"), git(site.root, "for-each-ref")
    monkeypatch.setenv("GIT_DIR", str(site.root / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(site.root / ".git/index"))
    assert site.publish().code == cli.FINE
    monkeypatch.delenv("GIT_DIR")
    monkeypatch.delenv("GIT_INDEX_FILE")
    assert (git(site.root, "status", "--porcelain"), git(site.root, "for-each-ref")) == before


def test_git_need_not_know_who_publishes(site, bare, monkeypatch):
    for name in ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL", "EMAIL"):
        monkeypatch.delenv(name, raising=False)
    for key, value in (("GIT_CONFIG_GLOBAL", os.devnull), ("GIT_CONFIG_NOSYSTEM", "1"), ("GIT_CONFIG_COUNT", "1")):
        monkeypatch.setenv(key, value)
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "user.useConfigOnly")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", "true")
    assert site.publish().code == cli.FINE
    assert git(bare, "log", "-1", "--format=%an", "gh-pages") == b"Backstory\n"


def test_a_branch_with_files_of_others_is_refused(site, bare, tmp_path):
    own = tmp_path / "own"
    subprocess.run(["git", "init", "-q", "-b", "gh-pages", own], check=True)
    (own / "theirs.txt").write_text("theirs")
    git(own, "add", ".")
    git(own, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "Theirs")
    git(own, "push", "-q", str(bare), "gh-pages")
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert "Backstory did not put there" in done.err
    assert there(bare) == {"theirs.txt": b"theirs"}


@pytest.mark.parametrize("theirs, ours", [("news", "news/a.txt"), ("notes/deep.txt", "notes"), ("a/b", "a/b/c/d.txt")])
def test_files_of_others_are_not_replaced_by_a_folder_nor_folders_by_a_file(site, bare, tmp_path, theirs, ours):
    assert site.publish().code == cli.FINE
    own = tmp_path / "own"
    git(tmp_path, "clone", "-q", "-b", "gh-pages", str(bare), str(own))
    (own / theirs).parent.mkdir(parents=True, exist_ok=True)
    (own / theirs).write_text("theirs")
    git(own, "add", ".")
    git(own, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qm", "Theirs")
    git(own, "push", "-q", str(bare), "gh-pages")
    before = there(bare)
    site.is_refused(ours, f"{theirs} at branch gh-pages")
    assert there(bare) == before


def test_what_was_a_file_of_ours_may_become_a_folder(site, bare):
    folder = site.root / "content/static"
    (folder / "news").write_text("a file")
    assert site.publish().code == cli.FINE
    (folder / "news").unlink()
    (folder / "news").mkdir()
    (folder / "news/a.txt").write_text("a file in a folder")
    assert site.publish().code == cli.FINE
    assert there(bare).items() >= site.files().items()
    assert "news" not in names(bare)


def test_what_somebody_else_pushes_meanwhile_is_not_overwritten(site, bare, monkeypatch):
    """Both have looked at the same commit; the second to push is told."""
    from builder.publish.git import GitPublisher

    site.publish()
    site.add()
    push = GitPublisher.push_commit

    def late(self, commit):
        tree = git(bare, "rev-parse", "gh-pages^{tree}").decode().strip()
        theirs = (
            git(bare, "-c", "user.name=A", "-c", "user.email=a@example.org", "commit-tree", tree, "-p", "gh-pages", "-m", "Theirs")
            .decode()
            .strip()
        )
        git(bare, "update-ref", "refs/heads/gh-pages", theirs)
        push(self, commit)

    monkeypatch.setattr(GitPublisher, "push_commit", late)
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert "another push" in done.err
    assert git(bare, "log", "-1", "--format=%s", "gh-pages") == b"Theirs\n"
    monkeypatch.setattr(GitPublisher, "push_commit", push)
    assert site.publish().code == cli.FINE
    assert len(commits(bare)) == 3


def test_what_somebody_else_pushes_at_the_same_moment_is_not_overwritten(site, bare):
    assert site.publish().code == cli.FINE
    site.add()
    assert site.publish().code == cli.FINE
    last, first = commits(bare)
    hook = bare / "hooks/pre-receive"
    hook.write_text(f"#!/bin/sh\nunset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY\ngit update-ref refs/heads/gh-pages {first} {last}\n")
    hook.chmod(0o755)
    site.remove()
    done = site.publish("--allow-deletes")
    assert done.code == cli.PROBLEMS
    assert done.err.startswith("backstory: branch gh-pages")
    assert commits(bare) == [first]


def test_of_two_who_make_the_branch_at_the_same_moment_the_second_is_told(site, bare):
    site.targets(f"pages: {{to: git, remote: {bare}, branch: other}}")
    assert site.publish().code == cli.FINE
    hook = bare / "hooks/pre-receive"
    hook.write_text("#!/bin/sh\nunset GIT_QUARANTINE_PATH GIT_OBJECT_DIRECTORY\ngit update-ref refs/heads/gh-pages refs/heads/other\n")
    hook.chmod(0o755)
    site.targets(f"pages: {{to: git, remote: {bare}}}")
    site.add()
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert done.err.endswith("was changed by another push in the meantime. Nothing was changed by this one. Publish again.\n")
    assert git(bare, "rev-parse", "gh-pages") == git(bare, "rev-parse", "other")


def test_a_repository_that_is_not_there_is_told_at_once(site, tmp_path):
    site.targets(f"pages: {{to: git, remote: {tmp_path}/nowhere.git}}")
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert done.err == (
        f"backstory: branch gh-pages of {tmp_path}/nowhere.git: there is no repository, or none that you may read. "
        "Look at “remote”, or make the repository first. Nothing was sent.\n"
    )


@pytest.mark.parametrize(
    "said, told",
    [
        (
            "git@x: Permission denied (publickey). / fatal: Could not read from remote repository.",
            "the server does not let you in. Look at your ssh agent",
        ),
        ("Host key verification failed. / fatal: Could not read from remote repository.", "the server does not let you in"),
        ("fatal: Authentication failed for 'https://x/'", "the server refuses the user, the password or the token"),
        ("fatal: could not read Username for 'https://x': terminal prompts disabled", "or git has none"),
        (
            "remote: Permission to me/x.git denied to you. / fatal: unable to access 'https://x/': The requested URL returned error: 403",
            "at what they allow",
        ),
        ("remote: Repository not found. / fatal: repository 'https://x/' not found", "there is no repository"),
        ("fatal: detected dubious ownership in repository at '/x'", "belongs to another user"),
        ("remote: The site is frozen. / error: failed to push some refs to 'x'", "The site is frozen. / failed to push some refs to 'x'"),
    ],
)
def test_what_git_says_of_a_refusal_is_told_in_words(site, bare, monkeypatch, said, told):
    def refuse(command, **_):
        if "ls-remote" in command:
            raise ProgramFailed("git", 128, said)
        return b""

    monkeypatch.setattr("builder.publish.git.run", refuse)
    done = site.publish("--status")
    assert done.code == cli.PROBLEMS
    assert told in done.err
    assert not any(word in done.err for word in ("fatal:", "Could not read from"))


def test_a_full_disk_for_passing_files_is_told_by_its_name(site, bare, monkeypatch):
    def full(*_given, **_named):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("builder.publish.git.run", full)
    done = site.publish()
    assert done.code == cli.PROBLEMS
    assert done.err == f"backstory: {tempfile.gettempdir()}: no space left on device.\n"


def test_over_ssh_killed_half_way_the_branch_is_as_it_was(site, bare, ssh_server, monkeypatch):
    site.targets(f"pages: {{to: git, remote: 'ssh://{ssh_server.user}@127.0.0.1{bare}'}}")
    with Proxy(ssh_server.port, after=60_000, stall=True) as proxy:
        site.publish_and_kill(proxy, GIT_SSH_COMMAND=ssh_server.ssh(proxy.port))
    assert git(bare, "branch") == b""
    monkeypatch.setenv("GIT_SSH_COMMAND", ssh_server.ssh())
    assert site.publish().code == cli.FINE
    assert names(bare) - {MARKER} == set(site.files()) | {".nojekyll"}


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_whatever_ends_it_nothing_is_left_lying(site, bare, ssh_server, tmp_path, how):
    site.targets(f"pages: {{to: git, remote: 'ssh://{ssh_server.user}@127.0.0.1{bare}'}}")
    passing = tmp_path / "passing"
    passing.mkdir()
    with Proxy(ssh_server.port, after=60_000, stall=True) as proxy:
        process = subprocess.Popen(
            [sys.executable, "-m", "builder", "publish", "--root", site.root, "--jobs", "1"],
            cwd=REPOSITORY,
            env={**os.environ, "GIT_SSH_COMMAND": ssh_server.ssh(proxy.port), "TMPDIR": str(passing)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
            text=True,
        )
        assert proxy.reached.wait(PATIENCE)
        assert list(passing.iterdir())
        process.send_signal(how)
        _, said = process.communicate(timeout=PATIENCE)
    assert process.returncode == cli.INTERRUPTED
    assert said.strip() == "Interrupted. What was sent stays; publish again to send the rest."
    assert not list(passing.iterdir())


def test_over_ssh_a_connection_that_breaks_is_tried_again(site, bare, ssh_server, monkeypatch):
    site.targets(f"pages: {{to: git, remote: 'ssh://{ssh_server.user}@127.0.0.1{bare}'}}")
    with Proxy(ssh_server.port, after=60_000, cuts=1) as proxy:
        monkeypatch.setenv("GIT_SSH_COMMAND", ssh_server.ssh(proxy.port))
        done = site.publish()
        assert proxy.reached.is_set()
    assert done.code == cli.FINE, done.err
    assert names(bare) - {MARKER} == set(site.files()) | {".nojekyll"}


def test_a_machine_that_kept_nothing_brings_back_a_release_from_the_history(site, bare):
    for n, words in enumerate(("One.", "Two.", "Three.")):
        page = site.root / "content/pages/about.md"
        page.write_text(page.read_text() + f"\n{words}\n")
        if n == 1:
            site.add()
        if n == 2:
            site.remove()
        assert site.publish("--allow-deletes").code == cli.FINE
    shutil.rmtree(site.root / ".backstory/releases")
    done = site.publish("--rollback", "--allow-deletes")
    assert done.code == cli.FINE, done.err
    assert "Three." not in there(bare)["about/index.html"].decode()
    assert "explainers/school/index.html" not in there(bare), "it was withdrawn since"
    shutil.rmtree(site.root / ".backstory/releases")
    assert site.publish("--rollback", "--allow-deletes").code == cli.FINE
    assert "Three." in there(bare)["about/index.html"].decode()
