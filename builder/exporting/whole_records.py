"""Records with all that they name, and what no format of records holds: for exporters that write a whole record beside what their format says."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from builder.exporting.attributed_text import render_line
from builder.exporting.blocks import ITEM, Runs, TextRun, blocks
from builder.exporting.exporter_types import Chosen, list_in_quotes
from builder.formats.published_data import ActorRecord
from builder.formats.whole_events import Surroundings
from builder.model import Body, QuoteKey, Site, When
from builder.pages import body_html, data_records

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")


def find_surroundings(chosen: Chosen, *, actors: Iterable[str] = (), sources: Iterable[str] = ()) -> Surroundings:
    """Return the actors and sources that the events name, these further ones, all that they name in turn, and what no record of an event has."""
    site = chosen.site
    events = [(key, site.events[key]) for key in chosen.events]
    history = [past for _, event in events for past in event.history]
    named = [
        *actors,
        *sources,
        *(who for _, event in events for who in (*event.by, *event.actors, *event.sources)),
        *(who for past in history for who in (*past.by, past.source)),
    ]
    found = tuple(_with_named(site, named))
    roles = roles_here(chosen)
    return Surroundings(
        {who: _actor(site, who, roles.get(who, "")) for who in found if who in site.actors},
        {source_id: data_records.source(site, source_id) for source_id in found if source_id in site.sources},
        {key: render_line(site, ("event", key), event.summary) for key, event in events if event.summary is not None},
        {
            key: as_markdown(site, ("event", key), event.summary)
            for key, event in events
            if event.summary is not None and has_emphasis(event.summary)
        },
        {key: event.coordinates for key, event in events if event.coordinates is not None},
    )


def explainer_said(site: Site, slug: str, events: Collection[str]) -> Mapping[str, Any]:
    """Return an explainer without its text and quotes, with the keys of our content format; of its timeline, these events."""
    found, record = site.explainers[slug], data_records.explainer(site, slug)
    owner = ("explainer", slug)
    # What follows from another key would come back as the author's word.
    told_as_of = record.as_of if found.as_of not in {found.updated, found.published} else None
    days = {"published": record.published, "updated": record.updated if not found.updates else None, "as_of": told_as_of}
    said = {
        "id": slug,
        "title": found.title,
        "summary": found.summary,
        **{key: day.written or day.edtf for key, day in days.items() if day is not None},
        "authors": list(found.authors),
        "topics": list(found.topics),
        "lang": found.lang,
        "lead": found.lead,
        "in_short": {
            name: as_markdown(site, owner, line)
            for name in found.in_short.__struct_fields__
            if (line := getattr(found.in_short, name)) is not None
        },
        "aliases": list(found.aliases),
        "sources": list(site.explainer_sources[slug]),
        "actors": [{"id": part.id, "here": part.here} if part.here else part.id for part in site.cast[slug]],
        "timeline": [key for key in site.timelines[slug] if key in events],
        **{
            name: [
                {"on": entry.on.date.edtf if entry.on.date is not None else "", "text": as_markdown(site, owner, entry.text)}
                for entry in listed
            ]
            for name, listed in (("updates", found.updates), ("corrections", found.corrections))
        },
        **dict(found.extra),
    }
    return {key: value for key, value in said.items() if value}


def _with_named(site: Site, names: Iterable[str]) -> Iterator[str]:
    """Yield ids with those of the bodies, publishers and sources that their records name, each once."""
    seen: set[str] = set()
    rest = list(names)[::-1]
    while rest:
        record_id = rest.pop()
        if record_id in seen:
            continue
        seen.add(record_id)
        yield record_id
        if record_id in site.actors:
            rest += [site.actors[record_id].of, *(held.of for held in site.actors[record_id].positions)]
        if record_id in site.sources:
            rest += [site.sources[record_id].publisher, *site.sources[record_id].cites]


def _actor(site: Site, actor_id: str, here: str) -> ActorRecord:
    """Return an actor whose biography is Markdown."""
    record = data_records.actor(site, actor_id, here)
    text = site.actors[actor_id].text
    return msgspec.structs.replace(record, text=as_markdown(site, ("actor", actor_id), text)) if text is not None else record


def roles_here(chosen: Chosen) -> Mapping[str, str]:
    """Return the role that each actor has in the explainers; none for one who has several."""
    found: dict[str, set[str]] = {}
    for slug in chosen.explainers:
        for part in chosen.site.cast[slug]:
            found.setdefault(part.id, set()).update({part.here} - {""})
    return {key: next(iter(roles)) for key, roles in found.items() if len(roles) == 1}


def has_emphasis(body: Body | None) -> bool:
    """Return whether a text has words in bold or italic, struck words or code."""
    return body is not None and any(
        run.bold or run.italic or run.struck or run.code
        for segment in body.segments
        for block in blocks(f"{getattr(segment, 'html', '')}x")
        for run in block.runs
    )


def as_markdown(site: Site, owner: tuple[str, str], body: Body) -> str:
    """Return a text as paragraphs and items of Markdown with emphasis, code and links, in which all other signs are words."""
    made = ""
    for block in blocks(body_html.line(site, owner, body, "", file="").html):
        if words := "".join(map(_marked, _joined(block.runs))).strip():
            sign = "- " if block.kind == ITEM else ""
            made += ("\n" if sign and made.rpartition("\n")[2].startswith("- ") else "\n\n" if made else "") + sign + words
    return made


def _joined(runs: Runs) -> Iterator[TextRun]:
    """Yield runs; those of one kind that stand side by side are one, so that signs of emphasis do not meet."""
    before: TextRun | None = None
    for run in runs:
        if before is not None and not (run.is_break or run.note) and msgspec.structs.replace(run, text=before.text) == before:
            before = msgspec.structs.replace(before, text=before.text + run.text)
            continue
        if before is not None:
            yield before
        before = run
    if before is not None:
        yield before


def _marked(run: TextRun) -> str:
    if run.is_break:
        return "\\\n"
    words = run.text.strip()
    if not words:
        return run.text
    made = f"`{words}`" if run.code and "`" not in words else _PUNCTUATION.sub(r"\\\1", words)
    for is_so, sign in ((run.struck, "~~"), (run.italic, "*"), (run.bold, "**")):
        made = f"{sign}{made}{sign}" if is_so else made
    if re.fullmatch(r"https?://[^\s<>]+|mailto:[^\s<>]+", run.link):
        made = f"[{made}](<{run.link}>)"
    return f"{run.text[: len(run.text) - len(run.text.lstrip())]}{made}{run.text[len(run.text.rstrip()) :]}"


def unsaid(chosen: Chosen, actors: Iterable[str], sources: Iterable[str], *, has_roles: bool = False) -> Iterator[str]:
    """Yield what no format of records holds of actors and sources, for the user; `has_roles` says that the roles of single explainers are held."""
    site = chosen.site
    people, papers = [site.actors[key] for key in actors], [site.sources[key] for key in sources]
    single = roles_here(chosen)
    several = {part.id for slug in chosen.explainers for part in site.cast[slug] if part.here and part.id not in single}
    left = {
        "the portraits of": [person.title for person in people if person.image is not None],
        "the roles in single explainers of": [person.title for person in people if person.id in several and not has_roles],
        "the texts of": [paper.label for paper in papers if paper.text is not None],
        "the story’s own words for dates of": [
            *(person.title for person in people if any(_is_relative(held.since, held.until) for held in person.positions)),
            *(paper.label for paper in papers if _is_relative(paper.published, paper.accessed)),
        ],
        "the former ids of": [person.title for person in people if person.former_ids]
        + [paper.label for paper in papers if paper.former_ids],
    }
    yield from (f"{what} {len(named)}: {list_in_quotes(named)}" for what, named in left.items() if named)


def uncounted(chosen: Chosen, events: Iterable[str], quotes: Iterable[QuoteKey] = ()) -> Iterator[str]:
    """Yield, for the user, of which events and quotes no format of records holds what a word such as “Friday” counts from."""
    site = chosen.site
    counted = [(site.events[key].title, site.events[key].when) for key in events]
    counted += [(" … ".join(site.quotes[key].segments), site.quotes[key].said) for key in quotes]
    named = [title for title, when in counted if when.relative is not None and when.relative.as_of]
    if named:
        yield f"what the story’s own word for the date counts from, of {len(named)}: {list_in_quotes(named)}"


def _is_relative(*dates: When) -> bool:
    return any(date.relative is not None for date in dates)
