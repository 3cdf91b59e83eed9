"""Dates that contradict each other. Only certain contradictions are reported: dates that overlap or are unknown contradict nothing.

A rule gives a warning instead of an error if a date may have been left unchanged, or if days are counted in two time zones.
"""

from collections.abc import Iterator

from builder import dates
from builder.checks.made_by_marks import made_by_mark
from builder.dates.date import SPAN
from builder.diagnostics import WARNING, Diagnostic, Location
from builder.linking.defaults import lasts_beyond, may_be_ahead
from builder.model import FACTS, FORESEEN, Event, Explainer, Site, Source, When

DOUBTFUL = frozenset({"about", "uncertain", "choice"})
"""Shapes of dates that may be others."""

FACT_VERBS = {"occurred": "occurred", "ongoing": "begun"}
"""Status of `FACTS` → the word by which messages say that an event “has …”."""


def is_before(first: When, second: When) -> bool:
    """Return whether the first date is certainly the earlier one."""
    a, b = first.date, second.date
    if a is None or b is None:
        return False
    if a.earliest is not None and b.latest is not None and a.earliest > b.latest:
        return False  # the usual case, for which nothing more need be known
    return dates.compare(a, b) == -1


def worded(when: When) -> str:
    """Return a date as it was written."""
    return when.date.edtf if when.date is not None else "?"


# --- events, and the day whose state is told ------------------------------------------------


def statuses_in_explainer(site: Site, slug: str) -> Iterator[Diagnostic]:
    """An event after its explainer's `as_of` has not occurred, and one planned for a day before it has occurred or not.

    An error if `as_of` is given; a warning if it follows from `updated` or `published`, which may not have been updated.
    """
    explainer = site.explainers[slug]
    for item in site.records_in[slug]:
        if isinstance(item, Event):
            event = site.events[item.id]
            # What the history says of an event without a status is said by the author too.
            by_history = event.status if item.history and not item.status and "status" not in event.derived else ""
            yield from _state(
                event, item.status or by_history, item.when.location if item.when.date is not None else item.location, explainer
            )


def status_by_newest_explainer(site: Site, event_id: str) -> Iterator[Diagnostic]:
    """The status in a shared file fits the explainer with the latest `as_of`."""
    event = site.events[event_id]
    if not event.shared or not event.status or event.derived:
        return
    latest = newest_account(site, event_id)
    if latest is not None:
        yield from _state(event, event.status, event.when.location if event.when.date is not None else event.location, latest)


def newest_account(site: Site, event_id: str) -> Explainer | None:
    """Return the explainer with the latest `as_of` of those that have an event in their timeline."""
    latest: Explainer | None = None
    for event_mention in site.event_mentions.get(event_id, ()):
        explainer = site.explainers[event_mention.slug]
        if event_id in site.timelines[event_mention.slug] and (latest is None or is_before(latest.as_of, explainer.as_of)):
            latest = explainer
    return latest


def status_by_date(site: Site, event_id: str) -> Iterator[Diagnostic]:
    """An event has a status of its own where its date does not tell it, or is later than all its sources."""
    event = site.events[event_id]
    if "status" in event.derived and event.when.date is not None:
        yield from _left_open(site, event)
        yield from _after_sources(site, event)


def _left_open(site: Site, event: Event) -> Iterator[Diagnostic]:
    """An unclear date is not before or after the day of the newest explainer that has the event.

    A plain month or year is let through: what an account tells of “November” is past, unless it says that it is to come.
    """
    if event.when.date is None or event.when.date.shape not in DOUBTFUL:
        return
    latest = newest_account(site, event.id)
    if latest is not None and may_be_ahead(event.when.date, latest.as_of.date):
        yield Diagnostic(
            "event-status-open",
            f"This event has no status, and its date ({worded(event.when)}) may be after the day to which the explainer is current "
            f"({worded(latest.as_of)}).",
            event.when.location,
            help="Write “status: occurred” if it has happened, else a status such as planned or expected.",
            severity=WARNING,
            also=(latest.as_of.location,),
        )


def _after_sources(site: Site, event: Event) -> Iterator[Diagnostic]:
    """What is only taken to have happened is reported by something that came out then or later: not all of its sources are older.

    The author's own status, a plan in its history, the day on which a source was read, a speaker, or a quote about it account for older sources.
    """
    if event.status not in FACTS or event.history or event.by:
        return
    sources = [site.sources[key] for key in event.sources or _only_source(site, event)]
    if not sources or not all(_is_days_behind(event.when, source.published) and not _read_later(source, event) for source in sources):
        return
    reports = (site.sources[via].published for key in site.said_about.get(event.id, ()) for via in site.quotes[key].via)
    if not all(_is_days_behind(event.when, published) for published in reports):
        return
    yield Diagnostic(
        "event-too-late",
        f"This event is taken to have {FACT_VERBS[event.status]} ({worded(event.when)}), but {'all of its sources' if len(sources) > 1 else 'its source'} "
        f"came out before ({worded(sources[-1].published)}).",
        event.when.location,
        help=f"Write “status: planned” if it was only announced, or “status: {event.status}” if you know better; or name a source that reports it.",
        severity=WARNING,
        also=(sources[-1].published.location,),
    )


