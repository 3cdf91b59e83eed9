"""Dates as people write them, as EDTF. What may be read in two ways is read in none, and said to be so."""

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from builder import dates
from builder.dates import weekday_patterns
from builder.dates.calendar_names import NAMES
from builder.i18n.patterns import late
from builder.importing import written_date_phrases
from builder.importing.html_words import line
from builder.importing.importer_types import Question
from builder.importing.times_of_day import parse_time

DMY, MDY = "dmy", "mdy"
BOTH = "both"
"""A column in which some days stand before the month, some behind it."""


class Reading(msgspec.Struct, frozen=True):
    """A text, read as a date."""

    edtf: str = ""
    """"" if it is none that can be read."""
    open: bool = False
    """Whether only the order of day and month is missing."""


_COMMON = ("en", "de", "fr", "es", "it", "nl", "pt")
_SEASONS = {
    name: number
    for number, names in (
        (21, "spring frühling frühjahr printemps primavera lente весна"),
        (22, "summer sommer été verano estate zomer verão лето"),
        (23, "autumn fall herbst automne otoño autunno herfst outono осень"),
        (24, "winter hiver invierno inverno зима"),
    )
    for name in names.split()
}
_SHORT = {"jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8, "sep": 9, "sept": 9, "oct": 10, "nov": 11, "dec": 12}


@lru_cache(maxsize=8)
def _months(language: str) -> dict[str, int]:
    """Return the names of months in all languages that mean one month alone, and in the given language whatever they mean elsewhere."""
    found: dict[str, set[int]] = {}
    own: dict[str, int] = {}
    for tag, names in NAMES.items():
        for number, same in enumerate(names.split("/")[1].split(";"), 1):
            for name in same.split("|"):
                found.setdefault(name.casefold(), set()).add(number)
                if tag in {language, "en"}:
                    own[name.casefold()] = number
                if tag in _COMMON or tag == language:
                    for length in range(3, min(len(name), 6)):
                        found.setdefault(name[:length].casefold(), set()).add(number)
    return {name: min(numbers) for name, numbers in found.items() if len(numbers) == 1} | _SHORT | own


@lru_cache(maxsize=1)
def _weekdays() -> dict[str, set[int]]:
    """Return the names of weekdays in all languages, each with those that it may be, 0 for Monday."""
    found: dict[str, set[int]] = {}
    for names in (*NAMES.values(), "mon;tue|tues;wed;thu|thur|thurs;fri;sat;sun/"):
        for number, same in enumerate(names.split("/")[0].split(";")):
            for name in same.split("|"):
                found.setdefault(name.casefold(), set()).add(number)
    return found


_NUMBERS = late(r"(\d{1,2})([/.\-])\s?(\d{1,2})\2\s?(\d{4})(?!\d)", re.ASCII)
_TIMED = late(
    r"(?P<day>.*?[^\s,])(?:T|,?\s+(?:at\s+|um\s+|à\s+|kl\.?\s*|klo\s+|o\s+|om\s+|ore\s+|alle\s+|às\s+|a\s+las\s+)?|,)"
    r"(?P<time>\d{1,2}(?:(?:[:.h]\d\d){1,2}(?:[.,]\d+)?\s*(?:[ap]\.?\s?m\.?)?|\s*[ap]\.?\s?m\.?)|\d{1,2}\s+uhr(?:\s+\d\d)?)"
    rf"(?:\s*(?:uhr|h|hrs))?\s*(?:(?P<zone>z|utc|gmt|[+-]\d\d:?\d\d)|\(?(?P<named>{written_date_phrases.ZONE_NAMES})\)?)?",
    re.IGNORECASE,
)
_AROUND = late(
    r"(?:c|ca|circa|cca|about|around|approximately|approx|roughly|um|etwa|gegen|vers|environ|hacia|verso|ок|около)(?:\.\s*|\s+)(?P<rest>.+)",
    re.IGNORECASE,
)
_BEFORE = late(
    r"(?P<year>\d{1,6})\s*(?:b\.?\s?c\.?(?:\s?e\.?)?|v\.\s?chr\.?|v\.\s?u\.\s?z\.|av(?:\.|ant)?\s?j\.?-?\s?c\.?|a\.\s?c\.|до н\.\s?э\.)",
    re.IGNORECASE,
)
_AFTER = late(
    r"(?:(?:a\.?d\.?|n\.\s?chr\.?)\s*(?P<one>\d{1,4})|(?P<two>\d{1,4})\s*(?:a\.?d\.?|c\.?e\.?|n\.\s?chr\.?|apr\.\s?j\.-c\.))", re.IGNORECASE
)
_DASH = late(r"\s+-\s+|\s*[–—]\s*|\s+(?:to|until|till|bis|au|al|a|til|tot|по|до)\s+", re.IGNORECASE)
_OPEN = late(
    r"(?:(?:since|seit|depuis|desde|sinds)\s+)(?P<since>\d.*)|(?P<first>[^–—]*\d)(?:\s*[–—]|\s+-)\s*(?:present|now|today|heute|ongoing)?"
    r"|(?:[–—]|(?:until|till|bis|up to)\s)\s*(?P<last>\d.*)",
    re.IGNORECASE,
)
_EAST = late(r"(\d{4})\s*[年년](?:\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日일号號])?)?")
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867}
"""Reigns of Japan, each with the year before its first."""
_ERA = late(rf"^({'|'.join(_ERAS)})(\d{{1,2}}|元)年", re.ASCII)
_UNKNOWN = frozenset({"unknown", "unbekannt", "n/a", "n.d.", "o. j.", "?", "s.d.", "undated"})
_MAX_DATE_CHARACTERS = 80
_MAX_YEARS_OF_SHORT_SPAN = 50
"""Years between two of which the last is written with two figures."""


