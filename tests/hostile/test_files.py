"""What a content folder should not have: names, links, pipes, and things that claim one place."""

import ctypes
import json
import os
import socket
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest

from builder import cli
from builder.build.pipeline import Options
from builder.preview.engine import PreviewEngine
from tests.effort import effort
from tests.hostile.running import FRONT, PATIENCE, lay, run

PAGE = "---\ntitle: Talks\n---\nBody.\n"
NFC, NFD = (unicodedata.normalize(form, "café") for form in ("NFC", "NFD"))

BROKEN = {
    "windows-id": ({"content/explainers/a.md": FRONT.replace("---\n", "---\nactors: {com1: Ada}\n", 1)}, {"id-wrong"}),
    "explainers-by-case": ({"content/explainers/talks.md": FRONT, "content/explainers/Talks.md": FRONT}, {"path-twice"}),
    "explainers-by-unicode-form": ({f"content/explainers/{NFC}.md": FRONT, f"content/explainers/{NFD}.md": FRONT}, {"path-twice"}),
    "explainers-by-trailing-dot": ({"content/explainers/talks.md": FRONT, "content/explainers/talks..md": FRONT}, {"path-twice"}),
    "explainer-file-and-folder": ({"content/explainers/talks.md": FRONT, "content/explainers/talks/index.md": FRONT}, {"path-twice"}),
    "two-slugs-alike": (
        {
            "content/explainers/a.md": FRONT.replace("---\ntitle", "---\nslug: c\ntitle", 1),
            "content/explainers/b.md": FRONT.replace("---\ntitle", "---\nslug: c\ntitle", 1),
        },
        {"path-twice"},
    ),
    "static-by-case": ({"content/static/a.txt": "a", "content/static/A.txt": "b"}, {"path-twice"}),
    "static-by-unicode-form": ({f"content/static/{NFC}.txt": "a", f"content/static/{NFD}.txt": "b"}, {"path-twice"}),
    "static-by-trailing-dot": ({"content/static/a": "a", "content/static/a.": "b"}, {"file-name"}),
    "static-against-a-page": ({"content/pages/about.md": PAGE, "content/static/about/index.html": "x"}, {"path-twice"}),
    "static-against-the-home-page": ({"content/static/index.html": "x"}, {"path-twice"}),
    "static-file-in-the-place-of-a-folder": ({"content/static/explainers": "x"}, {"path-twice"}),
    "static-file-in-the-place-of-a-page": ({"content/pages/about.md": PAGE, "content/static/about": "x"}, {"path-twice"}),
    "static-file-in-the-place-of-assets": ({"content/static/assets": "x"}, {"path-twice"}),
    "static-beside-an-asset-by-case": ({"content/static/assets/Backstory.css": "x"}, {"path-twice"}),
    "static-over-the-manifest": ({"content/static/.backstory-manifest": "x", "content/static/x\\y.txt": "x"}, {"file-name"}),
    "page-against-a-list": ({"content/pages/explainers.md": PAGE}, {"path-twice"}),
    "alias-against-a-page": (
        {"content/pages/about.md": PAGE, "content/pages/b.md": "---\ntitle: B\naliases: [/about/]\n---\n"},
        {"path-twice"},
    ),
    "alias-against-a-file-by-form": (
        {f"content/static/{NFD}.html": "x", "content/pages/b.md": f"---\ntitle: B\naliases: [/{NFC}.html]\n---\n"},
        {"path-twice"},
    ),
    "windows-con": ({"content/pages/CON.md": PAGE}, {"file-name"}),
    "windows-aux": ({"content/explainers/aux.md": FRONT}, {"file-name"}),
    "windows-nul-folder": ({"content/explainers/nul/index.md": FRONT}, {"file-name"}),
    "windows-com1-id": ({"content/actors/com1.md": "---\nname: A\n---\n"}, {"file-name"}),
    "windows-static": ({"content/static/aux.txt": "x"}, {"file-name"}),
    "windows-static-folder": ({"content/static/con/a.txt": "x"}, {"file-name"}),
    "windows-alias": ({"content/pages/b.md": "---\ntitle: B\naliases: [/aux/]\n---\n"}, {"alias-wrong"}),
    **{
        f"slug-{number}": ({"content/explainers/a.md": f"---\ntitle: T\npublished: 2022-01-19\nslug: {slug!r}\n---\n"}, {"id-wrong"})
        for number, slug in enumerate(
            (
                "..",
                "../../etc",
                "/etc/passwd",
                "a/b",
                "a\\b",
                "C:",
                "%2e%2e%2f",
                "..%2f",
                ".a",
                "a.",
                "a" * 300,
                "語" * 100,
                "𝒳" * 64,
                "𐌀" * 70,
                "-a",
                "a b",
                "con",
                "A",
            )
        )
    },
    **{
        f"alias-{number}": ({"content/pages/b.md": f"---\ntitle: B\naliases: [{alias!r}]\n---\n"}, {"alias-wrong"})
        for number, alias in enumerate(
            (
                "/../x/",
                "/%2e%2e/x/",
                "//evil.example/",
                "/a//b/",
                "/a\\b/",
                "/" + "a" * 300 + "/",
                "/" + "語" * 100 + "/",
                "/" + "a/" * 3000,
                "/./",
                "/a/%00/",
                "/a./",
                "/C:/x",
            )
        )
    },
}
ACTORS = effort(2_000, 5_000)
FINE = {
    "title-of-many-bytes": (
        {
            "content/explainers/a.md": FRONT + "x",
            "content/explainers/b.md": "---\ntitle: T\npublished: 2022-01-19\ntopics: ["
            + "𐌀" * 300
            + "]\nactors: [{name: "
            + "𐌀" * 300
            + "}]\n---\n",
        },
        "Talks",
    ),
    "folder-called-as-a-file": ({"content/explainers/a.md": FRONT, "content/pages/x.md/about.md": PAGE}, "Talks"),
    "thousands-of-actors": (
        {
            "content/explainers/a.md": "---\ntitle: Talks\npublished: 2022-01-19\nactors:\n"
            + "".join(f"  p{n}: Person Number{n}, role {n}\n" for n in range(ACTORS))
            + "---\n"
            + "".join(f"Number{n} met Person Number{n}. " for n in range(0, ACTORS, 3))
            + "\n"
        },
        "Talks",
    ),
    "two-thousand-quotes": (
        {
            "content/explainers/a.md": "---\ntitle: Talks\npublished: 2022-01-19\nsources: {s: {title: S, publisher: P, published: 2022-01-01}}\nactors: {a: Ada}\nquotes:\n"
            + "".join(f"  - a: word number {n} is said\n" for n in range(2_000))
            + "---\n"
            + "".join(f"“word number {n} is said”\n\n" for n in range(2_000))
            + "\n"
        },
        "Talks",
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_a_site_is_told_by_its_code(name, tmp_path):
    files, expected = BROKEN[name]
    outcome = run(lay(tmp_path, files))
    assert not outcome.built
    assert expected <= outcome.codes


@pytest.mark.parametrize("name", FINE)
def test_what_only_looks_too_much_is_built(name, tmp_path):
    files, expected = FINE[name]
    outcome = run(lay(tmp_path, files))
    assert outcome.built, outcome.problems
    assert expected in outcome.text("explainers/a/index.html")


PLACES = ("explainers/x.md", "sources/x.yaml", "static/x.txt", "site.yaml")


def pipe(path):
    os.mkfifo(path)


def bound_socket(path):
    before = Path.cwd()
    os.chdir(path.parent)  # the address of a socket has room for a hundred characters
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(before)


def device_link(path):
    path.symlink_to("/dev/zero")


def link_to_itself(path):
    path.symlink_to(path)


def link_to_nothing(path):
    path.symlink_to(path.parent / "nowhere")


def link_out(path):
    outside = path.parents[3] / "secret.txt"
    outside.write_text("the editor's password")
    path.symlink_to(outside)


def link_to_the_folder_above(path):
    path.symlink_to(path.parent, target_is_directory=True)


def name_of_bytes(path):
    file = os.fsencode(path.parent) + b"/\xff\xfe" + os.fsencode(path.name)
    Path(os.fsdecode(file)).write_bytes(b"x")


STRANGE = {
    pipe: "file-not-a-file",
    bound_socket: "file-not-a-file",
    device_link: "file-outside",
    link_to_itself: "file-outside",
    link_to_nothing: "file-outside",
    link_out: "file-outside",
    link_to_the_folder_above: "file-outside",
    name_of_bytes: "file-name",
}


@pytest.mark.parametrize("make", STRANGE, ids=lambda make: make.__name__)
def test_what_is_no_file_of_the_folder_is_told_and_never_opened(make, tmp_path):
    root = lay(tmp_path / "a" / "b", {"content/explainers/a.md": FRONT})
    (root / "content/site.yaml").unlink()
    for place in PLACES:
        (root / "content" / place).parent.mkdir(exist_ok=True)
        make(root / "content" / place)
    if make is name_of_bytes:
        # Its bytes stand before the name, and so the settings are missing.
        (root / "content/site.yaml").write_text("title: Desk\n")
    outcome = run(root)
    told = [problem["path"] for problem in outcome.problems if problem["code"] == STRANGE[make]]
    assert len(told) == len(PLACES)


@pytest.mark.parametrize("make", [link_out, link_to_itself, link_to_nothing], ids=lambda make: make.__name__)
def test_a_link_out_of_the_templates_is_told_and_never_published(make, tmp_path):
    root = lay(tmp_path / "a" / "b", {"content/explainers/a.md": FRONT, "templates/assets/own.css": "p {}"})
    make(root / "templates/assets/leak.txt")
    outcome = run(root)
    assert [(problem["code"], problem["path"]) for problem in outcome.problems] == [("file-outside", "templates/assets/leak.txt")]


@pytest.mark.parametrize("folder", ["content", "templates"])
def test_the_folder_itself_may_be_a_link_and_so_may_a_file_that_leads_to_one_in_it(folder, tmp_path):
    root = lay(
        tmp_path / "site",
        {"content/explainers/a.md": FRONT, "content/static/assets/boat.svg": "<svg/>", "templates/assets/ship.svg": "<svg/>"},
    )
    (root / folder).rename(tmp_path / "elsewhere")
    (root / folder).symlink_to(tmp_path / "elsewhere")
    (root / "content/static/assets/alias.svg").symlink_to("boat.svg")
    (root / "templates/assets/second.svg").symlink_to("ship.svg")
    outcome = run(root)
    assert not outcome.errors
    names = [f"assets/{name}.svg" for name in ("boat", "ship", "alias", "second")]
    assert [outcome.text(name) for name in names] == ["<svg/>"] * 4
    shown = PreviewEngine(Options(root, root / "unused", drafts=True, jobs=1, cache=False)).current()
    assert all(shown.get(name) is not None for name in names)


UNREADABLE = {
    "explainers/x.md": "file-unreadable",
    "sources/x.yaml": "file-unreadable",
    "static/x.txt": "file-unreadable",
    "static/photo.jpg": "file-unreadable",
    "site.yaml": "file-unreadable",
    "pages/folder": "file-unreadable",
    "../templates": "file-unreadable",
    "../templates/assets": "file-unreadable",
    "../templates/parts": "file-unreadable",
}


def without_privilege():
    """Let root be refused like anybody: the program that starts has no right to read what its mode forbids."""
    bounding_set_drop, dac_override, dac_read_search = 24, 1, 2
    for right in (dac_override, dac_read_search):
        ctypes.CDLL(None).prctl(bounding_set_drop, right, 0, 0, 0)


@pytest.mark.parametrize("place", UNREADABLE)
def test_what_may_not_be_read_is_told(place, tmp_path):
    name = f"content/{place}".removeprefix("content/../")
    path = tmp_path / name
    lay(tmp_path, {"content/explainers/a.md": FRONT})
    if "." in path.name:
        lay(tmp_path, {name: FRONT if place.startswith("explainers/x") else "title: T\n"})
    else:
        path.mkdir(parents=True)
    path.chmod(0)
    try:
        outcome = run(tmp_path, before=without_privilege)
    finally:
        path.chmod(0o700)
    told = {problem["code"]: problem["path"] for problem in outcome.problems}
    assert list(told) == [UNREADABLE[place]]
    assert f"{told[UNREADABLE[place]]}/".startswith(f"{name}/")
    assert not outcome.built


@pytest.mark.parametrize("command", ["build", "check"])
def test_a_folder_whose_files_may_not_be_looked_at_is_told_file_by_file(command, tmp_path):
    """Its names can be listed, which is more than what is in it."""
    folder = lay(tmp_path, {"content/explainers/a.md": FRONT, "content/events/e.md": "---\ntitle: E\nwhen: 2022\n---\n"}) / "content/events"
    folder.chmod(0o444)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "builder", command, "--root", str(tmp_path), "--json"],
            capture_output=True,
            preexec_fn=without_privilege,
            cwd=Path(__file__).parents[2],
            timeout=PATIENCE,
            check=False,
        )
    finally:
        folder.chmod(0o700)
    assert done.returncode == 1, done.stderr
    told = [(problem["code"], problem["path"]) for problem in json.loads(done.stdout)["problems"] if problem["severity"] == "error"]
    assert told == [("file-unreadable", "content/events/e.md")]


