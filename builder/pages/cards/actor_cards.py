"""Cards of actors: type, and offices on a day."""

from collections.abc import Iterable

import msgspec

from builder import dates, urls
from builder.dates import Date
from builder.incremental.memoize import once_a_site
from builder.model import COUNTRY, GROUP, ORGANIZATION, PERSON, PUBLIC_BODY, UNNAMED, Actor, Position, Site, When
from builder.pages import pictures
from builder.pages.cards.refs import actor_ref, date
from builder.pages.shapes import DASHED, SOLID, ActorCard, Office


@once_a_site
def _kinds(site: Site) -> dict[str, str]:
    """Return the types of actors in words."""
    word = site.language.word
    return {
        PERSON: word("person"),
        ORGANIZATION: word("organization"),
        PUBLIC_BODY: word("government body"),
        COUNTRY: word("country"),
        GROUP: word("group"),
        UNNAMED: word("unnamed source"),
    }


def _kind_words(site: Site, actor: Actor) -> str:
    """Return the type of an actor in words, marked if it was inferred from the name."""
    kind = _kinds(site)[actor.type]
    return site.language.word("{kind}, to judge by the name").format(kind=kind) if actor.derived else kind


def offices(site: Site, positions: Iterable[Position]) -> tuple[Office, ...]:
    """Return positions in words."""
    return tuple(
        Office(held.role, actor_ref(site, held.of) if held.of else None, date(site, held.since), date(site, held.until), held.until_unknown)
        for held in positions
    )


def office_words(site: Site, office: Office) -> str:
    """Return an office with its years, so that a former office is not read as a present one."""
    word = site.language.word
    years = [f"{word('since')} {office.since.short}" if office.since is not None else ""]
    if office.until is not None:
        years = [f"{office.since.short} – {office.until.short}" if office.since is not None else f"{word('until')} {office.until.short}"]
    elif office.until_unknown:
        years.append(word("end date unknown"))
    years_in_words = ", ".join(filter(None, years))
    name = f"{office.role}, {office.of.name}" if office.of is not None else office.role
    return f"{name} ({years_in_words})" if years_in_words else name


def held_on(actor: Actor, day: Date | None) -> tuple[int, ...]:
    """Return the indexes of the positions that an actor held on a day, by their dates as they are written; none whose end is unknown."""
    if day is None or not actor.positions:
        return ()
    return tuple(
        n
        for n, held in enumerate(actor.positions)
        if not held.until_unknown
        and not (held.since.date is not None and (dates.compare(held.since.date, day) == 1 or dates.begins_after(held.since.date, day)))
        and not (held.until.date is not None and (dates.compare(held.until.date, day) == -1 or dates.ends_before(held.until.date, day)))
    )


def _initials(title: str, kind: str) -> str:
    """Return the first letters of a person's first and last name, or of the first two words of another name; "" of a source that is not named."""
    if kind == UNNAMED:
        return ""
    words = [word for word in title.replace("-", " ").split() if word[0].isalnum()]
    proper = [word for word in words if not word[0].islower()] or words
    chosen = proper[:1] + proper[-1:] * (len(proper) > 1) if kind == PERSON else proper[:2]
    return "".join(word[0] for word in chosen).upper()


@once_a_site
def _offices(site: Site, actor_id: str, which: tuple[int, ...]) -> tuple[Office, ...]:
    """Return some offices of an actor; all, where it is none of them."""
    positions = site.actors[actor_id].positions
    return offices(site, [positions[n] for n in which] if which else positions)


@once_a_site
def actor_card(site: Site, actor_id: str) -> ActorCard:
    """Return an actor as a list shows them."""
    actor = site.actors[actor_id]
    return ActorCard(
        id=actor_id,
        name=actor.title,
        path=urls.actor_path(actor_id),
        type=actor.type,
        kind_words=_kind_words(site, actor),
        line=DASHED if actor.type == UNNAMED else SOLID,
        offices=_offices(site, actor_id, ()),
        of=actor_ref(site, actor.of) if actor.of else None,
        here="",
        described_as=actor.described_as,
        on=None,
        portrait=pictures.portrait(site, actor.image),
        initials=_initials(actor.title, actor.type),
    )


def actor_in(site: Site, actor_id: str, here: str, on: When) -> ActorCard:
    """Return an actor as a cast shows them; `here` is their part in one story, `on` the day of that story. It is not kept: no other story says the same."""
    card, held = actor_card(site, actor_id), held_on(site.actors[actor_id], on.date)
    if held:
        return msgspec.structs.replace(card, here=here, offices=_offices(site, actor_id, held), on=date(site, on))
    return msgspec.structs.replace(card, here=here) if here else card
