"""Reported speech: statements attributed to a speaker without quotation marks."""

from collections.abc import Iterator, Sequence

from builder.drafting.cues import ACCORDING, CALLS, Cue, denies
from builder.drafting.tokens import QUOTED, Sentence, Token
from builder.i18n.lexicons.lexicon import Lexicon

_ASKED = frozenset({"asked", "pressed", "questioned", "speaking", "contacted", "reached", "told", "interviewed", "quoted"})
"""Words with which a sentence begins that only tells of an occasion there: “Asked about the letter, Solberg said …”."""
_NO_CLAUSE = frozenset({"not", "nicht", "up", "down", "off", "out", "away", "aside", "forward", "together", "back"})
"""Words behind a verb of saying with which no clause begins: “put up a notice”, “called off the vote”, “wrote down a number”."""
_LONGEST_NOUN = 5
"""Letters of a noun in -ing such as thing: longer words at the begin of a sentence are participles."""
_FEWEST = 3
"""Words of reported speech: fewer say nothing."""


def stretches(lexicon: Lexicon, sentence: Sentence, here: Sequence[Cue]) -> Iterator[tuple[Cue, tuple[int, int]]]:
    """Yield the reported speech of a sentence without quotations, as a range of tokens, with its cue."""
    if any(token.kind == QUOTED for token in sentence.tokens):
        return
    taken: set[int] = set()
    for n, cue in enumerate(here):
        if cue.kind == CALLS or _is_aside_of_speaker(lexicon, sentence, cue, here[n + 1 :]):
            continue
        is_denial = cue.kind != ACCORDING and denies(lexicon, sentence.tokens, cue.verb)
        following = here[n + 1] if n + 1 < len(here) else None
        span = _denied(lexicon, sentence, cue, here[n + 1 :]) if is_denial else _span(lexicon, sentence, cue, following)
        if span is None or span[1] - span[0] < _FEWEST or taken & set(range(*span)):
            continue
        taken |= set(range(*span))
        yield cue, span


def _denied(known: Lexicon, sentence: Sentence, cue: Cue, following: Sequence[Cue]) -> tuple[int, int]:
    """Return the denied words together with the verb of denial: alone they would mean the contrary."""
    tokens = sentence.tokens
    last = len(tokens)
    while last and tokens[last - 1].text in {".", "!", "?"}:
        last -= 1
    if cue.start and tokens[cue.start - 1].text == "," and last - cue.end <= 1:
        return 0, last
    joined = known.conjunctions - known.that
    for other in following:  # “… and said that …” says something else; “denied saying that …” goes on
        if other.start > cue.verb + 1 and other.kind != ACCORDING and tokens[other.start - 1].low in joined:
            return cue.verb, other.start - 1
    return cue.verb, last


def _span(known: Lexicon, sentence: Sentence, cue: Cue, following: Cue | None) -> tuple[int, int] | None:
    tokens = sentence.tokens
    last = len(tokens)
    while last and tokens[last - 1].text in {".", "!", "?"}:
        last -= 1
    if (
        cue.start
        and tokens[cue.start - 1].text == ","
        and cue.end >= last - 8
        and not any(token.low in known.that for token in tokens[cue.end : last])
        and not (tokens[0].low in _ASKED and not known.capitals)
        and not (_is_participle(tokens[0]) and cue.end < last and not known.capitals)
    ):
        return 0, cue.start - 1
    if _ends_clause(known, tokens, cue, last):
        return 0, cue.start - 1
    if cue.kind == ACCORDING and known.capitals and (cue.start > 0 or (cue.end < last and tokens[cue.end].text != ",")):
        if cue.start == 0:  # “Laut Krämer haben …”, “Ihm zufolge lag …”
            return cue.end, last
        return (0, last) if cue.end < last else (0, cue.start)
    if cue.kind == ACCORDING:
        if cue.start == 0 and cue.end < last and tokens[cue.end].text == ",":
            return cue.end + 1, last
        comma = next((k for k in range(cue.end, last) if tokens[k].text == ","), None) if cue.start == 0 else None
        return (comma + 1, last) if comma is not None else (0, cue.start) if cue.start else None
    begin = next((k for k in range(cue.verb + 1, min(last, cue.verb + 14)) if _begins_reported(known, tokens, cue, k)), None)
    if begin is None:
        begin = max(cue.end, cue.verb + 1)
        if begin < last and tokens[begin].text == ",":
            begin += 1
        if begin < last and (tokens[begin].low in known.prepositions or tokens[begin].low in _NO_CLAUSE):
            return None
    end = last
    is_aside = following is not None and following.kind == ACCORDING and tokens[following.start - 1].text == ","
    if following is not None and following.start > begin and (following.kind != ACCORDING or is_aside):
        end = following.start  # “… had seized, according to a statement”: whose words these are is none of them
        while end > begin and (tokens[end - 1].low in known.conjunctions or tokens[end - 1].text == ","):
            end -= 1
    return begin, end


def _is_participle(token: Token) -> bool:
    """Return whether a sentence begins with a participle, which tells what the speaker did: “Opening the inquest, Ann Lee said she …”."""
    return token.low.endswith("ing") and len(token.low) > _LONGEST_NOUN


def _is_aside_of_speaker(known: Lexicon, sentence: Sentence, cue: Cue, following: Sequence[Cue]) -> bool:
    """Return whether a verb of saying only tells more of somebody who speaks further on: “an official, who asked not to be named, said …”."""
    k = cue.verb - 1
    while k > 0 and sentence.tokens[k].low in known.auxiliaries | known.adverbs:
        k -= 1
    if k < 1 or sentence.tokens[k].low not in known.relatives or sentence.tokens[k - 1].text != ",":
        return False
    return any(other.kind != ACCORDING and other.subject.start == cue.subject.start for other in following)


def _ends_clause(known: Lexicon, tokens: Sequence[Token], cue: Cue, last: int) -> bool:
    """Return whether a cue between two commas tells who says the clause before it: “…, the council announced on Tuesday, after …”."""
    if known.capitals or cue.kind == ACCORDING or not cue.start or tokens[cue.start - 1].text != "," or cue.verb < cue.start:
        return False
    n = max(cue.end, cue.verb + 1)
    while n < last and (tokens[n].low in known.prepositions | known.times | known.adverbs | known.definite or tokens[n].text[0].isdigit()):
        n += 1
    if n >= last or tokens[n].text != "," or (n + 1 < last and tokens[n + 1].low in known.that):
        return False
    before = tokens[: cue.start - 1]
    is_whole = tokens[0].low not in known.conjunctions | known.saying and not any(token.low in known.relatives for token in before)
    return is_whole and any(token.low in known.auxiliaries | known.verbs or token.low.endswith("ed") for token in before)


def _begins_reported(known: Lexicon, tokens: Sequence[Token], cue: Cue, n: int) -> bool:
    """Return whether a “that” begins what somebody says, and not a clause about the noun before it: “the boiler that has heated the pool”."""
    if tokens[n].low not in known.that or (n + 1 < len(tokens) and tokens[n + 1].low in known.times):
        return False  # “said that night that …”
    if known.capitals or n <= max(cue.end, cue.verb + 1) or n + 1 >= len(tokens):
        return True
    return tokens[n + 1].low not in known.auxiliaries | known.verbs
