"""Quotations of an explainer with their status, and the choices that the form offers for them.

These are suggestions only; the author decides in the form.
"""

import bisect
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import islice

import msgspec

from builder import dates
from builder.checks.quotations import matched_quotations, scanned, scanned_values
from builder.content.anchoring import spans
from builder.content.quotations import BLOCK, MARKED, NAME, NONE, PARTLY, UNFOUND, MatchedPassage, QuotedPassage
from builder.i18n.language import Language
from builder.linking import surnames
from builder.model import OBJECT, UNNAMED, Actor, Body, MarkClose, MarkOpen, Quote, Site, Text

TO_DO = frozenset({NONE, PARTLY})
"""Statuses of a quotation that still needs a record."""

NEAR_CHARACTERS = 160
"""Characters before and after a passage that are searched for its speaker and its date."""

MAX_WORDS_OF_DATE = 4
"""Words of a date that a text counts from its own day: “two days ago”."""

_WORD = re.compile(r"[^\W_]+(?:[’'-][^\W_]+)*")
_BEFORE_DAYS = frozenset(["on", "in", "am", "im", "le", "el", "il", "op", "på", "em", "no", "na"])
_WHOLE_MONTH = len("2022-01")


class ReckonedDay(msgspec.Struct, frozen=True):
    """A date that the text names near a passage, and how it was reckoned."""

    says: str
    """The words of the text: “Friday”."""
    edtf: str
    words: str
    """The date in words: “21 January 2022”."""
    counted_from: str
    """The day that it was counted from, in words."""


class QuotationStatus(msgspec.Struct, frozen=True):
    """A quotation of the text with its status and suggestions."""

    number: int
    """Among all quotations of the text, from 0."""
    parts: tuple[str, ...]
    """The words, a stretch for each paragraph, each in one line."""
    line: int
    column: int
    status: str
    """Its status, as `content.quotations` names it."""
    to_do: bool
    is_block: bool
    quotes: tuple[str, ...]
    """The ids of the quotes that have words of it."""
    speakers: tuple[str, ...]
    """Ids of actors named near it, the nearest first."""
    days: tuple[ReckonedDay, ...]
    in_text: bool = True
    """False for one in the front matter, such as in a title."""


class SpeakerChoice(msgspec.Struct, frozen=True):
    """An actor that the form offers as the speaker."""

    id: str
    name: str
    told: str = ""
    """The office, or that they are not named."""
    is_here: bool = True
    """Whether the explainer lists them; others are found by a search."""


class SourceChoice(msgspec.Struct, frozen=True):
    """A source that a quote may stand in."""

    id: str
    label: str


class EventChoice(msgspec.Struct, frozen=True):
    """An event that words may mean."""

    id: str
    title: str
    when: str = ""
    """In words."""
    edtf: str = ""
    source: str = ""


class RecordedWords(msgspec.Struct, frozen=True):
    """Words outside of quotations that have a record: of a paraphrase, of a quote that lost its marks, or of an event."""

    quote: str
    parts: tuple[str, ...]
    event: str = ""
    """The id of an event that they mean, in the place of a quote."""


class QuoteFields(msgspec.Struct, frozen=True):
    """The keys of the record of a quote that the form can change; "" for a key that it does not have."""

    id: str
    speaker: str
    via: str
    said: str
    medium: str
    rules: str
    to: str


def quote_records(site: Site, slug: str) -> tuple[QuoteFields, ...]:
    """Return the records of the quotes of an explainer."""
    return tuple(
        QuoteFields(
            quote.id,
            quote.speakers[0] if quote.speakers else "",
            "" if "via" in quote.derived else next(iter(quote.via), ""),
            quote.said.date.edtf if quote.said.date is not None else "",
            quote.medium,
            quote.rules,
            "" if "to" in quote.derived else next(iter(quote.to), ""),
        )
        for quote in quotes_of(site, slug)
    )


class LocatedQuotation(msgspec.Struct, frozen=True):
    """A quotation of an explainer with its match and its text."""

    match: MatchedPassage
    body: Body
    in_text: bool
    """False for one in the front matter."""

    @property
    def passage(self) -> QuotedPassage:
        """The quotation itself."""
        return self.match.passage


@lru_cache(maxsize=1)
def quotations_in(site: Site, slug: str) -> tuple[LocatedQuotation, ...]:
    """Return the quotations of an explainer with their status: those of the front matter, then those of the text."""
    matches = iter(matched_quotations(site, slug))
    bodies = [(body, scan, False) for body, scan in zip(site.bodies[slug].values, scanned_values(site, slug), strict=True)]
    bodies.append((site.bodies[slug], scanned(site, slug), True))
    return tuple(LocatedQuotation(match, body, in_text) for body, scan, in_text in bodies for match in islice(matches, len(scan.passages)))


def quotation_statuses(site: Site, slug: str) -> tuple[QuotationStatus, ...]:
    """Return all quotations of an explainer, those of the front matter first."""
    near = _Context(site, slug)
    return tuple(_one(number, found, near) for number, found in enumerate(quotations_in(site, slug)))


