"""Attributes utterances to speakers: by the cue beside them, by one in the sentence, or by the context."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from builder.drafting import context_attribution, cues, described_persons, interview_answers, reported_speech
from builder.drafting.article_state import ArticleState
from builder.drafting.cues import Cue
from builder.drafting.findings import CERTAIN, DIRECT, INDIRECT, LIKELY, PARTIAL, UNRESOLVED
from builder.drafting.mentions import collect_mentions
from builder.drafting.noun_kinds import ROLE, THING
from builder.drafting.phrases import NAME, OTHER, PRONOUN
from builder.drafting.tokens import QUOTED, WORD, Sentence, ends_inside
from builder.drafting.utterances import Utterance

if TYPE_CHECKING:
    from builder.drafting.entities import EntityMention


_SAID = frozenset({"said", "called", "told", "written", "gesagt", "genannt", "geschrieben"})
_NEAR = 3
"""Words between a verb of denial and what is denied to have been said."""


class Attribution(ArticleState):
    """Goes through an article once, in reading order."""

    def run(self, progress: Callable[[int, int], None] = lambda _done, _of: None) -> list[Utterance]:
        """Return all pieces in the order of the article. `progress` is told how many sentences are read, of how many."""
        of_answers = {number for answer in self.answers for number in answer.paragraphs}
        for number, sentence in enumerate(self.sentences):
            progress(number, len(self.sentences))
            collect_mentions(self.cast, self.readers[number], number, self.found)
            here = (
                [] if sentence.heading and not any(token.kind == QUOTED for token in sentence.tokens) else cues.cues(self.readers[number])
            )
            self.cues.append(here)
            self._quoted(number, sentence, here)
            for cue in here:
                self._speaks(number, cue)
            if not sentence.heading and sentence.paragraph not in of_answers:
                self._reported(number, sentence, here)
        answers = interview_answers.utterances(self)
        return sorted([*self.utterances.values(), *answers, *self.reported], key=lambda utterance: utterance.spans[0])

    def _reported(self, number: int, sentence: Sentence, here: list[Cue]) -> None:
        """Take in the reported speech of a sentence."""
        for cue, (low, high) in reported_speech.stretches(self.lexicon, sentence, here):
            utterance = Utterance(INDIRECT, [(sentence.tokens[low].start, sentence.tokens[high - 1].end)], number, low)
            utterance.paragraph = sentence.paragraph
            utterance.denied = self._denies(sentence, cue)
            self._give(utterance, number, cue, CERTAIN if cue.direct and not utterance.denied else LIKELY)
            self.reported.append(utterance)

    def _mark_denied(self, utterance: Utterance, sentence: Sentence, n: int, cue: Cue) -> None:
        """Mark words that somebody denies, “denied that it was “rotten””, or denies to have said: they are no claim of that speaker."""
        tokens = sentence.tokens
        if not 0 <= cue.verb < n or tokens[n - 1].text == ":" or tokens[n - 1].low in {"as", "als"}:
            return
        said = cue.verb and tokens[cue.verb].low in self.lexicon.saying | _SAID
        behind = range(max(0, cue.verb - _NEAR), cue.verb) if said else range(0)
        is_denied = self._denies(sentence, cue) or any(
            cues.denies(self.lexicon, tokens, k) and not any(token.text == "," for token in tokens[k : cue.verb]) for k in behind
        )
        if is_denied:
            utterance.denied = True
            if utterance.how == CERTAIN:
                utterance.how = LIKELY

    def _denies(self, sentence: Sentence, cue: Cue) -> bool:
        """Return whether a cue denies the words, so that they are not the speaker's own."""
        return cue.kind != cues.ACCORDING and 0 <= cue.verb < len(sentence.tokens) and cues.denies(self.lexicon, sentence.tokens, cue.verb)

    # --- one sentence ------------------------------------------------

    def _quoted(self, number: int, sentence: Sentence, here: list[Cue]) -> None:
        tokens = sentence.tokens
        before: Utterance | None = None
        for n, token in enumerate(tokens):
            if token.kind != QUOTED:
                continue
            passage = self.quotes[token.quote]
            if token.quote in self.utterances:  # goes on from the paragraph before
                before = self.utterances[token.quote]
                if before.how == UNRESOLVED or before.cue is None:
                    cue, how = self._cue_of(sentence, n, here)
                    if cue is not None:
                        self._give(before, number, cue, how)
                continue
            utterance = self.utterances[token.quote] = Utterance(PARTIAL, list(passage.parts), number, n)
            utterance.paragraph = sentence.paragraph
            utterance.unclosed = passage.end_line < 0
            if context_attribution.is_name_of_thing(tokens, n):
                utterance.nobody = utterance.is_name = True
                continue
            cue, how = self._cue_of(sentence, n, here)
            utterance.kind = self._kind(sentence, n)
            if cue is not None:
                self._give(utterance, number, cue, how)
                self._mark_denied(utterance, sentence, n, cue)
                self._join_in_sentence(utterance, before, sentence, n, cue)
                self._join_to_sentence_before(utterance, sentence, n, cue)
            elif before is not None and before.entity is not None:
                utterance.entity, utterance.mention, utterance.how, utterance.cue = before.entity, before.mention, LIKELY, before.cue
                utterance.why = before.why
                self._join_in_sentence(utterance, before, sentence, n, before.cue)
            else:
                context_attribution.attribute(self, utterance, number, n)
            if utterance.unclosed:  # where it ends, nobody can tell
                utterance.joins = None
            utterance.nobody = context_attribution.is_of_nobody(self.lexicon, utterance, sentence, n)
            before = utterance

    def _cue_of(self, sentence: Sentence, n: int, here: Sequence[Cue]) -> tuple[Cue | None, str]:
        """Return the cue of the quotation at a token, and how sure it is."""
        tokens = sentence.tokens
        after = n + 1
        comma = after < len(tokens) and tokens[after].text == ","
        after += comma
        inside = ends_inside(tokens[n])
        if n and tokens[n - 1].text == ":" and inside in {"?", "!"}:
            inside = "."  # what follows is a sentence of its own
        if inside not in {".", ";", ":"} or self.lexicon.capitals:
            dashed = after < len(tokens) and tokens[after].text in {"—", "–", "-"}
            first = after + dashed
            while first < len(tokens) and tokens[first].low in self.lexicon.adverbs and tokens[first].low not in self.lexicon.determiners:
                first += 1
            if first < len(tokens) and tokens[first].low in {"as", "wie"}:
                first += 1
            for cue in here:
                if cue.start in {after, first, after + dashed} and cue.direct and cue.kind != cues.CALLS:
                    return cue, CERTAIN
            if inside in {",", "?", "!", "—", "–", "-"} or comma:
                subject = self.reader_of(sentence).phrase(after)
                inverted = self._inverted(sentence, after + dashed)
                if inverted is not None:
                    return inverted, CERTAIN
                if (
                    subject is not None
                    and subject.kind not in {THING, OTHER}
                    and subject.end < len(tokens)
                    and tokens[subject.end].kind == WORD
                    and not self._breaks(tokens[subject.end].low, inside)
                ):
                    return Cue(subject.end, cues.SAYS, subject, after, subject.end + 1), CERTAIN
        if (signature := self._signature(sentence, n)) is not None:
            return signature, CERTAIN
        if n and tokens[n - 1].text == ":" and (message := cues.of_message(self.reader_of(sentence), n - 1)) is not None:
            return message, LIKELY
        earlier = [cue for cue in here if cue.end <= n or (cue.verb < n and cue.kind != cues.ACCORDING)]
        earlier = [cue for cue in earlier if cue.start < n]
        if earlier:
            cue = earlier[-1]
            between = tokens[max(cue.verb + 1, cue.end) : n]
            beside = all(token.text in {":", ","} or token.low in self.lexicon.that for token in between) or between[-1].text == ":"
            return cue, CERTAIN if beside and cue.direct else LIKELY
        later = [
            cue
            for cue in here
            if cue.start > n
            and (tokens[cue.start - 1].text in {",", "—", "–"} or tokens[cue.start - 1].kind == QUOTED)
            and cue.kind != cues.CALLS
        ]
        if later and later[-1].direct:
            return later[0], LIKELY
        return None, UNRESOLVED

    def _inverted(self, sentence: Sentence, n: int) -> Cue | None:
        """Return the cue of a verb that is none of saying, with its subject behind it: “…,” sighs a commuter."""
        tokens, known = sentence.tokens, self.lexicon
        verb = tokens[n] if n < len(tokens) else None
        if (
            verb is None
            or verb.kind != WORD
            or not verb.text.islower()
            or verb.low in known.conjunctions | known.prepositions | known.determiners
        ):
            return None
        if verb.low in known.auxiliaries | known.adverbs or not verb.low.endswith(("t", "te", "ten") if known.capitals else ("ed", "s")):
            return None
        subject = self.reader_of(sentence).phrase(n + 1)
        if subject is None or not (
            subject.kind == NAME
            or (subject.kind == ROLE and (subject.determiner or known.capitals or tokens[subject.start].low.endswith(("'s", "s'"))))
        ):
            return None
        closes = (
            subject.end >= len(tokens) or tokens[subject.end].text in {",", ".", ";", "—", "–", ":"} or tokens[subject.end].kind == QUOTED
        )
        if not closes and not verb.low.endswith("ed") and not known.capitals:
            return None
        return Cue(n, cues.SAYS, subject, n, subject.end)

    def _breaks(self, word: str, inside: str) -> bool:
        """Return whether a word after “…,” she is not a verb of saying."""
        known = self.lexicon
        return (
            word in known.prepositions
            or word in context_attribution.HEARS
            or word in known.conjunctions
            or word in known.auxiliaries
            or (inside in {"?", "!"} and not word.endswith("ed"))
        )

    def _signature(self, sentence: Sentence, n: int) -> Cue | None:
        """Return the speaker named after a quotation and a dash: “We are watching” — General Horak."""
        tokens = sentence.tokens
        if n + 2 >= len(tokens) or tokens[n + 1].text not in {"—", "–", "-"}:
            return None
        subject = self.reader_of(sentence).phrase(n + 2)
        if subject is None or subject.kind not in {NAME, ROLE}:
            return None
        if subject.end < len(tokens) and tokens[subject.end].text not in {",", ".", "("}:
            return None
        return Cue(n + 1, cues.SAYS, subject, n + 1, subject.end)

    def _kind(self, sentence: Sentence, n: int) -> str:
        tokens = sentence.tokens
        words = tokens[n].text.strip("“”\"„«»‘’' ")
        before = tokens[n - 1] if n else None
        starts = (
            before is None
            or before.text in {":", "—", "–", "«", "“", "„", "»"}
            or (before.text == "," and (words[:1].isupper() or words[:1] == "["))
            or before.kind == QUOTED
        )
        upper = words[:1].isupper() or words[:1] in "[0123456789‘'“"
        if before is not None and before.kind == WORD and before.low in self.lexicon.says and upper:
            starts = True
        if (
            not starts
            and upper
            and ends_inside(tokens[n]) in {".", ",", "?", "!"}
            and len(words.split()) > 3
            and (before is None or before.low not in self.lexicon.that | {"the", "a", "of"})
        ):
            starts = True
        return DIRECT if starts and (upper or before is None) else PARTIAL

    def _join_in_sentence(self, utterance: Utterance, before: Utterance | None, sentence: Sentence, n: int, cue: Cue | None) -> None:
        """Join “A,” she said, “B” if only the attribution is between the two."""
        if (
            before is None
            or before.sentence != utterance.sentence
            or cue is None
            or before.cue is None
            or before.entity is not utterance.entity
        ):
            return
        if utterance.kind == PARTIAL and before.cue.verb < cue.verb < n:  # “A,” said X, who added that “b” is another
            return
        between = sentence.tokens[before.token + 1 : n]
        if not between:
            utterance.joins, utterance.kind = before, before.kind
            return
        if before.kind == DIRECT and before.cue.verb > before.token and before.cue.start - before.token <= 3 and before.cue.verb < n:
            utterance.joins, utterance.kind = before, DIRECT

    def _join_to_sentence_before(self, utterance: Utterance, sentence: Sentence, n: int, cue: Cue) -> None:
        """Join “A,” said X. “B,” she added, “C”: one speech, told in two sentences."""
        behind = sentence.tokens[max(cue.end, cue.verb + 1) :][:2]
        goes_on = cue.subject.kind == PRONOUN and len(behind) > 1 and behind[0].text == "," and behind[1].kind == QUOTED
        last = context_attribution.last_before(self, utterance.sentence, n) if goes_on and n == 0 else None
        if (
            last is not None
            and last.cue is not None
            and last.entity is utterance.entity
            and (last.kind, utterance.kind) == (DIRECT, DIRECT)
            and (last.paragraph, last.sentence) == (utterance.paragraph, utterance.sentence - 1)
            and last.cue.verb > last.token
        ):
            utterance.joins = last

    def _give(self, utterance: Utterance, number: int, cue: Cue, how: str) -> None:
        """Give a piece to the subject of a cue."""
        tokens = self.sentences[number].tokens
        subject = cue.subject
        entity, others, sure = self.resolve_phrase(number, subject)
        utterance.cue = cue
        utterance.mention = (tokens[subject.start].start, tokens[subject.end - 1].end)
        utterance.entity, utterance.others = entity, others
        utterance.how = UNRESOLVED if entity is None else LIKELY if not sure else how
        low, high = min(cue.start, cue.verb), max(cue.verb + 1, cue.end if cue.end > cue.verb else cue.verb + 1)
        utterance.why = self._words(number, low, high)

    def _words(self, number: int, low: int, high: int) -> str:
        """Return the words of some tokens of a sentence, without quotations among them."""
        tokens = self.sentences[number].tokens[low:high]
        first = next((n for n, token in enumerate(tokens) if token.kind == QUOTED), len(tokens))
        tokens = tokens[:first] or tokens[-1:]
        return " ".join(self.article.text[tokens[0].start : tokens[-1].end].split())

    def _speaks(self, number: int, cue: Cue) -> None:
        """Record the speaker as a mention: a following pronoun most likely means them."""
        entity, _, _ = self.resolve_phrase(number, cue.subject)
        if entity is not None:
            self.note_sender(number, cue.verb, entity)
            described_persons.note_witness(entity, self.sentences[number].tokens)
        for mention in reversed(self.cast.mentions):
            if mention.sentence < number:
                break
            if mention.entity is entity:
                mention.speaks = mention.subject = True
        if entity is not None and cue.subject.kind == PRONOUN and (number, cue.subject.start) not in self.found:
            made: EntityMention = self.cast.add_mention(entity, number, cue.subject.start, subject=True)
            made.speaks = True
