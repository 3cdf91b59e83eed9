"""One explainer's links to other records, and the targets of the links in a text."""

import re
from collections.abc import Collection, Iterable, Mapping

import msgspec

from builder import dates
from builder.content import mentions
from builder.content.anchoring.nearest import under
from builder.content.markup.plain_words import Words, named
from builder.content.schema import SHORT
from builder.diagnostics import Advice, Diagnostic, Location
from builder.i18n.patterns import late
from builder.linking import defaults, surnames
from builder.linking.lookup import Lookup
from builder.linking.namesakes import actors_by_name
from builder.model import (
    PERSON,
    PLANNED,
    Actor,
    Body,
    CastEntry,
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
    Section,
    Shown,
    Source,
    Span,
    Target,
    Text,
    When,
    location_of,
    quote_reference,
)

Targets = dict[tuple[str, str], Target]
SILENT: frozenset[type] = frozenset({Html, Text, MarkClose, Section, Href, Shown, Span})
"""Segments without a target: most of them, skipped at once."""

PLACED = frozenset({"timeline", "who"})
"""Words that `![[…]]` takes besides ids of quotes and events."""


class ExplainerLinks(msgspec.Struct, frozen=True):
    """One explainer's links to other records."""

    timeline: tuple[str, ...]
    sources: tuple[str, ...]
    used_sources: tuple[tuple[str, str], ...]
    """Its sources, each with the slug."""
    cast: tuple[CastEntry, ...]
    acting: tuple[tuple[str, str], ...]
    """Its actors, each with the slug."""
    occurrences: tuple[Occurrence, ...]
    targets: Targets
    mentions: tuple[tuple[str, Mention], ...]
    event_mentions: tuple[tuple[str, Mention], ...]


def links_of_explainer(explainer: Explainer, lookup: Lookup) -> ExplainerLinks:
    """Return the links of an explainer."""
    slug = explainer.slug
    quotes = frozenset(quote.id for quote in explainer.quotes)
    timeline = _timeline(explainer, lookup.events)
    cast = _cast(explainer, timeline, lookup.events, lookup.actors)
    occurrences = _occurrences(explainer, cast, lookup)
    targets = resolve(lookup, slug, quotes, (explainer.body, *explainer.lines), explainer.location)
    linked = _linked(explainer, targets)
    _report_uncertain_names(
        explainer, cast, lookup, {occurrence.id for occurrence in occurrences} | {target.id for target in linked if target.kind == "actor"}
    )
    words = named(explainer.body, lambda link: _called(explainer, link, targets, lookup))
    sources = _sources_of(explainer, timeline, lookup.events, lookup.sources)
    return ExplainerLinks(
        timeline,
        sources,
        tuple((key, slug) for key in sources),
        cast,
        tuple((entry.id, slug) for entry in cast),
        occurrences,
        targets,
        _mentions(explainer, words, cast, occurrences, linked),
        _event_mentions(explainer, words, timeline, linked),
    )


def _called(explainer: Explainer, link: Link, targets: Targets, lookup: Lookup) -> str:
    """Return the words for a link without words, in a sentence that other pages quote."""
    target = targets.get((link.kind, link.target))
    if target is None:
        return link.target
    is_own = target.kind == "quote" and target.slug == explainer.slug
    own = next((quote for quote in explainer.quotes if quote.id == target.id), None) if is_own else None
    return f"“{' … '.join(own.segments)}”" if own is not None else lookup.title_of(target)


def _timeline(explainer: Explainer, events: Mapping[str, Event]) -> tuple[str, ...]:
    listed = [item.id for item in explainer.timeline if item.id in events]
    return tuple(
        sorted(listed, key=lambda key: dates.sort_key(events[key].when.date))
    )  # a stable sort: the order in the file decides the rest


