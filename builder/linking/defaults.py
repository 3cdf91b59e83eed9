"""Values that an author leaves out and the record itself implies: filled in here, and listed in `derived`, so that pages can say so.

Nothing is invented: a missing date stays unknown, and so do missing ground rules.
"""

from collections.abc import Iterable

import msgspec

from builder import dates
from builder.content.mentions import marked_ranges
from builder.dates import Date
from builder.dates.date import ALL, EITHER, ONE, SPAN, UNKNOWN
from builder.diagnostics import Diagnostic
from builder.i18n.patterns import late
from builder.i18n.scripts import CLOSE, GREEK
from builder.linking import record_names
from builder.linking.lookup import Lookup
from builder.model import FACTS, PLANNED, Event, Explainer, Quote, QuoteKey, Reference, Source, Status, When, quote_reference

_OPENING = "[“‘\"'(「『（"
_BEFORE = "“”‘„«»「『\"'"
_STOP = late(rf"(?:[.!?…。！？．؟۔।॥։።။។]|(?<=[{GREEK}])[;\u037e])[”’\"')\]」』）»]*\Z")
_CLOSE = late(f"[{CLOSE}]")
_ENDING = late(
    "(?:です|ます|ました|ません|でした|ましょう|でしょう|ください|だろう|だった|である|という|なかった|したい|ない)[かねよ]?\\Z"
    "|(?<=[가-힣])(?:니다|습니까|니까|어요|아요|해요|예요|에요|이다|했다|한다|된다|됐다|있다|없다|않다|않는다|였다|겠다|는다)\\Z"
)
"""Verb forms that end a sentence of Japanese and Korean, where the full stop is left out before the closing mark."""

_PART = late(r"(?:\A|\s)[وف]?(?:ب|ل|ك)?(?:أن|إن|أنّ|إنّ|بأن|لأن)\Z")
"""The Arabic “that”: what follows it is a part of the sentence around it."""
FEWEST_WORDS = 6
"""Words from which a quote that begins like a sentence is one, though its full stop is missing: “…,” she said."""

ASKING = "interview"
"""The medium in which the publisher of the words is also the addressee."""

_AROUND_NEW_YEAR = frozenset({24, 28, 30})
"""Winters, and the southern summer."""

FEWEST_CHARACTERS = 6
"""Least number of characters of a sentence that is recognised by its verb."""

FEWEST_AFTER_COLON = 3
"""Least number of words behind a colon, in a script without capitals; a word of Chinese counts two characters."""


def later(first: When, second: When) -> When:
    """Return the later of two dates; a known one, if the other is unknown."""
    if first.date is None or second.date is None:
        return first if second.date is None else second
    return second if dates.sort_key(second.date) > dates.sort_key(first.date) else first


def derived_status(event: Event, days: Iterable[When]) -> tuple[str, tuple[Status, ...]]:
    """Return the status of an event that has none, by its date and the `as_of` dates of its explainers; and a status history with “planned”, if it was planned before."""
    latest = earliest = When()
    for as_of in days:
        latest = later(latest, as_of)
        if status(event, as_of) == "planned" and (earliest.date is None or later(as_of, earliest) is earliest):
            earliest = as_of
    found = status(event, latest)
    return found, (Status("planned", earliest, "", (), event.location),) if earliest.date is not None and found != "planned" else ()


def last_status(event: Event, by_date: str) -> Status | None:
    """Return the entry of its history that says how sure an event is of which no file has a status; None if none does, or its date has passed since."""
    statuses = sorted(event.history, key=lambda past: dates.sort_key(past.on.date))
    return statuses[-1] if statuses and (statuses[-1].status not in PLANNED or by_date == "planned") else None


def status(event: Event, as_of: When) -> str:
    """Return the status that follows from the date of an event: `planned` after `as_of`, `ongoing` if it lasts from then or before to beyond `as_of`, else `occurred`.

    Of an approximate date its first day counts, as it is written: around 17 November is after 15 November.
    """
    when, day = event.when.date, as_of.date
    if when is None or day is None:
        return "occurred"
    if when.kind == ONE and when.points[0].second is None and when.lower is not None and day.upper is not None:
        return "planned" if when.lower > day.upper else "occurred"  # as nearly all are
    if dates.compare(when, day) == 1 or dates.begins_after(when, day):
        return "planned"
    return "ongoing" if lasts_beyond(when, day) else "occurred"


def lasts_beyond(when: Date, day: Date) -> bool:
    """Return whether a span, or the last of several days, certainly ends after a day on which it has begun, as it is written. One whose end is unknown does not."""
    if when.kind not in {SPAN, ALL} or when.end == UNKNOWN or day.latest is None or day.upper is None:
        return False
    if (when.lower is not None and when.lower > day.upper) or not all(point.is_placed for point in when.points):
        return False
    return bool(when.end) or max(point.earliest for point in when.points) > day.latest


