"""Releases that are kept, brought back, and forgotten."""

import errno
import json
import os
import shutil
import threading
from pathlib import Path

import pytest

from builder import cli, publish
from builder.output import locked
from builder.publish import releases
from builder.publish.problems import PublishProblem
from builder.publish.upload import MARKER, sha256
from tests.unit.publish.uploads import job, silent, upload

OLD = {
    "index.html": b"old home <a href=explainers/ferry/>",
    "about/index.html": b"old about",
    "explainers/ferry/index.html": b"the ferry",
    "explainers/ferry/data.json": b"{}",
    "pagefind/fragment/a.pf": b"the ferry, packed",
    "assets/old.css": b"old",
}
NEW = {
    "index.html": b"new home <a href=explainers/school/>",
    "about/index.html": b"new about",
    "explainers/school/index.html": b"the school",
    "pagefind/fragment/b.pf": b"the school, packed",
    "assets/new.css": b"new",
}


@pytest.fixture
def root(tmp_path):
    """A site whose old release had a page that the new one has not."""
    (tmp_path / "site").mkdir()
    for when, files in (("2026-01-01T00:00:00Z", OLD), ("2026-01-02T00:00:00Z", NEW)):
        publish.deliver(job(tmp_path / "site", when), upload(files, when=when), silent, silent)
    return tmp_path / "site"


def live(root):
    folder = root.parent / "live"
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.name != MARKER}


def back(root, name="", *, include_withdrawn=False):
    return publish.rollback(job(root), name, include_withdrawn=include_withdrawn, on_plan=silent, progress=silent)


def test_what_was_withdrawn_stays_so_and_no_page_names_it(root):
    outcome = back(root)
    assert outcome.release == "2026-01-01-000000"
    assert outcome.withdrawn == ("explainers/ferry/data.json", "explainers/ferry/index.html")
    assert live(root) == NEW | {"about/index.html": b"old about", "assets/old.css": b"old"}


@pytest.mark.parametrize("name", ["data/entities.ftm.json", "events/events.ics", "data/quotes.csv", "actors/ann/timeline.json"])
def test_data_that_name_a_withdrawn_page_without_its_address_do_not_come_back(root, name):
    with_data = {**OLD, name: b"Zelda Wrongname", "explainers/school/data.json": b"old words"}
    for when, files in (("2026-01-03T00:00:00Z", with_data), ("2026-01-04T00:00:00Z", {**NEW, name: b"nobody"})):
        publish.deliver(job(root, when), upload(files, when=when), silent, silent)
    back(root, "2026-01-03-000000")
    assert live(root)[name] == b"nobody"
    assert releases.forget(root, ["live"], "explainers/ferry")[0]
    kept = [path.read_bytes() for path in (root / ".backstory").rglob("*") if path.is_file()]
    assert not any(b"Zelda" in data for data in kept)


def test_all_of_a_release_comes_back_where_that_is_asked_for_and_forth_again(root):
    assert back(root, include_withdrawn=True).withdrawn == ()
    assert live(root) == OLD
    assert back(root, "2026-01-02-000000", include_withdrawn=True).sent
    assert live(root) == NEW
    assert len(releases.list_releases(root, "live")) == 2, "a release that came back is kept once"
    assert back(root, "2026-01-01-000000", include_withdrawn=True).sent, "it is found by the name that it had"
    assert live(root) == OLD


def test_where_somebody_else_has_published_since_a_withdrawn_page_stops_a_rollback(root):
    (root.parent / "live/about/index.html").write_bytes(b"theirs")
    with pytest.raises(PublishProblem, match=r"among them /explainers/ferry/data.json.*Nothing was sent.*--include-withdrawn"):
        back(root)
    assert live(root)["about/index.html"] == b"theirs"


def test_three_releases_are_kept_and_no_bytes_of_others(root):
    for day in (3, 4):
        publish.deliver(job(root, f"2026-01-0{day}T00:00:00Z"), upload(NEW | {"index.html": b"%d" % day}), silent, silent)
    kept = releases.list_releases(root, "live")
    assert [release.name for release in kept] == ["2026-01-02-000000", "2026-01-03-000000", "2026-01-04-000000"]
    assert len(list((root / ".backstory/releases/live/objects").glob("*/*"))) == len(
        {file.digest for release in kept for file in release.files.values()}
    )
    with pytest.raises(PublishProblem, match=r"No release “2026-01-01-000000” .* There are: 2026-01-02"):
        back(root, "2026-01-01-000000")


