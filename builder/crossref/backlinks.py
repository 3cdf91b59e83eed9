"""The Site with every link known from both ends: what an actor said, where an event is told, what rests on a source."""

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from operator import attrgetter, itemgetter
from typing import Any

import msgspec

from builder import dates, mentions, urls
from builder.crossref.lookup import Asked, Lookup, names_of
from builder.diagnostics import Diagnostic, Place
from builder.language import Language
from builder.model import (
    Actor,
    Body,
    Embed,
    Event,
    Explainer,
    Href,
    Html,
    Link,
    MarkClose,
    MarkOpen,
    Mention,
    Occurrence,
    Part,
    PlainPage,
    QuoteKey,
    Section,
    Settings,
    Site,
    Source,
    Target,
    Text,
    place_of,
)

Targets = dict[tuple[str, str], Target]
Lists = defaultdict[str, list[str]]
Dated = tuple[tuple[str, tuple[Any, QuoteKey]], ...]

SILENT: frozenset[type] = frozenset({Html, Text, MarkClose, Section, Href})
"""Segments of a text that lead nowhere: most of them, passed over at once."""

PLACED = frozenset({"timeline", "who"})
"""Words that `![[…]]` takes beside the ids of quotes and events."""


class Story(msgspec.Struct, frozen=True):
    """One explainer's links to the rest of the site, from its own end."""

    timeline: tuple[str, ...]
    reports: tuple[str, ...]
    rests_on: tuple[tuple[str, str], ...]
    """Its sources, each with the slug."""
    cast: tuple[Part, ...]
    parts: tuple[tuple[str, str], ...]
    """Who acts or speaks, each with the slug."""
    occurrences: tuple[Occurrence, ...]
    targets: Targets
    linked: tuple[tuple[Target, str], ...]
    """What the body links to or marks; with the slug."""
    mentions: tuple[tuple[str, Mention], ...]
    tellings: tuple[tuple[str, Mention], ...]


_NONE = Body()


def site(
    settings: Settings,
    language: Language,
    by_slug: Mapping[str, Explainer],
    actors: Mapping[str, Actor],
    events: Mapping[str, Event],
    sources: Mapping[str, Source],
    pages: tuple[PlainPage, ...],
    lookup: Lookup,
) -> Site:
    """Gather all records and every link between them. Explainers are newest first, `actors` and `events` in their final order."""
    memory = lookup.memory
    stories = lookup.each("stories", by_slug, lambda explainer: _story(explainer, lookup))
    bodies = memory.each("bodies", by_slug, attrgetter("body"))
    by_slug = memory.each("explainers without their bodies", by_slug, lambda explainer: msgspec.structs.replace(explainer, body=_NONE))
    texts = memory.whole("texts of records", (actors, events, sources, pages, settings), lambda given: _texts(*given))
    of_records = lookup.each("links of records", texts, lambda text: _resolve(lookup, "", frozenset(), *text))
    of_stories = memory.each("links of stories", stories, lambda story: story.targets)
    places = memory.each("places of explainers", by_slug, lambda explainer: explainer.place.path)
    shared = memory.whole("shared", (actors, events, sources), _shared)
    quotes = memory.each(
        "quotes of explainers", by_slug, lambda explainer: tuple(((explainer.slug, one.id), one) for one in explainer.quotes)
    )
    sayings = memory.each("sayings", by_slug, _sayings)

    def turned(step: str, of: Callable[[Story], tuple[tuple[Any, Any], ...]]) -> dict[Any, tuple[Any, ...]]:
        return memory.turned(step, memory.each(f"{step} of stories", stories, of))

    def said(step: str, n: int) -> dict[Any, tuple[Any, ...]]:
        return memory.turned(step, memory.each(f"{step} of stories", sayings, itemgetter(n)), _by_date)

    return Site(
        settings=settings,
        language=language,
        explainers=memory.whole("explainers in order", by_slug, lambda given: tuple(given.values())),
        by_slug=by_slug,
        bodies=bodies,
        actors=actors,
        events=events,
        sources=sources,
        pages=pages,
        quotes=memory.whole("quotes", quotes, lambda given: dict(itertools.chain.from_iterable(given.values()))),
        cast=memory.each("cast", stories, attrgetter("cast")),
        timelines=memory.each("timelines", stories, attrgetter("timeline")),
        reports=memory.each("reports", stories, attrgetter("reports")),
        occurrences=memory.each("occurrences", stories, attrgetter("occurrences")),
        targets=memory.whole(
            "targets",
            (of_stories, of_records),
            lambda given: {**{("explainer", slug): found for slug, found in given[0].items()}, **given[1]},
        ),
        said_by=said("said by", 0),
        said_to=said("said to", 1),
        said_about=said("said about", 2),
        replies=memory.turned("replies", memory.each("relations", by_slug, _replies)),
        events_of=memory.whole("events of", events, lambda given: _by(given.values(), lambda event: event.actors)),
        told_by=memory.whole("told by", events, lambda given: _by(given.values(), lambda event: event.by)),
        mentions=turned("mentions", lambda story: story.mentions),
        tellings=turned("tellings", lambda story: story.tellings),
        rests_on=said("rests on", 3),
        events_from=memory.whole("events from", events, lambda given: _by(given.values(), lambda event: event.sources)),
        used_in=turned("used in", lambda story: story.rests_on),
        cited_by=memory.whole("cited by", sources, lambda given: _by(given.values(), lambda source: source.cites)),
        publishes=memory.whole("publishes", (sources, actors), lambda given: _by(given[0].values(), _publisher, known=given[1])),
        members=memory.whole("members", actors, lambda given: _by(given.values(), _bodies_of, known=given)),
        topics=memory.whole("topics", memory.each("topics of explainers", by_slug, attrgetter("topics")), _topics),
        addresses=memory.whole("addresses", (places, pages, shared), lambda given: _addresses(*given)),
        linked_from=turned("linked from", lambda story: story.linked),
        stories_of=turned("stories of", lambda story: story.parts),
    )


