"""What of a text that is no date can be read as one, for a hint that is about the author's own date and no other."""

import re

from builder.dates.grammar import read
from builder.dates.record import DateProblem

_PART = re.compile(r"(?<![0-9])([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?(?![0-9])")


def partly(text: str) -> str:
    """Return the day, month or year, or the span of two, that stands in a text, as exactly as it can be read; "" where none does.

    2021-03-29T04:30~  →  2021-03-29~
    """
    found = list(dict.fromkeys(filter(None, map(_most, _PART.finditer(text)))))
    signs = set(re.findall(r"[?~%]", text))
    sign = signs.pop() if len(signs) == 1 else ""
    both = "/".join(f"{edtf}{sign}" for edtf in sorted(found))
    return both if len(found) < 3 and _reads(both) else ""


def _most(found: re.Match[str]) -> str:
    """Return as much of a day as there is: of 2021-02-30 the month."""
    year, month, day = found.groups()
    written = (f"{year}-{int(month):02}-{int(day):02}" if month and day else "", f"{year}-{int(month):02}" if month else "", year)
    return next((edtf for edtf in written if edtf and _reads(edtf)), "")


def _reads(edtf: str) -> bool:
    try:
        read(edtf)
    except DateProblem:
        return False
    return True