def test_of_two_that_keep_a_release_at_once_neither_loses_its_own(root):
    folder = root / ".backstory/releases/live"
    before = (folder / "index.json").read_bytes()
    other = threading.Thread(target=releases.keep_release, args=(root, "live", upload({"index.html": b"third"}), "2026-01-03-000000"))
    with locked(folder):
        other.start()
        other.join(0.2)
        assert (folder / "index.json").read_bytes() == before
    other.join()
    assert [release.name for release in releases.list_releases(root, "live")] == [
        "2026-01-01-000000",
        "2026-01-02-000000",
        "2026-01-03-000000",
    ]


def test_a_kept_file_that_the_disk_has_changed_is_told_and_kept_anew(root):
    damaged = next(
        path for path in (root / ".backstory/releases/live/objects").rglob("*") if path.is_file() and path.read_bytes() == b"old about"
    )
    damaged.write_bytes(b"bad about")
    for told in ("is damaged on this disk. Nothing was sent. Bring another", "is not kept any more. Nothing was sent. Build and publish"):
        with pytest.raises(PublishProblem, match=f"about/index.html of the release 2026-01-01-000000 {told}"):
            back(root)
    assert live(root) == NEW
    publish.deliver(job(root, "2026-01-03T00:00:00Z"), upload(OLD, when="2026-01-03T00:00:00Z"), silent, silent)
    back(root, include_withdrawn=True)
    assert back(root, "2026-01-03-000000", include_withdrawn=True).sent
    assert live(root) == OLD


@pytest.mark.parametrize(
    "error, told",
    [
        (PermissionError(errno.EACCES, "Permission denied"), "permission denied"),
        (OSError(errno.EIO, "Input/output error"), "input/output error"),
        (FileNotFoundError(errno.ENOENT, "No such file or directory"), "no such file or directory"),
    ],
    ids=["permission", "disk", "missing"],
)
def test_a_kept_file_that_cannot_be_read_is_not_deleted_as_damaged(root, monkeypatch, error, told):
    def refuse(_path):
        raise error

    objects = root / ".backstory/releases/live/objects"
    before = {path: path.read_bytes() for path in objects.rglob("*") if path.is_file()}
    with monkeypatch.context() as refused:
        refused.setattr(releases, "read_ordinary", refuse)
        with pytest.raises(PublishProblem) as found:
            back(root)
    stored = objects / sha256(OLD["about/index.html"])[:2] / sha256(OLD["about/index.html"])[2:]
    assert str(found.value) == (
        f"about/index.html of the release 2026-01-01-000000 cannot be read: {stored}: {told}. "
        "Nothing was sent. Try again, or build and publish."
    )
    assert {path: path.read_bytes() for path in objects.rglob("*") if path.is_file()} == before
    assert live(root) == NEW
    assert back(root, include_withdrawn=True).sent


def test_what_was_lost_of_the_present_release_is_kept_again_by_a_publish_that_sends_nothing(root):
    shutil.rmtree(root / ".backstory/releases/live/objects")
    outcome = publish.deliver(job(root), upload(NEW), silent, silent)
    assert not outcome.sent
    kept = [path.read_bytes() for path in (root / ".backstory/releases/live/objects").rglob("*") if path.is_file()]
    assert sorted(kept) == sorted(NEW.values())


def test_a_first_release_has_none_before_it(tmp_path):
    (tmp_path / "site").mkdir()
    for expected in ("No earlier release", "No earlier release"):
        with pytest.raises(PublishProblem, match=expected):
            back(tmp_path / "site")
        publish.deliver(job(tmp_path / "site"), upload(OLD, when="2026-01-01T00:00:00Z"), silent, silent)


def test_what_is_forgotten_is_nowhere_and_never_comes_back(root):
    (root / ".backstory/former").mkdir()
    (root / ".backstory/edits").write_text("mine")
    assert releases.forget(root, ["live"], "/explainers/ferry/") == (1, 4)
    kept = [path.read_bytes() for path in (root / ".backstory").rglob("*") if path.is_file() and path.name != "index.json"]
    assert not any(b"ferry" in data for data in kept)
    assert sorted(path.name for path in (root / ".backstory").iterdir()) == ["edits", "releases"]
    back(root, include_withdrawn=True)
    assert live(root) == NEW | {"about/index.html": b"old about", "assets/old.css": b"old"}


def test_a_kept_file_that_cannot_be_read_is_not_taken_as_one_that_does_not_name_the_page(root, monkeypatch):
    def refuse(_path):
        raise PermissionError(errno.EACCES, "Permission denied")

    before = (root / ".backstory/releases/live/index.json").read_bytes()
    with monkeypatch.context() as refused:
        refused.setattr(releases, "read_ordinary", refuse)
        with pytest.raises(
            PublishProblem, match=r"cannot be read, so nobody knows whether it names the page: permission denied\. Try again"
        ):
            releases.forget(root, ["live"], "explainers/ferry")
    assert (root / ".backstory/releases/live/index.json").read_bytes() == before
    shutil.rmtree(root / ".backstory/releases/live/objects")
    assert releases.forget(root, ["live"], "explainers/ferry") == (1, 3), "what is not there names nothing"


