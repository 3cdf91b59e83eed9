"""An article into a draft: runs all rules in their order."""

import re
from collections.abc import Callable, Sequence
from itertools import islice

import msgspec

from builder.dates import Date
from builder.drafting import counted_days, named_days, tokens
from builder.drafting.attribution import Attribution
from builder.drafting.denials import denied_quotes
from builder.drafting.entities import Entity
from builder.drafting.findings import CERTAIN, LIKELY, PERSON, UNRESOLVED, ArticleText, AttributedSpeech, Draft, Speaker, SpeechDay
from builder.drafting.speech_dates import speech_dates
from builder.drafting.utterances import Utterance
from builder.i18n.lexicons.english import ENGLISH
from builder.i18n.lexicons.german import GERMAN
from builder.i18n.lexicons.lexicon import Lexicon

_BACK = 50
"""Utterances back to another speaker who may be meant."""

_OF_ONESELF = re.compile(r"\b(?:I|me|[Mm]y|[Ii]ch|mich|mir)\b")
"""Words for oneself in a quotation, which no body uses."""

LEXICONS: dict[str, Lexicon] = {"en": ENGLISH, "de": GERMAN}


def draft(article: ArticleText, published: Date | None = None, progress: Callable[[int, int], None] = lambda _done, _of: None) -> Draft:
    """Return all that the rules find in an article. Weekdays and the like are counted from `published`; without it they are left out.

    `progress` is told how many sentences are read, of how many.
    """
    lexicon = LEXICONS[article.language]
    quotes = tokens.passages(article, lexicon.says)
    sentences = tokens.sentences(article, quotes)
    run = Attribution(article, sentences, quotes, lexicon)
    utterances = run.run(progress)
    named = tuple(named_days.named(article, sentences, published))
    quoted = [part for quote in quotes for part in quote.parts]
    named = tuple(sorted((*named, *counted_days.counted(article, named, published, quoted)), key=lambda day: day.start))
    _know_by_their_words(article, utterances)
    speakers = _speakers(run)
    when = speech_dates(run, utterances, named, published)
    pieces = _pieces(utterances)
    told = {
        n: _said(n, utterances, pieces.get(id(utterance), ()), speakers, when.get(id(utterance)))
        for n, utterance in enumerate(utterances)
        if utterance.joins is None and not utterance.nobody
    }
    of = {id(utterance): n for n, utterance in enumerate(utterances)}
    for n, denied in denied_quotes(article, sentences, utterances, lexicon).items():
        if n in told and of[id(denied)] in told:
            told[n] = msgspec.structs.replace(told[n], denies=told[of[id(denied)]].spans)
    said = tuple(told.values())
    cast = tuple({speaker.name: speaker for attributed_speech in said if (speaker := attributed_speech.speaker) is not None}.values())
    return Draft(article, said, named, cast)


def _know_by_their_words(article: ArticleText, utterances: Sequence[Utterance]) -> None:
    """Record that a speaker who surely says “I” is a person, and no body with a name like one."""
    for utterance in utterances:
        says_i = (
            utterance.in_marks
            and utterance.how == CERTAIN
            and any(_OF_ONESELF.search(article.text[low:high]) for low, high in utterance.spans)
        )
        if says_i and utterance.entity is not None and utterance.entity.kind == PERSON:
            utterance.entity.certain = True


def _pieces(utterances: Sequence[Utterance]) -> dict[int, list[Utterance]]:
    """Return for each utterance that others go on with, by its identity, those others."""
    first: dict[int, Utterance] = {}
    found: dict[int, list[Utterance]] = {}
    for utterance in utterances:
        if utterance.joins is not None:
            first[id(utterance)] = head = first.get(id(utterance.joins), utterance.joins)
            if not head.unclosed:
                found.setdefault(id(head), []).append(utterance)
    return found


def _said(
    n: int, utterances: Sequence[Utterance], pieces: Sequence[Utterance], speakers: dict[int, Speaker], day: SpeechDay | None
) -> AttributedSpeech:
    utterance = utterances[n]
    spans = [*utterance.spans, *(span for piece in pieces for span in piece.spans)]
    known = utterance.how != UNRESOLVED and utterance.entity is not None
    if utterance.how == LIKELY and not utterance.others:
        earlier = (utterances[k].entity for k in range(n - 1, -1, -1))
        utterance.others = [entity for entity in islice(earlier, _BACK) if entity is not None and entity is not utterance.entity][:1]
    others = ([] if known or utterance.entity is None else [utterance.entity]) + utterance.others
    return AttributedSpeech(
        kind=utterance.kind,
        spans=tuple(sorted(spans)),
        speaker=_speaker(utterance.entity, speakers) if known and utterance.entity is not None else None,
        mention=utterance.mention,
        how=utterance.how,
        why=utterance.why,
        candidates=tuple(_speaker(entity, speakers) for entity in others),
        day=day,
        denied=utterance.denied,
        unclosed=utterance.unclosed,
        in_marks=utterance.in_marks,
    )


def _speakers(run: Attribution) -> dict[int, Speaker]:
    """Return everybody whom an article mentions, by the identity of their entity, with the offset of the first mention."""
    found: dict[int, Speaker] = {}
    for mention in run.cast.mentions:
        if id(mention.entity) not in found:
            found[id(mention.entity)] = _described(
                mention.entity, run.sentences[mention.sentence].tokens[mention.token].start, run.article.outlets
            )
    return found


def _speaker(entity: Entity, speakers: dict[int, Speaker]) -> Speaker:
    return speakers.setdefault(id(entity), _described(entity, 0))


def _described(entity: Entity, offset: int, outlets: Sequence[str] = ()) -> Speaker:
    return Speaker(
        entity.name,
        entity.kind,
        tuple(entity.roles),
        entity.plural,
        unsure=entity.unsure,
        offset=offset,
        organization=entity.organization or entity.name in outlets,
    )