def may_be_ahead(when: Date | None, day: Date | None) -> bool:
    """Return whether it is open if a date lies before or after a day: that day is within it, or it is a winter, which may be the one that ends in its year."""
    if when is None or day is None or when.kind not in {ONE, EITHER} or day.upper is None or not when.points:
        return False
    if when.lower is not None and when.lower > day.upper:
        return when.points[0].month in _AROUND_NEW_YEAR and dates.compare(when, day) is None
    return (when.upper is None and bool(when.end)) or (when.upper is not None and when.upper > day.upper)


def is_later(source: Source, as_of: When) -> bool:
    """Return whether a source was certainly published after the day of an account, which cannot rest on it."""
    return source.published.date is not None and as_of.date is not None and dates.compare(source.published.date, as_of.date) == 1


def status_on(event: Event, as_of: When, *, is_newer: bool) -> tuple[str, bool]:
    """Return the status that an event had on the day of an account that has none of its own, and whether it follows from the date alone.

    Its history tells it, where that has steps on both sides of the day. `is_newer` says that its present status comes from later accounts; then,
    and before the day of what has happened, it follows from the date.
    """
    if as_of.date is None:
        return event.status, "status" in event.derived
    steps = sorted((step for step in event.history if step.on.date is not None), key=lambda step: dates.sort_key(step.on.date))
    before = [step for step in steps if step.on.date is not None and dates.compare(step.on.date, as_of.date) != 1]
    if len(before) < len(steps):
        return (before[-1].status, False) if before else (status(event, as_of), True)
    by_date = status(event, as_of)
    is_ahead = by_date == "planned" and event.status in FACTS
    return (by_date, True) if "status" in event.derived or is_newer or is_ahead else (event.status, False)


def mode(segments: tuple[str, ...], before: str = "") -> str:
    """Return `direct` if all segments are whole sentences, else `partial`. `before` is the text in front of the first segment, if known."""
    return "direct" if all(_is_sentence(segment.strip(), before if n == 0 else "") for n, segment in enumerate(segments)) else "partial"


def _is_sentence(words: str, before: str) -> bool:
    first = words.lstrip(_OPENING)[:1]
    if not first.isalnum() or first.islower():
        return False
    letter = next((word for word in words if word.isalpha()), "")
    if letter and letter.lower() == letter.upper():
        return _is_sentence_without_capitals(words, before)
    return bool(_STOP.search(words)) or (not first.isdecimal() and len(words.split()) >= FEWEST_WORDS)


def _is_sentence_without_capitals(words: str, before: str) -> bool:
    """Return whether words in a script without capitals are a whole sentence: by their end, or by a colon before them.

    Papers in Chinese, Hindi or Hebrew put the full stop of a whole sentence inside the marks, or a colon before them; a part of a sentence follows other words.
    """
    before = before.rstrip().rstrip(_BEFORE).rstrip()
    if _STOP.search(words):
        return not _PART.search(before)
    if _ENDING.search(words) and _size(words) >= FEWEST_CHARACTERS:
        return not _PART.search(before)
    enough = _size(words) > FEWEST_AFTER_COLON if _CLOSE.search(words) else len(words.split()) >= FEWEST_AFTER_COLON
    return enough and before.endswith((":", "："))


def _size(words: str) -> int:
    return sum(map(str.isalnum, words))


def explainer(lookup: Lookup, document: Explainer) -> Explainer:
    """Return the explainer with every quote's references resolved and defaults filled in."""
    own = tuple(item.id for item in document.sources if not isinstance(item, Reference) or lookup.knows("source", item.id))
    quotes = tuple(_quote(lookup, document, quote, own) for quote in document.quotes)
    return msgspec.structs.replace(document, quotes=quotes, only_source=own[0] if len(own) == 1 else "")


