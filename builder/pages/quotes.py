"""The list of all quotes, and the quotes of each explainer."""

from collections.abc import Iterator

import msgspec

from builder import urls
from builder.model import Site
from builder.pages import cards, data_records, explainer_text, explainers, labels, share_images
from builder.pages.explainers import Count
from builder.pages.page import Page, Pager, Query, paginate
from builder.pages.rebuttals import Rebuttal, rebuttals
from builder.pages.shapes import Chain, QuoteCard, Ref, ShareImage

PER_LIST = 50


class QuotesPage(msgspec.Struct, frozen=True, gc=False):
    """What `quotes.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    quotes: tuple[QuoteCard, ...]
    total: int
    """Of quotes and paraphrases."""
    how_many: str
    """The numbers of quotes and of paraphrases, in words; "" if there are no paraphrases."""
    pager: Pager


class StatementsPage(msgspec.Struct, frozen=True, gc=False):
    """What `statements.html` shows."""

    path: str
    root: str
    section: str
    title: str
    summary: str
    explainer: Ref
    share: ShareImage | None
    """That of the explainer."""
    draft: bool
    counts: tuple[Count, ...]
    footing: str
    quotes: tuple[QuoteCard, ...]
    way: tuple[Chain, ...]
    """How all of the quotes reached the reader; empty where not all came the same way."""
    facing: tuple[Rebuttal, ...]
    """The quotes that others deny or confirm."""


def index_pages(site: Site) -> Iterator[Page]:
    """Yield the list of all quotes, by the day they were said; those without a day last."""
    for path, pager, part in paginate("quotes/", site.quotes_by_day, PER_LIST):
        yield Page(path, "quotes.html", Query(_list, path, pager, part, len(site.quotes_by_day)), kind="list")


def _list(site: Site, path: str, pager: Pager, part: slice, total: int) -> QuotesPage:
    word = site.language.word
    return QuotesPage(
        path=path,
        root=urls.root_path(path),
        section="quotes",
        title=word("Quotes"),
        summary=word("Every quote and paraphrase, with speaker and attribution."),
        quotes=tuple(cards.quote_card(site, key) for key in site.quotes_by_day[part]),
        total=total,
        how_many=labels.how_many(site.language, total - len(site.paraphrases), len(site.paraphrases)) if site.paraphrases else "",
        pager=pager,
    )


def statements(site: Site) -> Iterator[Page]:
    """Yield, for each explainer that has quotes, the page with all of them."""
    for slug, quotes in site.quotes_in.items():
        if quotes:
            yield Page(
                urls.statements_path(slug),
                "statements.html",
                Query(_statements, slug),
                Query(data_records.statements_data, slug),
                "statements",
                ("explainer", slug),
            )


def _statements(site: Site, slug: str) -> StatementsPage:
    explainer = site.explainers[slug]
    quotes = explainer_text.quotes(site, slug)
    path = urls.statements_path(slug)
    return StatementsPage(
        path=path,
        root=urls.root_path(path),
        section="explainers",
        title=site.language.word("Quotes: {title}").format(title=explainer.title),
        summary="",
        explainer=cards.explainer_ref(explainer),
        share=share_images.of_explainer(site, slug),
        draft=explainer.draft,
        counts=explainers.counts(site, quotes),
        footing=explainers.ground_rules_summary(site, quotes),
        quotes=quotes,
        way=quotes[0].way if len({quote.way for quote in quotes}) == 1 else (),
        facing=rebuttals(site, explainer),
    )