def _sources_of(
    explainer: Explainer, timeline: Iterable[str], events: Mapping[str, Event], sources: Mapping[str, Source]
) -> tuple[str, ...]:
    used = [item.id for item in explainer.sources]
    used += [key for quote in explainer.quotes for key in quote.via]
    own = {item.id: item.sources for item in explainer.timeline if isinstance(item, Event)}
    used += [
        key
        for event in timeline
        for key in events[event].sources
        if key in own.get(event, ()) or not (key in sources and defaults.is_later(sources[key], explainer.as_of))
    ]
    kept = dict.fromkeys(key for key in used if key in sources)
    waiting = list(kept)
    while waiting:  # and what these rest on themselves, to the origin
        waiting = [key for citing in waiting for key in sources[citing].cites if key not in kept]
        kept.update(dict.fromkeys(waiting))
    return tuple(kept)


def _cast(explainer: Explainer, timeline: Iterable[str], events: Mapping[str, Event], actors: Mapping[str, Actor]) -> tuple[CastEntry, ...]:
    entries: dict[str, CastEntry] = {}
    for item in explainer.actors:
        if item.id in actors:
            entries[item.id] = CastEntry(item.id, item.here if isinstance(item, Actor) else "")
    others = [key for quote in explainer.quotes for key in (*quote.speakers, *quote.to)]
    own = {item.id: item for item in explainer.timeline if isinstance(item, Event)}
    for event in timeline:
        others += (*events[event].actors, *_voices_then(events[event], own.get(event), explainer.as_of))
    for key in others:
        if key in actors:
            entries.setdefault(key, CastEntry(key, listed=False))
    return tuple(entries.values())


def _voices_then(now: Event, own: Event | None, as_of: When) -> tuple[str, ...]:
    """Return who speaks of an event in an account: who says what it is by now need not have said what it was on the account's day."""
    if own is None:
        return now.by
    then = own.status or ("planned" if now.status not in PLANNED and defaults.status(now, as_of) == "planned" else now.status)
    return now.by if then == now.status else own.by


def _occurrences(explainer: Explainer, cast: Iterable[CastEntry], lookup: Lookup) -> tuple[Occurrence, ...]:
    """Return the mentions of actors. A name that several actors may have is reported and becomes no link."""
    listed = [lookup.actors[entry.id] for entry in cast if entry.listed]
    of = actors_by_name(listed)
    # No id has a line break, so this one is unknown.
    names = {name: ids[0] if len(ids) == 1 else f"\n{name}" for name, ids in of.items()}
    if explainer.format == SHORT:
        of = {**_shared_surnames(explainer, listed, lookup, of), **of}
        names |= {name: f"\n{name}" for name in of if name not in names}
    later = _surnames(explainer, listed, lookup, names) if explainer.format == SHORT else {}
    people = {actor.id for actor in listed if actor.type == PERSON}
    people |= {f"\n{name}" for name, ids in of.items() if people.issuperset(ids)}
    found = mentions.occurrences(
        explainer.body,
        mentions.KnownNames(names, later, people, {actor.id: surnames.offices_of(actor) for actor in listed if actor.positions}),
        autolink=explainer.autolink,
        language=explainer.lang or lookup.language.tag,
    )
    unclear = [occurrence for occurrence in found if occurrence.id.startswith("\n")]
    if not unclear:
        return found
    said = _said_who(explainer.body)
    reported: set[str] = set()
    for occurrence in unclear:
        name = occurrence.id[1:]
        if (
            occurrence.linked
            and name not in reported
            and not any(name in words and low <= occurrence.start < high for low, high, words in said)
        ):
            reported.add(name)
            lookup.problems.append(_of_several(explainer, occurrence, name, [actor for actor in listed if actor.id in of[name]]))
    return tuple(occurrence for occurrence in found if not occurrence.id.startswith("\n"))


def _surnames(explainer: Explainer, listed: Iterable[Actor], lookup: Lookup, names: Collection[str]) -> dict[str, mentions.Bearer]:
    """Return the surnames that become links behind the full names, with whose they are; a word that the text has in small letters too is none."""
    text = explainer.body.text
    found = {}
    for actor in listed:
        surname = lookup.surname_of(actor) if actor.name in text else ""
        if surname and surname not in {*names, *actor.weak_alias} and not re.search(rf"\b{re.escape(surname.lower())}\b", text):
            found[surname] = mentions.Bearer(actor.id, actor.name.split()[0], surnames.offices_of(actor))
    return found


