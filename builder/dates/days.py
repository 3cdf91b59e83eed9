"""Counting days in the proleptic Gregorian calendar, in years of any size and before the year 1.

`datetime.date` does the same from 1 to 9999 only; EDTF goes on in both directions.
"""

LAST_DAY = 3_652_059
"""31 December 9999: the last day that four digits of a year can tell."""

MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def ordinal(year: int, month: int, day: int) -> int:
    """Return the number of a day that exists, as `datetime.date.toordinal` counts: 1 January of the year 1 is day 1.

    The years are astronomical: 0 is 1 BCE. The day itself is not checked.
    """
    # A year that begins in March ends with the leap day, so that months have one pattern of lengths (153 days in five).
    if month <= 2:
        year -= 1
        month += 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month - 457) // 5 + day - 306


def civil(number: int) -> tuple[int, int, int]:
    """Return year, month and day of a day's number: the way back from `ordinal`."""
    cycle, rest = divmod(number + 305, 146_097)
    of_cycle = (rest - rest // 1_460 + rest // 36_524 - rest // 146_096) // 365
    rest -= 365 * of_cycle + of_cycle // 4 - of_cycle // 100
    from_march = (5 * rest + 2) // 153
    day = rest - (153 * from_march + 2) // 5 + 1
    month = from_march + 3 if from_march < 10 else from_march - 9
    return of_cycle + cycle * 400 + (month <= 2), month, day


def is_leap(year: int) -> bool:
    """Tell whether a year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """Return how many days a month has."""
    return 29 if month == 2 and is_leap(year) else MONTHS[month - 1]


def weekday(number: int) -> int:
    """Return the weekday of a day's number: Monday is 0."""
    return (number + 6) % 7


def iso(number: int | None) -> str:
    """Return a day by its number as ISO 8601 has it; "" where there is none, or beyond the years 1 to 9999, which ISO 8601 needs no agreement for."""
    if number is None or not 1 <= number <= LAST_DAY:
        return ""
    year, month, of_month = civil(number)
    return f"{year:04}-{month:02}-{of_month:02}"


def edtf(number: int) -> str:
    """Return a day by its number as EDTF has it, in any year of four digits, before the year 1 too."""
    year, month, day = civil(number)
    return f"{edtf_year(year)}-{month:02}-{day:02}"


def edtf_year(year: int) -> str:
    """Return a year as EDTF has it: four digits, a hyphen before those before the year 0, and Y before those of more digits."""
    digits = f"{'-' if year < 0 else ''}{abs(year):04}"
    return digits if abs(year) <= 9_999 else f"Y{digits}"
