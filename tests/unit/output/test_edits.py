"""Changes of content files on the disk: all or none, only in `content/`, and taken back after a restart."""

from pathlib import Path

import pytest

from builder.content.editing import Edit, FileEdit, Refused, between, digest
from builder.output import edits

ONE, TWO = "content/actors/one.md", "content/actors/two.md"


@pytest.fixture
def site(tmp_path):
    (tmp_path / "content/actors").mkdir(parents=True)
    (tmp_path / ONE).write_bytes("---\nname: Öne\n---\n".encode())
    (tmp_path / TWO).write_bytes(b"---\nname: Two\n---\n")
    return tmp_path


def state(site):
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in (site / "content").rglob("*") if path.is_file()}


def edit(site, path, old, new, **named):
    data = (site / path).read_bytes()
    made = between(path, data, data.replace(old.encode(), new.encode()))
    return FileEdit(made.path, made.digest, made.edits, **named)


def test_steps_are_taken_back_and_made_again_after_a_restart(site):
    before = state(site)
    first = edits.write(site, [edit(site, ONE, "Öne", "Uno"), edit(site, TWO, "Two", "Due", to="content/actors/due.md")], "rename")
    assert not isinstance(first, Refused)
    middle = state(site)
    assert set(middle) == {ONE, "content/actors/due.md"}
    assert not isinstance(
        edits.write(site, [FileEdit("content/actors/new.md", "", (Edit(0, 0, "---\nname: New\n---\n"),))], "begin"), Refused
    )
    after = state(site)
    assert len(after) == 3
    assert edits.undo(site).what == "begin"
    assert state(site) == middle
    assert edits.undo(site) == first
    assert state(site) == before
    assert edits.undo(site).reason == "nothing"
    assert [edits.redo(site).what, edits.redo(site).what] == ["rename", "begin"]
    assert state(site) == after
    assert edits.redo(site).reason == "nothing"
    edits.undo(site)
    edits.write(site, [edit(site, ONE, "Uno", "Un")], "another")
    assert edits.redo(site).reason == "nothing"
    assert not list((site / "content").rglob("*.backstory-*"))


def test_nothing_is_written_where_one_file_has_changed(site):
    changes = [edit(site, ONE, "Öne", "Uno"), edit(site, TWO, "Two", "Due")]
    (site / TWO).write_bytes(b"---\nname: Zwei\n---\n")
    before = state(site)
    assert edits.write(site, changes, "x") == Refused("changed", "The file has changed since.", TWO)
    assert state(site) == before
    assert edits.undo(site).reason == "nothing"


def test_a_step_is_not_taken_back_over_what_was_written_since(site):
    edits.write(site, [edit(site, ONE, "Öne", "Uno"), edit(site, TWO, "Two", "Due")], "x")
    (site / TWO).write_bytes(b"---\nname: Zwei\n---\n")
    before = state(site)
    assert edits.undo(site).reason == "changed"
    assert state(site) == before


def test_a_disk_that_refuses_leaves_everything_as_it_was(site, monkeypatch):
    before = state(site)
    put, asked = edits.replace_file, []

    def refuse(path):
        asked.append(path)
        if len(asked) == 2:
            raise OSError(28, "No space left on device")
        put(path)

    monkeypatch.setattr(edits, "replace_file", refuse)
    made = edits.write(site, [edit(site, ONE, "Öne", "Uno", to="content/actors/uno.md"), edit(site, TWO, "Two", "Due")], "x")
    assert made.reason == "disk"
    assert "no space left" in made.message
    assert state(site) == before
    assert edits.undo(site).reason == "nothing"


@pytest.mark.parametrize(
    "path",
    ["content/../x.md", "templates/x.html", "/etc/x", "content/actors/../../x.md", "content", "content/a\\..\\x.md", "content//x.md"],
)
def test_only_files_of_content_are_written(site, path):
    assert edits.write(site, [FileEdit(path, "", (Edit(0, 0, "x"),))], "x").reason == "not-allowed"
    assert edits.write(site, [edit(site, ONE, "Öne", "Uno", to=path)], "x").reason == "not-allowed"


def test_no_link_leads_out_of_content(site):
    outside = site / "outside.md"
    outside.write_bytes(b"---\nname: Out\n---\n")
    (site / "content/actors/link.md").symlink_to(outside)
    (site / "content/events").symlink_to(site)
    assert edits.write(site, [edit(site, "content/actors/link.md", "Out", "x")], "x").reason == "not-allowed"
    assert edits.write(site, [FileEdit("content/events/new.md", "", (Edit(0, 0, "x"),))], "x").reason == "not-allowed"
    assert outside.read_bytes() == b"---\nname: Out\n---\n"


