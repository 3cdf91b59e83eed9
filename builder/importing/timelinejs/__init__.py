"""Timelines of TimelineJS: its JSON of any version, or the rows of its Google sheet saved as CSV.

Nothing is guessed, and nothing is left out in silence: what is not taken over as it was is told with the place where it stands.
`slide_files` knows the files, `moments` their dates, `slides` makes an event of each slide.
"""

import re
from typing import Any

import msgspec

from builder.importing.importer_types import (
    EVENT,
    Importer,
    ImportInput,
    ImportNote,
    ImportOptions,
    ImportProblem,
    ImportResult,
    Record,
    Ref,
)
from builder.importing.mapping_values import Values, without_voice
from builder.importing.timelinejs import slide_files, slides
from builder.importing.timelinejs.slides import SlideEvent as SlideEvent
from builder.importing.whole_events import WholeEvents
from builder.model import ATTRIBUTED


class Imported(msgspec.Struct, frozen=True):
    """A timeline, imported."""

    title: str
    summary: str
    fields: dict[str, str]
    """What else its title slide has, as keys of the explainer."""
    events: tuple[SlideEvent, ...]
    """Its events, then its eras."""
    body: str = ""
    """What the title slide says that a summary cannot hold, as Markdown."""
    import_notes: tuple[str, ...] = ()
    """What was left out, or is not as it was, each with its place in the file."""


def from_json(data: bytes) -> Imported:
    """Read TimelineJS's JSON. Raises `ImportProblem` if it is none."""
    return _imported(slide_files.from_json(data))


def from_csv(data: bytes) -> Imported:
    """Read the rows of TimelineJS's sheet. Raises `ImportProblem` if they are none."""
    return _imported(slide_files.from_csv(data))


def from_rows(rows: list[list[str]], order: str = "") -> Imported:
    """Read TimelineJS's sheet from its cells, the names of the columns first; `order` is that of day and month, where it is known."""
    return _imported(slide_files.from_rows(rows, order))


def _imported(found: slide_files.Timeline) -> Imported:
    ids = slides.Ids()
    import_notes = list(found.import_notes)
    title = slides.title(found.title, import_notes) if found.title is not None else slides.TitleSlide()
    events = [slides.event(slide, ids, import_notes) for slide in found.events]
    eras = [slides.event(slide, ids, import_notes, era=True) for slide in found.eras]
    return Imported(title.headline, title.summary, title.fields, (*events, *eras), title.body, tuple(import_notes))


def as_result(found: Imported) -> ImportResult:
    """Return a timeline as what any importer makes."""
    if not found.events:
        message = "it has no events"
        raise ImportProblem(message)
    import_notes = [ImportNote("", what) for what in found.import_notes]
    ours = WholeEvents()
    records = tuple(
        (ours.event(event.said, Values({}, event.where, import_notes)) if event.said is not None else None)
        or Record(EVENT, event.id, event.where, _attributed_fields(event, import_notes), id=event.id, is_same=event.ours)
        for event in found.events
    )
    undated = [event.title for event in found.events if not event.dated]
    if undated:
        import_notes.append(ImportNote("", f"without a date that can be read, add one: {', '.join(f'“{title}”' for title in undated)}"))
    return ImportResult(
        found.title,
        (*ours.records, *records),
        import_notes=tuple(import_notes),
        fields={"summary": found.summary, **found.fields},
        body=found.body,
    )


def _attributed_fields(event: SlideEvent, import_notes: list[ImportNote]) -> dict[str, Any]:
    """Return the keys of an event; a claim without a speaker is disputed."""
    status = event.fields.get("status")
    if not (isinstance(status, Ref) and status.key in ATTRIBUTED - {"expected"}) or "by" in event.fields:
        return event.fields
    fields = {**event.fields, **without_voice(status.key, status.key, lambda what: import_notes.append(ImportNote(event.where, what)))}
    return {key: value for key, value in fields.items() if value}


def _recognises(import_input: ImportInput) -> bool:
    if import_input.is_folder:
        return False
    head = import_input.data[:2_000_000].decode("utf-8-sig", "replace")
    if re.match(r"\s*(?:(?:(?:var|let|const)\s+)?[A-Za-z_$][\w.$]*\s*[=(]\s*)?\{", head):
        third = '"start_date"' in head and '"events"' in head and ('"headline"' in head or '"text"' in head)
        earlier = '"startDate"' in head and '"timeline"' in head
        return third or earlier or "storyjs_jsonp" in head
    return False


def _read(import_input: ImportInput, _options: ImportOptions) -> ImportResult:
    if import_input.ending in {".csv", ".tsv", ".txt"}:
        return as_result(from_csv(import_input.data))
    return as_result(from_json(import_input.data))


IMPORTER = Importer("timelinejs", "a timeline of TimelineJS 1, 2 or 3: JSON, JSONP, or its sheet as CSV or XLSX", _recognises, _read)
