"""Finds the day of a hearing, an inquiry or a meeting that the beginning of an article tells of: what is said there was said on that day."""

from collections.abc import Sequence

from builder import dates
from builder.dates import Date
from builder.drafting import occasions
from builder.drafting.attribution import Attribution
from builder.drafting.findings import DateMention
from builder.drafting.lexicon import words
from builder.drafting.tokens import Sentence, Token
from builder.drafting.utterances import Utterance

_HEARINGS = words(
    """court jury inquiry inquest tribunal hearing trial committee commission panel council parliament assembly meeting conference debate session gericht kammer prozess ausschuss
    sitzung anhörung verhandlung gemeinderat stadtrat landtag bundestag parlament versammlung konferenz"""
)
_SITS = words(
    """heard hears told shown saw watched opened opens began begins resumed resumes sat sits met meets convened gathered debated hörte begann eröffnet eröffnete tagte trat beriet"""
)
"""Verbs of a hearing that is held."""
_SENTENCED = words("jailed sentenced acquitted convicted verurteilt freigesprochen")
"""What a court does on the day of its ruling."""
_HEARERS = _HEARINGS | words(
    "jurors judge judges magistrates lawmakers members councillors mps senators peers delegates richter abgeordneten"
)
_IN_COURT = words(
    "evidence cross-examined cross-examination testified testifying testimony witness-box dock opening closing zeugenstand aussage"
)
_AT, _THE = frozenset({"at", "after", "during", "beim", "bei", "nach", "auf"}), frozenset({"the", "dem", "der", "this"})
_EVENTS = words(
    """ceremony meeting opening briefing signing rally debate match game final race finish vote summit launch handover inauguration press presentation verdict ruling announcement
    feier eröffnung sitzung spiel rennen abstimmung kundgebung pressekonferenz unterzeichnung"""
)
"""Nouns of an event at which people speak."""
_LATELY = 7
"""Days before an article came out of which its beginning tells as news."""
_FIRST = 3
"""Sentences of text in which the hearing and its day are told."""
_BEHIND = 8
"""Words behind a verb of saying in which its hearer stands."""


def day_of_hearing(run: Attribution, named: Sequence[DateMention], published: Date | None) -> tuple[int, DateMention] | None:
    """Return the sentence and the day of the one hearing that an article begins with; None if it begins with none, or names no day of it."""
    text = [(number, one) for number, one in enumerate(run.sentences) if not one.heading][:_FIRST]
    for number, sentence in text:
        words = [token.low for token in sentence.tokens]
        is_held = (_HEARINGS & set(words) and _SITS & set(words)) or _SENTENCED & set(words)
        if not is_held or "will" in words:
            continue
        days = [day for day in named if sentence.start <= day.start < sentence.end and not occasions.is_quoted(sentence.tokens, day)]
        if len(days) != 1 or not dates.is_day(days[0].date.edtf) or not occasions.is_past(days[0], published):
            return None
        return (number, days[0]) if _is_of_sitting(sentence, days[0]) else None
    return None


def _is_of_sitting(sentence: Sentence, day: DateMention) -> bool:
    """Return whether a day is that on which a hearing is held, and not of what is told there: “heard on Monday”, “heard that he left on Monday”."""
    at = next((n for n, token in enumerate(sentence.tokens) if token.start <= day.start < token.end), -1)
    that = next((n for n, token in enumerate(sentence.tokens) if token.low in {"that", "how", "dass", "wie"}), len(sentence.tokens))
    verb = next((n for n, token in enumerate(sentence.tokens) if token.low in _SITS), -1)
    return 0 <= at < that or (that < verb < at)


def _is_at_event(tokens: Sequence[Token]) -> bool:
    """Return whether a sentence tells of the event that the article is about: “at the ceremony”, “after the match”."""
    low = [token.low for token in tokens]
    return any(low[n] in _AT and low[n + 1] in _THE and any(word in _EVENTS for word in low[n + 2 : n + 4]) for n in range(len(low) - 2))


def day_of_event(run: Attribution, named: Sequence[DateMention], published: Date | None) -> DateMention | None:
    """Return the one day that the first sentences of an article tell of as news; None if they tell of none, or of several."""
    today = dates.first_day(published) if published is not None else None
    text = [one for one in run.sentences if not one.heading][:_FIRST]
    found: dict[str, DateMention] = {}
    for sentence in text if today is not None else ():
        for day in named:
            first = dates.first_day(day.date)
            if sentence.start <= day.start < sentence.end and first is not None and not occasions.is_quoted(sentence.tokens, day):
                found[day.date.edtf] = day
    days = list(found.values())
    first = dates.first_day(days[0].date) if len(days) == 1 and dates.is_day(days[0].date.edtf) else None
    return days[0] if first is not None and today is not None and 0 <= today - first <= _LATELY else None


def said_there(
    run: Attribution, utterance: Utterance, hearing: tuple[int, DateMention] | None, event: DateMention | None
) -> DateMention | None:
    """Return the day of a hearing for what is said there, to its members, in evidence, or right behind the sentence about it; that of an event for what is said “at the ceremony”."""
    number = occasions.sentence_of(run, utterance)
    if utterance.cue is None or number is None or occasions.tense(run, utterance) == occasions.PLUPERFECT:
        return None
    tokens, verb = run.sentences[number].tokens, max(0, utterance.cue.verb)
    if event is not None and _is_at_event(tokens):
        return event
    if hearing is None or number < hearing[0]:
        return None
    behind = {token.low for token in tokens[verb : verb + _BEHIND]}
    is_told = behind & _HEARERS and behind & {"told", "tells", "to", "before"}
    is_next = run.sentences[number].paragraph - run.sentences[hearing[0]].paragraph <= 1
    return hearing[1] if is_told or is_next or _IN_COURT & {token.low for token in tokens} else None
