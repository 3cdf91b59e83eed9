"""Stylesheets as they are published: one file of all sections, without comments and indentation."""

import re
from collections.abc import Callable
from functools import lru_cache

from builder.i18n.patterns import late

SUFFIX = ".css"

SECTIONS = "assets/backstory/"
"""The folder of the sections that `assets/backstory.css` and others import; they are published only as parts of these."""

_IMPORT = late(r"^@import url\(\"(backstory/[\w-]+\.css)\"\)(?: layer\(([\w.-]+)\))?;$", re.MULTILINE)

_PART = late(
    r"""
      (?P<kept> "(?:\\.|[^"\\\n])*"? | '(?:\\.|[^'\\\n])*'?                # words in quotation marks
              | (?<![\w-])url\(\s*(?!["'\s])(?:\\.|[^\\)])*\)? )           # an address without any
    | (?P<line> ^[ \t]* /\*(?:[^*]|\*(?!/))*\*/ [ \t]*\n )                # a comment on lines of its own
    | (?P<space>[ \t]*) (?P<comment> /\*(?:[^*]|\*(?!/))*\*/ )            # one behind or between other things
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_INDENT = late(r"(?<!\\\n)^(?:[ \t]+|\n)", re.MULTILINE)
"""White space at the beginning of lines, but of those that go on with words in quotation marks: a page is lighter without."""

_LICENCE = late(r"/\*!|licen[cs]e|copyright|©|\(c\)", re.IGNORECASE)
_APART = frozenset(("", *" \t\n\r\f{};,"))


def is_section(output: str) -> bool:
    """Return whether a file with this path in the output is a section of a stylesheet, which is not published alone."""
    return output.startswith(SECTIONS) and output.endswith(SUFFIX)


def sections(text: str) -> tuple[str, ...]:
    """Return the sections that a stylesheet in `assets/` imports, by their paths in the output."""
    return tuple(f"assets/{found[1]}" for found in _IMPORT.finditer(text))


def joined(data: bytes, section: Callable[[str], bytes | None]) -> bytes:
    """Return a stylesheet of `assets/` with the sections that it imports in their places, each in the cascade layer that the import names.

    `section` gives the content of a section by its path in the output, None if there is none: then the import stays as it is.
    """
    if b"@import" not in data:
        return data
    try:
        return _IMPORT.sub(lambda found: _section(found, section(f"assets/{found[1]}")), data.decode("utf-8")).encode("utf-8")
    except UnicodeDecodeError:
        return data


def _section(match: re.Match[str], data: bytes | None) -> str:
    if data is None:
        return match[0]
    # An address in a section is relative to its folder.
    text = _INDENT.sub("", data.decode("utf-8").replace('url("../', 'url("').strip())
    return f"@layer {match[2]} {{\n{text}\n}}" if match[2] else text


@lru_cache(maxsize=4)
def bare(data: bytes) -> bytes:
    """Return a stylesheet without its comments but those of a licence; as it is where it is not UTF-8."""
    # It is asked for twice in a build: for its digest, and to be written.
    if b"/*" not in data:
        return data
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    return _PART.sub(_without, text).encode("utf-8")


def _without(match: re.Match[str]) -> str:
    if match["kept"] is not None or _LICENCE.search(match["comment"] or match["line"]):
        return match[0]
    if match["line"] is not None:
        return ""
    text, space = match.string, match["space"]
    before, after = text[match.start("comment") - 1 : match.start("comment")], text[match.end() : match.end() + 1]
    if not after or after == "\n":
        return ""
    # Nothing else keeps two words apart and means as little: a/**/.b is not a .b
    return space if before in _APART or after in _APART else "/**/"
