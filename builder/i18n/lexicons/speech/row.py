"""What is listed for each language of words by which a text says that something was said, denied, doubted or is not so."""

import msgspec


class Speech(msgspec.Struct, frozen=True, kw_only=True):
    """The words of a language, in small letters.

    A value, where it is a text, is a list for a regular expression, its entries apart by `|`; empty where there are none, or none are known surely.
    An entry is a word, several words with one blank between them, or a small expression such as `isn[’']t`, without groups that capture.
    """

    # how words are written
    is_unspaced: bool = False
    """Whether no blanks stand between words."""
    is_joined: bool = False
    """Whether a word has no bounds, since others stand right beside it or endings are joined to it; so in every language without blanks."""

    # beside a speaker
    says: str = ""
    """Verbs of saying as they stand beside who speaks: said."""
    helpers: str = ""
    """What stands before their participle: “a” of “a déclaré”."""
    told: str = ""
    """Verbs whose hearer stands behind them: told."""
    according: str = ""
    """What stands before a name instead of a verb: according to."""

    # what was not said
    say: str = ""
    """Verbs of saying as they stand behind a word of negation: (did not) say, (never) said, (hat nie) gesagt."""
    nots: str = ""
    """What negates them: did not, never."""
    between: str = ""
    """Words that may stand between the two: ever, jemals."""
    misquoted: str = ""
    """What stands right before words that are not the speaker's: is misquoted as saying."""
    misquoted_behind: str = ""
    """The same right behind them: is not what."""
    cues: str = ""
    """Single words of which one stands in each entry of `misquoted` and `misquoted_behind`: asked for first, since it costs less."""

    # what is no fact
    that: str = ""
    """Conjunctions that begin what was said, or is denied: that, whether."""
    denies: str = ""
    """Verbs of denial and doubt, in all forms: denied, disputes."""
    denials: str = ""
    """Their nouns: denial."""
    rejects: str = ""
    """Verbs that deny something only where they stand before what somebody said: dismissed the claim that."""
    withdraws: str = ""
    """Verbs by which somebody takes back what they said: retracted."""
    reports: str = ""
    """Nouns for what somebody said: report, claim."""
    untrue: str = ""
    """What is said of what is not so: a lie, not true; and of what nobody knows to be so: no evidence, unclear."""
    claimed: str = ""
    """Verbs and nouns of a claim that is not confirmed: alleged, rumour."""
    expected: str = ""
    """Verbs and nouns of what may come: feared, predicted."""
    perhaps: str = ""
    """Words for “maybe”, wherever they stand before the verb."""
    ifs: str = ""
    """Words that make the clause behind them a condition."""
    hearsay: str = ""
    """Words that make a sentence hearsay, wherever they stand in it: allegedly."""
    reverses: str = ""
    """Words that reverse the meaning of a sentence, or make it depend on something: without them it says the contrary, or more than was said."""

    # behind what is no fact
    never_happened: str = ""
    cancelled: str = ""
    postponed: str = ""
    denied: str = ""
    """was denied, is a lie."""
    doubted: str = ""
    """allegedly, it is claimed."""


def words_of(*values: str) -> frozenset[str]:
    """Return the single words of some values of a row, those with a last letter that may be missing in both forms."""
    entries = frozenset(entry for value in values for entry in value.split("|"))
    plain = frozenset(entry for entry in entries if entry.isalpha())
    return plain.union(form for entry in entries if entry.endswith("?") and entry[:-1].isalpha() for form in (entry[:-1], entry[:-2]))


def any_of(*values: str) -> str:
    """Return a group of a regular expression for all entries of some values of rows, whatever blanks stand between their words."""
    return f"(?:{'|'.join(value for value in values if value)})".replace(" ?", r"\s*").replace(" ", r"\s+")
