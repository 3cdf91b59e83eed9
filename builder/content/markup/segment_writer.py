"""Collects markup and words as segments, with the position of all words in `Body.text`."""

from collections import Counter
from collections.abc import Iterable
from typing import cast

import msgspec

from builder.diagnostics import Location
from builder.model import OBJECT, Embed, Html, Link, MarkClose, MarkOpen, Segment, Text

BLOCK = "\n\n"
"""What stands in `Body.text` between blocks; a cell of a table is one."""


class Writer:
    """Segments in the order of the page; their words in the order of the text.

    The two differ for sidenotes: their markup stands at the reference, their words after the block, so that no sentence is torn.
    """

    def __init__(self) -> None:
        self._linkable = True
        self._segments: list[Segment | Writer] = []
        self._html: list[str] = []
        self._blocks: list[str] = []
        self._shows: list[str] = []
        """The text in the markup that has not become a segment yet."""
        self._link_ends: list[tuple[int, int]] = []
        self._opens_link = False
        self._first_block = ""
        """What the text begins with: a block element, or `embed`."""
        self._has_opening = False
        """Whether the paragraph that the text begins with has ended."""
        self._run: list[str] = []
        """Words that have not become a segment yet."""
        self._run_at = 0
        self._words: list[str] = []
        self._at = 0
        self._gap = False
        """Whether what comes next is set apart from what was there."""
        self._asides: list[Writer] = []
        self._has_asides = False
        self._offset = 0
        """Where the words of this sidenote begin in those of the body."""
        self.begun = 0
        """Where the words began that were last set apart."""

    @property
    def at(self) -> int:
        """How many characters of words there are."""
        return self._at

    @property
    def last(self) -> str:
        """The last character of the words to which those belong that come; "" where these are set apart."""
        return self._words[-1][-1:] if self._words and not self._gap else ""

    @property
    def offset(self) -> int:
        """Where the words of this sidenote begin in those of the body, once all are there; 0 for the body itself."""
        return self._offset

    def html(self, markup: str, block: str = "", *, shows: str = "") -> None:
        """Add markup; `block` is the block element that begins or ends with it, such as `p` or `/p`, and `shows` the text in it, without a line break at its end."""
        if self._run:
            self._end_run()
        self._html.append(markup)
        if block:
            self._blocks.append(block)
            self._first_block = self._first_block or block
        if shows:
            self._shows.append(shows)
        if markup[-1:] == "\n":
            self._shows.append("\n")
        if block == "/p" and self._first_block == "p" and not self._has_opening:
            self._has_opening = True
            self._end_html(ends_opening=True)

    def begin_link(self, markup: str) -> None:
        """Add markup with which a Markdown link begins."""
        self.html(markup)
        self._opens_link = True

    def end_link(self) -> None:
        """Add the end of a Markdown link."""
        self.html("</a>")
        self._link_ends.append((sum(map(len, self._html)), sum(map(len, self._shows))))
        self._opens_link = False

    def text(self, words: str) -> None:
        """Add words of the prose."""
        if self._gap:
            self._close_gap()
        if self._html:
            self._end_html()
        if not self._run:
            self._run_at = self._at
        self._run.append(words)
        self._words.append(words)
        self._at += len(words)

    def opaque(self, markup: str, block: str = "", *, shows: str = "", stands_for: str = OBJECT) -> None:
        """Add markup that shows something in the flow of words which is not words; `shows` is the text in it, as for `html`."""
        if self._gap:
            self._close_gap()
        self.html(markup, block, shows=shows)
        self._words.append(stands_for)
        self._at += len(stands_for)

    def link(self, target: str, kind: str, words: str, location: Location, *, html: str = "") -> None:
        """Add a link to a record; where its words are not known yet its target stands for them. `html` are its words with their marks, where they have some."""
        if self._gap:
            self._close_gap()
        at = self._at
        self._words.append(words or target)
        self._at += len(words or target)
        self.put(Link(target, kind, words, at, location.line, location.column, location.width, html))

    def linkable(self, *, on: bool) -> None:
        """Let names in the words from here on become links, or stop them."""
        if self._run:
            self._end_run()
        self._linkable = on

    def put(self, segment: Segment) -> None:
        """Add a segment that has no words."""
        self._end()
        if isinstance(segment, Embed):
            self._first_block = self._first_block or "embed"
        self._segments.append(segment)

    def apart(self) -> None:
        """Set what comes apart from what was there."""
        self._gap = True

    def aside(self) -> "Writer":
        """Return a writer for a sidenote that stands here."""
        self._end()
        made = Writer()
        self._segments.append(made)
        self._asides.append(made)
        self._has_asides = True
        return made

    def finish(self) -> tuple[tuple[Segment, ...], str]:
        """Return all segments, and all words."""
        self._place_asides()
        return tuple(_numbered(self._flat())), "".join(self._words)

    def _end_html(self, *, ends_opening: bool = False) -> None:
        markup, shown = "".join(self._html), "".join(self._shows)
        self._segments.append(Html(markup, tuple(self._blocks), shown, tuple(self._link_ends), self._opens_link, ends_opening))
        self._html.clear()
        self._blocks.clear()
        self._shows.clear()
        if self._link_ends or self._opens_link:
            self._link_ends.clear()
            self._opens_link = False

    def _end_run(self) -> None:
        self._segments.append(Text("".join(self._run), self._run_at, self._linkable))
        self._run.clear()

    def _end(self) -> None:
        if self._run:
            self._end_run()
        elif self._html:
            self._end_html()

    def _close_gap(self) -> None:
        if self._run:
            self._end_run()
        self._place_asides()
        if self._at:
            self._words.append(BLOCK)
            self._at += len(BLOCK)
        self._gap = False
        self.begun = self._at

    def _place_asides(self) -> None:
        for aside in self._asides:
            aside._end()  # noqa: SLF001 – a sidenote is one of us.
            if not aside._at:  # noqa: SLF001 – as above.
                continue
            if self._at:
                self._words.append(BLOCK)
                self._at += len(BLOCK)
            aside._offset = self._at  # noqa: SLF001 – as above.
            self._words += aside._words  # noqa: SLF001 – as above.
            self._at += aside._at  # noqa: SLF001 – as above.
        self._asides.clear()

    def _flat(self) -> list[Segment]:
        self._end()
        if not (self._has_asides or self._offset):
            return cast("list[Segment]", self._segments)  # there is no writer among them
        out: list[Segment] = []
        for segment in self._segments:
            if isinstance(segment, Writer):
                out += segment._flat()  # noqa: SLF001 – a sidenote is one of us.
            elif self._offset and isinstance(segment, Text | Link):
                out.append(msgspec.structs.replace(segment, at=segment.at + self._offset))
            else:
                out.append(segment)
        return _joined(out) if self._has_asides else out


