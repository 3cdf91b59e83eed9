"""The masthead of an article: author, place and date in the lines above its text; and the place at the start of its first sentence."""

import re
from bisect import bisect

from builder import dates
from builder.drafting.findings import ArticleText, Paragraph
from builder.i18n import language

_BYLINE = re.compile(
    r"(?:By|Von)\s+(?P<names>(?:[A-ZÄÖÜ][\w.’'-]*)(?:\s+(?:[A-ZÄÖÜ][\w.’'-]*|van|von|de|and|und|&)|,(?=\s)){0,8})(?:\s*[|·–—,]\s*(?P<rest>\S.*))?"
)
"""“By Dana Whitlock”: the author, with an optional publisher and date."""

_BETWEEN_NAMES = re.compile(r",\s*|\s+(?:and|und|&)\s+")
_BETWEEN = re.compile(r"\s*[|·–—,]\s*")
_MOST_WORDS = 7
"""Words of the name of a publication."""

_AT_THE_TOP = 5
"""Paragraphs among which a byline is looked for."""

DATELINE = re.compile(
    r"(?:[A-ZÄÖÜ][A-ZÄÖÜ.’'-]+(?:[ /,]+[A-ZÄÖÜ][A-ZÄÖÜ.’'-]*){0,4}(?:,? [\w. ]{1,15})?(?:\s*\([^()\n]{1,30}\))?"
    r"|[A-ZÄÖÜ][\w.’'-]+(?:[ /][A-ZÄÖÜ][\w.’'-]+){0,3}(?:,\s[\w. ]{1,20})?\s*\([^()\n]{1,30}\)"
    r"|[A-ZÄÖÜ][\w’'-]+(?:[ /][A-ZÄÖÜ][\w’'-]+){0,2}(?=\s[–—][^–—\n]*$))\s*[–—-]+\s+(?=[“„\"«]?[A-ZÄÖÜ\d])",
    re.MULTILINE,
)
"""“SALTBY – ”, “Saltby (Reuters) – ”: the place from which an article was written."""


_CLOCK = re.compile(
    r"\d{1,2}(?:[.:]\d\d(?:\s?[ap]\.?m\b\.?)?|\s?[ap]m\b)(?:\s(?:Uhr|[A-Z]{3,4}))?\s*(?:[–—:-]\s*)?(?=\s[“„\"‘'«]?[A-ZÄÖÜ])\s+"
)


_WITH_ARTICLE = re.compile(r"(?:The|Der|Die|Das) [A-ZÄÖÜ]\S*(?: \S+)*")
"""A name that begins with an article: “The Pilot”."""


def outlets(*names: str) -> tuple[str, ...]:
    """Return those of some names of publications that begin with an article, each once. Others are read as names without being known."""
    return tuple(dict.fromkeys(name for name in names if _WITH_ARTICLE.fullmatch(name)))


class Masthead:
    """The lines above the text of an article that are no part of it."""

    def __init__(self, text: str, paragraphs: tuple[Paragraph, ...], tag: str) -> None:
        self.authors: tuple[str, ...] = ()
        self.publisher = ""
        self.published = ""
        self.paragraphs = self._without(text, paragraphs, tag)
        """The paragraphs of the article without those lines."""

    def _without(self, text: str, paragraphs: tuple[Paragraph, ...], tag: str) -> tuple[Paragraph, ...]:
        for n, paragraph in enumerate(paragraphs[:_AT_THE_TOP]):
            lines = [" ".join(line.split()) for line in text[paragraph.start : paragraph.end].splitlines()]
            byline = _BYLINE.fullmatch(lines[0]) if paragraph.heading else None
            if byline is None:
                continue
            names = byline["names"].rstrip(", ")
            left = [byline["rest"] or "", *lines[1:]]
            if not all(not line or self._publication(line, tag) for line in left):
                continue
            written = [name for name in _BETWEEN_NAMES.split(names) if name]
            self.authors = tuple(name for name in written if not outlets(name))
            self.publisher = self.publisher or next((name for name in written if outlets(name)), "")
            end = n + 1
            if (
                end < len(paragraphs)
                and paragraphs[end].heading
                and self._publication(text[paragraphs[end].start : paragraphs[end].end], tag)
            ):
                end += 1
            if _is_place(self.publisher, text):
                self.publisher = ""
            return (*paragraphs[:n], *paragraphs[end:])
        return paragraphs

    def _publication(self, line: str, tag: str) -> bool:
        """Read a line with the place and date of publication. Returns whether it is one: it has a date."""
        parts = _BETWEEN.split(" ".join(line.split()))
        for first in range(len(parts)):
            for last in range(len(parts), first, -1):
                day = _day(" ".join(parts[first:last]), tag)
                name = ", ".join([*parts[:first], *parts[last:]])
                if day and len(name.split()) <= _MOST_WORDS:
                    self.published, self.publisher = day, name
                    return True
        return False


def _is_place(name: str, text: str) -> bool:
    """Return whether the name in a line with a date is a place, of which the text tells as of one: “Saltby, 12 March 2025”, and later “in Saltby”."""
    return bool(name) and re.search(rf"(?<!\w)(?:in|at|near|from|aus|bei|nach)\s+{re.escape(name)}(?!\w)", text) is not None


_PLACE_BEFORE = re.compile(r"[A-ZÄÖÜ][A-ZÄÖÜ'’ .-]{1,40}(?:/[A-ZÄÖÜ .-]+)?,\s*(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?\s*)?")
_DATELINE_ENDS = re.compile(r"\s*(?:\.|\(|[—–-]|:)")


def _day(words: str, tag: str) -> str:
    """Return the day that words are, as `2025-05-14`; "" if they are something else."""
    known = language.load(tag)
    months = "|".join(known.months)
    weekday = rf"(?:(?:{'|'.join(known.weekdays)})\s+)?"
    found = (
        re.fullmatch(rf"{weekday}(?P<day>\d{{1,2}})(?:\.|st|nd|rd|th)?\s+(?P<month>{months})\s+(?P<year>\d{{4}})", words)
        or re.fullmatch(rf"{weekday}(?P<month>{months})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<year>\d{{4}})", words)
        or re.fullmatch(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)", words)
        or re.fullmatch(r"(?P<day>\d{1,2})\.\s?(?P<month>\d{1,2})\.\s?(?P<year>\d{4})", words)
    )
    if found is None:
        return ""
    month = int(found["month"]) if found["month"].isdecimal() else [*known.months].index(found["month"]) + 1
    day = f"{found['year']}-{month:02}-{int(found['day']):02}"
    try:
        dates.parse(day)
    except dates.DateProblem:
        return ""
    return day


def words_begin(article: ArticleText, paragraph: Paragraph) -> int:
    """Return where the words of a paragraph begin: behind its dateline, or the time of an entry of a live report."""
    clock = _CLOCK.match(article.text, paragraph.start, paragraph.end)
    if clock is not None:
        return clock.end()
    if paragraph.heading or paragraph is not next((other for other in article.paragraphs if not other.heading), None):
        return paragraph.start
    found = DATELINE.match(article.text, paragraph.start, paragraph.end)
    return found.end() if found is not None else paragraph.start


def is_in_dateline(article: ArticleText, start: int, end: int) -> bool:
    """Return whether a date stands between the place and the text of a report: “TARN, 6 Nov (Field wire) –”. It is the day on which the report was sent."""
    number = bisect(article.paragraphs, start, key=lambda paragraph: paragraph.start) - 1
    before = article.text[article.paragraphs[number].start : start]
    return bool(_PLACE_BEFORE.fullmatch(before)) and _DATELINE_ENDS.match(article.text, end) is not None
