"""Dates in the words of a text: a day, a month and a year, in the languages of the weekday beside them."""

from collections.abc import Iterable

from builder.dates import name_forms
from builder.i18n.patterns import late

Tokens = list[tuple[str, int, int]]
Dated = tuple[int, frozenset[int], frozenset[tuple[int, int]], int | None]


BETWEEN = frozenset(
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


COMMAS = frozenset([",", "،", "、", "，"])

ABBREVIATION = 5
"""Letters of the longest abbreviation of a weekday: thurs."""


_DAY_ENDING = frozenset(("st", "nd", "rd", "th", "er", "º", "ª", "°", "a", "an", "ean", "d"))

_JOINED_ENDINGS = frozenset(["án", "én", "i", "ai", "ei", "a", "e", "го", "е", "ое", "го́", "ему", "му", "th", "st", "nd", "rd"])
"""30-án, 30-го"""

_OF_YEAR = frozenset([".", "m", "gada", "gads", "eko", "ko", "-"])
"""Behind a year that begins a date: 2021. március 30."""

WITHOUT_YEAR = late(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?!\d)")

NUMERIC = late(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})(?!\d)|(?P<a>\d{1,2})(?P<sign>[./])(?P<b>\d{1,2})(?P=sign)(?P<c>\d{4})(?!\d)")


def joined(tokens: Tokens) -> Tokens:
    """Return tokens in which a name of several words is one."""
    phrases = name_forms.phrases()
    if phrases.keys().isdisjoint(word for word, _, _ in tokens):
        return tokens
    found: Tokens = []
    n = 0
    while n < len(tokens):
        word, start, end = tokens[n]
        for names in phrases.get(word, ()):
            if tuple(word for word, _, _ in tokens[n : n + len(names)]) == names:
                word, end = " ".join(names), tokens[n + len(names) - 1][2]
                n += len(names) - 1
                break
        found.append((word, start, end))
        n += 1
    return found


def skip(tokens: Tokens, n: int, words: Iterable[str]) -> int:
    """Return the token behind up to three of some words."""
    least = n
    while n < len(tokens) and n < least + 3 and tokens[n][0] in words:
        n += 1
    return n


def numeric(text: str, tokens: Tokens, n: int, languages: dict[str, int]) -> tuple[int, frozenset[tuple[int, int]], int | None] | None:
    """Return the date in figures at a token: where it ends, its possible months and days, and its year; without a year as German has it: 30.3."""
    found = NUMERIC.match(text, tokens[n][1]) if n < len(tokens) else None
    if found is None:
        short = WITHOUT_YEAR.match(text, tokens[n][1]) if n < len(tokens) and "de" in languages else None
        return (short.end(), frozenset({(int(short["m"]), int(short["d"]))}), None) if short else None
    if found["y"]:
        return found.end(), frozenset({(int(found["m"]), int(found["d"]))}), int(found["y"])
    a, b = int(found["a"]), int(found["b"])
    both = {(b, a)} if found["sign"] == "." else {(b, a), (a, b)}
    return found.end(), frozenset(both), int(found["c"])


def day_at(tokens: Tokens, n: int) -> tuple[int, int]:
    """Return the day of the month at a token, 0 if there is none, and the next token."""
    if n >= len(tokens) or not tokens[n][0].isdigit() or not 1 <= int(tokens[n][0]) <= 31:
        return 0, n
    day, after = int(tokens[n][0]), n + 1
    if after < len(tokens) and tokens[after][1] == tokens[n][2] and (tokens[after][0] in _DAY_ENDING or tokens[after][0] == "."):
        after += 1
    elif after + 1 < len(tokens) and tokens[after][0] == "d" and tokens[after + 1][0] == ".":  # Lithuanian: 30 d.
        after += 2
    if after + 1 < len(tokens) and tokens[after][0] == "-" and tokens[after + 1][0] in _JOINED_ENDINGS:
        after += 2
    return day, after


def year_at(tokens: Tokens, n: int) -> tuple[int | None, int]:
    """Return the year at a token, None if there is none, and the next token."""
    at = skip(tokens, n, {",", "de", "del", "of", "."})
    if at < len(tokens) and len(tokens[at][0]) == 4 and tokens[at][0].isdigit():
        return int(tokens[at][0]), at + 1
    return None, n


def date_at(tokens: Tokens, n: int, languages: dict[str, int]) -> Dated | None:
    """Return the date that begins at a token, in one of the languages of a weekday: its end, the possible weekdays and dates, and the year."""
    _, months = name_forms.tables()
    day, after = day_at(tokens, n)
    if day:
        at = skip(tokens, after, BETWEEN)
    else:  # “Friday, January 21”
        at = n
        day, after = day_at(tokens, skip(tokens, n + 1, {"the", "."}))
        if not day:
            return None
    month = tokens[at][0] if at < len(tokens) else ""
    named = months.get(month) or months.get(month.removeprefix("ב"), {})  # Hebrew joins “in” to the month
    shared = languages.keys() & named.keys()
    if not shared:
        return None
    year, behind = year_at(tokens, max(at + 1, after))
    return tokens[behind - 1][2], frozenset(languages[tag] for tag in shared), frozenset((named[tag], day) for tag in shared), year


def year_first(tokens: Tokens, n: int, languages: dict[str, int]) -> Dated | None:
    """Return the date that begins with its year: “2021. március 30.”."""
    if n >= len(tokens) or len(tokens[n][0]) != 4 or not tokens[n][0].isdigit():
        return None
    found = date_at(tokens, skip(tokens, n + 1, _OF_YEAR), languages)
    return (*found[:3], int(tokens[n][0])) if found is not None and found[3] is None else None
