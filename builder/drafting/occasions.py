"""Occasions on which somebody speaks, and the dates they give to what is said: a meeting in the sentence before, an interview, a live report."""

import re
from collections.abc import Sequence
from itertools import takewhile

from builder import dates
from builder.dates import Date
from builder.drafting.attribution import Attribution
from builder.drafting.descriptions import singular
from builder.drafting.entities import Entity
from builder.drafting.findings import BODY, LIKELY, UNNAMED, ArticleText, DateMention, days_in
from builder.drafting.tokens import QUOTED, Token, sentence_at
from builder.drafting.utterances import Utterance
from builder.i18n.lexicons.lexicon import words

_CLOCK = re.compile(
    r"[*_]*(?P<hour>\d{1,2})(?:[.:](?P<minute>\d\d)(?:\s?(?P<half>[ap])\.?m\.?)?|\s?(?P<whole>[ap])m)(?=\s|$|[*_–—:-])", re.IGNORECASE
)
_ME, _MEETS = (
    frozenset({"me", "us"}),
    frozenset({"meet", "met", "saw", "received", "invited", "rang", "phoned", "telephoned", "spoke", "showed"}),
)
_I, _VISITS = (
    frozenset({"i", "we"}),
    frozenset({"visit", "visited", "leave", "left", "arrive", "arrived", "call", "called", "came", "come"}),
)
_REACTS = words(
    """struck hit reached silence laughed backed defended sounded reacted responded welcomed praised criticised criticized condemned blamed thanked vowed resigned stepped dismissed attacked accused pledged
    promised joked launched unveiled presented appeared arrived returned apologised apologized rejected appealed urged hailed played defied rounded lashed doubled conceded conceding
    entschuldigte begrüßte kritisierte reagierte verteidigte bedankte wies kündigte warf rief"""
)
"""Verbs of a reaction or an appearance, which a quotation of the next sentence belongs to."""
_BACK = 4
"""Sentences back to where the reporter met somebody."""
_VOICES = frozenset({"spokesman", "spokeswoman", "spokesperson", "sprecher", "sprecherin"})
_ADDS = words("added continued repeated concluded insisted fügte ergänzte wiederholte")
_ASKED = frozenset({"asked", "pressed", "questioned", "challenged", "gefragt"})
_TELLS = frozenset({"told", "tells"})
"""Verbs that name who is told."""
_LONG_AGO = 31
"""Days after which nobody “tells” any more what they said."""
_FEWEST_TIMES = 3
"""Paragraphs that begin with a time of the day in a live report."""


def of_sentence_before(
    run: Attribution, utterance: Utterance, number: int, named: Sequence[DateMention], published: Date | None
) -> DateMention | None:
    """Return the date in the sentence before that of a cue, if that tells of an occasion on which the speaker spoke."""
    before = number - 1
    if before < 0 or utterance.entity is None:
        return None
    if (met := _of_meeting(run, utterance, number, named, published)) is not None:
        return met
    sentence = run.sentences[before]
    if sentence.heading or run.sentences[number].paragraph - sentence.paragraph > 1:
        return None
    body = _body_that_speaks(run, before) if utterance.entity.heads & _VOICES else None
    if body is None and utterance.entity.roles and run.sentences[number].paragraph == sentence.paragraph:
        body = _body_that_reacts(run, before)
    if body is None and not run.cast.is_mentioned(utterance.entity, before):
        return None
    words = {token.low for token in sentence.tokens}
    is_reaction = body is None and tense(run, utterance) == PAST and _is_reaction(run, before, utterance.entity, words)
    is_reaction |= body is None and _is_by_telephone(sentence.tokens)
    if not (words & run.lexicon.spoke or is_reaction or _is_speaking(run, before, body or utterance.entity)) or (
        words & _TELLS and _verb(run, number, utterance) in _TELLS
    ):
        return None
    inside = [day for day in days_in(named, sentence.start, sentence.end) if is_past(day, published) and dates.is_day(day.date.edtf)]
    inside = [day for day in inside if not _is_of_a_report(run, before, day)]
    outside = [day for day in inside if not is_quoted(sentence.tokens, day)]
    if len(outside) != 1 or ((is_reaction or tense(run, utterance) == PRESENT) and _is_long_ago(outside[0], published)):
        return None  # “she found a letter of 1904. “…,” she tells me”
    return outside[0]


