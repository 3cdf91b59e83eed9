"""Histories of edits of the starter, each of which once left something else than a clean build makes."""

import shutil
from pathlib import Path

import pytest
from PIL import Image

from builder import formats
from builder.build.pipeline import Options, build
from builder.content import cleaning, reading
from builder.incremental import toolchain

LIGHTHOUSE = "explainers/lighthouse.md"
FERRY = "explainers/winter-ferry.md"


@pytest.fixture
def site(tmp_path):
    return Site(Path(shutil.copytree(reading.STARTER, tmp_path / "it")))


class Site:
    def __init__(self, root):
        self.root = root

    def write(self, name, text):
        file = self.root / "content" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def edit(self, name, old, new):
        text = (self.root / "content" / name).read_text("utf-8")
        assert old in text
        self.write(name, text.replace(old, new))

    def build(self, output="site", *, cache=True):
        """Return what is told, and the files that there are then, or None where errors stopped it."""
        report = build(Options(self.root, self.root / output, jobs=1, cache=cache))
        told = [(problem.code, problem.location, problem.message) for problem in report.diagnostics]
        if report.plan is None:
            return told, None
        folder = self.root / output
        return told, {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def is_as_clean(self):
        shutil.rmtree(self.root / "clean", ignore_errors=True)
        assert self.build() == self.build("clean", cache=False)


@pytest.mark.parametrize("forgets", [False, True], ids=["another footer", "memory lost"])
def test_what_a_file_of_all_records_relies_on_outlives_a_build_that_need_not_write_it(site, forgets):
    site.is_as_clean()
    if forgets:
        shutil.rmtree(site.root / ".backstory")
    else:
        site.edit("site.yaml", "footer:", "footer: Another line. #")
    site.edit(FERRY, "The ferry is put on the agenda", "The ferry comes onto the agenda")
    site.is_as_clean()
    site.edit(FERRY, "The council votes on the winter timetable", "The council postpones its vote")
    site.is_as_clean()


@pytest.mark.parametrize("then", ["renamed", "gone"])
def test_who_asked_is_asked_again_once_nothing_is_held_back_any_more(site, then):
    site.write("explainers/my-draft.md", "---\ntitle: My draft\nsummary: Of mine.\npublished: 2025-10-01\nstatus: draft\n---\nText.\n")
    site.write("pages/keepers.md", "---\ntitle: Keepers\n---\nSee [[Who keeps the lighthouse lit?]].\n")
    site.edit("pages/about.md", "Gullhaven does not exist", "[Keepers](keepers.md). Gullhaven does not exist")
    site.is_as_clean()
    site.edit("explainers/my-draft.md", "status: draft\n", "")
    if then == "renamed":
        site.edit(LIGHTHOUSE, "title: Who keeps the lighthouse lit?", "title: Who lights the lighthouse?")
    else:
        (site.root / "content" / LIGHTHOUSE).unlink()
    site.is_as_clean()


def test_what_another_backstory_made_is_made_anew_whatever_its_version(site, monkeypatch):
    pictures = site.root / "content/static/pictures"
    Image.new("RGB", (4, 4)).save(pictures / "boat.jpg", exif=b"Exif\0\0MM\0*\0\0\0\x08\0\0\0\0\0\0")
    with monkeypatch.context() as older:
        older.setattr(toolchain, "digest", lambda: "older")
        older.setitem(formats.ENCODERS, "schema.json", lambda *_: b"as the older one wrote it")
        older.setattr(cleaning, "all_cleaned", lambda *_: {})
        _, before = site.build()
    assert before["data/schema.json"].startswith(b"as the older")
    assert b"Exif" in before["pictures/boat.jpg"]
    site.is_as_clean()
