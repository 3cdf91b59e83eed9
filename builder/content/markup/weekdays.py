"""Reports weekdays in a text that do not fit the dates beside them."""

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from builder import dates
from builder.diagnostics import ERROR, WARNING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from markdown_it.token import Token

    from builder.content.markup.locations import Reporter

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_OF_SPEAKERS = "Look at the source. If the speaker said so, keep the words, say so beside them, and turn this off for the file under “problems:” in site.yaml."
_YEAR = re.compile(r"(?<!\d)(?:1\d|20|2[45])\d\d(?!\d)")
"""Years of our era, and those of the Buddhist one that Thai has."""
_BACKTICKS = re.compile("`+")
_CLOSING = {"“": "”", "„": "“”", "«": "»", "「": "」", '"': '"'}
"""By an opening quotation mark, what closes it; in German “ does."""
_MARK = re.compile('[“”„«»「」"]')


def wrong(text: str, near: int | None) -> "list[tuple[int, str, str]]":
    """Return where a text has a weekday that is not that of the date beside it: the offset, the words, and what is wrong.

    `near` is the day that a date without a year counts from, as `dates.first_day` counts.
    """
    found = []
    for spoken in dates.find_weekdays(text):
        actual = dates.actual_weekday(spoken, near)
        if actual is not None:
            start, words = _shown(text, spoken.start, spoken.end)
            said = " or ".join(_DAYS[day] for day in sorted(spoken.weekdays))
            why = "there is no such day" if actual == dates.NO_DAY else f"that day is a {_DAYS[actual]}, and the text says {said}"
            found.append((start, words, f"“{words}”: {why}."))
    return found


def _shown(text: str, start: int, end: int) -> tuple[int, str]:
    """Return a date and its weekday as a message shows them: without a space in front, with the bracket that closes them."""
    words = text[start:end].lstrip()
    opened = next((bracket for bracket in "(（" if bracket in words), "")
    closing = {"(": ")", "（": "）"}.get(opened, "")
    is_open = bool(closing) and closing not in words and text.startswith(closing, end)
    return end - len(words), words + (closing if is_open else "")


def without_code(text: str) -> str:
    """Blank the code of a text: what stands between a run of backticks and the next one as long, as CommonMark has it. In time that grows with the text alone."""
    runs = list(_BACKTICKS.finditer(text))
    after: dict[int, int] = {}  # by the length of a run, the next one as long
    closing = [0] * len(runs)
    for n in range(len(runs) - 1, -1, -1):
        length = len(runs[n][0])
        closing[n] = after.get(length, n)
        after[length] = n
    pieces: list[str] = []
    at = n = 0
    while n < len(runs):
        if closing[n] > n:
            start, end = runs[n].start(), runs[closing[n]].end()
            pieces += text[at:start], " " * (end - start)
            at, n = end, closing[n]
        n += 1
    return "".join([*pieces, text[at:]])


def check(reporter: "Reporter", inline: "Token", near: int | None) -> None:
    """Report each weekday of a paragraph, heading or cell that is not that of its date. In a quotation it is a warning: quoted words are not altered."""
    if not dates.may_have_weekdays(inline.content):
        return
    text = without_code(inline.content).replace("&nbsp;", "      ")
    if near is not None and any(dates.common_year(int(year)) != dates.civil(near)[0] for year in _YEAR.findall(text)):
        near = None  # which year a date without one is of, the words around it may tell
    found = wrong(text, near)
    for (at, words, message), is_quoted in zip(found, _are_quoted(text, [at for at, _, _ in found]), strict=True):
        reporter.problem(
            "weekday-wrong",
            message,
            reporter.spot(inline, at, words),
            _OF_SPEAKERS if is_quoted else "Correct the weekday or the date; if a date of another year is meant, write the year.",
            severity=WARNING if is_quoted else ERROR,
        )


def _are_quoted(text: str, offsets: "Iterable[int]") -> "Iterator[bool]":
    """Yield for each of some offsets in a paragraph whether a quotation is open before it. The text is gone through once."""
    marks: list[int] = []
    is_open: list[bool] = []
    closing = ""
    for found in _MARK.finditer(text):
        closing = _CLOSING.get(found[0], "") if not closing else "" if found[0] in closing else closing
        marks.append(found.start())
        is_open.append(bool(closing))
    for at in offsets:
        before = bisect_left(marks, at)
        yield before > 0 and is_open[before - 1]
