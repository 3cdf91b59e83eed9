"""Link all Documents into one Site: join records with the same id, resolve references, derive what was left out, and index every link from both ends.

References that lead nowhere are reported and left out, so every id in a Site is that of a record of the Site.
"""

import itertools
from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from operator import attrgetter, itemgetter
from types import NoneType
from typing import Any

import msgspec

from builder import dates, urls
from builder.content.parse import slug_of
from builder.diagnostics import Diagnostic, Location
from builder.i18n.language import Language
from builder.incremental.memo import DERIVED, Memory
from builder.linking import actor_types, advice, backlinks, defaults, descriptions_as_names, joining, topics
from builder.linking.joined_records import JoinedRecords
from builder.linking.lookup import Lookup
from builder.model import (
    UNNAMED,
    Actor,
    Body,
    Document,
    Event,
    Explainer,
    PlainPage,
    Reference,
    Settings,
    Site,
    Source,
    When,
)


def link(
    settings: Settings,
    language: Language,
    documents: Mapping[str, Document] | Iterable[Document],
    *,
    drafts: bool = False,
    day: int | None = None,
    memory: Memory | None = None,
) -> tuple[Site, tuple[Diagnostic, ...]]:
    """Link the documents.

    `documents` by path in the order of their paths, or in any order; `drafts` includes drafts. `day` is that of the build. `memory` has the results of the last run, if there was one.
    Returns the Site, and the problems that only show between files, sorted by place.
    """
    memory = memory if memory is not None else Memory()
    files = documents if isinstance(documents, Mapping) else by_path(documents, memory)
    problems: list[Diagnostic] = []
    explainers, in_file_order = _explainers(files, problems, memory, drafts=drafts)
    actors = _joined("actor", files, in_file_order, problems, memory)
    sources = _joined("source", files, in_file_order, problems, memory)
    events = _joined_events(files, in_file_order, problems, memory)
    pages = _pages(files, problems, memory, drafts=drafts)
    joined = JoinedRecords(explainers, actors, events, sources, pages)
    lookup = Lookup(memory, files, joined)
    lookup.each("references", explainers, lambda explainer: _references(lookup, explainer), NoneType)
    actors = lookup.each("actors", actors, lambda actor: _resolve_actor(lookup, actor), Actor)
    sources = lookup.each("sources", sources, lambda source: _resolve_source(lookup, source), Source)
    events = lookup.each("events", events, lambda event: _resolve_event(lookup, event), Event)
    lookup.set_resolved(joined._replace(actors=actors, events=events, sources=sources), language)
    # Bodies are kept apart from the rest, since they change most.
    bare = memory.map_values("explainers without their bodies", explainers, _without_body, DERIVED)
    bodies = memory.map_values("bodies", explainers, attrgetter("body"), DERIVED)
    resolved = lookup.each("explainers", bare, lambda explainer: defaults.explainer(lookup, explainer), Explainer)
    ordered = JoinedRecords(
        resolved,
        _ordered("actors", actors, lambda actor: (_by_name(actor.title), actor.id), tuple[str, str], memory),
        _ordered("events", events, lambda event: (*dates.sort_key(event.when.date), event.id), tuple[int, int, int, str], memory),
        _ordered("sources", sources, lambda source: (source.id,), tuple[str], memory),
        pages,
    )
    site = backlinks.site(ordered, bodies, lookup, settings, language)
    problems += topics.on_one_path(lookup, site)
    problems += topics.alike(lookup, site)
    site = msgspec.structs.replace(
        site, archives=_archives(lookup, files, memory), ids_with_long_lists=backlinks.ids_with_long_lists(site, memory), day=day
    )
    return site, tuple(sorted((*problems, *lookup.problems), key=lambda problem: problem.sort_key))


_NONE = Body()


def _without_body(explainer: Explainer) -> Explainer:
    return msgspec.structs.replace(explainer, body=_NONE)


def _ordered(name: str, records: Mapping[str, Any], by: Callable[[Any], tuple[Any, ...]], kind: Any, memory: Memory) -> Mapping[str, Any]:
    """Return the records sorted by the key function `by`, whose results are of the type `kind`."""
    ranks = memory.map_values(f"ranks of {name}", records, by, kind)
    order = memory.compute(f"order of {name}", ranks, lambda given: tuple(sorted(given, key=given.__getitem__)), tuple[str, ...])
    return memory.select(f"{name}, ordered", order, order, records)


