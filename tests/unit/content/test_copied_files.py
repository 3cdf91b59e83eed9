"""Files that are published as they are: what they tell, and what they run."""

import base64
import gzip
import io
import struct
import subprocess
import zipfile
import zlib
from pathlib import Path

import pytest
from PIL import Image

from builder.build.load import load_site
from builder.build.run import Options
from builder.content import cleaning, copied_files, file_details, image_metadata
from builder.diagnostics import characters
from builder.incremental import small_files
from tests.hostile.running import lay

EXIF = b"II*\0\x08\0\0\0\x02\0" + bytes.fromhex("0f0102000200000041000000") + bytes.fromhex("258804000100000000000000") + b"\0\0\0\0"
JPEG = b"\xff\xd8\xff\xe1" + (len(EXIF) + 8).to_bytes(2, "big") + b"Exif\0\0" + EXIF + b"\xff\xda\0\x02scan\xff\xd9"
XMP = b"<x:xmpmeta><dc:creator><rdf:Seq><rdf:li>Ann Lee</rdf:li></rdf:Seq></dc:creator></x:xmpmeta>"


CORE = "<cp:coreProperties><dc:creator>Ann Lee</dc:creator></cp:coreProperties>"


def zipped(**files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return held.getvalue()


def office():
    return zipped(**{"docProps/core.xml": CORE})


def avif(after=b""):
    """An AVIF whose Exif lies where it is told to lie, with more boxes behind."""
    held = io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "A camera"
    exif.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (20, 20)).save(held, "AVIF", exif=exif)
    return held.getvalue() + after


def box(kind, data):
    return struct.pack(">I4s", len(data) + 8, kind) + data


def in_text(data):
    return b"data:image/jpeg;base64," + base64.b64encode(data)


PACKED = zlib.compress(b"5 0 <</Author (Ann Lee)>>")
BIG = b"II+\0\x08\0\0\0" + struct.pack("<QQHHQQ", 16, 1, 0x8825, 4, 1, 0)
PRESS = b"\x1c\x02\x50\0\x07Ann Lee" + b"\x1c\x02\x5a\0\x03Bay"
ASF = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + bytes(14) + bytes.fromhex("3326b2758e66cf11a6d900aa0062ce6c") + bytes(8)


PLACE, DEVICE, MAKER, NOTE = file_details.PLACE, file_details.DEVICE, file_details.MAKER, file_details.NOTE