def _is_by_telephone(tokens: Sequence[Token]) -> bool:
    """Return whether a sentence begins with how somebody was reached: “On the telephone the next day she was gentler”."""
    low = [token.low for token in tokens[:3]]
    return low[:1] in (["on"], ["by"], ["am"], ["over"]) and bool({"telephone", "phone", "telefon"} & set(low))


def _is_reaction(run: Attribution, number: int, entity: Entity, words: set[str]) -> bool:
    """Return whether somebody is the subject of a sentence that tells how they reacted or appeared: “struck a softer note”, “hit back”, “arrived”."""
    return (
        bool(words & _REACTS)
        and not words & {"had", "hatte", "hatten"}
        and any(entity_mention.entity is entity and entity_mention.subject for entity_mention in run.cast.of_sentence(number))
    )


def _is_speaking(run: Attribution, number: int, entity: Entity) -> bool:
    """Return whether a sentence has a verb of saying whose subject somebody is: “the governor confirmed the figures on Thursday”."""
    tokens = run.sentences[number].tokens
    here = [cue for cue in run.cues[number] if cue.direct and run.found.get((number, cue.subject.start)) is entity]
    return any(not {token.low for token in tokens[max(0, cue.verb - 3) : cue.verb]} & {"had", "hatte"} for cue in here)


def _body_that_speaks(run: Attribution, number: int) -> Entity | None:
    """Return the body whose verb of saying a sentence has: “The bank denied on Friday that …”, before “a spokeswoman said”."""
    subjects = (run.found.get((number, cue.subject.start)) for cue in run.cues[number] if cue.direct)
    return next((subject for subject in subjects if subject is not None and subject.kind == BODY), None)


def _body_that_reacts(run: Attribution, number: int) -> Entity | None:
    """Return the body that a sentence tells a reaction of: “The organisers rejected that on Monday”, before “…,” race director Hugo Lamm said."""
    words = {token.low for token in run.sentences[number].tokens}
    if not words & (_REACTS | run.lexicon.denying.keys()) or words & {"had", "hatte", "hatten"}:
        return None
    mentioned = run.cast.of_sentence(number)
    subjects = [entity_mention.entity for entity_mention in mentioned if entity_mention.subject]
    return subjects[0] if len(subjects) == 1 and (subjects[0].kind == BODY or subjects[0].plural) else None


def _is_long_ago(day: DateMention, published: Date | None) -> bool:
    first, today = dates.first_day(day.date), dates.first_day(published) if published is not None else None
    return first is not None and today is not None and today - first > _LONG_AGO


def _of_meeting(
    run: Attribution, utterance: Utterance, number: int, named: Sequence[DateMention], published: Date | None
) -> DateMention | None:
    """Return the day on which the reporter met the speaker, told in the same paragraph: “agreed to meet me last Thursday”."""
    assert utterance.entity is not None
    for before in range(number - 1, max(-1, number - 1 - _BACK), -1):
        sentence = run.sentences[before]
        if sentence.paragraph != run.sentences[number].paragraph:
            return None
        words = {token.low for token in sentence.tokens}
        if ((words & _ME and words & _MEETS) or (words & _I and words & _VISITS)) and run.cast.is_mentioned(utterance.entity, before):
            inside = [day for day in days_in(named, sentence.start, sentence.end) if not is_quoted(sentence.tokens, day)]
            return inside[0] if len(inside) == 1 and is_past(inside[0], published) and dates.is_day(inside[0].date.edtf) else None
    return None


def _is_of_a_report(run: Attribution, number: int, day: DateMention) -> bool:
    """Return whether a date is part of reported speech, and not of the verb of saying."""
    tokens = run.sentences[number].tokens
    at = next((n for n, token in enumerate(tokens) if token.start <= day.start < token.end), 0)
    verbs = [cue.verb for cue in run.cues[number] if 0 <= cue.verb < at]
    if verbs and any(token.low in {"when", "as", "while", "als"} for token in tokens[verbs[-1] + 1 : at]):
        return False  # “said little when she was stopped on Wednesday”
    return bool(verbs) and has_verb(run, number, verbs[-1] + 1, at)


