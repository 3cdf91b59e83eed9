"""Reads the noun phrases of a sentence."""

from collections.abc import Sequence
from functools import cache

import msgspec

from builder.drafting import noun_kinds
from builder.drafting.noun_kinds import GROUP, ROLE, THING
from builder.drafting.organizations import association_end, is_company, is_firm, is_operator
from builder.drafting.tokens import WORD, Token, behind_dateline
from builder.i18n.lexicons import first_names
from builder.i18n.lexicons.lexicon import Lexicon
from builder.linking.actor_types import kind_of

PRONOUN, NAME, OTHER = "pronoun", "name", "other"
"""What a phrase is, besides what its noun stands for."""

_MOST_JOINED = 3
_LONGEST_NAME = 5
"""Letters of a name in -ing, such as King: longer words are verbs."""
_NOUNS_IN_LY = frozenset({"family", "assembly", "reply", "ally", "bully", "supply", "anomaly", "monopoly", "homily"})
_TIMES_BEFORE_NAMES = frozenset(
    [
        "later",
        "then",
        "earlier",
        "yesterday",
        "meanwhile",
        "afterwards",
        "afterward",
        "today",
        "tonight",
        "however",
        "also",
        "once",
        "now",
        "recently",
        "finally",
        "eventually",
        "initially",
        "previously",
        "instead",
        "perhaps",
        "maybe",
        "shortly",
        "dann",
        "später",
        "zuvor",
        "inzwischen",
        "danach",
        "schließlich",
        "zuletzt",
    ]
)
"""Adverbs at the beginning of a sentence that are no part of a name behind them."""
_HEADS = frozenset({"head", "leader", "chief", "chairman", "chairwoman", "chair", "director", "deputy", "secretary", "president"})
_PLACES = frozenset({"city", "town", "village", "island", "district", "county", "state", "country", "river"})
"""Nouns whose own name stands behind them."""
_OWN = frozenset({"his", "hers", "theirs", "mine", "ours"})
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


