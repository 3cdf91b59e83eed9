"""Dates in words that only EDTF's levels 1 and 2 can hold: quarters, winters, “before 1850”, “8/9 March”; and zones by their short names."""

import datetime as dt
import re

from builder.i18n.patterns import late

_ORDINALS = {
    "1": "first 1st 1. erstes 1er premier primer primo",
    "2": "second 2nd 2. zweites 2e deuxième segundo secondo",
    "3": "third 3rd 3. drittes 3e troisième tercer terzo",
    "4": "fourth 4th 4. viertes 4e quatrième cuarto quarto",
}
_NUMBER = {word: number for number, words in _ORDINALS.items() for word in words.split()}
_PART = late(
    r"(?:(?P<letter>[qhst])(?P<n>[1-4])|(?P<ordinal>[\w.]+)\s+(?P<unit>quarter|quartal|trimestre|half|halbjahr|semestre))"
    r"(?:\s*/\s*|\s*-\s*|,?\s+)(?:of\s+|de\s+|del\s+)?(?P<year>\d{4})",
    re.IGNORECASE | re.ASCII,
)
_YEAR_FIRST = late(r"(?P<year>\d{4})\s*[-/]?\s*(?P<part>[qh][1-4])", re.IGNORECASE | re.ASCII)
_QUARTERS, _HALVES = frozenset({"q", "quarter", "quartal", "trimestre"}), frozenset({"h", "half", "halbjahr", "semestre"})
_WINTER = late(
    r"(?:the\s+)?(?:winter|hiver|invierno|inverno|зима|зимой)\s+(?:of\s+|de\s+|del\s+)?(?P<first>\d{4})\s?[/–-]\s?(?P<last>\d{4}|\d\d)",
    re.IGNORECASE,
)
_BOUND = late(
    r"(?:(?P<before>before|prior\s+to|vor|avant|antes\s+del?|prima\s+del|voor)|(?P<after>after|nach|après|después\s+del?|dopo\s+il|na))\s+(?P<rest>.*\d.*)",
    re.IGNORECASE,
)
_WITHIN = late(r"(?:in\s+the|in\s+den|in|im|on|am|the|die|en|le|el)\s+(?P<rest>\S.*)", re.IGNORECASE)
_TWO_DAYS = late(r"(?P<first>\d{1,2})\.?\s?/\s?(?P<last>\d{1,2})(?P<rest>\.?\s+[^\W\d]+\.?,?\s+\d{4})")
_TWO_DAYS_BEHIND = late(r"(?P<month>[^\W\d]+\.?)\s+(?P<first>\d{1,2})\s?/\s?(?P<last>\d{1,2}),?\s+(?P<year>\d{4})")


def part_of_year(text: str) -> str:
    """Return a quarter, a half or a winter of two years as EDTF; "" for anything else: “Q1 2024” is `2024-33`, “Winter 2023/24” `2023-24`."""
    if found := _YEAR_FIRST.fullmatch(text):
        text = f"{found['part']} {found['year']}"
    if found := _PART.fullmatch(text):
        unit = (found["letter"] or found["unit"]).casefold()
        number = found["n"] or _NUMBER.get(found["ordinal"].casefold(), "")
        if unit in _QUARTERS and number:
            return f"{found['year']}-{32 + int(number)}"
        return f"{found['year']}-{39 + int(number)}" if unit in _HALVES and number in {"1", "2"} else ""
    found = _WINTER.fullmatch(text)
    if found is None or int(found["last"]) % 100 != (int(found["first"]) + 1) % 100:
        return ""
    return f"{found['first']}-24" if len(found["last"]) == 2 or int(found["last"]) == int(found["first"]) + 1 else ""


def split_bound(text: str) -> tuple[str, str]:
    """Return `before` or `after` and the date behind that word; two times "" for anything else."""
    found = _BOUND.fullmatch(text)
    return ("", "") if found is None else ("before" if found["before"] else "after", found["rest"])


