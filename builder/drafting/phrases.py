"""Noun phrases: who or what stands at a place of a sentence, and whether it is the subject of a verb."""

from collections.abc import Iterator, Sequence
from functools import cache

import msgspec

from builder.drafting import nouns
from builder.drafting.firms import association_end
from builder.drafting.lexicon import Lexicon
from builder.drafting.nouns import GROUP, ROLE, THING
from builder.drafting.tokens import QUOTED, WORD, Token, behind_dateline

PRONOUN, NAME, OTHER = "pronoun", "name", "other"
"""What a phrase is, besides what its noun stands for."""

_MOST_JOINED = 3
_LONGEST_NAME = 5
"""Letters of a name in -ing, such as King: longer words are verbs."""
_THEM = frozenset({"them", "us", "these", "those", "ihnen", "uns", "denen"})


class Phrase(msgspec.Struct, frozen=True):
    """A noun phrase: tokens `start` to `end` of a sentence."""

    start: int
    end: int
    core: int
    """Where it ends without what is joined to it: “a spokesman | for the port”."""
    kind: str
    head: str
    """The word that says what it is, in small letters; of a name its last word."""
    determiner: str = ""
    name: tuple[int, int] | None = None
    """The tokens of a name in it."""
    roles: tuple[int, int] | None = None
    """Those that say what somebody is, in front of the name."""


