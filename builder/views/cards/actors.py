"""Actors: what they are, and what they were on a day."""

from builder import urls
from builder.model import GROUP, ORGANIZATION, PERSON, UNNAMED, Actor, Site
from builder.views.cards.memo import once_a_site
from builder.views.cards.refs import actor_ref, date
from builder.views.shapes import DASHED, SOLID, ActorCard, Office


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


def offices(site: Site, actor: Actor) -> tuple[Office, ...]:
    """Return the positions that an actor holds or held."""
    return tuple(
        Office(held.role, actor_ref(site, held.of) if held.of else None, date(site, held.since), date(site, held.until))
        for held in actor.positions
    )


@once_a_site
def actor_card(site: Site, key: str, here: str = "") -> ActorCard:
    """Return an actor as a list or a cast shows them; `here` is their part in one story."""
    actor = site.actors[key]
    return ActorCard(
        id=key,
        name=actor.title,
        path=urls.actor(key),
        type=actor.type,
        kind_words=kind_words(site, actor.type),
        line=DASHED if actor.type == UNNAMED else SOLID,
        offices=offices(site, actor),
        of=actor_ref(site, actor.of) if actor.of else None,
        here=here,
        described_as=actor.described_as,
    )
