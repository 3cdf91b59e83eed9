"""Plain words that are nearly an actor's name, and messages about such words."""

import re
import unicodedata

from builder.content.schema.placeholders import has_no_letters
from builder.diagnostics import Advice, characters
from builder.model import UNNAMED, Actor

_VOWELS = frozenset("aeiouyæøœ")
_SAME = str.maketrans("zc", "sk")
SHORTEST = 3
"""Letters of a frame; shorter ones are shared by too many names."""

LIKENESS = 0.85
"""Least similarity of a name that is reported as nearly the same, up to 1. Niger and Nigeria have 0.83."""


def frames(actor: Actor) -> tuple[str, ...]:
    """Return the frames of an actor's names, and what its names and its id look like."""
    names = (actor.name, *actor.alias, *actor.weak_alias) if actor.type != UNNAMED else ()
    return tuple(dict.fromkeys(found for found in (*map(frame, names), *map(looks, (actor.id, *names))) if found))


def looks(name: str) -> str:
    """Return what a name looks like without spaces, hyphens and capitals: that of AnnLee is that of `ann-lee`, and a Cyrillic о is an o; "" for none."""
    seen = name if name.isascii() else characters.plain(name)
    letters = "".join(filter(str.isalnum, seen.casefold()))
    return f"={letters}" if letters else ""


_HEARERS_IN_WORDS = (
    "reporters journalists lawmakers legislators parliament congress senators deputies ministers officials aides colleagues supporters voters "
    "residents protesters investors shareholders staff employees workers police prosecutors soldiers troops students parents "
    "reporter journalist viewers listeners readers friends relatives councillors delegates diplomats allies everyone "
    "journalisten abgeordnete wähler anhänger mitarbeiter zuschauer polizei kollegen "
    "journalistes députés électeurs salariés policiers periodistas diputados votantes policía giornalisti deputati журналисты журналистам депутаты депутатам"
)
HEARERS = frozenset(_HEARERS_IN_WORDS.split())
"""Words for people to whom things are said, in small letters: as words they are right, and no one misspells an id so."""

_TOKEN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_NO_IDS = frozenset(["and", "or", "the", "of", "by", "to", "a", "und", "et", "y", "e"])


def like_ids(words: str) -> tuple[str, ...]:
    """Return the parts of words that have the form of an id, if there is more than one part or a sign beside it."""
    parts = _parts(words)
    if parts == [words]:
        return ()
    return tuple(dict.fromkeys(part for part in parts if _TOKEN.fullmatch(part)))


def are_ids(words: str, ids: tuple[str, ...]) -> bool:
    """Return whether words are nothing but several ids: `ann-lee, bob-cox`."""
    return len(ids) > 1 and any("-" in record_id for record_id in ids) and set(_parts(words)) == set(ids)


def _parts(words: str) -> list[str]:
    return [word for word in re.findall(r"[\w-]+", words) if word not in _NO_IDS]


def is_no_word(record_id: str, name: str) -> bool:
    """Return whether an id among words is no word itself: it has a hyphen, and its parts have capitals in the name that it stands for."""
    return "-" in record_id and all(
        part[:1].isdigit() or part.capitalize() in name or part.upper() in name for part in record_id.split("-")
    )


def frame(name: str) -> str:
    """Return the sorted consonants and digits of a name, without doubled ones, which most typing errors do not change.

    Of a name with few of them, such as Ann Lee, all letters count; "" if these are too few.
    """
    letters = [char for char in unicodedata.normalize("NFKD", name.casefold()).translate(_SAME) if char.isalnum() and char not in _VOWELS]
    kept = [char for at, char in enumerate(letters) if not at or char != letters[at - 1]]
    if len(kept) >= SHORTEST:
        return "".join(sorted(kept))
    every = "".join(sorted(set(filter(str.isalnum, name.casefold()))))
    return f"+{every}" if len(every) >= SHORTEST else ""


