"""Images for shared links: the explainers that have one, and the pages that show it."""

import re
from collections.abc import Iterable

from builder import urls
from builder.formats import DRAWN
from builder.model import Site
from builder.pages import pictures
from builder.pages.shapes import ShareImage

WIDTH, HEIGHT = 1200, 630
"""Of what is drawn: what the services that show such images ask for."""

_LETTERS = re.compile(r"[\x20-\x7e\xa0-\u036f\u0370-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u203a\u20ac\u2212]*")
"""What our fonts can write."""


def can_be_drawn(words: str) -> bool:
    """Return whether our fonts have all letters of a text."""
    return _LETTERS.fullmatch(words) is not None


def image(site: Site, slug: str) -> str:
    """Return the path of the share image of an explainer; "" if none is drawn, or our fonts lack letters of its title."""
    drawn = site.settings.images and can_be_drawn(site.explainers[slug].title) and can_be_drawn(site.settings.title)
    return f"{urls.explainer_path(slug)}{DRAWN}" if drawn else ""


def of_explainer(site: Site, slug: str) -> ShareImage | None:
    """Return the image of an explainer: the one that is drawn, else the picture that it leads with; None if the site's own is shown."""
    explainer = site.explainers[slug]
    if path := image(site, slug):
        return ShareImage(path, (str(WIDTH), str(HEIGHT)), explainer.title)
    picture = pictures.lead(site, explainer.image)
    if picture is None or not picture.sources:
        return None
    return ShareImage(picture.src, (str(picture.width), str(picture.height)), picture.alt)


def of_first(site: Site, slugs: Iterable[str]) -> ShareImage | None:
    """Return the share image of the first of some explainers; None without explainers."""
    slug = next(iter(slugs), None)
    return of_explainer(site, slug) if slug is not None else None
