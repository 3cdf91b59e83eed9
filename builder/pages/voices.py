"""The voices of an explainer: a bar with a part for each speaker, grouped by kind, and a table of speakers and events."""

from collections import Counter
from itertools import islice

import msgspec

from builder.model import Quote, QuoteKey, Site
from builder.pages import cards, event_ranking
from builder.pages.shapes import INSTITUTION, NAMED, NOT_NAMED, SPEAKER_KINDS, UNKNOWN, EventCard, Ref

COLUMNS = 7
"""Columns of the table: the events about which most speakers say something."""

ROWS = 20
"""Rows of the table."""


class Slice(msgspec.Struct, frozen=True, gc=False):
    """One voice in the bar."""

    at: int
    """Thousandths of the width."""
    width: int
    direct: bool
    """Whether any of its words are quoted: then it is full height."""


class VoiceGroup(msgspec.Struct, frozen=True, gc=False):
    """The voices of one kind, side by side in the bar."""

    kind: str
    """`named`, `institution`, `unnamed` or `unknown`."""
    words: str
    """`8 unnamed`"""
    parts: tuple[Slice, ...]
    """Directly quoted speakers first."""


class Row(msgspec.Struct, frozen=True, gc=False):
    """The statements of one speaker about each event."""

    voice: Ref
    cells: tuple[str, ...]
    """One for each column: `says`, `denies`, `named` if the speaker is only named with the event, or ""."""


class Voices(msgspec.Struct, frozen=True, gc=False):
    """The speakers of an explainer."""

    segments: tuple[VoiceGroup, ...]
    sentence: str
    """`1 named · 2 institutions · 8 unnamed`"""
    paraphrased: str
    """`8 only paraphrased`, whose parts are lower; "" if none is."""
    columns: tuple[EventCard, ...]
    rows: tuple[Row, ...]
    cells: tuple[str, ...]
    """Those of `says`, `denies` and `named` that the rows have."""


def speakers(site: Site, slug: str) -> tuple[dict[str, bool], dict[str, str]]:
    """Return whether any words of each speaker of an explainer are quoted, and the kind of each; a statement without a speaker has the speaker ""."""
    quotes = [site.quotes[key] for key in site.quotes_in[slug]]
    spoken: dict[str, bool] = {}
    for quote in quotes:
        for who in quote.speakers or ("",):
            spoken[who] = spoken.get(who, False) or not quote.is_paraphrase
    # A doubtful attribution may name the wrong speaker, so it counts as unknown.
    sure = {who for quote in quotes if quote.doubt != "low" for who in quote.speakers}
    return spoken, {who: cards.actor_kind(site, who) if who in sure else UNKNOWN for who in spoken}


def claimants(site: Site, slug: str, event: str) -> list[str]:
    """Return the speakers of an explainer who say that an event happened, or speak about it and do not deny it."""
    quotes = [site.quotes[key] for key in site.quotes_in[slug]]
    about = {(slug, quote.id): quote.about for quote in quotes}
    deniers = set(site.events[event].by) if site.events[event].status == "denied" else set()
    for quote in quotes:
        if any(relation == "denies" and event in _about(site, key, about) for relation, key in quote.relations):
            deniers.update(quote.speakers)
    return [who for who in dict.fromkeys(who for quote in quotes if event in quote.about for who in quote.speakers) if who not in deniers]


def voices(site: Site, slug: str, events: tuple[EventCard, ...]) -> Voices | None:
    """Return the voices of an explainer whose timeline is `events`; None if it has no quotes."""
    quotes = [site.quotes[key] for key in site.quotes_in[slug]]
    spoken, kind = speakers(site, slug)
    if not spoken:
        return None
    plural = site.language.plural
    kinds: dict[str, list[bool]] = {}
    for who in sorted(spoken, key=lambda who: not spoken[who]):
        kinds.setdefault(kind[who], []).append(spoken[who])
    number = {kind: len(found) for kind, found in kinds.items()}
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
            for n, direct in enumerate(direct for speaker_kind in SPEAKER_KINDS for direct in kinds.get(speaker_kind, ()))
        ]
    )
    segments = tuple(
        VoiceGroup(speaker_kind, words[speaker_kind], tuple(islice(parts, number[speaker_kind])))
        for speaker_kind in SPEAKER_KINDS
        if speaker_kind in kinds
    )
    low = len(spoken) - sum(spoken.values())
    paraphrased = plural("1 only paraphrased", "{n} only paraphrased", low) if low else ""
    columns, rows = _table(
        site, slug, events, quotes, [who for speaker_kind in SPEAKER_KINDS for who in spoken if who and kind[who] == speaker_kind]
    )
    shown = tuple(sign for sign in ("says", "denies", "named") if any(sign in row.cells for row in rows))
    return Voices(segments, " · ".join(segment.words for segment in segments), paraphrased, columns, rows, shown)


def _table(
    site: Site, slug: str, events: tuple[EventCard, ...], quotes: list[Quote], order: list[str]
) -> tuple[tuple[EventCard, ...], tuple[Row, ...]]:
    cells = _cells(site, slug, events, quotes)
    most = Counter(event for (_, event), cell in cells.items() if cell != "named")
    ranked = [key for key in event_ranking.ranked(site, slug) if most[key]]
    chosen = set(sorted(ranked, key=lambda key: -most[key])[:COLUMNS])
    columns = tuple(event for event in events if event.id in chosen)
    rows = tuple(Row(cards.actor_ref(site, who), tuple(cells.get((who, event.id), "") for event in columns)) for who in order)
    speaking = tuple(row for row in rows if any(cell in {"says", "denies"} for cell in row.cells))
    return (columns, speaking[:ROWS]) if len(columns) > 1 and len(speaking) > 1 else ((), ())


def _cells(site: Site, slug: str, events: tuple[EventCard, ...], quotes: list[Quote]) -> dict[tuple[str, str], str]:
    """Return the cell of each speaker and event: the strongest of `denies`, `says` and `named`."""
    found = {(who, event.id): "named" for event in events for who in site.events[event.id].actors}
    denied = {event.id: set(site.events[event.id].by) if event.status == "denied" else set() for event in events}
    about = {(slug, quote.id): quote.about for quote in quotes}
    for quote in quotes:
        against = {event for relation, key in quote.relations if relation == "denies" for event in _about(site, key, about)}
        for who in quote.speakers:
            for event in dict.fromkeys((*quote.about, *against)):
                denies = event in against or who in denied.get(event, ())
                if denies or found.get((who, event)) != "denies":
                    found[who, event] = "denies" if denies else "says"
    return found


def _about(site: Site, key: QuoteKey, own: dict[QuoteKey, tuple[str, ...]]) -> tuple[str, ...]:
    return own[key] if key in own else site.quotes[key].about if key in site.quotes else ()