def _shared_surnames(explainer: Explainer, listed: Iterable[Actor], lookup: Lookup, named: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the surnames that several people of an explainer have, with whose they are: such a name alone leads to none of them."""
    found: dict[str, list[str]] = {}
    for actor in listed:
        surname = lookup.surname_of(actor, alone=False)
        if surname and surname not in named and not re.search(rf"\b{re.escape(surname.lower())}\b", explainer.body.text):
            found.setdefault(surname, []).append(actor.id)
    return {name: tuple(ids) for name, ids in found.items() if len(ids) > 1}


def _said_who(body: Body) -> list[tuple[int, int, set[str]]]:
    """Return the sections of a text as start, end and the words of their links, whose meaning is clear there."""
    sections: list[tuple[int, set[str]]] = [(0, set())]
    begins = False
    for segment in body.segments:
        if isinstance(segment, Section):
            begins = True
        elif isinstance(segment, (Text, Link)):
            if begins:
                sections.append((segment.at, set()))
                begins = False
            if isinstance(segment, Link):
                sections[-1][1].add(mentions.plain(segment.words))
    ends = [*(at for at, _ in sections[1:]), len(body.text) + 1]
    return [(at, end, words) for (at, words), end in zip(sections, ends, strict=True)]


def _line(body: Body, at: int) -> int:
    """Return the line of a place in the text, counted from the nearest quotation mark of its block; 0 where it has none."""
    signs = next((block.signs for block in body.blocks if block.signs and block.start <= at < block.end), ())
    if not signs:
        return 0
    near = min(signs, key=lambda sign: abs(sign.at - at))
    return near.line + body.text.count("\n", near.at, at) - body.text.count("\n", at, near.at)


def _of_several(explainer: Explainer, found: Occurrence, name: str, actors: Iterable[Actor]) -> Diagnostic:
    who = " or ".join(f"{actor.title} ({actor.id})" for actor in actors)
    links = " or ".join(f"[[{actor.id}|{name}]]" for actor in actors)
    around = mentions.around(explainer.body.text, found.start, found.end)
    return Diagnostic(
        "name-shared",
        f"“{name}” may be {who}, so it leads to none of them.",
        Location(explainer.location.path, _line(explainer.body, found.start)),
        help=f"Say who is meant, with {links}. The text has: “{around}”{under(explainer.body, found.start)}",
        subject=name,
        kind="actor",
    )


def _report_uncertain_names(explainer: Explainer, cast: Iterable[CastEntry], lookup: Lookup, named: Collection[str]) -> None:
    """Report names that occur only as a possible part of another word, and so become no link."""
    if explainer.body.text.isascii():
        return
    of = actors_by_name(lookup.actors[entry.id] for entry in cast if entry.listed and entry.id not in named)
    names = {name: ids[0] for name, ids in of.items() if len(ids) == 1}
    for name, owner in mentions.uncertain(explainer.body.text, names).items():
        lookup.problems.append(
            Diagnostic(
                "actor-in-words",
                f"“{name}” stands in the text only where it may be a part of another word, so it is no link.",
                next((item.location for item in explainer.actors if item.id == owner), explainer.location),
                help=f"Where it is the name, write [[{owner}|{name}]]; else take “{owner}” out of “actors:”, or leave it.",
            )
        )


def _linked(explainer: Explainer, here: Targets) -> dict[Target, tuple[int, int]]:
    """Return the targets that a body links to or marks, each with the first range."""
    ranges: dict[Target, tuple[int, int]] = {}
    for segment in explainer.body.segments:
        if segment.__class__ in SILENT:
            continue
        if isinstance(segment, Link):
            target = here.get((segment.kind, segment.target))
            if target is not None:
                ranges.setdefault(target, (segment.at, segment.at + len(segment.words or segment.target)))
        elif isinstance(segment, Embed):
            target = here.get((segment.kind, segment.target))
            if target is not None:
                ranges.setdefault(target, (-1, -1))
    for (kind, key), location in mentions.marked_ranges(explainer.body).items():
        ranges.setdefault(Target(kind, key, explainer.slug if kind == "quote" else ""), location)
    return ranges


def _mentions(
    explainer: Explainer, words: Words, cast: Iterable[CastEntry], found: Iterable[Occurrence], linked: Mapping[Target, tuple[int, int]]
) -> tuple[tuple[str, Mention], ...]:
    slug = explainer.slug
    ranges: dict[str, tuple[int, int]] = {}
    for occurrence in found:
        ranges.setdefault(occurrence.id, (occurrence.start, occurrence.end))
    for target, location in linked.items():
        if target.kind == "actor" and location[0] >= 0 and location < ranges.get(target.id, (1 << 60, 0)):
            ranges[target.id] = location
    for quote in explainer.quotes:  # an unnamed source is where its words stand
        for speaker in quote.speakers:
            marked = linked.get(Target("quote", quote.id, slug))
            if marked is not None and speaker not in ranges:
                ranges[speaker] = marked
    named = dict.fromkeys((*(entry.id for entry in cast), *ranges))
    return tuple((key, _mention(slug, words, ranges.get(key))) for key in named)


def _mention(slug: str, words: Words, location: tuple[int, int] | None) -> Mention:
    if location is None or location[0] < 0:
        return Mention(slug, "", 0, 0)
    return Mention(slug, *mentions.sentence(words.text, *map(words.at, location)))


def _event_mentions(
    explainer: Explainer, words: Words, timeline: Iterable[str], linked: Mapping[Target, tuple[int, int]]
) -> tuple[tuple[str, Mention], ...]:
    events = [
        *timeline,
        *(key for quote in explainer.quotes for key in quote.about),
        *(target.id for target in linked if target.kind == "event"),
    ]
    return tuple((key, _mention(explainer.slug, words, linked.get(Target("event", key)))) for key in dict.fromkeys(events))


_PICTURE = late(r"([^|]+\.(?:png|jpe?g|gif|svg|webp|avif|bmp))(?:\|.*)?", re.IGNORECASE)


def _of_picture(words: str) -> str:
    """Return how to write a picture that stands in double brackets, as in Obsidian; "" if it is none."""
    found = _PICTURE.fullmatch(words)
    if found is None:
        return ""
    name = found[1].strip()
    return f"If it is a picture, write ![what is to be seen]({f'<{name}>' if ' ' in name else name})."


def resolve(lookup: Lookup, slug: str, quotes: frozenset[str], bodies: Iterable[Body | None], location: Location) -> Targets:
    """Return the targets of the links, cards and marks in some texts, and report those that lead nowhere. `slug` and `quotes` are those of the explainer they belong to."""
    targets: Targets = {}
    reported: set[tuple[str, str]] = set()
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
            if (kind, words) in targets or (kind, words) in reported:
                continue
            target, several = lookup.resolve_link(words, kind, slug, quotes)
            if target is not None:
                targets[kind, words] = target
                continue
            reported.add((kind, words))
            shown = f"{kind}:{words}" if kind else words
            where = location_of(segment, location.path) if segment.line else location
            if several:
                hint = (
                    "Say which: " + ", ".join(f"[[{target.kind}:{quote_reference((target.slug, target.id))}]]" for target in several) + "."
                )
                lookup.problems.append(
                    Diagnostic("link-ambiguous", f"“[[{shown}]]” could lead to {len(several)} records.", where, help=hint)
                )
            else:
                picture = _of_picture(words)
                heading = f"A heading is linked with its words: [words]({words})." if words.startswith("#") else ""
                near = Advice(picture or heading) if picture or heading else lookup.nearest(words, kind)
                hint = near.help or "Link by an id, a name or an alias of an actor, event, source or explainer."
                message = f"“[[{shown}]]” leads to nothing."
                lookup.problems.append(Diagnostic("link-unknown", message, where, help=hint, subject=words, suggestion=near.suggestion))
    return targets
