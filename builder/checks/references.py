"""What leads to something, and what nothing leads to."""

from collections.abc import Iterator

from builder.diagnostics import WARNING, Diagnostic, did_you_mean
from builder.model import Body, Embed, Explainer, Site, place_of


def embeds(site: Site) -> Iterator[Diagnostic]:
    """Cards and timelines are placed in explainers, and their filters name what there is."""
    bodies = site.bodies
    for explainer in site.explainers:
        for embed in bodies[explainer.slug].embeds:
            yield from _filters(site, explainer, embed)
    others: list[tuple[str, Body]] = [(page.place.path, page.body) for page in site.pages]
    for records in (site.actors, site.events, site.sources):
        others += [(record.place.path, record.text) for record in records.values() if record.text is not None]
    for path, body in others:
        for embed in body.embeds:
            yield Diagnostic(
                "embed-place",
                "Cards and timelines can be placed in explainers only.",
                place_of(embed, path),
                help="Write a link instead: [[id]].",
            )


def _filters(site: Site, explainer: Explainer, embed: Embed) -> Iterator[Diagnostic]:
    for name, value in embed.filters:
        place = place_of(embed, explainer.place.path)
        if name == "actor":
            if value not in site.actors:
                yield Diagnostic("reference-unknown", f"No actor has the id “{value}”.", place, help=did_you_mean(value, site.actors))
        elif name != "status":
            yield Diagnostic("embed-filter", f"A timeline has no filter “{name}”.", place, help="Its filters are actor=… and status=….")


def unused(site: Site) -> Iterator[Diagnostic]:
    """A shared record that nothing leads to makes a page that says nothing."""
    linked = {target for owner, targets in site.targets.items() for target in targets.values() if target != owner}
    for key, actor in site.actors.items():
        used = ("actor", key) in linked or any(
            key in ends for ends in (site.mentions, site.members, site.publishes, site.events_of, site.told_by, site.said_by)
        )
        if actor.shared and not used:
            yield Diagnostic(
                "actor-unused",
                "No explainer mentions this actor.",
                actor.place,
                help="List it in an explainer's “actors:”, or remove the file.",
                severity=WARNING,
            )
    for key, event in site.events.items():
        if event.shared and key not in site.tellings and ("event", key) not in linked:
            yield Diagnostic(
                "event-unused",
                "No explainer tells of this event.",
                event.place,
                help="List it in an explainer's “timeline:”, or remove the file.",
                severity=WARNING,
            )
    for key, source in site.sources.items():
        if source.shared and not any(key in ends for ends in (site.used_in, site.cited_by, site.told_by)) and ("source", key) not in linked:
            yield Diagnostic(
                "source-unused",
                "Nothing rests on this source.",
                source.place,
                help="List it in an explainer's “sources:”, or remove the file.",
                severity=WARNING,
            )
