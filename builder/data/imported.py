"""Timelines that were made elsewhere, as content files: TimelineJS's JSON, or the rows of its Google sheet saved as CSV.

Nothing is guessed: a date that cannot be read is left to the author, markup becomes words, and a picture's address is kept under a key of the author's own.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from html import unescape

import msgspec

from builder import dates, urls
from builder.data.timelinejs import BACKGROUND, ERA, GROUP, MEDIA
from builder.model import STATUSES

END = "x_end"
"""The author's own key for an end that the date could not hold."""

Number = int | str | None


class ImportProblem(Exception):
    """A file is no timeline; the message is for the person at the keyboard."""


class Stamp(msgspec.Struct, frozen=True):
    """TimelineJS's date."""

    year: Number = None
    month: Number = None
    day: Number = None
    hour: Number = None
    minute: Number = None
    second: Number = None


class Words(msgspec.Struct, frozen=True):
    """TimelineJS's text; both may hold HTML."""

    headline: str | None = None
    text: str | None = None


class Media(msgspec.Struct, frozen=True):
    """A picture or film."""

    url: str | None = None
    caption: str | None = None
    credit: str | None = None
    thumbnail: str | None = None
    alt: str | None = None
    title: str | None = None
    link: str | None = None


class Background(msgspec.Struct, frozen=True):
    """What stands behind an event: a picture, or a colour."""

    url: str | None = None
    color: str | None = None
    alt: str | None = None


class Slide(msgspec.Struct, frozen=True):
    """TimelineJS's event; `x_…` is what we add when we write one."""

    start_date: Stamp | None = None
    end_date: Stamp | None = None
    text: Words | None = None
    media: Media | None = None
    background: Background | None = None
    display_date: str | None = None
    group: str | None = None
    unique_id: str | None = None
    x_edtf: str | None = None
    x_written: str | None = None
    x_says: str | None = None
    x_title: str | None = None
    x_status: str | None = None
    x_derived: str | None = None
    x_text: str | None = None
    x_place: str | None = None


class Timeline(msgspec.Struct, frozen=True):
    """TimelineJS's whole file."""

    events: tuple[Slide, ...]
    title: Slide | None = None
    eras: tuple[Slide, ...] = ()


class Event(msgspec.Struct, frozen=True):
    """An event as its lines of front matter."""

    id: str
    title: str
    lines: tuple[str, ...]
    dated: bool


class Imported(msgspec.Struct, frozen=True):
    """What a timeline comes to."""

    title: str
    summary: str
    lines: tuple[str, ...]
    """What else its title slide has, as lines of front matter."""
    events: tuple[Event, ...]


def from_json(data: bytes) -> Imported:
    """Read TimelineJS's JSON; `ImportProblem` where it is none."""
    try:
        found = msgspec.json.decode(data, type=Timeline)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ImportProblem(f"it is not a timeline of TimelineJS: {error}") from error
    return _imported(found)


def from_csv(data: bytes) -> Imported:
    """Read the rows of TimelineJS's sheet; `ImportProblem` where they are none."""
    try:
        rows = list(csv.DictReader(data.decode("utf-8-sig").splitlines(keepends=True), restkey="more", restval=""))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ImportProblem(f"it is not a table in UTF-8: {error}") from error
    if not rows or not {"Year", "Headline"} <= rows[0].keys():
        raise ImportProblem("it has no columns “Year” and “Headline”, as TimelineJS's sheet has")
    events: list[Slide] = []
    eras: list[Slide] = []
    title = None
    for row in rows:
        slide = Slide(
            _of_row(row, ""),
            _of_row(row, "End "),
            Words(row["Headline"], row.get("Text")),
            Media(row.get("Media"), row.get("Media Caption"), row.get("Media Credit"), row.get("Media Thumbnail")),
            Background(**{"color" if (behind := row.get("Background") or "").startswith("#") else "url": behind}),
            row.get("Display Date"),
            row.get("Group"),
        )
        if row.get("Type") == "title":
            title = slide
        else:
            (eras if row.get("Type") == "era" else events).append(slide)
    return _imported(Timeline(tuple(events), title, tuple(eras)))


