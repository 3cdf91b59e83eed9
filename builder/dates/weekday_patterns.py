"""Weekdays beside dates in languages that need an expression of their own: “1月21日（金）”, “วันศุกร์ที่ 14 มกราคม 2565”, “Fr., 21.1.2022”."""

import re
from collections.abc import Iterator

import msgspec

from builder.i18n.patterns import late


class Spoken(msgspec.Struct, frozen=True):
    """A weekday and a date beside each other in a text."""

    start: int
    end: int
    weekdays: frozenset[int]
    """Possible weekdays, 0 for Monday: names of several languages may be the same."""
    dates: frozenset[tuple[int, int]]
    """Possible (month, day)."""
    year: int | None


SIGNS = "\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0900-\u0965\u0970-\u0dff\u0e31-\u0e4e\u200c\u200d"
"""Combining vowels of Hindi, Hebrew, Arabic and Thai, which regular expressions do not count as letters."""

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
"""By the name of an era, the year before its first one."""

_FIGURES = "〇一二三四五六七八九"
_EAST = late(
    rf"(?:(?P<era>{'|'.join(_ERAS)})?\s*(?P<y>\d{{1,4}}|元|[{_FIGURES}]{{4}})\s*[年년]\s*)?"
    rf"(?P<m>\d{{1,2}}|[{_FIGURES}十]{{1,2}})\s*[月월]\s*(?P<d>\d{{1,2}}|[{_FIGURES}十]{{1,3}})\s*"
    r"[日일号號]\s*[,、，]?\s*"
    r"(?:[（(]\s*(?P<brief>[月火水木金土日월화수목금토일一二三四五六])\s*[)）]"
    r"|[（(]?\s*(?:(?P<ja>[月火水木金土日])曜|(?P<zh>(?:星期|周|週|礼拜|禮拜)[一二三四五六日天])|(?P<ko>[월화수목금토일])요일)"
    # 3月2日至3月6日（周一至周五）: of a span, which day has the date is not said.
    r"(?!日?\s*[至到〜～~∼–—―-]\s*(?:星期|周|週|礼拜|禮拜|[月火水木金土日월화수목금토일]曜?[日요]?\s*[)）曜요]))"
    r"(?!\s*(?:、|・|·|/|和|及|與|与)\s*(?:星期|周|週|礼拜|禮拜)))"
)
_EAST_DAYS = {char: n % 7 for signs in ("月火水木金土日", "월화수목금토일", "一二三四五六日") for n, char in enumerate(signs)} | {"天": 6}


_THAI_DAYS = ("จันทร์", "อังคาร", "พุธ", "พฤหัส", "ศุกร์", "เสาร์", "อาทิตย์")
_THAI_MONTHS = ("มกรา", "กุมภา", "มีนา", "เมษา", "พฤษภา", "มิถุนา", "กรกฎา", "สิงหา", "กันยา", "ตุลา", "พฤศจิกา", "ธันวา")
_THAI_BRIEF = ("ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค.")
_THAI = late(
    rf"(?:วัน)?(?P<weekday>{'|'.join(_THAI_DAYS)})(?:บดี)?\s*(?:ที่)?\s*(?P<d>\d{{1,2}})\s*"
    rf"(?:(?P<month>{'|'.join(_THAI_MONTHS)})(?:คม|ยน|พันธ์)?|(?P<brief>{'|'.join(map(re.escape, _THAI_BRIEF))}))"
    r"\s*(?:ปี\s*)?(?:[พค]\s*\.\s*ศ\s*\.\s*)?(?P<y>\d{4})?"
)
"""“วันศุกร์ที่ 14 มกราคม 2565”: words run together in Thai, and its years are of the Buddhist era."""

_GERMAN_DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
_GERMAN_MONTHS = ("Jan", "Feb", "Mär", "Apr", "Mai", "Jun", "Jul", "Aug", "Sep", "Okt", "Nov", "Dez")
_GERMAN = late(
    rf"\b(?P<weekday>{'|'.join(_GERMAN_DAYS)})(?:\.,?|,)\s+(?:de[nm]\s+)?(?P<d>\d{{1,2}})\.\s*"
    rf"(?:(?P<m>\d{{1,2}})\.|(?P<month>{'|'.join(_GERMAN_MONTHS)})[a-z]*\.?)\s*(?P<y>\d{{4}})?"
)
"""“Mo., 30.3.2021”: abbreviations that are words of other languages too, so a full stop or a comma is needed, and a date as German has it."""
_GERMAN_DAY = late(rf"[.,](?:(?<=(?:{'|'.join(_GERMAN_DAYS)})[.,])|(?<=(?:{'|'.join(_GERMAN_DAYS)})\.,))\s+(?:de[nm]\s+)?\d{{1,2}}\.")
"""A part of every such expression that begins with a sign, which is found far sooner than the beginning of any word."""

BRIEF_DAYS = {
    "fr": ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"],
    "es": ["lun", "mar", "mié", "jue", "vie", "sáb", "dom", "lun", "mar", "mie", "jue", "vie", "sab", "dom"],
    "it": ["lun", "mar", "mer", "gio", "ven", "sab", "dom"],
    "nl": ["ma", "di", "wo", "do", "vr", "za", "zo"],
    "pt": ["seg", "ter", "qua", "qui", "sex", "sáb", "dom"],
    "ru": ["пн", "вт", "ср", "чт", "пт", "сб", "вс"],
    "uk": ["пн", "вт", "ср", "чт", "пт", "сб", "нд"],
}
"""Abbreviations of weekdays, Monday first, by language; and how they are written without accents."""

