"""E-mail addresses, web addresses, file names and `@` or `#` handles in a text: a name within them is no mention."""

import re

from builder.i18n.patterns import late
from builder.i18n.scripts import CLOSE

_REACH = 200
"""Characters on either side of a name that may belong to the same address."""

_BEFORE, _AFTER, _ENDS = " \n\t(\"'", " \n\t,;)\"'", frozenset({". ", ".\n", ".", ": ", "?", "? ", "!", "! "})

_EDGE = late(rf"[\s{CLOSE}<>“”«»„‘’\"()\[\]{{}}|]")
_ADDRESS = late(
    r"[a-zA-Z][a-zA-Z0-9+.-]*://\S+"  # https://example.org/brack
    r"|(?<![\w.])www\.\S+"
    r"|[\w.+%-]+@[\w-]+(?:\.[\w-]+)*"  # brack@example.org
    r"|(?<!\w)[@#]\w[\w.-]*"  # @brack, #brack
    r"|(?<![\w.])(?:[\w-]+\.)+[a-z][a-z0-9]+(?!\w)(?:[/?#:]\S*)?"  # brack.example.org/x, brack.pdf
    r"|(?<![\w./\\])(?:~|\.{1,2}|[A-Za-z]:)?[/\\][\w~][\w./\\~-]*"  # /srv/brack, C:\brack
)


def is_in_address(text: str, start: int, end: int) -> bool:
    """Return whether a range of a text is a part of an address."""
    # Nearly all names stand between spaces and punctuation, which no address has at its edge.
    if (not start or text[start - 1] in _BEFORE) and (text[end : end + 1] in _AFTER or text[end : end + 2] in _ENDS):
        return False
    low, high = start, end
    least, most = max(0, start - _REACH), min(len(text), end + _REACH)
    while low > least and not _EDGE.match(text, low - 1):
        low -= 1
    while high < most and not _EDGE.match(text, high):
        high += 1
    if high - low == end - start:
        return False
    for found in _ADDRESS.finditer(text, low, high):
        if found.start() < end and found.end() > start and (found.start() < start or found.end() > end):
            return True
    return False
