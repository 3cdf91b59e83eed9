"""Filters of timelines, misplaced embeds, and unused records."""

from collections.abc import Iterator

from builder.content.schema.suggestions import value_for
from builder.diagnostics import WARNING, Diagnostic, advice, proposed
from builder.model import STATUSES, Actor, Body, Embed, Event, Explainer, Site, Source, Target, location_of
from builder.pages.cards import once_a_site


def embeds(site: Site, slug: str) -> Iterator[Diagnostic]:
    """The filters of a timeline in a text name existing records."""
    for embed in site.bodies[slug].embeds:
        yield from _filters(site, site.explainers[slug], embed)


def embeds_of_actor(site: Site, key: str) -> Iterator[Diagnostic]:
    """Cards and timelines are only in explainers. For an actor's text."""
    yield from _misplaced(site.actors[key])


def embeds_of_event(site: Site, key: str) -> Iterator[Diagnostic]:
    """Cards and timelines are only in explainers. For an event's text."""
    yield from _misplaced(site.events[key])


def embeds_of_source(site: Site, key: str) -> Iterator[Diagnostic]:
    """Cards and timelines are only in explainers. For a source's text."""
    yield from _misplaced(site.sources[key])


def embeds_of_pages(site: Site, _key: str) -> Iterator[Diagnostic]:
    """Cards and timelines are only in explainers. For plain pages."""
    for page in site.pages:
        yield from _embed_problems(page.body, page.location.path)


def _misplaced(record: Actor | Event | Source) -> Iterator[Diagnostic]:
    if record.text is not None:
        yield from _embed_problems(record.text, record.location.path)


def _embed_problems(body: Body, path: str) -> Iterator[Diagnostic]:
    for embed in body.embeds:
        yield Diagnostic(
            "embed-place",
            "Cards and timelines can be placed in explainers only.",
            location_of(embed, path),
            help="Write a link instead: [[id]].",
        )


def _filters(site: Site, explainer: Explainer, embed: Embed) -> Iterator[Diagnostic]:
    for name, value in embed.filters:
        location = location_of(embed, explainer.location.path)
        if name == "actor":
            if value not in site.actors:
                near = advice(value, site.actors)
                message = f"No actor has the id “{value}”."
                yield Diagnostic(
                    "reference-unknown", message, location, help=near.help, subject=value, kind="actor", suggestion=near.suggestion
                )
        elif name == "status":
            if value not in STATUSES:
                meant = value_for(name, value, STATUSES)
                hint = proposed(value, meant) or f"An event is one of these: {', '.join(STATUSES)}."
                message = f"No event has the status “{value}”."
                yield Diagnostic("embed-filter", message, location, help=hint, subject=value, suggestion=meant)
        else:
            yield Diagnostic("embed-filter", f"A timeline has no filter “{name}”.", location, help="Its filters are actor=… and status=….")


@once_a_site
def _linked(site: Site) -> dict[Target, None]:
    """Return the targets of links in the texts of other records, sorted."""
    return dict.fromkeys(
        sorted({target for owner, targets in site.targets.items() for target in targets.values() if (target.kind, target.id) != owner})
    )


def unused_actor(site: Site, key: str) -> Iterator[Diagnostic]:
    """A shared record is used. For actors."""
    actor = site.actors[key]
    if (
        actor.shared
        and not any(key in ends for ends in (site.mentions, site.members, site.publishes, site.events_of, site.events_attributed_to))
        and Target("actor", key) not in _linked(site)
    ):
        yield Diagnostic(
            "actor-unused",
            "No explainer mentions this actor.",
            actor.location,
            help="List it in an explainer's “actors:”, or remove the file.",
            severity=WARNING,
        )


def unused_event(site: Site, key: str) -> Iterator[Diagnostic]:
    """A shared record is used. For events."""
    event = site.events[key]
    if event.shared and key not in site.event_mentions and Target("event", key) not in _linked(site):
        yield Diagnostic(
            "event-unused",
            "No explainer tells of this event.",
            event.location,
            help="List it in an explainer's “timeline:”, or remove the file.",
            severity=WARNING,
        )


def unused_source(site: Site, key: str) -> Iterator[Diagnostic]:
    """A shared record is used. For sources."""
    source = site.sources[key]
    if (
        source.shared
        and not any(key in ends for ends in (site.explainers_using, site.sources_citing, site.events_attributed_to, site.events_from))
        and Target("source", key) not in _linked(site)
    ):
        yield Diagnostic(
            "source-unused",
            "Nothing rests on this source.",
            source.location,
            help="List it in an explainer's “sources:”, or remove the file.",
            severity=WARNING,
        )


def unused(site: Site) -> Iterator[Diagnostic]:
    """Report all unused shared records."""
    for ids, rule in ((site.actors, unused_actor), (site.events, unused_event), (site.sources, unused_source)):
        for key in ids:
            yield from rule(site, key)
