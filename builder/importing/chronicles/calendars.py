"""Calendars: the events of iCalendar files, read by icalendar. An end is exclusive there; zones become offsets; recurring events are expanded, or noted."""

import contextlib
import datetime as dt
import re
from typing import Any, NamedTuple

import msgspec

from builder import dates
from builder.formats.annotated_quotes import DIGEST
from builder.formats.calendar import DIGESTED, OWN, entry_digest, escaped
from builder.importing.chronicles.recurring import Budget, list_starts, moment_key
from builder.importing.html_words import address, line, plain, read_html
from builder.importing.importer_types import (
    EVENT,
    SOURCE,
    ImportInput,
    ImportNote,
    ImportOptions,
    ImportProblem,
    ImportResult,
    Missing,
    Record,
    Ref,
)
from builder.importing.mapping_values import Values, drop_empty
from builder.importing.whole_events import WholeEvents

MAX_EVENTS_IN_CALENDAR = 20_000

_KNOWN = frozenset(
    [
        "SUMMARY",
        "DTSTART",
        "DTEND",
        "DURATION",
        "DESCRIPTION",
        "GEO",
        "LOCATION",
        "URL",
        "UID",
        "STATUS",
        "RRULE",
        "EXDATE",
        "RDATE",
        "CATEGORIES",
        "DTSTAMP",
        "SEQUENCE",
        "CREATED",
        "LAST-MODIFIED",
        "TRANSP",
        "RECURRENCE-ID",
        "CLASS",
    ]
)


_BROKEN = (ValueError, OverflowError, TypeError, AttributeError, KeyError, IndexError)
"""What a value that cannot be read leads to in the library."""


def parse_calendars(data: bytes) -> list[Any]:
    """Return the calendars of a file. `Missing` where the library is, `ImportProblem` where it is no calendar."""
    try:
        from icalendar import Calendar
    except ImportError:
        raise Missing("calendars") from None
    try:
        return list(Calendar.from_ical(data, multiple=True))
    except (ValueError, IndexError, KeyError, TypeError, AttributeError) as error:
        message = f"it is no calendar that can be read: {error}"
        raise ImportProblem(message) from error


def _closed(data: bytes, import_notes: list[ImportNote]) -> bytes:
    """Return a calendar in which each event ends: one without an end, which is noted, would make all others unreadable."""
    ends = len(re.findall(rb"^END:VEVENT\s*$", data, re.MULTILINE | re.IGNORECASE))
    if len(re.findall(rb"^BEGIN:VEVENT\s*$", data, re.MULTILINE | re.IGNORECASE)) == ends:
        return data
    made: list[bytes] = []
    opened: list[tuple[bytes, int]] = []
    for n, row in enumerate(data.splitlines(), 1):
        sign, _, name = row.strip().upper().partition(b":")
        if (sign, name) in {(b"BEGIN", b"VEVENT"), (b"END", b"VCALENDAR")} and any(kind == b"VEVENT" for kind, _ in opened):
            import_notes.append(
                ImportNote(f"line {opened[0][1]}", f"the event has no end (END:VEVENT), and was taken to end above line {n}")
            )
            made += [b"END:" + kind for kind, _ in reversed(opened)]
            opened.clear()
        if sign == b"BEGIN" and (name == b"VEVENT" or opened):
            opened.append((name, n))
        elif sign == b"END" and opened and opened[-1][0] == name:
            opened.pop()
        made.append(row)
    return b"\r\n".join(made) + b"\r\n"


def read_calendar(import_input: ImportInput, options: ImportOptions) -> ImportResult:
    """Return the events of a calendar."""
    import_notes: list[ImportNote] = []
    records: list[Record] = []
    sources: dict[str, Record] = {}
    title = ""
    work = Budget()
    number = 0
    ours = WholeEvents()
    for calendar in parse_calendars(_closed(import_input.data, import_notes)):
        title = title or _unescaped(calendar.get("X-WR-CALNAME") or calendar.get("NAME"))
        if about := _unescaped(calendar.get("X-WR-CALDESC") or calendar.get("DESCRIPTION")):
            import_notes.append(ImportNote("the whole file", f"its description was left out: “{about}”"))
        if zone := _unescaped(calendar.get("X-WR-TIMEZONE")):
            said = f"its time zone (X-WR-TIMEZONE) was left out: “{zone}”; times stand as each event has them"
            import_notes.append(ImportNote("the whole file", said))
        parts = list(calendar.walk())
        replaced = _replaced(parts)
        for n, part in enumerate(parts):
            if n % 200 == 0:
                options.progress(n, len(parts))
            if part.name == "VEVENT":
                number += 1
                if (whole := _whole_event(part, number, ours, import_notes)) is not None:
                    records.append(whole)
                    continue
                records += _events(part, number, sources, (work, replaced), import_notes)
            elif part.name not in {"VCALENDAR", "VTIMEZONE", "STANDARD", "DAYLIGHT"}:
                what = line(str(part.get("SUMMARY", "") or part.get("DESCRIPTION", "") or part.get("TRIGGER", "")))
                import_notes.append(ImportNote("the whole file", f"a {part.name} was left out: “{what}”"))
            if len(records) > MAX_EVENTS_IN_CALENDAR:
                message = f"it has more than {MAX_EVENTS_IN_CALENDAR:,} events. Divide it"
                raise ImportProblem(message)
    if not records:
        message = "it has no events"
        raise ImportProblem(message)
    return ImportResult(title, (*sources.values(), *ours.records, *records), import_notes=tuple(import_notes))


