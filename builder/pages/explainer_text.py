"""The text of an explainer as its page shows it: woven with its marks and notes, and with the cards that the author placed in it."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import msgspec

from builder import urls
from builder.content.markup.page_html import Note, Sign, after_opening
from builder.model import Embed, MarkOpen, Site, Trusted
from builder.pages import cards, notes, pictures, prose, timeline_spans
from builder.pages.shapes import ActorCard, EventCard, PictureView, QuoteCard, Ref


class Member(msgspec.Struct, frozen=True, gc=False):
    """Somebody in the cast of an explainer."""

    actor: ActorCard
    quotes: int
    paraphrases: int


class ProsePart(msgspec.Struct, frozen=True, gc=False, tag="prose"):
    """A stretch of the text."""

    html: Trusted
    kind: str = "prose"


class QuotePart(msgspec.Struct, frozen=True, gc=False, tag="quote"):
    """A quote placed by `![[id]]`."""

    quote: QuoteCard
    anchor: str = ""
    """The id that the quote has here, where its words are not in the text: `quote--q1`."""
    kind: str = "quote"


class EventPart(msgspec.Struct, frozen=True, gc=False, tag="event"):
    """An event placed by `![[id]]`."""

    event: EventCard
    kind: str = "event"


class TimelinePart(msgspec.Struct, frozen=True, gc=False, tag="timeline"):
    """A timeline placed by `![[timeline]]`."""

    events: tuple[EventCard, ...]
    groups: tuple[timeline_spans.Group, ...]
    kind: str = "timeline"


class CastPart(msgspec.Struct, frozen=True, gc=False, tag="who"):
    """A cast list placed by `![[who]]`."""

    members: tuple[Member, ...]
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
    return urls.root(urls.explainer(slug))


def quotes(site: Site, slug: str) -> tuple[QuoteCard, ...]:
    """Return what is said in it. Words that lie within those of another quote have no mark of their own in the text to lead to."""
    marked = {one.id for one in site.bodies[slug].segments if isinstance(one, MarkOpen) and one.kind == "quote"}
    found = (cards.quote_card(site, key) for key in site.quotes_in[slug])
    return tuple(one if one.id in marked or not one.in_text else msgspec.structs.replace(one, in_text="") for one in found)


def timeline(site: Site, slug: str) -> tuple[EventCard, ...]:
    """Return what happens in it."""
    return tuple(cards.event_in(site, slug, key, _root(slug)) for key in site.timelines[slug])


@cards.for_a_while
def cast(site: Site, slug: str) -> tuple[Member, ...]:
    """Return everybody in the story."""
    explainer = site.explainers[slug]
    spoken = Counter(
        (speaker, quote.is_paraphrase) for quote in map(site.quotes.__getitem__, site.quotes_in[slug]) for speaker in quote.speakers
    )
    on = explainer.as_of if explainer.as_of.date is not None else explainer.published
    return tuple(
        Member(cards.actor_in(site, part.id, part.here, on), spoken[part.id, False], spoken[part.id, True]) for part in site.cast[slug]
    )


def _signs(quotes: tuple[QuoteCard, ...], timeline: tuple[EventCard, ...]) -> dict[tuple[str, str], Sign]:
    signs = {("quote", quote.id): Sign(quote.path, quote.basis.sentence, quote.basis.line, notes.low(quote)) for quote in quotes}
    signs |= {("event", event.id): Sign(event.path, f"{event.title}: {event.standing}", "solid", event.signs) for event in timeline}
    return signs


class _Notes(Mapping[str, Note]):
    """What may stand beside the text, by the path of what it is about. A note is made where it is asked for: of a cast of many, a text names some."""

    def __init__(self, makes: Mapping[str, Callable[[], Note | None]]) -> None:
        self._makes = makes
        self._made: dict[str, Note | None] = {}

    def __getitem__(self, path: str) -> Note:
        if path not in self._made:
            make = self._makes.get(path)
            self._made[path] = make() if make is not None else None
        found = self._made[path]
        if found is None:
            raise KeyError(path)
        return found

    def __iter__(self) -> Iterator[str]:
        return (path for path in self._makes if path in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)


def _notes(site: Site, quotes: tuple[QuoteCard, ...], timeline: tuple[EventCard, ...], cast: tuple[Member, ...]) -> _Notes:
    makes: dict[str, Callable[[], Note | None]] = {quote.path: partial(notes.of_quote, site, quote) for quote in quotes}
    makes |= {event.path: partial(notes.of_event, site, event) for event in timeline}
    makes |= {member.actor.path: partial(notes.of_actor, site, member.actor) for member in cast}
    return _Notes(makes)


@cards.for_a_while
def body(site: Site, slug: str) -> tuple[BodyPart, ...]:
    """Return the text with all that is placed in it, as the page of the explainer shows it."""
    parts: list[BodyPart] = []
    said, happened = quotes(site, slug), timeline(site, slug)
    signs, beside = _signs(said, happened), _notes(site, said, happened, cast(site, slug))
    placed: set[str] = set()
    unmarked = {quote.path for quote in said if not quote.in_text}
    for piece in prose.explainer(site, site.explainers[slug], root=_root(slug), signs=signs, notes=beside):
        part = ProsePart(piece) if isinstance(piece, Trusted) else _embed(site, slug, piece)
        if isinstance(part, QuotePart) and part.quote.path in unmarked - placed:
            placed.add(part.quote.path)
            part = QuotePart(part.quote, f"quote--{part.quote.id}")
        if part is not None:
            parts.append(part)
    picture = pictures.lead(site, site.explainers[slug].image)
    return tuple(_with_picture(parts, PicturePart(picture)) if picture is not None else parts)


def _with_picture(parts: list[BodyPart], picture: PicturePart) -> Iterator[BodyPart]:
    first = parts[0] if parts else None
    if isinstance(first, ProsePart):
        opening, rest = after_opening(first.html)
        between = (ProsePart(opening), picture, ProsePart(rest))
        yield from (part for part in between if not isinstance(part, ProsePart) or part.html)
        yield from parts[1:]
    else:
        yield picture
        yield from parts


def _embed(site: Site, slug: str, embed: Embed) -> BodyPart | None:
    if embed.target == "timeline":
        passing = tuple(event for event in timeline(site, slug) if _passes(site, event, dict(embed.filters)))
        return TimelinePart(passing, timeline_spans.groups(site, passing))
    if embed.target == "who":
        return CastPart(cast(site, slug))
    target = site.targets[("explainer", slug)].get((embed.kind, embed.target))
    if target is None:
        return None
    kind, key = target
    if kind == "quote":
        of, _, name = key.partition("#")
        return QuotePart(cards.quote_card(site, (of, name)))
    if kind == "event":
        return EventPart(cards.event_in(site, slug, key, _root(slug)))
    found = prose.destination(site, target)
    return LinkPart(Ref(found.name, found.path, found.kind, found.line))


def _passes(site: Site, event: EventCard, filters: dict[str, str]) -> bool:
    actor, status = filters.get("actor"), filters.get("status")
    return (actor is None or actor in site.events[event.id].actors) and (status is None or status == event.status)
