"""The words of a text as a page shows them, for files without markup: a link without words has the name of its target.

Names are known when the whole site is, so `Body.text` has the target there.
"""

import bisect
import itertools
from collections.abc import Callable, Sequence
from typing import cast

import msgspec

from builder.i18n.language import Language
from builder.model import FACTS, Body, Event, Html, Link, NoteClose, NoteOpen, Section, Segment, Text

Name = Callable[[Link], str]
"""What a link without words is called."""

_HEADING_ENDS = frozenset(f"/h{level}" for level in range(1, 7))


def status_words(language: Language, status: str) -> str:
    """Return a status as a reader reads it: `possible` for `conditional`."""
    if status == "occurred":
        return language.word("happened")
    return language.word("possible") if status == "conditional" else language.word(status)


def titled(language: Language, event: Event) -> str:
    """Return what an event is called where its title may stand alone: with its status, unless it has happened."""
    if event.status in FACTS:
        return event.title
    inferred = f", {language.word('inferred')}" if "status" in event.derived else ""
    return f"{event.title} ({status_words(language, event.status)}{inferred})"


class Words(msgspec.Struct, frozen=True):
    """The words of a text."""

    text: str
    _ends: tuple[int, ...] = ()
    """Where in `Body.text` each of the links ends, in order."""
    _shifts: tuple[int, ...] = ()
    """How much farther on the text is there."""

    def at(self, offset: int) -> int:
        """Return the offset in these words of an offset in `Body.text` that lies in no such link."""
        n = bisect.bisect_right(self._ends, offset)
        return offset + self._shifts[n - 1] if n else offset


def named(body: Body, name: Name) -> Words:
    """Return the words of a text, its links called by their names."""
    # By position: the words of a sidenote stand after its block in the text, and before in the markup.
    links = sorted((segment for segment in body.segments if isinstance(segment, Link) and not segment.words), key=lambda link: link.at)
    if not links:
        return Words(body.text)
    parts: list[str] = []
    ends: list[int] = []
    shifts: list[int] = []
    at = shift = 0
    for link in links:
        called = name(link)
        parts += (body.text[at : link.at], called)
        at = link.at + len(link.target)
        shift += len(called) - len(link.target)
        ends.append(at)
        shifts.append(shift)
    return Words("".join((*parts, body.text[at:])), tuple(ends), tuple(shifts))


def sections(body: Body, name: Name) -> tuple[Section, ...]:
    """Return the headings of a text, the links in them called by their names."""
    starts = [n for n, segment in enumerate(body.segments) if type(segment) is Section] if body.sections else ()
    return tuple(found for n in starts if (found := _heading(body.segments, n, name)) is not None)


def _heading(segments: Sequence[Segment], start: int, name: Name) -> Section | None:
    """Return the heading that begins at a segment; None where it does not end."""
    section = cast("Section", segments[start])
    parts: list[str] = []
    has_names = in_note = False
    for segment in itertools.islice(segments, start + 1, None):
        if isinstance(segment, NoteOpen | NoteClose):
            in_note = isinstance(segment, NoteOpen)
        elif in_note:
            continue
        elif isinstance(segment, Text):
            parts.append(segment.text)
        elif isinstance(segment, Link):
            has_names = has_names or not segment.words
            parts.append(segment.words or name(segment))
        elif isinstance(segment, Html):
            parts.append(segment.words)
            if not _HEADING_ENDS.isdisjoint(segment.blocks):
                return msgspec.structs.replace(section, title=" ".join("".join(parts).split())) if has_names else section
        elif isinstance(segment, Section):
            return None
    return None