def is_nearly(words: str, name: str) -> bool:
    """Return whether words are nearly a name, with the same numbers."""
    import difflib  # late: few sites have words of the same frame

    one, other = words.casefold(), name.casefold()
    if max(len(one), len(other)) > characters.LONGEST_COMPARED:
        return False
    return re.findall(r"\d+", one) == re.findall(r"\d+", other) and difflib.SequenceMatcher(None, one, other).ratio() >= LIKENESS


# --- messages, each with its help ------------------------------------------------


def placeholder_message(words: str) -> tuple[str, Advice]:
    """Return the message about words that say nothing."""
    advice = "Leave it out; “to:” takes unknown, in small letters, if that is not known."
    advice = advice if has_no_letters(words) else f"{advice} {_quoted(words, 'a name')}"
    return f"“{words}” says nothing, and readers would see it as a name.", Advice(advice)


def link_message(words: str, near: Advice) -> tuple[str, Advice]:
    """Return the message about words that are written as a link is."""
    near = near or Advice(f"Did you mean “{link_target(words)}”?", link_target(words))
    message = f"“{words}” is written as a link in a text, and readers would see it as it is."
    return message, Advice(f"Write the id alone, or a name. {near.help}", near.suggestion)


def ids_within_message(words: str, ids: tuple[str, ...]) -> tuple[str, Advice]:
    """Return the message about words with ids among them."""
    if len(ids) > 1:
        return f"“{words}” has ids among its words, and readers would see them.", Advice(f"Write several in brackets: [{', '.join(ids)}].")
    return f"“{words}” has the id “{ids[0]}” in it, and readers would see it.", Advice(
        f"Write {ids[0]} alone, or words without it. {_quoted(words)}"
    )


def id_message(words: str, record_id: str) -> tuple[str, Advice]:
    """Return the message about an id that is written in another way."""
    message = f"“{words}” is the id “{record_id}”, written in another way, and readers would see it as written."
    return message, Advice(f"Did you mean “{record_id}”? {_quoted(words)}", record_id)


def unknown_id_message(kind: str, words: str, near: Advice) -> tuple[str, Advice]:
    """Return the message about words that look like an id and are none."""
    message = f"“{words}” looks like an id, and no {kind} has it: readers would see it as it is."
    hint = f'{near.help} If it is meant as words, put it in quotation marks: "{words}"; a name has a capital letter.'
    return message, Advice(hint, near.suggestion)


def near_name_message(words: str, actor_id: str, name: str) -> tuple[str, Advice]:
    """Return the message about words that are nearly the name of an actor."""
    how = characters.apart(words, name, "this", "the name") if looks(words) == looks(name) else ""
    message = f"“{words}” is nearly the name of the actor “{actor_id}”, {name}" + (f": {how}." if how else ", and is not that name.")
    return message, Advice(f'Write {actor_id}; or, if somebody else is meant, put it in quotation marks: "{words}".')


def ambiguous_name_message(words: str, owners: tuple[str, ...]) -> tuple[str, Advice]:
    """Return the message about a name that several actors have."""
    return f"{len(owners)} actors are called “{words}”.", Advice(f"Write the id of the one that is meant: {', '.join(owners)}.")


def visible_id_message(words: str, *, is_id: bool) -> tuple[str, Advice]:
    """Return the message about an id or a link in words that are for readers."""
    message = f"“{words}” is the id of an actor, in words that readers see." if is_id else link_message(words, Advice())[0]
    return message, Advice(f"Write what readers should see. {_quoted(words)}")


def link_target(words: str) -> str:
    """Return the target of link syntax: of `[[the-body|They]]`, or of `event:the-body`."""
    return words.strip("[]@ ").partition("|")[0].rpartition(":")[2]


def _quoted(words: str, what: str = "words") -> str:
    return f'If it is meant as {what}, put it in quotation marks: "{words}".'
