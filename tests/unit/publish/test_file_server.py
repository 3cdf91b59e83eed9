"""Publishing to a folder of a server, in memory."""

import pytest

from builder.model import PublishTarget
from builder.publish import file_server, version_tags
from builder.publish.lock import LOCK
from builder.publish.problems import PublishProblem
from builder.publish.remote_files import RemoteEntry
from builder.publish.upload import MARKER
from tests.unit.publish.uploads import silent, upload

ONE = {"index.html": b"one", "a/index.html": b"a", "assets/a.css": b"css"}
TWO = ONE | {"index.html": b"two"}


class Memory:
    """A server that keeps files by path."""

    def __init__(self):
        self.files, self.count = {}, 0

    def __str__(self):
        return "the server"

    def close(self):
        """Nothing is open."""

    def listing(self, folder):
        below = f"{folder}/" if folder else ""
        names = {path.removeprefix(below).partition("/")[0] for path in self.files if path.startswith(below)}
        return [self.entry(below + name, name) for name in sorted(names)]

    def entry(self, path, name):
        if path not in self.files:
            return RemoteEntry(name, is_folder=True)
        return RemoteEntry(name, size=len(self.files[path][0]), tag=self.files[path][1])

    def read(self, path, most=None):
        return self.files.get(path)

    def write(self, path, data):
        self.count += 1
        self.files[path] = (data, str(self.count))
        return str(self.count)

    def write_if(self, path, data, tag):
        if tag != self.files.get(path, (b"", None))[1]:
            return False
        self.write(path, data)
        return True

    def make_folder(self, path):
        """Folders are where files are."""

    def delete(self, path):
        self.files.pop(path, None)

    def delete_folder(self, path):
        """Folders are where files are."""

    def tidy(self):
        """Nothing is left lying."""


@pytest.fixture
def server(monkeypatch):
    found = Memory()
    monkeypatch.setattr(file_server, "OPENERS", {"sftp": lambda _target: found})
    return found


def opened(root):
    return file_server.ServerPublisher(PublishTarget("live", "sftp", host="box", path="www"), root, root)


def test_a_publish_leaves_the_site_and_its_list(server, tmp_path):
    publisher, files = opened(tmp_path), upload(ONE, when="2026-01-02T03:04:05Z")
    changes = publisher.compare(files)
    with publisher.hold():
        publisher.send(files, changes, silent)
    assert publisher.missing(files, changes) == ()
    assert {path: data for path, (data, _) in server.files.items() if path != MARKER} == ONE
    assert opened(tmp_path).published().files == 3


def test_what_a_publish_has_sent_that_failed_since_the_comparison_is_found(server, tmp_path):
    """Its list is the same before and after: it was written before its files."""
    begun = dict.fromkeys((*ONE, "only/index.html"), version_tags.StoredObject())
    server.write(MARKER, version_tags.encoded(begun))
    publisher = opened(tmp_path)
    publisher.compare(upload(TWO))
    server.write("only/index.html", b"only")
    with pytest.raises(PublishProblem, match="was changed by another process in the meantime"):
        publisher.hold().__enter__()
    assert LOCK not in server.files
    publisher = opened(tmp_path)
    assert publisher.compare(upload(TWO)).deleted == ("only/index.html",)
    with publisher.hold():
        assert LOCK in server.files


def test_a_folder_without_a_list_in_which_another_publishes_is_no_folder_of_others(server, tmp_path):
    first = opened(tmp_path / "a")
    first.compare(upload(ONE))
    with first.hold():
        server.write("a/index.html", b"theirs")
        with pytest.raises(PublishProblem, match="Another publish to the server has been under way"):
            opened(tmp_path / "b").compare(upload(TWO))
    with pytest.raises(PublishProblem, match="did not put there"):
        opened(tmp_path / "b").compare(upload(TWO))
