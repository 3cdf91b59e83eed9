"""Estimates the height of margin notes, so that a note which would overlap the one above is merged with it.

A browser knows how high a paragraph is, and a build does not: the sizes are those of our theme in a wide window, and err to the safe side.
"""

import math
from collections.abc import Container, Iterable

import msgspec

from builder.content.markup.page_context import LinkTarget, NoteEntry, NoteLine, PagePart, SideNote

TEXT_LINE, TEXT_CHARACTERS, BETWEEN_BLOCKS = 30, 66, 17
"""Height of a line of text in pixels, the characters in one, and the space between two paragraphs."""

NOTE_LINE, NOTE_CHARACTERS, BETWEEN_NOTES = 20, 36, 12
"""Height of a line of a note in pixels, the characters in one, and the space between two notes."""

FARTHEST = 60
"""Pixels that a note may begin below its line."""


class NotePlaces:
    """Follows a text downwards."""

    def __init__(self) -> None:
        self._top = 0.0
        """Where the paragraph begins."""
        self._characters = 0
        """Of the paragraph so far."""
        self._bottom = -1.0
        """Where the last note ends; less than 0 at the beginning of a section."""

    def add(self, characters: int) -> None:
        """Go on by some characters of text."""
        self._characters += characters

    def end_block(self) -> None:
        """End a paragraph."""
        if self._characters:
            self._top += math.ceil(self._characters / TEXT_CHARACTERS) * TEXT_LINE + BETWEEN_BLOCKS
            self._characters = 0

    def end_section(self) -> None:
        """End a section: the next note stands alone, since a heading never stands beside the notes of the section before it."""
        self.end_block()
        self._top = max(self._top, self._bottom)
        self._bottom = -1.0

    def late(self) -> float:
        """Return how far below this line a note would begin here; 0 where it would not touch the one before it."""
        return max(0.0, self._bottom - self._top - self._characters // TEXT_CHARACTERS * TEXT_LINE)

    def place(self, lines: Iterable[int]) -> None:
        """Place a note, or a part of the last one, with lines of so many characters here."""
        here = self._top + self._characters // TEXT_CHARACTERS * TEXT_LINE
        height = sum(math.ceil(length / NOTE_CHARACTERS) for length in lines) * NOTE_LINE + BETWEEN_NOTES
        self._bottom = max(here, self._bottom) + height


def unlinked(line: NoteLine, linked: Container[str]) -> NoteLine:
    """Return a line of a note with words in place of links to the paths in `linked`: the text leads there already."""
    return tuple(part.name if isinstance(part, LinkTarget) and part.path in linked else part for part in line)


def join_note(stretches: Iterable[list[PagePart]], to: str, entries: tuple[NoteEntry, ...], back: str) -> None:
    """Add entries to the last note with the id `to` in the first of the stretches that has it; it leads `back` where it led nowhere."""
    for pieces in stretches:
        for n in range(len(pieces) - 1, -1, -1):
            piece = pieces[n]
            if isinstance(piece, SideNote) and piece.id == to:
                pieces[n] = msgspec.structs.replace(piece, entries=piece.entries + entries, back=piece.back or back)
                return
