"""Count days in the proleptic Gregorian calendar, in years of any size and before the year 1.

`datetime.date` covers only the years 1 to 9999; EDTF has others.
"""

LAST_DAY = 3_652_059
"""31 December 9999, the last day with a year of four digits."""

MONTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def ordinal(year: int, month: int, day: int) -> int:
    """Return the number of a day, as `datetime.date.toordinal` counts: 1 January of the year 1 is day 1.

    The years are astronomical: 0 is 1 BCE. Whether the day exists is not checked.
    """
    # A year that begins in March ends with the leap day, so that months have one pattern of lengths (153 days in five).
    if month <= 2:
        year -= 1
        month += 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month - 457) // 5 + day - 306


def civil(number: int) -> tuple[int, int, int]:
    """Return (year, month, day) of a day's number: the inverse of `ordinal`."""
    cycle, rest = divmod(number + 305, 146_097)
    of_cycle = (rest - rest // 1_460 + rest // 36_524 - rest // 146_096) // 365
    rest -= 365 * of_cycle + of_cycle // 4 - of_cycle // 100
    from_march = (5 * rest + 2) // 153
    day = rest - (153 * from_march + 2) // 5 + 1
    month = from_march + 3 if from_march < 10 else from_march - 9
    return of_cycle + cycle * 400 + (month <= 2), month, day


def is_leap(year: int) -> bool:
    """Return whether a year has a 29 February."""
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def month_length(year: int, month: int) -> int:
    """Return the number of days of a month."""
    return 29 if month == 2 and is_leap(year) else MONTHS[month - 1]


def weekday(number: int) -> int:
    """Return the weekday of a day's number: Monday is 0."""
    return (number + 6) % 7


def iso(number: int | None) -> str:
    """Return the day with a number in ISO 8601; "" for None, and beyond the years 1 to 9999."""
    if number is None or not 1 <= number <= LAST_DAY:
        return ""
    year, month, of_month = civil(number)
    return f"{year:04}-{month:02}-{of_month:02}"


def edtf(number: int) -> str:
    """Return the day with a number in EDTF, also before the year 1; years have four digits."""
    year, month, day = civil(number)
    return f"{edtf_year(year)}-{month:02}-{day:02}"


def edtf_year(year: int) -> str:
    """Return a year in EDTF: four digits, with a hyphen before the year 0, and with Y for more digits."""
    digits = f"{'-' if year < 0 else ''}{abs(year):04}"
    return digits if abs(year) <= 9_999 else f"Y{digits}"
