"""The interface of a mark that a plugin brings: `[words]{x-term=quorum}`.

A text is read without plugins; which marks there are is known when the site is linked (`build.plugin_mark_styles`).
"""

import re
from collections.abc import Callable

import msgspec

from builder.content.markup.safe_addresses import safe_url
from builder.model import Site, SpanStyle

_NAME = re.compile(r"x-[a-z0-9-]+")
_CSS = re.compile(r"[a-z][a-z0-9_-]*(?: [a-z][a-z0-9_-]*)*")


class UnknownValue(Exception):
    """A mark does not know the value that an author has given it; the message says why, for the author."""


class Mark(msgspec.Struct, frozen=True):
    """A mark, as an entry point of `backstory.marks` leads to it."""

    name: str
    """As authors write it, with `x-` in front: `x-term`."""
    line: str
    """What it is for, in one line."""
    style: Callable[[Site, str], SpanStyle]
    """From the value to how the words are shown. Raises `UnknownValue`."""


def is_name(name: str) -> bool:
    """Return whether a mark of a plugin may be called so."""
    return _NAME.fullmatch(name) is not None


def checked(style: object) -> SpanStyle:
    """Return a style that can stand in a page. Raises `TypeError` or `ValueError` for any other."""
    if not isinstance(style, SpanStyle):
        raise TypeError(f"a mark returns a SpanStyle, not {type(style).__name__}")
    if any(not isinstance(words, str) for words in msgspec.structs.astuple(style)):
        raise TypeError("a SpanStyle has nothing but strings")
    if style.css and not _CSS.fullmatch(style.css):
        raise ValueError(f"“{style.css}” is no name of a class")
    if style.href and not (style.label.strip() and safe_url(style.href) and style.href.startswith(("/", "http:", "https:"))):
        raise ValueError(f"“{style.href}” is no address with a label; write https://… or a path with a slash before it")
    return style
