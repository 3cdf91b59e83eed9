"""The text of an explainer as its page shows it: with its marks and notes, and with the cards that the author placed in it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

import msgspec

from builder import urls
from builder.content.markup.page_context import MarkStyle, Note, NoteLink, OpeningEnd, Piece
from builder.content.markup.page_html import SECTION
from builder.model import INDIRECT, UNNAMED, CastEntry, Embed, Html, MarkClose, MarkOpen, Section, Segment, Site
from builder.pages import body_html, cards, margin_notes, pictures, timeline_spans
from builder.pages.shapes import ActorCard, EventCard, PictureView, QuoteCard, Ref


class Member(msgspec.Struct, frozen=True, gc=False):
    """An actor in the cast of an explainer."""

    actor: ActorCard
    quotes: int
    paraphrases: int
    passing: bool = False
    """Whether the explainer only names them."""


class ProsePart(msgspec.Struct, frozen=True, gc=False, tag="prose"):
    """A stretch of the text."""

    pieces: tuple[Piece, ...]
    """HTML, marked words, what leads to their notes, and the notes, in the order of the page."""
    kind: str = "prose"


class QuotePart(msgspec.Struct, frozen=True, gc=False, tag="quote"):
    """A quote placed by `![[id]]`."""

    quote: QuoteCard
    anchor: str = ""
    """The id that the quote has here, where its words are not in the text: `quote--q1`."""
    foreign: bool = False
    """Whether the quote is of another explainer."""
    kind: str = "quote"


class EventPart(msgspec.Struct, frozen=True, gc=False, tag="event"):
    """An event placed by `![[id]]`."""

    event: EventCard
    kind: str = "event"


class TimelinePart(msgspec.Struct, frozen=True, gc=False, tag="timeline"):
    """A timeline placed by `![[timeline]]`."""

    events: tuple[EventCard, ...]
    groups: tuple[timeline_spans.Group, ...]
    anchor: str = ""
    """`part--timeline`, where this is the whole timeline of the page; else ""."""
    headed: bool = False
    """Whether it has our heading: the author gave it none, and does not go on below it."""
    kind: str = "timeline"


class CastPart(msgspec.Struct, frozen=True, gc=False, tag="who"):
    """A cast list placed by `![[who]]`."""

    members: tuple[Member, ...]
    anchor: str = ""
    """`part--who`, where this is the first; else ""."""
    headed: bool = False
    """Whether it has a heading, as `TimelinePart.headed`."""
    kind: str = "who"


class LinkPart(msgspec.Struct, frozen=True, gc=False, tag="link"):
    """Another record placed by `![[id]]`: an actor, a source, an explainer."""

    ref: Ref
    kind: str = "link"


class PicturePart(msgspec.Struct, frozen=True, gc=False, tag="picture"):
    """The picture that the explainer leads with, below the first paragraph."""

    picture: PictureView
    kind: str = "picture"


BodyPart = ProsePart | QuotePart | EventPart | TimelinePart | CastPart | LinkPart | PicturePart


def _root(slug: str) -> str:
    return urls.root_path(urls.explainer_path(slug))


@cards.for_a_while
def quotes(site: Site, slug: str) -> tuple[QuoteCard, ...]:
    """Return the quotes of an explainer. Words within those of another quote have no mark of their own, so `in_text` is empty."""
    marked = {segment.id for segment in site.bodies[slug].segments if isinstance(segment, MarkOpen) and segment.kind == "quote"}
    found = (cards.quote_card(site, key) for key in site.quotes_in[slug])
    return tuple(
        quote_card if quote_card.id in marked or not quote_card.in_text else msgspec.structs.replace(quote_card, in_text="")
        for quote_card in found
    )


@cards.for_a_while
def timeline(site: Site, slug: str) -> tuple[EventCard, ...]:
    """Return the events of an explainer."""
    return tuple(cards.event_in(site, slug, key, _root(slug)) for key in site.timelines[slug])


@cards.for_a_while
def cast(site: Site, slug: str) -> tuple[Member, ...]:
    """Return the cast of an explainer."""
    explainer = site.explainers[slug]
    spoken = Counter(
        (speaker, quote.is_paraphrase) for quote in map(site.quotes.__getitem__, site.quotes_in[slug]) for speaker in quote.speakers
    )
    on = explainer.as_of if explainer.as_of.date is not None else explainer.published
    return tuple(_member(cards.actor_in(site, entry.id, entry.here, on), entry, spoken) for entry in site.cast[slug])


def _member(actor: ActorCard, entry: CastEntry, spoken: Counter[tuple[str, bool]]) -> Member:
    quotes, paraphrases = spoken.get((entry.id, False), 0), spoken.get((entry.id, True), 0)
    # Of whom no name is known and nothing is told here, an entry would say nothing.
    is_known = actor.type != UNNAMED and (actor.offices or actor.of)
    is_listed_here = entry.here or quotes or paraphrases or actor.portrait or (entry.listed and is_known)
    return Member(actor, quotes, paraphrases, passing=not is_listed_here)


Spoken = dict[tuple[str, int], tuple[str, ...]]
"""(key of a note, number of its section) → the ids of the quotes that it is about."""


def _signs(quotes: tuple[QuoteCard, ...], timeline: tuple[EventCard, ...], spoken: Spoken) -> dict[tuple[str, str], MarkStyle]:
    keys = {quote: key for (key, _), ids in spoken.items() for quote in ids}
    signs = {
        ("quote", quote.id): MarkStyle(quote.path, quote.basis.sentence, quote.basis.line, keys.get(quote.id, ""), quote.mode == INDIRECT)
        for quote in quotes
    }
    return signs | {
        ("event", event_card.id): MarkStyle(event_card.path, f"{event_card.title}: {event_card.standing}", "", event_card.path)
        for event_card in timeline
    }


def _spoken(site: Site, slug: str, quotes: tuple[QuoteCard, ...]) -> Spoken:
    """Return the quotes of the same speakers in one section."""
    speakers = {quote.id: " ".join(ref.path or ref.name for ref in quote.speakers) for quote in quotes}
    found: dict[tuple[str, int], list[str]] = {}
    section = 0
    for segment in site.bodies[slug].segments:
        if isinstance(segment, Html) and SECTION in segment.blocks:
            section += 1
        elif isinstance(segment, MarkClose) and segment.kind == "quote" and segment.last and segment.id in speakers:
            found.setdefault((f"{section} {speakers[segment.id]}", section), []).append(segment.id)
    return {key: tuple(ids) for key, ids in found.items()}


class _Notes(Mapping[str, Note]):
    """Notes by the path of their subject, made when read: a text names only a part of its cast."""

    def __init__(self, makes: Mapping[str, Callable[[], Note | None]]) -> None:
        self._makes = makes
        self._made: dict[str, Note | None] = {}

    def _found(self, path: str) -> Note | None:
        if path not in self._made:
            make = self._makes.get(path)
            self._made[path] = make() if make is not None else None
        return self._made[path]

    def __getitem__(self, path: str) -> Note:
        found = self._found(path)
        if found is None:
            raise KeyError(path)
        return found

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and self._found(path) is not None

    def __iter__(self) -> Iterator[str]:
        return (path for path in self._makes if path in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        # Whether there may be any, without making all.
        return bool(self._makes)


def _notes(site: Site, quotes: tuple[QuoteCard, ...], timeline: tuple[EventCard, ...], cast: tuple[Member, ...], spoken: Spoken) -> _Notes:
    actors = {member.actor.path: member.actor for member in cast}
    cards_of = {quote.id: quote for quote in quotes}
    makes: dict[str, Callable[[], Note | None]] = {event.path: partial(margin_notes.of_event, site, event) for event in timeline}
    makes |= {path: partial(margin_notes.of_actor, site, actor) for path, actor in actors.items()}
    for (key, _), ids in spoken.items():
        said = tuple(cards_of[record_id] for record_id in ids)
        makes[key] = partial(
            margin_notes.of_speakers, site, said, tuple(actors[ref.path] for ref in said[0].speakers if ref.path in actors)
        )
    return _Notes(makes)


@cards.for_a_while
def body(site: Site, slug: str) -> tuple[BodyPart, ...]:
    """Return the text with all that is placed in it, as the page of the explainer shows it."""
    parts: list[BodyPart] = []
    said, happened = quotes(site, slug), timeline(site, slug)
    spoken = _spoken(site, slug, said)
    signs, beside = _signs(said, happened, spoken), _notes(site, said, happened, cast(site, slug), spoken)
    alone = {(section, key.partition(" ")[2]): key for key, section in spoken}
    unmarked = {quote.path for quote in said if not quote.in_text}
    lead = pictures.lead(site, site.explainers[slug].image)
    prose_pieces: list[Piece] = []

    def end_prose() -> None:
        if prose_pieces:
            parts.append(ProsePart(tuple(prose_pieces)))
            prose_pieces.clear()

    rooms = _rooms_for_headings(site.bodies[slug].segments)
    has_room: list[bool] = []
    shown = body_html.explainer(
        site, site.explainers[slug], body_html.BodyAnnotations(signs, beside, alone), root=_root(slug), opening=lead is not None
    )
    if lead is not None and not any(isinstance(piece, OpeningEnd) for piece in shown):
        parts.append(PicturePart(lead))
    for piece in shown:
        if not isinstance(piece, Embed | OpeningEnd):
            prose_pieces.append(piece)
            continue
        end_prose()
        if isinstance(piece, OpeningEnd):
            parts += (PicturePart(lead),) if lead is not None else ()
            continue
        part = _embed(site, slug, piece)
        room = next(rooms)
        if isinstance(part, QuotePart) and part.quote.path in unmarked:
            unmarked.remove(part.quote.path)
            part = msgspec.structs.replace(part, anchor=f"quote--{part.quote.id}")
        if part is not None:
            has_room += [False] * (len(parts) - len(has_room)) + [room]
            parts.append(part)
    end_prose()
    return _headed(parts, has_room, len(happened))


def note_signs(body: tuple[BodyPart, ...]) -> tuple[str, ...]:
    """Return what leads to notes on who spoke: the closing quotation mark of the first quote, and `†` if anything is paraphrased."""
    links = [piece for part in body if isinstance(part, ProsePart) for piece in part.pieces if isinstance(piece, NoteLink)]
    marks = [link.words.strip()[-1:] for link in links if link.words.strip()][:1]
    return (*marks, *(("†",) if any(not link.words for link in links) else ()))


def _rooms_for_headings(segments: Sequence[Segment]) -> Iterator[bool]:
    """Yield for each embed whether a heading may stand over it: it has none, and a section begins behind it."""
    for n, segment in enumerate(segments):
        if isinstance(segment, Embed):
            before = segments[n - 1] if n else None
            after = segments[n + 1] if n + 1 < len(segments) else None
            below_heading = isinstance(before, Html) and before.blocks[-1:] in {("/h2",), ("/h3",)}
            yield not below_heading and (after is None or isinstance(after, Embed) or (isinstance(after, Section) and after.level == 2))


def _headed(parts: list[BodyPart], has_room: list[bool], events: int) -> tuple[BodyPart, ...]:
    """Return the parts, the first whole timeline and the first cast with the id and the heading that they have at the foot of other pages."""
    done: list[BodyPart] = []
    taken = {"timeline"} if not any(isinstance(part, TimelinePart) and len(part.events) == events for part in parts) else set()
    for n, part in enumerate(parts):
        if isinstance(part, TimelinePart | CastPart) and part.kind not in taken:
            taken.add(part.kind)
            done.append(msgspec.structs.replace(part, anchor=f"part--{part.kind}", headed=has_room[n]))
        else:
            done.append(part)
    return tuple(done)


def _embed(site: Site, slug: str, embed: Embed) -> BodyPart | None:
    if embed.target == "timeline":
        passing = tuple(event for event in timeline(site, slug) if _passes(site, event, dict(embed.filters)))
        return TimelinePart(passing, timeline_spans.groups(site, passing))
    if embed.target == "who":
        return CastPart(cast(site, slug))
    target = site.targets[("explainer", slug)].get((embed.kind, embed.target))
    if target is None:
        return None
    if target.kind == "quote":
        return QuotePart(cards.quote_card(site, (target.slug, target.id)), foreign=target.slug != slug)
    if target.kind == "event":
        return EventPart(cards.event_in(site, slug, target.id, _root(slug)))
    found = body_html.destination(site, target)
    return LinkPart(Ref(found.name, found.path, found.kind, found.line))


def _passes(site: Site, event: EventCard, filters: dict[str, str]) -> bool:
    actor, status = filters.get("actor"), filters.get("status")
    return (actor is None or actor in site.events[event.id].actors) and (status is None or status == event.status)