def old_office(author):
    """What a document of the old Office tells about itself: the author, if there is one, and its title."""
    fields = [(2, b"Ferries\0"), (4, author + b"\0")]
    section, values = b"", b""
    for number, text in fields:
        section += struct.pack("<II", number, 24 + len(values))
        values += struct.pack("<II", 30, len(text)) + text
    section = struct.pack("<II", 8 + len(section) + len(values), len(fields)) + section + values
    return b"\xd0\xcf\x11\xe0" + bytes(508) + bytes(28) + file_details.SUMMARY_FORMAT + struct.pack("<I", 48) + section


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
    "paper": (office(), (MAKER,)),
    "a.doc": (old_office(b"Ann Lee"), (MAKER,)),
    "b.doc": (old_office(b""), ()),
    "a.rtf": (rb"{\rtf1{\info{\author Ann Lee}}}", (MAKER,)),
    "b.rtf": (rb"{\rtf1{\info{\author }}}", ()),
    "a.mp3": (b"ID3\3\0\0\0\0\0\x20TPE1\0\0\0\x08\0\0\3Ann Lee", (MAKER,)),
    "b.mp3": (b"\xff\xfb\x90\0" + bytes(200) + b"TAG" + b"Ferries".ljust(30, b"\0") + b"Ann Lee".ljust(95, b"\0"), (MAKER,)),
    "c.mp3": (b"\xff\xfb\x90\0" + bytes(200) + b"TAG" + b"Ferries".ljust(125, b"\0"), ()),
    "a.ogg": (b"OggS\0\2" + b"\x12\0\0\0ARTIST=Ann Lee", (MAKER,)),
    "b.ogg": (b"OggS\0\2" + b"\x12\0\0\0ENCODER=Lavf 60", ()),
    "a.flac": (b"fLaC\x84" + b"LOCATION=Bay", (PLACE,)),
    "a.wav": (b"RIFF\x40\0\0\0WAVELIST\x18\0\0\0INFOIART\x08\0\0\0Ann Lee\0", (MAKER,)),
    "a.webm": (b"\x1a\x45\xdf\xa3" + b"\x45\xa3\x86ARTIST\x44\x87\x87Ann Lee", (MAKER,)),
    "c.gif": (b"GIF89a!\xfe\x07Ann Lee\0", (NOTE,)),
    "d.gif": (b"GIF89a!\xfe\x11Created with GIMP\0", ()),
    "film": (b"\0\0\0\x18ftypavif" + b"\xa9xyz", ()),
    "moving": (b"\0\0\0\x18ftypavis" + b"moov\xa9xyz", (PLACE,)),
    "film.jpg": (b"\0\0\0\x18ftypisom" + b"\xa9xyz+52.5+13.4/", (PLACE,)),
    "a.avif": (avif(), ()),
    "a.heic": (avif().replace(b"ftypavif", b"ftypheic"), ()),
    "b.avif": (avif(XMP), (MAKER,)),
    "c.mp4": (b"\0\0\0\x18ftypisom" + box(b"loci", bytes(6) + b"Bay\0"), (PLACE,)),
    "d.mp4": (b"\0\0\0\x18ftypisom" + b"trak gpmd", (PLACE,)),
    "c.pdf": (b"%PDF-1.4\n<</Author 9 0 R>>", (MAKER,)),
    "d.pdf": (b"%PDF-1.5\n<</Type/ObjStm/N 1/Filter/FlateDecode>>stream\n" + PACKED + b"\nendstream", (MAKER,)),
    "e.pdf": (b"%PDF-1.5\n<</Type/ObjStm/Filter/FlateDecode>>stream\nbroken", ()),
    "g.pdf": (b"%PDF-1.7\n/#41uth#6fr (Ann Lee)", (MAKER,)),
    "h.pdf": (b"%PDF-1.7\n/#42uthor (Ann Lee)", ()),
    "i.pdf": (b"%PDF-1.5\n<</Type/Obj#53tm/N 1/Filter/FlateDecode>>stream\n" + PACKED + b"\nendstream", (MAKER,)),
    "f.pdf": (b"%PDF-1.4\nstream\n" + JPEG + b"endstream", (PLACE, DEVICE)),
    "b.docx": (zipped(**{"word/comments.xml": "<w:comment w:author='Ann Lee'/>"}), (MAKER,)),
    "c.docx": (zipped(**{"word/document.xml": '<w:ins w:id="1" w:author="Ann Lee">x</w:ins>'}), (MAKER,)),
    "d.docx": (zipped(**{"word/document.xml": "<w:t>Ann Lee</w:t>", "docProps/app.xml": "<Company></Company>"}), ()),
    "e.docx": (zipped(**{"word/media/image1.jpeg": JPEG}), (PLACE, DEVICE)),
    "a.xlsx": (zipped(**{"xl/comments1.xml": "<authors><author>Ann Lee</author></authors>"}), (MAKER,)),
    "b.xlsx": (zipped(**{"xl/persons/person.xml": '<person displayName="Ann Lee"/>'}), (MAKER,)),
    "a.epub": (zipped(**{"OEBPS/content.opf": "<dc:creator>Ann Lee</dc:creator>"}), (MAKER,)),
    "a.zip": (zipped(**{"a.JPG": JPEG, "notes.txt": "Ann Lee"}), (PLACE, DEVICE)),
    "b.zip": (zipped(**{"a/b.docx": office()}), (MAKER,)),
    "c.zip": (zipped(**{"notes.txt": "Ann Lee"})[:-30], ()),
    "d.zip": (zipped(**{"a/note.SVG": "<svg><dc:creator>Ann Lee</dc:creator></svg>"}), (MAKER,)),
    "e.zip": (zipped(**{"note.svgz": gzip.compress(b"<svg><dc:creator>Ann Lee</dc:creator></svg>")}), (MAKER,)),
    "f.zip": (zipped(**{"page.html": b"<img src='" + in_text(JPEG) + b"'>"}), (PLACE, DEVICE)),
    "g.zip": (zipped(**{"a.svg": "<svg><title>By Ann Lee</title></svg>", "notes.txt": "<dc:creator>Ann Lee</dc:creator>"}), ()),
    "a.psd": (b"8BPS" + PRESS, (PLACE, MAKER)),
    "b.tif": (BIG, (PLACE,)),
    "a.rw2": (b"IIU\0" + EXIF[4:], (PLACE, DEVICE)),
    "a.raf": (b"FUJIFILMCCD-RAW" + JPEG, (PLACE, DEVICE)),
    "a.aiff": (b"FORM\0\0\0\0AIFFAUTH\0\0\0\x08Ann Lee\0", (MAKER,)),
    "d.mp3": (b"ID3\3\0\0\0\0\0\x30TXXX\0\0\0\x12\0\0\3AUTHOR\0Ann Lee", (MAKER,)),
    "a.wma": (ASF + b"\2\0\x10\0" + "Ann Lee".encode("utf-16le"), (MAKER,)),
    "b.wma": (ASF + b"\2\0\0\0", ()),
    "e.svg": (b"<svg><image href='" + in_text(JPEG) + b"'/></svg>", (PLACE, DEVICE)),
    "f.svg": (b"<svg><image href='" + in_text(b"x" * 99) + b"'/></svg>", ()),
    "a.html": (b"<img src='" + in_text(JPEG) + b"'>", (PLACE, DEVICE)),
    "odd.jpg": (b"\xff\xd8\0" + b"Exif\0\0" + EXIF, (PLACE, DEVICE)),
    "a.svg": (b"<svg><metadata>" + XMP + b"</metadata></svg>", (MAKER,)),
    "b.svg": (b"<svg><title>By Ann Lee</title></svg>", ()),
    "c.svg": (b"<svg><dc:creator><cc:Agent><dc:title>Ann Lee</dc:title></cc:Agent></dc:creator></svg>", (MAKER,)),
    "d.svg": (b"<svg><dc:creator><cc:Agent><dc:title></dc:title></cc:Agent></dc:creator></svg>", ()),
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
    "packed.svgz": (gzip.compress(b"<svg><script>x()</script></svg>"), 1),
    "framed.svg": (b"<svg><foreignObject><iframe srcdoc='x'/></foreignObject></svg>", 1),
    "page": (b"<!doctype html>\n<script>x()</script>", 2),
    "again.html": (b"<meta http-equiv=refresh content='0;url=javascript:x()'>", 1),
    "spelled.html": (b"<a href='java&#115;cript&colon;x()'>\n<a href='java\tscript:x()'>", 1),
    "carried.html": (b"<a href='data:text/html;base64,PA=='>", 1),
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
        (problem.location.path.rpartition("/")[2], problem.code): problem
        for problem in load_site(Options(root, root / "site", jobs=1, cache=False)).diagnostics
    }


