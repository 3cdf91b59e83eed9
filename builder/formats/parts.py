"""What records are made of: the site, a date, a record that is told elsewhere."""

import re
from typing import Annotated

import msgspec

Day = Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]


class Publication(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The site that says all this."""

    title: str
    language: str
    base_url: str = ""
    licence: str = ""
    authors: tuple[str, ...] = ()


class DateRecord(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A date, no more exact than anybody knows it."""

    edtf: str = ""
    """In EDTF (ISO 8601-2), as the author gave it; of hours that EDTF has no form for, the days that they lie in."""
    words: str = ""
    """As a reader reads it, in the site's language."""
    first: Day = ""
    """The earliest day that it can mean; left out where it has none."""
    last: Day = ""
    """The latest day that it can mean."""
    iso: str = ""
    """The date in ISO 8601-1, where that can say the same: `2022-01`, `2022-01-18`, `2022-01-18T14:30Z`."""
    sure: bool = True
    """False for “around” and “possibly”, whose days are soft, and for one of several."""
    says: str = ""
    """The story's own word for it: `Friday`."""
    written: str = ""
    """As the author gave it, where that tells hours and is no EDTF: `2021-03-29T04:30~`, `2021-03-23T07:40/09:00`."""

    @property
    def ends(self) -> tuple[str, str]:
        """The first and the last of a span as they were given, in ISO 8601-1; "" for an end that is open or soft, or that ISO has no form for. No bounds of what nobody knows."""
        first, is_span, last = self.edtf.partition("/") if self.sure else ("", "", "")
        return (_iso(first), _iso(last)) if is_span else ("", "")

    @property
    def hours(self) -> tuple[str, str]:
        """Of a span from one time to another, both in full, in ISO 8601-1; "" twice for any other date, and where a time is only around or possibly known."""
        first, _, last = self.written.partition("/")
        if _TIME.fullmatch(last):  # on the day of the first
            last = f"{first.partition('T')[0]}T{last}"
        at_start, at_end = _TIME.search(first), _TIME.search(last)
        if at_start and at_end and not at_end[1]:  # in the zone of the first
            last += at_start[1] or ""
        begin, end = _iso(first), _iso(last)
        return (begin, end) if "T" in begin and "T" in end else ("", "")


_ISO = re.compile(r"(?!0000)\d{4}(?:-(?:0[1-9]|1[0-2])(?:-\d\d(?:T\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d(?::\d\d)?)?)?)?)?")

_TIME = re.compile(r"\d\d:\d\d(?::\d\d)?(Z|[+-]\d\d(?::\d\d)?)?$")


def _iso(end: str) -> str:
    return end if _ISO.fullmatch(end) else ""


class Named(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """A record that is told elsewhere; only a name where it has no page of its own."""

    name: str
    id: str = ""
    path: str = ""
    kind: str = ""
    """Of an actor: its type."""
    status: str = ""
    """Of an event: how sure it is."""