BRIEF_NAMES = frozenset(name for names in BRIEF_DAYS.values() for name in names)

BRIEF = late(
    rf"\b(?P<weekday>{'|'.join(sorted(BRIEF_NAMES))})\b\.?,?\s+(?:de\s+)?(?P<d>\d{{1,2}})(?:er|º)?\s+"
    r"(?:de\s+)?(?P<month>[^\W\d_]{3,})(?:\s+(?:de\s+)?(?P<y>\d{4}))?",
    re.IGNORECASE,
)
"""“lun. 30 mars 2021”, “ma 30 maart”."""

_VIETNAMESE_DAYS = ("thứ hai", "thứ ba", "thứ tư", "thứ năm", "thứ sáu", "thứ bảy", "chủ nhật")
_VIETNAMESE = late(
    rf"\b(?P<weekday>{'|'.join(_VIETNAMESE_DAYS)})\b[\s,(]*(?:ngày\s+)?(?P<d>\d{{1,2}})(?:\s+tháng\s+|[/.-])(?P<m>\d{{1,2}})(?:(?:\s+năm\s+|[/.-])(?P<y>\d{{4}}))?",
    re.IGNORECASE,
)
"""“Thứ Hai, ngày 30 tháng 3 năm 2021”: the months have numbers."""
_VIETNAMESE_SIGNS = ("ứ", "Ứ", "ủ", "Ủ")
"""One of these is in the name of every weekday."""

_LEAST_YEAR = 1000
_BUDDHIST, _LEAST_BUDDHIST = 543, 2400
"""By how many years that era is ahead, and from which number on a year is one of it."""


def common_year(year: int) -> int:
    """Return a year as our era counts it, where its number can only be of the Buddhist one: 2565 is 2022."""
    return year - _BUDDHIST if year >= _LEAST_BUDDHIST else year


def may_be_in(markdown: str) -> bool:
    """Return whether a text may contain one of these expressions."""
    if (
        "月" in markdown
        or "월" in markdown
        or ("ว" in markdown and "วัน" in markdown)
        or (_may_be_vietnamese(markdown) and _VIETNAMESE.search(markdown))
    ):
        return True
    return _may_be_german(markdown) and _GERMAN.search(markdown) is not None


def _may_be_vietnamese(text: str) -> bool:
    return not text.isascii() and any(char in text for char in _VIETNAMESE_SIGNS)


def _may_be_german(text: str) -> bool:
    # Each beginning by itself is found far sooner than a point or comma behind one of them, which stand in every sentence.
    return any(day in text and (f"{day}." in text or f"{day}," in text) for day in _GERMAN_DAYS) and _GERMAN_DAY.search(text) is not None


def _number(written: str) -> int:
    """Return a number in figures or in Chinese characters: 31, 三十一, 二〇二一."""
    if written.isascii() or written.isdecimal():
        return int(written)
    tens, ten, ones = written.partition("十")
    if not ten:
        return int("".join(str(_FIGURES.index(char)) for char in written))
    return (_FIGURES.index(tens) if tens else 1) * 10 + (_FIGURES.index(ones) if ones else 0) if len(tens) < 2 and len(ones) < 2 else 0


def find(text: str) -> Iterator[Spoken]:
    """Yield each weekday beside a date that one of these expressions finds."""
    if "月" in text or "월" in text:
        for found in _EAST.finditer(text):
            sign = next(found[name] for name in ("brief", "ja", "zh", "ko") if found[name])[-1]
            day = frozenset({(_number(found["m"]), _number(found["d"]))})
            year = 1 if found["y"] == "元" else _number(found["y"]) if found["y"] else None
            if found["era"] and year is not None:
                year += _ERAS[found["era"]]
            if year is None or year >= _LEAST_YEAR:  # “22年” may be of any century, or era
                yield Spoken(*found.span(), frozenset({_EAST_DAYS[sign]}), day, year)
    for found in _THAI.finditer(text) if not text.isascii() else ():
        month = _THAI_MONTHS.index(found["month"]) if found["month"] else _THAI_BRIEF.index(found["brief"])
        year = common_year(int(found["y"])) if found["y"] else None
        day = frozenset({(month + 1, int(found["d"]))})
        yield Spoken(*found.span(), frozenset({_THAI_DAYS.index(found["weekday"])}), day, year)
    for found in _GERMAN.finditer(text) if _may_be_german(text) else ():
        month = int(found["m"]) if found["m"] else _GERMAN_MONTHS.index(found["month"]) + 1
        day = frozenset({(month, int(found["d"]))})
        yield Spoken(*found.span(), frozenset({_GERMAN_DAYS.index(found["weekday"])}), day, int(found["y"]) if found["y"] else None)
    for found in _VIETNAMESE.finditer(text) if _may_be_vietnamese(text) else ():
        day = frozenset({(int(found["m"]), int(found["d"]))})
        year = int(found["y"]) if found["y"] else None
        yield Spoken(*found.span(), frozenset({_VIETNAMESE_DAYS.index(" ".join(found["weekday"].lower().split()))}), day, year)
