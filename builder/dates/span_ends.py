"""The order of the ends of a span as other programs read it, where parts are qualified or have unknown digits.

EDTF does not say how `0100-05-XX` and `0100%` are compared. What edtf.js, python-edtf and edtf-validate all refuse is refused here too: they
compare first days, or read no qualifier of a whole date beside an X or a qualified part.
"""

from builder.dates import day_counts
from builder.i18n.patterns import late

_SIGNS = late(r"[?~%]")
_EARLY = late(r"[?~%]?-[0-9]*X")
_SEASONS = {"21": (1, 5), "22": (5, 8), "23": (8, 11), "24": (10, 12)}
"""Season → the first and the last month that it may begin or end in."""
_FIRST_MONTH = {"XX": 1, "0X": 1, "1X": 10, "X0": 10}
_LAST_MONTH = {"XX": 12, "0X": 9, "1X": 12, "X0": 10, "X1": 11, "X2": 12}
_LAST_DAY = {"XX": 31, "0X": 9, "1X": 19, "2X": 29, "3X": 31, "X0": 30, "X1": 31, "X9": 29}


def runs_backwards(first: str, last: str) -> bool:
    """Return whether other programs refuse a span for the order of its two dates, of which one has a qualifier or an X."""
    if _EARLY.match(first):
        return _is_season(last) or _in_zeros(first) >= _in_zeros(last)
    if _fit_by_form(first, last) or _fit_by_zeros(first, last):
        return False
    begins, ends = _filled(first, latest=False), _filled(last, latest=True)
    if (first[0] == "-") != (last[0] == "-"):
        return last[0] == "-"
    if begins[0] == ends[0] == 0:
        return begins[1] > ends[1] or begins[2] > ends[2]
    return begins < ends if first[0] == "-" else begins > ends


def _parts(text: str) -> list[str]:
    return _SIGNS.sub("", text).lstrip("-").split("-")


def _is_season(text: str) -> bool:
    return _parts(text)[-1] in _SEASONS and len(_parts(text)) == 2


def _form(text: str) -> str:
    """Return the form of a date: `plain`, `signed` as a whole, `inner` with X or signs within, or `rare` with an X that python-edtf does not read."""
    plain = _SIGNS.sub("", text)
    if "X" in plain:
        return "rare" if len(_parts(text)) == 2 or (plain[0] == "-" and "X" in _parts(text)[0]) else "inner"
    return "plain" if plain == text else "signed" if text[:-1] == plain else "inner"


def _fit_by_form(first: str, last: str) -> bool:
    """Return whether python-edtf reads a span of these forms, in any order."""
    forms = {_form(first), _form(last)}
    return forms <= {"plain", "signed"} or forms <= {"plain", "inner"}


def _fit_by_zeros(first: str, last: str) -> bool:
    """Return whether edtf.js reads a span: it has neither a season nor a qualified date or a year beside X, and is in order with 0 for each X."""
    levels = set()
    for text in (first, last):
        if _is_season(text):
            return False
        form = _form(text)
        levels.add(2 if form in {"inner", "rare"} else 1 if form == "signed" or len(_parts(text)) == 1 else 0)
    return not {1, 2} <= levels and _in_zeros(first) < _in_zeros(last)


def _in_zeros(text: str) -> tuple[int, ...]:
    year, month, day = (*(part.replace("X", "0") for part in _parts(text)), "1", "1")[:3]
    return (-int(year) if "-" in text[:2] else int(year), max(1, int(month)), max(1, int(day)))


def _filled(text: str, *, latest: bool) -> tuple[int, int, int]:
    """Return year, month and day as edtf-validate compares them: parts left out are 1, unknown ones the first, or the last if `latest`."""
    written, month, day = (*_parts(text), "01", "01")[:3]
    year = int(written.replace("X", "9" if latest else "0"))
    if month in _SEASONS:
        return year, _SEASONS[month][latest], 1
    number = (_LAST_MONTH if latest else _FIRST_MONTH).get(month) or int(month.replace("X", "0"))
    if "X" not in day:
        return year, number, int(day)
    if latest:
        return year, number, min(_LAST_DAY.get(day) or int(day.replace("X", "2")), day_counts.month_length(year, number))
    return year, number, max(1, int(day.replace("X", "0")) or 1) if day != "X0" else 10
