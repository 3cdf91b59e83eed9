"""Whether a record was made by a mark in the text, `“…”{by=ann-lee}`: what to do about it is then put in the words of the mark."""

from builder.incremental.memoize import for_a_while
from builder.model import Event, Quote, Site


def made_by_mark(site: Site, slug: str, record: Quote | Event) -> bool:
    """Return whether a quote or an event of an explainer was made by a mark in its text."""
    return (record.location.line, record.location.column) in _places(site, slug)


@for_a_while
def _places(site: Site, slug: str) -> frozenset[tuple[int, int]]:
    """Return the lines and columns of the marks in the text of an explainer."""
    return frozenset((mark.line, mark.column) for mark in site.bodies[slug].marks)


def marked_event(site: Site, event: Event) -> bool:
    """Return whether an event was made by a mark in the text of the explainer that has it."""
    mentions = site.event_mentions.get(event.id, ())
    slug = next((mention.slug for mention in mentions if site.explainers[mention.slug].location.path == event.location.path), "")
    return bool(slug) and made_by_mark(site, slug, event)
