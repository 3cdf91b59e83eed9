"""Weekdays beside dates in a text: “Friday, 22 January 2022”, “Freitag, den 21. Januar”, “1月21日（金）”.

Only certain findings count: an expression with another reading, in another language or calendar, is ignored.
"""

import functools
from collections.abc import Iterator

from builder.dates import day_counts, name_forms, weekday_patterns
from builder.dates.dates_in_text import ABBREVIATION, BETWEEN, COMMAS, Dated, Tokens, date_at, joined, numeric, skip, year_first
from builder.dates.several_weekdays import several
from builder.dates.weekday_patterns import Spoken
from builder.i18n.patterns import late
from builder.i18n.tags import language_code

FEWEST, REACH = 1930, 120
"""The first year in which all news dates are Gregorian; and the most days between a date without a year and the day that the text counts from."""


NO_DAY = -1
"""In place of a weekday: the date does not exist."""


_WEEKDAY_LAST = frozenset({"tr", "az", "kk"})
"""Languages in which the weekday stands behind its date."""

_BEHIND_YEAR = frozenset([",", "-", "ci", "cı", "cu", "cü", "il", "ili", "ildə", "жылы", "ж", "."])
"""What stands there between the year and the weekday: “18 yanvar 2022-ci il, çərşənbə axşamı”."""

_IN = frozenset(["в", "во", "у"])
"""Between a date and its weekday: “30 марта, в понедельник”."""
_BEHIND_RUSSIAN_YEAR = frozenset(["года", "году", "г", "року", "р", "рік"])

_A = frozenset(["a", "an", "ein", "eine", "einem", "einen", "einer", "un", "une", "een", "en", "et", "er", "egy", "un", "o", "uma"])
"""Words between a date and its weekday: “30 March 2021, a Tuesday”."""

_DIGIT = late(r"\d")
_BREAKS = b',.;:()[]{}|*_"/'
"""What parts words, of ASCII, besides spaces."""

_BREAKS_OF_MARKDOWN = b'!"#$%&()*+,./:;<=>?@[\\]^_`{|}~'
"""Characters that part words, and all others that may stand close to a word in Markdown: all but those that a weekday may have."""


def may_have_weekdays(markdown: str) -> bool:
    """Return whether there is a digit in a text, and a weekday: of nearly all texts that ends it."""
    if _DIGIT.search(markdown) is None and "月" not in markdown:
        return False
    if weekday_patterns.may_be_in(markdown):
        return True
    if _as_written().isdisjoint(_parted(markdown, _BREAKS_OF_MARKDOWN)):
        return False
    words = _words(markdown, _BREAKS_OF_MARKDOWN)
    return _is_weekday_in(words) or (
        not weekday_patterns.BRIEF_NAMES.isdisjoint(words) and weekday_patterns.BRIEF.search(markdown) is not None
    )


@functools.lru_cache(maxsize=1)
def _as_written() -> frozenset[str]:
    """Return the first words of weekdays as they are written: to look for these needs no text in small letters."""
    low = {*name_forms.tables()[0], *name_forms.phrases(), *weekday_patterns.BRIEF_NAMES}
    return frozenset(form for name in low for form in (name, name.capitalize(), name.title(), name.upper()))


def _words(text: str, breaks: bytes) -> set[str]:
    """Return the words of a text in small letters, parted by spaces and these signs."""
    # Each word once, and only then in small letters: where the words begin is not yet asked.
    return set(map(str.casefold, set(_parted(text, breaks))))


def _parted(text: str, breaks: bytes) -> list[str]:
    """Return the words of a text, parted by spaces and these signs."""
    words = text.encode("utf-8", "surrogatepass").translate(bytes.maketrans(breaks, b" " * len(breaks))).decode("utf-8", "surrogatepass")
    if not text.isascii():
        for sign in "“”„«»،؛":
            words = words.replace(sign, " ")
        words = words.replace("’", "'").replace("ʼ", "'")
    return words.split()


def _is_weekday_in(words: set[str]) -> bool:
    return not (name_forms.tables()[0].keys().isdisjoint(words) and name_forms.phrases().keys().isdisjoint(words))


def is_weekday(word: str, language: str) -> bool:
    """Return whether a word is the name of a weekday in a language, given by its tag."""
    return language_code(language) in name_forms.tables()[0].get(name_forms.plain(word), {})


def is_month(word: str, language: str) -> bool:
    """Return whether a word is the name of a month in a language, given by its tag."""
    return language_code(language) in name_forms.tables()[1].get(name_forms.plain(word), {})


def find_weekdays(text: str) -> Iterator[Spoken]:
    """Yield each weekday beside a date in a text, in any language with names in CLDR."""
    if not _DIGIT.search(text) and "月" not in text:
        return
    yield from weekday_patterns.find(text)
    words = _words(text, _BREAKS)
    if not weekday_patterns.BRIEF_NAMES.isdisjoint(words):
        yield from _brief(text)
    if not _is_weekday_in(words):
        return
    weekdays, _ = name_forms.tables()
    tokens = joined(
        [(name_forms.plain(match[0]), match.start(), match.end()) for match in name_forms.WORD.finditer(text) if match[0] != "*"]
    )
    used_numbers: set[int] = set()
    for n, (word, _, _) in enumerate(tokens):
        if n in used_numbers or (languages := weekdays.get(word)) is None:
            continue
        if (listed := several(tokens, n, languages)) is not None:
            found, used = listed
            used_numbers |= used
            yield from found
        elif (spoken := _one(text, tokens, n, languages)) is not None:
            yield spoken


