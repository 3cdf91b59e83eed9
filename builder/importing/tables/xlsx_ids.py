"""Ids written into a new last column of an XLSX workbook; every other part of it, and every other cell, stays as it is."""

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape, unescape

from builder.importing.importer_types import ImportProblem
from builder.importing.unpacking import open_package, read_part

_WORKBOOK, _LINKS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_SHEET = re.compile(r"<sheet\b[^>]*>")
_LINK = re.compile(r"<Relationship\b[^>]*>")
_ROW = re.compile(r"<row\b(?P<said>[^>]*?)(?:/>|>(?P<cells>.*?)</row>)", re.DOTALL)
_NUMBER = re.compile(r'\br="(\d+)"')
_COLUMN = re.compile(r'<c\b[^>]*?\br="([A-Z]{1,3})\d+"')
_SPANS = re.compile(r'\sspans="[^"]*"')
_WHOLE = re.compile(r"<dimension\b[^>]*/>")


def with_ids(data: bytes, sheet: str, header: int, ids: Mapping[int, str]) -> bytes:
    """Return a workbook with a column `id`: in the row `header` its name, in others their ids, by number. `sheet` may be left out where there is one only.

    `ImportProblem` where that cannot be done without a change of something else.
    """
    with open_package(data) as package:
        name = _part_of(package, sheet)
        try:
            text = read_part(package, name).decode("utf-8")
        except UnicodeDecodeError as error:
            raise ImportProblem("its sheet is not in UTF-8, so no ids can be written into it") from error
        changed = _with_column(text, {header: "id", **ids})
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as made:
            for info in package.infolist():
                made.writestr(info, changed.encode() if info.filename == name else read_part(package, info.filename), zipfile.ZIP_DEFLATED)
    return stream.getvalue()


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf'\s{name}="([^"]*)"', tag)
    return unescape(found[1], {"&quot;": '"', "&apos;": "'"}) if found else ""


def _part_of(package: zipfile.ZipFile, sheet: str) -> str:
    """Return the name of the part that has a sheet."""
    tags = _SHEET.findall(read_part(package, _WORKBOOK).decode("utf-8", "replace"))
    if not sheet and len(tags) != 1:
        raise ImportProblem("it has several sheets, so it is not certain which gets ids. Say it with --sheet")
    wanted = next((_attribute(tag, "r:id") for tag in tags if not sheet or _attribute(tag, "name") == sheet), "")
    for tag in _LINK.findall(read_part(package, _LINKS).decode("utf-8", "replace")):
        if wanted and _attribute(tag, "Id") == wanted:
            target = _attribute(tag, "Target")
            name = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            if name in package.namelist():
                return name
    raise ImportProblem("its sheet could not be found in the file, so no ids can be written into it")


def _with_column(text: str, words: Mapping[int, str]) -> str:
    letters = max(_COLUMN.findall(text), key=_number_of, default="")
    column = _letters(_number_of(letters) + 1)
    left = dict(words)

    def row(match: re.Match[str]) -> str:
        number = _NUMBER.search(match["said"])
        if number is None or (word := left.pop(int(number[1]), None)) is None:
            return match[0]
        cell = f'<c r="{column}{number[1]}" t="inlineStr"><is><t>{escape(word)}</t></is></c>'
        return f"<row{_SPANS.sub('', match['said'])}>{match['cells'] or ''}{cell}</row>"

    made = _WHOLE.sub("", _ROW.sub(row, text))
    if left or not letters:
        raise ImportProblem(
            "its rows have no numbers in the file, so no ids can be written into it. Save it once with a spreadsheet program"
        )
    return made


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _letters(number: int) -> str:
    made = ""
    while number:
        number, rest = divmod(number - 1, 26)
        made = chr(65 + rest) + made
    return made
