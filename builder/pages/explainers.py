"""Explainers: the list, and a page for each."""

import heapq
from collections import Counter
from collections.abc import Iterator
from itertools import chain

import msgspec

from builder import urls
from builder.content.markup.reading_time import WORDS_PER_MINUTE
from builder.i18n.language import direction
from builder.i18n.scripts import direction_of
from builder.linking.drafts import waits
from builder.model import INDIRECT, Explainer, NoteOpen, Site, Trusted
from builder.pages import (
    body_html,
    cards,
    changes,
    data_files,
    data_records,
    explainer_text,
    in_short,
    labels,
    origins,
    share_images,
    timeline_spans,
    timeline_strip,
    voices,
)
from builder.pages.changes import Day
from builder.pages.locator_map import LocatorMap, locator
from builder.pages.page import Page, Pager, Query, paginate
from builder.pages.shapes import (
    DOTTED,
    INSTITUTION,
    NAMED,
    NOT_NAMED,
    SPEAKER_KINDS,
    UNKNOWN,
    DataFile,
    DateView,
    EventCard,
    ExplainerCard,
    Frame,
    QuoteCard,
    Ref,
    ShareImage,
    SourceCard,
)

ORIGINS = 12
"""Reports that stand by the bar of voices: more of them are in the list of sources."""


class Heading(msgspec.Struct, frozen=True, gc=False):
    """An entry of the table of contents."""

    id: str
    title: str
    level: int


class Count(msgspec.Struct, frozen=True, gc=False):
    """How many quotes and paraphrases have speakers of one kind."""

    line: str
    number: int
    """Of quotes."""
    paraphrases: int
    words: str
    """`named people: 2 quotes, 1 paraphrase`"""


class CorrectionView(msgspec.Struct, frozen=True, gc=False):
    """A correction: what was wrong, and the day from which on it is right."""

    on: DateView | None
    text: Trusted


class QuoteOutsideText(msgspec.Struct, frozen=True, gc=False):
    """A quote whose words stand nowhere in the text: its old address leads on to the statements."""

    id: str
    words: str
    path: str


class ExplainerPage(msgspec.Struct, frozen=True, gc=False):
    """What `explainer.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    lang: str
    direction: str
    """`rtl` or `ltr`, where the text is read another way than the rest of the site; else ""."""
    draft: bool
    waits: bool
    """Whether it is scheduled: visible to its authors, not yet published."""
    published: DateView | None
    updated: DateView | None
    as_of: DateView | None
    state_of: tuple[str, DateView] | None
    """When it was true, for its head: `As of` and the day; the day of publishing where the author gives no other; as uncertain as the report's own date, if it is that."""
    authors: tuple[str, ...]
    topics: tuple[Ref, ...]
    minutes: int
    """To read the text."""
    report: str
    """Whose report it rests on, or how many there are and of whom: `CNN, one report`, `4 reports, one origin (Reuters, BBC)`."""
    in_short: tuple[in_short.ShortLine, ...]
    strip: timeline_strip.MiniTimeline | None
    voices: voices.Voices | None
    """Its speakers; None without quotes."""
    locator: LocatorMap | None
    """The map of its events; None if no place of theirs has coordinates."""
    footing: str
    """The terms on which people spoke, if any is not on the record: `Terms: 2 on background.`; else ""."""
    reports: str
    """How many reports there are, copies not counted, and from how many origins, if fewer: `4 reports, one origin`, `One report`"""
    origins: tuple[Ref, ...]
    """The sources that rest on no other; empty where they are many."""
    copies: tuple[Ref, ...]
    """The sources that only repeat a report."""
    contents: tuple[Heading, ...]
    notes: bool
    """Whether any note stands beside the text."""
    note_signs: tuple[str, ...]
    """What leads to notes on who spoke: the closing quotation mark, and `†` behind a paraphrase; of these, what the text has."""
    body: tuple[explainer_text.BodyPart, ...]
    timeline: tuple[EventCard, ...]
    groups: tuple[timeline_spans.Group, ...]
    """The timeline by year or month; empty where it is short."""
    timeline_in_text: bool
    """Whether the author has placed the whole timeline in the text: then it is not repeated at the foot."""
    cast: tuple[explainer_text.Member, ...]
    cast_in_text: bool
    """Whether the author has placed the cast in the text."""
    statements: Ref | None
    """The page with all quotes, named with how many there are: `All 18 quotes`; None if there are none."""
    elsewhere: tuple[QuoteOutsideText, ...]
    """The quotes whose words stand nowhere on this page."""
    sources: tuple[SourceCard, ...]
    corrections: tuple[CorrectionView, ...]
    days: tuple[Day, ...]
    """What is new in it, the newest first; empty where that is no more than that it is there."""
    address: str
    """To cite it by; "" if the site has none."""
    related: tuple[ExplainerCard, ...]
    data: tuple[DataFile, ...]
    share: ShareImage | None
    """The image for shared links; None if that of the site is shown."""
    extra: tuple[tuple[str, str], ...]
    frame: Frame | None
    """Of its timeline; nothing where the site has no `embeds`, and in a draft."""

    @property
    def has_overview(self) -> bool:
        """Whether something of the story stands between its head and its text: who speaks, its days, its places."""
        return bool(self.strip or self.voices or self.locator)


