"""Suggest the key or value that was meant by an unknown one."""

from builder import model
from builder.diagnostics import nearest, proposed, characters
from builder.content.schema import BY_NAME, VALUE_SYNONYMS, KEY_SYNONYMS

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


def proposed_key(key: str, record: str) -> str:
    """Return “Did you mean …?” for a synonym or a misspelling of a key; "" if unknown.

    For quotes, a relation is never taken for a different one.
    """
    other = KEY_SYNONYMS.get(record, {}).get(key.lower(), "")
    if other:
        return f"Write “{other}”." if ":" in other else f"Did you mean “{other}”?"
    near = nearest(key, BY_NAME[record])
    if record == "quote" and near in model.RELATIONS:
        near = value_for("", key, model.RELATIONS)
    return proposed(key, near) if near else ""


def known_keys(key: str, record: str) -> str:
    """Return the known keys of a record, for a message on an unknown key without a suggestion."""
    odd = f"It has {characters.odd(key)}. " if characters.odd(key) else ""
    elsewhere = [name for name, table in BY_NAME.items() if key in table and name != record]
    belongs = f"“{key}” belongs to a record of the kind “{elsewhere[0]}”. " if elsewhere else ""
    return f"{belongs}{odd}Known keys: {', '.join(BY_NAME[record])}."


def is_sure(key: str, meant: str, record: str) -> bool:
    """Return whether a key certainly means the suggested one."""
    return key.lower() in KEY_SYNONYMS.get(record, {}) or sorted(key) == sorted(meant) or bool(nearest(key, (meant,), alike=SURE))
