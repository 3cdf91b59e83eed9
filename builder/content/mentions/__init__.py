"""Find actors' names in a body, and the sentences around them."""

from builder.content.mentions.search_text import indexed
from builder.content.mentions.marked_ranges import mark_places
from builder.content.mentions.names import are_named, capitals, doubtful, occurrences
from builder.content.mentions.normal import plain
from builder.content.mentions.sentences import LONGEST_SENTENCE, around, sentence

__all__ = [
    "LONGEST_SENTENCE",
    "are_named",
    "around",
    "capitals",
    "doubtful",
    "indexed",
    "mark_places",
    "occurrences",
    "plain",
    "sentence",
]
