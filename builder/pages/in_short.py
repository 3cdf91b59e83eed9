"""A story in short: facts, voices, disputes, open questions, coming events.

Each line is the author's own, or else follows from the records. It says no more than these, and marks doubt.
"""

from collections import Counter

import msgspec

from builder import dates
from builder.dates import Date
from builder.dates.date import EITHER
from builder.diagnostics.shortening import shorten_at_word
from builder.linking.defaults import may_be_ahead
from builder.model import CLAIMED, FACTS, PERSON, PLANNED, UNNAMED, Event, Explainer, Site, Trusted
from builder.pages import body_html, cards, event_ranking, voices
from builder.pages.shapes import INSTITUTION, NAMED, NOT_NAMED, UNKNOWN, EventCard, Ref

MOST_IN_A_LINE = 3
"""Names in a line, or events that the author calls key."""

MOST_OF_OFFICE = 60
"""Letters of an office behind a name."""

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
    """`happened`, `says`, `disputed`, `not-known`, `next`, or `unsaid` for the last, which names the questions that have no line."""
    label: str
    text: Trusted
    """The author's words; empty where the line follows from the records."""
    points: tuple[Point, ...]
    close: str
    """What follows the last of these: `8 unnamed sources`."""
    sentences: bool
    """Whether that is whole sentences."""

    @property
    def separator(self) -> str:
        """The sign behind each point but the last."""
        return "" if self.kind == "next" else ";"

    @property
    def last_sign(self) -> str:
        """The sign behind the last point."""
        return ("." if self.sentences else self.separator) if self.close else ""


def in_short(site: Site, explainer: Explainer, events: tuple[EventCard, ...], root: str) -> tuple[ShortLine, ...]:
    """Return the lines for an explainer whose timeline, as sure as it was in the story's day, is `events`."""
    word = site.language.word
    by_id = {event.id: event for event in events}
    ranked = [by_id[event_id] for event_id in event_ranking.ranked(site, explainer.slug) if event_id in by_id]
    says, close = _who_says(site, explainer)
    unknown, how = _not_known(site, explainer, events)
    key_events = {event.id for event in ranked if event_ranking.is_key(site, explainer.slug, event.id)}
    disputed = _some(ranked, events, CLAIMED, key_events)
    happened = _some(ranked, events, FACTS, key_events)
    claims = _disputed(site, explainer, disputed)
    found = (
        (
            "happened",
            word("What happened"),
            explainer.in_short.happened,
            _happened(site, explainer, happened),
            _inferred(site, explainer, happened),
        ),
        ("says", word("Who says so"), explainer.in_short.says, says, close),
        (
            "disputed",
            _disputed_label(site, disputed, answered=len(claims) > len(disputed) or not disputed),
            explainer.in_short.disputed,
            claims,
            "",
        ),
        ("not-known", word("Not known"), explainer.in_short.not_known, unknown, how),
        ("next", word("Next"), explainer.in_short.next, coming(site, explainer.as_of.date, events), ""),
    )
    lines = tuple(
        ShortLine(
            kind,
            label,
            body_html.line(site, ("explainer", explainer.slug), own, root, file=explainer.location.path),
            points if own is None else (),
            close if own is None else "",
            kind in {"happened", "not-known"},
        )
        for kind, label, own, points, close in found
        if own is not None or points or close
    )
    return (*lines, *_unsaid(site, {line.kind for line in lines})) if lines else ()


def _unsaid(site: Site, answered: set[str]) -> tuple[ShortLine, ...]:
    """Return the line that names the questions to which neither the author nor the records give an answer."""
    word = site.language.word
    questions = {
        "happened": word("what happened"),
        "says": word("who says so"),
        "disputed": word("what is disputed"),
        "not-known": word("what is not known"),
        "next": word("what comes next"),
    }
    missing = [words for kind, words in questions.items() if kind not in answered]
    told = "; ".join(missing)
    return (
        (ShortLine("unsaid", word("Not said here"), Trusted(""), (), f"{told[:1].upper()}{told[1:]}.", sentences=True),) if missing else ()
    )


def _some(ranked: list[EventCard], events: tuple[EventCard, ...], statuses: frozenset[str], key_events: set[str]) -> list[EventCard]:
    """Return the first few events with these statuses, in order of time; key events only, if there are any."""
    found = [event_card for event_card in ranked if event_card.status in statuses]
    chosen = {event.id for event in ([event_card for event_card in found if event_card.id in key_events] or found[:FEW])[:MOST_IN_A_LINE]}
    return [event for event in events if event.id in chosen]


def _point(event: EventCard, *more: str) -> Point:
    return Point(Ref(event.title, event.path, "event", doubt=event.doubt), tuple(words for words in more if words))


def _by(event: EventCard) -> str:
    return f"{event.by_words} {', '.join(ref.name for ref in event.by)}" if event.by else ""


def _happened(site: Site, explainer: Explainer, found: list[EventCard]) -> tuple[Point, ...]:
    said_once = bool(_inferred(site, explainer, found))
    return tuple(
        _point(
            event_card,
            event_card.when.short if event_card.when is not None else "",
            _by(event_card),
            "" if said_once else _state(site, explainer, event_card),
        )
        for event_card in found
    )