def column_order(texts: Iterable[str]) -> str:
    """Return the order that a whole column proves: `dmy`, `mdy`, `both` where it contradicts itself; "" if it proves none, or has no such dates."""
    seen: set[str] = set()
    for text in texts:
        for found in _NUMBERS.finditer(text):
            first, second = int(found[1]), int(found[3])
            if found[2] != "." and first > 12 >= second:
                seen.add(DMY)
            elif found[2] != "." and second > 12 >= first:
                seen.add(MDY)
    return BOTH if len(seen) > 1 else next(iter(seen), "")


def find_order(dated: Iterable[tuple[str, str]], said: str) -> str:
    """Return the order of day and month of a file's dates, each with its place: the one that was `said`, or that other dates prove; "" if none is needed.

    `Question` where a date may be read in both orders, and nothing tells which.
    """
    if said:
        return said
    found = list(dated)
    order = column_order(text for text, _ in found)
    unclear = next((key for key in found if is_ambiguous(key[0])), None)
    if unclear is not None and order in {"", BOTH}:
        raise order_question(*unclear, order)
    return order if order != BOTH else ""


def order_question(text: str, where: str, order: str) -> Question:
    """Return the question which of two numbers of a date is the day."""
    why = "other dates prove either order" if order == BOTH else "no other date proves the order"
    of = f" of {where}" if where else ""
    return Question(f"it is not clear: the date “{line(text)}”{of} may be read day first or month first, and {why}", "--dates", (DMY, MDY))


def is_ambiguous(text: str) -> bool:
    """Return whether a text has a date of which the order of day and month is not known: 03/04/2021, not 13/04, 04/04 or 3.4.2021."""
    return any(
        found[2] != "." and found[1].lstrip("0") != found[3].lstrip("0") and int(found[1]) <= 12 and int(found[3]) <= 12
        for found in _NUMBERS.finditer(text)
    )


def read_date(text: str, order: str = "", language: str = "") -> Reading:
    """Return a text as a date."""
    text = line(text)
    if len(text) > 2 * _MAX_DATE_CHARACTERS:
        return Reading()
    text = _without_weekday(text)
    if text.casefold() in _UNKNOWN:
        return Reading("unknown")
    if text.startswith("0000-00"):  # as databases write that they know nothing
        return Reading()
    text = text if dates.is_date(text) else text.strip(" .,;")
    if not text or len(text) > _MAX_DATE_CHARACTERS:
        return Reading()
    if dates.is_date(text) and not re.fullmatch(r"\d{4}\d+", text):
        return Reading(dates.parse(text).edtf or text)
    if order not in {DMY, MDY} and is_ambiguous(text):
        return Reading(open=True)
    made = _whole(text, order, language)
    return Reading(made) if made and dates.is_date(made) else Reading()


_WEEKDAY_IN_BRACKETS = late(r"(?P<day>.*\d.*?),?\s*\(\s*(?P<name>[^\W\d]+)\.?\s*\)(?P<rest>.*)")
_WEEKDAY_FIRST = late(r"(?P<name>[^\W\d]+)(?:\.,|,|\.)?\s+(?P<day>\d[\d./-]*\d)(?P<rest>(?:[T\s].*)?)")
_SHORT_WEEKDAYS = {
    name: number
    for names in ("mo di mi do fr sa so", "mon tue wed thu fri sat sun", "月 火 水 木 金 土 日", "월 화 수 목 금 토 일")
    for number, name in enumerate(names.split())
}