class PhraseReader:
    """Reads the phrases of one sentence."""

    def __init__(self, tokens: Sequence[Token], lexicon: Lexicon, outlets: Sequence[str] = ()) -> None:
        self.tokens, self.lexicon = tokens, lexicon
        self._outlets = [name.split() for name in outlets]
        self.begin = behind_dateline(tokens)
        """Where the sentence begins behind a place that stands before all: “TARN (Field wire) — ”."""
        self.phrase = cache(self.phrase)  # type: ignore[method-assign]  # asked again and again

    def phrase(self, at: int, *, joined: bool = True) -> Phrase | None:
        """Return the noun phrase that begins at a token; None if none does."""
        tokens, known = self.tokens, self.lexicon
        if not 0 <= at < len(tokens) or tokens[at].kind != WORD:
            return None
        low = tokens[at].low
        if (whole := self._whole(at)) is not None:
            return whole
        if low in known.relatives and low not in known.determiners:
            return None
        determiner, n = "", at
        if low in known.determiners or (low[0].isdigit() and "-" not in low):
            determiner, n = low, at + 1
            if self.low_at(n) in known.determiners and self.low_at(n) not in known.definite:
                n += 1
            if (
                self.low_at(n) in {"then", "now", "said"}
                and low in known.definite | known.possessives
                and self.kind_of(self.low_at(n + 1)) != THING
            ):
                n += 1  # “the then governor”
            if self.low_at(n) in {"of", "von"} and low not in known.definite:
                inner = self.phrase(n + 1)
                if inner is None:
                    return Phrase(at, n + 2, n + 2, OTHER, low, low) if low in known.others and self.low_at(n + 1) in _THEM else None
                kind = ROLE if inner.kind == NAME else inner.kind
                return Phrase(at, inner.end, inner.core, kind, inner.head, "one" if low in known.others else low, None, None)
        is_participle = low.endswith("ing") and at > 0 and tokens[at - 1].text == "," and self.is_capital(at + 1)
        if not determiner and (low in known.verbs or is_participle) and not known.capitals and tokens[at].text.islower():
            return None  # “before I | leave Ann Lee”
        last = self._words(n, determiner)
        if last == n:
            is_other = low in known.definite and n == at + 2 and self.low_at(at + 1) == "other"  # “the other said”
            head = "other" if is_other else low if low in known.others and n > at else ""
            return Phrase(at, n, n, OTHER, head, determiner) if head else None
        made = self._made(at, n, last, determiner)
        if made is None or not joined:
            return made
        made = self._joined(made)
        behind = made.end + (made.end < len(tokens) and tokens[made.end].text == ",")
        if made.kind == THING and determiner and self.low_at(behind) == "who":
            return msgspec.structs.replace(made, kind=ROLE)
        return made

    def _whole(self, at: int) -> Phrase | None:
        """Return the pronoun at a token, or the name of an outlet whose article stands there: “The Pilot”, but not “the pilot”."""
        tokens, low = self.tokens, self.tokens[at].low
        if low in self.lexicon.pronouns:
            return Phrase(at, at + 1, at + 1, PRONOUN, low)
        for first, *rest in self._outlets:
            end = at + 1 + len(rest)
            if low == first.lower() and [token.text for token in tokens[at + 1 : end]] == rest:
                return Phrase(at, end, end, NAME, tokens[end - 1].low, low, (at, end))
        return None

    def low_at(self, at: int) -> str:
        """Return a word in small letters; "" if none stands."""
        return self.tokens[at].low if 0 <= at < len(self.tokens) and self.tokens[at].kind == WORD else ""

    def is_capital(self, at: int) -> bool:
        """Return whether a word begins with a capital."""
        return 0 <= at < len(self.tokens) and self.tokens[at].kind == WORD and self.tokens[at].text[0].isupper()

    def _words(self, at: int, determiner: str) -> int:
        """Return where the words end that may be of one phrase: adjectives, nouns, a name."""
        tokens, known, n = self.tokens, self.lexicon, at
        while n < min(len(tokens), at + 40):
            token, low = tokens[n], tokens[n].low
            if token.kind != WORD:
                if token.text in {"&", "/"} and n > at and self.is_capital(n - 1) and self.is_capital(n + 1):
                    n += 1
                    continue
                break
            if (friends := association_end(tokens, n)) > n:
                n = friends
                continue
            capital = token.text[0].isupper() and (n > 0 or known.capitals)
            if n == 0 and low in _TIMES_BEFORE_NAMES:
                break  # “Later | Krall said”
            if n == 0 and low in known.adverbs | known.prepositions and not (self.is_capital(1) and not known.capitals):
                break  # “Schon im Januar”, “High above”
            if known.capitals and low == "von" and determiner and n > at and self._is_title(n - 1):
                break  # “der Bürgermeister | von Kahlenbach”
            if (
                low in known.particles
                and n > at
                and self.is_capital(n - 1)
                and (self.is_capital(n + 1) or self.low_at(n + 1) in known.particles)
            ):
                n += 1
                continue
            if token.text == "I" or (low.split("'")[0] in known.pronouns and "'" in low):
                break
            if low in known.days and n == at and determiner and not known.capitals and self.is_capital(n + 1):
                return n + 1  # “every Thursday Ann Lee”
            if low in known.times and (
                (n == at and not determiner) or (n > at and self.is_capital(n - 1) and (low in known.days or not capital))
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
            or low in known.negations
            or low in known.conjunctions
            or low in known.pronouns
            or low in known.auxiliaries
            or low in known.determiners
            or (low.endswith(("ing", "ed")) and len(low) > 5 and not known.capitals and not self.is_capital(1))
        )

    def _stops(self, n: int, first: int, determiner: str) -> bool:
        """Return whether a word ends the phrase that has begun at `first`."""
        known, low = self.lexicon, self.tokens[n].low
        if low in known.determiners or low in known.prepositions or low in known.conjunctions or low in known.relatives:
            return True
        if low in known.auxiliaries or low in known.pronouns or (n > first and (low in known.adverbs or low in known.verbs)):
            return True
        if n > first and low in {"late", "early"}:
            return True  # “a statement from the company | late on Tuesday”
        if n > first and low in known.after_noun and self.kind_of(self.low_at(n - 1)) == ROLE:  # “two people | familiar with the talks”
            return True
        if low in known.says or low in known.calls or low in known.saying:
            return not (low in known.nouns_too and n == first and determiner)
        if known.capitals:  # a noun ends what stands before it
            return n > first and self.is_capital(n - 1)
        is_owned = n > first and self.low_at(n - 1).endswith(("'s", "s'"))  # “Tarn’s fisheries minister”
        if n > first and self.is_capital(n - 1) and not is_owned and not self._is_noun_ahead(n):
            return True
        if n > first and low.endswith("ly") and low not in _NOUNS_IN_LY:
            return True
        if not low.endswith(("ed", "ing")) or low in known.people or low in known.bodies:
            return False
        # “a retired teacher” goes on, “the teacher retired” does not
        after = self.low_at(n + 1)
        return not after or after in known.prepositions or not (n == first or after in known.people)

    def _is_noun_ahead(self, n: int) -> bool:
        """Return whether a word behind a name goes on with what somebody is: “the Clinton campaign manager”, not “Clinton walks”."""
        first = self.low_at(n)
        if first.endswith("s") and not first.endswith("ss") and self.kind_of(first) == THING:
            return False  # “Ann Lee traces lost heirs”
        for ahead in range(n, n + 3):
            low = self.low_at(ahead)
            if not low or low in self.lexicon.prepositions or low in self.lexicon.determiners or low in self.lexicon.auxiliaries:
                return False
            if self.kind_of(low) != THING:
                return True
        return False

    def _made(self, at: int, first: int, last: int, determiner: str) -> Phrase | None:
        tokens, known = self.tokens, self.lexicon
        begin = last
        while begin > first and (
            self.is_capital(begin - 1)
            or (self.low_at(begin - 1) in known.particles and begin - 1 > first and begin < last)
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
        if known.capitals and title is None and last - begin == 1 and begin > first and head not in first_names.KNOWN:
            begin = last  # “achtzig Völker”, “frisches Brot”: a small word before a noun
        is_noun = self._is_noun(head, determiner if title is None else "")
        if begin < last and not is_labelled and not (known.capitals and last - begin == 1 and is_noun):
            if head.endswith(("'s", "’s")) and not known.capitals:
                return None
            roles = (first, begin) if begin > first else None
            return Phrase(at, last, last, NAME, head, determiner, (begin, last), roles)
        kind = GROUP if is_operator(self.low_at(last - 2), head) else self.kind_of(head, determiner)
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
            is_known = noun_kinds.is_german_agent(low) or low in known.men | known.women
            return (is_known or self._is_office_by_ending(n)) and low not in known.bodies
        return "-" in low and low.rpartition("-")[2] in known.titles

    def _is_office_by_ending(self, n: int) -> bool:
        """Return whether a German word between an article and two words of a name ends like an office: “die Imkerin Ute Kranich”."""
        low, before = self.low_at(n), self.low_at(n - 1)
        endings = {"die": "in", "eine": "in", "der": "er", "ein": "er"}.get(before, "")
        return (
            bool(endings) and low.endswith(endings) and low not in first_names.KNOWN and self.is_capital(n + 1) and self.is_capital(n + 2)
        )

    def _is_noun(self, head: str, determiner: str) -> bool:
        return self.kind_of(head, determiner) in {ROLE, GROUP} or bool(determiner)

    def _is_plain_start(self, n: int) -> bool:
        """Return whether the first word of a sentence is a noun that only begins with a capital for that."""
        low = self.tokens[n].low
        if low.endswith("ing") and len(low) > _LONGEST_NAME and not self.lexicon.capitals:
            return True  # “Speaking later, …”
        return low == "more" or low in self.lexicon.people or low in self.lexicon.bodies or ("-" in low and self.kind_of(low) != THING)

    def kind_of(self, head: str, determiner: str = "") -> str:
        """Return the kind of a noun: a person, a body, or a thing."""
        return noun_kinds.kind_of(self.lexicon, head, determiner)

    def _joined(self, made: Phrase) -> Phrase:
        """Return a phrase with what is joined to it: “a person | familiar with the talks”."""
        known, end = self.lexicon, made.core
        for _ in range(_MOST_JOINED):
            n = end
            if self.low_at(n) in known.after_noun and made.kind != NAME:
                n += 1
            genitive = known.capitals and made.kind != NAME and self.low_at(n) in {"des", "der", "eines", "einer"}
            if self.low_at(n) == "of" and self.low_at(n + 1) in _OWN and made.kind != NAME:
                end = n + 2  # “a friend of his”
                break
            if not genitive:
                if self.low_at(n) not in known.joining or (made.kind == NAME and self.low_at(n) not in {"of", "von", "vom"}):
                    break
                n += 1
            inner = self.phrase(n, joined=False) or (self._bare_noun(n) if self.low_at(n - 1) != "to" else None)
            if inner is None or inner.kind == PRONOUN or inner.head in known.times:
                break
            if (
                made.kind == ROLE
                and inner.name is not None
                and inner.roles is not None
                and (
                    self.kind_of(self.low_at(inner.name[0] - 1)) == THING
                    or (made.determiner and self._is_of_person(inner.name))
                    or ((made.head in _HEADS or made.head in known.titles) and self._is_behind_body(inner.name))
                )
            ):
                return msgspec.structs.replace(  # “the minister of supply Teodor Branko”
                    made, end=inner.end, core=inner.end, kind=NAME, head=inner.head, name=inner.name, roles=(made.start, inner.name[0])
                )
            end = inner.end
            if self._is_body_of(made, n):
                made = msgspec.structs.replace(made, core=end, name=(made.name[0] if made.name else end, end))  # “the Ministry of Waters”
        return msgspec.structs.replace(made, end=end)

    def _is_body_of(self, made: Phrase, n: int) -> bool:
        """Return whether a name ends with a word for a body that goes on with what it is of, in capitals."""
        if made.name is None or self.lexicon.capitals or self.low_at(n - 1) != "of" or not self.is_capital(n):
            return False
        return made.name[1] == n - 1 and self.low_at(n - 2) in self.lexicon.bodies

    def _is_of_person(self, name: tuple[int, int]) -> bool:
        """Return whether a name is most likely of a person: two words, the first of them a first name."""
        return name[1] - name[0] > 1 and self.tokens[name[0]].low in first_names.KNOWN

    def _is_behind_body(self, name: tuple[int, int]) -> bool:
        """Return whether a name of two words or more is most likely that of the head of the body before it: “the head of the press service Larysa Vonk”."""
        words = " ".join(token.text for token in self.tokens[slice(*name)])
        before = self.low_at(name[0] - 1)
        return name[1] - name[0] > 1 and before not in _PLACES and not is_company(before) and not is_firm(words) and not kind_of(words)

    def _bare_noun(self, n: int) -> Phrase | None:
        """Return a noun without an article, behind what it is joined to: “minister of | energy”."""
        last = self._words(n, "")
        return Phrase(n, last, last, THING, self.tokens[last - 1].low) if last > n else None
