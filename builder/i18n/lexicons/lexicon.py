"""The words of a language that the rules use: small words, verbs of saying, nouns for people and for bodies."""

import msgspec

_Words = frozenset[str]


class Lexicon(msgspec.Struct, frozen=True):
    """The words of a language, in small letters unless said otherwise."""

    tag: str
    pronouns: dict[str, str]
    """Pronoun → `m`, `f`, `n` (a body) or `p` (several)."""
    determiners: _Words
    possessives: _Words
    """Determiners that refer to another: her, its."""
    definite: _Words
    """Determiners of what was named before: the, this."""
    others: dict[str, str]
    """What stands for another person of the same kind."""
    prepositions: _Words
    joining: _Words
    """Prepositions that join a noun to the one before it: a spokesman for the port."""
    after_noun: _Words
    """Words that stand behind a noun and tell more of it: familiar with, close to."""
    conjunctions: _Words
    relatives: _Words
    auxiliaries: _Words
    reporting: _Words
    """Verbs in the mood of reported speech, where a language has one."""
    negations: _Words
    adverbs: _Words
    verbs: _Words
    """Common verbs, in the forms that a noun phrase ends before."""
    says: _Words
    """Finite forms of verbs of saying."""
    saying: _Words
    """Participles: “…, saying that”."""
    denying: dict[str, str]
    """Forms of verbs of denial, each with the word that must follow: ruled → out; "" if none must. Words told with one are not what the speaker says."""
    calls: _Words
    """Verbs before a few quoted words: called it “thin”. Their participles too."""
    speaks: _Words
    """Verbs before “of” and quoted words: spoke of a “crisis”."""
    nouns_too: _Words
    """Forms of verbs of saying that are nouns as well: claims, notes."""
    that: _Words
    """What begins reported speech."""
    according: _Words
    """What stands before somebody's name instead of a verb."""
    titles: _Words
    """What stands before a name, and may stand alone for a person."""
    honours: dict[str, str]
    """Mr, Mrs … → whether of a man or a woman."""
    people: _Words
    """Nouns for a person, with their plurals."""
    anybody: _Words
    """Those that tell nothing of somebody: the person."""
    men: _Words
    women: _Words
    bodies: _Words
    """Nouns for what speaks and is nobody."""
    times: _Words
    """Nouns of time, weekdays and months too: they say nothing."""
    days: _Words
    """Weekdays and months."""
    particles: _Words
    """Small words within a name: van, de."""
    future: _Words
    """Words by which a day is to come."""
    planning: _Words
    """Verbs whose “to …” is to come: hopes to."""
    spoke: _Words
    """By which a sentence tells of an occasion to speak."""
    capitals: bool = False
    """Whether all nouns begin with a capital."""


def words(text: str) -> frozenset[str]:
    """Return the words of a list."""
    return frozenset(text.split())