class Reader:
    """Reads the phrases of one sentence."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon) -> None:
        self.tokens, self.lexicon = tokens, lexicon
        self.begin = behind_dateline(tokens)
        """Where the sentence begins behind a place that stands before all: “TARN (Field wire) — ”."""
        self.phrase = cache(self.phrase)  # type: ignore[method-assign]  # asked again and again

    def phrase(self, at: int, *, joined: bool = True) -> Phrase | None:
        """Return the noun phrase that begins at a token; None where none does."""
        tokens, known = self.tokens, self.lexicon
        if not 0 <= at < len(tokens) or tokens[at].kind != WORD:
            return None
        low = tokens[at].low
        if low in known.pronouns:
            return Phrase(at, at + 1, at + 1, PRONOUN, low)
        if low in known.relatives and low not in known.determiners:
            return None
        determiner, n = "", at
        if low in known.determiners or (low[0].isdigit() and "-" not in low):
            determiner, n = low, at + 1
            if self._low(n) in known.determiners and self._low(n) not in known.definite:
                n += 1
            if self._low(n) in {"of", "von"} and low not in known.definite:
                inner = self.phrase(n + 1)
                if inner is None:
                    return Phrase(at, n + 2, n + 2, OTHER, low, low) if low in known.others and self._low(n + 1) in _THEM else None
                kind = ROLE if inner.kind == NAME else inner.kind
                return Phrase(at, inner.end, inner.core, kind, inner.head, "one" if low in known.others else low, None, None)
        last = self._words(n, determiner)
        if last == n:
            return Phrase(at, n, n, OTHER, low, determiner) if low in known.others and n > at else None
        made = self._made(at, n, last, determiner)
        if made is None or not joined:
            return made
        made = self._joined(made)
        behind = made.end + (made.end < len(tokens) and tokens[made.end].text == ",")
        if made.kind == THING and determiner and self._low(behind) == "who":
            return msgspec.structs.replace(made, kind=ROLE)
        return made

    def _low(self, at: int) -> str:
        return self.tokens[at].low if 0 <= at < len(self.tokens) and self.tokens[at].kind == WORD else ""

    def _is_capital(self, at: int) -> bool:
        return 0 <= at < len(self.tokens) and self.tokens[at].kind == WORD and self.tokens[at].text[0].isupper()

    def _words(self, at: int, determiner: str) -> int:
        """Return where the words end that may be of one phrase: adjectives, nouns, a name."""
        tokens, known, n = self.tokens, self.lexicon, at
        while n < min(len(tokens), at + 40):
            token, low = tokens[n], tokens[n].low
            if token.kind != WORD:
                if token.text in {"&", "/"} and n > at and self._is_capital(n - 1) and self._is_capital(n + 1):
                    n += 1
                    continue
                break
            if (friends := association_end(tokens, n)) > n:
                n = friends
                continue
            capital = token.text[0].isupper() and (n > 0 or known.capitals)
            if n == 0 and low in known.adverbs | known.prepositions and not (self._is_capital(1) and not known.capitals):
                break  # “Schon im Januar”, “High above”
            if (
                low in known.particles
                and n > at
                and self._is_capital(n - 1)
                and (self._is_capital(n + 1) or self._low(n + 1) in known.particles)
            ):
                n += 1
                continue
            if token.text == "I" or (low.split("'")[0] in known.pronouns and "'" in low):
                break
            if low in known.days and n == at and determiner and not known.capitals and self._is_capital(n + 1):
                return n + 1  # “every Thursday Ann Lee”
            if low in known.times and (
                (n == at and not determiner) or (n > at and self._is_capital(n - 1) and (low in known.days or not capital))
            ):
                break
            if known.capitals and n > at and low in known.times:  # “bis zum nächsten Montag | Unterschriften sammeln”
                return n + 1
            if (not capital or (n == 0 and self._is_small(low))) and self._stops(n, at, determiner):
                break
            n += 1
        return n

    def _is_small(self, low: str) -> bool:
        """Return whether a word is none of a name, though it may begin with a capital at the beginning of a sentence."""
        known = self.lexicon
        return (
            low in known.adverbs
            or low in known.prepositions
            or low in known.conjunctions
            or low in known.pronouns
            or low in known.auxiliaries
            or low in known.determiners
            or (low.endswith(("ing", "ed")) and len(low) > 5 and not known.capitals and not self._is_capital(1))
        )

    def _stops(self, n: int, first: int, determiner: str) -> bool:
        """Return whether a word ends the phrase that has begun at `first`."""
        known, low = self.lexicon, self.tokens[n].low
        if low in known.determiners or low in known.prepositions or low in known.conjunctions or low in known.relatives:
            return True
        if low in known.auxiliaries or low in known.pronouns or (n > first and (low in known.adverbs or low in known.verbs)):
            return True
        if n > first and low in known.after_noun and self.kind_of(self._low(n - 1)) == ROLE:  # “two people | familiar with the talks”
            return True
        if low in known.says or low in known.calls or low in known.saying:
            return not (low in known.nouns_too and n == first and determiner)
        if known.capitals:  # a noun ends what stands before it
            return n > first and self._is_capital(n - 1)
        if n > first and self._is_capital(n - 1) and not self._is_noun_ahead(n):
            return True
        if n > first and low.endswith("ly") and low not in {"family", "assembly"}:
            return True
        if not low.endswith(("ed", "ing")) or low in known.people or low in known.bodies:
            return False
        # “a retired teacher” goes on, “the teacher retired” does not
        after = self._low(n + 1)
        return not after or after in known.prepositions or not (n == first or after in known.people)

    def _is_noun_ahead(self, n: int) -> bool:
        """Return whether a word behind a name goes on with what somebody is: “the Clinton campaign manager”, not “Clinton walks”."""
        for ahead in range(n, n + 3):
            low = self._low(ahead)
            if not low or low in self.lexicon.prepositions or low in self.lexicon.determiners or low in self.lexicon.auxiliaries:
                return False
            if self.kind_of(low) != THING:
                return True
        return False

    def _made(self, at: int, first: int, last: int, determiner: str) -> Phrase | None:
        tokens, known = self.tokens, self.lexicon
        begin = last
        while begin > first and (
            self._is_capital(begin - 1)
            or (self._low(begin - 1) in known.particles and begin - 1 > first and begin < last)
            or tokens[begin - 1].text == "&"
        ):
            begin -= 1
        friends = next((n for n in range(first, last) if association_end(tokens, n) == last), None)
        if friends is not None:
            roles = (first, friends) if friends > first else None
            return Phrase(at, last, last, NAME, tokens[last - 1].low, determiner, (friends, last), roles)
        title = next((n for n in range(last - 1, begin - 1, -1) if self._is_title(n)), None)
        if title is not None:
            begin = title + 1
        elif begin == 0 and last - begin == 1 and self._is_plain_start(0):
            begin = last
        head = tokens[last - 1].low
        counted = begin > at and tokens[begin - 1].text[0].isdigit()
        if (head in known.times or counted) and last - begin == 1 and title is None:  # “im kommenden Sommer”, “300 Euro”
            return Phrase(at, last, last, THING, head, determiner) if determiner else None
        is_labelled = title is not None and last - begin == 1 and self._is_label(begin)
        if begin < last and not is_labelled and not (known.capitals and last - begin == 1 and self._is_noun(head, determiner)):
            if head.endswith(("'s", "’s")) and not known.capitals:
                return None
            roles = (first, begin) if begin > first else None
            return Phrase(at, last, last, NAME, head, determiner, (begin, last), roles)
        kind = self.kind_of(head, determiner)
        if title is not None and title + 1 < last and self._is_label(last - 1):
            return Phrase(at, last, last, ROLE, tokens[title].low, determiner, None, None)  # “Witness B”
        if not determiner and kind == THING and not head.endswith("s"):
            return None
        return Phrase(at, last, last, kind, head, determiner, None, None)

    def _is_label(self, n: int) -> bool:
        """Return whether a word is a letter or two that stand for somebody: Witness B."""
        return len(self.tokens[n].text) <= 2 and self.tokens[n].text.isupper()

    def _is_title(self, n: int) -> bool:
        low = self.tokens[n].low
        known = self.lexicon
        if low in known.honours or low in known.titles or low.rstrip(".") in known.honours:
            return True
        if known.capitals:
            return nouns.is_german_agent(low) and low not in known.bodies
        return "-" in low and low.rpartition("-")[2] in known.titles

    def _is_noun(self, head: str, determiner: str) -> bool:
        return self.kind_of(head, determiner) in {ROLE, GROUP} or bool(determiner)

    def _is_plain_start(self, n: int) -> bool:
        """Return whether the first word of a sentence is a noun that only begins with a capital for that."""
        low = self.tokens[n].low
        if low.endswith("ing") and len(low) > _LONGEST_NAME and not self.lexicon.capitals:
            return True  # “Speaking later, …”
        return low in self.lexicon.people or low in self.lexicon.bodies or ("-" in low and self.kind_of(low) != THING)

    def kind_of(self, head: str, determiner: str = "") -> str:
        """Return what a noun stands for: somebody, a body, or a thing."""
        return nouns.kind_of(self.lexicon, head, determiner)

    def _joined(self, made: Phrase) -> Phrase:
        """Return a phrase with what is joined to it: “a person | familiar with the talks”."""
        known, end = self.lexicon, made.core
        for _ in range(_MOST_JOINED):
            n = end
            if self._low(n) in known.after_noun and made.kind != NAME:
                n += 1
            genitive = known.capitals and made.kind != NAME and self._low(n) in {"des", "der", "eines", "einer"}
            if not genitive:
                if self._low(n) not in known.joining or (made.kind == NAME and self._low(n) not in {"of", "von", "vom"}):
                    break
                n += 1
            inner = self.phrase(n, joined=False) or self._bare_noun(n)
            if inner is None or inner.kind == PRONOUN or inner.head in known.times:
                break
            if (
                made.kind == ROLE
                and inner.name is not None
                and inner.roles is not None
                and self.kind_of(self._low(inner.name[0] - 1)) == THING
            ):
                return msgspec.structs.replace(  # “the minister of supply Teodor Branko”
                    made, end=inner.end, core=inner.end, kind=NAME, head=inner.head, name=inner.name, roles=(made.start, inner.name[0])
                )
            end = inner.end
        return msgspec.structs.replace(made, end=end)

    def _bare_noun(self, n: int) -> Phrase | None:
        """Return a noun without an article, behind what it is joined to: “minister of | energy”."""
        last = self._words(n, "")
        return Phrase(n, last, last, THING, self.tokens[last - 1].low) if last > n else None

    # --- subjects ------------------------------------------------

    def is_filler(self, low: int, high: int, *, subject: Phrase | None = None) -> bool:
        """Return whether between a subject and its verb stands nothing but what may stand there: “, who waited outside,”, “on Tuesday”, “has also”."""
        tokens, known, n = self.tokens, self.lexicon, low
        while n < high:
            token = tokens[n]
            word = token.low
            if (
                token.kind == WORD
                and (word in known.adverbs or word in known.auxiliaries or word.endswith("ly"))
                and word not in known.negations
            ):
                n += 1
            elif token.kind == WORD and word in known.prepositions:
                inner = self.phrase(n + 1)
                if inner is not None and inner.end > high:
                    inner = self.phrase(n + 1, joined=False)
                if inner is None and self._low(n + 1) in known.times:
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
            before = self._low(n - 1) if n > low else ""
            if (
                before
                and before in known.prepositions
                and before not in {"after", "before", "since", "until", "as", "like", "nachdem", "wie"}
            ):
                continue
            if before and (
                before in known.determiners
                or (
                    self._is_capital(n)
                    and n - 1 > 0
                    and self._is_capital(n - 1)
                    and before not in known.conjunctions
                    and not known.capitals
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
            self._low(n) == "to"
            and self._low(n + 1) in {"this", "that"}
            and (self._is_capital(n + 2) or self._low(n + 2) in self.lexicon.definite)
        ):
            n += 2  # “answers to this the neighbour”
        while (self._low(n) in self.lexicon.adverbs or self._low(n).endswith("ly")) and self._low(n) not in self.lexicon.determiners:
            n += 1
        found = self.phrase(n)
        return found if found is not None and found.head not in self.lexicon.times else None

    def main_subject(self, high: int, low: int = 0) -> Phrase | None:
        """Return the first phrase of a sentence that may be its subject."""
        for n in self.starts(low, high):
            found = self.phrase(n)
            if found is not None and found.kind != THING and found.head not in self.lexicon.times and found.end <= high:
                return found
        return None
