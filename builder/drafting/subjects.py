"""The subject of a verb: which noun phrase of a sentence it is."""

from collections.abc import Iterator

from builder.drafting.noun_kinds import ROLE, THING
from builder.drafting.phrases import NAME, PRONOUN, Phrase, PhraseReader
from builder.drafting.tokens import QUOTED, WORD

_HEARERS = frozenset({"us", "me", "reporters", "journalists"})
_PRESS = frozenset({"correspondent", "reporter", "newspaper", "agency", "portal", "edition"})
"""Who hears what is said, between an inverted verb and its subject."""


class SubjectReader(PhraseReader):
    """Reads the phrases of one sentence, and finds subjects."""

    def is_filler(self, low: int, high: int, *, subject: Phrase | None = None) -> bool:
        """Return whether between a subject and its verb stands nothing but what may stand there: “, who waited outside,”, “on Tuesday”, “has also”."""
        tokens, known, n = self.tokens, self.lexicon, low
        while n < high:
            token = tokens[n]
            word = token.low
            if n == low and subject is not None and self._is_told_more(n, high):
                return True
            if (
                token.kind == WORD
                and (word in known.adverbs or word in known.auxiliaries or (word.endswith("ly") and token.text.islower()))
                and word not in known.negations
            ):
                n += 1
            elif token.kind == WORD and word in known.prepositions:
                inner = self.phrase(n + 1)
                if inner is not None and inner.end > high:
                    inner = self.phrase(n + 1, joined=False)
                if inner is None and self.low_at(n + 1) in known.times:
                    n += 2
                    continue
                if inner is None or inner.end > high:
                    return False
                n = inner.end
                while n < high and tokens[n].text[0].isdigit():
                    n += 1
            elif token.kind == WORD and word in known.times:
                n += 1
            elif (
                token.kind == WORD
                and (inner := self.phrase(n, joined=False)) is not None
                and inner.head in known.times
                and inner.end <= high
            ):
                n = inner.end
            elif token.text == "(":
                close = next((k for k in range(n, high) if tokens[k].text == ")"), None)
                if close is None:
                    return False
                n = close + 1
            elif token.text == "," and n == high - 1 and n > low:
                n += 1
            elif token.text in {",", "—", "–", "-"}:
                return any(
                    self._is_aside(n + 1, k, subject) and self.is_filler(k + 1, high)
                    for k in range(n + 2, high)
                    if tokens[k].text == token.text
                )
            elif word in {"and", "und"} and n == low and subject is not None:
                other = self.phrase(n + 1)
                if other is None or other.kind in {THING, PRONOUN} or other.end > high:
                    return False
                n = other.end
            else:
                return False
        return True

    def _is_told_more(self, low: int, high: int) -> bool:
        """Return whether what stands before a comma and a verb begins with “who”: “a nurse who was there, and who asked not to be named, said”."""
        first = low + (self.tokens[low].text == ",")
        if self.lexicon.capitals or first + 1 >= high or self.tokens[first].low.split("'")[0] != "who" or self.tokens[high - 1].text != ",":
            return False
        return all(token.kind != QUOTED and token.text not in {";", ":"} for token in self.tokens[first:high])

    def _is_aside(self, low: int, high: int, subject: Phrase | None) -> bool:
        """Return whether what stands between two commas may tell more of the subject before it."""
        token = self.tokens[low]
        if token.kind == QUOTED:
            return False
        if token.low in self.lexicon.pronouns:
            return False
        if token.text[0].isupper() and not self.lexicon.capitals:
            inner = self.phrase(low)
            if inner is None or subject is None:
                return True
            return inner.end == high or inner.kind != NAME or subject.kind == NAME
        return True

    def starts(self, low: int, high: int) -> Iterator[int]:
        """Yield where a phrase may begin that is a subject."""
        tokens, known = self.tokens, self.lexicon
        low = max(low, self.begin)
        for n in range(low, high):
            if tokens[n].kind != WORD or tokens[n].low in known.times:
                continue
            before = self.low_at(n - 1) if n > low else ""
            if (
                before
                and before in known.prepositions
                and before not in {"after", "before", "since", "until", "as", "like", "nachdem", "wie"}
            ):
                continue
            is_inside = self.low_at(n - 2) in known.determiners and before.endswith(("ing", "ed")) and not known.capitals
            if is_inside and not self.is_capital(n) and tokens[n].low not in known.determiners:
                continue  # within “at the pumping station”
            if before and (
                before in known.determiners
                or (
                    self.is_capital(n)
                    and n - 1 > 0
                    and self.is_capital(n - 1)
                    and before not in known.conjunctions
                    and not known.capitals
                    and not (before in known.days and (n == low + 2 or not self.is_capital(n - 2)))  # “On Tuesday | Ann Lee said”
                )
            ):
                continue
            yield n

    def subject_before(self, verb: int, low: int = 0) -> Phrase | None:
        """Return the subject that stands in front of a verb: the phrase that begins farthest to the left."""
        spare: Phrase | None = None
        for n in self.starts(low, verb):
            for joined in (True, False):
                found = self.phrase(n, joined=joined)
                if found is None or found.end > verb or found.head in self.lexicon.times:
                    continue
                if self.is_filler(found.end, verb, subject=found):
                    if found.kind != THING:
                        return found
                    spare = spare or found
        return spare

    def subject_after(self, verb: int) -> Phrase | None:
        """Return the subject that stands behind a verb: said the mayor."""
        n = verb + 1
        if (
            self.low_at(n) == "to"
            and self.low_at(n + 1) in {"this", "that"}
            and (self.is_capital(n + 2) or self.low_at(n + 2) in self.lexicon.definite | {"on", "at"})
        ):
            n += 2  # “answers to this the neighbour”
        while self._is_adverb(n) and self.low_at(n) not in self.lexicon.determiners:
            n += 1
        if (
            n + 2 < len(self.tokens)
            and self.tokens[n].text == ","
            and self.low_at(n + 1).endswith("ing")
            and self.tokens[n + 2].text == ","
        ):
            n += 3  # “said, weeping, a widow”
        found = self.phrase(self._behind_hearer(n)) or self._behind_occasion(n)
        return found if found is not None and found.head not in self.lexicon.times else None

    def _is_adverb(self, n: int) -> bool:
        """Return whether a word is an adverb, and no name such as Kelly."""
        low = self.low_at(n)
        return low in self.lexicon.adverbs or (low.endswith("ly") and not self.is_capital(n))

    def _behind_occasion(self, n: int) -> Phrase | None:
        """Return the subject in “noted at the ceremony the governor Pavlo Hrenko”; None where no occasion stands before it."""
        if self.lexicon.capitals or self.low_at(n) not in {"at", "in", "on", "during"}:
            return None
        occasion = self.phrase(n + 1, joined=False)
        end = occasion.end if occasion is not None and occasion.kind == THING else n + 2 if self.low_at(n + 1) in self.lexicon.times else n
        found = self.phrase(end) if end > n else None
        return found if found is not None and found.kind in {NAME, ROLE} else None

    def _behind_hearer(self, n: int) -> int:
        """Return where the subject stands in “told our correspondent the pensioner Zoya Marchenko”; `n` where nobody who is told stands before it."""
        first = n + (self.low_at(n) == "to")
        if self.low_at(first) in _HEARERS:
            end = first + 1
        elif self.low_at(first) == "our" and self.low_at(first + 1) in _PRESS:
            end = first + 2
        else:
            return n
        return end if self.phrase(end) is not None else n

    def main_subject(self, high: int, low: int = 0) -> Phrase | None:
        """Return the first phrase of a sentence that may be its subject."""
        for n in self.starts(low, high):
            found = self.phrase(n)
            if found is not None and found.kind != THING and found.head not in self.lexicon.times and found.end <= high:
                return found
        return None
