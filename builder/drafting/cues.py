"""Words by which a sentence tells who says something: “she said”, “said the mayor”, “according to the port”."""

from collections.abc import Sequence
from itertools import islice

import msgspec

from builder.drafting.noun_kinds import GROUP, ROLE
from builder.drafting.phrases import NAME, PRONOUN, Phrase
from builder.drafting.subjects import SubjectReader
from builder.drafting.tokens import QUOTED, Token, ends_inside
from builder.i18n.lexicons.lexicon import Lexicon

WRITTEN = frozenset({"message", "letter", "note", "email", "e-mail", "text", "post", "memo", "statement", "card", "postcard", "telegram"})
"""What somebody writes to others."""
SENT = frozenset(
    {"sent", "wrote", "written", "posted", "left", "published", "signed", "recorded", "issued", "distributed", "released", "had"}
)
"""Verbs of those who write it."""
_FINDS = frozenset({"found", "finds", "ruled", "rules", "held", "decided"})
_PASSIVE = frozenset({"is", "are", "was", "were", "been", "being"})

SAYS, SAYING, CALLS, ACCORDING = "says", "saying", "calls", "according"


class Cue(msgspec.Struct, frozen=True):
    """A word of saying, and who says."""

    verb: int
    """Its token."""
    kind: str
    subject: Phrase
    start: int
    """Where subject and verb begin together."""
    end: int
    direct: bool = True
    """Whether the subject stands beside the verb, and is not only that of the sentence."""


_OF_PRONOUN = {"his": "he", "her": "she", "their": "they"}
_TOLD = frozenset({"told", "tells", "reminded", "reminds", "assured", "assures", "informed", "informs"})
"""Verbs whose hearer stands behind them, and not who speaks."""
_NEAR = 6
"""Words between a verb of denial and the “that” of what is denied."""


_MOST_OF_SENTENCE = 24
"""Words of saying of one sentence that are read; the subject of each is looked for in all of it."""


def denies(known: Lexicon, tokens: Sequence[Token], n: int) -> bool:
    """Return whether a token is a verb of denial: “denied”, “ruled … out”."""
    needed = known.denying.get(tokens[n].low)
    return needed is not None and (not needed or any(token.low == needed for token in tokens[n + 1 : n + 1 + _NEAR]))


def _denies_that(reader: SubjectReader, n: int) -> bool:
    """Return whether a verb of denial tells what is denied: “rejected that …”, “ruled out that …”."""
    tokens, known = reader.tokens, reader.lexicon
    return denies(known, tokens, n) and any(token.low in known.that for token in tokens[n + 1 : n + 1 + _NEAR])


_CLOSING = frozenset({"bezeichnet", "beschrieben", "genannt", "gesprochen", "vorgeworfen"})
_HAS = frozenset({"hat", "habe", "haben", "hatte", "hatten"})


def cues(reader: SubjectReader) -> list[Cue]:
    """Return the cues of a sentence, in its order."""
    tokens, known = reader.tokens, reader.lexicon
    found: list[Cue] = []
    tell = (known.says, known.saying, known.calls, known.speaks, known.according, known.denying, _FINDS, _CLOSING)
    may_tell = (n for n, token in enumerate(tokens) if token.kind == "word" and any(token.low in words for words in tell))
    for n in islice(may_tell, _MOST_OF_SENTENCE):
        low = tokens[n].low
        made: Cue | None = None
        if low in known.according:
            made = _according(reader, n)
        elif low in _CLOSING and known.capitals and (closing := _before_participle(reader, n)) is not None:
            made = closing
        elif low in {"said", "stated", "noted"} and (written := _is_said_in(reader, n)) is not None:
            made = Cue(n, SAYS, written, n - 2, written.end)
        elif low in known.says and _is_passive(reader, n):
            subject = reader.phrase(n + 2)
            made = Cue(n, SAYS, subject, n, subject.end) if subject is not None else None
        elif ((low in known.says or (low not in known.saying and _denies_that(reader, n))) and _is_verb(reader, n)) or (
            low in _FINDS and _finds_that(reader, n) and _is_verb(reader, n)
        ):
            made = _says(reader, n, found)
        elif low in known.saying and _is_participle(tokens, n):
            made = _borrowed(reader, n, SAYING, found)
        elif low in known.calls and (by := _called_by(reader, n)) is not None:
            made = Cue(n, CALLS, by, n, by.end)
        elif (low in known.speaks and _speaks_of(reader, n)) or (low in known.denying and _rejects_as(reader, n)):
            made = _says(reader, n, found, CALLS)
        elif low in known.calls and any(other.kind == QUOTED for other in tokens[n + 1 :]) and _is_verb(reader, n):
            made = _says(reader, n, found, CALLS) if not low.endswith("ing") else _borrowed(reader, n, CALLS, found)
        if made is not None:
            found.append(made)
    return found


