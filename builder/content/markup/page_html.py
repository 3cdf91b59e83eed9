"""Segments into the HTML of one page: links get their addresses, names become links, and quoted words get their mark and note.

Strings are joined, and nothing is parsed again. Marks and notes beside the text stay apart from the HTML around them: templates draw them.
"""

import bisect
from collections.abc import Callable, Iterable, Sequence
from html import escape
from typing import Any, ClassVar

from builder.content.markup.html_strings import escape_text, footnote_begin, footnote_ref, letter_label, link, picture, span
from builder.content.markup.mark_boundaries import CLOSING, ENDS_WITHIN, NEW_BLOCKS, OPENING, TAIL
from builder.content.markup.note_places import FARTHEST, NotePlaces, join_note, unlinked
from builder.content.markup.page_context import (
    Footnote,
    FootnoteRef,
    LinkTarget,
    MarkedWords,
    MarkStyle,
    NoteEntry,
    NoteLink,
    OpeningEnd,
    PageContext,
    PagePart,
    SideNote,
    SizedPicture,
)
from builder.model import (
    Body,
    Embed,
    Href,
    Html,
    Link,
    MarkClose,
    MarkOpen,
    NoteClose,
    NoteOpen,
    NoteRef,
    Occurrence,
    Segment,
    Shown,
    Span,
    Text,
    Trusted,
)
from builder.urls import encoded

SECTION = "h2"
"""The element whose heading begins a section of a page."""

_TABLE = frozenset(("table", "/table"))

VISIBLE = 3
"""Marks of a paragraph that a reader sees without asking for more."""


def parts_of_page(body: Body, context: PageContext) -> tuple[PagePart, ...]:
    """Return the body as stretches of HTML, with the marks, notes and embeds between them for a template to show."""
    writer = _Writer(context)
    for segment in body.segments:
        writer.add(segment)
    return writer.done()


