"""Rows of a chronology as events."""

import re
from typing import Any

from builder import dates
from builder.diagnostics.shortening import shorten_at_word
from builder.importing import written_dates
from builder.importing.columns import STATUS_WORDS
from builder.importing.html_words import line, plain
from builder.importing.importer_types import EVENT, ImportInput, ImportNote, ImportOptions, ImportProblem, ImportResult, Record, Ref
from builder.importing.mapping_values import as_written, without_voice
from builder.importing.tables.column_values import STILL, ActorsOfTable, Columns, SourcesOfTable, people
from builder.importing.times_of_day import parse_time
from builder.importing.value_words import markdown, same_as, words
from builder.model import ATTRIBUTED, FACTS, STATUSES

_MAX_TITLE_CHARACTERS = 120


def read_events(columns: Columns, import_input: ImportInput, options: ImportOptions, import_notes: list[ImportNote]) -> ImportResult:
    """Return the events of a table, with the actors and sources that they name."""
    import_notes += columns.unknown()
    sources = SourcesOfTable(import_input, options)
    actors = ActorsOfTable()
    records: list[Record] = []
    for where, values in columns.rows(options, import_notes):
        if not values:
            continue
        record = _event(values, where, columns, sources, actors, import_notes)
        if record is not None and _is_ahead(record, options.today):
            import_notes.append(
                ImportNote(where, f"“status” was left out, since the day has not come: “{record.fields.pop('status').key}”")
            )
        if record is not None:
            records.append(record)
    options.progress(len(columns.table.rows), len(columns.table.rows))
    if not records:
        message = "it has no rows that could be events"
        raise ImportProblem(message)
    import_notes += actors.import_notes
    return ImportResult("", (*sources.records, *actors.records, *records), import_notes=tuple(import_notes), mapping=columns.mapping)


def _event(
    values: dict[str, str], where: str, columns: Columns, sources: SourcesOfTable, actors: ActorsOfTable, import_notes: list[ImportNote]
) -> Record | None:
    def add_note(what: str) -> None:
        import_notes.append(ImportNote(where, what))

    title = words(values.get("title", ""), add_note)
    text = values.get("text", "")
    if not title:
        if not text:
            said = " · ".join(f"{key} “{line(value)}”" for key, value in values.items())
            add_note(f"it was left out, since it has neither a title nor a text: {said}")
            return None
        whole = words(text, add_note)
        title = whole
        if len(whole) > _MAX_TITLE_CHARACTERS:
            title = shorten_at_word(whole, 62)
            if "title" in columns.keys:
                add_note(f"it has no title, and is called “{title}”")
        elif markdown(text, add_note) == plain(whole):
            text = ""
    fields: dict[str, Any] = {"title": title}
    if when := _when(values, columns, add_note):
        fields["when"] = when
    status = _status(values["status"], add_note) if "status" in values else ""
    refs = sources.of(values.get("sources", ""), values.get("url", ""), where, add_note, values.get("source_ids", ""))
    by = [line(person) for person in people(values.get("by", ""), add_note)]
    if status:
        fields["status"] = Ref("status", status)
    elif "status" in values:
        fields["x_status"] = line(values["status"])
    if by:
        fields["by"] = by
    elif status in ATTRIBUTED:
        fields |= without_voice(status, line(values["status"]), add_note)
    names = people(values.get("actors", ""), add_note, values.get("actor_ids", ""))
    fields |= {
        "actors": actors.of(names, values.get("actor_ids", ""), "actor_ids", where, add_note),
        "place": words(values.get("place", ""), add_note),
        "coordinates": _coordinates(_place_on_earth(values, add_note), add_note),
        "short": words(values.get("short", ""), add_note),
        "sources": refs,
        "text": markdown(text, add_note) if text else "",
        "same_as": same_as(values["same_as"], add_note) if "same_as" in values else [],
        **{key: as_written(value) for key, value in values.items() if key.startswith("x_")},
    }
    return Record(
        EVENT,
        where,
        where,
        {key: value for key, value in fields.items() if value},
        id=line(values.get("id", "")) if _is_word(values.get("id", "")) else "",
        is_same=_is_word(values.get("id", "")),
    )


def _place_on_earth(values: dict[str, str], add_note: Any) -> str:
    """Return latitude and longitude from the column of both, or from one each."""
    parts = {key: values[key] for key in ("latitude", "longitude") if key in values}
    both = values.get("coordinates", "")
    if both or len(parts) < 2:
        for key, value in parts.items():
            why = "since “coordinates” say it too" if both else "since the other of latitude and longitude is missing"
            add_note(f"“{key}” was left out, {why}: “{line(value)}”")
        return both
    return ", ".join(value.replace(",", ".") for value in parts.values())


def _coordinates(given: str, add_note: Any) -> list[Ref]:
    """Return latitude and longitude, `46.2, 6.14`; none, with a note, where a cell has no place on Earth."""
    found = re.fullmatch(r"(-?\d{1,2}(?:\.\d+)?)[\s,;]+(-?\d{1,3}(?:\.\d+)?)", given.strip(" []()"), re.ASCII)
    if found and abs(float(found[1])) <= 90 and abs(float(found[2])) <= 180:
        return [Ref("number", found[1]), Ref("number", found[2])]
    if given:
        add_note(f"“coordinates” was left out, since it is no latitude and longitude in degrees: “{line(given)}”")
    return []


