"""Speakers, sources and statements."""

import itertools
import re
from collections.abc import Iterator

from builder.checks.made_by_marks import made_by_mark, marked_event
from builder.content import anchoring
from builder.content.quotations.negations import reverses_meaning
from builder.diagnostics import ERROR, WARNING, Diagnostic
from builder.i18n.tags import language_code
from builder.model import Event, Quote, Site, Source

SHOWN = 5
"""Number of ids in a message."""

NEEDS_A_VOICE = ("alleged", "denied", "expected")
"""Statuses of an event that need a speaker."""

CERTAIN = ("occurred", "ongoing")
"""Statuses by which the site itself states that something happened."""


def attribution(site: Site, slug: str) -> Iterator[Diagnostic]:
    """A quote has a speaker, a source and a date, or says that they are unknown."""
    for quote in map(site.quotes.__getitem__, site.quotes_in[slug]):
        if not quote.speakers and not quote.speaker_unknown and "speaker" not in quote.unresolved:
            yield Diagnostic(
                "quote-no-speaker",
                "This quote has no speaker.",
                quote.location,
                help="Add “speaker:” with the id of an actor"
                + (
                    "; a claim without a known speaker is an event with “status: alleged”, or stays in your text alone."
                    if quote.is_paraphrase
                    else ", or “speaker: unknown”."
                ),
            )
        if quote.is_paraphrase and quote.speaker_unknown and not quote.speakers and "speaker" not in quote.unresolved:
            yield Diagnostic(
                "quote-of-nobody",
                "This has neither a known speaker nor quoted words: it is no quote.",
                quote.location,
                help="Make it an event with “status: alleged” and “by:”, or leave it to your text alone; if the report itself claims it, its publisher is the speaker.",
            )
        if not quote.via and "via" not in quote.unresolved:
            yield _no_source(quote, site.explainer_sources[slug], in_mark=made_by_mark(site, slug, quote))
        if quote.via and not quote.said.location.line and not any(_dated(site.sources[key]) for key in quote.via):
            yield Diagnostic(
                "quote-no-date",
                "Neither this quote nor its source has a date.",
                quote.location,
                help="Add “on=” to the mark, or a date to its source; “on=unknown” if it is not known."
                if made_by_mark(site, slug, quote)
                else "Add “said:”, or “published:” to its source; “said: unknown” if it is not known.",
                severity=WARNING,
            )


def _no_source(quote: Quote, sources: tuple[str, ...], *, in_mark: bool) -> Diagnostic:
    """Report a quote without a source; `sources` are those of its explainer, one of which may be meant. `in_mark` is whether a mark in the text has made it."""
    dated = quote.said.date is not None
    if len(sources) > 1:
        ids = ", ".join(sources[:SHOWN]) + (", …" if len(sources) > SHOWN else "")
        message = "This quote does not say which of the sources it comes from."
        of_several = "{n} quotes do not say which of the sources they come from."
        hint = (
            f"Add one of them to the mark: {ids}. Write {{by={','.join(quote.speakers or quote.unfound) or 'unknown'} source=…}}, or {{source=…}} at the end of the paragraph for all in it."
            if in_mark
            else f"Add “via:” with one of them: {ids}. For all quotes that name none: “defaults: {{via: …}}” and the quotes under “list:”."
        )
    else:
        lack = "no source" if dated else "no source and no date"
        message, of_several = f"This quote has {lack}.", f"{{n}} quotes have {lack}."
        more = (
            "If you heard it yourself, your own notes or recording are one."
            if dated
            else f"If there is none, add “{'on=' if in_mark else 'said:'}” with a date."
        )
        where = "“source=” to the mark, or {source=…} at the end of the paragraph," if in_mark else "“via:”"
        hint = f"Add {where} with the id of a source. {more}"
    severity = WARNING if dated else ERROR
    return Diagnostic("quote-no-source", message, quote.location, help=hint, severity=severity, of_several=of_several)


def _dated(source: Source) -> bool:
    """Return whether a source has a date or says that it is unknown; also for a bare address, which is reported elsewhere."""
    return source.published.location.line > 0 or source.given == ("url",)


