"""A publish that is killed, at any of its steps, is finished by the next one."""

from contextlib import contextmanager

import pytest

from builder import publish
from builder.publish import folder, purge, releases
from builder.publish.problems import PublishProblem
from builder.publish.transfer_plan import Changes
from tests.unit.publish.uploads import job, silent, upload

KEYS = ("token",)
FILES = {"index.html": b"home", "a/index.html": b"a", "b/index.html": b"b"}


class Killed(BaseException):
    """Stands for a signal that no code can catch."""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Publishes files by path; `purged` are the addresses of all calls."""
    (tmp_path / "site").mkdir()
    purged = []
    monkeypatch.setattr(purge, "purge", lambda _service, _keys, changed: purged.extend(changed))

    def publish_files(files, *, base_url="https://example.org/", keys=KEYS):
        about = job(tmp_path / "site", base_url=base_url, purge="fastly")
        return publish.deliver(about, upload(files), silent, silent, keys)

    publish_files.purged, publish_files.root = purged, tmp_path / "site"
    return publish_files


@contextmanager
def killed_at(monkeypatch, place, name, *, after):
    """Have the process killed where a function is called, or when it is done."""
    whole = getattr(place, name)

    def dies(*given, **more):
        if after:
            whole(*given, **more)
        raise Killed

    with monkeypatch.context() as patched, pytest.raises(Killed):  # noqa: PT012 - the block is the caller’s
        patched.setattr(place, name, dies)
        yield


@pytest.mark.parametrize(
    "place, name, after, keys",
    [
        (folder.FolderPublisher, "send", False, KEYS),
        (folder.FolderPublisher, "send", True, KEYS),
        (folder.FolderPublisher, "missing", False, KEYS),
        (releases, "keep_release", False, KEYS),
        (releases, "keep_release", False, ()),
        (releases, "_save", False, KEYS),
        (releases, "keep_release", True, KEYS),
        (purge, "purge", False, KEYS),
    ],
)
def test_the_next_run_keeps_the_release_and_purges_all(run, monkeypatch, place, name, after, keys):
    run({"index.html": b"before"}, keys=keys)
    run.purged.clear()
    with killed_at(monkeypatch, place, name, after=after):
        run(FILES, keys=keys)
    done = run(FILES, keys=keys)
    changed = set(purge.addresses("https://example.org/", FILES))
    assert set(done.addresses) == changed
    assert set(run.purged) == (changed if keys else set())
    assert set(releases.list_releases(run.root, "live")[-1].files) == set(FILES)
    run.purged.clear()
    again = run(FILES, keys=keys)
    assert (again.addresses, again.sent, run.purged) == ((), False, [])
    assert len(releases.list_releases(run.root, "live")) == 2


def test_addresses_that_a_failed_run_has_sent_are_purged_though_the_next_sends_only_the_rest(run, monkeypatch):
    run({"index.html": b"before"})
    run.purged.clear()
    whole = folder.FolderPublisher.send

    def fails(publisher, files, changes, progress):
        whole(
            publisher, upload({"index.html": b"home", "a/index.html": b"a"}), Changes(("a/index.html",), ("index.html",), (), ()), progress
        )
        raise PublishProblem("The connection was lost.")

    with monkeypatch.context() as patched:
        patched.setattr(folder.FolderPublisher, "send", fails)
        with pytest.raises(PublishProblem, match="lost"):
            run(FILES)
    assert run.purged == []
    assert run(FILES).changes.new == ("b/index.html",)
    assert set(run.purged) == set(purge.addresses("https://example.org/", FILES))


def test_a_page_taken_out_of_what_is_kept_stays_out_where_nothing_has_changed(run):
    run(FILES)
    releases.forget(run.root, ["live"], "a/")
    run(FILES)
    assert "a/index.html" not in releases.list_releases(run.root, "live")[-1].files


def test_a_list_of_addresses_that_cannot_be_kept_is_told(run, monkeypatch):
    def refuses(*_):
        raise PublishProblem("Fastly refused.")

    monkeypatch.setattr(purge, "purge", refuses)
    monkeypatch.setattr(publish, "remember", lambda *_: False)
    done = run(FILES)
    assert done.purge_failed
    assert "Purge all of the site there yourself" in done.notes[-1]
