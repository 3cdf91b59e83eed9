"""A built site to publish, and servers to publish it to."""

import json
import os
import shutil
import signal
import subprocess
import sys
from types import SimpleNamespace

import pytest

from builder import cli
from builder.publish import lock, problems
from tests.publish import servers

NEW = """---
title: Will the school stay?
summary: A new story.
published: 2025-10-20
sources: {lantern-1020: {publisher: The Lantern, title: School in doubt, published: 2025-10-19}}
actors: [{id: nela-voss, name: Nela Voss}]
quotes: [{nela-voss: The school stays, said: 2025-10-19}]
timeline: [{2025-10-19: Voss speaks, id: voss-speaks}]
topics: [schools]
---
“The school stays,” says Nela Voss.

![The school](/pictures/school.svg)
"""


@pytest.fixture(scope="session")
def built(tmp_path_factory):
    """A new site that has been built once, to be copied."""
    root = tmp_path_factory.mktemp("sites") / "first"
    assert cli.main(["init", str(root)]) == cli.FINE
    assert cli.main(["build", "--root", str(root), "--jobs", "1"]) == cli.FINE
    return root


class Site:
    def __init__(self, root, capsys):
        self.root, self.capsys = root, capsys
        self.plain = (root / "content/site.yaml").read_text()

    def targets(self, text):
        (self.root / "content/site.yaml").write_text(
            f"{self.plain}\npublish:\n" + "".join(f"  {line}\n" for line in text.strip().splitlines())
        )

    def publish(self, *arguments):
        """Publish in this process; return the exit code and what was said."""
        self.capsys.readouterr()
        code = cli.main(["publish", "--root", str(self.root), "--jobs", "1", *arguments])
        said = self.capsys.readouterr()
        assert code in {cli.FINE, cli.PROBLEMS, cli.USAGE}, said.err
        told = json.loads(said.out) if "--json" in arguments and code != cli.USAGE else {}
        return SimpleNamespace(code=code, out=said.out, err=said.err, told=told)

    def publish_and_kill(self, proxy, **environment):
        """Publish in a process of its own, and kill it when the connection stands still."""
        process = subprocess.Popen(
            [sys.executable, "-m", "builder", "publish", "--root", self.root, "--jobs", "1"],
            cwd=servers.REPOSITORY,
            env={**os.environ, **environment},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        assert proxy.reached.wait(servers.PATIENCE)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait(servers.PATIENCE)

    def is_refused(self, ours, told):
        """Lay a file `ours` among those that are copied, where others have something: nothing is sent, and it is `told` what is in the way."""
        mine = self.root / "content/static" / ours
        mine.parent.mkdir(parents=True, exist_ok=True)
        mine.write_text("mine")
        for arguments in (["--dry-run"], []):
            done = self.publish(*arguments)
            assert done.code == cli.PROBLEMS
            assert told in done.err
            assert "Move it away" in done.err

    def add(self):
        """Write an explainer more, with an actor, an event, a source and a topic of its own, and so many pictures that it is a fifth of the site."""
        (self.root / "content/explainers/school.md").write_text(NEW)
        for picture in self.pictures:
            picture.parent.mkdir(parents=True, exist_ok=True)
            picture.write_text(f'<svg xmlns="http://www.w3.org/2000/svg"><title>{picture.stem}</title></svg>')

    def remove(self):
        """Take that explainer away again."""
        (self.root / "content/explainers/school.md").unlink()
        for picture in self.pictures:
            picture.unlink()

    @property
    def pictures(self):
        return [self.root / f"content/static/pictures/school{n}.svg" for n in ("", *range(2, 16))]

    def files(self):
        """What must be published, and its content."""
        folder = self.root / "site"
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in folder.rglob("*")
            if path.is_file() and path.name != ".backstory-manifest"
        }


@pytest.fixture
def site(built, tmp_path, capsys, monkeypatch):
    # Whoever runs the tests may have these set; no test shall reach what they lead to.
    for name in ("AWS_PROFILE", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL", "RSYNC_RSH", "GIT_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(problems, "RETRY_PAUSES", (0.01, 0.01))
    monkeypatch.setattr(lock, "WATCH", 0.01)
    return Site(shutil.copytree(built, tmp_path / "one"), capsys)


@pytest.fixture(scope="session")
def ssh_server(tmp_path_factory):
    with servers.sshd(tmp_path_factory.mktemp("sshd")) as server:
        yield server


@pytest.fixture(scope="session")
def s3_server(tmp_path_factory):
    folder = tmp_path_factory.mktemp("s3") / "buckets"
    # The server remembers which buckets there are, so they are made before it starts.
    buckets = [f"bucket-{n}" for n in range(30)]
    for name in buckets:
        (folder / name).mkdir(parents=True)
    with servers.s3(folder) as port:
        yield SimpleNamespace(folder=folder, port=port, buckets=buckets)