def _story(explainer: Explainer, lookup: Lookup) -> Story:
    """Follow all that one explainer says of others."""
    slug = explainer.slug
    quotes = frozenset(quote.id for quote in explainer.quotes)
    timeline = _timeline(explainer, lookup.events)
    cast = _cast(explainer, timeline, lookup.events, lookup.actors)
    occurrences = _occurrences(explainer, cast, lookup.actors)
    targets = _resolve(lookup, slug, quotes, (explainer.body, *(c.text for c in explainer.corrections)), explainer.place)
    linked = _linked(explainer, targets)
    reports = _reports(explainer, timeline, lookup.events, lookup.sources)
    return Story(
        timeline,
        reports,
        tuple((key, slug) for key in reports),
        cast,
        tuple((part.id, slug) for part in cast),
        occurrences,
        targets,
        tuple((target, slug) for target in linked),
        _mentions(explainer, cast, occurrences, linked),
        _tellings(explainer, timeline, linked),
    )


def _by(
    records: Iterable[Actor | Event | Source], of: Callable[[Any], tuple[str, ...]], known: Mapping[str, object] | None = None
) -> dict[str, tuple[str, ...]]:
    """Turn a link around: which records name this id, in their order."""
    found: Lists = defaultdict(list)
    for record in records:
        for key in dict.fromkeys(of(record)):
            if key and (known is None or key in known):
                found[key].append(record.id)
    return {key: tuple(ids) for key, ids in found.items()}


# --- one explainer ------------------------------------------------


def _timeline(explainer: Explainer, events: Asked[Event]) -> tuple[str, ...]:
    listed = [item.id for item in explainer.timeline if item.id in events]
    return tuple(
        sorted(listed, key=lambda key: dates.sort_key(events[key].when.date))
    )  # a stable sort: the order in the file decides the rest


def _reports(explainer: Explainer, timeline: Iterable[str], events: Asked[Event], sources: Asked[Source]) -> tuple[str, ...]:
    used = [item.id for item in explainer.sources]
    used += [key for quote in explainer.quotes for key in quote.via]
    used += [key for event in timeline for key in events[event].sources]
    kept = dict.fromkeys(key for key in used if key in sources)
    for key in list(kept):  # and what these rest on themselves
        kept.update(dict.fromkeys(sources[key].cites))
    return tuple(kept)


