"""The parts of a draft: an article as text, and the findings in it.

Places are characters of `ArticleText.text`; `ArticleText.at` leads from there to the file.
"""

from bisect import bisect, bisect_left
from collections.abc import Sequence

import msgspec

from builder.dates import Date

DIRECT, PARTIAL, INDIRECT = "direct", "partial", "indirect"
"""How words are given: all in quotation marks, a few quoted words in a sentence, the sense without the words."""

PERSON, BODY, UNNAMED = "person", "body", "unnamed"
"""Kinds of speakers."""

CERTAIN, LIKELY, UNRESOLVED = "read", "likely", "ask"
"""Certainty of a finding: stated beside the words, inferred from words farther away, or left to the author."""


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph of an article."""

    start: int
    end: int
    heading: bool = False


class ArticleText(msgspec.Struct, frozen=True):
    """An article as text, whatever it was written in."""

    text: str
    """Its words. Paragraphs are apart by line breaks."""
    paragraphs: tuple[Paragraph, ...]
    language: str
    """The language of the rules, `en` or `de`."""
    offsets: tuple[int, ...] = ()
    """For each character of `text` its offset in the file; empty where the two are the same."""
    title: str = ""
    url: str = ""
    publisher: str = ""
    published: str = ""
    """The metadata of the file; "" if missing."""
    authors: tuple[str, ...] = ()
    """The authors in its byline."""
    outlets: tuple[str, ...] = ()
    """The names with an article, such as “The Pilot”, of publications that its masthead, its byline or the sources of the site give: they speak in it as bodies."""

    def at(self, offset: int) -> int:
        """Return where in the file a character of the text stands; behind the last one, where that ends."""
        if not self.offsets:
            return offset
        return self.offsets[offset] if offset < len(self.offsets) else self.offsets[-1] + 1

    def is_in_paragraph(self, offset: int) -> bool:
        """Return whether a character of the text is in a paragraph, and not in what stands above or between them."""
        number = bisect(self.paragraphs, offset, key=lambda paragraph: paragraph.start) - 1
        return number >= 0 and offset < self.paragraphs[number].end

    def end(self, offset: int) -> int:
        """Return where in the file a stretch ends that ends there in the text."""
        return self.at(offset - 1) + 1 if self.offsets and offset else offset


class Speaker(msgspec.Struct, frozen=True):
    """A speaker in an article."""

    name: str
    """The name; a description for an unnamed speaker."""
    kind: str
    roles: tuple[str, ...] = ()
    """Offices, in the words of the article."""
    plural: bool = False
    unsure: bool = False
    """Whether a `person` may be a body: there is no evidence but the name."""
    offset: int = 0
    """Where the article mentions them first."""
    organization: bool = False
    """Whether the name or the article tells that a `body` is a company or an association."""


class SpeechDay(msgspec.Struct, frozen=True):
    """The day on which words were said."""

    date: Date
    how: str = CERTAIN
    """Certain if the sentence of the words tells it, likely if another sentence or the occasion does."""
    words: str = ""
    """The words of the article that name the day; "" for the day of the article itself."""


class AttributedSpeech(msgspec.Struct, frozen=True):
    """An utterance with its speaker."""

    kind: str
    spans: tuple[tuple[int, int], ...]
    """Where the words stand, without the outer marks."""
    speaker: Speaker | None = None
    """None if unresolved."""
    mention: tuple[int, int] | None = None
    """The offset of the words that name the speaker."""
    how: str = UNRESOLVED
    why: str = ""
    """The words of the article that led to the speaker."""
    candidates: tuple[Speaker, ...] = ()
    """Other possible speakers, the likeliest first."""
    day: SpeechDay | None = None
    """The date of the utterance, if the article has one."""
    in_marks: bool = True
    """Whether it stands in quotation marks, or behind a dash as they do it elsewhere; not so an answer behind the label of an interview."""
    denied: bool = False
    """Whether the speaker denies it: the words are not a claim of theirs."""
    denies: tuple[tuple[int, int], ...] = ()
    """Where the words of the one quote stand that it denies; none if that is not known."""
    unclosed: bool = False
    """Whether the closing quotation mark is missing, so that the end is unknown."""


class DateMention(msgspec.Struct, frozen=True):
    """A day that an article names."""

    start: int
    end: int
    date: Date
    sentence: tuple[int, int]
    how: str = CERTAIN
    other: Date | None = None
    """Another day that the words may mean; None if there is only one."""


def days_in(named: Sequence[DateMention], start: int, end: int) -> Sequence[DateMention]:
    """Return those days, of all in the order of an article, that begin in a stretch of its text."""
    low = bisect_left(named, start, key=lambda date_mention: date_mention.start)
    return named[low : bisect_left(named, end, low, key=lambda mention: mention.start)]


class Draft(msgspec.Struct, frozen=True):
    """All that was found in an article, in its order."""

    article: ArticleText
    said: tuple[AttributedSpeech, ...]
    days: tuple[DateMention, ...]
    cast: tuple[Speaker, ...]
    """The speakers, each once."""