def _by_name(name: str) -> str:
    return urls.slug(name) or name.casefold()


def by_path(documents: Iterable[Document], memory: Memory) -> dict[str, Document]:
    """Return all documents in the order of their paths. Those of the last run are not sorted again: there are thousands."""
    given = tuple(documents)
    before: tuple[tuple[Document, ...], dict[str, Document]] | None = memory.previous("documents")
    changed = None
    if before is not None and len(given) == len(before[0]):
        changed = [(new, old) for new, old in zip(given, before[0], strict=True) if new is not old]
    if before is not None and changed is not None and all(new.path == old.path for new, old in changed):
        files = before[1] | {new.path: new for new, _ in changed} if changed else before[1]
    else:
        files = {document.path: document for document in sorted(given, key=lambda document: document.path)}
    memory.set_current("documents", (given, files))
    return files


def _explainers(
    files: Mapping[str, Document], problems: list[Diagnostic], memory: Memory, *, drafts: bool
) -> tuple[Mapping[str, Explainer], Mapping[str, Explainer]]:
    """Return the explainers by slug, the newest first, and by path in the order of their files."""
    found = memory.map_values(
        "explainers of files",
        files,
        lambda document: document.explainer if document.explainer is not None and (drafts or not document.explainer.draft) else None,
        DERIVED,
    )
    days = memory.map_values("days of explainers", found, _slug_and_day, tuple[str, float] | None)
    slugs, paths, twice = memory.compute("order of explainers", days, _newest_first, _Order)
    for second, first in twice:
        explainer, other = found[second], found[first]
        assert explainer is not None
        assert other is not None
        problems.append(_two_on_one_path(explainer.location, other.location, urls.explainer_path(explainer.slug)))
    if twice:
        # Nobody can publish them so; a preview shows each at an address of its own.
        found = dict(found)
        for second, _ in twice:
            explainer = found[second]
            assert explainer is not None
            slug = next(name for n in itertools.count(2) if (name := f"{explainer.slug}-{n}") not in slugs)
            found[second] = msgspec.structs.replace(explainer, slug=slug)
            slugs, paths = (*slugs, slug), (*paths, second)
    filed = tuple(sorted(paths))
    return memory.select("explainers by slug", slugs, paths, found), memory.select("explainers, as filed", filed, filed, found)


_Order = tuple[tuple[str, ...], tuple[str, ...], tuple[tuple[str, str], ...]]


def _slug_and_day(explainer: Explainer | None) -> tuple[str, float] | None:
    if explainer is None:
        return None
    return explainer.slug, dates.sort_key(explainer.published.date)[0] if explainer.published.date is not None else -1


def _newest_first(days: Mapping[str, tuple[str, float] | None]) -> _Order:
    """Return slugs and paths in the order of days, and the paths of those whose slug is taken, with the path that has it."""
    first: dict[str, str] = {}
    twice = []
    for path, found in days.items():
        if found is not None and first.setdefault(found[0], path) != path:
            twice.append((path, first[found[0]]))
    # The slug decides between two of one day, so that the order does not depend on the disk.
    slugs = sorted(sorted(first), key=lambda slug: (days[first[slug]] or ("", -1))[1], reverse=True)
    return tuple(slugs), tuple(first[slug] for slug in slugs), tuple(twice)


def _archives(lookup: Lookup, files: Mapping[str, Document], memory: Memory) -> dict[str, str]:
    """Return the archived texts of sources by id, and report files that belong to no source."""
    each = memory.map_values("archives of files", files, lambda document: document.archive, str | None)
    found: dict[str, str] = {}
    for path in memory.keys_with_values("files of archives", each):
        key, words = slug_of(path), each[path] or ""
        if lookup.knows("source", key):
            found[key] = words
        else:
            near = lookup.nearest(key, "source")
            rename = "If the id of its source was changed, rename this file to the new id; else add the source under “sources:”, or delete the file."
            hint = msgspec.structs.replace(near, help=f"{near.help} {rename}".strip())
            message = f"No source has the id “{key}”, so this text of one belongs to none."
            lookup.problems.append(advice.unknown("source", key, Location(path), message, hint))
    return memory.backdate("archives", found, str)


def _two_on_one_path(second: Location, first: Location, path: str) -> Diagnostic:
    return Diagnostic(
        "path-twice", f"Two files make the same page, /{path}.", second, help="Give one of them another name or slug.", also=(first,)
    )


