"""Infer the type of an actor from the name, where that is certain: companies, ministries and states are no persons.

A person taken for a company is worse than the reverse, so nouns that are also surnames count for little.
"""

from functools import cache, lru_cache

from builder.content.frontmatter import in_braces
from builder.diagnostics import Diagnostic
from builder.i18n.language import COMPANY, bodies
from builder.i18n.patterns import late
from builder.model import COUNTRY, ORGANIZATION, PUBLIC_BODY, Actor

_BESIDE = late(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_SIGNS = ".,;:’'\"“”„«»"
_CAPITALS = late(r"[^\W\d_](?:&?[^\W\d_]){1,5}")
"""BBC, AT&T; initials of people have dots."""
_SHORTEST = 7
"""Letters of a word whose ending counts: “Samt” is no office."""
_LONGEST = 200
"""Characters of a name that are read."""


class _Words:
    """The word lists as sets."""

    def __init__(self) -> None:
        words = bodies()
        self.forms, self.as_written = frozenset(words.forms), frozenset(words.forms_as_written)
        self.persons, self.prepositions, self.articles = frozenset(words.persons), frozenset(words.prepositions), frozenset(words.articles)
        self.before, self.states = frozenset(words.before), frozenset(words.states)
        self.forms_first, self.not_bodies, self.named, self.before_states = (
            frozenset(words.forms_first),
            words.not_bodies,
            words.named,
            words.before_states,
        )
        self.beginnings, self.unspaced = words.beginnings, words.unspaced
        self.last, self.first, self.surnames, self.endings = words.last, words.first, words.surnames, words.endings


@cache
def _known() -> _Words:
    return _Words()


_IN_WORDS = {ORGANIZATION: "an organization", PUBLIC_BODY: "a public body", COUNTRY: "a country"}


def untyped(actor: Actor, kind: str) -> Diagnostic:
    """Return the warning about an actor without a type whose name is that of a `kind`."""
    held = actor.positions[0].role if actor.positions else ""
    role = f", position: {in_braces(held)}" if held else ""
    line = f"{actor.id}: {{type: {kind}, name: {in_braces(actor.name)}{role}}}"
    is_line = not actor.shared and set(actor.given) <= {"name", "position"}
    return Diagnostic(
        "actor-untyped",
        f"“{actor.name}” reads as the name of {_IN_WORDS[kind]}, and nothing says what it is.",
        actor.location,
        help=(f"Write {line}" if is_line else f"Add “type: {kind}”") + "; or “type: Person”, if it is a person’s name.",
    )


@lru_cache(maxsize=4096)
def kind_of(name: str) -> str:
    """Return the type of actor of a name; "" if it may be a person."""
    known = _known()
    name = _BESIDE.sub("", name[:_LONGEST]).replace("’", "'").strip()
    words = name.split()
    if not words:
        return ""
    without = words[1:] if len(words) > 1 and words[0].casefold() in known.articles else words
    if " ".join(words).casefold() in known.states or " ".join(without).casefold() in known.states:
        return COUNTRY
    if found := known.named.get(" ".join(words).casefold()) or known.named.get(" ".join(without).casefold()) or _unspaced(name):
        return found
    if (_CAPITALS.fullmatch(name) and name.isupper()) or (len(words) > 1 and _bare(words[0]) in known.forms_first):
        return ORGANIZATION
    if len(words) > 1 and (_bare(words[-1]) in known.forms or words[-1].replace(".", "") in known.as_written or COMPANY.search(name)):
        return ORGANIZATION
    if "&" in words[1:-1]:
        return ORGANIZATION  # no person is called “Hollin & Pryce”
    if _bare(words[0]) in known.persons:
        return ""
    if len(without) > 1 and " ".join(without[1:]).casefold() in known.states and (found := known.before_states.get(_bare(without[0]), "")):
        return found
    head = next((without[:n] for n, word in enumerate(without) if n and word.casefold() in known.prepositions), without)
    is_owned = len(head) > 1 and head[-2].endswith(("s'", "'s"))  # the Pilots' Union is no person called Union
    return _of_head([_bare(word) for word in head], has_more=len(head) < len(without), is_owned=is_owned)


def _of_head(head: list[str], *, has_more: bool, is_owned: bool) -> str:
    known = _known()
    last = head[-1]
    if found := known.last.get(last):
        # “Republic” alone is a newspaper, or a pub.
        return found if found != COUNTRY or has_more or len(head) > 1 else ""
    if len(head) > 1 or has_more:
        if found := known.first.get(head[0]):
            return found
        if found := known.surnames.get(last):
            alone = len(head) == 1 and has_more
            return found if alone or is_owned or (len(head) > 1 and any(word in known.before for word in head[:-1])) else ""
    # “Landgericht Gullhaven”: of a German compound at the beginning as well.
    return _of_compound(last) or _of_compound(head[0])


def _of_compound(word: str) -> str:
    known = _known()
    if len(word) < _SHORTEST or word.endswith(known.not_bodies):
        return ""
    return next(
        (kind for ending, kind in known.endings.items() if word.endswith(ending)),
        next((kind for beginning, kind in known.beginnings.items() if word.startswith(beginning)), ""),
    )


def _unspaced(name: str) -> str:
    """Return the type of a name in a script without spaces, by its ending or by the legal form at its beginning."""
    known = _known()
    if name.isascii() or " " in name or name in known.not_bodies:
        return ""
    if any(name.startswith(form) and name != form for form in known.forms_first if not form.isascii() and form.lower() == form.upper()):
        return ORGANIZATION
    # Many family names end in the same single character.
    return next((kind for end, kind in known.unspaced.items() if name.endswith(end) and len(name) >= len(end) + 2 * (len(end) == 1)), "")


def _bare(word: str) -> str:
    return word.strip(_SIGNS).replace(".", "").casefold()
