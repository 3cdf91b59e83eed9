"""Estimates the height of margin notes, so that a note which would overlap the one above is merged with it.

A browser knows how high a paragraph is, and a build does not: the sizes are those of our theme in a wide window, and err to the safe side.
"""

import math
from collections.abc import Iterable

TEXT_LINE, TEXT_CHARACTERS, BETWEEN_BLOCKS = 30, 66, 17
"""Height of a line of text in pixels, the characters in one, and the space between two paragraphs."""

NOTE_LINE, NOTE_CHARACTERS, BETWEEN_NOTES = 20, 36, 12
"""The same of notes."""


class NotePlaces:
    """Follows a text downwards."""

    def __init__(self) -> None:
        self.count = 0
        """Notes so far: the number of the last one."""
        self._top = 0.0
        """Where the paragraph begins."""
        self._characters = 0
        """Of the paragraph so far."""
        self._bottom = -1.0
        """Where the last note ends; less than 0 at the beginning of a section."""
        self._before = 0
        """Notes of earlier sections."""

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
        self._before = self.count

    def pass_own(self, characters: int) -> None:
        """Go past a note of the author's own, which is never joined with another."""
        here = max(self._top + self._characters // TEXT_CHARACTERS * TEXT_LINE, self._bottom)
        self._bottom = here + math.ceil(characters / NOTE_CHARACTERS) * NOTE_LINE + BETWEEN_NOTES

    def place(self, lines: Iterable[int]) -> int | None:
        """Place a note with lines of so many characters here; return the number of the last note, if it would touch that, else None."""
        height = sum(math.ceil(length / NOTE_CHARACTERS) for length in lines) * NOTE_LINE + BETWEEN_NOTES
        here = self._top + self._characters // TEXT_CHARACTERS * TEXT_LINE
        if here < self._bottom and self.count > self._before:
            self._bottom += height
            return self.count
        self.count += 1
        self._bottom = max(here, self._bottom) + height
        return None
