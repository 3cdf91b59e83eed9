"""Addresses that a link or an image may have."""

import html
import re
from urllib.parse import unquote

from builder.i18n.patterns import late

_SCHEMES = ("http", "https", "mailto", "tel")

_PLAIN = late(r"https?://[A-Za-z0-9.-]+(?::[0-9]+)?(?:[/?#][A-Za-z0-9._~/?#@!$&'()*+,;=:%-]*)?")
"""What nearly every outside address looks like: nothing in it can be read in two ways."""

_NEVER = late(r"[\x00-\x20\x7f-\x9f\\\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff]")
"""Controls, white space, invisible characters, backslashes: browsers drop or change them before they look for a scheme."""

_CONTROLS = late(r"[\x00-\x1f\x7f-\x9f\\]")
_SCHEME = late(r"([^/?#]*?):")
_HOST = late(r"https?://[^/?#]", re.IGNORECASE)
_ROUNDS = 4
"""How many times over an address may be encoded."""


def safe_url(url: str) -> bool:
    """Return whether `url` may be published: `http:`, `https:`, `mailto:`, `tel:`, a path on this site, a query or a fragment.

    Everything else is refused in every spelling, also `//host`: an author writes `https:` in front.
    """
    if _PLAIN.fullmatch(url):
        return True
    if _NEVER.search(url):
        return False
    if found := _SCHEME.match(url):
        scheme = found[1].lower()
        return scheme in _SCHEMES and (not scheme.startswith("http") or _HOST.match(url) is not None)
    # A path: however often it is decoded on its way, it must not become an address with a scheme or a host.
    for _ in range(_ROUNDS):
        squeezed = _NEVER.sub("", url)
        if squeezed.startswith("//") or _SCHEME.match(squeezed) or _CONTROLS.search(url):
            return False
        decoded = unquote(html.unescape(url))
        if decoded == url:
            return True
        url = decoded
    return False


def is_local(url: str) -> bool:
    """Return whether a safe address leads to a place on this site."""
    return _SCHEME.match(url) is None


def may_show(src: str) -> bool:
    """Return whether an address can be that of an image."""
    return bool(src) and safe_url(src) and not src.lower().startswith(("mailto:", "tel:", "#"))
