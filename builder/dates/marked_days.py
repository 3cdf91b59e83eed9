"""Words that are marked as the day of an event, “[Wednesday 20 January]{event=vote}”, against its date.

Only certain contradictions count: words with a number that is no part of a date, or with “before” or “the night of”, name no day.
"""

import re
from collections.abc import Iterator

from builder.dates import day_counts, name_forms
from builder.dates.date import ALL, EITHER, ONE, Date
from builder.dates.dates_in_text import BETWEEN, COMMAS, NUMERIC, WITHOUT_YEAR, Tokens, joined, year_at
from builder.i18n.patterns import late

_BESIDE = frozenset(
    [
        *("before", "until", "till", "by", "after", "since", "than", "eve", "night", "overnight", "next", "later", "week", "days"),
        *("vor", "bis", "nach", "seit", "nacht", "vorabend", "später", "woche", "avant", "après", "depuis", "jusqu'au", "veille", "nuit"),
        *(
            "antes",
            "después",
            "desde",
            "hasta",
            "noche",
            "víspera",
            "prima",
            "dopo",
            "fino",
            "notte",
            "entro",
            "vóór",
            "voor",
            "sinds",
            "tot",
        ),
        *("до", "после", "с", "накануне", "ночь", "ночью", "przed", "po", "od", "före", "efter", "sedan", "depois", "até", "noite"),
    ]
)
"""With these a day beside the one that is named may be meant."""

_SMALL = (
    BETWEEN
    | COMMAS
    | frozenset(
        [
            *("on", "in", "at", "of", "it", "was", "early", "late", "mid", "ago", ".", "(", ")", "-"),
            *(
                "am",
                "im",
                "zum",
                "vom",
                "anfang",
                "mitte",
                "ende",
                "en",
                "à",
                "au",
                "début",
                "fin",
                "mi",
                "nel",
                "di",
                "em",
                "no",
                "na",
                "op",
            ),
            *("в", "во", "у", "w", "we", "v", "ve", "vào", "года", "году", "г", "року"),
        ]
    )
)
"""Words beside the name of a month or weekday, or beside a year, that stands for itself."""

_TIME = late(r"(?<![\d.:])(?P<h>[01]?\d|2[0-3]):(?P<min>[0-5]\d)(?![\d:])\s*(?P<half>[ap]\.?m\.?)?", re.IGNORECASE)
_EAST = late(r"(?:(?P<y>\d{4})\s*[年년]\s*)?(?P<m>\d{1,2})\s*[月월](?:\s*(?P<d>\d{1,2})\s*[日일号號])?")
_DAY_ALONE = late(
    r"(?:(?:on )?the (?P<en>\d{1,2})(?:st|nd|rd|th)|(?:am |den |dem )(?P<de>\d{1,2})\.|(?:le |el |il )(?P<fr>\d{1,2})(?:er|º)?)",
    re.IGNORECASE,
)
_WORDS_TOO = frozenset({"may", "march", "mars", "mai", "august", "mark", "mart", "ma", "mas"})
"""Months that are other words too, in small letters."""

_LEAST_YEAR, _MOST_YEAR = 1000, 2999

_Named = tuple[int | None, frozenset[int], int]
"""A date in words: its year, its possible months, and its day or 0."""


def misses(words: str, meant: Date) -> bool:
    """Return whether words marked as the day of an event name a day, month, year or hour that is certainly not that of its date.

    An approximate date is missed by what lies beyond its margin.
    """
    first, last = meant.earliest, meant.latest
    if first is None or last is None:
        return False
    text, times = words, list(_TIME.finditer(words))
    for time in times:
        text = text.replace(time[0], " ")
    if len(times) == 1 and _is_other_time(times[0], meant):
        return True
    tokens = joined(
        [(name_forms.plain(match[0]), match.start(), match.end()) for match in name_forms.WORD.finditer(text) if match[0] != "*"]
    )
    if not _BESIDE.isdisjoint(word for word, _, _ in tokens):
        return False
    if alone := _DAY_ALONE.fullmatch(text.strip(" ,")):
        number = int(next(filter(None, alone.groups())))
        return last - first < 28 and all(day_counts.civil(day)[2] != number for day in range(first, last + 1))
    named, used = _in_figures(text, tokens)
    found, more = _in_words(text, tokens, used)
    named += found
    if any(n not in more and word.isdigit() for n, (word, _, _) in enumerate(tokens)):
        return False
    if not named:
        return _is_other_weekday(tokens, first, last)
    from_year, to_year = day_counts.civil(first)[0], day_counts.civil(last)[0]
    if to_year - from_year > 1 and any(year is None for year, _, _ in named):
        return False
    return not any(_overlaps(named, year, meant) for year in range(from_year, to_year + 1))


