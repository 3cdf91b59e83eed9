"""The Site with every link known from both ends: what an actor said, where an event is told, what rests on a source."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from builder import dates, mentions, urls
from builder.crossref.lookup import Lookup, names_of
from builder.diagnostics import Diagnostic, Place
from builder.language import Language
from builder.model import (
    Actor,
    Body,
    Embed,
    Event,
    Explainer,
    Link,
    MarkOpen,
    Mention,
    Occurrence,
    Part,
    PlainPage,
    Quote,
    QuoteKey,
    Settings,
    Site,
    Source,
    Target,
    place_of,
)

Targets = dict[tuple[str, str], Target]
Lists = defaultdict[str, list[str]]

PLACED = frozenset({"timeline", "who"})
"""Words that `![[…]]` takes beside the ids of quotes and events."""


def site(
    settings: Settings,
    language: Language,
    explainers: tuple[Explainer, ...],
    actors: Mapping[str, Actor],
    events: Mapping[str, Event],
    sources: Mapping[str, Source],
    pages: tuple[PlainPage, ...],
    lookup: Lookup,
) -> Site:
    """Gather all records and every link between them. `explainers` are newest first, `actors` and `events` in their final order."""
    quotes = {(explainer.slug, quote.id): quote for explainer in explainers for quote in explainer.quotes}
    timelines = {explainer.slug: _timeline(explainer, events) for explainer in explainers}
    reports = {explainer.slug: _reports(explainer, timelines[explainer.slug], events, sources) for explainer in explainers}
    cast = {explainer.slug: _cast(explainer, timelines[explainer.slug], events, actors) for explainer in explainers}
    found = {explainer.slug: _occurrences(explainer, cast[explainer.slug], actors) for explainer in explainers}
    targets = _targets(explainers, actors, events, sources, pages, settings, lookup)
    linked = {explainer.slug: _linked(explainer, targets) for explainer in explainers}
    linked_from: defaultdict[Target, list[str]] = defaultdict(list)
    for slug, places in linked.items():
        for target in places:
            linked_from[target].append(slug)
    said_by, said_to, said_about, rests_on = _sayings(quotes)
    return Site(
        settings=settings,
        language=language,
        explainers=explainers,
        by_slug={explainer.slug: explainer for explainer in explainers},
        actors=actors,
        events=events,
        sources=sources,
        pages=pages,
        quotes=quotes,
        cast=cast,
        timelines=timelines,
        reports=reports,
        occurrences=found,
        targets=targets,
        said_by=said_by,
        said_to=said_to,
        said_about=said_about,
        replies=_replies(quotes),
        events_of=_by(events.values(), lambda event: event.actors),
        told_by=_by(events.values(), lambda event: event.by),
        mentions=_mentions(explainers, cast, found, linked),
        tellings=_tellings(explainers, timelines, linked),
        rests_on=rests_on,
        events_from=_by(events.values(), lambda event: event.sources),
        used_in=_used_in(explainers, reports),
        cited_by=_by(sources.values(), lambda source: source.cites),
        publishes=_by((source for source in sources.values() if source.publisher in actors), lambda source: (source.publisher,)),
        members=_by(actors.values(), lambda actor: (actor.of, *(held.of for held in actor.positions)), known=actors),
        topics=_topics(explainers),
        addresses=_addresses(explainers, actors, events, sources, pages),
        linked_from={target: tuple(slugs) for target, slugs in linked_from.items()},
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


def _timeline(explainer: Explainer, events: Mapping[str, Event]) -> tuple[str, ...]:
    listed = [item.id for item in explainer.timeline if item.id in events]
    return tuple(
        sorted(listed, key=lambda key: dates.sort_key(events[key].when.date))
    )  # a stable sort: the order in the file decides the rest


def _reports(explainer: Explainer, timeline: Iterable[str], events: Mapping[str, Event], sources: Mapping[str, Source]) -> tuple[str, ...]:
    used = [item.id for item in explainer.sources]
    used += [key for quote in explainer.quotes for key in quote.via]
    used += [key for event in timeline for key in events[event].sources]
    kept = dict.fromkeys(key for key in used if key in sources)
    for key in list(kept):  # and what these rest on themselves
        kept.update(dict.fromkeys(sources[key].cites))
    return tuple(kept)


def _cast(explainer: Explainer, timeline: Iterable[str], events: Mapping[str, Event], actors: Mapping[str, Actor]) -> tuple[Part, ...]:
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


def _occurrences(explainer: Explainer, cast: Iterable[Part], actors: Mapping[str, Actor]) -> tuple[Occurrence, ...]:
    names = names_of(actors[part.id] for part in cast if part.listed)
    return mentions.occurrences(explainer.body, names, autolink=explainer.autolink)


def _linked(explainer: Explainer, targets: Mapping[tuple[str, str], Mapping[tuple[str, str], Target]]) -> dict[Target, tuple[int, int]]:
    """Return what the body links to or marks, with where it first does."""
    here = targets.get(("explainer", explainer.slug), {})
    places: dict[Target, tuple[int, int]] = {}
    for segment in explainer.body.segments:
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


def _sayings(quotes: Mapping[QuoteKey, Quote]) -> tuple[dict[str, tuple[QuoteKey, ...]], ...]:
    by: defaultdict[str, list[QuoteKey]] = defaultdict(list)
    to: defaultdict[str, list[QuoteKey]] = defaultdict(list)
    about: defaultdict[str, list[QuoteKey]] = defaultdict(list)
    via: defaultdict[str, list[QuoteKey]] = defaultdict(list)
    for key, quote in sorted(quotes.items(), key=lambda item: dates.sort_key(item[1].said.date)):
        for ids, found in ((quote.speakers, by), (quote.to, to), (quote.about, about), (quote.via, via)):
            for one in ids:
                found[one].append(key)
    return tuple({one: tuple(keys) for one, keys in found.items()} for found in (by, to, about, via))


def _replies(quotes: Mapping[QuoteKey, Quote]) -> dict[QuoteKey, tuple[tuple[str, QuoteKey], ...]]:
    found: defaultdict[QuoteKey, list[tuple[str, QuoteKey]]] = defaultdict(list)
    for key, quote in quotes.items():
        for relation, target in quote.relations:
            slug, _, name = target.partition("#")
            found[slug, name].append((relation, key))
    return {key: tuple(replies) for key, replies in found.items()}


def _mentions(
    explainers: Iterable[Explainer],
    cast: Mapping[str, tuple[Part, ...]],
    found: Mapping[str, tuple[Occurrence, ...]],
    linked: Mapping[str, Mapping[Target, tuple[int, int]]],
) -> dict[str, tuple[Mention, ...]]:
    gathered: defaultdict[str, list[Mention]] = defaultdict(list)
    for explainer in explainers:
        slug = explainer.slug
        places: dict[str, tuple[int, int]] = {}
        for occurrence in found[slug]:
            places.setdefault(occurrence.id, (occurrence.start, occurrence.end))
        for (kind, key), place in linked[slug].items():
            if kind == "actor" and place[0] >= 0 and place < places.get(key, (1 << 60, 0)):
                places[key] = place
        for quote in explainer.quotes:  # an unnamed source is where its words stand
            for speaker in quote.speakers:
                marked = linked[slug].get(("quote", f"{slug}#{quote.id}"))
                if marked is not None and speaker not in places:
                    places[speaker] = marked
        named = dict.fromkeys((*(part.id for part in cast[slug]), *places))
        for key in named:
            gathered[key].append(_mention(explainer, places.get(key)))
    return {key: tuple(mentioned) for key, mentioned in gathered.items()}


def _mention(explainer: Explainer, place: tuple[int, int] | None) -> Mention:
    if place is None or place[0] < 0:
        return Mention(explainer.slug, "", 0, 0)
    return Mention(explainer.slug, *mentions.sentence(explainer.body.text, *place))


def _tellings(
    explainers: Iterable[Explainer], timelines: Mapping[str, tuple[str, ...]], linked: Mapping[str, Mapping[Target, tuple[int, int]]]
) -> dict[str, tuple[Mention, ...]]:
    gathered: defaultdict[str, list[Mention]] = defaultdict(list)
    for explainer in explainers:
        slug = explainer.slug
        told = [
            *timelines[slug],
            *(key for quote in explainer.quotes for key in quote.about),
            *(key for kind, key in linked[slug] if kind == "event"),
        ]
        for key in dict.fromkeys(told):
            gathered[key].append(_mention(explainer, linked[slug].get(("event", key))))
    return {key: tuple(mentioned) for key, mentioned in gathered.items()}


def _used_in(explainers: Iterable[Explainer], reports: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: Lists = defaultdict(list)
    for explainer in explainers:
        for key in reports[explainer.slug]:
            found[key].append(explainer.slug)
    return {key: tuple(slugs) for key, slugs in found.items()}


def _topics(explainers: Iterable[Explainer]) -> dict[str, tuple[str, ...]]:
    found: Lists = defaultdict(list)
    for explainer in explainers:
        for topic in explainer.topics:
            found[topic].append(explainer.slug)
    return {topic: tuple(found[topic]) for topic in sorted(found)}


def _addresses(
    explainers: Iterable[Explainer],
    actors: Mapping[str, Actor],
    events: Mapping[str, Event],
    sources: Mapping[str, Source],
    pages: Iterable[PlainPage],
) -> dict[str, str]:
    found = {explainer.place.path: urls.explainer(explainer.slug) for explainer in explainers}
    found |= {page.place.path: urls.page(page.slug) for page in pages}
    found |= {actor.place.path: urls.actor(key) for key, actor in actors.items() if actor.shared}
    found |= {event.place.path: urls.event(key) for key, event in events.items() if event.shared}
    found |= {source.place.path: urls.source(key) for key, source in sources.items() if source.shared}
    return found


# --- [[links]] ------------------------------------------------


def _targets(
    explainers: Iterable[Explainer],
    actors: Mapping[str, Actor],
    events: Mapping[str, Event],
    sources: Mapping[str, Source],
    pages: Iterable[PlainPage],
    settings: Settings,
    lookup: Lookup,
) -> dict[tuple[str, str], dict[tuple[str, str], Target]]:
    bodies: list[tuple[tuple[str, str], str, frozenset[str], tuple[Body | None, ...], Place]] = []
    nothing: frozenset[str] = frozenset()
    for explainer in explainers:
        quotes = frozenset(quote.id for quote in explainer.quotes)
        bodies.append(
            (
                ("explainer", explainer.slug),
                explainer.slug,
                quotes,
                (explainer.body, *(c.text for c in explainer.corrections)),
                explainer.place,
            )
        )
    bodies += [(("actor", key), "", nothing, (actor.text,), actor.place) for key, actor in actors.items() if actor.text is not None]
    bodies += [
        (("event", key), "", nothing, (event.text, event.summary), event.place)
        for key, event in events.items()
        if event.text is not None or event.summary is not None
    ]
    bodies += [(("source", key), "", nothing, (source.text,), source.place) for key, source in sources.items() if source.text is not None]
    bodies += [(("page", page.slug), "", nothing, (page.body,), page.place) for page in pages]
    bodies.append((("site", ""), "", nothing, (settings.footer,), Place("content/site.yaml")))
    return {owner: _resolve(lookup, slug, quotes, found, place) for owner, slug, quotes, found, place in bodies}


def _resolve(lookup: Lookup, slug: str, quotes: frozenset[str], bodies: Iterable[Body | None], place: Place) -> Targets:
    targets: Targets = {}
    told: set[tuple[str, str]] = set()
    for body in bodies:
        for segment in body.segments if body is not None else ():
            if isinstance(segment, Link | Embed):
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
