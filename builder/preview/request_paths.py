"""Maps the target of a request to the name of an output file: decoded once, checked, then looked up by exactly that name."""

import re
from urllib.parse import parse_qs, quote, unquote_to_bytes

MAX_TARGET_BYTES = 2_000
"""Bytes of a target. What a browser shows of an address ends at about that."""
_UNFIT = re.compile(r"[\x00-\x1f\x7f\\]")


def split(target: bytes) -> tuple[bytes, dict[str, str]]:
    """Return the path of a target, not decoded, and its query, of which the first value of each name counts."""
    path, _, query = target.partition(b"?")
    try:
        values = parse_qs(query.decode("ascii"), keep_blank_values=True, errors="replace", max_num_fields=20)
    except ValueError:
        return path, {}
    return path, {name: given[0] for name, given in values.items()}


def name(path: bytes) -> str | None:
    """Return the name that a path asks for, "" or with a slash at its end where it asks for a folder; None if it can be no file of a site.

    It is decoded once: `%252e` asks for a file called `%2e`, which is looked up by that name and nowhere found.
    """
    if not path.startswith(b"/") or len(path) > MAX_TARGET_BYTES:
        return None
    try:
        decoded = unquote_to_bytes(path[1:]).decode("utf-8")
    except UnicodeDecodeError:
        return None
    if _UNFIT.search(decoded):
        return None
    parts = decoded.removesuffix("/").split("/") if decoded else []
    # An empty part would make the redirect to a folder lead to another machine: `//host/`. A leading dot is `..`, `.`, or hidden.
    if any(not part or part.startswith(".") for part in parts):
        return None
    return decoded


def file_of(name: str) -> str:
    """Return the output path of the file behind a name: that of a folder is its index.html."""
    return f"{name}index.html" if not name or name.endswith("/") else name


def address(name: str) -> str:
    """Return the path of a URL for a name: always on this server, since `name` has no empty part."""
    return "/" + quote(name)
