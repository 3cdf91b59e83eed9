"""Links behind the cells of a spreadsheet: where each stands, in XLSX and ODS."""

import html
import re
import zipfile
from collections.abc import Iterator, Mapping

import msgspec

from builder.i18n.patterns import late
from builder.importing.html_words import line
from builder.importing.tables.unpacked_size import ATTRIBUTES, cell_reference
from builder.importing.unpacking import read_part

MAX_CELLS_OF_LINK = 1_000
"""Cells that one link may stand behind."""

Links = Mapping[tuple[int, int], tuple["CellLink", ...]]
"""Row and column, from 0, → the links of the cell."""


LinksByCell = dict[tuple[int, int], tuple["CellLink", ...]]


class CellLink(msgspec.Struct, frozen=True):
    """A link behind words of a cell."""

    to: str
    words: str = ""
    """Which words of the cell; "" for all."""


_TAG = late(rb"<(?:[\w.-]+:)?(?P<tag>hyperlink|sheet|Relationship)(?=[\s/>])(?P<said>" + ATTRIBUTES + rb")>")
_FORMULA = late(rb"<(?:[\w.-]+:)?c(?=[\s/>])(?P<said>" + ATTRIBUTES + rb")>\s*<(?:[\w.-]+:)?f(?=[\s/>])" + ATTRIBUTES + rb">")
_LINKING = re.compile(rb"=?(?:of:=)?HYPERLINK\(\s*(?:\"|&quot;)(?P<to>[^\"&]*(?:&amp;[^\"&]*)*)", re.IGNORECASE)
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_ODS = late(
    rb"<table:(?P<tag>table|table-row|table-cell|covered-table-cell)(?=[\s/>])(?P<said>"
    + ATTRIBUTES
    + rb")>|<text:a(?=[\s/>])(?P<link>"
    + ATTRIBUTES
    + rb")>(?P<words>(?:(?!<text:a[\s/>])[^\0]){0,4000}?)</text:a>"
)


def links_of(package: zipfile.ZipFile) -> Mapping[str, Links]:
    """Return the links of all sheets by their names."""
    names = set(package.namelist())
    if "content.xml" in names:
        return _of_ods(read_part(package, "content.xml"))
    return {name: _of_xlsx(package, part, names) for name, part in sheet_parts(package).items()}


def sheet_parts(package: zipfile.ZipFile) -> Mapping[str, str]:
    """Return the sheets of an XLSX by their names, each with the part of the package that it is."""
    names = set(package.namelist())
    if "xl/workbook.xml" not in names:
        return {}
    parts = _relations(package, "xl/_rels/workbook.xml.rels", names)
    found: dict[str, str] = {}
    for said in _tags(read_part(package, "xl/workbook.xml"), b"sheet"):
        target = parts.get(_attribute(said, b"id"), "")
        part = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        if part in names:
            found[_attribute(said, b"name")] = part
    return found


def _tags(data: bytes, tag: bytes) -> Iterator[bytes]:
    return (found["said"] for found in _TAG.finditer(data) if found["tag"] == tag)


def _attribute(said: bytes, name: bytes) -> str:
    found = re.search(rb"(?:^|\s)(?:[\w.-]+:)?" + name + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", said)
    return html.unescape(line(next(filter(None, found.groups()), b"").decode("utf-8", "replace"))) if found else ""


def _relations(package: zipfile.ZipFile, part: str, names: set[str]) -> dict[str, str]:
    if part not in names:
        return {}
    return {_attribute(said, b"Id"): _attribute(said, b"Target") for said in _tags(read_part(package, part), b"Relationship")}


def _of_xlsx(package: zipfile.ZipFile, part: str, names: set[str]) -> Links:
    folder, _, name = part.rpartition("/")
    targets = _relations(package, f"{folder}/_rels/{name}.rels", names)
    data = read_part(package, part)
    found: LinksByCell = {}
    for said in _tags(data, b"hyperlink"):
        to = targets.get(_attribute(said, b"id"), "")
        if to:
            mark = _attribute(said, b"location")
            found |= dict.fromkeys(_cells(_attribute(said, b"ref")), (CellLink(f"{to}#{mark}" if mark and "#" not in to else to),))
    for match in _FORMULA.finditer(data):
        if link := _LINKING.match(data, match.end()):
            found |= dict.fromkeys(_cells(cell_reference(match["said"])), (CellLink(_unescaped(link["to"])),))
    return found


def _unescaped(data: bytes) -> str:
    return html.unescape(line(data.decode("utf-8", "replace")))


def _cells(reference: str) -> list[tuple[int, int]]:
    """Return the cells of `B2`, or of `B2:C3`; none if they are too many, or it is no reference."""
    ends = [found for corner in reference.split(":")[:2] if (found := _REFERENCE.fullmatch(corner))]
    if not ends:
        return []
    rows, columns = [int(end[2]) - 1 for end in ends], [_column(end[1]) for end in ends]
    if (rows[-1] - rows[0] + 1) * (columns[-1] - columns[0] + 1) > MAX_CELLS_OF_LINK:
        return []
    return [(row, column) for row in range(rows[0], rows[-1] + 1) for column in range(columns[0], columns[-1] + 1)]


def _column(letters: str) -> int:
    made = 0
    for sign in letters:
        made = made * 26 + ord(sign) - 64
    return made - 1


def _of_ods(data: bytes) -> Mapping[str, Links]:
    found: dict[str, LinksByCell] = {}
    sheet: LinksByCell = {}
    row = next_row = column = next_column = 0
    for match in _ODS.finditer(data):
        if match["link"] is not None:
            words = _unescaped(re.sub(rb"<[^<>]*>", b" ", match["words"]))
            there = (*sheet.get((row, column), ()), CellLink(_attribute(match["link"], b"href"), words))
            sheet |= dict.fromkeys(_repeated((row, next_row), (column, next_column)), there)
        elif match["tag"] == b"table":
            sheet = found.setdefault(_attribute(match["said"], b"name"), {})
            row = next_row = 0
        elif match["tag"] == b"table-row":
            row, next_row = next_row, next_row + _times(match["said"], b"number-rows-repeated")
            column = next_column = 0
        else:
            column, next_column = next_column, next_column + _times(match["said"], b"number-columns-repeated")
            formula = re.search(rb"\stable:formula=\"(?P<formula>[^\"]*)\"", match["said"])
            if formula and (link := _LINKING.search(formula["formula"])):
                sheet |= dict.fromkeys(_repeated((row, next_row), (column, next_column)), (CellLink(_unescaped(link["to"])),))
    return found


def _times(said: bytes, name: bytes) -> int:
    given = _attribute(said, name)
    return int(given) if given.isdigit() and len(given) < 9 else 1


def _repeated(rows: tuple[int, int], columns: tuple[int, int]) -> list[tuple[int, int]]:
    if (rows[1] - rows[0]) * (columns[1] - columns[0]) > MAX_CELLS_OF_LINK:
        return []
    return [(row, column) for row in range(*rows) for column in range(*columns)]
