"""Finds the day of a hearing, an inquiry or a meeting that the beginning of an article tells of: what is said there was said on that day."""

from collections.abc import Sequence
from typing import NamedTuple

from builder import dates
from builder.dates import Date
from builder.drafting import occasions
from builder.drafting.attribution import Attribution
from builder.drafting.findings import DateMention, days_in
from builder.drafting.tokens import Sentence, Token
from builder.drafting.utterances import Utterance
from builder.i18n.lexicons.lexicon import words

_HEARINGS = words(
    """court jury inquiry inquest tribunal hearing trial committee commission panel council parliament assembly meeting conference debate session gericht kammer prozess ausschuss
    sitzung anhörung verhandlung gemeinderat stadtrat kreistag landtag bundestag parlament versammlung konferenz"""
)
_SITS = words(
    """heard hears told shown saw watched opened opens began begins resumed resumes sat sits met meets convened gathered debated hörte begann eröffnet eröffnete tagte getagt trat beriet beraten
    debattierte decided voted approved rejected backed agreed passed adopted refused beschloss beschlossen billigte vorgeworfen warf ausgesagt begonnen fortgesetzt eröffnet vernommen gehört verhandelt beraten debattiert"""
)
"""Verbs of a hearing that is held."""
_SENTENCED = words("jailed sentenced acquitted convicted cleared fined verurteilt freigesprochen")
"""What a court does on the day of its ruling."""
_HEARERS = _HEARINGS | words(
    "jurors judge judges magistrates lawmakers members councillors mps senators peers delegates lords commons richter abgeordneten geschworenen"
)
_IN_COURT = words(
    "evidence cross-examined cross-examination testified testifying testimony witness-box dock opening closing replying zeugenstand aussage"
)
_OF_COURT = words(
    "witness coroner judge foreman forewoman barrister counsel prosecutor magistrate zeuge zeugin richter richterin staatsanwalt staatsanwältin verteidiger verteidigerin"
)
"""Who speaks in a court, and seldom elsewhere."""
_MEMBERS = words("councillor councilor alderman delegate mp peer stadtrat stadträtin gemeinderat gemeinderätin abgeordneter abgeordnete")
"""Who speaks in a council or a parliament."""
_ELSEWHERE = words(
    """outside statement letter email e-mail interview telephone phone post blog column article message afterwards afterward later reporters journalists police detectives street steps
    mitteilung brief interview telefon beitrag nachricht später reportern journalisten polizei"""
)
"""Words of a sentence that tells what was said at another place or time."""
_AT, _THE = frozenset({"at", "after", "during", "in", "beim", "bei", "nach", "auf"}), frozenset({"the", "dem", "der", "this"})
_EVENTS = words(
    """ceremony meeting opening briefing signing rally debate match game final race finish vote summit launch handover inauguration press presentation verdict ruling announcement
    count talks reception visit conversation tour protest march vigil funeral service concert premiere sentencing hearing poll walkout
    debatte feier eröffnung sitzung spiel rennen abstimmung kundgebung pressekonferenz unterzeichnung"""
)
"""Nouns of an event at which people speak."""
_PARTS = words("begin beginning start end close opening outset")
"""Parts of an event: “at the beginning of the meeting”."""
_COURTS = words("court jury jurors inquest tribunal trial gericht prozess landgericht amtsgericht")
_HOUSES = words("court courthouse courtroom gericht gerichtsgebäude")
_MARGIN = words("sidelines margin margins rande")
"""Where people speak who do not speak in the hearing itself."""
_LATELY = 7
"""Days before an article came out of which its beginning tells as news."""
_FIRST = 3
"""Sentences of text in which the hearing and its day are told."""
_BEHIND = 8
"""Words behind a verb of saying in which its hearer stands."""


class Hearing(NamedTuple):
    """A hearing that an article begins with."""

    sentence: int
    """The number of the sentence that tells of it."""
    day: DateMention
    is_held: bool
    """Whether the sentence is about the hearing, and not only about what somebody told its members."""
    is_court: bool


