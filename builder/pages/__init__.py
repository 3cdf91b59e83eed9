"""Site → Pages: what is published, each page as a template and all that it may see.

A view is made of words, paths and small frozen records; it *is* the list of what a page depends on. Two builds whose views are equal make equal pages.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain

from builder.incremental.memo import Memory
from builder.model import Site
from builder.pages import (
    actors,
    changes,
    data_files,
    embeds,
    events,
    explainers,
    feeds,
    front,
    long_lists,
    pictures,
    quotes,
    search_records,
    site_pages,
    sources,
)
from builder.pages.page import Entries, Family, Page, PageEntry, Pages, Query, SiteView, site_view

Lists = Callable[[Site], Iterator[Page]]

FAMILIES: tuple[Lists, ...] = (
    front.home,
    explainers.index_pages,
    explainers.detail_pages,
    actors.index_pages,
    actors.detail_pages,
    events.index_pages,
    events.detail_pages,
    quotes.index_pages,
    quotes.statements,
    sources.index_pages,
    sources.detail_pages,
    long_lists.index_pages,
    changes.catch_up,
    search_records.search,
    embeds.detail_pages,
    site_pages.topics,
    site_pages.pages,
    site_pages.redirects,
    site_pages.not_found,
    feeds.newest,
    feeds.topics,
    feeds.actors,
    data_files.explainers,
    data_files.actors,
    data_files.events,
    data_files.sources,
    data_files.whole,
    data_files.images,
    pictures.files,
)
"""Every family of pages. A new one is a function here and a template, or an encoder in `builder.formats`."""


def list_pages(site: Site, memory: Memory | None = None, further: Sequence[Lists] = (), made_by: str = "") -> Pages:
    """Return every page of a site; two may claim the same path, which `checks` tells.

    `memory` is that of the last run, where there was one: a family that would look at the same has the same pages.
    `further` are families of plugins; `made_by` is a digest of the code of these, since results of other code do not count.
    """
    memory = memory if memory is not None else Memory()
    families = [_family(lists, site, memory) for lists in FAMILIES]
    families += [_family(lists, site, memory, f" {made_by} {n}") for n, lists in enumerate(further)]
    entries = tuple(family.entries for family in families)
    sitemap = memory.compute("sitemap", (site.settings, entries), lambda given: tuple(feeds.sitemap(site, chain.from_iterable(given[1]))))
    families.append(Family(lambda _: iter(sitemap), memory.compute("outputs of the sitemap", sitemap, _entries), sitemap))
    whole = memory.compute("outputs of pages", (*entries, families[-1].entries), lambda given: tuple(chain.from_iterable(given)))
    places = memory.compute("places of pages", whole, lambda given: {page.output: n for n, page in reversed([*enumerate(given)])})
    return Pages(site, tuple(families), whole, places)


def _family(lists: Lists, site: Site, memory: Memory, made_by: str = "") -> Family:
    name = f"{lists.__module__}.{lists.__name__}{made_by}"
    fresh: list[tuple[Page, ...]] = []

    def listed(seen: Site) -> Entries:
        fresh.append(tuple(lists(seen)))
        return _entries(fresh[0])

    entries = memory.backdate(f"outputs of {name}", memory.compute_tracked(f"pages of {name}", site, listed, Entries))
    before: Family | None = memory.recall(f"family {name}")
    family = before if before is not None and not fresh else Family(lists, entries, fresh[0] if fresh else None)
    memory.keep(f"family {name}", family)
    return family


def _entries(pages: Iterable[Page]) -> Entries:
    return tuple(PageEntry(page.output, page.template, page.kind, page.key) for page in pages)


__all__ = ["FAMILIES", "Lists", "Page", "PageEntry", "Pages", "Query", "SiteView", "list_pages", "site_view"]
