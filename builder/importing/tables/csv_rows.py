"""Rows of cells from the bytes of a CSV file: any separator, any encoding."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from types import MappingProxyType

import msgspec

from builder.diagnostics import characters
from builder.importing.decoding import decode
from builder.importing.html_words import line
from builder.importing.importer_types import ImportInput, ImportNote, ImportOptions, ImportProblem
from builder.importing.tables.hyperlinks import CellLink, Links, LinksByCell
from builder.importing.tables.unpacked_size import MOST_COLUMNS, MOST_ROWS

_NEVER = frozenset({"Cc", "Cn", "Co", "Cs"})
"""Categories of Unicode of what is published nowhere: control characters, what is no character, what is of private use."""

_TEXT = re.compile(r"'+[=+\-@\t\r](?!.*')", re.DOTALL)
"""A cell that begins with an apostrophe, so that no spreadsheet takes it for a formula: that is no part of its words."""


class SheetRow(msgspec.Struct, frozen=True):
    """One row, with the number that a spreadsheet gives it."""

    number: int
    cells: tuple[str, ...]
    links: tuple[tuple[int, tuple[CellLink, ...]], ...] = ()
    """Cells that have links behind their words, by column."""


class Table(msgspec.Struct, frozen=True):
    """A table whose first row names its columns."""

    header: tuple[str, ...]
    rows: tuple[SheetRow, ...]
    sheet: str = ""
    """Which sheet it is, in words; "" for the only one."""
    top: int = 1
    """The number of the row that names the columns."""
    unit: str = "row"
    """What a row is called: those of lists in YAML and JSON are entries."""
    is_of_1904: bool = False
    """Whether bare numbers of days count from 1904."""

    def where(self, row: SheetRow) -> str:
        """Return which row of which sheet it is, in words: `row 3`."""
        return f"{self.sheet}, {self.unit} {row.number}" if self.sheet else f"{self.unit} {row.number}"


def read_csv(import_input: ImportInput, options: ImportOptions, import_notes: list[ImportNote]) -> Table:
    """Return the table of a CSV file."""
    text = decode(import_input.data, options.encoding, import_notes)
    if "\0" in text:
        message = "it is no table: it has characters that no text has. If it is a spreadsheet, its name must end in .xlsx or .ods"
        raise ImportProblem(message)
    lines = re.findall(r"[^\n]*\n|[^\n]+", text.replace("\r\n", "\n").replace("\r", "\n"))
    said = re.fullmatch(r"\"?sep=([^\n\"])\"?\n?", lines[0], re.IGNORECASE) if lines else None
    if said:
        lines[0] = "\n"  # by which Excel is told how cells are parted
    if len(lines) > 20 * MOST_ROWS:
        raise _too_long()
    delimiter = said[1] if said else separator(lines)
    # Some programs write a space before the quotation mark of a cell, which is then no part of its words.
    is_spaced = any(re.search(rf'{re.escape(delimiter)} +"', line) for line in lines[:20])
    reader = csv.reader(lines, delimiter=delimiter, skipinitialspace=is_spaced)
    rows: list[list[str]] = []
    links: LinksByCell = {}
    begun = last = 1
    try:
        for row in reader:
            rows.append([_cell(cell, (len(rows), n), links) for n, cell in enumerate(row)])
            last, begun = begun, reader.line_num + 1
    except csv.Error as error:
        message = (
            f"it is no table that can be read: row {len(rows) + 1}, from line {begun} on: {error}. Is a quotation mark there never closed?"
        )
        raise ImportProblem(message) from error
    if rows and reader.line_num > last and text.count('"') % 2:
        import_notes.append(ImportNote(f"line {last}", "a quotation mark is never closed: all lines that follow are in one cell"))
    return build_table(rows, import_notes, links=links)


_LINKING = re.compile(r"=HYPERLINK\(\s*\"(?P<to>[^\"]*)\"\s*(?:[,;]\s*\"(?P<words>(?:[^\"]|\"\")*)\"\s*)?\)\s*", re.IGNORECASE)


def _cell(cell: str, at: tuple[int, int], links: LinksByCell) -> str:
    """Return the words of a cell: those of a formula that makes a link, and none of an apostrophe that a spreadsheet needs."""
    if cell.startswith("=") and (found := _LINKING.fullmatch(cell)):
        if not found["words"]:
            return found["to"]
        links[at] = (CellLink(found["to"]),)
        return found["words"].replace('""', '"')
    return cell[1:] if _TEXT.match(cell) else cell


def _too_long() -> ImportProblem:
    return ImportProblem(f"it has more than {MOST_ROWS:,} rows. Divide it")


def separator(lines: list[str]) -> str:
    """Return the delimiter of the cells: the one by which the first rows have the most cells, and equally many."""
    best, most = ",", 0.0
    for delimiter in ",;\t|":
        try:
            rows = [row for row in csv.reader(lines[:60], delimiter=delimiter) if any(cell.strip() for cell in row)][:20]
        except csv.Error:
            continue
        if not rows or len(rows[0]) < 2:
            continue
        alike = sum(len(row) == len(rows[0]) for row in rows) / len(rows)
        score = (len(rows[0]) - 1) * alike * alike
        if score > most:
            best, most = delimiter, score
    return best


def build_table(rows: list[list[str]], import_notes: list[ImportNote], where: str = "", links: Links = MappingProxyType({})) -> Table:
    """Return rows as a table: its header is the first row with two or more cells; rows above it are noted. `links` stand behind cells."""
    if len(rows) > MOST_ROWS:
        raise _too_long()
    n = 0
    for n, row in enumerate(rows):
        filled = [cell for cell in row if cell.strip()]
        if len(filled) > 1:
            break
        if filled:
            import_notes.append(
                ImportNote(
                    f"{where}, row {n + 1}" if where else f"row {n + 1}",
                    f"“{line(filled[0])}” stands above the names of the columns, and was left out",
                )
            )
    if not rows or sum(bool(cell.strip()) for cell in rows[n]) < 2:
        message = "it is no table: no row has two cells or more"
        raise ImportProblem(message)
    if len(rows[n]) > MOST_COLUMNS:
        message = f"it has more than {MOST_COLUMNS:,} columns"
        raise ImportProblem(message)
    import_notes += _without_errors(rows, where)
    behind: dict[int, list[tuple[int, tuple[CellLink, ...]]]] = {}
    for (row_at, column), there in sorted(links.items()):
        behind.setdefault(row_at + 1, []).append((column, there))
    found = tuple(
        SheetRow(number, tuple(cells), tuple(behind.get(number, ())))
        for number, cells in enumerate(rows[n + 1 :], n + 2)
        if any(cell.strip() for cell in cells)
    )
    if not found:
        message = "it has no rows below the names of its columns"
        raise ImportProblem(message)
    table = Table(tuple(line(cell) for cell in rows[n]), found, where, n + 1)
    import_notes += _lost(table)
    return table


_ERRORS = re.compile(r"#(?:N/A|REF!|VALUE!|NAME\?|DIV/0!|NUM!|NULL!|SPILL!|CALC!|NV|BEZUG!|WERT!|ZAHL!|¡REF!|¡VALOR!|VALEUR!)|Err:\d{3}")
"""What a cell shows whose formula has no value."""


def _without_errors(rows: list[list[str]], where: str) -> Iterator[ImportNote]:
    """Empty the cells that show an error of a formula, and yield a note on each."""
    for number, row in enumerate(rows, 1):
        for n, cell in enumerate(row):
            if cell[:1] in {"#", "E"} and _ERRORS.fullmatch(cell.strip()):
                row[n] = ""
                at = f"{where}, row {number}" if where else f"row {number}"
                yield ImportNote(at, f"the error “{cell.strip()}” was left out")


def _lost(table: Table) -> Iterator[ImportNote]:
    """Yield what is left out of words since no text has it: control characters and others, by their names."""
    for row in table.rows:
        odd = dict.fromkeys(
            char
            for cell in row.cells
            if not cell.isprintable()
            for char in cell
            if unicodedata.category(char) in _NEVER and not char.isspace()
        )
        if odd:
            names = " and ".join(characters.named(char) for char in odd)
            yield ImportNote(
                table.where(row), f"{names} in its words cannot be published, and {'were' if len(odd) > 1 else 'was'} replaced by a space"
            )
