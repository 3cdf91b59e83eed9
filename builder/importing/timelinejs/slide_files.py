"""Files of TimelineJS as slides: the JSON of its third version, that of the two before it, and the rows of its sheet saved as CSV."""

import csv
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from builder.importing import written_dates
from builder.importing.html_words import line
from builder.importing.importer_types import ImportProblem
from builder.importing.timelinejs.moments import TIME, as_text

Fields = dict[str, Any]


class Slide(msgspec.Struct, frozen=True):
    """One event, era or title as TimelineJS 3 has it in JSON, and where it stands in the file: `event 3`, `row 5`."""

    where: str
    fields: Fields


class Timeline(msgspec.Struct, frozen=True):
    """A whole file."""

    title: Slide | None
    events: tuple[Slide, ...]
    eras: tuple[Slide, ...] = ()
    import_notes: tuple[str, ...] = ()
    """What was left out of the file as a whole, or with slides that are none."""


def decoded(data: bytes) -> str:
    """Return the text of a file, in UTF-8 or UTF-16."""
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    encoding = "utf-16" if marked else "utf-16-le" if data[1:2] == b"\0" else "utf-16-be" if data[:1] == b"\0" else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ImportProblem(
            "it is not in UTF-8, so letters such as é cannot be told. Save it as UTF-8 (in Excel as “CSV UTF-8”, in an editor with the encoding UTF-8)"
        ) from error


# --- JSON ------------------------------------------------

_CALLED = re.compile(r"\s*(?:(?:var|let|const)\s+)?[A-Za-z_$][\w.$]*\s*[=(]\s*(?=\{)")
"""What stands before the JSON where a file is a script: `storyjs_jsonp_data = {…};`, `callback({…})`."""


def from_json(data: bytes) -> Timeline:
    """Read a timeline from JSON. Raises `ImportProblem` if it is none."""
    text = decoded(data)
    if found := _CALLED.match(text):
        text = re.sub(r"[)\s;]+\Z", "", text[found.end() :])
    try:
        whole = msgspec.json.decode(text.encode("utf-8", "surrogatepass"))
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        more = ". It is a template of a site generator; import the file that is made of it" if re.match(r"\s*(?:---|\{[%{])", text) else ""
        raise ImportProblem(f"it is not a timeline of TimelineJS, since it is no JSON: {error}{more}") from error
    if isinstance(whole, dict) and isinstance(whole.get("timeline"), dict):
        whole = _of_the_second(whole)
    if not isinstance(whole, dict) or not isinstance(whole.get("events"), list):
        raise ImportProblem("it is not a timeline of TimelineJS, which has a list of “events”, each with “start_date” and “text”")
    import_notes: list[str] = [
        f"the whole file: “{name}” was left out: “{as_text(whole[name]) or line(json.dumps(whole[name], ensure_ascii=False))[:300]}”"
        for name in whole.keys() - {"title", "events", "eras"}
        if whole[name]
    ]
    events = tuple(_slides(whole["events"], "event", import_notes))
    if whole["events"] and not events:
        raise ImportProblem("it is not a timeline of TimelineJS: none of its “events” has a “start_date” or a “text”")
    title = whole.get("title")
    if isinstance(title, str | int | float) and as_text(title):
        title = {"text": {"headline": title}}
    return Timeline(
        Slide("the title", title) if isinstance(title, dict) else None,
        events,
        tuple(_slides(_as_list(whole.get("eras")), "era", import_notes)),
        tuple(sorted(import_notes)),
    )


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value else []


_MAKE_A_SLIDE = {"start_date", "end_date", "text", "media", "display_date", "x_edtf", "x_title"}


def _slides(listed: list[Any], kind: str, import_notes: list[str]) -> Iterator[Slide]:
    for n, slide in enumerate(listed, 1):
        if isinstance(slide, dict) and any(slide.get(name) for name in _MAKE_A_SLIDE):
            yield Slide(f"{kind} {n}", slide)
        elif slide and (not isinstance(slide, dict) or any(slide.values())):
            what = (
                f"its keys are {', '.join(f'“{name}”' for name in slide)}"
                if isinstance(slide, dict)
                else f"it is “{as_text(slide) or '…'}”"
            )
            import_notes.append(f"{kind} {n} was left out, since it has no “start_date” and no “text”: {what}")


