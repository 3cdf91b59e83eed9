"""Addresses in data files: absolute if the site knows its own, else relative to the file."""

from builder.formats.parts import Publication


def address(site: Publication, path: str, root: str) -> str:
    """Return the address of a page; `root` is the relative path from the file to the site's root."""
    return (site.base_url or root) + path
