"""Events with a day as a calendar, and with a beginning for TimelineJS: written by the encoders that the site's own files are written by."""

from builder.exporting.exporter_types import Chosen, Exported, ExportProblem, File, list_in_quotes
from builder.exporting.whole_records import find_surroundings, uncounted, unsaid
from builder.formats import calendar, timelinejs
from builder.formats.published_data import EventRecord
from builder.formats.whole_events import Surroundings


def ics(chosen: Chosen) -> Exported:
    """Return the events as a calendar. Those whose day is not known exactly are noted."""
    left = [
        event_record
        for event_record in chosen.event_records
        if event_record.when is None or event_record.spoken or not calendar.has_days(event_record.when)
    ]
    _needed(len(chosen.events) - len(left), "with a certain day")
    around = find_surroundings(chosen)
    return Exported((File("events.ics", calendar.encode(chosen.data, around)),), _omissions(chosen, left, "a certain day", around))


def timeline(chosen: Chosen) -> Exported:
    """Return the events as TimelineJS's JSON. Those without a beginning are noted."""
    left = [event_record for event_record in chosen.event_records if not timelinejs.has_start(event_record.when)]
    _needed(len(chosen.events) - len(left), "with a date")
    around = find_surroundings(chosen)
    return Exported((File("timeline.json", timelinejs.encode(chosen.data, around)),), _omissions(chosen, left, "a date", around))


def _omissions(chosen: Chosen, left: list[EventRecord], what: str, around: Surroundings) -> tuple[str, ...]:
    first = [f"{len(left)} without {what}: {list_in_quotes(event_record.title for event_record in left)}"] if left else []
    lost = {event_record.id for event_record in left}
    written = [key for key in chosen.events if key not in lost]
    return (*first, *uncounted(chosen, written), *unsaid(chosen, around.actors, around.sources))


def _needed(number: int, what: str) -> None:
    if not number:
        message = f"it has no events {what}"
        raise ExportProblem(message)
