"""HTML whose last tags and comments are never closed, made safe for a reader that looks for their ends again and again."""

import re

from builder.i18n.patterns import late

_COMMENT = late(r"<(?=!--)")
_ANY = late("<")


def closed(html: str, instead: str = "&lt;") -> str:
    """Return HTML in which “<” is written as `instead` where no tag or comment ends behind it.

    Python's reader searches the rest of the text for the end of each, which takes time that grows with the square of their number.
    """
    html = _from(html, html.rfind(">") + 1, _ANY, instead)
    return _from(html, html.rfind("-->") + 3 if "-->" in html else 0, _COMMENT, instead)


def _from(html: str, at: int, sign: re.Pattern[str], instead: str) -> str:
    return html[:at] + sign.sub(instead, html[at:])
