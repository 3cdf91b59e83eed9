"""Build the Site, with every link indexed from both ends: what an actor said, which explainers have an event, what cites a source."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from operator import attrgetter, itemgetter
from typing import Any, TypeVar

import msgspec

from builder import dates, urls
from builder.content import mentions
from builder.diagnostics import Location
from builder.i18n.language import Language
from builder.incremental.memo import DERIVED, Memory
from builder.linking.explainer_links import ExplainerLinks, Targets, links_of_explainer, resolve
from builder.linking.joined_records import JoinedRecords
from builder.linking.lookup import Lookup
from builder.model import (
    LONG_LIST,
    UNNAMED,
    Actor,
    Body,
    CastEntry,
    Event,
    Explainer,
    Mention,
    Name,
    Occurrence,
    Quote,
    QuoteKey,
    Reference,
    Settings,
    Site,
    Source,
)

_IdLists = defaultdict[str, list[str]]
_Item = TypeVar("_Item")
Dated = tuple[tuple[str, tuple[Any, QuoteKey]], ...]


def site(records: JoinedRecords, bodies: Mapping[str, Body], lookup: Lookup, settings: Settings, language: Language) -> Site:
    """Gather all records, in their final order, and the links between them. Explainers are without their `bodies`."""
    memory = lookup.memory
    by_slug, actors, events, sources, pages = records
    complete = memory.map_pairs(
        "explainers with their bodies", by_slug, bodies, lambda explainer, body: msgspec.structs.replace(explainer, body=body)
    )
    explainer_links = lookup.each("links of explainers", complete, lambda explainer: links_of_explainer(explainer, lookup), ExplainerLinks)
    targets_of_explainers = memory.map_values("targets of explainers", explainer_links, attrgetter("targets"), Targets)
    targets = {"explainer": targets_of_explainers, **_links_of_records(lookup, records, settings)}
    derived = _Derivations(memory, memory.map_values("sayings", by_slug, _sayings, DERIVED))
    each, turned, said, former = derived.each, derived.inverted, derived.said, derived.former_ids
    quotes = memory.flat_map("quotes", each("quotes of explainers", by_slug, _quotes), Quote, QuoteKey)
    ranks = memory.map_values("days of quotes", quotes, lambda quote: dates.sort_key(quote.said.date), tuple[int, int, int], QuoteKey)
    source_chains = each("source chains of quotes", by_slug, _source_chains, tuple[tuple[str, ...], ...])
    return Site(
        settings=settings,
        language=language,
        explainers=each("explainers alone", by_slug, _alone, Explainer),
        records_in=each("records of explainers", by_slug, _own_records),
        bodies=bodies,
        actors=actors,
        events=events,
        sources=sources,
        pages=pages,
        aliases=derived.filled("explainers with aliases", each("aliases of explainers", by_slug, attrgetter("aliases"), _IDS), _IDS),
        former_actors=former("actors", actors),
        former_events=former("events", events),
        former_sources=former("sources", sources),
        quotes=quotes,
        quotes_in=each("keys of quotes", by_slug, _quote_keys, tuple[QuoteKey, ...]),
        paraphrases=memory.compute("paraphrases", each("paraphrases of each", by_slug, _paraphrases), _paraphrased, bool, QuoteKey),
        quotes_by_day=memory.compute("order of quotes", ranks, _in_order_of_values, tuple[QuoteKey, ...]),
        source_chains=source_chains,
        repeated_reports=memory.compute("what quotes tell was taken over", source_chains, _repeated_reports, tuple[tuple[str, str], ...]),
        marked=derived.filled("explainers with marked quotes", each("whether quotes are marked", by_slug, _has_marked_quotes, bool), bool),
        last_changes=each("days of last changes", by_slug, _last_change, tuple[str, str]),
        cast=each("cast", explainer_links, attrgetter("cast"), tuple[CastEntry, ...]),
        timelines=each("timelines", explainer_links, attrgetter("timeline"), tuple[str, ...]),
        explainer_sources=each("explainer sources", explainer_links, attrgetter("sources"), tuple[str, ...]),
        capitals=each("capitalised words", bodies, lambda body: mentions.capitals(body.text), tuple[str, ...]),
        occurrences=each("occurrences", explainer_links, attrgetter("occurrences"), tuple[Occurrence, ...]),
        targets=memory.union("targets", targets),
        said_by=said("said by", 0),
        said_to=said("said to", 1),
        said_about=said("said about", 2),
        replies=turned("replies", by_slug, _replies, tuple[str, QuoteKey], QuoteKey),
        events_of=turned("events of", events, lambda event: _from(event.actors, event.id)),
        events_attributed_to=turned("events attributed to", events, _attributions),
        mentions=turned("mentions", explainer_links, attrgetter("mentions"), Mention),
        event_mentions=turned("event mentions", explainer_links, attrgetter("event_mentions"), Mention),
        quotes_by_source=said("quotes by source", 3),
        events_from=turned("events from", events, lambda event: _from(event.sources, event.id)),
        explainers_using=turned("explainers using", explainer_links, attrgetter("used_sources")),
        sources_citing=turned("sources citing", sources, lambda source: _from(source.cites, source.id)),
        publishes=_known("publishes", turned("all published", sources, _publisher), actors, memory),
        members=_known("members", turned("all members", actors, _bodies_of), actors, memory),
        topics=memory.compute("topics", each("topics of explainers", by_slug, attrgetter("topics"), _IDS), _topics, _IDS),
        names=memory.compute("names to look for", each("names of each", actors, _names, _IDS), _by_first_word, tuple[Name, ...]),
        addresses=_addresses(memory, records),
        explainers_of=turned("explainers of", explainer_links, attrgetter("acting")),
    )


_IDS = tuple[str, ...]


class _Derivations:
    """Fields of a Site that are derived from others, each a step of the memo with a name."""

    def __init__(self, memory: Memory, sayings: Mapping[str, tuple[Dated, ...]]) -> None:
        """`sayings` has, by explainer, what `_sayings` returns."""
        self._memory = memory
        self._sayings = sayings

    def each(self, step: str, of: Mapping[Any, Any], make: Callable[[Any], Any], kind: Any = DERIVED) -> Mapping[str, Any]:
        """Return `make(record)` for each of some records, by id."""
        return self._memory.map_values(step, of, make, kind)

    def inverted(
        self, step: str, of: Mapping[Any, Any], make: Callable[[Any], Any], kind: Any = str, keys: Any = str
    ) -> Mapping[Any, tuple[Any, ...]]:
        """Return the links that `make(record)` returns, as (id, item), as the items of each id."""
        return self._memory.invert(step, self.each(f"{step} of each", of, make), tuple, kind, keys=keys)

    def said(self, step: str, n: int) -> Mapping[Any, tuple[Any, ...]]:
        """Return the quotes of each record, by date; `n` is which of `_sayings` is meant."""
        links = self.each(f"{step} of each", self._sayings, itemgetter(n))
        return self._memory.invert(step, links, _by_date, tuple[tuple[int, int, int], QuoteKey])

    def former_ids(self, of: str, records: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
        """Return the former ids of the records that have some."""
        found = self.each(f"former ids of {of}", records, attrgetter("former_ids"), _IDS)
        return self.filled(f"{of} with former ids", found, _IDS)

    def filled(self, step: str, found: Mapping[str, _Item], kind: Any) -> Mapping[str, _Item]:
        """Return the values that are not empty."""
        return self._memory.compute(step, found, _filled, kind)


LIST_LIMITS: tuple[tuple[str, str, int], ...] = (
    *(
        ("actor", field, LONG_LIST)
        for field in ("said_by", "said_to", "events_of", "events_attributed_to", "mentions", "members", "publishes")
    ),
    *(("event", field, LONG_LIST) for field in ("said_about", "event_mentions")),
    *(("source", field, LONG_LIST) for field in ("quotes_by_source", "explainers_using", "sources_citing")),
    # Shown as one list.
    *(("source", field, LONG_LIST // 2) for field in ("events_from", "events_attributed_to")),
)
"""Fields of a Site with lists of a record, each with the number of entries above which the list gets pages of its own."""


def ids_with_long_lists(site: Site, memory: Memory) -> Mapping[str, tuple[str, ...]]:
    """Return the ids of actors, events and sources with a long list, sorted, by kind."""
    found = [
        memory.map_values(f"long lists of {kind}s, {field}", getattr(site, field), partial(_is_longer, most), bool)
        for kind, field, most in LIST_LIMITS
    ]
    return memory.compute(
        "records with a long list", (*found, tuple(site.actors), tuple(site.events), tuple(site.sources)), _with_long_lists, tuple[str, ...]
    )


def _is_longer(most: int, entries: tuple[Any, ...]) -> bool:
    return len(entries) > most


def _with_long_lists(given: tuple[Any, ...]) -> dict[str, tuple[str, ...]]:
    *lists, actors, events, sources = given
    known = {"actor": frozenset(actors), "event": frozenset(events), "source": frozenset(sources)}
    found: dict[str, set[str]] = {kind: set() for kind in known}
    for (kind, _, _), of_field in zip(LIST_LIMITS, lists, strict=True):
        found[kind].update(key for key, is_longer in of_field.items() if is_longer)
    return {kind: tuple(sorted(keys & known[kind])) for kind, keys in found.items()}


def _quote_keys(explainer: Explainer) -> tuple[QuoteKey, ...]:
    return tuple((explainer.slug, quote.id) for quote in explainer.quotes)


def _source_chains(explainer: Explainer) -> tuple[tuple[str, ...], ...]:
    return tuple(quote.via for quote in explainer.quotes if quote.via)


def _has_marked_quotes(explainer: Explainer) -> bool:
    return any(quote.in_body for quote in explainer.quotes)


def _in_order_of_values(ranks: Mapping[QuoteKey, tuple[int, int, int]]) -> tuple[QuoteKey, ...]:
    return tuple(sorted(ranks, key=ranks.__getitem__))


def _attributions(event: Event) -> tuple[tuple[str, str], ...]:
    return _from((*event.by, *(who for past in event.history for who in past.by)), event.id)


def _quotes(explainer: Explainer) -> tuple[tuple[QuoteKey, Quote], ...]:
    return tuple(((explainer.slug, quote.id), quote) for quote in explainer.quotes)


def _paraphrases(explainer: Explainer) -> tuple[QuoteKey, ...]:
    return tuple((explainer.slug, quote.id) for quote in explainer.quotes if quote.is_paraphrase)


def _paraphrased(given: Mapping[str, tuple[QuoteKey, ...]]) -> dict[QuoteKey, bool]:
    return {key: True for keys in given.values() for key in keys}


def _names(actor: Actor) -> tuple[str, ...]:
    return tuple(mentions.plain(name) for name in (actor.name, *actor.alias) if name) if actor.type != UNNAMED else ()


def _by_first_word(given: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[Name, ...]]:
    """Return the names that belong to one actor only, by their first capitalised word; names without one are left out."""
    owners: dict[str, set[str]] = defaultdict(set)
    for key, names in given.items():
        for name in names:
            owners[name].add(key)
    found: dict[str, list[Name]] = defaultdict(list)
    for name, of in owners.items():
        words = mentions.capitals(name)
        if len(of) == 1 and words:
            found[words[0]].append(Name(name, words, *of))
    return {word: tuple(names) for word, names in found.items()}


def _alone(explainer: Explainer) -> Explainer:
    return msgspec.structs.replace(explainer, actors=(), sources=(), quotes=(), timeline=())


def _own_records(explainer: Explainer) -> tuple[Actor | Event, ...]:
    return tuple(actor for actor in (*explainer.actors, *explainer.timeline) if not isinstance(actor, Reference))


def _repeated_reports(source_chains: Mapping[str, tuple[tuple[str, ...], ...]]) -> tuple[tuple[str, str], ...]:
    named = [via for of_explainer in source_chains.values() for via in of_explainer]
    first = {via[0] for via in named}
    return tuple(dict.fromkeys((later, earlier) for via in named for n, later in enumerate(via) if later in first for earlier in via[:n]))


def _filled(given: Mapping[str, _Item]) -> dict[str, _Item]:
    return {key: found for key, found in given.items() if found}


def _last_change(explainer: Explainer) -> tuple[str, str]:
    day = explainer.updated.date or explainer.published.date
    first = dates.iso(day.lower) if day is not None else ""
    # As sitemaps take it, W3C's profile of ISO 8601: a year, a month or a day.
    for when in (explainer.updated, explainer.published):
        if when.date is not None and (found := dates.html_datetime(when.date).partition("T")[0]):
            return found, first
    return "", first


def _from(keys: Iterable[str], owner: str) -> tuple[tuple[str, str], ...]:
    """Return (id, owner) for each of the ids, without duplicates."""
    return tuple((key, owner) for key in dict.fromkeys(keys) if key)


def _known(step: str, found: Mapping[str, tuple[str, ...]], actors: Mapping[str, Actor], memory: Memory) -> Mapping[str, tuple[str, ...]]:
    """Return the links that lead to an actor; others are plain words."""
    keys = memory.compute(
        f"{step}, known", (tuple(found), tuple(actors)), lambda given: tuple(sorted({*given[0]} & {*given[1]})), tuple[str, ...]
    )
    return memory.select(step, keys, keys, found)


# --- from both ends ------------------------------------------------


def _sayings(explainer: Explainer) -> tuple[Dated, Dated, Dated, Dated]:
    """Return (id, (sort key, quote)) for the speakers, addressees, events and sources of each quote."""
    by: list[tuple[str, tuple[Any, QuoteKey]]] = []
    to: list[tuple[str, tuple[Any, QuoteKey]]] = []
    about: list[tuple[str, tuple[Any, QuoteKey]]] = []
    via: list[tuple[str, tuple[Any, QuoteKey]]] = []
    for quote in explainer.quotes:
        dated = (dates.sort_key(quote.said.date), (explainer.slug, quote.id))
        for ids, found in ((quote.speakers, by), (quote.to, to), (quote.about, about), (quote.via, via)):
            found += [(record_id, dated) for record_id in ids]
    return tuple(by), tuple(to), tuple(about), tuple(via)


def _by_date(items: Iterable[tuple[Any, QuoteKey]]) -> tuple[QuoteKey, ...]:
    return tuple(key for _, key in sorted(items, key=lambda item: item[0]))


def _replies(explainer: Explainer) -> tuple[tuple[QuoteKey, tuple[str, QuoteKey]], ...]:
    found = []
    for quote in explainer.quotes:
        found += [(key, (relation, (explainer.slug, quote.id))) for relation, key in quote.relations]
    return tuple(found)


def _topics(of_explainers: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: _IdLists = defaultdict(list)
    for slug, topics in of_explainers.items():
        for topic in topics:
            found[topic].append(slug)
    return {topic: tuple(found[topic]) for topic in sorted(found)}


_ADDRESS: Mapping[str, Callable[[str], str]] = {"actor": urls.actor_path, "event": urls.event_path, "source": urls.source_path}


def _addresses(memory: Memory, records: JoinedRecords) -> Mapping[str, str]:
    files = memory.map_values("files of explainers", records.explainers, lambda explainer: explainer.location.path, str)
    by_kind: dict[str, Mapping[str, Any]] = {"actor": records.actors, "event": records.events, "source": records.sources}
    shared = [memory.map_values(f"files of shared {kind}s", those, _file_of_shared, str) for kind, those in by_kind.items()]

    def gathered(given: tuple[Any, ...]) -> dict[str, str]:
        explainers, plain, *shared = given
        found = {path: urls.explainer_path(slug) for slug, path in explainers.items()}
        found |= {path: urls.page_path(slug) for path, slug in plain}
        for kind, paths in zip(by_kind, shared, strict=True):
            found |= {path: _ADDRESS[kind](key) for key, path in paths.items() if path}
        return found

    plain = tuple((page.location.path, page.slug) for page in records.pages)
    return memory.compute("addresses", (files, plain, *shared), gathered, str)


def _file_of_shared(record: Actor | Event | Source) -> str:
    return record.location.path if record.shared else ""


def _publisher(source: Source) -> tuple[tuple[str, str], ...]:
    return _from((source.publisher,), source.id)


def _bodies_of(actor: Actor) -> tuple[tuple[str, str], ...]:
    return _from((actor.of, *(held.of for held in actor.positions)), actor.id)


# --- [[links]] ------------------------------------------------


Words = tuple[tuple[Body | None, ...], Location]
"""The texts of a record, and its place."""


def _links_of_records(lookup: Lookup, records: JoinedRecords, settings: Settings) -> dict[str, Mapping[str, Targets]]:
    """Return the targets of the links in the texts of all records but explainers, by the kind of record."""
    memory = lookup.memory
    _, actors, events, sources, pages = records
    texts: dict[str, Mapping[str, Words]] = {
        "actor": memory.map_values("texts of actors", actors, lambda actor: ((actor.text,), actor.location), DERIVED),
        "event": memory.map_values("texts of events", events, lambda event: ((event.text, event.summary), event.location), DERIVED),
        "source": memory.map_values("texts of sources", sources, lambda source: ((source.text,), source.location), DERIVED),
        "page": memory.compute("texts of pages", pages, lambda given: {page.slug: ((page.body,), page.location) for page in given}, Words),
        "site": memory.compute(
            "texts of the site", settings.footer, lambda footer: {"": ((footer,), Location("content/site.yaml"))}, Words
        ),
    }
    return {
        kind: lookup.each(f"links of {kind}s", those, lambda text: resolve(lookup, "", frozenset(), *text), Targets)
        for kind, those in texts.items()
    }
