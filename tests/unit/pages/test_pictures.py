"""Pictures of explainers and actors: what is told of them, in which sizes they are made, and how pages show them."""

import io

import pytest
from PIL import Image

from builder.build.pipeline import Options, build
from builder.content.parse import parse
from builder.model import Picture
from builder.pages import picture_sizes
from builder.pages.picture_sizes import PictureFile
from builder.render import picture_resizing

HEAD = "---\ntitle: The ferry\npublished: 2025-10-16\n{}\n---\nIt sails.\n"


def told(keys):
    return [(problem.code, problem.message) for problem in parse("content/explainers/ferry.md", HEAD.format(keys).encode()).diagnostics]


@pytest.mark.parametrize(
    "keys, code, words",
    [
        ("image: {file: a.jpg, credit: Ann Lee}", "key-missing", "This image has no “alt”."),
        ("image: {file: a.jpg, alt: A boat}", "key-missing", "This image has no “credit”."),
        ("image: a.jpg", "not-a-record", "must be a record"),
        ("image: {file: 'https://example.org/a.jpg', alt: A boat, credit: Ann Lee}", "value-wrong", "not an address elsewhere"),
        ("image: {file: boat.docx, alt: A boat, credit: Ann Lee}", "value-wrong", "not the name of a picture"),
        ("unnamed: {clerk: {described_as: a clerk, image: {file: a.jpg, alt: He, credit: I}}}", "unnamed-identity", "“image”"),
    ],
)
def test_what_is_wrong_with_a_picture_is_told(keys, code, words):
    assert [problem for problem in told(keys) if problem[0] == code and words in problem[1]]


def sizes(width, height, *, square=False, name="explainers/boat.jpg"):
    picture = Picture("content/explainers/boat.jpg", "d", width, height)
    return [(path, size.width, size.height) for path, size in picture_sizes.sizes(name, picture, square=square)]


@pytest.mark.parametrize(
    "width, height, square, widths, last",
    [
        (2400, 1600, False, [480, 800, 1200, 1680], ("explainers/boat-jpg-800w.jpg", 800, 533)),
        (1000, 500, False, [480, 800, 1000], ("explainers/boat-jpg-800w.jpg", 800, 400)),
        (300, 200, False, [300], ("explainers/boat-jpg-300w.jpg", 300, 200)),
        (600, 900, True, [96, 192, 288], ("explainers/boat-jpg-192s.jpg", 192, 192)),
        (60, 90, True, [60], ("explainers/boat-jpg-60s.jpg", 60, 60)),
        (0, 0, False, [], None),
    ],
)
def test_sizes_are_never_larger_than_the_picture(width, height, square, widths, last):
    found = sizes(width, height, square=square)
    assert [width for _, width, _ in found[:-1]] == widths * 2
    assert (found[-1] if found else None) == last


def test_pictures_of_two_formats_and_one_name_do_not_meet():
    both = sizes(900, 600) + sizes(900, 600, name="explainers/boat.png")
    assert len({path for path, _, _ in both}) == len(both)


def noise(size, format_="JPEG", **how):
    packed = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(packed, format_, **how)
    return packed.getvalue()


def test_a_size_is_small_and_twice_the_same():
    data = noise((400, 286))
    for format_, head in {"avif": b"ftypavif", "webp": b"WEBP", "jpg": b"JFIF", "png": b"PNG"}.items():
        wanted = PictureFile("f", "d", format_, 200, 143, square=False)
        made = picture_resizing.make(wanted, data)
        assert head in made[:16]
        assert made == picture_resizing.make(wanted, data)
        assert Image.open(io.BytesIO(made)).size == (200, 143)


@pytest.mark.parametrize("format_", ["avif", "webp", "jpg", "png"])
def test_no_size_is_too_large_for_a_phone(monkeypatch, format_):
    monkeypatch.setattr(picture_resizing, "MOST", 4000)
    assert len(picture_resizing.make(PictureFile("f", "d", format_, 200, 140, square=False), noise((200, 140)))) <= 4000


@pytest.mark.parametrize("format_", ["avif", "webp", "jpg", "png"])
def test_no_size_has_the_notes_of_its_picture(format_):
    packed = io.BytesIO()
    Image.new("RGB", (300, 200)).save(packed, "JPEG", comment=b"Ann Lee", xmp=b"Ann Lee")
    assert b"Ann Lee" not in picture_resizing.make(PictureFile("f", "d", format_, 200, 140, square=False), packed.getvalue())


def test_a_portrait_is_cut_above_the_middle_and_stands_upright():
    lying = Image.new("RGB", (300, 100), "white")
    lying.paste("red", (0, 0, 100, 100))
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned clockwise: what is on the left comes to the top
    packed = io.BytesIO()
    lying.save(packed, "PNG", exif=exif)
    made = Image.open(io.BytesIO(picture_resizing.make(PictureFile("f", "d", "png", 10, 10, square=True), packed.getvalue())))
    assert made.size == (10, 10)
    red, white = made.getpixel((5, 0)), made.getpixel((5, 9))
    assert red[1] < 60 < white[1]