def _without_weekday(text: str) -> str:
    """Return a date without the weekday in brackets behind it, or before its figures, where that is its own; else the text as it is."""
    for pattern in (_WEEKDAY_IN_BRACKETS, _WEEKDAY_FIRST):
        found = pattern.fullmatch(text)
        if found is None:
            continue
        name = found["name"].casefold()
        meant = _weekdays().get(name) or ({_SHORT_WEEKDAYS[name]} if name in _SHORT_WEEKDAYS else set())
        day = _day(found["day"], "", "")
        if meant and day and dates.weekday(dates.parse(day)) in meant:
            return f"{found['day']}{found['rest']}".strip()
    return text


def _whole(text: str, order: str, language: str) -> str:
    if (around := _AROUND.fullmatch(text)) and (inner := _whole(around["rest"], order, language)) and "/" not in inner:
        return inner if inner[-1] in "~%" else f"{inner[:-1]}%" if inner[-1] == "?" else f"{inner}~"
    if doubt := re.fullmatch(r"(?P<rest>.+?)\s*(?:\?|\(\?\))", text):
        inner = _whole(doubt["rest"], order, language)
        return f"{inner}?" if inner and inner[-1] not in "?~%" else ""
    if made := written_date_phrases.part_of_year(text) or _single(text, order, language):
        return made
    side, rest = written_date_phrases.split_bound(text)
    if side:
        return written_date_phrases.beyond(side, _single(rest, order, language))
    if (simple := written_date_phrases.simplified(text)) != text:
        return _whole(simple, order, language)
    return _span(text, order, language)


def _span(text: str, order: str, language: str) -> str:
    if (found_ := re.fullmatch(r"(\d{4})/(\d\d)", text, re.ASCII)) and int(found_[2]) > 12:  # 1944/45
        text = f"{found_[1]}–{found_[2]}"
    text = re.sub(r"^(?:from|between|von|vom|zwischen|du|de|del|с)\s+", "", text, flags=re.IGNORECASE)
    text = re.sub(r"(?<=\d)-(?=\d{1,2}\.?\s+\D|\d{1,2},? \d{4}$|\d{4}$|\d\d$)", "–", text) if not re.match(r"\d{4}-\d\d-", text) else text
    if found_ := _OPEN.fullmatch(text):
        edge = _single(found_["since"] or found_["first"] or found_["last"], order, language)
        return "" if not edge else f"../{edge}" if found_["last"] else f"{edge}/.."
    parts = _DASH.split(text)
    if len(parts) == 1 and text.count("-") == 1:  # April-May 1945
        parts = text.split("-")
    if len(parts) != 2:
        return ""
    first, last = parts
    end = _single(last, order, language)
    start = _single(first, order, language)
    if re.fullmatch(r"\d\d", last) and re.fullmatch(r"\d{4}", first):
        # 2024-99 is a month that is wrong rather than the years up to 2099.
        end = first[:2] + last if int(last) - int(first[2:]) <= _MAX_YEARS_OF_SHORT_SPAN else ""
    elif re.fullmatch(r"\d{1,2}\.?", first) and end.count("-") == 2:  # 8–11 March 2024
        start = f"{end[:8]}{int(first.rstrip('.')):02}"
    elif (
        not start and end[:4].isdigit() and (found := _single(f"{first} {end[:4]}", order, language))
    ):  # March–May 2024, 8 March – 3 May 2024
        start = found
    elif (found_ := re.fullmatch(r"(?P<month>[^\d]+?)\s*(?P<day>\d{1,2})", first)) and (
        also := re.fullmatch(r"(?P<day>\d{1,2}),?\s+(?P<year>\d{4})", last)
    ):
        # March 8–11, 2024
        start, end = (_single(f"{found_['month']} {day}, {also['year']}", order, language) for day in (found_["day"], also["day"]))
    elif "T" in start and (time := parse_time(last)):
        return f"{start}/{time}"
    return f"{start}/{end}" if start and end else ""


def _ymd(year: str, month: str | int | None = None, day: str | int | None = None) -> str:
    parts = [f"{int(year):04}", *(f"{int(part):02}" for part in (month, day) if part)]
    made = "-".join(parts)
    return made if dates.is_date(made) and (month is None or 1 <= int(month) <= 12) else ""


def _single(text: str, order: str, language: str) -> str:
    text = text.strip(" ,")
    if found := _TIMED.fullmatch(text):
        day = _day(found["day"], order, language)
        time = parse_time(
            re.sub(r"(\d{1,2})\s+uhr(?:\s+(\d\d))?", lambda match: f"{match[1]}:{match[2] or '00'}", found["time"], flags=re.IGNORECASE)
        )
        zone = (found["zone"] or "").upper().replace("UTC", "Z").replace("GMT", "Z")
        zone = f"{zone[:3]}:{zone[3:]}" if re.fullmatch(r"[+-]\d{4}", zone) else zone
        if found["named"] and not (zone := written_date_phrases.zone_offset(found["named"], day)):
            return ""
        if day.count("-") - day.startswith("-") == 2 and time:
            made = f"{day}T{time}{zone}"
            return made if dates.is_date(made) else ""
    return _day(text, order, language)