def _joined(segments: Iterable[Segment]) -> list[Segment]:
    """Join neighbours that are both markup."""
    out: list[Segment] = []
    for segment in segments:
        last = out[-1] if out else None
        if isinstance(segment, Html) and isinstance(last, Html) and not last.ends_opening:
            link_ends = tuple((len(last.html) + end, len(last.words) + shown) for end, shown in segment.link_ends)
            opens = segment.opens_link or (last.opens_link and not link_ends)
            blocks, shown = last.blocks + segment.blocks, last.words + segment.words
            out[-1] = Html(last.html + segment.html, blocks, shown, last.link_ends + link_ends, opens, segment.ends_opening)
        else:
            out.append(segment)
    return out


def _numbered(segments: list[Segment]) -> list[Segment]:
    """Count the stretches of each mark, and say which is its last."""
    marks = [(index, segment) for index, segment in enumerate(segments) if isinstance(segment, MarkOpen)]
    if not marks:
        return segments
    parts: Counter[tuple[str, str]] = Counter()
    for index, mark in marks:
        segments[index] = msgspec.structs.replace(mark, part=parts[mark.kind, mark.id])
        parts[mark.kind, mark.id] += 1
    closed: set[tuple[str, str]] = set()
    for index in range(len(segments) - 1, -1, -1):
        segment = segments[index]
        if isinstance(segment, MarkClose) and (segment.kind, segment.id) not in closed:
            closed.add((segment.kind, segment.id))
            segments[index] = MarkClose(segment.kind, segment.id, last=True)
    return segments