def _one(number: int, found: LocatedQuotation, near: "_Context") -> QuotationStatus:
    match, passage = found.match, found.passage
    is_open = found.in_text and match.status not in {MARKED, NAME, UNFOUND}
    return QuotationStatus(
        number,
        words_of(found.body, passage),
        passage.line,
        passage.column,
        match.status,
        match.status in TO_DO,
        passage.kind == BLOCK,
        match.quotes,
        near.speakers(passage) if is_open else (),
        near.days(passage) if is_open else (),
        found.in_text,
    )


def words_of(body: Body, passage: QuotedPassage) -> tuple[str, ...]:
    """Return the words of a passage, a stretch for each paragraph, each in one line."""
    return tuple(words for part in passage.parts if (words := _in_line(body, part)))


def _in_line(body: Body, stretch: tuple[int, int]) -> str:
    return " ".join(body.text[slice(*stretch)].replace(OBJECT, " ").split())


def speaker_choices(site: Site, slug: str) -> tuple[SpeakerChoice, ...]:
    """Return all who may have spoken: those of the explainer as listed, then all others of the site."""
    own = dict.fromkeys(part.id for part in site.cast[slug])
    return tuple(_speaker(site.actors[key], is_here=key in own) for key in dict.fromkeys((*own, *site.actors)) if key in site.actors)


def _speaker(actor: Actor, *, is_here: bool) -> SpeakerChoice:
    told = "not named" if actor.type == UNNAMED else actor.positions[0].role if actor.positions else ""
    return SpeakerChoice(actor.id, actor.title, told, is_here)


def source_choices(site: Site, slug: str) -> tuple[SourceChoice, ...]:
    """Return the sources of an explainer, the one that was used last first."""
    used = [via for quote in reversed(quotes_of(site, slug)) if "via" not in quote.derived for via in quote.via[:1]]
    return tuple(
        SourceChoice(key, site.sources[key].label) for key in dict.fromkeys((*used, *site.explainer_sources[slug])) if key in site.sources
    )


def source_used_last(site: Site, slug: str) -> str:
    """Return the source that the last quote in the file names itself; "" if it names none, so that none is proposed."""
    last = quotes_of(site, slug)[-1:]
    return last[0].via[0] if last and last[0].via and "via" not in last[0].derived else ""


def quotes_of(site: Site, slug: str) -> list[Quote]:
    """Return the quotes of an explainer, as listed."""
    return [site.quotes[key] for key in site.quotes_in[slug]]


def event_choices(site: Site, slug: str) -> tuple[EventChoice, ...]:
    """Return the events of the timeline of an explainer."""
    found = [site.events[key] for key in site.timelines[slug] if key in site.events]
    return tuple(
        EventChoice(
            event.id,
            event.title,
            dates.wording(event.when.date, site.language) if event.when.date is not None else "",
            event.when.date.edtf if event.when.date is not None else "",
            next(iter(event.sources), ""),
        )
        for event in found
    )


def recorded_words(site: Site, slug: str) -> tuple[RecordedWords, ...]:
    """Return the words outside of quotations that a quote or an event has, in the order of the text."""
    body = site.bodies[slug]
    quoted = {key for found in quotations_in(site, slug) if found.in_text for key in found.match.quotes}
    parts: dict[tuple[str, str], list[tuple[int, int]]] = {}
    for span in sorted(spans(body), key=lambda span: span.start):
        if span.quote not in quoted and (slug, span.quote) in site.quotes:
            parts.setdefault((span.quote, ""), []).append((span.start, span.end))
    opened: set[str] = set()
    for segment in body.segments:
        if isinstance(segment, (MarkOpen, MarkClose)) and segment.kind == "event":
            opened ^= {segment.id}
        elif opened and isinstance(segment, Text):
            for key in opened:
                parts.setdefault(("", key), []).append((segment.at, segment.at + len(segment.text)))
    # Markup within a mark divides it. Of an event with several passages, the first one counts.
    found = sorted((stretches[0][0], _end_of(body, stretches), quote, event) for (quote, event), stretches in parts.items())
    return tuple(RecordedWords(quote, (_in_line(body, (start, end)),), event) for start, end, quote, event in found)


def _end_of(body: Body, stretches: Sequence[tuple[int, int]]) -> int:
    """Return where stretches end that follow each other within a paragraph, from the first."""
    end = stretches[0][1]
    for start, far in stretches[1:]:
        if any(char.isalnum() for char in body.text[end:start]):
            break
        end = far
    return end


def days_in_text(site: Site, slug: str) -> tuple[ReckonedDay, ...]:
    """Return the days that the text names from its own day, each wording once."""
    explainer = site.explainers[slug]
    counted_from = explainer.as_of.date or explainer.published.date
    if counted_from is None:
        return ()
    return tuple({day.says: day for day in relative_days(site.bodies[slug].text, counted_from, site.language)}.values())


