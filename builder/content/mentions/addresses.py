"""E-mail addresses, web addresses, file names and `@` or `#` handles in a text: a name within them is no mention."""

from bisect import bisect_left
from functools import lru_cache

from builder.i18n.patterns import late
from builder.i18n.scripts import CLOSE

_BEFORE, _AFTER, _ENDS = " \n\t(\"'", " \n\t,;)\"'", frozenset({". ", ".\n", ".", ": ", "?", "? ", "!", "! "})

_EDGE = late(rf"[\s{CLOSE}<>“”«»„‘’\"()\[\]{{}}|]")
_ADDRESS = late(
    r"[a-zA-Z][a-zA-Z0-9+.-]{0,30}://\S+"  # https://example.org/brack
    r"|(?<![\w.])www\.\S+"
    r"|[\w.+%-]{1,64}@[\w-]+(?:\.[\w-]+)*"  # brack@example.org
    r"|(?<!\w)[@#]\w[\w.-]*"  # @brack, #brack
    r"|(?<![\w.-])(?:[\w-]+\.)+[a-z][a-z0-9]+(?!\w)(?:[/?#:]\S*)?"  # brack.example.org/x, brack.pdf
    r"|(?<![\w./\\])(?:~|\.{1,2}|[A-Za-z]:)?[/\\][\w~][\w./\\~-]*"  # /srv/brack, C:\brack
)


def is_in_address(text: str, start: int, end: int) -> bool:
    """Return whether a range of a text is a part of an address."""
    # Nearly all names stand between spaces and punctuation, which no address has at its edge.
    if (not start or text[start - 1] in _BEFORE) and (text[end : end + 1] in _AFTER or text[end : end + 2] in _ENDS):
        return False
    edges = _edges(text)
    following = bisect_left(edges, start)
    low = edges[following - 1] + 1 if following else 0
    behind = bisect_left(edges, end)
    high = edges[behind] if behind < len(edges) else len(text)
    if high - low == end - start:
        return False
    addresses = _addresses(text, low, high)
    at = bisect_left(addresses, (end, 0))
    while at and addresses[at - 1][1] > start:
        at -= 1
        if addresses[at][0] < start or addresses[at][1] > end:
            return True
    return False


# Asked again and again of one text: each part of it is searched once, however many names it has.


@lru_cache(maxsize=4)
def _edges(text: str) -> list[int]:
    return [found.start() for found in _EDGE.finditer(text)]


@lru_cache(maxsize=100)
def _addresses(text: str, low: int, high: int) -> list[tuple[int, int]]:
    return [found.span() for found in _ADDRESS.finditer(text, low, high)]
