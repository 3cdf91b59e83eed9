"""Addresses in files for machines: whole where the site knows its own, else counted from the file."""

from builder.formats.parts import Publication


def address(site: Publication, path: str, root: str) -> str:
    """Return the address of a page; `root` leads from the file to the site's root."""
    return (site.base_url or root) + path
