"""The next build is laid on what is known of the last: which is only trusted where nothing can have changed, and otherwise leaves the same by a longer way."""

import os
import shutil
import time

import pytest

from builder import output
from builder.incremental.digests import digest
from builder.output import mirror, plan, writer
from builder.output.plan import Fingerprint

SITE = {
    "index.html": b"one",
    "a/index.html": b"a",
    "a/b/index.html": b"b",
    "c/index.html": b"c",
    "d/index.html": b"d",
    "e/index.html": b"e",
}


def put(site, contents, previous=None):
    with output.locked(site):
        before = output.read_manifest(site)
        wanted = {path: Fingerprint("copy", "", digest(data), "") for path, data in contents.items()}
        # By an empty list nothing counts as changed: here others may change what they like, and it stays.
        present = output.existing_files(site, wanted, plan.Manifest()).present
        output.apply(
            site, plan.plan(plan.MadeFiles(wanted, {}), plan.FolderState(before, present)), output.NewFiles(contents), previous=previous
        )


@pytest.fixture
def at_ease(monkeypatch, tmp_path_factory):
    """Let the disk's clock go on between the last file that is laid and the look at the folders, as it does where there are many."""
    honest, clock = plan.encode, tmp_path_factory.mktemp("clock") / "now"

    def now():
        clock.write_bytes(b"")
        return clock.stat().st_mtime_ns

    def encode(manifest):
        before = now()
        while now() == before:
            time.sleep(0.001)
        return honest(manifest)

    monkeypatch.setattr(plan, "encode", encode)


@pytest.fixture
def told(monkeypatch):
    """Tell of each build whether it came by what is known, and which folders it listed."""
    listed = []
    honest_ground, honest_mend, honest_lay = writer.prepare_base, mirror.Mirror.mend_folder, writer.stage_all

    def ground(*arguments):
        listed.clear()
        return honest_ground(*arguments)

    def lay(*arguments):
        listed[:] = ["all"]
        return honest_lay(*arguments)

    def mend(self, folder):
        listed.append(folder)
        return honest_mend(self, folder)

    monkeypatch.setattr(writer, "prepare_base", ground)
    monkeypatch.setattr(writer, "stage_all", lay)
    monkeypatch.setattr(mirror.Mirror, "mend_folder", mend)
    return listed


@pytest.fixture
def built(tmp_path, at_ease, told):
    """Return an output of two builds that each changed several files, and its previous folder."""
    site, previous = tmp_path / "site", tmp_path / "kept/previous"
    put(site, SITE, previous)
    put(site, {**SITE, "index.html": b"two", "a/index.html": b"aa"}, previous)
    assert told == ["all"]
    return site, previous


NEXT = {**SITE, "index.html": b"three", "a/b/index.html": b"bb"}


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in folder.rglob("*")
        if path.name != plan.MANIFEST and not (path.is_dir() and any(path.iterdir()))
    }


def test_only_what_is_not_as_it_was_is_listed(built, told):
    site, previous = built
    kept = {path: (site / path).stat().st_ino for path in ("c/index.html", "d/index.html", "e/index.html")}
    put(site, NEXT, previous)
    assert told == [""]
    assert tree(site) == NEXT
    assert {path: (site / path).stat().st_ino for path in kept} == kept
    assert tree(previous) == {**SITE, "index.html": b"two", "a/index.html": b"aa"}
    put(site, SITE, previous)
    assert told == [""]
    assert tree(site) == SITE


def test_files_come_and_go_with_their_folders(built, told):
    site, previous = built
    without = {path: data for path, data in NEXT.items() if not path.startswith(("a/b", "d"))}
    withdrew = False  # nothing is kept of a folder with pages that were withdrawn
    for contents in ({**without, "f/g/h.txt": b"h"}, NEXT, {**without, "f/g/h.txt": b"h", "f/i.txt": b"i"}, without):
        gone = tree(site).keys() - contents
        put(site, contents, previous)
        assert told[0] == ("all" if withdrew else "")
        withdrew = any(path.endswith(".html") for path in gone)
        assert tree(site) == contents
        assert {path.name for path in site.iterdir()} == {path.partition("/")[0] for path in contents} | {plan.MANIFEST}


