"""Events with a day as a calendar, and with a beginning for TimelineJS: written by the encoders that the site's own files are written by."""

from builder.exporting.prose import render_line
from builder.exporting.shapes import Chosen, Exported, ExportProblem, File, list_in_quotes
from builder.formats import calendar, timelinejs
from builder.formats.whole_events import Surroundings
from builder.pages import data_records


def ics(chosen: Chosen) -> Exported:
    """Return the events as a calendar. Those whose day is not known exactly are noted."""
    left = [one for one in chosen.event_records if one.when is None or one.spoken or not calendar.has_days(one.when)]
    _needed(len(chosen.events) - len(left), "with a certain day")
    omissions = (f"{len(left)} without a certain day: {list_in_quotes(one.title for one in left)}",) if left else ()
    return Exported((File("events.ics", calendar.encode(chosen.data, _surroundings(chosen))),), omissions)


def timeline(chosen: Chosen) -> Exported:
    """Return the events as TimelineJS's JSON. Those without a beginning are noted."""
    left = [one for one in chosen.event_records if not timelinejs.has_start(one.when)]
    _needed(len(chosen.events) - len(left), "with a date")
    omissions = (f"{len(left)} without a date: {list_in_quotes(one.title for one in left)}",) if left else ()
    return Exported((File("timeline.json", timelinejs.encode(chosen.data, _surroundings(chosen))),), omissions)


def _surroundings(chosen: Chosen) -> Surroundings:
    """Return the actors and sources that the events name, and what no record of an event has."""
    site = chosen.site
    events = [(key, site.events[key]) for key in chosen.events]
    steps = [step for _, one in events for step in one.history]
    named = dict.fromkeys(
        (
            *(who for _, one in events for who in (*one.by, *one.actors, *one.sources)),
            *(who for step in steps for who in (*step.by, step.source)),
        )
    )
    return Surroundings(
        {who: data_records.actor(site, who) for who in named if who in site.actors},
        {one: data_records.source(site, one) for one in named if one in site.sources},
        {key: render_line(site, ("event", key), one.summary) for key, one in events if one.summary is not None},
        {key: one.coordinates for key, one in events if one.coordinates is not None},
    )


def _needed(number: int, what: str) -> None:
    if not number:
        message = f"it has no events {what}"
        raise ExportProblem(message)
