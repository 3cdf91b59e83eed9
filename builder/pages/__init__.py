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
    feed_pages,
    front_page,
    long_lists,
    pictures,
    quotes,
    search_records,
    site_pages,
    sitemap,
    sources,
)
from builder.pages.page import Entries, FamilyPages, Page, PageEntry, Pages, Query, SiteView, site_view

PageLister = Callable[[Site], Iterator[Page]]

FAMILIES: tuple[PageLister, ...] = (
    front_page.home,
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
    feed_pages.newest,
    feed_pages.topics,
    feed_pages.actors,
    data_files.explainers,
    data_files.actors,
    data_files.events,
    data_files.sources,
    data_files.whole,
    data_files.images,
    pictures.files,
)
"""Every family of pages. A new one is a function here and a template, or an encoder in `builder.formats`."""


def list_pages(site: Site, memory: Memory | None = None, plugin_families: Sequence[PageLister] = (), plugins_digest: str = "") -> Pages:
    """Return all pages of a site, in order. Two may claim one path, which `checks` reports.

    `memory` has the results of the last run: a family whose inputs are unchanged has the same pages. `plugin_families` are families of plugins, `plugins_digest` is a digest of their code.
    """
    memory = memory if memory is not None else Memory()
    families = [_family(lister, site, memory) for lister in FAMILIES]
    families += [_family(lister, site, memory, f" {plugins_digest} {n}") for n, lister in enumerate(plugin_families)]
    entries = tuple(family.entries for family in families)
    # Last, since it lists the pages of all others.
    sitemaps = memory.compute("sitemap", (site.settings, entries), lambda given: tuple(sitemap.pages(site, chain.from_iterable(given[1]))))
    families.append(FamilyPages(lambda _: iter(sitemaps), memory.compute("outputs of the sitemap", sitemaps, _entries), sitemaps))
    all_entries = memory.compute("outputs of pages", (*entries, families[-1].entries), lambda given: tuple(chain.from_iterable(given)))
    index_by_path = memory.compute(
        "places of pages", all_entries, lambda given: {page.output: n for n, page in reversed([*enumerate(given)])}
    )
    return Pages(site, tuple(families), all_entries, index_by_path)


def _family(lister: PageLister, site: Site, memory: Memory, plugins_digest: str = "") -> FamilyPages:
    name = f"{lister.__module__}.{lister.__name__}{plugins_digest}"
    fresh: list[tuple[Page, ...]] = []

    def list_entries(tracked_site: Site) -> Entries:
        fresh.append(tuple(lister(tracked_site)))
        return _entries(fresh[0])

    entries = memory.backdate(f"outputs of {name}", memory.compute_tracked(f"pages of {name}", site, list_entries, Entries))
    before: FamilyPages | None = memory.previous(f"family {name}")
    family = before if before is not None and not fresh else FamilyPages(lister, entries, fresh[0] if fresh else None)
    memory.set_current(f"family {name}", family)
    return family


def _entries(pages: Iterable[Page]) -> Entries:
    return tuple(PageEntry(page.output, page.template, page.kind, page.key) for page in pages)


__all__ = ["FAMILIES", "Page", "PageEntry", "PageLister", "Pages", "Query", "SiteView", "list_pages", "site_view"]
