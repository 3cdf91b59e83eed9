"""Suggest EDTF for the ways in which people write dates.

Every suggestion is parsed first, so none leads to another error.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import NamedTuple

from builder.dates import day_counts, name_forms, weekday_patterns
from builder.dates.date import IN_GENERAL, DateProblem, Point
from builder.dates.grammar import read
from builder.dates.repairs import repaired
from builder.dates.single_dates import point

# English and German, as hints are for authors of any site and month names are much alike. These are no words that are published.
_MONTHS = (
    ("january", "januar", "jänner", "jan"),
    ("february", "februar", "feb"),
    ("march", "märz", "maerz", "mar", "mär"),
    ("april", "apr"),
    ("may", "mai"),
    ("june", "juni", "jun"),
    ("july", "juli", "jul"),
    ("august", "aug"),
    ("september", "sept", "sep"),
    ("october", "oktober", "oct", "okt"),
    ("november", "nov"),
    ("december", "dezember", "dec", "dez"),
)
_NUMBERS = {name: number for number, names in enumerate(_MONTHS, 1) for name in names}
_MONTH = "(" + "|".join(sorted(_NUMBERS, key=lambda name: (-len(name), name))) + r")\.?"
_SEASONS = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24, "frühling": 21, "frühjahr": 21, "sommer": 22, "herbst": 23}
_DAY = r"([0-9]{1,2})(?:st|nd|rd|th|\.)?"
_YEAR = "([0-9]{4})"

_RELATIVE = re.compile(
    r"(?:.* )?(?:today|tonight|yesterday|tomorrow|ago|now|weekend|(?:mon|tues|wednes|thurs|fri|satur|sun)day|"
    r"(?:last|this|next) (?:week|month|year|spring|summer|autumn|fall|winter)|heute|gestern|morgen|"
    r"montag|dienstag|mittwoch|donnerstag|freitag|samstag|sonntag)(?: .*)?"
)
_EMBEDDED = re.compile(
    rf"(?<![-0-9])(?:-?{_YEAR}-[0-9]{{2}}(?:-[0-9]{{2}})?|{_DAY} (?:of )?{_MONTH},? {_YEAR}|{_MONTH} (?:{_DAY},? )?{_YEAR}|y-?[0-9]{{5,}}|-?{_YEAR})(?![0-9])"
)
"""A date among other words."""
_AT_LENGTH = 80
"""Longest text that is searched for a date."""

_About = tuple[re.Pattern[str], str]
_ABOUT: tuple[_About, ...] = (
    (re.compile(r"(?:c|ca|circa|about|around|approximately|approx|roughly|um|etwa|gegen)(?:\. ?| )(.+)"), "{0}~"),
    (re.compile(r"c([0-9]{4})"), "{0}~"),
    (re.compile(r"~ ?(.+)|(.+) ~"), "{0}~"),
    (re.compile(r"(?:possibly|perhaps|maybe|probably|möglicherweise|vielleicht) (.+)|\? ?(.+)|(.+) \?|(.+) ?\(\?\)"), "{0}?"),
    (re.compile(r"% ?(.+)|(.+) %|(.+)(?:\?~|~\?)"), "{0}%"),
    (re.compile(r"(?:since|from|seit|ab) (.+)|(.+) ?- ?"), "{0}/.."),
    (re.compile(r"(?:until|till|up to|bis) (.+)"), "../{0}"),
    (re.compile(r"(?:by|not later than|spätestens) (.+)|(.+) or earlier"), "[..{0}]"),
    (re.compile(r"(?:not before|not earlier than|frühestens) (.+)|(.+) or later"), "[{0}..]"),
)
_BESIDE = re.compile(r"(before|vor|after|nach) (.+)")
_TWO: tuple[_About, ...] = (
    (re.compile(r"(?:between|zwischen) (.+?) (?:and|und) (.+)"), "[{0}..{1}]"),
    (re.compile(r"(?:either )?(.+?) (?:or|oder) (.+)"), "[{0},{1}]"),
    (re.compile(r"(?:both )?(.+?) (?:and|und|&) (.+)"), "{{{0},{1}}}"),
    (re.compile(r"(?:from )?(.+?)(?: - | to | until | bis |--| / )(.+)"), "{0}/{1}"),
    (re.compile(r"([^-]+)-([^-]+)"), "{0}/{1}"),
)


class DateHint(NamedTuple):
    """The advice for a text that is no date."""

    advice: str
    """A sentence."""
    date: str
    """The date that it proposes first; "" for none."""
    is_certain: bool
    """Whether that is certainly the author’s own, in the notation of EDTF."""


_WEEKDAY = re.compile(
    r"(?:\b(?:on|am) )?\(?\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun"
    r"|(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend)\b\.?\)?,?"
)
_EAST = re.compile(r"([0-9]{4})\s*[年년]\s*(?:([0-9]{1,2})\s*[月월])?\s*(?:([0-9]{1,2})\s*[日일號号])?")
_YEAR_FIRST = re.compile(rf"{_YEAR}\.? {_MONTH} ([0-9]{{1,2}})\.?")
_OTHER_CALENDAR = re.compile(r"(?<![0-9])(?:1[34][0-9]{2}|2[4-9][0-9]{2})(?![0-9])")
"""Years that are more likely of the Persian, Islamic or Buddhist calendar."""
_SMALL_WORDS = re.compile(r"\b(?:de|del|di|d|den|le|el|il|of|the|г|года|р|року|m|g)\b\.?|'")


def _in_english(typed: str) -> str:
    """Return a date in the words and figures of any language in English ones: “16 octobre 2025”, “2025年10月16日”, “٢٠٢٥-١٠-١٦”."""
    figures = "".join(str(unicodedata.decimal(char)) if char > "\x7f" and char.isdecimal() else char for char in typed)
    if _OTHER_CALENDAR.search(figures):
        return typed
    if east := _EAST.fullmatch(figures):
        return "-".join(group.zfill(2) for group in east.groups() if group)
    months = name_forms.tables()[1]

    def named(match: re.Match[str]) -> str:
        numbers = set(months.get(name_forms.plain(match[0]), {}).values())
        return _MONTHS[numbers.pop() - 1][0] if len(numbers) == 1 else match[0]

    plain = " ".join(_SMALL_WORDS.sub(" ", re.sub(rf"(?:[^\W\d_]|[{weekday_patterns.SIGNS}])+", named, figures)).split())
    return _YEAR_FIRST.sub(r"\3 \2 \1", plain)


def suggest(text: str) -> DateHint:
    """Return what to write instead of a text that is no date."""
    if len(text) > _AT_LENGTH:
        return DateHint(IN_GENERAL, "", is_certain=False)
    typed = re.sub(r"[‐-―−]", "-", " ".join(text.split())).lower()
    found = list(dict.fromkeys(_candidates(typed)))
    if found:
        return DateHint(f"Write {' or '.join(found[:2])} instead.", found[0], len(found) == 1 and _is_notation(typed))
    if (plain := _in_english(typed)) != typed and (found := list(dict.fromkeys(_candidates(plain)))):
        return DateHint(f"Write {' or '.join(found[:2])} instead.", found[0], is_certain=False)
    if (bare := _WEEKDAY.sub("", typed).strip(" ,")) != typed and (hint := suggest(bare)).date:
        return hint._replace(is_certain=False)
    return DateHint(_in_words(text, typed), "", is_certain=False)


def _in_words(text: str, typed: str) -> str:
    """Return what to do about a text of which no date can be made as it is."""
    if _RELATIVE.fullmatch(typed):
        return f"Write the day itself, such as 2022-01-21, or {{says: {text.strip()}, as_of: …, is: …}}, as_of being the day from which it counts."
    if typed in {"", "?", "-", "n/a", "none", "no date", "n.d.", "unbekannt"}:
        return "Write unknown, or leave it out, if the date is not known."
    date = next(_within(typed), "")
    around = f", {date}~ for “around” it" if _reads(f"{date}~") else ""
    return f"Write {date} for that date{around}{',' * bool(around)} and tell the rest in words." if date else IN_GENERAL


def _is_notation(typed: str) -> bool:
    """Return whether a text is one day, month or moment as people write it, and nothing that says more or less than its EDTF."""
    return _NOTATION.fullmatch(typed) is not None or _reads(typed.upper())


def _candidates(typed: str) -> Iterator[str]:
    """Yield possible meanings of a text in valid EDTF."""
    found: list[str] = []
    for way in (_spellings, _shared, _timed, _qualified, lambda text: repaired(text.upper())):
        found = [edtf for edtf in way(typed) if _reads(edtf)]
        if found:
            break
    yield from found


def _within(typed: str) -> Iterator[str]:
    """Yield the dates found anywhere in a text."""
    for found in _EMBEDDED.finditer(typed):
        yield from _spellings(found[0])
        # A day that does not exist has a month that does.
        if rest := re.search(rf"{_MONTH},? (?:{_DAY},? )?{_YEAR}|{_YEAR}-[0-9]{{2}}", found[0]):
            yield from _spellings(re.sub(r" [0-9]{1,2},? ", " ", rest[0]))


def _qualified(typed: str) -> Iterator[str]:
    for pattern, made in _TWO:
        if both := pattern.fullmatch(typed):
            for first in _spellings(both[1]):
                yield from (made.format(first, second) for second in _spellings(both[2]))
    for pattern, made in _ABOUT:
        if match := pattern.fullmatch(typed):
            yield from (made.format(edtf) for edtf in _spellings(next(part for part in match.groups() if part)))
    if found := _BESIDE.fullmatch(typed):
        direction = -1 if found[1] in {"before", "vor"} else 1
        yield from (
            f"[..{near}]" if direction < 0 else f"[{near}..]" for edtf in _spellings(found[2]) for near in _next(point(edtf), direction)
        )


def _next(point: Point, direction: int) -> Iterator[str]:
    """Yield the previous or next year, month or day, as “before 2022” does not include 2022."""
    year, month, day = day_counts.civil(point.lower - 1 if direction < 0 else point.upper + 1)
    if point.unit in {"year", "month", "day"} and 0 <= year <= 9_999:
        yield f"{year:04}" + (f"-{month:02}" if point.month else "") + (f"-{day:02}" if point.day else "")


def _shared(typed: str) -> Iterator[str]:
    """Yield two days that share a month, or two months that share a year: “18-21 January 2022”, “January to March 2022”."""
    for joint, made in ((r" ?- ?| to | bis ", "{0}/{1}"), (r" or | oder ", "[{0},{1}]"), (r" and | und | & ", "{{{0},{1}}}")):
        if found := re.fullmatch(rf"{_DAY}(?:{joint}){_DAY} {_MONTH} {_YEAR}", typed):
            rest = f"{found[4]}-{_NUMBERS[found[3]]:02}"
            yield made.format(f"{rest}-{int(found[1]):02}", f"{rest}-{int(found[2]):02}")
        if found := re.fullmatch(rf"{_MONTH} {_DAY}(?:{joint}){_DAY},? {_YEAR}", typed):
            rest = f"{found[4]}-{_NUMBERS[found[1]]:02}"
            yield made.format(f"{rest}-{int(found[2]):02}", f"{rest}-{int(found[3]):02}")
        if found := re.fullmatch(rf"{_MONTH}(?:{joint}){_MONTH} {_YEAR}", typed):
            yield made.format(f"{found[3]}-{_NUMBERS[found[1]]:02}", f"{found[3]}-{_NUMBERS[found[2]]:02}")


_TIME = r"(?:(?P<{0}sign>about|around|approximately|circa|ca?\.?|~|etwa|gegen|possibly|perhaps) ?)?(?P<{0}hour>[0-9]{{1,2}})(?:[:.](?P<{0}minute>[0-9]{{2}}))? ?(?P<{0}half>am|pm|a\.m\.|p\.m\.)?(?: ?uhr)?"
_ONE_TIME = re.compile(_TIME.format("a"))
_TWO_TIMES = re.compile(rf"(?:between |from |zwischen |von )?{_TIME.format('a')} ?(?:-|to|and|until|bis|und|/) ?{_TIME.format('b')}")
_ZONE = re.compile(r" ?\b(z|utc|gmt)\b")


def _timed(typed: str) -> Iterator[str]:
    """Yield a day with a time, or from one time to another: “around 4:30 am on 29 March 2021”, “29 March 2021, 07:40-09:00”."""
    zone = "Z" if _ZONE.search(typed) else ""
    rest = _ZONE.sub("", typed)
    for pattern, names in ((_TWO_TIMES, "ab"), (_ONE_TIME, "a")):
        for found in pattern.finditer(rest):
            times = [_clock(found, name, zone) for name in names]
            beside = f"{rest[: found.start()]} {rest[found.end() :]}".strip(" ,t")
            day = re.sub(r"^(?:on|at|um|am|den|about|around) | (?:on|at|um|am|about|around|,)$|,$", "", beside.strip()).strip(" ,")
            if all(times) and (":" in found[0] or "." in found[0] or found["ahalf"]):
                yield from (f"{spelling}T{'/'.join(times)}" for spelling in _spellings(day) if "T" not in spelling)


def _clock(match: re.Match[str], name: str, zone: str) -> str:
    hour, half = int(match[f"{name}hour"]), (match[f"{name}half"] or "").replace(".", "")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    sign = {"": "", "possibly": "?", "perhaps": "?"}.get(match[f"{name}sign"] or "", "~")
    return f"{hour:02}:{match[f'{name}minute'] or '00'}{zone}{sign}"


def _spellings(typed: str) -> Iterator[str]:
    """Yield valid EDTF for one date in any common notation."""
    typed = typed.strip()
    capital = typed.upper()
    if capital and "/" not in capital and _reads(capital) and not capital.startswith(("[", "{")):
        yield capital
        return
    for pattern, make in _FORMS:
        if found := pattern.fullmatch(typed):
            yield from (edtf for edtf in make(found) if _reads(edtf))


def _reads(edtf: str) -> bool:
    try:
        read(edtf)
    except DateProblem:
        return False
    return True


# --- the ways in which people write one date ------------------------------------------------


def _ymd(year: str, month: str | int, day: str | int = 0) -> str:
    return f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")


def _slashes(match: re.Match[str]) -> tuple[str, ...]:
    """Yield both readings of a date with slashes, month first as in the US and day first, if valid."""
    return (_ymd(match[3], match[1], match[2]), _ymd(match[3], match[2], match[1]))


def _quarter(match: re.Match[str]) -> tuple[str, ...]:
    return (f"{match[2] or match[4]}-{32 + int(match[1] or match[3])}",)


def _before_christ(match: re.Match[str]) -> tuple[str, ...]:
    year = int(match[1]) - 1
    return (f"-{year:04}" if year else "0000",) if year <= 9_999 else (f"Y-{year}",)


def _with_time(match: re.Match[str]) -> tuple[str, ...]:
    zone = {"z": "Z", "utc": "Z", "gmt": "Z"}.get(match[4] or "", match[4] or "")
    return (f"{match[1]}T{int(match[2]):02}:{match[3]}{zone}",)


def _midnight(match: re.Match[str]) -> tuple[str, ...]:
    if not _reads(match[1]):
        return ()
    year, month, day = day_counts.civil(point(match[1]).upper + 1)
    return (f"{year:04}-{month:02}-{day:02}T00:00{(match[2] or '').upper()}",)


_Make = Callable[[re.Match[str]], tuple[str, ...]]
_FORMS: tuple[tuple[re.Pattern[str], _Make], ...] = tuple(
    (re.compile(pattern), make)
    for pattern, make in (
        (rf"(?:the )?{_DAY} (?:of )?{_MONTH},? {_YEAR}", lambda found: (_ymd(found[3], _NUMBERS[found[2]], found[1]),)),
        (rf"{_MONTH} {_DAY},? {_YEAR}", lambda found: (_ymd(found[3], _NUMBERS[found[1]], found[2]),)),
        (rf"{_DAY}-{_MONTH}-{_YEAR}", lambda found: (_ymd(found[3], _NUMBERS[found[2]], found[1]),)),
        (rf"(?:in )?{_MONTH},? {_YEAR}", lambda found: (_ymd(found[2], _NUMBERS[found[1]]),)),
        (rf"{_YEAR},? {_MONTH} {_DAY}", lambda found: (_ymd(found[1], _NUMBERS[found[2]], found[3]),)),
        (rf"{_YEAR},? {_MONTH}", lambda found: (_ymd(found[1], _NUMBERS[found[2]]),)),
        (rf"{_YEAR} ?[-/.] ?([0-9]{{1,2}}) ?[-/.] ?([0-9]{{1,2}})", lambda found: (_ymd(*found.groups()),)),
        (rf"{_YEAR} ?[-/.] ?([0-9]{{1,2}})", lambda found: (_ymd(*found.groups()),)),
        (rf"{_YEAR}([0-9]{{2}})([0-9]{{2}})", lambda found: (_ymd(*found.groups()),)),
        (rf"([0-9]{{1,2}})[/-]([0-9]{{1,2}})[/-]{_YEAR}", _slashes),
        (rf"([0-9]{{1,2}})\. ?([0-9]{{1,2}})\. ?{_YEAR}", lambda found: (_ymd(found[3], found[2], found[1]),)),
        (rf"([0-9]{{1,2}})/{_YEAR}", lambda found: (_ymd(found[2], found[1]),)),
        (r"(?:the )?([0-9]{3})0['’]?(?:s|er(?: jahren?)?)", lambda found: (f"{found[1]}X",)),
        (
            r"(?:the )?([0-9]{1,2})(?:st|nd|rd|th) century|([0-9]{1,2})\. jahrhundert",
            lambda found: (f"{int(found[1] or found[2]) - 1:02}XX",),
        ),
        (rf"(?:the )?({'|'.join(_SEASONS)})(?: of)? {_YEAR}", lambda found: (f"{found[2]}-{_SEASONS[found[1]]}",)),
        (rf"q([1-4])[ /-]?{_YEAR}|(?:the )?([1-4])(?:st|nd|rd|th|\.) (?:quarter|quartal)(?: of)? {_YEAR}", _quarter),
        (rf"{_YEAR}[ -]?q([1-4])", lambda found: (f"{found[1]}-{32 + int(found[2])}",)),
        (
            rf"(?:the )?(first|second|1\.|2\.) (?:half|halbjahr)(?: of)? {_YEAR}",
            lambda found: (f"{found[2]}-{41 if found[1][0] in 's2' else 40}",),
        ),
        (r"([1-9][0-9]{0,9}) ?(?:bce?|b\.c\.(?:e\.)?|v\. ?chr\.|v\. ?u\. ?z\.)", _before_christ),
        (r"([1-9][0-9]{0,2}) ?(?:ad|ce|a\.d\.|n\. ?chr\.)|(?:ad )([1-9][0-9]{0,2})", lambda found: (f"{int(found[1] or found[2]):04}",)),
        (rf"{_YEAR}([0-9]{{2}})", lambda found: (_ymd(*found.groups()),)),
        (r"y?(-?)([1-9][0-9]{4}|[1-9][0-9]{8,11})", lambda found: (f"Y{found[1]}{found[2]}",)),
        (r"y0*(-?[0-9]{4})|\+([0-9]{4})", lambda found: (found[1] or found[2],)),
        (r"-([0-9]{1,3})", lambda found: (f"-{int(found[1]):04}",)),
        (
            r"([0-9]{4}-[0-9]{2}-[0-9]{2})(?: |t)([0-9]{1,2}):([0-9]{2}(?::[0-9]{2})?)(?:[.,][0-9]+)? ?(z|utc|gmt|[+-][0-9]{2}:[0-9]{2})?",
            _with_time,
        ),
        (r"([0-9]{4}-[0-9]{2}-[0-9]{2})t24:00(?::00)?(z|[+-][0-9]{2}:[0-9]{2})?", _midnight),
    )
)

_NOTATION = re.compile(
    "|".join(
        re.sub(r"(?<!\\)\((?!\?)", "(?:", pattern)
        for pattern in (
            rf"(?:the )?{_DAY} (?:of )?{_MONTH},? {_YEAR}",
            rf"{_MONTH} {_DAY},? {_YEAR}",
            rf"{_DAY}-{_MONTH}-{_YEAR}",
            rf"(?:in )?{_MONTH},? {_YEAR}",
            rf"{_YEAR},? {_MONTH}(?: {_DAY})?",
            rf"{_YEAR} ?[-/.] ?[0-9]{{1,2}} ?[-/.] ?[0-9]{{1,2}}",
            r"[0-9]{8}",
            rf"{_YEAR}-[0-9]",
            rf"[0-9]{{1,2}}[/-][0-9]{{1,2}}[/-]{_YEAR}",
            rf"[0-9]{{1,2}}\. ?[0-9]{{1,2}}\. ?{_YEAR}",
            rf"[0-9]{{1,2}}/{_YEAR}",
            rf"{_YEAR}-[0-9]{{2}}-[0-9]{{2}}[ t][0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?(?: ?(?:z|utc|gmt))?",
        )
    )
)
"""Ways of writing one day, month or moment that can mean no other; where day and month can change places, both are proposed and neither is certain."""
