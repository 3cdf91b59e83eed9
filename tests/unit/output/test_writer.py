"""What is published is whole, always; and the content folder is read whatever lies in it."""

import contextlib
import os
import stat
import sys
from pathlib import Path

import pytest

from builder import content as content_files, output as output_files
from builder.build.pipeline import Options, build
from builder.content import reading
from builder.incremental.digests import digest
from builder.output import plan
from builder.output.plan import FileAction, Fingerprint, FolderState, MadeFiles, Manifest, Plan
from builder.output.swap import make_writable
from tests.hostile.running import FRONT, lay


def put(output, contents, previous=None):
    with output_files.locked(output):
        before = output_files.read_manifest(output)
        wanted = {path: Fingerprint("copy", "", digest(data), "") for path, data in contents.items()}
        steps = plan.plan(MadeFiles(wanted, {}), output_files.existing_files(output, wanted, before))
        output_files.apply(output, steps, output_files.NewFiles(contents), previous=previous)
    return steps


def tree(folder):
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != plan.MANIFEST
    }


def test_a_folder_is_made_changed_and_cleared_of_what_is_gone(tmp_path):
    output = tmp_path / "site"
    put(output, {"index.html": b"one", "a/b/index.html": b"deep"})
    steps = put(output, {"index.html": b"two", "c.txt": b"new"})
    assert tree(output) == {"index.html": b"two", "c.txt": b"new"}
    assert [step.path for step in steps.delete] == ["a/b/index.html"]
    assert not (output / "a").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def numbers(folder):
    return {path.relative_to(folder).as_posix(): path.stat().st_ino for path in folder.rglob("*")}


def test_the_former_folder_is_the_ground_of_the_next(tmp_path):
    output, previous = tmp_path / "site", tmp_path / "kept/previous"
    first = {"index.html": b"one", "a/b/index.html": b"deep", "c/index.html": b"c", "d/index.html": b"d"}
    put(output, first, previous)
    assert not previous.exists()
    put(output, {**first, "index.html": b"two", "d/index.html": b"dd"}, previous)
    assert tree(previous) == first
    kept = numbers(previous)
    (output / "mine").mkdir()
    (output / "mine/notes.txt").write_text("of others")
    (output / "a/mine.txt").write_text("of others")
    (previous / "stray").symlink_to(tmp_path)
    third = {"index.html": b"three", "a/b/index.html": b"deep", "c/index.html": b"cc", "e": b"e"}
    put(output, third, previous)
    assert tree(output) == {**third, "mine/notes.txt": b"of others", "a/mine.txt": b"of others"}
    # Folders that are needed again are the same ones, those that are not are gone.
    now = numbers(output)
    assert [now[path] for path in ("a", "a/b", "a/b/index.html")] == [kept[path] for path in ("a", "a/b", "a/b/index.html")]
    assert not (output / "d").exists()
    assert not (output / "stray").exists()
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


def test_a_file_of_the_former_folder_that_is_only_alike_is_not_taken(tmp_path):
    output, previous = tmp_path / "site", tmp_path / "previous"
    put(output, {"index.html": b"one", "a.txt": b"a", "b.txt": b"b"}, previous)
    put(output, {"index.html": b"two", "a.txt": b"a", "b.txt": b"bb"}, previous)
    (previous / "a.txt").unlink()
    (previous / "a.txt").write_text("x")  # as long, but no more the same file
    put(output, {"index.html": b"three", "a.txt": b"a", "b.txt": b"b"}, previous)
    assert tree(output) == {"index.html": b"three", "a.txt": b"a", "b.txt": b"b"}


def test_a_former_folder_that_cannot_be_taken_up_costs_nothing_else(tmp_path, monkeypatch):
    output, previous = tmp_path / "site", tmp_path / "previous"
    put(output, {"index.html": b"one", "a.txt": b"a", "b.txt": b"b"}, previous)
    put(output, {"index.html": b"two", "a.txt": b"a", "b.txt": b"bb"}, previous)

    def refuse(*_arguments):
        raise OSError(5, "Input/output error", "somewhere")

    monkeypatch.setattr(output_files.previous, "is_same_file", refuse)
    put(output, {"index.html": b"three", "a.txt": b"a", "b.txt": b"b"}, previous)
    assert tree(output) == {"index.html": b"three", "a.txt": b"a", "b.txt": b"b"}


