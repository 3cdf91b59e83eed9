"""Which explainers an image is drawn for, and where it is."""

import re

from builder import urls
from builder.formats import DRAWN
from builder.model import Site

_LETTERS = re.compile(r"[\x20-\x7e\xa0-\u036f\u0370-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u203a\u20ac\u2212]*")
"""What our fonts can write."""


def can_be_drawn(words: str) -> bool:
    """Say whether our fonts have all letters of a text."""
    return _LETTERS.fullmatch(words) is not None


def image(site: Site, slug: str) -> str:
    """Return the path of an explainer's image; "" where none is drawn, or where our fonts could not write its title."""
    drawn = site.settings.images and can_be_drawn(site.explainers[slug].title) and can_be_drawn(site.settings.title)
    return f"{urls.explainer(slug)}{DRAWN}" if drawn else ""