@pytest.mark.parametrize("name", TOLD)
def test_what_a_file_tells_besides_what_it_shows_is_told(name, problems):
    found = problems.get((name, "file-details"))
    named = () if found is None else tuple(what for what in (PLACE, DEVICE, MAKER, NOTE) if what in found.message)
    assert named == TOLD[name][1]


@pytest.mark.slow
def test_an_archive_that_was_made_to_stall_does_not(monkeypatch):
    looked = []
    monkeypatch.setattr(file_details, "found_in", lambda data, kind, **_: looked.append(len(data)) or ())
    made = zipped(**{f"{n}.gif": b"GIF8" + bytes(file_details.MOST_BYTES) for n in range(40)})
    assert file_details.in_archive(io.BytesIO(made)) == ()
    assert sum(looked) <= 17 * file_details.MOST_BYTES
    inner = zipped(**{"a.jpg": JPEG})
    for _ in range(3):
        inner = zipped(**{"a.zip": inner})
    assert file_details.in_archive(io.BytesIO(inner)) == ()
    assert looked[16:] == []


def test_how_to_keep_what_a_file_tells_is_told(problems, tmp_path):
    sound, picture = (problems[name, "file-details"].help for name in ("a.mp3", "a.gif"))
    assert ("JPEG" in sound, "JPEG" in picture) == (False, True)
    lay(
        tmp_path, {"content/static/a.mp3": TOLD["a.mp3"][0], "content/site.yaml": f"title: T\nproblems:\n  - {sound[sound.index('{') :]}\n"}
    )
    assert not load_site(Options(tmp_path, tmp_path / "site", jobs=1, cache=False)).diagnostics


@pytest.mark.parametrize("name", RUN)
def test_a_file_that_runs_scripts_is_told_with_its_line(name, problems):
    found = problems.get((name, "file-scripts"))
    assert (found.location.line if found is not None else 0) == RUN[name][1]


@pytest.mark.parametrize(
    "name, text, line",
    [
        ("content/static/a.txt", "Words.\n\nHe said \u202eno\u202c.\n", 3),
        ("content/static/a.svg", "<svg><text>&#x202e;no</text></svg>", 1),
        ("content/static/a.txt", "&#x202e;no", 0),
        ("content/static/a.html", "<p>\n&#8294;x</p>", 2),
        ("content/static/a.txt", "\u2067\u05d0\u2069 and \u202b\u05d0\u202c\n", 0),
        ("content/static/a.txt", "\u2067\u05d0\nclosed too late\u2069\n", 1),
        ("templates/assets/theme.css", "/* \u202e } */\n", 1),
        ("templates/assets/more.css", ".a::before {\n content: '\u2066'; }\n", 2),
        ("content/static/a.bin", "\u202e", 0),
    ],
)
def test_a_text_file_whose_words_are_shown_in_another_order_is_told(name, text, line, tmp_path):
    lay(tmp_path, {name: text.encode(), "content/site.yaml": "title: T\n"})
    problems = load_site(Options(tmp_path, tmp_path / "site", jobs=1, cache=False)).diagnostics
    assert [(problem.location.path, problem.location.line) for problem in problems if problem.code == "file-reordered"] == [
        (name, line)
    ] * bool(line)


