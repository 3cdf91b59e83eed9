"""Weekdays beside dates in a text: “Friday, 22 January 2022”, “Freitag, den 21. Januar”, “1月21日（金）”.

Only certain findings count: an expression with another reading, in another language or calendar, is ignored.
"""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

import msgspec

from builder.dates import days
from builder.dates.names import NAMES
from builder.dates.record import Date
from builder.i18n.patterns import late

FEWEST, REACH = 1930, 120
"""The first year in which all news dates are Gregorian; and the most days between a date without a year and the day that the text counts from."""


NO_DAY = -1
"""In place of a weekday: the date does not exist."""


class Spoken(msgspec.Struct, frozen=True):
    """A weekday and a date beside each other in a text."""

    start: int
    end: int
    weekdays: frozenset[int]
    """Possible weekdays, 0 for Monday: names of several languages may be the same."""
    dates: frozenset[tuple[int, int]]
    """Possible (month, day)."""
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
"""Forms of weekdays in sentences that CLDR lacks. “Sat” and “Sun” are words too: the committee sat, The Sun."""

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
"""Words between a date and its weekday: “30 March 2021, a Tuesday”."""

_DIGIT = re.compile(r"\d")
_BREAKS = b',.;:()[]{}|*_"/'
"""What parts words, of ASCII, besides spaces."""

_BREAKS_OF_MARKDOWN = b'!"#$%&()*+,./:;<=>?@[\\]^_`{|}~'
"""The same and all other signs that may stand close to a word in Markdown: all but those that a weekday may have."""

_SIGNS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0965\u0970-\u0dff\u0e31-\u0e4e\u200c\u200d"
"""Combining vowels of Hindi, Hebrew, Arabic and Thai, which regular expressions do not count as letters."""

_TOKEN = re.compile(rf"[^\W\d_](?:[^\W\d_]|[{_SIGNS}]|['’ʼ-](?=[^\W\d_]))*|\d+|[^\w\s]")
_DAY_ENDING = frozenset(("st", "nd", "rd", "th", "er", "º", "ª", "°"))
_NUMERIC = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)|(?P<a>\d{1,2})(?P<sign>[./])(?P<b>\d{1,2})(?P=sign)(?P<c>\d{4})(?!\d)")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
"""By the name of an era, the year before its first one."""

_EAST = late(
    rf"(?:(?P<era>{'|'.join(_ERAS)})?\s*(?P<y>\d{{1,4}}|元)\s*[年년]\s*)?"
    r"(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일号號]\s*[,、，]?\s*"
    r"(?:[（(]\s*(?P<brief>[月火水木金土日월화수목금토일一二三四五六])\s*[)）]"
    r"|[（(]?\s*(?:(?P<ja>[月火水木金土日])曜|(?P<zh>(?:星期|周|週|礼拜|禮拜)[一二三四五六日天])|(?P<ko>[월화수목금토일])요일))"
)
_EAST_DAYS = {sign: n % 7 for signs in ("月火水木金土日", "월화수목금토일", "一二三四五六日") for n, sign in enumerate(signs)} | {"天": 6}


_THAI_DAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัส", "ศุกร์", "เสาร์", "อาทิตย์")
_THAI_MONTHS = ("มกรา", "กุมภา", "มีนา", "เมษา", "พฤษภา", "มิถุนา", "กรกฎา", "สิงหา", "กันยา", "ตุลา", "พฤศจิกา", "ธันวา")
_THAI_BRIEF = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
_THAI = late(
    rf"(?:วัน)?(?P<weekday>{'|'.join(_THAI_DAYS)})(?:บดี)?\s*(?:ที่)?\s*(?P<d>\d{{1,2}})\s*"
    rf"(?:(?P<month>{'|'.join(_THAI_MONTHS)})(?:คม|ยน|พันธ์)?|(?P<brief>{'|'.join(map(re.escape, _THAI_BRIEF))}))"
    r"\s*(?:ปี\s*)?(?:[พค]\s*\.\s*ศ\s*\.\s*)?(?P<y>\d{4})?"
)
"""“วันศุกร์ที่ 14 มกราคม 2565”: words run together in Thai, and its years are of the Buddhist era."""

_LEAST_YEAR = 1000
_BUDDHIST, _LEAST_BUDDHIST = 543, 2400
"""By how many years that era is ahead, and from which number on a year is one of it."""

_SHORT_MONTHS = "jan=1 feb=2 mar=3 apr=4 jun=6 jul=7 aug=8 sep=9 sept=9 oct=10 nov=11 dec=12"
"""Abbreviations of English newspapers."""


def _plain(text: str) -> str:
    """Return words for comparison: in small letters, with straight apostrophes."""
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


