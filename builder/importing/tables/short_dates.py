"""Dates of a table that spreadsheets write short: 14/03/21, 14-Mar-21, and 44269, the day as they count it. They are read as spreadsheets do, and noted."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence

import msgspec

from builder.importing import written_dates
from builder.importing.html_words import line
from builder.importing.importer_types import ImportNote
from builder.importing.tables.csv_rows import SheetRow, Table

LAST_OF_2000 = 29
"""The last year of two figures that spreadsheets take for one of this century: 29 is 2029, 30 is 1930."""

_NUMBERS = re.compile(r"(\d{1,2})([/.\-])(\d{1,2})\2(\d\d)(?P<rest>(?:[ T,].*)?)", re.ASCII | re.DOTALL)
_NAMED = re.compile(r"(\d{1,2})([ .\-/])([^\W\d_]{3,})([ .\-/])['’]?(\d\d)(?P<rest>(?:[ T,].*)?)", re.DOTALL)
_SERIAL = re.compile(r"(\d{5})(?:[.,](\d+))?", re.ASCII)
_FIRST_SERIAL, _LAST_SERIAL = 18_264, 54_788
"""The days 1 January 1950 and 31 December 2049."""


_BY_TWO_FIGURES = "its year has two figures, and is read as spreadsheets do: 00 to 29 are 2000 to 2029, 30 to 99 are 1930 to 1999"
_BY_COUNT = "it is read as the day that spreadsheets count from {}"


def write_out(table: Table, keys: Sequence[str], dated: set[str], order: str) -> tuple[Table, list[ImportNote]]:
    """Return a table with the short dates of its columns written out, and notes on them. `order` is what the author says of day and month."""
    import_notes: list[ImportNote] = []
    for n, key in enumerate(keys):
        if key not in dated:
            continue
        cells = [(row, row.cells[n].strip()) for row in table.rows if n < len(row.cells) and row.cells[n][:1].isdigit()]
        year_at = _year_at([cell for _, cell in cells], order)
        for why, made in (
            (_BY_TWO_FIGURES, {row.number: full for row, cell in cells if (full := _long(cell, year_at))}),
            (
                _BY_COUNT.format("1904" if table.is_of_1904 else "1900"),
                {row.number: full for row, cell in cells if (full := _counted(cell, is_of_1904=table.is_of_1904))},
            ),
        ):
            if made:
                import_notes.append(_note(table, n, made, why))
                table = msgspec.structs.replace(table, rows=tuple(_changed(row, n, made) for row in table.rows))
    return table, import_notes


def _changed(row: SheetRow, n: int, made: Mapping[int, str]) -> SheetRow:
    if row.number not in made:
        return row
    return msgspec.structs.replace(row, cells=(*row.cells[:n], made[row.number], *row.cells[n + 1 :]))


def _note(table: Table, n: int, made: Mapping[int, str], why: str) -> ImportNote:
    row = next(row for row in table.rows if row.number in made)
    more = f", and {len(made) - 1} more alike" if len(made) > 1 else ""
    what = f"“{line(row.cells[n])}” in the column “{table.header[n]}” is “{made[row.number]}” here{more}: {why}"
    return ImportNote(table.where(row), f"{what}. If that is wrong, write the date in full, such as 2021-03-14", is_assumed=True)


def _year_at(cells: list[str], order: str) -> str:
    """Return where the year of two figures stands in dates of figures alone: `first` or `last`; "" where no cell of the column shows it."""
    found = [match for cell in cells if (match := _NUMBERS.fullmatch(cell))]
    first, last = (any(not 1 <= int(match[n]) <= 31 for match in found) for n in (1, 4))
    if first != last:
        return "first" if first else "last"
    return "last" if order and not first else ""


def _long(cell: str, year_at: str) -> str:
    """Return a date whose year has two figures with all four; "" for any other, or where it is not known which is the year."""
    if found := _NUMBERS.fullmatch(cell):
        first, sign, two, three = found.group(1, 2, 3, 4)
        if year_at == "first" and len(first) == 2 and sign != ".":
            return f"{_year(first)}-{two:0>2}-{three}{found['rest']}"
        if year_at == "last" or sign != "-":
            return f"{first}{sign}{two}{sign}{_year(three)}{found['rest']}"
        return ""
    if found := _NAMED.fullmatch(cell):
        made = f"{found[1]} {found[3]} {_year(found[5])}{found['rest']}"
        return made if written_dates.read_date(made).edtf else ""
    return ""


def _year(figures: str) -> str:
    return f"20{figures}" if int(figures) <= LAST_OF_2000 else f"19{figures}"


def _counted(cell: str, *, is_of_1904: bool) -> str:
    """Return the day, with its time, that a spreadsheet counts as a number, from 1900 or 1904; "" for any other number."""
    found = _SERIAL.fullmatch(cell)
    if not found or not _FIRST_SERIAL <= int(found[1]) <= _LAST_SERIAL:
        return ""
    first = dt.datetime(1904, 1, 1) if is_of_1904 else dt.datetime(1899, 12, 30)  # noqa: DTZ001 – a day of no zone
    moment = first + dt.timedelta(days=int(found[1]), seconds=round(float(f"0.{found[2] or 0}") * 86_400))
    return moment.date().isoformat() if moment.time() == dt.time() else moment.isoformat(timespec="minutes")