def test_a_file_is_read_once_for_all_that_is_told_of_it(tmp_path, monkeypatch):
    (tmp_path / "a.svg").write_text("<svg onload='x'>\n\u202eab</svg>")
    opened, opens = [], Path.open
    monkeypatch.setattr(Path, "open", lambda path, *how, **named: opened.append(path.name) or opens(path, *how, **named))
    assert [found.code for found in copied_files.problems(tmp_path, {"a.svg": "a.svg"})] == ["file-scripts", "file-reordered"]
    assert opened == ["a.svg"]


def test_a_text_file_of_utf_16_is_read_as_such():
    found = copied_files.reordered_line("a\n\u202eb".encode("utf-16"), is_markup=False)
    assert found is not None
    assert (found[0], found[1].char) == (2, "\u202e")


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
    assert list(characters.lookalikes(ids)) == expected


def test_ids_that_look_alike_are_told(tmp_path):
    folder = tmp_path / "content/actors"
    folder.mkdir(parents=True)
    for name in ("anna-hale", "аnna-hale"):
        (folder / f"{name}.md").write_text("---\nname: Anna Hale\n---\n", "utf-8")
    (told,) = [problem for problem in load_site(Options(tmp_path, tmp_path / "site", jobs=1)).diagnostics if problem.code == "id-alike"]
    assert "CYRILLIC SMALL LETTER A" in told.message
    assert told.location.path == "content/actors/аnna-hale.md"
    assert told.also[0].path == "content/actors/anna-hale.md"


def test_topics_pages_and_targets_that_look_alike_are_told(tmp_path):
    files = {
        "site.yaml": "title: T\npublish: {sea: {to: folder, path: /x}, seа: {to: folder, path: /y}}\n",
        "explainers/one.md": "---\ntitle: One\npublished: 2025-10-16\ntopics: [sea]\n---\nText.\n",
        "explainers/two.md": "---\ntitle: Two\npublished: 2025-10-17\ntopics: [seа]\n---\nText.\n",
        "pages/sea.md": "---\ntitle: Three\n---\nText.\n",
        "pages/seа.md": "---\ntitle: Four\n---\nText.\n",
    }
    lay(tmp_path, {f"content/{path}": text.encode() for path, text in files.items()})
    told = [problem for problem in load_site(Options(tmp_path, tmp_path / "site", jobs=1)).diagnostics if problem.code == "id-alike"]
    assert sorted(
        (problem.message.partition(" look alike")[0], problem.location.path, *(location.path for location in problem.also))
        for problem in told
    ) == [
        ("The addresses of two pages", "content/pages/seа.md", "content/pages/sea.md"),
        ("The names of two targets", "content/site.yaml"),  # the file is all that is known of either
        ("Two topics", "content/explainers/two.md", "content/explainers/one.md"),
    ]


def test_two_topics_of_one_explainer_are_told_where_they_stand(tmp_path):
    text = "---\ntitle: One\npublished: 2025-10-16\ntopics:\n  - sea\n  - seа\n---\nText.\n"
    lay(tmp_path, {"content/site.yaml": b"title: T\n", "content/explainers/one.md": text.encode()})
    (told,) = [problem for problem in load_site(Options(tmp_path, tmp_path / "site", jobs=1)).diagnostics if problem.code == "id-alike"]
    assert (told.location.line, told.location.column, [location.line for location in told.also]) == (6, 5, [5])


def test_explainers_with_one_title_are_told(tmp_path):
    write = {"a": "Will it run?", "b": "Will  it run?", "c": "Will it run?\nlang: de", "d": "Another"}
    (tmp_path / "content/explainers").mkdir(parents=True)
    (tmp_path / "content/site.yaml").write_text("title: T\n", "utf-8")
    for name, title in write.items():
        (tmp_path / f"content/explainers/{name}.md").write_text(f"---\ntitle: {title}\npublished: 2024-03-08\n---\nText.\n", "utf-8")
    (told,) = [problem for problem in load_site(Options(tmp_path, tmp_path / "site", jobs=1)).diagnostics if problem.code == "title-shared"]
    assert (told.location.path, [location.path for location in told.also]) == ("content/explainers/b.md", ["content/explainers/a.md"])