def may_have_weekdays(markdown: str) -> bool:
    """Return whether there is a digit in a text, and a weekday: of nearly all texts that ends it."""
    if _DIGIT.search(markdown) is None:
        return False
    return any(sign in markdown for sign in ("月", "월", "วัน")) or _has_weekday(markdown, _BREAKS_OF_MARKDOWN)


def _has_weekday(text: str, breaks: bytes) -> bool:
    words = text.encode("utf-8", "surrogatepass").translate(bytes.maketrans(breaks, b" " * len(breaks))).decode("utf-8", "surrogatepass")
    if not text.isascii():
        for sign in "“”„«»":
            words = words.replace(sign, " ")
        words = words.replace("’", "'").replace("ʼ", "'")
    # Each word once, and only then in small letters: where the words begin is not yet asked.
    found = set(map(str.casefold, set(words.split())))
    return not (_tables()[0].keys().isdisjoint(found) and _phrases().keys().isdisjoint(found))


_MARKED = (
    re.compile(r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|\.|er)?\s+(?:of\s+|de\s+)?(?P<month>[^\W\d_]+)(?:,?\s+(?P<year>\d{4}))?"),
    re.compile(r"(?P<month>[^\W\d_]+)\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<year>\d{4}))?"),
)


def misses(words: str, meant: Date) -> bool:
    """Return whether words marked as the day of an event name a day, month or year that is certainly not that of its date.

    Such as “Wednesday 20 January” for an event of 22 January. A day without a month, and an approximate date, never differ.
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
    """Yield each weekday beside a date in a text, in any language with names in CLDR."""
    if not _DIGIT.search(text):
        return
    if "月" in text or "월" in text:
        for found in _EAST.finditer(text):
            sign = next(found[name] for name in ("brief", "ja", "zh", "ko") if found[name])[-1]
            day = frozenset({(int(found["m"]), int(found["d"]))})
            year = 1 if found["y"] == "元" else int(found["y"]) if found["y"] else None
            if found["era"] and year is not None:
                year += _ERAS[found["era"]]
            if year is None or year >= _LEAST_YEAR:  # “22年” may be of any century, or era
                yield Spoken(*found.span(), frozenset({_EAST_DAYS[sign]}), day, year)
    for found in _THAI.finditer(text):
        month = _THAI_MONTHS.index(found["month"]) if found["month"] else _THAI_BRIEF.index(found["brief"])
        year = common_year(int(found["y"])) if found["y"] else None
        day = frozenset({(month + 1, int(found["d"]))})
        yield Spoken(*found.span(), frozenset({_THAI_DAYS.index(found["weekday"])}), day, year)
    if not _has_weekday(text, _BREAKS):
        return
    weekdays, _ = _tables()
    tokens = _joined([(_plain(match[0]), match.start(), match.end()) for match in _TOKEN.finditer(text)])
    for n, (word, start, end) in enumerate(tokens):
        languages = weekdays.get(word)
        if languages is None:
            continue
        after = _skip(tokens, n + 1, _BETWEEN | {",", ".", "("})
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
    """Return the day of the month at a token, 0 if there is none, and the next token."""
    if n >= len(tokens) or not tokens[n][0].isdigit() or not 1 <= int(tokens[n][0]) <= 31:
        return 0, n
    day, after = int(tokens[n][0]), n + 1
    if after < len(tokens) and tokens[after][1] == tokens[n][2] and (tokens[after][0] in _DAY_ENDING or tokens[after][0] == "."):
        after += 1
    return day, after


def _year(tokens: _Tokens, n: int) -> tuple[int | None, int]:
    """Return the year at a token, None if there is none, and the next token."""
    at = _skip(tokens, n, {",", "de", "del", "of", "."})
    if at < len(tokens) and len(tokens[at][0]) == 4 and tokens[at][0].isdigit():
        return int(tokens[at][0]), at + 1
    return None, n


def _date(tokens: _Tokens, n: int, languages: dict[str, int]) -> _Dated | None:
    """Return the date that begins at a token, in one of the languages of a weekday: its end, the possible weekdays and dates, and the year."""
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
    """Return the date before its weekday: “30 March 2021 (Tuesday)”, “30 March 2021, a Tuesday”."""
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
    """Return the real weekday of a date, 0 for Monday, if it differs from the text's, and `NO_DAY` if there is no such day; None if it is the same, or unknown.

    `near` is the day that the text counts from, as `days.ordinal` counts; it decides the year of a date without one.
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
    """Return the days by which a date of the Julian calendar is later than the same Gregorian one."""
    return year // 100 - year // 400 - 2