def _status(given: str, add_note: Any) -> str:
    """Return the status that a cell means; "" with a note if it is none."""
    status = STATUS_WORDS.get(re.sub(r"[\s_]+", "-", given.strip()).casefold(), "")
    if status:
        add_note(f"“status” is “{status}” here: “{line(given)}”")
        return status
    status = next((status for status in STATUSES if status == given.strip().casefold()), "")
    if not status:
        add_note(
            f"“status” stays as x_status alone: “{line(given)}”. It takes {', '.join(STATUSES)}. "
            "Write one of them, or the event counts as having happened once its day is past"
        )
    return status


def _is_ahead(record: Record, today: str) -> bool:
    """Return whether an event is recorded as past, on a day in the future."""
    status, when = record.fields.get("status"), record.fields.get("when")
    day = when.get("is", "") if isinstance(when, dict) else when or ""
    if not (isinstance(status, Ref) and status.key in FACTS and today and dates.is_date(day)):
        return False
    begin, now = dates.parse(day).earliest, dates.parse(today).earliest
    return begin is not None and now is not None and begin > now


def _is_word(text: str) -> bool:
    """Return whether a text is an id that says something: a bare number is the place in a table."""
    return bool(text.strip()) and not text.strip().isdigit()


def _when(values: dict[str, str], columns: Columns, add_note: Any) -> Any:
    start = _moment(values, "", columns, add_note)
    is_open = bool(start) and line(values.get("end", "")).casefold() in STILL
    end = ".." if is_open else _moment(values, "end", columns, add_note)
    said = line(values.get("says", ""))
    if not start and "when" in values and "year" in values:
        # The date is in words, and the year beside it says which year that is.
        start = _moment({name: value for name, value in values.items() if name != "when"}, "", columns, add_note)
        said = said or line(values["when"])
    made = start
    if end and end != start:
        joined = _joined(start, end)
        if joined:
            made = joined
        else:
            add_note(f"the end “{end}” was left out, since it does not lie behind the beginning “{start}”")
    if not made:
        given = said or " ".join(line(values[key]) for key in ("when", "year", "month", "day", "time") if key in values)
        if not given:
            add_note("it has no date")
            return ""
        return {"says": given}
    if said and said != made and written_dates.read_date(said).edtf != made:
        return {"says": said, "is": made}
    return made


def _joined(start: str, end: str) -> str:
    if not start:
        return f"../{end}" if dates.is_date(f"../{end}") else ""
    day, is_moment, _ = start.partition("T")
    other, _, time = end.partition("T")
    if "/" in start or "/" in end:
        return ""
    made = f"{start}/{time if is_moment and time and other == day else end}"
    return made if dates.is_date(made) else ""


def _moment(values: dict[str, str], which: str, columns: Columns, add_note: Any) -> str:
    """Return the beginning (`which` is "") or the end of an event as EDTF; unreadable parts are noted."""
    prefix = f"{which}_" if which else ""
    whole, key = values.get(which or "when", ""), which or "when"
    made = ""
    if whole:
        reading = written_dates.read_date(whole, columns.orders.get(key, ""), columns.language)
        made = reading.edtf
        if not made:
            add_note(f"“{key}” is no date that could be read: “{line(whole)}”" + ("" if which else ", and stays as the story’s own word"))
    elif year := values.get(f"{prefix}year", ""):
        parts = [values.get(f"{prefix}{name}", "") for name in ("day", "month")]
        text = " ".join([*(part for part in parts if part), year])
        if all(part.isdigit() for part in parts if part) and re.fullmatch(r"-?\d{1,4}", year):
            text = "-".join([_year(year), *(f"{int(part):02}" for part in reversed(parts) if part)])
        reading = written_dates.read_date(text, columns.orders.get(key, ""), columns.language)
        made = reading.edtf
        if not made:
            add_note(f"“{prefix}year” is no date that could be read: “{text}”")
    if time := values.get(f"{prefix}time", ""):
        read = parse_time(time) if not re.match(r"\d{4}-", time) else ""
        if not read and which == "" and not made:
            return written_dates.read_date(time, columns.orders.get("when", "")).edtf
        day = made or (values.get("when", "") and written_dates.read_date(values["when"], columns.orders.get("when", "")).edtf)
        # Of several days nobody says which the time is of: put behind them, it would be that of the last.
        several = "/" in day
        if read and day and not several and dates.is_date(f"{day}T{read}"):
            return f"{day}T{read}"
        why = "it is no time of a day" if not read else "it stands with several days" if several else "it stands with no day"
        add_note(f"“{prefix}time” was left out, since {why}: “{line(time)}”")
    return made


def _year(text: str) -> str:
    """Return a year as EDTF counts it: a table has −300 for 300 BCE."""
    year = int(text)
    return f"{year:04}" if year > 0 else "0000" if year >= -1 else f"-{-year - 1:04}"
