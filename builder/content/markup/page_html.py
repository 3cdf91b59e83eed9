"""Segments into the HTML of one page: here links find their addresses, names become links, and quoted words get their mark.

Nothing is parsed again: this is joining strings, done for each page that shows the body.
"""

import bisect
import re
from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import Any

import msgspec

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
    Text,
    Trusted,
)
from builder.i18n.scripts import CLOSE
from builder.urls import encoded

_TAIL = re.compile(rf"(?:(?![{CLOSE}])[’'\w])*")
"""What belongs to a name and is not part of it: “Biden’s”. A sign stands after it."""


_SIGNS = {"quote": "square {} {}", "event": "shape {}"}


class PublishTarget(msgspec.Struct, frozen=True, gc=False):
    """Where a link of the body leads."""

    path: str
    """From the site's root."""
    name: str
    """The words to show where the author gave none."""
    kind: str
    """`actor`, `event`, `source`, `quote`, `explainer`: the colour of the link."""
    line: str = ""
    """How firm it is, as a line: `solid`, `dashed`, `dotted`; "" where that is no question."""


class Sign(msgspec.Struct, frozen=True, gc=False):
    """What a mark over words looks like and where its note stands."""

    path: str
    """From the site's root."""
    label: str
    """What a reader hears of the note: `Jen Psaki, on the record`."""
    line: str
    """`solid`, `dashed`, `dotted`."""
    square: str
    """`full`, `half`, `empty`: how named the speaker is; of an event its status."""


class Note(msgspec.Struct, frozen=True, gc=False):
    """What stands beside the text: who this is, or who said so, to whom, and how it reached us."""

    label: str
    """What opens it is called this: `About Antony Blinken`."""
    lines: tuple[tuple[str | PublishTarget, ...], ...]
    """Words and links."""
    sign: tuple[str, str] = ("", "")
    """Of a quote, its square and its line; of an event, its shape and its status; empty for an actor."""
    kind: str = "actor"
    """`actor`, `quote`, `event`"""


class Weave(msgspec.Struct, frozen=True):
    """All that a body needs to know of the site and of the page that shows it."""

    root: str
    """What leads from the page up to the site's root, such as `../../`."""
    links: Mapping[tuple[str, str], PublishTarget] = {}
    """(kind, words) of each `[[link]]`."""
    names: Mapping[str, PublishTarget] = {}
    """Actor → their page, for the names in `occurrences`."""
    occurrences: Sequence[Occurrence] = ()
    signs: Mapping[tuple[str, str], Sign] = {}
    """(kind, id) of each mark."""
    href: Callable[[str], str] = str
    """From a local address as the author wrote it to a path from the site's root."""
    notes: Mapping[str, Note] = {}
    """Path of a `PublishTarget` or `Sign` → the note that stands where it is first met."""
    note_label: str = "Note {n}"
    """What opens the author's own note is called."""


Woven = Trusted | Embed


def weave(body: Body, given: Weave) -> tuple[Woven, ...]:
    """Return the body as stretches of HTML, with the embeds between them for a template to show."""
    loom = _Loom(given)
    done: list[Woven] = []
    for segment in body.segments:
        if isinstance(segment, Embed):
            done += loom.stretch()
            done.append(segment)
        else:
            loom.add(segment)
    return (*done, *loom.stretch())