def _is_other_time(time: re.Match[str], meant: Date) -> bool:
    point = meant.points[0] if meant.kind == ONE and meant.points else None
    if point is None or point.second is None or point.zone is not None or point.time_quality or time["half"]:
        return False
    return (int(time["h"]) * 60 + int(time["min"]) - point.second // 60) % 720 != 0


def _in_figures(text: str, tokens: Tokens) -> tuple[list[_Named], set[int]]:
    """Return the dates in figures, and the tokens that they are made of."""
    named: list[_Named] = []
    ranges: list[tuple[int, int]] = []
    for found in NUMERIC.finditer(text):
        if found["y"]:
            named.append((int(found["y"]), frozenset({int(found["m"])}), int(found["d"])))
        else:
            a, b = int(found["a"]), int(found["b"])
            of = [(b, a)] if found["sign"] == "." else [(b, a), (a, b)]
            named += [(int(found["c"]), frozenset({month}), day) for month, day in of if 1 <= month <= 12]
        ranges.append(found.span())
    for found in _EAST.finditer(text):
        named.append((int(found["y"]) if found["y"] else None, frozenset({int(found["m"])}), int(found["d"] or 0)))
        ranges.append(found.span())
    if not ranges and (short := WITHOUT_YEAR.fullmatch(text.strip().removeprefix("am ").removeprefix("den "))):
        named.append((None, frozenset({int(short["m"])}), int(short["d"])))
        ranges.append((0, len(text)))
    return named, {n for n, (_, start, end) in enumerate(tokens) if any(low <= start and end <= high for low, high in ranges)}


def _in_words(text: str, tokens: Tokens, used: set[int]) -> tuple[list[_Named], set[int]]:
    """Return the dates with the name of a month, and a month or a year that stands for itself; and the tokens of all dates."""
    weekdays, months = name_forms.tables()
    named: list[_Named] = []
    used = set(used)
    for n, (word, start, _) in enumerate(tokens):
        numbers = frozenset((months.get(word) or months.get(word.removeprefix("ב"), {})).values())
        if not numbers or n in used:
            continue
        around = set(_days_around(tokens, n))
        if not around:
            is_alone = all(
                other in _SMALL or other in weekdays or (other.isdigit() and len(other) == 4)
                for at, (other, _, _) in enumerate(tokens)
                if at != n
            )
            if not is_alone or (word in _WORDS_TOO and not (text[start].isupper() and "the" not in (token for token, _, _ in tokens))):
                continue
        year, behind = year_at(tokens, max({n, *around}) + 1)
        used |= {n, *around, *range(max({n, *around}) + 1, behind)}
        named += [(year, numbers, int(tokens[at][0])) for at in around] or [(year, numbers, 0)]
    if not named and len(tokens) - sum(word in _SMALL for word, _, _ in tokens) == 1:
        alone = next(
            ((int(word), n) for n, (word, _, _) in enumerate(tokens) if word.isdigit() and _LEAST_YEAR <= int(word) <= _MOST_YEAR), None
        )
        if alone is not None:
            return [(alone[0], frozenset(range(1, 13)), 0)], {*used, alone[1]}
    return named, used


def _days_around(tokens: Tokens, n: int) -> Iterator[int]:
    """Yield the tokens of the days beside the month at a token: “29 and 30 March”, “April 5–6”."""
    found = False
    for direction in (-1, 1):
        at, small = n + direction, 0
        while 0 <= at < len(tokens) and small < 3 and not (found and direction == 1):
            word = tokens[at][0]
            if word.isdigit() and len(word) <= 2 and 1 <= int(word) <= 31:
                yield at
                small = 0
            elif word in BETWEEN or word in name_forms.JOINING or word in {".", "the", "st", "nd", "rd", "th", "er", "º", "ª"}:
                small += 1
            else:
                break
            at += direction
        found = found or any(tokens[place][0].isdigit() for place in range(at + 1, n)) if direction == -1 else found


def _is_other_weekday(tokens: Tokens, first: int, last: int) -> bool:
    """Return whether words are the name of a weekday alone, and that of another one than a single day's."""
    weekdays, _ = name_forms.tables()
    named = [word for word, _, _ in tokens if word not in _SMALL]
    return first == last and len(named) == 1 and named[0] in weekdays and day_counts.weekday(first) not in weekdays[named[0]].values()


def _overlaps(named: list[_Named], year_of_event: int, meant: Date) -> bool:
    """Return whether what words name, from the first to the last day, has a day of a date."""
    ranges = [found for year, months, day in named for month in months if (found := _range(year or year_of_event, month, day))]
    if not ranges:
        return True
    low, high = min(first for first, _ in ranges), max(last for _, last in ranges)
    if meant.kind in {EITHER, ALL} and not meant.runs and not meant.start and not meant.end:
        return any(point.earliest <= high and low <= point.latest for point in meant.points)
    return meant.earliest is not None and meant.latest is not None and meant.earliest <= high and low <= meant.latest


def _range(year: int, month: int, day: int) -> tuple[int, int] | None:
    if not 1 <= month <= 12 or day > day_counts.month_length(year, month):
        return None
    first = day_counts.ordinal(year, month, day or 1)
    return first, first if day else day_counts.ordinal(year, month, day_counts.month_length(year, month))
