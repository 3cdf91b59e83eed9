"""TimelineJS (Knight Lab): the events as its JSON.

Its format has moments, days, months and years, and words to show instead. More exact dates are in `display_date`, and as EDTF in `x_edtf`,
which its viewer ignores and `backstory import` reads. It has no status of an event: so the headline has it, and `x_title` has the title alone.
One day of several is shown as their month or year. Keys that an import makes are exported to the fields they came from.
"""

import re
from collections.abc import Mapping
from html import escape
from typing import Any

import msgspec

from builder.formats.annotated_quotes import DIGEST, digest
from builder.formats.parts import DateRecord
from builder.formats.published_data import ActorData, EventRecord, ExplainerData, SiteData, SourceData, heading
from builder.formats.whole_events import Surroundings, event_said

MEDIA = {
    "url": "x_media",
    "caption": "x_caption",
    "credit": "x_credit",
    "thumbnail": "x_thumbnail",
    "alt": "x_alt",
    "title": "x_media_title",
    "link": "x_media_link",
}
"""Parts of a picture or film, each with the author's own key for it."""

BACKGROUND = {"url": "x_background", "color": "x_background_color", "alt": "x_background_alt"}
GROUP, ERA = "x_group", "x_era"
END = "x_end"
"""An end of more than four digits, which no date can hold."""

_ADDRESSES = {"url", "thumbnail", "link"}
_MARKUP = {"caption", "credit"}
"""Characters that the viewer reads as HTML."""

_EARLY = re.compile(r"Y?(?P<year>-\d{1,12}|0000)(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>\d\d))?)?(?=$|[/~?%])", re.ASCII)
"""A year, month or day before the year 1, which `first` has no form for, as EDTF begins with it."""

_FAR = re.compile(r"Y(?P<year>\d{5,12})$", re.ASCII)
_MOMENT = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T(?P<hour>\d\d):(?P<minute>\d\d)(?::(?P<second>\d\d))?)?)?)?", re.ASCII
)


def has_start(when: DateRecord | None) -> bool:
    """Return whether a timeline can place a date."""
    return when is not None and bool(when.first or _EARLY.match(when.edtf))


OWN = "x_event"
"""The key that only Backstory writes and reads: the whole event."""


def encode(data: ExplainerData | ActorData | SourceData | SiteData, around: Surroundings | None = None) -> bytes:
    """Return the events that have a beginning. With `around`, each says besides what no key of TimelineJS says, for `backstory import`."""
    title: dict[str, Any]
    if isinstance(data, ExplainerData):
        title = {"text": _words(data.explainer.title, escape(data.explainer.summary)), **_pictures(data.explainer.extra)}
    else:
        title = {"text": _words(heading(data), "")}
    slides: list[dict[str, Any]] = []
    eras: list[dict[str, Any]] = []
    for event in data.events:
        if event.when is not None and has_start(event.when):
            era = ERA in event.extra and bool(event.when.last)
            slide = _era(event, event.when) if era else _event(data.site.base_url, event, event.when)
            (eras if era else slides).append(
                slide | ({OWN: event_said(event, around) | {DIGEST: digest(slide)}} if around is not None else {})
            )
    return msgspec.json.encode({"title": title, "events": slides, **({"eras": eras} if eras else {})}) + b"\n"


def _event(base: str, event: EventRecord, when: DateRecord) -> dict[str, Any]:
    text = escape(_description(event))
    if base:
        link = f'<a href="{escape(base + event.path)}">{escape(event.headline)}</a>'
        text = f"<p>{text}</p><p>{link}</p>" if text else f"<p>{link}</p>"
    made: dict[str, Any] = {**_days(when), **_far_end(event), "text": _words(event.headline, text), "unique_id": event.id}
    made |= _pictures(event.extra)
    if event.extra.get(GROUP):
        made["group"] = event.extra[GROUP]
    return made | _ours(event, when)


def _era(event: EventRecord, when: DateRecord) -> dict[str, Any]:
    return {**_days(when), **_far_end(event), "text": _words(event.headline, escape(_description(event))), **_ours(event, when)}


def _far_end(event: EventRecord) -> dict[str, Any]:
    end = _date(event.extra.get(END, ""))
    return {"end_date": end} if end else {}


