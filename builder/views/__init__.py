"""Site → Pages: what is published, each page as a template and all that it may see.

A view is made of words, paths and small frozen records; it *is* the list of what a page depends on. Two builds whose views are equal make equal pages.
"""

from collections.abc import Callable, Iterator

from builder.model import Site
from builder.views import actors, changes, embeds, events, explainers, feeds, finding, machine, plain, quotes, sources
from builder.views.pages import Page, SiteView, site_view

FAMILIES: tuple[Callable[[Site], Iterator[Page]], ...] = (
    plain.home,
    explainers.lists,
    explainers.one_each,
    actors.lists,
    actors.one_each,
    events.lists,
    events.one_each,
    quotes.lists,
    sources.lists,
    sources.one_each,
    changes.catch_up,
    finding.search,
    embeds.one_each,
    plain.topics,
    plain.pages,
    plain.redirects,
    plain.not_found,
    feeds.newest,
    feeds.topics,
    feeds.actors,
    machine.explainers,
    machine.actors,
    machine.events,
    machine.sources,
    machine.whole,
    machine.images,
)
"""Every family of pages. A new one is a function here and a template, or an encoder in `builder.data`."""


def views(site: Site) -> tuple[Page, ...]:
    """Return every page of a site; two may claim the same path, which `checks` tells."""
    pages = [page for family in FAMILIES for page in family(site)]
    pages += feeds.sitemap(site, pages)
    return tuple(pages)


__all__ = ["FAMILIES", "Page", "SiteView", "site_view", "views"]
