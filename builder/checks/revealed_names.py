"""Names that an explainer gives away, and links that name another person than they lead to."""

import re
from collections.abc import Iterable, Iterator

from builder.checks.unnamed_sources import bearers
from builder.content.mentions import plain
from builder.diagnostics import Diagnostic, Location
from builder.i18n.language import bodies
from builder.i18n.lexicons import first_names, titles
from builder.i18n.patterns import late
from builder.incremental.memoize import once_a_site
from builder.linking.descriptions_as_names import is_like_name
from builder.model import PERSON, UNNAMED, Actor, Body, Link, Site, location_of

_HIDING = ("background", "deep-background")
"""Terms under which the name of the speaker is not published."""

_CALLED = late(
    r"[,;]?\s+\(?(?:who\s+(?:is|was)\s+)?(?:whose\s+name\s+(?:is|was)|called|named|known as|by the name of|genannt|namens|mit (?:dem )?Namen|nommée?|appelée?|du nom de"
    r"|llamad[oa]|de nombre|chiamat[oa]|di nome|chamad[oa]|de nome|genaamd|imieniem|по имени|на имя|на ім[’']я|ονόματι|med navn|vid namn|ved navn|adlı)\s+"
    r"(?P<name>[^\W\d_][\w'’-]+(?:\s+[^\W\d_][\w.'’-]*)*)"
)
"""What follows a description and names who is described."""
_BESIDE = late(r",\s+(?P<name>[^\W\d_][\w'’-]+(?:\s+[^\W\d_][\w.'’-]*){1,3})(?=[,.;:)]|\s+\()")
"""A name in apposition: “a clerk, Sam Reed, said”."""
_REACH = 80
_ARTICLE = late(r"\A(?:an?|the|one|eine?|einer|eines|die|der|das|une?|una|uno|la|le|el|il|een|um|uma)\s+", re.IGNORECASE)
_FIRST_AND_LAST = 2


def named_under_terms(site: Site, slug: str) -> Iterator[Diagnostic]:
    """Words given on background are published without the name of the person who said them: so AP and Reuters define the term."""
    for quote in map(site.quotes.__getitem__, site.quotes_in[slug]):
        named = [site.actors[who] for who in quote.speakers if site.actors[who].type == PERSON] if quote.rules in _HIDING else ()
        if named:
            yield Diagnostic(
                "quote-names-source",
                f"This quote is on {quote.rules.replace('-', ' ')}, and its page names {' and '.join(actor.title for actor in named)}.",
                quote.location,
                help="If the report names them, take “rules:” out, or write “rules: on-record”; if not, put the speaker under “unnamed:”, under another id.",
            )


def names_of_unnamed(site: Site, actor_id: str) -> Iterator[Diagnostic]:
    """The id of an unnamed source, which stands in addresses, is no name, and what is said of them does not name them."""
    actor = site.actors[actor_id]
    if actor.type != UNNAMED:
        return
    for known_id in (actor.id, *actor.former_ids):
        if _is_name(site, known_id, actor):
            yield Diagnostic(
                "unnamed-named",
                f"The id “{known_id}” reads as the name of this unnamed source, and stands in addresses and data.",
                actor.location,
                help="Take an id from the description, such as “hall-clerk”, and leave the old one out of “former_ids:” too.",
            )
    for words in (actor.described_as, actor.knows_because, actor.anonymity_reason):
        if (found := _CALLED.search(words)) and (name := _capitals(found["name"])):
            yield _gives_name(name, actor, actor.location)


def _is_name(site: Site, record_id: str, actor: Actor) -> bool:
    parts = record_id.split("-")
    words = " ".join(part.capitalize() for part in parts)
    if words.casefold() in bearers(site):
        return True
    described = plain(actor.described_as).casefold()
    return (
        len(parts) >= _FIRST_AND_LAST
        and parts[0] in first_names.KNOWN
        and is_like_name(words)
        and _nouns().isdisjoint(parts)
        and not any(part in described for part in parts)
    )


def _nouns() -> frozenset[str]:
    words = bodies()
    return titles().union(words.kin, words.last)


def links_by_name(site: Site, slug: str) -> Iterator[Diagnostic]:
    """The words of a link are no name of another actor than it leads to, and the text gives no name to an unnamed source."""
    explainer = site.explainers[slug]
    problems = tuple(_links(site, ("explainer", slug), (site.bodies[slug], *explainer.lines), explainer.location.path))
    yield from problems
    told = {problem.subject for problem in problems}
    text = site.bodies[slug].text
    for part in site.cast[slug]:
        actor = site.actors[part.id]
        is_asked = actor.type == UNNAMED and actor.id not in told
        described = _ARTICLE.sub("", actor.described_as, count=1) if is_asked else ""
        at = text.find(described) if described else -1
        while at >= 0:
            behind = text[at + len(described) : at + len(described) + _REACH]
            if (name := _name_behind(behind)) and not text[max(0, at - 1) : at].isalnum():
                yield _gives_name(name, actor, Location(explainer.location.path))
                break
            at = text.find(described, at + 1)


