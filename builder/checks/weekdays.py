"""The story's own words for dates: “Friday”, “last week”."""

from collections.abc import Iterator

from builder import dates
from builder.diagnostics import WARNING, Diagnostic, did_you_mean
from builder.model import Explainer, RelativeDate, Site, When


def _in_words(site: Site) -> Iterator[tuple[When, RelativeDate, When]]:
    """Yield every date of a quote or an event that the story gives in words, the words, and the day that its explainer counts from."""
    for explainer in site.explainers:
        for quote in explainer.quotes:
            if quote.said.relative is not None:
                yield quote.said, quote.said.relative, explainer.as_of
    events = {key: event.when for key, event in site.events.items() if event.when.relative is not None}
    told: dict[str, Explainer] = {}
    for slug, keys in site.timelines.items() if events else ():
        for key in keys:
            told.setdefault(key, site.by_slug[slug])
    for key, when in events.items():
        if when.relative is not None:
            yield when, when.relative, told[key].as_of if key in told else When()


def relative_dates(site: Site) -> Iterator[Diagnostic]:
    """“Friday” is a Friday, and says which."""
    for when, relative, as_of in _in_words(site):
        if when.date is not None:
            wrong = dates.contradicts(relative.says, when.date, site.language)
            if wrong:
                yield Diagnostic("weekday-wrong", wrong, when.place, help="Mend the date in “is”, or the word in “says”.")
            continue
        counted = _counts_from(site, relative, as_of)
        proposal = dates.resolve(relative.says, counted, site.language) if counted is not None else None
        hint = f"Add “is: {proposal.edtf}” if that is what it means." if proposal is not None else "Add “is:” with the date that it means."
        yield Diagnostic("date-open", f"“{relative.says}” is not tied to a date.", relative.place, help=hint, severity=WARNING)


def _counts_from(site: Site, relative: RelativeDate, as_of: When) -> dates.Date | None:
    if relative.as_of in site.sources:
        return site.sources[relative.as_of].published.date
    if relative.as_of:
        try:
            return dates.parse(relative.as_of)
        except dates.DateProblem:
            return None
    return as_of.date


def counted_from(site: Site) -> Iterator[Diagnostic]:
    """What a relative date counts from is a date or a source."""
    for _, relative, _ in _in_words(site):
        if relative.as_of and relative.as_of not in site.sources and _counts_from(site, relative, When()) is None:
            hint = did_you_mean(relative.as_of, site.sources) or "Write a date, or the id of a source."
            yield Diagnostic(
                "reference-unknown", f"“{relative.as_of}” is neither a date nor the id of a source.", relative.place, help=hint
            )