def _before_participle(reader: SubjectReader, n: int) -> Cue | None:
    """Return the cue of a German participle that ends its clause, with quoted words: “hatte eine Gutachterin es als „gelegt“ bezeichnet”."""
    tokens = reader.tokens
    verb = next((k for k in range(n - 1, 0, -1) if tokens[k].low in _HAS), 0)
    if not verb or not any(token.kind == QUOTED for token in tokens[verb:]):
        return None
    before = reader.subject_before(verb)
    subject = before if before is not None and before.end == verb else reader.subject_after(verb)
    return Cue(verb, CALLS, subject, min(verb, subject.start), max(verb + 1, subject.end)) if subject is not None else None


def of_message(reader: SubjectReader, n: int) -> Cue | None:
    """Return the cue of a quotation behind the colon at a token: who wrote what somebody reads out there, “read out a letter that the mayor had sent: “…””."""
    for at in range(n - 1, 0, -1):
        if reader.low_at(at) not in WRITTEN or reader.lexicon.capitals:
            continue
        is_joined = reader.low_at(at + 1) in {"from", "by"}
        begin = at + 1 + (is_joined or reader.low_at(at + 1) in {"that", "which"})
        sender = reader.phrase(begin, joined=False)
        if sender is None or sender.kind not in {NAME, ROLE, PRONOUN} or sender.end > n:
            return None
        verb = sender.end + (reader.low_at(sender.end) in {"had", "has"})
        if is_joined or reader.low_at(verb) in SENT:
            return Cue(verb, SAYS, sender, begin, max(verb, sender.end))
        return None
    return None


def _is_said_in(reader: SubjectReader, n: int) -> Phrase | None:
    """Return what stands behind “it is said in”: a statement, or a ministry."""
    if _low(reader, n - 2) != "it" or _low(reader, n - 1) not in {"is", "was"} or _low(reader, n + 1) not in {"in", "by", "at"}:
        return None
    return reader.phrase(n + 2)


def _finds_that(reader: SubjectReader, n: int) -> bool:
    """Return whether “that” follows a verb by which a court or a report says something: “ruled that …”."""
    return not reader.lexicon.capitals and _low(reader, n + 1) in reader.lexicon.that


def _rejects_as(reader: SubjectReader, n: int) -> bool:
    """Return whether quoted words follow with which somebody rejects something: “rejected the claim as “nonsense””."""
    tokens = reader.tokens
    quoted = next((k for k in range(n + 2, len(tokens)) if tokens[k].kind == QUOTED), 0)
    return quoted > 0 and tokens[quoted - 1].low in {"as", "als"} and not any(token.text in {";", ":"} for token in tokens[n:quoted])


def _called_by(reader: SubjectReader, n: int) -> Phrase | None:
    """Return who calls something so: “was called “a crime” by the mayor”."""
    tokens, known = reader.tokens, reader.lexicon
    if not n or tokens[n - 1].low not in _PASSIVE or known.capitals:
        return None
    by = next((k for k in range(n + 2, len(tokens)) if tokens[k].low == "by" and tokens[k - 1].kind == QUOTED), None)
    return reader.phrase(by + 1) if by is not None else None


def _speaks_of(reader: SubjectReader, n: int) -> bool:
    """Return whether quoted words follow that somebody speaks of: “spoke of a “temporary measure””."""
    quoted = next((k for k in range(n + 1, len(reader.tokens)) if reader.tokens[k].kind == QUOTED), 0)
    return any(token.low in {"of", "about"} for token in reader.tokens[n + 1 : quoted])


