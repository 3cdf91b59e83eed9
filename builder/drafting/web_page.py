"""The words of an article out of a page of HTML, and the metadata of the page."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from builder.content import html_events
from builder.content.html_events import VOID, EndTag, HtmlText, StartTag

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "br",
        "dd",
        "div",
        "dl",
        "dt",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "td",
        "th",
        "tr",
        "ul",
    ]
)
_WITHOUT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "figure",
        "figcaption",
        "button",
        "svg",
        "iframe",
        "select",
        "head",
    ]
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


class PageMetadata(msgspec.Struct, frozen=True):
    """The metadata of a page; "" where it has none."""

    title: str = ""
    url: str = ""
    publisher: str = ""
    published: str = ""


class PageText(NamedTuple):
    """The words of a page."""

    words: str
    offsets: tuple[int, ...]
    """Where each character stands in the page."""
    metadata: PageMetadata


def from_html(text: str) -> PageText:
    """Return the words of a page, with the offset of each character in it, and its metadata. Never raises.

    Where the page has one `article` or `main`, these are its words, else all that is not around them: menus, feet, forms.
    """
    lowered = text.lower()
    within = next((tag for tag in ("article", "main") if lowered.count(f"<{tag}") == 1), "")
    reader = _ArticleWords(within)
    for event in html_events.events(text):
        match event:
            case StartTag(tag, attributes, at):
                reader.begin(tag, attributes, at)
            case EndTag(tag, at):
                reader.end(tag, at)
            case HtmlText(words):
                reader.take(words, html_events.offsets(text, event))
    published = reader.meta.get("article:published_time", "") or reader.meta.get("date", "") or reader.time
    day = _DAY.match(published)
    metadata = PageMetadata(
        title=" ".join((reader.meta.get("og:title") or reader.heading or reader.title).split()),
        url=reader.meta.get("og:url") or reader.canonical,
        publisher=reader.meta.get("og:site_name", ""),
        published=day[0] if day else "",
    )
    return PageText("".join(reader.words), tuple(reader.offsets), metadata)


class _ArticleWords:
    def __init__(self, within: str) -> None:
        self.words: list[str] = []
        self.offsets: list[int] = []
        self.meta: dict[str, str] = {}
        self.title = self.heading = self.canonical = self.time = ""
        self._within, self._inside = within, not within
        self._left_out = 0
        self._open: list[str] = []

    def begin(self, tag: str, attributes: Mapping[str, str], offset: int) -> None:
        if tag == "meta":
            self.meta.setdefault((attributes.get("property") or attributes.get("name") or "").lower(), attributes.get("content", ""))
        elif tag == "link" and attributes.get("rel") == "canonical":
            self.canonical = attributes.get("href", "")
        elif tag == "time" and not self.time:
            self.time = attributes.get("datetime", "")
        if tag == self._within:
            self._inside = True
        if tag not in VOID:
            self._open.append(tag)
            self._left_out += tag in _WITHOUT
        self._break(tag, offset)

    def end(self, tag: str, offset: int) -> None:
        if tag not in self._open:
            return
        while self._open:
            closed = self._open.pop()
            self._left_out -= closed in _WITHOUT
            if closed == tag:
                break
        self._break(tag, offset)
        if tag == self._within:
            self._inside = False

    def _break(self, tag: str, offset: int) -> None:
        if tag in _BLOCKS and self.words and self.words[-1] != "\n":
            self._add("\n", offset)

    def _add(self, char: str, offset: int) -> None:
        self.words.append(char)
        self.offsets.append(offset)

    def take(self, words: str, offsets: Iterable[int]) -> None:
        if self._open and self._open[-1] == "title":
            self.title += words
        if not self._inside or self._left_out:
            return
        if "h1" in self._open and not self.heading.endswith("\n"):
            self.heading += words
        for char, offset in zip(words, offsets, strict=True):
            if not char.isspace():
                self._add(char, offset)
            elif not self.words or not self.words[-1].isspace():  # lines of a file say nothing in HTML
                self._add(" ", offset)
