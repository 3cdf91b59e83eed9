"""The last files that were parsed: what a form is about to write is parsed once to check it, and is the same when the site is built again."""

from functools import lru_cache

from builder.content.parse import parse
from builder.model import Document

MOST = 4
"""Files that are changed together and parsed here; more of them are parsed as a build does it."""


@lru_cache(maxsize=MOST)
def parsed(path: str, data: bytes) -> Document:
    """Return the document of a file by its path from the site's root and its bytes."""
    return parse(path, data)