def _may_be_ahead(site: Site, explainer: Explainer, event: EventCard) -> bool:
    return may_be_ahead(site.events[event.id].when.date, explainer.as_of.date)


def _state(site: Site, explainer: Explainer, event: EventCard) -> str:
    """Return the words for an event that goes on, or of which no author wrote that it happened; "" for all others."""
    word = site.language.word
    if event.status == "ongoing":
        return f"{event.status_words}, {word('inferred')}" if event.status_derived else event.status_words
    if not event.status_derived:
        return ""
    return (
        word("taken to have happened, but may be still to come")
        if _may_be_ahead(site, explainer, event)
        else word("happened, judging by its date")
    )


def _inferred(site: Site, explainer: Explainer, found: list[EventCard]) -> str:
    """Return the words that say once, for all events of a line, that no author wrote that they happened; "" if any of them may be still to come."""
    if not found or not all(event_card.status_derived and event_card.status != "ongoing" for event_card in found):
        return ""
    if any(_may_be_ahead(site, explainer, event_card) for event_card in found):
        return ""
    word = site.language.word
    return (
        word("Taken to have happened, since the dates are past.")
        if len(found) > 1
        else word("Taken to have happened, since the date is past.")
    )


def _who_says(site: Site, explainer: Explainer) -> tuple[tuple[Point, ...], str]:
    """Return the first speakers with a name, people with the office of that day first, and words for the number of all others, counted as in the bar."""
    word, plural = site.language.word, site.language.plural
    spoken, kinds = voices.speakers(site, explainer.slug)
    number = Counter(kinds.values())
    named = sorted((who for who in spoken if kinds[who] in {NAMED, INSTITUTION}), key=lambda who: (kinds[who] != NAMED, not spoken[who]))
    shown = named[:MOST_IN_A_LINE]
    # What is so of all is said once, behind the last.
    once = len(shown) > 1 and not any(spoken[who] for who in shown)
    manner = {who: "" if spoken[who] or once else word("paraphrased") for who in shown}
    if once:
        manner[shown[-1]] = word("all paraphrased")
    points = tuple(Point(cards.actor_ref(site, who), tuple(filter(None, (_office(site, explainer, who), manner[who])))) for who in shown)
    people = number[NAMED] - sum(kinds[who] == NAMED for who in shown)
    bodies = number[INSTITUTION] - (len(shown) - number[NAMED] + people)
    rest = [plural("1 more named person", "{n} more named people", people)] if people else []
    if bodies:
        shows_body = any(kinds[who] == INSTITUTION for who in shown)
        more = plural("1 more institution", "{n} more institutions", bodies)
        rest.append(more if shows_body else plural("1 institution", "{n} institutions", bodies))
    rest += [plural("1 unnamed source", "{n} unnamed sources", number[NOT_NAMED])] if number[NOT_NAMED] else []
    rest += [plural("1 unknown or doubtful", "{n} unknown or doubtful", number[UNKNOWN])] if number[UNKNOWN] else []
    return points, "; ".join(rest)


def _office(site: Site, explainer: Explainer, who: str) -> str:
    """Return the first office that a person held on the day of the account, else when they spoke, if its words fit on the line; else ""."""
    actor = site.actors[who]
    if actor.type != PERSON:
        return ""
    day = next((when.date for when in (explainer.as_of, explainer.updated, explainer.published) if when.date is not None), None)
    held = cards.held_on(actor, day)
    then = held or next(filter(None, (cards.held_on(actor, spoke) for spoke in _spoke_on(site, explainer.slug, who))), ())
    if not then:
        return ""
    role, of = actor.positions[then[0]].role, actor.positions[then[0]].of
    full = f"{role}, {site.actors[of].title}" if of in site.actors else role
    words = next((words for words in (full, role) if len(words) <= MOST_OF_OFFICE), "")
    return words if held or not words else site.language.word("then {office}").format(office=words)


def _spoke_on(site: Site, slug: str, who: str) -> list[Date]:
    """Return the days of what a person said in an explainer; of what has none, those on which it was reported."""
    quotes = [site.quotes[key] for key in site.quotes_in[slug] if who in site.quotes[key].speakers]
    days = [quote.said.date or (site.sources[quote.via[0]].published.date if quote.via else None) for quote in quotes]
    return [day for day in days if day is not None]


def _disputed_label(site: Site, found: list[EventCard], *, answered: bool) -> str:
    """Return what the line is called; `answered` is whether a statement that others deny is in it."""
    word = site.language.word
    statuses = {event.status for event in found} | ({"disputed"} if answered else set())
    if "alleged" in statuses:
        return word("Only alleged") if statuses == {"alleged"} else word("Disputed or only alleged")
    return word("Denied") if statuses == {"denied"} else word("Disputed")