def _pages(files: Mapping[str, Document], problems: list[Diagnostic], memory: Memory, *, drafts: bool) -> tuple[PlainPage, ...]:
    found = memory.map_values(
        "pages of files",
        files,
        lambda document: document.page if document.page is not None and (drafts or not document.page.draft) else None,
        DERIVED,
    )
    pages, clashes = memory.compute("pages in order", found, _pages_in_order, tuple[tuple[PlainPage, ...], list[Diagnostic]])
    problems += clashes
    return pages


def _pages_in_order(found: Mapping[str, PlainPage | None]) -> tuple[tuple[PlainPage, ...], list[Diagnostic]]:
    kept: dict[str, PlainPage] = {}
    problems = []
    for page in found.values():
        if page is not None:
            first = kept.setdefault(page.slug, page)
            if first is not page:
                problems.append(_two_on_one_path(page.location, first.location, urls.page_path(page.slug)))
    return tuple(sorted(kept.values(), key=lambda page: (page.slug.rpartition("/")[0], page.order, page.slug))), problems


# --- joining ------------------------------------------------


def _joined(
    kind: str, files: Mapping[str, Document], explainers: Mapping[str, Explainer], problems: list[Diagnostic], memory: Memory
) -> Mapping[str, Any]:
    """Join the records of each id: the shared one first, then those of explainers in the order of their files."""
    listed = memory.map_values(f"{kind}s of explainers", explainers, lambda explainer: _inline(getattr(explainer, f"{kind}s")), DERIVED)
    own = memory.map_values(f"{kind}s of files", files, lambda document: _own(getattr(document, kind)), DERIVED)
    of_all = memory.union(f"{kind}s of all", {"own": own, "listed": listed})
    record, join = (Actor, _join_actor) if kind == "actor" else (Source, _join_source)
    found = memory.invert(f"{kind}s by id", of_all, tuple, record, tuple[str, str])
    return _with_problems(kind, memory.map_values(f"{kind}s, joined", found, join, DERIVED), problems, memory)


def _own(record: Any) -> tuple[tuple[str, Any], ...]:
    return ((record.id, record),) if record is not None else ()


def _with_problems(
    kind: str, joined: Mapping[str, tuple[Any, list[Diagnostic]]], problems: list[Diagnostic], memory: Memory
) -> Mapping[str, Any]:
    """Return the joined records, and add the problems of joining them to `problems`."""
    found = memory.map_values(f"{kind}s, problems", joined, itemgetter(1), list[Diagnostic])
    problems += memory.compute(f"{kind}s, all problems", found, lambda given: list(chain.from_iterable(given.values())), list[Diagnostic])
    return memory.map_values(f"{kind}s, told", joined, itemgetter(0), DERIVED)


def _inline(items: tuple[Any, ...]) -> tuple[tuple[str, Any], ...]:
    return tuple((item.id, item) for item in items if not isinstance(item, Reference))


def _join_actor(records: tuple[Actor, ...]) -> tuple[Actor, list[Diagnostic]]:
    actor, problems = joining.join(records, "actor")
    if actor.type != UNNAMED and not actor.name:
        problems.append(
            Diagnostic(
                "actor-nameless",
                f"The actor “{actor.id}” has no name.",
                actor.location,
                help="Add “name:”, or for an unnamed source “type: UnnamedSource” and “described_as:”.",
            )
        )
    kind = actor_types.kind_of(actor.name) if "type" not in actor.given else ""
    if kind:
        problems.append(actor_types.untyped(actor, kind))
        actor = msgspec.structs.replace(actor, type=kind, derived=("type",))
    elif "type" not in actor.given and actor.type != UNNAMED and actor.name and descriptions_as_names.is_description(actor.name):
        problems.append(descriptions_as_names.as_description(actor))
    return actor, problems


def _join_source(records: tuple[Source, ...]) -> tuple[Source, list[Diagnostic]]:
    return joining.join(records, "source")


def _joined_events(
    files: Mapping[str, Document], explainers: Mapping[str, Explainer], problems: list[Diagnostic], memory: Memory
) -> Mapping[str, Event]:
    """Join the events of each id, each with the `as_of` of its explainer."""
    listed = memory.map_values("timelines of explainers", explainers, _listed_events, DERIVED)
    own = memory.map_values("events of files", files, _own_event, DERIVED)
    of_all = memory.union("events of all", {"own": own, "listed": listed})
    found = memory.invert("events by id", of_all, tuple, tuple[Event | None, When], tuple[str, str])
    heard = memory.map_values("events that are told", found, lambda pairs: any(event is not None for event, _ in pairs), bool)
    known = memory.keys_with_values("ids of events", heard)
    joined = memory.map_values("events, joined", memory.select("events with a record", known, known, found), _join_event, DERIVED)
    return _with_problems("event", joined, problems, memory)


