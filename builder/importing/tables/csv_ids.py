"""Ids written into the column `id` of a CSV file; every other byte of it stays as it is."""

import csv
import re
from collections.abc import Mapping

from builder.importing import columns
from builder.importing.decoding import decode
from builder.importing.importer_types import ImportInput, ImportOptions, ImportProblem
from builder.importing.tables.csv_rows import separator


class _Lines(list[str]):
    write = list.append


def with_ids(import_input: ImportInput, options: ImportOptions, header: int, ids: Mapping[int, str]) -> bytes:
    """Return a CSV file with ids for some rows, by number; `header` is the number of the row that names the columns.

    `ImportProblem` where the file would come out as another one.
    """
    text = decode(import_input.data, options.encoding)
    encoding = _encoding(import_input.data, text, options.encoding)
    lines = re.findall(r"[^\n\r]*(?:\r\n|\n|\r)|[^\n\r]+", text)
    sign = separator([line.rstrip("\r\n") + "\n" for line in lines])
    reader = csv.reader([line.rstrip("\r\n") + "\n" for line in lines], delimiter=sign)
    done: list[str] = []
    at, begun, width = -1, 0, 0
    for number, row in enumerate(reader, 1):
        own = lines[begun : reader.line_num]
        begun = reader.line_num
        if number == header:
            at = next((n for n, name in enumerate(row) if columns.normalize_name(name) == "id"), -1)
            width = len(row)
            done += own if at >= 0 else _appended(own, f"{sign}id")
        elif number not in ids:
            done += own
        elif at < 0 and len(row) <= width:
            done += _appended(own, sign * (width - len(row) + 1) + ids[number])
        else:
            cells = [*row, *[""] * (max(at, width) + 1 - len(row))] if at >= 0 else [*row[:width], ids[number], *row[width:]]
            if at >= 0:
                if cells[at].strip():
                    message = f"row {number} has “{cells[at].strip()}” in its column “id”, and a bare number is no id here. Call that column otherwise, so that ids can be written into one"
                    raise ImportProblem(message)
                cells[at] = ids[number]
                cells = cells[: max(width, len(row))]
            written = _Lines()
            csv.writer(written, delimiter=sign, lineterminator="").writerow(cells)
            done.append("".join(written) + _end(own))
    return "".join(done).encode(encoding)


def _appended(lines: list[str], more: str) -> list[str]:
    end = _end(lines)
    return [*lines[:-1], lines[-1].removesuffix(end) + more + end]


def _end(lines: list[str]) -> str:
    found = re.search(r"[\r\n]*$", lines[-1])
    return found[0] if found else ""


def _encoding(data: bytes, text: str, said: str) -> str:
    """Return the encoding in which a text is these very bytes."""
    for name in (said, "utf-8", "utf-8-sig", "utf-16", "cp1252", "mac_roman"):
        try:
            if name and text.encode(name) == data:
                return name
        except (UnicodeEncodeError, LookupError):
            continue
    message = "no ids can be written into it, since its encoding is not certain. Save it as UTF-8"
    raise ImportProblem(message)
