"""All Documents in, one Site out: records of one id are joined, references resolved, what was left out is derived, and every link is known from both ends.

What leads nowhere is told and left out, so that every id in a Site leads to a record of that Site.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence

import msgspec

from builder import dates, urls
from builder.crossref import backlinks, defaults, joining
from builder.crossref.lookup import Lookup
from builder.diagnostics import Diagnostic, Place
from builder.language import Language
from builder.model import UNNAMED, Actor, Document, Event, Explainer, PlainPage, Reference, Settings, Site, Source, When
from builder.parse import slug_of


def crossref(
    settings: Settings, language: Language, documents: Iterable[Document], *, drafts: bool = False
) -> tuple[Site, tuple[Diagnostic, ...]]:
    """Join what all files say.

    `documents` in any order; with `drafts` the drafts are taken in too. Returns the Site and the problems that only show between files.
    """
    documents = sorted(documents, key=lambda document: document.path)
    problems: list[Diagnostic] = []
    explainers = _explainers(documents, problems, drafts=drafts)
    lookup = Lookup({document.path: document.spots for document in documents if document.spots})
    actors = _join_actors(documents, explainers, problems)
    sources = _join_sources(documents, explainers, problems)
    events = _join_events(documents, explainers, problems)
    pages = _pages(documents, problems, drafts=drafts)
    lookup.add(actors, events, sources, explainers, pages)
    _references(lookup, explainers)
    actors = {key: _resolve_actor(lookup, actor) for key, actor in actors.items()}
    sources = {key: _resolve_source(lookup, source) for key, source in sources.items()}
    events = {key: _resolve_event(lookup, event) for key, event in events.items()}
    resolved = tuple(defaults.explainer(lookup, explainer, actors, sources) for explainer in explainers)
    ordered_events = dict(sorted(events.items(), key=lambda item: (*dates.sort_key(item[1].when.date), item[0])))
    ordered_actors = dict(sorted(actors.items(), key=lambda item: (_by_name(item[1].title), item[0])))
    site = backlinks.site(settings, language, resolved, ordered_actors, ordered_events, dict(sorted(sources.items())), pages, lookup)
    site = msgspec.structs.replace(site, archives=_archives(lookup, documents))
    return site, tuple(sorted((*problems, *lookup.problems), key=lambda problem: problem.sort_key))


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


def _join_actors(documents: Sequence[Document], explainers: Sequence[Explainer], problems: list[Diagnostic]) -> dict[str, Actor]:
    found: dict[str, list[Actor]] = defaultdict(list)
    for document in documents:
        if document.actor is not None:
            found[document.actor.id].append(document.actor)
    for explainer in _in_file_order(explainers):
        for item in explainer.actors:
            if isinstance(item, Actor):
                found[item.id].append(item)
    joined = {}
    for key, records in found.items():
        joined[key], more = joining.join(records, "actor")
        problems += more
        if joined[key].type != UNNAMED and not joined[key].name:
            problems.append(
                Diagnostic(
                    "actor-nameless",
                    f"The actor “{key}” has no name.",
                    joined[key].place,
                    help="Add “name:”, or for an unnamed source “type: UnnamedSource” and “described_as:”.",
                )
            )
    return joined


def _join_sources(documents: Sequence[Document], explainers: Sequence[Explainer], problems: list[Diagnostic]) -> dict[str, Source]:
    found: dict[str, list[Source]] = defaultdict(list)
    for document in documents:
        if document.source is not None:
            found[document.source.id].append(document.source)
    for explainer in _in_file_order(explainers):
        for item in explainer.sources:
            if isinstance(item, Source):
                found[item.id].append(item)
    joined = {}
    for key, records in found.items():
        joined[key], more = joining.join(records, "source")
        problems += more
    return joined


def _join_events(documents: Sequence[Document], explainers: Sequence[Explainer], problems: list[Diagnostic]) -> dict[str, Event]:
    found: dict[str, list[tuple[Event, When]]] = defaultdict(list)
    latest: dict[str, When] = {}
    for document in documents:
        if document.event is not None:
            found[document.event.id].append((document.event, When()))
    for explainer in _in_file_order(explainers):
        for item in explainer.timeline:
            if isinstance(item, Event):
                found[item.id].append((item, explainer.as_of))
            latest[item.id] = defaults.later(latest.get(item.id, When()), explainer.as_of)
    joined: dict[str, Event] = {}
    for key, pairs in found.items():
        event, more = joining.join([event for event, _ in pairs], "event")
        status, derived, steps, disagreements = joining.statuses(pairs)
        problems += more
        problems += disagreements
        if derived:
            status = defaults.status(event, latest.get(key, When()))
        history = sorted((*steps, *event.history), key=lambda step: dates.sort_key(step.on.date))
        joined[key] = msgspec.structs.replace(event, status=status, history=tuple(history), derived=("status",) if derived else ())
    return joined


def _in_file_order(explainers: Sequence[Explainer]) -> list[Explainer]:
    return sorted(explainers, key=lambda explainer: explainer.place.path)


# --- references ------------------------------------------------


def _references(lookup: Lookup, explainers: Sequence[Explainer]) -> None:
    """Tell of bare ids that no file defines."""
    for explainer in explainers:
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