def _only_source(site: Site, event: Event) -> tuple[str, ...]:
    """Return the source on which an event without sources rests: the only one of an explainer that has it; none if they have several."""
    found = {
        site.explainers[mention.slug].only_source
        for mention in site.event_mentions.get(event.id, ())
        if event.id in site.timelines[mention.slug]
    }
    return tuple(found) if len(found) == 1 and "" not in found and not event.unresolved else ()


def _read_later(source: Source, event: Event) -> bool:
    """Return whether a source may have been read after an event, as one that is kept up to date."""
    return source.accessed.date is not None and not is_before(source.accessed, event.when)


def _state(event: Event, status: str, location: Location, explainer: Explainer) -> Iterator[Diagnostic]:
    if status in FACTS and is_before(explainer.as_of, event.when):
        yield _too_early(event, status, location, explainer)
    elif (status in FORESEEN or (status == "ongoing" and _has_end(event))) and is_before(event.when, explainer.as_of):
        yield _passed(event, status, location, explainer)
    elif status == "occurred" and _goes_on(event, explainer):
        yield Diagnostic(
            "event-not-over",
            f"This event has occurred, but it lasts ({worded(event.when)}) beyond the day to which the explainer is current ({worded(explainer.as_of)}).",
            location,
            help="Write “status: ongoing”; or an end that has passed.",
            severity=WARNING,
            also=(explainer.as_of.location,),
        )


def _has_end(event: Event) -> bool:
    return event.when.date is not None and event.when.date.kind == SPAN


def _goes_on(event: Event, explainer: Explainer) -> bool:
    """Return whether an event with a given end has begun by the day of an explainer, and ends after it."""
    when, day = event.when.date, explainer.as_of.date
    return when is not None and day is not None and not when.end and lasts_beyond(when, day)


def _passed(event: Event, status: str, location: Location, explainer: Explainer) -> Diagnostic:
    return Diagnostic(
        "event-passed",
        f"This event is {status} ({worded(event.when)}), but the explainer is current to {worded(explainer.as_of)}.",
        location,
        help=f"Say what became of it: {'occurred' if status == 'ongoing' else 'occurred, cancelled or postponed'}. “{status}” can move to its “history:”.",
        severity=WARNING,
        also=(explainer.as_of.location,),
    )


def _too_early(event: Event, status: str, location: Location, explainer: Explainer) -> Diagnostic:
    if explainer.as_of.location in (explainer.updated.location, explainer.published.location):
        return Diagnostic(
            "event-after-update",
            f"This event has {FACT_VERBS[status]} ({worded(event.when)}) after the last update of an explainer that has it "
            f"({worded(explainer.as_of)}).",
            location,
            help="Write “updated:” with the day of the update, or a status such as planned.",
            severity=WARNING,
            also=(explainer.as_of.location,),
        )
    return Diagnostic(
        "event-after-as-of",
        f"This event has {FACT_VERBS[status]} ({worded(event.when)}), but the explainer is current to {worded(explainer.as_of)}.",
        location,
        help="Write a status such as planned or expected, or correct “when:” or “as_of:”.",
        also=(explainer.as_of.location,),
    )


def undated_event(site: Site, event_id: str) -> Iterator[Diagnostic]:
    """An event has a date, or says that it is unknown."""
    event = site.events[event_id]
    if event.undated:
        yield Diagnostic(
            "event-no-date",
            f"The event “{event.title}” has no date.",
            event.location,
            help="Add “when:” with its date, or “when: unknown” if none is known.",
        )


# --- the dates of one record ------------------------------------------------


def days_of_explainer(site: Site, slug: str) -> Iterator[Diagnostic]:
    """The dates of an explainer fit together: it is not updated or corrected before it is published, and its `as_of` is not after its last change."""
    explainer = site.explainers[slug]
    for on in [update.on for update in explainer.updates] or [explainer.updated]:
        yield from _earlier(on, "updated", explainer.published, "published")
    for correction in explainer.corrections:
        yield from _earlier(correction.on, "corrected", explainer.published, "published")
    last = explainer.updated if explainer.updated.date is not None else explainer.published
    if is_before(last, explainer.as_of):
        yield out_of_order(
            explainer.as_of,
            f"This explainer is current to {worded(explainer.as_of)}, but was last changed on {worded(last)}.",
            last,
        )