@pytest.mark.parametrize("path", ["explainers/fery/", "e", "explainers/ferr", "home"])
def test_what_no_release_has_is_not_forgotten_and_nothing_is_deleted(path, root):
    (root / ".backstory/parsed").mkdir()
    before = (root / ".backstory/releases/live/index.json").read_bytes()
    assert releases.forget(root, ["live"], path) == (0, 0)
    assert (root / ".backstory/parsed").is_dir()
    assert (root / ".backstory/releases/live/index.json").read_bytes() == before


def test_a_page_whose_address_only_begins_alike_is_not_forgotten(root):
    files = {
        "explainers/a/index.html": b"a",
        "explainers/a.gz": b"",
        "explainers/a-b/index.html": b"explainers/a-b/",
        "x.txt": b"/explainers/a/",
        "x.txt.br": b"\x0b",
    }
    publish.deliver(job(root, "2026-01-03T00:00:00Z"), upload(files), silent, silent)
    assert releases.forget(root, ["live"], "explainers/a") == (1, 3)


@pytest.mark.parametrize(
    "data", [b"", b"[1]", b"\xff", json.dumps([{"name": "x", "files": {"../x": {"kind": "", "size": 1, "digest": "d"}}}]).encode()]
)
def test_a_list_that_is_damaged_or_names_what_lies_outside_stops_publishing_and_deletes_nothing(root, data):
    before = publish.deliver(job(root, "2026-01-01T00:00:00Z"), upload({"a.txt": b"a"}), silent, silent)
    assert before.sent
    index = root / ".backstory/releases/live/index.json"
    index.write_bytes(data)
    kept = sorted(path for path in index.parent.rglob("*") if path.is_file())
    with pytest.raises(PublishProblem, match=r"index.json: it .*Nothing was sent"):
        releases.versions(root, "live")
    with pytest.raises(PublishProblem, match="Nothing was sent"):
        releases.keep_release(root, "live", upload({"b.txt": b"b"}), "2026-01-02-000000")
    assert sorted(path for path in index.parent.rglob("*") if path.is_file()) == kept
    assert index.read_bytes() == data


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda index: index.symlink_to("nowhere")])
def test_a_list_that_is_no_file_stops_publishing_and_deletes_nothing(root, make):
    index = root / ".backstory/releases/live/index.json"
    index.unlink()
    make(index)
    kept = sorted(index.parent.glob("objects/*/*"))
    with pytest.raises(PublishProblem, match="Nothing was sent"):
        releases.keep_release(root, "live", upload({"b.txt": b"b"}), "2026-01-03-000000")
    assert sorted(index.parent.glob("objects/*/*")) == kept


def test_a_list_whose_digests_lead_out_of_its_folder_deletes_nothing_there(root):
    other = root.parent / "other.txt"
    other.write_bytes(b"of somebody else")
    index = root / ".backstory/releases/live/index.json"
    listed = json.loads(index.read_bytes())
    listed[0]["files"]["about/index.html"]["digest"] = f"..{other}"
    index.write_text(json.dumps(listed))
    with pytest.raises(PublishProblem, match=r"what is no digest.*Nothing was sent"):
        back(root)
    assert other.read_bytes() == b"of somebody else"


@pytest.mark.parametrize("include_withdrawn", [False, True])
def test_after_forgetting_what_is_published_still_a_release_waits_for_the_next_publish(root, include_withdrawn):
    releases.forget(root, ["live"], "about/")
    with pytest.raises(PublishProblem) as found:
        back(root, include_withdrawn=include_withdrawn)
    assert str(found.value) == (
        "Files were taken out of the release 2026-01-02-000000 by --forget, so it is no longer what is at live. Nothing was sent. "
        "Publish from here first, then bring the release back."
    )
    assert live(root) == NEW


def test_a_lost_list_at_the_target_heals_from_what_is_kept(root):
    marker = root.parent / "live" / MARKER
    marker.unlink()
    outcome = publish.deliver(
        job(root), upload(NEW | {"index.html": b"newer"}, earlier_versions=releases.versions(root, "live")), silent, silent
    )
    assert "the list was made again" in outcome.notes[0]
    marker.unlink()
    (root.parent / "live/theirs.txt").write_text("theirs")
    with pytest.raises(PublishProblem, match="did not put there"):
        publish.deliver(job(root), upload(NEW, earlier_versions=releases.versions(root, "live")), silent, silent)


