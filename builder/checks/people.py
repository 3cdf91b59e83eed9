"""Who is who: offices and their dates, and names that the front matter leaves out."""

import re
from collections import defaultdict
from collections.abc import Iterator

from builder import mentions
from builder.checks.chronology import is_before, worded
from builder.crossref.lookup import names_of
from builder.diagnostics import WARNING, Diagnostic, Place
from builder.model import Actor, Body, Occurrence, Site, When

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


def unlisted(site: Site) -> Iterator[Diagnostic]:
    """An actor of the site who is named in a text stands in its front matter, so that the name leads to their page and the page back to the text.

    Names and aliases count as whole words, and a longer name before a shorter one in it. A name that two actors share, and a weak alias, tell nothing.
    """
    names = names_of(site.actors.values())
    by_word: defaultdict[str, list[tuple[str, frozenset[str]]]] = defaultdict(list)
    for name in names:
        words = _CAPITALISED.findall(name)
        if words:
            by_word[words[0]].append((name, frozenset(words)))
    for explainer in site.explainers:
        listed = {part.id for part in site.cast[explainer.slug]}
        text = explainer.body.text
        there = set(_CAPITALISED.findall(text))
        near = {name: names[name] for word in by_word.keys() & there for name, words in by_word[word] if words <= there}
        if not any(name in text for name, owner in near.items() if owner not in listed):
            continue
        told = set(listed)
        for found in mentions.occurrences(explainer.body, near, autolink="off"):
            if found.id in told or explainer.slug in site.linked_from.get(("actor", found.id), ()):
                continue
            told.add(found.id)
            yield Diagnostic(
                "actor-unlisted",
                f"“{site.actors[found.id].name}” is named in the text, but not listed under “actors:”.",
                Place(explainer.place.path),
                help=f"Add “{found.id}” there. The text has: “{_around(explainer.body, found)}”",
                severity=WARNING,
            )


def _around(body: Body, found: Occurrence) -> str:
    """Return the words around a name, for a message."""
    sentence, start, end = mentions.sentence(body.text, found.start, found.end)
    low = sentence.rfind(" ", 0, max(0, start - 30)) + 1 if start > 30 else 0
    high = sentence.find(" ", end + 30)
    return ("… " if low else "") + sentence[low : high if high >= 0 else None] + (" …" if high >= 0 else "")
