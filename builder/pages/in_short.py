"""A story in short: facts, voices, disputes, open questions, coming events.

Each line is the author's own, or else follows from the records. It says no more than these, and marks doubt.
"""

import msgspec

from builder import dates
from builder.diagnostics.shortening import shorten_at_word
from builder.model import CLAIMED, FACTS, PLANNED, UNNAMED, Explainer, Site, Trusted
from builder.pages import cards, event_ranking, prose
from builder.pages.shapes import INSTITUTION, NAMED, NOT_NAMED, EventCard, Ref

MOST = 3
"""Names in a line, or events that the author calls key."""

MOST_CHARACTERS = 60
"""Of the words of a quote."""

FEW = 2
"""Events in a line that no author chose."""

TO_COME = PLANNED | {"postponed"}


class Point(msgspec.Struct, frozen=True, gc=False):
    """One item of a line: a link, with its date, speakers or doubt."""

    to: Ref
    with_it: tuple[str, ...]
    """`18 January 2022`, `said by a US official`, `2 days later`."""


class ShortLine(msgspec.Struct, frozen=True, gc=False):
    """A line of the box."""

    kind: str
    """`happened`, `says`, `disputed`, `not-known` or `next`."""
    label: str
    text: Trusted
    """The author's words; empty where the line follows from the records."""
    points: tuple[Point, ...]
    close: str
    """What follows the last of these: `and 8 sources not named`."""


def in_short(site: Site, explainer: Explainer, events: tuple[EventCard, ...], root: str) -> tuple[ShortLine, ...]:
    """Return the lines for an explainer whose timeline, as sure as it was in the story's day, is `events`."""
    word = site.language.word
    by_id = {event.id: event for event in events}
    ranked = [by_id[key] for key in event_ranking.ranked(site, explainer.slug) if key in by_id]
    says, close = _who_says(site, explainer)
    unknown, how = _not_known(site, explainer, events)
    key = {event.id for event in ranked if event_ranking.is_key(site, explainer.slug, event.id)}
    disputed = _some(ranked, events, CLAIMED, key)
    happened = _some(ranked, events, FACTS, key)
    found = (
        ("happened", word("What happened"), explainer.in_short.happened, _happened(site, happened), _inferred(site, happened)),
        ("says", word("Who says so"), explainer.in_short.says, says, close),
        ("disputed", _disputed_label(site, disputed), explainer.in_short.disputed, _disputed(site, explainer, disputed), ""),
        ("not-known", word("Not known"), explainer.in_short.not_known, unknown, how),
        ("next", word("Next"), explainer.in_short.next, coming(site, explainer.as_of.date, events), ""),
    )
    return tuple(
        ShortLine(
            kind,
            label,
            prose.line(site, ("explainer", explainer.slug), own, root, file=explainer.place.path),
            points if own is None else (),
            "" if own is not None else close if points else close[:1].upper() + close[1:],
        )
        for kind, label, own, points, close in found
        if own is not None or points or close
    )


def _some(ranked: list[EventCard], events: tuple[EventCard, ...], statuses: frozenset[str], key: set[str]) -> list[EventCard]:
    """Return the first few events with these statuses, in order of time; key events only, if there are any."""
    found = [one for one in ranked if one.status in statuses]
    chosen = {event.id for event in ([one for one in found if one.id in key] or found[:FEW])[:MOST]}
    return [event for event in events if event.id in chosen]


def _point(event: EventCard, *more: str) -> Point:
    return Point(Ref(event.title, event.path, "event", doubt=event.doubt), tuple(words for words in more if words))


def _by(event: EventCard) -> str:
    return f"{event.by_words} {', '.join(one.name for one in event.by)}" if event.by else ""


def _happened(site: Site, found: list[EventCard]) -> tuple[Point, ...]:
    mixed = any(not one.status_derived for one in found)
    inferred = site.language.word("happened, judging by its date")
    return tuple(
        _point(one, one.when.short if one.when is not None else "", _by(one), inferred if mixed and one.status_derived else "")
        for one in found
    )


def _inferred(site: Site, found: list[EventCard]) -> str:
    """Return the words that say once, for all events of a line, that no author wrote that they happened."""
    if not found or not all(one.status_derived for one in found):
        return ""
    word = site.language.word
    return word("happened, judging by their dates") if len(found) > 1 else word("happened, judging by its date")


