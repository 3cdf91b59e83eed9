"""Rows of cells from spreadsheets: XLSX, ODS and XLS, read by calamine. Macros and formulas are never run; what a formula came to when it was saved is taken."""

import datetime as dt
import html
import io
import re
import zipfile
from typing import Any

import msgspec

from builder.i18n.patterns import late
from builder.importing import unpacking
from builder.importing.html_words import line
from builder.importing.importer_types import ImportInput, ImportNote, ImportOptions, ImportProblem, Missing
from builder.importing.tables.csv_rows import Table, build_table
from builder.importing.tables.hidden_cells import counts_from_1904, unseen_in, unseen_notes
from builder.importing.tables.hyperlinks import Links, links_of
from builder.importing.tables.unpacked_size import ATTRIBUTES, cell_reference, refuse_oversized
from builder.importing.unpacking import open_package, read_part

ENDINGS = {".xlsx", ".xlsm", ".ods", ".xls", ".xlsb"}


def read_sheet(import_input: ImportInput, options: ImportOptions, import_notes: list[ImportNote]) -> Table:
    """Return the table of a spreadsheet: that of the sheet that is asked for, or of the first that has rows."""
    try:
        from python_calamine import CalamineError, CalamineWorkbook
    except ImportError:
        raise Missing("sheets") from None
    unpacking.refuse_protected(import_input.data)
    links: dict[str, Links] = {}
    is_of_1904 = False
    if import_input.data[:2] == b"PK":
        with open_package(import_input.data) as package:
            refuse_oversized(package)
            import_notes += omitted_parts(package)
            links |= links_of(package)
            is_of_1904 = counts_from_1904(package)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(import_input.data))
        names = book.sheet_names
        if options.sheet and options.sheet not in names:
            message = f"it has no sheet “{options.sheet}”. It has: {', '.join(f'“{name}”' for name in names)}"
            raise ImportProblem(message)
        taken: Table | None = None
        unseen = {
            sheet_metadata.name for sheet_metadata in book.sheets_metadata if str(sheet_metadata.visible) != "SheetVisibleEnum.Visible"
        }
        for name in names:
            sheet = book.get_sheet_by_name(name)
            rows = [[_text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
            filled = sum(any(cell.strip() for cell in row) for row in rows)
            wanted = name == options.sheet if options.sheet else taken is None and filled > 1 and name not in unseen
            if wanted:
                where = f"sheet “{name}”" if len(names) > 1 else ""
                import_notes += _unseen_notes(import_input.data, name, rows, where)
                _fill_down(rows, getattr(sheet, "merged_cell_ranges", None) or [], import_notes)
                taken = msgspec.structs.replace(build_table(rows, import_notes, where, links.get(name, {})), is_of_1904=is_of_1904)
            elif filled:
                first = next(" · ".join(line(cell) for cell in row if cell.strip()) for row in rows if any(cell.strip() for cell in row))
                import_notes.append(
                    ImportNote(
                        f"sheet “{name}”",
                        f"{'it is hidden, and ' if name in unseen else 'it '}was left out, with {filled} {'row' if filled == 1 else 'rows'}, the first “{first}”; --sheet takes it",
                    )
                )
    except CalamineError as error:
        is_text = import_input.data[:1] != b"\xd0" and b"\0" not in import_input.data[:1000] and import_input.data.strip()
        message = (
            "it is no spreadsheet, whatever its name says: it is text. If it is a table, let its name end in .csv, or in .html if it is a page"
            if is_text
            else "it is a document of Word, whatever its name says. Let its name end in .docx"
            if b"word/document.xml" in import_input.data
            else f"it is no spreadsheet that can be read: {error}"
        )
        raise ImportProblem(message) from error
    if taken is None:
        message = "it has no sheet with rows" + (" that is not hidden; --sheet takes a hidden one" if unseen else "")
        raise ImportProblem(message)
    return taken


def _unseen_notes(data: bytes, name: str, rows: list[list[str]], where: str) -> list[ImportNote]:
    if data[:2] != b"PK":
        return []
    with open_package(data) as package:
        return list(unseen_notes(unseen_in(package, name), rows, where))


def _fill_down(rows: list[list[str]], merged: list[tuple[tuple[int, int], tuple[int, int]]], import_notes: list[ImportNote]) -> None:
    """Write what stands in a cell over several rows into each of them, as a reader of the sheet sees it. That is noted once."""
    first = ""
    for (top, column), (bottom, last) in merged:
        if column != last or top >= bottom or bottom >= len(rows) or column >= len(rows[top]) or not rows[top][column].strip():
            continue
        for row in rows[top + 1 : bottom + 1]:
            if column < len(row) and not row[column].strip():
                row[column] = rows[top][column]
                first = first or f"row {top + 1}, “{line(row[column])[:100]}”"
    if first:
        import_notes.append(
            ImportNote("the whole file", f"what stands in a cell over several rows counts for each of them, such as {first}")
        )


def _text(cell: Any) -> str:
    """Return what a cell shows, dates as EDTF."""
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        made = cell.isoformat(timespec="seconds")
        return made.removesuffix("T00:00:00").removesuffix(":00") if not made.endswith("T00:00:00") else made[:10]
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, dt.time):
        return cell.isoformat(timespec="minutes")
    return str(cell)


_FORMULA = late(rb"<(?:[\w.-]+:)?c(?=[\s/>])(?P<said>" + ATTRIBUTES + rb")>\s*<(?:[\w.-]+:)?f(?=[\s/>])" + ATTRIBUTES + rb">")
_WITHOUT_VALUE = re.compile(
    rb"(?:(?P<formula>[^<]*)</(?:[\w.-]+:)?f\s*>)?\s*(?:<(?:[\w.-]+:)?v\s*/>|<(?:[\w.-]+:)?v\s*>\s*</(?:[\w.-]+:)?v\s*>)?\s*</(?:[\w.-]+:)?c\s*>"
)


def empty_formulas(data: bytes) -> list[tuple[str, str]]:
    """Return the cells whose formula has no value in the file, each with the formula."""
    found = ((match, _WITHOUT_VALUE.match(data, match.end())) for match in _FORMULA.finditer(data))
    return [(cell_reference(match["said"]), _letters(rest["formula"] or b"")) for match, rest in found if rest]


def _letters(data: bytes) -> str:
    return html.unescape(line(data.decode("utf-8", "replace")))


def omitted_parts(package: zipfile.ZipFile) -> list[ImportNote]:
    """Return what of a spreadsheet is not in the values of its cells."""
    import_notes: list[ImportNote] = []
    for name in package.namelist():
        if re.fullmatch(r"xl/comments(?:/[^/]+|[^/]*)\.xml|xl/threadedComments/[^/]+\.xml", name):
            data = read_part(package, name)
            for reference, inner in re.findall(
                rb'<(?:threadedC|c)omment\b[^>]*?ref="([A-Z]+\d+)"[^>]*>(.*?)</(?:threadedC|c)omment>', data, re.DOTALL
            ):
                words = line(re.sub(r"<[^<>]+>", " ", inner.decode("utf-8", "replace")))
                import_notes.append(ImportNote(f"cell {reference.decode()}", f"a comment was left out: “{words}”"))
        elif re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            import_notes += [
                ImportNote(
                    f"cell {cell}",
                    f"a formula whose value is not in the file was left out: “={formula}”. Save it with the program that computes it",
                )
                for cell, formula in empty_formulas(read_part(package, name))
            ]
        elif name == "content.xml":
            for inner in re.findall(rb"<office:annotation\b[^>]*>(.*?)</office:annotation>", read_part(package, name), re.DOTALL):
                words = line(re.sub(r"<[^<>]+>", " ", inner.decode("utf-8", "replace")))
                import_notes.append(ImportNote("a cell", f"a comment was left out: “{words}”"))
        elif name.lower().endswith("vbaproject.bin"):
            import_notes.append(ImportNote("the whole file", "its macros were left out, and not run"))
    return import_notes