class Year(msgspec.Struct, frozen=True, gc=False):
    """The explainers of one year."""

    title: str
    explainers: tuple[ExplainerCard, ...]


class ExplainersPage(msgspec.Struct, frozen=True, gc=False):
    """What `explainers.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    years: tuple[Year, ...]
    topics: tuple[Ref, ...]
    pager: Pager


def detail_pages(site: Site) -> Iterator[Page]:
    """Yield a page for each explainer."""
    for slug in site.explainers:
        data = Query(data_records.explainer_data, slug)
        yield Page(urls.explainer_path(slug), "explainer.html", Query(explainer_page, slug), data, "explainer", ("explainer", slug))


def _all(site: Site, quotes: tuple[QuoteCard, ...]) -> str:
    """Return the words of the link to all quotes: `18 quotes and paraphrases`."""
    said = sum(quote.mode != INDIRECT for quote in quotes)
    return labels.how_many(site.language, said, len(quotes) - said)


def _elsewhere(quotes: tuple[QuoteCard, ...], body: tuple[explainer_text.BodyPart, ...]) -> tuple[QuoteOutsideText, ...]:
    placed = {part.quote.path for part in body if isinstance(part, explainer_text.QuotePart)}
    return tuple(
        QuoteOutsideText(quote.id, " … ".join(quote.segments), quote.path)
        for quote in quotes
        if not quote.in_text and quote.path not in placed
    )


def index_pages(site: Site) -> Iterator[Page]:
    """Yield the list of all explainers, newest first."""
    for path, pager, part in paginate("explainers/", site.explainers):
        yield Page(path, "explainers.html", Query(_list, path, pager, part), kind="list")


def _list(site: Site, path: str, pager: Pager, part: slice) -> ExplainersPage:
    word = site.language.word
    return ExplainersPage(
        path=path,
        root=urls.root_path(path),
        section="explainers",
        title=word("Explainers"),
        summary=word("All explainers, latest first."),
        years=_years(site, tuple(_ranks(site))[part]),
        topics=tuple(cards.topic_ref(topic) for topic in site.topics),
        pager=pager,
    )


def _years(site: Site, slugs: tuple[str, ...]) -> tuple[Year, ...]:
    years: dict[str, list[ExplainerCard]] = {}
    for slug in slugs:
        date = site.explainers[slug].published.date
        years.setdefault(date.edtf[:4] if date is not None else "", []).append(cards.explainer_card(site, slug))
    return tuple(Year(title, tuple(of_year)) for title, of_year in years.items())


def explainer_page(site: Site, slug: str) -> ExplainerPage:
    """Return all that the page of an explainer shows."""
    explainer = site.explainers[slug]
    path = urls.explainer_path(explainer.slug)
    root = urls.root_path(path)
    lang = explainer.lang or site.settings.language
    quotes = explainer_text.quotes(site, explainer.slug)
    owner = ("explainer", explainer.slug)
    text = site.bodies[explainer.slug]
    # A text without a language is read as its letters are.
    reads = direction(explainer.lang) if explainer.lang else direction_of(f"{explainer.title} {text.text}") or direction(lang)
    body = explainer_text.body(site, explainer.slug)
    sources, roots = origins.origins(site, explainer)
    copies = origins.copies(site, explainer)
    reports = tuple(source for source in sources if source not in copies)
    timeline = explainer_text.timeline(site, explainer.slug)
    return ExplainerPage(
        path=path,
        root=root,
        section="explainers",
        title=explainer.title,
        summary=explainer.summary,
        lang=lang,
        direction=reads if reads != direction(site.settings.language) else "",
        draft=explainer.draft,
        waits=waits(explainer.published, site.day),
        published=cards.date(site, explainer.published),
        updated=cards.date(site, explainer.updated),
        as_of=cards.date(site, explainer.as_of),
        state_of=_state_of(site, explainer),
        authors=explainer.authors,
        topics=tuple(cards.topic_ref(topic) for topic in explainer.topics),
        minutes=max(1, round(text.words / WORDS_PER_MINUTE)),
        report=origins.told(site, reports, roots),
        in_short=in_short.in_short(site, explainer, timeline, root),
        strip=timeline_strip.of_explainer(site, slug, timeline),
        voices=voices.voices(site, slug, timeline),
        locator=locator(site, timeline),
        footing=ground_rules_summary(site, quotes),
        reports=origins.counted(site, reports, roots),
        origins=tuple(cards.source_short(site, source) for source in roots) if len(roots) <= ORIGINS else (),
        copies=tuple(cards.source_short(site, source) for source in copies),
        contents=tuple(
            Heading(section.id, section.title, section.level) for section in body_html.headings(site, owner, text) if section.level == 2
        ),
        notes=any(isinstance(part, explainer_text.ProsePart) and len(part.pieces) > 1 for part in body)
        or any(isinstance(segment, NoteOpen) for segment in text.segments),
        note_signs=explainer_text.note_signs(body),
        body=body,
        timeline=timeline,
        groups=timeline_spans.groups(site, timeline),
        timeline_in_text=any(isinstance(part, explainer_text.TimelinePart) and part.anchor for part in body),
        cast=explainer_text.cast(site, explainer.slug),
        cast_in_text=any(isinstance(part, explainer_text.CastPart) and part.anchor for part in body),
        statements=Ref(_all(site, quotes), urls.statements_path(slug), "quote") if quotes else None,
        elsewhere=_elsewhere(quotes, body),
        sources=tuple(cards.source_card(site, key) for key in site.explainer_sources[explainer.slug]),
        corrections=tuple(
            CorrectionView(
                cards.date(site, correction.on), body_html.line(site, owner, correction.text, root, file=explainer.location.path)
            )
            for correction in explainer.corrections
        ),
        days=changes.of_explainer(site, explainer, root),
        address=site.settings.base_url + path if site.settings.base_url else "",
        related=_related(site, explainer),
        data=data_files.of_explainer(site, explainer.slug),
        share=share_images.of_explainer(site, explainer.slug),
        extra=cards.noted(site, explainer.extra),
        frame=cards.frame(site, "timelines", explainer.slug, title=explainer.title, draft=explainer.draft)
        if site.timelines.get(explainer.slug)
        else None,
    )


def _state_of(site: Site, explainer: Explainer) -> tuple[str, DateView] | None:
    word, day = site.language.word, explainer.as_of
    shown = cards.date(site, day)
    if shown is None or day.date is None:
        return None
    for words, other in ((word("Updated"), explainer.updated), (word("Published"), explainer.published)):
        if day == other:
            return words, shown
    return word("As of"), cards.state_day(site, explainer.slug) or shown


_DOUBTFUL = "doubtful"
_COUNTED = (*SPEAKER_KINDS, _DOUBTFUL)


def _kind(quote: QuoteCard) -> str:
    """Return the kind of a quote's speakers; `doubtful` if the name may be wrong."""
    return _DOUBTFUL if quote.basis.line == DOTTED and quote.speakers else quote.basis.speaks