def _day(text: str, order: str, language: str) -> str:
    text = text.strip(" ,")
    if dates.is_date(text) and re.match(r"-?\d{4}", text):
        return text
    if found := _BEFORE.fullmatch(text):
        year = int(found["year"]) - 1
        return "" if year < 0 else "0000" if year == 0 else f"-{year:04}" if year <= 9999 else f"Y-{year}"
    if found := _AFTER.fullmatch(text):
        return f"{int(found['one'] or found['two']):04}"
    text = re.sub(r"^(\d{4}(?:-(?!00)\d\d)?)(?:-00){1,2}$", r"\1", text)  # as databases write what they do not know
    text = re.sub(r"^(1[5-9]\d\d|20\d\d)([01]\d)([0-3]\d)$", r"\1-\2-\3", text, flags=re.ASCII)  # 20240308
    if re.fullmatch(r"\d{4}", text):
        return text
    if found := re.fullmatch(r"(\d{4})([/.\-])(\d{1,2})(?:\2(\d{1,2}))?", text, re.ASCII):
        return _ymd(found[1], found[3], found[4])
    if found := _NUMBERS.fullmatch(text):
        first, second = found[1], found[3]
        turned = found[2] != "." and (order == MDY or (order != DMY and int(second) > 12))
        if found[2] != "." and ((order == DMY and int(second) > 12) or (order == MDY and int(first) > 12)):
            return ""
        return _ymd(found[4], first, second) if turned else _ymd(found[4], second, first)
    if found := re.fullmatch(r"(\d{1,2})[/.](\d{4})", text, re.ASCII):
        return _ymd(found[2], found[1])
    text = _ERA.sub(lambda found: f"{_ERAS[found[1]] + (1 if found[2] == '元' else int(found[2]))}年", text)
    if found := _EAST.fullmatch(text):
        return _ymd(found[1], found[2], found[3])
    return _years(text) or _in_words(text, language)


def _years(text: str) -> str:
    """Return a decade or a century."""
    if found := re.fullmatch(r"(\d{3})0(?:['’]?s|er)", text, re.ASCII):
        return f"{found[1]}X"
    if found := re.fullmatch(r"(\d{1,2})(?:st|nd|rd|th)\s+century", text, re.IGNORECASE):
        return f"{int(found[1]) - 1:02}XX"
    return ""


_WORDED = late(rf"\d+|[^\W\d_](?:[^\W\d_]|[{weekday_patterns.SIGNS}]|[’'\-](?=[^\W\d_]))*")
_SMALL = frozenset(
    {"of", "the", "de", "del", "den", "der", "dem", "le", "la", "el", "di", "d", "year", "г", "года", "год", "року", "рік", "р"}
)
_ORDINAL = frozenset({"st", "nd", "rd", "th", "er", "ère", "º", "ª"})


def _in_words(text: str, language: str) -> str:
    """Return a date with the name of a month or season: 8 March 2024, March 8, 2024, 8. März 2024, spring 2024."""
    if re.search(rf"[^\w\s.,’'\-ºª{weekday_patterns.SIGNS}]", text):
        return ""
    tokens = [token.casefold() for token in _WORDED.findall(text)]
    meant: set[int] = set()
    if tokens and tokens[0] in _weekdays() and tokens[0] not in _months(language):
        meant = _weekdays()[tokens.pop(0)]
    parts = [token for token in tokens if token not in _SMALL and token not in _ORDINAL]
    months = _months(language)
    parts = [part.removeprefix("ב") if part not in months else part for part in parts]  # Hebrew joins “in” to the month
    names = [part for part in parts if not part.isdigit()]
    numbers = [part for part in parts if part.isdigit()]
    if len(names) == 1 and names[0] in _SEASONS and len(numbers) == 1 and len(numbers[0]) == 4:
        return f"{numbers[0]}-{_SEASONS[names[0]]}"
    if len(names) != 1 or names[0] not in months or len(parts) > 3:
        return ""
    month = months[names[0]]
    years = [number for number in numbers if len(number) == 4]
    days = [number for number in numbers if len(number) <= 2]
    if len(years) != 1 or len(years) + len(days) != len(numbers) or len(days) > 1:
        return ""
    year = str(dates.common_year(int(years[0]))) if "\u0e01" <= names[0][0] <= "\u0e2e" else years[0]  # Thai counts the Buddhist era
    made = _ymd(year, month, days[0] if days else None)
    # A day that has another weekday than the one beside it: which of the two is meant is unknown.
    return "" if meant and made and dates.weekday(dates.parse(made)) not in {None, *meant} else made
