"""Relative dates: “Friday”, “last week”, “two days ago”.

Results are suggestions for the author, never published: people disagree on what “next Friday” means.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache

from builder.dates import day_counts
from builder.dates.date import ONE, Date, DateProblem
from builder.dates.formatting import wording
from builder.dates.grammar import read
from builder.dates.order import compare, weekday
from builder.i18n.language import Language
from builder.i18n.patterns import late

_Rule = Callable[[int, int, int], str]
"""A function of the base day, a named value (a weekday, a month, a number) and a second number (a day of the month) to EDTF."""


def _day(offset: int) -> _Rule:
    return lambda base, _named, _day: day_counts.edtf(base + offset)


def _days(sign: int, size: int, around: str = "") -> _Rule:
    return lambda base, named, _day: day_counts.edtf(base + sign * size * named) + around


def _weekday(earliest: int) -> _Rule:
    """The weekday that is named, in the seven days that begin `earliest` days from the base."""
    return lambda base, named, _day: day_counts.edtf(base + earliest + (named - day_counts.weekday(base + earliest)) % 7)


def _week(offset: int) -> _Rule:
    """Monday to Sunday, as ISO 8601 counts weeks."""

    def rule(base: int, _named: int, _day: int) -> str:
        monday = base - day_counts.weekday(base) + 7 * offset
        return f"{day_counts.edtf(monday)}/{day_counts.edtf(monday + 6)}"

    return rule


def _weekend(earliest: int) -> _Rule:
    """Saturday and Sunday, the Saturday in the seven days that begin `earliest` days from the base."""

    def rule(base: int, _named: int, _day: int) -> str:
        saturday = base + earliest + (5 - day_counts.weekday(base + earliest)) % 7
        return f"{day_counts.edtf(saturday)}/{day_counts.edtf(saturday + 1)}"

    return rule


def _month_from(year: int, month: int, offset: int) -> str:
    count = year * 12 + month - 1 + offset
    return f"{day_counts.edtf_year(count // 12)}-{count % 12 + 1:02}"


def _months(sign: int, fixed: int = 0) -> _Rule:
    return lambda base, named, _day: _month_from(*day_counts.civil(base)[:2], sign * (fixed or named))


def _years(sign: int, fixed: int = 0) -> _Rule:
    return lambda base, named, _day: day_counts.edtf_year(day_counts.civil(base)[0] + sign * (fixed or named))


def _named_month(earliest: int) -> _Rule:
    """The month that is named, in the twelve months that begin `earliest` months from that of the base."""

    def rule(base: int, named: int, _day: int) -> str:
        year, month, _ = day_counts.civil(base)
        return _month_from(year, month, earliest + (named - month - earliest) % 12)

    return rule


def _month_day(base: int, named: int, day: int) -> str:
    """Return the day of a month that is not later than the base: news looks back."""
    year, month, today = day_counts.civil(base)
    return f"{day_counts.edtf_year(year - ((named, day) > (month, today)))}-{named:02}-{day:02}"


RULES: dict[str, _Rule] = {
    "today": _day(0),
    "yesterday": _day(-1),
    "tomorrow": _day(1),
    "day_before_yesterday": _day(-2),
    "day_after_tomorrow": _day(2),
    # News is of the past: “Friday”, written on a Wednesday, is the Friday before. “Last Friday” is no further back.
    "weekday": _weekday(-6),
    "last_weekday": _weekday(-6),
    "this_weekday": _weekday(0),
    "next_weekday": _weekday(1),
    "weekend": _weekend(-6),
    # On a Sunday, this weekend is not over.
    "last_weekend": _weekend(-8),
    "this_weekend": _weekend(-1),
    "next_weekend": _weekend(6),
    "last_week": _week(-1),
    "this_week": _week(0),
    "next_week": _week(1),
    "last_month": _months(-1, 1),
    "this_month": _months(0, 1),
    "next_month": _months(1, 1),
    "last_year": _years(-1, 1),
    "this_year": _years(0, 1),
    "next_year": _years(1, 1),
    "month": _named_month(-11),
    "last_named_month": _named_month(-12),
    "next_named_month": _named_month(1),
    "month_day": _month_day,
    "days_ago": _days(-1, 1),
    # “two weeks ago” is rarely exact.
    "weeks_ago": _days(-1, 7, "~"),
    "months_ago": _months(-1),
    "years_ago": _years(-1),
    "in_days": _days(1, 1),
    "in_weeks": _days(1, 7, "~"),
    "in_months": _months(1),
    "in_years": _years(1),
}
"""Rules that catalogues have patterns for."""


def resolve(says: str, as_of: Date, language: Language) -> Date | None:
    """Return the date that relative words mean, counted from `as_of`; None if that is unclear.

    A bare weekday and “last Friday” are the nearest one back, the day itself included: the six days before `as_of` and that day. “Next Friday” is the
    first one after it, “this Friday” the first from that day on. A bare month is this one or the nearest back. Weeks go from Monday to Sunday.
    If `as_of` is not a single certain day (“2022-01”, “2022-01-19~”), there is a result only if it is the same for all possible days.
    """
    if as_of.earliest is None or as_of.latest is None:
        return None
    # A moment counts from its own day, not from that in UTC.
    first, last = (as_of.lower, as_of.upper) if as_of.is_certain_day else (as_of.earliest, as_of.latest)
    found = _match(says, language)
    if found is None or first is None or last is None:
        return None
    rule, named, day = found
    meant = RULES[rule](first, named, day)
    if first != last and RULES[rule](last, named, day) != meant:
        return None
    try:
        return read(meant)
    except DateProblem:  # 29 February of a common year; a year that four digits do not hold
        return None


def _match(says: str, language: Language) -> tuple[str, int, int] | None:
    """Return the rule whose pattern matches the words, and the named values."""
    words = " ".join(says.split()).casefold().strip(".,;:“”\"'’ ")
    # Nearly all words that are asked about, such as surnames, are none of these.
    if len(words) > 80 or _any_rule(language, of_one_word=" " not in words).fullmatch(words) is None:
        return None
    for rule, pattern in _patterns(language):
        if found := pattern.fullmatch(words):
            slots = found.groupdict()
            numbers, names = language.relative.numbers, _names(language)
            number = slots.get("number", "0")
            named = names.get(slots.get("weekday") or slots.get("month") or "", numbers.get(number, -1))
            return rule, named if named >= 0 else int(number), int(slots.get("day", "0"))
    return None


@lru_cache(maxsize=16)
def _names(language: Language) -> dict[str, int]:
    relative = language.relative
    return {name: number for number, names in enumerate(relative.weekdays) for name in names} | {
        name: number for number, names in enumerate(relative.months, 1) for name in names
    }


_MAY_BE_MISSING = r"\[[^]]*\]|\([^)]*\)"
"""Parts of a catalogue's pattern that may be empty, or that begin with one of several words."""


