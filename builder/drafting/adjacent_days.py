"""Days of saying that follow from the words around a quotation: “replied”, “added”, “at the time”, “in the same speech”."""

from collections.abc import Sequence
from typing import TypeAlias

from builder.dates import Date
from builder.drafting import occasions
from builder.drafting.attribution import Attribution
from builder.drafting.findings import DateMention, days_in
from builder.drafting.tokens import QUOTED
from builder.drafting.utterances import Utterance
from builder.i18n.lexicons.lexicon import words

_REPLIES = words("replied answered retorted countered interjected rejoined erwiderte entgegnete antwortete konterte")
"""Verbs of an answer to what was said just before."""
_OCCASIONS = words(
    """interview letter speech statement post meeting session debate hearing email e-mail message conversation article address briefing
    rede brief mitteilung sitzung debatte anhörung gespräch nachricht beitrag"""
)
_SAME = frozenset({"same", "selben", "gleichen", "derselben", "demselben"})
_THEN = frozenset({"damals", "seinerzeit"})

Earlier: TypeAlias = Sequence[tuple[Utterance, DateMention | None]]
"""The utterances before one, with their days."""


def of_neighbours(
    run: Attribution, utterance: Utterance, earlier: Earlier, named: Sequence[DateMention], published: Date | None
) -> DateMention | None:
    """Return the day that the words around an utterance give to it by what stands before; None where they give none."""
    number = occasions.sentence_of(run, utterance)
    if number is None or utterance.cue is None:
        return None
    low = [token.low if token.kind != QUOTED else "" for token in run.sentences[number].tokens]
    if _is_of_that_time(low):
        return _last_told(run, number, named, published)
    if any(low[n] in _SAME and low[n + 1] in _OCCASIONS for n in range(len(low) - 1)):
        return next((day for speech, day in reversed(earlier) if speech.entity is utterance.entity), None)
    verb = utterance.cue.verb
    is_reply = 0 <= verb < len(low) and low[verb] in _REPLIES and occasions.tense(run, utterance) == occasions.PAST
    if not is_reply or not earlier:
        return None
    last, day = earlier[-1]
    is_beside = utterance.paragraph - last.paragraph <= 1 and last.entity is not utterance.entity and last.cue is not None
    return day if is_beside else None


def _is_of_that_time(low: Sequence[str]) -> bool:
    """Return whether a sentence says that its words are of the time told before: “said at the time”."""
    return bool(_THEN & set(low)) or any(
        tuple(low[n : n + 3]) == ("at", "the", "time") and low[n + 3 : n + 4] != ["of"] for n in range(len(low) - 2)
    )


def _last_told(run: Attribution, number: int, named: Sequence[DateMention], published: Date | None) -> DateMention | None:
    """Return the one date of the last sentence before one, in its paragraph, that names any outside of quotations."""
    for before in range(number - 1, -1, -1):
        sentence = run.sentences[before]
        if sentence.paragraph != run.sentences[number].paragraph:
            return None
        found = [date for date in days_in(named, sentence.start, sentence.end) if not occasions.is_quoted(sentence.tokens, date)]
        if found:
            return found[0] if len(found) == 1 and occasions.is_past(found[0], published) else None
    return None
