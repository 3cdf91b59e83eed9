"""The words by which names of companies, public bodies and states are known, from what people write of them and from CLDR."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from builder.language import Bodies
from builder.languages import cldr


def bodies(path: Path, tags: Iterable[str]) -> Bodies:
    """Return the words of a file, and the names of states in the languages of these tags."""
    told: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    names = {name for tag in tags for name in cldr.states(tag)} | set(told["also"]["states"])

    def nouns(where: str) -> dict[str, str]:
        return {word: kind for kind, words in told[where].items() for word in sorted(set(words))}

    return Bodies(
        forms=_sorted(told["forms"]),
        forms_as_written=_sorted(told["forms_as_written"]),
        persons=_sorted(told["persons"]),
        prepositions=_sorted(told["prepositions"]),
        articles=_sorted(told["articles"]),
        last=nouns("last"),
        first=nouns("first"),
        endings=nouns("endings"),
        surnames=nouns("surnames"),
        before=_sorted(told["before"]["words"]),
        states=_sorted(name.replace("’", "'").casefold() for name in names),
    )


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))