def _sides(site: Site, explainer: Explainer, event: EventCard) -> tuple[str, ...]:
    """Return who claims what is only claimed, and who denies it; a side that no record takes is named as such."""
    word = site.language.word
    if event.status == "alleged":
        return (_by(event),)
    claim = ", ".join(cards.actor_ref(site, who).name for who in voices.claimants(site, explainer.slug, event.id))
    if event.status == "denied":
        return (f"{word('claimed by')} {claim}" if claim else word("who claims it: not stated"), _by(event))
    by = _by(event) or (f"{word('statements by')} {claim}" if claim else "")
    return (by or word("by whom: not stated"),)


def _disputed(site: Site, explainer: Explainer, found: list[EventCard]) -> tuple[Point, ...]:
    """Return what is only claimed, then the statements that others deny, without those on an event that is there already."""
    word = site.language.word
    points = [_point(event, *_sides(site, explainer, event)) for event in found]
    for quote in map(site.quotes.__getitem__, site.quotes_in[explainer.slug]):
        card = cards.quote_card(site, (explainer.slug, quote.id))
        denials = tuple(relation for relation in card.relations if relation.passive and relation.relation == "denies")
        deniers = {ref.name for denial in denials for ref in denial.by}
        is_told = any(event.id in quote.about and deniers <= {ref.name for ref in event.by} for event in found)
        if not denials or is_told or len(points) >= MOST_IN_A_LINE:
            continue
        said = shorten_at_word(" … ".join(card.segments), MOST_CHARACTERS)
        speakers = f"{word('said by')} {', '.join(speaker.name for speaker in card.speakers)}" if card.speakers else word("speaker unknown")
        to = Ref(said if quote.is_paraphrase else word("“{words}”").format(words=said), card.path, "quote")
        points.append(Point(to, (speakers, *(denial.told for denial in denials))))
    return tuple(points)


def _not_known(site: Site, explainer: Explainer, events: tuple[EventCard, ...]) -> tuple[tuple[Point, ...], str]:
    """Return events that happened on an unknown or doubtful day, and words for what no report says of unnamed speakers."""
    word, plural = site.language.word, site.language.plural
    happened = [event for event in events if event.status in FACTS]
    undated = [_point(event, word("date unknown")) for event in happened if event.when is None]
    vague = [
        _point(event, event.when.short, word("day uncertain") if event.when.shape == "uncertain" else word("exact date not given"))
        for event in happened
        if event.when is not None and _is_vague(site.events[event.id].when.date)
    ]
    speakers = {speaker for key in site.quotes_in[explainer.slug] for speaker in site.quotes[key].speakers}
    unnamed = [site.actors[speaker] for speaker in speakers if site.actors[speaker].type == UNNAMED]
    unsaid = sum(actor.knows_because in {"", "unknown"} for actor in unnamed)
    unexplained = sum(actor.anonymity_reason == "unknown" for actor in unnamed)
    points = tuple((undated + vague)[:FEW])
    parts = (
        [plural("No report says how one unnamed source knows.", "No report says how {n} of the unnamed sources know.", unsaid)]
        if unsaid
        else []
    )
    if unexplained:
        parts.append(plural("No report says why one source is not named.", "No report says why {n} sources are not named.", unexplained))
    return points, " ".join(parts)


def _is_vague(date: Date | None) -> bool:
    """Return whether an event was on one day that the author marks as not known: `2024-03~`, `2024-03-XX`, `[2024-03-01..2024-03-07]`."""
    return date is not None and (date.kind == EITHER or date.shape in {"about", "uncertain"} or "X" in date.edtf)


def coming(site: Site, as_of: dates.Date | None, events: tuple[EventCard, ...]) -> tuple[Point, ...]:
    """Return the events that are still to come after the day of an explainer, dated ones first."""
    dated, undated = [], []
    for event in events:
        date = site.events[event.id].when.date
        if event.status not in TO_COME:
            continue
        if date is not None and event.when is not None and _is_put_off_from_its_date(site.events[event.id]):
            undated.append(
                _point(event, site.language.word("planned for {date}; no new date given").format(date=event.when.words), _by(event))
            )
        elif date is None or event.when is None:
            undated.append(_point(event, _by(event), site.language.word("date unknown")))
        elif as_of is None or dates.compare(date, as_of) != -1:
            dated.append(_point(event, event.when.words, _days_on(site, as_of, date), _by(event)))
    return (*dated[:FEW], *undated[: 1 if dated else FEW])


def _is_put_off_from_its_date(event: Event) -> bool:
    """Return whether the date of a postponed event is that of the plan, as it is unless the history gives that of the plan or the new one."""
    if event.status != "postponed":
        return False
    now = event.when.date
    dated = [past for past in event.history if past.when.date is not None]
    return not any(
        past.when.date != now if past.status in PLANNED else past.status == "postponed" and past.when.date == now for past in dated
    )


def _days_on(site: Site, as_of: dates.Date | None, date: dates.Date) -> str:
    """Return how many days an event is after the day that the account describes; "" if either is no certain day."""
    if as_of is None or not (as_of.is_certain_day and date.is_certain_day) or as_of.lower is None or date.lower is None:
        return ""
    days = date.lower - as_of.lower
    return site.language.plural("1 day later", "{n} days later", days) if days > 0 else ""