class _Loom:
    """Joins the segments of one body, and remembers what has been told beside the text so far."""

    def __init__(self, given: Weave) -> None:
        self._given = given
        self._out: list[str] = []
        # By position, not in order of the page: the words of a sidenote stand after its block in the text, and before in the markup.
        self._names = sorted((found for found in given.occurrences if found.linked), key=lambda found: found.start)
        self._starts = [found.start for found in self._names]
        self._told: set[str] = set()
        self._numbers: dict[int, int] = {}
        """The author's number of a note → its number among all notes of the body, which paper shows."""
        self._count = 0
        self._due = ""
        """A note that waits for the end of the word before it."""
        self._way: tuple[tuple[str | PublishTarget, ...], ...] = ()
        """How the last quote with a note reached us."""
        self._held: list[str] = []
        """Notes that wait for the end of quoted words, since they are not part of them."""
        self._in_mark = self._in_note = self._in_table = False
        self._ways: dict[type, Callable[[Any], None]] = {
            Html: self._html,
            Text: self._text,
            Link: self._link,
            Href: self._href,
            MarkOpen: self._open,
            MarkClose: self._close,
            NoteRef: self._note_ref,
            NoteOpen: self._note_open,
            NoteClose: self._note_close,
        }

    def add(self, segment: Segment) -> None:
        """Add what comes next."""
        way = self._ways.get(type(segment))
        if way is not None:
            if self._due and way != self._text:
                self._out.append(self._due)
                self._due = ""
            way(segment)

    def stretch(self) -> tuple[Trusted, ...]:
        """Return what has been joined since the last call."""
        if self._due:
            self._out.append(self._due)
            self._due = ""
        made = (Trusted("".join(self._out)),) if self._out else ()
        self._out.clear()
        return made

    def _html(self, segment: Html) -> None:
        html = segment.html
        self._out.append(html)
        if "table>" in html:
            self._in_table = html.rfind("<table>") > html.rfind("</table>")

    def _text(self, segment: Text) -> None:
        text, at, out = segment.text, 0, self._out
        names: Sequence[Occurrence] = ()
        if self._starts and segment.linkable:
            first = bisect.bisect_left(self._starts, segment.at)
            names = self._names[first : bisect.bisect_left(self._starts, segment.at + len(text))]
        for n in range(-1, len(names)):
            if n >= 0:
                start, end = names[n].start - segment.at, names[n].end - segment.at
                out.append(_escape(text[at:start]))
                to = self._given.names[names[n].id]
                out.append(_anchor(self._given.root, to, text[start:end]))
                at = end
                self._due = self._note(to.path, "actor-sign")
            if self._due:
                found = _TAIL.match(text, at, names[n + 1].start - segment.at if n + 1 < len(names) else len(text))
                tail = found.end() if found is not None else at
                out += (_escape(text[at:tail]), self._due)
                at, self._due = tail, ""
        out.append(_escape(text[at:] if at else text))

    def _link(self, segment: Link) -> None:
        found = self._given.links.get((segment.kind, segment.target))
        words = segment.words or (found.name if found is not None else segment.target)
        if found is None:
            self._out.append(segment.html or _escape(words))
            return
        self._out.append(_anchor(self._given.root, found, words, segment.html))
        if found.kind == "actor":
            self._due = self._note(found.path, "actor-sign")

    def _href(self, segment: Href) -> None:
        path = self._given.href(segment.target)
        self._out.append(escape(encoded(path if path.startswith("#") else self._given.root + path)))

    # --- marks ------------------------------------------------

    def _open(self, mark: MarkOpen) -> None:
        self._in_mark = True
        sign = self._given.signs.get((mark.kind, mark.id))
        if sign is None:
            self._out.append("<span>")
            return
        anchor = ("quote--" if mark.kind == "quote" else "told--") + mark.id
        own = f' id="{escape(anchor)}"' if mark.part == 0 else ""
        self._out.append(f'<span class="{mark.kind}-words {sign.line}"{own}>')

    def _close(self, mark: MarkClose) -> None:
        self._in_mark = False
        self._out.append("</span>")
        sign = self._given.signs.get((mark.kind, mark.id)) if mark.last else None
        if sign is not None:
            kind = f"{mark.kind}-sign {sign.square}"
            note = self._note(sign.path, kind)
            self._out.append(
                note or f'<a class="{kind}" href="{escape(self._given.root + sign.path)}" aria-label="{escape(sign.label)}"></a>'
            )
        if self._held:
            self._out += [self._made(path, "actor-sign held") for path in self._held]
            self._held.clear()

    # --- notes ------------------------------------------------

    def _note(self, path: str, sign: str) -> str:
        """Return the note of an actor or a quote with the sign that opens it, where this is its first mention and there is room for one; else ""."""
        # A table has a width of its own, and no margin beside it.
        if path in self._told or self._in_note or self._in_table or path not in self._given.notes:
            return ""
        self._told.add(path)
        if self._in_mark:
            self._held.append(path)
            return ""
        return self._made(path, sign)

    def _made(self, path: str, sign: str) -> str:
        note = self._given.notes[path]
        self._count += 1
        # Of ten quotes from one report, ten notes that all say so would push one another down the margin.
        again = note.kind == "quote" and note.lines[1:] == self._way
        if note.kind == "quote":
            self._way = note.lines[1:]
        return (
            f'<label class="{sign}" data-n="{self._count}"><input type="checkbox" aria-label="{escape(note.label)}"></label>'
            f"{_sidenote(self._given.root, note, self._count, again=again)}"
        )

    def _note_ref(self, ref: NoteRef) -> None:
        if ref.number not in self._numbers:
            self._count += 1
            self._numbers[ref.number] = self._count
        own = f' id="note-ref--{ref.number}"' if ref.first else ""
        self._out.append(f'<sup class="note-ref"{own} data-n="{self._numbers[ref.number]}">')
        if ref.beside:
            label = escape(self._given.note_label.replace("{n}", str(ref.number)))
            self._out.append(f'<label><input type="checkbox" aria-label="{label}">{ref.number}</label></sup>')
        else:
            self._out.append(f'<a href="#note--{ref.number}">{ref.number}</a></sup>')

    def _note_open(self, note: NoteOpen) -> None:
        self._in_note = True
        number = note.number
        self._out.append(
            f'<span class="sidenote" id="note--{number}" role="note" data-n="{self._numbers.get(number, number)}">'
            f'<span class="sidenote-number">{number}</span> '
        )

    def _note_close(self, _note: NoteClose) -> None:
        self._in_note = False
        self._out.append("</span>")


