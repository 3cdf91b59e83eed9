"""How large a spreadsheet would be in memory, found out before it is read: a cell at the far end of a sheet, or one that is repeated millions of times, takes a few bytes on the disk."""

import re
import zipfile
from collections.abc import Iterator

from builder.i18n.patterns import late
from builder.importing.importer_types import ImportProblem
from builder.importing.unpacking import read_part

MOST_ROWS, MOST_COLUMNS = 100_000, 1_000

MAX_CELLS_IN_SHEET = 5_000_000
"""Cells of a sheet, empty ones among them: its last row times its last column."""

ATTRIBUTES = rb"(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*+"
"""The attributes of an element, in any order and with either quotation mark."""
_CELL = late(rb"<(?:[\w.-]+:)?(?P<tag>c|row)(?=[\s/>])(?P<said>" + ATTRIBUTES + rb")>")
_REFERENCE = re.compile(rb"(?<![\w:.-])r\s*=\s*[\"']\s*\$?(?P<column>[A-Za-z]*)\$?(?P<row>\d*)\s*[\"']")
_REPEATED = re.compile(rb"number-(?:rows|columns)-repeated\s*=\s*[\"']\s*(\d{1,18})")
_ODS = late(
    rb"<(?P<end>/?)table:(?P<tag>table|table-row|table-cell|covered-table-cell)(?=[\s/>])(?P<said>"
    + ATTRIBUTES
    + rb")>|(?P<words><text:p\b)"
)


def cell_reference(said: bytes) -> str:
    """Return where a cell of XLSX stands, by its attributes; "" if they do not say."""
    found = _REFERENCE.search(said)
    return (found["column"] + found["row"]).decode() if found else ""


def refuse_oversized(package: zipfile.ZipFile) -> None:
    """Refuse a spreadsheet that would be far larger in memory than on the disk, with an `ImportProblem`."""
    names = package.namelist()
    if any(name.lower().endswith("workbook.bin") for name in names):
        message = "it is an XLSB, whose size nobody can tell before it is read. Save it as XLSX or CSV"
        raise ImportProblem(message)
    for name in names:
        if name == "content.xml":
            _check_ods(read_part(package, name))
        elif not name.lower().endswith((".png", ".jpeg", ".jpg", ".gif", ".emf", ".wmf", "vbaproject.bin")):
            # A sheet may have any name in the package.
            _check(*_extent(read_part(package, name)))


def _extent(data: bytes) -> tuple[int, int]:
    """Return the last row and the last column of a sheet of XLSX."""
    rows = columns = row = column = 0
    for found in _CELL.finditer(data):
        reference = _REFERENCE.search(found["said"])
        if reference and reference["row"]:
            row = int(reference["row"][:12])
        elif found["tag"] == b"row":
            row += 1
        column = 0 if found["tag"] == b"row" else (reference and _number(reference["column"])) or column + 1
        rows, columns = max(rows, row), max(columns, column)
    return rows, columns


def _number(letters: bytes) -> int:
    made = 0
    for sign in letters[:8].upper():
        made = made * 26 + sign - 64
    return made


def _check(rows: int, columns: int) -> None:
    message = ""
    if rows > MOST_ROWS:
        message = f"it has a cell in row {rows:,}"
    elif columns > MOST_COLUMNS:
        message = f"it has a cell beyond column {MOST_COLUMNS:,}"
    elif rows * columns > MAX_CELLS_IN_SHEET:
        message = f"it has {rows:,} rows and {columns:,} columns, which are more than {MAX_CELLS_IN_SHEET:,} cells"
    if message:
        raise ImportProblem(f"{message}. Delete what is empty behind the table, or save it as CSV")


def _check_ods(data: bytes) -> None:
    """Refuse what is repeated too often. Empty cells and rows count only before others that are filled."""
    rows = widest = 0
    empty = 0
    for times, width, is_end in _ods_rows(data):
        if is_end:
            rows = widest = empty = 0
        elif width:
            rows, empty = rows + empty + times, 0
        else:
            empty += times
        widest = max(widest, width)
        if rows > MOST_ROWS or widest > MOST_COLUMNS or rows * widest > MAX_CELLS_IN_SHEET:
            message = "it has more rows or columns than a table that is imported may have. Delete what is repeated behind the table, or save it as CSV"
            raise ImportProblem(message)


def _ods_rows(data: bytes) -> Iterator[tuple[int, int, bool]]:
    """Yield how often each row stands there and to which cell it is filled, and where a sheet ends."""
    times, width, at = 1, 0, 0
    for found in _ODS.finditer(data):
        if found["words"]:
            width = at
            continue
        tag, said = found["tag"], found["said"]
        repeated = _REPEATED.search(said)
        n = int(repeated[1]) if repeated else 1
        if found["end"]:
            if tag == b"table-row":
                yield times, width, False
            elif tag == b"table":
                yield 0, 0, True
            continue
        if tag == b"table-row":
            times, width, at = n, 0, 0
            if said.endswith(b"/"):
                yield times, 0, False
        elif tag != b"table":
            at += n
            width = at if b"value" in said or b"formula" in said else width
