"""Parts of records: the site's metadata, a date, a reference to a record."""

from typing import Annotated

import msgspec

from builder.i18n.patterns import late

Day = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class Publication(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The site's metadata."""

    title: str
    language: str
    base_url: str = ""
    licence: str = ""
    authors: tuple[str, ...] = ()

    def address(self, path: str, root: str) -> str:
        """Return the address of a page in a data file: absolute if the site knows its own; `root` is the relative path from the file to the site's root."""
        return (self.base_url or root) + path


class DateRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A date, as exact as it is known."""

    edtf: str = ""
    """In EDTF (ISO 8601-2), as written; for hours that EDTF cannot express, their days."""
    words: str = ""
    """In the site's language."""
    first: Day = ""
    """The earliest possible day; left out if there is none."""
    last: Day = ""
    """The latest possible day."""
    iso: str = ""
    """In ISO 8601-1, if that has the same meaning: `2022-01`, `2022-01-18`, `2022-01-18T14:30Z`."""
    sure: bool = True
    """False for “around” and “possibly”, and for one of several."""
    says: str = ""
    """The story's own word for it: `Friday`."""
    written: str = ""
    """As written, if that has hours and is no EDTF: `2021-03-29T04:30~`, `2021-03-23T07:40/09:00`."""

    @property
    def ends(self) -> tuple[str, str]:
        """The first and the last date of a span as given, in ISO 8601-1; "" for an end that is open or approximate, or that ISO cannot express."""
        first, is_span, last = self.edtf.partition("/") if self.sure else ("", "", "")
        return (_iso(first), _iso(last)) if is_span else ("", "")

    @property
    def hours(self) -> tuple[str, str]:
        """Start and end of a span of hours in ISO 8601-1; "" twice for any other date, and for approximate times."""
        first, _, last = self.written.partition("/")
        if _TIME.fullmatch(last):  # on the day of the first
            last = f"{first.partition('T')[0]}T{last}"
        at_start, at_end = _TIME.search(first), _TIME.search(last)
        if at_start and at_end and not at_end[1]:  # in the zone of the first
            last += at_start[1] or ""
        begin, end = _iso(first), _iso(last)
        return (begin, end) if "T" in begin and "T" in end else ("", "")


_ISO = late(r"(?!0000)\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d(?::\d\d)?)?)?)?)?")

_TIME = late(r"\d\d:\d\d(?::\d\d)?(Z|[+-]\d\d(?::\d\d)?)?$")


def _iso(end: str) -> str:
    return end if _ISO.fullmatch(end) else ""


class Named(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A reference to a record; only a name if it has no page of its own."""

    name: str
    id: str = ""
    path: str = ""
    kind: str = ""
    """For an actor: its type."""
    status: str = ""
    """For an event."""


class InShortRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The author's own lines at the top of an explainer; a line that is derived from the records is left out."""

    happened: str = ""
    says: str = ""
    disputed: str = ""
    not_known: str = ""
    next: str = ""
