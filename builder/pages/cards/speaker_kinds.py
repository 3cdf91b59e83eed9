"""How far a speaker is named. Cards, counts, the bar of voices and “In short” all group speakers by these kinds."""

from builder.model import PERSON, UNNAMED, Quote, Site
from builder.pages.shapes import INSTITUTION, NAMED, NOT_NAMED, UNKNOWN


def actor_kind(site: Site, actor_id: str) -> str:
    """Return `named` for a person, `institution` for any other actor with a name, `unnamed`, or `unknown` if `actor_id` is no id of an actor."""
    actor = site.actors.get(actor_id)
    if actor is None:
        return UNKNOWN
    return NOT_NAMED if actor.type == UNNAMED else NAMED if actor.type == PERSON else INSTITUTION


def speaker_kind(site: Site, quote: Quote) -> str:
    """Return the kind of all speakers of a quote: `unnamed` if one of them is, `named` if all are named people; `unknown` if there are none."""
    kinds = {actor_kind(site, key) for key in quote.speakers}
    return next((kind for kind in (NOT_NAMED, INSTITUTION, NAMED) if kind in kinds), UNKNOWN)
