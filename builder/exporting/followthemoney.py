"""FollowTheMoney: actors, sources, explainers and what happened, with all that they refer to."""

from collections.abc import Iterator

import msgspec

from builder.exporting.exporter_types import Chosen, Exported, ExportProblem, File, list_in_quotes
from builder.exporting.whole_records import explainer_said, find_surroundings, uncounted, unsaid
from builder.formats import followthemoney
from builder.formats.published_data import EntitiesData
from builder.model import UNNAMED
from builder.pages import data_records


def write(chosen: Chosen) -> Exported:
    """Return the entities, a line each. Unnamed sources and unconfirmed events, which its model cannot express, are noted."""
    site = chosen.site
    events = chosen.event_records
    around = find_surroundings(chosen, actors=chosen.actors, sources=chosen.sources)
    actors, sources = around.actors, around.sources
    data = EntitiesData(
        data_records.publication(site),
        tuple(data_records.actor(site, key) for key in actors),
        tuple(data_records.source(site, key) for key in sources),
        tuple(data_records.explainer(site, slug) for slug in chosen.explainers),
        events,
        tuple(data_records.documented(site, key) for key in chosen.sources),
    )
    happened = {event.id for event in events if event.is_fact}
    whole = {slug: explainer_said(site, slug, happened) for slug in chosen.explainers}
    made = followthemoney.encode(data, msgspec.structs.replace(around, explainers=whole))
    if not made:
        message = "it has no named actors, sources, explainers or events that happened"
        raise ExportProblem(message)
    unconfirmed = [event.title for event in events if not event.is_fact]
    nameless = [actor.title for actor in data.actors if actor.type == UNNAMED]
    omissions = [f"{len(unconfirmed)} that are not known to have happened: {list_in_quotes(unconfirmed)}"] if unconfirmed else []
    omissions += [f"{len(nameless)} without a name: {list_in_quotes(nameless)}"] if nameless else []
    return Exported(
        (File("entities.ftm.json", made),),
        (
            *omissions,
            *_inexact(data),
            *_unheld(chosen),
            *uncounted(chosen, [event.id for event in events if event.is_fact]),
            *unsaid(chosen, actors, sources, has_roles=True),
        ),
    )


def _unheld(chosen: Chosen) -> Iterator[str]:
    """Yield what is left out of the records of other kinds."""
    if chosen.quotes:
        yield f"the words of {len(chosen.quotes)} {'quote' if len(chosen.quotes) == 1 else 'quotes'}"
    if chosen.explainers:
        explainers = [chosen.site.explainers[slug] for slug in chosen.explainers]
        yield f"the text of {len(explainers)} {'explainer' if len(explainers) == 1 else 'explainers'}: {list_in_quotes(explainer.title for explainer in explainers)}"
        if shown := [explainer.title for explainer in explainers if explainer.image is not None]:
            yield f"the picture that leads {len(shown)}: {list_in_quotes(shown)}"


def _inexact(data: EntitiesData) -> Iterator[str]:
    """Yield what is left out of records that are written: dates that are not certain, and what an office is of where that is no actor."""
    dated = [
        *((event.title, event.when) for event in data.events if event.is_fact),
        *((source.title or source.id, source.published) for source in data.sources),
        *((actor.name, day) for actor in data.actors for held in actor.positions for day in (held.since, held.until)),
    ]
    vague = dict.fromkeys(name for name, day in dated if day is not None and not day.sure and not any(day.ends))
    if vague:
        yield f"the dates of {len(vague)} that are not certain: {list_in_quotes(vague)}"
    bare = dict.fromkeys(
        f"{actor.name}, {held.role}"
        for actor in data.actors
        if actor.type != UNNAMED
        for held in actor.positions
        if (held.since or held.until or held.of is not None) and (held.of is None or held.of.kind not in followthemoney.BODIES)
    )
    if bare:
        yield f"the time and body of {len(bare)} {'office' if len(bare) == 1 else 'offices'} that no actor is the body of: {list_in_quotes(bare)}"