# --- near a passage ------------------------------------------------


class _Context:
    """Names and dates around the passages of an explainer."""

    def __init__(self, site: Site, slug: str) -> None:
        self._body = site.bodies[slug]
        self._language = site.language
        self._names = sorted((*_named(site, slug), *_surnames(site, slug)))
        self._starts = [start for start, _, _ in self._names]
        explainer = site.explainers[slug]
        counted = explainer.as_of.date or explainer.published.date
        self._counted_from = counted

    def speakers(self, passage: QuotedPassage) -> tuple[str, ...]:
        """Return the actors named near a passage and outside it, the nearest first."""
        best: dict[str, int] = {}
        first = bisect.bisect_left(self._starts, passage.start - 4 * NEAR_CHARACTERS)
        for start, end, key in self._names[first:]:
            if start > passage.end + NEAR_CHARACTERS:
                break
            if passage.start <= start < passage.end:
                continue
            # The name after a quotation is the likeliest: “…,” she said. The end of a paragraph counts as some words of distance.
            away = passage.start - end if start < passage.start else start - passage.end
            between = self._body.text[end : passage.start] if start < passage.start else self._body.text[passage.end : start]
            away += between.count("\n\n") * NEAR_CHARACTERS + _sentences(between) * NEAR_CHARACTERS // 4
            best[key] = min(away, best.get(key, away))
        return tuple(sorted(best, key=lambda key: best[key]))

    def days(self, passage: QuotedPassage) -> tuple[ReckonedDay, ...]:
        """Return the dates that are named near a passage and counted from the day of the text."""
        if self._counted_from is None:
            return ()
        text = self._body.text
        low = max(text.rfind("\n\n", 0, passage.start) + 1, passage.start - NEAR_CHARACTERS, 0)
        end = text.find("\n\n", passage.end)
        high = min(end if end >= 0 else len(text), passage.end + NEAR_CHARACTERS)
        found: dict[str, ReckonedDay] = {}
        for words in (text[passage.end : high], text[low : passage.start]):
            for day in relative_days(words, self._counted_from, self._language):
                found.setdefault(day.edtf, day)
        return tuple(found.values())


@lru_cache(maxsize=512)
def relative_days(words: str, counted_from: dates.Date, language: Language) -> tuple[ReckonedDay, ...]:
    """Return the dates that words name from their own day, in their order; of “last Friday” not “Friday” too."""
    return tuple(_days_in(words, counted_from, language))


def _days_in(words: str, counted_from: dates.Date, language: Language) -> Iterator[ReckonedDay]:
    tokens = [(found[0], found.start(), found.end()) for found in _WORD.finditer(words)]
    n = 0
    while n < len(tokens):
        for size in range(min(MAX_WORDS_OF_DATE, len(tokens) - n), 0, -1):
            says = words[tokens[n][1] : tokens[n + size - 1][2]]
            meant = _meant(says, counted_from, language)
            if meant is not None:
                first, last = tokens[n], tokens[n + size - 1]
                # “On Friday” is “Friday”, and “last Friday” is not.
                if size > 1 and first[0].casefold() in _BEFORE_DAYS:
                    says = words[tokens[n + 1][1] : last[2]]
                yield ReckonedDay(says, meant.edtf, dates.wording(meant, language), dates.wording(counted_from, language))
                n += size
                break
        else:
            n += 1


@lru_cache(maxsize=8192)
def _meant(says: str, counted_from: dates.Date, language: Language) -> dates.Date | None:
    meant = dates.resolve(says, counted_from, language)
    # “may” and “march” are words too.
    is_word = meant is not None and len(meant.edtf) <= _WHOLE_MONTH and says.islower() and " " not in says
    return None if is_word else meant


def _sentences(between: str) -> int:
    return sum(between.count(end) for end in (". ", "! ", "? "))


def _named(site: Site, slug: str) -> Iterator[tuple[int, int, str]]:
    for occurrence in site.occurrences[slug]:
        yield occurrence.start, occurrence.end, occurrence.id


def _surnames(site: Site, slug: str) -> Iterator[tuple[int, int, str]]:
    """Yield where people of the explainer stand by the last word of their surname alone, if only one of them has it."""
    owners: dict[str, list[str]] = {}
    for part in site.cast[slug]:
        actor = site.actors[part.id]
        word = surnames.surname_of(actor, site.language).rpartition(" ")[2]
        if word:
            owners.setdefault(word, []).append(actor.id)
    alone: Mapping[str, str] = {name: ids[0] for name, ids in owners.items() if len(ids) == 1}
    if alone:
        yield from _standing(site.bodies[slug].text, alone)


def _standing(text: str, names: Mapping[str, str]) -> Iterable[tuple[int, int, str]]:
    for found in re.finditer(rf"\b(?:{'|'.join(map(re.escape, names))})\b", text):
        yield found.start(), found.end(), names[found[0]]