def _brief(text: str) -> Iterator[Spoken]:
    """Yield dates beside abbreviations of weekdays that are short words of other languages too: “lun. 30 mars 2021”."""
    for found in weekday_patterns.BRIEF.finditer(text):
        named = name_forms.tables()[1].get(name_forms.plain(found["month"]), {})
        for tag, names in weekday_patterns.BRIEF_DAYS.items():
            if tag in named and (weekday := found["weekday"].casefold()) in names:
                day = frozenset({(named[tag], int(found["d"]))})
                yield Spoken(*found.span(), frozenset({names.index(weekday) % 7}), day, int(found["y"]) if found["y"] else None)


_OF_ANOTHER_DAY = frozenset(["ליל", "בליל", "ערב", "בערב", "ليلة", "sheffield"])
"""Before a weekday: the evening before it is meant, or a club of that name."""


def _one(text: str, tokens: Tokens, n: int, languages: dict[str, int]) -> Spoken | None:
    """Return the date beside the weekday at a token."""
    word, start, end = tokens[n]
    if n and tokens[n - 1][0] in _OF_ANOTHER_DAY:
        return None
    # “8 Mart Pazar. 2 Mart”: the date before it is that of the weekday.
    if languages.keys() & _WEEKDAY_LAST and (dated := _date_before(text, tokens, n, languages)) is not None:
        return Spoken(dated[0], end, *dated[1:])
    # A full stop behind more than an abbreviation ends the sentence.
    after = skip(tokens, n + 1, BETWEEN | COMMAS | name_forms.PARTS_OF_DAY | {"("} | ({"."} if len(word) <= ABBREVIATION else set()))
    if (figures := numeric(text, tokens, after, languages)) is not None:
        return Spoken(start, figures[0], frozenset(languages.values()), *figures[1:])
    if (dated := date_at(tokens, after, languages) or year_first(tokens, after, languages)) is not None:
        return Spoken(start, dated[0], *dated[1:])
    if (dated := _date_before(text, tokens, n, languages)) is not None:
        return Spoken(dated[0], end, *dated[1:])
    return None


def _date_before(text: str, tokens: Tokens, n: int, languages: dict[str, int]) -> Dated | None:
    """Return the date before its weekday: “30 March 2021 (Tuesday)”, “30 March 2021, a Tuesday”."""
    before = n - 1 - (n >= 1 and tokens[n - 1][0] in _A)
    if before >= 1 and tokens[before][0] == "(" and n + 1 < len(tokens) and tokens[n + 1][0] == ")":
        last = before - 1
    elif n >= 3 and tokens[n - 1][0] in _A and tokens[n - 2][0] in COMMAS:
        last = n - 3
    elif n >= 1 and languages.keys() & _WEEKDAY_LAST:
        last = n - 1
        while last > 0 and last > n - 6 and tokens[last][0] in _BEHIND_YEAR:
            last -= 1
    elif n >= 2 and tokens[n - 1][0] in COMMAS and _ends(tokens, n + 1):
        last = n - 2
    elif n >= 3 and tokens[n - 1][0] in _IN and tokens[n - 2][0] in COMMAS and _ends(tokens, n + 1):
        last = n - 3
    else:
        return None
    if tokens[last][0] == "." and tokens[last - 1][0] in _BEHIND_RUSSIAN_YEAR:
        last -= 1
    last -= tokens[last][0] in _BEHIND_RUSSIAN_YEAR
    for first in range(max(0, last - 7), last + 1):
        figures = numeric(text, tokens, first, languages)
        if figures is not None and figures[0] == tokens[last][2]:
            return tokens[first][1], frozenset(languages.values()), *figures[1:]
        found = date_at(tokens, first, languages) or year_first(tokens, first, languages)
        if found is not None and found[0] == tokens[last][2]:
            return tokens[first][1], *found[1:]
    return None


def _ends(tokens: Tokens, n: int) -> bool:
    """Return whether a weekday before this token ends its part of the sentence: “17 October 2025, Friday, …” and not “…, Friday and Sunday”."""
    if n >= len(tokens):
        return True
    return tokens[n][0] in COMMAS | {".", ")", ";", ":"} and (n + 1 >= len(tokens) or tokens[n + 1][0] not in name_forms.tables()[0])


def actual_weekday(spoken: Spoken, near: int | None) -> int | None:
    """Return the real weekday of a date, 0 for Monday, if it differs from the text's, and `NO_DAY` if there is no such day; None if it is the same, or unknown.

    `near` is the day that the text counts from, as `day_counts.ordinal` counts; it decides the year of a date without one.
    """
    if spoken.year is not None:
        years: tuple[int, ...] = (spoken.year,)
    elif near is not None:
        year = day_counts.civil(near)[0]
        years = (year - 1, year, year + 1)
    else:
        return None
    if spoken.year is not None and all(_number(spoken.year, month, day) is None for month, day in spoken.dates):
        return NO_DAY
    found: dict[int, None] = {}
    for month, day in spoken.dates:
        for year in years:
            number = _number(year, month, day)
            if number is None or (spoken.year is None and near is not None and abs(number - near) > REACH):
                continue
            found[day_counts.weekday(number)] = None
            if year < FEWEST:
                found[(day_counts.weekday(number) + _julian(year)) % 7] = None
    return next(iter(found)) if found and found.keys().isdisjoint(spoken.weekdays) else None


def _number(year: int, month: int, day: int) -> int | None:
    if not (1 <= month <= 12 and 1 <= day <= day_counts.month_length(year, month)):
        return None
    return day_counts.ordinal(year, month, day)


def _julian(year: int) -> int:
    """Return the days by which a date of the Julian calendar is later than the same Gregorian one."""
    return year // 100 - year // 400 - 2
