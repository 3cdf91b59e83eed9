"""Actors: what they are, and what they were on a day."""

from collections.abc import Iterable

from builder import dates, urls
from builder.dates import Date
from builder.model import GROUP, ORGANIZATION, PERSON, UNNAMED, Actor, Position, Site, When
from builder.views.cards.memo import once_a_site
from builder.views.cards.refs import actor_ref, date
from builder.views.shapes import DASHED, SOLID, ActorCard, Office

NEVER = When()


def kind_words(site: Site, kind: str) -> str:
    """Return a type of actor in words."""
    word = site.language.word
    return {
        PERSON: word("person"),
        ORGANIZATION: word("organization"),
        "PublicBody": word("public body"),
        "Country": word("country"),
        GROUP: word("group"),
        UNNAMED: word("unnamed source"),
    }[kind]


def offices(site: Site, positions: Iterable[Position]) -> tuple[Office, ...]:
    """Return positions in words."""
    return tuple(
        Office(held.role, actor_ref(site, held.of) if held.of else None, date(site, held.since), date(site, held.until))
        for held in positions
    )


def held_on(actor: Actor, day: Date | None) -> tuple[Position, ...]:
    """Return the positions that an actor held on a day, as far as anybody knows: all but those that were certainly over or yet to come."""
    if day is None:
        return ()
    return tuple(
        held
        for held in actor.positions
        if not (held.since.date is not None and dates.compare(held.since.date, day) == 1)
        and not (held.until.date is not None and dates.compare(held.until.date, day) == -1)
    )


@once_a_site
def actor_card(site: Site, key: str, here: str = "", on: When = NEVER) -> ActorCard:
    """Return an actor as a list or a cast shows them; `here` is their part in one story, `on` the day of that story."""
    actor = site.actors[key]
    held = held_on(actor, on.date)
    return ActorCard(
        id=key,
        name=actor.title,
        path=urls.actor(key),
        type=actor.type,
        kind_words=kind_words(site, actor.type),
        line=DASHED if actor.type == UNNAMED else SOLID,
        offices=offices(site, held or actor.positions),
        of=actor_ref(site, actor.of) if actor.of else None,
        here=here,
        described_as=actor.described_as,
        on=date(site, on) if held else None,
    )
