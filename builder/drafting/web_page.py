"""The words of an article out of a page of HTML, and the metadata of the page."""

import html
import re
from html.parser import HTMLParser
from typing import NamedTuple

import msgspec

from builder.content import unclosed_html

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
_VOID = frozenset(["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"])
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
    reader = _Reader(text, within)
    reader.feed(unclosed_html.closed(text, " "))  # of the same length: offsets are counted
    reader.close()
    published = reader.meta.get("article:published_time", "") or reader.meta.get("date", "") or reader.time
    day = _DAY.match(published)
    metadata = PageMetadata(
        title=" ".join((reader.meta.get("og:title") or reader.heading or reader.title).split()),
        url=reader.meta.get("og:url") or reader.canonical,
        publisher=reader.meta.get("og:site_name", ""),
        published=day[0] if day else "",
    )
    return PageText("".join(reader.words), tuple(reader.offsets), metadata)


class _Reader(HTMLParser):
    def __init__(self, text: str, within: str) -> None:
        super().__init__(convert_charrefs=False)
        self.words: list[str] = []
        self.offsets: list[int] = []
        self.meta: dict[str, str] = {}
        self.title = self.heading = self.canonical = self.time = ""
        self._lines = [0, *(found.end() for found in re.finditer("\n", text))]
        self._within, self._inside = within, not within
        self._left_out = 0
        self._open: list[str] = []

    def _offset(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "meta":
            self.meta.setdefault((attributes.get("property") or attributes.get("name") or "").lower(), attributes.get("content", ""))
        elif tag == "link" and attributes.get("rel") == "canonical":
            self.canonical = attributes.get("href", "")
        elif tag == "time" and not self.time:
            self.time = attributes.get("datetime", "")
        if tag == self._within:
            self._inside = True
        if tag in _VOID:
            self._break(tag)
            return
        self._open.append(tag)
        self._left_out += tag in _WITHOUT
        self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while self._open:
            closed = self._open.pop()
            self._left_out -= closed in _WITHOUT
            if closed == tag:
                break
        self._break(tag)
        if tag == self._within:
            self._inside = False

    def _break(self, tag: str) -> None:
        if tag in _BLOCKS and self.words and self.words[-1] != "\n":
            self._add("\n", self._offset())

    def _add(self, char: str, offset: int) -> None:
        self.words.append(char)
        self.offsets.append(offset)

    def _take(self, data: str, offset: int, *, spread: bool) -> None:
        if self._open and self._open[-1] == "title":
            self.title += data
        if not self._inside or self._left_out:
            return
        if "h1" in self._open and not self.heading.endswith("\n"):
            self.heading += data
        for n, char in enumerate(data):
            if char.isspace():  # lines of a file say nothing in HTML
                if not self.words or not self.words[-1].isspace():
                    self._add(" ", offset + n * spread)
            else:
                self._add(char, offset + n * spread)

    def handle_data(self, data: str) -> None:
        self._take(data, self._offset(), spread=True)

    def handle_entityref(self, name: str) -> None:
        self._take(html.unescape(f"&{name};"), self._offset(), spread=False)

    def handle_charref(self, name: str) -> None:
        self._take(html.unescape(f"&#{name};"), self._offset(), spread=False)