SITE = {
    "site.yaml": b"title: Desk\n",
    "explainers/ferry.md": HEAD.format(
        "image: {file: pictures/boat.jpg, alt: The boat, credit: Ann Lee, licence: CC0}\nactors: [ida, {id: ole, name: Ole Berg}]"
    ).encode(),
    "explainers/pier.md": HEAD.format("topics: [sea]").encode() + b"\n![A pier](/pier.jpg)\n",
    "explainers/quay.md": HEAD.format("topics: [sea]").encode()
    + b'\n![The boat](pictures/boat.jpg "At the quay.")\n\n![A plan](pictures/plan.svg) and ![a lamp](/lamp.gif)\n',
    "explainers/lost.md": HEAD.format("image: {file: nowhere.jpg, alt: A boat, credit: Ann Lee}").encode(),
    "explainers/broken.md": HEAD.format("image: {file: pictures/broken.jpg, alt: A boat, credit: Ann Lee}").encode(),
    "actors/ida.md": b"---\nname: Ida Holm\nimage: {file: ida.jpg, alt: Ida Holm at sea, credit: Ann Lee}\n---\n",
}


@pytest.fixture
def desk(tmp_path):
    for path, data in SITE.items():
        (tmp_path / "content" / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "content" / path).write_bytes(data)
    (tmp_path / "content/explainers/pictures").mkdir()
    (tmp_path / "content/explainers/pictures/boat.jpg").write_bytes(noise((120, 80)))
    (tmp_path / "content/explainers/pictures/broken.jpg").write_bytes(b"no picture")
    (tmp_path / "content/actors/ida.jpg").write_bytes(noise((50, 70)))
    (tmp_path / "content/explainers/pictures/plan.svg").write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 32.4"/>')
    (tmp_path / "content/static").mkdir()
    (tmp_path / "content/static/pier.jpg").write_bytes(b"no picture")
    (tmp_path / "content/static/lamp.gif").write_bytes(noise((8, 6), "GIF"))
    return tmp_path


def files(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_pictures_are_told_shown_and_made_once(desk):
    found = build(Options(desk, desk / "site", jobs=1)).diagnostics
    of_pier = [problem for problem in found if problem.location.path == "content/explainers/pier.md" and problem.code != "title-shared"]
    assert [problem.severity for problem in of_pier] == ["warning"]
    problems = {(problem.code, problem.location.path) for problem in found}
    assert ("link-dead", "content/explainers/lost.md") in problems
    assert ("picture-unreadable", "content/explainers/broken.md") in problems
    for name in ("lost.md", "broken.md", "pictures/broken.jpg"):
        (desk / "content/explainers" / name).unlink()
    assert build(Options(desk, desk / "site", jobs=1)).plan is not None
    pages = files(desk / "site")
    page = pages["explainers/ferry/index.html"].decode()
    assert '<source type="image/avif" srcset="../../explainers/pictures/boat-jpg-120w.avif 120w"' in page
    assert 'alt="The boat" width="120" height="80" fetchpriority="high"' in page
    assert "Ann Lee, CC0" in page
    assert '<img src="../../pier.jpg" alt="A pier" loading="lazy" decoding="async">' in pages["explainers/pier/index.html"].decode()
    quay = pages["explainers/quay/index.html"].decode()
    assert (
        '<figure><picture><source type="image/avif" srcset="../../explainers/pictures/boat-jpg-120w.avif 120w" sizes="120px"><source'
        in quay
    )
    boat = '<img src="../../explainers/pictures/boat-jpg-120w.jpg" alt="The boat" width="120" height="80" loading="lazy" decoding="async"></picture>'
    assert f"{boat}<figcaption>At the quay." in quay
    assert '<img src="../../explainers/pictures/plan.svg" alt="A plan" width="64" height="32" loading="lazy"' in quay
    assert '<img src="../../lamp.gif" alt="a lamp" width="8" height="6" loading="lazy"' in quay
    assert 'alt="Ida Holm at sea" width="50" height="50" loading="lazy"' in page
    assert '<span class="face" aria-hidden="true" translate="no">OB</span>' in pages["actors/index.html"].decode()
    assert {"explainers/pictures/boat-jpg-120w.avif", "explainers/pictures/boat-jpg-120w.jpg", "actors/ida-jpg-50s.webp"} <= pages.keys()
    again = build(Options(desk, desk / "site", jobs=1)).plan
    assert not again.write
    (desk / "content/explainers/pictures/boat.jpg").write_bytes(noise((60, 40)))
    third = build(Options(desk, desk / "site", jobs=1)).plan
    assert not any("ida" in step.path for step in third.write)
    build(Options(desk, desk / "clean", jobs=1, cache=False))
    here = files(desk / "site")
    assert {path for path in here if "boat-jpg" in path} == {
        f"explainers/pictures/boat-jpg-60w.{suffix}" for suffix in ("avif", "webp", "jpg")
    }
    assert here == files(desk / "clean")


def test_without_pillow_a_picture_is_shown_as_it_is_and_that_is_told_once(desk, monkeypatch):
    for name in ("lost.md", "broken.md", "pictures/broken.jpg"):
        (desk / "content/explainers" / name).unlink()
    monkeypatch.setattr("builder.build.picture_measuring.importlib.util.find_spec", lambda name: None)
    report = build(Options(desk, desk / "site", jobs=1))
    assert [problem.code for problem in report.diagnostics if problem.code == "pictures-whole"] == ["pictures-whole"]
    page = (desk / "site/explainers/ferry/index.html").read_text("utf-8")
    assert '<img src="../../explainers/pictures/boat.jpg" alt="The boat"' in page
    assert "<source" not in page
