"""Ids written into a new column of an ODS spreadsheet, behind the others; every other part of it, and every other cell, stays as it is."""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from xml.sax.saxutils import escape, unescape

from builder.importing.importer_types import ImportProblem
from builder.importing.unpacking import open_package, read_part

_CONTENT = "content.xml"
_TABLE = re.compile(r"<table:table\b(?P<said>[^>]*)>(?P<inner>.*?)</table:table>", re.DOTALL)
_ROW = re.compile(r"<table:table-row\b(?P<said>[^>]*?)(?:/>|>(?P<cells>.*?)</table:table-row>)", re.DOTALL)
_CELL = re.compile(
    r"<table:(?P<tag>(?:covered-)?table-cell)\b(?P<said>[^>]*?)(?P<end>/>|>(?P<inner>.*?)</table:(?:covered-)?table-cell>)", re.DOTALL
)
_COLUMNS = r'\s?\btable:number-columns-repeated="(\d+)"'
_ROWS = re.compile(r'\btable:number-rows-repeated="(\d+)"')
_NAME = re.compile(r'\btable:name="([^"]*)"')


def with_ids(data: bytes, sheet: str, header: int, width: int, ids: Mapping[int, str]) -> bytes:
    """Return a spreadsheet with a column `id` behind `width` others: in the row `header` its name, in others their ids, by number.

    `ImportProblem` where that cannot be done without a change of something else. `sheet` may be left out where there is one only.
    """
    with open_package(data) as package:
        try:
            text = read_part(package, _CONTENT).decode("utf-8")
        except UnicodeDecodeError as error:
            raise ImportProblem("its content is not in UTF-8, so no ids can be written into it") from error
        tables = [match for match in _TABLE.finditer(text) if not sheet or unescape("".join(_NAME.findall(match["said"])[:1])) == sheet]
        if len(tables) != 1:
            raise ImportProblem("it has several sheets, so it is not certain which gets ids. Say it with --sheet")
        at, to = tables[0].span("inner")
        changed = text[:at] + _with_column(text[at:to], width, {header: "id", **ids}) + text[to:]
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as made:
            for info in package.infolist():
                part = changed.encode() if info.filename == _CONTENT else read_part(package, info.filename)
                made.writestr(info, part, info.compress_type)
    return stream.getvalue()


def _with_column(text: str, width: int, words: Mapping[int, str]) -> str:
    left = dict(words)
    number = 0

    def row(match: re.Match[str]) -> str:
        nonlocal number
        times = _ROWS.search(match["said"])
        first, number = number + 1, number + (int(times[1]) if times else 1)
        word = left.pop(first, None) if first == number else None
        if word is None:
            return match[0]
        return f"<table:table-row{match['said']}>{''.join(_cells(match['cells'] or '', width, word))}</table:table-row>"

    made = _ROW.sub(row, text)
    if left:
        raise ImportProblem("its rows are repeated in the file, so no ids can be written into it. Save it as XLSX or CSV")
    return made


def _cells(cells: str, width: int, word: str) -> Iterator[str]:
    """Yield the cells of a row with one more behind `width` of them; what is empty there makes room for it."""
    own = f'<table:table-cell office:value-type="string"><text:p>{escape(word)}</text:p></table:table-cell>'
    at, is_done = 0, False
    for cell in _CELL.finditer(cells):
        found = re.search(_COLUMNS, cell["said"])
        times = int(found[1]) if found else 1
        if is_done or at + times <= width:
            yield cell[0]
        elif cell["inner"]:
            raise ImportProblem(f"it has a cell behind those that have names, so no ids can be written into it: “{word}”")
        else:
            before, behind = width - at, at + times - width - 1
            yield (_empty(cell, before) if before else "") + own + (_empty(cell, behind) if behind else "")
            is_done = True
        at += times
    if not is_done:
        yield (f'<table:table-cell table:number-columns-repeated="{width - at}"/>' if at < width else "") + own


def _empty(cell: re.Match[str], times: int) -> str:
    return f'<table:{cell["tag"]}{re.sub(_COLUMNS, "", cell["said"])} table:number-columns-repeated="{times}"/>'