def _own_event(document: Document) -> tuple[tuple[str, tuple[Event, When]], ...]:
    return ((document.event.id, (document.event, When())),) if document.event is not None else ()


def _listed_events(explainer: Explainer) -> tuple[tuple[str, tuple[Event | None, When]], ...]:
    return tuple((item.id, (item if isinstance(item, Event) else None, explainer.as_of)) for item in explainer.timeline)


def _join_event(records: tuple[tuple[Event | None, When], ...]) -> tuple[Event, list[Diagnostic]]:
    pairs = [(event, as_of) for event, as_of in records if event is not None]
    event, problems = joining.join([event for event, _ in pairs], "event")
    found = joining.join_statuses(event, pairs, [as_of for _, as_of in records])
    history = sorted((*found.earlier, *event.history), key=lambda past: dates.sort_key(past.on.date))
    line_of = next((event for event, _ in pairs if "text" in event.given), event)
    joined = msgspec.structs.replace(
        event,
        status=found.status,
        by=found.by,
        history=tuple(history),
        derived=("status",) if found.derived else (),
        summary_in=line_of.location.path,
    )
    return joined, [*problems, *found.problems]


# --- references ------------------------------------------------


def _references(lookup: Lookup, explainer: Explainer) -> None:
    """Report bare ids that no file defines, and of ids where readers see what is written."""
    lookup.report_ids(explainer.topics, explainer.location, explainer.as_words)
    for actor in explainer.actors:
        if isinstance(actor, Actor):
            lookup.report_ids((actor.here,), actor.location, actor.as_words)
    for kind, items in (("actor", explainer.actors), ("source", explainer.sources), ("event", explainer.timeline)):
        for item in items:
            if isinstance(item, Reference) and not lookup.knows(kind, item.id):
                lookup.report_bare(kind, item)


def _resolve_actor(lookup: Lookup, actor: Actor) -> Actor:
    positions = tuple(
        msgspec.structs.replace(held, of=lookup.resolve_name("actor", held.of, held.location, actor.as_words)) for held in actor.positions
    )
    of = lookup.resolve_name("actor", actor.of, actor.location, actor.as_words)
    lookup.report_ids((actor.described_as,), actor.location, actor.as_words)
    for held in actor.positions:
        lookup.report_ids((held.role,), held.location, actor.as_words)
    return actor if positions == actor.positions and of == actor.of else msgspec.structs.replace(actor, positions=positions, of=of)


def _resolve_source(lookup: Lookup, source: Source) -> Source:
    publisher = lookup.resolve_name("actor", source.publisher, source.location, source.as_words)
    return msgspec.structs.replace(source, publisher=publisher, cites=lookup.resolve_ids("source", source.cites, source.location))


def _resolve_event(lookup: Lookup, event: Event) -> Event:
    by = _voices(lookup, event.by, event.location, event.as_words)
    history = []
    for past in event.history:
        known = lookup.resolve_ids("source", (past.source,), past.location) if past.source else ()
        history.append(
            msgspec.structs.replace(past, source=past.source if known else "", by=_voices(lookup, past.by, past.location, event.as_words))
        )
    if "status" not in (*event.given, *event.derived) and history and history[-1].status == event.status:
        by = tuple(dict.fromkeys((*by, *history[-1].by)))  # the status is that of the last entry, and so is who says so
    sources = lookup.resolve_ids("source", event.sources, event.location)
    return msgspec.structs.replace(
        event,
        by=by,
        actors=lookup.resolve_ids("actor", event.actors, event.location),
        sources=sources,
        history=tuple(history),
        unresolved=("sources",) if event.sources and not sources else (),
    )


def _voices(lookup: Lookup, by: tuple[str, ...], location: Location, as_words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the ids of the actors and sources that make a statement."""
    keys = {who: advice.as_id(who) for who in by}
    kinds_of = {who: "source" if lookup.knows("source", key) and not lookup.knows("actor", key) else "actor" for who, key in keys.items()}
    return tuple(lookup.resolve_name(kinds_of[who], who, location, as_words) for who in by)