def day_of_hearing(run: Attribution, named: Sequence[DateMention], published: Date | None) -> Hearing | None:
    """Return the one hearing that an article begins with; None if it begins with none, or names no day of it."""
    text = [(number, sentence) for number, sentence in enumerate(run.sentences) if not sentence.heading][:_FIRST]
    for number, sentence in text:
        words = [token.low for token in sentence.tokens]
        is_held = (_HEARINGS & set(words) and _SITS & set(words)) or _SENTENCED & set(words)
        if not (is_held or _is_told_to_members(words)) or "will" in words:
            continue
        days = [day for day in days_in(named, sentence.start, sentence.end) if not occasions.is_quoted(sentence.tokens, day)]
        if len(days) != 1 or not dates.is_day(days[0].date.edtf) or not occasions.is_past(days[0], published):
            return None
        return Hearing(number, days[0], bool(is_held), bool(_COURTS & set(words))) if _is_of_sitting(sentence, days[0]) else None
    return None


def _is_told_to_members(words: Sequence[str]) -> bool:
    """Return whether somebody “told peers”, “told a jury”, “told the committee” something."""
    return any(word == "told" and _HEARERS & set(words[n + 1 : n + 4]) for n, word in enumerate(words))


def _is_of_sitting(sentence: Sentence, day: DateMention) -> bool:
    """Return whether a day is that on which a hearing is held, and not of what is told there: “heard on Monday”, “heard that he left on Monday”."""
    at = next((n for n, token in enumerate(sentence.tokens) if token.start <= day.start < token.end), -1)
    that = next((n for n, token in enumerate(sentence.tokens) if token.low in {"that", "how", "dass", "wie"}), len(sentence.tokens))
    verb = next((n for n, token in enumerate(sentence.tokens) if token.low in _SITS), -1)
    return 0 <= at < that or (that < verb < at)


def _is_at_event(tokens: Sequence[Token]) -> bool:
    """Return whether a sentence tells of the event that the article is about: “at the ceremony”, “after the match”."""
    low = [token.low for token in tokens]
    starts = [n + 2 for n in range(len(low) - 2) if low[n] in _AT and low[n + 1] in _THE]
    starts = [n + 2 + (low[n + 2 : n + 3] == ["the"]) if low[n] in _PARTS and low[n + 1 : n + 2] == ["of"] else n for n in starts]
    return any(word in _EVENTS for n in starts for word in low[n : n + 2])


def day_of_event(run: Attribution, named: Sequence[DateMention], published: Date | None) -> DateMention | None:
    """Return the one past day that the first sentence with any tells of as news; None if it tells of several."""
    today = dates.first_day(published) if published is not None else None
    text = [sentence for sentence in run.sentences if not sentence.heading][:_FIRST]
    found: dict[str, DateMention] = {}
    for sentence in text if today is not None else ():
        for day in days_in(named, sentence.start, sentence.end):
            if occasions.is_past(day, published) and not occasions.is_quoted(sentence.tokens, day):
                found[day.date.edtf] = day
        if found:
            break
    days = list(found.values())
    first = dates.first_day(days[0].date) if len(days) == 1 and dates.is_day(days[0].date.edtf) else None
    return days[0] if first is not None and today is not None and 0 <= today - first <= _LATELY else None


def of_sitting_before(run: Attribution, utterance: Utterance, named: Sequence[DateMention], published: Date | None) -> DateMention | None:
    """Return the day of a hearing that the sentence before tells of, in the same paragraph: “The council met on Tuesday. …”."""
    number = occasions.sentence_of(run, utterance)
    if not number or utterance.cue is None or occasions.tense(run, utterance) != occasions.PAST:
        return None
    before = run.sentences[number - 1]
    if before.heading or before.paragraph != run.sentences[number].paragraph:
        return None
    low = {token.low for token in before.tokens}
    days = days_in(named, before.start, before.end)
    is_held = bool(_HEARINGS & low and _SITS & low) and "will" not in low
    if not is_held or len(days) != 1 or not dates.is_day(days[0].date.edtf) or not occasions.is_past(days[0], published):
        return None
    return days[0] if _is_of_sitting(before, days[0]) else None


