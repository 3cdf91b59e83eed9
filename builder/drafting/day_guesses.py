"""Guesses on which day something was said, where neither its sentence nor a known occasion tells: the day that the report names nearest before it.

A guess is a proposal with the words that it comes from, which the author confirms.
"""

from collections.abc import Sequence

from builder import dates
from builder.dates import Date
from builder.drafting import occasions
from builder.drafting.attribution import Attribution
from builder.drafting.findings import DateMention, days_in
from builder.drafting.tokens import QUOTED, Token
from builder.drafting.utterances import Utterance
from builder.i18n.lexicons.lexicon import words

_LATELY = 14
"""Days before an article came out of which it tells as news."""
_BACK = 3
"""Sentences back to the one that names the day."""
_REPORTER = words("i we me us ich wir mir uns mich")
_MEETS = words(
    """meet met meets saw sees visit visited called call rang ring phoned telephoned reached reach spoke speak talked caught found find invited received receives invites lets let shows showed
    traf treffe treffen besuche besuchte anrief rief erreichte erreiche sprach spreche empfing empfängt"""
)
"""Verbs of a reporter who meets somebody or calls them, and of whoever lets a reporter in."""
_PASSIVE = words("was were been being is are be wurde wurden worden wird war waren")
_SAID_HERE = words(
    "candidates hustings debate panel rally meeting conference briefing hearing session vote podium podiumsdiskussion wahlforum sitzung debatte"
)
"""Occasions at which several people speak."""


def guessed(run: Attribution, utterance: Utterance, named: Sequence[DateMention], published: Date | None) -> DateMention | None:
    """Return the one day that a sentence close before an utterance, in its paragraph, tells of: of what the speaker did, of a meeting with the reporter, or of an occasion at which several spoke."""
    number = occasions.sentence_of(run, utterance)
    number = utterance.sentence if number is None else number
    tense = occasions.tense(run, utterance)
    if tense == occasions.PLUPERFECT or published is None:
        return None
    for before in range(number - 1, max(-1, number - 1 - _BACK), -1):
        sentence = run.sentences[before]
        if sentence.heading or sentence.paragraph != run.sentences[number].paragraph:
            return None
        days = [day for day in days_in(named, sentence.start, sentence.end) if not occasions.is_quoted(sentence.tokens, day)]
        if not days:
            continue
        if len(days) != 1 or not occasions.is_past(days[0], published):
            return None
        low = {token.low for token in sentence.tokens if token.kind != QUOTED}
        if low & _REPORTER and low & _MEETS:
            return days[0]
        if not dates.is_day(days[0].date.edtf) or not _is_recent(days[0], published) or tense == occasions.PRESENT:
            return None
        is_told = bool(low & _SAID_HERE) and bool(run.cues[before])
        return days[0] if is_told or _is_act(run, utterance, before, days[0]) else None
    return None


def _is_act(run: Attribution, utterance: Utterance, number: int, day: DateMention) -> bool:
    """Return whether a sentence tells what the speaker did on a day: not what was done to them, and not in a clause beside."""
    tokens = run.sentences[number].tokens
    subject = next((mention for mention in run.cast.of_sentence(number) if mention.subject and mention.entity is utterance.entity), None)
    if subject is None:
        return False
    at = next((n for n, token in enumerate(tokens) if token.start <= day.start < token.end), -1)
    if any(_begins_clause(run, token) for token in tokens[min(subject.token, at) : max(subject.token, at)]):
        return False
    return not any(token.low in _PASSIVE or token.low in {"had", "hatte", "hatten"} for token in tokens if token.kind != QUOTED)


def _begins_clause(run: Attribution, token: Token) -> bool:
    return token.kind != QUOTED and (
        token.low in run.lexicon.that
        or (token.low in run.lexicon.relatives and not run.lexicon.capitals)
        or token.low in run.lexicon.conjunctions - {"and", "und"}
    )


def _is_recent(day: DateMention, published: Date) -> bool:
    """Return whether a day is that of publication, or one of the days before it in which reports usually are made."""
    first, today = dates.first_day(day.date), dates.first_day(published)
    return first is not None and today is not None and 0 <= today - first <= _LATELY
