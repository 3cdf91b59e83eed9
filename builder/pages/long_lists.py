"""Lists of a record that are too long for its page: the page shows one end of them, and further pages show them whole.

Otherwise the page of an actor in every explainer of an archive would weigh megabytes, and be made again after each edit.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from builder import urls
from builder.model import LONG_LIST, ORGANIZATION, Mention, QuoteKey, RecordKey, Site
from builder.pages import cards, labels, timeline_spans
from builder.pages.page import PER_PAGE, Page, Pager, Query, paginate
from builder.pages.shapes import EventCard, MentionView, QuoteCard, Ref

SHOWN = 50
"""Entries of a long list on the page of its record; a list of up to `LONG_LIST` is there whole."""


class TruncatedList(msgspec.Struct, frozen=True, gc=False):
    """A list of which the page of a record shows one end, and where all of it is."""

    name: str
    """The field of the page that has the entries shown."""
    path: str
    all: str
    """The words that lead there."""
    shown: str
    """Which are shown, in words."""


class RoleInStory(msgspec.Struct, frozen=True, gc=False):
    """The role in one story."""

    explainer: Ref
    here: str


class EntriesPage(msgspec.Struct, frozen=True, gc=False):
    """What `entries.html` shows.

    A part of a long list; all kinds of entries are empty but its own.
    """

    path: str
    root: str
    section: str
    title: str
    summary: str
    of: Ref
    """The record whose list it is."""
    total: int
    """Entries on all pages of the list."""
    how_many: str
    """How many of them are quotes, and how many paraphrases; "" if there are no paraphrases."""
    quotes: tuple[QuoteCard, ...]
    events: tuple[EventCard, ...]
    groups: tuple[timeline_spans.Group, ...]
    parts: tuple[RoleInStory, ...]
    mentions: tuple[MentionView, ...]
    links: tuple[Ref, ...]
    pager: Pager


class RecordList(msgspec.Struct, frozen=True):
    """A list on the page of a record."""

    name: str
    """The field of the page that shows it."""
    path: str
    """Of its own first page, below that of the record."""
    entries: Callable[[Site, str], tuple[Any, ...]]
    kind: str
    """What it has entries of: the field of `EntriesPage`."""
    title: Callable[[Callable[[str], str]], str]
    """From the words of the interface to its heading."""
    ends: bool = False
    """Whether the page shows its end, where what is in order of time is the latest; else its beginning."""


def _of(field: str) -> Callable[[Site, str], tuple[Any, ...]]:
    return lambda site, key: getattr(site, field).get(key, ())


def _told_to(site: Site, actor_id: str) -> tuple[QuoteKey, ...]:
    # What is said to a newspaper is what it publishes.
    publishes = site.actors[actor_id].type == ORGANIZATION and site.publishes.get(actor_id)
    return () if publishes else site.said_to.get(actor_id, ())


def _vouches_for(site: Site, record_id: str) -> tuple[str, ...]:
    took_part = frozenset(site.events_of.get(record_id, ()))
    return tuple(event for event in site.events_attributed_to.get(record_id, ()) if event not in took_part)


RECORD_LISTS: Mapping[str, tuple[RecordList, ...]] = {
    "actor": (
        RecordList("said", "quotes/", _of("said_by"), "quotes", lambda word: word("Quotes"), ends=True),
        RecordList("told", "heard/", _told_to, "quotes", lambda word: word("Said to them"), ends=True),
        RecordList("events", "events/", _of("events_of"), "events", lambda word: word("Events"), ends=True),
        RecordList("vouches_for", "accounts/", _vouches_for, "events", lambda word: word("Events reported on their word"), ends=True),
        RecordList("mentions", "explainers/", _of("mentions"), "mentions", lambda word: word("Mentions")),
        RecordList("members", "members/", _of("members"), "actors", lambda word: word("Members")),
        RecordList("publishes", "sources/", _of("publishes"), "sources", lambda word: word("Reports")),
    ),
    "event": (
        RecordList("quotes", "quotes/", _of("said_about"), "quotes", lambda word: word("Quotes"), ends=True),
        RecordList("mentions", "explainers/", _of("event_mentions"), "mentions", lambda word: word("In these explainers")),
    ),
    "source": (
        RecordList("quotes", "quotes/", _of("quotes_by_source"), "quotes", lambda word: word("Quotes"), ends=True),
        RecordList("events", "events/", cards.events_of_source, "events", lambda word: word("Events"), ends=True),
        RecordList("explainers", "explainers/", _of("explainers_using"), "explainers", lambda word: word("Used in")),
        RecordList("cited_by", "citing/", _of("sources_citing"), "sources", lambda word: word("Cited by")),
    ),
}
"""The lists that may be long, by the kind of record. A new one is a line here, and its field in `linking.backlinks`, which finds the long ones."""

_RECORDS: Mapping[str, tuple[Callable[[str], str], Callable[[Site, str], Ref]]] = {
    "actor": (urls.actor_path, cards.actor_ref),
    "event": (urls.event_path, cards.event_ref),
    "source": (urls.source_path, cards.source_ref),
}


def _all(site: Site, kind: str, entries: Sequence[Any]) -> str:
    plural, number = site.language.plural, len(entries)
    if kind == "quotes" and (paraphrases := cards.count_by_mode(site, entries)[1]):
        if paraphrases == number:
            return plural("One paraphrase", "All {n} paraphrases", number)
        return site.language.word("All {list}").format(list=labels.how_many(site.language, number - paraphrases, paraphrases))
    return {
        "quotes": plural("One quote", "All {n} quotes", number),
        "events": plural("One event", "All {n} events", number),
        "mentions": plural("One explainer", "All {n} explainers", number),
        "explainers": plural("One explainer", "All {n} explainers", number),
        "actors": plural("One person or body", "All {n} people and bodies", number),
        "sources": plural("One source", "All {n} sources", number),
    }[kind]


def titles(site: Site, record: str) -> dict[str, str]:
    """Return the heading of each list of an `actor`, `event` or `source`, by its name."""
    return {record_list.name: record_list.title(site.language.word) for record_list in RECORD_LISTS[record]}


def shown(site: Site, record: str, record_id: str) -> tuple[dict[str, tuple[Any, ...]], tuple[TruncatedList, ...]]:
    """Return, for the page of an `actor`, `event` or `source`, the entries of each list by its name, and the lists that are cut."""
    found: dict[str, tuple[Any, ...]] = {}
    longer = []
    for record_list in RECORD_LISTS[record]:
        entries = record_list.entries(site, record_id)
        if len(entries) > LONG_LIST:
            words = site.language.word("The last {n} of {all}.") if record_list.ends else site.language.word("The first {n} of {all}.")
            words = words.format(n=site.language.number(SHOWN), all=site.language.number(len(entries)))
            longer.append(
                TruncatedList(
                    record_list.name, _RECORDS[record][0](record_id) + record_list.path, _all(site, record_list.kind, entries), words
                )
            )
            entries = entries[-SHOWN:] if record_list.ends else entries[:SHOWN]
        found[record_list.name] = entries
    return found, tuple(longer)


def index_pages(site: Site) -> Iterator[Page]:
    """Yield the pages of all lists that are too long for the page of their record."""
    for record, keys in site.ids_with_long_lists.items():
        for key in keys:
            for record_list in RECORD_LISTS[record]:
                entries = record_list.entries(site, key)
                if len(entries) > LONG_LIST:
                    for path, pager, part in paginate(_RECORDS[record][0](key) + record_list.path, entries, PER_PAGE):
                        yield Page(
                            path,
                            "entries.html",
                            Query(_page, (record, key), record_list.name, path, pager, part),
                            kind="list",
                            key=(record, key),
                        )


def _page(site: Site, owner: RecordKey, name: str, path: str, pager: Pager, part: slice) -> EntriesPage:
    record, record_id = owner
    root = urls.root_path(path)
    listed = next(record_list for record_list in RECORD_LISTS[record] if record_list.name == name)
    entries = listed.entries(site, record_id)
    here = entries[part]
    of = _RECORDS[record][1](site, record_id)
    title = listed.title(site.language.word)
    events = tuple(cards.event_card(site, event, root) for event in here) if listed.kind == "events" else ()
    return EntriesPage(
        path=path,
        root=root,
        section=f"{record}s",
        title=title,
        summary=site.language.word("{name}: {list}, page {number}.").format(
            name=of.name, list=title, number=site.language.number(pager.number)
        ),
        of=of,
        total=len(entries),
        how_many=labels.how_many(site.language, *cards.count_by_mode(site, entries))
        if listed.kind == "quotes" and cards.count_by_mode(site, entries)[1]
        else "",
        quotes=tuple(cards.quote_card(site, quote) for quote in here) if listed.kind == "quotes" else (),
        events=events,
        groups=timeline_spans.groups(site, events),
        parts=roles(site, record_id, here) if listed.kind == "mentions" and record == "actor" else (),
        mentions=tuple(cards.mention(site, mention) for mention in here) if listed.kind == "mentions" else (),
        links=_links(site, listed.kind, here),
        pager=pager,
    )


def _links(site: Site, kind: str, ids: Sequence[str]) -> tuple[Ref, ...]:
    if kind == "actors":
        return tuple(cards.actor_ref(site, key) for key in ids)
    if kind == "sources":
        return tuple(cards.source_ref(site, key) for key in ids)
    return tuple(cards.explainer_ref(site.explainers[key]) for key in ids) if kind == "explainers" else ()


def roles(site: Site, record_id: str, mentions: Sequence[Mention]) -> tuple[RoleInStory, ...]:
    """Return the role of an actor in each of the explainers that give one."""
    found = ((mention.slug, _roles_in(site, mention.slug).get(record_id, "")) for mention in mentions)
    return tuple(RoleInStory(cards.explainer_ref(site.explainers[slug]), here) for slug, here in found if here)


@cards.once_a_site
def _roles_in(site: Site, slug: str) -> dict[str, str]:
    """Return the role of each actor in one explainer."""
    return {part.id: part.here for part in site.cast[slug]}