def _sidenote(root: str, note: Note, number: int, *, again: bool) -> str:
    sign, firm = note.sign
    kind = f"{note.kind}-note {firm}" if firm else f"{note.kind}-note"
    first, *others = (
        "".join(_escape(part) if isinstance(part, str) else _anchor(root, part, part.name) for part in parts) for parts in note.lines
    )
    also = "also again" if again else "also"
    lines = first + "".join(f'<span class="{also}">{words}</span>' for words in others)
    drawn = f'<span class="{_SIGNS[note.kind].format(sign, firm)}"></span> ' if sign else ""
    return f'<span class="sidenote {kind}" role="note" data-n="{number}">{drawn}{lines}</span>'


def inline(body: Body | None, given: Weave) -> Trusted:
    """Return a text as HTML, without what it places: only an explainer has room for cards. Empty where there is no text."""
    return Trusted("".join(part.html for part in weave(body, given) if isinstance(part, Trusted))) if body is not None else Trusted("")


def after_opening(html: Trusted) -> tuple[Trusted, Trusted]:
    """Return a stretch of text up to the end of its first paragraph, and the rest; nothing as the first where it does not begin with a paragraph."""
    end = html.html.find("</p>\n") + len("</p>\n")
    opens = html.html.lstrip().startswith("<p>") and end >= len("</p>\n")
    return (Trusted(html.html[:end]), Trusted(html.html[end:])) if opens else (Trusted(""), html)


def _escape(text: str) -> str:
    # Most words have none of these, and looking is cheaper than replacing.
    if "&" in text or "<" in text or ">" in text:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text


def _anchor(root: str, to: PublishTarget, words: str, html: str = "") -> str:
    line = f" {to.line}" if to.line else ""
    href = to.path if to.path.startswith("#") else root + to.path
    return f'<a class="{to.kind}{line}" href="{escape(href)}">{html or _escape(words)}</a>'