def test_nothing_is_touched_when_nothing_changed(tmp_path):
    output = tmp_path / "site"
    put(output, {"index.html": b"one"})
    before = {path: path.stat().st_mtime_ns for path in (output, output / "index.html", output / plan.MANIFEST)}
    assert not put(output, {"index.html": b"one"}).changes
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_folder_that_we_did_not_make_is_never_written_to(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site/thesis.doc").write_text("years of work")
    with pytest.raises(output_files.OutputProblem, match="did not make"):
        output_files.read_manifest(tmp_path / "site")


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "site").write_text("a file")
    os.mkfifo(tmp_path / "pipe")
    for name, told in (("site", "is a file"), ("pipe", "is a pipe"), ("site/below", "lies below a file")):
        with pytest.raises(output_files.OutputProblem, match=told):
            output_files.read_manifest(tmp_path / name)


def test_a_list_larger_than_that_of_any_site_is_told_with_what_to_do(tmp_path):
    with (tmp_path / plan.MANIFEST).open("wb") as stream:
        stream.truncate(193_000_000)
    with pytest.raises(output_files.OutputProblem, match=r"larger than the list of any site\. Delete the folder"):
        output_files.read_manifest(tmp_path)


def test_what_others_put_into_our_folder_goes_with_the_next_change_only_if_we_listed_it(tmp_path):
    output = tmp_path / "site"
    put(output, {"index.html": b"one", "old.html": b"old"})
    steps = put(output, {"index.html": b"one"})
    assert [step.path for step in steps.delete] == ["old.html"]


@pytest.mark.parametrize("kept", [False, True])
def test_what_a_manifest_lists_outside_of_the_folder_is_not_ours(tmp_path, kept):
    output, previous = tmp_path / "site", tmp_path / "previous" if kept else None
    for data in (b"one", b"two", b"three"):  # so that there is a folder to lay the next build on
        put(output, {"index.html": data, "a.txt": data}, previous)
    outside = ("../victim.txt", "../elsewhere/victim.txt", "a/../../victim.txt", str(tmp_path / "victim.txt"))
    (tmp_path / "elsewhere").mkdir()
    for path in (tmp_path / "victim.txt", tmp_path / "elsewhere/victim.txt"):
        path.write_text("of others")
    made = output_files.read_manifest(output)
    changed = Manifest(made.version, made.templates, {**made.files, **dict.fromkeys(outside, Fingerprint("copy", "", "", ""))})
    (output / plan.MANIFEST).write_bytes(plan.encode(changed))
    assert output_files.read_manifest(output) == made
    put(output, {"index.html": b"four", "a.txt": b"four"}, previous)
    assert tree(output) == {"index.html": b"four", "a.txt": b"four"}
    assert (tmp_path / "victim.txt").read_text() == (tmp_path / "elsewhere/victim.txt").read_text() == "of others"


@pytest.mark.parametrize("there", [True, False])
def test_of_a_link_in_the_place_of_a_folder_of_ours_only_the_link_is_deleted(tmp_path, there):
    link, precious = tmp_path / ".backstory", tmp_path / "precious"
    link.symlink_to(precious)
    if there:
        precious.mkdir()
        (precious / "thesis.doc").write_text("years of work")
    assert output_files.remove(link, ours=True)
    assert not link.is_symlink()
    assert not there or tree(precious) == {"thesis.doc": b"years of work"}
    assert not output_files.remove(link, ours=True)


@pytest.mark.parametrize("fault", ["write", "link", "mkdir"])
def test_a_disk_that_refuses_leaves_the_folder_as_it_was(tmp_path, monkeypatch, fault):
    output = tmp_path / "site"
    put(output, {"index.html": b"one", "a/index.html": b"a"})

    def refuse(*_arguments, **_keywords):
        raise OSError(28, "No space left on device", "somewhere")

    monkeypatch.setattr(*{"write": (os, "write"), "link": (output_files.writer, "link_or_copy"), "mkdir": (Path, "mkdir")}[fault], refuse)
    with pytest.raises(output_files.OutputProblem, match=r"(?i)no space left"):
        put(output, {"index.html": b"two", "a/index.html": b"a", "b/index.html": b"b"})
    monkeypatch.undo()
    assert tree(output) == {"index.html": b"one", "a/index.html": b"a"}


