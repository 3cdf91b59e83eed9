"""Sizes of pictures, made with Pillow: the same picture, size and release of Pillow make the same bytes on any machine."""

import io
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PIL import Image

    from builder.pages.picture_sizes import PictureFile

MOST = 150 * 1024
"""Bytes of a file: what a phone loads of a picture."""

_FORMATS: dict[str, tuple[str, tuple[int, ...], dict[str, Any]]] = {
    "avif": ("AVIF", (60, 50, 40, 30, 20), {"speed": 8, "max_threads": 1, "autotiling": False}),
    "webp": ("WEBP", (78, 68, 56, 44, 30), {"method": 4}),
    "jpg": ("JPEG", (80, 70, 60, 45, 30), {"progressive": True, "optimize": True}),
    "png": ("PNG", (0,), {"optimize": True}),
}
"""Format → Pillow's name for it, the qualities to try from the best on, and how it is written.

AVIF at speed 8 takes a seventh of the time of speed 6, and its files are 15 % larger."""

FACE = 0.35
"""Where the middle of a square lies in a portrait that is higher than wide: faces are above the middle."""


def make(wanted: "PictureFile", data: bytes) -> bytes:
    """Return the file of one size of a picture; `data` is the file of the picture. Raises `OSError` or `ValueError` if it cannot be read."""
    from PIL import Image, ImageCms, ImageOps  # late: a build that makes no pictures needs none

    with Image.open(io.BytesIO(data)) as opened:
        opened.draft("RGB", (2 * wanted.width, 2 * wanted.height))  # a JPEG is decoded no larger than it must be
        profile = opened.info.get("icc_profile")
        image: Image.Image = ImageOps.exif_transpose(opened)
        clear = image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info
        image = image.convert("RGBA" if clear and wanted.format != "jpg" else "RGB")
    if profile:
        try:
            standard = ImageCms.createProfile("sRGB")
            image = ImageCms.profileToProfile(image, ImageCms.ImageCmsProfile(io.BytesIO(profile)), standard) or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile of other colours, or a broken one: the picture is shown without it
    box = _square(image.size) if wanted.square else None
    image.info.clear()  # Pillow would write the comment of a JPEG again
    image = image.resize((wanted.width, wanted.height), Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)
    return _packed(image, wanted.format)


def _square(size: tuple[int, int]) -> tuple[float, float, float, float]:
    width, height = size
    side = min(size)
    left = (width - side) / 2
    top = min(max(0.0, height * FACE - side / 2), float(height - side))
    return left, top, left + side, top + side


def _packed(image: "Image.Image", format_: str) -> bytes:
    """Return the picture in the best quality in which it is no larger than `MOST`; where none is enough, with less detail."""
    name, qualities, how = _FORMATS[format_]
    packed = b""
    for quality in qualities:
        packed = _saved(image, name, quality, how)
        if len(packed) <= MOST:
            return packed
    width, height = image.size
    for part in (2, 4, 8, 16):
        plain = image.resize((max(1, width // part), max(1, height // part))).resize(image.size)
        packed = _saved(plain, name, qualities[-1], how)
        if len(packed) <= MOST:
            break
    return packed


def _saved(image: "Image.Image", name: str, quality: int, how: dict[str, Any]) -> bytes:
    written = io.BytesIO()
    image.save(written, name, **how, **({"quality": quality} if quality else {}))
    return written.getvalue()
