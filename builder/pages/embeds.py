"""Single quotes, events, actors and timelines as pages of their own, for frames on other sites."""

from collections.abc import Iterator

import msgspec

from builder import urls
from builder.model import RecordKey, Site
from builder.pages import cards
from builder.pages.page import Page, Query
from builder.pages.shapes import ActorCard, DateView, EventCard, Frame, QuoteCard, Ref

HEAVIEST = 14_000
"""Bytes of words in a timeline's frame; with its marks it stays below 30 KB. The rest is on the explainer's own page."""

OF_ONE = 260
"""Bytes that an entry of a timeline has beside its words, at most."""


class EmbedPage(msgspec.Struct, frozen=True, gc=False):
    """What `embed.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    whole: Ref
    """The page with the whole record."""
    quote: QuoteCard | None = None
    actor: ActorCard | None = None
    events: tuple[EventCard, ...] = ()
    shows_status: bool = False
    """Of one event: whether its status is shown, since the heading does not."""
    left_out: int = 0
    """How many events the frame has no room for."""
    as_of: DateView | None = None
    """The day to which it is current; nothing for a quote, which has a day of its own, and for what has happened."""


def detail_pages(site: Site) -> Iterator[Page]:
    """Yield a frame for each quote, event, actor and timeline, if the site has frames; none of a draft."""
    if not cards.has_frames(site):
        return
    for slug, key in site.quotes:
        if not site.explainers[slug].draft:
            yield _frame(cards.frame_path("quotes", slug, key), Query(_quote, slug, key), ("explainer", slug))
    for explainer in site.explainers.values():
        if not explainer.draft and site.timelines.get(explainer.slug):
            slug = explainer.slug
            yield _frame(cards.frame_path("timelines", slug), Query(_timeline, slug), ("explainer", slug))
    for key in site.events:
        if ("events", key) in cards.is_public(site):
            yield _frame(cards.frame_path("events", key), Query(_event, key), ("event", key))
    for key in site.actors:
        if ("actors", key) in cards.is_public(site):
            yield _frame(cards.frame_path("actors", key), Query(_actor, key), ("actor", key))


def _frame(path: str, view: Query, key: RecordKey) -> Page:
    return Page(path, "embed.html", view, kind="embed", key=key)


def _page(frame: Frame, whole: Ref) -> EmbedPage:
    """Return the page of a frame that shows nothing yet."""
    return EmbedPage(frame.path, urls.root_path(frame.path), "", frame.title, "", whole)


def _quote(site: Site, slug: str, quote_id: str) -> EmbedPage:
    card = cards.quote_card(site, (slug, quote_id))
    frame = cards.frame(site, "quotes", slug, quote_id, title=card.basis.sentence)
    assert frame is not None
    return msgspec.structs.replace(_page(frame, Ref(card.explainer.name, card.path, "explainer")), quote=card)


def _event(site: Site, event_id: str) -> EmbedPage:
    frame = cards.frame(site, "events", event_id, title=cards.headed(site, site.events[event_id]))
    assert frame is not None
    card = cards.event_card(site, event_id, urls.root_path(frame.path))
    # The heading has the status of an event that has not happened, or may not have.
    shows_status = card.status == "ongoing" or (card.status == "occurred" and bool(card.by or card.status_derived))
    return msgspec.structs.replace(
        _page(frame, cards.event_ref(site, event_id)), events=(card,), shows_status=shows_status, as_of=cards.event_as_of(site, event_id)
    )


def _actor(site: Site, actor_id: str) -> EmbedPage:
    frame = cards.frame(site, "actors", actor_id, title=site.actors[actor_id].title)
    assert frame is not None
    return msgspec.structs.replace(
        _page(frame, cards.actor_ref(site, actor_id)), actor=cards.actor_card(site, actor_id), as_of=cards.actor_as_of(site, actor_id)
    )


def _timeline(site: Site, slug: str) -> EmbedPage:
    frame = cards.frame(site, "timelines", slug, title=site.explainers[slug].title)
    assert frame is not None
    root = urls.root_path(frame.path)
    shown: list[EventCard] = []
    room = HEAVIEST
    keys = site.timelines[slug]
    for key in keys:
        card = cards.event_in(site, slug, key, root)
        room -= OF_ONE + len((card.title + card.path + card.standing + (card.when.words + card.when.edtf if card.when else "")).encode())
        if room < 0:
            break
        shown.append(card)
    explainer = site.explainers[slug]
    return msgspec.structs.replace(
        _page(frame, cards.explainer_ref(explainer)),
        events=tuple(shown),
        left_out=len(keys) - len(shown),
        as_of=cards.state_day(site, explainer.slug),
    )
