"""Weekdays beside dates in a text: “Friday, 22 January 2022”, “Freitag, den 21. Januar”, “1月21日（金）”.

Only certain findings count: an expression with another reading, in another language or calendar, is ignored.
"""

from collections.abc import Iterable, Iterator
from functools import lru_cache

from builder.dates import days, patterns
from builder.dates.names import NAMES
from builder.dates.patterns import Spoken
from builder.dates.record import Date
from builder.i18n.patterns import late

FEWEST, REACH = 1930, 120
"""The first year in which all news dates are Gregorian; and the most days between a date without a year and the day that the text counts from."""


NO_DAY = -1
"""In place of a weekday: the date does not exist."""


_OTHER = {
    "en": "mon=0 tue=1 tues=1 wed=2 thu=3 thur=3 thurs=3 fri=4",
    "de": "sonnabend=5",
    "sv": "måndagen=0 tisdagen=1 onsdagen=2 torsdagen=3 fredagen=4 lördagen=5 söndagen=6",
    "da": "mandagen=0 tirsdagen=1 onsdagen=2 torsdagen=3 fredagen=4 lørdagen=5 søndagen=6",
    "nb": "mandagen=0 tirsdagen=1 onsdagen=2 torsdagen=3 fredagen=4 lørdagen=5 søndagen=6",
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

_COMMAS = frozenset([",", "،", "、", "，"])

_A = frozenset(["a", "an", "ein", "eine", "einem", "einen", "einer", "un", "une", "een", "en", "et", "er", "egy", "un", "o", "uma"])
"""Words between a date and its weekday: “30 March 2021, a Tuesday”."""

_DIGIT = late(r"\d")
_BREAKS = b',.;:()[]{}|*_"/'
"""What parts words, of ASCII, besides spaces."""

_BREAKS_OF_MARKDOWN = b'!"#$%&()*+,./:;<=>?@[\\]^_`{|}~'
"""The same and all other signs that may stand close to a word in Markdown: all but those that a weekday may have."""

_TOKEN = late(rf"[^\W\d_](?:[^\W\d_]|[{patterns.SIGNS}]|['’ʼ-](?=[^\W\d_]))*|\d+|[^\w\s]")
_DAY_ENDING = frozenset(("st", "nd", "rd", "th", "er", "º", "ª", "°"))
_NUMERIC = late(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)|(?P<a>\d{1,2})(?P<sign>[./])(?P<b>\d{1,2})(?P=sign)(?P<c>\d{4})(?!\d)")
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
    return patterns.may_be_in(markdown) or _has_weekday(markdown, _BREAKS_OF_MARKDOWN)


def _has_weekday(text: str, breaks: bytes) -> bool:
    words = text.encode("utf-8", "surrogatepass").translate(bytes.maketrans(breaks, b" " * len(breaks))).decode("utf-8", "surrogatepass")
    if not text.isascii():
        for sign in "“”„«»،؛":
            words = words.replace(sign, " ")
        words = words.replace("’", "'").replace("ʼ", "'")
    # Each word once, and only then in small letters: where the words begin is not yet asked.
    found = set(map(str.casefold, set(words.split())))
    return not (_tables()[0].keys().isdisjoint(found) and _phrases().keys().isdisjoint(found))


_MARKED = (
    late(r"(?<!\d)(?P<day>\d{1,2})(?:st|nd|rd|th|\.|er)?\s+(?:of\s+|de\s+)?(?P<month>[^\W\d_]+)(?:,?\s+(?P<year>\d{4}))?"),
    late(r"(?P<month>[^\W\d_]+)\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?(?!\d)(?:,?\s+(?P<year>\d{4}))?"),
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
    yield from patterns.find(text)
    if not _has_weekday(text, _BREAKS):
        return
    weekdays, _ = _tables()
    tokens = _joined([(_plain(match[0]), match.start(), match.end()) for match in _TOKEN.finditer(text)])
    for n, (word, start, end) in enumerate(tokens):
        languages = weekdays.get(word)
        if languages is None:
            continue
        after = _skip(tokens, n + 1, _BETWEEN | _COMMAS | {".", "("})
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
    elif n >= 3 and tokens[n - 1][0] in _A and tokens[n - 2][0] in _COMMAS:
        last = n - 3
    elif n >= 1 and languages.keys() & _WEEKDAY_LAST:
        last = n - 1
        while last > 0 and last > n - 6 and tokens[last][0] in _BEHIND_YEAR:
            last -= 1
    elif n >= 2 and tokens[n - 1][0] in _COMMAS and _ends(tokens, n + 1):
        last = n - 2
    else:
        return None
    for first in range(max(0, last - 5), last + 1):
        found = _date(tokens, first, languages)
        if found is not None and found[0] == tokens[last][2]:
            return tokens[first][1], *found[1:]
    return None


def _ends(tokens: _Tokens, n: int) -> bool:
    """Return whether a weekday before this token ends its part of the sentence: “17 October 2025, Friday, …” and not “…, Friday and Sunday”."""
    if n >= len(tokens):
        return True
    return tokens[n][0] in _COMMAS | {".", ")", ";", ":"} and (n + 1 >= len(tokens) or tokens[n + 1][0] not in _tables()[0])


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