def _quote(lookup: Lookup, found: Explainer, quote: Quote, own: tuple[str, ...]) -> Quote:
    derived: list[str] = []
    speakers = lookup.resolve_ids("actor", quote.speakers, quote.location)
    via = lookup.resolve_ids("source", quote.via, quote.location)
    if not quote.via and len(own) == 1:
        via = own
        derived.append("via")
    to = tuple(dict.fromkeys(_addressee(lookup, who, quote) for who in quote.to if who != "unknown"))
    for who in to:
        if who in speakers:
            message = f"“to” names {lookup.actors[who].name or who}, who is the speaker of this quote."
            lookup.problems.append(Diagnostic("value-wrong", message, quote.location, f"Take “{who}” out of “to:”, or correct “speaker:”."))
    if not quote.to and quote.medium == ASKING and via:
        to = _who_asked(lookup, via, speakers)
        derived += ["to"] if to else []
    how = quote.mode
    if not how:
        how = mode(quote.segments, _before(found, quote))
        derived.append("mode")
    return msgspec.structs.replace(
        quote,
        speakers=speakers,
        unfound=tuple(dict.fromkeys(who for who in quote.speakers if who not in speakers)),
        via=via,
        to=to,
        mode=how,
        about=lookup.resolve_ids("event", quote.about, quote.location),
        relations=_relations(lookup, found, quote),
        derived=tuple(derived),
        unresolved=tuple(
            name for name, given, kept in (("speaker", quote.speakers, speakers), ("via", quote.via, via)) if given and not kept
        ),
    )


def _who_asked(lookup: Lookup, via: tuple[str, ...], speakers: tuple[str, ...]) -> tuple[str, ...]:
    """Return the publisher of the first source of an interview.

    Empty if that is not clear; if the publisher is a speaker, a body of theirs, or part of one that speaks; or if a speaker wrote the source.
    """
    first = _origin(lookup, via)
    if not first:
        return ()
    publisher, authors = lookup.sources[first].publisher, {record_names.fold(name) for name in lookup.sources[first].authors}
    if not publisher or _folded((publisher,)) & _bodies(lookup, speakers) or _folded(speakers) & _bodies(lookup, (publisher,)):
        return ()
    names = {record_names.fold(name) for who in speakers for name in (who, lookup.actors[who].name, *lookup.actors[who].alias)}
    return () if authors & names else (publisher,)


def _origin(lookup: Lookup, via: tuple[str, ...]) -> str:
    """Return the source that first published the words: the one of `via` that cites none; "" if citations or dates do not decide."""
    first = via[0]
    seen: set[str] = set()
    while lookup.sources[first].cites:
        cited = lookup.sources[first].cites
        seen.add(first)
        if len(cited) > 1 or cited[0] not in via or cited[0] in seen:
            return ""
        first = cited[0]
    day = lookup.sources[first].published.date
    others = (lookup.sources[key].published.date for key in via if key != first)
    return "" if any(day is not None and other is not None and dates.compare(other, day) == -1 for other in others) else first


def _bodies(lookup: Lookup, actors: Iterable[str]) -> set[str]:
    """Return some actors and all bodies that they belong to or hold an office of, transitively: ids and plain words, casefolded."""
    found: set[str] = set()
    waiting = list(actors)
    while waiting:
        key = waiting.pop()
        if key and key.casefold() not in found:
            found.add(key.casefold())
            actor = lookup.actors.get(key)
            waiting += (actor.of, *(held.of for held in actor.positions)) if actor is not None else ()
    return found


def _folded(keys: Iterable[str]) -> set[str]:
    return {key.casefold() for key in keys}


def _before(found: Explainer, quote: Quote) -> str:
    """Return the text in front of a quote; "" if its script has capitals, which are enough."""
    if not quote.segments or quote.segments[0].isascii() or quote.segments[0].lower() != quote.segments[0].upper():
        return ""
    at, _ = marked_ranges(found.body).get(("quote", quote.id), (0, 0))
    return found.body.text[max(0, at - 20) : at]


def _addressee(lookup: Lookup, who: str, quote: Quote) -> str:
    if not lookup.knows("actor", who):
        # “to: cnn” where the publisher of a source is CNN
        who = lookup.publisher(who.replace("-", " ")) or who
    return lookup.resolve_name("actor", who, quote.location, quote.as_words)


def _relations(lookup: Lookup, found: Explainer, quote: Quote) -> tuple[tuple[str, QuoteKey], ...]:
    kept: list[tuple[str, QuoteKey]] = []
    for relation, (slug, name) in quote.relations:
        key = (slug or found.slug, name)
        if key == (found.slug, quote.id):
            message = f"This quote {relation} itself."
            lookup.problems.append(Diagnostic("value-wrong", message, quote.location, f"Name another quote, or delete “{relation}:”."))
        elif not lookup.knows_quote(key):
            lookup.report_unknown_quote(quote_reference((slug, name)), found.slug, quote.location)
        else:
            kept.append((relation, key))
    for key in dict.fromkeys(key for _, key in kept):
        if {"denies", "confirms"} <= {relation for relation, other in kept if other == key}:
            message = f"This quote both denies and confirms “{quote_reference(key, found.slug)}”."
            lookup.problems.append(Diagnostic("value-wrong", message, quote.location, "Delete one of the two."))
    return tuple(kept)