@lru_cache(maxsize=32)
def _expressions(language: Language, *, of_one_word: bool = False) -> tuple[tuple[str, str], ...]:
    """Return the rules, each with the regular expression of one of its patterns; with `of_one_word` only those that one word may match."""
    relative = language.relative
    slots = {
        "weekday": _any(name for names in relative.weekdays for name in names),
        "month": _any(name for names in relative.months for name in names),
        "number": _any(relative.numbers) + "|[0-9]{1,4}",
        "day": "[0-9]{1,2}",
    }
    return tuple(
        (rule, _pattern(text, slots))
        for rule, texts in relative.rules.items()
        for text in texts
        if not of_one_word or " " not in re.sub(_MAY_BE_MISSING, "", text)
    )


@lru_cache(maxsize=16)
def _patterns(language: Language) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((rule, re.compile(expression)) for rule, expression in _expressions(language))


@lru_cache(maxsize=32)
def _any_rule(language: Language, *, of_one_word: bool) -> re.Pattern[str]:
    """Return one pattern that matches what one of the rules does. Most words that are asked about are one, and to compile all rules takes long."""
    expressions = _expressions(language, of_one_word=of_one_word)
    return re.compile("|".join(re.sub(r"\(\?P<[a-z]+>", "(?:", expression) for _, expression in expressions))