def of_interview(run: Attribution, named: Sequence[DateMention], published: Date | None) -> DateMention | None:
    """Return the day on which an interview was held: the only one before or behind its questions and answers that a sentence about speaking names."""
    if not run.answers:
        return None
    numbers = [number for answer in run.answers for number in answer.paragraphs]
    inside = range(min(numbers), max(numbers) + 1)
    found: dict[str, DateMention] = {}
    for sentence in run.sentences:
        words = {token.low for token in sentence.tokens}
        if sentence.paragraph in inside or not words & _TALKS or not words & _WE:
            continue
        for day in days_in(named, sentence.start, sentence.end):
            if dates.is_day(day.date.edtf) and is_past(day, published):
                found[day.date.edtf] = day
    return next(iter(found.values())) if len(found) == 1 else None


_TALKS = frozenset(
    {
        "spoke",
        "talked",
        "met",
        "interviewed",
        "speaking",
        "spoken",
        "received",
        "visited",
        "invited",
        "empfing",
        "besuchten",
        "sprachen",
        "sprach",
        "trafen",
        "traf",
        "interview",
        "gespräch",
        "geführt",
    }
)
_WE = frozenset({"we", "us", "our", "me", "i", "to", "with", "wir", "uns", "mit", "das"})
"""Words of a sentence about an interview."""


def is_live(article: ArticleText) -> bool:
    """Return whether an article is a live report of one day: its entries begin with times of the day, all later or all earlier than the one before."""
    times = [
        _minutes(found)
        for paragraph in article.paragraphs
        if (found := _CLOCK.match(article.text, paragraph.start, paragraph.end)) is not None
    ]
    return len(times) >= _FEWEST_TIMES and times in (sorted(times), sorted(times, reverse=True))


def _minutes(clock: re.Match[str]) -> int:
    """Return how many minutes of the day have passed at a time such as 17:20, 4.40pm or 9am."""
    half = clock["half"] or clock["whole"]
    hour = int(clock["hour"])
    return (hour % 12 + 12 * (half.lower() == "p") if half else hour) * 60 + int(clock["minute"] or 0)


def of_live_report(run: Attribution, utterance: Utterance, named: Sequence[DateMention], published: Date | None) -> DateMention | None:
    """Return the day of a live report as that of what it reports as said just now, and not as said before: “had promised”."""
    if published is None or not dates.is_day(published.edtf) or utterance.mention is None:
        return None
    number = sentence_of(run, utterance)
    if number is None or tense(run, utterance) == PLUPERFECT:
        return None
    paragraph = run.article.paragraphs[run.sentences[number].paragraph]
    past_days = [day for day in days_in(named, paragraph.start, utterance.mention[0]) if is_past(day, published)]
    if any(day.date.edtf != published.edtf and not any(low <= day.start < high for low, high in utterance.spans) for day in past_days):
        return None  # the entry tells of another day
    return DateMention(*utterance.mention, published, utterance.mention, LIKELY)


PRESENT, PAST, PLUPERFECT = "present", "past", "pluperfect"


def tense(run: Attribution, utterance: Utterance) -> str:
    """Return in which tense the verb of saying of an utterance stands; "" if it has none."""
    number = sentence_of(run, utterance)
    if utterance.cue is None or number is None:
        return ""
    tokens, verb = run.sentences[number].tokens, utterance.cue.verb
    if not 0 <= verb < len(tokens):
        return ""
    before = {token.low for token in tokens[max(0, verb - 3) : verb]}
    low = tokens[verb].low
    if (before | {low}) & {"had", "hatte", "hatten"}:
        return PLUPERFECT
    if before & {"has", "have", "hat", "haben"} and not low.endswith("s"):
        return PAST
    return PRESENT if low.endswith("s") or (run.lexicon.capitals and low.endswith("t") and not low.endswith("te")) else PAST


def sentence_of(run: Attribution, utterance: Utterance) -> int | None:
    """Return the number of the sentence that names the speaker of an utterance; None if no sentence does."""
    number = sentence_at(run.sentences, utterance.mention[0]) if utterance.mention is not None else -1
    return number if number >= 0 else None


