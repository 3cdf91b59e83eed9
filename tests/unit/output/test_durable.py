"""What is on the disk before a new folder takes the old one's place."""

import errno

import pytest

from builder import output
from builder.output import durable, plan, writer
from builder.output.plan import Fingerprint


@pytest.fixture
def flushed(monkeypatch):
    """The folders that were written to the disk, each with what lay in it and what was published then."""
    seen = []

    def flush(folder):
        seen.append(
            (
                {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()},
                (folder.parent / "site/index.html").read_bytes(),
            )
        )

    monkeypatch.setattr(writer, "flush", flush)
    return seen


def put(site, *, durable=True, **files):
    contents = {f"{name}.html": data for name, data in files.items()}
    wanted = {path: Fingerprint("copy", "", data.decode(), "") for path, data in contents.items()}
    with output.locked(site):
        before = output.read_manifest(site)
        output.apply(
            site,
            plan.plan(plan.MadeFiles(wanted, {}), plan.FolderState(before, frozenset(before.files))),
            output.NewFiles(contents),
            durable=durable,
        )


def test_all_of_the_new_folder_is_on_the_disk_while_the_old_one_is_published(tmp_path, flushed):
    site = tmp_path / "site"
    put(site, durable=False, index=b"old", a=b"a")
    assert not flushed
    put(site, index=b"new", a=b"b")
    ((laid, published),) = flushed
    assert (laid["index.html"], laid["a.html"], published) == (b"new", b"b", b"old")
    assert plan.MANIFEST in laid
    put(site, index=b"newer", a=b"b")
    laid, published = flushed[1]
    assert (laid["fresh"], published) == (b"newer", b"new")
    put(site, index=b"newer", a=b"b")
    assert len(flushed) == 2, "nothing changed, so nothing is waited for"


def test_a_disk_that_cannot_write_leaves_the_old_site(tmp_path, monkeypatch):
    site = tmp_path / "site"
    put(site, durable=False, index=b"old", a=b"a")
    monkeypatch.setattr(durable, "is_temporary", lambda _: False)
    monkeypatch.setattr(durable, "sync_file_system", lambda _: errno.EIO)
    monkeypatch.setattr(durable.sys, "platform", "linux")
    with pytest.raises(output.OutputProblem, match="input/output error"):
        put(site, index=b"new", a=b"b")
    assert (site / "index.html").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("code", [0, errno.ENOSYS])
def test_where_the_system_cannot_write_one_disk_alone_it_writes_all(tmp_path, monkeypatch, code):
    asked = []
    monkeypatch.setattr(durable, "is_temporary", lambda _: False)
    monkeypatch.setattr(durable, "sync_file_system", lambda _: code)
    monkeypatch.setattr(durable.sys, "platform", "linux")
    monkeypatch.setattr(durable.os, "sync", lambda: asked.append(1), raising=False)
    durable.flush(tmp_path)
    assert bool(asked) is bool(code)


def test_nothing_is_waited_for_in_the_folder_for_passing_files(tmp_path, monkeypatch):
    monkeypatch.setattr(durable, "temporary_folder", tmp_path.resolve)
    monkeypatch.setattr(durable, "sync_file_system", lambda _: pytest.fail("it waited"))
    durable.flush(tmp_path)
    durable.flush_names(tmp_path)
