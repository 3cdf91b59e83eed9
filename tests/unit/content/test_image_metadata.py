"""Pictures without what phones and programs write into them."""

import io
import itertools
import struct

import pytest
from PIL import Image

from builder.content import image_metadata


def picture(kind, *, orientation, **more):
    """A real picture, made by another program than ours, with GPS and the name of a camera."""
    image = Image.effect_mandelbrot((64, 48), (-2, -1.5, 1, 1.5), 40).convert("RGB")
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Spy Camera"
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 31.0, 12.0), 3: "E", 4: (13.0, 24.0, 36.0)})
    stream = io.BytesIO()
    image.save(stream, kind, exif=exif, **more)
    return stream.getvalue()


@pytest.mark.parametrize("kind, orientation", list(itertools.product(("JPEG", "PNG", "WEBP"), (1, 6))))
def test_a_picture_loses_its_place_and_not_one_pixel(kind, orientation):
    more = {"progressive": True, "comment": b"Spy"} if kind == "JPEG" else {"lossless": True} if kind == "WEBP" else {}
    data = picture(kind, orientation=orientation, **more)
    before = Image.open(io.BytesIO(data))
    assert before.getexif().get_ifd(0x8825)
    bare = image_metadata.bare(data)
    after = Image.open(io.BytesIO(bare))
    assert after.tobytes() == before.tobytes()
    assert dict(after.getexif()) == ({} if orientation == 1 else {0x0112: orientation})
    assert not after.getexif().get_ifd(0x8825)
    assert b"Spy" not in bare
    assert image_metadata.bare(bare) == bare


@pytest.mark.slow
def test_a_picture_that_was_made_to_stall_does_not():
    def box(kind, content):
        return struct.pack(">I4s", len(content) + 8, kind) + content

    infe = box(b"infe", b"\2\0\0\0" + struct.pack(">HH4s", 1, 0, b"Exif") + b"\0")
    iinf = box(b"iinf", b"\0\0\0\0\0\1" + infe)
    for sizes, pieces in ((0x0000, b""), (0x4400, struct.pack(">II", 0, 1 << 20) * 65535)):
        items = (struct.pack(">HHH", 1, 0, 65535) + pieces) * (1 if pieces else 65535)
        iloc = box(b"iloc", b"\0\0\0\0" + struct.pack(">HH", sizes, 65535) + items)
        made = box(b"ftyp", b"avif\0\0\0\0") + box(b"meta", b"\0\0\0\0" + iinf + iloc) + b"x" * (1 << 20)
        assert image_metadata.bare(made) == made
    endless = box(b"iloc", b"\2\0\0\0" + struct.pack(">HI", 0x4400, (1 << 32) - 1))
    made = box(b"ftyp", b"avif\0\0\0\0") + box(b"meta", b"\0\0\0\0" + iinf + endless)
    assert image_metadata.bare(made) == made
    whole = picture("JPEG", orientation=1)
    filled = whole.removesuffix(b"\xff\xd9") + b"\xff" * (1 << 20)
    assert (
        image_metadata.bare(filled + b"\0\xff\xd9")
        == image_metadata.bare(whole).removesuffix(b"\xff\xd9") + b"\xff" * (1 << 20) + b"\0\xff\xd9"
    )
    assert image_metadata.bare(filled + b"\xd9") == image_metadata.bare(whole)


@pytest.mark.parametrize("orientation", [1, 6])
def test_an_avif_picture_loses_its_place_and_stays_the_way_up_that_it_is(orientation):
    data = picture("AVIF", orientation=orientation, xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>Spy</x:xmpmeta>")
    before = Image.open(io.BytesIO(data))
    assert before.getexif().get_ifd(0x8825)
    bare = image_metadata.bare(data)
    after = Image.open(io.BytesIO(bare))
    assert after.size == before.size
    assert after.tobytes() == before.tobytes()
    assert not after.getexif().get_ifd(0x8825)
    assert b"Spy" not in bare
    assert len(bare) == len(data)
    assert image_metadata.bare(bare) == bare


def test_what_phones_hang_on_behind_a_picture_goes_too():
    data = picture("JPEG", orientation=1)
    assert image_metadata.bare(data + picture("JPEG", orientation=1)) == image_metadata.bare(data)


def test_a_picture_that_is_cut_off_tells_nothing_either():
    """Browsers show what there is of it."""
    for kind in ("JPEG", "PNG", "WEBP"):
        data = picture(kind, orientation=6)
        for end in range(0, len(data), 7):
            bare = image_metadata.bare(data[:end])
            assert b"Spy" not in bare
            assert image_metadata.bare(bare) == bare
    for end in range(0, len(avif := picture("AVIF", orientation=6)), 7):
        image_metadata.bare(avif[:end])
    assert image_metadata.bare(b"\xff\xd8\xff" + struct.pack(">BH", 0xE1, 1)) == b"\xff\xd8"
    assert image_metadata.bare(b"no picture") == b"no picture"


def test_bytes_between_the_segments_of_a_picture_hide_nothing():
    """Browsers pass over them."""
    data = picture("JPEG", orientation=6)
    end = 2 + struct.unpack_from(">H", data, 4)[0] + 2
    for stray in (b"\0", b"\0\xff\0", b"\xff", b"\xff\xe5\0\1", b"\xff\xd8", b"Spy\xff\xed\0\5Spy"):
        for at in (2, end):
            changed = data[:at] + stray + data[at:]
            bare = image_metadata.bare(changed)
            if changed[2:3] == b"\xff":  # else it is no JPEG to a browser
                assert b"Spy" not in bare
                assert Image.open(io.BytesIO(bare)).tobytes() == Image.open(io.BytesIO(data)).tobytes()


@pytest.mark.parametrize("kind, name", [("PNG", b"caBX"), ("PNG", b"zxIf"), ("WEBP", b"C2PA")])
def test_chunks_that_show_nothing_go(kind, name):
    data = picture(kind, orientation=1, **({"lossless": True} if kind == "WEBP" else {}))
    before = Image.open(io.BytesIO(data)).tobytes()
    if kind == "PNG":
        at = data.index(b"IDAT") - 4
        data = data[:at] + struct.pack(">I", 4) + name + b"Spy!" + struct.pack(">I", 0) + data[at:]
    else:
        data += name + struct.pack("<I", 4) + b"Spy!"
        data = data[:4] + struct.pack("<I", len(data) - 8) + data[8:]
    bare = image_metadata.bare(data)
    assert b"Spy" not in bare
    assert Image.open(io.BytesIO(bare)).tobytes() == before
