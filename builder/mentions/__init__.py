"""Who is named where in a body, and in which sentence."""

from builder.mentions.marked import mark_places
from builder.mentions.names import capitals, occurrences
from builder.mentions.sentences import LONGEST_SENTENCE, sentence

__all__ = ["LONGEST_SENTENCE", "capitals", "mark_places", "occurrences", "sentence"]
