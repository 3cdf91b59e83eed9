"""Finds the dates of utterances."""

from collections.abc import Sequence

from builder.dates import Date
from builder.drafting import adjacent_days, day_guesses, hearings, occasions
from builder.drafting.attribution import Attribution
from builder.drafting.cues import CALLS
from builder.drafting.findings import CERTAIN, LIKELY, PARTIAL, DateMention, SpeechDay, days_in
from builder.drafting.tokens import QUOTED, Token, sentence_at
from builder.drafting.utterances import Utterance

_REACH = 16
"""Words between a verb of saying and the day that belongs to it."""

_BEHIND_RELATIVE = 14
"""Words from “, at which” to the verb of saying."""

_FRAME = 4
"""Words from “Asked” to its day: “Asked the same evening whether …, he said”."""
_SHORTEST_ACT = 5
"""Letters of a word in “ing” that is no verb yet: king, thing."""
_QUESTIONED = frozenset(
    ["interviewed", "questioned", "pressed", "reached", "contacted", "challenged", "quizzed", "confronted", "approached"]
)
_LOOKING_BACK = frozenset(["citing", "referring", "recalling", "describing", "quoting", "remembering", "recounting", "having"])
"""Participles whose day is that of what is told, and not of telling it."""
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


def speech_dates(
    run: Attribution, utterances: Sequence[Utterance], named: Sequence[DateMention], published: Date | None
) -> dict[int, SpeechDay]:
    """Return the dates of utterances, by their identity: certain where the sentence of the utterance tells it, likely where another does, or the occasion."""
    is_live, interview = occasions.is_live(run.article), occasions.of_interview(run, named, published)
    hearing, event = hearings.day_of_hearing(run, named, published), hearings.day_of_event(run, named, published)
    answered = {number for answer in run.answers for number in answer.paragraphs}
    found: list[tuple[Utterance, DateMention | None]] = []
    dated: dict[int, SpeechDay] = {}
    for utterance in utterances:
        day = _told_date(run, utterance, named, published)
        how = CERTAIN if day is not None else LIKELY
        if day is None and not _names_day(run, utterance, named):
            day = (
                adjacent_days.of_neighbours(run, utterance, found, named, published)
                or _of_sentence_before(run, utterance, named, published)
                or occasions.carried(run, utterance, found)
                or hearings.said_there(run, utterance, hearing, event, found, named)
                or hearings.of_sitting_before(run, utterance, named, published)
            )
            if day is None and is_live:
                day = occasions.of_live_report(run, utterance, named, published)
            if day is None and utterance.paragraph not in answered:
                day = day_guesses.guessed(run, utterance, named, published)
        if day is None and utterance.cue is None and utterance.paragraph in answered and not utterance.in_marks:
            day = interview
        found.append((utterance, day))
        if day is not None:
            dated[id(utterance)] = SpeechDay(
                day.date, how, "" if (day.start, day.end) == utterance.mention else run.article.text[day.start : day.end]
            )
    return dated


def _names_day(run: Attribution, utterance: Utterance, named: Sequence[DateMention]) -> bool:
    """Return whether the sentence that tells the speaker names a day outside quotations."""
    number = occasions.sentence_of(run, utterance)
    if number is None:
        return False
    sentence = run.sentences[number]
    return any(not occasions.is_quoted(sentence.tokens, day) for day in days_in(named, sentence.start, sentence.end))