def _is_verb(reader: SubjectReader, n: int) -> bool:
    tokens, known = reader.tokens, reader.lexicon
    before = tokens[n - 1] if n else None
    if before is None or before.kind != "word":
        return True
    if before.low == "to" and n > 1 and tokens[n - 2].low in {"on", "heard", "used"}:  # “went on to say”, “was heard to say”
        return True
    if before.low in {"to", "be", "been", "being", "zu"} or before.low in known.negations:
        return False
    if before.low == "would" and n + 1 < len(tokens) and tokens[n + 1].text in {",", ":"}:
        return True  # “she would say: “…””
    if before.low in {"will", "would", "can", "could", "may", "might", "must", "should", "do", "does", "did"} and not known.capitals:
        return False
    if tokens[n].low in known.nouns_too and (
        before.low in known.determiners or before.low.endswith(("'s", "s'")) or before.low in known.prepositions
    ):
        return False
    # “was told”, “were asked”: somebody else speaks
    if (
        not known.capitals
        and before.low in {"is", "are", "was", "were", "been", "be", "being", "'s", "get", "got"}
        and tokens[n].low.endswith(("ed", "told", "said", "written", "known"))
    ):
        return False
    if before.low == "other" and n > 1 and tokens[n - 2].low in known.definite:
        return True  # “the other described it as”
    is_own = n > 1 and tokens[n - 2].low == "of"  # “a friend of his said”
    return before.low not in known.determiners or before.low in known.others or is_own


def _is_passive(reader: SubjectReader, n: int) -> bool:
    """Return whether a verb is of somebody who is named behind it: “was asked by the host”."""
    tokens, known = reader.tokens, reader.lexicon
    return not known.capitals and n + 1 < len(tokens) and tokens[n + 1].low == "by" and n > 0 and tokens[n - 1].low in known.auxiliaries


def _is_participle(tokens: Sequence[Token], n: int) -> bool:
    return (
        n == 0
        or tokens[n].low == "saying"
        or tokens[n - 1].kind == QUOTED
        or tokens[n - 1].text in {",", "—", "–", "by"}
        or tokens[n - 1].low in {"while", "by", "and", "before", "after"}
    )


def _says(reader: SubjectReader, n: int, found: Sequence[Cue], kind: str = SAYS) -> Cue | None:
    tokens, known = reader.tokens, reader.lexicon
    low = max((k + 1 for k in range(n) if tokens[k].kind == QUOTED), default=0)
    before = tokens[n - 1] if n else None
    relative = _relative(reader, n)
    if relative is not None:
        return _of_antecedent(reader, relative + 1, kind, n)
    if before is not None and before.low == "to":
        return _borrowed(reader, n, kind, found)
    if known.capitals and _low(reader, n) in {"hieß", "heißt"} and "es" in {_low(reader, n - 1), _low(reader, n + 1)}:
        return _it_was_said(reader, n, kind)
    inverted = all(token.text in {",", "—", "–"} or (token.low == "as" and n == low + 1) for token in tokens[low:n])
    subject, start = _certainly_behind(reader, n)
    if subject is not None:
        return Cue(n, kind, subject, start, subject.end)
    if not inverted or known.capitals:
        subject = reader.subject_before(n, low)
        if subject is not None and (subject.start >= low):
            is_whose = _low(reader, subject.start - 1) == "whose"  # “the clerk, whose letter spoke of …”
            return _of_antecedent(reader, subject.start, kind, n) if is_whose else Cue(n, kind, subject, subject.start, n + 1)
    if inverted or known.capitals:
        subject = reader.subject_after(n)
        if subject is not None and inverted and subject.kind == "thing" and _is_of_woman_or_man(subject):
            subject = msgspec.structs.replace(subject, kind=ROLE)
        if subject is not None and (subject.kind != "thing" or not known.capitals or (inverted and subject.determiner in {"ein", "eine"})):
            return Cue(n, kind, subject, n, subject.end)
        if inverted:
            subject = reader.subject_before(n, 0)
            return Cue(n, kind, subject, subject.start, n + 1) if subject is not None else _borrowed(reader, n, kind, found)
    if before is not None and before.text == "," and (subject := reader.subject_after(n)) is not None and subject.kind in {"name", "role"}:
        return Cue(n, kind, subject, n, subject.end)
    if before is not None and (
        before.low in known.conjunctions
        or before.text in {",", "—"}
        or before.low in known.adverbs
        or before.low in known.auxiliaries
        or before.kind == "word"
    ):
        return _borrowed(reader, n, kind, found)
    return None


