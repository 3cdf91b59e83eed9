"""Explain in one sentence why a text is no date."""

import re

MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")
"""English names, as all messages of the tool are in English."""

# Compiled where one is asked for: most sites have no date that is none.
_WHY = (
    (r"\s*", "There is no date here."),
    (r"[0-9TZ:?~%XY+.-]*\s[0-9TZ:?~%XY+.\s-]*", "A date has no spaces in it."),
    (r"[0-9-]*x[0-9x?~%-]*", "An unknown digit is a capital X."),
    (r".*[?~%]{2,}.*", "One sign stands in each place: ?, ~, or % for both."),
    (r".*[?~%].*T.*|.*T.*[?~%].+", "The sign of a time stands behind it; the day of a time has none."),
    (r".*X.*T.*", "A day with a time is known to the last digit."),
    (
        r"Y-?[0-9]+(?:E[0-9]+)?(?:S[0-9]+)?[?~%]|[?~%]Y.*",
        "?, ~ and % do not stand with Y; S says how far a year is an estimate, as in Y17000S2.",
    ),
    (r"[?~%]?-?[0-9]{4}S[1-9][0-9]*[?~%-].*", "Behind S and its number stands nothing: it says how far a year is an estimate."),
    (r".*S0[0-9]*|.*S", "S stands before the number of figures that count, from 1 on."),
    (r"Y-?0[0-9]*(?:E[0-9]+)?(?:S[0-9]+)?", "A year behind Y has no zeros before it."),
    (r"Y-?[0-9]+E0[0-9]*.*", "The exponent of a year is 1 or more."),
    (r"Y-?[0-9]{1,4}(?:S[0-9]+)?(?:-.*)?", "Y is for years of five digits or more."),
    (r"Y-?[0-9]+-.*", "A year of five digits or more stands without month and day."),
    (r"[+-]?[0-9]{5}|[+-]?[0-9]{7}|[+-]?[0-9]{9,}", "A year of five digits or more begins with Y."),
    (r"[0-9]{6}|[0-9]{8}", "Year, month and day have hyphens between them."),
    (r"\+[0-9]{4}.*", "A year has no plus sign."),
    (r"[0-9X]{1,3}[?~%]?|-[0-9X]{1,3}[?~%]?", "A year has four digits."),
    (r"-?[0-9X]{4}-(?:[0-9X]|[0-9X]-[0-9X]{1,2}|[0-9X]{2}-[0-9X])[?~%]?", "Month and day have two digits each."),
    (r"[0-9]{4}-[0-9]{3}", "Days of the year are not EDTF; write month and day."),
    (r"[0-9]{4}-W[0-9].*", "Weeks are not EDTF; write the first and the last day."),
    (r"[0-9-]{10}[tT][0-9:]*[zZ]", "T and Z are capitals, and a time has hours and minutes: T14:30Z."),
    (r"[0-9-]{10}T[0-9:]+[.,].*", "Parts of a second are not EDTF."),
    (r"[0-9-]{10,11}T.*", "A time is written as T14:30, with Z or +01:00 behind it where the zone is known."),
    (r"[0-9]{4}(?:-[0-9]{2})?T.*", "A time needs its day."),
    (r"[0-9]{1,2}:[0-9]{2}.*", "A time stands behind its day and a T."),
    (r".*\.\..*", "Dots stand for an open end in a span, 2022/.., or within brackets, [2022..2023]."),
    (r".*[.].*", "A date has hyphens in it, the year first."),
    (r"[0-9X?~%.,\s-]*,[0-9X?~%.,\s-]*", "Several dates stand in brackets: [2022,2023] for one of them, {2022,2023} for both."),
    (r"[^0-9]*", "It has no year in figures."),
)


def why_not(text: str) -> str:
    """Return why a text that no pattern matched is no single date."""
    for pattern, reason in _WHY:
        if len(text) <= 60 and re.fullmatch(pattern, text, re.DOTALL):
            return reason
    return "A date is written in figures with hyphens, the year first: YYYY-MM-DD."
