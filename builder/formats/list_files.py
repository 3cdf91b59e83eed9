"""How a file of many records is written: a beginning, a piece for each record, an end.

A piece is made of its record and of what every file says of the site, and of nothing else. So where one record of thousands has changed, the others' pieces can be taken
from the file as it was (`making`), and the whole file need not be written anew.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from builder.formats.parts import Publication


class ListSection(NamedTuple):
    """The records of one kind."""

    kind: str
    """The field of the whole that has them."""
    piece: Callable[[Publication, Any], bytes]
    """A record's piece; nothing for one that the file leaves out."""
    between: bytes = b""
    """What stands between two pieces."""


class ListFile(NamedTuple):
    """How a file is written."""

    begin: Callable[[Any], bytes]
    """What stands before all pieces; it is given the whole, which may be without its records."""
    sections: tuple[ListSection, ...]
    end: bytes = b""

    def write(self, whole: Any) -> bytes:
        """Return the file of some records."""
        parts = [self.begin(whole)]
        for section in self.sections:
            pieces = [section.piece(whole.site, record) for record in getattr(whole, section.kind)]
            parts.append(section.between.join(filter(None, pieces)))
        return b"".join((*parts, self.end))