def _cast(explainer: Explainer, timeline: Iterable[str], events: Asked[Event], actors: Asked[Actor]) -> tuple[Part, ...]:
    parts: dict[str, Part] = {}
    for item in explainer.actors:
        if item.id in actors:
            parts[item.id] = Part(item.id, item.here if isinstance(item, Actor) else "")
    others = [key for quote in explainer.quotes for key in (*quote.speakers, *quote.to)]
    others += [key for event in timeline for key in (*events[event].actors, *events[event].by)]
    for key in others:
        if key in actors:
            parts.setdefault(key, Part(key, listed=False))
    return tuple(parts.values())


def _occurrences(explainer: Explainer, cast: Iterable[Part], actors: Asked[Actor]) -> tuple[Occurrence, ...]:
    names = names_of(actors[part.id] for part in cast if part.listed)
    return mentions.occurrences(explainer.body, names, autolink=explainer.autolink)


def _linked(explainer: Explainer, here: Targets) -> dict[Target, tuple[int, int]]:
    """Return what the body links to or marks, with where it first does."""
    places: dict[Target, tuple[int, int]] = {}
    for segment in explainer.body.segments:
        if segment.__class__ in SILENT:
            continue
        if isinstance(segment, Link):
            target = here.get((segment.kind, segment.target))
            if target is not None:
                places.setdefault(target, (segment.at, segment.at + len(segment.words or segment.target)))
        elif isinstance(segment, Embed):
            target = here.get((segment.kind, segment.target))
            if target is not None:
                places.setdefault(target, (-1, -1))
    for (kind, key), place in mentions.mark_places(explainer.body).items():
        places.setdefault((kind, f"{explainer.slug}#{key}" if kind == "quote" else key), place)
    return places


# --- from both ends ------------------------------------------------


def _sayings(explainer: Explainer) -> tuple[Dated, Dated, Dated, Dated]:
    """Return who said each quote, to whom, about what and in which source; each with the quote and what orders it by date."""
    by: list[tuple[str, tuple[Any, QuoteKey]]] = []
    to: list[tuple[str, tuple[Any, QuoteKey]]] = []
    about: list[tuple[str, tuple[Any, QuoteKey]]] = []
    via: list[tuple[str, tuple[Any, QuoteKey]]] = []
    for quote in explainer.quotes:
        dated = (dates.sort_key(quote.said.date), (explainer.slug, quote.id))
        for ids, found in ((quote.speakers, by), (quote.to, to), (quote.about, about), (quote.via, via)):
            found += [(one, dated) for one in ids]
    return tuple(by), tuple(to), tuple(about), tuple(via)


def _by_date(items: Iterable[tuple[Any, QuoteKey]]) -> tuple[QuoteKey, ...]:
    return tuple(key for _, key in sorted(items, key=lambda item: item[0]))


def _replies(explainer: Explainer) -> tuple[tuple[QuoteKey, tuple[str, QuoteKey]], ...]:
    found = []
    for quote in explainer.quotes:
        for relation, target in quote.relations:
            slug, _, name = target.partition("#")
            found.append(((slug, name), (relation, (explainer.slug, quote.id))))
    return tuple(found)


def _mentions(
    explainer: Explainer, cast: Iterable[Part], found: Iterable[Occurrence], linked: Mapping[Target, tuple[int, int]]
) -> tuple[tuple[str, Mention], ...]:
    slug = explainer.slug
    places: dict[str, tuple[int, int]] = {}
    for occurrence in found:
        places.setdefault(occurrence.id, (occurrence.start, occurrence.end))
    for (kind, key), place in linked.items():
        if kind == "actor" and place[0] >= 0 and place < places.get(key, (1 << 60, 0)):
            places[key] = place
    for quote in explainer.quotes:  # an unnamed source is where its words stand
        for speaker in quote.speakers:
            marked = linked.get(("quote", f"{slug}#{quote.id}"))
            if marked is not None and speaker not in places:
                places[speaker] = marked
    named = dict.fromkeys((*(part.id for part in cast), *places))
    return tuple((key, _mention(explainer, places.get(key))) for key in named)


def _mention(explainer: Explainer, place: tuple[int, int] | None) -> Mention:
    if place is None or place[0] < 0:
        return Mention(explainer.slug, "", 0, 0)
    return Mention(explainer.slug, *mentions.sentence(explainer.body.text, *place))


