"""iCalendar (RFC 5545): events with a day.

Only a certain day, or a span from one day to another, becomes an entry: “January 2022” and “around 18 January”
would fill days that the author did not give, and are left out; so is the day of a mere statement about an event. An exact time is an entry of its hour, or
of its hours; one that is only approximate or possible is an entry of its day.
"""

import datetime as dt
import re
from collections.abc import Iterator, Mapping

import msgspec

from builder import __version__
from builder.formats.annotated_quotes import DIGEST, digest
from builder.formats.list_files import ListFile, ListSection
from builder.formats.parts import DateRecord, Publication
from builder.formats.published_data import Data, EventData, EventRecord, heading
from builder.formats.whole_events import Surroundings, event_said
from builder.model import FACTS

OCTETS = 75
"""Longest line, without its end (RFC 5545, 3.1)."""

_SPAN = re.compile(r"\d{4}-\d\d-\d\d/\d{4}-\d\d-\d\d")
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_ESCAPED = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"})


def has_days(when: DateRecord | None) -> bool:
    """Return whether a date has days that a calendar may show."""
    return when is not None and when.sure and bool(when.first) and (when.first == when.last or bool(_SPAN.fullmatch(when.edtf)))


def encode(data: Data, around: Surroundings | None = None) -> bytes:
    """Return the events with days as a calendar. With `around`, each says besides what no property of a calendar says, for `backstory import`."""
    if around is not None:
        events = (data.event,) if isinstance(data, EventData) else getattr(data, "events", ())
        return b"".join((_begin(data), *(_piece(data.site, event, around) for event in events), FORM.end))
    if isinstance(data, EventData):
        return b"".join((_begin(data), _piece(data.site, data.event), FORM.end))
    return FORM.write(data)


def _begin(data: Data) -> bytes:
    title = heading(data)
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Backstory//Backstory {__version__}//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{escaped(title)}",
        f"NAME:{escaped(title)}",
    ]
    return b"".join(map(_folded, lines))


def _piece(site: Publication, event: EventRecord, around: Surroundings | None = None) -> bytes:
    if event.when is None or event.spoken or not has_days(event.when):
        return b""
    lines = list(_entry(site, event, event.when))
    if around is not None:
        if at := around.coordinates.get(event.id):
            lines.insert(-1, f"GEO:{at[0]};{at[1]}")
        values = {name.partition(";")[0]: value for name, _, value in (line.partition(":") for line in lines)}
        said = event_said(event, around) | {DIGEST: entry_digest(values)}
        lines.insert(-1, f"{OWN};VALUE=TEXT:{escaped(msgspec.json.encode(said).decode())}")
    return b"".join(map(_folded, lines))


OWN = "X-BACKSTORY-EVENT"
"""The property that only Backstory writes and reads: the whole event as JSON."""


DIGESTED = ("SUMMARY", "DTSTART", "DTEND", "LOCATION", "DESCRIPTION", "STATUS")
"""The properties of an entry that people change in a calendar."""


def entry_digest(values: Mapping[str, str]) -> str:
    """Return a digest of the properties `DIGESTED` of an entry, given by their names as they stand in a file."""
    return digest({name: values.get(name, "") for name in DIGESTED})


FORM = ListFile(_begin, (ListSection("events", _piece),), b"END:VCALENDAR\r\n")


def _entry(site: Publication, event: EventRecord, when: DateRecord) -> Iterator[str]:
    host = site.base_url.split("://", 1)[-1].rstrip("/") or "backstory.invalid"
    yield "BEGIN:VEVENT"
    yield f"UID:{escaped(f'{event.id}@{host}')}"
    # Not the clock's: the same content makes the same file.
    yield f"DTSTAMP:{event.changed.replace('-', '') or '19700101'}T000000Z"
    yield from _times(when) or _days(when)
    yield f"SUMMARY:{escaped(event.headline)}"
    yield f"DESCRIPTION:{escaped('. '.join(part for part in (when.words, event.standing, event.text) if part))}"
    if event.place:
        yield f"LOCATION:{escaped(event.place)}"
    yield f"STATUS:{_status(event)}"
    yield "TRANSP:TRANSPARENT"
    if site.base_url:
        yield f"URL:{site.base_url}{event.path}"
    yield "END:VEVENT"


def _times(when: DateRecord) -> list[str]:
    """Return the start and end of an entry with hours: in UTC if they have a zone, else floating; empty without an exact time."""
    begin, end = when.hours if any(when.hours) else (when.iso, "")
    if "T" not in begin:
        return []
    try:
        times = [dt.datetime.fromisoformat(day) for day in (begin, end) if day]
        moments = [time.astimezone(dt.UTC) if time.tzinfo is not None else time for time in times]
    except (ValueError, OverflowError):  # a leap second, or the first hours of all
        return []
    # An entry has both its ends in UTC, or neither; and it cannot end before it begins.
    if len({moment.tzinfo for moment in moments}) > 1 or moments != sorted(moments):
        return []
    return [
        f"{name}:{moment.replace(tzinfo=None).isoformat(timespec='seconds').replace('-', '').replace(':', '')}{'Z' * (moment.tzinfo is not None)}"
        for name, moment in zip(("DTSTART", "DTEND"), dict.fromkeys(moments), strict=False)
    ]


def _days(when: DateRecord) -> list[str]:
    """Return the days of an entry."""
    end = _next_day(when.last)
    return [f"DTSTART;VALUE=DATE:{when.first.replace('-', '')}", *([f"DTEND;VALUE=DATE:{end}"] if end else ())]


def _status(event: EventRecord) -> str:
    """Return the status of an event: confirmed only if the author says that it happened, not if that is attributed or follows from the date."""
    if event.status == "cancelled":
        return "CANCELLED"
    return "CONFIRMED" if event.status in FACTS and not event.by and "status" not in event.derived else "TENTATIVE"


def _next_day(day: str) -> str:
    """Return the day after, since the end of an entry is exclusive; "" for the last day of all."""
    try:
        return (dt.date.fromisoformat(day) + dt.timedelta(days=1)).strftime("%Y%m%d").rjust(8, "0")
    except OverflowError:
        return ""


def escaped(words: str) -> str:
    """Return words as the value of a property (RFC 5545, 3.3.11)."""
    words = words.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n").replace("\x85", "\n")
    return _CONTROLS.sub("", words).translate(_ESCAPED)


def _folded(line: str) -> bytes:
    """Return a line with its end, folded after 75 octets and never inside a character."""
    data = line.encode()
    if len(data) <= OCTETS:
        return data + b"\r\n"
    pieces = []
    start, room = 0, OCTETS
    while len(data) - start > room:
        end = start + room
        while data[end] & 0xC0 == 0x80:  # the middle of a letter
            end -= 1
        pieces.append(data[start:end])
        start, room = end, OCTETS - 1  # the space that begins a continued line counts
    pieces.append(data[start:])
    return b"\r\n ".join(pieces) + b"\r\n"
