"""Unlinked names in a text: each with the likely type of actor, or with the actor whose surname it is."""

import bisect
import itertools
import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from builder import dates
from builder.content.schema import SHORT
from builder.drafting.extraction import LEXICONS
from builder.i18n.lexicons.first_names import gender
from builder.i18n.tags import language_code
from builder.linking import actor_types, surnames
from builder.linking.record_names import fold
from builder.model import PERSON, Body, Site

MAX_NAMES_OFFERED = 50
"""Names that are offered for one text."""

_WORD = re.compile(r"\w+(?:[-’'.&]\w+)*")
_PART = re.compile(r"\w+")
_SOME_DAY = dates.parse("2020-06-15")
_Word = tuple[str, int, int]


class UnlinkedName(msgspec.Struct, frozen=True):
    """A name in the text without an actor."""

    words: str
    kind: str
    """The type of actor that they are likely to be."""
    other_name: str = ""
    """The id of the actor with this surname; "" for a new actor."""


def unlinked_names(site: Site, slug: str) -> tuple[UnlinkedName, ...]:
    """Return the names in an explainer's text that no actor has, each once, in its order."""
    body = site.bodies[slug]
    known = sorted((occurrence.start, occurrence.end) for occurrence in site.occurrences[slug])
    ends = (0, *itertools.accumulate((end for _, end in known), max))
    of_others = _names_of_others(site, slug)
    own = _surnames(site, slug)
    found: dict[str, UnlinkedName] = {}
    parts: set[str] = set()
    for words, start, end in _runs(site, body):
        # Of all that begin before its end, one may go on beyond its start.
        is_linked = start < ends[bisect.bisect_left(known, (end, 0))]
        if is_linked or fold(words) in of_others or words in found or words in parts:
            continue
        if words in own:
            found[words] = UnlinkedName(words, PERSON, own[words])
        elif " " in words or actor_types.kind_of(words):
            kind = actor_types.kind_of(words)
            found[words] = UnlinkedName(words, kind or PERSON)
            parts.update(words.split())
        if len(found) == MAX_NAMES_OFFERED:
            break
    return tuple(found.values())


def _names_of_others(site: Site, slug: str) -> frozenset[str]:
    """Return the names that records of the explainer or actors of the site have, folded."""
    known_names = [name for actor in site.actors.values() for name in (actor.name, actor.title, *actor.alias, *actor.weak_alias)]
    known_names += [name for key in site.explainer_sources[slug] for name in (site.sources[key].title, site.sources[key].publisher)]
    known_names += [site.events[key].title for key in site.timelines[slug]]
    known_names += [site.events[key].where for key in site.timelines[slug]]
    return frozenset(_folded(name) for name in known_names if name)


@lru_cache(maxsize=65_536)
def _folded(name: str) -> str:
    """Fold a name of a site, which has thousands: they are the same after most saves."""
    return fold(name)


def _surnames(site: Site, slug: str) -> dict[str, str]:
    """Return the surnames of the people of an explainer that no other actor and no place of the site has; in format 2 they count by themselves."""
    explainer = site.explainers[slug]
    if explainer.format == SHORT:
        return {}
    people = [site.actors[part.id] for part in site.cast[slug]]
    wanted = {actor.id: surname for actor in people if (surname := surnames.surname_of(actor, site.language))}
    if not wanted:
        return {}
    sought = {_folded(surname.rpartition(" ")[2]) for surname in wanted.values()}
    owners: dict[str, set[str]] = {}
    for actor in site.actors.values():
        for word in sought.intersection(surnames.words_of_actor(actor)):
            owners.setdefault(word, set()).add(actor.id)
    places = {word for event in site.events.values() for word in surnames.words_of_place(event)}
    return {
        surname: key
        for key, surname in wanted.items()
        if surnames.is_unshared(surname, key, owners, places) and site.actors[key].location.path == explainer.location.path
    }


def _runs(site: Site, body: Body) -> Iterator[_Word]:
    """Yield capitalised words that stand side by side and may be a name."""
    lexicon = LEXICONS.get(language_code(site.settings.language), LEXICONS["en"])
    common = lexicon.determiners | lexicon.prepositions | lexicon.conjunctions | lexicon.auxiliaries | lexicon.adverbs | lexicon.negations
    common |= (
        lexicon.relatives
        | lexicon.titles
        | {*lexicon.honours}
        | lexicon.verbs
        | lexicon.says
        | lexicon.times
        | lexicon.days
        | {*lexicon.pronouns}
    )
    small = frozenset(found[0] for pattern in (_WORD, _PART) for found in pattern.finditer(body.text) if found[0][0].islower())
    run: list[_Word] = []
    for found in _WORD.finditer(body.text):
        word = (found[0], found.start(), found.end())
        is_capital = found[0][0].isupper() and fold(found[0]) not in common and not _is_day(site, found[0])
        is_joined = bool(run) and body.text[run[-1][2] : word[1]] == " "
        if run and not is_joined:
            yield from _name(body, run, small, is_german=lexicon.capitals)
            run = []
        if is_capital or (run and found[0] in lexicon.particles):
            run.append(word)
        elif run:
            yield from _name(body, run, small, is_german=lexicon.capitals)
            run = []
    yield from _name(body, run, small, is_german=lexicon.capitals)


def _name(body: Body, run: list[_Word], small: frozenset[str], *, is_german: bool) -> Iterator[_Word]:
    while run and run[-1][0][0].islower():
        run = run[:-1]
    if not run:
        return
    # A sentence begins with a capital: a word that the text also has in small letters is none of the name.
    if len(run) > 1 and _begins(body, run[0][1]) and run[0][0][0].lower() + run[0][0][1:] in small:
        run = run[1:]
    words = re.sub(r"[’']s$", "", body.text[run[0][1] : run[-1][2]])
    if is_german and not gender(run[0][0]) and not actor_types.kind_of(words):
        return
    yield words, run[0][1], run[0][1] + len(words)


def _begins(body: Body, at: int) -> bool:
    while at and body.text[at - 1] in ' "“‘„«':
        at -= 1
    return not at or body.text[at - 1] in ".!?:\n"


def _is_day(site: Site, word: str) -> bool:
    return dates.resolve(word, _SOME_DAY, site.language) is not None