class _Writer:
    """Joins the segments of one body, and remembers what has been reported beside the text so far."""

    def __init__(self, given: PageContext) -> None:
        self._given = given
        self._out: list[str] = []
        self._words: list[str] = []
        """The text in `_out`."""
        self._done: list[PagePart] = []
        # By position, not in order of the page: the words of a sidenote stand after its block in the text, and before in the markup.
        self._names = sorted((occurrence for occurrence in given.occurrences if occurrence.linked), key=lambda found: found.start)
        self._starts = [found.start for found in self._names]
        self._described: set[str] = set()
        """Subjects with a note already: what a note says of a subject, it says once."""
        self._notes: dict[str, SideNote] = {}
        """Key of a note → the note, as it was when it was begun."""
        self._last: SideNote | None = None
        """The note that the next one may touch."""
        self._count = 0
        """Notes of ours so far."""
        self._linked: set[str] = set()
        """Actors that this section has led to."""
        self._places = NotePlaces()
        self._due: list[PagePart] = []
        """A note that waits for the end of the word before it."""
        self._closing: tuple[MarkStyle, str] | None = None
        self._goes_on = False
        """A quote that has ended, and waits for its closing quotation mark."""
        self._mark: MarkOpen | None = None
        self._seen = 0
        """Marks of this paragraph."""
        self._section = 0
        self._in_note = self._in_table = False
        self._own = 0
        """Characters of the author's note that is open."""
        self._own_number = 0
        self._outside: list[PagePart] = []
        """What stands before that."""

    def add(self, segment: Segment) -> None:
        """Add what comes next."""
        way = self._WRITES.get(type(segment))
        if way is not None:
            waits = self._closing is not None or self._due
            if waits and way is not _Writer._text and not (isinstance(segment, Html) and segment.html in ENDS_WITHIN):
                self._settle()
            way(self, segment)

    def done(self) -> tuple[PagePart, ...]:
        """Return all that has been joined."""
        self._settle()
        self._flush()
        return tuple(self._done)

    def _flush(self) -> None:
        if self._out:
            self._done.append(self._taken())

    def _taken(self) -> Trusted:
        """Return what has been joined since the last piece, and begin anew."""
        taken = Trusted("".join(self._out), "".join(self._words))
        self._out.clear()
        self._words.clear()
        return taken

    def _add(self, html: str, words: str) -> None:
        self._out.append(html)
        self._words.append(words)

    def _piece(self, *pieces: PagePart) -> None:
        self._flush()
        self._done += pieces

    def _settle(self) -> None:
        """Add what has waited for the text to go on."""
        if self._closing is not None:
            (sign, anchor), self._closing = self._closing, None
            self._lead(sign, anchor, "")
        if self._due:
            self._piece(*self._due)
            self._due.clear()

    def _html(self, segment: Html) -> None:
        self._out.append(segment.html)
        if segment.words:
            self._words.append(segment.words)
        if segment.ends_opening and self._given.opening:
            self._piece(OpeningEnd())
        for block in segment.blocks:
            if block == SECTION:
                self._section += 1
                self._linked.clear()
                self._end_section()
            elif block in _TABLE:
                self._in_table = block == "table"
        if not NEW_BLOCKS.isdisjoint(segment.blocks):
            self._seen = 0
            self._places.end_block()

    def _end_section(self) -> None:
        self._places.end_section()
        self._last = None

    def _embed(self, segment: Embed) -> None:
        self._end_section()
        self._piece(segment)

    def _text(self, segment: Text) -> None:
        text, at = segment.text, 0
        if self._closing is not None:
            (sign, anchor), self._closing = self._closing, None
            found = None if sign.paraphrase else CLOSING.match(text)
            if found is not None:
                at = found.end()
                self._add(escape_text(text[: found.start("mark")]), text[: found.start("mark")])
            self._lead(sign, anchor, found["mark"] if found is not None else "")
        elif self._goes_on and (found := CLOSING.match(text)) is not None:
            at = found.end()
            self._add(f"{escape_text(text[: found.start('mark')])}<span>{escape_text(found['mark'])}</span>", text[:at])
        self._goes_on = False
        names: Sequence[Occurrence] = ()
        if self._starts and segment.linkable and self._mark is None:
            first = bisect.bisect_left(self._starts, segment.at + at)
            names = self._names[first : bisect.bisect_left(self._starts, segment.at + len(text))]
        for n in range(-1, len(names)) if names or self._due else ():
            if n >= 0:
                start, end = names[n].start - segment.at, names[n].end - segment.at
                self._say(text[at:start])
                self._actor(self._given.names[names[n].id], text[start:end])
                at = end
            if self._due:
                tail_ = TAIL.match(text, at, names[n + 1].start - segment.at if n + 1 < len(names) else len(text))
                tail = tail_.end() if tail_ is not None else at
                self._say(text[at:tail])
                at = tail
                self._piece(*self._due)
                self._due.clear()
        self._say(text[at:] if at else text)

    def _say(self, text: str) -> None:
        self._out.append(escape_text(text))
        self._words.append(text)
        if self._in_note:
            self._own += len(text)
        else:
            self._places.add(len(text))

    def _actor(self, to: LinkTarget, words: str, html: str = "") -> None:
        """Add the name of an actor, who is linked once in a section, with the note of the first mention."""
        is_linked = to.path in self._linked
        if is_linked and not self._in_note and not self._given.every_name:
            self._add(html or escape_text(words), words)
            return
        to_note: SideNote | None = None
        begun = False
        if not self._in_note and not is_linked:
            self._linked.add(to.path)
            key = self._given.spoken.get((self._section, to.path), to.path)
            if key in self._given.notes and not (key == to.path and to.path in self._described):
                to_note, begun = self._noted(key, "")
        noted = to_note.label if to_note is not None else ""
        self._add(link(self._given.root, to, words, html, more=self._is_more(), note=noted), words)
        self._places.add(len(words))
        if begun and to_note is not None:
            self._due.append(to_note)

    def _link(self, segment: Link) -> None:
        found = self._given.links.get((segment.kind, segment.target))
        words = segment.words or (found.name if found is not None else segment.target)
        if found is None or self._mark is not None:
            self._add(segment.html or escape_text(words), words)
        elif found.kind == "actor" and self._given.notes:
            self._actor(found, words, segment.html)
        else:
            self._add(link(self._given.root, found, words, segment.html), words)
        self._places.add(len(words))

    def _span(self, segment: Span) -> None:
        self._add(*span(self._given.root, segment, self._given.spans, linkable=self._mark is None))

    def _href(self, segment: Href) -> None:
        path = self._given.href(segment.target)
        self._out.append(escape(encoded(path if path.startswith("#") else self._given.root + path)))

    def _shown(self, segment: Shown) -> None:
        path = self._given.href(segment.target)
        files = self._given.picture(path) or SizedPicture(encoded(path), 0, 0)
        self._out.append(picture(self._given.root, files, segment.alt, segment.title))

    def _is_more(self) -> bool:
        """Count a mark of this paragraph; return whether it has enough that are seen."""
        self._seen += 1
        return self._seen > VISIBLE and not self._in_note

    # --- marks ------------------------------------------------

    def _open(self, mark: MarkOpen) -> None:
        # The opening mark looks like the closing one, which leads to the note.
        if mark.kind == "quote" and self._out and self._out[-1][-1:] in OPENING and self._given.notes and not self._in_note:
            before, sign = self._out[-1][:-1], self._out[-1][-1:]
            self._out[-1] = f"{before}<span>{sign}</span>"
        self._flush()
        self._mark = mark

    def _close(self, mark: MarkClose) -> None:
        html, opened = self._taken(), self._mark
        self._mark = None
        sign = self._given.signs.get((mark.kind, mark.id))
        if sign is None or opened is None:
            self._piece(Trusted(f"<span>{html.html}</span>", html.words))
            return
        if mark.kind == "event":
            note, begun = self._noted(sign.note, f"told--{mark.id}")
            href = self._note_href(note, sign)
            anchor = f"told--{mark.id}" if opened.part == 0 else ""
            words = MarkedWords(html, "event", mark.id, anchor, sign.line, href, sign.label, self._is_more())
            self._piece(words, *((note,) if begun and note is not None else ()))
            return
        anchor = f"quote--{mark.id}"
        self._piece(MarkedWords(html, "quote", mark.id, anchor if opened.part == 0 else "", sign.line))
        if mark.last:
            self._closing = (sign, anchor)
        self._goes_on = not mark.last and not sign.paraphrase and not self._in_note

    def _lead(self, sign: MarkStyle, anchor: str, words: str) -> None:
        """Add what leads from quoted words to their note, and the note where it is the first that leads there."""
        note, begun = self._noted(sign.note, anchor)
        self._piece(
            NoteLink(words, self._note_href(note, sign), sign.label, sign.line, note.label if note is not None else "", self._is_more())
        )
        if begun and note is not None:
            self._due.append(note)

    # --- notes ------------------------------------------------

    def _note_href(self, note: SideNote | None, sign: MarkStyle) -> str:
        return f"#{note.id}" if note is not None else self._given.root + sign.path

    def _noted(self, key: str, back: str) -> tuple[SideNote | None, bool]:
        """Return a note, None where there is no room for it; and whether it is new and stands alone."""
        if key in self._notes:
            join_note((self._due, self._done), self._notes[key].id, (), back)
            return self._notes[key], False
        # A table has a width of its own, and no margin beside it.
        if self._in_note or self._in_table or key not in self._given.notes:
            return None, False
        note = self._given.notes[key]
        # The link leads to who an actor is: a note that would stand far below is left out, so that all else keeps to its line.
        if note.kind == "actor" and not note.here and self._places.late() > FARTHEST:
            return None, False
        lines = note.here if note.subject in self._described else (*note.about, *note.here)
        self._described.add(note.subject)
        entry = NoteEntry(unlinked(note.name, self._linked), tuple(unlinked(line, self._linked) for line in lines))
        length = [sum(len(part if isinstance(part, str) else part.name) for part in line) for line in (note.name, *lines)]
        self._notes[key], begun = self._beside(entry, length, back)
        return self._notes[key], begun

    def _beside(self, entry: NoteEntry, length: Iterable[int], back: str) -> tuple[SideNote, bool]:
        """Return the note with an entry, and whether it is a new one: what would touch the last note is joined with it."""
        touches = self._places.late() > 0
        self._places.place(length)
        if self._last is not None and touches:
            join_note((self._due, self._done), self._last.id, (entry,), back)
            return self._last, False
        if entry.own:
            self._last = SideNote(f"note--{entry.own}", str(entry.own), (entry,), back)
        else:
            self._count += 1
            self._last = SideNote(f"beside--{self._count}", letter_label(self._count), (entry,), back)
        return self._last, True

    def _note_ref(self, ref: NoteRef) -> None:
        piece = FootnoteRef(ref.number, f"note-ref--{ref.number}" if ref.first else "")
        if self._given.separate and self._mark is None:
            self._piece(piece)
        else:
            self._add(footnote_ref(piece), str(piece.number))

    def _note_open(self, note: NoteOpen) -> None:
        self._in_note = True
        self._own = 0
        self._own_number = note.number
        if self._given.separate or self._given.notes:
            self._flush()
            self._outside, self._done = self._done, []
        else:
            self._add(footnote_begin(note.number, self._given.back), f"{note.number} ")

    def _note_close(self, _note: NoteClose) -> None:
        self._in_note = False
        if not (self._given.separate or self._given.notes):
            self._out.append("</span>")
            return
        self._flush()
        words = tuple(piece for piece in self._done if not isinstance(piece, Embed | OpeningEnd))
        self._done = self._outside
        if not self._given.notes:
            self._piece(Footnote(self._own_number, words))
            return
        made, begun = self._beside(NoteEntry((), (), self._own_number, words), (self._own + 2,), f"note-ref--{self._own_number}")
        if begun:
            self._piece(made)

    _WRITES: ClassVar[dict[type, Callable[["_Writer", Any], None]]] = {
        Html: _html,
        Text: _text,
        Link: _link,
        Href: _href,
        Shown: _shown,
        MarkOpen: _open,
        MarkClose: _close,
        NoteRef: _note_ref,
        NoteOpen: _note_open,
        NoteClose: _note_close,
        Embed: _embed,
        Span: _span,
    }


def inline(body: Body | None, context: PageContext) -> Trusted:
    """Return a text as HTML, without what it places: only an explainer has room for cards. Empty where there is no text."""
    parts = parts_of_page(body, context) if body is not None else ()
    return Trusted("".join(part.html for part in parts if isinstance(part, Trusted)))
