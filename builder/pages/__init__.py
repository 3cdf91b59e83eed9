"""Site → Pages: what is published, each page as a template and all that it may see.

A view is made of words, paths and small frozen records; it *is* the list of what a page depends on. Two builds whose views are equal make equal pages.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from builder.incremental.dependencies import Changes, ReadLog, changed_reads, untracked_digest
from builder.incremental.ledger import Ledger, ReadCollector
from builder.incremental.memo import Memory, same, updated
from builder.model import Site
from builder.pages import (
    actors,
    cards,
    changes as changes_pages,
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
    changes_pages.catch_up,
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


_ENTRIES, _RELIED = "outputs of families", "what families rely on"


def list_pages(
    site: Site,
    memory: Memory | None = None,
    plugin_families: Sequence[PageLister] = (),
    plugins_digest: str = "",
    changes: Changes | None = None,
) -> Pages:
    """Return all pages of a site, in order. Two may claim one path, which `checks` reports.

    `memory` has the results of the last run, and `changes` are the differences of its site: a family that read nothing that changed has the same pages.
    Without a memory nothing is recorded: `site` may be one that records its reads itself.
    `plugin_families` are families of plugins, `plugins_digest` is a digest of their code.
    """
    listers = {f"{lister.__module__}.{lister.__name__}": lister for lister in FAMILIES}
    listers |= {f"{lister.__module__}.{lister.__name__} {n}": lister for n, lister in enumerate(plugin_families)}
    if memory is None:
        memory, families = Memory(), [_listed(lister, site) for lister in listers.values()]
    else:
        families = _families(site, memory, listers, plugins_digest, changes)
    entries = tuple(family.entries for family in families)
    # Last, since it lists the pages of all others.
    sitemaps = memory.compute("sitemap", (site.settings, entries), lambda given: tuple(sitemap.pages(site, chain.from_iterable(given[1]))))
    families.append(FamilyPages(lambda _: iter(sitemaps), memory.compute("outputs of the sitemap", sitemaps, _entries), sitemaps))
    all_entries = memory.compute("outputs of pages", (*entries, families[-1].entries), lambda given: tuple(chain.from_iterable(given)))
    index_by_path = memory.compute(
        "places of pages", all_entries, lambda given: {page.output: n for n, page in reversed([*enumerate(given)])}
    )
    return Pages(site, tuple(families), all_entries, index_by_path)


def _listed(lister: PageLister, site: Site) -> FamilyPages:
    listed = tuple(lister(site))
    return FamilyPages(lister, _entries(listed), listed)


def _families(
    site: Site, memory: Memory, listers: Mapping[str, PageLister], plugins_digest: str, changes: Changes | None
) -> list[FamilyPages]:
    log, untracked = ReadLog(), untracked_digest(site) + plugins_digest
    watched = cards.recording(site, log)
    ledger = Ledger(memory, "families", {_RELIED: str}, untracked, changed_reads(changes) if changes is not None else None)
    stale = ledger.stale(log, lambda name, given: cards.TRACKED_FUNCTIONS[name](watched, *given))[_RELIED]
    before: Mapping[str, Entries] = memory.load(_ENTRIES, Entries) or {}
    collector = ReadCollector(log)
    families: dict[str, FamilyPages] = {}
    fresh: dict[str, Entries] = {}
    for name, lister in listers.items():
        if name in before and name in ledger.before(_RELIED) and name not in stale:
            known: FamilyPages | None = memory.previous(f"family {name}")
            families[name] = known if known is not None else FamilyPages(lister, before[name])
        else:
            log.begin()
            listed = tuple(lister(watched))
            collector.result(_RELIED, name)
            entries = same(_entries(listed), before.get(name))
            families[name] = FamilyPages(lister, entries, listed)
            if entries is not before.get(name):
                fresh[name] = entries
        memory.set_current(f"family {name}", families[name])
    ledger.add(collector.reads())
    ledger.store({_RELIED: listers}, untracked)
    memory.store(_ENTRIES, updated(before, dict.fromkeys(listers), fresh), Entries)
    return list(families.values())


def _entries(pages: Iterable[Page]) -> Entries:
    return tuple(PageEntry(page.output, page.template, page.kind, page.key) for page in pages)


__all__ = ["FAMILIES", "Page", "PageEntry", "PageLister", "Pages", "Query", "SiteView", "list_pages", "site_view"]
