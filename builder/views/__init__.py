"""Site → Pages: what is published, each page as a template and all that it may see.

A view is made of words, paths and small frozen records; it *is* the list of what a page depends on. Two builds whose views are equal make equal pages.
"""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import chain

from builder.memory import Memory
from builder.model import Site
from builder.views import actors, changes, embeds, entries, events, explainers, feeds, finding, machine, plain, quotes, sources
from builder.views.pages import Names, Page, Pages, SiteView, site_view

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
    entries.lists,
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


def views(site: Site, memory: Memory | None = None) -> Pages:
    """Return every page of a site; two may claim the same path, which `checks` tells.

    `memory` is that of the last run, where there was one: a family that would look at the same lists the same pages.
    """
    memory = memory if memory is not None else Memory()
    families = [memory.looked(f"pages of {_name(family)}", site, partial(_listed, family)) for family in FAMILIES]
    names = [memory.whole(f"outputs of {_name(family)}", pages, _names) for family, pages in zip(FAMILIES, families, strict=True)]
    families.append(
        memory.whole("sitemap", (site.settings, tuple(names)), lambda given: tuple(feeds.sitemap(site, chain.from_iterable(given[1]))))
    )
    names.append(_names(families[-1]))
    whole = memory.whole("outputs of pages", tuple(names), lambda given: tuple(chain.from_iterable(given)))
    places = memory.whole("places of pages", whole, lambda given: {output: n for n, (output, _) in enumerate(given)})
    return Pages(site, tuple(chain.from_iterable(families)), whole, places)


def _name(family: Callable[[Site], Iterator[Page]]) -> str:
    return f"{family.__module__}.{family.__name__}"


def _listed(family: Callable[[Site], Iterator[Page]], site: Site) -> tuple[Page, ...]:
    return tuple(family(site))


def _names(pages: Iterable[Page]) -> Names:
    return tuple((page.output, page.template) for page in pages)


__all__ = ["FAMILIES", "Page", "Pages", "SiteView", "site_view", "views"]
