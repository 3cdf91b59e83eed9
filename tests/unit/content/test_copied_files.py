"""Files that are published as they are: what they tell, and what they run."""

import io
import subprocess
import zipfile

import pytest

from builder.build.load import load_site
from builder.build.run import Options
from builder.checks.lookalike_ids import pairs
from builder.content import cleaning, copied_files, image_metadata
from builder.incremental import small_files

EXIF = b"II*\0\x08\0\0\0\x02\0" + bytes.fromhex("0f0102000200000041000000") + bytes.fromhex("258804000100000000000000") + b"\0\0\0\0"
JPEG = b"\xff\xd8\xff\xe1" + (len(EXIF) + 8).to_bytes(2, "big") + b"Exif\0\0" + EXIF + b"\xff\xda\0\x02scan\xff\xd9"
XMP = b"<x:xmpmeta><dc:creator><rdf:Seq><rdf:li>Ann Lee</rdf:li></rdf:Seq></dc:creator></x:xmpmeta>"


def office():
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("docProps/core.xml", "<cp:coreProperties><dc:creator>Ann Lee</dc:creator></cp:coreProperties>")
    return held.getvalue()


PLACE, DEVICE, MAKER = copied_files.PLACE, copied_files.DEVICE, copied_files.MAKER
TOLD = {
    "a.bin": (JPEG, (PLACE, DEVICE)),
    "a.jpg.txt": (JPEG, (PLACE, DEVICE)),
    "a.jpg": (JPEG, ()),
    "a.mpo": (JPEG, ()),
    "a": (JPEG, ()),
    "a.tif": (EXIF, (PLACE, DEVICE)),
    "a.dng": (EXIF, (PLACE, DEVICE)),
    "a.gif": (b"GIF89a" + XMP, (MAKER,)),
    "a.jxl": (b"\0\0\0\x0cJXL " + b"Exif\0\0" + EXIF, (PLACE, DEVICE)),
    "a.mp4": (b"\0\0\0\x18ftypisom" + b"\xa9xyz+52.5+13.4/", (PLACE,)),
    "a.mov": (b"\0\0\0\x18ftypqt  " + b"com.apple.quicktime.location.ISO6709 com.apple.quicktime.make", (PLACE, DEVICE)),
    "a.pdf": (b"%PDF-1.7\n/Author (Ann Lee)", (MAKER,)),
    "b.pdf": (b"%PDF-1.7\n/Author () /Producer (x)", ()),
    "a.docx": (office(), (MAKER,)),
    "a.svg": (b"<svg><metadata>" + XMP + b"</metadata></svg>", (MAKER,)),
    "b.svg": (b"<svg><title>By Ann Lee</title></svg>", ()),
    "a.txt": (b"dc:creator GPS", ()),
    "broken.tif": (b"II*\0\xff\xff\xff\xff", ()),
    "empty.gif": (b"", ()),
}
RUN = {
    "s.svg": (b"<svg>\n<script>x()</script></svg>", 2),
    "t.svg": (b"<svg onload='x()'/>", 1),
    "u.svg": (b"<svg><a xlink:href=' javascript:x()'/></svg>", 1),
    "v.svg": (b"<svg><svg:script href='x'/></svg>", 1),
    "w.html": (b"<p>\n\n<img src=x onerror=x()>", 3),
    "x.svg": (b"<svg><title>once = twice, on load</title><a href='/javascript'/></svg>", 0),
    "y.html": ("<script>".encode("utf-16"), 1),
    "z.txt": (b"<script>", 0),
}


@pytest.fixture(scope="module")
def problems(tmp_path_factory):
    root = tmp_path_factory.mktemp("site")
    folder = root / "content/static"
    folder.mkdir(parents=True)
    (root / "content/site.yaml").write_text("format: 1\ntitle: T\n")
    for name, (data, _) in {**TOLD, **RUN}.items():
        (folder / name).write_bytes(data)
    return {
        (one.place.path.rpartition("/")[2], one.code): one for one in load_site(Options(root, root / "site", jobs=1, cache=False)).diagnostics
    }


@pytest.mark.parametrize("name", TOLD)
def test_what_a_file_tells_besides_what_it_shows_is_told(name, problems):
    found = problems.get((name, "file-details"))
    named = () if found is None else tuple(what for what in (PLACE, DEVICE, MAKER) if what in found.message)
    assert named == TOLD[name][1]


@pytest.mark.parametrize("name", RUN)
def test_a_file_that_runs_scripts_is_told_with_its_line(name, problems):
    found = problems.get((name, "file-scripts"))
    assert (found.place.line if found is not None else 0) == RUN[name][1]


@pytest.mark.parametrize("name", ["a.jpg", "a.mpo", "a", "A.MPO"])
def test_pictures_lose_what_they_tell_by_any_of_these_names(name, tmp_path):
    (tmp_path / name).write_bytes(JPEG)
    assert cleaning.is_cleaned(f"static/{name}")
    assert cleaning.cleaned(tmp_path / name, {}) == image_metadata.bare(JPEG) != JPEG


def test_a_file_without_an_ending_that_is_no_picture_is_published_as_it_is(tmp_path):
    (tmp_path / "CNAME").write_bytes(b"example.org\n")
    assert cleaning.cleaned(tmp_path / "CNAME", {}) == b"example.org\n"


def test_what_is_kept_is_left_alone_by_git(tmp_path):
    subprocess.run(["git", "init", "-q", tmp_path], check=True)
    assert small_files.remember(tmp_path / ".backstory/parsed/a", b"x")
    said = subprocess.run(["git", "-C", tmp_path, "status", "--short", "--untracked-files=all"], check=True, capture_output=True)
    assert said.stdout == b""


@pytest.mark.parametrize(
    "ids, expected",
    [
        (["anna", "аnna"], [("anna", "аnna")]),
        (["straße", "strasse"], []),
        (["аnna", "anna", "ann"], [("anna", "аnna")]),
        (["müller", "muller", "анна"], []),
        (["anna-1", "anna-l"], []),
    ],
)
def test_ids_that_look_alike_are_found(ids, expected):
    assert list(pairs(ids)) == expected


def test_ids_that_look_alike_are_told(tmp_path):
    folder = tmp_path / "content/actors"
    folder.mkdir(parents=True)
    for name in ("anna-hale", "аnna-hale"):
        (folder / f"{name}.md").write_text("---\nname: Anna Hale\n---\n", "utf-8")
    (told,) = [one for one in load_site(Options(tmp_path, tmp_path / "site", jobs=1)).diagnostics if one.code == "id-alike"]
    assert "CYRILLIC SMALL LETTER A" in told.message
    assert told.place.path == "content/actors/аnna-hale.md"
    assert told.also[0].path == "content/actors/anna-hale.md"


def test_explainers_with_one_title_are_told(tmp_path):
    write = {"a": "Will it run?", "b": "Will  it run?", "c": "Will it run?\nlang: de", "d": "Another"}
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: T\n", "utf-8")
    for name, title in write.items():
        (tmp_path / f"content/explainers/{name}.md").write_text(f"---\ntitle: {title}\npublished: 2024-03-08\n---\nText.\n", "utf-8")
    (told,) = [one for one in load_site(Options(tmp_path, tmp_path / "site", jobs=1)).diagnostics if one.code == "title-shared"]
    assert (told.place.path, [one.path for one in told.also]) == ("content/explainers/b.md", ["content/explainers/a.md"])