def links_of_actor_by_name(site: Site, actor_id: str) -> Iterator[Diagnostic]:
    """The same for the text of an actor."""
    yield from _links_of(site, "actor", actor_id, site.actors[actor_id].text, site.actors[actor_id].location.path)


def links_of_event_by_name(site: Site, event_id: str) -> Iterator[Diagnostic]:
    """The same for the text of an event."""
    yield from _links_of(site, "event", event_id, site.events[event_id].text, site.events[event_id].location.path)


def links_of_source_by_name(site: Site, source_id: str) -> Iterator[Diagnostic]:
    """The same for the text of a source."""
    yield from _links_of(site, "source", source_id, site.sources[source_id].text, site.sources[source_id].location.path)


def links_of_pages_by_name(site: Site, _key: str) -> Iterator[Diagnostic]:
    """The same for plain pages."""
    for page in site.pages:
        yield from _links_of(site, "page", page.slug, page.body, page.location.path)


def _links_of(site: Site, kind: str, key: str, body: Body | None, path: str) -> Iterator[Diagnostic]:
    if body is not None:
        yield from _links(site, (kind, key), (body,), path)


def _links(site: Site, owner: tuple[str, str], texts: Iterable[Body], path: str) -> Iterator[Diagnostic]:
    targets = site.targets.get(owner, {})
    for body in texts:
        for link in (segment for segment in body.segments if isinstance(segment, Link)):
            target = targets.get((link.kind, link.target))
            if target is not None and target.kind == "actor":
                end = link.at + len(link.words or link.target)
                yield from _link(site, link, site.actors[target.id], body.text[end : end + _REACH], path)


def _link(site: Site, link: Link, actor: Actor, behind: str, path: str) -> Iterator[Diagnostic]:
    words = " ".join(plain(link.words).split())
    others = _names_of_actors(site).get(words.casefold(), ())
    if actor.type == UNNAMED:
        called = _CALLED.search(words)
        name = words if is_like_name(words) or words.casefold() in bearers(site) else _capitals(called["name"]) if called else ""
        name = name or _name_behind(behind)
        if name:
            yield _gives_name(name, actor, location_of(link, path))
    elif others and actor.id not in others and not _is_part(words, actor):
        other = site.actors[others[0]]
        yield Diagnostic(
            "link-other-name",
            f"This link reads “{link.words}”, the name of {other.title} ({other.id}), and leads to {actor.title}.",
            location_of(link, path),
            help=f"Write [[{other.id}|{link.words}]], or other words.",
        )


def _is_part(words: str, actor: Actor) -> bool:
    """Return whether words are a part of a name of an actor: “Lee”, the alias of another, may be said of Bob Lee."""
    return any(f" {words} ".casefold() in f" {plain(name)} ".casefold() for name in (actor.name, *actor.alias, *actor.weak_alias))


def _name_behind(behind: str) -> str:
    """Return the name that follows a description: “called Sam Reed”, “, Sam Reed,”; "" for none."""
    behind = behind.partition("\n\n")[0]
    if found := _CALLED.match(behind):
        name = _capitals(found["name"])
        return name if (" " in name and is_like_name(name)) or _has_first_name(name) else ""
    found = _BESIDE.match(behind)
    return found["name"] if found and is_like_name(found["name"]) and _has_first_name(found["name"]) else ""


def _has_first_name(name: str) -> bool:
    """Return whether the first word is a known first name: a place stands in apposition too, “a clerk in Hall Street, New York, said”."""
    return name.partition(" ")[0].casefold() in first_names.KNOWN


def _capitals(words: str) -> str:
    """Return the words with capitals at the beginning of some words; "" for none."""
    kept: list[str] = []
    for word in words.split():
        if not word[0].isupper():
            break
        kept.append(word)
    return " ".join(kept).rstrip(".")


def _gives_name(name: str, actor: Actor, location: Location) -> Diagnostic:
    return Diagnostic(
        "unnamed-named",
        f"“{name}” is shown as the name of “{actor.id}”, an unnamed source.",
        location,
        help="Take the name out, of the file’s history too; if the report names them, list them under “actors:”.",
        subject=actor.id,
    )


@once_a_site
def _names_of_actors(site: Site) -> dict[str, tuple[str, ...]]:
    """Return all names of actors that have some, in small letters, with the ids of those who bear them."""
    found: dict[str, tuple[str, ...]] = {}
    for key, actor in site.actors.items():
        for name in dict.fromkeys((actor.name, *actor.alias, *actor.weak_alias)) if actor.type != UNNAMED else ():
            if name:
                folded = plain(name).casefold()
                found[folded] = (*found.get(folded, ()), key)
    return found