def _is_of_woman_or_man(subject: Phrase) -> bool:
    """Return whether a German noun with its article, behind “…“, sagt”, is most likely of somebody: die Imkerin, der Kutscher."""
    return (subject.determiner == "die" and subject.head.endswith("in")) or (
        subject.determiner == "der" and subject.head.endswith(("er", "ist", "ent", "or"))
    )


def _certainly_behind(reader: SubjectReader, n: int) -> tuple[Phrase | None, int]:
    """Return the subject that can only stand behind its verb, and where the verb begins.

    That is a German pronoun, what ends before a colon, as in “…, replied the minister:”, or what follows ““…,” has emphasized”.
    """
    tokens, known = reader.tokens, reader.lexicon
    if known.capitals:
        is_pronoun = _low(reader, n + 1) in known.pronouns and _low(reader, n + 1) not in {"ihm", "es"}
        return reader.phrase(n + 1) if is_pronoun else None, n
    is_perfect = n > 1 and tokens[n - 2].kind == QUOTED and tokens[n - 1].low in {"has", "had"}
    is_inverted = n > 0 and tokens[n - 1].text == "," and tokens[n].low not in _TOLD
    subject = reader.subject_after(n) if is_perfect or is_inverted else None
    if subject is None or subject.kind not in {NAME, ROLE}:
        return None, n
    if is_perfect:
        return subject, n - 1
    return subject if subject.end < len(tokens) and tokens[subject.end].text == ":" else None, n


def _low(reader: SubjectReader, n: int) -> str:
    """Return a token in small letters; "" if there is none."""
    return reader.tokens[n].low if 0 <= n < len(reader.tokens) else ""


def _it_was_said(reader: SubjectReader, n: int, kind: str) -> Cue | None:
    """Return the cue of “Aus Kreisen der Verwaltung hieß es”: what stands behind “aus” is who says it."""
    for at in range(len(reader.tokens) - 1):
        if reader.tokens[at].low in {"aus", "seitens", "in", "im", "vom", "von"}:
            subject = reader.phrase(at + 1)
            if subject is not None and subject.kind in {ROLE, GROUP, NAME} and (subject.end <= n or at > n):
                return Cue(n, kind, subject, min(at, n), max(subject.end, n + 1) + (_low(reader, n + 1) == "es"))
    return None


def _relative(reader: SubjectReader, n: int) -> int | None:
    """Return where the “who” or “which” stands that is the subject of a verb: “which on Thursday had accused”; None if none is."""
    tokens, known = reader.tokens, reader.lexicon
    k = n - 1
    while k > 0 and (
        tokens[k].low in known.auxiliaries | known.adverbs | known.times
        or (tokens[k].low in {"on", "in", "am", "im"} and tokens[k + 1].low in known.times)
    ):
        k -= 1
    return k if k >= 0 and tokens[k].low in known.relatives and (k == n - 1 or tokens[k].low in {"who", "which"}) else None


def _of_antecedent(reader: SubjectReader, n: int, kind: str, verb: int) -> Cue | None:
    """Return the cue of “…, who said”: whom the word before the token `n` stands for."""
    tokens = reader.tokens
    end = n - 1 - (n >= 2 and tokens[n - 2].text == ",")
    for start in range(max(0, end - 4), end):  # “the criticism from Dieter Krall, who told …”
        name = reader.phrase(start)
        is_behind = start and tokens[start - 1].low in {"from", "by", "with"} and reader.kind_of(_low(reader, start - 2)) == "thing"
        if is_behind and name is not None and name.kind == NAME and name.end == end:
            return Cue(verb, kind, name, name.start, verb + 1)
    for start in reader.starts(0, end):
        for joined in (True, False):
            subject = reader.phrase(start, joined=joined)
            if subject is not None and (subject.end == end or (subject.end < end and reader.is_filler(subject.end, end, subject=subject))):
                return Cue(verb, kind, subject, subject.start, verb + 1)
    return None


