"""Days that an article counts from another one that it has named: “the next day”, “the same evening”, “two days earlier”."""

import re
from bisect import bisect_left, insort
from collections.abc import Iterator, Sequence

from builder import dates
from builder.dates import Date
from builder.drafting.findings import LIKELY, ArticleText, DateMention

_PART = r"(?:day|morning|afternoon|evening|night)"
_NUMBERS = {
    "a": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
    "twelve": 12,
    "einen": 1,
    "eine": 1,
    "zwei": 2,
    "drei": 3,
    "vier": 4,
    "fünf": 5,
    "sechs": 6,
    "sieben": 7,
    "acht": 8,
    "neun": 9,
    "zehn": 10,
}
_MANY = "|".join(_NUMBERS)
_ENDS = r"(?=\s*(?:[.,;:)”“\"’'—–]|$|that\b|and\b|he\b|she\b|they\b|the\b))"
_ENGLISH = re.compile(
    rf"\b(?:(?P<same>(?:the|that)\s+same\s+{_PART}|that\s+{_PART})|(?P<next>the\s+(?:next|following)\s+{_PART}|the\s+{_PART}\s+after{_ENDS})"
    rf"|(?P<before>the\s+previous\s+{_PART}|the\s+{_PART}\s+before(?=\s*(?:[.,;:)”“\"’'—–]|$)))"
    rf"|(?P<week>the\s+following\s+week)|(?P<weeks>(?:{_MANY})\s+weeks?\s+later|a\s+fortnight\s+later)"
    rf"|(?P<later>(?:{_MANY})\s+days?\s+later)|(?P<earlier>(?:{_MANY})\s+days?\s+(?:earlier|before(?=\s*[.,;]))))\b",
    re.IGNORECASE,
)
_PART_DE = r"(?:Tag|Morgen|Vormittag|Nachmittag|Abend)"
_GERMAN = re.compile(
    rf"\b(?:(?P<same>am\s+(?:selben|gleichen)\s+{_PART_DE}|noch\s+am\s+{_PART_DE})"
    rf"|(?P<next>am\s+(?:nächsten|folgenden|darauffolgenden)\s+{_PART_DE}|tags\s+darauf|am\s+{_PART_DE}\s+(?:darauf|danach))"
    rf"|(?P<before>tags\s+zuvor|am\s+{_PART_DE}\s+(?:zuvor|davor)|am\s+Vortag)"
    rf"|(?P<week>in\s+der\s+(?:folgenden\s+Woche|Woche\s+darauf))|(?P<weeks>(?:{_MANY})\s+Wochen?\s+später)"
    rf"|(?P<later>(?:{_MANY})\s+Tage?\s+später)|(?P<earlier>(?:{_MANY})\s+Tage?\s+(?:zuvor|vorher|früher)))\b",
    re.IGNORECASE,
)
_ENDS_SENTENCE = re.compile(r"[.!?][”“\"’')]*\s")
_LOOKS_BACK = re.compile(r"\b(?:had|hatten?|waren?)\b")
_LATELY = 14
"""Days before an article came out of which it tells as news."""
_WEEK = 7
_FAR = 700
"""Characters back to the day that one is counted from."""


def counted(
    article: ArticleText, named: Sequence[DateMention], published: Date | None, quoted: Sequence[tuple[int, int]] = ()
) -> Iterator[DateMention]:
    """Yield the days of an article that are counted from one of those named in it, the last before them that has been.

    `quoted` are the places of its quotations: a day in them is not that of the report.
    """
    pattern = _GERMAN if article.language == "de" else _ENGLISH
    today = dates.first_day(published) if published is not None else None
    past = [date_mention for date_mention in named if _is_past_day(date_mention, today)]  # in the order of the text
    for found in pattern.finditer(article.text):
        behind = bisect_left(named, found.end(), key=lambda date_mention: date_mention.start)
        if not article.is_in_paragraph(found.start()) or (behind and named[behind - 1].end > found.start()):
            continue
        number = bisect_left(past, found.start(), key=lambda mention: mention.start)
        base = past[number - 1] if number and _first_offset(article, found) < past[number - 1].start else None
        if base is None and found["same"]:
            base = _only_day(past[:number], quoted, today)
        first = dates.first_day(base.date) if base is not None else None
        if base is None or first is None:
            continue
        if found["week"]:
            monday = first - (dates.weekday(base.date) or 0) + _WEEK
            edtf = f"{dates.iso(monday)}/{dates.iso(monday + _WEEK - 1)}"
        else:
            edtf = dates.iso(first + _by(found))
        made = DateMention(*found.span(), dates.parse(edtf), found.span(), LIKELY)
        if _is_past_day(made, today):
            insort(past, made, key=lambda mention: mention.start)
        yield made


def _only_day(past: Sequence[DateMention], quoted: Sequence[tuple[int, int]], today: int | None) -> DateMention | None:
    """Return the one day that a report has told of so far, outside of quotations; None if it has told of several, or of none lately."""
    if today is None:
        return None
    told: dict[str, DateMention] = {}
    for date_mention in past:
        first = dates.first_day(date_mention.date)
        if first is not None and today - first <= _LATELY and not any(low <= date_mention.start < high for low, high in quoted):
            told[date_mention.date.edtf] = date_mention
    return next(iter(told.values())) if len(told) == 1 else None


def _first_offset(article: ArticleText, match: re.Match[str]) -> int:
    """Return where the day that another is counted from may stand first.

    “The same night” is of a day in its paragraph; only in its first sentence of one in the paragraph before, unless the sentence looks back with “had”.
    """
    far = match.start() - _FAR
    if not match["same"]:
        return far
    number = bisect_left(article.paragraphs, match.start() + 1, key=lambda paragraph: paragraph.start) - 1
    start = article.paragraphs[number].start
    before = article.text[max(far, start) : match.start()]
    if not number or _ENDS_SENTENCE.search(before) or _LOOKS_BACK.search(before):
        return max(far, start - 1)
    return max(far, article.paragraphs[number - 1].start - 1)


def _by(match: re.Match[str]) -> int:
    """Return how many days later a day is."""
    if match["weeks"]:
        number = match["weeks"].split()[:2]
        return _WEEK * (2 if number[1].lower() == "fortnight" else _NUMBERS[number[0].lower()])
    if match["later"] or match["earlier"]:
        number = _NUMBERS[(match["later"] or match["earlier"]).split()[0].lower()]
        return number if match["later"] else -number
    return 0 if match["same"] else 1 if match["next"] else -1


def _is_past_day(day: DateMention, today: int | None) -> bool:
    first = dates.first_day(day.date)
    return dates.is_day(day.date.edtf) and first is not None and (today is None or first <= today)
