"""Files of the output that another program, or the disk, has changed."""

import os

import msgspec
import pytest

from builder import output
from builder.formats import DRAWN
from builder.incremental.digests import digest
from builder.output import plan
from builder.output.plan import Fingerprint, Manifest

FILES = {"index.html": b"home", "a/index.html": b"a", "boat.svg": b"boat"}
KINDS = {"index.html": ("page", "page.html"), "a/index.html": ("share-image", DRAWN), "boat.svg": ("copy", "")}
MADE = Manifest(
    "1",
    {},
    {path: Fingerprint(*KINDS[path], "its view" if DRAWN in KINDS[path] else digest(data), "") for path, data in FILES.items()},
    digests={path: digest(data) for path, data in FILES.items() if DRAWN in KINDS[path]},
)


@pytest.fixture
def site(tmp_path):
    for path, data in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_bytes(data)
    (tmp_path / plan.MANIFEST).write_bytes(plan.encode(MADE))
    later = (tmp_path / plan.MANIFEST).stat().st_mtime_ns + 10**9
    os.utime(tmp_path / plan.MANIFEST, ns=(later, later))
    return tmp_path


def change(site, path, *, put_back):
    file = site / path
    before = file.stat()
    file.write_bytes(b"XX" + file.read_bytes()[2:])
    when = before.st_mtime_ns if put_back else (site / plan.MANIFEST).stat().st_mtime_ns + 1
    os.utime(file, ns=(when, when))


def test_files_as_they_were_built_are_present(site):
    for read_all in (False, True):
        found = output.existing_files(site, [*FILES, "gone.html", "a"], MADE, read_all=read_all)
        assert (found.present, found.changed) == (set(FILES), set())


@pytest.mark.parametrize("path", FILES)
@pytest.mark.parametrize("put_back, read_all", [(False, False), (False, True), (True, True)])
def test_a_changed_file_is_not_present_and_is_written_again(site, path, put_back, read_all):
    change(site, path, put_back=put_back)
    found = output.existing_files(site, FILES, MADE, read_all=read_all)
    assert (found.present, found.changed) == (set(FILES) - {path}, {path})
    templates = {"page.html": "", DRAWN: ""}
    before = msgspec.structs.replace(MADE, templates=templates)
    made = plan.plan(plan.MadeFiles(MADE.files, templates), msgspec.structs.replace(found, manifest=before))
    assert [(step.path, step.reason) for step in made.write] == [(path, "another program has changed the file")]
    assert output.read_intact(site, MADE, path) is None


@pytest.mark.parametrize("put", [lambda file: file.symlink_to("/elsewhere"), os.mkfifo])
def test_what_is_no_file_in_the_place_of_one_of_ours_is_a_change(site, put):
    (site / "index.html").unlink()
    put(site / "index.html")
    found = output.existing_files(site, FILES, MADE)
    assert (found.present, found.changed) == (set(FILES) - {"index.html"}, {"index.html"})


def test_a_younger_file_with_the_same_bytes_is_present_and_not_read_twice(site):
    later = (site / plan.MANIFEST).stat().st_mtime_ns + 5
    os.utime(site / "index.html", ns=(later, later))
    assert output.existing_files(site, FILES, MADE).changed == set()
    assert (site / plan.MANIFEST).stat().st_mtime_ns == later + 1


def test_digests_of_images_and_titles_of_pages_that_stay_are_kept(site):
    templates = {"page.html": "", DRAWN: ""}
    before = msgspec.structs.replace(MADE, templates=templates, titles={"index.html": "Home", "gone.html": "Gone"})
    files = {**MADE.files, "new.html": Fingerprint("share-image", DRAWN, "w", "")}
    made = plan.plan(plan.MadeFiles(files, templates, digests={"new.html": "n"}), plan.FolderState(before, frozenset(FILES)))
    assert made.manifest.digests == {**MADE.digests, "new.html": "n"}
    assert made.manifest.titles == {"index.html": "Home"}
    assert plan.decode(plan.encode(made.manifest)) == made.manifest
