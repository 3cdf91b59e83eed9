"""All Documents in, one Site out: records of one id are joined, references resolved, what was left out is derived, and every link is known from both ends.

What leads nowhere is told and left out, so that every id in a Site leads to a record of that Site.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec

from builder import dates, urls
from builder.crossref import backlinks, defaults, joining
from builder.crossref.lookup import Lookup
from builder.diagnostics import Diagnostic, Place
from builder.language import Language
from builder.memory import Memory
from builder.model import UNNAMED, Actor, Document, Event, Explainer, PlainPage, Reference, Settings, Site, Source, When
from builder.parse import slug_of


def crossref(
    settings: Settings,
    language: Language,
    documents: Iterable[Document],
    *,
    drafts: bool = False,
    day: int | None = None,
    memory: Memory | None = None,
) -> tuple[Site, tuple[Diagnostic, ...]]:
    """Join what all files say.

    `documents` in any order; with `drafts` the drafts are taken in too. `day` is that of the build. `memory` is that of the last run, if there was one.
    Returns the Site and the problems that only show between files.
    """
    memory = memory if memory is not None else Memory()
    documents = sorted(documents, key=lambda document: document.path)
    problems: list[Diagnostic] = []
    explainers = _explainers(documents, problems, drafts=drafts)
    in_file_order = sorted(explainers, key=lambda explainer: explainer.place.path)
    actors = _joined("actor", documents, in_file_order, problems, memory)
    sources = _joined("source", documents, in_file_order, problems, memory)
    events = _joined_events(documents, in_file_order, problems, memory)
    pages = _pages(documents, problems, drafts=drafts)
    spots = {document.path: document.spots for document in documents if document.spots}
    lookup = Lookup(memory, spots, actors, events, sources, explainers, pages)
    lookup.each("references", {one.slug: one for one in explainers}, lambda one: _references(lookup, one))
    actors = lookup.each("actors", actors, lambda actor: _resolve_actor(lookup, actor))
    sources = lookup.each("sources", sources, lambda source: _resolve_source(lookup, source))
    events = lookup.each("events", events, lambda event: _resolve_event(lookup, event))
    lookup.records(actors, events, sources)
    resolved = lookup.each("explainers", {one.slug: one for one in explainers}, lambda one: defaults.explainer(lookup, one))
    site = backlinks.site(
        settings,
        language,
        tuple(resolved.values()),
        memory.whole("actors, ordered", actors, _ordered_actors),
        memory.whole("events, ordered", events, _ordered_events),
        memory.whole("sources, ordered", sources, _ordered_sources),
        pages,
        lookup,
    )
    site = msgspec.structs.replace(site, archives=memory.steady("archives", _archives(lookup, documents)), day=day)
    return site, tuple(sorted((*problems, *lookup.problems), key=lambda problem: problem.sort_key))


def _ordered_actors(actors: Mapping[str, Actor]) -> dict[str, Actor]:
    return {actor.id: actor for actor in sorted(actors.values(), key=lambda actor: (_by_name(actor.title), actor.id))}


def _ordered_events(events: Mapping[str, Event]) -> dict[str, Event]:
    return {event.id: event for event in sorted(events.values(), key=lambda event: (*dates.sort_key(event.when.date), event.id))}


def _ordered_sources(sources: Mapping[str, Source]) -> dict[str, Source]:
    return {source.id: source for source in sorted(sources.values(), key=lambda source: source.id)}


def _by_name(name: str) -> str:
    return urls.slug(name) or name.casefold()


def _explainers(documents: Sequence[Document], problems: list[Diagnostic], *, drafts: bool) -> tuple[Explainer, ...]:
    kept: dict[str, Explainer] = {}
    for document in documents:
        explainer = document.explainer
        if explainer is None or (explainer.draft and not drafts):
            continue
        first = kept.setdefault(explainer.slug, explainer)
        if first is not explainer:
            problems.append(_two_on_one_path(explainer.place, first.place, urls.explainer(explainer.slug)))
    # Newest first; the slug decides between two of one day, so that the order never hangs on the disk's.
    by_slug = sorted(kept.values(), key=lambda explainer: explainer.slug)
    return tuple(
        sorted(
            by_slug,
            key=lambda explainer: dates.sort_key(explainer.published.date)[0] if explainer.published.date is not None else -1,
            reverse=True,
        )
    )


def _archives(lookup: Lookup, documents: Sequence[Document]) -> dict[str, str]:
    """Return the words of sources by id, and tell of files that belong to no source."""
    found: dict[str, str] = {}
    for document in documents:
        if document.archive is None:
            continue
        key = slug_of(document.path)
        if lookup.knows("source", key):
            found[key] = document.archive
        else:
            lookup.tell_unknown("source", key, Place(document.path))
    return found


def _two_on_one_path(second: Place, first: Place, path: str) -> Diagnostic:
    return Diagnostic(
        "path-twice", f"Two files make the same page, /{path}.", second, help="Give one of them another name or slug.", also=(first,)
    )


def _pages(documents: Sequence[Document], problems: list[Diagnostic], *, drafts: bool) -> tuple[PlainPage, ...]:
    kept: dict[str, PlainPage] = {}
    for document in documents:
        page = document.page
        if page is None or (page.draft and not drafts):
            continue
        first = kept.setdefault(page.slug, page)
        if first is not page:
            problems.append(_two_on_one_path(page.place, first.place, urls.page(page.slug)))
    return tuple(sorted(kept.values(), key=lambda page: (page.slug.rpartition("/")[0], page.order, page.slug)))


# --- joining ------------------------------------------------


def _joined(
    kind: str, documents: Sequence[Document], explainers: Sequence[Explainer], problems: list[Diagnostic], memory: Memory
) -> dict[str, Any]:
    """Join the records of each id: the shared one first, then those of explainers in the order of their files."""
    listed = memory.each(f"{kind}s of explainers", {one.place.path: getattr(one, f"{kind}s") for one in explainers}, _inline)
    own = {document.path: ((record.id, record),) for document in documents if (record := getattr(document, kind)) is not None}
    found = memory.turned(f"{kind}s by id", {**own, **listed})
    joined = memory.each(f"{kind}s, joined", found, _join_actor if kind == "actor" else _join_source)
    records, told = memory.whole(f"{kind}s, told", joined, _told)
    problems += told
    return records


def _told(joined: dict[str, tuple[Any, list[Diagnostic]]]) -> tuple[dict[str, Any], list[Diagnostic]]:
    return {key: record for key, (record, _) in joined.items()}, [problem for _, more in joined.values() for problem in more]


def _inline(items: tuple[Any, ...]) -> tuple[tuple[str, Any], ...]:
    return tuple((item.id, item) for item in items if not isinstance(item, Reference))


def _join_actor(records: tuple[Actor, ...]) -> tuple[Actor, list[Diagnostic]]:
    actor, problems = joining.join(records, "actor")
    if actor.type != UNNAMED and not actor.name:
        problems.append(
            Diagnostic(
                "actor-nameless",
                f"The actor “{actor.id}” has no name.",
                actor.place,
                help="Add “name:”, or for an unnamed source “type: UnnamedSource” and “described_as:”.",
            )
        )
    return actor, problems


def _join_source(records: tuple[Source, ...]) -> tuple[Source, list[Diagnostic]]:
    return joining.join(records, "source")


def _joined_events(
    documents: Sequence[Document], explainers: Sequence[Explainer], problems: list[Diagnostic], memory: Memory
) -> dict[str, Event]:
    """Join the events of each id, each with the day that its explainer tells the state of."""
    told = memory.each("timelines of explainers", {one.place.path: (one.timeline, one.as_of) for one in explainers}, _told_events)
    own = {document.path: ((event.id, (event, When())),) for document in documents if (event := document.event) is not None}
    found = memory.turned("events by id", {**own, **told})
    known = {key: pairs for key, pairs in found.items() if any(event is not None for event, _ in pairs)}
    events, told_of = memory.whole("events, told", memory.each("events, joined", known, _join_event), _told)
    problems += told_of
    return events


def _told_events(given: tuple[tuple[Event | Reference, ...], When]) -> tuple[tuple[str, tuple[Event | None, When]], ...]:
    timeline, as_of = given
    return tuple((item.id, (item if isinstance(item, Event) else None, as_of)) for item in timeline)


def _join_event(told: tuple[tuple[Event | None, When], ...]) -> tuple[Event, list[Diagnostic]]:
    pairs = [(event, as_of) for event, as_of in told if event is not None]
    event, problems = joining.join([event for event, _ in pairs], "event")
    status, derived, steps, disagreements = joining.statuses(pairs)
    if derived:
        latest = When()
        for _, as_of in told:
            latest = defaults.later(latest, as_of)
        status = defaults.status(event, latest)
    history = sorted((*steps, *event.history), key=lambda step: dates.sort_key(step.on.date))
    joined = msgspec.structs.replace(event, status=status, history=tuple(history), derived=("status",) if derived else ())
    return joined, [*problems, *disagreements]


# --- references ------------------------------------------------


def _references(lookup: Lookup, explainer: Explainer) -> None:
    """Tell of bare ids that no file defines."""
    for kind, items in (("actor", explainer.actors), ("source", explainer.sources), ("event", explainer.timeline)):
        for item in items:
            if isinstance(item, Reference) and not lookup.knows(kind, item.id):
                lookup.tell_unknown(kind, item.id, item.place)


def _resolve_actor(lookup: Lookup, actor: Actor) -> Actor:
    positions = tuple(msgspec.structs.replace(held, of=lookup.name("actor", held.of, held.place)) for held in actor.positions)
    of = lookup.name("actor", actor.of, actor.place)
    return actor if positions == actor.positions and of == actor.of else msgspec.structs.replace(actor, positions=positions, of=of)


def _resolve_source(lookup: Lookup, source: Source) -> Source:
    return msgspec.structs.replace(
        source, publisher=lookup.name("actor", source.publisher, source.place), cites=lookup.ids("source", source.cites, source.place)
    )


def _resolve_event(lookup: Lookup, event: Event) -> Event:
    by = tuple(
        lookup.name("source" if lookup.knows("source", who) and not lookup.knows("actor", who) else "actor", who, event.place)
        for who in event.by
    )
    history = []
    for step in event.history:
        known = lookup.ids("source", (step.source,), step.place) if step.source else ()
        history.append(step if not step.source or known else msgspec.structs.replace(step, source=""))
    return msgspec.structs.replace(
        event,
        by=by,
        actors=lookup.ids("actor", event.actors, event.place),
        sources=lookup.ids("source", event.sources, event.place),
        history=tuple(history),
    )