def _who_says(site: Site, explainer: Explainer) -> tuple[tuple[Point, ...], str]:
    """Return the first named speakers, and words for the number of all others."""
    word, plural = site.language.word, site.language.plural
    quoted: dict[str, bool] = {}
    has_unknown = False
    for quote in map(site.quotes.__getitem__, site.quotes_in[explainer.slug]):
        has_unknown = has_unknown or not quote.speakers
        for speaker in quote.speakers:
            quoted[speaker] = quoted.get(speaker, False) or not quote.is_paraphrase
    kinds = {speaker: cards.actor_kind(site, speaker) for speaker in quoted}
    named = [speaker for speaker, kind in kinds.items() if kind in {NAMED, INSTITUTION}]
    unnamed = sum(kind == NOT_NAMED for kind in kinds.values())
    points = tuple(
        Point(cards.actor_ref(site, speaker), () if quoted[speaker] else (word("paraphrased"),))
        for speaker in sorted(named, key=lambda speaker: (not quoted[speaker], kinds[speaker] != NAMED))[:MOST]
    )
    rest = [plural("{n} more with a name", "{n} more with a name", len(named) - MOST)] if len(named) > MOST else []
    rest += [plural("1 source not named", "{n} sources not named", unnamed)] if unnamed else []
    rest += [word("speaker unknown")] if has_unknown else []
    return points, "; ".join(rest)


def _disputed_label(site: Site, found: list[EventCard]) -> str:
    word = site.language.word
    alleged = [event for event in found if event.status == "alleged"]
    return word("Disputed") if not alleged else word("Only alleged") if len(alleged) == len(found) else word("Disputed or only alleged")


def _disputed(site: Site, explainer: Explainer, found: list[EventCard]) -> tuple[Point, ...]:
    """Return what is only claimed, then the statements that others deny, without those on an event that is there already."""
    word = site.language.word
    points = [_point(event, _by(event)) for event in found]
    for key in map(site.quotes.__getitem__, site.quotes_in[explainer.slug]):
        card = cards.quote_card(site, (explainer.slug, key.id))
        denials = tuple(one for one in card.relations if one.passive and one.relation == "denies")
        deniers = {ref.name for one in denials for ref in one.by}
        is_told = any(event.id in key.about and deniers <= {ref.name for ref in event.by} for event in found)
        if not denials or is_told or len(points) >= MOST:
            continue
        said = shorten_at_word(" … ".join(card.segments), MOST_CHARACTERS)
        speakers = f"{word('said by')} {', '.join(one.name for one in card.speakers)}" if card.speakers else word("speaker unknown")
        to = Ref(said if key.is_paraphrase else word("“{words}”").format(words=said), card.path, "quote")
        points.append(Point(to, (speakers, *(one.told for one in denials))))
    return tuple(points)


def _not_known(site: Site, explainer: Explainer, events: tuple[EventCard, ...]) -> tuple[tuple[Point, ...], str]:
    """Return the events that have happened on a day that nobody gives, and words for what the reports do not say of unnamed speakers."""
    plural = site.language.plural
    undated = [event for event in events if event.status in FACTS and event.when is None]
    speakers = {speaker for key in site.quotes_in[explainer.slug] for speaker in site.quotes[key].speakers}
    unnamed = [site.actors[one] for one in speakers if site.actors[one].type == UNNAMED]
    unsaid = sum(one.knows_because in {"", "unknown"} for one in unnamed)
    unexplained = sum(one.anonymity_reason == "unknown" for one in unnamed)
    points = tuple(_point(event, site.language.word("date unknown")) for event in undated[:FEW])
    parts = [plural("how 1 unnamed source knows", "how {n} unnamed sources know", unsaid)] if unsaid else []
    if unexplained:
        parts.append(plural("why 1 source is not named", "why {n} sources are not named", unexplained))
    return points, "; ".join(parts)


def coming(site: Site, as_of: dates.Date | None, events: tuple[EventCard, ...]) -> tuple[Point, ...]:
    """Return the events that are still to come after the day of an explainer, dated ones first."""
    dated, undated = [], []
    for event in events:
        date = site.events[event.id].when.date
        if event.status not in TO_COME:
            continue
        if date is None or event.when is None:
            undated.append(_point(event, _by(event), site.language.word("date unknown")))
        elif as_of is None or dates.compare(date, as_of) != -1:
            dated.append(_point(event, event.when.words, _days_on(site, as_of, date), _by(event)))
    return (*dated[:FEW], *undated[: 1 if dated else FEW])


def _days_on(site: Site, as_of: dates.Date | None, date: dates.Date) -> str:
    """Return how many days an event is after the day that the account describes; "" if either is no certain day."""
    if as_of is None or not (as_of.is_certain_day and date.is_certain_day) or as_of.lower is None or date.lower is None:
        return ""
    days = date.lower - as_of.lower
    return site.language.plural("1 day later", "{n} days later", days) if days > 0 else ""