def _any(names: Iterable[str]) -> str:
    return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))


def _pattern(text: str, slots: dict[str, str]) -> str:
    """Return the regular expression (as text) of a catalogue's pattern: `{slot}`, `[may be missing|or this]`, `(this|that)`."""
    made = re.escape(text.casefold())
    for sign, meant in (("\\[", "(?:"), ("\\]", ")?"), ("\\(", "(?:"), ("\\)", ")"), ("\\|", "|"), ("\\{", "{"), ("\\}", "}")):
        made = made.replace(sign, meant)
    return re.sub(r"\{([a-z]+)\}", lambda slot: f"(?P<{slot[1]}>{slots[slot[1]]})", made)


# --- words and dates that do not fit ------------------------------------------------

_SURE = frozenset(
    [
        "today",
        "yesterday",
        "tomorrow",
        "day_before_yesterday",
        "day_after_tomorrow",
        "last_week",
        "this_week",
        "next_week",
        "last_month",
        "this_month",
        "next_month",
        "last_year",
        "this_year",
        "next_year",
        "days_ago",
        "in_days",
    ]
)
"""Rules whose words mean one day, week, month or year, whoever says them."""
_NAMED_MONTH = frozenset(["month", "last_named_month", "next_named_month"])
_FEW_DAYS = 3
"""Days up to which “two days ago” is exact."""
_ROUGH = {
    **dict.fromkeys(("last_weekend", "this_weekend", "next_weekend"), (7, 7)),
    **dict.fromkeys(("days_ago", "in_days"), (2, 1)),
    **dict.fromkeys(("weeks_ago", "in_weeks"), (7, 7)),
    **dict.fromkeys(("months_ago", "in_months"), (31, 31)),
    **dict.fromkeys(("years_ago", "in_years"), (366, 366)),
}
"""Rules whose words are rarely exact, each with the days by which a date may be off at least, and the days of the unit that is counted."""
_SHARE = 3
"""One in so many of the units that are counted may be missing: “six weeks ago” may be four."""

_CLOCK = late(
    r"(?<![\d:.])(?P<hour>[01]?\d|2[0-4])(?:[:.](?P<minute>[0-5]\d))?\s*(?:(?P<half>[ap])\.?\s?m\b\.?|Uhr\b|o[’']clock)|(?<!\d)(?P<hour24>[01]?\d|2[0-3]):(?P<minute24>[0-5]\d)(?!\d)",
    re.IGNORECASE,
)
_BEFORE_SCORE = late(
    r"\b(?:in|within|under|won|win|lost|lose|beat|drew|led|score(?: of)?|scored|ran|time of|lasted|took|ratio of|flight|psalm|chapter|verse|gewann|gewannen|verlor|verloren|siegte|spielte|führte|dauerte|lief|flug|stand)"
    r"(?:\s+(?:just|only|a|an|about|by|with|mit|nur|etwa|in))?\s+\Z",
    re.IGNORECASE,
)
_BEHIND_SCORE = late(
    r"\s*(?:-?\s?(?:min|sec|sek|stunden|hours?\b)|(?:home )?(?:win|victory|defeat|loss|lead|draw|sieg|niederlage|führung)\b)", re.IGNORECASE
)