def _of_row(row: dict[str, str], which: str) -> Stamp | None:
    time = re.fullmatch(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", row.get(f"{which}Time") or "")
    year = row.get(f"{which}Year")
    return Stamp(year, row.get(f"{which}Month"), row.get(f"{which}Day"), *(time.groups() if time else ())) if year else None


def _imported(found: Timeline) -> Imported:
    first = found.title or Slide()
    head = first.text or Words()
    taken: set[str] = set()
    events = [_event(slide, taken) for slide in found.events]
    eras = [_event(slide, taken, era=True) for slide in found.eras]
    return Imported(_plain(head.headline), _plain(head.text), tuple(_lines(_pictures(first))), (*events, *eras))


def _event(slide: Slide, taken: set[str], *, era: bool = False) -> Event:
    words = slide.text or Words()
    title = _line(slide.x_title) or _plain(words.headline) or _line(slide.display_date) or "Untitled"
    key = _id(slide.unique_id or "", title, taken)
    edtf = _edtf(slide)
    says = _line(slide.x_says) if slide.x_edtf is not None else _line(slide.display_date)
    lines = [f"id: {key}", f"title: {_quoted(title)}"]
    if says:
        lines.append(f"when: {{says: {_quoted(says)}{f', is: {_quoted(edtf)}' if edtf else ''}}}")
    elif edtf:
        lines.append(f"when: {_quoted(edtf)}")
    if slide.x_status in STATUSES and slide.x_derived is None:
        lines.append(f"status: {slide.x_status}")
    text = _line(slide.x_text) if slide.x_text is not None else "" if slide.x_edtf is not None else _plain(words.text)
    lines += _lines(
        (
            ("place", _line(slide.x_place)),
            ("text", _markdown(text)),
            (GROUP, _line(slide.group)),
            (ERA, "yes" if era else ""),
            (END, _end_left_out(slide, edtf)),
            *_pictures(slide),
        )
    )
    return Event(key, title, tuple(lines), dated=bool(edtf))


def _lines(said: Iterable[tuple[str, str]]) -> list[str]:
    return [f"{name}: {_quoted(value)}" for name, value in said if value]


def _pictures(slide: Slide) -> Iterator[tuple[str, str]]:
    media, behind = slide.media or Media(), slide.background or Background()
    for name, key in MEDIA.items():
        value = getattr(media, name)
        yield key, _plain(value) if name in {"caption", "credit"} else _line(value)
    for name, key in BACKGROUND.items():
        yield key, _line(getattr(behind, name))


def _id(given: str, title: str, taken: set[str]) -> str:
    base = made = (given if urls.is_id(given) else urls.slug(given)) or urls.slug(title) or "event"
    n = 1
    while made in taken:
        n += 1
        made = f"{base}-{n}"
    taken.add(made)
    return made


def _end_left_out(slide: Slide, edtf: str) -> str:
    """Return the end of a slide that its date could not hold: EDTF has no spans of years with more than four digits."""
    start, end = (_stamp(one) if one is not None else "" for one in (slide.start_date, slide.end_date))
    return end if end and end != start == edtf else ""


def _edtf(slide: Slide) -> str:
    """Return the date as EDTF; "" where it is none that we can read."""
    candidates = [slide.x_written or "", slide.x_edtf or ""]
    start, end = (_stamp(one) if one is not None else "" for one in (slide.start_date, slide.end_date))
    candidates += [f"{start}/{end}" if start and end and start != end else "", start]
    for candidate in candidates:
        if candidate:
            try:
                return dates.parse(candidate).edtf
            except dates.DateProblem:
                continue
    return ""


def _stamp(stamp: Stamp) -> str:
    year, month, day, hour, minute, second = (
        _number(part) for part in (stamp.year, stamp.month, stamp.day, stamp.hour, stamp.minute, stamp.second)
    )
    if year is None:
        return ""
    made = f"{'-' if year < 0 else ''}{abs(year):04}" if abs(year) <= 9999 else f"Y{year}"
    if month is not None and abs(year) <= 9999:
        made += f"-{month:02}"
        if day is not None:
            made += f"-{day:02}"
            if hour is not None and minute is not None:
                made += f"T{hour:02}:{minute:02}" + (f":{second:02}" if second is not None else "")
    return made


def _number(part: Number) -> int | None:
    text = str(part).strip() if part is not None else ""
    return int(text) if re.fullmatch(r"-?\d{1,12}", text, re.ASCII) else None


_TAG = re.compile(r"<[^<>]*>")
_PUNCTUATION = re.compile(r"([\\`*_{}\[\]<>()#+\-!|~^:&$=@\"'.])")


def _line(text: str | None) -> str:
    """Return words as one line of what can be printed."""
    return " ".join("".join(c if c.isprintable() else " " for c in text or "").split())


def _plain(markup: str | None) -> str:
    """Return the words of HTML as one line."""
    return _line(unescape(_TAG.sub(" ", markup or "")))


def _markdown(text: str) -> str:
    """Return words as Markdown that shows just them."""
    return _PUNCTUATION.sub(r"\\\1", text)


def _quoted(text: str) -> str:
    # JSON's string is YAML's double-quoted one.
    return json.dumps(text, ensure_ascii=False)


# --- as content files ------------------------------------------------


def as_explainer(found: Imported, title: str, today: str) -> str:
    """Return the draft of an explainer with the events in its timeline."""
    lines = ["---", f"title: {_quoted(title)}"]
    if found.summary:
        lines.append(f"summary: {_quoted(found.summary)}")
    lines += found.lines
    lines += [f"published: {today}", f"as_of: {today}", "status: draft                     # delete this line to publish", "timeline:"]
    lines += [f"  {sign} {line}" for event in found.events for sign, line in zip(_signs(), event.lines, strict=False)]
    return "\n".join([*lines, "---", "Write the text here.", "", "![[timeline]]", ""])


def _signs() -> Iterator[str]:
    yield "-"
    while True:
        yield " "


def as_events(found: Imported) -> dict[str, str]:
    """Return a shared event each: its id and the text of its file."""
    return {event.id: "\n".join(["---", *event.lines[1:], "---", ""]) for event in found.events}
