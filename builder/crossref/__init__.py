"""All Documents in, one Site out: records of one id are joined, references resolved, what was left out is derived, and every link is known from both ends.

What leads nowhere is told and left out, so that every id in a Site leads to a record of that Site.
"""

from collections.abc import Iterable, Mapping
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
    files = _by_path(documents, memory)
    problems: list[Diagnostic] = []
    explainers, in_file_order = _explainers(files, problems, memory, drafts=drafts)
    actors = _joined("actor", files, in_file_order, problems, memory)
    sources = _joined("source", files, in_file_order, problems, memory)
    events = _joined_events(files, in_file_order, problems, memory)
    pages = _pages(files, problems, memory, drafts=drafts)
    lookup = Lookup(memory, files, actors, events, sources, explainers, pages)
    lookup.each("references", explainers, lambda one: _references(lookup, one))
    actors = lookup.each("actors", actors, lambda actor: _resolve_actor(lookup, actor))
    sources = lookup.each("sources", sources, lambda source: _resolve_source(lookup, source))
    events = lookup.each("events", events, lambda event: _resolve_event(lookup, event))
    lookup.records(actors, events, sources)
    resolved = lookup.each("explainers", explainers, lambda one: defaults.explainer(lookup, one))
    site = backlinks.site(
        settings,
        language,
        resolved,
        memory.whole("actors, ordered", actors, _ordered_actors),
        memory.whole("events, ordered", events, _ordered_events),
        memory.whole("sources, ordered", sources, _ordered_sources),
        pages,
        lookup,
    )
    site = msgspec.structs.replace(site, archives=_archives(lookup, files, memory), day=day)
    return site, tuple(sorted((*problems, *lookup.problems), key=lambda problem: problem.sort_key))


def _ordered_actors(actors: Mapping[str, Actor]) -> dict[str, Actor]:
    return {actor.id: actor for actor in sorted(actors.values(), key=lambda actor: (_by_name(actor.title), actor.id))}


def _ordered_events(events: Mapping[str, Event]) -> dict[str, Event]:
    return {event.id: event for event in sorted(events.values(), key=lambda event: (*dates.sort_key(event.when.date), event.id))}


def _ordered_sources(sources: Mapping[str, Source]) -> dict[str, Source]:
    return {source.id: source for source in sorted(sources.values(), key=lambda source: source.id)}


def _by_name(name: str) -> str:
    return urls.slug(name) or name.casefold()


def _by_path(documents: Iterable[Document], memory: Memory) -> dict[str, Document]:
    """Return all documents in the order of their paths. Those of the last run are not looked into again: there are thousands."""
    given = tuple(documents)
    before: tuple[tuple[Document, ...], dict[str, Document]] | None = memory.recall("documents")
    changed = None
    if before is not None and len(given) == len(before[0]):
        changed = [(new, old) for new, old in zip(given, before[0], strict=True) if new is not old]
    if before is not None and changed is not None and all(new.path == old.path for new, old in changed):
        files = before[1] | {new.path: new for new, _ in changed} if changed else before[1]
    else:
        files = {document.path: document for document in sorted(given, key=lambda document: document.path)}
    memory.keep("documents", (given, files))
    return files


def _explainers(
    files: Mapping[str, Document], problems: list[Diagnostic], memory: Memory, *, drafts: bool
) -> tuple[dict[str, Explainer], dict[str, Explainer]]:
    """Return the explainers by slug, the newest first, and by path in the order of their files."""
    found = memory.each(
        "explainers of files",
        files,
        lambda document: document.explainer if document.explainer is not None and (drafts or not document.explainer.draft) else None,
    )
    days = memory.each("days of explainers", found, _slug_and_day)
    slugs, paths, twice = memory.whole("order of explainers", days, _newest_first)
    for second, first in twice:
        explainer, other = found[second], found[first]
        assert explainer is not None
        assert other is not None
        problems.append(_two_on_one_path(explainer.place, other.place, urls.explainer(explainer.slug)))
    return _picked(slugs, paths, found), _picked(*memory.whole("explainers, as filed", paths, lambda given: (sorted(given),) * 2), found)


def _picked(keys: Iterable[str], paths: Iterable[str], found: Mapping[str, Explainer | None]) -> dict[str, Explainer]:
    return dict(zip(keys, map(found.__getitem__, paths), strict=True))  # type: ignore[arg-type]  # those paths are of explainers


def _slug_and_day(explainer: Explainer | None) -> tuple[str, float] | None:
    if explainer is None:
        return None
    return explainer.slug, dates.sort_key(explainer.published.date)[0] if explainer.published.date is not None else -1


