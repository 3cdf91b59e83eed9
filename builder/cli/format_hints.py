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

_SMALL_WORDS = frozenset(
    {
        "and",
        "any",
        "both",
        "each",
        "for",
        "from",
        "has",
        "its",
        "others",
        "own",
        "same",
        "several",
        "some",
        "such",
        "than",
        "that",
        "the",
        "their",
        "them",
        "then",
        "these",
        "this",
        "what",
        "with",
    }
)
"""Words of descriptions that name nothing."""


def unknown_format(word: str, formats: Mapping[str, str], endings: Mapping[str, str] | None = None) -> str:
    """Return what to say of an unknown format. `formats` are those that there are, each with what it is; `endings` are names of files' ends, each with its format."""
    plain = word.casefold().strip(". ")
    known = {**_OF_PROGRAMS, **{ending.strip("."): name for ending, name in (endings or {}).items()}}
    names_something = len(plain) > 2 and plain not in _SMALL_WORDS
    described = next(
        (name for name, about in formats.items() if names_something and re.search(rf"\b{re.escape(plain)}\b", about, re.IGNORECASE)), ""
    )
    meant = plain if plain in formats else known.get(plain, described)
    if meant in formats:
        hint = f" Did you mean “{meant}”: {formats[meant]}?"
    else:
        hint = f" {found}" if (found := diagnostics.did_you_mean(plain, formats, alike=0.7)) else ""
    return f"there is no format “{word}”.{hint} There are: {', '.join(formats)}"
