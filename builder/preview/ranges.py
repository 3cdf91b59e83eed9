"""Conditional and range requests (RFC 9110, sections 13 and 14)."""

import re


def matches(header: str, etag: str) -> bool:
    """Return whether an If-None-Match names this ETag, which may be weak; weak comparison, as the standard has it there."""
    if header.strip() == "*":
        return True
    return etag.removeprefix("W/") in re.findall(r'"[^"]*"', header)


class NotSatisfiable(Exception):
    """The requested range has no byte of the file: 416."""


def wanted(header: str, if_range: str, etag: str, size: int) -> tuple[int, int] | None:
    """Return the first byte of the range and the one after its last; None if the whole file is to be sent.

    Ranges that make no sense are ignored, as the standard asks; so are several at once, which no browser sends for what a site has.
    Raises `NotSatisfiable`.
    """
    if if_range and (if_range != etag or etag.startswith("W/")):
        return None
    match = re.fullmatch(r"bytes=\s*(\d{0,18})-(\d{0,18})\s*", header, re.ASCII)
    if not match or not (match[1] or match[2]):
        return None
    if not match[1]:
        length = min(int(match[2]), size)
        if not length:
            raise NotSatisfiable
        return size - length, size
    first = int(match[1])
    last = int(match[2]) if match[2] else size - 1
    if match[2] and last < first:
        return None
    if first >= size:
        raise NotSatisfiable
    return first, min(last + 1, size)