def _unescaped(value: Any) -> str:
    """Return a property that the library leaves as it is written, since no standard has it, as a line of words."""
    words = str(value or "")
    if type(value).__name__ == "vUnknown":
        words = re.sub(r"\\([nN\\;,])", lambda found: "\n" if found[1] in "nN" else found[1], words)
    return line(words)


def _whole_event(component: Any, n: int, ours: WholeEvents, import_notes: list[ImportNote]) -> Record | None:
    """Return an event that Backstory wrote, as it was; None for any other, and where the entry was changed since."""
    try:
        said = msgspec.json.decode(str(component.get(OWN, "") or ""))
    except (msgspec.DecodeError, RecursionError):
        return None
    where = f"event {n} (“{line(str(component.get('SUMMARY', '')))}”)"
    if not isinstance(said, dict):
        return None
    values = {name: _as_written(value) for name, value in component.property_items(recursive=False) if name in DIGESTED}
    if said.pop(DIGEST, "") != entry_digest(values):
        import_notes.append(ImportNote(where, "it was changed since Backstory wrote it, so it is read as it stands now"))
        return None
    return ours.event(said, Values({}, where, import_notes))


def _as_written(value: Any) -> str:
    if isinstance(value, str):
        return escaped(str(value))
    return bytes(value.to_ical()).decode()


def _uid(component: Any) -> str:
    return line(str(component.get("UID", "")))


def _replaced(parts: list[Any]) -> dict[str, set[str]]:
    """Return the times of events that recur for which there is an event of its own, by UID."""
    found: dict[str, set[str]] = {}
    for part in parts:
        if part.name == "VEVENT" and part.get("RECURRENCE-ID") is not None:
            with contextlib.suppress(*_BROKEN):
                found.setdefault(_uid(part), set()).add(moment_key(_moment(part, "RECURRENCE-ID")))
    return found


def _events(
    component: Any, n: int, sources: dict[str, Record], recurring: tuple[Budget, dict[str, set[str]]], import_notes: list[ImportNote]
) -> list[Record]:
    """Return an event, each of its times. A private or broken one is left out, with a note."""
    title = line(str(component.get("SUMMARY", "")))
    where = f"event {n} (“{title or 'without a title'}”)"
    said = line(str(component.get("CLASS", "PUBLIC")))

    def add_note(what: str) -> None:
        import_notes.append(ImportNote(where, what))

    if said.upper() != "PUBLIC":
        add_note(f"it was left out, since it is not for everybody: its class is “{said}”")
        return []
    try:
        return _times(_Entry(component, n, title, where), sources, recurring, add_note)
    except _BROKEN as error:
        add_note(f"it was left out, since it is broken: {line(str(error))[:300]}{f' (UID “{_uid(component)}”)' if _uid(component) else ''}")
        return []


class _Entry(NamedTuple):
    component: Any
    number: int
    title: str
    where: str


def _times(entry: _Entry, sources: dict[str, Record], recurring: tuple[Budget, dict[str, set[str]]], add_note: Any) -> list[Record]:
    component, n, title, where = entry
    start = _moment(component, "DTSTART")
    if start is None:
        add_note("it has no date")
    elif isinstance(start, dt.datetime) and start.tzinfo is None and (zone := component["DTSTART"].params.get("TZID")):
        add_note(f"its zone was left out, since the file does not say what “{line(str(zone))}” is: its times stay as they are")
    end = _moment(component, "DTEND")
    length = component.get("DURATION")
    if end is None and length is not None and start is not None:
        end = start + length.dt
    span = end - start if end is not None and start is not None and type(end) is type(start) and _comparable(start, end) else None
    for error in getattr(component, "errors", []):
        add_note(f"it could not be read in part: {line(str(error))}")
    work, replaced = recurring
    is_own = component.get("RECURRENCE-ID") is not None
    if is_own and component["RECURRENCE-ID"].params.get("RANGE"):
        add_note("it stands for one time alone, though the file says that it stands for all that follow")
    begins = (
        list_starts(component, start, () if is_own else replaced.get(_uid(component), ()), work, add_note) if start is not None else [None]
    )
    fields = _fields(component, title, where, sources, add_note)
    uid = _uid(component)
    made: list[Record] = []
    for number, begin in enumerate(begins, 1):
        when = _when(begin, begin + span if begin is not None and span is not None else None, add_note)
        at = where if len(begins) == 1 else f"{where}, time {number}"
        made.append(
            Record(
                EVENT,
                f"{uid}-{n}-{number}",
                at,
                drop_empty({"title": fields["title"], "when": when, **fields}),
            )
        )
    return made


