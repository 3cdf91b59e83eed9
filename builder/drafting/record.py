"""What a draft is made of: an article as text, and what was found in it.

Places are characters of `Article.text`; `Article.at` leads from there to the file.
"""

import msgspec

from builder.dates import Date

DIRECT, PARTIAL, INDIRECT = "direct", "partial", "indirect"
"""How words are given: all in quotation marks, a few quoted words in a sentence, the sense without the words."""

PERSON, BODY, UNNAMED = "person", "body", "unnamed"
"""What a speaker is."""

CERTAIN, LIKELY, UNRESOLVED = "read", "likely", "ask"
"""How sure a finding is: it stands beside the words, it follows from words farther away, or somebody must say."""


class Paragraph(msgspec.Struct, frozen=True):
    """A paragraph of an article."""

    start: int
    end: int
    heading: bool = False


class Article(msgspec.Struct, frozen=True):
    """An article as text, whatever it was written in."""

    text: str
    """Its words. Paragraphs are apart by line breaks."""
    paragraphs: tuple[Paragraph, ...]
    language: str
    """`en` or `de`: whose rules it is read by."""
    places: tuple[int, ...] = ()
    """For each character of `text` its place in the file; empty where the two are the same."""
    title: str = ""
    url: str = ""
    publisher: str = ""
    published: str = ""
    """What the file tells of itself; "" where it does not."""
    authors: tuple[str, ...] = ()
    """Who wrote it, by its byline."""

    def at(self, place: int) -> int:
        """Return where in the file a character of the text stands; behind the last one, where that ends."""
        if not self.places:
            return place
        return self.places[place] if place < len(self.places) else self.places[-1] + 1

    def end(self, place: int) -> int:
        """Return where in the file a stretch ends that ends there in the text."""
        return self.at(place - 1) + 1 if self.places and place else place


class Speaker(msgspec.Struct, frozen=True):
    """Somebody who speaks in an article."""

    name: str
    """Their name; of somebody without one, the words that describe them."""
    kind: str
    roles: tuple[str, ...] = ()
    """Offices, in the words of the article."""
    plural: bool = False
    unsure: bool = False
    """Whether a `person` may be no person: nothing beside the name tells."""


class AttributedSpeech(msgspec.Struct, frozen=True):
    """Somebody's words."""

    kind: str
    spans: tuple[tuple[int, int], ...]
    """Where the words stand, without the outer marks."""
    speaker: Speaker | None = None
    """None where nobody can tell without asking."""
    mention: tuple[int, int] | None = None
    """Where the words stand that say who."""
    how: str = UNRESOLVED
    why: str = ""
    """The words of the article that led to the speaker."""
    candidates: tuple[Speaker, ...] = ()
    """Who else it may be, the likeliest first."""
    day: Date | None = None
    """When they were said, where the article tells."""
    in_marks: bool = True
    """Whether it stands in quotation marks, or behind a dash as they do it elsewhere; not so an answer behind the label of an interview."""
    unclosed: bool = False
    """Whether the mark that closes it is missing, so that nobody can tell where it ends."""


class DateMention(msgspec.Struct, frozen=True):
    """A day that an article names."""

    start: int
    end: int
    date: Date
    sentence: tuple[int, int]
    how: str = CERTAIN
    other: Date | None = None
    """The other day that the words may mean."""


class Draft(msgspec.Struct, frozen=True):
    """All that was found in an article, in its order."""

    article: Article
    said: tuple[AttributedSpeech, ...]
    days: tuple[DateMention, ...]
    cast: tuple[Speaker, ...]
    """Everybody who speaks, each once."""
