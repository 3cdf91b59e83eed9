"""ninjs 3 (IPTC, News in JSON): an explainer as news agencies and editorial systems exchange it."""

from html import escape
from typing import Any

import msgspec

from builder.exporting import attributed_text
from builder.exporting.blocks import CODE, HEADING, ITEM, RULE, TABLE, TextBlock, words
from builder.exporting.exporter_types import Chosen, Exported, ExportProblem, File
from builder.exporting.markdown import as_markdown
from builder.formats.parts import DateRecord
from builder.formats.published_data import ActorRecord
from builder.model import PERSON, UNNAMED
from builder.pages import data_records

SCHEMA = "http://www.iptc.org/std/ninjs/ninjs-schema_3.0.json"


def write(chosen: Chosen) -> Exported:
    """Return a news item for each explainer."""
    if not chosen.explainers:
        message = "it has no explainer, and ninjs is the text of one"
        raise ExportProblem(message)
    files = tuple(
        File(f"{slug}.ninjs.json", msgspec.json.format(msgspec.json.encode(_item(chosen, slug)), indent=2) + b"\n")
        for slug in chosen.explainers
    )
    return Exported(files)


def _item(chosen: Chosen, slug: str) -> dict[str, Any]:
    site = chosen.site
    data = data_records.explainer_data(site, slug)
    made = attributed_text.explainer_prose(site, slug)
    explainer_record = data.explainer
    plain = "\n\n".join(filter(None, map(_plain, made.blocks)))
    first, last = _moment(explainer_record.published), _moment(explainer_record.updated) or _moment(explainer_record.published)
    base = data.site.base_url
    item: dict[str, Any] = {
        "standard": {"name": "ninjs", "version": "3.0", "schema": SCHEMA},
        "uri": made.address or f"urn:backstory:explainer:{slug}",
        "type": "text",
        "representationType": "full",
        "firstCreated": first,
        "versionCreated": last,
        "contentCreated": _moment(explainer_record.as_of),
        "pubStatus": "withheld" if site.explainers[slug].draft else "usable",
        "language": explainer_record.lang,
        "title": explainer_record.title,
        "headlines": [{"role": "main", "contentType": "text/plain", "value": explainer_record.title}],
        "descriptions": [{"role": "summary", "contentType": "text/plain", "value": explainer_record.summary}]
        if explainer_record.summary
        else [],
        "bodies": [
            {"role": "main", "contentType": "text/plain", "charCount": len(plain), "wordCount": len(plain.split()), "value": plain},
            {"role": "richtext", "contentType": "application/xhtml+xml", "value": _xhtml(made.blocks)},
            {"role": "markdown", "contentType": "text/markdown", "value": as_markdown(made)},
        ],
        "by": ", ".join(explainer_record.authors),
        "usageTerms": data.site.licence,
        "subjects": [
            {"name": topic.name, "rel": "about", **({"uri": base + topic.path} if base else {})} for topic in explainer_record.topics
        ],
        "people": [_actor(who, base) for who in data.actors if who.type == PERSON],
        "organisations": [_actor(who, base) for who in data.actors if who.type not in {PERSON, UNNAMED}],
        "places": [{"name": name} for name in dict.fromkeys(event.place for event in data.events if event.place)],
        # One that has not happened carries its status in its name.
        "events": [
            {
                "id": event.id,
                "name": event.headline
                if event.is_fact and event.description == event.text
                else attributed_text.event_line(site, slug, event.id),
                **({"uri": base + event.path} if base else {}),
            }
            for event in data.events
        ],
        "infoSources": [
            {"name": source.title or source.url or source.id, **({"uri": source.url} if source.url else {})} for source in data.sources
        ],
        "altIds": [{"role": "slug", "value": slug}],
    }
    return {name: value for name, value in item.items() if value}


def _actor(actor: ActorRecord, base: str) -> dict[str, Any]:
    uri = next(iter(actor.same_as), base + actor.path if base else "")
    return {"name": actor.title, "rel": "about", **({"uri": uri} if uri else {})}


def _moment(date: DateRecord | None) -> str:
    """Return the beginning of a day, since no hour is known; "" if the day is not."""
    return f"{date.first}T00:00:00Z" if date is not None and date.first else ""


def _plain(block: TextBlock) -> str:
    if block.kind == TABLE:
        return "\n".join("\t".join(words(cell) for cell in row) for row in block.rows)
    return ("• " if block.kind == ITEM else "") + words(block.runs)


def _xhtml(made: tuple[TextBlock, ...]) -> str:
    """Return the text as paragraphs, headings and tables, which every editorial system reads."""
    parts: list[str] = []
    for block in made:
        inner = escape(words(block.runs), quote=False)
        if block.kind == HEADING:
            parts.append(f"<h{block.level}>{inner}</h{block.level}>")
        elif block.kind == TABLE:
            rows = "".join(f"<tr>{''.join(f'<td>{escape(words(cell), quote=False)}</td>' for cell in row)}</tr>" for row in block.rows)
            parts.append(f"<table>{rows}</table>")
        elif block.kind == ITEM:
            parts.append(f"<ul><li>{inner}</li></ul>")
        elif block.kind == CODE:
            parts.append(f"<pre>{inner}</pre>")
        elif block.kind != RULE:
            parts.append(f"<blockquote><p>{inner}</p></blockquote>" if block.quoted else f"<p>{inner}</p>")
    return "".join(parts)
