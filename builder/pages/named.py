"""References to records in data files: name, id and path."""

from builder import urls
from builder.formats.parts import Named
from builder.incremental.memoize import once_a_site
from builder.model import QuoteKey, Site
from builder.pages import labels


@once_a_site
def actor_named(site: Site, key: str) -> Named:
    """Return a reference to an actor; `key` as plain words if it is no id."""
    actor = site.actors.get(key)
    return Named(actor.title, key, urls.actor_path(key), actor.type) if actor is not None else Named(key)


@once_a_site
def event_named(site: Site, key: str) -> Named:
    """Return a reference to an event, with its status by now."""
    return Named(site.events[key].title, key, urls.event_path(key), status=site.events[key].status)


@once_a_site
def source_named(site: Site, key: str) -> Named:
    """Return a reference to a source."""
    return Named(labels.of_source(site, key), key, urls.source_path(key))


@once_a_site
def explainer_named(site: Site, slug: str) -> Named:
    """Return a reference to an explainer."""
    return Named(site.explainers[slug].title, slug, urls.explainer_path(slug))


@once_a_site
def quote_named(site: Site, key: QuoteKey) -> Named:
    """Return a reference to a quote, by its words."""
    return Named(" … ".join(site.quotes[key].segments), "#".join(key), urls.quote_path(*key))
