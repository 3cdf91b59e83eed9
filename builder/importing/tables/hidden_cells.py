"""Hidden rows and columns of a spreadsheet, errors of its formulas, and the year from which it counts its days."""

import html
import re
import zipfile
from collections.abc import Iterable, Iterator

import msgspec

from builder.i18n.patterns import late
from builder.importing.importer_types import ImportNote
from builder.importing.tables.hyperlinks import sheet_parts
from builder.importing.tables.unpacked_size import ATTRIBUTES, cell_reference
from builder.importing.unpacking import read_part

_FLAG = rb"\s*=\s*[\"']\s*(?:1|true)\s*[\"']"
_HIDDEN = re.compile(rb"(?<![\w:.-])hidden" + _FLAG, re.IGNORECASE)
_FROM_1904 = re.compile(rb"<(?:[\w.-]+:)?workbookPr\b[^>]*\bdate1904" + _FLAG, re.IGNORECASE)
_ROW = late(rb"<(?:[\w.-]+:)?(?P<tag>row|col)(?=[\s/>])(?P<said>" + ATTRIBUTES + rb")>")
_NUMBER = re.compile(rb"(?<![\w:.-])(?P<name>r|min|max)\s*=\s*[\"']\s*(\d{1,7})")
_ERROR = late(
    rb"<(?:[\w.-]+:)?c(?=[\s/>])(?P<said>(?=[^<>]*\bt\s*=\s*[\"']e[\"'])"
    + ATTRIBUTES
    + rb")>(?:\s*<(?:[\w.-]+:)?f(?=[\s/>])"
    + ATTRIBUTES
    + rb">(?:[^<]*</(?:[\w.-]+:)?f\s*>)?)?\s*<(?:[\w.-]+:)?v\s*>(?P<value>[^<]*)<"
)
_HAS_ERROR = re.compile(rb"\bt\s*=\s*[\"']e[\"']")
_ODS = late(rb"<table:(?P<tag>table|table-row|table-column)(?=[\s/>])(?P<said>" + ATTRIBUTES + rb")>")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"']\s*(\d{1,9})")
_COLLAPSED = re.compile(rb"table:visibility\s*=\s*[\"'](?:collapse|filter)[\"']")
_NAME = re.compile(rb"table:name\s*=\s*[\"']([^\"']*)[\"']")


class HiddenCells(msgspec.Struct, frozen=True):
    """The hidden cells and the errors of a sheet. Rows and columns count from 1."""

    rows: tuple[int, ...] = ()
    columns: tuple[int, ...] = ()
    errors: tuple[tuple[str, str], ...] = ()
    """Cells with the error that each shows: `A8`, `#N/A`."""


def counts_from_1904(package: zipfile.ZipFile) -> bool:
    """Return whether a workbook counts its days from 1904, as those of old Macs do."""
    return "xl/workbook.xml" in package.namelist() and bool(_FROM_1904.search(read_part(package, "xl/workbook.xml")))


def unseen_in(package: zipfile.ZipFile, sheet: str) -> HiddenCells:
    """Return what is not plain in the sheet of this name."""
    if "content.xml" in package.namelist():
        return _of_ods(read_part(package, "content.xml"), sheet)
    part = sheet_parts(package).get(sheet, "")
    return _of_xlsx(read_part(package, part)) if part else HiddenCells()


def _of_xlsx(data: bytes) -> HiddenCells:
    rows: list[int] = []
    columns: list[int] = []
    at = 0
    for found in _ROW.finditer(data):
        numbers = {match["name"]: int(match[2]) for match in _NUMBER.finditer(found["said"])}
        at = numbers.get(b"r", at + 1) if found["tag"] == b"row" else at
        if _HIDDEN.search(found["said"]):
            first, last = (at, at) if found["tag"] == b"row" else (numbers.get(b"min", 1), numbers.get(b"max", 1))
            (rows if found["tag"] == b"row" else columns).extend(range(first, min(last, first + 1000) + 1))
    cells = _ERROR.finditer(data) if _HAS_ERROR.search(data) else ()
    errors = ((cell_reference(cell["said"]), html.unescape(cell["value"].decode("utf-8", "replace"))) for cell in cells)
    return HiddenCells(tuple(rows), tuple(columns), tuple(errors))


def _of_ods(data: bytes, sheet: str) -> HiddenCells:
    counts = {b"table-row": 0, b"table-column": 0}
    hidden: dict[bytes, list[int]] = {b"table-row": [], b"table-column": []}
    is_in = False
    for found in _ODS.finditer(data):
        tag, said = found["tag"], found["said"]
        if tag == b"table":
            name = _NAME.search(said)
            is_in = name is not None and html.unescape(name[1].decode("utf-8", "replace")) == sheet
            continue
        if not is_in:
            continue
        repeated = _REPEATED.search(said)
        n = int(repeated[1]) if repeated else 1
        if _COLLAPSED.search(said) and n <= 1000:
            hidden[tag] += range(counts[tag] + 1, counts[tag] + n + 1)
        counts[tag] += n
    return HiddenCells(tuple(hidden[b"table-row"]), tuple(hidden[b"table-column"]))


def unseen_notes(unseen: HiddenCells, rows: list[list[str]], where: str) -> Iterator[ImportNote]:
    """Yield notes on filled rows and columns that the sheet hides, which come in all the same, and on errors; `rows` are its cells."""
    for cell, error in unseen.errors:
        yield ImportNote(f"{where}, cell {cell}" if where else f"cell {cell}", f"the error “{error}” was left out")
    filled = [n for n in unseen.rows if n <= len(rows) and any(cell.strip() for cell in rows[n - 1])]
    of_columns = [n for n in unseen.columns if any(n <= len(row) and row[n - 1].strip() for row in rows)]
    for numbers, what in (
        (_spans(map(str, filled), filled), "row"),
        (_spans((_letters(n) for n in of_columns), of_columns), "column"),
    ):
        if numbers:
            several = len(numbers) > 1 or "–" in numbers[0]
            yield ImportNote(
                where or "the whole file",
                f"{what}{'s' if several else ''} {', '.join(numbers)} {'are' if several else 'is'} hidden in it, and came in all the same",
                is_assumed=True,
            )


def _spans(names: Iterable[str], numbers: list[int]) -> list[str]:
    """Return numbers by their names, those that follow one another as `4–7`."""
    made: list[str] = []
    begun = ""
    for name, number, following in zip(names, numbers, [*numbers, 0][1:], strict=True):
        begun = begun or name
        if following != number + 1:
            made.append(name if begun == name else f"{begun}–{name}")
            begun = ""
    return made


def _letters(number: int) -> str:
    made = ""
    while number:
        number, rest = divmod(number - 1, 26)
        made = chr(65 + rest) + made
    return made