def test_a_passing_folder_that_stays_is_told_and_is_no_failure(root, monkeypatch):
    monkeypatch.setattr(publish, "delete_folder", silent)
    outcome = publish.deliver(job(root), upload(NEW | {"index.html": b"newer"}), silent, silent)
    assert outcome.sent
    assert "could not be deleted" in outcome.notes[-1]


def test_the_status_says_since_when_and_by_whom_only_if_that_is_set(root):
    where, found, kept = publish.status(job(root))
    assert (where, found.files, found.when, found.by) == (f"{root.parent / 'live'}/", len(NEW), "2026-01-02T00:00:00Z", "")
    assert kept == ("2026-01-01-000000", "2026-01-02-000000")
    publish.deliver(job(root), upload(OLD, when="2026-01-03T00:00:00Z", by="The desk"), silent, silent)
    assert publish.status(job(root))[1].by == "The desk"


def test_a_page_may_be_named_by_its_whole_address(root, capsys):
    (root / "content").mkdir(exist_ok=True)
    (root / "content/site.yaml").write_text(
        "format: 1\ntitle: T\nbase_url: https://example.org/news/\npublish:\n  live: {to: folder, path: web}\n"
    )
    assert cli.main(["publish", "--root", str(root), "--forget", "https://example.org/news/explainers/ferry/\0"]) == cli.PROBLEMS
    told = capsys.readouterr().err
    assert "No kept release has /explainers/ferry" in told
    assert "\0" not in told


def test_after_a_publish_without_a_time_the_release_must_be_named(root):
    """The one before it is the last that is kept; after a rollback that did not end, it is the one before that. Older versions wrote no time."""
    marker = root.parent / "live" / MARKER
    whole = json.loads(marker.read_bytes())
    del whole["published"]
    marker.write_text(json.dumps(whole))
    with pytest.raises(PublishProblem) as found:
        back(root)
    assert str(found.value).splitlines() == [
        (
            f"The last publish to {root.parent / 'live'}/ did not come to its end, or an older version of Backstory made it, "
            "so no release is clearly the one before it. Nothing was sent. Choose one, the newest first:"
        ),
        "  backstory publish live --rollback 2026-01-02-000000",
        "  backstory publish live --rollback 2026-01-01-000000",
    ]
    assert back(root, "2026-01-01-000000", include_withdrawn=True).sent


def test_a_release_that_one_target_keeps_needs_no_target(root, capsys):
    (root / "content").mkdir()
    targets = "".join(f"  {name}: {{to: folder, path: ../{name}}}\n" for name in ("live", "other"))
    (root / "content/site.yaml").write_text(f"format: 1\ntitle: T\npublish:\n{targets}")

    def run(*arguments):
        code = cli.main(["publish", "--root", str(root), "--allow-deletes", *arguments])
        return code, "".join(capsys.readouterr())

    code, said = run("--rollback", "2026-01-01-000000", "--include-withdrawn")
    assert (code, live(root)) == (cli.FINE, OLD), said
    code, said = run("--rollback", "2026-01-09-000000")
    assert (code, "say where to publish to: backstory publish live, backstory publish other" in said) == (cli.USAGE, True)
    releases.keep_release(root, "other", upload(OLD), "2026-01-02-000000")
    assert run("--rollback", "2026-01-02-000000")[0] == cli.USAGE


def test_errors_in_the_settings_are_no_status(root, capsys):
    (root / "content").mkdir()
    (root / "content/site.yaml").write_text("format: 1\ntitle: T\npublish:\n  live: {to: rsync, host: x, path: /x, pass: hunter2}\n")
    assert cli.main(["publish", "--root", str(root), "--status"]) == cli.PROBLEMS
    assert capsys.readouterr().err == "backstory: content/site.yaml has errors: `backstory check` shows them. Fix them and ask again.\n"


@pytest.mark.parametrize("settings", ["", "publish:\n  other: {to: folder, path: ../other}\n", "publish: [}"])
def test_a_page_is_forgotten_whatever_the_settings_have_become(root, capsys, settings):
    (root / "content").mkdir()
    (root / "content/site.yaml").write_text(f"format: 1\ntitle: T\n{settings}")
    assert cli.main(["publish", "--root", str(root), "--forget", "explainers/ferry/"]) == cli.FINE
    assert "Took 4 files out of 1 kept release" in capsys.readouterr().out
    assert cli.main(["publish", "live", "--root", str(root), "--forget", "explainers/school/"]) == cli.FINE
    assert cli.main(["publish", "nowhere", "--root", str(root), "--forget", "explainers/school/"]) == cli.USAGE
