"""Stylesheets as they are published: without the comments, which are for who edits them and cost every reader bytes."""

import re

SUFFIX = ".css"

_PART = re.compile(
    r"""
      (?P<kept> "(?:\\.|[^"\\\n])*"? | '(?:\\.|[^'\\\n])*'?                # words in quotation marks
              | (?<![\w-])url\(\s*(?!["'\s])(?:\\.|[^\\)])*\)? )           # an address without any
    | (?P<line> ^[ \t]* /\*(?:[^*]|\*(?!/))*\*/ [ \t]*\n )                # a comment on lines of its own
    | (?P<space>[ \t]*) (?P<comment> /\*(?:[^*]|\*(?!/))*\*/ )            # one behind or between other things
    """,
    re.VERBOSE | re.MULTILINE | re.DOTALL | re.IGNORECASE,
)
_LICENCE = re.compile(r"/\*!|licen[cs]e|copyright|©|\(c\)", re.IGNORECASE)
_APART = frozenset(("", *" \t\n\r\f{};,"))


def bare(data: bytes) -> bytes:
    """Return a stylesheet without its comments but those of a licence; as it is where it is not UTF-8."""
    if b"/*" not in data:
        return data
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return data
    return _PART.sub(_without, text).encode("utf-8")


def _without(found: re.Match[str]) -> str:
    if found["kept"] is not None or _LICENCE.search(found["comment"] or found["line"]):
        return found[0]
    if found["line"] is not None:
        return ""
    text, space = found.string, found["space"]
    before, after = text[found.start("comment") - 1 : found.start("comment")], text[found.end() : found.end() + 1]
    if not after or after == "\n":
        return ""
    # Nothing else keeps two words apart and means as little: a/**/.b is not a .b
    return space if before in _APART or after in _APART else "/**/"
