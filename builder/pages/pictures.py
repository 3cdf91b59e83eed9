"""Pictures on pages: where the file of each is, and in which sizes and formats it is published besides."""

from collections.abc import Iterator
from urllib.parse import quote

import msgspec

from builder import urls
from builder.formats import SIZED
from builder.model import Image, Picture, Site
from builder.pages import prose
from builder.pages.page import Page
from builder.pages.shapes import PictureSource, PictureView

LEAD_WIDTHS = (480, 800, 1200, 1680)
"""Pixels: from a small phone to the column of text on a dense screen."""

PORTRAIT_WIDTHS = (96, 192, 288)
FALLBACK = 800
"""The width of the one file for browsers that know none of the newer formats."""

_NEWER = (("avif", "image/avif"), ("webp", "image/webp"))
_OLDER = {"jpg": "jpg", "jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "png": "png"}
"""How the name of a picture ends → the format that every browser shows; for all others that is WebP."""


class PictureFile(msgspec.Struct, frozen=True, gc=False):
    """A size of a picture, to be made."""

    file: str
    """By path from the site's root."""
    digest: str
    """Of what is in it."""
    format: str
    """`avif`, `webp`, `jpg` or `png`."""
    width: int
    height: int
    square: bool
    """Whether it is cut to a square, as portraits are."""


def published(site: Site, image: Image) -> str:
    """Return the path in the output of the file that an author names."""
    return urls.file_of(prose.address(site, urls.address_of(image.file), file=image.place.path))


def lead(site: Site, image: Image | None) -> PictureView | None:
    """Return the picture that an explainer leads with; None where it has none."""
    return _view(site, image, square=False) if image is not None else None


def portrait(site: Site, image: Image | None) -> PictureView | None:
    """Return the portrait of an actor, a square; None where there is none."""
    return _view(site, image, square=True) if image is not None else None


def _view(site: Site, image: Image, *, square: bool) -> PictureView | None:
    path = published(site, image)
    picture = site.pictures.get(path)
    if picture is None:
        return None
    made = tuple(_sizes(path, picture, square=square))
    words = (image.alt, image.credit, image.licence, image.caption)
    if not made:
        return PictureView(_address(path), picture.width, picture.height, (), *words)
    src, size = made[-1]
    sources = tuple(
        PictureSource(kind, tuple((_address(where), one.width) for where, one in made[:-1] if one.format == name)) for name, kind in _NEWER
    )
    return PictureView(_address(src), size.width, size.height, sources, *words)


def _address(path: str) -> str:
    return quote(path, safe="/")


def _sizes(path: str, picture: Picture, *, square: bool) -> Iterator[tuple[str, PictureFile]]:
    """Yield path and size of each file that is made of a picture; the last is the one for every browser. Nothing where none can be made."""
    if not picture.width or not picture.height:
        return
    stem, _, ending = path.rpartition(".")
    whole = min(picture.width, picture.height) if square else picture.width
    wanted = PORTRAIT_WIDTHS if square else LEAD_WIDTHS
    widths = [width for width in wanted if width < whole]
    if len(widths) < len(wanted):
        widths.append(whole)

    def sized(format_: str, width: int) -> tuple[str, PictureFile]:
        height = width if square else max(1, round(width * picture.height / picture.width))
        name = f"{stem}-{ending.lower()}-{width}{'s' if square else 'w'}.{format_}"
        return name, PictureFile(picture.file, picture.digest, format_, width, height, square)

    for format_, _ in _NEWER:
        yield from (sized(format_, width) for width in widths)
    older = _OLDER.get(ending.lower(), "")
    most = PORTRAIT_WIDTHS[1] if square else FALLBACK
    fallback = max((width for width in widths if width <= most), default=widths[0])
    yield sized(older or "webp", fallback)


def files(site: Site) -> Iterator[Page]:
    """Yield every size of every picture."""
    for path, picture in site.pictures.items():
        made: dict[str, PictureFile] = {}
        if picture.lead:
            made |= _sizes(path, picture, square=False)
        if picture.portrait:
            made |= _sizes(path, picture, square=True)
        for where, size in made.items():
            yield Page(where, SIZED, size, kind="picture")