def counts(site: Site, quotes: tuple[QuoteCard, ...]) -> tuple[Count, ...]:
    """Return the number of quotes and paraphrases of each kind of speaker."""
    word = site.language.word
    names = {
        NAMED: word("named people"),
        INSTITUTION: word("institutions"),
        NOT_NAMED: word("unnamed sources"),
        UNKNOWN: word("unknown speakers"),
        _DOUBTFUL: word("doubtfully attributed"),
    }
    by_kind: dict[str, list[QuoteCard]] = {}
    for quote in quotes:
        by_kind.setdefault(_kind(quote), []).append(quote)
    found = []
    for kind in filter(by_kind.__contains__, _COUNTED):
        paraphrases = sum(quote.mode == INDIRECT for quote in by_kind[kind])
        number = len(by_kind[kind]) - paraphrases
        line = by_kind[kind][0].basis.line
        found.append(Count(line, number, paraphrases, f"{names[kind]}: {labels.how_many(site.language, number, paraphrases)}"))
    return tuple(found)


def ground_rules_summary(site: Site, quotes: tuple[QuoteCard, ...]) -> str:
    """Return the ground rules of the quotes that state them: `Terms: 2 on background.`; "" if none does."""
    numbers = Counter(quote.basis.terms for quote in quotes if quote.basis.terms)
    parts = ", ".join(f"{site.language.number(number)} {words}" for words, number in numbers.most_common())
    return site.language.word("Terms: {list}.").format(list=parts) if parts else ""


def _related(site: Site, explainer: Explainer, most: int = 3) -> tuple[ExplainerCard, ...]:
    """Return the explainers that share most topics and actors, newer ones first."""
    scores = Counter(chain.from_iterable([_telling_of(site, part.id) for part in site.cast[explainer.slug]]))
    for topic in explainer.topics:
        for slug in site.topics[topic][:12]:
            scores[slug] += 3
    scores.pop(explainer.slug, None)
    # Hundreds share something, and few are looked at: those that share as much as the last one shown.
    least = min(heapq.nlargest(most, scores.values()), default=0)
    ranks = _ranks(site)
    best = sorted((-score, ranks[slug], slug) for slug, score in scores.items() if score >= least)[:most]
    return tuple(cards.explainer_card(site, slug) for _, _, slug in best)


@cards.once_a_site
def _telling_of(site: Site, actor: str) -> tuple[str, ...]:
    """Return the explainers that name an actor, of many the first."""
    return tuple([mention.slug for mention in site.mentions.get(actor, ())[:12]])


@cards.once_a_site
def _ranks(site: Site) -> dict[str, int]:
    """Return the place of each explainer in the list of all, the newest first."""
    return {slug: n for n, slug in enumerate(site.explainers)}
