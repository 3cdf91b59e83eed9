"""The one reader of HTML: its tags, words and comments in their order, each with the place where it stands."""

import html
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser
from typing import NamedTuple

from builder.i18n.patterns import late

VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
"""Elements that have no end."""

_REFERENCE = late(r"&(?:#\d+;?|#[xX][\da-fA-F]+;?|[^\t\n\f <&#;]{1,32};?)")
_COMMENT, _ANY = late(r"<(?=!--)"), late("<")
_NO_TAG = "\ufdd0"
"""Stands for “<” where it begins nothing; Unicode keeps this character out of texts."""


class StartTag(NamedTuple):
    """The beginning of an element; its name and those of its attributes are in lower case."""

    tag: str
    attributes: Mapping[str, str]
    offset: int


class EndTag(NamedTuple):
    """The end of an element."""

    tag: str
    offset: int


class HtmlText(NamedTuple):
    """What stands between two tags, as a reader sees it: references such as `&amp;` are resolved."""

    text: str
    offset: int


class Comment(NamedTuple):
    """A comment."""

    text: str


HtmlEvent = StartTag | EndTag | HtmlText | Comment


def events(text: str) -> list[HtmlEvent]:
    """Return what stands in a text of HTML, in its order. A “<” where no tag or comment ends behind it is a word. Never raises."""
    reader = _Reader(text)
    reader.feed(_without_unclosed(text))
    reader.close()
    return reader.found


def offsets(text: str, words: HtmlText) -> Iterator[int]:
    """Return the offset of each character of words in their HTML. All characters of a reference stand where it begins."""
    at, left = words.offset, len(words.text)
    while left > 0:
        found = _REFERENCE.match(text, at)
        if found and (shown := html.unescape(found[0])) != found[0]:
            yield from [at] * len(shown)
            at, left = found.end(), left - len(shown)
        else:
            yield at
            at, left = at + 1, left - 1


def _without_unclosed(text: str) -> str:
    """Return HTML of the same length, in which “<” is another character where no tag or comment ends behind it.

    Python's reader searches the rest of the text for the end of each, which takes time that grows with the square of their number.
    """
    for sign, at in ((_ANY, text.rfind(">") + 1), (_COMMENT, text.rfind("-->") + 3 if "-->" in text else 0)):
        text = text[:at] + sign.sub(_NO_TAG, text[at:])
    return text


class _Reader(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[HtmlEvent] = []
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append(StartTag(tag, {name: (value or "").replace(_NO_TAG, "<") for name, value in attrs}, self._offset()))

    def handle_endtag(self, tag: str) -> None:
        self.found.append(EndTag(tag, self._offset()))

    def handle_data(self, data: str) -> None:
        self.found.append(HtmlText(data.replace(_NO_TAG, "<"), self._offset()))

    def handle_comment(self, data: str) -> None:
        self.found.append(Comment(data))