def carried(run: Attribution, utterance: Utterance, earlier: Sequence[tuple[Utterance, DateMention | None]]) -> DateMention | None:
    """Return the day of what the same speaker said before in the same paragraph, where the report goes on in the same tense: “She told parliament on Wednesday … “…,” she said”."""
    number = sentence_of(run, utterance)
    if number is None or utterance.entity is None or utterance.cue is None:
        return None
    near = takewhile(lambda pair: pair[0].paragraph >= utterance.paragraph - 1, reversed(earlier))
    last = next(((speech, day) for speech, day in near if _is_same(speech.entity, utterance.entity) and speech.cue is not None), None)
    if last is None or last[1] is None:
        return None
    before = sentence_of(run, last[0])
    if before is None or before == number:
        return None
    behind = run.sentences[number].paragraph - run.sentences[before].paragraph
    lead = next((n for n, paragraph in enumerate(run.article.paragraphs) if not paragraph.heading), 0)
    is_of_lead = run.sentences[before].paragraph == lead  # what the lead tells is gone into in the paragraph behind it
    if behind and not (behind == 1 and (is_of_lead or (earlier[-1][0].entity is last[0].entity and _goes_on(run, number, utterance)))):
        return None
    if tense(run, last[0]) != tense(run, utterance) or _is_told_to_others(run, number, utterance, before, last[0]):
        return None
    return last[1]


def _goes_on(run: Attribution, number: int, utterance: Utterance) -> bool:
    """Return whether a paragraph goes on with the speaker of the one before: “he said”, “Lee added”, “Asked whether …, Lee said”."""
    assert utterance.mention is not None
    speaker = run.article.text[slice(*utterance.mention)].lower()
    first = run.sentences[number].tokens[0].low
    return speaker in run.lexicon.pronouns or _verb(run, number, utterance) in _ADDS or first in _ASKED


def _is_same(entity: Entity | None, other: Entity | None) -> bool:
    """Return whether two are the same, or the second is one of the first: two ministers, one of them."""
    if entity is other or entity is None or other is None:
        return entity is other
    return entity.plural and other.kind == UNNAMED and bool({singular(head) for head in entity.heads} & other.heads)


def _is_told_to_others(run: Attribution, number: int, utterance: Utterance, before: int, last: Utterance) -> bool:
    """Return whether a verb names hearers of its own, so that it is of another occasion: “told police … told the court”."""
    return _verb(run, number, utterance) in _TELLS and _verb(run, before, last) in _TELLS


def _verb(run: Attribution, number: int, utterance: Utterance) -> str:
    tokens = run.sentences[number].tokens
    return tokens[utterance.cue.verb].low if utterance.cue is not None and 0 <= utterance.cue.verb < len(tokens) else ""


def has_verb(run: Attribution, number: int, low: int, high: int) -> bool:
    """Return whether another clause begins between two tokens."""
    known, tokens = run.lexicon, run.sentences[number].tokens
    for n in range(low, min(high, len(tokens))):
        token, before = tokens[n], tokens[n - 1].low if n else ""
        if token.kind == QUOTED or (token.low in known.days and token.text[0].isupper()):
            continue
        if token.low in known.nouns_too and before in known.determiners | known.prepositions:
            continue  # “in a note on Thursday”
        if token.low in known.that and n + 1 < len(tokens) and tokens[n + 1].low in known.prepositions:
            continue  # “rejected that on Monday”
        if (
            token.low in known.that
            or token.low in known.says
            or token.low in known.auxiliaries
            or token.low in known.conjunctions - {"when", "als", "and", "und", "after", "before", "as", "nach", "vor"}
        ):
            return True
    return False


def is_quoted(tokens: Sequence[Token], day: DateMention) -> bool:
    """Return whether a day stands within a quotation."""
    return any(token.kind == QUOTED and token.start <= day.start < token.end for token in tokens)


def is_past(day: DateMention, published: Date | None) -> bool:
    """Return whether a day has been when the article came out."""
    first, today = dates.first_day(day.date), dates.first_day(published) if published is not None else None
    return first is not None and today is not None and first <= today
