"""Who speaks in a story: a bar with a part for each voice, by how far they are named, and a table of who speaks about which event."""

from collections import Counter
from itertools import islice

import msgspec

from builder.model import PERSON, UNNAMED, Quote, Site
from builder.pages import cards, telling
from builder.pages.shapes import INSTITUTION, NAMED, NOT_NAMED, EventCard, Ref

COLUMNS = 7
"""Events in the table: those that most voices speak about."""

ROWS = 20
"""Voices in it."""

UNKNOWN = "unknown"
_KINDS = (NAMED, INSTITUTION, NOT_NAMED, UNKNOWN)


class Slice(msgspec.Struct, frozen=True, gc=False):
    """One voice in the bar."""

    at: int
    """Thousandths of the width."""
    width: int
    direct: bool
    """Whether any of its words are quoted: then it is full height."""


class Segment(msgspec.Struct, frozen=True, gc=False):
    """The voices of one kind, side by side in the bar."""

    kind: str
    """`named`, `institution`, `unnamed` or `unknown`."""
    words: str
    """`8 unnamed`"""
    parts: tuple[Slice, ...]
    """Those first who are quoted in their own words."""


class Row(msgspec.Struct, frozen=True, gc=False):
    """What one voice says of each event."""

    voice: Ref
    cells: tuple[str, ...]
    """Of each column: `says`, `denies`, `named` where they are only named with it, or ""."""


class Voices(msgspec.Struct, frozen=True, gc=False):
    """Who speaks."""

    segments: tuple[Segment, ...]
    sentence: str
    """`1 named · 2 institutions · 8 unnamed`"""
    columns: tuple[EventCard, ...]
    rows: tuple[Row, ...]


def voices(site: Site, slug: str, events: tuple[EventCard, ...]) -> Voices | None:
    """Return who speaks in an explainer whose timeline is `events`; None where it quotes nobody."""
    quotes = [site.quotes[key] for key in site.quotes_in[slug]]
    spoken: dict[str, bool] = {}
    for quote in quotes:
        for who in quote.speakers or ("",):
            spoken[who] = spoken.get(who, False) or not quote.is_paraphrase
    if not spoken:
        return None
    # Whose words these are is in doubt: a name that may be the wrong one is none.
    sure = {who for quote in quotes if quote.doubt != "low" for who in quote.speakers}
    kind = {who: _kind(site, who) if who in sure else UNKNOWN for who in spoken}
    plural = site.language.plural
    kinds: dict[str, list[bool]] = {}
    for who in sorted(spoken, key=lambda who: not spoken[who]):
        kinds.setdefault(kind[who], []).append(spoken[who])
    number = {one: len(found) for one, found in kinds.items()}
    words = {
        NAMED: plural("1 named", "{n} named", number.get(NAMED, 0)),
        INSTITUTION: plural("1 institution", "{n} institutions", number.get(INSTITUTION, 0)),
        NOT_NAMED: plural("1 unnamed", "{n} unnamed", number.get(NOT_NAMED, 0)),
        UNKNOWN: plural("1 unknown or doubtful", "{n} unknown or doubtful", number.get(UNKNOWN, 0)),
    }
    edges = [1000 * n // len(spoken) for n in range(len(spoken) + 1)]
    parts = iter(
        [
            Slice(edges[n], edges[n + 1] - edges[n], direct)
            for n, direct in enumerate(direct for one in _KINDS for direct in kinds.get(one, ()))
        ]
    )
    segments = tuple(Segment(one, words[one], tuple(islice(parts, number[one]))) for one in _KINDS if one in kinds)
    columns, rows = _table(site, slug, events, quotes, [who for one in _KINDS for who in spoken if who and kind[who] == one])
    return Voices(segments, " · ".join(one.words for one in segments), columns, rows)


def _kind(site: Site, who: str) -> str:
    if who not in site.actors:
        return UNKNOWN
    kind = site.actors[who].type
    return NOT_NAMED if kind == UNNAMED else NAMED if kind == PERSON else INSTITUTION


def _table(
    site: Site, slug: str, events: tuple[EventCard, ...], quotes: list[Quote], order: list[str]
) -> tuple[tuple[EventCard, ...], tuple[Row, ...]]:
    cells = _cells(site, slug, events, quotes)
    most = Counter(event for (_, event), cell in cells.items() if cell != "named")
    ranked = [key for key in telling.ranked(site, slug) if most[key]]
    chosen = set(sorted(ranked, key=lambda key: -most[key])[:COLUMNS])
    columns = tuple(event for event in events if event.id in chosen)
    rows = tuple(Row(cards.actor_ref(site, who), tuple(cells.get((who, event.id), "") for event in columns)) for who in order)
    speaking = tuple(row for row in rows if any(cell in {"says", "denies"} for cell in row.cells))
    return (columns, speaking[:ROWS]) if len(columns) > 1 and len(speaking) > 1 else ((), ())


def _cells(site: Site, slug: str, events: tuple[EventCard, ...], quotes: list[Quote]) -> dict[tuple[str, str], str]:
    """Return what each voice does of each event; a denial counts for more than that they speak of it, and that for more than being named with it."""
    found = {(who, event.id): "named" for event in events for who in site.events[event.id].actors}
    denied = {event.id: set(site.events[event.id].by) if event.status == "denied" else set() for event in events}
    about = {(slug, quote.id): quote.about for quote in quotes}
    for quote in quotes:
        against = {event for relation, target in quote.relations if relation == "denies" for event in _about(site, target, about)}
        for who in quote.speakers:
            for event in dict.fromkeys((*quote.about, *against)):
                denies = event in against or who in denied.get(event, ())
                if denies or found.get((who, event)) != "denies":
                    found[who, event] = "denies" if denies else "says"
    return found


def _about(site: Site, target: str, own: dict[tuple[str, str], tuple[str, ...]]) -> tuple[str, ...]:
    slug, _, name = target.partition("#")
    key = (slug, name)
    return own[key] if key in own else site.quotes[key].about if key in site.quotes else ()
