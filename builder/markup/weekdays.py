"""Weekdays in a text that are not those of the dates beside them."""

from typing import TYPE_CHECKING

from builder import dates

if TYPE_CHECKING:
    from markdown_it.token import Token

    from builder.markup.spots import Spots

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def check(spots: "Spots", inline: "Token", near: int | None) -> None:
    """Report each weekday of a paragraph, heading or cell that is not that of its date. `near` is the day that a date without a year counts from, as `dates.first_day` counts."""
    for spoken in dates.spoken(inline.content):
        actual = dates.actual_weekday(spoken, near)
        if actual is not None:
            words = inline.content[spoken.start : spoken.end]
            said = " or ".join(_DAYS[day] for day in sorted(spoken.weekdays))
            spots.problem(
                "weekday-wrong",
                f"“{words}”: that day is a {_DAYS[actual]}, and the text says {said}.",
                spots.spot(inline, spoken.start, words),
                "Mend the weekday or the date."
                if spoken.year is not None
                else "Mend the weekday or the date; of another year, write the year.",
            )
