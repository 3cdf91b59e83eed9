"""Records as shapes for lists and notes, with dates, basis and status in the words of the site's language."""

from builder.incremental.memoize import TRACKED_FUNCTIONS, for_a_while, once_a_site, recording
from builder.pages.cards.actor_cards import actor_card, actor_in, held_on, office_words, offices
from builder.pages.cards.event_cards import as_of, date_then, day_of_speaking, event_card, event_in, is_day_of_speaking, own_events, voices
from builder.pages.cards.frames import frame, frame_path, has_frames, is_public
from builder.pages.cards.list_entries import (
    actor_as_of,
    count_by_mode,
    event_as_of,
    events_of_source,
    explainer_card,
    mention,
    newest,
    source_card,
    state_day,
)
from builder.pages.cards.quote_cards import quote_card, related, relation_words
from builder.pages.cards.refs import (
    actor_ref,
    date,
    event_ref,
    explainer_ref,
    inferred,
    noted,
    source_ref,
    source_short,
    topic_ref,
)
from builder.pages.cards.speaker_kinds import actor_kind
from builder.pages.cards.status_wording import by_words, doubt, headed, standing, status_words, titled

__all__ = [
    "TRACKED_FUNCTIONS",
    "actor_as_of",
    "actor_card",
    "actor_in",
    "actor_kind",
    "actor_ref",
    "as_of",
    "by_words",
    "count_by_mode",
    "date",
    "date_then",
    "day_of_speaking",
    "doubt",
    "event_as_of",
    "event_card",
    "event_in",
    "event_ref",
    "events_of_source",
    "explainer_card",
    "explainer_ref",
    "for_a_while",
    "frame",
    "frame_path",
    "has_frames",
    "headed",
    "held_on",
    "inferred",
    "is_day_of_speaking",
    "is_public",
    "mention",
    "newest",
    "noted",
    "office_words",
    "offices",
    "once_a_site",
    "own_events",
    "quote_card",
    "recording",
    "related",
    "relation_words",
    "source_card",
    "source_ref",
    "source_short",
    "standing",
    "state_day",
    "status_words",
    "titled",
    "topic_ref",
    "voices",
]