def test_a_link_within_content_stays_a_link(site):
    (site / "content/actors/link.md").symlink_to(site / ONE)
    assert not isinstance(edits.write(site, [edit(site, "content/actors/link.md", "Öne", "Uno")], "x"), Refused)
    assert (site / "content/actors/link.md").is_symlink()
    assert (site / ONE).read_bytes() == b"---\nname: Uno\n---\n"


def test_rights_stay_and_a_file_that_may_not_be_written_is_refused(site):
    (site / ONE).chmod(0o640)
    edits.write(site, [edit(site, ONE, "Öne", "Uno")], "x")
    assert (site / ONE).stat().st_mode & 0o777 == 0o640
    (site / ONE).chmod(0o444)
    assert edits.write(site, [edit(site, ONE, "Uno", "x")], "x").reason == "read-only"


def test_what_is_there_is_not_written_over(site):
    assert edits.write(site, [FileEdit(ONE, "", (Edit(0, 0, "x"),))], "x").reason == "occupied"
    assert edits.write(site, [edit(site, ONE, "Öne", "Uno", to=TWO)], "x").reason == "occupied"
    assert edits.write(site, [FileEdit("content/actors/no.md", digest(b"x"), ())], "x").reason == "missing"


def test_removed_words_are_forgotten_after_a_week(site, monkeypatch):
    edits.write(site, [edit(site, ONE, "Öne", "Uno")], "x")
    journal = site / edits.STATE_FOLDER / "edits"
    assert "Öne".encode() in journal.read_bytes() or b"\xc3\x96" in journal.read_bytes()
    assert journal.stat().st_mode & 0o077 == 0
    now = edits.time.time()
    monkeypatch.setattr(edits.time, "time", lambda: now + edits.WEEK - 60)
    edits.write(site, [edit(site, TWO, "Two", "Due")], "y")
    monkeypatch.setattr(edits.time, "time", lambda: now + edits.WEEK + 60)
    edits.forget_old(site)
    assert b"\xc3\x96" not in journal.read_bytes()
    assert edits.undo(site).what == "y"
    assert edits.undo(site).reason == "nothing"
    monkeypatch.setattr(edits.time, "time", lambda: now + 2 * edits.WEEK + 60)
    edits.forget_old(site)
    assert not journal.exists()


def test_a_journal_that_is_not_ours_is_passed_over(site):
    (site / edits.STATE_FOLDER).mkdir()
    (site / edits.STATE_FOLDER / "edits").write_bytes(b"\xc1nonsense")
    assert edits.undo(site).reason == "nothing"
    assert not isinstance(edits.write(site, [edit(site, ONE, "Öne", "Uno")], "x"), Refused)


def test_whole_files_of_any_kind_are_written_as_one_step(site):
    before = state(site)
    table = "content/tables/a.csv"
    (site / "content/tables").mkdir()
    (site / table).write_bytes("id;Öl\n".encode("latin-1"))
    picture = bytes(range(256))
    wanted = {"content/explainers/ferry/index.md": b"---\ntitle: x\n---\n", "content/explainers/ferry/a.png": picture, table: b"\xd6l;id\n"}
    assert edits.write_files(site, wanted, "import").what == "import"
    assert {path: (site / path).read_bytes() for path in wanted} == wanted
    after = state(site)
    assert edits.undo(site, deletes_made_files=False).reason == "made"
    assert state(site) == after
    edits.undo(site)
    assert state(site) == before | {table: "id;Öl\n".encode("latin-1")}
    assert not (site / "content/explainers/ferry").exists()
    edits.redo(site)
    assert state(site) == after


def test_a_step_that_is_too_large_is_made_and_not_kept(site, monkeypatch):
    monkeypatch.setattr(edits, "LARGEST_KEPT_EDIT", 10)
    assert not edits.write_files(site, {"content/actors/new.md": b"---\nname: New\n---\n"}, "import").is_kept
    assert (site / "content/actors/new.md").exists()
    assert edits.undo(site).reason == "nothing"


def test_a_folder_is_looked_up_once_for_all_files_that_are_made_in_it(site, monkeypatch):
    looked_up = []
    resolve = Path.resolve
    monkeypatch.setattr(Path, "resolve", lambda self, strict=False: looked_up.append(self) or resolve(self, strict))
    made = edits.write_files(site, {f"content/actors/a-{n}.md": b"---\nname: A\n---\n" for n in range(30)}, "import")
    assert not isinstance(made, Refused)
    assert len(list((site / "content/actors").glob("a-*.md"))) == 30
    assert len(looked_up) < 10
