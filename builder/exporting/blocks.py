"""HTML that our renderer made, as blocks of words: what a document of Word or a text in Markdown is written from."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from builder.content import html_events
from builder.content.html_events import EndTag, HtmlText, StartTag

HEADING, PARAGRAPH, ITEM, CODE, TABLE, RULE, TERM = "heading", "paragraph", "item", "code", "table", "rule", "term"


class TextRun(msgspec.Struct, frozen=True):
    """Words of one kind."""

    text: str
    bold: bool = False
    italic: bool = False
    struck: bool = False
    code: bool = False
    link: str = ""
    note: int = 0
    """The number of a note that is referred to; 0 for words."""
    is_attribution: bool = False
    """Whether it is ours: whose the words before it are."""
    is_break: bool = False
    picture: str = ""
    """The path of a picture; the words describe it."""


Runs = tuple[TextRun, ...]


class TextBlock(msgspec.Struct, frozen=True):
    """One block."""

    kind: str
    runs: Runs = ()
    level: int = 0
    """Of a heading, 1 to 6; of an item, how deep its list lies, from 1 on. Further paragraphs of an item have its depth."""
    number: int = 0
    """Of an item of a numbered list; 0 for any other."""
    quoted: int = 0
    """How many block quotes it stands in."""
    rows: tuple[tuple[Runs, ...], ...] = ()
    """Of a table, its head first."""


def blocks(html: str) -> tuple[TextBlock, ...]:
    """Return the blocks of HTML."""
    made = _Blocks()
    for event in html_events.events(html):
        match event:
            case StartTag(tag, attributes):
                made.begin(tag, attributes)
            case EndTag(tag):
                made.end(tag)
            case HtmlText(text):
                made.add(text)
    return made.result()


def words(runs: Runs) -> str:
    """Return words without their marks."""
    return "".join(run.text for run in runs)


_STYLES: Mapping[str, Mapping[str, Any]] = {
    "strong": {"bold": True},
    "em": {"italic": True},
    "s": {"struck": True},
    "del": {"struck": True},
    "code": {"code": True},
}


_HEADING = re.compile(r"h[1-6]")


class _Blocks:
    def __init__(self) -> None:
        self._done: list[TextBlock] = []
        self._runs: list[TextRun] = []
        self._styles: list[tuple[str, Mapping[str, Any]]] = []
        self._kind, self._level = PARAGRAPH, 0
        self._lists: list[int] = []
        """The number of the next item of each open list; 0 for one without numbers."""
        self._number = 0
        self._quoted = 0
        self._rows: list[list[Runs]] = []
        self._in_table = self._in_pre = False

    def begin(self, tag: str, said: Mapping[str, str]) -> None:
        if tag in _STYLES:
            if not self._in_pre:
                self._styles.append((tag, _STYLES[tag]))
        elif tag == "a":
            self._styles.append((tag, {"link": said.get("href", "")}))
        elif tag == "span":
            self._styles.append((tag, {"is_attribution": True} if said.get("class") == "attribution" else {}))
        elif tag == "sup" and "data-note" in said:
            self._runs.append(TextRun("", note=int(said["data-note"])))
        elif tag == "br":
            self._runs.append(TextRun("\n", is_break=True))
        elif tag == "img":
            self.add(f"[{said.get('alt') or said.get('src', '')}]", picture=said.get("src", ""))
        else:
            self._begin_block(tag, said)

    def _begin_block(self, tag: str, said: Mapping[str, str]) -> None:
        """Begin a block; all that came before is another."""
        if tag == "tr":
            self._rows.append([])
        elif tag in {"li", "ul", "ol"}:
            self._end_block()
            self._in_list(tag, said)
        elif tag == "p":
            if not (self._kind == ITEM and not self._runs):
                self._end_block()
        elif tag in {"table", "blockquote", "hr", "pre", "dt", "dd", "figure", "figcaption"} or _HEADING.fullmatch(tag):
            self._end_block()
            if tag == "table":
                self._in_table = True
            elif tag == "blockquote":
                self._quoted += 1
            elif tag == "hr":
                self._done.append(TextBlock(RULE, quoted=self._quoted))
            elif tag == "pre":
                self._kind, self._in_pre = CODE, True
            elif tag in {"dt", "dd", "figure", "figcaption"}:
                self._kind = TERM if tag == "dt" else PARAGRAPH
            else:
                self._kind, self._level = HEADING, int(tag[1])

    def _in_list(self, tag: str, said: Mapping[str, str]) -> None:
        if tag != "li":
            self._lists.append(int(said.get("start") or 1) if tag == "ol" else 0)
            return
        self._kind = ITEM
        if self._lists and self._lists[-1]:
            self._number = self._lists[-1]
            self._lists[-1] += 1

    def end(self, tag: str) -> None:
        if tag in _STYLES or tag in {"a", "span"}:
            at = max((n for n, (name, _) in enumerate(self._styles) if name == tag), default=-1)
            if at >= 0:
                del self._styles[at]
        elif tag in {"td", "th"} and self._rows:
            self._rows[-1].append(_trimmed(self._runs))
            self._runs = []
        elif tag == "table":
            self._done.append(TextBlock(TABLE, quoted=self._quoted, rows=tuple(tuple(row) for row in self._rows)))
            self._rows, self._in_table, self._runs = [], False, []
        elif tag in {"ul", "ol"}:
            self._end_block()
            self._lists.pop()
        elif tag == "blockquote":
            self._end_block()
            self._quoted -= 1
        elif tag == "pre":
            self._end_block()
            self._in_pre = False
        elif tag in {"p", "li", "dt", "dd", "div", "figure", "figcaption"} or _HEADING.fullmatch(tag):
            self._end_block()

    def add(self, text: str, *, picture: str = "") -> None:
        style: dict[str, Any] = {"picture": picture} if picture else {}
        for _, record in self._styles:
            style |= record
        if text:
            self._runs.append(TextRun(text if self._in_pre else " ".join(text.split("\n")), **style))

    def _end_block(self) -> None:
        if self._in_table:
            return
        runs = tuple(self._runs) if self._in_pre else _trimmed(self._runs)
        if runs:
            level = self._level if self._kind == HEADING else len(self._lists)
            self._done.append(TextBlock(self._kind, runs, level, self._number, self._quoted))
            self._kind, self._level, self._number = PARAGRAPH, 0, 0
        self._runs = []

    def result(self) -> tuple[TextBlock, ...]:
        self._end_block()
        return tuple(self._done)


def _trimmed(runs: list[TextRun]) -> Runs:
    """Return words without space at their ends."""
    found = list(runs)
    while found and not found[0].text.strip() and not found[0].note:
        del found[0]
    while found and not found[-1].text.strip() and not found[-1].note:
        del found[-1]
    if found and not found[0].note:
        found[0] = msgspec.structs.replace(found[0], text=found[0].text.lstrip())
    if found and not found[-1].note:
        found[-1] = msgspec.structs.replace(found[-1], text=found[-1].text.rstrip())
    return tuple(found)