def _comparable(start: Any, end: Any) -> bool:
    return not isinstance(start, dt.datetime) or (start.tzinfo is None) == (end.tzinfo is None)


def _moment(component: Any, name: str) -> Any:
    """Return a moment; None if there is none. One of `_BROKEN` where it cannot be read."""
    value = component.get(name)
    if value is None:
        return None
    value = value[0] if isinstance(value, list) and value else value
    try:
        moment = getattr(value, "dt", None)
    except _BROKEN:
        moment = None  # the library says why in terms of its own
    if not isinstance(moment, dt.date):
        message = f"“{name}” is no date: “{line(str(value))[:200]}”"
        raise ValueError(message)  # noqa: TRY004 – the value is wrong, not its kind
    return moment


def _iso(moment: Any) -> str:
    """Return a moment as EDTF, with the offset of its zone."""
    if not isinstance(moment, dt.datetime):
        return str(moment.isoformat())
    made = moment.strftime("%Y-%m-%dT%H:%M") + (f":{moment.second:02}" if moment.second else "")
    offset = moment.utcoffset()
    if offset is None:
        return f"{moment.year:04}{made[4:]}"
    minutes = int(offset.total_seconds() // 60)
    zone = "Z" if not minutes else f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
    return f"{made}{zone}"


def _when(start: Any, end: Any, add_note: Any) -> str:
    if start is None:
        return ""
    first = _iso(start)
    if end is None:
        return first
    if not isinstance(end, dt.datetime):
        end -= dt.timedelta(days=1)  # the day behind the last one
    last = _iso(end)
    if last <= first:
        if last < first:
            add_note(f"its end was left out, since it does not lie behind the beginning: “{last}”")
        return first
    day, is_moment, _ = first.partition("T")
    other, _, time = last.partition("T")
    made = f"{first}/{time if is_moment and other == day else last}"
    if not dates.is_date(made):
        add_note(f"its end was left out, since no date can hold it: “{last}”")
        return first
    return made


def _fields(component: Any, title: str, where: str, sources: dict[str, Record], add_note: Any) -> dict[str, Any]:
    about = str(component.get("DESCRIPTION", "") or "").strip()
    text = read_html(about, add_note).markdown if re.search(r"<(?:p|br|a|b|i|ul|div|html)\b", about, re.IGNORECASE) else plain(about)
    url = address(str(component.get("URL", "") or ""))
    refs: list[Ref] = []
    if url.startswith("http"):
        sources.setdefault(url, Record(SOURCE, url, where, {"url": url}))
        refs.append(Ref(SOURCE, url))
    elif component.get("URL"):
        add_note(f"“URL” was left out, since it is no address of the web: “{line(str(component['URL']))}”")
    status = line(str(component.get("STATUS", ""))).upper()
    own: dict[str, str] = {}
    categories = component.get("CATEGORIES")
    if categories is not None:
        listed = categories if isinstance(categories, list) else [categories]
        own["x_categories"] = ", ".join(line(str(name)) for part in listed for name in getattr(part, "cats", [part]))
    if uid := line(str(component.get("UID", ""))):
        own["x_uid"] = uid
    if status in {"TENTATIVE", "CONFIRMED"}:
        own["x_status"] = status.lower()
    for name, value in component.property_items(recursive=False, sorted=False):
        if name not in _KNOWN and name not in {"BEGIN", "END"}:
            add_note(f"“{name}” was left out: “{_shown(value)}”")
    return {
        "title": title or line(about)[:60] or "Untitled",
        # What is tentative has not happened only because its day is past.
        "status": Ref("status", {"CANCELLED": "cancelled", "TENTATIVE": "planned"}[status]) if status in {"CANCELLED", "TENTATIVE"} else "",
        "place": line(str(component.get("LOCATION", "") or "")),
        "coordinates": _coordinates(component.get("GEO"), add_note),
        "sources": refs,
        "text": text,
        **own,
    }


def _shown(value: Any) -> str:
    """Return a value for a message, with the name that it has for a person."""
    name = line(str(getattr(value, "params", {}).get("CN", "")))
    return ", ".join(part for part in (name, _unescaped(value)) if part)[:300]


def _coordinates(value: Any, add_note: Any) -> list[Ref]:
    """Return where an event is, as latitude and longitude; none where that is not said, or is nowhere on Earth."""
    at = [getattr(value, name, None) for name in ("latitude", "longitude")]
    if not all(isinstance(number, float) for number in at):
        return []
    if abs(at[0] or 0.0) > 90 or abs(at[1] or 0.0) > 180:
        add_note(f"“GEO” was left out, since it is no place on Earth: “{at[0]};{at[1]}”")
        return []
    return [Ref("number", f"{number:g}") for number in at]
