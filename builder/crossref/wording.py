"""Whether plain words, where an id may stand too, are nearly the name of somebody whom the site knows; and words of messages."""

import re
import unicodedata

from builder.model import UNNAMED, Actor

_VOWELS = frozenset("aeiouyæøœ")
_SAME = str.maketrans("zc", "sk")
SHORTEST = 3
"""Letters of a frame; with fewer, too many names have the same."""

LIKENESS = 0.85
"""Of a name that is told as nearly the same, up to 1. Niger and Nigeria have 0.83."""


def frames(actor: Actor) -> tuple[str, ...]:
    """Return the frame of each name of an actor that is long enough for one."""
    if actor.type == UNNAMED:
        return ()
    return tuple(dict.fromkeys(found for name in (actor.name, *actor.alias, *actor.weak_alias) if (found := frame(name))))


def frame(name: str) -> str:
    """Return the consonants and digits of a name in the order of the alphabet, without doubled ones: most slips of the pen leave them as they are.

    "" where they are too few.
    """
    letters = [char for char in unicodedata.normalize("NFKD", name.casefold()).translate(_SAME) if char.isalnum() and char not in _VOWELS]
    kept = [char for at, char in enumerate(letters) if not at or char != letters[at - 1]]
    return "".join(sorted(kept)) if len(kept) >= SHORTEST else ""


def is_nearly(words: str, name: str) -> bool:
    """Say whether words are nearly a name, and have the same numbers in them."""
    import difflib  # late: few sites have words of the same frame

    one, other = words.casefold(), name.casefold()
    return re.findall(r"\d+", one) == re.findall(r"\d+", other) and difflib.SequenceMatcher(None, one, other).ratio() >= LIKENESS
