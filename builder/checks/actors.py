"""Offices and their dates, actors that are missing in the front matter, and names that stand in the text in another case."""

from collections.abc import Iterator

from builder.checks.chronology import is_before, worded
from builder.content import mentions
from builder.diagnostics import WARNING, Diagnostic, Location, characters
from builder.model import PERSON, Actor, Explainer, Site, When


def office_on_the_day(site: Site, actor_id: str) -> Iterator[Diagnostic]:
    """On the day of a quote or an event, its speakers, listeners and actors held one of the given offices.

    An office without dates may have been held at any time. A record without offices cannot contradict.
    """
    actor = site.actors[actor_id]
    if not actor.positions or any(held.since.date is None and held.until.date is None for held in actor.positions):
        return  # as nearly all records are: this only saves looking at what they said and did
    for at in dict.fromkeys((*site.said_by.get(actor_id, ()), *site.said_to.get(actor_id, ()))):
        quote = site.quotes[at]
        if _holds_none(actor, quote.said):
            yield _not_held(actor, quote.said)
    for name in site.events_of.get(actor_id, ()):
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
        when.location,
        help="Correct the dates, or add what they were then under “position:”, such as “former mayor”.",
        severity=WARNING,
        also=(actor.positions[0].location,),
    )


def unlisted_actors(site: Site, slug: str) -> Iterator[Diagnostic]:
    """An actor of the site that is named in a text is listed in its front matter, so that the name is linked and the actor's page links back.

    Names and aliases count as whole words, and a longer name before a shorter one in it. Shared names and weak aliases do not count.
    """
    there = set(site.capitals[slug])
    near = {name.name: name.owner for word in site.capitals[slug] for name in site.names.get(word, ()) if there.issuperset(name.words)}
    known = {part.id for part in site.cast[slug]} | {
        target.id for target in site.targets["explainer", slug].values() if target.kind == "actor"
    }
    if known.issuperset(near.values()):
        return
    body = site.bodies[slug]
    if not mentions.contains_name(body.text, {name: owner for name, owner in near.items() if owner not in known}):
        return
    found: dict[str, Diagnostic] = {}
    people = {owner for owner in near.values() if site.actors[owner].type == PERSON}
    for occurrence in mentions.occurrences(body, mentions.KnownNames(near, people=people), autolink="off", language=_language(site, slug)):
        if occurrence.id not in known and occurrence.id not in found:
            found[occurrence.id] = Diagnostic(
                "actor-unlisted",
                f"“{site.actors[occurrence.id].name}” is named in the text, but not listed under “actors:”.",
                Location(site.explainers[slug].location.path),
                help=f"Add “{occurrence.id}” there. The text has: “{mentions.around(body.text, occurrence.start, occurrence.end)}”",
                severity=WARNING,
            )
    yield from found.values()


def names_in_another_case(site: Site, slug: str) -> Iterator[Diagnostic]:
    """A listed actor whose name stands in the text in another case only is found by no link: the form must be an alias."""
    explainer, text = site.explainers[slug], site.bodies[slug].text
    language = _language(site, slug)
    if not mentions.may_decline(text, language):
        return
    text = mentions.plain(text)
    for actor in _not_named(site, slug):
        name, form = mentions.with_ending(text, (actor.name, *actor.alias), language)
        if form:
            yield Diagnostic(
                "actor-in-words",
                f"“{name}” stands in the text in another form only, “{form}”, so it is no link.",
                _listed_at(explainer, actor),
                help=f"Write the form as an alias, “alias: [{form}]”, or a link, [[{actor.id}|{form}]].",
                severity=WARNING,
            )


def names_in_other_signs(site: Site, slug: str) -> Iterator[Diagnostic]:
    """A listed actor whose name stands in the text only with other signs is found by no link: in the other script of Chinese, or with letters that look alike."""
    explainer, text = site.explainers[slug], site.bodies[slug].text
    if not mentions.has_other_signs(text):
        return
    for actor in _not_named(site, slug):
        name, form = mentions.in_other_signs(text, (actor.name, *actor.alias))
        if form:
            how = characters.apart(form, name, "the text", "the name")
            yield Diagnostic(
                "actor-in-words",
                f"“{name}” stands in the text only with other signs" + (f": {how}." if how else f", “{form}”, so it is no link."),
                _listed_at(explainer, actor),
                help="Write the name in the text as it is here."
                if how
                else f"Write “alias: [{form}]” here, or the name in the text as it is here.",
                severity=WARNING,
            )


def names_in_longer_names(site: Site, slug: str) -> Iterator[Diagnostic]:
    """A listed actor whose name stands in the text only as a part of a longer one is found by no link: the longer name may be somebody else’s."""
    text, language = site.bodies[slug].text, _language(site, slug)
    for actor in _not_named(site, slug):
        ranges = mentions.in_longer_names(text, (actor.name, *actor.alias), language, is_person=actor.type == PERSON)
        # Not where somebody who is known bears the longer name.
        longer = next(
            (
                text[low:high]
                for low, high in ranges
                if not any(occurrence.start <= low < occurrence.end for occurrence in site.occurrences[slug])
            ),
            "",
        )
        if longer:
            yield Diagnostic(
                "actor-in-words",
                f"“{actor.name}” stands in the text only as a part of “{longer}”, which may be the name of somebody else, so it is no link.",
                _listed_at(site.explainers[slug], actor),
                help=f"If both are the same, write “alias: [{longer}]”, or a link, [[{actor.id}|{longer}]]; else take “{actor.id}” out of “actors:”, or leave it.",
                severity=WARNING,
            )


def _language(site: Site, slug: str) -> str:
    return site.explainers[slug].lang or site.settings.language


def _not_named(site: Site, slug: str) -> Iterator[Actor]:
    """Yield the listed actors whom the text of an explainer neither names nor links to."""
    named = {occurrence.id for occurrence in site.occurrences[slug]} | {
        target.id for target in site.targets["explainer", slug].values() if target.kind == "actor"
    }
    yield from (site.actors[part.id] for part in site.cast[slug] if part.listed and part.id not in named)


def _listed_at(explainer: Explainer, actor: Actor) -> Location:
    """Return where an explainer lists an actor, or else where it begins."""
    if actor.location.path == explainer.location.path:
        return actor.location
    return next((item.location for item in explainer.actors if item.id == actor.id), explainer.location)