def _tellings(explainer: Explainer, timeline: Iterable[str], linked: Mapping[Target, tuple[int, int]]) -> tuple[tuple[str, Mention], ...]:
    told = [*timeline, *(key for quote in explainer.quotes for key in quote.about), *(key for kind, key in linked if kind == "event")]
    return tuple((key, _mention(explainer, linked.get(("event", key)))) for key in dict.fromkeys(told))


def _topics(of_explainers: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: Lists = defaultdict(list)
    for slug, topics in of_explainers.items():
        for topic in topics:
            found[topic].append(slug)
    return {topic: tuple(found[topic]) for topic in sorted(found)}


def _addresses(explainers: Mapping[str, str], pages: Iterable[PlainPage], shared: Mapping[str, str]) -> dict[str, str]:
    found = {path: urls.explainer(slug) for slug, path in explainers.items()}
    found |= {page.place.path: urls.page(page.slug) for page in pages}
    return {**found, **shared}


def _shared(records: tuple[Mapping[str, Actor], Mapping[str, Event], Mapping[str, Source]]) -> dict[str, str]:
    actors, events, sources = records
    found = {actor.place.path: urls.actor(key) for key, actor in actors.items() if actor.shared}
    found |= {event.place.path: urls.event(key) for key, event in events.items() if event.shared}
    found |= {source.place.path: urls.source(key) for key, source in sources.items() if source.shared}
    return found


def _publisher(source: Source) -> tuple[str, ...]:
    return (source.publisher,)


def _bodies_of(actor: Actor) -> tuple[str, ...]:
    return (actor.of, *(held.of for held in actor.positions))


# --- [[links]] ------------------------------------------------


def _texts(
    actors: Mapping[str, Actor],
    events: Mapping[str, Event],
    sources: Mapping[str, Source],
    pages: Iterable[PlainPage],
    settings: Settings,
) -> dict[tuple[str, str], tuple[tuple[Body | None, ...], Place]]:
    """Return the texts of all records but explainers, and where each stands."""
    found: dict[tuple[str, str], tuple[tuple[Body | None, ...], Place]] = {}
    found |= {("actor", key): ((actor.text,), actor.place) for key, actor in actors.items() if actor.text is not None}
    found |= {
        ("event", key): ((event.text, event.summary), event.place)
        for key, event in events.items()
        if event.text is not None or event.summary is not None
    }
    found |= {("source", key): ((source.text,), source.place) for key, source in sources.items() if source.text is not None}
    found |= {("page", page.slug): ((page.body,), page.place) for page in pages}
    found["site", ""] = ((settings.footer,), Place("content/site.yaml"))
    return found


def _resolve(lookup: Lookup, slug: str, quotes: frozenset[str], bodies: Iterable[Body | None], place: Place) -> Targets:
    targets: Targets = {}
    told: set[tuple[str, str]] = set()
    for body in bodies:
        for segment in body.segments if body is not None else ():
            if segment.__class__ in SILENT:
                continue
            if isinstance(segment, (Link, Embed)):
                if isinstance(segment, Embed) and segment.target in PLACED:
                    continue
                kind, words = segment.kind, segment.target
            elif isinstance(segment, MarkOpen):
                kind, words = segment.kind, segment.id
            else:
                continue
            if (kind, words) in targets or (kind, words) in told:
                continue
            target, several = lookup.target(words, kind, slug, quotes)
            if target is not None:
                targets[kind, words] = target
                continue
            told.add((kind, words))
            shown = f"{kind}:{words}" if kind else words
            where = place_of(segment, place.path) if segment.line else place
            if several:
                hint = "Say which: " + ", ".join(f"[[{k}:{key}]]" for k, key in several) + "."
                lookup.problems.append(
                    Diagnostic("link-ambiguous", f"“[[{shown}]]” could lead to {len(several)} records.", where, help=hint)
                )
            else:
                hint = lookup.nearest(words, kind) or "Link by an id, a name or an alias of an actor, event, source or explainer."
                lookup.problems.append(Diagnostic("link-unknown", f"“[[{shown}]]” leads to nothing.", where, help=hint))
    return targets
