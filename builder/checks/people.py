"""Who is who: offices and their dates, and names that the front matter leaves out."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

import msgspec

from builder import mentions
from builder.checks.chronology import is_before, worded
from builder.crossref.lookup import names_of
from builder.diagnostics import WARNING, Diagnostic, Place
from builder.memory import Memory
from builder.model import Actor, Body, Occurrence, Part, Site, Target, When

_CAPITALISED = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ɏͰ-ϿЀ-Я]\w*")
"""A word that may begin a name. Most actors are not in most texts: to look for such words first costs far less than to look for each name."""


def offices(site: Site) -> Iterator[Diagnostic]:
    """On the day of a quote or an event, its actor held one of the offices that the record gives.

    An office without a date may have been held at any time. A record without offices says nothing that could be wrong.
    """
    for key, actor in site.actors.items():
        if not actor.positions or any(held.since.date is None and held.until.date is None for held in actor.positions):
            continue  # as nearly all records are: this only saves looking at what they said and did
        for at in site.said_by.get(key, ()):
            quote = site.quotes[at]
            if _holds_none(actor, quote.said):
                yield _not_held(actor, quote.said)
        for name in site.events_of.get(key, ()):
            event = site.events[name]
            if _holds_none(actor, event.when):
                yield _not_held(actor, event.when)


def _holds_none(actor: Actor, when: When) -> bool:
    return when.date is not None and all(is_before(when, held.since) or is_before(held.until, when) for held in actor.positions)


def _not_held(actor: Actor, when: When) -> Diagnostic:
    terms = "; ".join(
        held.role
        + (f" from {worded(held.since)}" if held.since.date is not None else "")
        + (f" to {worded(held.until)}" if held.until.date is not None else "")
        for held in actor.positions
    )
    return Diagnostic(
        "office-not-held",
        f"{actor.title} held none of the given offices at that time ({worded(when)}): {terms}.",
        when.place,
        help="Mend the dates, or add what they were then under “position:”, such as “former mayor”.",
        severity=WARNING,
        also=(actor.positions[0].place,),
    )


class Names(msgspec.Struct, frozen=True):
    """All names that could stand in a text."""

    owners: Mapping[str, str]
    """Name → id of the one actor who bears it."""
    called: Mapping[str, str]
    """Id → what the actor is called."""
    by_word: Mapping[str, tuple[tuple[str, frozenset[str]], ...]]
    """First capitalised word of a name → the names that begin so, each with all its capitalised words."""


Story = tuple[str, Body, tuple[Part, ...], tuple[str, ...], Names]
"""The path of a text's file, the text, who is listed, the ids of those that it links to, and all names that could stand in it.

A tuple, since thousands of them are compared with those of the last run.
"""


def stories_with_names(site: Site, memory: Memory) -> dict[str, Story]:
    """Return what `unlisted` looks at, by slug."""
    names = memory.whole("names to look for", site.actors, _names)
    linked = memory.whole("actors linked to", site.linked_from, _linked)
    return {
        slug: (explainer.place.path, site.bodies[slug], site.cast[slug], linked.get(slug, ()), names)
        for slug, explainer in site.by_slug.items()
    }


def _names(actors: Mapping[str, Actor]) -> Names:
    owners = names_of(actors.values())
    by_word: defaultdict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for name in owners:
        words = _CAPITALISED.findall(name)
        if words:
            by_word[words[0]].append((name, frozenset(words)))
    called = {key: actors[key].name for key in owners.values()}
    return Names(owners, called, {word: tuple(names) for word, names in by_word.items()})


def _linked(linked_from: Mapping[Target, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for (kind, key), slugs in linked_from.items():
        for slug in slugs if kind == "actor" else ():
            found[slug].append(key)
    return {slug: tuple(keys) for slug, keys in found.items()}


def unlisted(story: Story) -> tuple[Diagnostic, ...]:
    """An actor of the site who is named in a text stands in its front matter, so that the name leads to their page and the page back to the text.

    Names and aliases count as whole words, and a longer name before a shorter one in it. A name that two actors share, and a weak alias, tell nothing.
    """
    path, body, cast, linked, names = story
    text = body.text
    there = set(_CAPITALISED.findall(text))
    near = {
        name: names.owners[name]
        for word in there
        if (beginning := names.by_word.get(word)) is not None
        for name, words in beginning
        if words <= there
    }
    known = {*(part.id for part in cast), *linked}
    if not any(name in text for name, owner in near.items() if owner not in known):
        return ()
    found: dict[str, Diagnostic] = {}
    for one in mentions.occurrences(body, near, autolink="off"):
        if one.id not in known and one.id not in found:
            found[one.id] = Diagnostic(
                "actor-unlisted",
                f"“{names.called[one.id]}” is named in the text, but not listed under “actors:”.",
                Place(path),
                help=f"Add “{one.id}” there. The text has: “{_around(body, one)}”",
                severity=WARNING,
            )
    return tuple(found.values())


def _around(body: Body, found: Occurrence) -> str:
    """Return the words around a name, for a message."""
    sentence, start, end = mentions.sentence(body.text, found.start, found.end)
    low = sentence.rfind(" ", 0, max(0, start - 30)) + 1 if start > 30 else 0
    high = sentence.find(" ", end + 30)
    return ("… " if low else "") + sentence[low : high if high >= 0 else None] + (" …" if high >= 0 else "")