def _of_the_second(whole: Fields) -> Fields:
    """Return a timeline of the first or second version as one of the third."""
    old = whole["timeline"]
    events = old.get("date")
    if not isinstance(events, list):
        raise ImportProblem(
            "it is no timeline that is read here: below “timeline” it has no list “date”, as TimelineJS 1 and 2 have, and no “events”, as TimelineJS 3 has"
        )
    known = {"headline", "text", "asset", "startDate", "type", "date", "era"}
    return {
        **{name: value for name, value in whole.items() if name != "timeline"},
        **{name: value for name, value in old.items() if name not in known},
        "title": _slide_of_the_second({name: old[name] for name in ("headline", "text", "asset") if name in old}),
        "events": [_slide_of_the_second(event) if isinstance(event, dict) else event for event in events],
        "eras": [_slide_of_the_second(slide) if isinstance(slide, dict) else slide for slide in _as_list(old.get("era"))],
    }


def _slide_of_the_second(old: Fields) -> Fields:
    made = {name: value for name, value in old.items() if name not in {"startDate", "endDate", "headline", "text", "asset", "tag"}}
    for name, key in (("start_date", "startDate"), ("end_date", "endDate")):
        made[name] = _moment_of_the_second(as_text(old.get(key)), written_dates.MDY)
    if made["end_date"] == made["start_date"] or not any(made["end_date"]):
        del made["end_date"]
    asset = old.get("asset")
    return {
        **made,
        "text": {"headline": old.get("headline"), "text": old.get("text")},
        "media": {"url" if name == "media" else name: value for name, value in asset.items()} if isinstance(asset, dict) else asset,
        "group": old.get("tag"),
    }


def _moment_of_the_second(given: str, order: str) -> Any:
    """Return a moment of the first two versions as one of the third; a text that is none of theirs as it is."""
    parts = given.split(",")
    if all(re.fullmatch(r"\s*-?\d*\s*", part, re.ASCII) for part in parts):
        return dict(zip(("year", "month", "day", "hour", "minute", "second"), (part.strip() for part in parts), strict=False))
    if found := re.fullmatch(r"(\d{1,2})/(\d{1,2})/(\d{4})(?:\s+(\d{1,2}:\d\d(?::\d\d)?(?:\s*[ap]m)?))?", given, re.ASCII | re.IGNORECASE):
        month, day = (found[2], found[1]) if order == written_dates.DMY else (found[1], found[2])  # the order of that version's guide
        return {"year": found[3], "month": month, "day": day, **({TIME: found[4]} if found[4] else {})}
    return given


# --- CSV ------------------------------------------------

_CELLS = {
    "headline": ("text", "headline"),
    "text": ("text", "text"),
    "display date": ("display_date",),
    "group": ("group",),
    "tag": ("group",),
    "start date": ("start_date",),
    "end date": ("end_date",),
    "media": ("media", "url"),
    "media credit": ("media", "credit"),
    "media caption": ("media", "caption"),
    "media thumbnail": ("media", "thumbnail"),
    "media title": ("media", "title"),
    "media link": ("media", "link"),
    "alt text": ("media", "alt"),
    "media alt": ("media", "alt"),
    **{
        f"{which}{name}": (key, name)
        for which, key in (("", "start_date"), ("end ", "end_date"))
        for name in ("year", "month", "day", TIME)
    },
}
"""Columns of the sheet, and where what stands in them is in JSON. “Type” and “Background” are read for themselves."""


def from_csv(data: bytes) -> Timeline:
    """Read the rows of TimelineJS’s sheet. Raises `ImportProblem` if they are none."""
    text = decoded(data)
    try:
        rows = _rows(text)
    except csv.Error as error:
        raise ImportProblem(f"it is no table that can be read: {error}") from error
    return from_rows(rows)