def test_the_content_folder_is_read_whatever_lies_in_it(tmp_path):
    content = tmp_path / "content"
    for folder in ("explainers/photos", "actors", "static/img", "nonsense"):
        (content / folder).mkdir(parents=True)
    (content / "site.yaml").write_text("title: T\n")
    (content / "explainers/a.md").write_text("---\ntitle: A\n---\n")
    (content / "explainers/photos/index.md").write_text("---\ntitle: B\n---\n")
    (content / "explainers/photos/harbour.jpg").write_bytes(b"jpg")
    (content / "explainers/folder.md").mkdir()
    (content / "explainers/.a.md.swp").write_text("swap")
    (content / "explainers/a.md~").write_text("backup")
    (content / "actors/notes.txt").write_text("?")
    (content / "static/img/logo.svg").write_text("<svg/>")
    (content / "static/.git").mkdir()
    (content / "static/.git/config").write_text("secret")
    (content / "nonsense/x.md").write_text("?")
    (content / "loose.md").write_text("?")
    (tmp_path / "secret.md").write_text("secret")
    (content / "actors/outside.md").symlink_to(tmp_path / "secret.md")
    (content / "actors/loop.md").symlink_to(content / "actors/loop.md")
    os.mkfifo(content / "explainers/pipe.md")
    found = reading.read(tmp_path)
    assert [path for path, _ in found.texts] == ["content/explainers/a.md", "content/explainers/photos/index.md"]
    assert found.copies == {
        "explainers/photos/harbour.jpg": "content/explainers/photos/harbour.jpg",
        "img/logo.svg": "content/static/img/logo.svg",
    }
    assert sorted((problem.code, problem.location.path) for problem in found.diagnostics) == [
        ("file-not-a-file", "content/explainers/pipe.md"),
        ("file-outside", "content/actors/loop.md"),
        ("file-outside", "content/actors/outside.md"),
        ("file-unused", "content/actors/notes.txt"),
        ("file-unused", "content/loose.md"),
        ("file-unused", "content/nonsense/x.md"),
    ]


@pytest.mark.parametrize("known", [None, {}])
def test_a_file_that_goes_while_all_is_read_is_told(known, tmp_path, monkeypatch):
    file = tmp_path / "content/explainers/a.md"
    file.parent.mkdir(parents=True)
    file.write_text("a")
    os.utime(file, (0, 0))

    def passed_over(name):
        if name == file.name:  # by now its folder has named it
            file.unlink()
        return False

    monkeypatch.setattr(content_files.reading, "is_private", passed_over)
    found = reading.read(tmp_path, known)
    assert not found.texts
    assert [(problem.code, problem.location.path) for problem in found.diagnostics] == [("file-unreadable", "content/explainers/a.md")]
    assert "taken away" in found.diagnostics[0].message


def test_a_picture_that_goes_before_it_is_written_ends_the_build_in_words(tmp_path, monkeypatch):
    root = lay(tmp_path, {"content/explainers/a.md": FRONT, "content/static/boat.jpg": "x"})
    digests = reading.digests

    def looked_at(*given):
        found = digests(*given)
        (root / "content/static/boat.jpg").unlink()
        return found

    monkeypatch.setattr(reading, "digests", looked_at)
    with pytest.raises(output_files.OutputProblem, match=r"boat\.jpg could not be read: no such file"):
        build(Options(root, root / "site", jobs=1, cache=False))
    assert not (root / "site").exists()


@pytest.mark.parametrize("gone", ["content/static/boat.jpg", "content/explainers/a/photo.jpg", "content/loose.txt", "content/site.yaml"])
def test_what_goes_is_seen_by_who_looks_again_at_it_alone(gone, tmp_path):
    lay(
        tmp_path,
        {
            "content/explainers/a/index.md": FRONT,
            "content/static/boat.jpg": "x",
            "content/explainers/a/photo.jpg": "x",
            "content/loose.txt": "x",
        },
    )
    before = reading.read(tmp_path)
    assert reading.reread(tmp_path, before, [gone]) == before
    (tmp_path / gone).unlink()
    now = reading.reread(tmp_path, before, [gone])
    assert now == reading.read(tmp_path) != before
    (tmp_path / gone).write_text("x")
    assert reading.reread(tmp_path, now, [gone]) == reading.read(tmp_path) != now


@pytest.mark.parametrize(
    "path, hint",
    [
        ("explainers/a.MD", "Call it a.md."),
        ("explainers/pool/index.Md", "Call it index.md."),
        ("explainers/a.txt", "Call it a.md, with a line “---” above its keys and one below them."),
        ("actors/a.yaml", "Call it a.md, with a line “---” above its keys and one below them."),
        ("explainers/a.docx", "Save it as plain text, in UTF-8, and call it a.md."),
        ("events/boat.png", "Put pictures into content/static/, or beside an explainer’s index.md in a folder of its own."),
    ],
)
def test_of_a_file_that_is_not_read_it_is_told_how_to_call_it(path, hint, tmp_path):
    file = tmp_path / "content" / path
    file.parent.mkdir(parents=True)
    file.write_text("?")
    tree = reading.read(tmp_path)
    assert [(problem.code, problem.help) for problem in tree.diagnostics] == [("file-unused", hint)]
    assert tree.copies == {}


