"""Several weekdays beside several dates: “Monday 29 to Wednesday 31 March”, “29–31 March (Monday to Wednesday)”."""

from builder.dates import name_forms
from builder.dates.dates_in_text import ABBREVIATION, BETWEEN, COMMAS, Dated, Tokens, date_at, day_at, skip, year_at
from builder.dates.weekday_patterns import Spoken

_AROUND_JOINT = BETWEEN | COMMAS | name_forms.JOINING


def several(tokens: Tokens, n: int, languages: dict[str, int]) -> tuple[list[Spoken], set[int]] | None:
    """Return the first and the last of several days, of which the weekday at a token is the first one, and the tokens of both weekdays; None if it is none.

    “Monday 29 to Wednesday 31 March”, “Monday to Thursday, 29 March to 1 April”, “29–31 March (Monday to Wednesday)”.
    """
    weekdays, _ = name_forms.tables()
    day, after = day_at(tokens, skip(tokens, n + 1, BETWEEN | COMMAS))
    other, is_joined, used, last = n, False, {n}, languages
    # “Monday, Tuesday and Wednesday”: what counts is the first and the last.
    while (following := _joint(tokens, after if day else other + 1)) and (named := weekdays.get(tokens[following][0])):
        if not (shared := {tag: named[tag] for tag in last.keys() & named.keys()}):
            break
        is_joined |= any(word in name_forms.JOINING for word, _, _ in tokens[other + 1 : following])
        other, last = following, shared
        used.add(other)
        if day:
            break
    if not is_joined:
        return None
    first = {tag: languages[tag] for tag in last}
    if day:
        dated = date_at(tokens, skip(tokens, other + 1, BETWEEN | COMMAS), last)
        return (_both(tokens[n][1], dated[0], first, None, day, dated), used) if dated is not None else None
    at = skip(tokens, other + 1, BETWEEN | COMMAS | {"(", "."})
    if (pair := _two_dates(tokens, at, last)) is not None:
        return _both(tokens[n][1], pair[2][0], first, pair[1], pair[0], pair[2]), used
    if n >= 1 and tokens[n - 1][0] in {"(", *COMMAS} and (other + 1 >= len(tokens) or tokens[other + 1][0] in {")", ".", *COMMAS}):
        for start in range(max(0, n - 10), n - 1):
            if (pair := _two_dates(tokens, start, last)) is not None and pair[2][0] == tokens[n - 2][2]:
                return _both(tokens[start][1], tokens[other][2], first, pair[1], pair[0], pair[2]), used
    # Of a span with one date, which day has it is not known.
    return ([], used) if any(word in name_forms.RANGE for word, _, _ in tokens[n:other]) else None


def _joint(tokens: Tokens, n: int) -> int:
    """Return the token behind what joins two days or weekdays at a token: a comma, “to”, “ – ”, “, bis”; 0 if nothing does."""
    at = n + (n < len(tokens) and tokens[n][0] == "." and len(tokens[n - 1][0]) <= ABBREVIATION)
    while at < len(tokens) and at < n + 4 and tokens[at][0] in _AROUND_JOINT:
        at += 1
    return at if n < at < len(tokens) else 0


def _two_dates(tokens: Tokens, n: int, languages: dict[str, int]) -> tuple[int, Dated | None, Dated] | None:
    """Return the first day of two dates that are joined, its date if it has a month of its own, and the last date."""
    first = date_at(tokens, n, languages)
    day, after = day_at(tokens, n)
    if first is not None:
        after = next(at for at, token in enumerate(tokens[n:], n + 1) if token[2] == first[0])
    elif not day:
        return None
    other = _joint(tokens, after)
    while first is None and other and date_at(tokens, other, languages) is None and day_at(tokens, other)[0]:  # “29, 30 and 31 March”
        after = day_at(tokens, other)[1]
        other = _joint(tokens, after)
    if not any(word in name_forms.JOINING for word, _, _ in tokens[after:other]):
        return None
    last = date_at(tokens, other, languages)
    if last is None and first is not None and tokens[n][0] != str(day) and (second := day_at(tokens, other))[0]:  # “April 5 and 6”
        year, behind = year_at(tokens, second[1])
        last = tokens[behind - 1][2], frozenset(languages.values()), frozenset((month, second[0]) for month, _ in first[2]), year
    return (day, first, last) if last is not None else None


def _both(start: int, end: int, languages: dict[str, int], first: Dated | None, day: int, last: Dated) -> list[Spoken]:
    """Return two days, of which the first may have its month and year from the last one."""
    year = last[3]
    dates = first[2] if first is not None else frozenset((month if day <= other else (month - 2) % 12 + 1, day) for month, other in last[2])
    if first is not None and first[3] is not None:
        year = first[3]
    elif year is not None and min(dates) > max(last[2]):
        year -= 1  # “31 December and 1 January 2021”
    return [Spoken(start, end, frozenset(languages.values()), dates, year), Spoken(start, end, *last[1:])]