def from_rows(rows: list[list[str]], order: str = "") -> Timeline:
    """Read a sheet of any version from its cells, the names of the columns first.

    `order` is that of day and month in the dates of versions 1 and 2; without it, the month is first unless a row proves otherwise.
    """
    order = order or (
        written_dates.DMY
        if written_dates.column_order(cell for row in rows[1:] for cell in row) == written_dates.DMY
        else written_dates.MDY
    )
    title: Slide | None = None
    events: list[Slide] = []
    eras: list[Slide] = []
    import_notes: list[str] = []
    header = [" ".join(cell.split()).lower().replace("_", " ") for cell in rows[0]]
    for n, row in enumerate(rows[1:], 2):
        if not any(cell.strip() for cell in row):
            continue
        where = f"row {n}"
        kind, fields = _of_row(header, rows[0], row, f"{where}", import_notes)
        for name in ("start_date", "end_date"):
            if isinstance(fields.get(name), str):
                fields[name] = _moment_of_the_second(fields[name].strip(), order)
        if fields.get("end_date") == fields.get("start_date"):
            fields.pop("end_date", None)
        kind = "title" if kind == "start" else kind
        if kind == "title" and title is None:
            title = Slide(where, fields)
            continue
        if kind not in {"", "era"}:
            import_notes.append(
                f"{where}: the type “{kind}” was left out, and the row is an event"
                + (", since there is a title already" if kind == "title" else "")
            )
        (eras if kind == "era" else events).append(Slide(where, fields))
    return Timeline(title, tuple(events), tuple(eras), tuple(import_notes))


def _rows(text: str) -> list[list[str]]:
    """Return the rows of a table, the one with the names of the columns first, by whichever sign its cells are parted."""
    first: list[str] = []
    lines = re.findall(r"[^\n]*\n|[^\n]+", text.replace("\r\n", "\n").replace("\r", "\n"))
    for delimiter in ",;\t|":
        rows = list(csv.reader(lines, delimiter=delimiter))
        if rows and {"year", "headline"} <= {" ".join(cell.split()).lower() for cell in rows[0]}:
            return rows
        first = rows[0] if rows and len(rows[0]) > len(first) else first
    shown = ", ".join(f"“{as_text(cell)[:40]}”" for cell in first[:12] if cell.strip())
    raise ImportProblem(
        "it has no columns “Year” and “Headline”, as TimelineJS’s sheet has. The sheet has Year, Month, Day, Time, End Year, End Month, End Day, End Time, Display Date, "
        "Headline, Text, Media, Media Credit, Media Caption, Media Thumbnail, Type, Group and Background"
        + (f"; this file has {shown}" if shown else "")
    )


def _of_row(header: list[str], names: list[str], row: list[str], where: str, import_notes: list[str]) -> tuple[str, Fields]:
    kind = ""
    fields: Fields = {}
    for n, cell in enumerate(row):
        name = header[n] if n < len(header) else ""
        if not cell.strip():
            continue
        if name == "type" and not kind:
            kind = cell.strip().lower()
        elif name == "background" and "background" not in fields:
            fields["background"] = {"url" if re.match(r"(?:https?:)?//|\S*/\S*\.\w+", cell.strip()) else "color": cell.strip()}
        elif not _put(fields, _CELLS.get(name, ()), cell):
            column = f"“{as_text(names[n])}”" if name else f"column {n + 1}, which has no name"
            import_notes.append(f"{where}: {column} was left out: “{as_text(cell)}”")
    return kind, fields


def _put(fields: Fields, path: tuple[str, ...], value: str) -> bool:
    """Put a value into its place in the JSON. Returns whether the place was free."""
    if not path:
        return False
    inside = fields.setdefault(path[0], {}) if len(path) > 1 else fields
    if path[-1] in inside:
        return False
    inside[path[-1]] = value
    return True


def parts_of(value: Any, alone: str) -> Mapping[str, Any]:
    """Return a part of a slide as a mapping: some generators write "" for none, or only its most important value, which is called `alone`."""
    return value if isinstance(value, dict) else {alone: value} if as_text(value) else {}
