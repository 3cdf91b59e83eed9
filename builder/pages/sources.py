"""Sources: the list, and a page for each with what rests on it."""

from collections.abc import Iterator, Mapping

import msgspec

from builder import dates, urls
from builder.formats.published_data import VERSION, SiteData
from builder.model import Site, Trusted
from builder.pages import body_html, cards, data_files, data_records, long_lists
from builder.pages.page import Page, Pager, Query, paginate
from builder.pages.shapes import DataFile, EventCard, QuoteCard, Ref, SourceCard


class SourcePage(msgspec.Struct, frozen=True, gc=False):
    """What `source.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    source: SourceCard
    account: Trusted
    quotes: tuple[QuoteCard, ...]
    events: tuple[EventCard, ...]
    explainers: tuple[Ref, ...]
    cited_by: tuple[Ref, ...]
    data: tuple[DataFile, ...]
    extra: tuple[tuple[str, str], ...]
    titles: Mapping[str, str]
    """The heading of each list, by the field that has it."""
    longer: tuple[long_lists.TruncatedList, ...]
    """The lists of which only one end is here."""


class SourcesPage(msgspec.Struct, frozen=True, gc=False):
    """What `sources.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    sources: tuple[SourceCard, ...]
    pager: Pager


def detail_pages(site: Site) -> Iterator[Page]:
    """Yield a page for each source."""
    for key in site.sources:
        yield Page(urls.source_path(key), "source.html", Query(_page, key), Query(_facts, key), "source", ("source", key))


def _facts(site: Site, source_id: str) -> SiteData:
    return SiteData(VERSION, data_records.publication(site), sources=(data_records.source(site, source_id),))


def _page(site: Site, source_id: str) -> SourcePage:
    source = site.sources[source_id]
    path = urls.source_path(source_id)
    root = urls.root_path(path)
    card = cards.source_card(site, source_id)
    shown, longer = long_lists.shown(site, "source", source_id)
    return SourcePage(
        path=path,
        root=root,
        section="sources",
        title=card.title,
        summary=cards.source_ref(site, source_id).name,
        source=card,
        account=body_html.text(site, ("source", source_id), source.text, root, file=source.location.path),
        quotes=tuple(cards.quote_card(site, quote) for quote in shown["quotes"]),
        events=tuple(_without(cards.event_card(site, event, root), path) for event in shown["events"]),
        explainers=tuple(cards.explainer_ref(site.explainers[slug]) for slug in shown["explainers"]),
        cited_by=tuple(cards.source_ref(site, other) for other in shown["cited_by"]),
        data=data_files.of_source(site, source_id),
        extra=cards.noted(site, source.extra),
        titles=long_lists.titles(site, "source"),
        longer=longer,
    )


def _without(event: EventCard, path: str) -> EventCard:
    """Return an event without the source whose page it is on."""
    return msgspec.structs.replace(event, sources=tuple(source for source in event.sources if source.path != path))


def index_pages(site: Site) -> Iterator[Page]:
    """Yield the list of all sources, the newest first."""
    for path, pager, part in paginate("sources/", site.sources):
        yield Page(path, "sources.html", Query(_list, path, pager, part), kind="list")


@cards.once_a_site
def _ordered(site: Site) -> list[str]:
    dated = sorted(
        (key for key in site.sources if site.sources[key].published.date),
        key=lambda key: dates.sort_key(site.sources[key].published.date),
        reverse=True,
    )
    return [*dated, *(key for key in site.sources if not site.sources[key].published.date)]


def _list(site: Site, path: str, pager: Pager, part: slice) -> SourcesPage:
    word = site.language.word
    return SourcesPage(
        path=path,
        root=urls.root_path(path),
        section="sources",
        title=word("Sources"),
        summary=word("The reports and documents behind these explainers."),
        sources=tuple(cards.source_card(site, key) for key in _ordered(site)[part]),
        pager=pager,
    )