def beyond(side: str, day: str) -> str:
    """Return all that lies before or after a plain day, month or year as one EDTF set: `[..1849]`; "" for other dates."""
    found = re.fullmatch(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?", day, re.ASCII)
    if found is None:
        return ""
    direction = -1 if side == "before" else 1
    year, month = int(found[1]), int(found[2] or 1)
    try:
        if found[3]:
            edge = (dt.date(year, month, int(found[3])) + dt.timedelta(direction)).isoformat()
        elif found[2]:
            months = year * 12 + month - 1 + direction
            edge = f"{months // 12:04}-{months % 12 + 1:02}"
        else:
            edge = f"{year + direction:04}"
    except (ValueError, OverflowError):
        return ""
    return f"[..{edge}]" if side == "before" else f"[{edge}..]"


def simplified(text: str) -> str:
    """Return a date without words that only join it to a sentence, and two days, “8/9 March 2024”, with a dash between them."""
    if found := _WITHIN.fullmatch(text):
        text = found["rest"]
    if (found := _TWO_DAYS.fullmatch(text)) and int(found["first"]) + 1 == int(found["last"]):
        return f"{found['first']}–{found['last']}{found['rest']}"
    if (found := _TWO_DAYS_BEHIND.fullmatch(text)) and int(found["first"]) + 1 == int(found["last"]):
        return f"{found['month']} {found['first']}–{found['last']}, {found['year']}"
    return text


# --- zones ------------------------------------------------

_EUROPE, _AMERICA = "Europe", "America"
_ZONES = {
    **dict.fromkeys(("cet", "mez"), (_EUROPE, 1, False)),
    **dict.fromkeys(("cest", "mesz"), (_EUROPE, 2, True)),
    **dict.fromkeys(("eet", "oez"), (_EUROPE, 2, False)),
    **dict.fromkeys(("eest", "oesz"), (_EUROPE, 3, True)),
    "wet": (_EUROPE, 0, False),
    "west": (_EUROPE, 1, True),
    "est": (_AMERICA, -5, False),
    "edt": (_AMERICA, -4, True),
    "et": (_AMERICA, -5, None),
    "pst": (_AMERICA, -8, False),
    "pdt": (_AMERICA, -7, True),
    "pt": (_AMERICA, -8, None),
    "jst": ("", 9, False),
    "kst": ("", 9, False),
}
"""Short name → whose summer time it keeps, hours from UTC, and whether that is summer time; None if the day decides.

BST, IST, CST and others that mean several zones are missing."""
ZONE_NAMES = "|".join(sorted(_ZONES, key=len, reverse=True))


def zone_offset(name: str, day: str) -> str:
    """Return the offset of a zone on a day, `+01:00`; "" if the name is not certain, as EST in July is not."""
    whose, hours, is_summer = _ZONES[name.casefold()]
    if whose:
        summer = _has_summer_time(whose, day)
        if summer is None or (is_summer is not None and summer is not is_summer):
            return ""
        hours += 1 if is_summer is None and summer else 0
    return f"{'-' if hours < 0 else '+'}{abs(hours):02}:00"


def _has_summer_time(whose: str, day: str) -> bool | None:
    """Return whether a day has summer time; None on days on which the clocks change, and in years with other rules."""
    try:
        found = dt.date.fromisoformat(day)
    except ValueError:
        return None
    if found.year < (1996 if whose == _EUROPE else 2007):
        return None
    if whose == _EUROPE:
        begin, end = _sunday(found.year, 3, 31, -1), _sunday(found.year, 10, 31, -1)
    else:
        begin, end = _sunday(found.year, 3, 8, 1), _sunday(found.year, 11, 1, 1)
    return None if found in {begin, end} else begin < found < end


def _sunday(year: int, month: int, day: int, direction: int) -> dt.date:
    """Return the first Sunday from a day on, forwards or backwards."""
    found = dt.date(year, month, day)
    while found.weekday() != 6:
        found += dt.timedelta(direction)
    return found
