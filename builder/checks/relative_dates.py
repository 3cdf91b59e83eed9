"""Relative dates: “Friday”, “last week”."""

from collections.abc import Iterator
from typing import NamedTuple

from builder import dates
from builder.diagnostics import WARNING, Diagnostic, advice
from builder.model import MarkClose, MarkOpen, RelativeDate, Site, Text, When, location_of


class WordedDate(NamedTuple):
    """A date that an author gives in the words of a report, `{says: yesterday, is: 2025-11-14}`."""

    when: When
    words: RelativeDate
    counted_from: tuple[When, ...]
    """The dates from which the words may be counted: that of the explainer, which may be none, then those of the sources."""


def _of_quotes(site: Site, slug: str) -> Iterator[WordedDate]:
    for quote in map(site.quotes.__getitem__, site.quotes_in[slug]):
        if quote.said.relative is not None:
            reports = (site.sources[key].published for key in quote.via)
            yield WordedDate(quote.said, quote.said.relative, (site.explainers[slug].as_of, *reports))


def _of_event(site: Site, event_id: str) -> Iterator[WordedDate]:
    when = site.events[event_id].when
    if when.relative is not None:
        slug = next(
            (
                event_mention.slug
                for event_mention in site.event_mentions.get(event_id, ())
                if event_id in site.timelines[event_mention.slug]
            ),
            None,
        )
        reports = (site.sources[key].published for key in site.events[event_id].sources if key in site.sources)
        yield WordedDate(when, when.relative, (site.explainers[slug].as_of if slug is not None else When(), *reports))


def days_of_quotes(site: Site, slug: str) -> Iterator[Diagnostic]:
    """“Friday” is a Friday, and has a date; it counts from a date or a source. For the dates of quotes."""
    for found in _of_quotes(site, slug):
        yield from _relative(site, found)


def day_of_event(site: Site, event_id: str) -> Iterator[Diagnostic]:
    """“Friday” is a Friday, and has a date; it counts from a date or a source. For the date of an event."""
    for found in _of_event(site, event_id):
        yield from _relative(site, found)


def days_of_marks(site: Site, slug: str) -> Iterator[Diagnostic]:
    """Words that are marked as the day of an event, “[Friday 21 January]{event=meeting}”, agree with its date."""
    body = site.bodies[slug]
    explainer = site.explainers[slug]
    counted_from = explainer.as_of.date or explainer.updated.date or explainer.published.date
    near = dates.first_day(counted_from) if counted_from is not None else None
    opened: list[MarkOpen] = []
    words: list[str] = []
    for segment in body.segments:
        if isinstance(segment, MarkOpen):
            opened.append(segment)
            words.append("")
        elif not opened:
            continue
        elif isinstance(segment, MarkClose):
            yield from _marked(site, opened.pop(), words.pop(), explainer.location.path, near)
        elif isinstance(segment, Text):
            words[-1] += segment.text


def _marked(site: Site, mark: MarkOpen, words: str, file: str, near: int | None) -> Iterator[Diagnostic]:
    event = site.events.get(mark.id) if mark.kind == "event" else None
    date = event.when.date if event is not None else None
    # A weekday that is not that of the day beside it is reported with the text.
    if event is None or date is None or any(dates.actual_weekday(weekday, near) is not None for weekday in dates.find_weekdays(words)):
        return
    wrong = dates.contradicts(words, date, site.language) if not any(map(str.isdigit, words)) else None
    if wrong is None and dates.misses(words, date):
        wrong = f"“{words}” is marked as the day of “{event.title}”, which is {date.edtf}."
    if wrong is not None:
        yield Diagnostic(
            "weekday-wrong", wrong, location_of(mark, file), help="Correct the words, or “when:” of the event.", also=(event.when.location,)
        )


def _relative(site: Site, found: WordedDate) -> Iterator[Diagnostic]:
    yield from _tied(site, found)
    relative = found.words
    if relative.as_of and relative.as_of not in site.sources and _counts_from(site, relative, When()) is None:
        near = advice(relative.as_of, site.sources)
        yield Diagnostic(
            "reference-unknown",
            f"“{relative.as_of}” is neither a date nor the id of a source.",
            relative.location,
            help=near.help or "Write a date, or the id of a source.",
            subject=relative.as_of,
            kind="source",
            suggestion=near.suggestion,
        )


def _tied(site: Site, found: WordedDate) -> Iterator[Diagnostic]:
    when, relative, counted_from = found
    if when.date is not None:
        wrong = dates.contradicts(relative.says, when.date, site.language)
        if wrong:
            yield Diagnostic("weekday-wrong", wrong, when.location, help="Correct the date in “is”, or the word in “says”.")
        elif told := _other_day(site, relative, when.date, counted_from):
            yield Diagnostic(
                "date-says-other",
                told,
                when.location,
                help="Correct the date in “is”, or the words in “says”; “as_of” beside them says from which day, or report, they count.",
                severity=WARNING,
            )
        return
    counted = _counts_from(site, relative, counted_from[0])
    proposal = dates.resolve(relative.says, counted, site.language) if counted is not None else None
    hint = f"Add “is: {proposal.edtf}” if that is what it means." if proposal is not None else "Add “is:” with the date that it means."
    yield Diagnostic("date-open", f"“{relative.says}” is not tied to a date.", relative.location, help=hint, severity=WARNING)


def _other_day(site: Site, relative: RelativeDate, date: dates.Date, counted_from: tuple[When, ...]) -> str:
    """Return a sentence if a date is certainly not what its words say, whatever day they count from; "" else.

    Weekdays are not asked about: which one is meant is the author's to say.
    """
    if dates.has_other_hour(relative.says, date):
        return f"“{relative.says}” is another hour than that of {date.edtf}."
    counted = [_counts_from(site, relative, base) for base in (counted_from[:1] if relative.as_of else counted_from)]
    found = dates.misdated(relative.says, date, [base for base in counted if base is not None], site.language)
    return f"“{relative.says}”, counted from {found[0].edtf}, is {found[1].edtf}, not {date.edtf}." if found is not None else ""


def _counts_from(site: Site, relative: RelativeDate, as_of: When) -> dates.Date | None:
    if relative.as_of in site.sources:
        return site.sources[relative.as_of].published.date
    if relative.as_of:
        try:
            return dates.parse(relative.as_of)
        except dates.DateProblem:
            return None
    return as_of.date
