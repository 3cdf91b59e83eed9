"""Who is named where in a body, and in which sentence."""

from builder.mentions.indexed import indexed
from builder.mentions.marked import mark_places
from builder.mentions.names import are_named, capitals, doubtful, occurrences
from builder.mentions.plain import plain
from builder.mentions.sentences import LONGEST_SENTENCE, around, sentence

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
