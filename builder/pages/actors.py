"""Actors: the list by kind and surname, and a page for each that gathers what all explainers say of them."""

from collections.abc import Iterator, Mapping

import msgspec

from builder import urls
from builder.i18n.lexicons.name_order import FamilyName, family_name
from builder.model import ACTOR_TYPES, LONG_LIST, PERSON, UNNAMED, Actor, QuoteKey, Site, Trusted
from builder.model.descriptions import reads_as_one
from builder.pages import body_html, cards, changes, data_files, data_records, labels, long_lists, timeline_spans
from builder.pages.changes import Day
from builder.pages.network import Companion, Connection, companions, connections, newest
from builder.pages.page import Page, Pager, Query, paginate
from builder.pages.shapes import ActorCard, DataFile, DateView, EventCard, Frame, MentionView, QuoteCard, Ref

PER_LIST = 500


class QuotesOnEvent(msgspec.Struct, frozen=True, gc=False):
    """Quotes about an event that the actor took part in."""

    event: Ref
    quotes: tuple[QuoteCard, ...]
    cut: bool
    """Whether more was said than is shown; the event's own page has it."""


class ActorPage(msgspec.Struct, frozen=True, gc=False):
    """What `actor.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    actor: ActorCard
    as_of: DateView | None
    """The newest `as_of` of the explainers that name them."""
    alias: tuple[str, ...]
    same_as: tuple[Ref, ...]
    knows_because: str
    anonymity_reason: str
    count: str
    """Of an unnamed source: the number of people, or `Not stated`; "" if the description is of one."""
    biography: Trusted
    parts: tuple[long_lists.RoleInStory, ...]
    """What they do in each story."""
    said: tuple[QuoteCard, ...]
    """In order of time."""
    told: tuple[QuoteCard, ...]
    """What others said to them."""
    events: tuple[EventCard, ...]
    groups: tuple[timeline_spans.Group, ...]
    """The events by year or month; empty where they are few."""
    vouches_for: tuple[EventCard, ...]
    """Events that they are not involved in, and say something of: `by`."""
    about: tuple[QuotesOnEvent, ...]
    """What others said about the events they took part in."""
    mentions: tuple[MentionView, ...]
    connections: tuple[Connection, ...]
    """Actors that records connect with them, most ties first."""
    companions: tuple[Companion, ...]
    """Actors named in the same explainers, most frequent first."""
    newest: int
    """In how many of the newest explainers companions are counted; 0 where that is all of them."""
    members: tuple[Ref, ...]
    lists_members: bool
    """Whether any of the members is not among the connections; else the list would say nothing new."""
    publishes: tuple[Ref, ...]
    days: tuple[Day, ...]
    """What is new about them, the newest first."""
    data: tuple[DataFile, ...]
    extra: tuple[tuple[str, str], ...]
    frame: Frame | None
    """Nothing where the site has no `embeds`."""
    titles: Mapping[str, str]
    """The heading of each list, by the field that has it."""
    longer: tuple[long_lists.TruncatedList, ...]
    """The lists of which only one end is here."""


class ActorEntry(msgspec.Struct, frozen=True, gc=False):
    """An actor in the list of all."""

    actor: ActorCard
    before: str
    """Of a person, the names before that by which they stand in the list."""
    surname: str
    """That name; of all others the whole name."""
    quotes: int
    paraphrases: int


class ActorGroup(msgspec.Struct, frozen=True, gc=False):
    """All actors of one kind."""

    title: str
    anchor: str
    actors: tuple[ActorEntry, ...]
    number: int


class ActorsPage(msgspec.Struct, frozen=True, gc=False):
    """What `actors.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    kinds: tuple[ActorGroup, ...]
    pager: Pager


def detail_pages(site: Site) -> Iterator[Page]:
    """Yield a page for each actor."""
    for key in site.actors:
        data = Query(data_records.actor_data, key)
        yield Page(urls.actor_path(key), "actor.html", Query(_page, key), data, "actor", ("actor", key))


def _page(site: Site, actor_id: str) -> ActorPage:
    actor = site.actors[actor_id]
    path = urls.actor_path(actor_id)
    root = urls.root_path(path)
    shown, longer = long_lists.shown(site, "actor", actor_id)
    card = cards.actor_card(site, actor_id)
    timeline = tuple(cards.event_card(site, event, root) for event in shown["events"])
    members, connected = tuple(cards.actor_ref(site, member) for member in shown["members"]), connections(site, actor_id)
    return ActorPage(
        path=path,
        root=root,
        section="actors",
        title=actor.title[:1].upper() + actor.title[1:],
        summary=_summary(site, card),
        actor=card,
        as_of=cards.actor_as_of(site, actor_id),
        alias=actor.alias + actor.weak_alias,
        same_as=tuple(map(labels.same_as, actor.same_as)),
        knows_because=_in_a_sentence(actor.knows_because),
        anonymity_reason=_in_a_sentence(actor.anonymity_reason),
        count=_count(site, actor),
        biography=body_html.text(site, ("actor", actor_id), actor.text, root, file=actor.location.path),
        parts=long_lists.roles(site, actor_id, shown["mentions"]),
        said=tuple(cards.quote_card(site, quote) for quote in shown["said"]),
        told=tuple(cards.quote_card(site, quote) for quote in shown["told"]),
        events=timeline,
        groups=timeline_spans.groups(site, timeline),
        vouches_for=tuple(cards.event_card(site, event, root) for event in shown["vouches_for"]),
        about=_about(site, shown["events"], frozenset(site.said_by.get(actor_id, ()))),
        mentions=tuple(cards.mention(site, mention) for mention in shown["mentions"]),
        connections=connected,
        companions=companions(site, actor_id),
        newest=newest(site, actor_id),
        members=members,
        lists_members=not {member.path for member in members} <= {connection.actor.path for connection in connected},
        publishes=tuple(cards.source_ref(site, source) for source in shown["publishes"]),
        days=changes.of_actor(site, actor_id, root),
        data=data_files.of_actor(site, actor_id) + (data_files.feeds_of(site, path) if data_records.full(site) else ()),
        # Private notes on an unnamed source could identify it.
        extra=cards.noted(site, actor.extra) if actor.type != UNNAMED else (),
        frame=cards.frame(site, "actors", actor_id, title=actor.title),
        titles=long_lists.titles(site, "actor"),
        longer=longer,
    )


def _about(site: Site, events: tuple[str, ...], own: frozenset[QuoteKey]) -> tuple[QuotesOnEvent, ...]:
    """Return the quotes of others about some events, without `own`; those about the last events if there are too many for a page."""
    found = []
    left = LONG_LIST
    for event in reversed(events):
        others = [quote for quote in site.said_about.get(event, ()) if quote not in own]
        here = others[-left:] if left else []
        if others:
            found.append(
                QuotesOnEvent(cards.event_ref(site, event), tuple(cards.quote_card(site, quote) for quote in here), len(here) < len(others))
            )
        left -= len(here)
    return tuple(reversed(found))


def _in_a_sentence(words: str) -> str:
    """Return the words of the reports; "" for `unknown`, which the page words itself."""
    return "" if words == "unknown" else words


def _count(site: Site, actor: Actor) -> str:
    """Return the number of people in an unnamed source; "" if the description has it, as “a diplomat” does."""
    if actor.type != UNNAMED or _in_a_sentence(actor.count):
        return _in_a_sentence(actor.count)
    return "" if reads_as_one(actor.described_as) else site.language.word("Not stated")


def _summary(site: Site, card: ActorCard) -> str:
    if card.type == UNNAMED:
        # One sentence for one and for many: words of a report stand before it in either number.
        described = (card.described_as or card.name).rstrip(".")
        return site.language.word("{description}, not named in the reports.").format(description=described[:1].upper() + described[1:])
    parts = [office.role for office in card.offices if office.until is None and not office.until_unknown] or [card.kind_words]
    return f"{card.name}: {', '.join(parts)}."


def index_pages(site: Site) -> Iterator[Page]:
    """Yield the list of all actors: by kind, people by surname."""
    for path, pager, part in paginate("actors/", site.actors, PER_LIST):
        yield Page(path, "actors.html", Query(_list, path, pager, part), kind="list")


@cards.once_a_site
def _ordered(site: Site) -> list[tuple[str, str]]:
    """Return all actors as (kind, id), in the order of the list."""
    found = [(kind, key) for kind in ACTOR_TYPES for key, actor in site.actors.items() if actor.type == kind]
    people = sum(1 for kind, _ in found if kind == PERSON)
    return [*sorted(found[:people], key=lambda entry: (urls.slug(_names(site.actors[entry[1]])[1]), entry[1])), *found[people:]]


def _list(site: Site, path: str, pager: Pager, part: slice) -> ActorsPage:
    word = site.language.word
    headings = {
        "Person": word("People"),
        "Organization": word("Organizations"),
        "PublicBody": word("Government bodies"),
        "Country": word("Countries"),
        "Group": word("Groups"),
        UNNAMED: word("Unnamed sources"),
    }
    found: list[ActorGroup] = []
    for kind in ACTOR_TYPES:
        keys = [key for of, key in _ordered(site)[part] if of == kind]
        if keys:
            found.append(ActorGroup(headings[kind], kind.lower(), tuple(_listed(site, key) for key in keys), len(keys)))
    return ActorsPage(
        path=path,
        root=urls.root_path(path),
        section="actors",
        title=word("Who’s who"),
        summary=word("People, bodies and unnamed sources, with their positions at the time."),
        kinds=tuple(found),
        pager=pager,
    )


def _names(actor: Actor) -> tuple[str, str]:
    """Return the name of an actor in two parts: the second is the one to sort persons by."""
    words = actor.title.split()
    if actor.type != PERSON or len(words) < len(("given", "surname")) or family_name(words) is not FamilyName.LAST:
        return "", actor.title  # Xi Jinping stands under X
    before, _, surname = actor.title.rpartition(" ")
    return before, surname


def _listed(site: Site, actor_id: str) -> ActorEntry:
    return ActorEntry(
        cards.actor_card(site, actor_id), *_names(site.actors[actor_id]), *cards.count_by_mode(site, site.said_by.get(actor_id, ()))
    )