@pytest.mark.parametrize("path", ["explainers/pool/notes.txt", "explainers/pool/table.yaml", "pages/guide/form.docx", "sources/echo.txt"])
def test_what_may_lie_beside_is_let_through(path, tmp_path):
    file = tmp_path / "content" / path
    file.parent.mkdir(parents=True)
    file.write_text("?")
    assert reading.read(tmp_path).diagnostics == ()


def test_a_manifest_that_is_damaged_counts_as_none():
    assert plan.decode(b"\x00garbage") is None
    whole = plan.encode(Manifest("1", {"a": "b"}, {"index.html": Fingerprint("page", "a", "b", "c")}))
    assert plan.decode(whole[:-3]) is None


def test_a_plan_tells_why(tmp_path):
    before = Manifest(
        plan.__version__,
        {"t": "1"},
        {
            "kept": Fingerprint("page", "t", "v", "s"),
            "view": Fingerprint("page", "t", "v", "s"),
            "gone": Fingerprint("page", "t", "v", "s"),
            "lost": Fingerprint("page", "t", "v", "s"),
        },
    )
    now = {name: Fingerprint("page", "t", "w" if name == "view" else "v", "s") for name in ("kept", "view", "lost", "new")}
    steps = plan.plan(MadeFiles(now, {"t": "1"}), FolderState(before, frozenset({"kept", "view"})))
    assert isinstance(steps, Plan)
    assert steps.write == (
        FileAction("lost", "the file is missing"),
        FileAction("new", "it is new"),
        FileAction("view", "what it shows has changed"),
    )
    assert [step.path for step in steps.keep] == ["kept"]
    assert steps.delete == (FileAction("gone", "no page is made here any more"),)


def test_a_single_change_touches_no_other_file(tmp_path):
    output = tmp_path / "site"
    put(output, {"index.html": b"one", "a/index.html": b"a"})
    before = (output / "a/index.html").stat().st_ctime_ns
    put(output, {"index.html": b"two", "a/index.html": b"a"})
    assert tree(output) == {"index.html": b"two", "a/index.html": b"a"}
    assert (output / "a/index.html").stat().st_ctime_ns == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


@pytest.mark.parametrize("after", [{"a/x.html": b"new", "b.html": b"b"}, {"b.html": b"b"}])
def test_nothing_is_written_or_deleted_where_a_link_in_the_folder_leads(tmp_path, after):
    output = tmp_path / "site"
    for words in (b"one", b"two", b"old"):
        put(output, {"a/x.html": words, "b.html": b"b"}, tmp_path / "former")
    (output / "a").rename(tmp_path / "precious")
    (output / "a").symlink_to(tmp_path / "precious")
    with contextlib.suppress(output_files.OutputProblem):
        put(output, after, tmp_path / "former")
    assert (tmp_path / "precious/x.html").read_bytes() == b"old"


@pytest.mark.parametrize("killed_after", [0, 1, 2])
def test_a_single_change_that_is_killed_half_way_is_healed_even_if_it_is_taken_back(tmp_path, monkeypatch, killed_after):
    output = tmp_path / "site"
    put(output, {"index.html": b"one", "a.txt": b"a"})
    done = []
    honest = Path.replace

    def killed(self, target):
        if len(done) == killed_after:
            raise KeyboardInterrupt
        done.append(target)
        return honest(self, target)

    monkeypatch.setattr(Path, "replace", killed)
    with pytest.raises(KeyboardInterrupt):
        put(output, {"index.html": b"two", "a.txt": b"a"})
    monkeypatch.undo()
    put(output, {"index.html": b"one", "a.txt": b"a"})
    assert tree(output) == {"index.html": b"one", "a.txt": b"a"}


@pytest.mark.skipif(sys.platform == "win32", reason="links and modes as Unix has them")
def test_to_unlock_a_folder_follows_no_link(tmp_path):
    theirs = tmp_path / "theirs/inner"
    theirs.mkdir(parents=True)
    theirs.chmod(0o500)
    ours = tmp_path / "ours"
    ours.mkdir()
    (ours / "within").symlink_to(theirs.parent)
    (tmp_path / "link").symlink_to(theirs.parent)
    for folder in (ours, tmp_path / "link"):
        make_writable(folder)
    assert stat.S_IMODE(theirs.stat().st_mode) == 0o500