def misdated(says: str, d: Date, bases: Iterable[Date], language: Language) -> tuple[Date, Date] | None:
    """Return a base and the date that words mean, counted from it, if `d` is certainly none that they mean counted from any of the bases; else None.

    Weekdays are not asked about, see `contradicts`; of a month that is named, and its day, only these count, since the year is open.
    """
    found = _match(says, language)
    bases = tuple(bases)
    if found is None or not bases or any(word in language.relative.beside for word in re.findall(r"[^\W\d_]+", says.casefold())):
        return None
    rule, named, day = found
    meant = [(base, date) for base in bases if (date := resolve(says, base, language)) is not None]
    if rule in _NAMED_MONTH or rule == "month_day":
        point = d.points[0] if d.kind == ONE and d.points else None
        if point is None or point.signs or not point.month or not meant or point.month > 12:  # seasons follow the months
            return None
        return None if point.month == named and (rule != "month_day" or not point.day or point.day == day) else meant[0]
    if rule in _ROUGH and not (rule in _SURE and named <= _FEW_DAYS):
        least, unit = _ROUGH[rule]
        return meant[0] if meant and all(_are_apart(date, d, max(least, named * unit // _SHARE)) for _, date in meant) else None
    if rule not in _SURE:
        return None
    return meant[0] if meant and all(compare(date, d) in {-1, 1} for _, date in meant) else None


def _are_apart(one: Date, other: Date, days: int) -> bool:
    """Return whether more than some days lie between two dates, whatever days they are; False for one that has no bounds."""
    if one.earliest is None or one.latest is None or other.earliest is None or other.latest is None:
        return False
    return other.earliest - one.latest > days or one.earliest - other.latest > days


def has_other_hour(says: str, d: Date) -> bool:
    """Return whether words name another time of day than a date has. A time in UTC may be the same in another zone."""
    point = d.points[0] if d.kind == ONE and d.points else None
    found = next((time for time in _CLOCK.finditer(says) if time["hour"] or not _is_no_time(says, time)), None)
    if found is None or point is None or point.second is None or point.zone == 0 or point.time_quality:
        return False
    hour, minute = int(found["hour"] or found["hour24"]), int(found["minute"] or found["minute24"] or 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower() == "p" else 0)
    same_half = bool(found["half"] or found["hour24"] or hour > 12)  # “3 o’clock” may be of either half of the day
    seconds = {(hour * 60 + minute) * 60 % 86_400} | (set() if same_half else {((hour + 12) * 60 + minute) * 60 % 86_400})
    exact = 60 if found["minute"] or found["minute24"] else 3_600  # seconds; “3 p.m.” may be a round time
    return point.second // exact * exact not in seconds


def _is_no_time(says: str, found: re.Match[str]) -> bool:
    """Return whether figures with a colon are a score, a duration or a verse: “ran in 2:05”, “a 24:20 win”."""
    return _BEFORE_SCORE.search(says, 0, found.start()) is not None or _BEHIND_SCORE.match(says, found.end()) is not None


_PAPER = late(
    r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\s+(?:Times|Telegraph|Mirror|Express|Mail|Post|Herald|Independent|Tribune|World|Business|Review|Magazine|Sun|Star|People|Gazette|Chronicle|Observer|Argus|Mercury|Night Live|Club)\b"
    r"|\b(?:Mail|Independent|Express|Herald|Observer|Scotland|Wales) on Sunday\b|\b(?:Welt|Bild|Sport|Zeitung|Blick) am Sonntag\b"
)
"""Names of papers and the like with a weekday in them."""


def contradicts(says: str, d: Date, language: Language) -> str | None:
    """Return a sentence if a weekday named in `says` is not that of the single day `d`; else None.

    Words such as “the day after Friday” are not checked, nor is an approximate date.
    """
    actual = weekday(d)
    if actual is None:
        return None
    words = re.findall(r"[^\W\d_]+", says.casefold())
    if any(word in language.relative.beside for word in words):
        return None
    papers = [word for found in _PAPER.findall(says) for word in found.casefold().split()]
    named = [number for word in words if word not in papers for number in _named(word, language, alone=len(words) == 1)]
    if not named or actual in named:
        return None
    sentence = language.relative.wrong_weekday
    parts = {
        "named": language.weekdays[named[0]],
        "actual": language.weekdays[actual],
        "date": wording(read(d.edtf.partition("T")[0].partition("/")[0]), language),
    }
    for slot, part in parts.items():
        sentence = sentence.replace("{" + slot + "}", part)
    return sentence


def _named(word: str, language: Language, *, alone: bool) -> Iterator[int]:
    """Yield the weekday that a word is or begins with (Fridays, Freitagabend). Abbreviations count only alone: “sat” and “so” are words."""
    for number, names in enumerate(language.relative.weekdays):
        for name in names:
            if any(other != name and other.startswith(name) for other in names):
                if alone and word == name:
                    yield number
            elif word.startswith(name):
                yield number
