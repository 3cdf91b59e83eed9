"""TimelineJS (Knight Lab): the events as its JSON, which its viewer draws.

Its format knows days, months and years, and words to show instead. What a date says beyond that is in `display_date`, and as EDTF in `x_edtf`,
which its viewer passes over and `backstory import` reads.
"""

from html import escape
from typing import Any

import msgspec

from builder.data.records import ActorData, DateRecord, EventRecord, ExplainerData, SiteData


def encode(data: ExplainerData | ActorData | SiteData) -> bytes:
    """Return the events that have a first day."""
    headline, summary = (data.explainer.title, data.explainer.summary) if isinstance(data, ExplainerData) else (data.site.title, "")
    whole = {
        "title": {"text": _words(headline, escape(summary))},
        "events": [_event(data.site.base_url, one, one.when) for one in data.events if one.when is not None and one.when.first],
    }
    return msgspec.json.encode(whole) + b"\n"


def _event(base: str, event: EventRecord, when: DateRecord) -> dict[str, Any]:
    text = escape(event.text)
    if base:
        link = f'<a href="{escape(base + event.path)}">{escape(event.title)}</a>'
        text = f"<p>{text}</p><p>{link}</p>" if text else f"<p>{link}</p>"
    made: dict[str, Any] = {"start_date": _date(when.iso or when.first), "text": _words(event.title, text), "unique_id": event.id}
    if when.last and when.last != when.first and not when.iso:
        made["end_date"] = _date(when.last)
    made["display_date"] = when.words
    made["x_edtf"] = when.edtf
    made["x_status"] = event.status
    if event.text:
        made["x_text"] = event.text
    if event.place:
        made["x_place"] = event.place
    return made


def _words(headline: str, text: str) -> dict[str, str]:
    return {"headline": escape(headline), "text": text} if text else {"headline": escape(headline)}


def _date(iso: str) -> dict[str, int]:
    day, _, _ = iso.partition("T")
    return {name: int(part) for name, part in zip(("year", "month", "day"), day.split("-"), strict=False)}