def _description(event: EventRecord) -> str:
    """Return the description of an event, without the caption of a picture that the viewer shows."""
    said = footing(event.extra)
    return msgspec.structs.replace(event, text=event.text.removesuffix(said).rstrip()).description if said else event.description


def footing(extra: Mapping[str, str]) -> str:
    """Return what an import appends to the text of an event: its picture, its background, its group, and whether it is an era."""
    url, caption, credit = (extra.get(MEDIA[name], "") for name in ("url", "caption", "credit"))
    made: list[str] = []
    if url or caption or credit:
        words = f"{kind_of_media(url)}: {caption}" if caption else kind_of_media(url)
        words += f" ({url})" if url and not _is_of_the_web(url) else ""
        made.append(f"{words}, {credit}" if credit else words)
    made += [name for name, key in (("link", MEDIA["link"]), ("background", BACKGROUND["url"])) if _is_of_the_web(extra.get(key, ""))]
    made += [f"group: {extra[GROUP]}"] if extra.get(GROUP) else []
    made += ["era"] if extra.get(ERA) else []
    return " · ".join(made)


def kind_of_media(url: str) -> str:
    """Return the kind of media of an address, by its form."""
    path = url.lower().partition("?")[0]
    if path.endswith((".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".avif", ".tif", ".tiff")):
        return "picture"
    if path.endswith((".mp4", ".webm", ".mov", ".m4v")) or re.match(
        r"https?://(?:[\w-]+\.)*(?:youtube\.com|youtu\.be|vimeo\.com|dailymotion\.com)/", path
    ):
        return "film"
    if path.endswith((".mp3", ".ogg", ".wav", ".m4a")) or re.match(r"https?://(?:[\w-]+\.)*soundcloud\.com/", path):
        return "sound"
    return "media"


def _is_of_the_web(url: str) -> bool:
    return url.lower().startswith(("https://", "http://"))


def _days(when: DateRecord) -> dict[str, Any]:
    begin, end = when.hours
    is_span = "/" in when.edtf and not when.edtf.startswith(("[", "{"))
    made: dict[str, Any] = {"start_date": _date(begin or when.iso or (when.first if is_span else _shared(when)) or when.edtf)}
    if end:
        made["end_date"] = _date(end)
    elif is_span and when.last and when.last != when.first:
        made["end_date"] = _date(when.last)
    made["display_date"] = when.words
    return made


def _shared(when: DateRecord) -> str:
    """Return the day, month or year that all possible days share; the first day if they share none."""
    if not when.last or when.first == when.last:
        return when.first
    return next((when.first[:length] for length in (7, 4) if when.first[:length] == when.last[:length]), when.first)


def _ours(event: EventRecord, when: DateRecord) -> dict[str, str]:
    said = {
        "x_edtf": when.edtf,
        "x_written": when.written,
        "x_says": when.says,
        "x_title": event.title if event.title != event.headline else "",
        "x_status": event.status,
        "x_by": "; ".join(actor.name for actor in event.by),
        "x_derived": "status" if "status" in event.derived else "",
        "x_text": event.text,
        "x_place": event.place,
    }
    return {name: value for name, value in said.items() if value}


def _pictures(extra: Mapping[str, str]) -> dict[str, Any]:
    """Return picture and background; only web addresses are exported."""
    found: dict[str, Any] = {}
    for part, keys in (("media", MEDIA), ("background", BACKGROUND)):
        made = {
            name: escape(extra[key]) if name in _MARKUP else extra[key]
            for name, key in keys.items()
            if extra.get(key) and (name not in _ADDRESSES or extra[key].startswith(("https://", "http://")))
        }
        if made and (part == "background" or "url" in made):
            found[part] = made
    return found


def _words(headline: str, text: str) -> dict[str, str]:
    return {"headline": escape(headline), "text": text} if text else {"headline": escape(headline)}


def _date(written: str) -> dict[str, int]:
    """Return a moment. Before the year 1, TimelineJS has no year 0: 44 BCE is -44 there and -0043 in EDTF."""
    early = _EARLY.match(written)
    found = early or _MOMENT.match(written) or _FAR.match(written)
    made = {name: int(part) for name, part in found.groupdict().items() if part is not None} if found is not None else {}
    return made | {"year": made["year"] - 1} if early else made