def days_of_source(site: Site, source_id: str) -> Iterator[Diagnostic]:
    """A source is not read before it is published, nor does it cite a later one."""
    source = site.sources[source_id]
    yield from _earlier(source.accessed, "read", source.published, "published")
    for key in source.cites:
        cited = site.sources[key].published
        if is_before(source.published, cited) and source_id not in _rests_on(site, key):
            message = f"This was published ({worded(source.published)}) before “{key}”, which it cites ({worded(cited)})."
            yield out_of_order(source.published, message, cited)


def days_of_offices(site: Site, actor_id: str) -> Iterator[Diagnostic]:
    """No office ends before it begins."""
    for held in site.actors[actor_id].positions:
        yield from _earlier(held.until, "left", held.since, "taken up")


def _earlier(second: When, then: str, first: When, before: str) -> Iterator[Diagnostic]:
    if is_before(second, first):
        yield out_of_order(second, f"This was {then} ({worded(second)}) before it was {before} ({worded(first)}).", first)


def out_of_order(when: When, message: str, other: When) -> Diagnostic:
    """Return the problem of a date that contradicts another one."""
    return Diagnostic("date-order", message, when.location, help="Correct one of the two dates.", severity=WARNING, also=(other.location,))


# --- quotes ------------------------------------------------


def words_after_report(site: Site, slug: str) -> Iterator[Diagnostic]:
    """No source reports words that were said later, and no account has words that were said after its day."""
    as_of = site.explainers[slug].as_of
    for quote in map(site.quotes.__getitem__, site.quotes_in[slug]):
        if quote.said.date is None:
            continue
        early = next((source_id for source_id in quote.via if is_before(site.sources[source_id].published, quote.said)), None)
        if early is not None:
            published = site.sources[early].published
            yield Diagnostic(
                "quote-too-late",
                f"These words were said ({worded(quote.said)}) after the source “{early}” came out ({worded(published)}).",
                quote.said.location,
                help=f"Correct {'“on=” or “source=”' if made_by_mark(site, slug, quote) else '“said:” or “via:”'}, or the source’s “published:”.",
                severity=WARNING,
                also=(published.location,),
            )
        elif _is_days_behind(quote.said, as_of):
            yield Diagnostic(
                "date-order",
                f"These words were said ({worded(quote.said)}) after the day to which the explainer is current ({worded(as_of)}).",
                quote.said.location,
                help=f"Correct {'“on=”' if made_by_mark(site, slug, quote) else '“said:”'}, or write “updated:” or “as_of:” with a later date.",
                severity=WARNING,
                also=(as_of.location,),
            )


def _is_days_behind(when: When, day: When) -> bool:
    """Return whether something certainly was after a day and the next one, since the zones of the two may differ."""
    first, last = when.date, day.date
    return (
        first is not None
        and last is not None
        and first.earliest is not None
        and last.latest is not None
        and first.earliest > last.latest + 1
    )


def order_of_via(site: Site, slug: str) -> Iterator[Diagnostic]:
    """The sources of a quote begin with its first publisher: none precedes one that it cites, or that certainly came out earlier."""
    for quote in map(site.quotes.__getitem__, site.quotes_in[slug]):
        right = _in_order(site, quote.via) if len(quote.via) > 1 else quote.via
        if right != quote.via:
            written = f"source={','.join(right)}" if made_by_mark(site, slug, quote) else f"via: [{', '.join(right)}]"
            yield Diagnostic(
                "via-order",
                "The sources of this quote do not begin with its first publisher, by what they cite and when they came out.",
                quote.location,
                help=f"Write “{written}”, or correct “cites:” or “published:” of these sources.",
                severity=WARNING,
                subject=next(key for key, other in zip(quote.via, right, strict=True) if key != other),
                kind="source",
            )


def _in_order(site: Site, via: tuple[str, ...]) -> tuple[str, ...]:
    """Return the sources so that each follows those that it cites and that came out earlier; otherwise in their order."""
    rests_on = {source_id: _rests_on(site, source_id) for source_id in via}

    def is_behind(source_id: str, other: str) -> bool:
        published, before = site.sources[source_id].published, site.sources[other].published
        if other in rests_on[source_id] and source_id not in rests_on[other]:
            return not is_before(published, before)  # what is said of them contradicts itself
        return source_id not in rests_on[other] and is_before(before, published)

    left, found = list(via), []
    while left:
        first = next(
            (source_id for source_id in left if not any(is_behind(source_id, other) for other in left if other != source_id)), left[0]
        )
        left.remove(first)
        found.append(first)
    return tuple(found)


def _rests_on(site: Site, record_id: str) -> set[str]:
    """Return all sources that a source cites, transitively."""
    found: set[str] = set()
    waiting = [record_id]
    while waiting:
        new = [cited for cited in site.sources[waiting.pop()].cites if cited not in found]
        found.update(new)
        waiting += new
    return found
