"""Bare web addresses become links, as on GitHub.

What ends a sentence, closes a bracket or a quotation is no part of one, nor are Chinese or Japanese words that follow it without a space.
An address that was cut (“https://example.org/…”) leads nowhere and stays words.
"""

from typing import TYPE_CHECKING

from builder.content.markup import broken_links
from builder.content.markup.safe_addresses import safe_url
from builder.i18n.patterns import late
from builder.i18n.scripts import CLOSE

if TYPE_CHECKING:
    from builder.content.markup.inline_state import State

_HOST = r"(?:[^\W_](?:[\w-]{0,62}[^\W_])?\.)+[^\W\d_](?:[\w-]{0,62}[^\W_])?"
_PLACE = r"""[^\s<>"\\^`{|}\[\]“”„‟«»‹›‘‚、。〈-】〔-〟，．：；！？（）［］｛｝…]"""
"""A character of an address; a closing single quotation mark may be an apostrophe of one."""

_WEB = rf"(?i:ttps?)://(?:{_HOST}|\d{{1,3}}(?:\.\d{{1,3}}){{3}})(?:{_PLACE})*"
_WWW = rf"(?i:ww)\.{_HOST}(?:{_PLACE})*"
_FOUND_OF_WEB = late(rf"[hHwW](?<![^\W_{CLOSE}][\s\S])(?<![/.@-][\s\S])(?:(?P<web>(?<=[hH]){_WEB})|(?P<www>(?<=[wW]){_WWW}))")
"""Addresses of texts without “@”: so, with the first character before all else, the machine passes over plain words far faster."""
_FOUND = late(
    rf"(?<![^\W_{CLOSE}])(?<![/.@-])(?:"
    rf"(?P<web>[hH]{_WEB})"
    rf"|(?P<www>[wW]{_WWW})"
    r"|(?<!:)(?P<mail>[A-Za-z0-9](?:[A-Za-z0-9._+-]{0,62}[A-Za-z0-9_+-])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}(?![A-Za-z0-9_@-])))"
)
_GLUED = late(f"(?<=[A-Za-z0-9])[{CLOSE}]")
"""Where words go on behind an address, in a script without spaces: within one, such letters stand behind a slash or another sign."""

_ENTITY = late(r"&[A-Za-z0-9]{2,31};")
_LONGEST_ENTITY = 33
_TAIL = "?!.,:;*_~'’"
_CUT = ("…", "...")


def has_signs(text: str) -> bool:
    """Return whether there may be addresses in a text."""
    return "@" in text or "://" in text or "www." in text or ("W" in text and "WWW." in text)


def find(src: str) -> dict[int, tuple[int, str]]:
    """Return where addresses begin in a paragraph, each with its end and what it leads to."""
    if not has_signs(src):
        return {}
    pattern = _FOUND if "@" in src else _FOUND_OF_WEB
    found: dict[int, tuple[int, str]] = {}
    at = 0
    while match := pattern.search(src, at):
        start = match.start()
        at = match.end()
        if match.lastgroup == "mail":
            href = f"mailto:{match[0]}"
        else:
            address = _trimmed(match[0])
            at = start + len(address)
            if src.startswith(_CUT, at) or "." not in address:
                continue
            href = address.replace("&amp;", "&") if match.lastgroup == "web" else f"http://{address.replace('&amp;', '&')}"
        if safe_url(href):
            found[start] = (at, href)
    return found


def _trimmed(address: str) -> str:
    """Return an address without the signs of the sentence that it ends, and without the words behind it."""
    if glued := _GLUED.search(address):
        address = address[: glued.start()]
    deep = address.count("(") - address.count(")")
    end = len(address)
    while end:
        last = address[end - 1]
        if last == ")" and deep < 0:
            deep += 1
        elif (
            last == ";" and (sign := address.rfind("&", max(0, end - _LONGEST_ENTITY), end)) >= 0 and _ENTITY.fullmatch(address, sign, end)
        ):
            end = sign
            continue
        elif last not in _TAIL:
            break
        end -= 1
    return address[:end]


def link(state: "State") -> bool:
    """Make a link of the address that begins here; within the words of a link there is none."""
    at = state.pos
    end, href = state.addresses[at]
    if end > state.posMax or state.linkLevel:
        return False
    broken_links.in_other_brackets(state, at, end)
    token = state.push("link_open", "a", 1)
    token.attrs = {"href": state.md.normalizeLink(href)}
    token.meta = {"at": at, "end": end}
    words = state.push("text", "", 0)
    words.content = state.src[at:end].replace("&amp;", "&")
    state.push("link_close", "a", -1)
    state.pos = end
    return True
