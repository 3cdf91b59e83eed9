"""Find actors' names in a body, and the sentences around them."""

from builder.content.mentions.endings import may_decline, with_ending
from builder.content.mentions.longer_names import capitalises_nouns
from builder.content.mentions.marked_ranges import marked_ranges
from builder.content.mentions.mention_filter import KnownNames
from builder.content.mentions.name_normal_form import plain
from builder.content.mentions.name_search import capitals, contains_name, in_longer_names, occurrences, uncertain
from builder.content.mentions.name_variants import has_other_signs, in_other_signs
from builder.content.mentions.other_bearers import Bearer
from builder.content.mentions.search_text import search_text_of
from builder.content.mentions.sentences import LONGEST_SENTENCE, around, sentence

__all__ = [
    "LONGEST_SENTENCE",
    "Bearer",
    "KnownNames",
    "around",
    "capitalises_nouns",
    "capitals",
    "contains_name",
    "has_other_signs",
    "in_longer_names",
    "in_other_signs",
    "marked_ranges",
    "may_decline",
    "occurrences",
    "plain",
    "search_text_of",
    "sentence",
    "uncertain",
    "with_ending",
]
