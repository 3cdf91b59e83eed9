"""Files of many records: a head, a part for each record, a tail.

A part depends only on its record and on the site's metadata. So if one record of thousands changes, the other parts can be copied
from the existing file (`render.splice`), and the file need not be encoded again.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from builder.formats.parts import Publication


class ListSection(NamedTuple):
    """The records of one kind."""

    kind: str
    """The field of the view with the records."""
    piece: Callable[[Publication, Any], bytes]
    """Returns the bytes of a record; empty for one that the file leaves out."""
    between: bytes = b""
    """Separator."""


class ListFile(NamedTuple):
    """How a file is written."""

    begin: Callable[[Any], bytes]
    """Returns the head; its argument is the view, which may be without its records."""
    sections: tuple[ListSection, ...]
    end: bytes = b""

    def write(self, whole: Any) -> bytes:
        """Return the file of some records."""
        parts = [self.begin(whole)]
        for section in self.sections:
            pieces = [section.piece(whole.site, record) for record in getattr(whole, section.kind)]
            parts.append(section.between.join(filter(None, pieces)))
        return b"".join((*parts, self.end))
