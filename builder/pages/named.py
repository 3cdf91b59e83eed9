"""References to records in data files: name, id and path."""

from builder import urls
from builder.formats.parts import Named
from builder.incremental.memoize import once_a_site
from builder.model import QuoteKey, Site
from builder.pages import labels


@once_a_site
def actor_named(site: Site, actor_id: str) -> Named:
    """Return a reference to an actor; `actor_id` as plain words if it is no id."""
    actor = site.actors.get(actor_id)
    return Named(actor.title, actor_id, urls.actor_path(actor_id), actor.type) if actor is not None else Named(actor_id)


@once_a_site
def event_named(site: Site, event_id: str) -> Named:
    """Return a reference to an event, with its status by now."""
    return Named(site.events[event_id].title, event_id, urls.event_path(event_id), status=site.events[event_id].status)


@once_a_site
def source_named(site: Site, source_id: str) -> Named:
    """Return a reference to a source."""
    return Named(labels.of_source(site, source_id), source_id, urls.source_path(source_id))


@once_a_site
def explainer_named(site: Site, slug: str) -> Named:
    """Return a reference to an explainer."""
    return Named(site.explainers[slug].title, slug, urls.explainer_path(slug))


@once_a_site
def quote_named(site: Site, key: QuoteKey) -> Named:
    """Return a reference to a quote, by its words."""
    return Named(" … ".join(site.quotes[key].segments), "#".join(key), urls.quote_path(*key))