def _newest_first(days: Mapping[str, tuple[str, float] | None]) -> tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...]]:
    """Return slugs and paths in the order of days, and the paths of those whose slug another has taken."""
    first: dict[str, str] = {}
    twice = []
    for path, found in days.items():
        if found is not None and first.setdefault(found[0], path) != path:
            twice.append((path, first[found[0]]))
    # The slug decides between two of one day, so that the order never hangs on the disk's.
    slugs = sorted(sorted(first), key=lambda slug: (days[first[slug]] or ("", -1))[1], reverse=True)
    return tuple(slugs), tuple(first[slug] for slug in slugs), tuple(twice)


def _archives(lookup: Lookup, files: Mapping[str, Document], memory: Memory) -> dict[str, str]:
    """Return the words of sources by id, and tell of files that belong to no source."""
    each = memory.each("archives of files", files, lambda document: document.archive)
    found: dict[str, str] = {}
    for path, words in each.items():
        if words is None:
            continue
        key = slug_of(path)
        if lookup.knows("source", key):
            found[key] = words
        else:
            lookup.tell_unknown("source", key, Place(path))
    return memory.steady("archives", found)


def _two_on_one_path(second: Place, first: Place, path: str) -> Diagnostic:
    return Diagnostic(
        "path-twice", f"Two files make the same page, /{path}.", second, help="Give one of them another name or slug.", also=(first,)
    )


def _pages(files: Mapping[str, Document], problems: list[Diagnostic], memory: Memory, *, drafts: bool) -> tuple[PlainPage, ...]:
    found = memory.each(
        "pages of files",
        files,
        lambda document: document.page if document.page is not None and (drafts or not document.page.draft) else None,
    )
    pages, told = memory.whole("pages in order", found, _pages_in_order)
    problems += told
    return pages


def _pages_in_order(found: Mapping[str, PlainPage | None]) -> tuple[tuple[PlainPage, ...], list[Diagnostic]]:
    kept: dict[str, PlainPage] = {}
    problems = []
    for page in found.values():
        if page is not None:
            first = kept.setdefault(page.slug, page)
            if first is not page:
                problems.append(_two_on_one_path(page.place, first.place, urls.page(page.slug)))
    return tuple(sorted(kept.values(), key=lambda page: (page.slug.rpartition("/")[0], page.order, page.slug))), problems


# --- joining ------------------------------------------------


def _joined(
    kind: str, files: Mapping[str, Document], explainers: Mapping[str, Explainer], problems: list[Diagnostic], memory: Memory
) -> dict[str, Any]:
    """Join the records of each id: the shared one first, then those of explainers in the order of their files."""
    listed = memory.each(f"{kind}s of explainers", explainers, lambda one: _inline(getattr(one, f"{kind}s")))
    own = memory.each(f"{kind}s of files", files, lambda document: _own(getattr(document, kind)))
    found = memory.turned(f"{kind}s by id", memory.whole(f"{kind}s of all", (own, listed), _shared_first))
    joined = memory.each(f"{kind}s, joined", found, _join_actor if kind == "actor" else _join_source)
    records, told = memory.whole(f"{kind}s, told", joined, _told)
    problems += told
    return records


def _own(record: Any) -> tuple[tuple[str, Any], ...]:
    return ((record.id, record),) if record is not None else ()


def _shared_first(given: tuple[Mapping[str, tuple[Any, ...]], Mapping[str, tuple[Any, ...]]]) -> dict[str, tuple[Any, ...]]:
    own, listed = given
    return {**{path: records for path, records in own.items() if records}, **listed}


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
    files: Mapping[str, Document], explainers: Mapping[str, Explainer], problems: list[Diagnostic], memory: Memory
) -> dict[str, Event]:
    """Join the events of each id, each with the day that its explainer tells the state of."""
    told = memory.each("timelines of explainers", explainers, _told_events)
    own = memory.each("events of files", files, _own_event)
    found = memory.turned("events by id", memory.whole("events of all", (own, told), _shared_first))
    known = memory.whole("events that are told", found, _known)
    events, told_of = memory.whole("events, told", memory.each("events, joined", known, _join_event), _told)
    problems += told_of
    return events


def _own_event(document: Document) -> tuple[tuple[str, tuple[Event, When]], ...]:
    return ((document.event.id, (document.event, When())),) if document.event is not None else ()


def _known(found: Mapping[str, tuple[tuple[Event | None, When], ...]]) -> dict[str, tuple[tuple[Event | None, When], ...]]:
    return {key: pairs for key, pairs in found.items() if any(event is not None for event, _ in pairs)}


def _told_events(explainer: Explainer) -> tuple[tuple[str, tuple[Event | None, When]], ...]:
    return tuple((item.id, (item if isinstance(item, Event) else None, explainer.as_of)) for item in explainer.timeline)


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
