"""The state of attribution for an article: its sentences, the cast so far, and the utterances found."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from builder.content.quotations import Passage
from builder.drafting import interviews
from builder.drafting.cast import Cast, Entity
from builder.drafting.lexicon import Lexicon
from builder.drafting.nouns import THING
from builder.drafting.phrases import OTHER, PRONOUN, Phrase, Reader
from builder.drafting.record import BODY, Article
from builder.drafting.tokens import Sentence

if TYPE_CHECKING:
    from builder.drafting.cues import Cue
    from builder.drafting.utterances import Utterance


class ArticleState:
    """The state of attribution for an article."""

    def __init__(self, article: Article, sentences: Sequence[Sentence], quotes: Sequence[Passage], lexicon: Lexicon) -> None:
        self.article, self.sentences, self.quotes, self.lexicon = article, sentences, quotes, lexicon
        self.cast = Cast(lexicon, [one.paragraph for one in sentences])
        self.found: dict[tuple[int, int], Entity] = {}
        self.utterances: dict[int, Utterance] = {}
        self.reported: list[Utterance] = []
        self.readers = [Reader(sentence.tokens, lexicon) for sentence in sentences]
        self._numbers = {id(sentence): number for number, sentence in enumerate(sentences)}
        self.cues: list[list[Cue]] = []
        self.answers = interviews.answers(article)

    def reader_of(self, sentence: Sentence) -> Reader:
        """Return the reader of one of the sentences."""
        return self.readers[self._numbers[id(sentence)]]

    def resolve_phrase(self, number: int, subject: Phrase) -> tuple[Entity | None, list[Entity], bool]:
        """Return the entity of a phrase, other candidates, and whether it is certain."""
        tokens = self.sentences[number].tokens
        if subject.kind == PRONOUN:
            may = self.cast.antecedents(subject.head, number, subject.start)
            chosen = self.found.get((number, subject.start)) or (may[0][1] if may else None)
            return chosen, [one for _, one in may if one is not chosen and one.kind != BODY][:2], False
        entity = self.found.get((number, subject.start))
        if entity is None and subject.name is not None:
            entity = self.found.get((number, subject.name[0]))
        if entity is None:
            entity = self.cast.resolve(subject, tokens) if subject.kind != THING else self.cast.thing(subject, tokens)
            if entity is not None:
                self.found[number, subject.start] = entity
                self.cast.add_mention(entity, number, subject.start, subject=True)
        return entity, [], subject.kind != OTHER
