"""Pictures of explainers and actors on pages, and the files that are made of every picture."""

from collections.abc import Iterator

from builder import urls
from builder.formats import SIZED
from builder.model import Image, Site
from builder.pages import body_html
from builder.pages.page import Page
from builder.pages.picture_sizes import PictureFile, address, sizes, sources
from builder.pages.shapes import PictureSource, PictureView


def published(site: Site, image: Image) -> str:
    """Return the path in the output of the file that an author names."""
    return shown(site, urls.address_of(image.file), image.location.path)


def shown(site: Site, target: str, file: str) -> str:
    """Return the path in the output of the file that a local address in a content file leads to."""
    return urls.file_of(body_html.address(site, target, file=file))


def lead(site: Site, image: Image | None) -> PictureView | None:
    """Return the picture at the head of an explainer; None without one."""
    return _view(site, image, square=False) if image is not None else None


def portrait(site: Site, image: Image | None) -> PictureView | None:
    """Return the portrait of an actor, cut to a square; None without one."""
    return _view(site, image, square=True) if image is not None else None


def _view(site: Site, image: Image, *, square: bool) -> PictureView | None:
    path = published(site, image)
    picture = site.pictures.get(path)
    if picture is None:
        return None
    made = tuple(sizes(path, picture, square=square))
    words = (image.alt, image.credit, image.licence, image.caption)
    if not made:
        return PictureView(address(path), picture.width, picture.height, (), *words)
    src, size = made[-1]
    return PictureView(address(src), size.width, size.height, tuple(PictureSource(*source) for source in sources(made)), *words)


def files(site: Site) -> Iterator[Page]:
    """Yield every size of every picture."""
    for path, picture in site.pictures.items():
        made: dict[str, PictureFile] = {}
        if picture.wide:
            made |= sizes(path, picture, square=False)
        if picture.portrait:
            made |= sizes(path, picture, square=True)
        for where, size in made.items():
            yield Page(where, SIZED, size, kind="picture")
