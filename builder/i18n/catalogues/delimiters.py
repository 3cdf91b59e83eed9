"""Write which quotation marks CLDR knows of each language, from its JSON, into `builder/content/quotations/delimiters.py`.

Babel does not carry them. With the package `cldr-misc-full` of the Unicode Consortium, unpacked:

    npm pack cldr-misc-full && tar xzf cldr-misc-full-*.tgz
    python -m builder.i18n.catalogues.delimiters package
"""

import json
import sys
from collections.abc import Mapping
from pathlib import Path

TABLE = Path(__file__).parents[2] / "content" / "quotations" / "delimiters.py"
_KEYS = ("quotationStart", "quotationEnd", "alternateQuotationStart", "alternateQuotationEnd")


def read(package: Path) -> tuple[str, dict[str, str]]:
    """Return the version of CLDR of a package, and the four marks of each language that differ from those of the shorter tag, or from CLDR’s default (`und`)."""
    version: str = json.loads((package / "package.json").read_text("utf-8"))["version"]
    every: dict[str, str] = {}
    for path in sorted((package / "main").glob("*/delimiters.json")):
        tag = path.parent.name
        marks = json.loads(path.read_text("utf-8"))["main"][tag]["delimiters"]
        every[tag.lower()] = "".join(marks[key].strip() for key in _KEYS)
    wrong = [tag for tag, marks in every.items() if len(marks) != len(_KEYS)]
    if wrong:
        raise ValueError(f"marks of more than one sign: {', '.join(wrong)}")
    return version, {tag: marks for tag, marks in sorted(every.items()) if marks != _above(every, tag)}


def _above(every: Mapping[str, str], tag: str) -> str:
    while "-" in tag:
        tag = tag.rpartition("-")[0]
        if tag in every:
            return every[tag]
    return every["und"] if tag != "und" else ""


def source(version: str, table: Mapping[str, str]) -> str:
    """Return the module that holds the table, in the form that the formatter keeps."""
    lines = "".join(f'    "{tag}": "{marks}",\n' for tag, marks in table.items())
    return (
        f'"""The quotation marks of each language, from CLDR {version}, by `python -m builder.i18n.catalogues.delimiters`: not written by hand."""\n\n'
        "from collections.abc import Mapping\n\n"
        f'VERSION = "{version}"\n\n'
        f"DELIMITERS: Mapping[str, str] = {{\n{lines}}}\n"
        '"""Tag in small letters → the mark that opens, the one that closes, and the same two within a quotation."""\n'
    )


if __name__ == "__main__":
    TABLE.write_text(source(*read(Path(sys.argv[1]))), "utf-8")
