"""Cards and timelines that an author places in a text: where they may stand, and what a timeline is filtered by."""

from collections.abc import Iterator

from builder.content.schema.suggestions import value_for
from builder.diagnostics import Diagnostic, advice, proposed
from builder.model import STATUSES, Actor, Body, Embed, Event, Explainer, Site, Source, location_of


def embeds(site: Site, slug: str) -> Iterator[Diagnostic]:
    """The filters of a timeline in a text name existing records."""
    for embed in site.bodies[slug].embeds:
        yield from _filters(site, site.explainers[slug], embed)


def embeds_of_actor(site: Site, actor_id: str) -> Iterator[Diagnostic]:
    """The text of an actor has no cards and timelines, which are only in explainers."""
    yield from _misplaced(site.actors[actor_id])


def embeds_of_event(site: Site, event_id: str) -> Iterator[Diagnostic]:
    """The text of an event has no cards and timelines, which are only in explainers."""
    yield from _misplaced(site.events[event_id])


def embeds_of_source(site: Site, source_id: str) -> Iterator[Diagnostic]:
    """The text of a source has no cards and timelines, which are only in explainers."""
    yield from _misplaced(site.sources[source_id])


def embeds_of_pages(site: Site, _key: str) -> Iterator[Diagnostic]:
    """Plain pages have no cards and timelines, which are only in explainers."""
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