def test_a_folder_too_young_to_be_trusted_is_listed(built, told):
    site, previous = built
    known = mirror.take_record(previous, site)
    # What changes in the same step of the disk's clock as it was looked at in may show no other time: such a time is not noted.
    assert mirror.stamp(str(site / "c"), (site / "c").stat().st_ctime_ns) == mirror.UNKNOWN
    known.folders["c"] = (*mirror.UNKNOWN, *known.folders["c"][2:])
    mirror.save_record(previous, known)
    (site / "c/mine.txt").write_text("of others")
    put(site, NEXT, previous)
    assert told == ["", "c"]
    assert tree(site) == {**NEXT, "c/mine.txt": b"of others"}


def add(site):
    (site / "c/mine.txt").write_text("of others")
    return {"c/mine.txt": b"of others"}


def add_folder(site):
    (site / "c/mine/deep").mkdir(parents=True)
    (site / "c/mine/deep/notes.txt").write_text("of others")
    return {"c/mine/deep/notes.txt": b"of others"}


def add_and_put_the_time_back(site):
    before = (site / "c").stat()
    (site / "c/mine.txt").write_text("of others")
    os.utime(site / "c", ns=(before.st_atime_ns, before.st_mtime_ns))
    return {"c/mine.txt": b"of others"}


def replace(site):
    (site / "c/theirs").write_text("replaced")
    (site / "c/theirs").rename(site / "c/index.html")
    return {"c/index.html": b"replaced"}


def edit(site):
    (site / "c/index.html").write_text("edited")
    return {"c/index.html": b"edited"}


def delete(site):
    (site / "c/index.html").unlink()
    return {}


def replace_folder(site):
    shutil.copytree(site / "c", site / "other")
    (site / "other/mine.txt").write_text("of others")
    shutil.rmtree(site / "c")
    (site / "other").rename(site / "c")
    return {"c/mine.txt": b"of others"}


def swap_folders(site):
    (site / "c").rename(site / "x")
    (site / "d").rename(site / "c")
    (site / "x").rename(site / "d")
    return {"c/index.html": b"d", "d/index.html": b"c"}


def move_folder(site):
    (site / "a").rename(site / "moved")
    return {"moved/index.html": b"aa", "moved/b/index.html": b"b"}


@pytest.mark.parametrize(
    "by_hand", [add, add_folder, add_and_put_the_time_back, replace, edit, delete, replace_folder, swap_folders, move_folder]
)
def test_what_others_do_in_the_output_is_seen(built, told, by_hand):
    site, previous = built
    more = by_hand(site)
    for contents in (NEXT, SITE, NEXT):  # also when it has become the previous folder, and the output again
        put(site, contents, previous)
        assert told[0] == "", "not the way that is tested"
        if by_hand is move_folder:
            assert tree(site) == {**contents, **more}
        else:
            assert tree(site) == {**{path: data for path, data in contents.items() if path not in more}, **more}


def stray(previous):
    (previous / "c/stray.txt").write_text("?")


def take_away(previous):
    (previous / "c/index.html").unlink()


def take_folder_away(previous):
    shutil.rmtree(previous / "c")


def take_for_another(previous):
    (previous / "c/index.html").unlink()
    (previous / "c/index.html").write_text("x")


def lead_away(previous):
    shutil.rmtree(previous / "c")
    (previous / "c").symlink_to(previous / "d")


@pytest.mark.parametrize("by_hand", [stray, take_away, take_folder_away, take_for_another, lead_away])
def test_what_somebody_does_who_still_stands_in_the_former_folder_is_seen(built, told, by_hand):
    site, previous = built
    by_hand(previous)
    put(site, NEXT, previous)
    assert told[0] == ""
    assert "c" in told
    assert tree(site) == NEXT


def torn(previous):
    file = previous.with_name("previous.likeness")
    file.write_bytes(file.read_bytes()[:-9])


def turned(previous):
    file = previous.with_name("previous.likeness")
    data = bytearray(file.read_bytes())
    data[-9] ^= 1
    file.write_bytes(data)


def another(previous):
    file = previous.with_name("previous.likeness")
    data = file.read_bytes()[8:].replace(b"likeness 1", b"likeness 0")
    file.write_bytes(b"%08x" % mirror.zlib.crc32(data) + data)


def missing(previous):
    previous.with_name("previous.likeness").unlink()