def _told_date(run: Attribution, utterance: Utterance, named: Sequence[DateMention], published: Date | None) -> DateMention | None:
    """Return the date in the sentence of the cue that is that of saying."""
    cue = utterance.cue
    if cue is None or utterance.mention is None:
        return None
    number = _sentence_of_cue(run, utterance.mention[0], utterance.sentence)
    sentence = run.sentences[number]
    tokens, reader = sentence.tokens, run.readers[number]
    here = days_in(named, sentence.start, sentence.end)
    for day in here:
        if not occasions.is_past(day, published):
            continue
        at = next((n for n, token in enumerate(tokens) if token.start <= day.start < token.end), -1)
        if at < 0 or tokens[at].kind == QUOTED:
            continue
        verb = cue.verb
        if _is_of_occasion(tokens, at, day, verb):
            return day
        if not _may_be_frame(tokens, at) or any(
            low <= day.start < high for utterance in run.reported if not utterance.denied for low, high in utterance.spans
        ):
            continue  # a day of what is reported, not of saying it
        if at < cue.subject.start and at < verb:
            if (
                not _opens(run, number, at)
                or tokens[0].low in _LOOKING_BACK
                or (utterance.kind == PARTIAL and any(token.kind == QUOTED for token in tokens[at:verb]))
            ):
                continue
            low = min(cue.subject.start, verb)
            is_frame = tokens[0].low in run.lexicon.prepositions and not occasions.has_verb(run, number, 0, low)
            comma = next((n for n in range(at, low) if tokens[n].text == ","), low)
            is_asked = at <= _FRAME and tokens[0].low in {"asked", "gefragt", "speaking"} and tokens[low - 1].text == ","
            is_asked |= tokens[low - 1].text == "," and _is_act(tokens) and not occasions.has_verb(run, number, 1, at)
            if tokens[0].low in {"asked", "gefragt"} and not is_asked and occasions.has_verb(run, number, 1, at):
                continue  # “Asked about the leaflets that were found on Tuesday, she said”
            if (
                is_frame
                or is_asked
                or reader.is_filler(0, low)
                or hearings.heard_from(tokens[at:low])
                or (tokens[low - 1].text == "," and not occasions.has_verb(run, number, at, comma))
            ):
                return day
        elif cue.kind == CALLS and at > verb and any(token.low in {"as", "als"} for token in tokens[at : at + _REACH]):
            continue  # “described the sea on 2 June as”
        elif (at < verb and not _is_in_aside(run, tokens, cue.subject.end, at, verb)) or (
            verb < at <= max(verb, cue.subject.end) + _REACH and not occasions.has_verb(run, number, max(verb, 0) + 1, at)
        ):
            return day
    return None


def _of_sentence_before(run: Attribution, utterance: Utterance, named: Sequence[DateMention], published: Date | None) -> DateMention | None:
    """Return the date in the sentence before that of the cue, if that is about an occasion to speak."""
    if utterance.cue is None or utterance.mention is None:
        return None
    number = _sentence_of_cue(run, utterance.mention[0], utterance.sentence)
    return occasions.of_sentence_before(run, utterance, number, named, published)


def _sentence_of_cue(run: Attribution, mention: int, number: int) -> int:
    found = sentence_at(run.sentences, mention)
    return number if found < 0 else found


def _is_of_occasion(tokens: Sequence[Token], at: int, day: DateMention, verb: int) -> bool:
    """Return whether a day is that of an occasion on which somebody spoke: “a meeting last Thursday, at which she pleaded”."""
    comma = next((n for n in range(at, min(at + 3, len(tokens))) if tokens[n].text == "," and tokens[n].start >= day.end), None)
    if comma is None or comma + 2 >= len(tokens) or not comma < verb <= comma + _BEHIND_RELATIVE:
        return False
    first, second = tokens[comma + 1].low, tokens[comma + 2].low
    return (
        (first in {"at", "in", "during"} and second == "which")
        or (first in {"bei", "auf", "in"} and second in {"der", "dem", "denen"})
        or first in {"where", "when", "wo", "als"}
    )


def _is_in_aside(run: Attribution, tokens: Sequence[Token], low: int, at: int, verb: int) -> bool:
    """Return whether a day is told in a clause about the speaker: “Ann Lee, who won in 2022, said”."""
    return any(token.low in run.lexicon.relatives and token.low not in run.lexicon.that for token in tokens[low:at]) and any(
        token.text == "," for token in tokens[at:verb]
    )  # “the ministry, which on Thursday had accused” is one clause


def _may_be_frame(tokens: Sequence[Token], at: int) -> bool:
    """Return whether a day may be that of saying: none is after “since”, “until”, “for”, “by”."""
    while at and tokens[at - 1].low in _BETWEEN:
        at -= 1
    clause = max((n for n in range(at) if tokens[n].kind != QUOTED and tokens[n].low in {"if", "whether", "ob"}), default=None)
    if clause is not None and not any(token.text == "," for token in tokens[clause:at]):
        return False  # “asked whether he would come tonight”
    return not at or tokens[at - 1].low not in _SPANS


def _is_act(tokens: Sequence[Token]) -> bool:
    """Return whether a sentence begins with what its subject did, or what was done to it, as they spoke: “Handing over the list on Monday, she said”."""
    first = tokens[0].low
    return first in _QUESTIONED or (first.endswith("ing") and len(first) > _SHORTEST_ACT and first not in _LOOKING_BACK)


def _opens(run: Attribution, number: int, at: int) -> bool:
    """Return whether only the frame of its sentence stands before a day: “In an interview on Monday”, and no subject of a clause of its own."""
    known, tokens = run.lexicon, run.sentences[number].tokens
    begin = max((n + 1 for n in range(at) if tokens[n].text in {":", ";"}), default=0)  # “While we wait: on Sunday, …”
    first = tokens[begin].low
    frame = known.prepositions | known.adverbs | known.times | known.saying | known.spoke
    return at == begin or first in frame or first.endswith(("ing", "ed"))