def heard_from(tokens: Sequence[Token]) -> bool:
    """Return whether words tell whom a hearing listened to: “On Monday the court had heard from”, before whoever “described” something."""
    low = [token.low for token in tokens]
    return any(word in _SITS and set(low[:n]) & _HEARINGS and "from" in low[n + 1 : n + 3] for n, word in enumerate(low))


def said_there(
    run: Attribution,
    utterance: Utterance,
    hearing: Hearing | None,
    event: DateMention | None,
    earlier: Sequence[tuple[Utterance, DateMention | None]] = (),
    named: Sequence[DateMention] = (),
) -> DateMention | None:
    """Return the day of a hearing for what is said there; that of an event for what is said “at the ceremony”.

    Said there is what is said to its members, in evidence, right behind the sentence about it, by a judge or witness, or by somebody who has been quoted from it before;
    of a court all that is told as said, without another day or place, of a council what its members say.
    """
    number = occasions.sentence_of(run, utterance)
    if utterance.cue is None or number is None or occasions.tense(run, utterance) == occasions.PLUPERFECT:
        return None
    tokens, verb = run.sentences[number].tokens, max(0, utterance.cue.verb)
    if _is_at_event(tokens) and (event is not None or hearing is not None):
        return event or (hearing.day if hearing is not None else None)
    low = {token.low for token in tokens}
    if hearing is not None and _is_before_court(tokens):
        return hearing.day
    if hearing is not None and low & _MARGIN and low & _HEARINGS:
        return hearing.day
    if hearing is None or number < hearing.sentence:
        return None
    behind = {token.low for token in tokens[verb : verb + _BEHIND]}
    is_told = behind & _HEARERS and behind & {"told", "tells", "to", "before"}
    is_next = hearing.is_held and run.sentences[number].paragraph - run.sentences[hearing.sentence].paragraph <= 1
    if is_told or is_next or _IN_COURT & {token.low for token in tokens}:
        return hearing.day
    is_part = _has_office(utterance, _OF_COURT) or any(speech.entity is utterance.entity and day is hearing.day for speech, day in earlier)
    is_member = hearing.is_held and _has_office(utterance, _MEMBERS)
    is_part |= (hearing.is_court or is_member) and not _tells_other_day(run, utterance, number, hearing, named)
    is_there = is_part and occasions.tense(run, utterance) == occasions.PAST and not _is_elsewhere(run, utterance, number)
    return hearing.day if is_there else None


def _is_before_court(tokens: Sequence[Token]) -> bool:
    """Return whether somebody speaks at the door of the court: “outside the courthouse”, “on the court steps”."""
    low = [token.low for token in tokens]
    return any(low[n] in {"outside", "vor"} and _HOUSES & set(low[n + 1 : n + 4]) for n in range(len(low))) or any(
        low[n] in _HOUSES and low[n + 1] == "steps" for n in range(len(low) - 1)
    )


def _tells_other_day(run: Attribution, utterance: Utterance, number: int, hearing: Hearing, named: Sequence[DateMention]) -> bool:
    """Return whether the paragraph of an utterance names another day than that of the hearing before it, outside of quotations."""
    paragraph = run.article.paragraphs[run.sentences[number].paragraph]
    days = days_in(named, paragraph.start, run.sentences[number].end)
    return any(day.date.edtf != hearing.day.date.edtf and not any(a <= day.start < b for a, b in utterance.spans) for day in days)


def _has_office(utterance: Utterance, offices: frozenset[str]) -> bool:
    if utterance.entity is None:
        return False
    return bool((utterance.entity.heads | {word.lower() for role in utterance.entity.roles for word in role.split()}) & offices)


def _is_elsewhere(run: Attribution, utterance: Utterance, number: int) -> bool:
    """Return whether the sentence of an utterance, or one before it in its paragraph about the speaker, tells of another place or time of speaking."""
    paragraph, last = run.sentences[number].paragraph, number
    while number >= 0 and run.sentences[number].paragraph == paragraph:
        subjects = [entity_mention.entity for entity_mention in run.cast.of_sentence(number) if entity_mention.subject]
        is_about = number == last or not subjects or utterance.entity in subjects
        if is_about and any(token.low in _ELSEWHERE for token in run.sentences[number].tokens):
            return True
        number -= 1
    return False
