"""What to say of a format that there is none of: which one may be meant."""

import re
from collections.abc import Mapping

from builder import diagnostics

_OF_PROGRAMS = {
    "excel": "csv",
    "xlsx": "csv",
    "spreadsheet": "csv",
    "ical": "ics",
    "icalendar": "ics",
    "bibtex": "csl-json",
    "bibliography": "csl-json",
    "ftm": "followthemoney",
    "knightlab": "timelinejs",
    "iptc": "ninjs",
    "json-ld": "annotations",
}
"""Names of programs and of like formats, each with the format that serves there."""


def unknown_format(word: str, formats: Mapping[str, str], endings: Mapping[str, str] | None = None) -> str:
    """Return what to say of an unknown format. `formats` are those that there are, each with what it is; `endings` are names of files' ends, each with its format."""
    plain = word.casefold().strip(". ")
    known = {**_OF_PROGRAMS, **{ending.strip("."): name for ending, name in (endings or {}).items()}}
    described = next((name for name, about in formats.items() if plain and re.search(rf"\b{re.escape(plain)}\b", about, re.IGNORECASE)), "")
    meant = plain if plain in formats else known.get(plain, described)
    if meant in formats:
        hint = f" Did you mean “{meant}”: {formats[meant]}?"
    else:
        hint = f" {found}" if (found := diagnostics.did_you_mean(plain, formats, alike=0.7)) else ""
    return f"there is no format “{word}”.{hint} There are: {', '.join(formats)}"
