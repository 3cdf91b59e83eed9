"""Attributes the answers of an interview: to the name or initials of their label, or to the person most mentioned above the first question."""

from collections import Counter
from collections.abc import Mapping

from builder.drafting import interviews
from builder.drafting.article_state import ArticleState
from builder.drafting.entities import Entity
from builder.drafting.findings import CERTAIN, DIRECT, LIKELY, PERSON
from builder.drafting.utterances import Utterance

_MEETS = frozenset(["asked", "met", "interviewed", "talked", "visited", "called", "fragte", "traf", "interviewte", "besuchte"])
"""Verbs of interviewers."""

_US = frozenset(["us", "me", "uns", "mich"])

_NEAR = 5
"""Words behind a name in which one of these stands."""

_ASKS = frozenset(
    [
        "reporter",
        "correspondent",
        "interviewer",
        "journalist",
        "host",
        "reporterin",
        "korrespondent",
        "korrespondentin",
        "redakteur",
        "redakteurin",
    ]
)
"""Nouns for interviewers."""


def utterances(run: ArticleState) -> list[Utterance]:
    """Return the answers of an interview as utterances; they replace quotations that are whole answers."""
    if not run.answers:
        return []
    names = [entity.name for entity in run.cast.entities if entity.kind == PERSON]
    first = run.answers[0].paragraphs[0]
    found: list[Utterance] = []
    named = {answer.label: _of_label(run, answer.label, names) for answer in run.answers if answer.label}
    asked = _asked(run, first, [entity for entity in named.values() if entity is not None])
    first_sentences = {run.sentences[n].paragraph: n for n in range(len(run.sentences) - 1, -1, -1)}
    quotes: dict[int, list[Utterance]] = {}
    for quote in run.utterances.values():
        quotes.setdefault(quote.spans[0][0], []).append(quote)
    for given in run.answers:
        number = first_sentences[given.paragraphs[0]]
        utterance = Utterance(DIRECT, list(given.spans), number, 0)
        utterance.paragraph, utterance.in_marks = given.paragraphs[0], False
        utterance.mention = given.mention if given.is_labelled else None
        utterance.entity = named[given.label] if given.label else asked
        utterance.why = run.article.text[slice(*given.mention)] if given.mention is not None else "?"
        if utterance.entity is not None:
            utterance.how = CERTAIN if given.label and given.is_labelled else LIKELY
        for low, high in given.spans:
            for quote in (quote for begin in (low - 1, low, low + 1) for quote in quotes.get(begin, ())):
                if abs(quote.spans[-1][1] - high) <= 1:
                    quote.nobody, utterance.in_marks = True, True
        found.append(utterance)
    _give_asked(run, {given.paragraphs[0] - 1: answer for given, answer in zip(run.answers, found, strict=True)})
    _give_own(run, {paragraph: answer for given, answer in zip(run.answers, found, strict=True) for paragraph in given.paragraphs})
    return found


def _give_own(run: ArticleState, answers: Mapping[int, Utterance]) -> None:
    """Attribute what an answer itself quotes, “I said: “…””, to its speaker; `answers` are by paragraph."""
    for quote in run.utterances.values():
        answer = answers.get(quote.paragraph)
        is_own = quote.cue is not None and quote.cue.subject.head in {"i", "ich"} and quote.entity is None
        if is_own and answer is not None and answer.entity is not None:
            quote.entity, quote.how = answer.entity, LIKELY


def _give_asked(run: ArticleState, answers: Mapping[int, Utterance]) -> None:
    """Attribute what a question quotes, “You said that “…””, to whoever answers; `answers` are by the paragraph before them."""
    for quote in run.utterances.values():
        answer = answers.get(quote.paragraph)
        is_asked = quote.cue is not None and quote.cue.subject.head == "you" and quote.entity is None
        if is_asked and answer is not None and answer.entity is not None:
            quote.entity, quote.how = answer.entity, LIKELY


def _of_label(run: ArticleState, label: str, names: list[str]) -> Entity | None:
    """Return the entity that a label names, a new one if it is named nowhere else; None for unknown initials."""
    name = interviews.named(label, names)
    if name:
        return next(entity for entity in run.cast.entities if entity.name == name)
    if len(label.split()) == 1 and label.isupper():
        return None  # initials of somebody who is not named
    made = Entity(PERSON, label.title() if label.isupper() else label)
    run.cast.entities.append(made)
    return made


def _asked(run: ArticleState, first: int, answering: list[Entity]) -> Entity | None:
    """Return the interviewee if the labels do not name one: the person mentioned most often above the first question."""
    if answering:
        return answering[0]
    counts: Counter[int] = Counter()
    entities: dict[int, Entity] = {}
    for mention in run.cast.mentions:
        entity = mention.entity
        words = {token.low for token in run.sentences[mention.sentence].tokens[mention.token : mention.token + _NEAR]}
        is_above = run.sentences[mention.sentence].paragraph < first
        if (
            is_above
            and entity.kind == PERSON
            and not entity.heads & _ASKS
            and not (words & _MEETS and not words & _US)
            and entity.name not in run.article.authors
        ):
            counts[id(entity)] += 1
            entities[id(entity)] = entity
    return entities[counts.most_common(1)[0][0]] if counts else None