def _borrowed(reader: SubjectReader, n: int, kind: str, found: Sequence[Cue]) -> Cue | None:
    """Return a cue whose subject is that of the verb before it, or of the sentence."""
    earlier = [cue for cue in found if cue.kind != ACCORDING and cue.verb < n]
    subject = earlier[-1].subject if earlier else reader.main_subject(n)
    if subject is not None and subject.kind == PRONOUN and reader.lexicon.pronouns.get(subject.head) in {"i", "w"}:
        later = (reader.phrase(start) for start in reader.starts(subject.end, n))  # “I waited, and the keeper came out and said”
        subject = next((phrase for phrase in later if phrase is not None and phrase.kind in {NAME, ROLE} and phrase.end < n), subject)
    return Cue(n, kind, subject, n, n + 1, direct=False) if subject is not None else None


def _according(reader: SubjectReader, n: int) -> Cue | None:
    tokens = reader.tokens
    if reader.lexicon.capitals:
        return _according_german(reader, n)
    if tokens[n].low == "so":
        return _so(reader, n)
    if tokens[n].low in {"words", "opinion", "view"}:
        return _in_words(reader, n)
    if n + 1 >= len(tokens) or tokens[n + 1].low != "to":
        return None
    subject = reader.phrase(n + 2)
    return Cue(n, ACCORDING, subject, n, subject.end) if subject is not None else None


def _in_words(reader: SubjectReader, n: int) -> Cue | None:
    """Return the cue of “in the words of its letter”, “in her words” or “according to his words”."""
    tokens = reader.tokens
    if n < 2:
        return None
    if tokens[n - 1].low == "the" and tokens[n - 2].low == "in" and n + 1 < len(tokens) and tokens[n + 1].low == "of":
        subject = reader.phrase(n + 2)
        return Cue(n, ACCORDING, subject, n - 2, subject.end) if subject is not None else None
    pronoun = _OF_PRONOUN.get(tokens[n - 1].low)
    if pronoun is None or tokens[n - 2].low not in {"in", "to"}:
        return None
    return Cue(n, ACCORDING, Phrase(n - 1, n, n, PRONOUN, pronoun), n - 2, n + 1)


def _so(reader: SubjectReader, n: int) -> Cue | None:
    """Return the cue of “…”, so the mayor: translated German has it in English too."""
    tokens = reader.tokens
    is_inside = n > 0 and tokens[n - 1].kind == QUOTED and ends_inside(tokens[n - 1]) == ","
    if not is_inside and (n < 2 or tokens[n - 1].text not in {",", "—", "–"} or tokens[n - 2].kind != QUOTED):
        return None
    subject = reader.phrase(n + 1)
    if subject is None or subject.kind not in {NAME, ROLE, GROUP}:
        return None
    closes = subject.end >= len(tokens) or tokens[subject.end].text in {",", ".", ";", "—", "–"}
    return Cue(n, ACCORDING, subject, n, subject.end) if closes else None


def _according_german(reader: SubjectReader, n: int) -> Cue | None:
    tokens = reader.tokens
    low = tokens[n].low
    if low == "zufolge" and n and tokens[n - 1].low in {"ihr", "ihnen"}:
        return Cue(n, ACCORDING, Phrase(n - 1, n, n, PRONOUN, "sie"), n - 1, n + 1)
    if low == "zufolge":
        subject = reader.subject_before(n)
        return Cue(n, ACCORDING, subject, subject.start, n + 1) if subject is not None else None
    if low in {"angaben", "worten", "aussage", "auskunft"}:
        if not n or tokens[n - 1].low not in {"nach", "laut"}:
            return None
        k = n + 1
        if k < len(tokens) and tokens[k].low in {"von", "der", "des"}:
            k += tokens[k].low == "von"
        subject = reader.phrase(k)
        return Cue(n, ACCORDING, subject, n - 1, subject.end) if subject is not None else None
    if low == "so":
        before = tokens[n - 1] if n else None
        if before is None or (before.kind != QUOTED and before.text not in {",", "–", "—"}):
            return None
    subject = reader.phrase(n + 1)
    if subject is None or (low == "so" and subject.kind in {"thing", "other"}):
        return None
    return Cue(n, ACCORDING, subject, n, subject.end)
