"""The state of attribution for an article: its sentences, the cast so far, and the utterances found."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from builder.content.quotations import QuotedPassage
from builder.drafting import described_persons, interviews
from builder.drafting.coreference import MentionedEntities
from builder.drafting.cues import SENT, WRITTEN
from builder.drafting.entities import Entity
from builder.drafting.findings import BODY, ArticleText
from builder.drafting.noun_kinds import THING
from builder.drafting.phrases import NAME, OTHER, PRONOUN, Phrase
from builder.drafting.subjects import SubjectReader
from builder.drafting.tokens import Sentence
from builder.i18n.lexicons.lexicon import Lexicon

if TYPE_CHECKING:
    from builder.drafting.cues import Cue
    from builder.drafting.utterances import Utterance


def _is_title(subject: Phrase) -> bool:
    """Return whether a phrase is a name with an article, such as that of a newspaper: “The Post”, not “the post”."""
    return subject.kind == NAME and bool(subject.determiner)


_OF = {"his": "he", "her": "she", "its": "it", "their": "they"}


class ArticleState:
    """The state of attribution for an article."""

    def __init__(self, article: ArticleText, sentences: Sequence[Sentence], quotes: Sequence[QuotedPassage], lexicon: Lexicon) -> None:
        self.article, self.sentences, self.quotes, self.lexicon = article, sentences, quotes, lexicon
        headings = frozenset(number for number, sentence in enumerate(sentences) if sentence.heading)
        self.cast = MentionedEntities(lexicon, [sentence.paragraph for sentence in sentences], headings)
        self.found: dict[tuple[int, int], Entity] = {}
        self.utterances: dict[int, Utterance] = {}
        self.reported: list[Utterance] = []
        self.readers = [SubjectReader(sentence.tokens, lexicon, article.outlets) for sentence in sentences]
        self._numbers = {id(sentence): number for number, sentence in enumerate(sentences)}
        self.cues: list[list[Cue]] = []
        self.answers = interviews.answers(article)
        self.senders: dict[str, Entity | None] = {}
        """Who has written what the article calls “the statement”, by that word."""

    def reader_of(self, sentence: Sentence) -> SubjectReader:
        """Return the reader of one of the sentences."""
        return self.readers[self._numbers[id(sentence)]]

    def resolve_phrase(self, number: int, subject: Phrase) -> tuple[Entity | None, list[Entity], bool]:
        """Return the entity of a phrase, other candidates, and whether it is certain."""
        tokens = self.sentences[number].tokens
        if subject.head == "it" and number and (writer := self._writer(number, subject.end)) is not None:
            return writer, [], False
        is_writing = subject.head in WRITTEN and not _is_title(subject)
        if is_writing and (pronoun := _OF.get(subject.determiner)) and (may := self.cast.antecedents(pronoun, number, subject.start)):
            return may[0][1], [entity for _, entity in may[1:3] if entity.kind != BODY], False  # “her statement went on”
        is_of_somebody = any(token.low.endswith("'s") for token in tokens[subject.start : subject.end])  # “the campaign’s statement”
        if is_writing and not self.lexicon.capitals and not is_of_somebody:
            sender = self._sender(number, subject)
            bodies = sorted(
                (entity for entity in self.cast.entities if entity.kind == BODY and entity.last >= 0), key=lambda entity: -entity.last
            )
            return sender, [] if sender is not None else bodies[:2], False
        if subject.kind == PRONOUN:
            may = self.cast.antecedents(subject.head, number, subject.start)
            chosen = self.found.get((number, subject.start)) or (may[0][1] if may else None)
            return chosen, [entity for _, entity in may if entity is not chosen and entity.kind != BODY][:2], False
        entity = self.found.get((number, subject.start))
        if entity is None and subject.name is not None:
            entity = self.found.get((number, subject.name[0]))
        if entity is None:
            entity = self.cast.resolve(subject, tokens) if subject.kind != THING else self.cast.thing(subject, tokens)
            if entity is not None:
                self.found[number, subject.start] = entity
                self.cast.add_mention(entity, number, subject.start, subject=True)
        if entity is not None and subject.determiner == "one" and tokens[subject.start + 1].low == "of":
            met = self.cast.like(entity)  # “One of the two officials” may be one who has spoken before
            return entity, met[:2], not met
        if entity is not None and (rivals := self._rivals(number, subject)):
            return (entity, rivals[1:], False) if entity.by_surname else (None, rivals, False)
        is_guess = entity is not None and described_persons.is_guess(entity, subject)
        return entity, [], subject.kind != OTHER and not is_guess

    def _rivals(self, number: int, subject: Phrase) -> list[Entity]:
        """Return all whom a surname may mean, if it may mean several."""
        if subject.name is None:
            return []
        return self.cast.rivals.get(self.sentences[number].tokens[subject.name[1] - 1].start, [])

    def _sender(self, number: int, subject: Phrase) -> Entity | None:
        """Return whose “a statement from the port” is, or “a letter that the mayor sent”; None if the article does not tell."""
        tokens, reader = self.sentences[number].tokens, self.readers[number]
        at = next((n for n in range(subject.start, subject.end) if tokens[n].low == subject.head), subject.end - 1) + 1
        is_joined = reader.low_at(at) in {"from", "by", "of"}
        at += at < len(tokens) and tokens[at].text == ","
        phrase = reader.phrase(at + 1, joined=False) if is_joined or reader.low_at(at) in {"which", "that"} else None
        if phrase is None or phrase.kind in {THING, OTHER, PRONOUN} or not (is_joined or reader.low_at(phrase.end) in SENT):
            if subject.determiner not in self.lexicon.definite:
                self.senders[subject.head] = None
            return self.senders.get(subject.head)
        found = self.senders[subject.head] = self.resolve_phrase(number, phrase)[0]
        return found

    def note_sender(self, number: int, verb: int, entity: Entity) -> None:
        """Record who “said in a statement”: “the statement” is theirs."""
        tokens = self.sentences[number].tokens
        for n in range(verb + 1, min(verb + 5, len(tokens))):
            if tokens[n].low in WRITTEN and tokens[n - 2].low in {"in", "by", "to"}:
                self.senders[tokens[n].low] = entity

    def _writer(self, number: int, verb: int) -> Entity | None:
        """Return who wrote what “it read” means: the sender of a letter that the sentence before tells of; None if it tells none."""
        tokens, reader = self.sentences[number - 1].tokens, self.readers[number - 1]
        if self.readers[number].low_at(verb) not in {"read", "reads"}:
            return None
        for n, token in enumerate(tokens):
            if token.low not in WRITTEN:
                continue
            at = n + 1 + (reader.low_at(n + 1) in {"that", "which", "from", "by"})
            if any(before.low in {"in", "on"} for before in tokens[max(0, n - 3) : n]) and at == n + 1 and reader.low_at(at) == "":
                writer = reader.main_subject(n)  # “confirmed it in a brief statement”
                found = self.found.get((number - 1, writer.start)) if writer is not None else None
                return found if found is not None and found.kind != BODY else None
            sender = reader.phrase(at)
            is_sender = reader.low_at(n + 1) in {"from", "by"} or (sender is not None and reader.low_at(sender.end) in SENT)
            if sender is not None and is_sender:
                name = sender.name[0] if sender.name is not None else sender.start
                return self.found.get((number - 1, sender.start)) or self.found.get((number - 1, name))
        return None
