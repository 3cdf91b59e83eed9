"""In which sizes and formats a picture is published beside the file that its author gave."""

from collections.abc import Iterator
from urllib.parse import quote

import msgspec

from builder.content.markup.page_context import SizedPicture
from builder.model import Picture, Site
from builder.urls import encoded

WIDE_WIDTHS = (480, 800, 1200, 1680)
"""Pixels: from a small phone to the column of text on a dense screen."""

PORTRAIT_WIDTHS = (96, 192, 288)
FALLBACK = 800
"""The width of the one file for browsers that know none of the newer formats."""

NEWER = (("avif", "image/avif"), ("webp", "image/webp"))
_OLDER = {"jpg": "jpg", "jpeg": "jpg", "jpe": "jpg", "jfif": "jpg", "png": "png"}
"""How the name of a picture ends → the format that every browser shows; for all others that is WebP."""

_COLUMN = 656
"""Pixels of the widest column of text: 41rem."""


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


def address(path: str) -> str:
    """Return the path of a file as it stands in an address."""
    return quote(path, safe="/")


def sizes(path: str, picture: Picture, *, square: bool) -> Iterator[tuple[str, PictureFile]]:
    """Yield path and size of each file that is made of a picture; the last is the one for every browser. Nothing where none can be made."""
    if picture.whole or not picture.width or not picture.height:
        return
    stem, _, ending = path.rpartition(".")
    whole = min(picture.width, picture.height) if square else picture.width
    wanted = PORTRAIT_WIDTHS if square else WIDE_WIDTHS
    widths = [width for width in wanted if width < whole]
    if len(widths) < len(wanted):
        widths.append(whole)

    def sized(format_: str, width: int) -> tuple[str, PictureFile]:
        height = width if square else max(1, round(width * picture.height / picture.width))
        name = f"{stem}-{ending.lower()}-{width}{'s' if square else 'w'}.{format_}"
        return name, PictureFile(picture.file, picture.digest, format_, width, height, square)

    for format_, _ in NEWER:
        yield from (sized(format_, width) for width in widths)
    older = _OLDER.get(ending.lower(), "")
    most = PORTRAIT_WIDTHS[1] if square else FALLBACK
    fallback = max((width for width in widths if width <= most), default=widths[0])
    yield sized(older or "webp", fallback)


def sources(files: tuple[tuple[str, PictureFile], ...]) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """Return media type, and address and width of each file, of the newer formats of what `sizes` yields."""
    return tuple(
        (kind, tuple((address(where), picture_file.width) for where, picture_file in files[:-1] if picture_file.format == name))
        for name, kind in NEWER
    )


def in_text(site: Site, path: str) -> SizedPicture | None:
    """Return the files of a picture that a text shows, by its path from the site's root; None if it is not on the site."""
    picture = site.pictures.get(path)
    if picture is None:
        return None
    made = tuple(sizes(path, picture, square=False))
    if not made:
        return SizedPicture(encoded(path), picture.width, picture.height)
    src, size = made[-1]
    shown = f"{picture.width}px" if picture.width < _COLUMN else "(min-width: 46rem) 41rem, 100vw"
    return SizedPicture(address(src), size.width, size.height, shown, sources(made))
