"""Words in the names of companies, public bodies and states, from `bodies.toml` and CLDR."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from builder.i18n.catalogues import cldr
from builder.i18n.language import Bodies


def bodies(path: Path, tags: Iterable[str]) -> Bodies:
    """Return the words of a file, and the names of states in the languages with these tags."""
    told: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    names = {name for tag in (*tags, *told["also"]["languages"]) for name in cldr.states(tag)} | set(told["also"]["states"])

    def nouns(where: str) -> dict[str, str]:
        return {word: kind for kind, words in told[where].items() if kind != "not" for word in sorted(set(words))}

    return Bodies(
        forms=_sorted(told["forms"]),
        forms_first=_sorted(told["forms_first"]),
        forms_as_written=_sorted(told["forms_as_written"]),
        persons=_sorted(told["persons"]),
        prepositions=_sorted(told["prepositions"]),
        articles=_sorted(told["articles"]),
        last=nouns("last"),
        first=nouns("first"),
        endings=nouns("endings"),
        beginnings=nouns("beginnings"),
        unspaced=nouns("unspaced"),
        not_bodies=_sorted((*told["beginnings"]["not"], *told["unspaced"]["not"])),
        before_states=nouns("before_states"),
        named={name.casefold(): kind for name, kind in nouns("named").items()},
        surnames=nouns("surnames"),
        before=_sorted(told["before"]["words"]),
        states=_sorted(name.replace("’", "'").casefold() for name in names),
    )


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))
