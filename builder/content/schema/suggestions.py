"""Suggest the key or value that was meant by an unknown one."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from builder import model, urls
from builder.content.schema import BY_NAME, KEY_SYNONYMS, RECORD, RECORDS_OF_FORMAT, SHORT_FORMS, VALUE_SYNONYMS
from builder.diagnostics import characters, nearest, proposed
from builder.diagnostics.shortening import shorten

SURE = 0.75
"""The least similarity, up to 1, at which the value of a misspelt key is read as that of the suggested one."""

_NEGATING = ("un", "non", "not", "in", "dis", "de", "mis")


def value_for(key: str, word: str, options: tuple[str, ...]) -> str:
    """Return the option that a word for a key most likely means: a synonym, or a similar spelling; "" if unknown.

    A similar word of opposite meaning does not count: “undisputed” is no misspelling of “disputed”.
    """
    folded = "-".join(word.lower().replace("_", " ").split())
    other = VALUE_SYNONYMS.get(key, {}).get(folded, "")
    if other in options:
        return other
    near = nearest(word, options, alike=0.8)
    bare, meant = folded.replace("-", ""), near.lower().replace("-", "")
    return "" if bare != meant and any(bare in {f"{no}{meant}", meant.removeprefix(no)} for no in _NEGATING) else near


def meant_key(key: str, record: str) -> str:
    """Return the key that others call so or that is spelt alike, or with a colon the line to write; "" if unknown.

    For quotes, a relation is never taken for a different one.
    """
    other = KEY_SYNONYMS.get(record, {}).get(key.lower(), "")
    if other:
        return other
    near = nearest(key, BY_NAME[record])
    return value_for("", key, model.RELATIONS) if record == "quote" and near in model.RELATIONS else near


def proposed_key(key: str, meant: str, record: str) -> str:
    """Return what to write for a key, by what `meant_key` has found: as a question, unless it is the same word."""
    if is_same(key, meant) or ":" in meant:
        return f"Write “{meant}”."
    return f"Did you mean “{meant}”?" if key.lower() in KEY_SYNONYMS.get(record, {}) else proposed(key, meant)


def is_same(written: str, meant: str) -> bool:
    """Return whether a key or value is another but for capitals, spaces, hyphens and underscores."""
    return bool(meant) and _folded(written) == _folded(meant)


def _folded(word: str) -> str:
    return "".join(char for char in word.casefold() if char not in " -_")


def known_keys(key: str, record: str) -> str:
    """Return the known keys of a record, for a message on an unknown key without a suggestion."""
    odd = f"It has {characters.name_hidden(key)}. " if characters.name_hidden(key) else ""
    elsewhere = [name for name, table in BY_NAME.items() if key in table and name != record]
    belongs = f"“{key}” belongs to a record of the kind “{elsewhere[0]}”. " if elsewhere else ""
    return f"{belongs}{odd}Known keys: {', '.join(BY_NAME[record])}."


class Glued(NamedTuple):
    """A key that has run together with its value: `publisher:P`, or `publisher P`."""

    key: str
    message: str
    hint: str
    is_first: bool
    """Whether it is the first of its record: the same slip is reported once."""


_GLUED = re.compile(r"([a-z_]+)(:| )\s*(\S.*)", re.DOTALL)


def glued_in(bare: Sequence[str], written: str, record: str) -> Glued | None:
    """Return the key with which an unknown key begins, if only the space or colon behind it is missing; `bare` are the keys of the record without a value."""
    own = BY_NAME[record]
    keys = [(unknown, found) for unknown in bare if (found := _GLUED.fullmatch(unknown)) is not None and found[1] in own]
    found = next((found for unknown, found in keys if unknown == written), None)
    if found is None:
        return None
    what, behind = ("A space", f"{found[1]}:") if found[2] == ":" else ("A colon", found[1])
    hint = f"Write “{found[1]}: {shortened(found[3])}”."
    return Glued(found[1], f"{what} is missing behind “{behind}”.", hint, keys[0][0] == written)


def example(record: str) -> str:
    """Return how a record begins, for where something else stands in its place."""
    first = next((key for key in RECORDS_OF_FORMAT[record] if key.required), RECORDS_OF_FORMAT[record][0])
    return f"Write “{first.name}: …” and the other keys below it, indented."


def is_sure(key: str, meant: str, record: str) -> bool:
    """Return whether a key certainly stands for the one that is proposed for it."""
    return key.lower() in KEY_SYNONYMS.get(record, {}) or sorted(key) == sorted(meant) or bool(nearest(key, (meant,), alike=SURE))


def taken_below(key: str, record: str, keys: Iterable[str]) -> str:
    """Return which of the records `keys` in a record takes a key that the record itself does not have; "" if none does, or several do."""
    found = []
    for name in keys:
        known = BY_NAME[record].get(name)
        is_one = known is not None and known.record and (known.takes == RECORD or SHORT_FORMS[known.record].alone)
        if known is not None and is_one and key in BY_NAME[known.record]:
            found.append(name)
    return found[0] if len(found) == 1 else ""


def id_hint(written: str) -> str:
    """Return what to write for words that cannot be an id."""
    made = urls.slug(written)
    hint = "An id has small letters, digits and hyphens" + (f": {made}" if made else ".")
    first, _, words = written.partition(" ")
    if written.startswith("-"):
        return f"If it begins an entry of a list, a space is missing behind the dash: “- {written.lstrip('-')}: …”."
    if odd := characters.name_hidden(written):
        return f"It has {odd}. {hint}"
    if words and "-" in first and urls.is_id(first):
        return f"A colon is missing behind the id: “{first}: {shortened(words)}”."
    return hint


def shortened(text: str) -> str:
    """Return words of an author for a message: on one line, of at most 60 characters."""
    text = " ".join(characters.shown(" ".join(text[:200].split())).split())
    return shorten(text, 60)


def of_date(hint: str, text: str, line: int, column: int) -> str:
    """Return what to do about a wrong date at a line and column of a file, whose text is given: a mark in the text, `{on=Friday}`, cannot hold a record."""
    day, _, record = hint.partition(", or {says:")
    lines = text.splitlines() if record else []
    before = lines[line - 1][: column - 1] if line <= len(lines) else ""
    return f"{day}." if before.endswith(("=", '="')) else hint