def test_the_file_that_may_not_be_read_is_fine_once_it_may(tmp_path):
    assert run(lay(tmp_path, {"content/explainers/a.md": FRONT, "content/static/x.txt": "x"}), before=without_privilege).built


@pytest.mark.parametrize("inside", [False, True], ids=["the-folder", "all-in-it"])
def test_a_folder_that_was_forbidden_and_is_allowed_again_stops_no_build(tmp_path, inside):
    def backstory(*command):
        line = [sys.executable, "-m", "builder", *command, "--root", str(tmp_path)]
        return subprocess.run(line, preexec_fn=without_privilege, capture_output=True, text=True, check=False, timeout=60)

    def write(title):
        lay(tmp_path, {f"content/explainers/{name}.md": FRONT.replace("title: ", f"title: {title} ", 1) for name in "abc"})

    write("First")
    assert backstory("build").returncode == cli.FINE
    site = tmp_path / "site"
    for folder in (site, *(path for path in site.rglob("*") if inside and path.is_dir())):
        folder.chmod(0o555)
    for title in ("Second", "Third"):
        write(title)
        assert backstory("build").returncode == cli.FINE
        assert not [path.name for path in tmp_path.iterdir() if path.name.startswith(".site.")]
    for folder in (site, *(path for path in site.rglob("*") if path.is_dir())):
        folder.chmod(0o755)
    write("Fourth")
    assert backstory("build").returncode == cli.FINE
    assert "Fourth" in (site / "explainers/a/index.html").read_text()
    site.chmod(0o555)
    done = backstory("clean")
    assert (done.returncode, done.stderr) == (cli.FINE, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content"]


def test_folders_without_end_are_told(tmp_path):
    lay(tmp_path, {"content/pages/a.md": PAGE})
    before = Path.cwd()
    os.chdir(tmp_path / "content/pages")
    try:
        for _ in range(1_500):
            Path("d").mkdir()
            os.chdir("d")
        Path("x.md").write_text(PAGE)
        outcome = run(tmp_path)
        assert outcome.errors == {"file-name"}
    finally:
        # What tidies up temporary folders goes down them by recursion, so this one is taken away from within.
        Path("x.md").unlink()
        for _ in range(1_500):
            os.chdir("..")
            Path("d").rmdir()
        os.chdir(before)
