"""Words in the names of companies, public bodies and states, and beside those of people, from `bodies.toml` and CLDR."""

import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from builder.i18n.catalogues import cldr
from builder.i18n.language import Bodies


def bodies(path: Path, tags: Iterable[str]) -> Bodies:
    """Return the words of a file, and the names of states in the languages with these tags."""
    table: dict[str, Any] = tomllib.loads(path.read_text("utf-8"))
    names = {name for tag in (*tags, *table["also"]["languages"]) for name in cldr.states(tag)} | set(table["also"]["states"])

    def nouns(where: str) -> dict[str, str]:
        return {word: kind for kind, words in table[where].items() if kind != "not" for word in sorted(set(words))}

    return Bodies(
        forms=_sorted(table["forms"]),
        forms_first=_sorted(table["forms_first"]),
        forms_as_written=_sorted(table["forms_as_written"]),
        persons=_sorted(table["persons"]),
        prepositions=_sorted(table["prepositions"]),
        articles=_sorted(table["articles"]),
        last=nouns("last"),
        first=nouns("first"),
        endings=nouns("endings"),
        beginnings=nouns("beginnings"),
        unspaced=nouns("unspaced"),
        not_bodies=_sorted((*table["beginnings"]["not"], *table["unspaced"]["not"])),
        before_states=nouns("before_states"),
        named={name.casefold(): kind for name, kind in nouns("named").items()},
        surnames=nouns("surnames"),
        before=_sorted(table["before"]["words"]),
        titles=_by_language(table["titles"]),
        ranks=_by_language(table["ranks"]),
        titles_of=_genders(table),
        titles_also_names=_sorted(table["also_names"]["words"]),
        courtesies={word: "" if of == "anybody" else of for of, words in table["courtesies"].items() for word in sorted(set(words))},
        starts=_by_language(table["starts"]),
        particles=_sorted(table["beside_surnames"]["particles"]),
        others_of_name=_sorted(table["beside_surnames"]["others"]),
        family_articles=_by_language(table["beside_surnames"]["articles"]),
        kin=_sorted(table["kin"]["words"]),
        possessives=_sorted(table["kin"]["possessives"]),
        things=_by_language(table["things"]),
        named_after=_by_language(table["named_after"]),
        articles_of_things=_by_language(table["articles_of_things"]),
        months_also_names=_by_language(table["months_also_names"]),
        before_places=_by_language(table["before_places"]),
        words_too=_sorted(table["words_too"]["surnames"]),
        states=_sorted(name.replace("’", "'").casefold() for name in names),
    )


def _genders(table: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return language → word → `m` or `f`, of the titles and the articles of men and women."""
    found: dict[str, dict[str, str]] = {}
    for of, gender in (("men", "m"), ("women", "f")):
        for where in (f"titles_of_{of}", f"articles_of_{of}"):
            for language, words in table[where].items():
                found.setdefault(language, {}).update(dict.fromkeys(sorted(words), gender))
    return found


def _by_language(words: Mapping[str, Iterable[str]]) -> dict[str, tuple[str, ...]]:
    return {language: _sorted(of) for language, of in words.items()}


def _sorted(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words)))
