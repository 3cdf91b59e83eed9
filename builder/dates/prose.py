"""Weekdays that a text gives beside a date: “Friday, 22 January 2022”, “Freitag, den 21. Januar”, “1月21日（金）”.

A finding is certain or none: what may be read otherwise, in another language or another calendar, is not told.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from builder.dates import days
from builder.dates.names import NAMES
from builder.dates.record import Date

FEWEST, REACH = 1930, 120
"""The first year whose dates are all of the Gregorian calendar in news; and how many days from the day that a text counts from a date without a year may lie."""


NO_DAY = -1
"""In the place of a weekday: the date that stands beside one does not exist."""


class Spoken(msgspec.Struct, frozen=True):
    """A weekday and a date that stand side by side in a text."""

    start: int
    end: int
    weekdays: frozenset[int]
    """Which weekday the words may mean, 0 for Monday: names of several languages may be the same."""
    dates: frozenset[tuple[int, int]]
    """Which (month, day) they may mean."""
    year: int | None


_OTHER = {
    "en": "mon=0 tue=1 tues=1 wed=2 thu=3 thur=3 thurs=3 fri=4",
    "de": "sonnabend=5",
    "ru": "среду=2 пятницу=4 субботу=5",
    "he": "ראשון=6 שני=0 שלישי=1 רביעי=2 חמישי=3 שישי=4 שבת=5",
    "uk": "середу=2 п'ятницю=4 суботу=5 неділю=6",
    "be": "сераду=2 пятніцу=4 суботу=5 нядзелю=6",
    "pl": "środę=2 sobotę=5 niedzielę=6",
    "cs": "středu=2 sobotu=5 neděli=6",
    "sk": "stredu=2 sobotu=5 nedeľu=6",
    "hr": "srijedu=2 subotu=5 nedjelju=6",
    "pt": "segunda=0 terça=1 quarta=2 quinta=3 sexta=4",
}
"""Forms in which a sentence has a weekday, and CLDR has not. “Sat” and “Sun” are words too: the committee sat, The Sun."""

_BETWEEN = frozenset(
    [
        "the",
        "of",
        "a",
        "an",
        "den",
        "der",
        "dem",
        "the",
        "le",
        "la",
        "el",
        "los",
        "de",
        "do",
        "da",
        "del",
        "den",
        "d",
        "af",
        "il",
        "lo",
        "van",
        "e",
        "i",
    ]
)
"""Small words that may stand between a weekday, a day and a month."""

_WEEKDAY_LAST = frozenset({"tr", "az", "kk"})
"""Languages in which the weekday stands behind its date."""

_BEHIND_YEAR = frozenset([",", "-", "ci", "cı", "cu", "cü", "il", "ili", "ildə", "жылы", "ж", "."])
"""What stands there between the year and the weekday: “18 yanvar 2022-ci il, çərşənbə axşamı”."""

_A = frozenset(["a", "an", "ein", "eine", "un", "une", "een", "en", "et", "er", "egy", "un", "o", "uma"])
"""What stands between a date and its weekday: “30 March 2021, a Tuesday”."""

_DIGIT = re.compile(r"\d")
_BREAKS = re.compile(r"[\s,.;:()\[\]{}|*_“”„«»\"/]+")
_SIGNS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0965\u0970-\u0dff\u0e31-\u0e4e\u200c\u200d"
"""What belongs to the letter before it, and is no letter for expressions: vowels of Hindi, Hebrew, Arabic and Thai."""

_TOKEN = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_SIGNS}]|['’ʼ-](?=[^\W\d_]))*|\d+|[^\w\s]")
_DAY_ENDING = frozenset(("st", "nd", "rd", "th", "er", "º", "ª", "°"))
_NUMERIC = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)|(?P<a>\d{1,2})(?P<sign>[./])(?P<b>\d{1,2})(?P=sign)(?P<c>\d{4})(?!\d)")
_EAST = re.compile(
    r"(?:(?P<y>\d{4})\s*[年년]\s*)?(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일号號]\s*[,、，]?\s*"
    r"(?:[（(]\s*(?P<brief>[月火水木金土日월화수목금토일一二三四五六])\s*[)）]"
    r"|[（(]?\s*(?:(?P<ja>[月火水木金土日])曜|(?P<zh>(?:星期|周|週|礼拜|禮拜)[一二三四五六日天])|(?P<ko>[월화수목금토일])요일))"
)
_EAST_DAYS = {sign: n % 7 for signs in ("月火水木金土日", "월화수목금토일", "一二三四五六日") for n, sign in enumerate(signs)} | {"天": 6}


_THAI_DAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัส", "ศุกร์", "เสาร์", "อาทิตย์")
_THAI_MONTHS = ("มกรา", "กุมภา", "มีนา", "เมษา", "พฤษภา", "มิถุนา", "กรกฎา", "สิงหา", "กันยา", "ตุลา", "พฤศจิกา", "ธันวา")
_THAI_BRIEF = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
_THAI = re.compile(
    rf"(?:วัน)?(?P<weekday>{'|'.join(_THAI_DAYS)})(?:บดี)?\s*(?:ที่)?\s*(?P<d>\d{{1,2}})\s*"
    rf"(?:(?P<month>{'|'.join(_THAI_MONTHS)})(?:คม|ยน|พันธ์)?|(?P<brief>{'|'.join(map(re.escape, _THAI_BRIEF))}))"
    r"\s*(?:ปี\s*)?(?:[พค]\s*\.\s*ศ\s*\.\s*)?(?P<y>\d{4})?"
)
"""“วันศุกร์ที่ 14 มกราคม 2565”: words run together in Thai, and its years are of the Buddhist era."""

_BUDDHIST, _LEAST_BUDDHIST = 543, 2400
"""By how many years that era is ahead, and from which number on a year is one of it."""

_SHORT_MONTHS = "jan=1 feb=2 mar=3 apr=4 jun=6 jul=7 aug=8 sep=9 sept=9 oct=10 nov=11 dec=12"
"""As English newspapers write them."""


def _plain(text: str) -> str:
    """Return words as they are compared: in small letters, with straight apostrophes."""
    return text.casefold().replace("’", "'").replace("ʼ", "'")


@lru_cache(maxsize=1)
def _tables() -> tuple[dict[str, dict[str, int]], dict[str, dict[str, int]]]:
    """Return name → language → number, of weekdays and of months."""
    weekdays: dict[str, dict[str, int]] = {}
    months: dict[str, dict[str, int]] = {}
    for tag, names in NAMES.items():
        for table, part, first in zip((weekdays, months), names.split("/"), (0, 1), strict=True):
            for number, same in enumerate(part.split(";"), first):
                for name in same.split("|"):
                    plain = _plain(name)
                    words = _TOKEN.findall(plain)
                    table.setdefault(" ".join(words) if len(words) > 1 else plain, {})[tag] = number
    for form in _SHORT_MONTHS.split():
        name, _, which = form.partition("=")
        months.setdefault(name, {})["en"] = int(which)
    for tag, forms in _OTHER.items():
        for form in forms.split():
            name, _, which = form.partition("=")
            weekdays.setdefault(name, {})[tag] = int(which)
    return weekdays, months


def common_year(year: int) -> int:
    """Return a year as our era counts it, where its number can only be of the Buddhist one: 2565 is 2022."""
    return year - _BUDDHIST if year >= _LEAST_BUDDHIST else year


@lru_cache(maxsize=1)
def _phrases() -> dict[str, list[tuple[str, ...]]]:
    """Return the names of several words by their first one, the longest first: “çərşənbə axşamı” is Tuesday, and “çərşənbə” Wednesday."""
    found: dict[str, list[tuple[str, ...]]] = {}
    weekdays, months = _tables()
    for name in weekdays.keys() | months.keys():
        words = tuple(_TOKEN.findall(name))
        # “de marzo” is March in one language, and “of March” in another.
        if len(words) > 1 and words[-1] not in months:
            found.setdefault(words[0], []).append(words)
    return {first: sorted(names, key=len, reverse=True) for first, names in found.items()}


def _joined(tokens: "_Tokens") -> "_Tokens":
    """Return tokens in which a name of several words is one."""
    phrases = _phrases()
    if phrases.keys().isdisjoint(word for word, _, _ in tokens):
        return tokens
    found: _Tokens = []
    n = 0
    while n < len(tokens):
        word, start, end = tokens[n]
        for names in phrases.get(word, ()):
            if tuple(one for one, _, _ in tokens[n : n + len(names)]) == names:
                word, end = " ".join(names), tokens[n + len(names) - 1][2]
                n += len(names) - 1
                break
        found.append((word, start, end))
        n += 1
    return found


_MARKED = (
    re.compile(r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|\.|er)?\s+(?:of\s+|de\s+)?(?P<month>[^\W\d_]+)(?:,?\s+(?P<year>\d{4}))?"),
    re.compile(r"(?P<month>[^\W\d_]+)\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<year>\d{4}))?"),
)


def misses(words: str, meant: Date) -> bool:
    """Return whether words that are marked as the day of an event name a day, a month and perhaps a year that its date certainly is not.

    Such as “Wednesday 20 January” on an event of 22 January. A day of no month that a language has, and a date that is only around or possibly known, miss nothing.
    """
    first, last = meant.earliest, meant.latest
    if first is None or last is None:
        return False
    _, months = _tables()
    for found in (one for pattern in _MARKED for one in pattern.finditer(words)):
        day, month, year = found.group("day", "month", "year")
        numbers = set(months.get(month.casefold(), {}).values())
        years = (int(year),) if year else range(days.civil(first)[0], days.civil(last)[0] + 1)
        if not numbers or len(years) > 2:
            continue
        named = [_number(one, number, int(day)) for one in years for number in numbers]
        if all(number is None or not first <= number <= last for number in named):
            return True
    return False


def find(text: str) -> Iterator[Spoken]:
    """Yield each weekday that stands beside a date in a text, in any language that CLDR has names for."""
    if not _DIGIT.search(text):
        return
    if "月" in text or "월" in text:
        for found in _EAST.finditer(text):
            sign = next(found[name] for name in ("brief", "ja", "zh", "ko") if found[name])[-1]
            day = frozenset({(int(found["m"]), int(found["d"]))})
            yield Spoken(*found.span(), frozenset({_EAST_DAYS[sign]}), day, int(found["y"]) if found["y"] else None)
    for found in _THAI.finditer(text):
        month = _THAI_MONTHS.index(found["month"]) if found["month"] else _THAI_BRIEF.index(found["brief"])
        year = common_year(int(found["y"])) if found["y"] else None
        day = frozenset({(month + 1, int(found["d"]))})
        yield Spoken(*found.span(), frozenset({_THAI_DAYS.index(found["weekday"])}), day, year)
    weekdays, _ = _tables()
    # Nearly all texts have no weekday in them, which is known sooner than where their words begin.
    words = _BREAKS.split(_plain(text))
    if weekdays.keys().isdisjoint(words) and _phrases().keys().isdisjoint(words):
        return
    tokens = _joined([(_plain(match[0]), match.start(), match.end()) for match in _TOKEN.finditer(text)])
    for n, (word, start, end) in enumerate(tokens):
        languages = weekdays.get(word)
        if languages is None:
            continue
        after = _skip(tokens, n + 1, _BETWEEN | {",", "."})
        if (numeric := _numeric(text, tokens, after)) is not None:
            yield Spoken(start, numeric[0], frozenset(languages.values()), *numeric[1:])
        elif (dated := _date(tokens, after, languages)) is not None:
            yield Spoken(start, dated[0], *dated[1:])
        elif (dated := _date_before(tokens, n, languages)) is not None:
            yield Spoken(dated[0], end, *dated[1:])


_Tokens = list[tuple[str, int, int]]
_Dated = tuple[int, frozenset[int], frozenset[tuple[int, int]], int | None]


def _skip(tokens: _Tokens, n: int, words: Iterable[str]) -> int:
    least = n
    while n < len(tokens) and n < least + 3 and tokens[n][0] in words:
        n += 1
    return n


def _numeric(text: str, tokens: _Tokens, n: int) -> tuple[int, frozenset[tuple[int, int]], int] | None:
    found = _NUMERIC.match(text, tokens[n][1]) if n < len(tokens) else None
    if found is None:
        return None
    if found["y"]:
        return found.end(), frozenset({(int(found["m"]), int(found["d"]))}), int(found["y"])
    a, b = int(found["a"]), int(found["b"])
    both = {(b, a)} if found["sign"] == "." else {(b, a), (a, b)}
    return found.end(), frozenset(both), int(found["c"])


def _day(tokens: _Tokens, n: int) -> tuple[int, int]:
    """Return the day of a month that stands at a token, 0 where none does, and the token behind it."""
    if n >= len(tokens) or not tokens[n][0].isdigit() or not 1 <= int(tokens[n][0]) <= 31:
        return 0, n
    day, after = int(tokens[n][0]), n + 1
    if after < len(tokens) and tokens[after][1] == tokens[n][2] and (tokens[after][0] in _DAY_ENDING or tokens[after][0] == "."):
        after += 1
    return day, after


def _year(tokens: _Tokens, n: int) -> tuple[int | None, int]:
    """Return the year that stands at a token, None where none does, and the token behind it."""
    at = _skip(tokens, n, {",", "de", "del", "of", "."})
    if at < len(tokens) and len(tokens[at][0]) == 4 and tokens[at][0].isdigit():
        return int(tokens[at][0]), at + 1
    return None, n


def _date(tokens: _Tokens, n: int, languages: dict[str, int]) -> _Dated | None:
    """Return the date that begins at a token, in one of the languages of a weekday: where it ends, which weekdays and dates the words may mean, and the year."""
    _, months = _tables()
    day, after = _day(tokens, n)
    if day:
        at = _skip(tokens, after, _BETWEEN)
    else:  # “Friday, January 21”
        at = n
        day, after = _day(tokens, _skip(tokens, n + 1, {"the", "."}))
        if not day:
            return None
    month = tokens[at][0] if at < len(tokens) else ""
    named = months.get(month) or months.get(month.removeprefix("ב"), {})  # Hebrew joins “in” to the month
    shared = languages.keys() & named.keys()
    if not shared:
        return None
    year, behind = _year(tokens, max(at + 1, after))
    return tokens[behind - 1][2], frozenset(languages[tag] for tag in shared), frozenset((named[tag], day) for tag in shared), year


def _date_before(tokens: _Tokens, n: int, languages: dict[str, int]) -> _Dated | None:
    """Return the date that stands in front of a weekday as its own: “30 March 2021 (Tuesday)”, “30 March 2021, a Tuesday”."""
    before = n - 1 - (n >= 1 and tokens[n - 1][0] in _A)
    if before >= 1 and tokens[before][0] == "(" and n + 1 < len(tokens) and tokens[n + 1][0] == ")":
        last = before - 1
    elif n >= 3 and tokens[n - 1][0] in _A and tokens[n - 2][0] == ",":
        last = n - 3
    elif n >= 1 and languages.keys() & _WEEKDAY_LAST:
        last = n - 1
        while last > 0 and last > n - 6 and tokens[last][0] in _BEHIND_YEAR:
            last -= 1
    else:
        return None
    for first in range(max(0, last - 5), last + 1):
        found = _date(tokens, first, languages)
        if found is not None and found[0] == tokens[last][2]:
            return tokens[first][1], *found[1:]
    return None


def actual(spoken: Spoken, near: int | None) -> int | None:
    """Return the weekday that the date of a finding has, 0 for Monday, where it is another than the text's, and `NO_DAY` where there is no such day; None where it is the same, or nobody can know.

    `near` is the day that the text counts from, as `days.ordinal` counts; of a date without a year it decides which one is meant.
    """
    if spoken.year is not None:
        years: tuple[int, ...] = (spoken.year,)
    elif near is not None:
        year = days.civil(near)[0]
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
            found[days.weekday(number)] = None
            if year < FEWEST:
                found[(days.weekday(number) + _julian(year)) % 7] = None
    return next(iter(found)) if found and found.keys().isdisjoint(spoken.weekdays) else None


def _number(year: int, month: int, day: int) -> int | None:
    if not (1 <= month <= 12 and 1 <= day <= days.month_length(year, month)):
        return None
    return days.ordinal(year, month, day)


def _julian(year: int) -> int:
    """Return how many days a date of the Julian calendar comes later than the same of the Gregorian one."""
    return year // 100 - year // 400 - 2
