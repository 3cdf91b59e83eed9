"""Finds the dates of utterances."""

from collections.abc import Sequence

from builder import dates
from builder.dates import Date
from builder.drafting.attribution import Attribution
from builder.drafting.record import PARTIAL, DateMention
from builder.drafting.tokens import QUOTED, Token, sentence_at
from builder.drafting.utterances import Utterance

_REACH = 16
"""Words between a verb of saying and the day that belongs to it."""

_SPANS = frozenset(
    ["since", "until", "till", "by", "for", "before", "after", "seit", "seitdem", "bis", "für", "vor", "nach", "ab", "spätestens"]
)

_BETWEEN = frozenset(
    [
        "the",
        "a",
        "last",
        "next",
        "this",
        "early",
        "late",
        "mid",
        "on",
        "der",
        "die",
        "das",
        "dem",
        "den",
        "zum",
        "zur",
        "am",
        "ende",
        "anfang",
        "mitte",
        "vergangenen",
        "kommenden",
        "nächsten",
    ]
)
"""Words between those and the date."""


def speech_date(run: Attribution, utterance: Utterance, named: Sequence[DateMention], published: Date | None) -> DateMention | None:
    """Return the date in the sentence of the cue, or in the sentence before it if that is about an occasion to speak."""
    cue = utterance.cue
    if cue is None or utterance.mention is None:
        return None
    number = sentence_at(run.sentences, utterance.mention[0])
    number = utterance.sentence if number < 0 else number
    sentence = run.sentences[number]
    tokens, reader, known = sentence.tokens, run.readers[number], run.lexicon
    for day in named:
        if not sentence.start <= day.start < sentence.end or not _is_past(day, published):
            continue
        at = next((n for n, token in enumerate(tokens) if token.start <= day.start < token.end), -1)
        if at < 0 or tokens[at].kind == QUOTED:
            continue
        verb = cue.verb
        if not _may_be_frame(tokens, at) or any(low <= day.start < high for one in run.reported for low, high in one.spans):
            continue  # a day of what is reported, not of saying it
        if at < cue.subject.start and at < verb:
            if not _opens(run, number, at) or (utterance.kind == PARTIAL and any(token.kind == QUOTED for token in tokens[at:verb])):
                continue
            if reader.is_filler(0, min(cue.subject.start, verb)) or (
                tokens[min(cue.subject.start, verb) - 1].text == "," and not _verbs(run, number, at, min(cue.subject.start, verb))
            ):
                return day
        elif at < verb or (verb < at <= max(verb, cue.subject.end) + _REACH and not _verbs(run, number, max(verb, 0) + 1, at)):
            return day
    if any(sentence.start <= day.start < sentence.end and not _is_quoted(tokens, day) for day in named):
        return None
    return _of_occasion(run, utterance, number, named, published, known.spoke)


def _may_be_frame(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a day may be that of saying: none is after “since”, “until”, “for”, “by”."""
    while at and tokens[at - 1].low in _BETWEEN:
        at -= 1
    clause = max((n for n in range(at) if tokens[n].kind != QUOTED and tokens[n].low in {"if", "whether", "ob"}), default=None)
    if clause is not None and not any(token.text == "," for token in tokens[clause:at]):
        return False  # “asked whether he would come tonight”
    return not at or tokens[at - 1].low not in _SPANS


def _opens(run: Attribution, number: int, at: int) -> bool:
    """Return whether only the frame of its sentence stands before a day: “In an interview on Monday”, and no subject of a clause of its own."""
    known = run.lexicon
    first = run.sentences[number].tokens[0].low
    frame = known.prepositions | known.adverbs | known.times | known.saying | known.spoke
    return at == 0 or first in frame or first.endswith(("ing", "ed"))


def _is_quoted(tokens: Sequence[Token], day: DateMention) -> bool:
    return any(token.kind == QUOTED and token.start <= day.start < token.end for token in tokens)


def _of_occasion(
    run: Attribution, utterance: Utterance, number: int, named: Sequence[DateMention], published: Date | None, spoke: frozenset[str]
) -> DateMention | None:
    before = number - 1
    if before < 0 or utterance.entity is None:
        return None
    sentence = run.sentences[before]
    if sentence.heading or run.sentences[number].paragraph - sentence.paragraph > 1:
        return None
    if not run.cast.is_mentioned(utterance.entity, before):
        return None
    words = {token.low for token in sentence.tokens}
    if not words & spoke:
        return None
    inside = [
        day for day in named if sentence.start <= day.start < sentence.end and _is_past(day, published) and dates.is_day(day.date.edtf)
    ]
    inside = [day for day in inside if not _is_told(run, before, day)]
    outside = [day for day in inside if not _is_quoted(sentence.tokens, day)]
    return outside[-1] if len(outside) == 1 else None


def _is_told(run: Attribution, number: int, day: DateMention) -> bool:
    """Return whether a date is part of reported speech, and not of the verb of saying."""
    tokens = run.sentences[number].tokens
    at = next((n for n, token in enumerate(tokens) if token.start <= day.start < token.end), 0)
    verbs = [cue.verb for cue in run.cues[number] if 0 <= cue.verb < at]
    if verbs and any(token.low in {"when", "as", "while", "als"} for token in tokens[verbs[-1] + 1 : at]):
        return False  # “said little when she was stopped on Wednesday”
    return bool(verbs) and _verbs(run, number, verbs[-1] + 1, at)


def _verbs(run: Attribution, number: int, low: int, high: int) -> bool:
    """Return whether another clause begins between two tokens."""
    known = run.lexicon
    for token in run.sentences[number].tokens[low:high]:
        if token.kind == QUOTED:
            continue
        if (
            token.low in known.that
            or token.low in known.says
            or token.low in known.auxiliaries
            or token.low in known.conjunctions - {"when", "als", "and", "und", "after", "before", "as", "nach", "vor"}
        ):
            return True
    return False


def _is_past(day: DateMention, published: Date | None) -> bool:
    first, today = dates.first_day(day.date), dates.first_day(published) if published is not None else None
    return first is not None and today is not None and first <= today
