"""Shared records that nothing on the site uses."""

from collections.abc import Iterator

from builder.diagnostics import WARNING, Diagnostic
from builder.model import Site, Target
from builder.pages.cards import once_a_site


@once_a_site
def _linked(site: Site) -> dict[Target, None]:
    """Return the targets of links in the texts of other records, sorted."""
    return dict.fromkeys(
        sorted({target for owner, targets in site.targets.items() for target in targets.values() if (target.kind, target.id) != owner})
    )


def unused_actor(site: Site, actor_id: str) -> Iterator[Diagnostic]:
    """A shared actor is used."""
    actor = site.actors[actor_id]
    if (
        actor.shared
        and not any(actor_id in ends for ends in (site.mentions, site.members, site.publishes, site.events_of, site.events_attributed_to))
        and Target("actor", actor_id) not in _linked(site)
    ):
        yield Diagnostic(
            "actor-unused",
            "No explainer mentions this actor.",
            actor.location,
            help="List it in an explainer’s “actors:”, or remove the file.",
            severity=WARNING,
        )


def unused_event(site: Site, event_id: str) -> Iterator[Diagnostic]:
    """A shared event is used."""
    event = site.events[event_id]
    if event.shared and event_id not in site.event_mentions and Target("event", event_id) not in _linked(site):
        yield Diagnostic(
            "event-unused",
            "No explainer has this event.",
            event.location,
            help="List it in an explainer’s “timeline:”, or remove the file.",
            severity=WARNING,
        )


def unused_source(site: Site, source_id: str) -> Iterator[Diagnostic]:
    """A shared source is used."""
    source = site.sources[source_id]
    if (
        source.shared
        and not any(source_id in ends for ends in (site.explainers_using, site.sources_citing, site.events_attributed_to, site.events_from))
        and Target("source", source_id) not in _linked(site)
    ):
        yield Diagnostic(
            "source-unused",
            "Nothing uses this source.",
            source.location,
            help="List it in an explainer’s “sources:”, or remove the file.",
            severity=WARNING,
        )


def unused(site: Site) -> Iterator[Diagnostic]:
    """Report all unused shared records."""
    for ids, rule in ((site.actors, unused_actor), (site.events, unused_event), (site.sources, unused_source)):
        for key in ids:
            yield from rule(site, key)