@pytest.mark.parametrize("damage", [torn, turned, another, missing])
def test_what_is_not_whole_is_not_believed(built, told, damage):
    site, previous = built
    (site / "c/mine.txt").write_text("of others")
    damage(previous)
    put(site, NEXT, previous)
    assert told == ["all"]
    assert tree(site) == {**NEXT, "c/mine.txt": b"of others"}
    put(site, SITE, previous)
    assert told == [""]


def test_a_copy_of_a_whole_site_is_another(built, told, tmp_path):
    site, previous = built
    shutil.copytree(tmp_path, tmp_path.with_name("copied"))
    site, previous = tmp_path.with_name("copied") / "site", tmp_path.with_name("copied") / "kept/previous"
    (site / "c/index.html").write_text("edited in place")
    put(site, NEXT, previous)
    assert told == ["all"]
    assert tree(site) == {**NEXT, "c/index.html": b"edited in place"}


def test_a_clock_that_was_put_back_is_not_believed(built, told, monkeypatch):
    site, previous = built
    then = time.time_ns() - 3600_000_000_000
    monkeypatch.setattr(time, "time_ns", lambda: then)
    put(site, NEXT, previous)
    assert told == ["all"]
    assert tree(site) == NEXT


def test_what_is_known_holds_for_one_build(built, monkeypatch):
    site, previous = built

    def refuse(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(writer, "exchange", refuse)
    with pytest.raises(KeyboardInterrupt):
        put(site, NEXT, previous)
    monkeypatch.undo()
    assert list(previous.parent.iterdir()) == []
    put(site, NEXT, previous)
    assert tree(site) == NEXT


def test_two_outputs_of_one_root_are_known_apart(tmp_path, at_ease, told):
    outputs = [(tmp_path / name, output.previous_folder(tmp_path, tmp_path / name)) for name in ("site", "preview")]
    for contents in (SITE, NEXT, {**NEXT, "c/index.html": b"cc", "d/index.html": b"dd"}, SITE):
        for site, previous in outputs:
            put(site, contents, previous)
            assert tree(site) == contents
    assert told == [""]


def test_files_that_could_not_be_linked_are_known_as_others(built, told, monkeypatch):
    site, previous = built
    (site / "c/mine.txt").write_text("of others")
    honest = os.link

    def link(source, target, **more):
        if str(source).endswith("mine.txt"):
            raise PermissionError(1, "Operation not permitted", source)
        honest(source, target, **more)

    monkeypatch.setattr(os, "link", link)
    put(site, NEXT, previous)
    (site / "c/mine.txt").write_text("changed in place")
    for contents in (SITE, NEXT):
        put(site, contents, previous)
        assert told[0] == ""
        assert tree(site) == {**contents, "c/mine.txt": b"changed in place"}


@pytest.mark.parametrize("where", ["c", "new"])
@pytest.mark.parametrize("known", [False, True])
def test_nothing_is_written_through_a_link_that_lies_in_the_place_of_a_folder(built, tmp_path, where, known):
    site, previous = built
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/index.html").write_text("theirs")
    if (site / where).exists():
        shutil.rmtree(site / where)
    (site / where).symlink_to(tmp_path / "elsewhere")
    if known and where == "new":
        put(site, NEXT, previous)
        put(site, SITE, previous)
    before = tree(site)
    with pytest.raises(output.OutputProblem, match="Move it away"):
        put(site, {**NEXT, f"{where}/index.html": b"ours", f"{where}/more/index.html": b"ours"}, previous)
    assert tree(tmp_path / "elsewhere") == {"index.html": b"theirs"}
    assert tree(site) == before


def test_a_file_that_is_gone_when_it_is_to_be_kept_is_told(built, monkeypatch):
    site, previous = built
    honest = output.existing_files

    def present(folder, wanted, before):
        found = honest(folder, wanted, before)
        (site / "c/index.html").unlink(missing_ok=True)
        return found

    monkeypatch.setattr(output, "existing_files", present)
    with pytest.raises(output.OutputProblem, match=r"c/index\.html"):
        put(site, NEXT, previous)


def test_the_mode_of_a_folder_of_others_stays(built, told):
    site, previous = built
    (site / "mine/empty").mkdir(parents=True)
    (site / "mine").chmod(0o750)
    put(site, NEXT, previous)
    (site / "mine/empty").chmod(0o700)
    for contents in (SITE, NEXT):
        put(site, contents, previous)
        assert told[0] == ""
        assert [(site / path).stat().st_mode & 0o777 for path in ("mine", "mine/empty")] == [0o750, 0o700]