def words_in_source_text(site: Site, source_id: str) -> Iterator[Diagnostic]:
    """The words of a quote occur exactly in its source, if the author keeps the source's text: quotations are never altered (AP).

    Paraphrases, and words in another language than the source's, cannot be compared.
    """
    text = site.archives.get(source_id)
    if text is None:
        return
    lang = language_code(site.sources[source_id].lang)
    quotes = [site.quotes[at] for at in site.quotes_by_source.get(source_id, ())]
    theirs = [quote for quote in quotes if not quote.is_paraphrase and (not lang or not quote.lang or language_code(quote.lang) == lang)]
    for quote, piece, nearest in anchoring.missing_words(theirs, text):
        yield Diagnostic(
            "quote-not-in-source",
            f"“{piece}” does not stand in the text of the source “{source_id}”.",
            quote.location,
            help=nearest or "No similar passage is in the source. Quote its words as they stand there, or name the source that has them.",
        )
    for quote in theirs:
        for segment in quote.segments:
            left_out = _left_out(segment, text, quote.lang or site.sources[source_id].lang)
            if left_out:
                yield Diagnostic(
                    "quote-cut-short",
                    f"The quote “{segment}” leaves out “{left_out}” of the source “{source_id}”, which may reverse its meaning.",
                    quote.location,
                    help="Take the whole sentence, or write it as a paraphrase, with “mode: indirect”.",
                    severity=WARNING,
                )


_DOTS = re.compile(r"(?:(?<!\s)\s+)?\[?(?:…|\.\.\.)\]?\s*")
_MOST_DOTS = 50
"""Places of one quote at which words are left out: for each the kept text is gone through."""
_MOST_LEFT_OUT = 200
"""Characters that three dots may stand for within one sentence."""


def _left_out(segment: str, text: str, language: str) -> str:
    """Return the words of a kept text for which the dots of a quote stand, if they reverse its meaning; "" otherwise."""
    parts = _DOTS.split(segment)
    for before, after in itertools.islice(itertools.pairwise(parts), _MOST_DOTS):
        low, high = (r"\s+".join(map(re.escape, words)) for words in (before.split()[-3:], after.split()[:3]))
        if not low or not high:
            continue
        found = re.search(rf"(?<!\w){low}\b([^.!?“”„\"]{{1,{_MOST_LEFT_OUT}}}?)\b{high}(?!\w)", text)
        if found is not None and reverses_meaning(found[1], language or "en"):
            return " ".join(found[1].split())
    return ""


def off_record(site: Site, slug: str) -> Iterator[Diagnostic]:
    """What was said off the record is not published: so the ground rules of AP and Reuters define the term."""
    for quote in map(site.quotes.__getitem__, site.quotes_in[slug]):
        if quote.rules == "off-record":
            yield Diagnostic(
                "off-record",
                "This quote is off the record and cannot be published.",
                quote.location,
                help="Delete it, and from the file’s history too.",
            )


def claim_without_speaker(site: Site, event_id: str) -> Iterator[Diagnostic]:
    """An event that is alleged, denied or expected names its speaker."""
    event = site.events[event_id]
    if event.status in NEEDS_A_VOICE and not event.by:
        by = "by=" if marked_event(site, event) else "by:"
        yield Diagnostic(
            "event-no-voice",
            f"This event is {event.status}, but “{by}” is missing.",
            event.location,
            help=f"Add “{by}” with the id of an actor or a source.",
        )


def event_without_source(site: Site, event_id: str) -> Iterator[Diagnostic]:
    """An event that happened has a source or a speaker.

    An explainer with one source has that source for all its events and quotes. Unused events are reported elsewhere.
    """
    event = site.events[event_id]
    mentions = site.event_mentions.get(event_id, ())
    rests_on_one = any(event_id in site.timelines[mention.slug] and site.explainers[mention.slug].only_source for mention in mentions)
    if mentions and _certainly_happened(event) and not _has_grounds(event) and not rests_on_one:
        yield Diagnostic(
            "event-no-source",
            f"The event “{event.title}” has no source.",
            event.location,
            subject=event.title,
            of_several="{n} events have no source: {subjects}.",
            help="Add “source=” to the mark with the id of the source that reports it, or {source=…} at the end of the paragraph."
            if marked_event(site, event)
            else "Add “sources:” with the ids of the sources that report it, or “by:” with the actor who says so.",
        )


def _certainly_happened(event: Event) -> bool:
    """Return whether an event is stated as having happened: by its status, or by its date if that can be read."""
    return event.status in CERTAIN and ("status" not in event.derived or event.when.location.line > 0)


def _has_grounds(event: Event) -> bool:
    # Sources that lead nowhere are reported where they are named.
    return bool(event.sources or event.by or "sources" in event.unresolved) or any(
        past.source or past.by for past in event.history if past.status in CERTAIN
    )


def nameless_source(site: Site, source_id: str) -> Iterator[Diagnostic]:
    """A source has a title, a publisher or an address: otherwise readers see its id."""
    source = site.sources[source_id]
    if not (source.title or source.publisher or source.url):
        yield Diagnostic(
            "source-nameless",
            f"The source “{source_id}” has no title, publisher or address, so readers see its id.",
            source.location,
            help="Add “title:”, “publisher:” or “url:”.",
        )
